//! What was said of an organisation before, as far as it was to be seen then.
//!
//! Only versions in which it was published, without what the caller may not see; a
//! version that differs in nothing else from the one before is left out. So this tells
//! no more than looking at each day in turn would.

use chrono::NaiveDate;

use super::{Look, NOT_FOUND, Reach, View, named, organisation};
use crate::{
    app::{AppError, AppState},
    domain::{
        access::Caller,
        register::{Organisation, Publication, Record},
    },
    store::records,
};

/// A version of an organisation.
#[derive(Debug, Clone)]
pub struct Past {
    /// The day from which it holds.
    pub from: NaiveDate,
    /// What was said.
    pub record: Record<Organisation>,
    /// How it was reached.
    pub reach: Reach,
}

/// An organisation and what was said of it before.
#[derive(Debug, Clone)]
pub struct History {
    /// As it is.
    pub organisation: Record<Organisation>,
    /// Its versions, first one first.
    pub versions: Vec<Past>,
}

/// The public history of the organisation of that name.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there and what the caller may not see.
pub async fn history(
    app: &AppState,
    caller: &Caller,
    slug: &str,
) -> Result<Look<History>, AppError> {
    let slug = named(slug)?;
    let (caller, today) = (caller.clone(), app.clock.today());
    let store = app.store().ok_or(NOT_FOUND)?;
    store
        .read(move |conn| {
            let view = View { caller: &caller, slug: &slug, today, then: None, left_out: 0 };
            let now = match organisation(conn, &view)? {
                Look::Moved(heir) => return Ok(Look::Moved(heir)),
                Look::Here(now) => now,
            };
            let mut versions: Vec<Past> = Vec::new();
            for version in records::history::<Organisation>(conn, &slug)? {
                if version.record.body.publication != Publication::Published {
                    continue;
                }
                let (record, reach) = view.introduced(version.record);
                let next = Past { from: version.effective_on, record, reach };
                if versions.last().is_none_or(|last| !last.says_the_same(&next)) {
                    versions.push(next);
                }
            }
            let (organisation, _) = view.introduced(now);
            Ok(Look::Here(History { organisation, versions }))
        })
        .await
}

impl Past {
    fn says_the_same(&self, other: &Self) -> bool {
        let (one, two) = (&self.record, &other.record);
        one.body == two.body
            && self.reach == other.reach
            && one.said == two.said
            && one.confirmed_on == two.confirmed_on
            && one.ended == two.ended
    }
}
