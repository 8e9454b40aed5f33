//! A search answer as it is sent.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Snapshot,
    domain::search::{Answer, EmptyHelp, FacetCount, Hit, Question},
};

/// The answer to a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchBody {
    /// How many things match, exactly.
    pub total: u64,
    /// The page, from 1.
    pub page: u32,
    /// Results on a page.
    pub per_page: u32,
    /// The page of results, best first; empty beyond the end.
    pub results: Vec<ResultBody>,
    /// By facet: its values with exact counts. A facet ignores its own filter, so a
    /// count is the total that choosing this value alone in its facet gives.
    pub facets: BTreeMap<&'static str, Vec<FacetValueBody>>,
    /// Words that were read as other words.
    pub corrections: Vec<CorrectionBody>,
    /// What abbreviations and terms of the field in the question mean.
    pub expansions: Vec<ExpansionBody>,
    /// How the question was widened because nothing matched it as it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed: Option<String>,
    /// Another question that finds more with the same filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<SuggestionBody>,
    /// What may help; only where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<HelpBody>,
    /// What the answer rests on.
    pub manifest: ManifestBody,
}

/// One found thing.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultBody {
    /// `passage`, `library`, `action`, `partnership`, `course` and others.
    pub kind: &'static str,
    /// Name within its kind: `toolkit/section` for a passage.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its page on this site, at the heading nearest to the match.
    pub url: String,
    /// The heading nearest to the match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// One sentence on what the reader gets.
    pub summary: String,
    /// Where it matched.
    pub snippet: SnippetBody,
    /// Score, with at most three decimals: the sum of the parts.
    pub score: f64,
    /// What the score is made of.
    pub parts: Vec<PartBody>,
    /// Why it matched, in sentences.
    pub reasons: Vec<ReasonBody>,
    /// The day it was last known to be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// The last day it may be relied on without looking again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<NaiveDate>,
    /// Whether it is past its review date.
    pub stale: bool,
    /// Whether it states law.
    pub legal: bool,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
    /// How far it is from the place asked for, in miles, rounded to a tenth; only where
    /// one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_miles: Option<f64>,
}

/// A piece of text with what matched in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnippetBody {
    /// Plain text.
    pub text: String,
    /// The same as escaped HTML, matches in `<mark>`.
    pub html: String,
    /// The matches in `text`: half-open ranges of characters (Unicode scalar values).
    pub ranges: Vec<[usize; 2]>,
}

/// One summand of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartBody {
    /// What earned it.
    pub what: String,
    /// Points, with at most three decimals; negative for what lowers the score.
    pub points: f64,
}

/// Why a thing matched.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonBody {
    /// How a word matched: `exact`, `stem`, `synonym`, `corrected`, `prefix`, `phrase`,
    /// `related`, `stale`, `listed`, `distance`.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetValueBody {
    /// The value, as used in the parameter of the facet's name.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// Exactly how many results choosing it alone in this facet gives.
    pub count: u64,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A word that was read as another.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionBody {
    /// As typed.
    pub typed: String,
    /// As used.
    pub used: String,
}

/// What an abbreviation or a term of the field means.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpansionBody {
    /// The preferred term.
    pub term: String,
    /// One sentence.
    pub meaning: String,
}

/// Another question that finds more.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionBody {
    /// The question.
    pub text: String,
    /// How many results it has, with the same filters.
    pub total: u64,
}

/// What may help where nothing was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpBody {
    /// For each filter, how many results there are without it.
    pub without: Vec<WithoutBody>,
    /// How many results there are without any filter.
    pub without_any: u64,
    /// Things near to what was asked.
    pub nearest: Vec<NearestBody>,
}

/// What leaving out one filter gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithoutBody {
    /// The facet.
    pub facet: &'static str,
    /// The value that is left out.
    pub value: String,
    /// How many results there are without it.
    pub total: u64,
}

/// A thing near to what was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearestBody {
    /// What it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
}

