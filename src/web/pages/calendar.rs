//! The calendar as a file that calendars subscribe to: iCalendar (RFC 5545).
//!
//! Lines end with CRLF and are folded at 75 octets, never within a character. What is
//! called off stays, as cancelled, so that whoever subscribed learns of it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    app::{AppState, Refusal, Snapshot, calendar, guidance},
    domain::{
        calendar::{Entry, EntryKind, When},
        slug::Slug,
        table::marked,
    },
    web::{pages::layout::SERVICE, problem::Problem, query::Query},
};

/// A line has so many octets, without its end.
const MOST_OCTETS: usize = 75;

/// The calendar's address.
pub const ADDRESS: &str = "/calendar.ics";

/// The routes of the calendar.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route(ADDRESS, web::get().to(answer));
}

async fn answer(app: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let snapshot = app.snapshot();
    let wanted = wanted(&request, &snapshot)?;
    let entries = calendar::calendar(&app, &wanted).await?;
    let book = Book { site: site(&request), register: register(&snapshot), snapshot: &snapshot };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::CONTENT_DISPOSITION, "inline; filename=\"pathways.ics\""))
        .content_type("text/calendar; charset=utf-8")
        .body(book.written(&entries)))
}

/// The name of the register, for names that no other has: that of its charter.
pub fn register(snapshot: &Snapshot) -> &str {
    snapshot.reference.charter.as_ref().map_or("register", |charter| &charter.slug)
}

/// The address of this service as the reader has it, if it is one.
fn site(request: &HttpRequest) -> Option<String> {
    let connection = request.connection_info();
    let (scheme, host) = (connection.scheme(), connection.host());
    let odd = |c: char| !(c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    let sane = matches!(scheme, "http" | "https") && !host.is_empty() && !host.contains(odd);
    sane.then(|| format!("{scheme}://{host}"))
}

fn wanted(request: &HttpRequest, snapshot: &Snapshot) -> Result<calendar::Wanted, Problem> {
    let mut query = Query::read(request.query_string())?;
    let kinds: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let groups = snapshot.vocabulary().cohorts.iter();
    let groups: Vec<&str> = groups.map(|cohort| cohort.label.slug.as_str()).collect();
    let forums = snapshot.reference.partnerships.iter();
    let forums: Vec<&str> = forums.map(|forum| forum.slug.as_str()).collect();
    let kinds = known(&mut query, "kind", &kinds);
    let cohorts = known(&mut query, "cohort", &groups);
    let partnerships = known(&mut query, "partnership", &forums);
    query.finish()?;
    let slugs = |values: Vec<String>| values.iter().filter_map(|v| Slug::parse(v).ok()).collect();
    Ok(calendar::Wanted {
        kinds: kinds.iter().filter_map(|kind| EntryKind::parse(kind)).collect(),
        cohorts: slugs(cohorts),
        partnerships: slugs(partnerships),
    })
}

/// The values of a parameter; what is none of those known is refused, with the nearest.
fn known(query: &mut Query, name: &'static str, known: &[&str]) -> Vec<String> {
    let values = query.every(name);
    for value in &values {
        if !known.contains(&value.as_str()) {
            let near = guidance::nearest(value, known.iter().copied());
            let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
            let message = format!("There is no such {name}.{hint}");
            query.refuse(Refusal { field: name.to_owned(), code: "unknown-value", message });
        }
    }
    values
}

/// What a calendar is written with.
struct Book<'a> {
    site: Option<String>,
    register: &'a str,
    snapshot: &'a Snapshot,
}

