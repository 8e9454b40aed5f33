//! The public calendar: what is to come, and what was lately.
//!
//! All of it is worked out once for each state of the register and each day, and then
//! narrowed to what a reader wants.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{Days, NaiveDate};

use crate::{
    app::{AppError, AppState, Snapshot},
    domain::{
        calendar::{Entry, EntryKind},
        register::{Body, Event, Opening, Organisation, Record},
        slug::Slug,
    },
    store::{
        Conn, changes,
        records::{self, Condition, Listing, Seen, Topic, Wanted as Value},
    },
};

/// What is over stays for so many days, so that what was called off is told.
const PAST_DAYS: u64 = 90;
/// So many records of a kind are looked at.
const MOST: i64 = 5_000;

/// What of the calendar is wanted; of a list that is empty, everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Any of these kinds.
    pub kinds: Vec<EntryKind>,
    /// About any of these groups.
    pub cohorts: Vec<Slug>,
    /// Of any of these partnerships.
    pub partnerships: Vec<Slug>,
}

impl Wanted {
    fn has(&self, entry: &Entry) -> bool {
        let of = entry.partnership.as_ref();
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && (self.cohorts.is_empty()
                || entry.cohorts.iter().any(|one| self.cohorts.contains(one)))
            && (self.partnerships.is_empty()
                || of.is_some_and(|slug| self.partnerships.contains(slug)))
    }
}

/// The changes that records and partnerships show, and the day.
type Key = (i64, i64, NaiveDate);

/// The calendar as it was made last.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<(Key, Arc<Vec<Entry>>)>>);

/// The entries that are wanted, by when they begin.
pub async fn calendar(app: &AppState, wanted: &Wanted) -> Result<Vec<Entry>, AppError> {
    let all = all(app).await?;
    Ok(all.iter().filter(|entry| wanted.has(entry)).cloned().collect())
}

async fn all(app: &AppState) -> Result<Arc<Vec<Entry>>, AppError> {
    let (snapshot, today) = (app.snapshot(), app.clock.today());
    let Some(store) = app.store() else { return Ok(Arc::new(meetings(&snapshot, today))) };
    let position = store.read(|conn| Ok::<_, AppError>(changes::position(conn)?)).await?;
    let kept = || app.calendar.0.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (position, snapshot.change, today);
    if let Some((_, entries)) = kept().as_ref().filter(|(one, _)| *one == key) {
        return Ok(entries.clone());
    }
    let (entries, change) = store
        .read(move |conn| {
            let change = changes::position(conn)?;
            let mut entries = events(conn, today)?;
            entries.extend(closing_dates(conn, today)?);
            entries.extend(meetings(&snapshot, today));
            entries.sort_by(|one, other| {
                let key = |entry: &Entry| (entry.when.begins(), entry.kind, entry.name.clone());
                key(one).cmp(&key(other))
            });
            Ok::<_, AppError>((Arc::new(entries), change))
        })
        .await?;
    *kept() = Some(((change, key.1, today), entries.clone()));
    Ok(entries)
}

fn first_day(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(PAST_DAYS)).unwrap_or(today)
}

fn public<T: Topic>(
    conn: &mut Conn,
    conditions: Vec<Condition>,
    today: NaiveDate,
) -> Result<Vec<Record<T>>, AppError> {
    let listing = Listing { conditions, seen: Seen::Public, today, offset: 0, limit: MOST };
    Ok(records::page::<T>(conn, &listing)?.0)
}

/// The names of the organisations that records belong to.
fn names<T: Body>(conn: &mut Conn, of: &[Record<T>]) -> Result<BTreeMap<Slug, String>, AppError> {
    let owners: Vec<Slug> = of.iter().filter_map(|one| one.body.owner().cloned()).collect();
    let owners = records::find_all::<Organisation>(conn, &owners)?.into_iter();
    Ok(owners.map(|one| (one.slug, one.body.name)).collect())
}

fn events(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Entry>, AppError> {
    let any_of = vec![Value::Is(first_day(today).to_string())];
    let found = public::<Event>(conn, vec![Condition { field: "from", any_of }], today)?;
    let names = names(conn, &found)?;
    let owner = |one: &Record<Event>| names.get(one.body.owner()?).map(String::as_str);
    Ok(found.iter().map(|one| Entry::of_event(one, owner(one), today)).collect())
}

/// The days to come on which openings close, also of those that were taken back since.
fn closing_dates(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Entry>, AppError> {
    let any_of = ["open", "withdrawn"].map(|state| Value::Is(state.to_owned())).to_vec();
    let mut found = public::<Opening>(conn, vec![Condition { field: "state", any_of }], today)?;
    found.retain(|one| one.body.closes_on.is_some_and(|day| today <= day));
    let names = names(conn, &found)?;
    let entries = found.iter().filter_map(|one| {
        let employer = names.get(&one.body.organisation)?;
        Entry::of_opening(one, employer, today)
    });
    Ok(entries.collect())
}

fn meetings(snapshot: &Snapshot, today: NaiveDate) -> Vec<Entry> {
    let all = snapshot.reference.partnerships.iter().flat_map(Entry::of_meetings);
    let first = first_day(today);
    all.filter(|entry| first <= entry.when.last_day()).collect()
}
