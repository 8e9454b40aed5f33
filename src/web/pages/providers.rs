//! Organisations that teach or train.

use maud::{Markup, html};

use crate::{
    app::{AppError, Snapshot},
    domain::register::Provider,
    web::pages::{
        courses,
        layout::{Area, Page},
        partnerships::capital,
        parts::{away, cited, counted, fictional_tag, provenance, register_sources},
    },
};

/// Every provider.
pub fn list(snapshot: &Snapshot) -> Markup {
    let providers = &snapshot.reference.providers;
    let fictional = providers.iter().any(|provider| provider.provenance.fictional);
    let content = html! {
        div.wrap {
            h1 { "Training providers" }
            p.lead { "Colleges, universities, charities and others that teach or train." }
            ul.entries {
                @for provider in providers {
                    li {
                        a.to href={ "/providers/" (provider.slug) } { (provider.name) }
                        @if provider.provenance.fictional { " " (fictional_tag()) }
                        p { (provider.summary) }
                        p { (kind(provider)) " · " (counted(provider.courses.len(), "course", "courses")) }
                    }
                }
            }
        }
    };
    Page::new("Training providers", Area::Elsewhere)
        .below("Courses and training", "/courses")
        .fiction(fictional)
        .render(&content)
}

/// The kind of a provider in words.
fn kind(provider: &Provider) -> String {
    match provider.kind.as_str() {
        "fe-college" => "Further education college".to_owned(),
        "he" => "University".to_owned(),
        "employer-led" => "Employer-led".to_owned(),
        "adult" => "Adult learning".to_owned(),
        other => capital(&other.replace('-', " ")),
    }
}

/// One provider.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such provider.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let register = &snapshot.reference;
    let provider = register.provider(slug).ok_or(AppError::NotFound("provider"))?;
    let mut sources = cited(&provider.provenance);
    sources.extend(provider.courses.iter().flat_map(|one| cited(&one.provenance)));
    let content = html! {
        div.wrap {
            h1 { (provider.name) }
            p.lead { (provider.summary) }
            dl.wide-facts {
                div { dt { "Kind" } dd { (kind(provider)) } }
                @if let Some(site) = &provider.website { div { dt { "Website" } dd { (away(site, site)) } } }
                @if !provider.venues.is_empty() { div { dt { "Teaches at" } dd { (venues(provider)) } } }
            }
            @if !provider.courses.is_empty() {
                h2 id="courses" { "What it is known to offer" }
                ul.entries { @for course in &provider.courses { li { (courses::entry(provider, course)) } } }
            }
            (provenance(register, &provider.provenance))
            (register_sources(register, &sources))
        }
    };
    let fictional = provider.provenance.fictional
        || provider.courses.iter().any(|course| course.provenance.fictional);
    Ok(Page::new(&provider.name, Area::Elsewhere)
        .within("Training provider")
        .below("Training providers", "/providers")
        .about(&provider.summary)
        .fiction(fictional)
        .render(&content))
}

fn venues(provider: &Provider) -> Markup {
    html! {
        ul.plain {
            @for venue in &provider.venues {
                li {
                    (venue.label)
                    @if let Some(town) = &venue.town { @if !venue.label.contains(town.as_str()) { ", " (town) } }
                    @if let Some(code) = &venue.outcode { " (" (code) ")" }
                    @if let Some(note) = &venue.note { span.soft { " " (note) } }
                }
            }
        }
    }
}
