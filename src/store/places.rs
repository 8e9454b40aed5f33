//! The ledger of the places of openings: lines are added, never changed.
//!
//! Writers of one opening queue for its row and judge what they find behind it, so that
//! the last place is given once, on both databases and from however many processes.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::places::{Entry, Hold, Ledger, Line, Places, Refused};
use crate::domain::register::{Opening, RecordKind};
use crate::domain::slug::Slug;
use crate::domain::uk_time;
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::{self, Author};
use crate::store::schema::{entry, opening, place_entry};
use crate::store::{Conn, StoreError, value};

/// Names of one statement.
const NAMES: usize = 5_000;

/// What somebody wants to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The line.
    pub line: Line,
    /// The writer's own mark for a hold.
    pub reference: Option<String>,
}

/// A line that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The place it is about.
    pub hold: Kept,
    /// The ledger with it.
    pub ledger: Ledger,
    /// The number of the change.
    pub change: i64,
}

/// A place that was held or taken, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The place.
    pub hold: Hold,
    /// The token of who made it; `None` for the command line.
    pub token: Option<i64>,
    /// Its maker's own mark.
    pub reference: Option<String>,
}

/// Why a line was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotEntered {
    /// The ledger stands against it.
    #[error("{0}")]
    Refused(#[from] Refused),
    /// The store does.
    #[error("{0}")]
    Store(#[from] StoreError),
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = place_entry)]
struct Row {
    id: i64,
    opening_id: i64,
    act: String,
    hold_id: Option<i64>,
    places: Option<i32>,
    expires_on: Option<NaiveDate>,
    at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = place_entry, treat_none_as_default_value = false)]
struct NewRow<'a> {
    opening_id: i64,
    act: &'static str,
    hold_id: Option<i64>,
    places: Option<i32>,
    expires_on: Option<NaiveDate>,
    reference: Option<String>,
    token_id: Option<i64>,
    actor: &'a str,
    at: NaiveDateTime,
}

impl Row {
    fn entry(&self) -> Result<Entry, StoreError> {
        let line = match (self.act.as_str(), self.hold_id, self.expires_on) {
            ("count", None, None) => Line::Count(self.places),
            ("hold", None, Some(last)) => Line::Hold(last),
            ("take", hold, None) => Line::Take(hold),
            ("give-back", Some(hold), None) => Line::GiveBack(hold),
            ("decline", Some(hold), None) => Line::Decline(hold),
            (act, ..) => return Err(StoreError::corrupt(format!("a line of places {act:?}"))),
        };
        Ok(Entry { id: self.id, on: uk_time::day(self.at), line })
    }
}

/// The ledgers of some openings; those that are not there are left out.
pub fn ledgers(conn: &mut Conn, slugs: &[Slug]) -> Result<BTreeMap<Slug, Ledger>, StoreError> {
    let names: Vec<&str> = slugs.iter().map(Slug::as_str).collect();
    let mut ledgers = BTreeMap::new();
    for some in names.chunks(NAMES) {
        let found: Vec<(i64, String, Option<i32>)> = opening::table
            .inner_join(entry::table)
            .filter(entry::kind.eq(RecordKind::Opening.as_str()).and(entry::slug.eq_any(some)))
            .select((opening::id, entry::slug, opening::places))
            .load(conn)?;
        let ids: Vec<i64> = found.iter().map(|(id, ..)| *id).collect();
        let rows: Vec<Row> = place_entry::table
            .filter(place_entry::opening_id.eq_any(&ids))
            .order(place_entry::id)
            .select(Row::as_select())
            .load(conn)?;
        let mut lines: BTreeMap<i64, Vec<Entry>> = BTreeMap::new();
        for row in rows {
            lines.entry(row.opening_id).or_default().push(row.entry()?);
        }
        for (id, slug, stated) in found {
            let entries = lines.remove(&id).unwrap_or_default();
            ledgers.insert(value::slug(&slug)?, Ledger::new(stated, entries));
        }
    }
    Ok(ledgers)
}

/// The ledger of an opening.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such opening.
pub fn ledger(conn: &mut Conn, slug: &Slug) -> Result<Ledger, StoreError> {
    ledgers(conn, std::slice::from_ref(slug))?.remove(slug).ok_or(StoreError::NotFound)
}

/// The places of some openings on a day, as they are told: stated, left, held, taken;
/// openings that are not there are left out.
pub fn on_a_day(
    conn: &mut Conn,
    slugs: &[Slug],
    day: NaiveDate,
) -> Result<BTreeMap<Slug, Places>, StoreError> {
    let mut ledgers = ledgers(conn, slugs)?;
    let records = records::find_all::<Opening>(conn, slugs)?;
    let told = records.into_iter().map(|record| {
        let ledger = ledgers.remove(&record.slug).unwrap_or_default();
        let places = Places::of(&record, &ledger, day);
        (record.slug, places)
    });
    Ok(told.collect())
}

/// How many places of an opening are left on a day; `None` if that is not known.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such opening.
pub fn left(conn: &mut Conn, slug: &Slug, day: NaiveDate) -> Result<Option<i32>, StoreError> {
    let places = on_a_day(conn, std::slice::from_ref(slug), day)?.remove(slug);
    Ok(places.ok_or(StoreError::NotFound)?.left)
}

