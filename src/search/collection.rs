//! What a question is answered from: parts of an index, the language they are read
//! in, and their documents' texts. Guidance and register are each one of these, and
//! all that ranks and explains knows only this.

use std::{borrow::Cow, cmp::Reverse, collections::BTreeSet, ops::Deref, sync::Arc};

use chrono::NaiveDate;

use crate::{
    domain::search::{Document, Facet},
    search::{
        SearchError,
        highlight::Marker,
        language::Language,
        lexicon::Lexicon,
        part::Part,
        postings::as_f32,
        query::{Query, Reader},
        rank::{self, Ranking},
        register::record,
        text::{Stems, Texts},
        weights::Weights,
    },
};

/// How many of the best are ordered anew by how near their words stand.
const NEARNESS_TOP: usize = 100;
/// What is left of a score past the review date: of law, and of the rest.
const STALE_LEGAL: i64 = 500;
const STALE: i64 = 850;

/// Documents that can be searched.
pub struct Collection {
    parts: Vec<Part>,
    language: Arc<Language>,
    shelf: Shelf,
    /// By field: the mean length, in words.
    means: [f32; 5],
    living: usize,
    slots: usize,
}

/// Where the documents themselves are.
pub(super) enum Shelf {
    /// In memory, by number, with numbers for their stems.
    Memory(Vec<Shown>, Stems),
    /// In the parts.
    Parts,
}

/// A document with its texts cut into words.
pub(super) struct Shown {
    pub document: Document,
    pub texts: Texts,
}

/// A document from a shelf.
pub(super) enum Held<'a> {
    Kept(&'a Shown),
    Loaded(Box<Shown>),
}

impl Deref for Held<'_> {
    type Target = Shown;

    fn deref(&self) -> &Shown {
        match self {
            Self::Kept(shown) => shown,
            Self::Loaded(shown) => shown,
        }
    }
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

/// A query with everything that matches it; the best come first where they were
/// ordered.
pub(super) struct Matched<'a> {
    pub query: Query,
    pub ranking: Ranking,
    pub marker: Marker,
    pub stems: Cow<'a, Stems>,
    pub scored: Vec<Scored>,
}

/// How a question is put to a collection.
#[derive(Clone, Copy)]
pub(super) struct Put<'a> {
    /// The words.
    pub text: &'a str,
    /// The day for which review dates are judged; on no day is anything stale.
    pub today: Option<NaiveDate>,
    /// What it says about the others that are asked too.
    pub among: Among<'a>,
}

/// The other collections that are asked the same.
#[derive(Clone, Copy, Default)]
pub(super) struct Among<'a> {
    /// The words of the one whose scale and spelling count.
    pub first: Option<&'a Collection>,
}

/// How carefully the matches are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// The best by how near their words stand.
    Nearness,
    /// Not at all: they are only counted.
    None,
}

impl Collection {
    /// The collection of these parts.
    pub(super) fn new(parts: Vec<Part>, language: Arc<Language>, shelf: Shelf) -> Self {
        let living = parts.iter().map(Part::living).sum();
        let slots = parts.iter().map(|part| part.slots() as usize).sum();
        let mut sums = [0_u64; 5];
        for part in &parts {
            for (sum, own) in sums.iter_mut().zip(part.length_sums()) {
                *sum += own;
            }
        }
        Self { means: sums.map(|sum| mean(sum, living)), parts, language, shelf, living, slots }
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.living
    }

    /// How many documents there are places for, the deleted ones too: their numbers
    /// are below this.
    pub(super) const fn slots(&self) -> usize {
        self.slots
    }

    /// Every value that some document has in a facet.
    pub fn values(&self, facet: Facet) -> BTreeSet<&str> {
        let all = self.parts.iter().flat_map(|part| part.columns().values());
        all.filter(|value| value.facet == facet).map(|value| value.value.as_str()).collect()
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(super) const fn language(&self) -> &Arc<Language> {
        &self.language
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.language.weights
    }

    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon::new(&self.parts, &self.language)
    }

    /// By field: the mean length, in words.
    pub(super) const fn means(&self) -> &[f32; 5] {
        &self.means
    }

    /// The part that has a document, and the document's number there.
    pub(super) fn part_of(&self, document: u32) -> Option<(&Part, u32)> {
        let after = self.parts.partition_point(|part| part.base() <= document);
        let part = self.parts.get(after.checked_sub(1)?)?;
        Some((part, document - part.base()))
    }

    /// What breaks ties, the lower first.
    pub(super) fn order(&self, document: u32) -> ((u64, u64), u32) {
        let own = self.part_of(document).map(|(part, at)| part.order(at));
        (own.unwrap_or_default(), document)
    }

