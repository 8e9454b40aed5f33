//! When a statement was made and until when it counts.

use chrono::NaiveDate;

/// The two dates that every statement of ours carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The day the statement was last known to be right.
    pub as_of: NaiveDate,
    /// The last day it may be shown without a warning.
    pub review_by: NaiveDate,
}

impl Dated {
    /// Whether the statement is past its review date on `today`.
    ///
    /// The review date itself still counts as fresh.
    pub fn is_stale(&self, today: NaiveDate) -> bool {
        today > self.review_by
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_fresh_on_its_review_date_and_stale_the_day_after() {
        let day = |d| NaiveDate::from_ymd_opt(2027, 5, d).unwrap();
        let dated = Dated { as_of: day(1), review_by: day(23) };
        assert!(!dated.is_stale(day(23)));
        assert!(dated.is_stale(day(24)));
    }
}
