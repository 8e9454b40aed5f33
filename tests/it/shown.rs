//! The shipped content as readers see it on a fixed day, built once for all tests.

use std::sync::{Arc, OnceLock};

use chrono::{NaiveDate, NaiveDateTime};
use pathways::{
    app::{AppState, Clock, Library, Snapshot},
    content::{self, Files},
};

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
