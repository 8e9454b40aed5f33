//! The pairing plan: how many people of each need go to which course run, so that what
//! they are paired with fits them best.
//!
//! An integer program: people of a need are at most its headcount, people on a run at most
//! its places, and only pairs that are admissible are used. A minimum share keeps places
//! for a group; a limit on changes keeps what was agreed before. What is maximised is the
//! sum of the fits of all who are placed, each fit a whole number of thousandths.
//!
//! The solver counts in floating point and is not trusted with the result: what it finds
//! is rounded and every rule is checked in whole numbers ([`Problem::solve`]), and that
//! nothing better exists is shown by weak duality in whole numbers, or by the solver's
//! own bound where minimums leave a gap between the two ([`Certificate`]).
//!
//! Pure, and the same whatever order needs, runs and fits come in: all are sorted by name
//! first, and the solver is stopped by counting its steps, never by a clock.
//!
//! Invariants, held by property tests:
//! - a plan keeps every rule that it was asked to keep;
//! - no plan of a small instance is better (all are tried), and none can be of a large one;
//! - more places or more changes never lessen the sum, a higher minimum never raises it.

mod check;
mod dual;
mod model;
mod prices;
mod program;
mod residual;
mod solve;
mod why;

use std::fmt;

use crate::domain::slug::Slug;

pub use check::{Break, Checked};
pub use prices::{MinimumPrice, PlacePrice, Prices};
pub use solve::{Certificate, Proof, Solution, Unsolved};
pub use why::{Alternative, Left, Unplaced};

/// Needs of one plan at most.
pub const MOST_NEEDS: usize = 500;
/// Runs of one plan at most.
pub const MOST_RUNS: usize = 2_000;
/// People of one need, and places of one run, at most.
pub const MOST_PEOPLE: u32 = 1_000_000;
/// The best fit, in thousandths.
pub const WHOLE_FIT: u32 = 1_000;

/// A run of a course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunKey {
    /// The course.
    pub course: Slug,
    /// The run's place among the course's runs, from 0.
    pub nth: usize,
}

impl fmt::Display for RunKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.course, self.nth)
    }
}

/// People of a need who are to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The need.
    pub need: Slug,
    /// How many people, at most [`MOST_PEOPLE`].
    pub people: u32,
    /// Groups that they belong to; empty for none in particular.
    pub cohorts: Vec<Slug>,
}

/// Places of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    /// The run.
    pub run: RunKey,
    /// How many places, at most [`MOST_PEOPLE`].
    pub places: u32,
}

/// A pair that is admissible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The need.
    pub need: Slug,
    /// The run.
    pub run: RunKey,
    /// How well it fits, in thousandths: 1 to [`WHOLE_FIT`].
    pub fit: u32,
}

/// People of a need on a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The need.
    pub need: Slug,
    /// The run.
    pub run: RunKey,
    /// How many people, at least 1.
    pub people: u32,
}

/// What is kept for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtLeast {
    /// So many of a hundred people who are placed: 0 to 100.
    Percent(u32),
    /// So many people.
    People(u32),
}

impl fmt::Display for AtLeast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(share) => write!(f, "{share} per cent"),
            Self::People(1) => f.write_str("1 person"),
            Self::People(people) => write!(f, "{people} people"),
        }
    }
}

/// A minimum for a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// The group.
    pub cohort: Slug,
    /// What is kept for it.
    pub at_least: AtLeast,
}

/// What was agreed before, and how much of it may be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// People placed before. Those of pairs that are no longer admissible do not count.
    pub pairs: Vec<Pair>,
    /// How many of these people may lose the place that they had; a person who is moved
    /// is one.
    pub most_changes: u64,
}

/// Everything that a plan is made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Needs, each once.
    pub demands: Vec<Demand>,
    /// Runs, each once.
    pub supplies: Vec<Supply>,
    /// Admissible pairs, each once.
    pub fits: Vec<Fit>,
    /// Minimums, one for a group.
    pub minimums: Vec<Minimum>,
    /// What was agreed before.
    pub agreed: Option<Agreed>,
}

/// A rule of a plan that can be left out to see what it costs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The minimum of a group.
    Minimum(Slug),
    /// The limit on changes.
    Changes,
}

impl Problem {
    /// The same without one of its rules.
    #[must_use]
    pub fn without(&self, rule: &Rule) -> Self {
        let mut relaxed = self.clone();
        match rule {
            Rule::Minimum(cohort) => relaxed.minimums.retain(|one| one.cohort != *cohort),
            Rule::Changes => relaxed.agreed = None,
        }
        relaxed
    }

    /// The rules that can be left out, in order.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> =
            self.minimums.iter().map(|one| Rule::Minimum(one.cohort.clone())).collect();
        rules.sort();
        rules.extend(self.agreed.as_ref().map(|_| Rule::Changes));
        rules
    }
}

words! {
    /// What has become of a plan.
    PlanState {
        /// It can be edited.
        Draft = "draft", "Draft";
        /// Somebody signed it, and it stays as it is.
        Signed = "signed", "Signed";
        /// It was put away.
        Discarded = "discarded", "Discarded";
    }
}

words! {
    /// What is done with a plan.
    PlanAct {
        /// It is made.
        Create = "create", "Made";
        /// It is edited.
        Change = "change", "Edited";
        /// It is signed.
        Sign = "sign", "Signed";
        /// It is put away.
        Discard = "discard", "Discarded";
    }
}

impl PlanAct {
    /// What becomes of the plan.
    pub const fn leads_to(self) -> PlanState {
        match self {
            Self::Create | Self::Change => PlanState::Draft,
            Self::Sign => PlanState::Signed,
            Self::Discard => PlanState::Discarded,
        }
    }
}
