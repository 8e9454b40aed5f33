//! Search over the shipped content, and over small made-up documents: what people
//! rely on.

mod bad_input;
mod counting;
mod explaining;
mod finding;
mod outside;
mod suggesting;

use chrono::NaiveDate;
use pathways::{
    app::guidance,
    domain::{
        freshness::Dated,
        guidance::Passage,
        search::{Answer, Document, Facet, FacetValue, Kind, Question},
        vocabulary::Vocabulary,
    },
    search::Index,
};

use crate::shown;

/// A question without filters, first page.
fn question(text: &str) -> Question {
    Question { text: text.to_owned(), page: 1, per_page: 100, ..Question::default() }
}

/// The shipped content's answer.
fn ask(text: &str) -> Answer {
    ask_with(text, &[])
}

fn ask_with(text: &str, filters: &[(Facet, &str)]) -> Answer {
    let filters = filters.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect();
    let question = Question { filters, ..question(text) };
    guidance::search(&shown::state().snapshot(), &question).unwrap()
}

/// The names of what the shipped content answers, best first.
fn found(text: &str) -> Vec<String> {
    ask(text).hits.into_iter().map(|hit| hit.id).collect()
}

/// An index over made-up documents.
fn index(documents: Vec<Document>) -> Index {
    Index::build(documents, &Vocabulary::default()).unwrap()
}

fn search(index: &Index, text: &str) -> Answer {
    index.search(&question(text), shown::day()).unwrap()
}

/// A made-up document.
fn document(id: &str, title: &str, body: &str) -> Document {
    Document {
        kind: Kind::Passage,
        id: id.to_owned(),
        title: title.to_owned(),
        url: format!("/{id}"),
        summary: String::new(),
        passages: vec![Passage { heading: None, anchor: String::new(), text: body.to_owned() }],
        vocabulary: Vec::new(),
        facets: vec![FacetValue {
            facet: Facet::Kind,
            value: "passage".to_owned(),
            label: "Passage".to_owned(),
        }],
        dates: None,
        legal: false,
        companion: false,
        fictional: false,
        points: Vec::new(),
    }
}

/// Dates with that review date.
fn reviewed_by(year: i32, month: u32, day: u32) -> Dated {
    let review_by = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Dated { as_of: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), review_by }
}
