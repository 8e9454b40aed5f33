//! The action plan: from at most six answers to an ordered checklist with sources.
//!
//! Every step comes from a toolkit's checklist and points to the passage it rests
//! on; nothing is invented here. Not answered is not no: a step that is only for
//! some employers stays, with the condition in words.
//!
//! Invariants, held by property tests:
//! - every step rests on a section that exists, and states no law past its review
//!   date; steps that would are named in [`Plan::stale_dropped`];
//! - within what is to do, and within what to check, stages are in hiring order;
//! - the order of toolkits handed in does not matter;
//! - steps, steps left out and steps dropped add up to all there are.

mod judge;
mod order;

use chrono::NaiveDate;

use crate::domain::{
    guidance::Toolkit,
    matching::{LeftOut, Link},
    size_band::SizeBand,
    slug::Slug,
    stage::Stage,
    vocabulary::Vocabulary,
};

/// What an employer answered; whatever is empty or absent was not answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// Groups it wants to hire from; empty for every group we have a toolkit on.
    pub cohorts: Vec<Slug>,
    /// How many people it employs.
    pub size_band: Option<SizeBand>,
    /// Its sector.
    pub sector: Option<Slug>,
    /// The stage of hiring it is at; the stages before count as done.
    pub stage: Option<Stage>,
    /// Its worries, as topics.
    pub topics: Vec<Slug>,
    /// Whether the work is with children or adults at risk.
    pub regulated: Option<bool>,
}

/// A checklist in hiring order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What to do, then what to check as done.
    pub steps: Vec<PlanStep>,
    /// How many steps of all toolkits were looked at.
    pub considered: usize,
    /// How many steps were left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Steps dropped because the law they rest on is past its review date.
    pub stale_dropped: Vec<StaleStep>,
    /// Groups asked for that we have no toolkit on.
    pub without_toolkit: Vec<Slug>,
    /// Worries that no step of the plan answers.
    pub worries_unanswered: Vec<Slug>,
}

/// Whether a step is still to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanPart {
    /// It belongs to the present stage or a later one.
    ToDo,
    /// It belongs to a stage before: check you have done it.
    CheckDone,
}

impl PlanPart {
    /// The name used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ToDo => "to-do",
            Self::CheckDone => "check-done",
        }
    }

    /// The words shown above its steps.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ToDo => "To do",
            Self::CheckDone => "Check you have done",
        }
    }
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    /// Its name in the toolkit.
    pub id: Slug,
    /// The instruction.
    pub text: String,
    /// The reason for it, in one sentence.
    pub why: String,
    /// Stage of hiring.
    pub stage: Stage,
    /// Whether it is still to do.
    pub part: PlanPart,
    /// Whether it belongs on every plan.
    pub essential: bool,
    /// The worries among the answers that it answers.
    pub worries: Vec<Slug>,
    /// When it applies, for what was not answered; all of them have to hold.
    pub applies_if: Vec<String>,
    /// Why it is here and where it is here, in sentences.
    pub reasons: Vec<String>,
    /// The passage it rests on.
    pub passage: PassageLink,
    /// Passages of other toolkits with the same step.
    pub also: Vec<PassageLink>,
    /// The day its passage was last known to be right.
    pub as_of: NaiveDate,
    /// The last day its passage counts without a warning.
    pub review_by: NaiveDate,
    /// Whether its passage, which states no law, is past its review date.
    pub stale: bool,
    /// The official page to look at today.
    pub official: Option<Link>,
}

/// A section of a toolkit that a step rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageLink {
    /// The toolkit.
    pub toolkit: Slug,
    /// The section in it.
    pub section: Slug,
    /// The section's title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
}

/// A step that is not shown because its law may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleStep {
    /// Its name in the toolkit.
    pub id: Slug,
    /// The instruction, as it was.
    pub text: String,
    /// The passage it rests on.
    pub passage: PassageLink,
    /// The day by which the passage had to be reviewed.
    pub review_by: NaiveDate,
    /// The official page to look at instead.
    pub official: Option<Link>,
}

/// Makes the plan for these answers on that day.
pub fn plan(
    answers: &Answers,
    toolkits: &[Toolkit],
    vocabulary: &Vocabulary,
    today: NaiveDate,
) -> Plan {
    let judge = judge::Judge { answers, vocabulary, today };
    let mut in_order: Vec<&Toolkit> = toolkits.iter().collect();
    in_order.sort_by_key(|toolkit| (toolkit.order, &toolkit.slug));
    let mut draft = order::Draft::default();
    for toolkit in &in_order {
        for step in &toolkit.steps {
            draft.take(judge.verdict(toolkit, step));
        }
    }
    let covered = |cohort: &&Slug| !in_order.iter().any(|toolkit| toolkit.cohort == **cohort);
    let mut without_toolkit: Vec<Slug> = answers.cohorts.iter().filter(covered).cloned().collect();
    without_toolkit.sort_unstable();
    without_toolkit.dedup();
    draft.finished(answers, without_toolkit)
}
