//! The log of changes: complete, in order, and only what was kept.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::{Duration, Timelike};
use pathways::domain::{register::RecordKind, slug::Slug};
use pathways::store::changes::{self, Change, Kind, Told, Touched};
use pathways::store::{Store, StoreError};

use crate::store::fixture::slug;
use crate::support::{TestStore, now, run_sql};

on_both_databases!(
    numbers_start_at_one_and_have_no_gap,
    a_rollback_leaves_neither_row_nor_number,
    nothing_to_note_leaves_the_clock_alone,
    many_changes_take_their_numbers_in_one_step,
    a_follower_misses_nothing_of_four_writers,
    a_page_of_changes_starts_after_the_number_and_is_bounded,
    trimming_keeps_the_last_change_and_leaves_no_hole,
    a_time_comes_back_cut_to_microseconds,
    a_kind_from_the_future_is_not_passed_over,
    a_database_keeps_its_identity_and_no_other_has_it,
);

fn touch(store: &Store, name: &str) -> Result<i64, StoreError> {
    store.write_blocking(|conn| changes::touch(conn, Kind::Scheme, &slug(name), now()))
}

fn after(store: &Store, seq: i64, limit: i64) -> Result<Vec<Change>, StoreError> {
    store.read_blocking(|conn| changes::after(conn, seq, limit))
}

fn seqs(changes: &[Change]) -> Vec<i64> {
    changes.iter().map(|change| change.seq).collect()
}

async fn numbers_start_at_one_and_have_no_gap(t: TestStore) {
    assert_eq!(t.store.read(changes::position).await.unwrap(), 0);
    assert_eq!(t.store.read(changes::oldest).await.unwrap(), None);
    for expected in 1..=5 {
        assert_eq!(touch(&t.store, "bee").unwrap(), expected);
    }
    assert_eq!(t.store.read(changes::position).await.unwrap(), 5);
    assert_eq!(seqs(&after(&t.store, 0, 100).unwrap()), [1, 2, 3, 4, 5]);
}

async fn a_rollback_leaves_neither_row_nor_number(t: TestStore) {
    touch(&t.store, "kept").unwrap();
    let refused = t.store.write(|conn| {
        changes::touch(conn, Kind::Scheme, &slug("lost"), now())?;
        Err::<(), _>(StoreError::NotFound)
    });
    assert!(matches!(refused.await, Err(StoreError::NotFound)));
    assert_eq!(touch(&t.store, "next").unwrap(), 2);
    let names: Vec<Slug> =
        after(&t.store, 0, 100).unwrap().into_iter().map(|change| change.slug).collect();
    assert_eq!(names, [slug("kept"), slug("next")]);
}

async fn nothing_to_note_leaves_the_clock_alone(t: TestStore) {
    touch(&t.store, "bee").unwrap();
    let last = t.store.write(|conn| changes::touch_all(conn, &[], now())).await;
    assert_eq!(last.unwrap(), 1);
    assert_eq!(t.store.read(changes::position).await.unwrap(), 1);
}

async fn many_changes_take_their_numbers_in_one_step(t: TestStore) {
    touch(&t.store, "bee").unwrap();
    let touched =
        |at| Touched { kind: Kind::Provider, slug: slug(&format!("p{at}")), told: Told::Public };
    let many: Vec<Touched> = (0..20_000).map(touched).collect();
    let last = t.store.write(move |conn| changes::touch_all(conn, &many, now())).await;
    assert_eq!(last.unwrap(), 20_001);
    let tail = after(&t.store, 19_999, 10).unwrap();
    assert_eq!(seqs(&tail), [20_000, 20_001]);
    assert_eq!(tail[1].slug, slug("p19999"));
    assert_eq!(tail[1].kind, Kind::Provider);
}

