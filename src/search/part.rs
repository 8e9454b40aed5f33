//! One part of an index: a segment of tantivy with what is read of it into memory.
//!
//! What is read never changes with the segment, so it is read once and shared by
//! all states of the index that have the segment. Deleted documents count nowhere:
//! everything here that counts or lists looks at who is alive.

use std::{io, sync::Arc};

use tantivy::{
    DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term,
    columnar::Column,
    schema::{IndexRecordOption, Value as _},
};

use crate::{
    domain::{place::Point, search::Facet},
    search::{
        SearchError,
        columns::{Columns, Value},
        fields::{self, Facts, Fields, PARTED, column},
        lexicon::Words,
        postings,
    },
};

/// A segment in an index.
pub struct Part {
    /// The number of its first document in the index.
    base: u32,
    searcher: Searcher,
    /// Which segment of the searcher it is.
    at: u32,
    fields: Fields,
    memory: Arc<Memory>,
}

/// What is read of a segment into memory.
#[derive(Debug, Default)]
pub struct Memory {
    /// By document: length of each text, in words.
    lengths: Vec<[u16; 4]>,
    body_lengths: Vec<u32>,
    facts: Vec<u64>,
    order: Vec<(u64, u64)>,
    columns: Columns,
    /// Where each document's points end in `points`.
    point_ends: Vec<u32>,
    points: Vec<u64>,
    words: Words,
}

impl Part {
    /// The part of one segment of a searcher; `memory` where it was read before.
    pub fn new(
        searcher: &Searcher,
        at: u32,
        base: u32,
        memory: Option<Arc<Memory>>,
    ) -> Result<Self, SearchError> {
        let (_, fields) = fields::schema();
        let memory = match memory {
            Some(memory) => memory,
            None => Arc::new(Memory::read(searcher.segment_reader(at), &fields)?),
        };
        Ok(Self { base, searcher: searcher.clone(), at, fields, memory })
    }

    /// What was read of it.
    pub fn memory(&self) -> &Arc<Memory> {
        &self.memory
    }

    /// The number of its first document in the index.
    pub const fn base(&self) -> u32 {
        self.base
    }

    /// How many documents it has places for, the deleted ones too.
    pub fn slots(&self) -> u32 {
        self.segment().max_doc()
    }

    /// How many documents it has.
    pub fn living(&self) -> usize {
        self.segment().num_docs() as usize
    }

    /// The documents it has, by their number in it.
    pub fn alive(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.slots()).filter(|document| self.is_alive(*document))
    }

    /// The sum of the lengths of its documents' texts, in words.
    pub fn length_sums(&self) -> [u64; 5] {
        let mut sums = [0; 5];
        for document in self.alive() {
            for (sum, length) in sums.iter_mut().zip(self.lengths(document)) {
                *sum += u64::from(length);
            }
        }
        sums
    }

    /// The lengths of a document's texts, in words.
    pub fn lengths(&self, document: u32) -> [u32; 5] {
        let [a, b, c, d] = self.memory.lengths.get(document as usize).copied().unwrap_or_default();
        let body = self.memory.body_lengths.get(document as usize).copied().unwrap_or(0);
        [a.into(), b.into(), c.into(), d.into(), body]
    }

    /// What is known of a document without looking at its texts.
    pub fn facts(&self, document: u32) -> Facts {
        Facts::unpacked(self.memory.facts.get(document as usize).copied().unwrap_or_default())
    }

    /// What breaks ties, the lower first.
    pub fn order(&self, document: u32) -> (u64, u64) {
        self.memory.order.get(document as usize).copied().unwrap_or_default()
    }

    /// The facets of its documents.
    pub fn columns(&self) -> &Columns {
        &self.memory.columns
    }

    /// Where a document is.
    pub fn points(&self, document: u32) -> impl Iterator<Item = Point> + '_ {
        let at = document as usize;
        let ends = &self.memory.point_ends;
        let end = ends.get(at).copied().unwrap_or(0) as usize;
        let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        let packed = self.memory.points.get(start as usize..end).unwrap_or_default();
        packed.iter().map(|packed| fields::unpacked_point(*packed))
    }

    /// Its surface forms.
    pub fn words(&self) -> &Words {
        &self.memory.words
    }

    /// In how many documents a word of [`Self::words`] occurs.
    pub fn documents_of(&self, word: usize) -> u32 {
        let words = self.words();
        if self.segment().has_deletes() {
            let term = Term::from_field_text(self.fields.surface, words.get(word));
            return self.living_with(&term, u32::MAX).unwrap_or(0);
        }
        words.documents(word)
    }

    /// In how many documents exactly this word occurs.
    pub fn documents_with(&self, surface: &str) -> u32 {
        self.words().find(surface).map_or(0, |word| self.documents_of(word))
    }

    /// Whether some document has a word of that stem.
    pub fn has_stem(&self, stem: &str) -> bool {
        self.fields.texts.iter().any(|field| {
            let term = Term::from_field_text(*field, stem);
            self.living_with(&term, 1).is_ok_and(|count| count > 0)
        })
    }

    /// How many documents have a term, counted up to a limit.
    fn living_with(&self, term: &Term, limit: u32) -> io::Result<u32> {
        let segment = self.segment();
        let index = segment.inverted_index(term.field()).map_err(io::Error::other)?;
        let Some(mut list) = index.read_postings(term, IndexRecordOption::Basic)? else {
            return Ok(0);
        };
        let mut count = 0;
        while list.doc() != TERMINATED && count < limit {
            count += u32::from(self.is_alive(list.doc()));
            list.advance();
        }
        Ok(count)
    }

    /// Calls `found(document, field, times)` for each document of the part and field
    /// where the stems occur in a row.
    pub fn each(
        &self,
        stems: &[String],
        mut found: impl FnMut(u32, usize, u32),
    ) -> Result<(), SearchError> {
        for (at, field) in self.fields.texts.iter().enumerate() {
            postings::each(self.segment(), *field, stems, |document, times| {
                if self.is_alive(document) {
                    found(document, at, times);
                }
            })?;
        }
        Ok(())
    }

    /// Documents whose title has a stem.
    pub fn titled(&self, stem: &str, mut found: impl FnMut(u32)) -> Result<(), SearchError> {
        let [title, ..] = self.fields.texts;
        postings::each(self.segment(), title, &[stem.to_owned()], |document, _| {
            if self.is_alive(document) {
                found(document);
            }
        })
    }

    /// A document as it was stored, if it was.
    pub fn record(&self, document: u32) -> Result<Option<Vec<u8>>, SearchError> {
        let stored: TantivyDocument = self.searcher.doc(DocAddress::new(self.at, document))?;
        let bytes = stored.get_first(self.fields.record).and_then(|value| value.as_bytes());
        Ok(bytes.map(<[u8]>::to_vec))
    }

    /// Documents that turn on a day or before it.
    pub fn due(&self, by: chrono::NaiveDate) -> Result<Vec<u32>, SearchError> {
        let turns = self.segment().fast_fields().u64(column::TURN)?;
        let due = |document: &u32| {
            turns.first(*document).and_then(fields::unpacked_day).is_some_and(|day| day <= by)
        };
        Ok(self.alive().filter(due).collect())
    }

    fn segment(&self) -> &SegmentReader {
        self.searcher.segment_reader(self.at)
    }

    fn is_alive(&self, document: u32) -> bool {
        self.segment().alive_bitset().is_none_or(|alive| alive.is_alive(document))
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part")
            .field("base", &self.base)
            .field("slots", &self.slots())
            .finish_non_exhaustive()
    }
}

