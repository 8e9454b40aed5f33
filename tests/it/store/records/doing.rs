//! What the tests of the records do again and again.

use std::fmt::Debug;

use chrono::{NaiveDate, NaiveDateTime};
use pathways::domain::access::Role;
use pathways::domain::register::{Draft, Ending, Record, Statement, Voice};
use pathways::domain::slug::Slug;
use pathways::store::changes::{self, Change};
use pathways::store::records::{self, Author, Condition, Listing, Outcome, Seen, Topic, Written};
use pathways::store::records::{Version, Wanted};
use pathways::store::{Store, StoreError, reference};

use crate::store::fixture::{self, slug};
use crate::support::{TestStore, now};

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn today() -> NaiveDate {
    now().date()
}

pub fn author() -> Author {
    Author { actor: "token:7".to_owned(), role: Role::Coordinator, token: None }
}

/// The reference register is published; no record is written.
pub fn ground(t: &TestStore) -> &Store {
    let rich = fixture::rich();
    t.store.write_blocking(|conn| reference::publish(conn, &rich, now())).unwrap();
    &t.store
}

pub fn said(on: NaiveDate) -> Statement {
    Statement { voice: Voice::Organisation, by: None, on, until: None, source: None }
}

/// Said on 1 March 2026 by the organisation itself.
pub fn draft<T>(body: T) -> Draft<T> {
    Draft { slug: None, said: said(day(2026, 3, 1)), fictional: true, body }
}

/// The same with every other field used.
pub fn full<T>(body: T) -> Draft<T> {
    let said = Statement {
        voice: Voice::Source,
        by: Some("HR manager".to_owned()),
        on: day(2024, 2, 29),
        until: Some(day(2027, 12, 31)),
        source: Some("https://example.org/annual-report".to_owned()),
    };
    Draft { slug: Some(slug("a-name-of-its-own")), said, fictional: false, body }
}

pub fn create<T: Topic>(store: &Store, draft: &Draft<T>) -> Result<Written, StoreError> {
    store.write_blocking(|conn| records::create(conn, draft, &author(), now()))
}

/// Writes a new record that must be accepted; its name.
pub fn made<T: Topic>(store: &Store, body: T) -> Slug {
    let written = create(store, &draft(body)).unwrap();
    assert_eq!((written.version, written.outcome), (1, Outcome::Created));
    written.slug
}

pub fn replace<T: Topic>(
    store: &Store,
    name: &Slug,
    expected: Option<i64>,
    draft: &Draft<T>,
) -> Result<Written, StoreError> {
    replace_at(store, name, expected, draft, now())
}

pub fn replace_at<T: Topic>(
    store: &Store,
    name: &Slug,
    expected: Option<i64>,
    draft: &Draft<T>,
    at: NaiveDateTime,
) -> Result<Written, StoreError> {
    store.write_blocking(|conn| records::replace(conn, name, expected, draft, (&author(), at)))
}

pub fn end<T: Topic>(store: &Store, name: &Slug, on: NaiveDate) -> Result<Written, StoreError> {
    let ending = Ending { on, reason: Some("It closed.".to_owned()) };
    store.write_blocking(|conn| records::end::<T>(conn, name, None, ending, (&author(), now())))
}

pub fn confirm<T: Topic>(store: &Store, name: &Slug, on: NaiveDate) -> Result<Written, StoreError> {
    store.write_blocking(|conn| records::confirm::<T>(conn, name, None, on, (&author(), now())))
}

pub fn find<T: Topic>(store: &Store, name: &Slug) -> Record<T> {
    store.read_blocking(|conn| records::find::<T>(conn, name)).unwrap()
}

/// Everything of a kind, up to a thousand, as those see it who see all.
pub fn everything() -> Listing {
    Listing { conditions: Vec::new(), seen: Seen::All, today: today(), offset: 0, limit: 1_000 }
}

/// Asserts that an error is a reference to something missing, and says what.
pub fn names_what_is_missing<T: Debug>(result: Result<T, StoreError>, named: &str) {
    let error = result.unwrap_err();
    assert!(matches!(error, StoreError::Reference(_)), "{error:?}");
    assert!(error.to_string().contains(named), "{error} does not say {named}");
}

pub fn history<T: Topic>(store: &Store, name: &Slug) -> Vec<Version<T>> {
    store.read_blocking(|conn| records::history::<T>(conn, name)).unwrap()
}

/// The record as of a day; `None` if nothing was said by then.
pub fn as_of<T: Topic>(store: &Store, name: &Slug, on: NaiveDate) -> Option<Record<T>> {
    match store.read_blocking(|conn| records::as_of::<T>(conn, name, on)) {
        Ok(record) => Some(record),
        Err(StoreError::NotFound) => None,
        Err(error) => panic!("{error}"),
    }
}

pub fn page<T: Topic>(store: &Store, listing: &Listing) -> (Vec<Record<T>>, u64) {
    store.read_blocking(|conn| records::page::<T>(conn, listing)).unwrap()
}

/// Any of some values; `-` is that there is none.
pub fn any_of(field: &'static str, values: &[&str]) -> Condition {
    let wanted = |value: &&str| match *value {
        "-" => Wanted::Missing,
        value => Wanted::Is(value.to_owned()),
    };
    Condition { field, any_of: values.iter().map(wanted).collect() }
}

/// The names of what fits, in their order; the total is held against them.
pub fn fitting<T: Topic>(store: &Store, conditions: Vec<Condition>, on: NaiveDate) -> Vec<Slug> {
    let listing = Listing { conditions, today: on, ..everything() };
    let (records, total) = page::<T>(store, &listing);
    assert_eq!(total, u64::try_from(records.len()).unwrap());
    records.into_iter().map(|record| record.slug).collect()
}

pub fn position(store: &Store) -> i64 {
    store.read_blocking(changes::position).unwrap()
}

/// The changes after a number.
pub fn changes_after(store: &Store, seq: i64) -> Vec<Change> {
    store.read_blocking(|conn| changes::after(conn, seq, 1_000)).unwrap()
}
