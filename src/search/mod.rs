//! Search: an index over documents, built by hand on tantivy's posting lists.
//!
//! The way of a question: `query` reads it into groups of alternatives with the
//! help of the `lexicon` (every word that occurs) and the `thesaurus` (the
//! vocabulary), `terms` and `ages`; `rank` adds up what the groups earn each
//! document, `nearness` what standing together does, and `weights` says what counts
//! how much; `columns` filters and counts; `highlight` and `reasons` say what matched and why;
//! `answer` puts it together. `analysis` is the one way from text to words.
//!
//! Invariants:
//! - tantivy is known to `postings` and `fields` alone; its query parser is not used;
//! - totals and counts are exact, and a facet ignores its own filter;
//! - parts of a score add up to it exactly, and the same question on the same
//!   index gives the same answer;
//! - a question never fails: what cannot be used is named as ignored.

mod ages;
pub mod analysis;
mod answer;
mod columns;
mod fields;
mod highlight;
mod index;
mod lexicon;
mod nearness;
mod postings;
mod query;
mod rank;
mod reasons;
mod suggest;
mod terms;
mod text;
mod thesaurus;
mod weights;
mod words;

pub use index::Index;
pub use weights::{FieldWeight, Weights};

/// Why an index could not be built or read.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index itself failed.
    #[error("the search index failed")]
    Index(#[from] tantivy::TantivyError),
    /// A posting list could not be read.
    #[error("a posting list could not be read")]
    Read(#[from] std::io::Error),
}
