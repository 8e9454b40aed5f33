//! From a typed question to groups of alternatives.
//!
//! Each word of the question becomes a group: the word itself, corrected or
//! completed where nobody ever wrote it. Each run of words that names a term of
//! the vocabulary becomes a group beside them. Groups are alternatives of each
//! other's kind only inside; a document need not match them all.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    domain::search::{Correction, Expansion, ReasonCode},
    search::{
        analysis::{self, Word},
        lexicon::Lexicon,
        thesaurus::Thesaurus,
        weights::Weights,
        words::English,
    },
};

/// How many words of a question are used; the rest is named as ignored.
pub const MOST_WORDS: usize = 64;
/// Words longer than this, in characters, are no words.
const LONGEST_WORD: usize = 48;
/// Weight of a word that was corrected, and of further candidates.
const CORRECTED: [f32; 3] = [0.85, 0.4, 0.4];
/// Weight of a completed word where the typed one is unknown, and where it is known.
const COMPLETED: (f32, f32) = (0.8, 0.12);
/// Weight of a word that differs in one letter: where the typed one occurs nowhere, and
/// where it occurs; then it counts too little to match by itself.
const SLIP: (f32, f32) = (0.6, 0.25);
/// How many such words, at most, and from how many letters.
const SLIPS: usize = 4;
const SLIP_LETTERS: usize = 4;
/// Weight of two typed words read as one, or one as two.
const REJOINED: f32 = 0.85;

/// One way to satisfy a group: a stem, or several in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Stems in order.
    pub stems: Vec<String>,
    /// 0 to 1.
    pub weight: f32,
    /// How it relates to what was typed.
    pub code: ReasonCode,
    /// The words as shown to people.
    pub shown: String,
}

/// A word or a run of words of the question with its alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// As typed, or empty where the typed words must not be repeated.
    pub typed: String,
    /// The question's words it stands for (indexes).
    pub covers: Vec<usize>,
    /// Alternatives; never empty.
    pub alternatives: Vec<Alternative>,
    /// Whether a document must match it (a phrase in quotes).
    pub required: bool,
    /// Whether it repeats words that have groups of their own.
    pub extra: bool,
    /// What its points count, 0 to 1.
    pub weight: f32,
    /// How telling it can be at most, against a word that one document has.
    pub ceiling: f32,
}

impl Group {
    /// The question's words it stands for, a bit each.
    pub fn bits(&self) -> u64 {
        self.covers.iter().fold(0, |bits, at| bits | 1 << (at % 64))
    }
}

/// A question, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The groups.
    pub groups: Vec<Group>,
    /// Words read as others.
    pub corrections: Vec<Correction>,
    /// Abbreviations and terms explained.
    pub expansions: Vec<Expansion>,
    /// Words not used.
    pub ignored: Vec<String>,
    /// The words that carry meaning, as used, for suggestions.
    pub used: Vec<String>,
    /// The cohorts that the question's terms are about.
    pub cohorts: BTreeSet<String>,
}

impl Query {
    /// Whether it has no word at all.
    pub fn is_wordless(&self) -> bool {
        self.groups.is_empty() && self.ignored.is_empty()
    }
}

/// What a question is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The words that occur.
    pub lexicon: Lexicon<'a>,
    /// The words of another index that is asked the same, where one is: no slips.
    pub elsewhere: Option<Lexicon<'a>>,
    /// The terms.
    pub thesaurus: &'a Thesaurus,
    /// General English.
    pub english: &'a English,
    /// What counts how much.
    pub weights: &'a Weights,
}

