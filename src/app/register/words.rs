//! Records of a list found by their words.
//!
//! They are read from the store in the same transaction as the list, so that what was
//! written is found at once.

use std::collections::BTreeSet;

use crate::{
    app::{
        AppError,
        classifications::Classifications,
        register::{Asked, Subject},
    },
    search::short::ShortTexts,
    store::{
        Conn,
        records::{self, Condition, Wanted},
    },
};

/// What is asked for with the names of those that have the words in place of the words: of several
/// texts, of any of them.
pub(super) fn by_words<T: Subject>(
    conn: &mut Conn,
    codes: &Classifications,
    mut asked: Asked,
) -> Result<Asked, AppError> {
    let is_words = |condition: &Condition| condition.field == "q";
    if !asked.conditions.iter().any(is_words) {
        return Ok(asked);
    }
    let all = records::every::<T>(conn)?;
    let texts = ShortTexts::new(all.iter().map(|record| record.body.words(codes)));
    for condition in asked.conditions.iter_mut().filter(|one| is_words(one)) {
        let mut found = BTreeSet::new();
        for wanted in &condition.any_of {
            let Wanted::Is(text) = wanted else { continue };
            let fitting = texts.find(text).into_iter().filter_map(|one| all.get(one.nth));
            found.extend(fitting.map(|record| record.slug.to_string()));
        }
        let any_of = found.into_iter().map(Wanted::Is).collect();
        *condition = Condition { field: "slug", any_of };
    }
    Ok(asked)
}
