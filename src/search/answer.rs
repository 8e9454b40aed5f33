//! From a question to an answer over one collection or several: filters, counts, a
//! page of hits.
//!
//! Each collection reads the question with its own words and ranks its own documents;
//! what they found is laid together by score. Totals and counts are sums. A collection
//! that is left out by a filter of kinds is still counted, since the counts of kinds
//! ignore that filter; but it neither widens nor explains anything.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::{
    domain::{
        place::distance_miles,
        search::{Answer, Facet, Hit, Near, Question},
    },
    search::{
        SearchError,
        collection::{Among, Care, Collection, Matched, Put, Scored},
        columns::{Chosen, Counts, Filters},
        hit,
        part::Part,
        rank::Relaxed,
        told,
    },
};

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub question: &'a Question,
    /// The place that results must be near.
    pub near: Option<&'a Near>,
    /// The day for which review dates are judged.
    pub today: NaiveDate,
}

/// What one collection has for a question.
pub(super) struct Found<'a> {
    pub collection: &'a Collection,
    pub matched: Matched<'a>,
    /// Whether its kinds are asked for.
    pub included: bool,
    /// What passes the filters.
    pub passing: Vec<Scored>,
    pub counts: Counts,
    /// How many would pass but have no place.
    pub without_place: u64,
}

/// Answers a question from these collections; the first sets the scale.
pub(super) fn answer(
    collections: &[&Collection],
    asked: &Asked<'_>,
) -> Result<Answer, SearchError> {
    let mut all = found(collections, asked, Care::Nearness)?;
    let wordless = all.iter().all(|one| one.matched.query.is_wordless());
    if wordless {
        // It is answered by everything that passes the filters.
        for one in &mut all {
            one.sift_everything(asked);
        }
    }
    let total = all.iter().map(|one| one.passing.len() as u64).sum();
    let page = page(&mut all, asked.question, wordless);
    let hits = hits(&all, &page, asked, wordless)?;
    let mut counts = Counts::default();
    for one in &mut *all {
        counts.merge(std::mem::take(&mut one.counts));
    }
    let mut answer = Answer {
        total,
        hits,
        facets: counts.answer(&asked.question.filters),
        considered: all.iter().map(|one| one.collection.documents() as u64).sum(),
        near: asked.near.cloned(),
        without_place: all.iter().map(|one| one.without_place).sum(),
        ..Answer::default()
    };
    if !wordless {
        let shown: Vec<usize> = page.iter().map(|(which, _)| *which).collect();
        answer.relaxed = relaxation(&all).map(|how| how.note().to_owned());
        answer.corrections = told::corrections(&all, &shown);
        answer.expansions = told::expansions(&all);
        answer.ignored = told::ignored(&all);
        answer.suggestion = told::suggestion(collections, asked, &all)?;
        answer.help = if total == 0 { Some(told::help(collections, asked, &all)?) } else { None };
    }
    Ok(answer)
}

/// How many documents a question has with its filters.
pub(super) fn total(collections: &[&Collection], asked: &Asked<'_>) -> Result<u64, SearchError> {
    let all = found(collections, asked, Care::None)?;
    Ok(all.iter().map(|one| one.passing.len() as u64).sum())
}

/// What each collection has: matched, filtered and counted.
fn found<'a>(
    collections: &[&'a Collection],
    asked: &Asked<'a>,
    care: Care,
) -> Result<Vec<Found<'a>>, SearchError> {
    let included = included(collections, &asked.question.filters);
    let mut all = Vec::with_capacity(collections.len());
    for (at, (collection, included)) in collections.iter().zip(included).enumerate() {
        let among = Among { first: collections.first().filter(|_| at > 0).copied() };
        let put = Put { text: &asked.question.text, today: Some(asked.today), among };
        let care = if included { care } else { Care::None };
        let matched = collection.matched(put, care)?;
        all.push(Found {
            collection,
            matched,
            included,
            passing: Vec::new(),
            counts: Counts::default(),
            without_place: 0,
        });
    }
    // Where one has what was asked as it stands, nobody else's widening is wanted.
    let least = relaxation(&all);
    for one in &mut all {
        if one.included && one.matched.ranking.relaxed > least {
            one.matched.scored.clear();
        }
        let scored = std::mem::take(&mut one.matched.scored);
        one.sift(scored.iter().copied(), asked);
        one.matched.scored = scored;
    }
    Ok(all)
}

