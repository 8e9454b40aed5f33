//! How easy a text is to read, as the school grade that copes with it.
//!
//! The Flesch-Kincaid grade, which is 0.39 × words a sentence, plus 11.8 ×
//! syllables a word, less 15.59; five more is about the age of the reader. Syllables are counted as
//! groups of vowels, less a silent final e, which is rough for a word and good
//! enough for a page. It knows nothing of sense: a plain text can still be wrong.
//!
//! # Source
//!
//! J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of
//! New Readability Formulas for Navy Enlisted Personnel", Research Branch Report
//! 8-75, Naval Technical Training Command, 1975.

/// The highest grade that our texts may need; a reading age of 14 to 15.
pub(super) const HIGHEST_GRADE: f64 = 9.5;
/// What to add to a grade for the reader's age in years.
pub(super) const AGE_OVER_GRADE: f64 = 5.0;
/// A text shorter than this, in words, is not judged.
const SHORTEST: u32 = 100;

/// The grade of some paragraphs; `None` where they are too short to tell.
pub(super) fn grade<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Option<f64> {
    let (mut sentences, mut words, mut syllables) = (0_u32, 0_u32, 0_u32);
    for paragraph in paragraphs {
        let mut open = false;
        for token in paragraph.split_whitespace() {
            for word in token.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
                if word.chars().any(char::is_alphabetic) {
                    words += 1;
                    syllables += syllables_of(word);
                    open = true;
                }
            }
            let closing = token.trim_end_matches(['"', '\'', ')', '”', '’']);
            if open && closing.ends_with(['.', '!', '?', ':', ';']) {
                sentences += 1;
                open = false;
            }
        }
        sentences += u32::from(open);
    }
    if words < SHORTEST || sentences == 0 {
        return None;
    }
    let (sentences, words, syllables) =
        (f64::from(sentences), f64::from(words), f64::from(syllables));
    Some(0.39 * words / sentences + 11.8 * syllables / words - 15.59)
}

fn syllables_of(word: &str) -> u32 {
    let word = word.to_lowercase();
    let (mut groups, mut in_group) = (0, false);
    for c in word.chars() {
        let vowel = "aeiouy".contains(c);
        groups += u32::from(vowel && !in_group);
        in_group = vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - u32::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in [("cat", 1), ("table", 2), ("make", 1), ("organise", 3), ("the", 1)] {
            assert_eq!(syllables_of(word), count, "{word}");
        }
    }

    #[test]
    fn the_grade_follows_the_formula_and_rises_with_long_words_and_sentences() {
        let plain = "The cat sat on the mat. ".repeat(20);
        // Six words a sentence, one syllable a word.
        let by_hand = 0.39 * 6.0 + 11.8 - 15.59;
        assert!((grade([plain.as_str()]).unwrap() - by_hand).abs() < 1e-9);
        let heavy =
            "Organisational considerations necessitate comprehensive documentation ".repeat(20);
        assert!(grade([heavy.as_str()]).unwrap() > HIGHEST_GRADE);
        assert_eq!(grade(["Too short to tell."]), None);
    }
}