    /// A document; `stems` are those that its words are numbered by.
    pub(super) fn held(
        &self,
        document: u32,
        stems: &Stems,
    ) -> Result<Option<Held<'_>>, SearchError> {
        match &self.shelf {
            Shelf::Memory(all, _) => Ok(all.get(document as usize).map(Held::Kept)),
            Shelf::Parts => {
                let Some((part, at)) = self.part_of(document) else { return Ok(None) };
                let Some(bytes) = part.record(at)? else { return Ok(None) };
                Ok(Some(Held::Loaded(Box::new(record::read(&bytes, stems)?))))
            }
        }
    }

    /// A document that is kept in memory.
    pub(super) fn kept(&self, document: u32) -> Option<&Document> {
        match &self.shelf {
            Shelf::Memory(all, _) => all.get(document as usize).map(|shown| &shown.document),
            Shelf::Parts => None,
        }
    }

    /// Reads a question and ranks what matches it.
    pub(super) fn matched(&self, put: Put<'_>, care: Care) -> Result<Matched<'_>, SearchError> {
        let query = self.reader(put.among).read(put.text);
        let ranking = rank::rank(self, &query, put.among)?;
        let stems = match &self.shelf {
            Shelf::Memory(_, stems) => Cow::Borrowed(stems),
            Shelf::Parts => Cow::Owned(Stems::of(&query)),
        };
        let marker = Marker::new(&query, &ranking.earned, &stems);
        let found = ranking.matched.iter();
        let scored =
            found.map(|document| self.score((&ranking, &query), *document, 0, put.today)).collect();
        let mut matched = Matched { query, ranking, marker, stems, scored };
        if care == Care::Nearness {
            self.look_closer(&mut matched, put.today)?;
        }
        Ok(matched)
    }

    /// Orders the best anew by how near their words stand. That only ever adds, so
    /// the best stay the best.
    fn look_closer(
        &self,
        matched: &mut Matched<'_>,
        today: Option<NaiveDate>,
    ) -> Result<(), SearchError> {
        let weights = self.weights();
        let marker = &matched.marker;
        let asked = (&matched.ranking, &matched.query);
        let mut scored = std::mem::take(&mut matched.scored);
        self.bring_forward(&mut scored, NEARNESS_TOP);
        for slot in scored.iter_mut().take(NEARNESS_TOP) {
            let Some(held) = self.held(slot.document, &matched.stems)? else { continue };
            let texts = &held.texts;
            let near = marker.nearness(texts, weights) + marker.likeness(&texts.lines, weights);
            *slot = self.score(asked, slot.document, rank::milli(near), today);
        }
        matched.scored = scored;
        Ok(())
    }

    /// Brings so many of the best to the front and puts them in order; equal scores
    /// in the documents' own order.
    pub(super) fn bring_forward(&self, scored: &mut [Scored], many: usize) {
        let key = |one: &Scored| (Reverse(one.milli), self.order(one.document));
        let many = many.min(scored.len());
        if many < scored.len() {
            scored.select_nth_unstable_by_key(many, key);
        }
        if let Some(best) = scored.get_mut(..many) {
            best.sort_unstable_by_key(key);
        }
    }

    /// The parts of a document's score beside what the groups earned.
    pub(super) fn score(
        &self,
        (ranking, query): (&Ranking, &Query),
        document: u32,
        nearness: i64,
        today: Option<NaiveDate>,
    ) -> Scored {
        let weights = self.weights();
        let found = self.part_of(document);
        let facts = found.map(|(part, at)| part.facts(at));
        let about = !query.cohorts.is_empty() && self.is_about(document, query);
        let about = if about { rank::milli(weights.about) } else { 0 };
        let earned = ranking.sum(document) + nearness + about;
        let gone = (1.0 - ranking.coverage(document)).powf(weights.missing_power);
        let missing = -rank::share(earned, weights.missing * gone);
        let companion = facts.is_some_and(|facts| facts.companion);
        let lost = if companion { weights.companion } else { 0.0 };
        let companion = -rank::share(earned + missing, lost);
        let left = earned + missing + companion;
        let legal = facts.is_some_and(|facts| facts.legal);
        let kept = if legal { STALE_LEGAL } else { STALE };
        let stale = facts.zip(today).is_some_and(|(facts, today)| facts.is_stale(today));
        let stale = if stale { left * kept / 1000 - left } else { 0 };
        Scored { document, milli: left + stale, nearness, about, companion, missing, stale }
    }

    /// Whether a document is about people that the question is about.
    fn is_about(&self, document: u32, query: &Query) -> bool {
        self.part_of(document).is_some_and(|(part, at)| {
            let mut own = part.columns().of(at);
            own.any(|one| one.facet == Facet::Cohort && query.cohorts.contains(&one.value))
        })
    }

    fn reader<'a>(&'a self, among: Among<'a>) -> Reader<'a> {
        Reader {
            lexicon: self.lexicon(),
            elsewhere: among.first.map(Self::lexicon),
            thesaurus: &self.language.thesaurus,
            english: &self.language.english,
            weights: &self.language.weights,
        }
    }
}

impl Among<'_> {
    /// What points of a collection are worth among those of the first: a word that only
    /// one document has counts the same in both, however many there are.
    pub(super) fn scale(self, collection: &Collection) -> f32 {
        let rarest = |collection: &Collection| rank::telling(collection.living.max(1), 1);
        let first = self.first.filter(|first| first.living > 0);
        first.map_or(1.0, |first| rarest(first) / rarest(collection))
    }

    /// Whether some document of the first collection has a word.
    pub(super) fn have(self, stems: &[String]) -> bool {
        self.first.is_some_and(|first| stems.iter().all(|stem| first.lexicon().occurs(stem)))
    }
}

/// Sums of lengths are far below 2^52 words.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "see above")]
fn mean(sum: u64, documents: usize) -> f32 {
    (sum as f64 / f64::from(as_f32(documents.max(1)))) as f32
}
