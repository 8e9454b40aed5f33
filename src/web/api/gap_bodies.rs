//! Coverage and gaps as they are sent.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        coverage::{Cover, Coverage, Covers, Gap, NeedSeen, Part},
        matching::policy::Code,
        slug::Slug,
    },
    web::api::search_body::is_false,
};

/// So many runs are told of for a need, the best first.
const MOST_RUNS: usize = 20;

/// A need that is judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedAskedBody {
    /// Public name.
    #[schema(example = "night-care-workers")]
    pub slug: String,
    /// Its record.
    #[schema(example = "/api/v1/needs/night-care-workers")]
    pub url: String,
    /// Title.
    #[schema(example = "Night care workers")]
    pub title: String,
    /// SOC 2020 codes.
    pub soc: Vec<String>,
    /// Lowest level asked for; entry is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_from: Option<i32>,
    /// Highest level asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_to: Option<i32>,
    /// `now`, `1y` or `3y`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon: Option<String>,
    /// How many people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headcount: Option<i32>,
    /// `high`, `medium` or `low`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// `open` or `partly-met`.
    #[schema(example = "open")]
    pub state: String,
    /// The employer who voiced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Where people are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How far a learner can travel, in miles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_miles: Option<i32>,
    /// The last day on which training may begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_by: Option<NaiveDate>,
    /// Accepted ways of teaching; none for any.
    pub modes: Vec<String>,
    /// Groups that the places are for; none for everybody.
    pub cohorts: Vec<String>,
    /// The day somebody last stood by it.
    pub as_of: NaiveDate,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

/// A run of a course, or a course of which no run is planned, judged for a need.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverBody {
    /// `full`, `partial` or `none`.
    #[schema(example = "partial")]
    pub covers: String,
    /// How well it fits, 0 to 100: the sum of the parts' points.
    #[schema(example = 92.5)]
    pub fit: f64,
    /// Public name of the provider.
    pub provider: String,
    /// Name of the provider.
    pub provider_name: String,
    /// Public name of the course.
    pub course: String,
    /// Title of the course.
    pub title: String,
    /// The course's page on this site.
    pub url: String,
    /// Which of the course's runs it is, from 0; absent where none is planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<usize>,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// Present, and true, where it starts whenever a learner likes.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub flexible_start: bool,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    /// How it is taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Its venue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// How many learners it takes; absent where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<i32>,
    /// Miles in a straight line from the need's place, rounded to whole miles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub miles: Option<f64>,
    /// The criteria.
    pub parts: Vec<CoverPartBody>,
    /// The day the course was last known to be right.
    pub as_of: NaiveDate,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

/// One criterion of coverage, with the reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverPartBody {
    /// Its name, as in the policy.
    #[schema(example = "start-by")]
    pub criterion: &'static str,
    /// Points it can earn.
    #[schema(example = 15)]
    pub weight: u32,
    /// Points it earned.
    #[schema(example = 7.5)]
    pub points: f64,
    /// `met`, `partly`, `unmet` or `unknown`.
    #[schema(example = "partly")]
    pub verdict: &'static str,
    /// Why.
    pub text: String,
    /// What would make it met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub would_change: Option<String>,
}

/// A need with the runs that meet it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedCoverageBody {
    /// The need.
    pub need: NeedAskedBody,
    /// `full` where runs that meet everything have places enough between them, `partial`
    /// where something covers it in part, else `none`.
    #[schema(example = "full")]
    pub covers: String,
    /// Places that it takes: its headcount, or 1 where nobody said.
    pub wanted: i32,
    /// Places of the runs that meet everything else, as far as they are known.
    pub places: i64,
    /// How many runs meet everything but perhaps the number of places.
    pub meeting: usize,
    /// The runs that cover it in full or in part, best first; at most 20.
    pub runs: Vec<CoverBody>,
    /// How many cover it in full or in part.
    pub run_count: usize,
}

