//! Workforce development partnerships: forums with members, needs and meetings.

use maud::{Markup, html};

use crate::{
    app::{AppError, Snapshot},
    domain::register::{Need, Partnership, Reference},
    web::pages::{
        layout::{Area, Page},
        parts::{
            cited, counted, fictional_tag, marked, marks_in, provenance, register_sources, told_day,
        },
    },
};

/// Every partnership.
pub fn list(snapshot: &Snapshot) -> Markup {
    let forums = &snapshot.reference.partnerships;
    let fictional = forums.iter().any(|forum| forum.provenance.fictional);
    let content = html! {
        div.wrap {
            h1 { "Workforce partnerships" }
            p.lead { "Employers, colleges and training providers of one sector meet to say which skills are missing and to do something about it. A partnership is a forum; it is not itself a provider." }
            ul.cards {
                @for forum in forums {
                    li {
                        div.card {
                            h2 { a href={ "/partnerships/" (forum.slug) } { (forum.name) } }
                            p { (forum.summary) }
                            p.small.soft {
                                (forum.area.join(" and ")) " · "
                                (counted(forum.members.len(), "member known", "members known")) " · "
                                (counted(forum.needs.len(), "need raised", "needs raised"))
                            }
                            @if forum.provenance.fictional { (fictional_tag()) }
                        }
                    }
                }
            }
            @if forums.is_empty() { p { "No partnership is listed yet." } }
        }
    };
    Page::new("Workforce partnerships", Area::Partnerships).fiction(fictional).render(&content)
}

/// One partnership.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such partnership.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let register = &snapshot.reference;
    let forum = register.partnership(slug).ok_or(AppError::NotFound("partnership"))?;
    let content = html! {
        div.wrap {
            h1 { (forum.name) }
            p.lead { (forum.summary) }
            (facts(snapshot, forum))
            (needs(register, forum))
            (members(register, forum))
            (meetings(register, forum))
            (provenance(register, &forum.provenance))
            (register_sources(register, &sources(forum)))
        }
    };
    let fictional = forum.provenance.fictional
        || forum.needs.iter().any(|need| need.provenance.fictional)
        || forum.members.iter().any(|member| member.provenance.fictional);
    Ok(Page::new(&forum.name, Area::Partnerships)
        .below("Workforce partnerships", "/partnerships")
        .about(&forum.summary)
        .fiction(fictional)
        .render(&content))
}

fn facts(snapshot: &Snapshot, forum: &Partnership) -> Markup {
    let words = snapshot.vocabulary();
    let sectors: Vec<&str> = forum.sectors.iter().map(|one| words.sector_label(one)).collect();
    html! {
        dl.wide-facts {
            @if !sectors.is_empty() { div { dt { "Sector" } dd { (sectors.join(", ")) } } }
            @if !forum.area.is_empty() { div { dt { "Area" } dd { (forum.area.join(", ")) } } }
            @if let Some(text) = &forum.facilitator { div { dt { "Meetings run by" } dd { (text) } } }
            @if let Some(text) = &forum.cadence { div { dt { "Meets" } dd { (marked(&snapshot.reference, text)) } } }
        }
    }
}

fn needs(register: &Reference, forum: &Partnership) -> Markup {
    html! {
        h2 id="needs" { "Skills needs raised" }
        @if forum.needs.is_empty() { p { "No need is recorded." } }
        @else { p.no-print { a href={ "/partnerships/" (forum.slug) "/gaps" } { "Which of these needs no course run meets" } } }
        @for need in &forum.needs {
            div.panel id={ "need-" (need.slug) } {
                h3 { (need.title) @if need.provenance.fictional { " " (fictional_tag()) } }
                p { (need.description) }
                p.small.soft { (told(need)) }
                (provenance(register, &need.provenance))
            }
        }
    }
}

/// What is known about a need, in one line; what is not known is left out.
fn told(need: &Need) -> String {
    let mut parts = Vec::new();
    if let Some(text) = &need.evidence {
        parts.push(text.trim_end_matches('.').to_owned());
    }
    if let Some(text) = &need.raised_on {
        parts.push(format!("Raised {}", told_day(text)));
    }
    if !need.soc.is_empty() {
        parts.push(format!("Occupation code (SOC 2020): {}", need.soc.join(", ")));
    }
    match (need.level_from, need.level_to) {
        (Some(from), Some(to)) if from == to => parts.push(format!("Level {from}")),
        (Some(from), Some(to)) => parts.push(format!("Levels {from} to {to}")),
        (Some(level), None) | (None, Some(level)) => parts.push(format!("Level {level}")),
        (None, None) => {}
    }
    parts.join(" · ")
}

fn members(register: &Reference, forum: &Partnership) -> Markup {
    html! {
        h2 id="members" { "Organisations known to have taken part" }
        @if forum.members.is_empty() { p { "None is recorded." } }
        @else {
            p.soft { "Taking part once is not lasting membership." }
            ul.entries {
                @for member in &forum.members {
                    li {
                        strong { (member.organisation) } " "
                        span.tag { (capital(&member.capacity.replace('-', " "))) }
                        @if member.provenance.fictional { " " (fictional_tag()) }
                        (provenance(register, &member.provenance))
                    }
                }
            }
        }
    }
}

fn meetings(register: &Reference, forum: &Partnership) -> Markup {
    html! {
        @if !forum.meetings.is_empty() {
            h2 id="meetings" { "Meetings" }
            ul.entries {
                @for meeting in &forum.meetings {
                    li {
                        strong { (told_day(&meeting.held_on)) @if let Some(place) = &meeting.place { ", " (place) } }
                        @if let Some(text) = &meeting.summary { p { (text) " " (marks(register, &meeting.sources)) } }
                    }
                }
            }
        }
        @if !forum.actions.is_empty() {
            h2 id="actions" { "What it agreed to do" }
            ul.entries {
                @for action in &forum.actions {
                    li {
                        span { (action.text) " " (marks(register, &action.sources)) }
                        @if let Some(note) = &action.status_note { p { (note) } }
                    }
                }
            }
        }
    }
}

fn marks(register: &Reference, sources: &[String]) -> Markup {
    html! {
        @for id in sources {
            @if register.source(id).is_some() { sup.cite { a href={ "#source-" (id) } { (id) } } }
        }
    }
}

fn sources(forum: &Partnership) -> Vec<String> {
    let mut all = cited(&forum.provenance);
    all.extend(forum.cadence.as_deref().map(marks_in).unwrap_or_default());
    all.extend(forum.members.iter().flat_map(|one| cited(&one.provenance)));
    all.extend(forum.needs.iter().flat_map(|one| cited(&one.provenance)));
    all.extend(forum.meetings.iter().flat_map(|one| one.sources.clone()));
    all.extend(forum.actions.iter().flat_map(|one| one.sources.clone()));
    all
}

/// The text with a capital at its start.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
