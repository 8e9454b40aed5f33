//! Kinds of course with their rules, and what providers are known to offer.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    app::{AppError, Snapshot},
    domain::{
        classification::Scheme,
        register::{Course, CourseRun, CourseType, Provider},
    },
    web::pages::{
        layout::{Area, Page},
        partnerships::told_codes,
        parts::{away, cited, day, fictional_tag, provenance, register_sources},
    },
};

/// Every kind of course, and every course.
pub fn list(snapshot: &Snapshot) -> Markup {
    let register = &snapshot.reference;
    let fictional = register.courses().any(|(by, course)| invented(by, course));
    let content = html! {
        div.wrap {
            h1 { "Courses and training" }
            p.lead { "Kinds of course with the rules worth knowing before you rely on them, and what providers are known to offer." }
            p { a href="/search?kind=course" { "Search and filter courses" } " · " a href="/providers" { "Training providers" } }
            div.stage {
                div { h2 { "Kinds of course" } }
                ul.entries {
                    @for kind in &register.course_types {
                        li { a.to href={ "/courses/" (kind.slug) } { (kind.label) } p { (kind.description) } }
                    }
                }
            }
            @for by in &register.providers {
                @if !by.courses.is_empty() {
                    div.stage {
                        div { h2 { a href={ "/providers/" (by.slug) } { (by.name) } } }
                        ul.entries { @for course in &by.courses { li { (entry(by, course)) } } }
                    }
                }
            }
        }
    };
    Page::new("Courses and training", Area::Elsewhere).fiction(fictional).render(&content)
}

/// A course in a list.
pub fn entry(by: &Provider, course: &Course) -> Markup {
    html! {
        a.to href={ "/courses/" (course.slug) } { (course.title) }
        @if invented(by, course) { " " (fictional_tag()) }
        p { (course.summary) }
    }
}

fn invented(by: &Provider, course: &Course) -> bool {
    by.provenance.fictional || course.provenance.fictional
}

/// A kind of course or a course, whichever has the name.
///
/// # Errors
///
/// [`AppError::NotFound`] where neither has.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let register = &snapshot.reference;
    if let Some(kind) = register.course_type(slug) {
        return Ok(kind_page(snapshot, kind));
    }
    let (by, course) = register.course(slug).ok_or(AppError::NotFound("course"))?;
    Ok(course_page(snapshot, by, course))
}

fn kind_page(snapshot: &Snapshot, kind: &CourseType) -> Markup {
    let register = &snapshot.reference;
    let offers: Vec<_> =
        register.courses().filter(|(_, course)| course.course_type == kind.slug).collect();
    let fictional =
        kind.provenance.fictional || offers.iter().any(|(by, course)| invented(by, course));
    let content = html! {
        div.wrap {
            h1 { (kind.label) }
            p.lead { (kind.description) }
            div.measure {
                @if let Some(rules) = &kind.rules { div.box { h2 { "Know before you rely on it" } p { (rules) } } }
            }
            @if !offers.is_empty() {
                h2 id="offers" { "Who is known to offer it" }
                ul.entries {
                    @for (by, course) in offers {
                        li { (entry(by, course)) p { a href={ "/providers/" (by.slug) } { (by.name) } } }
                    }
                }
            } @else { p { "We know of no local offer. Ask a college or the partnership of your sector." } }
            (provenance(register, &kind.provenance))
            (register_sources(register, &cited(&kind.provenance)))
        }
    };
    Page::new(&kind.label, Area::Elsewhere)
        .within("Kind of course")
        .below("Courses and training", "/courses")
        .about(&kind.description)
        .fiction(fictional)
        .render(&content)
}

