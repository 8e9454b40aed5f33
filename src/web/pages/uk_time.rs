//! Moments as people in the United Kingdom read them from a clock on the wall.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::domain::uk_time::local;

/// From when to when, in words and for machines: `12 December 2026, 9:30am to 11am, UK
/// time`. What ends on another day names it.
pub fn span(from: NaiveDateTime, to: Option<NaiveDateTime>) -> Markup {
    let (from, to) = (local(from), to.map(local));
    html! {
        (moment(from, &format!("{}, {}", weekday(from), clock(from))))
        @if let Some(to) = to {
            " to "
            @if to.date_naive() == from.date_naive() { (moment(to, &clock(to))) }
            @else { (moment(to, &format!("{}, {}", weekday(to), clock(to)))) }
        }
        ", UK time"
    }
}

fn moment(at: DateTime<Tz>, words: &str) -> Markup {
    html! { time datetime=(at.format("%Y-%m-%dT%H:%M%:z")) { (words) } }
}

fn weekday(at: DateTime<Tz>) -> String {
    at.format("%A %-d %B %Y").to_string()
}

/// The time as the service's style has it: `9:30am`, `11am`, `midday`, `midnight`.
fn clock(at: DateTime<Tz>) -> String {
    let (half, hour) = at.hour12();
    let half = if half { "pm" } else { "am" };
    match (at.hour(), at.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (_, 0) => format!("{hour}{half}"),
        (_, minute) => format!("{hour}:{minute:02}{half}"),
    }
}

/// A month in words: `December 2026`.
pub fn month(day: NaiveDate) -> String {
    day.format("%B %Y").to_string()
}

/// Whether two days lie in one month.
pub fn same_month(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn told(from: &str, to: Option<&str>) -> String {
        span(utc(from), to.map(utc)).into_string()
    }

    #[test]
    fn summer_time_begins_and_ends_at_one_in_the_morning_utc() {
        let hour = |text| local(utc(text)).hour();
        assert_eq!((hour("2026-03-29 00:59"), hour("2026-03-29 01:00")), (0, 2));
        assert_eq!((hour("2026-10-25 00:59"), hour("2026-10-25 01:00")), (1, 1));
    }

    #[test]
    fn a_span_names_its_second_day_only_where_that_is_another_and_says_uk_time() {
        assert_eq!(
            told("2026-12-12 09:30", Some("2026-12-12 11:00")),
            "<time datetime=\"2026-12-12T09:30+00:00\">Saturday 12 December 2026, 9:30am</time> to \
             <time datetime=\"2026-12-12T11:00+00:00\">11am</time>, UK time"
        );
        let week = told("2026-06-01 08:00", Some("2026-06-05 16:00"));
        assert!(week.contains("Monday 1 June 2026, 9am</time> to "), "{week}");
        assert!(week.contains("T17:00+01:00\">Friday 5 June 2026, 5pm</time>"), "{week}");
        assert!(told("2026-12-12 12:00", None).contains("midday</time>, UK time"));
    }
}
