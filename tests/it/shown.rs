//! The shipped content as readers see it on a fixed day, built once for all tests.

use std::sync::{Arc, OnceLock};

use chrono::{NaiveDate, NaiveDateTime};
use pathways::{
    app::{
        AppState, Clock, Library, Snapshot, demonstration, start,
        start::{Demonstration, ReferenceSource, Sources},
    },
    content::{self, Files},
};

use crate::support::TestStore;

const POLICY: &str = include_str!("../../src/content/oxfordshire/matching-policy.toml");

/// The day on which the shipped content was checked.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// Noon of that day.
pub fn noon() -> NaiveDateTime {
    day().and_hms_opt(12, 0, 0).unwrap()
}

/// The state of a service that shows the shipped content.
pub fn state() -> Arc<AppState> {
    static STATE: OnceLock<Arc<AppState>> = OnceLock::new();
    let make = || {
        let reference = content::reference::load(&Files::built_in_reference());
        let library = Arc::new(Library {
            content: content::load(&Files::built_in_toolkits()),
            gazetteer: reference.gazetteer,
            policy: content::policy::read(POLICY).unwrap(),
        });
        let snapshot = Snapshot::new(library.clone(), reference.reference, 1, day()).unwrap();
        Arc::new(AppState::new(library, snapshot, Clock::Fixed(noon())))
    };
    STATE.get_or_init(make).clone()
}

/// The state of a service that shows the demonstration, invented register and all, and
/// the database it rests on.
pub fn demonstration() -> (Arc<AppState>, TestStore) {
    let (clock, store) = (Clock::Fixed(noon()), TestStore::sqlite());
    let sources = Sources {
        toolkits: None,
        reference: ReferenceSource::Oxfordshire,
        demonstration: Demonstration::Added,
    };
    let material = sources.read().unwrap();
    start::publish(&store.store, &material.reference.unwrap(), clock).unwrap();
    let (register, faults) = sources.demo_register(day()).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    demonstration::load(&store.store, &register, clock).unwrap();
    let snapshot = start::snapshot(&store.store, &material.library, clock).unwrap();
    let state = AppState::new(material.library, snapshot, clock);
    (Arc::new(state.with_store(store.store.clone())), store)
}
