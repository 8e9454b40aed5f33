//! The filters: check boxes with exact counts, sent with the words.

use maud::{Markup, html};

use super::Results;
use crate::{
    domain::{
        freshness::Freshness,
        register::PledgeState,
        search::{Facet, FacetCount, FacetCounts, NEARBY_MILES, Question, WITHIN_MILES},
        size_band::SizeBand,
        stage::Stage,
    },
    web::pages::parts::grouped,
};

/// How many values of a facet are shown before the rest is folded away.
const SHOWN: usize = 7;

/// The panel of filters, folded away where there is little room.
pub(super) fn panel(results: &Results<'_>) -> Markup {
    let near = results.answer.near.is_some();
    let chosen = results.question.filters.len() + usize::from(near);
    let facets: Vec<&FacetCounts> =
        results.answer.facets.iter().filter(|counts| worth(counts)).collect();
    // Whoever looks for employers begins with where: it stands right after the kinds.
    let (kinds, others): (Vec<&FacetCounts>, Vec<&FacetCounts>) =
        facets.iter().copied().partition(|counts| counts.facet == Facet::Kind);
    html! {
        div.side {
            @if !facets.is_empty() || near {
                details.filters {
                    summary {
                        "Filter these results"
                        @if chosen > 0 { " (" (chosen) " chosen)" }
                    }
                    (apply())
                    @for counts in kinds { (facet(counts)) }
                    (place(results.question))
                    @for counts in others { (facet(counts)) }
                    (apply())
                }
            }
        }
    }
}

/// Only what is near a place.
fn place(question: &Question) -> Markup {
    let near = question.within_miles.unwrap_or(NEARBY_MILES);
    html! {
        fieldset {
            legend { "Near a place" }
            div.near {
                label for="near_place" { "Postcode area, town or district" }
                input #near_place type="text" form="search_form" name="place" maxlength="80"
                    autocomplete="off" value=[question.place.as_deref()];
                label for="near_miles" { "Within" }
                select #near_miles form="search_form" name="within_miles" {
                    @for miles in WITHIN_MILES {
                        option value=(miles) selected[miles == near] { (miles) " miles" }
                    }
                }
            }
        }
    }
}

/// Toolkits repeat whom the guidance is about: that filter is shown once chosen.
fn worth(counts: &FacetCounts) -> bool {
    let chosen = counts.values.iter().any(|value| value.selected);
    chosen || (!counts.values.is_empty() && counts.facet != Facet::Toolkit)
}

fn apply() -> Markup {
    html! {
        button.button.quiet type="submit" form="search_form" formaction="/search#results" {
            "Apply filters"
        }
    }
}

fn facet(counts: &FacetCounts) -> Markup {
    let mut values: Vec<&FacetCount> = counts.values.iter().collect();
    let in_order = values.iter().all(|value| rung(counts.facet, &value.value).is_some());
    if in_order {
        values.sort_by_key(|value| rung(counts.facet, &value.value));
    } else {
        values.sort_by_key(|value| !value.selected);
    }
    let chosen = values.iter().filter(|value| value.selected).count();
    let shown =
        if in_order || values.len() <= SHOWN + 2 { values.len() } else { SHOWN.max(chosen) };
    let (first, rest) = values.split_at(shown);
    html! {
        fieldset {
            legend { (counts.facet.label()) }
            div { @for value in first { (tick(counts.facet, value)) } }
            @if !rest.is_empty() {
                details {
                    summary { (rest.len()) " more " span.hidden { "under " (counts.facet.label()) } }
                    div { @for value in rest { (tick(counts.facet, value)) } }
                }
            }
        }
    }
}

/// The place of a value in a facet that has an order of its own.
fn rung(facet: Facet, value: &str) -> Option<usize> {
    match facet {
        Facet::Stage => Stage::ALL.iter().position(|one| one.as_str() == value),
        Facet::Size => SizeBand::ALL.iter().position(|one| one.as_str() == value),
        Facet::PledgeState => PledgeState::ALL.iter().position(|one| one.as_str() == value),
        Facet::Freshness => Freshness::ALL.iter().position(|one| one.as_str() == value),
        _ => None,
    }
}

fn tick(facet: Facet, value: &FacetCount) -> Markup {
    let id = format!("{}_{}", facet.as_str(), value.value);
    html! {
        div.tick {
            input type="checkbox" form="search_form" id=(id) name=(facet.as_str())
                value=(value.value) checked[value.selected];
            label for=(id) { (value.label) span.hidden { ", " (grouped(value.count)) } }
            span.count aria-hidden="true" { (grouped(value.count)) }
        }
    }
}