impl Book<'_> {
    fn written(&self, entries: &[Entry]) -> String {
        let mut out = Lines::default();
        out.line("BEGIN:VCALENDAR");
        out.line("VERSION:2.0");
        out.line("PRODID:-//Pathways//Calendar//EN");
        out.line("CALSCALE:GREGORIAN");
        for name in ["NAME", "X-WR-CALNAME"] {
            out.text(name, &format!("{SERVICE}: events and dates"));
        }
        out.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        out.line("X-PUBLISHED-TTL:PT6H");
        for entry in entries {
            self.entry(entry, &mut out);
        }
        if entries.is_empty() {
            // A calendar has at least one part.
            UK_TIME.lines().for_each(|line| out.line(line));
        }
        out.line("END:VCALENDAR");
        out.0
    }

    fn entry(&self, entry: &Entry, out: &mut Lines) {
        out.line("BEGIN:VEVENT");
        let (kind, name, register) = (entry.kind, &entry.name, self.register);
        out.line(&format!("UID:{kind}-{name}@{register}.pathways"));
        out.line(&format!("DTSTAMP:{}", moment(entry.written_at)));
        out.line(&format!("LAST-MODIFIED:{}", moment(entry.written_at)));
        out.line(&format!("SEQUENCE:{}", entry.version.saturating_sub(1).max(0)));
        match entry.when {
            When::Day(on) => {
                out.line(&format!("DTSTART;VALUE=DATE:{}", day(on)));
                // The end is the first day that is none of it.
                let next = on.succ_opt().unwrap_or(on);
                out.line(&format!("DTEND;VALUE=DATE:{}", day(next)));
                out.line("TRANSP:TRANSPARENT");
            }
            When::Time(from, to) => {
                out.line(&format!("DTSTART:{}", moment(from)));
                // An end that is the beginning is none.
                if let Some(to) = to.filter(|to| *to > from) {
                    out.line(&format!("DTEND:{}", moment(to)));
                }
            }
        }
        out.text("SUMMARY", &marked(&entry.title, entry.fictional));
        if let Some(about) = &entry.about {
            out.text("DESCRIPTION", about);
        }
        if let Some(place) = &entry.place {
            out.text("LOCATION", place);
        }
        let words = self.snapshot.vocabulary();
        let groups = entry.cohorts.iter().map(|slug| words.cohort_label(slug));
        let categories = std::iter::once(kind.label()).chain(groups).map(escaped);
        out.line(&format!("CATEGORIES:{}", categories.collect::<Vec<_>>().join(",")));
        if let Some(site) = &self.site {
            out.line(&format!("URL:{site}{}", entry.path));
        }
        let off = if entry.called_off { "CANCELLED" } else { "CONFIRMED" };
        out.line(&format!("STATUS:{off}"));
        out.line("END:VEVENT");
    }
}

/// Time in the United Kingdom, as a part that changes nothing.
const UK_TIME: &str = "BEGIN:VTIMEZONE\nTZID:Europe/London\n\
    BEGIN:DAYLIGHT\nDTSTART:19810329T010000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n\
    TZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nTZNAME:BST\nEND:DAYLIGHT\n\
    BEGIN:STANDARD\nDTSTART:19961027T020000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n\
    TZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nTZNAME:GMT\nEND:STANDARD\nEND:VTIMEZONE";

/// Lines of a calendar.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line, folded where it is too long.
    fn line(&mut self, text: &str) {
        let mut octets = 0;
        for c in text.chars() {
            if octets + c.len_utf8() > MOST_OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }
}

/// A text as a value; characters that a calendar does not have are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

fn moment(utc: NaiveDateTime) -> String {
    utc.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut letters = text.chars();
        while let Some(c) = letters.next() {
            match (c, (c == '\\').then(|| letters.next()).flatten()) {
                (_, Some('n')) => out.push('\n'),
                (_, Some(other)) => out.push(other),
                (c, None) => out.push(c),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn a_text_comes_back_from_its_folded_lines(text in "[\\PC\\n;,\\\\éß漢🙂]{0,300}") {
            let mut lines = Lines::default();
            lines.text("SUMMARY", &text);
            prop_assert!(lines.0.ends_with("\r\n"));
            let physical: Vec<&str> = lines.0.trim_end_matches("\r\n").split("\r\n").collect();
            for (nth, line) in physical.iter().enumerate() {
                prop_assert!(line.len() <= MOST_OCTETS, "{} octets", line.len());
                prop_assert_eq!(nth > 0, line.starts_with(' ') && nth > 0);
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = lines.0.replace("\r\n ", "").replace("\r\n", "");
            let value = unfolded.strip_prefix("SUMMARY:").unwrap();
            prop_assert_eq!(unescaped(value), text);
        }
    }
}
