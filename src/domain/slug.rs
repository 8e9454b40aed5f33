//! Public names: the key of a thing in addresses, files and answers.

use std::{borrow::Borrow, fmt, ops::Deref};

/// A checked public name: 1 to 80 characters of `a-z`, `0-9` and inner `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

/// The text is not a [`Slug`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name is 1 to 80 characters of a-z, 0-9 and inner hyphens")]
pub struct NotASlug;

impl Slug {
    /// The only way in: whoever holds a `Slug` need not check it again.
    pub fn parse(text: &str) -> Result<Self, NotASlug> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let inner = !text.starts_with('-') && !text.ends_with('-');
        let fits = (1..=80).contains(&text.len()) && text.chars().all(plain);
        (fits && inner).then(|| Self(text.to_owned())).ok_or(NotASlug)
    }

    /// A name made of some words: lower case, without accents, at most 80 characters,
    /// cut at a word where it can be; `unnamed` if nothing is left of them.
    ///
    /// ```text
    /// "Café Brülé & Sons", "2026"  →  cafe-brule-and-sons-2026
    /// ```
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        const MOST: usize = 80;
        let mut name = String::new();
        for word in words.into_iter().flat_map(plain_words) {
            let room = MOST - name.len();
            if !name.is_empty() {
                if word.len() + 1 > room {
                    break;
                }
                name.push('-');
            }
            name.extend(word.chars().take(MOST));
        }
        if name.is_empty() { Self("unnamed".to_owned()) } else { Self(name) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words of a text in `a-z` and `0-9`; apostrophes join, `&` is a word.
fn plain_words(text: &str) -> Vec<String> {
    let spelled = text.replace('&', " and ").replace(['\'', '\u{2019}'], "");
    let letters: String = spelled.chars().flat_map(unaccented).collect();
    let parts = letters.split(|c: char| !c.is_ascii_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_ascii_lowercase).collect()
}

/// A letter without its accent, for the letters of European names; others stay.
fn unaccented(letter: char) -> impl Iterator<Item = char> {
    const PLAIN: [(&str, &str); 13] = [
        ("a", "àáâãäåāăą"),
        ("ae", "æ"),
        ("c", "çćč"),
        ("d", "ďđð"),
        ("e", "èéêëēęě"),
        ("i", "ìíîïī"),
        ("l", "łľĺ"),
        ("n", "ñńň"),
        ("o", "òóôõöøō"),
        ("s", "śšş"),
        ("ss", "ß"),
        ("u", "ùúûüūůű"),
        ("z", "źžż"),
    ];
    let low = letter.to_lowercase().next().unwrap_or(letter);
    let plain = PLAIN.iter().find(|(_, accented)| accented.contains(low)).map(|(plain, _)| *plain);
    let own = plain.is_none().then_some(letter);
    plain.unwrap_or_default().chars().chain(own)
}

impl Deref for Slug {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Slug {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Slug {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_what_was_written_and_nothing_else_gets_in() {
        assert_eq!(Slug::parse("right-to-work").unwrap().as_str(), "right-to-work");
        for bad in ["", "-a", "a-", "A", "a b", "é", &"a".repeat(81)] {
            assert_eq!(Slug::parse(bad), Err(NotASlug), "{bad:?}");
        }
    }
}
