//! One organisation: everything that may be shown of it, each with who said it and when.

use maud::{Markup, html};

use super::{
    facts, hiring, pledges, services,
    words::{fresh, fresh_tag, statement},
};
use crate::{
    app::{Snapshot, profile::Profile},
    web::pages::{
        events,
        layout::{Area, Page},
        parts::{counted, day, fictional_tag},
    },
};

/// The page of an organisation, as it is or as it was on a day.
pub fn page(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let record = &profile.organisation;
    let brought = snapshot.feed.brought(&record.slug);
    let content = html! {
        div.wrap {
            article {
                (then(profile))
                (head(snapshot, profile))
                div.reading {
                    div.aside { div.sticky { (contents(profile, if profile.past { 0 } else { brought.len() })) } }
                    div.body {
                        section aria-labelledby="about" {
                            h2 id="about" { "What it is and where" }
                            (facts::glance(snapshot, &record.body))
                            (statement(record, profile.day))
                        }
                        (facts::contact(profile))
                        (hiring::postures(snapshot, profile))
                        (hiring::openings(snapshot, profile))
                        (pledges::section(snapshot, profile))
                        (facts::recognitions(snapshot, profile))
                        @if !profile.past { (services::section(&brought)) }
                        (events(profile))
                        (case_studies(profile))
                        (more(profile))
                    }
                }
            }
        }
    };
    let name = &record.body.name;
    let title = if profile.past {
        format!("{name} on {}", profile.day.format("%-d %B %Y"))
    } else {
        name.clone()
    };
    Page::new(title, Area::Organisations)
        .within("Organisation")
        .below("Organisations", "/organisations")
        .about(record.body.description.as_deref().unwrap_or(name))
        .fiction(fictional(profile))
        .render(&content)
}

/// Whether anything on the page was invented.
fn fictional(profile: &Profile) -> bool {
    profile.organisation.fictional
        || profile.years.iter().any(|year| {
            year.signature.fictional || year.pledges.iter().any(|one| one.record.fictional)
        })
        || profile.postures.iter().any(|one| one.fictional)
        || profile.openings.iter().any(|one| one.record.fictional)
        || profile.events.iter().any(|one| one.fictional)
        || profile.case_studies.iter().any(|one| one.fictional)
}

/// Says that this is not the present.
fn then(profile: &Profile) -> Markup {
    let slug = &profile.organisation.slug;
    html! {
        @if profile.past {
            div.box.care role="note" {
                p {
                    strong { "This is how it stood on " (day(profile.day)) ", not today." }
                    " " a href={ "/organisations/" (slug) } { "See how it stands today" } "."
                }
            }
        }
    }
}

fn head(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let (record, today) = (&profile.organisation, profile.day);
    let body = &record.body;
    let sector = body.sector.as_ref().map(|slug| snapshot.vocabulary().sector_label(slug));
    html! {
        h1 { (body.name) }
        @if let Some(text) = &body.description { p.lead { (text) } }
        ul.tags {
            li { span.tag { (body.kind.label()) } }
            @if let Some(label) = sector { li { span.tag { (label) } } }
            li { (fresh_tag(record, today)) }
            @if record.fictional { li { (fictional_tag()) } }
        }
        p { (fresh(record, today)) "." }
        @if let Some(ending) = record.ended.as_ref().filter(|ending| ending.on <= today) {
            div.box.care role="note" {
                p { strong { "This entry ended on " (day(ending.on)) "." } " It is kept for its history; what it says no longer counts." }
            }
        }
        @if let Some(last) = record.said.until.filter(|last| *last < today) {
            div.box.care role="note" { p { strong { "What is said here counted until " (day(last)) "." } " It has not been said anew since." } }
        }
    }
}

/// The parts of the page, with what is in them.
fn contents(profile: &Profile, services: usize) -> Markup {
    let live = profile.years.iter().flat_map(|year| &year.pledges).filter(|one| one.live).count();
    let open = profile.openings.iter().filter(|one| one.state.as_str() == "open").count();
    let said = profile.postures.iter().filter(|one| one.counts_on(profile.day)).count();
    let parts = [
        ("about", "What it is and where".to_owned()),
        ("contact", "How to reach it".to_owned()),
        ("postures", format!("What it says about hiring ({})", counted(said, "group", "groups"))),
        ("openings", format!("Work on offer ({open} open)")),
        ("pledges", format!("Pledges ({live} live)")),
        ("recognitions", "Badges and accreditations".to_owned()),
    ];
    let rest = [
        ("services", "Services it offers", services),
        ("events", "Events", profile.events.len()),
        ("case-studies", "Case studies", profile.case_studies.len()),
    ];
    html! {
        nav.onpage aria-label="On this page" {
            h2 { "On this page" }
            ul {
                @for (id, label) in parts { li { a href={ "#" (id) } { (label) } } }
                @for (id, label, count) in rest {
                    @if count > 0 { li { a href={ "#" (id) } { (label) " (" (count) ")" } } }
                }
            }
        }
    }
}

fn events(profile: &Profile) -> Markup {
    html! {
        @if !profile.events.is_empty() {
            section aria-labelledby="events" {
                h2 id="events" { "Events it holds" }
                ul.entries {
                    @for one in &profile.events { li { (events::entry(one, None, profile.day)) } }
                }
            }
        }
    }
}

fn case_studies(profile: &Profile) -> Markup {
    html! {
        @if !profile.case_studies.is_empty() {
            section aria-labelledby="case-studies" {
                h2 id="case-studies" { "Case studies" }
                ul.entries {
                    @for one in &profile.case_studies {
                        li {
                            a.to href={ "/case-studies/" (one.slug) } { (one.body.title) }
                            @if one.fictional { " " (fictional_tag()) }
                            p { (one.body.summary) }
                        }
                    }
                }
            }
        }
    }
}

fn more(profile: &Profile) -> Markup {
    let slug = &profile.organisation.slug;
    html! {
        @if profile.left_out > 0 {
            p.soft { "There is more than one page can show: " (profile.left_out) " further records are left out here." }
        }
        p { a href={ "/organisations/" (slug) "/history" } { "What was said before: the history of this entry" } }
    }
}