/// Every seventh write is rolled back, so that there would be gaps.
async fn a_follower_misses_nothing_of_four_writers(t: TestStore) {
    const WRITERS: usize = 4;
    const EACH: usize = 50;
    let (store, done) = (&t.store, &AtomicUsize::new(0));
    let (kept, seen) = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    let mut kept = BTreeSet::new();
                    for at in 0..EACH {
                        let name = slug(&format!("w{writer}-{at}"));
                        let written = store.write_blocking(|conn| {
                            changes::touch(conn, Kind::Scheme, &name, now())?;
                            if at % 7 == 6 { Err(StoreError::NotFound) } else { Ok(()) }
                        });
                        match written {
                            Ok(()) => drop(kept.insert(name)),
                            Err(StoreError::NotFound) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                    done.fetch_add(1, Ordering::SeqCst);
                    kept
                })
            })
            .collect();
        let follower = scope.spawn(move || {
            let mut seen: Vec<Change> = Vec::new();
            loop {
                // Asked before reading: what was committed by then is in the batch.
                let last_look = done.load(Ordering::SeqCst) == WRITERS;
                let from = seen.last().map_or(0, |change| change.seq);
                let batch = after(store, from, 1_000).unwrap();
                if batch.is_empty() && last_look {
                    return seen;
                }
                seen.extend(batch);
            }
        });
        let kept = writers.into_iter().flat_map(|writer| writer.join().unwrap());
        (kept.collect::<BTreeSet<Slug>>(), follower.join().unwrap())
    });
    assert_eq!(kept.len(), WRITERS * (EACH - EACH / 7));
    let numbers: Vec<i64> = (1..).take(kept.len()).collect();
    assert_eq!(seqs(&seen), numbers);
    assert_eq!(seen.into_iter().map(|change| change.slug).collect::<BTreeSet<_>>(), kept);
}

async fn a_page_of_changes_starts_after_the_number_and_is_bounded(t: TestStore) {
    for _ in 0..5 {
        touch(&t.store, "bee").unwrap();
    }
    assert_eq!(seqs(&after(&t.store, 2, 2).unwrap()), [3, 4]);
    assert_eq!(seqs(&after(&t.store, 4, 2).unwrap()), [5]);
    assert_eq!(seqs(&after(&t.store, 5, 2).unwrap()), [] as [i64; 0]);
}

async fn trimming_keeps_the_last_change_and_leaves_no_hole(t: TestStore) {
    // The third was noted by a clock that had been set back.
    for days in [1, 9, 2, 10, 11] {
        let at = now() + Duration::days(days);
        let noted = t.store.write(move |conn| changes::touch(conn, Kind::Action, &slug("a"), at));
        noted.await.unwrap();
    }
    let trim = |days| {
        let before = now() + Duration::days(days);
        t.store.write_blocking(|conn| changes::trim(conn, before)).unwrap()
    };
    assert_eq!(trim(5), 1);
    assert_eq!(seqs(&after(&t.store, 0, 10).unwrap()), [2, 3, 4, 5]);
    assert_eq!(t.store.read(changes::oldest).await.unwrap(), Some(2));
    assert_eq!(trim(100), 3);
    assert_eq!(t.store.read(changes::oldest).await.unwrap(), Some(5));
    assert_eq!(touch(&t.store, "bee").unwrap(), 6);
}

async fn a_time_comes_back_cut_to_microseconds(t: TestStore) {
    let at = now().with_nanosecond(123_456_789).unwrap();
    let noted = t.store.write(move |conn| changes::touch(conn, Kind::Charter, &slug("c"), at));
    noted.await.unwrap();
    let stored = after(&t.store, 0, 1).unwrap().remove(0).at;
    assert_eq!(stored, now().with_nanosecond(123_456_000).unwrap());
}

async fn a_kind_from_the_future_is_not_passed_over(t: TestStore) {
    touch(&t.store, "bee").unwrap();
    run_sql(&t.store, "UPDATE change_log SET kind = 'constellation'").unwrap();
    let error = after(&t.store, 0, 10).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
    assert!(error.to_string().contains("constellation"), "{error}");
}

async fn a_database_keeps_its_identity_and_no_other_has_it(t: TestStore) {
    let first = t.store.read(changes::database_id).await.unwrap();
    assert_eq!(first.len(), 32);
    let again = crate::support::connect(&t.url);
    assert_eq!(again.read(changes::database_id).await.unwrap(), first);
    let other = TestStore::sqlite();
    assert_ne!(other.store.read(changes::database_id).await.unwrap(), first);
}

#[test]
fn every_kind_is_found_by_its_own_name() {
    let records = RecordKind::ALL.iter().copied().map(Kind::Record);
    let others =
        [Kind::PairingPlan, Kind::Token, Kind::Outcodes, Kind::Classifications, Kind::Services];
    for kind in Kind::REFERENCE.into_iter().chain(others).chain(records) {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(Kind::parse("Charter"), None);
}
