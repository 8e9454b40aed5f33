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

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
