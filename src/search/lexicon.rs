//! Every word that occurs: for spelling, for beginnings of words, and to know
//! which words nobody ever wrote.
//!
//! [`Words`] holds the folded surface forms of one part of an index, or of the
//! vocabulary, sorted and close together; a [`Lexicon`] looks through several. A
//! look-up by beginning gives all words, however many there are.

use std::{collections::BTreeMap, ops::Range};

use crate::search::{analysis, language::Language, part::Part};

/// One surface form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The folded word.
    pub surface: String,
    /// Its stem.
    pub stem: String,
    /// In how many documents it occurs; 0 where only the vocabulary has it.
    pub documents: u32,
}

/// Surface forms, sorted, with the number of documents of each.
#[derive(Debug, Default)]
pub struct Words {
    /// All of them in a row.
    text: String,
    /// Where each ends in `text`.
    ends: Vec<u32>,
    /// Which letters each has, a bit each: a cheap lower bound for its distance.
    letters: Vec<u32>,
    documents: Vec<u32>,
}

impl Words {
    /// Adds the next word; they must come sorted, each once.
    pub fn push(&mut self, surface: &str, documents: u32) {
        self.text.push_str(surface);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.letters.push(letters(surface));
        self.documents.push(documents);
    }

    /// The word of that number.
    pub fn get(&self, at: usize) -> &str {
        let end = self.ends.get(at).copied().unwrap_or(0) as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0) as usize..end).unwrap_or_default()
    }

    /// In how many documents the word of that number occurs.
    pub fn documents(&self, at: usize) -> u32 {
        self.documents.get(at).copied().unwrap_or(0)
    }

    /// The number of exactly this word.
    pub fn find(&self, surface: &str) -> Option<usize> {
        let at = self.first_from(surface);
        (at < self.ends.len() && self.get(at) == surface).then_some(at)
    }

    /// The numbers of all words that begin so.
    pub fn beginning(&self, start: &str) -> Range<usize> {
        let from = self.first_from(start);
        let mut to = from;
        while to < self.ends.len() && self.get(to).starts_with(start) {
            to += 1;
        }
        from..to
    }

    /// The words within some edits of a misspelt one, with their distance. Words of
    /// one or two letters and words with digits are no candidates.
    pub fn near<'a>(
        &'a self,
        typed: &'a str,
        allowed: usize,
    ) -> impl Iterator<Item = (&'a str, usize)> {
        let mask = letters(typed);
        let length = typed.chars().count();
        // Each edit changes at most two of the letters that occur.
        let similar = self
            .letters
            .iter()
            .enumerate()
            .filter(move |(_, letters)| (*letters ^ mask).count_ones() as usize <= 2 * allowed);
        similar.map(|(at, _)| self.get(at)).filter_map(move |surface| {
            let fits = surface.len() > 2
                && surface.chars().count().abs_diff(length) <= allowed
                && !surface.chars().any(|c| c.is_ascii_digit());
            let distance = fits.then(|| strsim::osa_distance(typed, surface))?;
            (distance <= allowed).then_some((surface, distance))
        })
    }

    /// The number of the first word that is not before this one.
    fn first_from(&self, surface: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle) < surface {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// All surface forms of an index and of its vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'a> {
    parts: &'a [Part],
    language: &'a Language,
}

impl<'a> Lexicon<'a> {
    /// The words of these parts and of the vocabulary.
    pub fn new(parts: &'a [Part], language: &'a Language) -> Self {
        Self { parts, language }
    }

    /// Whether some form of the word occurs.
    pub fn knows(&self, stem: &str) -> bool {
        self.language.has_stem(stem) || self.occurs(stem)
    }

    /// Whether some document has a form of the word.
    pub fn occurs(&self, stem: &str) -> bool {
        self.parts.iter().any(|part| part.has_stem(stem))
    }

    /// In how many documents exactly this word occurs.
    pub fn documents(&self, surface: &str) -> u32 {
        self.parts.iter().map(|part| part.documents_with(surface)).sum()
    }

    /// The entry of exactly this word.
    pub fn find(&self, surface: &str) -> Option<Entry> {
        let documents = self.documents(surface);
        let known = documents > 0 || self.language.words().find(surface).is_some();
        known.then(|| entry(surface, documents))
    }

    /// Whether some word begins so.
    pub fn begins(&self, start: &str) -> bool {
        let any = |words: &Words| !words.beginning(start).is_empty();
        any(self.language.words())
            || self.parts.iter().any(|part| {
                let range = part.words().beginning(start);
                range.into_iter().any(|at| part.documents_of(at) > 0)
            })
    }