/// Which collections have documents of a kind that is asked for; all where none has.
fn included(collections: &[&Collection], filters: &Filters) -> Vec<bool> {
    let kinds = || filters.iter().filter(|(facet, _)| *facet == Facet::Kind);
    let has = |collection: &&Collection| {
        let own = collection.values(Facet::Kind);
        kinds().next().is_none() || kinds().any(|(_, kind)| own.contains(kind.as_str()))
    };
    let included: Vec<bool> = collections.iter().map(has).collect();
    if included.contains(&true) { included } else { vec![true; collections.len()] }
}

/// How far the question had to be widened for anything to match.
fn relaxation(all: &[Found<'_>]) -> Option<Relaxed> {
    let matching = all.iter().filter(|one| one.included && !one.matched.scored.is_empty());
    matching.map(|one| one.matched.ranking.relaxed).min().flatten()
}

impl Found<'_> {
    /// Filters documents and counts their values.
    fn sift(&mut self, scored: impl Iterator<Item = Scored>, asked: &Asked<'_>) {
        let parts = self.collection.parts();
        let chosen: Vec<Chosen> =
            parts.iter().map(|part| part.columns().choose(&asked.question.filters)).collect();
        let mut counted: Vec<Vec<u64>> = parts.iter().map(|part| part.columns().room()).collect();
        let mut passing = Vec::new();
        self.without_place = 0;
        for one in scored {
            let after = parts.partition_point(|part| part.base() <= one.document);
            let Some(at) = after.checked_sub(1) else { continue };
            let (Some(part), Some(chosen)) = (parts.get(at), chosen.get(at)) else { continue };
            let own = one.document - part.base();
            match asked.near.map(|near| stands(part, own, near)) {
                Some(Stands::Nowhere) => {
                    self.without_place += u64::from(part.columns().passes(own, chosen));
                    continue;
                }
                Some(Stands::Far) => continue,
                Some(Stands::Near) | None => {}
            }
            let Some(counts) = counted.get_mut(at) else { continue };
            if part.columns().count(own, chosen, counts) {
                passing.push(one);
            }
        }
        self.counts = Counts::default();
        for (part, counted) in parts.iter().zip(&counted) {
            self.counts.add(part.columns(), counted);
        }
        self.passing = passing;
    }

    /// The same with everything there is.
    pub(super) fn sift_everything(&mut self, asked: &Asked<'_>) {
        let parts = self.collection.parts().iter();
        let documents = parts.flat_map(|part| part.alive().map(|own| part.base() + own));
        self.sift(documents.map(unscored), asked);
    }
}

/// Where a document stands towards a place.
enum Stands {
    Near,
    Far,
    Nowhere,
}

fn stands(part: &Part, document: u32, near: &Near) -> Stands {
    match miles(part, document, near) {
        None => Stands::Nowhere,
        Some(miles) if miles <= f64::from(near.within_miles) => Stands::Near,
        Some(_) => Stands::Far,
    }
}

/// How far the nearest point of a document is, in miles.
pub(super) fn miles(part: &Part, document: u32, near: &Near) -> Option<f64> {
    part.points(document).map(|point| distance_miles(point, near.centre)).reduce(f64::min)
}

/// A document that was not asked for by words.
const fn unscored(document: u32) -> Scored {
    Scored { document, milli: 0, nearness: 0, about: 0, companion: 0, missing: 0, stale: 0 }
}

/// The page that was asked for, best first, as places in what each collection has;
/// beyond the end, nothing. Equal scores: the first collection first.
fn page(all: &mut [Found<'_>], question: &Question, in_turn: bool) -> Vec<(usize, Scored)> {
    let size = question.per_page as usize;
    let from = (question.page.saturating_sub(1) as usize).saturating_mul(size);
    let to = from.saturating_add(size);
    let mut rows: Vec<(usize, Scored)> = Vec::new();
    for (which, one) in all.iter_mut().enumerate() {
        let mut passing = std::mem::take(&mut one.passing);
        one.collection.bring_forward(&mut passing, to);
        rows.extend(passing.iter().take(to).map(|scored| (which, *scored)));
        one.passing = passing;
    }
    if !in_turn {
        // Stable: each collection's own order stays.
        rows.sort_by_key(|(_, scored)| Reverse(scored.milli));
    }
    rows.get(from..to.min(rows.len())).unwrap_or_default().to_vec()
}

fn hits(
    all: &[Found<'_>],
    page: &[(usize, Scored)],
    asked: &Asked<'_>,
    listed: bool,
) -> Result<Vec<Hit>, SearchError> {
    let mut hits = Vec::with_capacity(page.len());
    for (which, scored) in page {
        let Some(one) = all.get(*which) else { continue };
        let made = if listed {
            hit::listed(one, *scored, asked)?
        } else {
            hit::scored(one, *scored, asked)?
        };
        hits.extend(made);
    }
    Ok(hits)
}
