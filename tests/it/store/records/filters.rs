//! Every filter, held against the same question put to every record in plain code with
//! the rules of the domain, on days around every turn.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use chrono::NaiveDate;
use pathways::domain::register::{
    CaseStudy, Ending, Event, Introduction, Opening, Organisation, Pledge, PledgeFacts, Posture,
    Record, Signature,
};
use pathways::domain::slug::Slug;
use pathways::store::Store;
use pathways::store::records::{Condition, Listing, Topic, Wanted};

use super::doing::{any_of, everything, fitting, page};
use super::world::{World, close_days_of, days_of};
use crate::support::TestStore;

on_both_databases!(
    organisations_are_filtered_as_the_domain_would,
    signatures_are_filtered_as_the_domain_would,
    pledges_are_filtered_as_the_domain_would,
    postures_are_filtered_as_the_domain_would,
    openings_are_filtered_as_the_domain_would,
    events_case_studies_and_introductions_are_filtered_as_the_domain_would,
);

/// What a record says in a field on a day, in words; nothing where it does not say.
type Says<T> = Box<dyn Fn(&Record<T>, NaiveDate) -> Vec<String>>;

/// A field that does not depend on the day.
fn plain<T: 'static>(says: impl Fn(&T) -> Vec<String> + 'static) -> Says<T> {
    Box::new(move |record, _| says(&record.body))
}

fn word<W: ToString + Copy>(word: W) -> Vec<String> {
    vec![word.to_string()]
}

fn maybe<W: ToString + Copy>(word: Option<W>) -> Vec<String> {
    word.iter().map(ToString::to_string).collect()
}