    /// All words of documents that begin so, in alphabetical order.
    pub fn beginning(&self, start: &str) -> Vec<Entry> {
        let mut found: BTreeMap<&str, u32> = BTreeMap::new();
        for part in self.parts {
            for at in part.words().beginning(start) {
                *found.entry(part.words().get(at)).or_default() += part.documents_of(at);
            }
        }
        let occurs = found.into_iter().filter(|(_, documents)| *documents > 0);
        occurs.map(|(surface, documents)| entry(surface, documents)).collect()
    }

    /// The words nearest to a misspelt one, nearest first: by distance, then by
    /// whether the first letter agrees, then the more frequent, then the alphabet.
    ///
    /// The distance allowed grows with the length of the word: 1 edit from 4
    /// letters, 2 edits from 8. An edit is a letter added, lost, changed, or two
    /// neighbours swapped.
    pub fn nearest(&self, typed: &str) -> Vec<(Entry, usize)> {
        self.within(typed, allowed_edits(typed.chars().count()))
    }

    /// The same within so many edits.
    pub fn within(&self, typed: &str, allowed: usize) -> Vec<(Entry, usize)> {
        let mut near: BTreeMap<&str, usize> = self.language.words().near(typed, allowed).collect();
        for part in self.parts {
            near.extend(part.words().near(typed, allowed));
        }
        let vocabulary = self.language.words();
        let mut found: Vec<(Entry, usize)> = near
            .into_iter()
            .map(|(surface, distance)| (surface, self.documents(surface), distance))
            .filter(|(surface, documents, _)| *documents > 0 || vocabulary.find(surface).is_some())
            .map(|(surface, documents, distance)| (entry(surface, documents), distance))
            .collect();
        let first = typed.chars().next();
        found.sort_by_cached_key(|(entry, distance)| {
            let other_start = entry.surface.chars().next() != first;
            let sorted_letters_differ = !same_letters(typed, &entry.surface);
            let rarity = u32::MAX - entry.documents;
            (*distance, other_start, sorted_letters_differ, rarity, entry.surface.clone())
        });
        found
    }
}

fn entry(surface: &str, documents: u32) -> Entry {
    Entry { surface: surface.to_owned(), stem: analysis::stem(surface), documents }
}

/// How many edits a word of that many letters may be away.
pub fn allowed_edits(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    a.len() == b.len() && sorted(a) == sorted(b)
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, b| mask | 1 << (b - b'a'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(sorted: &[&str]) -> Words {
        let mut words = Words::default();
        for word in sorted {
            words.push(word, 1);
        }
        words
    }

    fn nearest(sorted: &[&str], typed: &str) -> Option<String> {
        let language = Language::of_words(words(sorted));
        let found = Lexicon::new(&[], &language).nearest(typed);
        found.first().map(|(entry, _)| entry.surface.clone())
    }

    #[test]
    fn a_beginning_finds_more_than_fifty_words() {
        let mut all: Vec<String> = (0..400).map(|n| format!("work{}", spelled(n))).collect();
        all.sort();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(words(&all).beginning("work").count(), 400);
        assert_eq!(words(&all).beginning("wort").count(), 0);
    }

    fn spelled(n: u32) -> String {
        n.to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect()
    }

    #[test]
    fn swapped_letters_come_before_other_slips_and_short_words_are_left_alone() {
        let all = ["arc", "form", "from", "refugees"];
        assert_eq!(nearest(&all, "frmo").as_deref(), Some("from"));
        assert_eq!(nearest(&all, "refugess").as_deref(), Some("refugees"));
        assert_eq!(nearest(&all, "arx"), None);
    }

    proptest! {
        #[test]
        fn a_word_with_one_slip_finds_the_word_again(word in "[a-z]{5,12}", at in 0usize..5) {
            let lost: String =
                word.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
            prop_assert_eq!(nearest(&[&word], &lost), Some(word));
        }

        #[test]
        fn every_word_is_found_at_its_place(mut all in prop::collection::btree_set("[a-zé]{1,6}", 0..40), other in "[a-z]{1,6}") {
            let sorted: Vec<&str> = all.iter().map(String::as_str).collect();
            let words = words(&sorted);
            for (at, word) in sorted.iter().enumerate() {
                prop_assert_eq!(words.find(word), Some(at));
            }
            let known = sorted.contains(&other.as_str());
            prop_assert_eq!(words.find(&other).is_some(), known);
            all.clear();
        }
    }
}
