//! What is asked of search and what it answers, without any search library.

mod answer;
mod kinds;

pub use answer::{
    Answer, Completion, CompletionGroup, CompletionKind, Correction, EmptyHelp, Expansion,
    FacetCount, FacetCounts, Hit, Nearest, Reason, ReasonCode, ScorePart, Snippet, Suggestion,
};
pub use kinds::{Facet, Kind};

use crate::domain::{freshness::Dated, guidance::Passage, place::Point};

/// One value of a facet that a document has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FacetValue {
    /// Which facet.
    pub facet: Facet,
    /// The value, as used in parameters.
    pub value: String,
    /// The words shown.
    pub label: String,
}

/// One thing that can be found.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Name within its kind: `toolkit/section`, a slug, or an action's code.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// Address of its page on this site.
    pub url: String,
    /// One sentence on what the reader gets.
    pub summary: String,
    /// The text, heading by heading.
    pub passages: Vec<Passage>,
    /// Words by which it should be found though the text does not use them.
    pub vocabulary: Vec<String>,
    /// Its values in the facets.
    pub facets: Vec<FacetValue>,
    /// When it was written and until when it counts, where that is stated.
    pub dates: Option<Dated>,
    /// Whether it states law.
    pub legal: bool,
    /// Whether it goes with an answer rather than being one: a form, a checklist.
    pub companion: bool,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// Where it is; empty where that is not known or means nothing.
    pub points: Vec<Point>,
}

/// What somebody asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The words, as typed.
    pub text: String,
    /// Filters: OR inside a facet, AND across facets.
    pub filters: Vec<(Facet, String)>,
    /// Page, from 1.
    pub page: u32,
    /// Results on a page, 1 to 100.
    pub per_page: u32,
    /// Only what is near this place: an outward code, a postcode, a town or a
    /// district, as typed.
    pub place: Option<String>,
    /// How near, in miles: one of [`WITHIN_MILES`].
    pub within_miles: Option<u32>,
}

/// The distances that can be asked for, in miles.
pub const WITHIN_MILES: [u32; 4] = [5, 10, 20, 50];

/// How near is near where nobody said, in miles.
pub const NEARBY_MILES: u32 = 10;

/// A place, and how far around it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// What to call the place.
    pub name: String,
    /// Its centre.
    pub centre: Point,
    /// How far around, in miles.
    pub within_miles: u32,
}
