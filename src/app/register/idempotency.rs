//! A request that is sent twice is done once: keys of writers, in the database in the
//! same transaction as what they led to, and those under way in memory.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{Duration, NaiveDateTime};

use crate::{
    app::AppError,
    store::{Conn, StoreError, changes::Kind, idempotency, idempotency::Done, records::Written},
};

/// For so long a key is remembered.
const KEPT_HOURS: i64 = 24;

/// A writer's key for one request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The writer's token.
    pub token: i64,
    /// The key as it was sent.
    pub text: String,
    /// SHA-256 of the request, as 64 hexadecimal digits.
    pub request_hash: String,
}

impl Key {
    /// The key of one part of the request, with that part's hash.
    #[must_use]
    pub fn part(&self, nth: usize, request_hash: String) -> Self {
        Self { token: self.token, text: format!("{}#{nth}", self.text), request_hash }
    }

    /// What the key led to already.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if it came with another request.
    pub(in crate::app) fn led_to(
        &self,
        conn: &mut Conn,
        kind: impl Into<Kind>,
        at: NaiveDateTime,
    ) -> Result<Option<Done>, AppError> {
        let Some(done) = idempotency::find(conn, self.token, &self.text, since(at))? else {
            return Ok(None);
        };
        if done.request_hash == self.request_hash && done.kind == kind.into() {
            return Ok(Some(done));
        }
        let message = "This key came with another request. Use a new key for a new request.";
        Err(AppError::refused("idempotency-key", "reused", message.to_owned()))
    }

    /// Notes what the key led to.
    pub(in crate::app) fn note(
        &self,
        conn: &mut Conn,
        (kind, written): (impl Into<Kind>, &Written),
        at: NaiveDateTime,
    ) -> Result<(), AppError> {
        let key = (self.token, self.text.as_str());
        let times = (at, since(at));
        match idempotency::note(conn, key, &self.request_hash, (kind, written), times) {
            // Another process was first with the same key.
            Err(StoreError::Duplicate(_)) => Err(under_way()),
            other => Ok(other?),
        }
    }
}

fn since(at: NaiveDateTime) -> NaiveDateTime {
    at - Duration::hours(KEPT_HOURS)
}

fn under_way() -> AppError {
    AppError::conflict("A request with this key is under way. Send it again in a moment.")
}

/// The keys of requests that are under way in this process.
#[derive(Debug, Default)]
pub struct InFlight(Mutex<HashSet<(i64, String)>>);

/// A key that is under way until this is dropped.
pub(in crate::app) struct UnderWay<'a> {
    all: &'a InFlight,
    key: Option<(i64, String)>,
}

impl InFlight {
    fn keys(&self) -> MutexGuard<'_, HashSet<(i64, String)>> {
        // The set is whole between any two of its operations.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a request with a key.
    ///
    /// # Errors
    ///
    /// [`AppError::Conflict`] if one with the same key is under way.
    pub(in crate::app) fn begin(&self, key: Option<&Key>) -> Result<UnderWay<'_>, AppError> {
        let key = key.map(|key| (key.token, key.text.clone()));
        if key.as_ref().is_some_and(|key| !self.keys().insert(key.clone())) {
            return Err(under_way());
        }
        Ok(UnderWay { all: self, key })
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if let Some(key) = &self.key {
            self.all.keys().remove(key);
        }
    }
}