impl Reader<'_> {
    /// Reads a question. Text without a single word gives a query without groups.
    pub fn read(&self, text: &str) -> Query {
        let mut query = Query::default();
        let mut words = analysis::words(text);
        words.retain(|word| {
            let fits = word.surface.chars().count() <= LONGEST_WORD;
            if !fits {
                query.ignored.push(word.surface.chars().take(LONGEST_WORD).collect());
            }
            fits
        });
        if words.len() > MOST_WORDS {
            query.ignored.extend(words.drain(MOST_WORDS..).map(|word| word.surface));
        }
        let quoted = quoted(text);
        let open_end = words.last().is_some_and(|word| word.end == text.len());
        let typed = Typed { text, quoted: &quoted, open_end };
        self.mend(&mut words, &mut query, &typed);
        self.add_words(&words, &mut query, &typed);
        self.add_terms(&words, &mut query, &typed);
        self.add_age(&words, &mut query, &typed);
        self.add_phrases(&words, &mut query, &typed);
        query
    }

    /// Replaces words that nobody wrote by what was probably meant.
    fn mend(&self, words: &mut Vec<Word>, query: &mut Query, typed: &Typed<'_>) {
        let mut mended = Vec::with_capacity(words.len());
        let last = words.len().saturating_sub(1);
        for (at, word) in words.drain(..).enumerate() {
            let completes = typed.open_end && at == last;
            if self.is_known(&word)
                || typed.quoted.iter().any(|range| range.contains(&word.start))
                || analysis::is_literal(&word.surface)
                || self.thesaurus.keeps(&word.surface)
                || (completes && self.lexicon.begins(&word.surface))
            {
                mended.push(word);
                continue;
            }
            let used = self.meant(&word);
            if used.is_empty() {
                mended.push(word);
                continue;
            }
            query
                .corrections
                .push(Correction { typed: word.surface.clone(), used: used.join(" ") });
            mended.extend(used.into_iter().map(|surface| Word {
                stem: analysis::stem(&surface),
                surface,
                ..word
            }));
        }
        *words = mended;
    }

    /// One nearest word, or two known words that were written as one.
    fn meant(&self, word: &Word) -> Vec<String> {
        let nearest = self.lexicon.nearest(&word.surface);
        let split = self.split(&word.surface);
        match (nearest.first(), split) {
            (Some((entry, distance)), split) if *distance == 1 || split.is_none() => {
                vec![entry.surface.clone()]
            }
            (_, Some((left, right))) => vec![left, right],
            (_, None) => Vec::new(),
        }
    }

    fn split(&self, surface: &str) -> Option<(String, String)> {
        surface.char_indices().skip(3).find_map(|(at, _)| {
            let (left, right) = surface.split_at(at);
            let occurs = |part: &str| self.lexicon.documents(part) > 0;
            let fits = right.len() >= 3 && occurs(left) && occurs(right);
            fits.then(|| (left.to_owned(), right.to_owned()))
        })
    }

    fn is_known(&self, word: &Word) -> bool {
        let knows = |lexicon: &Lexicon<'_>| {
            lexicon.find(&word.surface).is_some() || lexicon.knows(&word.stem)
        };
        knows(&self.lexicon)
            || self.english.knows(&word.surface)
            || self.elsewhere.as_ref().is_some_and(knows)
    }

    /// A group for each word that carries meaning; for every word where none does.
    fn add_words(&self, words: &[Word], query: &mut Query, typed: &Typed<'_>) {
        let meaningful: Vec<usize> = (0..words.len())
            .filter(|at| words.get(*at).is_some_and(|w| !analysis::is_stop_word(&w.surface)))
            .collect();
        let kept = if meaningful.is_empty() { (0..words.len()).collect() } else { meaningful };
        let mut seen = BTreeSet::new();
        for at in kept {
            let Some(word) = words.get(at) else { continue };
            if !seen.insert(word.stem.clone()) {
                continue;
            }
            query.used.push(word.surface.clone());
            let corrected = query
                .corrections
                .iter()
                .find(|c| c.used.split(' ').any(|used| used == word.surface));
            let as_typed = typed.slice(&[word]).to_owned();
            let mut alternatives = vec![Alternative {
                stems: vec![word.stem.clone()],
                weight: if corrected.is_some() { CORRECTED[0] } else { 1.0 },
                code: if corrected.is_some() { ReasonCode::Corrected } else { ReasonCode::Exact },
                shown: word.surface.clone(),
            }];
            if corrected.is_some() {
                alternatives.extend(self.further_corrections(&as_typed.to_lowercase(), &word.stem));
            } else if typed.open_end && at + 1 == words.len() {
                alternatives.extend(self.completions(word));
            }
            if corrected.is_none() {
                alternatives.extend(self.slips(word));
            }
            alternatives.extend(self.joined(words, at));
            query.groups.push(Group {
                typed: self.thesaurus.printable(&as_typed),
                covers: vec![at],
                alternatives,
                required: false,
                extra: false,
                weight: if self.english.is_light(&word.surface) { self.weights.light } else { 1.0 },
                ceiling: self.ceiling(&word.surface),
            });
        }
    }

    fn further_corrections(&self, typed: &str, taken: &str) -> Vec<Alternative> {
        let nearest = self.lexicon.nearest(typed);
        let best = nearest.first().map_or(0, |(_, distance)| *distance);
        let mut seen = BTreeSet::from([taken]);
        nearest
            .iter()
            .filter(|(entry, distance)| *distance == best && seen.insert(entry.stem.as_str()))
            .take(CORRECTED.len() - 1)
            .zip(CORRECTED.iter().skip(1))
            .map(|((entry, _), weight)| Alternative {
                stems: vec![entry.stem.clone()],
                weight: *weight,
                code: ReasonCode::Corrected,
                shown: entry.surface.clone(),
            })
            .collect()
    }

    /// What a name may have been that is a word too: only where names are looked up,
    /// beside an index that knows the field's words. The small change of a sentence
    /// (`near`, `want`) is meant as it stands.
    fn slips(&self, word: &Word) -> Vec<Alternative> {
        let letters = word.surface.chars().count();
        let meant = letters < SLIP_LETTERS
            || analysis::is_literal(&word.surface)
            || self.english.is_light(&word.surface);
        if self.elsewhere.is_none() || meant {
            return Vec::new();
        }
        let occurs = self.lexicon.knows(&word.stem);
        let mut seen = BTreeSet::from([word.stem.clone()]);
        let near = self.lexicon.within(&word.surface, 1).into_iter();
        near.filter(|(entry, _)| entry.documents > 0 && seen.insert(entry.stem.clone()))
            .take(SLIPS)
            .map(|(entry, _)| Alternative {
                stems: vec![entry.stem],
                weight: if occurs { SLIP.1 } else { SLIP.0 },
                code: ReasonCode::Corrected,
                shown: entry.surface,
            })
            .collect()
    }

    /// Every word that begins with the last, perhaps unfinished word.
    fn completions(&self, word: &Word) -> Vec<Alternative> {
        let (unknown, known) = COMPLETED;
        let weight = if self.is_known(word) { known } else { unknown };
        if word.surface.chars().count() < 2 {
            return Vec::new();
        }
        let mut seen = BTreeSet::from([word.stem.clone()]);
        let found = self.lexicon.beginning(&word.surface).into_iter();
        found
            .filter(|entry| entry.documents > 0 && seen.insert(entry.stem.clone()))
            .map(|entry| Alternative {
                stems: vec![entry.stem.clone()],
                weight,
                code: ReasonCode::Prefix,
                shown: entry.surface.clone(),
            })
            .collect()
    }

    /// `work place` is also looked for as `workplace`.
    fn joined(&self, words: &[Word], at: usize) -> Option<Alternative> {
        let joined = format!("{}{}", words.get(at)?.surface, words.get(at + 1)?.surface);
        let entry = self.lexicon.find(&joined).filter(|entry| entry.documents > 0)?;
        Some(Alternative {
            stems: vec![entry.stem.clone()],
            weight: REJOINED,
            code: ReasonCode::Stem,
            shown: entry.surface.clone(),
        })
    }

    /// How telling a word can be: everyday English is rare in our texts by chance.
    fn ceiling(&self, surface: &str) -> f32 {
        let everyday = self.english.knows(surface);
        if everyday { self.weights.everyday } else { self.weights.rarest }
    }
}

/// What the way a question was typed says about its words.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    /// The question.
    pub text: &'a str,
    /// What stands in quotes, in bytes: taken as it stands.
    pub quoted: &'a [Range<usize>],
    /// Whether the last word may be unfinished.
    pub open_end: bool,
}

impl<'a> Typed<'a> {
    /// The question from the start of one word to the end of another, as typed.
    pub fn slice(&self, words: &[&Word]) -> &'a str {
        let start = words.first().map_or(0, |word| word.start);
        let end = words.last().map_or(start, |word| word.end);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// What stands in quotes, in bytes. An odd quote means nothing.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let quotes: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '"' | '\u{201c}' | '\u{201d}'))
        .map(|(at, _)| at)
        .collect();
    quotes.chunks_exact(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?)).collect()
}
