//! Questions that found nothing, without what was typed.
//!
//! What is left of a question is a handful of sorted words in their plainest form: no
//! figure, no address, no order, and nothing at all where it looks as if it were about a
//! person. It is shown from the fifth time on; before, only a keyed hash of it is kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::{personal, slug::Slug};

words! {
    /// What kind of question found nothing.
    MissedKind {
        /// A search.
        Search = "search", "Search that found nothing";
        /// An employer's match.
        Match = "match", "Match that found no partnership or training";
    }
}

/// From so many times on, a question is shown.
pub const SHOWN_FROM: i64 = 5;
/// So many words of a question are kept at most.
pub const MOST_WORDS: usize = 8;
/// So many months, this one among them, a question is kept that is asked no more.
pub const KEPT_MONTHS: u32 = 24;

/// The shortest and the longest word that is kept, in letters.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=24;

/// Words that tell nothing of what was asked for.
const IDLE: [&str; 52] = [
    "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "by", "can", "could", "do",
    "does", "for", "from", "get", "has", "have", "how", "if", "in", "is", "it", "me", "my", "need",
    "of", "on", "or", "our", "should", "some", "someone", "that", "the", "their", "there", "they",
    "this", "to", "us", "want", "we", "what", "where", "who", "with", "would", "you", "your",
];

/// A question that was asked often enough to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// What kind of question.
    pub kind: MissedKind,
    /// Its words, sorted.
    pub words: Vec<String>,
    /// How often it was asked; at least [`SHOWN_FROM`].
    pub count: i64,
    /// The month in which it was asked last, by its first day.
    pub month: NaiveDate,
}

/// What is left of the words of a search; `None` where nothing is, or where it looks as
/// if it were about a person.
pub fn of_search(text: &str, never_print: &BTreeSet<String>) -> Option<Vec<String>> {
    if !personal::signs(text).is_empty() {
        return None;
    }
    let words = plain_words(text).filter(|word| !IDLE.contains(&word.as_str()));
    kept(words.filter(|word| !never_print.contains(word)).take(MOST_WORDS))
}

/// What is left of an employer's profile: words of closed lists alone. `None` where it
/// named neither a sector nor a group.
pub fn of_match(sector: Option<&Slug>, cohorts: &[Slug]) -> Option<Vec<String>> {
    let mut cohorts: Vec<&Slug> = cohorts.iter().collect();
    cohorts.sort();
    let names = sector.into_iter().chain(cohorts);
    let words = names.flat_map(|name| plain_words(name).collect::<Vec<_>>());
    kept(words.filter(|word| !IDLE.contains(&word.as_str())).take(MOST_WORDS))
}

fn kept(words: impl Iterator<Item = String>) -> Option<Vec<String>> {
    let words: BTreeSet<String> = words.collect();
    (!words.is_empty()).then(|| words.into_iter().collect())
}

/// The words of a text in their plainest form, in its order. What has a figure, or what
/// belongs to an address, is no word.
pub fn plain_words(text: &str) -> impl Iterator<Item = String> {
    let odd = |c: char| c.is_numeric() || "@_/\\=:".contains(c);
    let pieces = text.split_whitespace().filter(move |piece| !piece.contains(odd));
    let words = pieces.flat_map(|piece| piece.split(|c: char| !c.is_alphabetic() && c != '\''));
    words.map(plain).filter(|word| LETTERS.contains(&word.chars().count()))
}

/// A word in lower case, without the endings of a plural and of what belongs to somebody.
fn plain(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare = lower.strip_suffix("'s").unwrap_or(&lower).replace('\'', "");
    match bare.strip_suffix("ies") {
        Some(stem) if stem.chars().count() > 2 => format!("{stem}y"),
        _ => match bare.strip_suffix('s') {
            Some(stem) if stem.chars().count() > 2 && !stem.ends_with('s') => stem.to_owned(),
            _ => bare,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn left(text: &str) -> Vec<String> {
        of_search(text, &BTreeSet::from(["slur".to_owned()])).unwrap_or_default()
    }

    #[test]
    fn the_same_question_asked_otherwise_is_the_same() {
        let asked = left("Welding courses for beginners in the evening?");
        assert_eq!(asked, ["beginner", "course", "evening", "welding"]);
        assert_eq!(left("evening welding course, beginner's"), asked);
        assert_eq!(left("companies"), left("company"));
        assert_eq!(left("glass"), ["glass"]);
    }

    #[test]
    fn figures_addresses_and_what_is_about_a_person_are_not_kept() {
        assert_eq!(left("level 3 plumbing OX16 5QA"), ["level", "plumbing"]);
        assert_eq!(left("https://example.org/private welding a/b x=y"), ["welding"]);
        for about_a_person in
            ["ring 07700 900123 about welding", "jo.bloggs@example.org welding", "A1234BC welding"]
        {
            assert_eq!(of_search(about_a_person, &BTreeSet::new()), None, "{about_a_person}");
        }
        assert_eq!(of_search("slurs", &BTreeSet::from(["slur".to_owned()])), None);
        assert_eq!(of_search("what is the", &BTreeSet::new()), None);
        assert_eq!(of_search("", &BTreeSet::new()), None);
    }

    #[test]
    fn a_match_is_known_by_names_of_lists_alone() {
        let slug = |text| Slug::parse(text).unwrap();
        let cohorts = [slug("refugees"), slug("prison-leavers")];
        let construction = slug("construction");
        let words = of_match(Some(&construction), &cohorts).unwrap();
        assert_eq!(words, ["construction", "leaver", "prison", "refugee"]);
        assert_eq!(of_match(None, &[]), None);
    }

    proptest! {
        #[test]
        fn what_is_left_is_few_sorted_words_of_letters(text in "\\PC{0,200}") {
            let words = of_search(&text, &BTreeSet::new()).unwrap_or_default();
            prop_assert!(words.len() <= MOST_WORDS);
            prop_assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
            for word in &words {
                let plain = word.chars().all(|c| c.is_alphabetic() && !c.is_numeric());
                prop_assert!(plain || !word.is_ascii(), "{word}");
                prop_assert!(!word.chars().any(|c| c.is_ascii_digit() || c == ' '));
                prop_assert!((2..=24).contains(&word.chars().count()));
            }
        }
    }
}