/// What an answer rests on: the same question on the same change and content gives
/// the same bytes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManifestBody {
    /// Number of the last change of the register that was looked at.
    pub change: i64,
    /// Hash of the content that was looked at.
    pub content: String,
    /// How many things were looked at.
    pub considered: u64,
    /// Words of the question that were not used.
    pub ignored: Vec<String>,
    /// The place that results had to be near; only where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<NearBody>,
}

/// The place that results had to be near.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearBody {
    /// What it is called.
    pub place: String,
    /// How near, in miles.
    pub within_miles: u32,
    /// How many things match otherwise but have no place, and so were left out.
    pub without_place: u64,
}

impl SearchBody {
    /// The answer to a question, given from a snapshot.
    pub fn new(snapshot: &Snapshot, question: &Question, answer: Answer) -> Self {
        let facets = answer.facets.into_iter().map(|counts| {
            (counts.facet.as_str(), counts.values.into_iter().map(FacetValueBody::from).collect())
        });
        let without_place = answer.without_place;
        let near = answer.near.map(|near| NearBody {
            place: near.name,
            within_miles: near.within_miles,
            without_place,
        });
        let corrected = answer.corrections.into_iter();
        let explained = answer.expansions.into_iter();
        Self {
            total: answer.total,
            page: question.page,
            per_page: question.per_page,
            results: answer.hits.into_iter().map(ResultBody::from).collect(),
            facets: facets.collect(),
            corrections: corrected
                .map(|one| CorrectionBody { typed: one.typed, used: one.used })
                .collect(),
            expansions: explained
                .map(|one| ExpansionBody { term: one.term, meaning: one.meaning })
                .collect(),
            relaxed: answer.relaxed,
            suggestion: answer
                .suggestion
                .map(|one| SuggestionBody { text: one.text, total: one.total }),
            help: answer.help.map(HelpBody::from),
            manifest: ManifestBody {
                change: snapshot.change,
                content: snapshot.content_hash().to_owned(),
                considered: answer.considered,
                ignored: answer.ignored,
                near,
            },
        }
    }
}

impl From<Hit> for ResultBody {
    fn from(hit: Hit) -> Self {
        let parts = hit.parts.into_iter();
        let reasons = hit.reasons.into_iter();
        Self {
            kind: hit.kind.as_str(),
            id: hit.id,
            title: hit.title,
            url: hit.url,
            heading: hit.heading,
            summary: hit.summary,
            snippet: SnippetBody {
                text: hit.snippet.text,
                html: hit.snippet.html,
                ranges: hit.snippet.ranges.into_iter().map(|(from, to)| [from, to]).collect(),
            },
            score: points(hit.score_milli),
            parts: parts
                .map(|part| PartBody { what: part.what, points: points(part.milli) })
                .collect(),
            reasons: reasons
                .map(|one| ReasonBody { code: one.code.as_str(), text: one.text })
                .collect(),
            as_of: hit.dates.map(|dates| dates.as_of),
            review_by: hit.dates.map(|dates| dates.review_by),
            stale: hit.stale,
            legal: hit.legal,
            fictional: hit.fictional,
            distance_miles: hit.distance_miles.map(|miles| (miles * 10.0).round() / 10.0),
        }
    }
}

impl From<FacetCount> for FacetValueBody {
    fn from(one: FacetCount) -> Self {
        Self { value: one.value, label: one.label, count: one.count, selected: one.selected }
    }
}

impl From<EmptyHelp> for HelpBody {
    fn from(help: EmptyHelp) -> Self {
        let without = help.without.into_iter();
        let nearest = help.nearest.into_iter();
        Self {
            without: without
                .map(|(facet, value, total)| WithoutBody { facet: facet.as_str(), value, total })
                .collect(),
            without_any: help.without_any,
            nearest: nearest
                .map(|one| NearestBody { kind: one.kind.as_str(), title: one.title, url: one.url })
                .collect(),
        }
    }
}

/// Thousandths as a number of at most three decimals.
#[allow(clippy::cast_precision_loss, reason = "scores are far below 2^52 thousandths")]
fn points(milli: i64) -> f64 {
    milli as f64 / 1000.0
}

/// For serde: a fact that is only written where it holds.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
pub(super) fn is_false(fact: &bool) -> bool {
    !fact
}
