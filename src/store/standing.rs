//! Standing searches and what their feeds have told.
//!
//! Of a feed's address only the hash is stored. What was told stays as it was told;
//! whoever brings a feed up to date queues for the row of its search.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::domain::register::{Base, Hours, Pattern, SelectionOffer, WorkType};
use crate::domain::slug::Slug;
use crate::domain::standing::Need;
use crate::store::audit;
use crate::store::changes;
use crate::store::records::Author;
use crate::store::schema::{standing_entry, standing_search, token};
use crate::store::{Conn, StoreError, value};

/// A standing search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub token: i64,
    /// What is looked for.
    pub need: Need,
    /// The last change that was looked at.
    pub position: i64,
    /// When it was made, UTC.
    pub created_at: NaiveDateTime,
}

/// A line of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = standing_entry, treat_none_as_default_value = false)]
pub struct Line {
    /// The search.
    pub search_id: i64,
    /// Its number in the feed, from 1.
    pub number: i64,
    /// The employer.
    pub organisation: String,
    /// What it is called.
    pub title: String,
    /// Why it fits, a line each.
    pub why: String,
    /// A hash of what is told.
    pub told: String,
    /// The number of the change that it tells of.
    pub change: i64,
    /// When that was, UTC.
    pub at: NaiveDateTime,
}

type Row = (i64, i64, String, i64, NaiveDateTime);

const COLUMNS: (
    standing_search::id,
    standing_search::token_id,
    standing_search::need,
    standing_search::position,
    standing_search::created_at,
) = (
    standing_search::id,
    standing_search::token_id,
    standing_search::need,
    standing_search::position,
    standing_search::created_at,
);

fn known((id, token, need, position, created_at): Row) -> Result<Search, StoreError> {
    let broken = || StoreError::corrupt(format!("the need of standing search {id}"));
    let need = serde_json::from_str(&need).map_err(StoreError::corrupt)?;
    let need = read(&need).ok_or_else(broken)?;
    Ok(Search { id, token, need, position, created_at })
}

/// Notes a search, by the hash of its feed's secret; it tells of changes from now on.
pub fn create(
    conn: &mut Conn,
    (hash, token): (&str, i64),
    need: &Need,
    (author, at): (&Author, NaiveDateTime),
) -> Result<Search, StoreError> {
    let position = changes::position(conn)?;
    let row: Row = diesel::insert_into(standing_search::table)
        .values((
            standing_search::hash.eq(hash),
            standing_search::token_id.eq(token),
            standing_search::need.eq(written(need).to_string()),
            standing_search::position.eq(position),
            standing_search::created_at.eq(value::micros(at)),
        ))
        .returning(COLUMNS)
        .get_result(conn)?;
    audit::note_other(conn, author, "create", ("standing-search", &row.0.to_string()), at)?;
    known(row)
}

/// The searches of a token that were not revoked, first one first.
pub fn all_of(conn: &mut Conn, token: i64) -> Result<Vec<Search>, StoreError> {
    let rows: Vec<Row> = standing_search::table
        .filter(standing_search::token_id.eq(token))
        .filter(standing_search::revoked_at.is_null())
        .order(standing_search::id)
        .select(COLUMNS)
        .load(conn)?;
    rows.into_iter().map(known).collect()
}

/// A search that was not revoked.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is none of that number.
pub fn find(conn: &mut Conn, id: i64) -> Result<Search, StoreError> {
    let there = standing_search::table.find(id).filter(standing_search::revoked_at.is_null());
    known(there.select(COLUMNS).first(conn)?)
}

/// The search whose feed has a secret of that hash, if neither it nor its maker's token
/// was revoked or has run out.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is none.
pub fn find_by_hash(conn: &mut Conn, hash: &str, at: NaiveDateTime) -> Result<Search, StoreError> {
    let row: Row = standing_search::table
        .filter(standing_search::hash.eq(hash).and(standing_search::revoked_at.is_null()))
        .select(COLUMNS)
        .first(conn)?;
    let good = token::table
        .find(row.1)
        .filter(token::revoked_at.is_null())
        .filter(token::expires_at.is_null().or(token::expires_at.gt(value::micros(at))));
    let _: i64 = good.select(token::id).first(conn)?;
    known(row)
}

