//! Short texts found by words without an index: titles of codes, needs.
//!
//! Words are those of [`crate::search::analysis`]. Every word asked for must be
//! in a text: as its stem, as the beginning of a word, or, where no text has it at all,
//! with a slip of one letter in four or two in eight. Words that say little do not count
//! where others are asked for.

use std::collections::BTreeSet;

use crate::search::{analysis, words::English};

/// The shortest beginning of a word that finds it, in letters.
const BEGINNING: usize = 3;

/// Texts to be found, in the order in which they were given.
#[derive(Debug, Default)]
pub struct ShortTexts {
    texts: Vec<Vec<Word>>,
    surfaces: BTreeSet<String>,
    english: English,
}

#[derive(Debug)]
struct Word {
    surface: String,
    stem: String,
}

/// A text that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundText {
    /// Its place in the order given, from 0.
    pub nth: usize,
    /// How well it fits: 3 for each word that it has, 2 for a beginning, 1 for a slip.
    pub fit: u32,
}

impl ShortTexts {
    /// Makes texts ready to be found.
    pub fn new<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Self {
        let mut ready = Self::default();
        for text in texts {
            let words = analysis::words(text.as_ref()).into_iter();
            let words: Vec<Word> =
                words.map(|one| Word { surface: one.surface, stem: one.stem }).collect();
            ready.surfaces.extend(words.iter().map(|word| word.surface.clone()));
            ready.texts.push(words);
        }
        ready
    }

    /// The texts that have every word asked for, best first, of equals in the order given;
    /// all of them where no word is asked for.
    pub fn find(&self, asked: &str) -> Vec<FoundText> {
        let words = self.asked(asked);
        let fit = |text: &[Word]| words.iter().map(|word| word.fit(text)).sum::<Option<u32>>();
        let texts = self.texts.iter().enumerate();
        let mut found: Vec<FoundText> =
            texts.filter_map(|(nth, text)| fit(text).map(|fit| FoundText { nth, fit })).collect();
        found.sort_by_key(|one| (std::cmp::Reverse(one.fit), one.nth));
        found
    }

    fn asked(&self, asked: &str) -> Vec<Asked> {
        let words = analysis::words(asked);
        let heavy = |word: &&analysis::Word| {
            !self.english.is_light(&word.surface) && !analysis::is_stop_word(&word.surface)
        };
        let any = words.iter().any(|word| heavy(&word));
        words
            .iter()
            .filter(|word| !any || heavy(word))
            .map(|word| {
                let (surface, stem) = (word.surface.clone(), word.stem.clone());
                let known = self.texts.iter().flatten().any(|one| one.stem == stem)
                    || self.begins(&surface);
                Asked { surface, stem, slips: if known { 0 } else { slips(&word.surface) } }
            })
            .collect()
    }

    /// Whether a word of some text begins so.
    fn begins(&self, surface: &str) -> bool {
        let mut from = self.surfaces.range(surface.to_owned()..);
        from.next().is_some_and(|word| word.starts_with(surface))
    }
}

/// How many letters may be wrong in a word.
fn slips(surface: &str) -> usize {
    match surface.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A word that is asked for.
struct Asked {
    surface: String,
    stem: String,
    slips: usize,
}

impl Asked {
    fn fit(&self, text: &[Word]) -> Option<u32> {
        text.iter().filter_map(|word| self.fits(word)).max()
    }

    fn fits(&self, word: &Word) -> Option<u32> {
        let long = self.surface.chars().count() >= BEGINNING;
        if word.stem == self.stem {
            Some(3)
        } else if long && word.surface.starts_with(&self.surface) {
            Some(2)
        } else if self.slips > 0 && strsim::osa_distance(&word.surface, &self.surface) <= self.slips
        {
            Some(1)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(texts: &[&str], asked: &str) -> Vec<usize> {
        ShortTexts::new(texts).find(asked).into_iter().map(|one| one.nth).collect()
    }

    #[test]
    fn a_word_is_found_by_its_stem_its_beginning_and_with_a_slip() {
        let texts = ["Residential care activities", "Bricklayers", "Caravan sites", "Waiters"];
        assert_eq!(found(&texts, "caring"), [0], "by the stem");
        assert_eq!(found(&texts, "brick"), [1]);
        assert_eq!(found(&texts, "bricklaiers"), [1]);
        assert_eq!(found(&texts, "car"), [0, 2], "what begins so");
        assert_eq!(found(&texts, "resident care"), [0]);
        assert_eq!(found(&texts, "residential sites"), [] as [usize; 0], "every word counts");
        assert_eq!(found(&texts, "the care of"), [0], "but for those that say little");
        assert_eq!(found(&texts, "zzz"), [] as [usize; 0]);
        assert_eq!(found(&texts, ""), [0, 1, 2, 3]);
    }

    #[test]
    fn a_word_that_is_there_is_not_read_as_a_slip_of_another() {
        let texts = ["Baker", "Maker"];
        assert_eq!(found(&texts, "baker"), [0]);
        assert_eq!(found(&texts, "taker"), [0, 1]);
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_each_of_its_own_words(words in prop::collection::vec("[a-z]{3,9}", 1..6), nth in 0_usize..6) {
            let text = words.join(" ");
            let one = &words[nth % words.len()];
            prop_assert_eq!(found(&[&text], one), [0]);
        }

        #[test]
        fn nothing_that_is_typed_fails(asked in "\\PC{0,40}", texts in prop::collection::vec("\\PC{0,20}", 0..5)) {
            let ready = ShortTexts::new(&texts);
            prop_assert!(ready.find(&asked).len() <= texts.len());
        }
    }
}
