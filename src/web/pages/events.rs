//! Events: meetings, seminars, visits and campaigns, in UK time.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    app::{
        Snapshot,
        profile::{Diary, Named, Window},
    },
    domain::{
        register::{Event, Record},
        uk_time,
    },
    web::pages::{
        calendar,
        layout::{Area, Page},
        organisations::words::{linked, source},
        parts::fictional_tag,
        uk_time::{month, same_month, span},
    },
};

/// Events to come first, then those that are over, by month.
pub fn list(diary: &Diary, window: Window, today: NaiveDate) -> Markup {
    let all = || diary.coming.iter().chain(&diary.past);
    let content = html! {
        div.wrap {
            h1 { @match window { Window::Now => "Events", Window::Before(day) => { "Events before " (words(day)) } } }
            @if window == Window::Now {
                p.lead { "The HR network, seminars, visits, campaigns, and the partnerships’ meetings. Times are UK time." }
                p { a href=(calendar::ADDRESS) { "Subscribe to the calendar" } ": events, meetings and closing dates, for any calendar that reads iCalendar." }
                section aria-labelledby="coming" {
                    h2 id="coming" { "Coming" }
                    @if diary.coming.is_empty() { p { "Nothing is announced at present." } }
                    (by_month(&diary.coming, today))
                }
            }
            @if !diary.past.is_empty() || window != Window::Now {
                section aria-labelledby="past" {
                    h2 id="past" { "Past" }
                    @if diary.past.is_empty() { p { "Nothing is recorded for this year." } }
                    (by_month(&diary.past, today))
                }
            }
            @if let Some(first) = diary.earlier { p { a href={ "/events?before=" (first) } { "Earlier events" } } }
            @if window != Window::Now { p { a href="/events" { "Events to come" } } }
        }
    };
    let title = match window {
        Window::Now => "Events".to_owned(),
        Window::Before(day) => format!("Events before {}", words(day)),
    };
    Page::new(title, Area::Events)
        .about("Events of the partnership, to come and past, in UK time.")
        .fiction(all().any(|one| one.record.fictional))
        .render(&content)
}

fn words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn by_month(events: &[Named<Event>], today: NaiveDate) -> Markup {
    let day = |one: &Named<Event>| uk_time::day(one.record.body.starts_at);
    let months = events.chunk_by(|one, other| same_month(day(one), day(other)));
    html! {
        @for some in months {
            div.stage {
                div { h3 { (some.first().map(|one| month(day(one))).unwrap_or_default()) } }
                ul.entries { @for one in some { li { (entry(&one.record, one.owner.as_deref(), today)) } } }
            }
        }
    }
}

/// Whether an event was called off before it was over.
fn called_off(event: &Record<Event>, today: NaiveDate) -> bool {
    let last = uk_time::day(event.body.ends_at.unwrap_or(event.body.starts_at));
    event.ended.as_ref().is_some_and(|ending| ending.on <= today && ending.on <= last)
}

/// An event in a list.
pub fn entry(event: &Record<Event>, owner: Option<&str>, today: NaiveDate) -> Markup {
    let body = &event.body;
    let by = body.host.as_deref().or(owner);
    html! {
        a.to href={ "/events/" (event.slug) } { (body.title) }
        p { (span(body.starts_at, body.ends_at)) }
        p {
            (body.kind.label())
            @if let Some(place) = &body.place { " · " (place) }
            @if let Some(by) = by { " · host: " (by) }
        }
        @if called_off(event, today) || event.fictional {
            ul.tags {
                @if called_off(event, today) { li { span.tag.alarm { "Called off" } } }
                @if event.fictional { li { (fictional_tag()) } }
            }
        }
    }
}

/// One event.
pub fn page(snapshot: &Snapshot, event: &Named<Event>, today: NaiveDate) -> Markup {
    let (record, body) = (&event.record, &event.record.body);
    let words = snapshot.vocabulary();
    let groups: Vec<&str> = body.cohorts.iter().map(|slug| words.cohort_label(slug)).collect();
    let over = uk_time::day(body.ends_at.unwrap_or(body.starts_at)) < today;
    let content = html! {
        div.wrap {
            h1 { (body.title) }
            p.lead { (body.summary) }
            ul.tags {
                li { span.tag { (body.kind.label()) } }
                @if over { li { span.tag { "Over" } } }
                @if called_off(record, today) { li { span.tag.alarm { "Called off" } } }
                @if record.fictional { li { (fictional_tag()) } }
            }
            dl.wide-facts {
                div { dt { "When" } dd { (span(body.starts_at, body.ends_at)) } }
                div { dt { "Where" } dd { (place(body)) } }
                div { dt { "Held by" } dd { (host(event)) } }
                @if !groups.is_empty() { div { dt { "About" } dd { (groups.join("; ")) } } }
                @if let Some(url) = &body.url { div { dt { "Read more or book" } dd { (linked(url)) } } }
            }
            @if !over { p { a href=(calendar::ADDRESS) { "Subscribe to the calendar" } " of events, meetings and closing dates." } }
            (source(record))
        }
    };
    let when = words_of(body);
    Page::new(&body.title, Area::Events)
        .within(format!("Event on {when}"))
        .below("Events", "/events")
        .about(&body.summary)
        .fiction(record.fictional)
        .render(&content)
}

fn words_of(body: &Event) -> String {
    words(uk_time::day(body.starts_at))
}

fn place(body: &Event) -> String {
    let parts = [body.place.as_deref(), body.postcode.as_deref()];
    let known: Vec<&str> = parts.into_iter().flatten().collect();
    if known.is_empty() { "Not stated".to_owned() } else { known.join(", ") }
}

fn host(event: &Named<Event>) -> Markup {
    let body = &event.record.body;
    html! {
        @match (&body.host, &body.organisation, &event.owner) {
            (Some(host), Some(slug), Some(name)) if host == name => { a href={ "/organisations/" (slug) } { (name) } }
            (Some(host), Some(slug), Some(name)) => { (host) ", at " a href={ "/organisations/" (slug) } { (name) } }
            (None, Some(slug), Some(name)) => { a href={ "/organisations/" (slug) } { (name) } }
            (Some(host), ..) => { (host) }
            (None, ..) => { "Not stated" }
        }
    }
}
