//! How many requests a caller may send in a second.
//!
//! A caller is a good token, or else a peer's address (an IPv6 network of 64 bits counts
//! as one): a token that is none counts against the address it came from. Callers are kept in a fixed number of drawers, chosen by a hash with a random key, so
//! memory is bounded however many there are; two callers in one drawer share its
//! allowance, which is rare and harmless.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

/// Bits of a drawer's number.
const DRAWER_BITS: u32 = 18;
/// After so many requests, drawers that have their full allowance are emptied.
const TIDY_EVERY: u32 = 4096;

type Limiter =
    RateLimiter<u32, DefaultKeyedStateStore<u32>, DefaultClock, StateInformationMiddleware>;

/// Counts requests by caller.
pub struct RateLimit {
    per_second: NonZeroU32,
    limiter: Limiter,
    clock: DefaultClock,
    key: RandomState,
    seen: AtomicU32,
}

/// Whom a request counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A token, by its number.
    Token(i64),
    /// An address, where it is known.
    Address(Option<IpAddr>),
}

/// What a caller has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests a second.
    pub per_second: u32,
    /// Requests it may send at once now.
    pub left: u32,
    /// Seconds to wait before the next one; 0 if this one may go on.
    pub wait_seconds: u64,
}

impl RateLimit {
    /// A limit of so many requests a second; `None` for no limit.
    pub fn new(per_second: u32) -> Option<Self> {
        let per_second = NonZeroU32::new(per_second)?;
        let limiter = RateLimiter::keyed(Quota::per_second(per_second))
            .with_middleware::<StateInformationMiddleware>();
        let (clock, key) = (DefaultClock::default(), RandomState::new());
        Some(Self { per_second, limiter, clock, key, seen: AtomicU32::new(0) })
    }

    /// Counts one request of a caller.
    pub fn count(&self, caller: Counted) -> Allowance {
        if self.seen.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let per_second = self.per_second.get();
        match self.limiter.check_key(&self.drawer(caller)) {
            Ok(state) => {
                Allowance { per_second, left: state.remaining_burst_capacity(), wait_seconds: 0 }
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                let wait_seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                Allowance { per_second, left: 0, wait_seconds: wait_seconds.max(1) }
            }
        }
    }

    fn drawer(&self, caller: Counted) -> u32 {
        let address = match caller {
            Counted::Token(id) => return self.numbered(&("token", id)),
            Counted::Address(address) => address,
        };
        let network = match address {
            Some(IpAddr::V6(address)) => u64::try_from(u128::from(address) >> 64).ok(),
            Some(IpAddr::V4(address)) => Some(u32::from(address).into()),
            None => None,
        };
        self.numbered(&network)
    }

    fn numbered(&self, caller: &impl std::hash::Hash) -> u32 {
        let hash = self.key.hash_one(caller);
        u32::try_from(hash >> (64 - DRAWER_BITS)).unwrap_or_default()
    }
}

impl Allowance {
    /// The headers that tell a caller where it stands.
    pub fn headers(self) -> [(&'static str, String); 2] {
        let reset = self.wait_seconds.max(1);
        [
            ("ratelimit-policy", format!("\"caller\";q={};w=1", self.per_second)),
            ("ratelimit", format!("\"caller\";r={};t={reset}", self.left)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_its_own_allowance_and_no_limit_is_no_limit() {
        let limit = RateLimit::new(1).unwrap();
        let address = |text: &str| Counted::Address(Some(text.parse().unwrap()));
        assert_eq!(limit.count(address("10.0.0.1")).wait_seconds, 0);
        assert_eq!(limit.count(address("10.0.0.1")).wait_seconds, 1);
        assert_eq!(limit.count(address("2001:db8::1")).wait_seconds, 0);
        assert_eq!(limit.count(address("2001:db8::2")).wait_seconds, 1, "the same network");
        assert_eq!(limit.count(Counted::Token(7)).wait_seconds, 0, "whatever its address");
        assert_eq!(limit.count(Counted::Token(7)).wait_seconds, 1);
        assert_eq!(limit.count(Counted::Token(8)).wait_seconds, 0);
        assert!(RateLimit::new(0).is_none());
    }
}
