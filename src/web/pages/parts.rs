//! Small pieces that several pages share.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::domain::{
    freshness::Dated,
    guidance::Citation,
    register::{Provenance, Reference, Source},
};

/// A day in words, machine-readable beside it.
pub fn day(date: NaiveDate) -> Markup {
    html! { time datetime=(date.format("%Y-%m-%d")) { (date.format("%-d %B %Y")) } }
}

/// A count with its noun: `1 section`, `24 sections`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", grouped(count as u64))
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A link to another site.
pub fn away(url: &str, text: &str) -> Markup {
    html! { a href=(url) rel="external noopener" { (text) } }
}

/// `As of … · Review by …`.
pub fn dates(dates: Dated) -> Markup {
    html! { "As of " (day(dates.as_of)) " · review by " (day(dates.review_by)) }
}

/// Says that what follows is past its review date, where it is.
pub fn stale_banner(dates: Dated, today: NaiveDate) -> Markup {
    html! {
        @if dates.is_stale(today) {
            div.box.care role="note" {
                p {
                    strong { "Past its review date." }
                    " This was due for review by " (day(dates.review_by))
                    ". Law and figures may have changed: use the official links before you act."
                }
            }
        }
    }
}

/// The label of what is past its review date.
pub fn stale_tag() -> Markup {
    html! { span.tag.care { "Past its review date" } }
}

/// The label of what states law.
pub fn legal_tag() -> Markup {
    html! { span.tag.note { "States law" } }
}

/// The label of what was invented.
pub fn fictional_tag() -> Markup {
    html! { span.tag.alarm { "Fictional" } }
}

/// A day as a text gives it; in words where it is a whole date.
pub fn told_day(text: &str) -> String {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    date.map_or_else(|_| text.to_owned(), |date| date.format("%-d %B %Y").to_string())
}

/// A text of the register with its marks, such as `[S31]`, as links to sources.
pub fn marked(reference: &Reference, text: &str) -> Markup {
    let pieces: Vec<&str> = text.split_inclusive(['[', ']']).collect();
    html! {
        @for piece in pieces {
            @match piece.strip_suffix(']').and_then(|id| reference.source(id)) {
                Some(source) => { a href={ "#source-" (source.id) } { (source.id) } "]" }
                None => { (piece) }
            }
        }
    }
}

/// Every source that a statement names, in its list or in its note.
pub fn cited(from: &Provenance) -> Vec<String> {
    let noted = from.note.as_deref().map(marks_in).unwrap_or_default();
    from.sources.iter().cloned().chain(noted).collect()
}

/// The marks in a text of the register, such as `S31` in `[S31]`.
pub fn marks_in(text: &str) -> Vec<String> {
    let inside = text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    inside.map(|(id, _)| id.to_owned()).collect()
}

/// The sources that a text of a toolkit cites, each with an anchor of its own.
pub fn citations<'a>(sources: impl Iterator<Item = &'a Citation>) -> Markup {
    html! {
        section.sources aria-labelledby="sources" {
            h2 id="sources" { "Sources" }
            ul {
                @for source in sources {
                    li id={ "source-" (source.id) } {
                        span.no { (source.id) }
                        span {
                            (away(&source.url, &source.title))
                            span.soft {
                                " · " (source.publisher) " · " (source.date)
                                @if source.official { " · official" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where a statement of the register comes from, in one line.
pub fn provenance(reference: &Reference, from: &Provenance) -> Markup {
    html! {
        p.dates {
            @if from.fictional { (fictional_tag()) " " }
            "As of " (day(from.as_of)) "."
            @for (nth, id) in from.sources.iter().enumerate() {
                @if nth == 0 { " Source: " } @else { ", " }
                @match reference.source(id) {
                    Some(source) => { a href={ "#source-" (source.id) } { (source.id) } }
                    None => { (id) }
                }
                @if nth + 1 == from.sources.len() { "." }
            }
            @if let Some(note) = &from.note { " " (marked(reference, note)) }
        }
    }
}

/// Sources of the register, each with an anchor of its own.
pub fn register_sources(reference: &Reference, ids: &[String]) -> Markup {
    let mut ids: Vec<&Source> = ids.iter().filter_map(|id| reference.source(id)).collect();
    ids.sort_by(|a, b| (a.id.len(), &a.id).cmp(&(b.id.len(), &b.id)));
    ids.dedup_by(|a, b| a.id == b.id);
    html! {
        @if !ids.is_empty() {
            section.sources aria-labelledby="sources" {
                h2 id="sources" { "Sources" }
                ul { @for source in ids { (register_source(source)) } }
            }
        }
    }
}

fn register_source(source: &Source) -> Markup {
    html! {
        li id={ "source-" (source.id) } {
            span.no { (source.id) }
            span {
                @match &source.url {
                    Some(url) => { (away(url, &source.title)) }
                    None => { (source.title) }
                }
                span.soft {
                    @if let Some(publisher) = &source.publisher { " · " (publisher) }
                    @if let Some(published) = &source.published { " · " (told_day(published)) }
                    @if source.uncertain { " · seen only in part" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(counted(1, "section", "sections"), "1 section");
        assert_eq!(counted(2400, "section", "sections"), "2,400 sections");
    }
}
