//! What can be found: content, reference data and records as documents of the indexes.

mod candidate;
mod guidance;
mod names;
mod organisation;
mod register;

use chrono::NaiveDate;

use crate::domain::{
    guidance::Passage,
    place::{Gazetteer, Point},
    register::{Reference, Scheme, SchemeLevel},
    search::{Facet, FacetValue, Kind},
    slug::Slug,
    vocabulary::{Sector, Vocabulary},
};

pub use candidate::fingerprints;
pub use guidance::{PAST_REVIEW, documents};
pub use register::{Turning, Whole};

/// Values and labels of [`Facet::HasPlaces`].
pub const PLACES: [(&str, &str); 2] =
    [("yes", "Has places now"), ("not-stated", "Is open, number of places not stated")];

/// The value of a district in [`Facet::District`].
pub fn district_slug(name: &str) -> String {
    Slug::of_words([name]).to_string()
}

/// Every value of [`Facet::Recognition`] with its label: a scheme, or a scheme and a
/// level.
pub fn recognitions(reference: &Reference) -> Vec<(String, String)> {
    let of = |scheme: &Scheme| {
        let levels = scheme.levels.iter().map(|level| at_level(scheme, level));
        levels.chain([(scheme.slug.to_string(), scheme.name.clone())]).collect::<Vec<_>>()
    };
    reference.schemes.iter().chain(&reference.past_schemes).flat_map(of).collect()
}

/// A level of a scheme as a value of [`Facet::Recognition`], with its label.
fn at_level(scheme: &Scheme, level: &SchemeLevel) -> (String, String) {
    let label = if level.label.starts_with(&scheme.name) {
        level.label.clone()
    } else {
        format!("{}: {}", scheme.name, level.label)
    };
    (format!("{}:{}", scheme.slug, level.slug), label)
}

/// What documents are made with.
#[derive(Clone, Copy)]
pub struct Catalogue<'a> {
    words: &'a Vocabulary,
    gazetteer: &'a Gazetteer,
    reference: &'a Reference,
    today: NaiveDate,
}

impl<'a> Catalogue<'a> {
    /// A catalogue for a day.
    pub fn new(
        vocabulary: &'a Vocabulary,
        gazetteer: &'a Gazetteer,
        reference: &'a Reference,
        today: NaiveDate,
    ) -> Self {
        Self { words: vocabulary, gazetteer, reference, today }
    }

    /// Where a postcode, outward code, town or district is, as far as known.
    fn point(&self, place: &str) -> Option<Point> {
        self.gazetteer.find(place).map(|place| place.centre)
    }

    fn sectors(&self, slugs: &[Slug]) -> impl Iterator<Item = &Sector> {
        self.words.sectors.iter().filter(|sector| slugs.contains(&sector.label.slug))
    }

    fn sector_words(&self, slugs: &[Slug]) -> Vec<String> {
        let sectors = self.sectors(slugs);
        sectors.flat_map(|s| s.words.iter().chain([&s.label.label]).cloned()).collect()
    }

    fn cohort(&self, slug: &str) -> FacetValue {
        facet(Facet::Cohort, slug, self.words.cohort_label(slug))
    }

    fn topic(&self, slug: &str) -> FacetValue {
        facet(Facet::Topic, slug, self.words.topic_label(slug))
    }

    fn format(&self, slug: &str) -> FacetValue {
        facet(Facet::Format, slug, self.words.format_label(slug))
    }
}

fn kind(kind: Kind) -> FacetValue {
    facet(Facet::Kind, kind.as_str(), kind.label())
}

fn facet(facet: Facet, value: &str, label: &str) -> FacetValue {
    FacetValue { facet, value: value.to_owned(), label: label.to_owned() }
}

fn plain(text: String) -> Passage {
    Passage { heading: None, anchor: String::new(), text }
}

fn first_sentence(text: &str) -> String {
    text.split_inclusive(". ").next().unwrap_or(text).trim().to_owned()
}
