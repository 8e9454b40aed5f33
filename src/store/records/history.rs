//! Every version there ever was, and what a record was on a day.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::register::{Ending, Record, RecordKind, Statement};
use crate::domain::slug::Slug;
use crate::store::records::entry::voice;
use crate::store::records::keep::Keep;
use crate::store::records::lists::IDS;
use crate::store::records::look_up::entry_of;
use crate::store::records::topic::Topic;
use crate::store::records::write::Author;
use crate::store::schema::{entry, entry_version};
use crate::store::{Conn, StoreError, value};

/// Rows of one statement; fifteen columns each, and SQLite takes 32,766 values.
const ROWS: usize = 2_000;

/// A version of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Version<T> {
    /// The record as it was written.
    pub record: Record<T>,
    /// The day from which it holds: when it was said, confirmed or ended.
    pub effective_on: NaiveDate,
    /// Who wrote it.
    pub actor: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = entry_version, treat_none_as_default_value = false)]
struct Row {
    entry_id: i64,
    version: i64,
    effective_on: NaiveDate,
    voice: String,
    stated_by: Option<String>,
    stated_on: NaiveDate,
    until: Option<NaiveDate>,
    source: Option<String>,
    confirmed_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    end_reason: Option<String>,
    fictional: bool,
    recorded_at: NaiveDateTime,
    actor: String,
    body: String,
}

/// Keeps versions that were just written: identifier, day from which it holds, record.
pub(super) fn note<T: Keep, B: Borrow<T>>(
    conn: &mut Conn,
    versions: &[(i64, NaiveDate, &Record<B>)],
    author: &Author,
) -> Result<(), StoreError> {
    let rows = versions.iter().map(|(id, day, record)| {
        let body = record.body.borrow().keep().to_string();
        Row::new((*id, *day, body), record, author)
    });
    insert(conn, &rows.collect::<Vec<_>>())
}

fn insert(conn: &mut Conn, rows: &[Row]) -> Result<(), StoreError> {
    for some in rows.chunks(ROWS) {
        each_backend!(conn, |c| diesel::insert_into(entry_version::table).values(some).execute(c))?;
    }
    Ok(())
}

impl Row {
    fn new<T>(
        (entry_id, effective_on, body): (i64, NaiveDate, String),
        record: &Record<T>,
        author: &Author,
    ) -> Self {
        let Statement { voice, by, on, until, source } = record.said.clone();
        Self {
            entry_id,
            version: record.version,
            effective_on,
            voice: voice.to_string(),
            stated_by: by,
            stated_on: on,
            until,
            source,
            confirmed_on: record.confirmed_on,
            ended_on: record.ended.as_ref().map(|ending| ending.on),
            end_reason: record.ended.as_ref().and_then(|ending| ending.reason.clone()),
            fictional: record.fictional,
            recorded_at: record.recorded_at,
            actor: author.actor.clone(),
            body,
        }
    }

    fn version<T: Topic>(self, slug: &Slug) -> Result<Version<T>, StoreError> {
        let unread = || StoreError::corrupt(format!("version {} of {slug}", self.version));
        let json = serde_json::from_str(&self.body).map_err(StoreError::corrupt)?;
        let body = T::kept(&json).ok_or_else(unread)?;
        let (by, on, until, source) = (self.stated_by, self.stated_on, self.until, self.source);
        let record = Record {
            slug: slug.clone(),
            version: self.version,
            said: Statement { voice: voice(&self.voice)?, by, on, until, source },
            confirmed_on: self.confirmed_on,
            ended: self.ended_on.map(|on| Ending { on, reason: self.end_reason }),
            fictional: self.fictional,
            recorded_at: self.recorded_at,
            body,
        };
        Ok(Version { record, effective_on: self.effective_on, actor: self.actor })
    }
}

/// Every version of a record, first one first.
pub fn history<T: Topic>(conn: &mut Conn, slug: &Slug) -> Result<Vec<Version<T>>, StoreError> {
    let id = entry_of(conn, T::KIND, slug)?.id;
    let rows: Vec<Row> = entry_version::table
        .select(Row::as_select())
        .filter(entry_version::entry_id.eq(id))
        .order(entry_version::version)
        .load(conn)?;
    rows.into_iter().map(|row| row.version(slug)).collect()
}

