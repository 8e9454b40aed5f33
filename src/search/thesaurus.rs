//! The vocabulary as search uses it: from what somebody typed to the terms meant.
//!
//! A term is found by any of its names, in any inflection, also when the last
//! word is only half typed. What it adds weighs less than the typed word.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::vocabulary::{Term, Vocabulary},
    search::{analysis, weights::Weights},
};

/// How a name relates to the term that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Another name of the same term.
    Same,
    /// The name of a term that also helps.
    Near,
}

/// A name as stems, with how much it weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The stems, in order.
    pub stems: Vec<String>,
    /// 0 to 1, against 1 for a typed word.
    pub weight: f32,
    /// How it relates to the term.
    pub relation: Relation,
    /// The name as written.
    pub shown: String,
}

/// One term, ready for look-up.
#[derive(Debug)]
pub struct Entry {
    /// The preferred term.
    pub preferred: String,
    /// One sentence that explains it.
    pub expansion: Option<String>,
    /// The cohort that whoever uses it is asking about.
    pub cohort: Option<String>,
    /// Everything that a search for it also looks for.
    pub names: Vec<Name>,
}

/// A run of words that names a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Index of the first word.
    pub from: usize,
    /// How many words.
    pub length: usize,
    /// Index of the term.
    pub term: usize,
}

/// All terms by all their names.
#[derive(Debug, Default)]
pub struct Thesaurus {
    entries: Vec<Entry>,
    by_name: BTreeMap<Vec<String>, usize>,
    longest: usize,
    never_correct: BTreeSet<String>,
    never_print: Vec<Vec<String>>,
}

impl Thesaurus {
    /// Prepares a vocabulary for look-up.
    pub fn new(vocabulary: &Vocabulary, weights: &Weights) -> Self {
        let mut made = Self {
            never_correct: vocabulary.never_correct.iter().map(|w| w.to_lowercase()).collect(),
            never_print: vocabulary.never_print.iter().map(|w| surfaces(&w.word)).collect(),
            ..Self::default()
        };
        for (at, term) in vocabulary.terms.iter().enumerate() {
            let mut names = names(term, weights);
            let links = [(&term.narrower, weights.narrower), (&term.related, weights.related)];
            for (ids, weight) in links {
                let others = ids.iter().filter_map(|id| vocabulary.term(id));
                names.extend(others.flat_map(|other| near(other, weight, weights)));
            }
            names.retain(|name| !name.stems.is_empty());
            let misspelt = term.misspellings.iter().map(|text| stems(text));
            let own =
                names.iter().filter(|n| n.relation == Relation::Same).map(|n| n.stems.clone());
            for key in own.chain(misspelt).filter(|key| !key.is_empty()) {
                made.longest = made.longest.max(key.len());
                // The first term that claims a name keeps it; `check` reports the rest.
                made.by_name.entry(key).or_insert(at);
            }
            made.entries.push(Entry {
                preferred: term.preferred.clone(),
                expansion: term.expansion.clone(),
                cohort: term.cohort.as_ref().map(ToString::to_string),
                names,
            });
        }
        // A preferred name always means its own term, whoever came first.
        for (at, term) in vocabulary.terms.iter().enumerate() {
            made.by_name.insert(stems(&term.preferred), at);
        }
        made
    }

    /// The term of that index.
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    /// Whether a folded word is an abbreviation that is never spell-corrected.
    pub fn keeps(&self, surface: &str) -> bool {
        self.never_correct.contains(surface)
    }

    /// Whether a text has a word that the service never prints.
    pub fn hides(&self, text: &str) -> bool {
        let own = surfaces(text);
        let says = |run: &[String], word: &[String]| {
            run.iter().zip(word).all(|(said, never)| {
                // By the word as written: a conviction is not a convict.
                said == never || said.strip_suffix('s') == Some(never)
            })
        };
        self.never_print
            .iter()
            .any(|word| own.windows(word.len().max(1)).any(|run| says(run, word)))
    }

    /// A text, or nothing where it has a word that the service never prints.
    pub fn printable(&self, text: &str) -> String {
        if self.hides(text) { String::new() } else { text.to_owned() }
    }

