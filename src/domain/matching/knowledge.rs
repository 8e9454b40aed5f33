//! Everything a match may rest on, handed in by the caller.

use chrono::NaiveDate;

use crate::domain::{
    guidance::{LibraryEntry, Toolkit},
    place::Gazetteer,
    register::{Provenance, Reference},
    slug::Slug,
    vocabulary::Vocabulary,
};

/// What is known on one day.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// Toolkits of our own.
    pub toolkits: &'a [Toolkit],
    /// Guides of others.
    pub library: &'a [LibraryEntry],
    /// Charter, schemes, partnerships, providers.
    pub reference: &'a Reference,
    /// Places.
    pub gazetteer: &'a Gazetteer,
    /// Labels and the SIC sections of sectors.
    pub vocabulary: &'a Vocabulary,
    /// The day of the answer.
    pub today: NaiveDate,
}

impl Knowledge<'_> {
    /// The labels of cohorts, in one phrase.
    pub fn cohort_labels<'s>(&self, slugs: impl IntoIterator<Item = &'s Slug>) -> String {
        joined(slugs.into_iter().map(|slug| self.vocabulary.cohort_label(slug)))
    }

    /// The labels of sectors, in one phrase.
    pub fn sector_labels<'s>(&self, slugs: impl IntoIterator<Item = &'s Slug>) -> String {
        joined(slugs.into_iter().map(|slug| self.vocabulary.sector_label(slug)))
    }

    /// Where a statement of the register comes from, in words.
    ///
    /// Named in full is the last source that is not uncertain: sources stand in the
    /// order they were published, and the last carries the statement's date.
    pub fn cite(&self, provenance: &Provenance) -> Option<String> {
        if provenance.fictional {
            return Some("Invented for the demonstration".to_owned());
        }
        let sources = || provenance.sources.iter().filter_map(|id| self.reference.source(id));
        let sure = sources().rfind(|source| !source.uncertain);
        let source = sure.or_else(|| sources().next_back())?;
        let by = source.publisher.as_ref().map_or_else(String::new, |by| format!(", {by}"));
        let at = source.url.as_ref().map_or_else(String::new, |url| format!(", {url}"));
        let others = provenance.sources.iter().filter(|id| **id != source.id);
        let others: Vec<&str> = others.map(String::as_str).collect();
        let also =
            if others.is_empty() { String::new() } else { format!("; also {}", others.join(", ")) };
        Some(format!("{}: {}{by}{at}{also}", source.id, source.title))
    }
}

/// The texts in order, each once, with commas between.
fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    texts.dedup();
    texts.join(", ")
}
