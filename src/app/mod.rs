//! The use cases, and the state they share.
//!
//! Knows neither HTTP nor SQL: `web` and `cli` hand in domain values and get
//! domain values back. Readers answer from a [`Snapshot`]; the `projector` keeps
//! it in step with the store.

mod catalogue;
pub mod clock;
pub mod demonstration;
pub mod error;
pub mod guidance;
pub mod matching;
pub mod profile;
pub mod projector;
pub mod snapshot;
pub mod start;
pub mod tokens;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use arc_swap::ArcSwap;

use crate::store::Store;

pub use crate::app::{
    clock::Clock,
    error::{AppError, Refusal},
    snapshot::{Library, Snapshot},
};

/// What every use case can reach.
pub struct AppState {
    /// The time.
    pub clock: Clock,
    library: Arc<Library>,
    snapshot: ArcSwap<Snapshot>,
    /// The number of the last change that the store was seen to have.
    latest: AtomicI64,
    store: Option<Store>,
}

impl AppState {
    /// A state that shows this snapshot until another is published.
    pub fn new(library: Arc<Library>, first: Snapshot, clock: Clock) -> Self {
        let latest = AtomicI64::new(first.change);
        let snapshot = ArcSwap::from_pointee(first);
        Self { clock, library, snapshot, latest, store: None }
    }

    /// The same, with the store that holds the register's records.
    #[must_use]
    pub fn with_store(self, store: Store) -> Self {
        Self { store: Some(store), ..self }
    }

    /// The store of the register's records, where there is one.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// What was read from files at the start.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// Shows another snapshot from now on.
    pub fn publish(&self, snapshot: Snapshot) {
        self.snapshot.store(Arc::new(snapshot));
    }

    /// Notes the number of the last change that the store has.
    pub fn note_latest(&self, change: i64) {
        self.latest.store(change, Ordering::Relaxed);
    }

    /// How many changes of the store readers are not shown yet, as far as known.
    pub fn lag(&self) -> i64 {
        self.latest.load(Ordering::Relaxed).saturating_sub(self.snapshot().change).max(0)
    }

    /// The moment that readers are shown now. Take it once a request.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }
}
