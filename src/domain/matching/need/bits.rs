//! Sets of words of a closed list, as bits.

use std::marker::PhantomData;

use crate::domain::register::{OffenceGroup, Pattern, SelectionOffer, WorkType};

/// A word of a closed list that has at most 32 words.
pub trait Numbered: Copy + 'static {
    /// The list.
    const LIST: &'static [Self];

    /// Its place in the list.
    fn number(self) -> u32;
}

macro_rules! numbered {
    ($($list:ident),+) => {$(
        impl Numbered for $list {
            const LIST: &'static [Self] = Self::ALL;

            fn number(self) -> u32 {
                self as u32
            }
        }
    )+};
}

numbered!(OffenceGroup, Pattern, SelectionOffer, WorkType);

/// A set of words.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Bits<T>(u32, PhantomData<T>);

/// The set of some words.
pub fn bits<'a, T: Numbered>(words: impl IntoIterator<Item = &'a T>) -> Bits<T> {
    words.into_iter().fold(Bits::default(), |set, word| set.with(*word))
}

impl<T> Clone for Bits<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Bits<T> {}

impl<T> Default for Bits<T> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<T: Numbered> Bits<T> {
    /// The set of these bits.
    pub const fn from_raw(raw: u32) -> Self {
        Self(raw, PhantomData)
    }

    /// Its bits.
    pub const fn raw(self) -> u32 {
        self.0
    }

    /// The same with one word more.
    #[must_use]
    pub fn with(self, word: T) -> Self {
        Self(self.0 | 1 << word.number(), PhantomData)
    }

    /// Whether it has a word.
    pub fn has(self, word: T) -> bool {
        self.0 & (1 << word.number()) != 0
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0, PhantomData)
    }

    /// Whether it has no word.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many words it has.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Its words, in the order of the list.
    pub fn words(self) -> impl Iterator<Item = T> {
        T::LIST.iter().copied().filter(move |word| self.has(*word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_words_in_the_order_of_the_list_each_once() {
        let set = bits(&[Pattern::Night, Pattern::Day, Pattern::Night]);
        assert_eq!(set.words().collect::<Vec<_>>(), [Pattern::Day, Pattern::Night]);
        assert_eq!(set.len(), 2);
        assert!(set.and(bits(&[Pattern::Evening])).is_empty());
        assert_eq!(Bits::<Pattern>::from_raw(set.raw()), set);
    }

    #[test]
    fn every_list_fits_and_is_numbered_in_its_order() {
        fn numbered<T: Numbered>() -> bool {
            T::LIST.len() <= 32 && (0u32..).zip(T::LIST).all(|(place, word)| word.number() == place)
        }
        assert!(numbered::<WorkType>() && numbered::<Pattern>());
        assert!(numbered::<OffenceGroup>() && numbered::<SelectionOffer>());
    }
}
