//! A document's texts cut into words once, for highlighting and nearness.

use std::collections::HashMap;

use crate::{
    domain::search::Document,
    search::{
        analysis::{self, Word},
        query::Query,
    },
};

/// Numbers for stems, so that texts compare fast and small.
#[derive(Debug, Clone, Default)]
pub struct Stems {
    numbers: HashMap<String, u32>,
}

impl Stems {
    /// Numbers for the stems that a question looks for.
    pub fn of(query: &Query) -> Self {
        let mut stems = Self::default();
        let ways = query.groups.iter().flat_map(|group| &group.alternatives);
        ways.flat_map(|way| &way.stems).for_each(|stem| _ = stems.enter(stem));
        stems
    }

    /// The number of a stem, given one if it has none yet.
    pub fn enter(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(stem.to_owned(), next);
        next
    }

    /// All stems, by their numbers.
    pub fn all(&self) -> Vec<&str> {
        let mut all: Vec<(u32, &str)> =
            self.numbers.iter().map(|(stem, number)| (*number, stem.as_str())).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, stem)| stem).collect()
    }

    /// How many stems there are.
    pub fn count(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a stem that occurs somewhere.
    pub fn find(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }
}

/// One word of a [`Text`].
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// The stem's number.
    pub stem: u32,
    /// Where the word starts, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
}

/// A text and its words.
#[derive(Debug, Default)]
pub struct Text {
    /// As written.
    pub text: String,
    /// Its words, in order.
    pub tokens: Vec<Token>,
}

impl Text {
    /// A text with words cut before.
    pub fn new(text: String, words: &[Word], stems: &mut Stems) -> Self {
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let token = |word: &Word| Token {
            stem: stems.enter(&word.stem),
            start: at(word.start),
            end: at(word.end),
        };
        let tokens = words.iter().map(token).collect();
        Self { text, tokens }
    }

    /// The words of a token as written.
    pub fn slice(&self, from: Token, to: Token) -> &str {
        self.text.get(from.start as usize..to.end as usize).unwrap_or_default()
    }
}

/// The texts of one document.
#[derive(Debug, Default)]
pub struct Texts {
    /// Title.
    pub title: Text,
    /// Summary.
    pub summary: Text,
    /// All passages, parted by line breaks.
    pub body: Text,
    /// Where each passage starts in the body, in bytes.
    pub passages: Vec<usize>,
    /// What the document can be asked by: title, headings, the vocabulary's lines,
    /// each as the stems that carry meaning.
    pub lines: Vec<Vec<u32>>,
}

impl Texts {
    /// Cuts a document into words. `cut` holds the title, summary and body with
    /// their words, already cut for the index.
    pub fn new(document: &Document, cut: [(String, Vec<Word>); 3], stems: &mut Stems) -> Self {
        let passages = Self::starts(document);
        let headings = document.passages.iter().filter_map(|passage| passage.heading.as_ref());
        let lines = [&document.title].into_iter().chain(headings).chain(&document.vocabulary);
        let lines =
            lines.map(|line| meaning(line, stems)).filter(|line| !line.is_empty()).collect();
        let [title, summary, body] = cut.map(|(text, words)| Text::new(text, &words, stems));
        Self { title, summary, body, passages, lines }
    }

    /// Where each passage starts in the body, in bytes.
    pub fn starts(document: &Document) -> Vec<usize> {
        let mut start = 0;
        let passages = document.passages.iter().map(|passage| {
            let here = start;
            start += passage.text.len() + 1;
            here
        });
        passages.collect()
    }

    /// The passage in which a byte of the body lies.
    pub fn passage_at(&self, byte: usize) -> usize {
        self.passages.partition_point(|start| *start <= byte).saturating_sub(1)
    }
}

/// The stems of a line that carry meaning, each once.
fn meaning(line: &str, stems: &mut Stems) -> Vec<u32> {
    let words = analysis::words(line);
    let kept = words.iter().filter(|word| !analysis::is_stop_word(&word.surface));
    let mut found: Vec<u32> = kept.map(|word| stems.enter(&word.stem)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The texts of a document, each with its words.
pub fn cut(texts: [String; 5]) -> [(String, Vec<Word>); 5] {
    texts.map(|text| {
        let words = analysis::words(&text);
        (text, words)
    })
}
