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

/// Sorts codes as people count: `E2` before `E10`.
pub(super) fn counted(code: &str) -> (&str, u64, &str) {
    let (letters, rest) =
        code.split_at(code.find(|c: char| c.is_ascii_digit()).unwrap_or(code.len()));
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..digits).and_then(|digits| digits.parse().ok());
    // The whole code last, so that two codes are equal only if they are the same.
    (letters, number.unwrap_or(0), code)
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
    fn codes_stand_in_the_order_of_counting() {
        let mut codes = ["S12", "S2", "E10", "S2a", "S", "E9", "S02", "99999999999999999999"];
        codes.sort_by_key(|code| counted(code));
        assert_eq!(codes, ["99999999999999999999", "E9", "E10", "S", "S02", "S2", "S2a", "S12"]);
    }

    #[test]
    fn a_stored_name_that_is_none_is_a_damaged_database() {
        assert!(slug("care-leavers").is_ok());
        assert!(matches!(slug("Care Leavers"), Err(StoreError::Corrupt(_))));
    }
}