/// Every place of an opening that was ever held or taken, with whose it is.
pub fn holds(conn: &mut Conn, slug: &Slug, today: NaiveDate) -> Result<Vec<Kept>, StoreError> {
    type Own = (i64, Option<i64>, Option<String>);
    let holds = ledger(conn, slug)?.holds(today);
    let id = id_of(conn, slug)?;
    let own: Vec<Own> = place_entry::table
        .filter(place_entry::opening_id.eq(id))
        .filter(place_entry::act.eq_any(["hold", "take"]))
        .select((place_entry::id, place_entry::token_id, place_entry::reference))
        .load(conn)?;
    let mut own: BTreeMap<i64, _> =
        own.into_iter().map(|(id, token, reference)| (id, (token, reference))).collect();
    let kept = holds.into_iter().map(|hold| {
        let (token, reference) = own.remove(&hold.id).unwrap_or_default();
        Kept { hold, token, reference }
    });
    Ok(kept.collect())
}

/// A place of an opening that was held or taken.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is none of that number.
pub fn hold(conn: &mut Conn, slug: &Slug, id: i64, today: NaiveDate) -> Result<Kept, StoreError> {
    let mut all = holds(conn, slug, today)?.into_iter();
    all.find(|kept| kept.hold.id == id).ok_or(StoreError::NotFound)
}

/// Queues for an opening, so that its ledger stays as it is until the transaction ends.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such opening.
pub fn lock(conn: &mut Conn, slug: &Slug) -> Result<(), StoreError> {
    let id = id_of(conn, slug)?;
    records::lock_row(conn, id)
}

/// Writes a line, if the ledger admits it as it is behind the queue.
///
/// # Errors
///
/// [`NotEntered`], for whichever stands against it.
pub fn enter(
    conn: &mut Conn,
    slug: &Slug,
    wish: &Wish,
    (author, at): (&Author, NaiveDateTime),
    told: Told,
) -> Result<Entered, NotEntered> {
    lock(conn, slug)?;
    let (id, today) = (id_of(conn, slug)?, uk_time::day(at));
    let before = ledger(conn, slug)?;
    before.admits(wish.line, today)?;
    if before.entries().is_empty() {
        let stated = opening::table.find(id).select(opening::places).first(conn);
        let stated = stated.map_err(StoreError::from)?;
        insert(conn, (id, Line::Count(stated)), None, (author, at))?;
    }
    let new = insert(conn, (id, wish.line), wish.reference.as_deref(), (author, at))?;
    let (act, about) = words(wish.line);
    audit::note_other(conn, author, act, ("opening", slug.as_str()), at)?;
    let hold = hold(conn, slug, about.unwrap_or(new), today)?;
    let ledger = ledger(conn, slug)?;
    let change = changes::touch_all(conn, &[touched(slug, told)], at)?;
    Ok(Entered { hold, ledger, change })
}

/// Begins a new count of an opening whose row its writer has locked; touches nothing.
pub(super) fn recount(
    conn: &mut Conn,
    opening_id: i64,
    places: Option<i32>,
    by: (&Author, NaiveDateTime),
) -> Result<(), StoreError> {
    insert(conn, (opening_id, Line::Count(places)), None, by).map(|_| ())
}

/// Begins a new count of an opening with the number that it states.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such opening.
pub fn count_anew(
    conn: &mut Conn,
    slug: &Slug,
    (author, at): (&Author, NaiveDateTime),
    told: Told,
) -> Result<i64, StoreError> {
    lock(conn, slug)?;
    let id = id_of(conn, slug)?;
    let stated = opening::table.find(id).select(opening::places).first(conn)?;
    recount(conn, id, stated, (author, at))?;
    audit::note_other(conn, author, "count", ("opening", slug.as_str()), at)?;
    changes::touch_all(conn, &[touched(slug, told)], at)
}

/// The opening, whose organisation's document follows it.
fn touched(slug: &Slug, told: Told) -> Touched {
    Touched { kind: Kind::Record(RecordKind::Opening), slug: slug.clone(), told }
}

fn id_of(conn: &mut Conn, slug: &Slug) -> Result<i64, StoreError> {
    Ok(entry::table
        .filter(entry::kind.eq(RecordKind::Opening.as_str()).and(entry::slug.eq(slug.as_str())))
        .select(entry::id)
        .first(conn)?)
}

/// A line's act, and the hold that it is about.
const fn words(line: Line) -> (&'static str, Option<i64>) {
    match line {
        Line::Count(_) => ("count", None),
        Line::Hold(_) => ("hold", None),
        Line::Take(hold) => ("take", hold),
        Line::GiveBack(hold) => ("give-back", Some(hold)),
        Line::Decline(hold) => ("decline", Some(hold)),
    }
}

fn insert(
    conn: &mut Conn,
    (opening_id, line): (i64, Line),
    reference: Option<&str>,
    (author, at): (&Author, NaiveDateTime),
) -> Result<i64, StoreError> {
    let (act, hold_id) = words(line);
    let places = if let Line::Count(places) = line { places } else { None };
    let expires_on = if let Line::Hold(last) = line { Some(last) } else { None };
    let row = NewRow {
        opening_id,
        act,
        hold_id,
        places,
        expires_on,
        reference: reference.map(str::to_owned),
        token_id: author.token,
        actor: &author.actor,
        at: value::micros(at),
    };
    Ok(diesel::insert_into(place_entry::table)
        .values(row)
        .returning(place_entry::id)
        .get_result(conn)?)
}
