//! One index: documents, their posting lists, columns, words and terms.
//!
//! Built once from documents and a vocabulary, never changed: a new state of the
//! world is a new index. All of it is in memory.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    domain::{
        search::{Document, Facet, Kind},
        vocabulary::Vocabulary,
    },
    search::{
        SearchError,
        columns::Columns,
        fields,
        highlight::Marker,
        lexicon::Lexicon,
        postings::{Builder, Postings},
        query::{Query, Reader},
        rank::{self, Ranking},
        text::{self, Stems, Texts},
        thesaurus::Thesaurus,
        weights::Weights,
        words::English,
    },
};

/// How many of the best are ordered anew by how near their words stand.
const NEARNESS_TOP: usize = 100;
/// What is left of a score past the review date: of law, and of the rest.
const STALE_LEGAL: i64 = 500;
const STALE: i64 = 850;
/// An index over documents.
pub struct Index {
    pub(super) documents: Vec<Document>,
    pub(super) texts: Vec<Texts>,
    pub(super) postings: Postings,
    pub(super) columns: Columns,
    pub(super) stems: Stems,
    pub(super) lexicon: Lexicon,
    pub(super) thesaurus: Thesaurus,
    english: English,
    weights: Weights,
}

/// A matching document with its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub document: u32,
    pub milli: i64,
    /// Part of the score: what nearness earned.
    pub nearness: i64,
    /// Part of the score: what being about the question's cohort earned.
    pub about: i64,
    /// Part of the score: what being a form or checklist cost, 0 or less.
    pub companion: i64,
    /// Part of the score: what missing words cost, 0 or less.
    pub missing: i64,
    /// Part of the score: what staleness cost, 0 or less.
    pub stale: i64,
}

/// A query with everything that matches it, best first.
pub(super) struct Matched {
    pub query: Query,
    pub ranking: Ranking,
    pub marker: Marker,
    pub scored: Vec<Scored>,
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
        let mut builder = Builder::new()?;
        let mut stems = Stems::default();
        let mut texts = Vec::with_capacity(documents.len());
        let mut words: BTreeMap<String, (String, u32)> = BTreeMap::new();
        for document in &documents {
            let cut = text::cut(fields::texts(document));
            builder.add(&cut)?;
            let mut seen = BTreeSet::new();
            for word in cut.iter().flat_map(|(_, words)| words) {
                if seen.insert(word.surface.as_str()) {
                    let fresh = || (word.stem.clone(), 0);
                    words.entry(word.surface.clone()).or_insert_with(fresh).1 += 1;
                }
            }
            let [title, _, summary, _, body] = cut;
            texts.push(Texts::new(document, [title, summary, body], &mut stems));
        }
        let thesaurus = Thesaurus::new(vocabulary, &weights);
        for word in thesaurus.words().flat_map(crate::search::analysis::words) {
            words.entry(word.surface).or_insert((word.stem, 0));
        }
        Ok(Self {
            columns: Columns::new(&documents),
            postings: builder.finish(&weights)?,
            lexicon: Lexicon::new(words),
            documents,
            texts,
            stems,
            thesaurus,
            english: English::default(),
            weights,
        })
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// Every value that some document has in a facet.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.columns.values(facet)
    }

    /// How well each matching document answers a question: kind, name and
    /// thousandths of a point, best first.
    pub fn relevance(
        &self,
        question: &str,
        is_stale: impl Fn(&Document) -> bool,
    ) -> Result<Vec<(Kind, &str, i64)>, SearchError> {
        let matched = self.matched(question, is_stale)?;
        let found = matched.scored.iter().filter_map(|scored| {
            let document = self.documents.get(scored.document as usize)?;
            Some((document.kind, document.id.as_str(), scored.milli))
        });
        Ok(found.collect())
    }

    /// Reads a question and ranks what matches it.
    pub(super) fn matched(
        &self,
        question: &str,
        is_stale: impl Fn(&Document) -> bool,
    ) -> Result<Matched, SearchError> {
        let reader = Reader {
            lexicon: &self.lexicon,
            thesaurus: &self.thesaurus,
            english: &self.english,
            weights: &self.weights,
        };
        let query = reader.read(question);
        let ranking = rank::rank(&self.postings, &query, &self.weights)?;
        let marker = Marker::new(&query, &ranking.earned, &self.stems);
        let mut scored: Vec<Scored> = ranking
            .matched
            .iter()
            .map(|document| {
                let stale = self.documents.get(*document as usize).is_some_and(&is_stale);
                self.score(&ranking, &query, *document, (0, stale))
            })
            .collect();
        sort(&mut scored);
        for slot in scored.iter_mut().take(NEARNESS_TOP) {
            let nearness = self.nearness(&marker, slot.document);
            *slot = self.score(&ranking, &query, slot.document, (nearness, slot.stale < 0));
        }
        let top = scored.len().min(NEARNESS_TOP);
        if let Some(best) = scored.get_mut(..top) {
            sort(best);
        }
        Ok(Matched { query, ranking, marker, scored })
    }

    /// Points for how the words stand together: near each other, in one line.
    fn nearness(&self, marker: &Marker, document: u32) -> i64 {
        self.texts.get(document as usize).map_or(0, |texts| {
            let weights = &self.weights;
            rank::milli(marker.nearness(texts, weights) + marker.likeness(&texts.lines, weights))
        })
    }

    /// The parts of a document's score beside what the groups earned.
    fn score(
        &self,
        ranking: &Ranking,
        query: &Query,
        document: u32,
        (nearness, stale): (i64, bool),
    ) -> Scored {
        let weights = &self.weights;
        let found = self.documents.get(document as usize);
        let about = if is_about(found, query) { rank::milli(weights.about) } else { 0 };
        let earned = ranking.sum(document) + nearness + about;
        let gone = (1.0 - ranking.coverage(document)).powf(weights.missing_power);
        let missing = -rank::share(earned, weights.missing * gone);
        let companion = found.is_some_and(|found| found.companion);
        let lost = if companion { weights.companion } else { 0.0 };
        let companion = -rank::share(earned + missing, lost);
        let left = earned + missing + companion;
        let legal = found.is_some_and(|found| found.legal);
        let kept = if legal { STALE_LEGAL } else { STALE };
        let stale = if stale { left * kept / 1000 - left } else { 0 };
        Scored { document, milli: left + stale, nearness, about, companion, missing, stale }
    }
}

/// Whether a document is about people that the question is about.
fn is_about(document: Option<&Document>, query: &Query) -> bool {
    let mut own = document.into_iter().flat_map(|d| &d.facets);
    own.any(|value| value.facet == Facet::Cohort && query.cohorts.contains(&value.value))
}

/// Best first; equal scores in the order of the documents.
fn sort(scored: &mut [Scored]) {
    scored.sort_by_key(|one| (Reverse(one.milli), one.document));
}
