//! The fields of a document and what a word is worth in each.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use crate::domain::search::Document;

/// The fields, in the order of [`Weights::fields`](crate::search::Weights::fields).
pub const NAMES: [&str; 5] = ["title", "heading", "summary", "vocabulary", "body"];

/// The index's schema and its fields, in the order of [`NAMES`].
pub fn schema() -> (Schema, Vec<Field>) {
    let mut builder = Schema::builder();
    // Words are cut and stemmed before they get here, so no tokenizer is named.
    let indexing =
        TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing);
    let fields = NAMES.iter().map(|name| builder.add_text_field(name, options.clone())).collect();
    (builder.build(), fields)
}

/// The texts of a document, in the order of [`NAMES`].
pub fn texts(document: &Document) -> [String; 5] {
    let join = |lines: Vec<&str>| lines.join("\n");
    let headings = document.passages.iter().filter_map(|p| p.heading.as_deref()).collect();
    let bodies = document.passages.iter().map(|passage| passage.text.as_str()).collect();
    let vocabulary = document.vocabulary.iter().map(String::as_str).collect();
    [
        document.title.clone(),
        join(headings),
        document.summary.clone(),
        join(vocabulary),
        join(bodies),
    ]
}
