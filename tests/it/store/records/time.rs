//! Versions, and what a record was on a day.

use chrono::{Days, NaiveDate, TimeDelta};
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use pathways::domain::register::{Event, Organisation, Posture, Signature, Stance};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Outcome};
use pathways::store::{Store, StoreError};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::doing::{
    as_of, changes_after, confirm, day, draft, end, find, full, ground, history, made, position,
    replace, replace_at, today,
};
use super::fixture::{event, organisation, posture, rich_organisation, signature};
use super::generated::some_day;
use crate::support::{TestStore, now, run_sql};

on_both_databases!(
    versions_count_up_and_every_one_of_them_stays,
    what_says_the_same_is_not_written,
    a_record_is_on_a_day_what_was_last_written_of_it,
    a_year_ends_and_a_leap_day_is_a_day,
    what_is_written_late_about_an_earlier_day_corrects_it,
    a_confirmation_holds_from_its_day,
    an_ending_holds_from_its_day,
    what_is_dated_ahead_holds_from_its_day,
    todays_record_is_the_one_that_is_found,
);

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(store: &Store, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS count FROM {table}");
    let counted = store
        .read_blocking(|conn| Ok::<Counted, StoreError>(diesel::sql_query(sql).get_result(conn)?));
    counted.unwrap().count
}

/// The posture of an organisation towards refugees, said on a day.
fn told(store: &Store, name: &Slug, on: NaiveDate, stance: Stance) -> i64 {
    let owner = find::<Posture>(store, name).body.organisation;
    let mut next = draft(Posture { stance, ..posture(&owner, "refugees") });
    next.said.on = on;
    replace(store, name, None, &next).unwrap().version
}

/// An organisation's posture, said on 1 March 2026: it is open.
fn a_posture(store: &Store) -> Slug {
    let owner = made(store, organisation("Owner (fictional)"));
    made(store, posture(&owner, "refugees"))
}

fn stance(store: &Store, name: &Slug, on: NaiveDate) -> Option<Stance> {
    as_of::<Posture>(store, name, on).map(|record| record.body.stance)
}

async fn versions_count_up_and_every_one_of_them_stays(t: TestStore) {
    let store = ground(&t);
    let name = made(store, organisation("Changing (fictional)"));
    let later = now() + TimeDelta::microseconds(1_000_001);
    let rich = draft(rich_organisation());
    assert_eq!(replace_at(store, &name, Some(1), &rich, later).unwrap().version, 2);
    assert_eq!(confirm::<Organisation>(store, &name, day(2026, 4, 1)).unwrap().version, 3);
    assert_eq!(end::<Organisation>(store, &name, day(2026, 5, 1)).unwrap().version, 4);
    let back = draft(organisation("Changing (fictional)"));
    assert_eq!(replace(store, &name, Some(4), &back).unwrap().version, 5);
    let versions = history::<Organisation>(store, &name);
    let numbers: Vec<i64> = versions.iter().map(|version| version.record.version).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(versions[1].record.body, rich_organisation());
    assert_eq!(versions[1].record.recorded_at, later);
    assert_eq!(versions[2].record.confirmed_on, Some(day(2026, 4, 1)));
    assert_eq!(versions[3].record.ended.as_ref().unwrap().reason.as_deref(), Some("It closed."));
    assert_eq!(versions[4].record.ended, None);
    assert_eq!(versions[4].record.confirmed_on, Some(day(2026, 4, 1)), "it was confirmed");
    assert_eq!(versions[0].record.body, versions[4].record.body);
    assert_eq!(versions[4].record, find::<Organisation>(store, &name));
    assert_eq!(count(store, "entry_version"), 5);
    assert_eq!(count(store, "audit"), 5);
}

