//! Where a reader of the register starts: a search box, ways in by sector, district and
//! group with exact counts, and every organisation from A to Z.

use maud::{Markup, html};

use crate::{
    app::{
        AppError, Snapshot, guidance,
        profile::{Directory, Listed, Numbers},
    },
    domain::search::{Facet, FacetCounts, Kind, Question},
    web::pages::{
        address::encoded,
        layout::{Area, Page},
        parts::{fictional_tag, grouped},
    },
};

/// Organisations on a page of the list.
pub const PER_PAGE: u64 = 50;
/// The ways in, by their facets, with the words above them.
const WAYS: [(&str, &str); 3] = [
    ("sector", "By sector"),
    ("district", "By district"),
    ("cohort", "By the group they spoke about"),
];
/// How many values of a way in are shown before the rest is folded away.
const SHOWN: usize = 8;

/// The start page of the register, at a page of its list.
pub fn page(
    snapshot: &Snapshot,
    numbers: Numbers,
    directory: &Directory,
    page: u64,
) -> Result<Markup, AppError> {
    let last = directory.total.div_ceil(PER_PAGE).max(1);
    let content = html! {
        div.wrap {
            h1 { "Organisations and their pledges" }
            p.lead { "Who has signed the charter, what they pledged, what they say about hiring, and when they last said so." }
            (count(numbers))
            (ask())
            @if page == 1 { (ways(snapshot)?) }
            (list(snapshot, directory, page, last))
        }
    };
    let title = if last > 1 {
        format!("Organisations (page {page} of {last})")
    } else {
        "Organisations".to_owned()
    };
    Ok(Page::new(title, Area::Organisations)
        .about("Organisations of the register: what they pledged and what they say about hiring.")
        .fiction(directory.listed.iter().any(|one| one.fictional))
        .render(&content))
}

fn count(numbers: Numbers) -> Markup {
    let (all, signed) = (numbers.organisations, numbers.signatories);
    html! {
        p {
            strong { (grouped(all)) } @if all == 1 { " organisation is" } @else { " organisations are" } " in the register. "
            strong { (grouped(signed)) } @if signed == 1 { " has" } @else { " have" }
            " a year under the " a href="/charter" { "charter" } " that runs today."
        }
    }
}

fn ask() -> Markup {
    html! {
        form.ask role="search" aria-label="Organisations" action="/search" method="get" {
            label for="register_q" { "Find an organisation" }
            p.hint id="register_hint" { "By its name, its work, its town, or what you need: “evening kitchen”." }
            input type="hidden" name="kind" value=(Kind::Organisation.as_str());
            div.ask-row {
                input #register_q type="search" name="q" maxlength="500" autocomplete="off"
                    aria-describedby="register_hint";
                button.button type="submit" { "Search organisations" }
            }
        }
    }
}

/// Ways in that narrow a search; the counts are the search's own.
fn ways(snapshot: &Snapshot) -> Result<Markup, AppError> {
    let filters = vec![(Facet::Kind, Kind::Organisation.as_str().to_owned())];
    let question = Question { filters, page: 1, per_page: 1, ..Question::default() };
    let answer = guidance::search(snapshot, &question)?;
    let counted = WAYS.iter().filter_map(|(facet, heading)| {
        let counts = answer.facets.iter().find(|counts| counts.facet.as_str() == *facet)?;
        (!counts.values.is_empty()).then_some((*heading, counts))
    });
    let counted: Vec<(&str, &FacetCounts)> = counted.collect();
    Ok(html! {
        @if !counted.is_empty() {
            div.ways {
                @for (heading, counts) in counted { div { h2 { (heading) } (way(counts)) } }
            }
        }
    })
}

fn way(counts: &FacetCounts) -> Markup {
    let facet = counts.facet.as_str();
    let (first, rest) = counts.values.split_at(counts.values.len().min(SHOWN));
    let link = |value: &crate::domain::search::FacetCount| {
        html! {
            li {
                a href={ "/search?kind=organisation&" (facet) "=" (encoded(&value.value)) } { (value.label) }
                span.soft { " (" (grouped(value.count)) ")" }
            }
        }
    };
    html! {
        ul.plain { @for value in first { (link(value)) } }
        @if !rest.is_empty() {
            details {
                summary { (rest.len()) " more" span.hidden { " under: " (counts.facet.label()) } }
                ul.plain { @for value in rest { (link(value)) } }
            }
        }
    }
}

fn list(snapshot: &Snapshot, directory: &Directory, page: u64, last: u64) -> Markup {
    html! {
        section aria-labelledby="list" {
            h2 id="list" tabindex="-1" { "All organisations, A to Z" @if last > 1 { ": page " (page) " of " (last) } }
            @if directory.listed.is_empty() {
                p { "No organisation is in the register yet." }
            } @else {
                (letters(directory, page))
                @for (initial, some) in by_letter(&directory.listed) {
                    div.letter {
                        h3 id={ "letter-" (initial) } { (initial) }
                        ul.entries { @for one in some { li { (entry(snapshot, one)) } } }
                    }
                }
                (turn(page, last))
            }
        }
    }
}

/// The letters that organisations begin with, each a link to the page where it begins.
fn letters(directory: &Directory, page: u64) -> Markup {
    let mut before = 0;
    let places: Vec<(char, u64)> = directory
        .initials
        .iter()
        .map(|(initial, count)| {
            let at = before / PER_PAGE + 1;
            before += count;
            (*initial, at)
        })
        .collect();
    html! {
        nav.letters aria-label="Letters" {
            ul {
                @for (initial, at) in places {
                    // A letter that began on the page before goes on here.
                    @let here = at == page || directory.listed.first().is_some_and(|one| one.initial == initial);
                    li {
                        @if here { a href={ "#letter-" (initial) } { (initial) } }
                        @else { a href={ (address(at)) "#letter-" (initial) } { (initial) } }
                    }
                }
            }
        }
    }
}

fn by_letter(listed: &[Listed]) -> Vec<(char, Vec<&Listed>)> {
    let mut groups: Vec<(char, Vec<&Listed>)> = Vec::new();
    for one in listed {
        match groups.last_mut() {
            Some((initial, some)) if *initial == one.initial => some.push(one),
            _ => groups.push((one.initial, vec![one])),
        }
    }
    groups
}

fn entry(snapshot: &Snapshot, one: &Listed) -> Markup {
    let sector = one.sector.as_ref().map(|slug| snapshot.vocabulary().sector_label(slug));
    let towns = (!one.towns.is_empty()).then(|| one.towns.join(", "));
    let parts = [Some(one.kind.label()), sector, towns.as_deref()];
    let known: Vec<&str> = parts.into_iter().flatten().collect();
    html! {
        a.to href={ "/organisations/" (one.slug) } { (one.name) }
        @if one.fictional { " " (fictional_tag()) }
        p { (known.join(" · ")) }
    }
}

fn address(page: u64) -> String {
    if page == 1 { "/organisations".to_owned() } else { format!("/organisations?page={page}") }
}

/// To the neighbouring pages; nothing for one page.
fn turn(page: u64, last: u64) -> Markup {
    html! {
        @if last > 1 {
            nav.pages aria-label="Pages of organisations" {
                ul {
                    @if page > 1 { li { a href={ (address(page - 1)) "#list" } rel="prev" { "Previous" span.hidden { " page" } } } }
                    li { span { "Page " (page) " of " (last) } }
                    @if page < last { li { a href={ (address(page + 1)) "#list" } rel="next" { "Next" span.hidden { " page" } } } }
                }
            }
        }
    }
}
