//! General English, as far as search needs it: which words are spelled right
//! though no text of ours has them, and which say little in a question.
//!
//! Two lists of our own, one word a line, sorted.

/// Correctly spelled words of everyday and working life.
const EVERYDAY: &str = include_str!("words/everyday.txt");
/// Words that say little about what is asked.
const LIGHT: &str = include_str!("words/light.txt");

/// The two lists, cut once.
#[derive(Debug)]
pub struct English {
    everyday: Vec<&'static str>,
    light: Vec<&'static str>,
}

impl Default for English {
    fn default() -> Self {
        Self { everyday: EVERYDAY.lines().collect(), light: LIGHT.lines().collect() }
    }
}

impl English {
    /// Whether a folded word, or what it was made from by a regular ending, is
    /// spelled right.
    pub fn knows(&self, surface: &str) -> bool {
        let listed = |word: &str| self.everyday.binary_search(&word).is_ok() || self.is_light(word);
        listed(surface) || bases(surface).iter().any(|base| listed(base))
    }

    /// Whether a folded word says little about what is asked.
    pub fn is_light(&self, surface: &str) -> bool {
        self.light.binary_search(&surface).is_ok()
    }
}

/// What a word may have been made from by a regular ending.
fn bases(surface: &str) -> Vec<String> {
    const ENDINGS: [(&str, &[&str]); 8] = [
        ("ies", &["y"]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ied", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
        ("ers", &["", "e"]),
        ("ly", &["", "le"]),
    ];
    let mut bases = Vec::new();
    for (ending, stems) in ENDINGS {
        let Some(root) = surface.strip_suffix(ending).filter(|root| root.len() >= 3) else {
            continue;
        };
        bases.extend(stems.iter().map(|stem| format!("{root}{stem}")));
        // stopped, planning: the last letter was doubled.
        let mut letters = root.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
        {
            bases.push(root.chars().take(root.chars().count() - 1).collect());
        }
    }
    bases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_are_sorted_without_repeats() {
        for list in [EVERYDAY, LIGHT] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn regular_forms_of_a_listed_word_are_known_and_slips_are_not() {
        let english = English::default();
        for word in ["shop", "shops", "lady", "ladies", "stopped", "reception", "driving"] {
            assert!(english.knows(word), "{word}");
        }
        for word in ["refugess", "convictoin", "menapause", "interveiw"] {
            assert!(!english.knows(word), "{word}");
        }
    }
}
