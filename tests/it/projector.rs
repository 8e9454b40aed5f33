//! The projector: what is stored is shown, without anybody being asked twice.

use std::sync::Arc;

use chrono::Days;
use pathways::{
    app::{
        AppState, Clock, Library, Snapshot, projector,
        start::{self, Demonstration, ReferenceSource, Sources},
    },
    domain::register::Reference,
};

use crate::{shown, support::TestStore};

fn library() -> (Arc<Library>, Reference) {
    let sources = Sources {
        toolkits: None,
        reference: ReferenceSource::Oxfordshire,
        demonstration: Demonstration::Absent,
    };
    let material = sources.read().unwrap();
    (material.library, material.reference.unwrap())
}

fn clock() -> Clock {
    Clock::Fixed(shown::noon())
}

on_both_databases!(
    what_is_written_is_shown_by_the_next_look_and_by_no_look_after_it,
    a_new_day_is_a_new_snapshot,
    two_processes_on_one_database_come_to_show_the_same,
);

async fn what_is_written_is_shown_by_the_next_look_and_by_no_look_after_it(t: TestStore) {
    let (library, mut reference) = library();
    start::publish(&t.store, &reference, clock()).unwrap();
    let first = start::snapshot(&t.store, &library, clock()).unwrap();
    let state = AppState::new(library, first, clock());
    assert!(!projector::step(&t.store, &state).await.unwrap());

    let taken = state.snapshot();
    reference.partnerships.truncate(1);
    "Renamed".clone_into(&mut reference.partnerships[0].name);
    assert!(start::publish(&t.store, &reference, clock()).unwrap() > 1);
    assert!(projector::step(&t.store, &state).await.unwrap());
    assert!(!projector::step(&t.store, &state).await.unwrap());
    let shown = state.snapshot();
    let names: Vec<_> = shown.reference.partnerships.iter().map(|one| &one.name).collect();
    assert_eq!(names, ["Renamed"]);
    assert!(shown.change > taken.change);
    assert!(taken.reference.partnerships.len() > 1, "who took one before keeps it whole");
    assert_eq!(state.lag(), 0);
    state.note_latest(shown.change + 7);
    assert_eq!(state.lag(), 7, "until they are shown");
}

async fn a_new_day_is_a_new_snapshot(t: TestStore) {
    let (library, _) = library();
    let yesterday = shown::day() - Days::new(1);
    let old = Snapshot::new(library.clone(), Reference::default(), 0, yesterday).unwrap();
    let state = AppState::new(library, old, clock());
    assert!(projector::step(&t.store, &state).await.unwrap());
    assert_eq!(state.snapshot().today, shown::day());
    assert!(!projector::step(&t.store, &state).await.unwrap());
}

async fn two_processes_on_one_database_come_to_show_the_same(t: TestStore) {
    let (library, reference) = library();
    let nothing = || Snapshot::new(library.clone(), Reference::default(), 0, shown::day()).unwrap();
    let states = [0, 1].map(|_| AppState::new(library.clone(), nothing(), clock()));
    start::publish(&t.store, &reference, clock()).unwrap();
    for state in &states {
        assert!(projector::step(&t.store, state).await.unwrap());
    }
    let [one, other] = states.map(|state| state.snapshot());
    assert_eq!(one.change, other.change);
    assert!(one.reference == other.reference, "the registers differ");
    assert_eq!(one.reference.partnerships.len(), reference.partnerships.len());
}