async fn what_says_the_same_is_not_written(t: TestStore) {
    let store = ground(&t);
    let name = made(store, rich_organisation());
    confirm::<Organisation>(store, &name, day(2026, 6, 1)).unwrap();
    let mut precise = event("Seminar");
    precise.starts_at += TimeDelta::nanoseconds(1_999);
    let meeting = made(store, precise.clone());
    let (before, versions) = (position(store), count(store, "entry_version"));
    let audit = count(store, "audit");
    let same = replace(store, &name, Some(2), &draft(rich_organisation())).unwrap();
    assert_eq!((same.outcome, same.version, same.change), (Outcome::Unchanged, 2, before));
    let same = replace(store, &meeting, Some(1), &draft(precise)).unwrap();
    assert_eq!(same.outcome, Outcome::Unchanged, "finer than is stored is the same");
    for on in [day(2026, 6, 1), day(2026, 5, 31), day(2025, 1, 1)] {
        let same = confirm::<Organisation>(store, &name, on).unwrap();
        assert_eq!((same.outcome, same.version), (Outcome::Unchanged, 2));
    }
    let early = confirm::<Event>(store, &meeting, day(2026, 2, 28)).unwrap();
    assert_eq!(early.outcome, Outcome::Unchanged, "nobody stood by it before it was said");
    assert_eq!(position(store), before, "the clock stands still");
    assert_eq!((count(store, "entry_version"), count(store, "audit")), (versions, audit));
    assert_eq!(changes_after(store, before), []);
    // What differs in nothing but who said it is something else.
    assert_eq!(replace(store, &name, None, &full(rich_organisation())).unwrap().version, 3);
    let stale = replace(store, &name, Some(2), &full(rich_organisation()));
    assert!(matches!(stale, Err(StoreError::Stale)), "even if it says the same: {stale:?}");
}

async fn a_record_is_on_a_day_what_was_last_written_of_it(t: TestStore) {
    let store = ground(&t);
    let name = a_posture(store);
    told(store, &name, day(2026, 6, 1), Stance::CaseByCase);
    told(store, &name, day(2026, 6, 1), Stance::NotCurrently);
    told(store, &name, day(2026, 9, 1), Stance::ActivelyRecruits);
    assert_eq!(stance(store, &name, day(2026, 2, 28)), None);
    assert_eq!(stance(store, &name, day(2026, 3, 1)), Some(Stance::Open));
    assert_eq!(stance(store, &name, day(2026, 5, 31)), Some(Stance::Open));
    assert_eq!(stance(store, &name, day(2026, 6, 1)), Some(Stance::NotCurrently));
    assert_eq!(stance(store, &name, day(2026, 8, 31)), Some(Stance::NotCurrently));
    assert_eq!(stance(store, &name, day(2026, 9, 1)), Some(Stance::ActivelyRecruits));
    assert_eq!(stance(store, &name, day(9999, 12, 31)), Some(Stance::ActivelyRecruits));
    assert_eq!(stance(store, &name, day(1, 1, 1)), None);
}

async fn a_year_ends_and_a_leap_day_is_a_day(t: TestStore) {
    let store = ground(&t);
    let name = a_posture(store);
    told(store, &name, day(2026, 12, 31), Stance::CaseByCase);
    told(store, &name, day(2027, 1, 1), Stance::NotCurrently);
    told(store, &name, day(2028, 2, 29), Stance::NotStated);
    assert_eq!(stance(store, &name, day(2026, 12, 30)), Some(Stance::Open));
    assert_eq!(stance(store, &name, day(2026, 12, 31)), Some(Stance::CaseByCase));
    assert_eq!(stance(store, &name, day(2027, 1, 1)), Some(Stance::NotCurrently));
    assert_eq!(stance(store, &name, day(2028, 2, 28)), Some(Stance::NotCurrently));
    assert_eq!(stance(store, &name, day(2028, 2, 29)), Some(Stance::NotStated));
    assert_eq!(stance(store, &name, day(2028, 3, 1)), Some(Stance::NotStated));
}

async fn what_is_written_late_about_an_earlier_day_corrects_it(t: TestStore) {
    let store = ground(&t);
    let name = a_posture(store);
    told(store, &name, day(2026, 9, 1), Stance::NotCurrently);
    // It turns out that they had said something else in June, and mean it.
    told(store, &name, day(2026, 6, 1), Stance::ActivelyRecruits);
    assert_eq!(stance(store, &name, day(2026, 5, 31)), Some(Stance::Open));
    assert_eq!(stance(store, &name, day(2026, 6, 1)), Some(Stance::ActivelyRecruits));
    assert_eq!(stance(store, &name, day(2026, 9, 1)), Some(Stance::ActivelyRecruits));
    assert_eq!(stance(store, &name, today()), Some(find::<Posture>(store, &name).body.stance));
    let stances: Vec<Stance> =
        history::<Posture>(store, &name).iter().map(|v| v.record.body.stance).collect();
    let written = [Stance::Open, Stance::NotCurrently, Stance::ActivelyRecruits];
    assert_eq!(stances, written, "what was believed meanwhile stays in the history");
}

