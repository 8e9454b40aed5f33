//! The use cases, and the state they share.
//!
//! Knows neither HTTP nor SQL: `web` and `cli` hand in domain values and get
//! domain values back. Readers answer from a [`Snapshot`]; the `projector` keeps
//! it in step with the store.

pub mod calendar;
mod catalogue;
pub mod classifications;
pub mod clock;
pub mod demonstration;
pub mod error;
pub mod exchange;
pub mod gaps;
pub mod guidance;
pub mod matching;
pub mod missed;
pub mod need;
pub mod news;
pub mod oruk;
pub mod pairing;
pub mod profile;
pub mod projector;
pub mod queue;
pub mod register;
pub mod register_index;
pub mod reports;
pub mod snapshot;
pub mod standing;
pub mod start;
pub mod tokens;
pub mod upkeep;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use arc_swap::ArcSwap;
use tokio::sync::Notify;

use crate::{
    app::{
        missed::MissedQuestions,
        register::{InFlight, access::Tokens},
        register_index::RegisterIndex,
    },
    store::Store,
};

pub use crate::app::{
    clock::Clock,
    error::{AppError, Candidate, Refusal},
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
    index: Arc<Mutex<RegisterIndex>>,
    wake: Notify,
    tokens: Tokens,
    in_flight: InFlight,
    reports: reports::Kept,
    calendar: calendar::Kept,
    news: news::Kept,
    missed: MissedQuestions,
    /// What the steward's queue was when somebody last looked.
    looked: Arc<queue::Looked>,
}

impl AppState {
    /// A state that shows this snapshot until another is published.
    pub fn new(library: Arc<Library>, first: Snapshot, clock: Clock) -> Self {
        let latest = AtomicI64::new(first.change);
        let index = Arc::new(Mutex::new(RegisterIndex::new(None)));
        Self {
            clock,
            library,
            snapshot: ArcSwap::from_pointee(first),
            latest,
            store: None,
            index,
            wake: Notify::new(),
            tokens: Tokens::default(),
            in_flight: InFlight::default(),
            reports: reports::Kept::default(),
            calendar: calendar::Kept::default(),
            news: news::Kept::default(),
            missed: MissedQuestions::default(),
            looked: Arc::default(),
        }
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

    /// The store of the register's records.
    ///
    /// # Errors
    ///
    /// [`AppError::Busy`] where there is none.
    pub fn records(&self) -> Result<&Store, AppError> {
        self.store().ok_or(AppError::Busy)
    }

    /// Who the tokens stand for.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Heeds what happened to tokens since the table of them was read.
    pub async fn follow_tokens(&self) -> Result<(), AppError> {
        if let Some(store) = self.store() {
            self.tokens.follow(store).await?;
        }
        Ok(())
    }

    /// The keys of requests under way.
    pub fn in_flight(&self) -> &InFlight {
        &self.in_flight
    }

    /// Reports that were made lately.
    pub fn reports(&self) -> &reports::Kept {
        &self.reports
    }

    /// Questions that found nothing.
    pub fn missed(&self) -> &MissedQuestions {
        &self.missed
    }

    /// Tells the projector that there is something new. It would find out by itself.
    pub fn wake_projector(&self) {
        self.wake.notify_one();
    }

    /// The same, with the index of the register that the first snapshot shows.
    #[must_use]
    pub fn with_index(self, index: RegisterIndex) -> Self {
        Self { index: Arc::new(Mutex::new(index)), ..self }
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
