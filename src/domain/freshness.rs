//! When a statement was made and until when it counts.

use chrono::{Days, Months, NaiveDate};

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

/// For so many days a confirmation counts as recent.
const RECENT_DAYS: u64 = 90;

/// How long ago somebody who knows stood by a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Freshness {
    /// Within 90 days.
    NinetyDays,
    /// Within a year.
    Year,
    /// Longer ago.
    Stale,
    /// Never, as far as is known.
    Never,
}

impl Freshness {
    /// Every freshness, freshest first.
    pub const ALL: [Self; 4] = [Self::NinetyDays, Self::Year, Self::Stale, Self::Never];

    /// The freshness on `today` of what was last stood by on a day.
    ///
    /// Day 90 and the day a year later still count; a day to come counts as today.
    pub fn of(last: Option<NaiveDate>, today: NaiveDate) -> Self {
        let Some(last) = last else { return Self::Never };
        let within = |end: Option<NaiveDate>| end.is_none_or(|end| today <= end);
        if within(last.checked_add_days(Days::new(RECENT_DAYS))) {
            Self::NinetyDays
        } else if within(last.checked_add_months(Months::new(12))) {
            Self::Year
        } else {
            Self::Stale
        }
    }

    /// The next day after `today` on which it may be another.
    pub fn next_turn(last: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
        let last = last?;
        let ends = [
            last.checked_add_days(Days::new(RECENT_DAYS)),
            last.checked_add_months(Months::new(12)),
        ];
        let turns = ends.into_iter().flatten().filter_map(|end| end.succ_opt());
        turns.filter(|turn| *turn > today).min()
    }

    /// The name used in addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NinetyDays => "confirmed-90-days",
            Self::Year => "confirmed-1-year",
            Self::Stale => "stale",
            Self::Never => "never-confirmed",
        }
    }

    /// The words shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NinetyDays => "Confirmed in the last 90 days",
            Self::Year => "Confirmed in the last year",
            Self::Stale => "Confirmed longer ago",
            Self::Never => "Never confirmed",
        }
    }

    /// The freshness of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|freshness| freshness.as_str() == text)
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

    #[test]
    fn day_ninety_is_recent_day_ninety_one_is_not_and_a_year_ends_on_its_day() {
        let last = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
        let after = |days| last.checked_add_days(Days::new(days)).unwrap();
        let of = |today| Freshness::of(Some(last), today);
        assert_eq!(of(last), Freshness::NinetyDays);
        assert_eq!(of(after(90)), Freshness::NinetyDays);
        assert_eq!(of(after(91)), Freshness::Year);
        assert_eq!(of(NaiveDate::from_ymd_opt(2029, 2, 28).unwrap()), Freshness::Year);
        assert_eq!(of(NaiveDate::from_ymd_opt(2029, 3, 1).unwrap()), Freshness::Stale);
        assert_eq!(Freshness::of(None, last), Freshness::Never);
        assert_eq!(Freshness::next_turn(Some(last), last), Some(after(91)));
    }
}
