//! The one source of time, so that tests can set the day.
//!
//! Moments are UTC; days are days in the United Kingdom
//! ([`uk_time`]), everywhere: what "today" is, when a statement
//! may be dated, as of which day is asked, when freshness and states turn.

use chrono::{NaiveDate, NaiveDateTime, Utc};

use crate::domain::uk_time;

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same moment, in UTC.
    Fixed(NaiveDateTime),
}

impl Clock {
    /// The moment, in UTC.
    #[allow(clippy::disallowed_methods, reason = "this is the clock that others ask")]
    pub fn now(self) -> NaiveDateTime {
        match self {
            Self::System => Utc::now().naive_utc(),
            Self::Fixed(moment) => moment,
        }
    }

    /// The day of the service: that of the moment in the United Kingdom, so that whoever
    /// writes on a summer night after midnight writes today and not yesterday.
    pub fn today(self) -> NaiveDate {
        uk_time::day(self.now())
    }
}
