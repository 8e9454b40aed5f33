//! What coverage is judged by: its criteria with their weights, and what is earned by
//! what is near.

use crate::domain::matching::{
    named::named,
    policy::{Code, ListPolicy, PolicyFault},
};

named! {
    /// What keeps a run from covering a need.
    CoverageRule {
        /// No run of the course is planned.
        NoRun = "no-run",
        /// A criterion is not met.
        Unmet = "unmet",
        /// A criterion is met in part, or not known to be met: it does not cover in full.
        NotInFull = "not-in-full",
        /// The runs that meet a need have too few places between them.
        TooFew = "too-few",
    }
}

named! {
    /// What a run is judged by for a need.
    CoverageCriterion {
        /// Does it teach for the occupation?
        Skills = "skills",
        /// Is it of a level that was asked for?
        Level = "level",
        /// Can a learner get there?
        Place = "place",
        /// Does it begin in time?
        StartBy = "start-by",
        /// Is it taught in a way that is accepted?
        Mode = "mode",
        /// Is it for the people the need is about?
        Cohort = "cohort",
        /// Has it places enough?
        Places = "places",
    }
}

impl CoverageCriterion {
    /// The words shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Skills => "Skills",
            Self::Level => "Level",
            Self::Place => "Place and travel",
            Self::StartBy => "Start",
            Self::Mode => "Way of teaching",
            Self::Cohort => "Group",
            Self::Places => "Places",
        }
    }
}

/// What is earned by what is near, and how long things wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageScale {
    /// What a criterion earns that is partly met, in thousandths of its weight.
    pub partly: u32,
    /// What the skill earns that is only of the same sector or shares words with the need,
    /// in thousandths of its weight.
    pub related: u32,
    /// So many days late is partly in time.
    pub late_days: u32,
    /// So much of the distance asked for is partly near enough, in hundredths: over 100.
    pub further_percent: u32,
    /// A need wanted "now", or one whose horizon ran out, waits so many days from today.
    pub waiting_days: u32,
}

/// How runs are judged for needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveragePolicy {
    /// The rules, and the criteria with their weights.
    pub list: ListPolicy<CoverageRule, CoverageCriterion>,
    /// What is earned by what is near.
    pub scale: CoverageScale,
}

impl CoverageScale {
    /// Everything wrong with the numbers.
    pub fn faults(self) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        if !(1..1000).contains(&self.partly) {
            faults.push(PolicyFault::Partly(self.partly));
        }
        if self.related == 0 || self.related > self.partly {
            faults.push(PolicyFault::Band("related", "partly and one more"));
        }
        if !(100..=1000).contains(&self.further_percent) {
            faults.push(PolicyFault::Band("further_percent", "1000, and at least 100"));
        }
        if self.late_days > 3660 || self.waiting_days > 3660 {
            faults.push(PolicyFault::Band("late_days and waiting_days", "3660"));
        }
        faults
    }
}
