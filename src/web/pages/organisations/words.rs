//! How the register's dates and words of honour are put: how fresh something is, on
//! whose word it rests, how long ago that was.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    domain::{
        freshness::Freshness,
        register::{Record, Statement, Voice},
    },
    web::pages::parts::day,
};

/// Beyond so many days a distance in time is told in months.
const IN_DAYS: i64 = 120;

/// How long before `today` a day was: `today`, `12 days ago`, `14 months ago`.
pub fn ago(on: NaiveDate, today: NaiveDate) -> String {
    let days = (today - on).num_days();
    match days {
        i64::MIN..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=IN_DAYS => format!("{days} days ago"),
        _ => match days * 12 / 365 {
            months @ ..24 => format!("{months} months ago"),
            months => format!("{} years ago", months / 12),
        },
    }
}

/// How long ago something was, in words, with the day itself.
pub fn ago_on(on: NaiveDate, today: NaiveDate) -> Markup {
    html! { (ago(on, today)) " (" (day(on)) ")" }
}

/// How fresh a record is, in a sentence without its end: `Confirmed 12 days ago`.
pub fn fresh<T>(record: &Record<T>, today: NaiveDate) -> Markup {
    let own = (record.said.voice == Voice::Organisation).then_some(record.said.on);
    html! {
        @match record.last_stood_by() {
            None => { "Never confirmed: " (from(record.said.voice)) }
            Some(on) => {
                @if own == Some(on) { "Confirmed by the organisation itself " } @else { "Confirmed " }
                (ago_on(on, today))
            }
        }
    }
}

/// The label of how fresh something is; more than a year is shown with care.
pub fn fresh_tag<T>(record: &Record<T>, today: NaiveDate) -> Markup {
    let freshness = record.freshness(today);
    let class = match freshness {
        Freshness::NinetyDays | Freshness::Year => "tag",
        Freshness::Stale | Freshness::Never => "tag care",
    };
    html! { span class=(class) { (freshness.label()) } }
}

/// Where something came from that nobody has confirmed.
fn from(voice: Voice) -> &'static str {
    match voice {
        Voice::Organisation => "said by the organisation itself",
        Voice::Partnership => "written down by the partnership",
        Voice::Source => "from a public source",
        Voice::List => "from an imported list",
    }
}

/// Who said something and when, as a sentence.
pub fn told(said: &Statement) -> Markup {
    html! {
        @match said.voice {
            Voice::Organisation => { "Said by the organisation itself on " }
            Voice::Partnership => { "Written down by the partnership on " }
            Voice::Source => { "From a public source, read on " }
            Voice::List => { "From an imported list of " }
        }
        (day(said.on))
        @if let Some(last) = said.until { "; counts until " (day(last)) }
        "."
    }
}

/// Who said a record, when and where it can be read, in small print; for what does not
/// grow stale.
pub fn source<T>(record: &Record<T>) -> Markup {
    html! {
        p.dates {
            (told(&record.said))
            @if let Some(source) = &record.said.source { " Source: " (linked(source)) "." }
        }
    }
}

/// Who said a record, when, how fresh that is and where it can be read, in small print.
pub fn statement<T>(record: &Record<T>, today: NaiveDate) -> Markup {
    html! {
        p.dates {
            (told(&record.said))
            @match record.last_stood_by() {
                None => { " Nobody has confirmed it." }
                Some(on) if on != record.said.on => { " " (fresh(record, today)) "." }
                Some(_) => {}
            }
            @if let Some(source) = &record.said.source { " Source: " (linked(source)) "." }
        }
    }
}

/// A text that may be an address: then as a link to it, printed once.
pub fn linked(text: &str) -> Markup {
    html! {
        @if is_address(text) { a.bare href=(text) rel="external noopener" { (text) } }
        @else { (text.trim_end_matches('.')) }
    }
}

/// A label as it stands inside a sentence.
pub fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whether a text is an address that a page may link to.
pub fn is_address(text: &str) -> bool {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (start.starts_with("https://") || start.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_in_time_is_told_in_days_then_months_then_years() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let before = |days| ago(today - chrono::Duration::days(days), today);
        assert_eq!(before(0), "today");
        assert_eq!(before(1), "yesterday");
        assert_eq!(before(90), "90 days ago");
        assert_eq!(before(91), "91 days ago");
        assert_eq!(before(121), "3 months ago");
        assert_eq!(before(365), "12 months ago");
        assert_eq!(before(800), "2 years ago");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert!(is_address("https://example.org/a"));
        for text in ["javascript:alert(1)", "A report of 2025", "https://a b", "", "é"] {
            assert!(!is_address(text), "{text}");
        }
        assert!(linked("<b>").into_string().contains("&lt;b&gt;"));
    }
}
