//! Search: indexes over documents, built by hand on tantivy's posting lists.
//!
//! There are two, and one code that asks them. [`Index`] holds the guidance, in memory,
//! and is built anew when it changes; [`register`] holds the register, on disk, and
//! follows it. What is asked is a `collection` of `part`s, whichever it is.
//!
//! The way of a question: `query` reads it into groups of alternatives with the
//! help of the `lexicon` (every word that occurs) and the `thesaurus` (the
//! vocabulary), `terms` and `ages`; `rank` adds up what the groups earn each
//! document, `nearness` what standing together does, and `weights` says what counts
//! how much; `columns` filters and counts; `highlight` and `reasons` say what matched and why;
//! `answer` puts it together. `analysis` is the one way from text to words.
//!
//! Invariants:
//! - tantivy's query parser is not used;
//! - totals and counts are exact, and a facet ignores its own filter;
//! - parts of a score add up to it exactly, and the same question on the same
//!   index gives the same answer;
//! - a question never fails: what cannot be used is named as ignored.

mod ages;
pub mod analysis;
mod answer;
pub mod brokers;
mod collection;
mod columns;
mod fields;
mod highlight;
mod hit;
mod index;
mod language;
mod lexicon;
mod nearness;
mod part;
mod postings;
mod query;
mod rank;
mod reasons;
pub mod register;
pub mod short;
mod suggest;
mod terms;
mod text;
mod thesaurus;
mod told;
mod weights;
mod words;

pub use index::Index;
pub use language::Language;
pub use weights::{FieldWeight, Weights};

/// Why an index could not be built or read.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index itself failed.
    #[error("the search index failed")]
    Index(#[from] tantivy::TantivyError),
    /// A posting list or a file could not be read or written.
    #[error("a file of the search index could not be read or written")]
    Read(#[from] std::io::Error),
    /// What the index holds is not what was put into it.
    #[error("the search index is damaged: {0}")]
    Damaged(&'static str),
    /// Another process writes this index.
    #[error("another process uses the search index in {}: stop it, or name another data folder", .0.display())]
    InUse(std::path::PathBuf),
}
