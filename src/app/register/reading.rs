//! Records as a caller may see them: one, a page of them.

use std::{any::Any, collections::BTreeMap};

use chrono::NaiveDate;

use crate::{
    app::{AppError, AppState, register, register::Subject},
    domain::{
        access::{Act, Caller, Role},
        places::Places,
        register::{Opening, Organisation, Publication, Record, RecordKind, Signature},
        slug::Slug,
    },
    store::{
        Conn, StoreError, changes, places,
        records::{self, Condition, Listing, Seen, Wanted},
    },
};

/// An organisation has at most so many records of a kind that are worked out for a day.
const MOST_ON_A_DAY: i64 = 2_000;

/// A record, with what is needed to tell where it stands.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The record.
    pub record: Record<T>,
    /// The day for which its state is told.
    pub day: NaiveDate,
    /// Of a pledge: the signature whose year it belongs to.
    pub year: Option<Record<Signature>>,
    /// Of an opening, where they were asked for: its places.
    pub places: Option<Places>,
}

/// Something that was read or written, with the number of the last change that it shows.
#[derive(Debug, Clone)]
pub struct Told<T> {
    /// What.
    pub what: T,
    /// The number of the change.
    pub change: i64,
}

/// Where a look-up leads.
#[derive(Debug, Clone)]
pub enum Look<T> {
    /// Here it is.
    Here(T),
    /// It was merged into the organisation of that name.
    Moved(Slug),
}

/// A page of records.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// The records, in the order of their names.
    pub records: Vec<Found<T>>,
    /// How many there are in all.
    pub total: u64,
}

/// What a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// All of these must hold.
    pub conditions: Vec<Condition>,
    /// How many to leave out.
    pub offset: i64,
    /// How many to give.
    pub limit: i64,
    /// As of which day; the present state if there is none.
    pub as_of: Option<NaiveDate>,
}

/// The record of that name, as it is or as it was on a day.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there, and for what the caller may not see.
pub async fn find<T: Subject>(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
    as_of: Option<NaiveDate>,
) -> Result<Told<Look<Found<T>>>, AppError> {
    let (caller, today) = (caller.clone(), app.clock.today());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            if let Some(heir) = heir::<T>(conn, &caller, &slug)? {
                return Ok(Told { what: Look::Moved(heir), change });
            }
            let record = visible::<T>(conn, &caller, &slug)?;
            let mut found = match as_of {
                None => with_year(conn, record, today, Time::Now)?,
                Some(day) => {
                    let then = on_a_day::<T>(conn, &caller, &slug, day)?;
                    then.ok_or(AppError::NotFound(T::KIND.label()))?
                }
            };
            counted(conn, std::slice::from_mut(&mut found))?;
            Ok(Told { what: Look::Here(found), change })
        })
        .await
}

/// Whether the caller may do something to a record.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there, and for what the caller may not see.
pub async fn allows<T: Subject>(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
    act: Act,
) -> Result<bool, AppError> {
    let caller = caller.clone();
    app.records()?
        .read(move |conn| {
            let record = visible::<T>(conn, &caller, &slug)?;
            Ok(caller.may(act, T::KIND, register::owner(&slug, &record.body)))
        })
        .await
}

/// The number of the last change that the store has.
pub async fn position(app: &AppState) -> Result<i64, AppError> {
    app.records()?.read(|conn| Ok(changes::position(conn)?)).await
}

/// A page of the records that the caller may see.
pub async fn list<T: Subject>(
    app: &AppState,
    caller: &Caller,
    asked: Asked,
) -> Result<Told<Listed<T>>, AppError> {
    let (caller, today) = (caller.clone(), app.clock.today());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            Ok(Told { what: page(conn, &caller, asked, today)?, change })
        })
        .await
}

