//! Every word that occurs: for spelling, for beginnings of words, and to know
//! which words nobody ever wrote.
//!
//! Holds the folded surface forms of the indexed texts and of the vocabulary,
//! sorted, each with its stem and the number of documents it occurs in. A look-up
//! by beginning gives all words, however many there are.

use std::collections::{BTreeMap, HashSet};

/// One surface form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The folded word.
    pub surface: String,
    /// Its stem.
    pub stem: String,
    /// In how many documents it occurs; 0 where only the vocabulary has it.
    pub documents: u32,
    /// Which letters it has, a bit each: a cheap lower bound for its distance.
    letters: u32,
}

/// All surface forms, sorted.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    stems: HashSet<String>,
}

impl Lexicon {
    /// A lexicon of these words: surface to stem and number of documents.
    pub fn new(words: BTreeMap<String, (String, u32)>) -> Self {
        let entries: Vec<Entry> = words
            .into_iter()
            .map(|(surface, (stem, documents))| {
                let letters = letters(&surface);
                Entry { surface, stem, documents, letters }
            })
            .collect();
        let stems = entries.iter().map(|entry| entry.stem.clone()).collect();
        Self { entries, stems }
    }

    /// Whether some form of the word occurs.
    pub fn knows(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }

    /// The entry of exactly this word.
    pub fn find(&self, surface: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.surface.as_str().cmp(surface)).ok()?;
        self.entries.get(at)
    }

    /// All words that begin so, in alphabetical order.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a Entry> {
        let from = self.entries.partition_point(|entry| entry.surface.as_str() < start);
        self.entries.iter().skip(from).take_while(move |entry| entry.surface.starts_with(start))
    }

    /// The words nearest to a misspelt one, nearest first: by distance, then by
    /// whether the first letter agrees, then the more frequent, then the alphabet.
    ///
    /// The distance allowed grows with the length of the word: 1 edit from 4
    /// letters, 2 edits from 8. An edit is a letter added, lost, changed, or two
    /// neighbours swapped.
    pub fn nearest(&self, typed: &str) -> Vec<(&Entry, usize)> {
        let letters_typed: Vec<char> = typed.chars().collect();
        let allowed = allowed_edits(letters_typed.len());
        let mask = letters(typed);
        let mut found: Vec<(&Entry, usize)> = self
            .entries
            .iter()
            // Each edit changes at most two of the letters that occur.
            .filter(|entry| (entry.letters ^ mask).count_ones() as usize <= 2 * allowed)
            .filter(|entry| !entry.surface.chars().any(|c| c.is_ascii_digit()))
            .filter(|entry| entry.surface.len() > 2)
            .filter_map(|entry| {
                let length = entry.surface.chars().count();
                if length.abs_diff(letters_typed.len()) > allowed {
                    return None;
                }
                let distance = strsim::osa_distance(typed, &entry.surface);
                (distance <= allowed).then_some((entry, distance))
            })
            .collect();
        let first = letters_typed.first().copied();
        found.sort_by_key(|(entry, distance)| {
            let other_start = entry.surface.chars().next() != first;
            let sorted_letters_differ = !same_letters(typed, &entry.surface);
            let rarity = u32::MAX - entry.documents;
            (*distance, other_start, sorted_letters_differ, rarity, &entry.surface)
        });
        found
    }
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

    fn lexicon(words: &[&str]) -> Lexicon {
        let entry = |word: &&str| ((*word).to_owned(), ((*word).to_owned(), 1));
        Lexicon::new(words.iter().map(entry).collect())
    }

    #[test]
    fn a_beginning_finds_more_than_fifty_words() {
        let words: Vec<String> = (0..400).map(|n| format!("work{}", spelled(n))).collect();
        let all: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(lexicon(&all).beginning("work").count(), 400);
        assert_eq!(lexicon(&all).beginning("wort").count(), 0);
    }

    fn spelled(n: u32) -> String {
        n.to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect()
    }

    #[test]
    fn swapped_letters_come_before_other_slips_and_short_words_are_left_alone() {
        let lexicon = lexicon(&["form", "from", "refugees", "arc"]);
        assert_eq!(lexicon.nearest("frmo")[0].0.surface, "from");
        assert_eq!(lexicon.nearest("refugess")[0].0.surface, "refugees");
        assert!(lexicon.nearest("arx").is_empty());
    }

    proptest! {
        #[test]
        fn a_word_with_one_slip_finds_the_word_again(word in "[a-z]{5,12}", at in 0usize..5) {
            let lexicon = lexicon(&[&word]);
            let lost: String =
                word.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
            prop_assert_eq!(&lexicon.nearest(&lost)[0].0.surface, &word);
        }
    }
}
