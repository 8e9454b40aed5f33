//! Many who want the last places, on both databases.

use std::{sync::Barrier, thread, time::Duration};

use chrono::Days;
use pathways::domain::{
    places::{HoldState, Line, Refused},
    register::Opening,
    slug::Slug,
};
use pathways::store::{
    Limits, Store, StoreError,
    changes::Told,
    places::{self, Entered, NotEntered, Wish},
};

use crate::{
    store::records::{
        doing::{author, changes_after, draft, ground, made, position, replace, today},
        fixture::{opening, organisation},
    },
    support::{TestStore, now, run_sql},
};

on_both_databases!(
    sixty_four_clients_get_five_places,
    holds_and_returns_at_once_keep_the_sums,
    counts_and_holds_at_once_keep_the_sums,
    each_line_is_told_and_audited,
    places_left_on_a_day_follow_the_ledger,
);

fn wide(t: &TestStore) -> Store {
    ground(t);
    Store::connect(&t.url, Limits { pool: 16, wait: Duration::from_mins(1) }).unwrap()
}

/// An opening with so many places, said by its employer on 1 March 2026 and confirmed.
fn with_places(store: &Store, count: i32) -> Slug {
    let owner = made(store, organisation("Owner (fictional)"));
    let name = made(store, Opening { places: Some(count), ..opening(&owner, "Baker") });
    crate::store::records::doing::confirm::<Opening>(store, &name, today()).unwrap();
    name
}

fn enter(store: &Store, name: &Slug, line: Line) -> Result<Entered, NotEntered> {
    let wish = Wish { line, reference: None };
    store.write_blocking(|conn| places::enter(conn, name, &wish, (&author(), now()), Told::Public))
}

fn hold() -> Line {
    Line::Hold(today().checked_add_days(Days::new(14)).unwrap())
}

/// Stated, left, held and taken today; they add up.
fn sums(store: &Store, name: &Slug) -> (Option<i32>, Option<i32>, i32, i32) {
    let ledger = store.read_blocking(|conn| places::ledger(conn, name)).unwrap();
    let balance = ledger.balance(today());
    let sum = balance.left().map(|left| left + balance.held + balance.taken);
    assert_eq!(sum, balance.stated);
    (balance.stated, balance.left(), balance.held, balance.taken)
}

async fn sixty_four_clients_get_five_places(t: TestStore) {
    let store = wide(&t);
    for round in 0..3 {
        let owner = made(&store, organisation(&format!("Owner {round} (fictional)")));
        let name = made(&store, Opening { places: Some(5), ..opening(&owner, "Baker") });
        let barrier = Barrier::new(64);
        let results: Vec<_> = thread::scope(|scope| {
            let (store, name, barrier) = (&store, &name, &barrier);
            let one = |at: usize| {
                barrier.wait();
                enter(store, name, if at.is_multiple_of(2) { hold() } else { Line::Take(None) })
            };
            let threads: Vec<_> = (0..64).map(|at| scope.spawn(move || one(at))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let got = results.iter().filter(|result| result.is_ok()).count();
        let none = |r: &&Result<_, _>| matches!(r, Err(NotEntered::Refused(Refused::NoneLeft)));
        assert_eq!((got, results.iter().filter(none).count()), (5, 59));
        let (stated, left, held, taken) = sums(&store, &name);
        assert_eq!((stated, left, held + taken), (Some(5), Some(0), 5));
    }
}

async fn holds_and_returns_at_once_keep_the_sums(t: TestStore) {
    let store = wide(&t);
    let name = with_places(&store, 3);
    thread::scope(|scope| {
        for at in 0..8 {
            let (store, name) = (&store, &name);
            scope.spawn(move || {
                for round in 0..6 {
                    let Ok(entered) = enter(store, name, hold()) else { continue };
                    let id = entered.hold.hold.id;
                    let next = match (at + round) % 3 {
                        0 => Line::GiveBack(id),
                        1 => Line::Decline(id),
                        _ => Line::Take(Some(id)),
                    };
                    enter(store, name, next).unwrap();
                    if next == Line::Take(Some(id)) {
                        enter(store, name, Line::GiveBack(id)).unwrap();
                    }
                    sums(store, name);
                }
            });
        }
    });
    assert_eq!(sums(&store, &name), (Some(3), Some(3), 0, 0));
}

async fn counts_and_holds_at_once_keep_the_sums(t: TestStore) {
    let store = wide(&t);
    let name = with_places(&store, 2);
    let owner = made(&store, organisation("Another (fictional)"));
    assert_ne!(owner, name);
    thread::scope(|scope| {
        for at in 0..6 {
            let (store, name) = (&store, &name);
            scope.spawn(move || {
                for round in 0..5 {
                    if at == 0 {
                        let mut record =
                            crate::store::records::doing::find::<Opening>(store, name).body;
                        record.places = Some(1 + round % 4);
                        replace(store, name, None, &draft(record)).unwrap();
                    } else {
                        let _ = enter(store, name, hold());
                    }
                    sums(store, name);
                }
            });
        }
    });
    let opening = crate::store::records::doing::find::<Opening>(&store, &name);
    assert_eq!(sums(&store, &name).0, opening.body.places, "the last count is what it states");
}

async fn each_line_is_told_and_audited(t: TestStore) {
    let store = wide(&t);
    let name = with_places(&store, 2);
    let before = position(&store);
    let held = enter(&store, &name, hold()).unwrap();
    assert_eq!(held.hold.hold.state, HoldState::Held);
    let id = held.hold.hold.id;
    assert!(enter(&store, &name, Line::Decline(id + 1)).is_err());
    enter(&store, &name, Line::Take(Some(id))).unwrap();
    let told = changes_after(&store, before);
    assert_eq!(told.len(), 2, "what was refused left nothing");
    assert!(told.iter().all(|change| change.slug == name && change.told == Told::Public));
    let lines = store.read_blocking(|conn| pathways::store::audit::page(conn, None, 2)).unwrap();
    let acts: Vec<_> = lines.iter().map(|line| (line.act.as_str(), line.kind.as_str())).collect();
    assert_eq!(acts, [("take", "opening"), ("hold", "opening")]);
    let error = run_sql(&store, "UPDATE place_entry SET act = 'give-back' WHERE act = 'hold'");
    assert!(matches!(error, Err(StoreError::Database(_))), "{error:?}");
}

async fn places_left_on_a_day_follow_the_ledger(t: TestStore) {
    let store = wide(&t);
    let name = with_places(&store, 2);
    let left = |days: u64| {
        let day = today().checked_add_days(Days::new(days)).unwrap();
        store.read_blocking(|conn| places::left(conn, &name, day)).unwrap()
    };
    enter(&store, &name, hold()).unwrap();
    enter(&store, &name, Line::Take(None)).unwrap();
    assert_eq!((left(0), left(14), left(15)), (Some(0), Some(0), Some(1)));
    assert_eq!((left(90), left(91)), (Some(1), None), "unknown, not zero");
}