/// One version of a record.
pub fn version<T: Topic>(
    conn: &mut Conn,
    slug: &Slug,
    number: i64,
) -> Result<Version<T>, StoreError> {
    let id = entry_of(conn, T::KIND, slug)?.id;
    let row: Row = entry_version::table.find((id, number)).select(Row::as_select()).first(conn)?;
    row.version(slug)
}

/// Who wrote the last version of each record of a kind.
pub fn last_written_by(
    conn: &mut Conn,
    kind: RecordKind,
) -> Result<BTreeMap<Slug, String>, StoreError> {
    let last = entry_version::version.eq(entry::version);
    let rows: Vec<(String, String)> = entry_version::table
        .inner_join(entry::table.on(entry::id.eq(entry_version::entry_id).and(last)))
        .filter(entry::kind.eq(kind.as_str()))
        .select((entry::slug, entry_version::actor))
        .load(conn)?;
    rows.into_iter().map(|(slug, actor)| Ok((value::slug(&slug)?, actor))).collect()
}

/// The bodies of records as their last versions have them: of kinds whose words stand
/// nowhere else.
pub(super) fn last_bodies<T: Topic>(
    conn: &mut Conn,
    ids: &[i64],
) -> Result<HashMap<i64, T>, StoreError> {
    let mut bodies = HashMap::with_capacity(ids.len());
    for some in ids.chunks(IDS) {
        let last = entry_version::version.eq(entry::version);
        let rows: Vec<(i64, String)> = entry_version::table
            .inner_join(entry::table.on(entry::id.eq(entry_version::entry_id).and(last)))
            .filter(entry_version::entry_id.eq_any(some))
            .select((entry_version::entry_id, entry_version::body))
            .load(conn)?;
        for (id, body) in rows {
            let json = serde_json::from_str(&body).map_err(StoreError::corrupt)?;
            let unread = || StoreError::corrupt(format!("the last version of entry {id}"));
            bodies.insert(id, T::kept(&json).ok_or_else(unread)?);
        }
    }
    Ok(bodies)
}

/// The record as it was on a day, as far as is known now: of the versions that held by
/// then, the one written last. Who writes about an earlier day corrects what was written
/// before; so that today's is what [`find`](super::find) gives, unless the last version
/// holds from a day to come.
///
/// # Errors
///
/// [`StoreError::NotFound`] if nothing was said by then.
pub fn as_of<T: Topic>(
    conn: &mut Conn,
    slug: &Slug,
    day: NaiveDate,
) -> Result<Record<T>, StoreError> {
    let id = entry_of(conn, T::KIND, slug)?.id;
    let row: Row = entry_version::table
        .select(Row::as_select())
        .filter(entry_version::entry_id.eq(id).and(entry_version::effective_on.le(day)))
        .order(entry_version::version.desc())
        .first(conn)?;
    Ok(row.version(slug)?.record)
}

/// What records were on a day, as [`as_of`] says it of one, in the order of names; of
/// which nothing was said by then is left out.
pub fn all_as_of<T: Topic>(
    conn: &mut Conn,
    slugs: &[Slug],
    day: NaiveDate,
) -> Result<Vec<Record<T>>, StoreError> {
    let mut then = Vec::with_capacity(slugs.len());
    for some in slugs.chunks(IDS) {
        let names: Vec<(i64, String)> = entry::table
            .filter(entry::kind.eq(T::KIND.as_str()))
            .filter(entry::slug.eq_any(some.iter().map(Slug::as_str)))
            .select((entry::id, entry::slug))
            .load(conn)?;
        let names: HashMap<i64, String> = names.into_iter().collect();
        let last: SqlLiteral<Bool> = sql(&format!(
            "NOT EXISTS (SELECT 1 FROM entry_version later \
             WHERE later.entry_id = entry_version.entry_id AND later.effective_on <= '{day}' \
             AND later.version > entry_version.version)"
        ));
        let rows: Vec<Row> = entry_version::table
            .select(Row::as_select())
            .filter(entry_version::entry_id.eq_any(names.keys()))
            .filter(entry_version::effective_on.le(day))
            .filter(last)
            .load(conn)?;
        for row in rows {
            let name = names.get(&row.entry_id).ok_or(StoreError::NotFound)?;
            then.push(row.version(&value::slug(name)?)?.record);
        }
    }
    then.sort_by(|one, other| one.slug.cmp(&other.slug));
    Ok(then)
}
