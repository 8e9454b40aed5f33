//! The first page: what this is, a search box, the toolkits, where to start.

use maud::{Markup, html};

use crate::{
    app::{Snapshot, profile::Numbers},
    domain::guidance::Toolkit,
    web::pages::{
        address::encoded,
        layout::{Area, Page},
        parts::counted,
    },
};

/// The home page.
pub fn page(snapshot: &Snapshot, numbers: Numbers) -> Markup {
    let content = html! {
        div.hero {
            div.wrap {
                div {
                    h1 { "Good intentions, turned into jobs" }
                    p.lead { (purpose(snapshot)) }
                    (ask(snapshot))
                }
                div.starts {
                    div.start {
                        h2 { "Not sure where to begin?" }
                        p { "Answer up to six short questions. You get a checklist in hiring order: every step has its reason, its source and its date." }
                        a.button href="/plan" { "Start with a plan" }
                    }
                    p.start-too {
                        a href="/organisations" { "Find organisations and their pledges" }
                        @if numbers.organisations > 0 { span.soft { " " (counted(small(numbers.organisations), "organisation", "organisations")) } }
                    }
                }
            }
        }
        div.wrap {
            h2 { "Employer toolkits" }
            (toolkit_cards(snapshot, Level::Third))
            (more(snapshot, numbers))
            (promises())
        }
    };
    Page::new("Home", Area::Elsewhere).about(purpose(snapshot)).without_seek().render(&content)
}

fn purpose(snapshot: &Snapshot) -> String {
    let words = snapshot.vocabulary();
    let whom: Vec<String> = snapshot
        .toolkits()
        .iter()
        .map(|toolkit| in_sentence(words.cohort_label(&toolkit.cohort)))
        .collect();
    let whom = match whom.split_last() {
        None => "people who are often overlooked".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    };
    format!(
        "Plain, dated guidance that helps employers hire and keep {whom}: find the right passage, \
         follow a checklist, and see who near you can help."
    )
}

/// A label as it stands inside a sentence; names keep their capitals.
fn in_sentence(label: &str) -> String {
    let name = label.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
    if name {
        return format!("the {label}");
    }
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn ask(snapshot: &Snapshot) -> Markup {
    html! {
        form.ask role="search" action="/search" method="get" {
            label for="home_q" { "What do you need to know?" }
            p.hint id="home_hint" { "Ask in your own words. Spelling does not matter." }
            div.ask-row {
                input #home_q type="search" name="q" maxlength="500" autocomplete="off"
                    aria-describedby="home_hint";
                button.button type="submit" { "Search" }
            }
        }
        (examples(snapshot))
    }
}

/// One question for each toolkit, as employers ask it.
fn examples(snapshot: &Snapshot) -> Markup {
    let asked = || snapshot.toolkits().iter().filter_map(|toolkit| toolkit.example.as_ref());
    html! {
        @if asked().next().is_some() {
            div.asked {
                "For example: "
                ul {
                    @for question in asked() {
                        li { a href={ "/search?q=" (encoded(question)) } { (question) } }
                    }
                }
            }
        }
    }
}

/// The toolkits as cards.
pub fn toolkit_cards(snapshot: &Snapshot, level: Level) -> Markup {
    html! {
        ul.cards { @for toolkit in snapshot.toolkits() { li { (toolkit_card(toolkit, level)) } } }
    }
}

/// The level of the headings in a list of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Right below the page's own heading.
    Second,
    /// Below another heading.
    Third,
}

fn toolkit_card(toolkit: &Toolkit, level: Level) -> Markup {
    let link = html! { a href={ "/toolkits/" (toolkit.slug) } { (toolkit.title) } };
    html! {
        div.card {
            @match level { Level::Second => { h2 { (link) } } Level::Third => { h3 { (link) } } }
            p { (toolkit.summary) }
            p.small.soft {
                (counted(toolkit.sections.len(), "section", "sections")) " · "
                (counted(toolkit.templates.len(), "template", "templates")) " · "
                (counted(toolkit.steps.len(), "step", "steps")) " in the checklist"
            }
        }
    }
}

/// A kind of thing: its page, its name, how many there are, its noun, what it is.
type Way = (&'static str, &'static str, usize, (&'static str, &'static str), &'static str);

/// The register's kinds of record.
fn records(numbers: Numbers) -> [Way; 2] {
    [
        (
            "/organisations",
            "Organisations",
            small(numbers.organisations),
            ("organisation", "organisations"),
            "Who pledged what under the charter, what employers say about hiring, and when they last said so.",
        ),
        (
            "/case-studies",
            "Case studies",
            small(numbers.case_studies),
            ("case study", "case studies"),
            "How employers did it, and what came of it.",
        ),
    ]
}

/// The other kinds of thing there are, with how many.
fn more(snapshot: &Snapshot, numbers: Numbers) -> Markup {
    let register = &snapshot.reference;
    let courses = register.course_types.len() + register.courses().count();
    let kinds = [
        (
            "/library",
            "Guides by others",
            snapshot.library().len(),
            ("guide", "guides"),
            "The best of what other people have published, with our own summary and how far each can be relied on.",
        ),
        (
            "/charter",
            "Charter actions",
            register.actions.len(),
            ("action", "actions"),
            "What an organisation can promise for a year, and what to do first.",
        ),
        (
            "/partnerships",
            "Workforce partnerships",
            register.partnerships.len(),
            ("partnership", "partnerships"),
            "Where employers and training providers of a sector meet, and the skills they say are missing.",
        ),
        (
            "/search?kind=course",
            "Courses and training",
            courses,
            ("entry", "entries"),
            "Kinds of course, their rules, and who offers them.",
        ),
    ];
    html! {
        h2 { "More to browse" }
        ul.cards.slim {
            @for (url, label, count, (one, many), text) in records(numbers).into_iter().chain(kinds) {
                @if count > 0 {
                    li {
                        div.card {
                            h3 { a href=(url) { (label) } }
                            p { (text) }
                            p.small.soft { (counted(count, one, many)) }
                        }
                    }
                }
            }
        }
    }
}

fn small(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn promises() -> Markup {
    html! {
        h2 { "What you can rely on" }
        div.pairs {
            div {
                h3 { "Sourced and dated" }
                p { "Every statement of law has its source, the day we checked it and the day it must be checked again. What is uncertain says so." }
            }
            div {
                h3 { "Reasons with every answer" }
                p { "Each result says why it was found. Nobody pays to be listed, and nothing you type is kept." }
            }
            div {
                h3 { "Guidance, not legal advice" }
                p { "We point you to the official page to check today. For a decision that could go to a tribunal, ask an adviser." }
            }
        }
    }
}
