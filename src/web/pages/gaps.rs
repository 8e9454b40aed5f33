//! The gaps of a partnership: needs that nothing meets, or too little, with the nearest
//! thing and what it lacks; and beside them the needs that are met.
//!
//! Who voiced a need and what was asked in vain are for coordinators, and not here.

use maud::{Markup, html};

use crate::{
    app::{AppError, Snapshot, gaps},
    domain::{
        coverage::{Cover, Coverage, CoveragePolicy, Gap, GapKind, NeedSeen, RunSeen},
        register::Partnership,
    },
    web::pages::{
        layout::{Area, Page},
        parts::{counted, day, fictional_tag},
    },
};

/// The gaps of a partnership.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such partnership.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let (forum, coverage) = gaps::coverage(snapshot, slug)?;
    let found: Vec<Gap> = coverage.iter().filter_map(Coverage::gap).collect();
    let met: Vec<&Coverage> = coverage.iter().filter(|one| one.gap().is_none()).collect();
    let content = html! {
        div.wrap {
            h1 { "Gaps in training: " (forum.name) }
            p.lead { (summary(coverage.len(), found.len())) }
            p { "Each need is held against every run of every course in the register. The list is worked out anew whenever a need, a course or a run changes, as of " (day(snapshot.today)) "." }
            p.no-print { a href={ "/partnerships/" (forum.slug) } { "The partnership, its needs and members" } }
            @if !found.is_empty() {
                h2 id="gaps" { "Needs that are not met" }
                @for gap in &found { (gap_panel(snapshot, gap)) }
            }
            @if !met.is_empty() {
                h2 id="met" { "Needs that a run meets" }
                p.soft { "By what is recorded: occupation, level, place, start, way of teaching, group and places. Whether a course teaches just what is meant, ask its provider. A run may stand under several needs, and its places are counted for each." }
                @for one in &met { (met_panel(snapshot, one)) }
            }
            (judged(&snapshot.policy().coverage))
        }
    };
    Ok(Page::new("Gaps in training", Area::Partnerships)
        .within(&forum.name)
        .below("Workforce partnerships", "/partnerships")
        .below(&forum.name, format!("/partnerships/{}", forum.slug))
        .about(format!("Skills needs of the {} that no course run meets.", forum.name))
        .fiction(is_fictional(forum, &coverage))
        .render(&content))
}

fn is_fictional(forum: &Partnership, coverage: &[Coverage]) -> bool {
    let run = |run: &Cover| run.run.fictional;
    forum.provenance.fictional
        || coverage.iter().any(|one| one.need.fictional || one.runs.iter().any(run))
}

fn summary(needs: usize, gaps: usize) -> String {
    match (needs, gaps) {
        (0, _) => "No need is recorded, so there is nothing to compare.".to_owned(),
        (1, 0) => "The one need that is recorded is met by a run with places enough.".to_owned(),
        (_, 0) => format!("All {needs} needs are met by runs with places enough."),
        _ => format!(
            "{} recorded; {} not known to be met by runs with places enough.",
            counted(needs, "need is", "needs are"),
            if gaps == 1 { "1 is".to_owned() } else { format!("{gaps} are") },
        ),
    }
}

fn gap_panel(snapshot: &Snapshot, gap: &Gap) -> Markup {
    let tone = match gap.kind {
        GapKind::None => "tag alarm",
        GapKind::TooFew => "tag care",
        GapKind::NotKnown => "tag note",
    };
    html! {
        div.panel id={ "gap-" (gap.need.slug) } {
            h3 {
                (gap.need.title) " "
                span class=(tone) { (gap.kind.label()) }
                @if gap.need.fictional { " " (fictional_tag()) }
            }
            p { (gap.text) }
            (wanted(snapshot, &gap.need))
            @if let Some(nearest) = &gap.nearest {
                h4 { "What comes nearest" }
                p { (run(&nearest.run)) @if let Some(miles) = nearest.miles { " " (away(miles)) } }
                @if !gap.lacking.is_empty() {
                    ul { @for text in &gap.lacking { li { (text) } } }
                }
            }
            @if !gap.would_change.is_empty() {
                h4 { "What would close the gap" }
                ul { @for text in &gap.would_change { li { (text) } } }
            }
        }
    }
}

fn met_panel(snapshot: &Snapshot, coverage: &Coverage) -> Markup {
    let meeting: Vec<&Cover> = coverage.runs.iter().filter(|run| run.meets()).collect();
    html! {
        div.panel id={ "met-" (coverage.need.slug) } {
            h3 {
                (coverage.need.title)
                @if coverage.need.fictional { " " (fictional_tag()) }
            }
            (wanted(snapshot, &coverage.need))
            ul { @for one in meeting { li { (run(&one.run)) } } }
        }
    }
}

/// What a need asks for, in one line; what it does not say is left out.
fn wanted(snapshot: &Snapshot, need: &NeedSeen) -> Markup {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(need.headcount.map(|people| match people {
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    }));
    parts.extend(need.place.as_ref().map(|place| match need.travel_miles {
        Some(miles) => format!("within {miles} miles of {place}"),
        None => format!("in {place}"),
    }));
    parts.extend(need.start_by.map(|day| format!("to start by {}", day.format("%-d %B %Y"))));
    if !need.modes.is_empty() {
        let modes: Vec<String> = need.modes.iter().map(|one| one.label().to_lowercase()).collect();
        parts.push(modes.join(" or "));
    }
    if !need.cohorts.is_empty() {
        let words = snapshot.vocabulary();
        let names: Vec<&str> = need.cohorts.iter().map(|one| words.cohort_label(one)).collect();
        parts.push(format!("for {}", names.join(", ")));
    }
    parts.extend(need.priority.map(|one| format!("{} priority", one.label().to_lowercase())));
    html! { @if !parts.is_empty() { p.small.soft { "Asked for: " (parts.join(" · ")) } } }
}

fn run(seen: &RunSeen) -> Markup {
    html! {
        a href={ "/courses/" (seen.course) } { (seen.title) }
        " at " (seen.provider_name)
        @if let Some(first) = seen.starts_on { ", from " (day(first)) }
        @if seen.flexible_start { ", start at any time" }
        @if let Some(places) = seen.places {
            ", " (counted(usize::try_from(places).unwrap_or_default(), "place", "places"))
        }
        @if seen.fictional { " " (fictional_tag()) }
    }
}

fn away(miles: f64) -> String {
    if miles < 1.5 {
        "(about a mile away or less)".to_owned()
    } else {
        format!("(about {miles:.0} miles away)")
    }
}

fn judged(policy: &CoveragePolicy) -> Markup {
    html! {
        h2 id="judged" { "How this is judged" }
        ul { @for rule in policy.list.rules() { li { (rule.text) } } }
        table {
            caption { "What a run is judged by, and what it weighs of 100" }
            thead { tr { th scope="col" { "Criterion" } th scope="col" { "Weight" } th scope="col" { "How" } } }
            tbody {
                @for weighing in policy.list.criteria() {
                    tr {
                        th scope="row" { (weighing.criterion.label()) }
                        td { (weighing.weight) }
                        td { (weighing.judged) }
                    }
                }
            }
        }
    }
}
