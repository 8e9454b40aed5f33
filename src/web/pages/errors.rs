//! Pages for what went wrong, and pages that describe the kinds of problem.

use maud::{Markup, html};

use crate::web::{
    pages::{
        layout::{Area, Page},
        wording::curly,
    },
    problem::{ProblemBody, ProblemKind},
};

/// The page shown for a problem. Says what to do next, in words without codes.
pub fn error_page(problem: &ProblemBody) -> String {
    let content = html! {
        div.wrap {
            div.measure {
                @match problem.status {
                    404 => (not_found()),
                    429 => (busy("You have asked many times in a short while")),
                    503 => (busy("The service is busy")),
                    500.. => (broken()),
                    _ => (refused(problem)),
                }
                p.small.soft { "If you ask us for help, quote this reference: " code { (problem.request_id) } "." }
            }
        }
    };
    let page = Page::new(headline(problem), Area::Elsewhere);
    let page = if problem.status == 404 { page.without_seek() } else { page };
    page.render(&content).into_string()
}

fn headline(problem: &ProblemBody) -> String {
    match problem.status {
        404 => "Page not found".to_owned(),
        429 | 503 => "Please try again in a moment".to_owned(),
        500.. => "Sorry, there is a problem with the service".to_owned(),
        _ => format!("Error: {}", problem.title),
    }
}

fn not_found() -> Markup {
    html! {
        h1 { "Page not found" }
        p.lead { "There is no page at this address." }
        p { "If you typed it, check the spelling. If you pasted it, check that you copied all of it. If you came from a link of ours, it is our mistake." }
        form.ask role="search" action="/search" method="get" {
            label for="lost_q" { "Search for what you need" }
            div.ask-row {
                input #lost_q type="search" name="q" maxlength="500" autocomplete="off";
                button.button type="submit" { "Search" }
            }
        }
        p {}
        p { "Or go to the " a href="/" { "home page" } ", the " a href="/toolkits" { "toolkits" } " or " a href="/plan" { "start with a plan" } "." }
    }
}

fn busy(what: &str) -> Markup {
    html! {
        h1 { "Please try again in a moment" }
        p.lead { (what) ". Nothing was done with what you sent." }
        p { "Wait a few seconds, then load this page again." }
    }
}

fn broken() -> Markup {
    html! {
        h1 { "Sorry, there is a problem with the service" }
        p.lead { "This is our fault, not yours." }
        p { "Try again in a few minutes. We have not kept any answers you gave on this page." }
        p { "The " a href="/toolkits" { "toolkits" } " may still work." }
    }
}

fn refused(problem: &ProblemBody) -> Markup {
    html! {
        div.summary role="alert" aria-labelledby="problem" {
            h1 id="problem" { "There is a problem" }
            @if problem.errors.is_empty() {
                p { (curly(&problem.detail)) }
            } @else {
                ul { @for fault in &problem.errors { li { (curly(&fault.message)) } } }
            }
        }
        p { "Go back and change it, or go to the " a href="/" { "home page" } "." }
    }
}

/// The page that describes one kind of problem, or all.
pub fn problem_page(one: Option<ProblemKind>) -> Option<String> {
    let content = html! {
        div.wrap {
            div.measure {
                @match one {
                    Some(kind) => {
                        h1 { (kind.title()) }
                        p.tags { span.tag { "Status " (kind.status().as_u16()) } }
                        p { (kind.meaning()) }
                        p { a href="/problems" { "All kinds of problem" } }
                    }
                    None => {
                        h1 { "Kinds of problem" }
                        p.lead { "Every error that the service sends is of one of these kinds. Their addresses do not change." }
                        ul.entries {
                            @for kind in ProblemKind::ALL {
                                li {
                                    a.to href={ "/problems/" (kind.slug()) } { (kind.title()) }
                                    p { "Status " (kind.status().as_u16()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let title = one.map_or("Kinds of problem", ProblemKind::title);
    let page = Page::new(title, Area::Elsewhere);
    let page = if one.is_some() { page.below("Kinds of problem", "/problems") } else { page };
    Some(page.render(&content).into_string())
}
