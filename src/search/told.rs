//! What an answer tells of how a question was read, and what may help.

use std::{cmp::Reverse, collections::BTreeSet};

use crate::{
    domain::search::{Correction, EmptyHelp, Expansion, Facet, Nearest, Question, Suggestion},
    search::{
        SearchError,
        answer::{self, Asked, Found},
        collection::{Collection, Matched, Scored},
        lexicon::Entry,
    },
};

/// A word in at most this many documents may be a slip for a frequent one.
const RARE: u32 = 2;
/// How many times more frequent the other word must be.
const MORE_FREQUENT: u32 = 5;
/// How many things near to a question are named.
const NEAREST: usize = 3;

/// Words that were read as others. What a collection read otherwise is told where it
/// has hits on the page, or where nobody has the word as it was typed. `shown` says
/// whose hits are on the page.
pub(super) fn corrections(all: &[Found<'_>], shown: &[usize]) -> Vec<Correction> {
    let mut told: Vec<Correction> = Vec::new();
    for (which, one) in readers(all) {
        for correction in &one.matched.query.corrections {
            let others = all.iter().enumerate().filter(|(other, _)| *other != which);
            let mut others = others.filter(|(_, other)| other.included);
            let has_it_as_typed = others.any(|(_, other)| has(&other.matched, &correction.typed));
            let again = told.iter().any(|earlier| earlier.typed == correction.typed);
            if shown.contains(&which) || !(has_it_as_typed || again) {
                told.push(correction.clone());
            }
        }
    }
    told.dedup();
    told
}

/// Those whose way of reading the question matters: who found something, and the first.
fn readers<'a>(all: &'a [Found<'a>]) -> impl Iterator<Item = (usize, &'a Found<'a>)> {
    let first = all.iter().position(|one| one.included);
    let matters = move |(which, one): &(usize, &Found<'_>)| {
        one.included && (Some(*which) == first || !one.passing.is_empty())
    };
    all.iter().enumerate().filter(matters)
}

/// Whether some document has a word as it was typed.
fn has(matched: &Matched<'_>, typed: &str) -> bool {
    let corrected = matched.query.corrections.iter().any(|one| one.typed == typed);
    !corrected && !unused(matched).iter().any(|word| word.eq_ignore_ascii_case(typed))
}

/// What terms of the field mean, as those read them who found something.
pub(super) fn expansions(all: &[Found<'_>]) -> Vec<Expansion> {
    let mut told: Vec<Expansion> = Vec::new();
    let reading = readers(all).map(|(_, one)| one);
    for expansion in reading.flat_map(|one| &one.matched.query.expansions) {
        if !told.contains(expansion) {
            told.push(expansion.clone());
        }
    }
    told
}

/// Words that no document has, in no form: no collection can use them.
pub(super) fn ignored(all: &[Found<'_>]) -> Vec<String> {
    let mut included = all.iter().filter(|one| one.included).map(|one| unused(&one.matched));
    let Some(first) = included.next() else { return Vec::new() };
    let others: Vec<Vec<String>> = included.collect();
    first.into_iter().filter(|word| others.iter().all(|other| other.contains(word))).collect()
}

fn unused(matched: &Matched<'_>) -> Vec<String> {
    let mut ignored = matched.query.ignored.clone();
    let pairs = || matched.query.groups.iter().zip(&matched.ranking.earned);
    for (group, earned) in pairs().filter(|(group, _)| !group.extra) {
        let by_term = pairs().any(|(other, found)| {
            other.extra && found.any() && group.covers.iter().all(|w| other.covers.contains(w))
        });
        if !earned.any() && !by_term && !group.typed.is_empty() {
            ignored.push(group.typed.clone());
        }
    }
    ignored
}

/// Another question, only if it finds more with the same filters.
pub(super) fn suggestion(
    collections: &[&Collection],
    asked: &Asked<'_>,
    all: &[Found<'_>],
) -> Result<Option<Suggestion>, SearchError> {
    let total: u64 = all.iter().map(|one| one.passing.len() as u64).sum();
    let typed = &asked.question.text;
    let unquoted: String =
        typed.chars().filter(|c| !matches!(c, '"' | '\u{201c}' | '\u{201d}')).collect();
    let mut candidates = Vec::new();
    for one in all.iter().filter(|one| one.included) {
        let query = &one.matched.query;
        let has_phrase = query.groups.iter().any(|group| group.required);
        if has_phrase && one.matched.ranking.relaxed.is_none() {
            candidates.push(unquoted.clone());
        }
        for word in query.used.iter().filter(|word| word.chars().count() >= 4) {
            if let Some(entry) = more_frequent(collections, one.collection, word) {
                candidates.push(typed.to_lowercase().replace(word, &entry.surface));
            }
        }
    }
    let mut tried = BTreeSet::new();
    for text in candidates {
        if !tried.insert(text.clone()) {
            continue;
        }
        let question = Question { text: text.clone(), ..asked.question.clone() };
        let found = answer::total(collections, &Asked { question: &question, ..*asked })?;
        if found > total {
            return Ok(Some(Suggestion { text, total: found }));
        }
    }
    Ok(None)
}

/// The frequent word that a rare one may be a slip for.
fn more_frequent(
    collections: &[&Collection],
    collection: &Collection,
    word: &str,
) -> Option<Entry> {
    let documents =
        |word: &str| collections.iter().map(|one| one.lexicon().documents(word)).sum::<u32>();
    let rare = documents(word);
    if !(1..=RARE).contains(&rare) {
        return None;
    }
    let near = collection.lexicon().within(word, 1).into_iter();
    near.map(|(entry, _)| entry)
        .filter(|entry| entry.surface != word)
        .find(|entry| entry.documents >= rare * MORE_FREQUENT)
}

/// What may help where nothing was found: what each filter costs, and the nearest
/// there is.
pub(super) fn help(
    collections: &[&Collection],
    asked: &Asked<'_>,
    all: &[Found<'_>],
) -> Result<EmptyHelp, SearchError> {
    let filters = &asked.question.filters;
    let count = |filters: Vec<(Facet, String)>| {
        let question = Question { filters, ..asked.question.clone() };
        answer::total(collections, &Asked { question: &question, ..*asked })
    };
    let mut without = Vec::new();
    for dropped in filters {
        let rest = filters.iter().filter(|kept| *kept != dropped).cloned().collect();
        without.push((dropped.0, dropped.1.clone(), count(rest)?));
    }
    let without_any = count(Vec::new())?;
    Ok(EmptyHelp { without, without_any, nearest: nearest(collections, asked, all)? })
}

/// The best of what has the words though it does not pass the filters; where nobody
/// wrote any of them, the first of what passes the filters.
fn nearest(
    collections: &[&Collection],
    asked: &Asked<'_>,
    all: &[Found<'_>],
) -> Result<Vec<Nearest>, SearchError> {
    let mut best: Vec<(usize, Scored)> = Vec::new();
    for (which, one) in all.iter().enumerate() {
        let mut candidates = one.matched.scored.clone();
        one.collection.bring_forward(&mut candidates, NEAREST);
        best.extend(candidates.iter().take(NEAREST).map(|scored| (which, *scored)));
    }
    best.sort_by_key(|(_, scored)| Reverse(scored.milli));
    if best.is_empty() {
        let text = String::new();
        let question = Question { text, page: 1, per_page: 3, ..asked.question.clone() };
        let listed = answer::answer(collections, &Asked { question: &question, ..*asked })?;
        let hits = listed.hits.into_iter();
        return Ok(hits
            .map(|hit| Nearest { kind: hit.kind, title: hit.title, url: hit.url })
            .collect());
    }
    let mut nearest = Vec::new();
    for (which, scored) in best.iter().take(NEAREST) {
        let Some(one) = all.get(*which) else { continue };
        if let Some(held) = one.collection.held(scored.document, &one.matched.stems)? {
            let found = &held.document;
            let (title, url) = (found.title.clone(), found.url.clone());
            nearest.push(Nearest { kind: found.kind, title, url });
        }
    }
    Ok(nearest)
}
