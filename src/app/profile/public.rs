//! The register's other public records: the directory, events, case studies, and how
//! many there are of what.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{
    seen,
    shade::{Shade, shaded},
};
use crate::{
    app::{AppError, AppState},
    domain::{
        access::{Act, Caller, Shown},
        register::{CaseStudy, Event, Organisation, Publication, Record, Signature},
        slug::Slug,
    },
    store::{
        Conn, StoreError,
        records::{self, Condition, Directory, Listing, Wanted},
    },
};

/// At most so many events are told at once.
const MOST_EVENTS: i64 = 500;
/// A window on the past has so many days.
const WINDOW_DAYS: u64 = 365;

/// A record, with the name of the organisation it belongs to where it belongs to one.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// The record.
    pub record: Record<T>,
    /// The organisation's name.
    pub owner: Option<String>,
}

/// How many there are of what, for everybody to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Organisations.
    pub organisations: u64,
    /// Years under the charter that run today; an organisation has one at a time.
    pub signatories: u64,
    /// Case studies.
    pub case_studies: u64,
}

/// Which events are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// What is to come, and the past year.
    Now,
    /// The year that ends before a day.
    Before(NaiveDate),
}

/// Events of a window.
#[derive(Debug, Clone, Default)]
pub struct Diary {
    /// To come or under way, earliest first.
    pub coming: Vec<Named<Event>>,
    /// Over, latest first.
    pub past: Vec<Named<Event>>,
    /// The first day of the window, where there are events before it.
    pub earlier: Option<NaiveDate>,
}

/// A page of case studies, by title.
#[derive(Debug, Clone, Default)]
pub struct CaseStudies {
    /// The case studies.
    pub listed: Vec<Named<CaseStudy>>,
    /// How many there are in all.
    pub total: u64,
}

/// Some of the published organisations, from A to Z.
pub async fn directory(app: &AppState, offset: i64, limit: i64) -> Result<Directory, AppError> {
    let Some(store) = app.store() else { return Ok(Directory::default()) };
    let today = app.clock.today();
    store.read(move |conn| Ok(records::directory(conn, today, (offset, limit))?)).await
}

/// How many there are of what, for everybody to see.
pub async fn numbers(app: &AppState) -> Result<Numbers, AppError> {
    let Some(store) = app.store() else { return Ok(Numbers::default()) };
    let today = app.clock.today();
    let count = move |conditions| Listing {
        conditions,
        seen: seen(&Caller::PUBLIC),
        today,
        offset: 0,
        limit: 0,
    };
    store
        .read(move |conn| {
            let running = ["live", "due-for-renewal"].map(|state| Wanted::Is(state.to_owned()));
            let running = Condition { field: "state", any_of: running.to_vec() };
            Ok(Numbers {
                organisations: records::directory(conn, today, (0, 0))?.total,
                signatories: records::page::<Signature>(conn, &count(vec![running]))?.1,
                case_studies: records::page::<CaseStudy>(conn, &count(Vec::new()))?.1,
            })
        })
        .await
}

/// The events of a window that a caller may see.
pub async fn events(app: &AppState, caller: &Caller, window: Window) -> Result<Diary, AppError> {
    let Some(store) = app.store() else { return Ok(Diary::default()) };
    let (caller, now) = (caller.clone(), app.clock.now());
    let today = app.clock.today();
    store
        .read(move |conn| {
            let (last, end) = match window {
                Window::Now => (None, today),
                Window::Before(day) => (day.pred_opt(), day),
            };
            let first = end.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(NaiveDate::MIN);
            let on = |field, day: NaiveDate| Condition {
                field,
                any_of: vec![Wanted::Is(day.to_string())],
            };
            let mut listing = Listing {
                conditions: vec![on("from", first)],
                seen: seen(&caller),
                today,
                offset: 0,
                limit: MOST_EVENTS,
            };
            listing.conditions.extend(last.map(|day| on("to", day)));
            let (mut found, _) = records::page::<Event>(conn, &listing)?;
            found.sort_by_key(|one| one.body.starts_at);
            listing.limit = 0;
            listing.conditions = first.pred_opt().map(|day| on("to", day)).into_iter().collect();
            let before = records::page::<Event>(conn, &listing)?.1;
            let (coming, mut past): (Vec<_>, Vec<_>) =
                with_names(conn, &caller, found)?.into_iter().partition(|one| {
                    one.record.body.ends_at.unwrap_or(one.record.body.starts_at) >= now
                });
            past.reverse();
            Ok(Diary { coming, past, earlier: (before > 0).then_some(first) })
        })
        .await
}

/// The event of that name.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there and what the caller may not see.
pub async fn event(app: &AppState, caller: &Caller, slug: &str) -> Result<Named<Event>, AppError> {
    one(app, caller, slug).await
}

/// The case study of that name.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there and what the caller may not see.
pub async fn case_study(
    app: &AppState,
    caller: &Caller,
    slug: &str,
) -> Result<Named<CaseStudy>, AppError> {
    one(app, caller, slug).await
}

/// Some of the case studies that a caller may see, in the order of their names.
pub async fn case_studies(
    app: &AppState,
    caller: &Caller,
    offset: i64,
    limit: i64,
) -> Result<CaseStudies, AppError> {
    let Some(store) = app.store() else { return Ok(CaseStudies::default()) };
    let (caller, today) = (caller.clone(), app.clock.today());
    store
        .read(move |conn| {
            let seen = seen(&caller);
            let listing = Listing { conditions: Vec::new(), seen, today, offset, limit };
            let (found, total) = records::page::<CaseStudy>(conn, &listing)?;
            Ok(CaseStudies { listed: with_names(conn, &caller, found)?, total })
        })
        .await
}

async fn one<T: Shade>(app: &AppState, caller: &Caller, slug: &str) -> Result<Named<T>, AppError> {
    let missing = || AppError::NotFound(T::KIND.label());
    let slug = Slug::parse(slug).map_err(|_not_a_slug| missing())?;
    let store = app.store().ok_or_else(missing)?;
    let caller = caller.clone();
    store
        .read(move |conn| {
            let record = match records::find::<T>(conn, &slug) {
                Err(StoreError::NotFound) => return Err(missing()),
                other => other?,
            };
            let owner = record.body.owner().cloned();
            let published = match &owner {
                Some(owner) => records::state_of(conn, owner)? == Some(Publication::Published),
                None => true,
            };
            let open = record.body.open();
            let shown = Shown { published: published && open, open };
            if !caller.may(Act::Read, T::KIND, owner.as_ref()) || !shown.to(&caller, owner.as_ref())
            {
                return Err(missing());
            }
            with_names(conn, &caller, vec![record])?.pop().ok_or_else(missing)
        })
        .await
}

fn with_names<T: Shade>(
    conn: &mut Conn,
    caller: &Caller,
    found: Vec<Record<T>>,
) -> Result<Vec<Named<T>>, AppError> {
    let owners: Vec<Slug> = found.iter().filter_map(|one| one.body.owner().cloned()).collect();
    let owners = records::find_all::<Organisation>(conn, &owners)?.into_iter();
    let names: BTreeMap<Slug, String> = owners.map(|one| (one.slug, one.body.name)).collect();
    let told = found.into_iter().map(|record| {
        let owner = record.body.owner().cloned();
        let name = owner.as_ref().and_then(|slug| names.get(slug).cloned());
        Named { record: shaded(caller, owner.as_ref(), record), owner: name }
    });
    Ok(told.collect())
}