    /// The longest names in a row of stems, from left to right, none overlapping.
    ///
    /// `open_end` says that the last word may be unfinished.
    pub fn spans(&self, words: &[String], open_end: bool) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let most = self.longest.min(words.len() - from);
            let found = (1..=most).rev().find_map(|length| {
                let run = words.get(from..from + length)?;
                let at_end = from + length == words.len();
                let term = self
                    .by_name
                    .get(run)
                    .copied()
                    .or_else(|| (open_end && at_end).then(|| self.half_typed(run)).flatten())?;
                Some(Span { from, length, term })
            });
            from += found.as_ref().map_or(1, |span| span.length);
            spans.extend(found);
        }
        spans
    }

    /// The one term whose name has these words, the last as a beginning; several
    /// terms mean that it is too early to say.
    fn half_typed(&self, run: &[String]) -> Option<usize> {
        let (last, whole) = run.split_last()?;
        if last.chars().count() < 3 {
            return None;
        }
        let mut terms = self
            .by_name
            .range(run.to_vec()..)
            .take_while(|(key, _)| key.get(..whole.len()).is_some_and(|start| start == whole))
            .filter(|(key, _)| {
                key.len() == run.len() && key.last().is_some_and(|word| word.starts_with(last))
            })
            .map(|(_, term)| *term);
        let first = terms.next()?;
        terms.all(|term| term == first).then_some(first)
    }

    /// Preferred terms one of whose own names fits, in the vocabulary's order.
    pub fn named<'a>(&'a self, fits: &'a impl Fn(&str) -> bool) -> impl Iterator<Item = &'a str> {
        let own = |entry: &Entry| {
            entry
                .names
                .iter()
                .filter(|name| name.relation == Relation::Same)
                .any(|name| fits(&name.shown))
        };
        self.entries.iter().filter(move |entry| own(entry)).map(|entry| entry.preferred.as_str())
    }

    /// Every folded word of every name, so that spelling knows it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|entry| entry.names.iter()).map(|name| name.shown.as_str())
    }
}

/// What the term itself is called: preferred, abbreviation, variants.
fn names(term: &Term, weights: &Weights) -> Vec<Name> {
    let own = |text: &String, weight| name(text, weight, Relation::Same);
    let mut names = vec![own(&term.preferred, weights.preferred)];
    names.extend(term.abbreviation.iter().map(|text| own(text, weights.preferred)));
    names.extend(term.variants.iter().map(|text| own(text, weights.variant)));
    names
}

/// All names of a term that also helps, shown as its preferred one.
fn near(other: &Term, weight: f32, weights: &Weights) -> Vec<Name> {
    let shown = other.preferred.clone();
    let found = names(other, weights).into_iter();
    found
        .map(|name| Name {
            weight: weight * name.weight / weights.preferred,
            relation: Relation::Near,
            shown: shown.clone(),
            ..name
        })
        .collect()
}

fn name(text: &str, weight: f32, relation: Relation) -> Name {
    Name { stems: stems(text), weight, relation, shown: text.to_owned() }
}

fn surfaces(text: &str) -> Vec<String> {
    analysis::words(text).into_iter().map(|word| word.surface).collect()
}

fn stems(text: &str) -> Vec<String> {
    analysis::words(text).into_iter().map(|word| word.stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::slug::Slug;

    fn thesaurus() -> Thesaurus {
        let term = |id: &str, preferred: &str, variants: &[&str]| Term {
            id: Slug::parse(id).unwrap(),
            preferred: preferred.into(),
            variants: variants.iter().map(|v| (*v).to_owned()).collect(),
            misspellings: vec![],
            abbreviation: None,
            expansion: None,
            narrower: vec![],
            related: vec![],
            cohort: None,
        };
        Thesaurus::new(
            &Vocabulary {
                terms: vec![
                    term("prison-leaver", "prison leaver", &["ex-offender", "ex con"]),
                    term("right-to-work", "right to work check", &["rtw", "right to work"]),
                ],
                ..Vocabulary::default()
            },
            &Weights::default(),
        )
    }

    fn spans(text: &str, open_end: bool) -> Vec<(usize, usize, usize)> {
        let words = stems(text);
        thesaurus().spans(&words, open_end).iter().map(|s| (s.from, s.length, s.term)).collect()
    }

    #[test]
    fn the_longest_name_wins_in_any_inflection() {
        assert_eq!(spans("hire ex-offenders", false), [(1, 2, 0)]);
        assert_eq!(spans("right to work checks please", false), [(0, 4, 1)]);
        assert_eq!(spans("rtw and ex con", false), [(0, 1, 1), (2, 2, 0)]);
    }

    #[test]
    fn a_half_typed_last_word_still_names_its_term() {
        assert_eq!(spans("ex-offen", true), [(0, 2, 0)]);
        assert_eq!(spans("ex-offen", false), []);
    }
}
