//! How well the text search found each thing for the employer's question.
//!
//! The search itself is another floor's work; here are only its numbers.

use std::collections::BTreeMap;

use crate::domain::search::Kind;

/// Thousandths, 0 to 1000, by kind and id; what is not in it was not found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relevance(BTreeMap<Kind, BTreeMap<String, u32>>);

impl Relevance {
    /// Notes how well one thing was found, cut to 1000; the better of two
    /// statements counts.
    pub fn insert(&mut self, kind: Kind, id: &str, thousandths: u32) {
        let kept = self.0.entry(kind).or_default().entry(id.to_owned()).or_default();
        *kept = (*kept).max(thousandths.min(1000));
    }

    /// How well it was found, in thousandths.
    pub fn of(&self, kind: Kind, id: &str) -> u32 {
        self.0.get(&kind).and_then(|ids| ids.get(id)).copied().unwrap_or(0)
    }
}

impl FromIterator<((Kind, String), u32)> for Relevance {
    fn from_iter<I: IntoIterator<Item = ((Kind, String), u32)>>(found: I) -> Self {
        let mut relevance = Self::default();
        for ((kind, id), thousandths) in found {
            relevance.insert(kind, &id, thousandths);
        }
        relevance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relevance_is_cut_to_a_thousand_and_zero_for_what_was_not_found() {
        let relevance = Relevance::from_iter([((Kind::Action, "E2".to_owned()), 1700)]);
        assert_eq!(relevance.of(Kind::Action, "E2"), 1000);
        assert_eq!(relevance.of(Kind::Passage, "E2"), 0);
    }
}
