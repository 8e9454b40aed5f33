//! What search answers: hits with reasons, exact counts, and help where there is
//! nothing.

use crate::domain::{
    freshness::Dated,
    search::{Facet, FacetValue, Kind, Near},
};

/// The answer to a [`Question`](crate::domain::search::Question).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// How many documents match, exactly.
    pub total: u64,
    /// The page of them that was asked for, best first.
    pub hits: Vec<Hit>,
    /// For each facet its values with exact counts; a facet ignores its own filter.
    pub facets: Vec<FacetCounts>,
    /// Words that were read as other words.
    pub corrections: Vec<Correction>,
    /// What the field's abbreviations in the question mean.
    pub expansions: Vec<Expansion>,
    /// Another question that finds more.
    pub suggestion: Option<Suggestion>,
    /// How the question was widened because nothing matched it as it stood.
    pub relaxed: Option<String>,
    /// What may help where nothing was found.
    pub help: Option<EmptyHelp>,
    /// How many documents were looked at.
    pub considered: u64,
    /// Words of the question that were not used.
    pub ignored: Vec<String>,
    /// The place that results had to be near, where one was asked for.
    pub near: Option<Near>,
    /// How many documents were left out only because they have no place; 0 unless a
    /// place was asked for.
    pub without_place: u64,
}

/// One found document.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Name within its kind.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its page, at the heading nearest to the match.
    pub url: String,
    /// The heading nearest to the match.
    pub heading: Option<String>,
    /// One sentence on what the reader gets.
    pub summary: String,
    /// Where it matched.
    pub snippet: Snippet,
    /// Score in thousandths: the sum of the parts.
    pub score_milli: i64,
    /// What the score is made of.
    pub parts: Vec<ScorePart>,
    /// Why it matched, in sentences.
    pub reasons: Vec<Reason>,
    /// When it was written and until when it counts.
    pub dates: Option<Dated>,
    /// Whether it is past its review date.
    pub stale: bool,
    /// Whether it states law.
    pub legal: bool,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// Its values in the facets.
    pub facets: Vec<FacetValue>,
    /// How far it is from the place asked for, in miles.
    pub distance_miles: Option<f64>,
}

/// A piece of text with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// Plain text.
    pub text: String,
    /// The same as escaped HTML, matches in `<mark>`.
    pub html: String,
    /// The matches: half-open ranges of characters (Unicode scalar values) of `text`.
    pub ranges: Vec<(usize, usize)>,
}

/// One summand of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorePart {
    /// What earned it, such as a word or `past its review date`.
    pub what: String,
    /// Thousandths of a point; negative for what lowers the score.
    pub milli: i64,
}

/// Why a document matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// How the word matched.
    pub code: ReasonCode,
    /// The sentence.
    pub text: String,
}

/// How a word of the question matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonCode {
    /// As typed.
    Exact,
    /// Another form of the same word.
    Stem,
    /// Another word for the same thing.
    Synonym,
    /// A term that is near to what was asked.
    Related,
    /// After correcting its spelling.
    Corrected,
    /// As the beginning of a word.
    Prefix,
    /// As a phrase.
    Phrase,
    /// It is past its review date and was placed lower.
    Stale,
    /// Listed without a question, by its own order.
    Listed,
    /// It is near the place asked for.
    Distance,
}

impl ReasonCode {
    /// The name used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Stem => "stem",
            Self::Synonym => "synonym",
            Self::Related => "related",
            Self::Corrected => "corrected",
            Self::Prefix => "prefix",
            Self::Phrase => "phrase",
            Self::Stale => "stale",
            Self::Listed => "listed",
            Self::Distance => "distance",
        }
    }
}

/// The values of one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which facet.
    pub facet: Facet,
    /// Its values, most frequent first, then by label.
    pub values: Vec<FacetCount>,
}

/// One value of a facet and how many results it would give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value, as used in parameters.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// Exactly how many results choosing it alone in this facet gives.
    pub count: u64,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A word that was read as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// As used.
    pub used: String,
}

/// What an abbreviation or a term of the field means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The preferred term.
    pub term: String,
    /// One sentence.
    pub meaning: String,
}

/// Another question that finds more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The question.
    pub text: String,
    /// How many results it has, with the same filters.
    pub total: u64,
}

/// What may help where nothing was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmptyHelp {
    /// For each active filter, how many results there are without it.
    pub without: Vec<(Facet, String, u64)>,
    /// How many results there are without any filter.
    pub without_any: u64,
    /// Things near to what was asked.
    pub nearest: Vec<Nearest>,
}

/// A thing near to what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
}

/// Completions of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionGroup {
    /// What they are.
    pub kind: CompletionKind,
    /// The completions, best first.
    pub completions: Vec<Completion>,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A term of the vocabulary.
    Term,
    /// The title of a document of some kind.
    Title(Kind),
    /// A topic.
    Topic,
}

/// Something that exists and begins like what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The words.
    pub text: String,
    /// Its page, or the search for it.
    pub url: String,
    /// How many results a search for the words has.
    pub total: u64,
}
