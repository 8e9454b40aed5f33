//! What stewards put aside, and which organisations are part of another one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::records::Author;
use crate::store::schema::{entry, organisation, queue_dismissal};
use crate::store::{Conn, StoreError, value};

/// Until when something is put aside, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aside {
    /// The day on which it was put aside.
    pub on: NaiveDate,
    /// The first day on which it comes back.
    pub until: NaiveDate,
}

/// What is put aside on a day, by the names of entries.
pub fn aside(conn: &mut Conn, today: NaiveDate) -> Result<BTreeMap<String, Aside>, StoreError> {
    let rows: Vec<(String, NaiveDateTime, NaiveDate)> = queue_dismissal::table
        .filter(queue_dismissal::until.gt(today))
        .order(queue_dismissal::id)
        .select((queue_dismissal::item, queue_dismissal::at, queue_dismissal::until))
        .load(conn)?;
    let known = |(item, at, until): (String, NaiveDateTime, NaiveDate)| {
        (item, Aside { on: at.date(), until })
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Puts an entry aside until a day.
pub fn put_aside(
    conn: &mut Conn,
    item: &str,
    (reason, until): (&str, NaiveDate),
    (author, at): (&Author, NaiveDateTime),
) -> Result<(), StoreError> {
    diesel::insert_into(queue_dismissal::table)
        .values((
            queue_dismissal::item.eq(item),
            queue_dismissal::reason.eq(reason),
            queue_dismissal::until.eq(until),
            queue_dismissal::actor.eq(&author.actor),
            queue_dismissal::at.eq(value::micros(at)),
        ))
        .execute(conn)?;
    audit::note_other(conn, author, "put-aside", ("queue", item), at)
}

/// The organisations that were merged into another one.
pub fn merged(conn: &mut Conn) -> Result<BTreeSet<Slug>, StoreError> {
    let names: Vec<String> = organisation::table
        .inner_join(entry::table)
        .filter(organisation::merged_into.is_not_null())
        .select(entry::slug)
        .load(conn)?;
    names.iter().map(|name| value::slug(name)).collect()
}
