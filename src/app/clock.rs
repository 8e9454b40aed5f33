//! The one source of time, so that tests can set the day.

use chrono::{NaiveDate, NaiveDateTime, Utc};

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

    /// The day, in UTC.
    pub fn today(self) -> NaiveDate {
        self.now().date()
    }
}
