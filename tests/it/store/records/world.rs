//! A register of some size drawn at random, with endings and confirmations, and the days
//! on which something turns in it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use pathways::domain::register::{
    CaseStudy, Draft, Event, EventKind, Introduction, IntroductionKind, IntroductionState, Opening,
    Organisation, Permission, Pledge, Posture, Publication, Signature,
};
use pathways::domain::slug::Slug;
use pathways::store::Store;
use pathways::store::records::Topic;
use proptest::prelude::*;
use proptest::sample;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::doing::{confirm, create, day, end, everything, ground, page, today};
use super::fixture::{case_study, event, introduction, signature};
use super::generated::{self, some_day};
use crate::store::fixture::{slug, slugs};
use crate::support::TestStore;

const OWNERS: usize = 6;
const COHORTS: [&str; 3] = ["refugees", "prison-leavers", "age-friendly"];

/// The days on which it is looked at.
pub struct World {
    pub days: Vec<NaiveDate>,
    pub owners: Vec<Slug>,
}

struct Maker<'a> {
    store: &'a Store,
    runner: TestRunner,
}

impl Maker<'_> {
    fn draw<S: Strategy>(&mut self, strategy: &S) -> S::Value {
        strategy.new_tree(&mut self.runner).unwrap().current()
    }

    /// Writes it, and by chance confirms and ends it.
    fn write<T: Topic + std::fmt::Debug>(&mut self, name: &str, body: T) -> Slug {
        let draft: Draft<T> = self.draw(&generated::draft(slug(name), Just(body)));
        let name = create(self.store, &draft).unwrap().slug;
        let by_chance = |share| prop::option::weighted(share, some_day());
        let (confirmed, ended) = self.draw(&(by_chance(0.5), by_chance(0.2)));
        if let Some(on) = confirmed {
            confirm::<T>(self.store, &name, on).unwrap();
        }
        if let Some(on) =
            ended.filter(|_| !matches!(T::KIND.as_str(), "organisation" | "signature"))
        {
            end::<T>(self.store, &name, on).unwrap();
        }
        name
    }

    fn one<T: Clone + std::fmt::Debug + 'static>(&mut self, all: &[T]) -> T {
        self.draw(&sample::select(all.to_vec()))
    }
}

impl World {
    /// Draws one, another in each run; a failure says what was asked of which record.
    pub fn new(t: &TestStore) -> Self {
        let config = Config { failure_persistence: None, ..Config::default() };
        let mut maker = Maker { store: ground(t), runner: TestRunner::new(config) };
        let mut owners = Vec::new();
        for at in 0..OWNERS {
            let mut body: Organisation = maker.draw(&generated::an_organisation(format!("{at}-")));
            if at < 3 {
                body.publication = [Publication::Published, Publication::Draft][at % 2];
            }
            owners.push(maker.write(&format!("owner-{at}"), body));
        }
        for (at, owner) in owners.iter().enumerate() {
            maker.belonging(at, owner);
        }
        for at in 0..12 {
            maker.standing_alone(at, &owners);
        }
        let last = |body: &Opening| body.closes_on.into_iter().collect();
        Self { days: days_of::<Opening>(&t.store, last), owners }
    }
}

impl Maker<'_> {
    fn belonging(&mut self, at: usize, owner: &Slug) {
        let mut years = Vec::new();
        for count in 0..2_u64 {
            let shift = self.draw(&(0_u64..300));
            let first = day(2025, 1, 1).checked_add_days(Days::new(700 * count + shift)).unwrap();
            let year: Signature = signature(owner, first);
            years.push(self.write(&format!("year-{at}-{count}"), year));
        }
        for count in 0..6 {
            let year = self.one(&years);
            let body: Pledge = self.draw(&generated::a_pledge(owner.clone(), year));
            self.write(&format!("pledge-{at}-{count}"), body);
        }
        if at.is_multiple_of(3) {
            let on = self.draw(&some_day());
            end::<Signature>(self.store, &years[0], on).unwrap();
        }
        for cohort in COHORTS.iter().take(1 + at % 3) {
            let body: Posture = self.draw(&generated::a_posture(owner.clone(), cohort));
            self.write(&format!("posture-{at}-{cohort}"), body);
        }
        for count in 0..3 {
            let body: Opening = self.draw(&generated::an_opening(owner.clone()));
            self.write(&format!("opening-{at}-{count}"), body);
        }
    }

    fn standing_alone(&mut self, at: usize, owners: &[Slug]) {
        let owner = self.one(owners);
        let cohorts = self.draw(&sample::subsequence(COHORTS.to_vec(), 0..=2));
        let meeting = Event {
            kind: self.one(EventKind::ALL),
            cohorts: slugs(&cohorts),
            organisation: at.is_multiple_of(2).then(|| owner.clone()),
            ..event(&format!("Event {at}"))
        };
        self.write(&format!("event-{at}"), meeting);
        let story = CaseStudy {
            permission: self.one(Permission::ALL),
            action: self.one(&[None, Some("E2".to_owned()), Some("E10".to_owned())]),
            cohorts: slugs(&cohorts),
            organisation: (!at.is_multiple_of(3)).then(|| owner.clone()),
            ..case_study(&format!("Story {at}"))
        };
        self.write(&format!("story-{at}"), story);
        let met = Introduction {
            kind: self.one(IntroductionKind::ALL),
            state: self.one(IntroductionState::ALL),
            cohort: cohorts.first().map(|cohort| slug(cohort)),
            partnership: self.one(&[None, Some(slug("care")), Some(slug("building"))]),
            ..introduction(&owner, &format!("K{at}"))
        };
        self.write(&format!("met-{at}"), met);
    }
}

/// The days around which records of a kind turn, and what their bodies add to them: a
/// sample of days, with today.
pub fn days_of<T: Topic>(store: &Store, more: impl Fn(&T) -> Vec<NaiveDate>) -> Vec<NaiveDate> {
    let turns: Vec<NaiveDate> = turns(store, more).into_iter().collect();
    let step = (turns.len() / 12).max(1);
    turns.into_iter().step_by(step).chain([today()]).collect()
}

/// Every day on which something may turn, for some of the records: the days themselves and
/// those around them, around 60 days before (when a year is due), and 90 days and a year
/// after (when a confirmation ages).
pub fn close_days_of<T: Topic>(
    store: &Store,
    more: impl Fn(&T) -> Vec<NaiveDate>,
) -> BTreeSet<NaiveDate> {
    let turns: Vec<NaiveDate> = turns(store, more).into_iter().collect();
    let step = (turns.len() / 5).max(1);
    let beside = [-61, -60, -59, -1, 0, 1, 90, 91, 365, 366];
    let all = turns.into_iter().step_by(step);
    all.flat_map(|turn| beside.map(|days| turn + chrono::Duration::days(days))).collect()
}

fn turns<T: Topic>(store: &Store, more: impl Fn(&T) -> Vec<NaiveDate>) -> BTreeSet<NaiveDate> {
    let mut turns = BTreeSet::new();
    for record in page::<T>(store, &everything()).0 {
        let own = [Some(record.said.on), record.said.until, record.confirmed_on];
        let ended = record.ended.map(|ending| ending.on);
        turns.extend(own.into_iter().flatten().chain(ended).chain(more(&record.body)));
    }
    turns
}
