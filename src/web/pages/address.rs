//! Addresses of searches.

use std::fmt::Write;

use crate::domain::search::{Facet, Question};

/// Text as it stands in a query string (`application/x-www-form-urlencoded`).
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            // Writing to a string cannot fail.
            other => _ = write!(out, "%{other:02X}"),
        }
    }
    out
}

/// The address of a question at a page of its results.
pub fn of(question: &Question, page: u32) -> String {
    let mut parts = Vec::new();
    if !question.text.is_empty() {
        parts.push(format!("q={}", encoded(&question.text)));
    }
    for (facet, value) in &question.filters {
        parts.push(format!("{}={}", facet.as_str(), encoded(value)));
    }
    if let Some(place) = &question.place {
        parts.push(format!("place={}", encoded(place)));
    }
    if let Some(miles) = question.within_miles {
        parts.push(format!("within_miles={miles}"));
    }
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    if question.per_page != PER_PAGE {
        parts.push(format!("per_page={}", question.per_page));
    }
    if parts.is_empty() { "/search".to_owned() } else { format!("/search?{}", parts.join("&")) }
}

/// The address of the question without one of its filters.
pub fn without(question: &Question, facet: Facet, value: &str) -> String {
    let mut fewer = question.clone();
    fewer.filters.retain(|(one, chosen)| !(*one == facet && chosen == value));
    of(&fewer, 1)
}

/// The address of the question from anywhere.
pub fn anywhere(question: &Question) -> String {
    of(&Question { place: None, within_miles: None, ..question.clone() }, 1)
}

/// The address of the words alone.
pub fn unfiltered(question: &Question) -> String {
    let text = question.text.clone();
    of(&Question { text, per_page: question.per_page, ..Question::default() }, 1)
}

/// The address of other words with the same filters.
pub fn reworded(question: &Question, text: &str) -> String {
    of(&Question { text: text.to_owned(), ..question.clone() }, 1)
}

/// Results on a page, unless the reader asks for another number.
pub const PER_PAGE: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_words_filters_and_page_and_leaves_out_what_is_usual() {
        let question = Question {
            text: "R&D? 50% é".into(),
            filters: vec![(Facet::Kind, "passage".into()), (Facet::Stage, "check".into())],
            page: 1,
            per_page: PER_PAGE,
            place: Some("OX16".into()),
            within_miles: Some(5),
        };
        assert_eq!(
            of(&question, 2),
            "/search?q=R%26D%3F+50%25+%C3%A9&kind=passage&stage=check&place=OX16&within_miles=5&page=2"
        );
        assert_eq!(
            without(&question, Facet::Kind, "passage"),
            "/search?q=R%26D%3F+50%25+%C3%A9&stage=check&place=OX16&within_miles=5"
        );
        let nothing = Question { text: String::new(), ..question };
        assert_eq!(unfiltered(&nothing), "/search");
    }
}
