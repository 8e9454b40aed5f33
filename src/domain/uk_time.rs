//! Days and moments by the clocks of the United Kingdom.
//!
//! Moments are kept in UTC. A day, of a statement, an end, a confirmation or today, is a
//! day as people here read it from the wall: in summer it begins at eleven in the evening
//! UTC. So whoever writes after midnight may say "today".

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::{Europe::London, Tz};

/// A moment, given in UTC, by the clocks of the United Kingdom.
pub fn local(utc: NaiveDateTime) -> DateTime<Tz> {
    utc.and_utc().with_timezone(&London)
}

/// The day of a moment, given in UTC.
pub fn day(utc: NaiveDateTime) -> NaiveDate {
    local(utc).date_naive()
}

/// The moment, in UTC, at which a day begins. The clocks change an hour later, so there is
/// always one.
pub fn beginning(day: NaiveDate) -> NaiveDateTime {
    let midnight = day.and_time(NaiveTime::MIN);
    let found = midnight.and_local_timezone(London).earliest();
    found.map_or(midnight, |found| found.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_on_the_wall_on_both_sides_of_each_change() {
        for (moment, expected) in [
            // The clocks go forward on 29 March 2026, one in the morning.
            ("2026-03-28 23:59:59", "2026-03-28"),
            ("2026-03-29 00:00:00", "2026-03-29"),
            ("2026-03-29 00:59:59", "2026-03-29"),
            ("2026-03-29 01:00:00", "2026-03-29"),
            ("2026-03-29 22:59:59", "2026-03-29"),
            ("2026-03-29 23:00:00", "2026-03-30"),
            ("2026-03-29 23:59:59", "2026-03-30"),
            // They go back on 25 October 2026, two in the morning.
            ("2026-10-24 22:59:59", "2026-10-24"),
            ("2026-10-24 23:00:00", "2026-10-25"),
            ("2026-10-25 00:59:59", "2026-10-25"),
            ("2026-10-25 01:00:00", "2026-10-25"),
            ("2026-10-25 23:59:59", "2026-10-25"),
            ("2026-10-26 00:00:00", "2026-10-26"),
            // Leap days, ends of years and of a century.
            ("2028-02-28 23:59:59", "2028-02-28"),
            ("2028-02-29 00:00:00", "2028-02-29"),
            ("2028-02-29 23:59:59", "2028-02-29"),
            ("2028-03-01 00:00:00", "2028-03-01"),
            ("2026-12-31 23:59:59", "2026-12-31"),
            ("2027-01-01 00:00:00", "2027-01-01"),
            ("2099-12-31 23:59:59", "2099-12-31"),
        ] {
            assert_eq!(day(utc(moment)).to_string(), expected, "{moment}");
        }
    }

    #[test]
    fn every_day_begins_once_and_where_the_day_before_ends() {
        let mut day_of = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        for _ in 0..5 * 366 {
            let begins = beginning(day_of);
            assert_eq!(day(begins), day_of);
            let before = begins - chrono::TimeDelta::microseconds(1);
            assert_eq!(Some(day(before)), day_of.pred_opt());
            day_of = day_of.succ_opt().unwrap();
        }
    }
}
