//! One result.

use maud::{Markup, PreEscaped, html};

use super::Results;
use crate::{
    domain::search::{Facet, Hit, Kind, ReasonCode},
    web::pages::parts::{dates, day, fictional_tag, legal_tag, stale_tag},
};

/// A result with its kind, its reasons and its dates.
pub(super) fn item(results: &Results<'_>, hit: &Hit) -> Markup {
    html! {
        li.hit {
            p.kindly {
                strong { (hit.kind.label()) }
                (place(hit))
                @if hit.stale && !by_people(hit) { " " (stale_tag()) }
                @if hit.legal { " " (legal_tag()) }
                @if hit.fictional { " " (fictional_tag()) }
            }
            h3 { a href=(hit.url) { (hit.title) } }
            @if let Some(heading) = &hit.heading { p.under { (heading) } }
            @if hit.snippet.html.is_empty() {
                p.snippet { (hit.summary) }
            } @else {
                // The index escapes the text and adds nothing but `mark`.
                p.snippet { (PreEscaped(&hit.snippet.html)) }
            }
            (why(results, hit))
            (when(hit))
        }
    }
}

/// Whether its dates are of people who stood by it, not of a review of ours.
fn by_people(hit: &Hit) -> bool {
    hit.kind == Kind::Organisation
}

/// How fresh it is.
fn when(hit: &Hit) -> Markup {
    html! {
        @match hit.dates {
            Some(when) if by_people(hit) => {
                p.dates {
                    "Last confirmed " (day(when.as_of))
                    @if hit.stale { ", more than a year ago" }
                }
            }
            None if by_people(hit) => p.dates { "Never confirmed by the organisation" },
            Some(when) => p.dates { (dates(when)) },
            None => {}
        }
    }
}

/// Whom it is about and where in hiring it belongs.
fn place(hit: &Hit) -> Markup {
    let of = |facet: Facet| hit.facets.iter().filter(move |one| one.facet == facet);
    let labels = of(Facet::Cohort).take(2).chain(of(Facet::Stage).take(1));
    html! { @for value in labels { " · " (value.label) } }
}

fn why(results: &Results<'_>, hit: &Hit) -> Markup {
    // Without words there is no reason but how near it is.
    let asked = !results.question.text.trim().is_empty();
    let told = hit.reasons.iter().filter(|one| asked || one.code == ReasonCode::Distance);
    let reasons: Vec<String> = told.filter_map(|one| results.wording.reason(one)).collect();
    html! {
        @if !reasons.is_empty() {
            div.why {
                strong { "Why this: " }
                ul { @for reason in &reasons { li { (reason) } } }
            }
        }
    }
}
