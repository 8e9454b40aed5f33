//! Several who write at once.

use std::thread;

use pathways::domain::register::{Organisation, Posture, Signature};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Outcome};
use pathways::store::{Limits, Store, StoreError};

use super::doing::{
    author, confirm, create, day, draft, everything, find, ground, history, made, page, replace,
};
use super::fixture::{identifier, opening, organisation, pledge, posture, signature};
use crate::store::fixture::slug;
use crate::support::{TestStore, now};

on_both_databases!(
    of_editors_with_the_same_version_one_wins,
    who_does_not_name_a_version_loses_nothing,
    of_years_that_overlap_one_is_signed,
    of_organisations_with_one_number_one_is_written,
    a_pledge_and_the_withdrawal_of_its_year_do_not_both_win,
    writers_of_different_organisations_do_not_stop_each_other,
    an_organisation_changes_while_its_records_are_written,
);

/// A store with a connection for each of eight threads.
fn wide(t: &TestStore) -> Store {
    let limits = Limits { pool: 8, wait: std::time::Duration::from_secs(30) };
    ground(t);
    Store::connect(&t.url, limits).unwrap()
}

/// What eight threads came to, each with its number.
fn eight<R: Send>(work: impl Fn(u32) -> R + Sync) -> Vec<R> {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..8).map(|at| scope.spawn(move || work(at))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

async fn of_editors_with_the_same_version_one_wins(t: TestStore) {
    let store = wide(&t);
    let name = made(&store, organisation("Wanted (fictional)"));
    for version in 1..=5 {
        let results = eight(|at| {
            let mut body = organisation("Wanted (fictional)");
            body.description = Some(format!("by {at} in round {version}"));
            replace(&store, &name, Some(version), &draft(body))
        });
        let won = results.iter().filter(|result| result.is_ok()).count();
        let stale = results.iter().filter(|r| matches!(r, Err(StoreError::Stale))).count();
        assert_eq!((won, stale), (1, 7), "{results:?}");
        assert_eq!(find::<Organisation>(&store, &name).version, version + 1);
    }
    assert_eq!(history::<Organisation>(&store, &name).len(), 6);
}

async fn who_does_not_name_a_version_loses_nothing(t: TestStore) {
    let store = wide(&t);
    let owner = made(&store, organisation("Owner (fictional)"));
    let name = made(&store, posture(&owner, "refugees"));
    eight(|at| {
        for round in 0..3 {
            let mut body = posture(&owner, "refugees");
            body.conditions = Some(format!("{at} {round}"));
            replace(&store, &name, None, &draft(body)).unwrap();
            confirm::<Posture>(&store, &name, day(2026, 4, 1 + round * 8 + at)).unwrap();
        }
    });
    let versions = history::<Posture>(&store, &name);
    let last = versions.last().unwrap();
    assert_eq!(last.record.confirmed_on, Some(day(2026, 4, 24)));
    let written = versions.iter().filter(|v| v.record.confirmed_on == last.record.confirmed_on);
    assert!(written.count() >= 1);
    let told: std::collections::BTreeSet<_> =
        versions.iter().filter_map(|version| version.record.body.conditions.clone()).collect();
    assert_eq!(told.len(), 24, "every writer's word is in the history");
}

async fn of_years_that_overlap_one_is_signed(t: TestStore) {
    let store = wide(&t);
    for round in 0..3 {
        let owner = made(&store, organisation(&format!("Owner {round} (fictional)")));
        let results = eight(|at| create(&store, &draft(signature(&owner, day(2026, 1 + at, 24)))));
        let signed = results.iter().filter(|result| result.is_ok()).count();
        let refused = results.iter().filter(|r| matches!(r, Err(StoreError::Conflict(_)))).count();
        assert_eq!((signed, refused), (1, 7), "{results:?}");
    }
    assert_eq!(page::<Signature>(&store, &everything()).1, 3);
}

async fn of_organisations_with_one_number_one_is_written(t: TestStore) {
    let store = wide(&t);
    let results = eight(|at| {
        let mut body = organisation(&format!("Number {at} (fictional)"));
        body.identifiers = vec![identifier("GB-COH", "01234567")];
        create(&store, &draft(body))
    });
    let written = results.iter().filter(|result| result.is_ok()).count();
    let refused = results.iter().filter(|r| matches!(r, Err(StoreError::Duplicate(_)))).count();
    assert_eq!((written, refused), (1, 7), "{results:?}");
    assert_eq!(page::<Organisation>(&store, &everything()).1, 1);
}

async fn a_pledge_and_the_withdrawal_of_its_year_do_not_both_win(t: TestStore) {
    let store = wide(&t);
    let owner = made(&store, organisation("Owner (fictional)"));
    let year = made(&store, signature(&owner, day(2026, 1, 24)));
    let results: Vec<Result<i64, StoreError>> = eight(|at| {
        if at == 0 {
            return super::doing::end::<Signature>(&store, &year, day(2026, 6, 1))
                .map(|w| w.change);
        }
        create(&store, &draft(pledge(&owner, &year, &format!("Pledge {at}")))).map(|w| w.change)
    });
    let withdrawn = *results[0].as_ref().unwrap();
    for pledged in &results[1..] {
        match pledged {
            Ok(change) => assert!(*change < withdrawn, "it was pledged before"),
            Err(error) => assert!(matches!(error, StoreError::Conflict(_)), "{error:?}"),
        }
    }
}

async fn writers_of_different_organisations_do_not_stop_each_other(t: TestStore) {
    let store = wide(&t);
    let owners: Vec<Slug> =
        (0..4).map(|at| made(&store, organisation(&format!("Owner {at} (fictional)")))).collect();
    // In both orders, so that who locked as it comes would wait in a circle.
    eight(|at| {
        for round in 0..5 {
            let mut drafts: Vec<_> = owners
                .iter()
                .map(|owner| draft(opening(owner, &format!("Baker {at} {round}"))))
                .collect();
            if at % 2 == 0 {
                drafts.reverse();
            }
            store
                .write_blocking(|conn| records::create_all(conn, &drafts, &author(), now()))
                .unwrap();
        }
    });
    assert_eq!(page::<pathways::domain::register::Opening>(&store, &everything()).1, 160);
}

async fn an_organisation_changes_while_its_records_are_written(t: TestStore) {
    let store = wide(&t);
    let owner = made(&store, organisation("Busy (fictional)"));
    eight(|at| {
        for round in 0..4 {
            if at < 2 {
                let mut body = organisation("Busy (fictional)");
                body.description = Some(format!("{at} {round}"));
                replace(&store, &owner, None, &draft(body)).unwrap();
            } else {
                let cohort = format!("group-{at}-{round}");
                let written = create(&store, &draft(posture(&owner, &cohort))).unwrap();
                assert_eq!(written.outcome, Outcome::Created);
            }
        }
    });
    assert_eq!(find::<Organisation>(&store, &owner).version, 9);
    assert_eq!(page::<Posture>(&store, &everything()).1, 24);
    assert_eq!(slug("busy-fictional"), owner);
}
