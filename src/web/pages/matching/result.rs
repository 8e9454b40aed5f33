//! Three ranked lists; every point of a score has its reason.

use maud::{Markup, html};

use super::Sent;
use crate::{
    app::{Snapshot, matching::EmployerMatch},
    domain::{
        matching::{
            Hit, LeftOut, Part, Profile, Ranked, Verdict,
            employer::{FittingAction, FittingPartnership},
            score::points,
        },
        search::Kind,
    },
    web::pages::{
        fields::kept,
        layout::{Area, Page},
        parts::{away, counted, day, fictional_tag, stale_tag},
    },
};

/// How many of each list are shown; the rest is counted.
const SHOWN: usize = 5;
/// How many reasons are shown before the whole score is unfolded.
const MAIN_REASONS: usize = 3;

/// The page of a match.
pub(super) fn page(
    snapshot: &Snapshot,
    sent: &Sent,
    profile: &Profile,
    found: &EmployerMatch,
) -> Markup {
    let fictional = invented(&found.resources)
        || invented(&found.partnerships)
        || invented(&found.charter_actions);
    let place_unknown = profile.place.is_none() && profile.place_as_given.is_some();
    let content = html! {
        div.wrap {
            h1 { "What fits you" }
            p.lead { "Three lists, best first. Points are the partnership’s published policy: they order a list and do not judge you." }
            @if place_unknown {
                div.box.care { p { "We do not know the place you gave, so distance counts neither for nor against. Try a town or the first part of a postcode." } }
            }
            form.no-print action="/match" method="post" {
                (kept(&[
                    ("cohort", &sent.cohorts), ("size_band", &sent.size), ("sector", &sent.sector),
                    ("stage", &sent.stage), ("place", &sent.place), ("recognition", &sent.recognitions),
                    ("action", &sent.actions), ("question", &sent.question),
                ]))
                p { button.button.quiet type="submit" name="edit" value="yes" { "Change what you said" } }
            }
            (list("guidance", "Guidance", &found.resources, |hit| html! {
                @if let Some(link) = &hit.item.link {
                    p.small {
                        @if hit.kind == Kind::Library { "On its publisher’s site: " } @else { "Check today: " }
                        (away(&link.url, &link.title))
                    }
                }
            }))
            (list("partnerships", "Partnerships", &found.partnerships, partnership))
            (list("actions", "Charter actions", &found.charter_actions, action))
            p.manifest {
                "Policy " (found.receipt.policy_version) " · change " (found.receipt.change)
                " · content " (short(&found.receipt.content)) " · what you said " (short(&found.receipt.input_hash))
                " · judged on " (day(snapshot.today)) ". " a href="/about#ranking" { "How this is judged" }
            }
        }
    };
    Page::new("What fits you", Area::Match).fiction(fictional).render(&content)
}

fn invented<T>(list: &Ranked<T>) -> bool {
    list.hits.iter().any(|hit| hit.fictional)
}

fn short(hash: &str) -> String {
    hash.chars().take(19).collect()
}

fn list<T>(id: &str, label: &str, ranked: &Ranked<T>, more: impl Fn(&Hit<T>) -> Markup) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (label) span.soft { ": " (ranked.hits.len()) " of " (ranked.considered) } }
            @if ranked.hits.is_empty() { p { "Nothing fits. What was left out, and why, stands below." } }
            ol.hits { @for hit in ranked.hits.iter().take(SHOWN) { li.hit { (item(hit, &more(hit))) } } }
            @if ranked.hits.len() > SHOWN {
                details {
                    summary { (ranked.hits.len() - SHOWN) " more that fit less well" span.hidden { ": " (label) } }
                    ul { @for hit in ranked.hits.iter().skip(SHOWN) {
                        li { a href=(hit.url) { (hit.title) } span.soft { " · " (points(hit.score_milli)) " points" } @if hit.fictional { " " (fictional_tag()) } }
                    } }
                }
            }
            (left_out(&ranked.left_out))
        }
    }
}

fn item<T>(hit: &Hit<T>, more: &Markup) -> Markup {
    html! {
        p.kindly {
            strong.score { (points(hit.score_milli)) } " of 100 points · " (hit.kind.label())
            @if hit.stale { " " (stale_tag()) }
            @if hit.fictional { " " (fictional_tag()) }
        }
        h3 { a href=(hit.url) { (hit.title) } }
        p.snippet { (hit.summary) }
        (more)
        (why(hit))
        details.why {
            summary { "All " (points(hit.score_milli)) " points" span.hidden { " of " (hit.title) } }
            ul.parts { @for part in &hit.parts { (summand(part)) } }
            @for gap in &hit.gaps { p { strong { "Missing: " } (gap) } }
            @for change in &hit.would_change { p { strong { "Would help: " } (change.text) } }
        }
        @if let Some(as_of) = hit.as_of {
            p.dates { "As of " (day(as_of)) @if let Some(by) = hit.review_by { " · review by " (day(by)) } }
        }
    }
}

/// What earned most, in sentences.
fn why<T>(hit: &Hit<T>) -> Markup {
    let mut earned: Vec<&Part> = hit.parts.iter().filter(|part| part.points_milli > 0).collect();
    earned.sort_by_key(|part| std::cmp::Reverse(part.points_milli));
    html! {
        @if !earned.is_empty() {
            p.why {
                strong { "Why this: " }
                @for part in earned.iter().take(MAIN_REASONS) { (part.text) " " }
            }
        }
    }
}

fn summand(part: &Part) -> Markup {
    let verdict = match part.verdict {
        Verdict::Met => "met",
        Verdict::Partly => "partly met",
        Verdict::Unmet => "not met",
        Verdict::Unknown => "not known",
    };
    html! {
        li {
            strong { (points(part.points_milli)) " of " (part.weight) }
            " (" (verdict) "): " (part.text)
        }
    }
}

fn partnership(hit: &Hit<FittingPartnership>) -> Markup {
    let members = hit.item.members.iter().take(3);
    html! {
        @if !hit.item.members.is_empty() {
            p.small { strong { "Who to turn to first" } }
            ul.small { @for member in members { li { (member.organisation) ": " (member.why) @if member.fictional { " " (fictional_tag()) } } } }
        }
        @if !hit.item.needs.is_empty() {
            p.small { strong { "Needs you share" } }
            ul.small { @for need in &hit.item.needs { li { a href={ (hit.url) "#need-" (need.slug) } { (need.title) } ": " (need.why) } } }
        }
        @if !hit.item.courses.is_empty() {
            p.small { strong { "Training around it" } }
            ul.small { @for course in hit.item.courses.iter().take(4) {
                li { a href=(course.url) { (course.title) } ", " (course.provider_name) @if course.fictional { " " (fictional_tag()) } }
            } }
        }
    }
}

fn action(hit: &Hit<FittingAction>) -> Markup {
    html! {
        @if hit.item.pledged { p { span.tag { "You have pledged this" } } }
        p.small { strong { "First: " } (hit.item.help) }
        @if !hit.item.sections.is_empty() {
            ul.small { @for section in hit.item.sections.iter().take(3) { li { a href=(section.url) { (section.title) } } } }
        }
    }
}

fn left_out(rules: &[LeftOut]) -> Markup {
    html! {
        @if !rules.is_empty() {
            details {
                summary { "What was left out, and why" }
                ul { @for out in rules { li { (out.text) ": " (counted(out.count, "entry", "entries")) } } }
            }
        }
    }
}
