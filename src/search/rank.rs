//! Which documents match a query, and how well.
//!
//! Every group earns a document points by BM25F: occurrences are weighted by
//! field, length and alternative, added up, and saturated once a group. What a
//! group earns is rounded to thousandths of a point at once, so that the parts of
//! a score add up exactly, and the same question gives the same order.

use crate::domain::search::ReasonCode;
use crate::search::{
    SearchError,
    collection::{Among, Collection},
    postings::as_f32,
    query::{Group, Query},
};

/// Share of the question's weight that a document must have, by number of words.
const LEAST_SHARE: [f32; 6] = [0.0, 0.5, 0.3, 0.3, 0.25, 0.2];
/// Alternatives that weigh less do not count as having the word.
const HAS: f32 = 0.3;

/// What one group earned.
#[derive(Debug, Default)]
pub struct Earned {
    /// Documents in order, with thousandths of points.
    documents: Vec<(u32, i64)>,
    /// Documents that have it in a way that counts as having the words.
    having: Vec<u32>,
    /// How telling the group is.
    pub telling: f32,
}

impl Earned {
    /// Whether any document earned something.
    pub fn any(&self) -> bool {
        !self.documents.is_empty()
    }

    /// What the group earned a document, in thousandths.
    pub fn milli(&self, document: u32) -> i64 {
        let found = self.documents.binary_search_by_key(&document, |(at, _)| *at);
        found.ok().and_then(|at| self.documents.get(at)).map_or(0, |(_, milli)| *milli)
    }
}

/// How a query was widened because nothing matched it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relaxed {
    /// A phrase in quotes need not occur as it stands.
    Phrase,
    /// Few of the words are enough.
    Words,
}

impl Relaxed {
    /// What to tell of it.
    pub const fn note(self) -> &'static str {
        match self {
            Self::Phrase => "Nothing has the exact phrase; these have its words.",
            Self::Words => "Nothing has most of your words; these have some of them.",
        }
    }
}

/// Everything that a query's groups earned.
#[derive(Debug)]
pub struct Ranking {
    /// By group, in the query's order.
    pub earned: Vec<Earned>,
    /// By document: the sum, in thousandths.
    sums: Vec<i64>,
    /// By document: which words of the question it has, a bit each.
    has: Vec<u64>,
    /// By word: how much of the question it is.
    shares: Vec<(u64, f32)>,
    /// Documents that match.
    pub matched: Vec<u32>,
    /// How the query was widened.
    pub relaxed: Option<Relaxed>,
}

/// Ranks all documents for a query that is put to others, too.
pub fn rank(
    collection: &Collection,
    query: &Query,
    among: Among<'_>,
) -> Result<Ranking, SearchError> {
    let count = collection.slots();
    let scale = among.scale(collection);
    let mut scratch = Scratch { worth: vec![0.0; count], touched: Vec::new(), scale };
    let mut ranking = Ranking {
        earned: Vec::with_capacity(query.groups.len()),
        sums: vec![0; count],
        has: vec![0; count],
        shares: Vec::new(),
        matched: Vec::new(),
        relaxed: None,
    };
    let mut required = Vec::new();
    for group in &query.groups {
        let earned = earn(collection, group, &mut scratch)?;
        let bits = group.bits();
        for (document, milli) in &earned.documents {
            if let Some(sum) = ranking.sums.get_mut(*document as usize) {
                *sum += milli;
            }
        }
        for document in &earned.having {
            if let Some(has) = ranking.has.get_mut(*document as usize) {
                *has |= bits;
            }
        }
        if group.required {
            required.push(ranking.earned.len());
        }
        ranking.earned.push(earned);
    }
    let rarest = scale * telling(collection.documents(), 1);
    ranking.share_out(query, among, rarest);
    ranking.select(&required);
    Ok(ranking)
}

/// Room for one group's sums, reused by the next.
struct Scratch {
    worth: Vec<f32>,
    touched: Vec<u32>,
    scale: f32,
}

fn earn(
    collection: &Collection,
    group: &Group,
    scratch: &mut Scratch,
) -> Result<Earned, SearchError> {
    let mut as_typed = 0;
    let mut having = Vec::new();
    for (at, alternative) in group.alternatives.iter().enumerate() {
        each(collection, &alternative.stems, |document, worth| {
            if let Some(sum) = scratch.worth.get_mut(document as usize) {
                if *sum == 0.0 {
                    scratch.touched.push(document);
                }
                *sum += worth * alternative.weight;
                if alternative.weight >= HAS || alternative.code == ReasonCode::Prefix {
                    having.push(document);
                }
            }
        })?;
        if at == 0 {
            as_typed = scratch.touched.len();
        }
    }
    let documents = if as_typed > 0 { as_typed } else { scratch.touched.len() };
    let all = collection.documents();
    let telling = scratch.scale * telling(all, documents).min(group.ceiling * telling(all, 1));
    let saturation = collection.weights().saturation;
    let factor = group.weight;
    scratch.touched.sort_unstable();
    let mut earned = Vec::with_capacity(scratch.touched.len());
    for document in scratch.touched.drain(..) {
        let Some(sum) = scratch.worth.get_mut(document as usize) else { continue };
        let points = factor * telling * *sum * (saturation + 1.0) / (*sum + saturation);
        earned.push((document, milli(points)));
        *sum = 0.0;
    }
    Ok(Earned { documents: earned, having, telling: telling * factor })
}

