//! Finds words that the service never prints.
//!
//! Whole words only, in any case, also in the plural: "con" is found in "two
//! cons" and not in "contract". What people type, and the titles of other
//! people's publications, are not ours and are never given to it.

use crate::domain::vocabulary::{NeverPrint, Vocabulary};

/// The words never printed, ready to be looked for.
pub(super) struct NeverPrinted<'a> {
    /// Longest first, so that "ex-con" is not reported as "con".
    words: Vec<&'a NeverPrint>,
}

impl<'a> NeverPrinted<'a> {
    pub(super) fn of(vocabulary: &'a Vocabulary) -> Self {
        let mut words: Vec<&NeverPrint> =
            vocabulary.never_print.iter().filter(|entry| !entry.word.is_empty()).collect();
        words.sort_by_key(|entry| std::cmp::Reverse(entry.word.len()));
        Self { words }
    }

    /// Every such word in the text, once each.
    pub(super) fn found_in(&self, text: &str) -> Vec<&'a NeverPrint> {
        let mut text = text.to_lowercase().replace('’', "'");
        let mut found = Vec::new();
        for entry in &self.words {
            let mut hit = false;
            while let Some((start, end)) = position(&text, &entry.word) {
                hit = true;
                // A shorter word inside this one is not a second fault.
                text.replace_range(start..end, "\u{0}");
            }
            if hit {
                found.push(*entry);
            }
        }
        found
    }
}

fn position(text: &str, word: &str) -> Option<(usize, usize)> {
    text.match_indices(word).find_map(|(start, _)| {
        let (before, rest) = (text.get(..start)?, text.get(start + word.len()..)?);
        let plural = ["es", "s", ""].into_iter().find(|ending| {
            let after = rest.strip_prefix(ending);
            after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        })?;
        let whole = !before.ends_with(char::is_alphanumeric);
        whole.then_some((start, start + word.len() + plural.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let entry = |word: &str| NeverPrint { word: word.into(), instead: "person".into() };
        let vocabulary = Vocabulary {
            never_print: vec![entry("con"), entry("ex-con"), entry("boat people")],
            ..Vocabulary::default()
        };
        let found = NeverPrinted::of(&vocabulary).found_in(text);
        found.into_iter().map(|entry| entry.word.clone()).collect()
    }

    #[test]
    fn whole_words_are_found_in_any_case_and_in_the_plural() {
        assert_eq!(found("Two CONS and a con."), ["con"]);
        assert_eq!(found("an ex-con's story"), ["ex-con"]);
        assert_eq!(found("Boat people"), ["boat people"]);
        assert!(found("The contract is in the icon, second line: beacon.").is_empty());
    }
}
