//! The index of the guidance: built once from documents and a vocabulary, never
//! changed. A new state of the world is a new index; all of it is in memory.

use std::{cmp::Reverse, sync::Arc};

use chrono::NaiveDate;
use tantivy::{SingleSegmentIndexWriter, directory::RamDirectory};

use crate::{
    domain::{
        search::{Answer, CompletionGroup, Document, Facet, Kind, Near, Question},
        vocabulary::Vocabulary,
    },
    search::{
        SearchError,
        answer::{self, Asked},
        collection::{Among, Care, Collection, Matched, Put, Scored, Shelf, Shown},
        fields::{self, Entry},
        language::Language,
        part::Part,
        suggest,
        text::{self, Stems, Texts},
        weights::Weights,
    },
};

/// Memory that building may use before it spills to the in-memory folder.
const BUILD_BYTES: usize = 64_000_000;

/// An index over documents, in memory.
pub struct Index {
    collection: Collection,
}

impl Index {
    /// Builds an index. Documents keep their order, which breaks ties.
    pub fn build(documents: Vec<Document>, vocabulary: &Vocabulary) -> Result<Self, SearchError> {
        Self::build_with(documents, vocabulary, Weights::default())
    }

    /// The same with other weights.
    pub fn build_with(
        documents: Vec<Document>,
        vocabulary: &Vocabulary,
        weights: Weights,
    ) -> Result<Self, SearchError> {
        let (schema, fields) = fields::schema();
        let mut writer: SingleSegmentIndexWriter = tantivy::Index::builder()
            .schema(schema)
            .single_segment_index_writer(RamDirectory::create(), BUILD_BYTES)?;
        let mut stems = Stems::default();
        let mut shelf = Vec::with_capacity(documents.len());
        for (at, document) in (0_u64..).zip(documents) {
            let cut = text::cut(fields::texts(&document));
            let entry = Entry { document: &document, cut: &cut, order: (0, at), turns_on: None };
            writer.add_document(fields::entered(&fields, &entry))?;
            let [title, _, summary, _, body] = cut;
            let texts = Texts::new(&document, [title, summary, body], &mut stems);
            shelf.push(Shown { document, texts });
        }
        let searcher = writer.finalize()?.reader_builder().try_into()?.searcher();
        let segments = 0..u32::from(!searcher.segment_readers().is_empty());
        let parts = segments.map(|at| Part::new(&searcher, at, 0, None));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let language = Arc::new(Language::with(vocabulary, weights));
        let collection = Collection::new(parts, language, Shelf::Memory(shelf, stems));
        Ok(Self { collection })
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.collection.documents()
    }

    /// Every value that some document has in a facet.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.collection.values(facet).into_iter()
    }

    /// The language that questions are read in.
    pub fn language(&self) -> &Arc<Language> {
        self.collection.language()
    }

    /// What this index is to whoever asks several.
    pub(super) const fn collection(&self) -> &Collection {
        &self.collection
    }

    /// Answers a question. Stale documents are those past their review date on
    /// `today`.
    pub fn search(&self, question: &Question, today: NaiveDate) -> Result<Answer, SearchError> {
        self.search_near(question, None, today)
    }

    /// The same from what is near a place alone.
    pub fn search_near(
        &self,
        question: &Question,
        near: Option<&Near>,
        today: NaiveDate,
    ) -> Result<Answer, SearchError> {
        answer::answer(&[&self.collection], &Asked { question, near, today })
    }

    /// What exists and begins like what was typed.
    pub fn suggest(&self, typed: &str) -> Result<Vec<CompletionGroup>, SearchError> {
        suggest::suggest(&[&self.collection], typed)
    }

    /// How well each document answers a question: kind, name and thousandths of a
    /// point, best first; what would not be listed comes after what would. Nothing is
    /// stale where no day is given.
    pub fn relevance(
        &self,
        question: &str,
        today: Option<NaiveDate>,
    ) -> Result<Vec<(Kind, &str, i64)>, SearchError> {
        let put = Put { text: question, today, among: Among::default() };
        let mut matched = self.collection.matched(put, Care::Nearness)?;
        let all = matched.scored.len();
        self.collection.bring_forward(&mut matched.scored, all);
        let below = self.below(&matched, today);
        let found = matched.scored.iter().chain(&below).filter_map(|one| {
            let document = self.collection.kept(one.document)?;
            Some((document.kind, document.id.as_str(), one.milli))
        });
        Ok(found.collect())
    }

    /// What has some of the question, but too little of it to be listed, best first.
    fn below(&self, matched: &Matched<'_>, today: Option<NaiveDate>) -> Vec<Scored> {
        let ranking = &matched.ranking;
        let every = (0_u32..).take(self.collection.slots());
        let mut rest: Vec<Scored> = every
            .filter(|at| ranking.sum(*at) > 0 && ranking.matched.binary_search(at).is_err())
            .map(|at| self.collection.score((ranking, &matched.query), at, 0, today))
            .collect();
        rest.sort_by_key(|one| (Reverse(one.milli), one.document));
        rest
    }
}