async fn a_confirmation_holds_from_its_day(t: TestStore) {
    let store = ground(&t);
    let name = a_posture(store);
    confirm::<Posture>(store, &name, day(2026, 6, 1)).unwrap();
    let confirmed = |on| as_of::<Posture>(store, &name, on).unwrap().confirmed_on;
    assert_eq!(confirmed(day(2026, 5, 31)), None);
    assert_eq!(confirmed(day(2026, 6, 1)), Some(day(2026, 6, 1)));
    // Written anew, it is still confirmed then.
    told(store, &name, day(2026, 7, 1), Stance::CaseByCase);
    assert_eq!(confirmed(day(2026, 7, 1)), Some(day(2026, 6, 1)));
}

async fn an_ending_holds_from_its_day(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    end::<Signature>(store, &year, day(2026, 8, 1)).unwrap();
    let ended = |on| as_of::<Signature>(store, &year, on).unwrap().ended.is_some();
    assert!(!ended(day(2026, 7, 31)) && ended(day(2026, 8, 1)));
    // Ended before it was said: from then on, nothing was known of it earlier.
    let other = made(store, posture(&owner, "refugees"));
    end::<Posture>(store, &other, day(2026, 1, 1)).unwrap();
    assert_eq!(as_of::<Posture>(store, &other, day(2026, 2, 28)), None);
    assert!(as_of::<Posture>(store, &other, day(2026, 3, 1)).unwrap().ended.is_some());
}

async fn what_is_dated_ahead_holds_from_its_day(t: TestStore) {
    let store = ground(&t);
    let name = a_posture(store);
    let ahead = today().checked_add_days(Days::new(40)).unwrap();
    told(store, &name, ahead, Stance::NotCurrently);
    assert_eq!(find::<Posture>(store, &name).body.stance, Stance::NotCurrently);
    assert_eq!(stance(store, &name, today()), Some(Stance::Open));
    assert_eq!(stance(store, &name, ahead), Some(Stance::NotCurrently));
    end::<Posture>(store, &name, ahead.succ_opt().unwrap()).unwrap();
    assert!(as_of::<Posture>(store, &name, ahead).unwrap().ended.is_none());
    assert!(find::<Posture>(store, &name).ended.is_some());
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Told(NaiveDate, Stance),
    Confirmed(NaiveDate),
    Ended(NaiveDate),
}

/// On every day, what is known is the last version that holds by then; and unless that
/// holds only from a day to come, it is what is found.
async fn todays_record_is_the_one_that_is_found(t: TestStore) {
    let store = ground(&t);
    let name = a_posture(store);
    let step = prop_oneof![
        3 => (some_day(), proptest::sample::select(Stance::ALL)).prop_map(|(on, s)| Step::Told(on, s)),
        1 => some_day().prop_map(Step::Confirmed),
        1 => some_day().prop_map(Step::Ended),
    ];
    let days = proptest::collection::vec(some_day(), 6);
    let config = Config { cases: 32, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&(step, days), |(step, days)| {
        match step {
            Step::Told(on, stance) => drop(told(store, &name, on, stance)),
            Step::Confirmed(on) => drop(confirm::<Posture>(store, &name, on)),
            Step::Ended(on) => drop(end::<Posture>(store, &name, on)),
        }
        let versions = history::<Posture>(store, &name);
        let (found, last) = (find::<Posture>(store, &name), versions.last().unwrap());
        prop_assert_eq!(&last.record, &found);
        for on in days.into_iter().chain([today(), last.effective_on]) {
            let held = versions.iter().rfind(|version| version.effective_on <= on);
            let known = as_of::<Posture>(store, &name, on);
            prop_assert_eq!(known.as_ref(), held.map(|version| &version.record));
            let names = std::slice::from_ref(&name);
            let all = store.read_blocking(|conn| records::all_as_of::<Posture>(conn, names, on));
            prop_assert_eq!(all.unwrap().into_iter().next(), known.clone());
            prop_assert!(known.as_ref().is_none_or(|record| record.said.on <= on));
            if last.effective_on <= on {
                prop_assert_eq!(known.as_ref(), Some(&found));
            }
        }
        Ok(())
    });
    run.unwrap();
    let versions = history::<Posture>(store, &name);
    let numbers = versions.iter().map(|version| version.record.version);
    assert!(numbers.eq(1..=i64::try_from(versions.len()).unwrap()));
    run_sql(store, "DELETE FROM entry").unwrap_err();
}