fn course_page(snapshot: &Snapshot, by: &Provider, course: &Course) -> Markup {
    let (register, words) = (&snapshot.reference, snapshot.vocabulary());
    let kind = register.course_type(&course.course_type);
    let sectors: Vec<&str> = course.sectors.iter().map(|one| words.sector_label(one)).collect();
    let cohorts: Vec<&str> = course.cohorts.iter().map(|one| words.cohort_label(one)).collect();
    let content = html! {
        div.wrap {
            h1 { (course.title) }
            p.lead { (course.summary) }
            dl.wide-facts {
                div { dt { "Provider" } dd { a href={ "/providers/" (by.slug) } { (by.name) } } }
                @if let Some(kind) = kind {
                    div { dt { "Kind of course" } dd { a href={ "/courses/" (kind.slug) } { (kind.label) } } }
                }
                @if !sectors.is_empty() { div { dt { "Prepares for" } dd { (sectors.join(", ")) } } }
                @if !cohorts.is_empty() { div { dt { "Made for" } dd { (cohorts.join(", ")) } } }
                @if !course.soc.is_empty() { div { dt { "Occupations" } dd { (told_codes(snapshot, Scheme::Soc, &course.soc)) } } }
                @if let Some(level) = level(course) { div { dt { "Level" } dd { (level) } } }
                @if let Some(venue) = &course.venue { div { dt { "Where" } dd { (venue) } } }
                @if let Some(delivery) = course.details.delivery { div { dt { "How" } dd { (delivery.label()) } } }
                @if let Some(needed) = &course.details.entry_requirements { div { dt { "To bring" } dd { (needed) } } }
                @if let Some(url) = &course.details.url { div { dt { "More" } dd { (away(url, "Read more or apply")) } } }
                div { dt { "Dates and places" } dd { (runs(&course.details.runs, snapshot.today)) } }
            }
            (provenance(register, &course.provenance))
            (register_sources(register, &cited(&course.provenance)))
        }
    };
    Page::new(&course.title, Area::Elsewhere)
        .within(format!("Course, {}", by.name))
        .below("Courses and training", "/courses")
        .about(&course.summary)
        .fiction(invented(by, course))
        .render(&content)
}

/// The runs that can still be joined.
fn runs(all: &[CourseRun], today: NaiveDate) -> Markup {
    let coming: Vec<_> = all.iter().filter(|run| run.is_to_come(today)).collect();
    html! {
        @if coming.is_empty() { "Not known here. Ask the provider." }
        @else { ul { @for one in coming { li { (run(one)) } } } }
    }
}

fn run(run: &CourseRun) -> Markup {
    let mut more: Vec<String> = Vec::new();
    more.extend(run.venue.clone());
    more.extend(run.mode.map(|mode| mode.label().to_owned()));
    more.extend(run.study_pattern.map(|pattern| pattern.label().to_owned()));
    more.extend(run.attendance.map(|when| when.label().to_owned()));
    more.extend(run.cost_pence.map(cost));
    more.extend(run.funding.clone());
    more.extend(run.places.map(|places| match places {
        0 => "full".to_owned(),
        1 => "1 place".to_owned(),
        many => format!("{many} places"),
    }));
    html! {
        @match run.starts_on {
            Some(first) => { "From " (day(first)) }
            None => { "Starts when you like" }
        }
        @if let Some(last) = run.ends_on { " to " (day(last)) }
        @for words in &more { " · " (words) }
    }
}

/// What a learner pays, in pounds.
fn cost(pence: i64) -> String {
    match (pence / 100, pence % 100) {
        (0, 0) => "free".to_owned(),
        (pounds, 0) => format!("£{pounds}"),
        (pounds, pence) => format!("£{pounds}.{pence:02}"),
    }
}

fn level(course: &Course) -> Option<String> {
    let name = |level: i32| if level == 0 { "entry".to_owned() } else { level.to_string() };
    match (course.level_from, course.level_to) {
        (Some(from), Some(to)) if from != to => Some(format!("{} to {}", name(from), name(to))),
        (Some(level), _) | (None, Some(level)) => Some(name(level)),
        (None, None) => None,
    }
}
