//! How often stems occur, document by document: the one place that reads
//! tantivy's posting lists.

use tantivy::{
    DocSet, Index, Searcher, SegmentReader, SingleSegmentIndexWriter, TERMINATED, TantivyDocument,
    Term,
    directory::RamDirectory,
    postings::{Postings as _, SegmentPostings},
    schema::{Field, IndexRecordOption},
    tokenizer::{PreTokenizedString, Token},
};

use crate::search::{SearchError, analysis::Word, fields, weights::Weights};

/// Memory that building may use before it spills to the in-memory folder.
const BUILD_BYTES: usize = 64_000_000;

/// Builds the posting lists, document by document.
pub struct Builder {
    writer: SingleSegmentIndexWriter<TantivyDocument>,
    fields: Vec<Field>,
    lengths: Vec<[f32; 5]>,
}

impl Builder {
    /// An empty one, in memory.
    pub fn new() -> Result<Self, SearchError> {
        let (schema, fields) = fields::schema();
        let writer = Index::builder()
            .schema(schema)
            .single_segment_index_writer(RamDirectory::create(), BUILD_BYTES)?;
        Ok(Self { writer, fields, lengths: Vec::new() })
    }

    /// Adds the next document: for each field its text and words.
    pub fn add(&mut self, texts: &[(String, Vec<Word>)]) -> Result<(), SearchError> {
        let mut document = TantivyDocument::new();
        let mut lengths = [0.0; 5];
        for ((field, (text, words)), length) in self.fields.iter().zip(texts).zip(&mut lengths) {
            let token = |(position, word): (usize, &Word)| Token {
                offset_from: word.start,
                offset_to: word.end,
                position,
                text: word.stem.clone(),
                position_length: 1,
            };
            let tokens = words.iter().enumerate().map(token).collect();
            let value = PreTokenizedString { text: text.clone(), tokens };
            document.add_pre_tokenized_text(*field, value);
            *length = as_f32(words.len());
        }
        self.lengths.push(lengths);
        self.writer.add_document(document)?;
        Ok(())
    }

    /// The finished posting lists.
    pub fn finish(self, weights: &Weights) -> Result<Postings, SearchError> {
        let index = self.writer.finalize()?;
        let searcher = index.reader_builder().try_into()?.searcher();
        let count = as_f32(self.lengths.len().max(1));
        let mut mean = [0.0_f32; 5];
        for lengths in &self.lengths {
            for (sum, length) in mean.iter_mut().zip(lengths) {
                *sum += length / count;
            }
        }
        let weigh = |lengths: &[f32; 5]| {
            let mut worth = [0.0_f32; 5];
            for (at, slot) in worth.iter_mut().enumerate() {
                let (length, mean) =
                    (lengths.get(at).copied().unwrap_or(0.0), mean.get(at).copied().unwrap_or(0.0));
                let [.., body] = weights.fields;
                let field = weights.fields.get(at).copied().unwrap_or(body);
                let share = if mean > 0.0 { length / mean } else { 1.0 };
                *slot = field.weight / (1.0 - field.length + field.length * share);
            }
            worth
        };
        let worth = self.lengths.iter().map(weigh).collect();
        Ok(Postings { searcher, fields: self.fields, worth })
    }
}

/// Posting lists of all fields, with what an occurrence is worth in each document.
pub struct Postings {
    searcher: Searcher,
    fields: Vec<Field>,
    worth: Vec<[f32; 5]>,
}

impl Postings {
    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.worth.len()
    }

    /// Calls `found(document, worth)` for each document and field where the stems
    /// occur in a row; the worth is the number of occurrences, weighted by field
    /// and length.
    pub fn each(
        &self,
        stems: &[String],
        mut found: impl FnMut(u32, f32),
    ) -> Result<(), SearchError> {
        let Some(segment) = self.searcher.segment_readers().first() else { return Ok(()) };
        for (at, field) in self.fields.iter().enumerate() {
            let mut occurs = |document: u32, times: u32| {
                let worth = self.worth.get(document as usize).and_then(|worth| worth.get(at));
                found(document, as_f32(times as usize) * worth.copied().unwrap_or(0.0));
            };
            match stems {
                [] => {}
                [stem] => {
                    let option = IndexRecordOption::WithFreqs;
                    let Some(mut list) = list(segment, *field, stem, option)? else { continue };
                    while list.doc() != TERMINATED {
                        occurs(list.doc(), list.term_freq());
                        list.advance();
                    }
                }
                _ => in_a_row(segment, *field, stems, &mut occurs)?,
            }
        }
        Ok(())
    }
}

fn list(
    segment: &SegmentReader,
    field: Field,
    stem: &str,
    option: IndexRecordOption,
) -> Result<Option<SegmentPostings>, SearchError> {
    let term = Term::from_field_text(field, stem);
    Ok(segment.inverted_index(field)?.read_postings(&term, option)?)
}

/// Documents that have all the stems one behind the other, with how often.
fn in_a_row(
    segment: &SegmentReader,
    field: Field,
    stems: &[String],
    found: &mut impl FnMut(u32, u32),
) -> Result<(), SearchError> {
    let mut lists = Vec::with_capacity(stems.len());
    for stem in stems {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(list) = list(segment, field, stem, option)? else { return Ok(()) };
        lists.push(list);
    }
    let (mut starts, mut next) = (Vec::new(), Vec::new());
    'documents: loop {
        let target = lists.iter().map(DocSet::doc).max().unwrap_or(TERMINATED);
        if target == TERMINATED {
            return Ok(());
        }
        for list in &mut lists {
            let at = if list.doc() < target { list.seek(target) } else { list.doc() };
            if at != target {
                continue 'documents;
            }
        }
        for (offset, list) in (0_u32..).zip(&mut lists) {
            list.positions(&mut next);
            if offset == 0 {
                starts.clone_from(&next);
            } else {
                starts.retain(|start| next.binary_search(&(start + offset)).is_ok());
            }
        }
        if !starts.is_empty() {
            found(target, u32::try_from(starts.len()).unwrap_or(u32::MAX));
        }
        for list in &mut lists {
            list.advance();
        }
    }
}

/// Counts here are far below 2^24, where `f32` is exact.
#[allow(clippy::cast_precision_loss, reason = "counts of words in one text are small")]
pub fn as_f32(count: usize) -> f32 {
    count as f32
}