fn words<W: ToString>(words: &[W]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// The fields that every kind has.
fn common<T: Topic>() -> Vec<(&'static str, Says<T>)> {
    vec![
        ("organisation", plain(|body: &T| maybe(body.owner()))),
        ("freshness", Box::new(|record, on| word(record.freshness(on).as_str()))),
        ("counts", Box::new(|record, on| word(record.counts_on(on)))),
        ("slug", Box::new(|record, _| word(&record.slug))),
        ("voice", Box::new(|record, _| word(record.said.voice))),
    ]
}

/// The fields of a kind: its own and those that every kind has.
fn all<T: Topic>(own: Vec<(&'static str, Says<T>)>) -> Vec<(&'static str, Says<T>)> {
    common::<T>().into_iter().chain(own).collect()
}

/// Asks for every value of every field, on every day, alone, with others, with absence.
fn agree<T: Topic + Debug>(store: &Store, fields: &[(&'static str, Says<T>)], days: &[NaiveDate]) {
    let (all, _) = page::<T>(store, &everything());
    assert!(all.len() >= 6, "too few to tell");
    for (at, on) in days.iter().enumerate() {
        let mut asked: Vec<Condition> = Vec::new();
        for (field, says) in fields {
            let said: BTreeSet<String> = all.iter().flat_map(|record| says(record, *on)).collect();
            let said: Vec<&str> = said.iter().map(String::as_str).collect();
            asked.push(any_of(field, &["-"]));
            asked.push(any_of(field, &["no-such-value"]));
            asked.push(any_of(field, &[]));
            let Some(some) = said.get(at % said.len().max(1)) else { continue };
            let other = said[(at + 1) % said.len()];
            asked.push(any_of(field, &[some]));
            asked.push(any_of(field, &[other, some, "no-such-value"]));
            asked.push(any_of(field, &[some, "-"]));
        }
        for condition in &asked {
            let asked = (std::slice::from_ref(condition), *on);
            let expected = agree_on(store, fields, &all, asked);
            pages_add_up::<T>(store, &expected, asked);
        }
        // Two at once, each with one some steps on.
        for (one, other) in asked.iter().zip(asked.iter().skip(7 + at % 5)).step_by(3) {
            agree_on(store, fields, &all, (&[one.clone(), other.clone()], *on));
        }
    }
}

fn agree_on<T: Topic + Debug>(
    store: &Store,
    fields: &[(&'static str, Says<T>)],
    all: &[Record<T>],
    (conditions, on): (&[Condition], NaiveDate),
) -> Vec<Slug> {
    let fits = |record: &&Record<T>| {
        conditions.iter().all(|condition| {
            let (_, says) = fields.iter().find(|(name, _)| *name == condition.field).unwrap();
            let said = says(record, on);
            condition.any_of.iter().any(|wanted| match wanted {
                Wanted::Is(value) => said.contains(value),
                Wanted::Missing => said.is_empty(),
            })
        })
    };
    let expected: Vec<Slug> = all.iter().filter(fits).map(|r| r.slug.clone()).collect();
    let found = fitting::<T>(store, conditions.to_vec(), on);
    assert_eq!(found, expected, "{} {conditions:?} on {on}", T::KIND);
    expected
}

/// The pages put together are the whole, and the total is of all.
fn pages_add_up<T: Topic>(
    store: &Store,
    expected: &[Slug],
    (conditions, on): (&[Condition], NaiveDate),
) {
    let mut paged = Vec::new();
    for offset in (0..).step_by(3).take_while(|at| *at <= expected.len()) {
        let offset = i64::try_from(offset).unwrap();
        let conditions = conditions.to_vec();
        let listing = Listing { conditions, today: on, offset, limit: 3, ..everything() };
        let (records, total) = page::<T>(store, &listing);
        assert_eq!(total, u64::try_from(expected.len()).unwrap());
        paged.extend(records.into_iter().map(|record| record.slug));
    }
    assert_eq!(paged, expected);
}

/// What is told for a day, asked on every day around the turns.
fn turn_alike<T: Topic + Debug>(
    store: &Store,
    fields: &[(&'static str, Says<T>)],
    days: impl IntoIterator<Item = NaiveDate>,
) {
    let dated = ["freshness", "counts", "state", "rung", "live"];
    let (all, _) = page::<T>(store, &everything());
    for on in days {
        for (field, says) in fields.iter().filter(|(field, _)| dated.contains(field)) {
            let said: BTreeSet<String> = all.iter().flat_map(|record| says(record, on)).collect();
            for value in said {
                let condition = any_of(field, &[&value]);
                agree_on(store, fields, &all, (std::slice::from_ref(&condition), on));
            }
        }
    }
}

/// The day-by-day kinds are asked on many days, the others on few.
fn few(days: &[NaiveDate]) -> Vec<NaiveDate> {
    days.iter().copied().step_by(5).collect()
}

async fn organisations_are_filtered_as_the_domain_would(t: TestStore) {
    let world = World::new(&t);
    let fields: Vec<(_, Says<Organisation>)> = vec![
        ("kind", plain(|body: &Organisation| word(body.kind))),
        ("sector", plain(|body: &Organisation| maybe(body.sector.as_ref()))),
        ("size_band", plain(|body: &Organisation| maybe(body.size_band))),
        ("publication", plain(|body: &Organisation| word(body.publication))),
        ("anchor", plain(|body: &Organisation| maybe(body.anchor))),
        ("sic", plain(|body: &Organisation| body.sic.clone())),
        (
            "scheme",
            plain(|body: &Organisation| {
                let held = body.recognitions.iter().flat_map(|held| {
                    let level = held.level.as_ref().map(|level| format!("{}:{level}", held.scheme));
                    [held.scheme.to_string()].into_iter().chain(level)
                });
                held.collect()
            }),
        ),
    ];
    agree(&t.store, &all(fields), &few(&world.days));
}

async fn signatures_are_filtered_as_the_domain_would(t: TestStore) {
    World::new(&t);
    let fields: Vec<(_, Says<Signature>)> = vec![
        (
            "state",
            Box::new(|record: &Record<Signature>, on| {
                word(record.body.state(record.ended.as_ref(), on))
            }),
        ),
        ("charter", plain(|body: &Signature| word(&body.charter))),
    ];
    let fields = all(fields);
    let turns = |body: &Signature| vec![body.starts_on, body.ends_on];
    agree(&t.store, &fields, &days_of(&t.store, turns));
    turn_alike(&t.store, &fields, close_days_of(&t.store, turns));
}

/// The facts of a pledge, with those of its year.
fn facts(record: &Record<Pledge>, year: &Record<Signature>) -> PledgeFacts {
    let day = |ending: &Ending| ending.on;
    let withdrawn = record.ended.iter().chain(&year.ended).map(day).min();
    PledgeFacts {
        declared_on: record.said.on,
        starts_on: year.body.starts_on,
        ends_on: year.body.ends_on,
        confirmed_on: record.body.confirmed_on,
        evidenced_on: record.body.evidenced_on,
        outcomes_on: record.body.outcomes_on(),
        withdrawn_on: withdrawn,
    }
}

async fn pledges_are_filtered_as_the_domain_would(t: TestStore) {
    World::new(&t);
    let years = page::<Signature>(&t.store, &everything()).0.into_iter();
    let years: BTreeMap<Slug, _> = years.map(|year| (year.slug.clone(), year)).collect();
    let years = std::rc::Rc::new(years);
    let told = |says: fn(PledgeFacts, NaiveDate) -> Vec<String>| -> Says<Pledge> {
        let years = years.clone();
        Box::new(move |record, on| says(facts(record, &years[&record.body.signature]), on))
    };
    let fields: Vec<(_, Says<Pledge>)> = vec![
        ("state", told(|facts, on| maybe(facts.state(on)))),
        ("rung", told(|facts, on| maybe(facts.rung(on)))),
        ("live", told(|facts, on| word(facts.live(on)))),
        ("stance", plain(|body: &Pledge| word(&body.stance))),
        ("commitment", plain(|body: &Pledge| word(body.commitment))),
        ("signature", plain(|body: &Pledge| word(&body.signature))),
        ("action", plain(|body: &Pledge| maybe(body.action.as_ref()))),
    ];
    let fields = all(fields);
    let turns = |body: &Pledge| {
        let told = [body.confirmed_on, body.evidenced_on, body.outcomes_on()];
        told.into_iter().flatten().collect()
    };
    agree(&t.store, &fields, &days_of(&t.store, turns));
    let of_years = |body: &Signature| vec![body.starts_on, body.ends_on];
    let days = close_days_of(&t.store, turns).into_iter();
    turn_alike(&t.store, &fields, days.chain(close_days_of(&t.store, of_years)));
}

async fn postures_are_filtered_as_the_domain_would(t: TestStore) {
    let world = World::new(&t);
    let fields: Vec<(_, Says<Posture>)> = vec![
        ("cohort", plain(|body: &Posture| word(&body.cohort))),
        ("stance", plain(|body: &Posture| word(body.stance))),
        ("public", plain(|body: &Posture| word(body.public))),
        (
            "day_release",
            plain(|body: &Posture| maybe(body.day_release.map(|release| release.accepts))),
        ),
        ("offers", plain(|body: &Posture| words(&body.offers))),
    ];
    agree(&t.store, &all(fields), &few(&world.days));
}

async fn openings_are_filtered_as_the_domain_would(t: TestStore) {
    World::new(&t);
    let fields: Vec<(_, Says<Opening>)> = vec![
        (
            "state",
            Box::new(|record: &Record<Opening>, on| {
                word(record.body.state(record.ended.as_ref(), on))
            }),
        ),
        ("work_type", plain(|body: &Opening| word(body.work_type))),
        ("hours", plain(|body: &Opening| maybe(body.hours))),
        ("contract", plain(|body: &Opening| maybe(body.contract))),
        ("base", plain(|body: &Opening| maybe(body.base))),
        ("dbs_level", plain(|body: &Opening| maybe(body.dbs_level))),
        ("national", plain(|body: &Opening| word(body.national))),
        ("cohort", plain(|body: &Opening| words(&body.cohorts))),
        ("pattern", plain(|body: &Opening| words(&body.patterns))),
    ];
    let fields = all(fields);
    let turns = |body: &Opening| body.closes_on.into_iter().collect();
    agree(&t.store, &fields, &days_of(&t.store, turns));
    turn_alike(&t.store, &fields, close_days_of(&t.store, turns));
}

async fn events_case_studies_and_introductions_are_filtered_as_the_domain_would(t: TestStore) {
    let world = World::new(&t);
    let days = few(&world.days);
    let fields: Vec<(_, Says<Event>)> = vec![
        ("kind", plain(|body: &Event| word(body.kind))),
        ("cohort", plain(|body: &Event| words(&body.cohorts))),
    ];
    agree(&t.store, &all(fields), &days);
    let fields: Vec<(_, Says<CaseStudy>)> = vec![
        ("cohort", plain(|body: &CaseStudy| words(&body.cohorts))),
        ("action", plain(|body: &CaseStudy| maybe(body.action.as_ref()))),
        ("permission", plain(|body: &CaseStudy| word(body.permission))),
    ];
    agree(&t.store, &all(fields), &days);
    let fields: Vec<(_, Says<Introduction>)> = vec![
        ("kind", plain(|body: &Introduction| word(body.kind))),
        ("state", plain(|body: &Introduction| word(body.state))),
        ("cohort", plain(|body: &Introduction| maybe(body.cohort.as_ref()))),
        ("partnership", plain(|body: &Introduction| maybe(body.partnership.as_ref()))),
    ];
    agree(&t.store, &all(fields), &days);
}
