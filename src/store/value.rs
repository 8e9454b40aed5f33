//! Values on their way between domain and columns.

use chrono::{NaiveDateTime, SubsecRound};

use crate::domain::slug::Slug;
use crate::store::StoreError;

/// Cuts a time to whole microseconds: SQLite would keep what PostgreSQL drops.
pub(super) fn micros(at: NaiveDateTime) -> NaiveDateTime {
    at.trunc_subsecs(6)
}

/// A name as it was stored; anything else is a damaged database.
pub(super) fn slug(text: &str) -> Result<Slug, StoreError> {
    Slug::parse(text).map_err(|error| StoreError::from(error).about(format_args!("{text:?}")))
}

/// The place of the entry `at` in a list, as a column holds it.
pub(super) fn position(at: usize) -> i32 {
    // A list of two milliards of entries does not fit into memory.
    i32::try_from(at).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, Timelike};

    use super::*;

    #[test]
    fn a_time_is_cut_not_rounded() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let at = day.and_hms_nano_opt(9, 30, 0, 123_456_999).unwrap();
        assert_eq!(micros(at).nanosecond(), 123_456_000);
    }

    #[test]
    fn a_stored_name_that_is_none_is_a_damaged_database() {
        assert!(slug("care-leavers").is_ok());
        assert!(matches!(slug("Care Leavers"), Err(StoreError::Corrupt(_))));
    }
}
