//! Pairing plans: what is answered. The forms have the names of what is kept
//! ([`app::pairing::Content`](crate::app::pairing::Content)), and are read from it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::app::AppError;

/// What is kept, in the form in which it is answered.
///
/// # Errors
///
/// [`AppError::Internal`] if the two forms have come apart.
pub fn told<B: DeserializeOwned>(kept: &impl Serialize) -> Result<B, AppError> {
    let value = serde_json::to_value(kept);
    let body = value.and_then(serde_json::from_value);
    body.map_err(|error| AppError::Internal(Box::new(error)))
}

/// What a plan is to keep to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingAskedBody {
    /// Minimums of groups, one for a group.
    pub minimums: Vec<PairingMinimumBody>,
    /// What was agreed before, and how much of it may change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<PairingChangesBody>,
    /// Needs to leave out.
    pub without_needs: Vec<String>,
    /// Runs to leave out.
    pub without_runs: Vec<PairingRunBody>,
    /// The last day on which a run may begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_by: Option<NaiveDate>,
    /// How many people a need is taken to have that does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_where_unstated: Option<u32>,
    /// How many places a run is taken to have that does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places_where_unstated: Option<u32>,
}

/// A minimum of a group: a share of all who are placed, or a number of people.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingMinimumBody {
    /// The group.
    pub cohort: String,
    /// So many of a hundred who are placed: 1 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// So many people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
}

/// How much of an earlier plan may change.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingChangesBody {
    /// The earlier plan, of the same partnership.
    pub from_plan: i64,
    /// How many people may lose the place that it gave them.
    pub at_most: u64,
}

/// A run of a course.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingRunBody {
    /// The course.
    pub course: String,
    /// Its place among the course's runs, from 0.
    pub nth: usize,
}

/// What a plan comes to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingSummaryBody {
    /// People placed.
    pub placed: u64,
    /// People who are to be placed.
    pub wanted: u64,
    /// The sum of the fits of all who are placed; in thousandths.
    pub fit: u64,
    /// The sum of the best plan that keeps every rule; absent where none does; in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best_fit: Option<u64>,
    /// How much less the plan is worth than the best; below nothing where it breaks rules; in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub costs: Option<i64>,
    /// How it is known that nothing is better.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PairingCertificateBody>,
}

/// What shows how good the best plan is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingCertificateBody {
    /// How it is known: a word.
    pub method: String,
    /// What no plan that keeps every rule exceeds; in thousandths.
    pub bound: u64,
    /// How much better a plan may be at most; 0 for the best; in thousandths.
    pub gap: u64,
    /// In a sentence.
    pub text: String,
}

/// People of a need on a run, with why.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairedBody {
    /// The need.
    pub need: String,
    /// Its title.
    pub need_title: String,
    /// The employer who voiced it, where that is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The course.
    pub course: String,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
    /// The course's title.
    pub course_title: String,
    /// The provider.
    pub provider: String,
    /// Its name.
    pub provider_name: String,
    /// The run's first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// How many people.
    pub people: u32,
    /// The fit of one of them; 0 for a pair that is not admissible; in thousandths.
    pub fit: u32,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// Where else one of them could go.
    pub alternatives: Vec<PairingAlternativeBody>,
    /// Whether something of it was invented for a demonstration.
    pub fictional: bool,
}

/// Another run for one person of a pair.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingAlternativeBody {
    /// The course.
    pub course: String,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
    /// Its fit; in thousandths.
    pub fit: u32,
    /// What moving one person there costs; in thousandths.
    pub costs: i64,
    /// Whether there is a place.
    pub has_place: bool,
    /// In a sentence.
    pub text: String,
}

/// People of a need who are not placed, with why.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotPlacedBody {
    /// The need.
    pub need: String,
    /// Its title.
    pub need_title: String,
    /// How many people.
    pub people: u32,
    /// Why: a word.
    pub why: String,
    /// Why, in a sentence.
    pub text: String,
}

/// A run that is full.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScarceRunBody {
    /// The course.
    pub course: String,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
    /// Its places.
    pub places: u32,
    /// How much the sum would rise with one more; in thousandths.
    pub fit: u64,
    /// Whether it would rise by just so much, rather than by so much at most.
    pub exact: bool,
    /// How many more people would be placed; absent unless exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_people: Option<i64>,
    /// In a sentence.
    pub text: String,
}

/// What a rule costs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingRuleBody {
    /// `minimum` or `changes`.
    pub rule: String,
    /// The group, of a minimum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// How much higher the sum would be without it; in thousandths.
    pub fit: u64,
    /// How many more people would be placed without it.
    pub more_people: i64,
    /// In a sentence.
    pub text: String,
}

/// What was not planned with.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingLeftOutBody {
    /// The need; absent for a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// The course; absent for a need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// The run's place among the course's runs, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<usize>,
    /// Why, in a sentence.
    pub text: String,
}

/// Where a plan departs from what was worked out, or breaks a rule.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingOverrideBody {
    /// Its name: the same as long as it stands.
    pub id: String,
    /// In a sentence.
    pub text: String,
    /// Why, as whoever signed it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
