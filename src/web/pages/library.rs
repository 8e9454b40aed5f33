//! Guides and toolkits of other people: our summary, their link, how far to rely on it.

use maud::{Markup, html};

use crate::{
    app::{AppError, Snapshot},
    domain::guidance::{LibraryEntry, LibraryStatus},
    web::pages::{
        layout::{Area, Page},
        parts::{away, counted, dates, day, stale_banner},
    },
};

/// Every guide, by the group it is about.
pub fn list(snapshot: &Snapshot) -> Markup {
    let words = snapshot.vocabulary();
    let general: Vec<&LibraryEntry> =
        snapshot.library().iter().filter(|entry| entry.cohorts.is_empty()).collect();
    let content = html! {
        div.wrap {
            h1 { "Guides by others" }
            p.lead {
                (counted(snapshot.library().len(), "guide", "guides"))
                " that we have read, with our own summary of each and a word on how far it can be relied on."
            }
            p { "Looking for something particular? " a href="/search?kind=library" { "Search and filter these guides" } "." }
            @for cohort in &words.cohorts {
                (group(&cohort.label.label, snapshot.library().iter().filter(|entry| entry.cohorts.contains(&cohort.label.slug)).collect()))
            }
            (group("For any group", general))
        }
    };
    Page::new("Guides by others", Area::Library).render(&content)
}

fn group(label: &str, entries: Vec<&LibraryEntry>) -> Markup {
    html! {
        @if !entries.is_empty() {
            div.stage {
                div { h2 { (label) } p.aim { (counted(entries.len(), "guide", "guides")) } }
                ul.entries {
                    @for entry in entries {
                        li {
                            a.to href={ "/library/" (entry.slug) } { (entry.title) }
                            p {
                                (entry.publisher)
                                @if let Some(published) = &entry.published { ", " (published) }
                                @if entry.status != LibraryStatus::Current { " " (status(entry.status)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn status(status: LibraryStatus) -> Markup {
    let class = match status {
        LibraryStatus::Current => "tag",
        LibraryStatus::Dated | LibraryStatus::Unconfirmed => "tag care",
        LibraryStatus::Superseded => "tag alarm",
    };
    html! { span class=(class) { (status.label()) } }
}

/// One guide.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such guide.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let entry = snapshot.library_entry(slug)?;
    let content = html! {
        div.wrap {
            h1 { (entry.title) }
            p.lead { "By " (entry.publisher) @if let Some(when) = &entry.published { ", " (when) } }
            p.tags { (status(entry.status)) }
            (stale_banner(entry.dates, snapshot.today))
            div.measure {
                @if let Some(note) = &entry.status_note { div.box.care { p { (note) } } }
                p { (entry.summary) }
                p { (away(&entry.url, "Open it on its publisher’s site")) }
            }
            (facts(snapshot, entry))
            p.dates { (dates(entry.dates)) ". The summary is ours; the guide is theirs." }
        }
    };
    Ok(Page::new(&entry.title, Area::Library)
        .within("Guides by others")
        .below("Guides by others", "/library")
        .about(&entry.summary)
        .render(&content))
}

fn facts(snapshot: &Snapshot, entry: &LibraryEntry) -> Markup {
    let words = snapshot.vocabulary();
    let cohorts: Vec<&str> = entry.cohorts.iter().map(|one| words.cohort_label(one)).collect();
    let cohorts = if cohorts.is_empty() { "Any group".to_owned() } else { cohorts.join(", ") };
    let topics: Vec<&str> = entry.topics.iter().map(|one| words.topic_label(one)).collect();
    let stages: Vec<&str> = entry.stages.iter().map(|stage| stage.label()).collect();
    let audience: Vec<&str> = entry.audience.iter().map(|one| words.audience_label(one)).collect();
    let rows = [
        ("Who it is about", cohorts),
        ("Stages of hiring", stages.join(", ")),
        ("Topics", topics.join(", ")),
        ("Written for", audience.join(", ")),
        ("Format", words.format_label(&entry.format).to_owned()),
        ("Applies in", entry.jurisdiction.clone()),
    ];
    let source = snapshot.reference.source(&entry.source);
    html! {
        dl.wide-facts {
            @for (term, text) in rows {
                @if !text.is_empty() { div { dt { (term) } dd { (text) } } }
            }
            div { dt { "We last checked" } dd { (day(entry.dates.as_of)) } }
            @if let Some(source) = source {
                div {
                    dt { "Our record rests on" }
                    dd {
                        @match &source.url { Some(url) => { (away(url, &source.title)) } None => { (source.title) } }
                    }
                }
            }
        }
    }
}
