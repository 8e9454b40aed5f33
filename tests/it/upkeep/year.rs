//! A year of a register with five hundred records: whatever happens in it, nothing is
//! older than the policy without an entry, and what is not has none.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use pathways::{
    app::{AppState, Clock, Snapshot, queue},
    domain::{
        access::{Caller, Role},
        queue::QueueAction,
        register::{Opening, OpeningState, Organisation, Posture, Record},
        slug::Slug,
    },
    store::{
        StoreError,
        records::{self, Topic},
    },
};

use crate::{
    shown,
    store::records::{
        doing::{author, draft, ground},
        fixture::{opening, organisation, posture},
    },
    support::TestStore,
};

const ORGANISATIONS: u64 = 130;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn filled(t: &TestStore, dice: &mut Dice) -> usize {
    let store = ground(t);
    let mut count = 0;
    let said = |back: u64| shown::day() - Days::new(back);
    let mut roll = |sides| dice.roll(sides);
    for at in 0..ORGANISATIONS {
        let mut firm = draft(organisation(&format!("Firm {at:03} of Place {at:03} (fictional)")));
        firm.said.on = said(roll(500));
        let written = store.write_blocking(|conn| {
            records::create(conn, &firm, &author(), firm.said.on.and_hms_opt(9, 0, 0).unwrap())
        });
        let owner = written.unwrap().slug;
        let cohorts = ["refugees", "prison-leavers", "age-friendly"];
        let take = usize::try_from(1 + roll(2)).unwrap();
        for cohort in &cohorts[..take] {
            let mut body = posture(&owner, cohort);
            let on = said(roll(300));
            body.review_by = (roll(3) == 0).then(|| on + Days::new(roll(400)));
            let mut new = draft(body);
            new.said.on = on;
            new.said.until = (roll(4) == 0).then(|| on + Days::new(roll(500)));
            write(t, &new);
            count += 1;
        }
        let mut body = opening(&owner, "Baker");
        let on = said(roll(300));
        body.closes_on = (roll(3) == 0).then(|| on + Days::new(roll(500)));
        let mut new = draft(body);
        new.said.on = on;
        write(t, &new);
        count += 2;
    }
    count
}

fn write<T: Topic>(t: &TestStore, new: &pathways::domain::register::Draft<T>) {
    let at = new.said.on.and_hms_opt(9, 0, 0).unwrap();
    let done: Result<_, StoreError> =
        t.store.write_blocking(|conn| records::create(conn, new, &author(), at));
    done.unwrap();
}

fn all<T: Topic>(t: &TestStore) -> Vec<Record<T>> {
    t.store.read_blocking(|conn| records::following::<T>(conn, None, 10_000)).unwrap()
}

/// Whether nobody stood by it for more than so many days, told plainly.
fn old<T>(record: &Record<T>, days: i64, today: NaiveDate) -> bool {
    let last = record.last_stood_by();
    record.ended.is_none() && last.is_none_or(|last| (today - last).num_days() > days)
}

fn expected(t: &TestStore, today: NaiveDate) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut add = |wanted: bool, reason: &str, kind: &str, slug: &Slug| {
        if wanted {
            ids.insert(format!("{reason}.{kind}.{slug}"));
        }
    };
    for one in all::<Organisation>(t) {
        add(old(&one, 365, today), "unconfirmed", "organisation", &one.slug);
    }
    for one in all::<Posture>(t) {
        add(old(&one, 180, today), "unconfirmed", "posture", &one.slug);
        let near = one.said.until.is_some_and(|last| (last - today).num_days() <= 30);
        add(one.ended.is_none() && near, "expiring", "posture", &one.slug);
        let due = one.body.review_by.filter(|due| *due < today);
        let since = due.is_some_and(|due| one.last_stood_by().is_none_or(|on| on <= due));
        add(one.ended.is_none() && since, "past-review", "posture", &one.slug);
    }
    for one in all::<Opening>(t) {
        let open = one.body.state(one.ended.as_ref(), today) == OpeningState::Open;
        add(open && old(&one, 180, today), "unconfirmed", "opening", &one.slug);
        let near = one.body.closes_on.is_some_and(|last| (last - today).num_days() <= 14);
        add(open && near, "expiring", "opening", &one.slug);
    }
    ids
}

#[tokio::test]
async fn in_a_year_nothing_is_older_than_the_policy_without_an_entry() {
    let t = TestStore::sqlite();
    let mut dice = Dice(4711);
    let count = filled(&t, &mut dice);
    assert!(count >= 450, "{count}");
    let library = shown::state().library().clone();
    let reference = shown::state().snapshot().reference.clone();
    let snapshot = Snapshot::new(library.clone(), reference, 1, shown::day()).unwrap();
    let mut state =
        AppState::new(library, snapshot, Clock::Fixed(shown::noon())).with_store(t.store.clone());
    let steward = Caller { role: Role::Coordinator, organisation: None, token: None };
    let mut seen = 0;
    for week in 0..=52_u64 {
        let today = shown::day() + Days::new(week * 7);
        state.clock = Clock::Fixed(today.and_hms_opt(9, 30, 0).unwrap());
        let told = queue::list(&state, &steward, Vec::new(), (0, usize::MAX)).await.unwrap();
        let records = |id: &String| {
            ["posture", "opening", "organisation"]
                .iter()
                .any(|kind| id.contains(&format!(".{kind}.")))
        };
        let ids: BTreeSet<String> = told
            .what
            .entries
            .iter()
            .map(pathways::domain::queue::Entry::id)
            .filter(records)
            .collect();
        assert_eq!(ids, expected(&t, today), "{today}");
        assert!(told.what.entries.iter().all(|entry| entry.since <= today));
        assert_eq!(told.what.total, told.what.entries.len());
        seen += ids.len();
        // The steward deals with some of it, in one call each.
        let mut work: Vec<_> = told.what.entries.into_iter().collect();
        work.retain(|entry| entry.actions.contains(&QueueAction::Confirm));
        for entry in work {
            let action = match dice.roll(40) {
                0..=3 => QueueAction::Confirm,
                4 if entry.actions.contains(&QueueAction::End) => QueueAction::End,
                _ => continue,
            };
            let order = queue::Order { action, reason: None, days: None };
            match queue::resolve(&state, &steward, entry.id(), order).await {
                // An entry before it of the same record may have dealt with it.
                Ok(_) | Err(pathways::app::AppError::NotFound(_)) => {}
                Err(error) => panic!("{}: {error}", entry.id()),
            }
        }
    }
    assert!(seen > 2_000, "{seen}");
}
