//! The fields of a document, and what is kept of it beside the words.

use chrono::{Datelike, NaiveDate};
use tantivy::{
    TantivyDocument,
    schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{PreTokenizedString, Token},
};

use crate::{
    domain::{place::Point, search::Document},
    search::analysis::Word,
};

/// The fields, in the order of [`Weights::fields`](crate::search::Weights::fields).
pub const NAMES: [&str; 5] = ["title", "heading", "summary", "vocabulary", "body"];
/// Parts a facet's name, value and label in the column of facets.
pub const PARTED: char = '\u{1f}';
/// What stands for "no day" where a day is kept.
const NO_DAY: u64 = u32::MAX as u64;
/// Micro-degrees in a degree: points are kept to about 11 cm.
const MICRO: f64 = 1e6;

/// The index's fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Stems of the texts, in the order of [`NAMES`].
    pub texts: [Field; 5],
    /// Every folded surface form, for spelling and beginnings of words.
    pub surface: Field,
    /// Kind and name, to find a document again.
    pub key: Field,
    /// The document as written.
    pub record: Field,
    facet: Field,
    lengths: Field,
    body_length: Field,
    facts: Field,
    point: Field,
    turn: Field,
    order: [Field; 2],
}

/// Names of the columns, as they are read back.
pub mod column {
    /// `facet`, value and label.
    pub const FACET: &str = "facet";
    /// Lengths of the first four texts, in words.
    pub const LENGTHS: &str = "lengths";
    /// Length of the fifth.
    pub const BODY_LENGTH: &str = "body_length";
    /// Review date and marks.
    pub const FACTS: &str = "facts";
    /// Where it is.
    pub const POINT: &str = "point";
    /// The day it turns on.
    pub const TURN: &str = "turn";
    /// What breaks ties.
    pub const ORDER: [&str; 2] = ["order_high", "order_low"];
}

/// The index's schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // Words are cut and stemmed before they get here, so no tokenizer is named.
    let indexing = |option| {
        let indexing = TextFieldIndexing::default().set_index_option(option).set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing)
    };
    let texts = NAMES.map(|name| {
        builder.add_text_field(name, indexing(IndexRecordOption::WithFreqsAndPositions))
    });
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        texts,
        surface: builder.add_text_field("surface", indexing(IndexRecordOption::Basic)),
        key: builder.add_text_field("key", indexing(IndexRecordOption::Basic)),
        record: builder.add_bytes_field("record", tantivy::schema::STORED),
        facet: builder.add_text_field(column::FACET, TextOptions::default().set_fast("raw")),
        lengths: builder.add_u64_field(column::LENGTHS, number()),
        body_length: builder.add_u64_field(column::BODY_LENGTH, number()),
        facts: builder.add_u64_field(column::FACTS, number()),
        point: builder.add_u64_field(column::POINT, number()),
        turn: builder.add_u64_field(column::TURN, number()),
        order: column::ORDER.map(|name| builder.add_u64_field(name, number())),
    };
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

/// What is known of a document without looking at its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The last day it counts as fresh.
    pub review_by: Option<NaiveDate>,
    /// Whether it states law.
    pub legal: bool,
    /// Whether it goes with an answer rather than being one.
    pub companion: bool,
}

impl Facts {
    fn of(document: &Document) -> Self {
        let review_by = document.dates.map(|dates| dates.review_by);
        Self { review_by, legal: document.legal, companion: document.companion }
    }

    fn packed(self) -> u64 {
        packed_day(self.review_by) << 2 | u64::from(self.legal) << 1 | u64::from(self.companion)
    }

    /// The facts that were packed into a number.
    pub fn unpacked(packed: u64) -> Self {
        let day = packed >> 2;
        Self { review_by: unpacked_day(day), legal: packed & 2 != 0, companion: packed & 1 != 0 }
    }

    /// Whether it is past its review date on a day.
    pub fn is_stale(self, today: NaiveDate) -> bool {
        self.review_by.is_some_and(|last| today > last)
    }
}

/// A day as a number that grows with time.
pub fn packed_day(day: Option<NaiveDate>) -> u64 {
    day.and_then(|day| u64::try_from(day.num_days_from_ce()).ok()).unwrap_or(NO_DAY)
}

