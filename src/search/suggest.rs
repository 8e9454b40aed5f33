//! Completions: only what exists, grouped by kind.

use crate::{
    domain::search::{Completion, CompletionGroup, CompletionKind, Facet, Kind},
    search::{
        SearchError,
        analysis::{self, Word},
        index::Index,
    },
};

/// Completions of one kind, at most.
const MOST: usize = 5;
/// Fewer letters than this complete to nearly everything.
const LEAST_LETTERS: usize = 2;

impl Index {
    /// What exists and begins like what was typed: the last word as a beginning,
    /// the words before it in any place. Terms of the vocabulary come first, then
    /// topics, then titles by kind.
    pub fn suggest(&self, typed: &str) -> Result<Vec<CompletionGroup>, SearchError> {
        let words = analysis::words(typed);
        let letters: usize = words.iter().map(|word| word.surface.chars().count()).sum();
        let Some((last, before)) = words.split_last() else { return Ok(Vec::new()) };
        if letters < LEAST_LETTERS {
            return Ok(Vec::new());
        }
        let fits = |text: &str| completes(text, before, last);
        let mut groups = vec![self.terms(&fits)?, self.topics(&fits)];
        for kind in Kind::ALL {
            let titles = self.documents.iter().filter(|d| d.kind == kind && fits(&d.title));
            let completions = titles
                .take(MOST)
                .map(|d| Completion { text: d.title.clone(), url: d.url.clone(), total: 1 })
                .collect();
            groups.push(CompletionGroup { kind: CompletionKind::Title(kind), completions });
        }
        groups.retain(|group| !group.completions.is_empty());
        Ok(groups)
    }

    /// Preferred terms, found by any of their names.
    fn terms(&self, fits: &impl Fn(&str) -> bool) -> Result<CompletionGroup, SearchError> {
        let mut completions = Vec::new();
        for entry in self.thesaurus.named(fits) {
            if completions.len() == MOST {
                break;
            }
            let total = self.total(entry, &[])?;
            if total > 0 {
                let url = format!("/search?q={}", encoded(entry));
                completions.push(Completion { text: entry.to_owned(), url, total });
            }
        }
        Ok(CompletionGroup { kind: CompletionKind::Term, completions })
    }

    fn topics(&self, fits: &impl Fn(&str) -> bool) -> CompletionGroup {
        let all: Vec<u32> = (0_u32..).take(self.documents.len()).collect();
        let counted = self.columns.count(&all, &self.columns.choose(&[]));
        let counts = self.columns.answer(&counted, &[]);
        let topics = counts.into_iter().filter(|counts| counts.facet == Facet::Topic);
        let completions = topics
            .flat_map(|counts| counts.values)
            .filter(|topic| fits(&topic.label))
            .take(MOST)
            .map(|topic| Completion {
                url: format!("/search?topic={}", encoded(&topic.value)),
                text: topic.label,
                total: topic.count,
            })
            .collect();
        CompletionGroup { kind: CompletionKind::Topic, completions }
    }
}

/// Whether a text has a word beginning with the last one, and the others whole.
fn completes(text: &str, before: &[Word], last: &Word) -> bool {
    let own = analysis::words(text);
    own.iter().any(|word| word.surface.starts_with(&last.surface))
        && before.iter().all(|typed| own.iter().any(|word| word.stem == typed.stem))
}

/// A query value for an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => encoded.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    encoded
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}