/// Revokes a search: its feed is gone.
pub fn revoke(
    conn: &mut Conn,
    id: i64,
    (author, at): (&Author, NaiveDateTime),
) -> Result<(), StoreError> {
    diesel::update(standing_search::table.find(id))
        .set(standing_search::revoked_at.eq(Some(value::micros(at))))
        .execute(conn)?;
    audit::note_other(conn, author, "revoke", ("standing-search", &id.to_string()), at)
}

/// Queues for a search and moves on to a change; gives the change that it stood at.
pub fn move_on(conn: &mut Conn, id: i64, to: i64) -> Result<i64, StoreError> {
    // The row is locked by this, and read behind the queue.
    let row = standing_search::table.find(id);
    diesel::update(row)
        .set(standing_search::position.eq(standing_search::position))
        .execute(conn)?;
    let from: i64 = row.select(standing_search::position).first(conn)?;
    diesel::update(row).set(standing_search::position.eq(to.max(from))).execute(conn)?;
    Ok(from)
}

/// What was told last of each employer, as a hash.
pub fn told(conn: &mut Conn, id: i64) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> = standing_entry::table
        .filter(standing_entry::search_id.eq(id))
        .order(standing_entry::number)
        .select((standing_entry::organisation, standing_entry::told))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Adds lines after those that there are; their numbers are given here.
pub fn tell(conn: &mut Conn, id: i64, lines: Vec<Line>) -> Result<(), StoreError> {
    let own = standing_entry::table.filter(standing_entry::search_id.eq(id));
    let last: Option<i64> = own.select(diesel::dsl::max(standing_entry::number)).first(conn)?;
    for (number, line) in (last.unwrap_or(0) + 1..).zip(lines) {
        let line = Line { search_id: id, number, at: value::micros(line.at), ..line };
        diesel::insert_into(standing_entry::table).values(&line).execute(conn)?;
    }
    Ok(())
}

/// Up to `limit` lines before a number, newest first.
pub fn page(
    conn: &mut Conn,
    id: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    Ok(standing_entry::table
        .filter(standing_entry::search_id.eq(id))
        .filter(standing_entry::number.lt(before.unwrap_or(i64::MAX)))
        .order(standing_entry::number.desc())
        .limit(limit)
        .select(Line::as_select())
        .load(conn)?)
}

fn written(need: &Need) -> Value {
    let words = |list: Vec<&'static str>| json!(list);
    let slugs: Vec<&str> = need.sectors.iter().map(Slug::as_str).collect();
    json!({
        "cohort": need.cohort.as_str(), "place": need.place, "within_miles": need.within_miles,
        "sectors": slugs,
        "work_types": words(need.work_types.iter().map(|one| one.as_str()).collect()),
        "patterns": words(need.patterns.iter().map(|one| one.as_str()).collect()),
        "hours": need.hours.map(Hours::as_str), "base": need.base.map(Base::as_str),
        "wants": words(need.wants.iter().map(|one| one.as_str()).collect()),
    })
}

fn read(need: &Value) -> Option<Need> {
    let text = |name: &str| need.get(name).and_then(Value::as_str);
    let list = |name: &str| -> Vec<&str> {
        let items = need.get(name).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).collect()
    };
    let within = need.get("within_miles").and_then(Value::as_u64);
    Some(Need {
        cohort: Slug::parse(text("cohort")?).ok()?,
        place: text("place").map(str::to_owned),
        within_miles: within.map(u32::try_from).transpose().ok()?,
        sectors: every(list("sectors"), |word| Slug::parse(word).ok())?,
        work_types: every(list("work_types"), WorkType::parse)?,
        patterns: every(list("patterns"), Pattern::parse)?,
        hours: text("hours").map(Hours::parse).unwrap_or_default(),
        base: text("base").map(Base::parse).unwrap_or_default(),
        wants: every(list("wants"), SelectionOffer::parse)?,
    })
}

/// The values of some words; `None` if one is not known.
fn every<T>(words: Vec<&str>, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    words.into_iter().map(parse).collect()
}