/// The day of a number; `None` where there was none.
pub fn unpacked_day(number: u64) -> Option<NaiveDate> {
    let days = i32::try_from(number).ok()?;
    NaiveDate::from_num_days_from_ce_opt(days)
}

/// A point in a number.
#[allow(clippy::cast_possible_truncation, reason = "degrees are within 180")]
pub fn packed_point(point: Point) -> u64 {
    let micro = |degrees: f64| u64::from(((degrees * MICRO).round() as i32).cast_unsigned());
    micro(point.lat) << 32 | micro(point.lon)
}

/// The point of a number.
#[allow(clippy::cast_possible_truncation, reason = "each half is 32 bits")]
pub fn unpacked_point(packed: u64) -> Point {
    let degrees = |half: u64| f64::from((half as u32).cast_signed()) / MICRO;
    Point { lat: degrees(packed >> 32), lon: degrees(packed) }
}

/// What a document is entered with beside its texts.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its texts, cut into words.
    pub cut: &'a [(String, Vec<Word>); 5],
    /// What breaks ties, the lower first.
    pub order: (u64, u64),
    /// The next day on which it may read otherwise.
    pub turns_on: Option<NaiveDate>,
}

/// A document as tantivy takes it.
pub fn entered(fields: &Fields, entry: &Entry<'_>) -> TantivyDocument {
    let mut made = TantivyDocument::new();
    let mut surfaces: Vec<&str> = Vec::new();
    for (field, (_, words)) in fields.texts.iter().zip(entry.cut) {
        let tokens = words.iter().enumerate().map(|(at, word)| token(&word.stem, at)).collect();
        // The text itself is kept elsewhere.
        made.add_pre_tokenized_text(*field, PreTokenizedString { text: String::new(), tokens });
        surfaces.extend(words.iter().map(|word| word.surface.as_str()));
    }
    surfaces.sort_unstable();
    surfaces.dedup();
    let tokens = surfaces.iter().enumerate().map(|(at, surface)| token(surface, at)).collect();
    made.add_pre_tokenized_text(fields.surface, PreTokenizedString { text: String::new(), tokens });
    let document = entry.document;
    let mut facets: Vec<String> = document
        .facets
        .iter()
        .map(|one| format!("{}{PARTED}{}{PARTED}{}", one.facet.as_str(), one.value, one.label))
        .collect();
    facets.sort_unstable();
    facets.dedup();
    for facet in facets {
        made.add_text(fields.facet, facet);
    }
    let [title, heading, summary, vocabulary, body] = entry.cut;
    let short = |(_, words): &(String, Vec<Word>)| {
        u64::from(u16::try_from(words.len()).unwrap_or(u16::MAX))
    };
    let four = short(title) | short(heading) << 16 | short(summary) << 32 | short(vocabulary) << 48;
    made.add_u64(fields.lengths, four);
    made.add_u64(fields.body_length, body.1.len() as u64);
    made.add_u64(fields.facts, Facts::of(document).packed());
    for point in &document.points {
        made.add_u64(fields.point, packed_point(*point));
    }
    made.add_u64(fields.turn, packed_day(entry.turns_on));
    let [high, low] = fields.order;
    made.add_u64(high, entry.order.0);
    made.add_u64(low, entry.order.1);
    made
}

/// One token.
pub fn token(text: &str, position: usize) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text: text.to_owned(), position_length: 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_point_and_a_day_survive_packing(lat in -90.0f64..90.0, lon in -180.0f64..180.0, day in 1i32..2_000_000) {
            let back = unpacked_point(packed_point(Point { lat, lon }));
            prop_assert!((back.lat - lat).abs() < 1e-6 && (back.lon - lon).abs() < 1e-6);
            let day = NaiveDate::from_num_days_from_ce_opt(day);
            prop_assert_eq!(unpacked_day(packed_day(day)), day);
            let facts = Facts { review_by: day, legal: true, companion: false };
            prop_assert_eq!(Facts::unpacked(facts.packed()), facts);
        }
    }

    #[test]
    fn no_day_is_no_day() {
        assert_eq!(unpacked_day(packed_day(None)), None);
    }
}
