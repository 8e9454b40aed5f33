//! The audit trail: who wrote what, when. Never what was written, and never anything
//! of a need.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::access::Act;
use crate::domain::register::RecordKind;
use crate::domain::slug::Slug;
use crate::store::records::Author;
use crate::store::schema::audit;
use crate::store::{Conn, StoreError, value};

/// Rows of one statement; seven columns each, and SQLite takes 32,766 values.
const ROWS: usize = 4_000;

/// A line of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = audit)]
pub struct Line {
    /// Its number.
    pub id: i64,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// What was done, such as `create`.
    pub act: String,
    /// To a thing of which kind.
    pub kind: String,
    /// Its public name.
    pub slug: String,
    /// The version that came of it.
    pub version: Option<i64>,
}

#[derive(Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct NewLine<'a> {
    at: NaiveDateTime,
    actor: &'a str,
    role: &'a str,
    act: &'a str,
    kind: &'a str,
    slug: &'a str,
    version: Option<i64>,
}

/// Notes what was done to records, with the versions that came of it.
pub fn note(
    conn: &mut Conn,
    author: &Author,
    act: Act,
    records: &[(RecordKind, &Slug, i64)],
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    let line = |(kind, slug, version): &(RecordKind, &'_ Slug, i64)| {
        (kind.as_str(), slug.to_string(), Some(*version))
    };
    let lines: Vec<_> = records.iter().map(line).collect();
    insert(conn, author, act.as_str(), &lines, at)
}

/// Notes what was done to something that is no record, such as a token.
pub fn note_other(
    conn: &mut Conn,
    author: &Author,
    act: &'static str,
    (kind, slug): (&'static str, &str),
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    insert(conn, author, act, &[(kind, slug.to_owned(), None)], at)
}

fn insert(
    conn: &mut Conn,
    author: &Author,
    act: &str,
    lines: &[(&'static str, String, Option<i64>)],
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    let (at, role) = (value::micros(at), author.role.as_str());
    for some in lines.chunks(ROWS) {
        let rows = some.iter().map(|(kind, slug, version)| NewLine {
            at,
            actor: &author.actor,
            role,
            act,
            kind,
            slug,
            version: *version,
        });
        let rows: Vec<NewLine<'_>> = rows.collect();
        each_backend!(conn, |c| diesel::insert_into(audit::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Up to `limit` lines before a number, newest first.
pub fn page(conn: &mut Conn, before: Option<i64>, limit: i64) -> Result<Vec<Line>, StoreError> {
    let lines = audit::table
        .select(Line::as_select())
        .filter(audit::id.lt(before.unwrap_or(i64::MAX)))
        .order(audit::id.desc())
        .limit(limit)
        .load(conn)?;
    Ok(lines)
}
