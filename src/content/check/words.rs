//! Finds words that the service never prints.
//!
//! Whole words only, in any case, also in the plural: "con" is found in "two
//! cons" and not in "contract". The name of an Act of Parliament is no word of
//! ours and is passed over; what people type, and the titles of other people's
//! publications, are never given to it.

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
        let mut text = without_acts(text).to_lowercase().replace('’', "'");
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

/// The text without names such as "Rehabilitation of Offenders Act".
fn without_acts(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for word in words {
        if word.trim_end_matches(|c: char| !c.is_alphanumeric()) == "Act" {
            let named = kept.iter().rposition(|word| !is_of_a_name(word)).map_or(0, |at| at + 1);
            kept.truncate(named);
        }
        kept.push(word);
    }
    kept.join(" ")
}

/// A capitalised word that ends no sentence, or a small word between such words.
fn is_of_a_name(word: &str) -> bool {
    let small =
        ["of", "and", "for", "to", "in", "at", "on", "the", "against", "from"].contains(&word);
    let ends = word.ends_with(|c: char| !c.is_alphanumeric());
    small || (word.starts_with(char::is_uppercase) && !ends)
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
        assert!(found("The Rehabilitation of Con Act 1974, and the Con Act.").is_empty());
        assert_eq!(found("Ask the con. The Equality Act applies."), ["con"]);
        assert!(found("The contract is in the icon, second line: beacon.").is_empty());
    }
}
