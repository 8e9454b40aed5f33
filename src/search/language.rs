//! What questions are read with beside the words of an index: the vocabulary,
//! general English, and what counts how much.

use std::collections::{BTreeSet, HashSet};

use crate::{
    domain::vocabulary::Vocabulary,
    search::{analysis, lexicon::Words, thesaurus::Thesaurus, weights::Weights, words::English},
};

/// The vocabulary made ready, with general English and the weights.
#[derive(Debug)]
pub struct Language {
    pub(super) thesaurus: Thesaurus,
    pub(super) english: English,
    pub(super) weights: Weights,
    words: Words,
    stems: HashSet<String>,
}

impl Language {
    /// The language of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        Self::with(vocabulary, Weights::default())
    }

    /// The same with other weights.
    pub fn with(vocabulary: &Vocabulary, weights: Weights) -> Self {
        let thesaurus = Thesaurus::new(vocabulary, &weights);
        let mut words = Words::default();
        let cut = || thesaurus.words().flat_map(analysis::words);
        let surfaces: BTreeSet<String> = cut().map(|word| word.surface).collect();
        for surface in &surfaces {
            words.push(surface, 0);
        }
        let stems = cut().map(|word| word.stem).collect();
        Self { thesaurus, english: English::default(), weights, words, stems }
    }

    /// A language that has these words and nothing else.
    #[cfg(test)]
    pub fn of_words(words: Words) -> Self {
        Self { words, ..Self::new(&Vocabulary::default()) }
    }

    /// Every word of the vocabulary.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// Whether some word of the vocabulary has that stem.
    pub(super) fn has_stem(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }
}
