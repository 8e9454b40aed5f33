//! What a pairing plan says, as it is kept and answered: names and sentences beside the
//! numbers, so that a plan reads the same whatever the register says later.
//!
//! Fits and their sums are whole thousandths.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a plan is to keep to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// Minimums of groups, one for a group.
    pub minimums: Vec<AskedMinimum>,
    /// What was agreed before, and how much of it may change.
    pub changes: Option<AskedChanges>,
    /// Needs to leave out.
    pub without_needs: Vec<String>,
    /// Runs to leave out.
    pub without_runs: Vec<RunName>,
    /// The last day on which a run may begin.
    pub starts_by: Option<NaiveDate>,
    /// How many people a need is taken to have that does not say.
    pub people_where_unstated: Option<u32>,
    /// How many places a run is taken to have that does not say.
    pub places_where_unstated: Option<u32>,
}

/// A minimum of a group: a share of all who are placed, or a number of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedMinimum {
    /// The group.
    pub cohort: String,
    /// So many of a hundred who are placed: 1 to 100.
    pub percent: Option<u32>,
    /// So many people.
    pub people: Option<u32>,
}

/// How much of an earlier plan may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedChanges {
    /// The earlier plan, of the same partnership.
    pub from_plan: i64,
    /// How many people may lose the place that it gave them.
    pub at_most: u64,
}

/// A run of a course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunName {
    /// The course.
    pub course: String,
    /// Its place among the course's runs, from 0.
    pub nth: usize,
}

/// People of a need on a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Placing {
    /// The need.
    pub need: String,
    /// The course.
    pub course: String,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
    /// How many people.
    pub people: u32,
}

/// What a plan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it was to keep to.
    pub asked: Asked,
    /// The change of the register up to which it was worked out.
    pub change: i64,
    /// The day for which it was worked out.
    pub day: NaiveDate,
    /// The version of the published policy by which fits were judged.
    pub policy_version: String,
    /// What was worked out.
    pub proposed: Vec<Placing>,
    /// What it comes to.
    pub summary: Summary,
    /// Who goes where.
    pub pairs: Vec<Paired>,
    /// Who is not placed.
    pub unplaced: Vec<NotPlaced>,
    /// What one more place would bring.
    pub scarce_runs: Vec<ScarceRun>,
    /// What the rules cost.
    pub rules: Vec<RulePrice>,
    /// What was not planned with.
    pub left_out: Vec<LeftOut>,
    /// Where it departs from what was worked out or breaks a rule.
    pub overrides: Vec<Override>,
    /// Introductions that were made when it was signed.
    pub introductions: Vec<String>,
    /// Pairs for which none was made, with why.
    pub not_introduced: Vec<String>,
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// People placed.
    pub placed: u64,
    /// People who are to be placed.
    pub wanted: u64,
    /// The sum of the fits of all who are placed.
    pub fit: u64,
    /// The sum of the best plan that keeps every rule; absent where none does.
    pub best_fit: Option<u64>,
    /// How much less the plan is worth than the best; below nothing where it breaks rules.
    pub costs: Option<i64>,
    /// How it is known that nothing is better.
    pub certificate: Option<Certified>,
}

/// What shows how good the best plan is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certified {
    /// How it is known: a word.
    pub method: String,
    /// What no plan that keeps every rule exceeds.
    pub bound: u64,
    /// How much better a plan may be at most; 0 for the best.
    pub gap: u64,
    /// In a sentence.
    pub text: String,
}

/// People of a need on a run, with why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paired {
    /// The need.
    pub need: String,
    /// Its title.
    pub need_title: String,
    /// The employer who voiced it, where that is kept.
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
    pub starts_on: Option<NaiveDate>,
    /// How many people.
    pub people: u32,
    /// The fit of one of them; 0 for a pair that is not admissible.
    pub fit: u32,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// Where else one of them could go.
    pub alternatives: Vec<Elsewhere>,
    /// Whether something of it was invented for a demonstration.
    pub fictional: bool,
}

/// Another run for one person of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The course.
    pub course: String,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
    /// Its fit.
    pub fit: u32,
    /// What moving one person there costs.
    pub costs: i64,
    /// Whether there is a place.
    pub has_place: bool,
    /// In a sentence.
    pub text: String,
}

/// People of a need who are not placed, with why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotPlaced {
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScarceRun {
    /// The course.
    pub course: String,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
    /// Its places.
    pub places: u32,
    /// How much the sum would rise with one more.
    pub fit: u64,
    /// Whether it would rise by just so much, rather than by so much at most.
    pub exact: bool,
    /// How many more people would be placed; absent unless exact.
    pub more_people: Option<i64>,
    /// In a sentence.
    pub text: String,
}

/// What a rule costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePrice {
    /// `minimum` or `changes`.
    pub rule: String,
    /// The group, of a minimum.
    pub cohort: Option<String>,
    /// How much higher the sum would be without it.
    pub fit: u64,
    /// How many more people would be placed without it.
    pub more_people: i64,
    /// In a sentence.
    pub text: String,
}

/// What was not planned with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// The need; absent for a run.
    pub need: Option<String>,
    /// The course; absent for a need.
    pub course: Option<String>,
    /// The run's place among the course's runs, from 0.
    pub nth: Option<usize>,
    /// Why, in a sentence.
    pub text: String,
}

/// Where a plan departs from what was worked out, or breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Override {
    /// Its name: the same as long as it stands.
    pub id: String,
    /// In a sentence.
    pub text: String,
    /// Why, as whoever signed it said.
    pub reason: Option<String>,
}

impl From<&Paired> for Placing {
    fn from(pair: &Paired) -> Self {
        let (need, course) = (pair.need.clone(), pair.course.clone());
        Self { need, course, nth: pair.nth, people: pair.people }
    }
}
