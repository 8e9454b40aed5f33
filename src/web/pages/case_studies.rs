//! Case studies: how somebody did it, told with permission.

use maud::{Markup, html};

use crate::{
    app::{
        Snapshot,
        profile::{CaseStudies, Named},
    },
    domain::register::{CaseStudy, Permission},
    web::pages::{
        layout::{Area, Page},
        organisations::words::{linked, source},
        parts::{day, fictional_tag},
    },
};

/// Case studies on a page of the list.
pub const PER_PAGE: u64 = 50;

/// A page of the case studies, by title.
pub fn list(snapshot: &Snapshot, found: &CaseStudies, page: u64) -> Markup {
    let last = found.total.div_ceil(PER_PAGE).max(1);
    let content = html! {
        div.wrap {
            h1 { "Case studies" @if last > 1 { ": page " (page) " of " (last) } }
            p.lead { "How employers did it, and what came of it. Each is told with permission, or retells what is public." }
            @if found.listed.is_empty() { p { "No case study is published yet." } }
            ul.entries { @for one in &found.listed { li { (entry(snapshot, one)) } } }
            @if last > 1 {
                nav.pages aria-label="Pages of case studies" {
                    ul {
                        @if page > 1 { li { a href={ "/case-studies?page=" (page - 1) } rel="prev" { "Previous" span.hidden { " page" } } } }
                        li { span { "Page " (page) " of " (last) } }
                        @if page < last { li { a href={ "/case-studies?page=" (page + 1) } rel="next" { "Next" span.hidden { " page" } } } }
                    }
                }
            }
        }
    };
    let title = if last > 1 {
        format!("Case studies (page {page} of {last})")
    } else {
        "Case studies".to_owned()
    };
    Page::new(title, Area::Organisations)
        .below("Organisations", "/organisations")
        .about("How employers hired and kept people who are often overlooked.")
        .fiction(found.listed.iter().any(|one| one.record.fictional))
        .render(&content)
}

fn entry(snapshot: &Snapshot, one: &Named<CaseStudy>) -> Markup {
    let body = &one.record.body;
    let words = snapshot.vocabulary();
    let groups = body.cohorts.iter().map(|slug| words.cohort_label(slug));
    let known: Vec<&str> = one.owner.iter().map(String::as_str).chain(groups).collect();
    html! {
        a.to href={ "/case-studies/" (one.record.slug) } { (body.title) }
        @if one.record.fictional { " " (fictional_tag()) }
        p { (body.summary) }
        @if !known.is_empty() { p { (known.join(" · ")) } }
    }
}

/// One case study.
pub fn page(snapshot: &Snapshot, one: &Named<CaseStudy>) -> Markup {
    let (record, body) = (&one.record, &one.record.body);
    let words = snapshot.vocabulary();
    let groups: Vec<&str> = body.cohorts.iter().map(|slug| words.cohort_label(slug)).collect();
    let content = html! {
        div.wrap {
            h1 { (body.title) }
            @if record.fictional { ul.tags { li { (fictional_tag()) } } }
            div.measure { p.lead { (body.summary) } }
            dl.wide-facts {
                @if let (Some(slug), Some(name)) = (&body.organisation, &one.owner) {
                    div { dt { "Organisation" } dd { a href={ "/organisations/" (slug) } { (name) } } }
                }
                @if !groups.is_empty() { div { dt { "About" } dd { (groups.join("; ")) } } }
                @if let Some(code) = &body.action { div { dt { "Charter action it shows" } dd { (action(snapshot, code)) } } }
                @if let Some(on) = body.published_on { div { dt { "Published" } dd { (day(on)) } } }
                @if let Some(url) = &body.url { div { dt { "Read the whole" } dd { (linked(url)) } } }
                div { dt { "Permission" } dd { (permission(body.permission)) } }
            }
            (source(record))
        }
    };
    Page::new(&body.title, Area::Organisations)
        .within("Case study")
        .below("Organisations", "/organisations")
        .below("Case studies", "/case-studies")
        .about(&body.summary)
        .fiction(record.fictional)
        .render(&content)
}

fn action(snapshot: &Snapshot, code: &str) -> Markup {
    html! {
        @match snapshot.reference.action(code) {
            Some(action) => { a href={ "/charter/actions/" (action.code) } { (action.code) ": " (action.label) } }
            None => { (code) }
        }
    }
}

fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Granted => "Those told of agreed",
        Permission::Public => "Retells what is public",
        Permission::Asked => "Asked for",
        Permission::Refused => "Refused",
    }
}
