//! Writing many new records with few statements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::access::Act;
use crate::domain::register::{Draft, Ending, Record, RecordKind};
use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::changes::{self, Kind, Touched};
use crate::store::error::Cause;
use crate::store::records::entry::NewEntry;
use crate::store::records::history;
use crate::store::records::lists::IDS;
use crate::store::records::look_up::ids_of;
use crate::store::records::topic::{Coming, Topic};
use crate::store::records::write::{Author, Outcome, Owner, Written, confirm, end, lock, told};
use crate::store::schema::entry;
use crate::store::{Conn, StoreError, value};

/// Rows of one statement; eleven columns each, and SQLite takes 32,766 values.
const ROWS: usize = 2_500;

/// Writes new records, in that order, as [`create`](super::create) would one by one,
/// with few statements.
///
/// # Errors
///
/// As [`create`](super::create), for the first that cannot be written.
pub fn create_all<T: Topic>(
    conn: &mut Conn,
    drafts: &[Draft<T>],
    author: &Author,
    at: NaiveDateTime,
) -> Result<Vec<Written>, StoreError> {
    write_all(conn, drafts, T::admit, (author, at))
}

/// Writes a record that is new here and has ended already, after it was confirmed for the
/// last time on a day, if ever: one that is brought over from another register. What may
/// not begin any more may still have been.
///
/// # Errors
///
/// As [`create`](super::create).
pub fn create_ended<T: Topic>(
    conn: &mut Conn,
    draft: &Draft<T>,
    (confirmed_on, ending): (Option<NaiveDate>, Ending),
    by: (&Author, NaiveDateTime),
) -> Result<Written, StoreError> {
    write_all(conn, std::slice::from_ref(draft), T::admit_ended, by)?;
    let slug = draft.name();
    if let Some(day) = confirmed_on {
        confirm::<T>(conn, &slug, None, day, by)?;
    }
    end::<T>(conn, &slug, None, ending, by)
}

/// How a kind judges what is about to be written.
type Admit<T> = fn(&mut Conn, &Coming<'_, T>) -> Result<(), StoreError>;

fn write_all<T: Topic>(
    conn: &mut Conn,
    drafts: &[Draft<T>],
    admit: Admit<T>,
    (author, at): (&Author, NaiveDateTime),
) -> Result<Vec<Written>, StoreError> {
    let owners = owners(conn, drafts)?;
    let owner = |draft: &Draft<T>| draft.body.owner().and_then(|slug| owners.get(slug)).copied();
    let names: Vec<Slug> = drafts.iter().map(Draft::name).collect();
    unused::<T>(conn, &names)?;
    let coming: Vec<(Option<i64>, &T)> = drafts.iter().map(|draft| (None, &draft.body)).collect();
    admit(conn, &coming).map_err(|error| named::<T>(error, drafts))?;
    let at = value::micros(at);
    let mut bodies: Vec<(i64, &T)> = Vec::with_capacity(drafts.len());
    for some in drafts.chunks(ROWS) {
        let rows = some.iter().map(|draft| NewEntry::new(draft, owner(draft).map(|o| o.id), at));
        let rows: Vec<NewEntry<'_>> = rows.collect();
        let made: Vec<(String, i64)> = each_backend!(conn, |c| diesel::insert_into(entry::table)
            .values(&rows)
            .returning((entry::slug, entry::id))
            .get_results(c))
        .map_err(|error| named::<T>(error.into(), some))?;
        let ids: BTreeMap<&str, i64> = made.iter().map(|(slug, id)| (slug.as_str(), *id)).collect();
        let lost = || StoreError::corrupt("a row was written and not returned");
        for (draft, row) in some.iter().zip(&rows) {
            let id = ids.get(row.slug.as_str()).copied().ok_or_else(lost)?;
            bodies.push((id, &draft.body));
        }
    }
    T::insert(conn, &bodies).map_err(|error| named::<T>(error, drafts))?;

    let records: Vec<Record<&T>> = drafts.iter().map(|draft| first_version(draft, at)).collect();
    let versions: Vec<_> = bodies
        .iter()
        .zip(&records)
        .map(|((id, _), record)| (*id, record.said.on, record))
        .collect();
    history::note::<T, &T>(conn, &versions, author)?;
    let lines: Vec<_> = records.iter().map(|record| (T::KIND, &record.slug, 1)).collect();
    audit::note(conn, author, Act::Create, &lines, at)?;
    let touched = drafts.iter().zip(&records).map(|(draft, record)| {
        let published = owner(draft).is_none_or(|owner| owner.published);
        let told = told(published && draft.body.open());
        Touched { kind: Kind::Record(T::KIND), slug: record.slug.clone(), told }
    });
    let touched: Vec<Touched> = touched.collect();
    let change = changes::touch_all(conn, &touched, at)?;
    let written = records.into_iter().map(|record| Written {
        slug: record.slug,
        version: 1,
        change,
        outcome: Outcome::Created,
    });
    Ok(written.collect())
}

/// The organisations that the records belong to, locked.
fn owners<T: Topic>(
    conn: &mut Conn,
    drafts: &[Draft<T>],
) -> Result<BTreeMap<Slug, Owner>, StoreError> {
    let named = drafts.iter().filter_map(|draft| draft.body.owner());
    let ids = ids_of(conn, RecordKind::Organisation, named)?;
    let mut owners = BTreeMap::new();
    // In the order of names, as every writer: no deadlock.
    for (slug, id) in ids {
        let owner = lock(conn, id).map_err(|error| error.about(&slug))?;
        owners.insert(slug, owner);
    }
    Ok(owners)
}

fn first_version<T: Topic>(draft: &Draft<T>, at: NaiveDateTime) -> Record<&T> {
    Record {
        slug: draft.name(),
        version: 1,
        said: draft.said.clone(),
        confirmed_on: None,
        ended: None,
        fictional: draft.fictional,
        recorded_at: at,
        doubted_on: None,
        body: &draft.body,
    }
}

/// Refuses names that are taken, or given twice, before anything else is refused: who
/// writes the same again is told just that.
fn unused<T: Topic>(conn: &mut Conn, names: &[Slug]) -> Result<(), StoreError> {
    let mut seen = BTreeSet::new();
    let twice = names.iter().find(|name| !seen.insert(name.as_str()));
    if let Some(name) = twice {
        return Err(taken::<T>(name, "it is given twice"));
    }
    let seen: Vec<&str> = seen.into_iter().collect();
    for some in seen.chunks(IDS) {
        let found: Option<String> = entry::table
            .filter(entry::kind.eq(T::KIND.as_str()).and(entry::slug.eq_any(some)))
            .order(entry::slug)
            .select(entry::slug)
            .first(conn)
            .optional()?;
        if let Some(name) = found {
            return Err(taken::<T>(&value::slug(&name)?, "there is one of that name"));
        }
    }
    Ok(())
}

fn taken<T: Topic>(name: &Slug, why: &'static str) -> StoreError {
    StoreError::Duplicate(Cause::new(why)).about(format_args!("{} {name}", T::KIND))
}

/// The error, naming the record where there was only one.
fn named<T: Topic>(error: StoreError, drafts: &[Draft<T>]) -> StoreError {
    match drafts {
        [draft] => error.about(format_args!("{} {}", T::KIND, draft.name())),
        _ => error,
    }
}
