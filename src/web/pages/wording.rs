//! What may be repeated to the reader of what the reader typed.
//!
//! Words on the never-print list do not leave the service: a text that has one is
//! not repeated outside the box it was typed into. Whole words only, in any case
//! and in the plural.

use crate::domain::{search::Reason, vocabulary::Vocabulary};

/// Judges texts against the words never printed.
#[derive(Debug)]
pub struct Wording<'a> {
    words: Vec<&'a str>,
}

impl<'a> Wording<'a> {
    /// The judge for a vocabulary.
    pub fn of(vocabulary: &'a Vocabulary) -> Self {
        let words = vocabulary.never_print.iter().map(|entry| entry.word.as_str());
        Self { words: words.filter(|word| !word.is_empty()).collect() }
    }

    /// The text, unless it has a word that is never printed.
    pub fn fit<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text_words = words(text);
        let bad = self.words.iter().any(|never| {
            let never = words(never);
            text_words.windows(never.len().max(1)).any(|window| same(window, &never))
        });
        (!bad).then_some(text)
    }

    /// A reason's sentence in typographer's quotes; what was typed is left out
    /// where it is not fit to be repeated.
    pub fn reason(&self, reason: &Reason) -> Option<String> {
        let text = if let Some(text) = self.fit(&reason.text) {
            text.to_owned()
        } else {
            let (_, read_as) = reason.text.split_once(" read as ")?;
            format!("Your words were read as {}", self.fit(read_as)?)
        };
        Some(curly(&text))
    }
}

/// Straight double quotes as opening and closing ones, in turn.
pub fn curly(text: &str) -> String {
    let mut open = false;
    text.chars()
        .map(|c| match c {
            '"' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            c => c,
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether the words are the never-printed ones, the last perhaps in the plural.
fn same(window: &[String], never: &[String]) -> bool {
    let Some((last, rest)) = never.split_last() else { return false };
    let Some((end, start)) = window.split_last() else { return false };
    // "past it" is not found in "past its review date".
    let plural =
        end == last || last.len() > 2 && [format!("{last}s"), format!("{last}es")].contains(end);
    start == rest && plural
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{search::ReasonCode, vocabulary::NeverPrint};

    fn vocabulary() -> Vocabulary {
        let entry = |word: &str| NeverPrint { word: word.into(), instead: "person".into() };
        let never_print = vec![entry("con"), entry("ex-con"), entry("boat people")];
        Vocabulary { never_print, ..Vocabulary::default() }
    }

    #[test]
    fn whole_words_are_unfit_in_any_case_and_in_the_plural() {
        let vocabulary = vocabulary();
        let wording = Wording::of(&vocabulary);
        for unfit in ["a CON", "ex cons", "Ex-Con?", "the boat-people here", "con's"] {
            assert_eq!(wording.fit(unfit), None, "{unfit}");
        }
        for fit in ["contract", "icon", "a boat", "people", ""] {
            assert_eq!(wording.fit(fit), Some(fit));
        }
    }

    #[test]
    fn a_reason_keeps_what_was_read_and_loses_what_was_typed() {
        let vocabulary = vocabulary();
        let wording = Wording::of(&vocabulary);
        let reason = |text: &str| Reason { code: ReasonCode::Synonym, text: text.to_owned() };
        let shown = |text: &str| wording.reason(&reason(text));
        assert_eq!(
            shown("\"ex-con\" was read as \"prison leaver\"").as_deref(),
            Some("Your words were read as “prison leaver”")
        );
        assert_eq!(
            shown("\"rtw\" was read as \"right to work\"").as_deref(),
            Some("“rtw” was read as “right to work”")
        );
        assert_eq!(shown("The title has \"con\""), None);
    }
}
