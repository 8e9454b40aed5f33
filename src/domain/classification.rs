//! Lists of codes for industries and occupations, and which codes stand in them.
//!
//! Two are known: SIC 2007 and SOC 2020. Their structure, down to divisions and minor
//! groups, is always there; the finer codes are there once somebody loaded them. Where a
//! division or minor group has finer codes, a code has to be one of them; where it has
//! none, every code within it passes, since nothing is known that could refuse it.

use std::collections::{BTreeMap, BTreeSet};

words! {
    /// A list of codes.
    Scheme {
        /// Industries: UK SIC 2007.
        Sic = "sic", "SIC 2007";
        /// Occupations: SOC 2020.
        Soc = "soc", "SOC 2020";
    }
}

impl Scheme {
    /// How many digits a division (of industries) or minor group (of occupations) has.
    pub const fn stem_digits(self) -> usize {
        match self {
            Self::Sic => 2,
            Self::Soc => 3,
        }
    }

    /// How many digits the finest codes have.
    pub const fn most_digits(self) -> usize {
        match self {
            Self::Sic => 5,
            Self::Soc => 4,
        }
    }

    /// A code as it is kept: digits alone, of industries also the letter of a section;
    /// points, strokes and blanks between are dropped. `None` for what is no code.
    pub fn code(self, text: &str) -> Option<String> {
        let code: String = text.chars().filter(|c| !" ./".contains(*c)).collect();
        let figures = code.bytes().all(|b| b.is_ascii_digit());
        let fits = figures && (1..=self.most_digits()).contains(&code.len());
        match self {
            Self::Sic if code.len() == 1 => {
                let letter = code.to_ascii_uppercase();
                letter.bytes().all(|b| (b'A'..=b'U').contains(&b)).then_some(letter)
            }
            Self::Sic | Self::Soc => fits.then_some(code),
        }
    }
}

/// One code with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code, as [`Scheme::code`] gives it.
    pub code: String,
    /// What it stands for.
    pub title: String,
    /// The code one step above, where there is one.
    pub parent: Option<String>,
}

/// What is known of a list of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// Which list.
    pub scheme: Scheme,
    /// Where its titles come from.
    pub source: String,
    codes: BTreeMap<String, Code>,
    /// Divisions or minor groups of which finer codes were loaded.
    detailed: BTreeSet<String>,
    loaded: usize,
}

impl Classification {
    /// The structure that is always there.
    pub fn structure(
        scheme: Scheme,
        source: String,
        codes: impl IntoIterator<Item = Code>,
    ) -> Self {
        let codes = codes.into_iter().map(|one| (one.code.clone(), one)).collect();
        Self { scheme, source, codes, detailed: BTreeSet::new(), loaded: 0 }
    }

    /// The same with codes that were loaded over it, and where they come from; the same
    /// without any.
    #[must_use]
    pub fn with(mut self, source: String, loaded: impl IntoIterator<Item = Code>) -> Self {
        for one in loaded {
            self.loaded += 1;
            if one.code.len() > self.scheme.stem_digits() {
                self.detailed.extend(self.stem(&one.code).map(str::to_owned));
            }
            let parent = one.parent.clone();
            let old = self.codes.insert(one.code.clone(), one);
            if let (None, Some(Code { code, parent: Some(above), .. })) = (parent, old)
                && let Some(new) = self.codes.get_mut(&code)
            {
                new.parent = Some(above);
            }
        }
        if self.loaded > 0 {
            self.source = source;
        }
        self
    }

    /// How many codes were loaded over the structure; 0 where only that is there.
    pub const fn loaded(&self) -> usize {
        self.loaded
    }