/// A need that nothing meets, or too little.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapBody {
    /// The need.
    pub need: NeedAskedBody,
    /// `none`, `too-few`, or `not-known` where what is recorded does not tell.
    #[schema(example = "too-few")]
    pub kind: String,
    /// The same in words.
    #[schema(example = "Too few places")]
    pub label: String,
    /// Why it is a gap.
    #[schema(example = "It takes 40 places; what meets it has 12 places.")]
    pub text: String,
    /// Places that it takes: its headcount, or 1 where nobody said.
    pub wanted: i32,
    /// Places of the runs that meet everything else, as far as they are known.
    pub places: i64,
    /// The run or course that comes nearest; absent where nothing teaches anything like it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<CoverBody>,
    /// What the nearest lacks, or what is not known of it.
    pub lacking: Vec<String>,
    /// What would close the gap.
    pub would_change: Vec<String>,
}

fn names(slugs: &[Slug]) -> Vec<String> {
    slugs.iter().map(ToString::to_string).collect()
}

impl From<&NeedSeen> for NeedAskedBody {
    fn from(need: &NeedSeen) -> Self {
        Self {
            slug: need.slug.to_string(),
            url: format!("/api/v1/needs/{}", need.slug),
            title: need.title.clone(),
            soc: need.soc.clone(),
            level_from: need.level_from,
            level_to: need.level_to,
            horizon: need.horizon.as_ref().map(ToString::to_string),
            headcount: need.headcount,
            priority: need.priority.map(|word| word.to_string()),
            state: need.state.to_string(),
            organisation: need.organisation.as_ref().map(ToString::to_string),
            place: need.place.clone(),
            travel_miles: need.travel_miles,
            start_by: need.start_by,
            modes: need.modes.iter().map(ToString::to_string).collect(),
            cohorts: names(&need.cohorts),
            as_of: need.as_of,
            fictional: need.fictional,
        }
    }
}

impl From<&Cover> for CoverBody {
    fn from(cover: &Cover) -> Self {
        let run = &cover.run;
        Self {
            covers: cover.covers.to_string(),
            fit: f64::from(cover.fit) / 10.0,
            provider: run.provider.to_string(),
            provider_name: run.provider_name.clone(),
            course: run.course.to_string(),
            title: run.title.clone(),
            url: format!("/courses/{}", run.course),
            run: run.nth,
            starts_on: run.starts_on,
            flexible_start: run.flexible_start,
            ends_on: run.ends_on,
            mode: run.mode.map(|word| word.to_string()),
            venue: run.venue.clone(),
            places: run.places,
            miles: cover.miles.map(f64::round),
            parts: cover.parts.iter().map(CoverPartBody::from).collect(),
            as_of: run.as_of,
            fictional: run.fictional,
        }
    }
}

impl From<&Part> for CoverPartBody {
    fn from(part: &Part) -> Self {
        Self {
            criterion: part.criterion.as_str(),
            weight: part.weight,
            points: f64::from(part.points) / 10.0,
            verdict: part.verdict.as_str(),
            text: part.text.clone(),
            would_change: part.would_change.clone(),
        }
    }
}

impl From<&Coverage> for NeedCoverageBody {
    fn from(coverage: &Coverage) -> Self {
        let runs: Vec<&Cover> =
            coverage.runs.iter().filter(|run| run.covers != Covers::None).collect();
        Self {
            need: NeedAskedBody::from(&coverage.need),
            covers: coverage.covers.to_string(),
            wanted: coverage.wanted,
            places: coverage.places,
            meeting: coverage.meeting,
            run_count: runs.len(),
            runs: runs.into_iter().take(MOST_RUNS).map(CoverBody::from).collect(),
        }
    }
}

impl From<&Gap> for GapBody {
    fn from(gap: &Gap) -> Self {
        Self {
            need: NeedAskedBody::from(&gap.need),
            kind: gap.kind.to_string(),
            label: gap.kind.label().to_owned(),
            text: gap.text.clone(),
            wanted: gap.wanted,
            places: gap.places,
            nearest: gap.nearest.as_ref().map(CoverBody::from),
            lacking: gap.lacking.clone(),
            would_change: gap.would_change.clone(),
        }
    }
}
