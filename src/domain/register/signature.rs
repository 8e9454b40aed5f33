//! An organisation's year under the charter.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::{
    register::{Body, Ending, RecordKind},
    slug::Slug,
};

/// So many days before its last day a year is due for renewal.
pub const DAYS_BEFORE_RENEWAL: u64 = 60;

words! {
    /// Where a signature stands on a day.
    SignatureState {
        /// Its year has not begun.
        Upcoming = "upcoming", "Not begun";
        /// Its year runs.
        Live = "live", "Live";
        /// Its year runs out within 60 days.
        DueForRenewal = "due-for-renewal", "Due for renewal";
        /// Its year is over.
        Lapsed = "lapsed", "Lapsed";
        /// It was taken back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// One year of commitment to the charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The organisation.
    pub organisation: Slug,
    /// The charter.
    pub charter: Slug,
    /// The charter's version that was signed.
    pub charter_version: String,
    /// First day of the year.
    pub starts_on: NaiveDate,
    /// Last day of the year.
    pub ends_on: NaiveDate,
    /// The day it was agreed inside the organisation.
    pub agreed_on: Option<NaiveDate>,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
    /// The day it was made public.
    pub published_on: Option<NaiveDate>,
    /// How it was approved, such as `cabinet decision`.
    pub approval_route: Option<String>,
}

/// The last day of the year that begins on a day.
///
/// A year that begins on 29 February ends on 28 February.
pub fn last_day_of_year_from(first: NaiveDate) -> NaiveDate {
    let next = NaiveDate::from_ymd_opt(first.year() + 1, first.month(), first.day());
    // 29 February of a common year: the day after the 28th.
    let next = next.or_else(|| NaiveDate::from_ymd_opt(first.year() + 1, 3, 1));
    next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
}

impl Signature {
    /// Where it stands on a day.
    pub fn state(&self, ended: Option<&Ending>, day: NaiveDate) -> SignatureState {
        let renewal = self.ends_on.checked_sub_days(Days::new(DAYS_BEFORE_RENEWAL));
        if ended.is_some_and(|ending| ending.on <= day) {
            SignatureState::Withdrawn
        } else if day < self.starts_on {
            SignatureState::Upcoming
        } else if day > self.ends_on {
            SignatureState::Lapsed
        } else if renewal.is_some_and(|from| day >= from) {
            SignatureState::DueForRenewal
        } else {
            SignatureState::Live
        }
    }

    /// Whether two years of one organisation share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.organisation == other.organisation
            && self.charter == other.charter
            && self.starts_on <= other.ends_on
            && other.starts_on <= self.ends_on
    }
}

impl Body for Signature {
    const KIND: RecordKind = RecordKind::Signature;

    fn owner(&self) -> Option<&Slug> {
        Some(&self.organisation)
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.organisation.as_str(), &self.starts_on.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn signature(starts_on: NaiveDate) -> Signature {
        Signature {
            organisation: Slug::parse("brook-bakery").unwrap(),
            charter: Slug::parse("charter").unwrap(),
            charter_version: "1".to_owned(),
            starts_on,
            ends_on: last_day_of_year_from(starts_on),
            agreed_on: None,
            signed_on: None,
            published_on: None,
            approval_route: None,
        }
    }

    #[test]
    fn a_year_ends_the_day_before_it_would_begin_again() {
        assert_eq!(last_day_of_year_from(day(2026, 1, 24)), day(2027, 1, 23));
        assert_eq!(last_day_of_year_from(day(2026, 1, 1)), day(2026, 12, 31));
        assert_eq!(last_day_of_year_from(day(2028, 2, 29)), day(2029, 2, 28));
        assert_eq!(last_day_of_year_from(day(2027, 3, 1)), day(2028, 2, 29));
    }

    #[test]
    fn it_lives_through_its_last_day_and_is_due_sixty_days_before() {
        let year = signature(day(2026, 1, 24));
        let state = |on| year.state(None, on);
        assert_eq!(state(day(2026, 1, 23)), SignatureState::Upcoming);
        assert_eq!(state(day(2026, 1, 24)), SignatureState::Live);
        assert_eq!(state(day(2026, 11, 23)), SignatureState::Live);
        assert_eq!(state(day(2026, 11, 24)), SignatureState::DueForRenewal);
        assert_eq!(state(day(2027, 1, 23)), SignatureState::DueForRenewal);
        assert_eq!(state(day(2027, 1, 24)), SignatureState::Lapsed);
        let ending = Ending { on: day(2026, 6, 1), reason: None };
        assert_eq!(year.state(Some(&ending), day(2026, 5, 31)), SignatureState::Live);
        assert_eq!(year.state(Some(&ending), day(2026, 6, 1)), SignatureState::Withdrawn);
    }

    #[test]
    fn years_that_follow_each_other_do_not_overlap() {
        let (first, next) = (signature(day(2026, 1, 24)), signature(day(2027, 1, 24)));
        assert!(!first.overlaps(&next) && !next.overlaps(&first));
        assert!(first.overlaps(&signature(day(2027, 1, 23))));
    }
}
