//! Coverage: which course runs meet which needs of partnerships, how far, and why; and
//! the gaps that are left.
//!
//! One need is judged against one run by the criteria of the published
//! [`CoveragePolicy`]: skills, level, place and travel, start, way of teaching, group,
//! places. Each is met, partly met, unmet or unknown, with a sentence. A run covers a
//! need in full if all are met; in part if none is unmet; else it does not. What is not
//! known is neither yes nor no. A course of which no run is planned covers nothing.
//!
//! Pure: the same needs, runs, places, policy and day give the same answer, in whatever
//! order they come.

mod asked;
mod gap;
mod judge;
mod place;
pub mod policy;
mod skills;

use chrono::NaiveDate;

use crate::domain::{
    matching::Verdict,
    place::Gazetteer,
    register::{Course, CourseRun, Delivery, Provider, Reference},
    slug::Slug,
    vocabulary::Vocabulary,
};

pub use asked::Asked;
pub use gap::{Changed, Coverage, Gap, GapKind, NeedSeen, changed};
pub use judge::judge;
pub use policy::{CoverageCriterion, CoveragePolicy, CoverageRule, CoverageScale};

words! {
    /// How far a run meets a need.
    Covers {
        /// In everything that was asked for.
        Full = "full", "Full";
        /// In part, or as far as is known: nothing rules it out.
        Partial = "partial", "Partial";
        /// Not: something that was asked for is not met.
        None = "none", "None";
    }
}

/// What needs and runs are judged with.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Places.
    pub gazetteer: &'a Gazetteer,
    /// Names of sectors and groups.
    pub vocabulary: &'a Vocabulary,
    /// The weights.
    pub policy: &'a CoveragePolicy,
    /// The day.
    pub today: NaiveDate,
}

/// A course as it is held once, or, with no run, as it is only known to be offered.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// Who offers it.
    pub provider: &'a Provider,
    /// The course.
    pub course: &'a Course,
    /// The run, with its place among the course's runs, from 0.
    pub run: Option<(usize, &'a CourseRun)>,
}

/// Every run of every course; a course without one stands once, without a run.
pub fn offers(reference: &Reference) -> Vec<Offer<'_>> {
    let mut all = Vec::new();
    for (provider, course) in reference.courses() {
        let runs = course.details.runs.iter().enumerate();
        all.extend(runs.map(|run| Offer { provider, course, run: Some(run) }));
        if course.details.runs.is_empty() {
            all.push(Offer { provider, course, run: None });
        }
    }
    all
}

impl Offer<'_> {
    /// How it is taught, where said.
    pub fn mode(&self) -> Option<Delivery> {
        self.run.and_then(|(_, run)| run.mode).or(self.course.details.delivery)
    }

    /// Whether it was invented for a demonstration.
    pub fn fictional(&self) -> bool {
        self.provider.provenance.fictional || self.course.provenance.fictional
    }
}

/// A run as an answer names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSeen {
    /// Public name of the provider.
    pub provider: Slug,
    /// Name of the provider.
    pub provider_name: String,
    /// Public name of the course.
    pub course: Slug,
    /// Title of the course.
    pub title: String,
    /// Its place among the course's runs, from 0; absent where no run is planned.
    pub nth: Option<usize>,
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// Whether it starts whenever a learner likes.
    pub flexible_start: bool,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// How it is taught.
    pub mode: Option<Delivery>,
    /// Label of its venue, where one is recorded.
    pub venue: Option<String>,
    /// How many learners it takes, where said.
    pub places: Option<i32>,
    /// The day the course was last known to be right.
    pub as_of: NaiveDate,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

impl From<&Offer<'_>> for RunSeen {
    fn from(offer: &Offer<'_>) -> Self {
        let run = offer.run.map(|(_, run)| run);
        Self {
            provider: offer.provider.slug.clone(),
            provider_name: offer.provider.name.clone(),
            course: offer.course.slug.clone(),
            title: offer.course.title.clone(),
            nth: offer.run.map(|(nth, _)| nth),
            starts_on: run.and_then(|run| run.starts_on),
            flexible_start: run.is_some_and(|run| run.flexible_start),
            ends_on: run.and_then(|run| run.ends_on),
            mode: offer.mode(),
            venue: run.and_then(|run| run.venue.clone()).or_else(|| offer.course.venue.clone()),
            places: run.and_then(|run| run.places),
            as_of: offer.course.provenance.as_of,
            fictional: offer.fictional(),
        }
    }
}

/// One criterion, as it turned out for a need and a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The criterion.
    pub criterion: CoverageCriterion,
    /// What it weighs of 100.
    pub weight: u32,
    /// What it adds to the fit, in thousandths of the whole: up to ten times its weight.
    pub points: u32,
    /// How it turned out.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub text: String,
    /// What would make it met, where something would.
    pub would_change: Option<String>,
}

/// How far one run meets one need, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// The run.
    pub run: RunSeen,
    /// How far.
    pub covers: Covers,
    /// How well it fits, in thousandths: 0 to 1000, the sum of the parts' points.
    pub fit: u32,
    /// The criteria, in the policy's order.
    pub parts: Vec<Part>,
    /// Miles in a straight line from the need's place to where it is taught, where both
    /// are known.
    pub miles: Option<f64>,
}

impl Cover {
    /// How a criterion turned out.
    pub fn verdict(&self, criterion: CoverageCriterion) -> Verdict {
        let part = self.parts.iter().find(|part| part.criterion == criterion);
        part.map_or(Verdict::Unknown, |part| part.verdict)
    }

    /// Whether everything but the number of places is met.
    pub fn meets(&self) -> bool {
        self.but_places().all(|part| part.verdict == Verdict::Met)
    }

    /// Whether everything but the number of places is met, or may be for all that is known.
    pub fn may_meet(&self) -> bool {
        self.but_places().all(|part| matches!(part.verdict, Verdict::Met | Verdict::Unknown))
    }

    /// What is lacking or not known, in sentences; the heaviest criterion first.
    pub fn lacking(&self) -> Vec<String> {
        self.short().map(|part| part.text.clone()).collect()
    }

    /// What would make it cover the need, in sentences; the heaviest criterion first.
    pub fn would_change(&self) -> Vec<String> {
        self.short().filter_map(|part| part.would_change.clone()).collect()
    }

    fn short(&self) -> impl Iterator<Item = &Part> {
        let mut short: Vec<&Part> =
            self.parts.iter().filter(|part| part.verdict != Verdict::Met).collect();
        short.sort_by_key(|part| std::cmp::Reverse(part.weight));
        short.into_iter()
    }

    fn but_places(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.criterion != CoverageCriterion::Places)
    }
}