/// A page of an organisation's records that the caller may see, as they are or as they
/// were on a day.
///
/// # Errors
///
/// [`AppError::NotFound`] for an organisation that is not there or not to be seen.
pub async fn of_organisation<T: Subject>(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
    mut asked: Asked,
) -> Result<Told<Look<Listed<T>>>, AppError> {
    let (caller, today) = (caller.clone(), app.clock.today());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            if let Some(heir) = heir::<Organisation>(conn, &caller, &slug)? {
                return Ok(Told { what: Look::Moved(heir), change });
            }
            visible::<Organisation>(conn, &caller, &slug)?;
            let any_of = vec![Wanted::Is(slug.to_string())];
            asked.conditions.push(Condition { field: "organisation", any_of });
            let listed = match asked.as_of {
                None => page(conn, &caller, asked, today)?,
                Some(day) => page_of_a_day(conn, &caller, &asked, (today, day))?,
            };
            Ok(Told { what: Look::Here(listed), change })
        })
        .await
}

/// The organisation that one was merged into, if the caller may see it.
pub(super) fn heir<T: Subject>(
    conn: &mut Conn,
    caller: &Caller,
    slug: &Slug,
) -> Result<Option<Slug>, AppError> {
    if T::KIND != RecordKind::Organisation {
        return Ok(None);
    }
    let heir = match records::merged_into(conn, slug) {
        Ok(heir) => heir,
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let Some(heir) = heir else { return Ok(None) };
    visible::<Organisation>(conn, caller, &heir).map(|_| Some(heir))
}

/// The record of that name, if the caller may see it.
pub(in crate::app) fn visible<T: Subject>(
    conn: &mut Conn,
    caller: &Caller,
    slug: &Slug,
) -> Result<Record<T>, AppError> {
    let missing = || AppError::NotFound(T::KIND.label());
    // Before anything of it is read: what is hidden takes no longer than what is not there.
    if !records::is_seen::<T>(conn, slug, &seen(caller))? {
        return Err(missing());
    }
    let record = match records::find::<T>(conn, slug) {
        Ok(record) => record,
        Err(StoreError::NotFound) => return Err(missing()),
        Err(error) => return Err(error.into()),
    };
    let published = match record.body.owner() {
        Some(owner) => records::state_of(conn, owner)? == Some(Publication::Published),
        None => true,
    };
    let shown = register::shown(caller, slug, &record.body, published);
    if shown { Ok(record) } else { Err(missing()) }
}

/// Whether facts are those of now or those of the day that is told of.
#[derive(Clone, Copy)]
pub(super) enum Time {
    Now,
    Then,
}

/// A record with the year that it belongs to, if it belongs to one.
pub(super) fn with_year<T: Subject>(
    conn: &mut Conn,
    record: Record<T>,
    day: NaiveDate,
    time: Time,
) -> Result<Found<T>, AppError> {
    let mut signature = None;
    for (_, kind, slug) in record.body.named() {
        if kind == RecordKind::Signature {
            signature = Some(slug.clone());
        }
    }
    let year = match signature {
        None => None,
        Some(slug) => {
            let then = match time {
                Time::Now => Err(StoreError::NotFound),
                Time::Then => records::as_of::<Signature>(conn, &slug, day),
            };
            Some(match then {
                Err(StoreError::NotFound) => records::find::<Signature>(conn, &slug)?,
                other => other?,
            })
        }
    };
    Ok(Found { record, day, year, places: None })
}

/// Adds the places of openings, as they were on the day that is told of.
pub(super) fn counted<T: Subject>(conn: &mut Conn, all: &mut [Found<T>]) -> Result<(), AppError> {
    if T::KIND != RecordKind::Opening {
        return Ok(());
    }
    let slugs: Vec<Slug> = all.iter().map(|found| found.record.slug.clone()).collect();
    let mut ledgers = places::ledgers(conn, &slugs)?;
    for found in all {
        let ledger = ledgers.remove(&found.record.slug).unwrap_or_default();
        if let Some(opening) = (&found.record as &dyn Any).downcast_ref::<Record<Opening>>() {
            found.places = Some(Places::of(opening, &ledger.until(found.day), found.day));
        }
    }
    Ok(())
}

/// What the record was on a day, if the caller could have seen it then.
fn on_a_day<T: Subject>(
    conn: &mut Conn,
    caller: &Caller,
    slug: &Slug,
    day: NaiveDate,
) -> Result<Option<Found<T>>, AppError> {
    let then = match records::as_of::<T>(conn, slug, day) {
        Ok(then) => then,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let published = published_on(conn, then.body.owner(), day)?;
    if !register::shown(caller, slug, &then.body, published) {
        return Ok(None);
    }
    with_year(conn, then, day, Time::Then).map(Some)
}

/// Whether the organisation that a record belongs to was published on a day.
pub(super) fn published_on(
    conn: &mut Conn,
    owner: Option<&Slug>,
    day: NaiveDate,
) -> Result<bool, AppError> {
    let Some(owner) = owner else { return Ok(true) };
    match records::as_of::<Organisation>(conn, owner, day) {
        Ok(owner) => Ok(owner.body.publication == Publication::Published),
        Err(StoreError::NotFound) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn page<T: Subject>(
    conn: &mut Conn,
    caller: &Caller,
    asked: Asked,
    today: NaiveDate,
) -> Result<Listed<T>, AppError> {
    let Asked { conditions, offset, limit, as_of: _ } = asked;
    let listing = Listing { conditions, seen: seen(caller), today, offset, limit };
    let (records, total) = records::page::<T>(conn, &listing)?;
    let mut asked_for = Vec::new();
    for record in &records {
        let years = record.body.named().into_iter();
        asked_for
            .extend(years.filter(|one| one.1 == RecordKind::Signature).map(|one| one.2.clone()));
    }
    let years = records::find_all::<Signature>(conn, &asked_for)?;
    let years: BTreeMap<Slug, _> = years.into_iter().map(|one| (one.slug.clone(), one)).collect();
    let found = records.into_iter().map(|record| {
        let mut names = record.body.named().into_iter();
        let year = names.find_map(|(_, kind, slug)| {
            years.get(slug).filter(|_| kind == RecordKind::Signature).cloned()
        });
        Found { record, day: today, year, places: None }
    });
    let mut records: Vec<Found<T>> = found.collect();
    counted(conn, &mut records)?;
    Ok(Listed { records, total })
}

fn page_of_a_day<T: Subject>(
    conn: &mut Conn,
    caller: &Caller,
    asked: &Asked,
    (today, day): (NaiveDate, NaiveDate),
) -> Result<Listed<T>, AppError> {
    let listing = Listing {
        conditions: asked.conditions.clone(),
        seen: seen(caller),
        today,
        offset: 0,
        limit: MOST_ON_A_DAY,
    };
    let (records, total) = records::page::<T>(conn, &listing)?;
    if i64::try_from(total).unwrap_or(i64::MAX) > MOST_ON_A_DAY {
        let message = format!("More than {MOST_ON_A_DAY} records: ask for them one by one.");
        return Err(AppError::refused("as_of", "too-many", message));
    }
    let mut then = Vec::new();
    for record in records {
        then.extend(on_a_day::<T>(conn, caller, &record.slug, day)?);
    }
    counted(conn, &mut then)?;
    let total = u64::try_from(then.len()).unwrap_or_default();
    let skipped = usize::try_from(asked.offset).unwrap_or(usize::MAX);
    let given = usize::try_from(asked.limit).unwrap_or_default();
    Ok(Listed { records: then.into_iter().skip(skipped).take(given).collect(), total })
}

/// The caller as lists know it.
fn seen(caller: &Caller) -> Seen {
    match (caller.role, &caller.organisation) {
        (Role::Coordinator | Role::Admin, _) => Seen::All,
        (Role::Broker, _) => Seen::Broker,
        (Role::Employer, Some(own)) => Seen::Owner(own.clone()),
        (Role::Employer, None) | (Role::Public, _) => Seen::Public,
    }
}