/// Calls `found(document, worth)` for each document and field where the stems occur
/// in a row; the worth is the number of occurrences, weighted by field and length.
fn each(
    collection: &Collection,
    stems: &[String],
    mut found: impl FnMut(u32, f32),
) -> Result<(), SearchError> {
    let weights = &collection.weights().fields;
    for part in collection.parts() {
        part.each(stems, |document, field, times| {
            let Some((weight, mean)) = weights.get(field).zip(collection.means().get(field)) else {
                return;
            };
            let length = part.lengths(document).get(field).copied().unwrap_or(0) as usize;
            let share = if *mean > 0.0 { as_f32(length) / mean } else { 1.0 };
            let worth = weight.weight / (1.0 - weight.length + weight.length * share);
            found(part.base() + document, as_f32(times as usize) * worth);
        })?;
    }
    Ok(())
}

/// How much it tells that a document has a word that `having` of `all` have: the
/// inverse document frequency of BM25, never negative.
pub fn telling(all: usize, having: usize) -> f32 {
    let (all, having) = (as_f32(all), as_f32(having));
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}

/// Thousandths of a point.
#[allow(clippy::cast_possible_truncation, reason = "scores are far below 2^63")]
pub fn milli(points: f32) -> i64 {
    (f64::from(points) * 1000.0).round() as i64
}

impl Ranking {
    /// How much of the question each word is: as telling as its own group, or its
    /// part of a term's group where nobody ever wrote the word itself. A word that only
    /// others have is as much of the question as the rarest: here it is missing.
    fn share_out(&mut self, query: &Query, among: Among<'_>, rarest: f32) {
        let groups = || query.groups.iter().zip(&self.earned);
        let mut shares: Vec<(u64, f32)> = Vec::new();
        for (group, earned) in groups().filter(|(group, _)| !group.extra) {
            let Some(word) = group.covers.first() else { continue };
            let own = if earned.documents.is_empty() { 0.0 } else { earned.telling };
            let by_term = groups()
                .filter(|(other, found)| {
                    other.extra && other.covers.contains(word) && !found.documents.is_empty()
                })
                .map(|(other, found)| found.telling / as_f32(other.covers.len()))
                .fold(0.0, f32::max);
            let stems = group.alternatives.first().map(|way| way.stems.as_slice());
            let missing = || stems.is_some_and(|stems| among.have(stems));
            let share = if own > 0.0 {
                own
            } else if by_term > 0.0 || !missing() {
                by_term
            } else {
                group.weight * group.ceiling * rarest
            };
            shares.push((1 << (word % 64), share));
        }
        self.shares = shares;
    }

    /// How much of the question a document has, 0 to 1.
    pub fn coverage(&self, document: u32) -> f32 {
        let all: f32 = self.shares.iter().map(|(_, share)| share).sum();
        let has = self.has.get(document as usize).copied().unwrap_or(0);
        let own: f32 =
            self.shares.iter().filter(|(bit, _)| has & bit != 0).map(|(_, share)| share).sum();
        if all > 0.0 { own / all } else { 1.0 }
    }

    /// What the groups earned a document together, in thousandths.
    pub fn sum(&self, document: u32) -> i64 {
        self.sums.get(document as usize).copied().unwrap_or(0)
    }

    /// Chooses the documents that match; widens step by step where none does.
    fn select(&mut self, required: &[usize]) {
        let words = self.shares.iter().filter(|(_, share)| *share > 0.0).count();
        let least = LEAST_SHARE.get(words).or(LEAST_SHARE.last()).copied().unwrap_or(0.0);
        let any = || (0_u32..).zip(&self.has).filter(|(_, has)| **has != 0).map(|(at, _)| at);
        let enough = |document: &u32| self.coverage(*document) >= least - 1e-6;
        let quoted = |document: &u32| {
            required.iter().all(|group| {
                self.earned.get(*group).is_some_and(|earned| earned.milli(*document) > 0)
            })
        };
        let mut matched: Vec<u32> = any().filter(enough).filter(quoted).collect();
        let mut relaxed = None;
        if matched.is_empty() && !required.is_empty() {
            matched = any().filter(enough).collect();
            relaxed = Some(Relaxed::Phrase);
        }
        if matched.is_empty() {
            matched = any().collect();
            relaxed = Some(Relaxed::Words);
        }
        self.relaxed = relaxed.filter(|_| !matched.is_empty());
        self.matched = matched;
    }
}

/// That share of thousandths, rounded.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "scores are far below 2^52"
)]
pub fn share(milli: i64, share: f32) -> i64 {
    (milli as f64 * f64::from(share)).round() as i64
}
