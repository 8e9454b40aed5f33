//! What helps when nothing was found.

use maud::{Markup, html};

use super::Results;
use crate::{
    domain::search::EmptyHelp,
    web::pages::{address, parts::grouped},
};

/// The filters that stand in the way, what lies near, and where else to go.
pub(super) fn help(results: &Results<'_>) -> Markup {
    let none = EmptyHelp::default();
    let help = results.answer.help.as_ref().unwrap_or(&none);
    html! {
        div.measure {
            (in_the_way(results, help))
            @if !help.nearest.is_empty() {
                h3 { "Near to what you asked" }
                ul {
                    @for near in &help.nearest {
                        li { a href=(near.url) { (near.title) } span.soft { " · " (near.kind.label()) } }
                    }
                }
            }
            h3 { "Other ways" }
            ul {
                li { "Use fewer or more general words." }
                li { a href="/plan" { "Start with a plan" } ": answer up to six questions." }
                li { a href="/toolkits" { "Browse the toolkits" } " or " a href="/search" { "everything there is" } "." }
            }
        }
    }
}

fn in_the_way(results: &Results<'_>, help: &EmptyHelp) -> Markup {
    let helpful: Vec<_> = help.without.iter().filter(|(.., count)| *count > 0).collect();
    html! {
        @if !results.question.filters.is_empty() {
            p { "Nothing matches these words with these filters." }
            @if !helpful.is_empty() || help.without_any > 0 {
                ul {
                    @for (facet, value, count) in helpful {
                        li {
                            a href={ (address::without(results.question, *facet, value)) "#results" } {
                                "Without “" (results.label(*facet, value)) "”"
                            }
                            ": " (grouped(*count))
                        }
                    }
                    @if help.without_any > 0 {
                        li {
                            a href={ (address::unfiltered(results.question)) "#results" } { "Without any filter" }
                            ": " (grouped(help.without_any))
                        }
                    }
                }
            }
        } @else {
            p { "Nothing matches these words." }
        }
    }
}