impl Memory {
    fn read(segment: &SegmentReader, fields: &Fields) -> Result<Self, SearchError> {
        let columns = segment.fast_fields();
        let number = |name: &str| columns.u64(name);
        let lengths = number(column::LENGTHS)?;
        let body_lengths = number(column::BODY_LENGTH)?;
        let facts = number(column::FACTS)?;
        let [high, low] = column::ORDER;
        let (high, low) = (number(high)?, number(low)?);
        let points = number(column::POINT)?;
        let mut memory = Self { words: read_words(segment, fields)?, ..Self::default() };
        for document in 0..segment.max_doc() {
            let first = |column: &Column<u64>| column.first(document).unwrap_or_default();
            memory.lengths.push(four(first(&lengths)));
            memory.body_lengths.push(u32::try_from(first(&body_lengths)).unwrap_or(u32::MAX));
            memory.facts.push(first(&facts));
            memory.order.push((first(&high), first(&low)));
            memory.points.extend(points.values_for_doc(document));
            memory.point_ends.push(u32::try_from(memory.points.len()).unwrap_or(u32::MAX));
        }
        memory.columns = read_facets(segment)?;
        memory.points.shrink_to_fit();
        Ok(memory)
    }
}

/// Four lengths that were packed into a number.
#[allow(clippy::cast_possible_truncation, reason = "each quarter is 16 bits")]
const fn four(packed: u64) -> [u16; 4] {
    [packed as u16, (packed >> 16) as u16, (packed >> 32) as u16, (packed >> 48) as u16]
}

fn read_words(segment: &SegmentReader, fields: &Fields) -> Result<Words, SearchError> {
    let index = segment.inverted_index(fields.surface)?;
    let mut terms = index.terms().stream()?;
    let mut words = Words::default();
    while let Some((surface, info)) = terms.next() {
        words.push(&String::from_utf8_lossy(surface), info.doc_freq);
    }
    Ok(words)
}

fn read_facets(segment: &SegmentReader) -> Result<Columns, SearchError> {
    let Some(column) = segment.fast_fields().str(column::FACET)? else {
        let mut none = Columns::new(Vec::new());
        (0..segment.max_doc()).for_each(|_| none.push(std::iter::empty()));
        return Ok(none);
    };
    let mut values = Vec::new();
    for at in 0..column.num_terms() as u64 {
        let mut text = String::new();
        column.ord_to_str(at, &mut text)?;
        let mut pieces = text.splitn(3, PARTED);
        let mut next = || pieces.next().unwrap_or_default().to_owned();
        let facet = Facet::parse(&next()).ok_or_else(|| io::Error::other("an unknown facet"))?;
        values.push(Value { facet, value: next(), label: next() });
    }
    let mut columns = Columns::new(values);
    for document in 0..segment.max_doc() {
        columns.push(column.term_ords(document).filter_map(|at| u32::try_from(at).ok()));
    }
    Ok(columns)
}
