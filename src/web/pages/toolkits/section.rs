//! A section: the text, what to check today, its dates, sources and neighbours.
//!
//! The text brings its own anchors; the page's own have an underscore, or are
//! among those that the text never uses.

use maud::{Markup, PreEscaped, html};

use crate::{
    app::{AppError, Snapshot},
    domain::guidance::{Citation, Section, Toolkit},
    web::pages::{
        layout::{Area, Page},
        parts::{away, citations, day, legal_tag, stale_banner, stale_tag},
    },
};

/// The page of a section.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such toolkit or section.
pub fn page(snapshot: &Snapshot, toolkit: &str, slug: &str) -> Result<Markup, AppError> {
    let (toolkit, section) = snapshot.section(toolkit, slug)?;
    let content = html! {
        div.wrap {
            article {
                (head(snapshot, section))
                div.reading {
                    div.aside { div.sticky { (aside(toolkit, section)) } }
                    div.body {
                        div.prose { (PreEscaped(&section.html)) }
                        (actions(snapshot, section))
                        (sources(toolkit, section))
                        (neighbours(toolkit, section))
                    }
                }
            }
        }
    };
    Ok(Page::new(&section.title, Area::Toolkits)
        .within(snapshot.vocabulary().cohort_label(&toolkit.cohort))
        .below("Toolkits", "/toolkits")
        .below(&toolkit.title, format!("/toolkits/{}", toolkit.slug))
        .about(&section.summary)
        .render(&content))
}

fn head(snapshot: &Snapshot, section: &Section) -> Markup {
    html! {
        h1 { (section.title) }
        p.lead { (section.summary) }
        ul.tags {
            li { span.tag { (section.stage.label()) } }
            @if section.format != *"guide" {
                li { span.tag { (snapshot.vocabulary().format_label(&section.format)) } }
            }
            @if section.legal { li { (legal_tag()) } }
            @if section.dates.is_stale(snapshot.today) { li { (stale_tag()) } }
        }
        (stale_banner(section.dates, snapshot.today))
    }
}

fn aside(toolkit: &Toolkit, section: &Section) -> Markup {
    let headings: Vec<(&str, &str)> = section
        .passages
        .iter()
        .filter_map(|passage| Some((passage.heading.as_deref()?, passage.anchor.as_str())))
        .collect();
    html! {
        (official(toolkit, section))
        dl.facts {
            div { dt { "As of" } dd { (day(section.dates.as_of)) } }
            div { dt { "Review by" } dd { (day(section.dates.review_by)) } }
            div { dt { "Kind of text" } dd { "Guidance, not legal advice" } }
        }
        @if headings.len() > 1 {
            nav.onpage aria-label="On this page" {
                h2 { "On this page" }
                ul {
                    @for (heading, anchor) in headings { li { a href={ "#" (anchor) } { (heading) } } }
                    @if !section.sources.is_empty() { li { a href="#sources" { "Sources" } } }
                }
            }
        }
    }
}

/// The official page to look at today.
pub(super) fn official(toolkit: &Toolkit, section: &Section) -> Markup {
    let source = section.official.as_deref().and_then(|id| toolkit.source(id));
    html! {
        @if let Some(source) = source {
            div.box {
                h2 { "Check today" }
                p { (away(&source.url, &source.title)) span.soft { " (" (source.publisher) ")" } }
            }
        }
    }
}

/// Charter actions that the section helps deliver.
fn actions(snapshot: &Snapshot, section: &Section) -> Markup {
    let actions: Vec<_> =
        section.actions.iter().filter_map(|code| snapshot.reference.action(code)).collect();
    html! {
        @if !actions.is_empty() {
            div.panel {
                h2 id="part_actions" { "Charter actions this helps you deliver" }
                ul {
                    @for action in actions {
                        li { a href={ "/charter/actions/" (action.code) } { (action.code) ": " (action.label) } }
                    }
                }
            }
        }
    }
}

pub(super) fn sources(toolkit: &Toolkit, section: &Section) -> Markup {
    let cited: Vec<&Citation> =
        section.sources.iter().filter_map(|id| toolkit.source(id)).collect();
    html! { @if !cited.is_empty() { (citations(cited.into_iter())) } }
}

fn neighbours(toolkit: &Toolkit, section: &Section) -> Markup {
    let at = toolkit.sections.iter().position(|one| one.slug == section.slug);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| toolkit.sections.get(at));
    let after = at.and_then(|at| toolkit.sections.get(at + 1));
    html! {
        nav.step-nav aria-label="Previous and next section" {
            @if let Some(before) = before {
                a rel="prev" href={ "/toolkits/" (toolkit.slug) "/" (before.slug) } {
                    span.way { "Previous" } (before.title)
                }
            }
            @if let Some(after) = after {
                a.next rel="next" href={ "/toolkits/" (toolkit.slug) "/" (after.slug) } {
                    span.way { "Next" } (after.title)
                }
            }
        }
    }
}