    /// Every code, in their order.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.codes.values()
    }

    /// The title of a code; of a code that is not there, that of the nearest above it.
    pub fn title(&self, code: &str) -> Option<&str> {
        self.found(code).map(|one| one.title.as_str())
    }

    /// A code as a person reads it: `87 Residential care activities`; of a code that is not
    /// there, what it lies in; the code alone where nothing is known of it.
    pub fn told(&self, code: &str) -> String {
        let exact = self.codes.get(code).or_else(|| self.padded(code));
        match (exact, self.found(code)) {
            (Some(one), _) => format!("{code} {}", one.title),
            (None, Some(above)) => format!("{code} (in {} {})", above.code, above.title),
            (None, None) => code.to_owned(),
        }
    }

    /// Whether a code stands in the list, as far as the list is loaded.
    pub fn has(&self, code: &str) -> bool {
        let Some(stem) = self.stem(code) else { return self.codes.contains_key(code) };
        if !self.codes.contains_key(stem) {
            return false;
        }
        let exact = self.codes.contains_key(code) || self.padded(code).is_some();
        exact || !self.detailed.contains(stem)
    }

    /// Codes that stand in the list and are nearest to one that does not, nearest first,
    /// with their titles; at most `most`.
    pub fn nearest(&self, code: &str, most: usize) -> Vec<&Code> {
        let number = |text: &str| {
            let digits = self.scheme.most_digits();
            format!("{text:0<digits$}").parse::<i64>().unwrap_or_default()
        };
        let common =
            |other: &str| code.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        let mut near: Vec<&Code> = self.codes.values().collect();
        // As long as what was asked for, as far as there are such codes at all.
        near.sort_by_key(|one| {
            let unlike = code.len().abs_diff(one.code.len());
            let apart = number(code).abs_diff(number(&one.code));
            (std::cmp::Reverse(common(&one.code)), unlike, apart, &one.code)
        });
        near.truncate(most);
        near
    }

    fn found(&self, code: &str) -> Option<&Code> {
        if let Some(one) = self.codes.get(code) {
            return Some(one);
        }
        (1..code.len()).rev().find_map(|end| {
            let shorter = code.get(..end)?;
            // One digit of a code of industries is no code.
            let whole = self.scheme == Scheme::Soc || end >= self.scheme.stem_digits();
            self.codes.get(shorter).filter(|_| whole)
        })
    }

    /// The class that a code of five digits stands for which only adds a nought to it: so
    /// classes without subclasses are written in company registers.
    fn padded(&self, code: &str) -> Option<&Code> {
        let five = self.scheme == Scheme::Sic && code.len() == self.scheme.most_digits();
        let class = code.strip_suffix('0').filter(|_| five)?;
        let finer = |one: &&String| one.len() > class.len() && one.starts_with(class);
        let mut below = self.codes.range(class.to_owned()..).map(|(code, _)| code).skip(1).take(1);
        if below.any(|one| finer(&one)) {
            return None;
        }
        self.codes.get(class)
    }

    fn stem<'a>(&self, code: &'a str) -> Option<&'a str> {
        code.get(..self.scheme.stem_digits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: &str, title: &str, parent: &str) -> Code {
        let parent = Some(parent.to_owned()).filter(|text| !text.is_empty());
        Code { code: code.to_owned(), title: title.to_owned(), parent }
    }

    fn industries() -> Classification {
        let codes = [
            code("Q", "Health and social work", ""),
            code("86", "Human health", "Q"),
            code("87", "Residential care", "Q"),
        ];
        Classification::structure(Scheme::Sic, "shipped".to_owned(), codes)
    }

    fn detailed() -> Classification {
        let codes = [
            code("87", "Residential care activities", ""),
            code("871", "Nursing", "87"),
            code("8710", "Residential nursing care", "871"),
            code("8730", "For the elderly", "87"),
            code("87301", "Homes", "8730"),
        ];
        industries().with("a list".to_owned(), codes)
    }

    #[test]
    fn codes_are_written_without_marks() {
        for (scheme, text, kept) in [
            (Scheme::Sic, "58.14/1", Some("58141")),
            (Scheme::Sic, " q ", Some("Q")),
            (Scheme::Sic, "V", None),
            (Scheme::Sic, "7", None),
            (Scheme::Sic, "123456", None),
            (Scheme::Sic, "87a", None),
            (Scheme::Sic, "", None),
            (Scheme::Soc, "6135", Some("6135")),
            (Scheme::Soc, "6", Some("6")),
            (Scheme::Soc, "61355", None),
            (Scheme::Soc, "-1", None),
        ] {
            assert_eq!(scheme.code(text).as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn by_the_structure_alone_a_code_needs_its_division() {
        let known = industries();
        assert!(known.has("87") && known.has("87999") && known.has("8612"));
        assert!(!known.has("00001") && !known.has("44"));
        assert_eq!((known.loaded(), known.source.as_str()), (0, "shipped"));
        assert_eq!(known.title("87301"), Some("Residential care"), "the nearest above");
        assert_eq!(known.title("44"), None);
        assert_eq!(known.told("87"), "87 Residential care");
        assert_eq!(known.told("87301"), "87301 (in 87 Residential care)");
        assert_eq!(known.told("44"), "44");
    }

    #[test]
    fn where_finer_codes_are_loaded_a_code_is_one_of_them() {
        let known = detailed();
        for there in ["87", "871", "8710", "87100", "8730", "87301", "86", "86101"] {
            assert!(known.has(there), "{there}");
        }
        for none in ["872", "87200", "87300", "87302", "44"] {
            assert!(!known.has(none), "{none}");
        }
        assert_eq!((known.loaded(), known.source.as_str()), (5, "a list"));
        assert_eq!(known.title("87"), Some("Residential care activities"));
        assert_eq!(known.title("87100"), Some("Residential nursing care"));
        let division = known.codes().find(|one| one.code == "87").unwrap();
        assert_eq!(division.parent.as_deref(), Some("Q"), "what a list leaves out stays");
    }

    #[test]
    fn the_nearest_codes_share_the_longest_beginning() {
        let known = detailed();
        let near = |code| known.nearest(code, 2).into_iter().map(|one| one.code.as_str());
        assert_eq!(near("87302").collect::<Vec<_>>(), ["87301", "8730"]);
        assert_eq!(near("88").collect::<Vec<_>>(), ["87", "86"]);
    }
}
