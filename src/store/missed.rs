//! Questions that found nothing, counted.
//!
//! Below [`SHOWN_FROM`] there is a keyed hash, a number and a month, and nothing that
//! could be read; the database itself refuses words with a smaller number. Not told in
//! the log of changes: nobody's view of the register depends on it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::missed::{Missed, MissedKind, SHOWN_FROM};
use crate::store::schema::{missed_key, missed_question};
use crate::store::{Conn, StoreError};

/// So many different questions are kept; the oldest of those asked least go first.
pub const MOST: i64 = 10_000;

/// A question on its way into the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The keyed hash of kind and words, as 64 hexadecimal digits.
    pub hash: String,
    /// What kind of question it was.
    pub kind: MissedKind,
    /// Its words, sorted, with blanks between; kept only when it is asked often enough.
    pub words: String,
    /// How often it was asked since.
    pub count: i64,
}

/// The database's own key, 64 hexadecimal digits; `fresh` becomes it where there is none.
pub fn secret(conn: &mut Conn, fresh: &str) -> Result<String, StoreError> {
    let row = (missed_key::id.eq(1_i64), missed_key::secret.eq(fresh));
    each_backend!(conn, |c| diesel::insert_into(missed_key::table)
        .values(row)
        .on_conflict(missed_key::id)
        .do_nothing()
        .execute(c))?;
    Ok(missed_key::table.find(1_i64).select(missed_key::secret).first(conn)?)
}

/// Counts questions, asked in a month given by its first day.
pub fn add(conn: &mut Conn, tallies: &[Tally], month: NaiveDate) -> Result<(), StoreError> {
    for Tally { hash, kind, words, count } in tallies {
        let new = (
            missed_question::hash.eq(hash),
            missed_question::kind.eq(kind.as_str()),
            missed_question::count.eq(0_i64),
            missed_question::month.eq(month),
        );
        each_backend!(conn, |c| diesel::insert_into(missed_question::table)
            .values(new)
            .on_conflict(missed_question::hash)
            .do_nothing()
            .execute(c))?;
        let row = missed_question::table.find(hash);
        diesel::update(row)
            .set((
                missed_question::count.eq(missed_question::count + count),
                missed_question::month.eq(month),
            ))
            .execute(conn)?;
        let often = row.filter(missed_question::count.ge(SHOWN_FROM));
        diesel::update(often.filter(missed_question::words.is_null()))
            .set(missed_question::words.eq(Some(words)))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes away what was asked last before a month, and, of more than `most`, the oldest of
/// what was asked least.
pub fn trim(conn: &mut Conn, before: NaiveDate, most: i64) -> Result<(), StoreError> {
    let old = missed_question::table.filter(missed_question::month.lt(before));
    diesel::delete(old).execute(conn)?;
    let total: i64 = missed_question::table.count().get_result(conn)?;
    if total > most {
        let order = (missed_question::count, missed_question::month, missed_question::hash);
        let last: Vec<String> = missed_question::table
            .order(order)
            .limit(total - most)
            .select(missed_question::hash)
            .load(conn)?;
        for some in last.chunks(10_000) {
            let gone = missed_question::table.filter(missed_question::hash.eq_any(some));
            diesel::delete(gone).execute(conn)?;
        }
    }
    Ok(())
}

/// The questions that were asked often enough, the most asked first.
pub fn shown(conn: &mut Conn) -> Result<Vec<Missed>, StoreError> {
    let rows: Vec<(String, Option<String>, i64, NaiveDate)> = missed_question::table
        .filter(missed_question::count.ge(SHOWN_FROM))
        .select((
            missed_question::kind,
            missed_question::words,
            missed_question::count,
            missed_question::month,
        ))
        .load(conn)?;
    let mut all = Vec::with_capacity(rows.len());
    for (kind, words, count, month) in rows {
        let broken = || StoreError::corrupt(format!("a kind of missed question {kind:?}"));
        let kind = MissedKind::parse(&kind).ok_or_else(broken)?;
        let words = words.unwrap_or_default().split(' ').map(str::to_owned).collect();
        all.push(Missed { kind, words, count, month });
    }
    // In the program, since databases order texts by rules of their own.
    all.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| (a.kind, &a.words).cmp(&(b.kind, &b.words)))
    });
    Ok(all)
}
