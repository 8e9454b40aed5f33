//! The published policy of matching: which hard rules apply, what is weighed, and
//! how heavily.
//!
//! A policy that exists is complete: each rule and each criterion of each list
//! stands in it exactly once, and the weights of a list add up to 100. The weights
//! are choices that the partnership makes and defends in words; they are not
//! measurements.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::{
    coverage::CoveragePolicy,
    matching::{named::named, need::NeedPolicy},
    slug::Slug,
};

/// Something with a fixed name in files and answers.
pub trait Code: Copy + Ord + fmt::Debug + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// The name.
    fn as_str(self) -> &'static str;

    /// The value of that name, if there is one.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

named! {
    /// What leaves a passage or guide out.
    ResourceRule {
        /// It is about other groups than the employer named.
        AnotherCohort = "another-cohort",
        /// Its publisher replaced it.
        Superseded = "superseded",
    }
}

named! {
    /// What a passage or guide is judged by.
    ResourceCriterion {
        /// Is it about a group the employer named?
        Cohort = "cohort",
        /// Does it answer the question?
        Question = "question",
        /// Does it belong where the employer stands?
        Stage = "stage",
        /// Is it meant for the employer's sector?
        Sector = "sector",
        /// Is it meant for an employer of that size?
        Size = "size",
        /// Can it still be relied on?
        Freshness = "freshness",
    }
}

named! {
    /// What leaves a partnership out.
    PartnershipRule {
        /// The employer's county is not in its area.
        OutsideArea = "outside-area",
    }
}

named! {
    /// What a partnership is judged by.
    PartnershipCriterion {
        /// Is it for the employer's sector?
        Sector = "sector",
        /// Does it deal with an occupation the employer is short of?
        Skills = "skills",
        /// Is training for its sectors taught nearby?
        Training = "training",
        /// Does its area include the employer's place?
        Area = "area",
        /// Does it answer the question?
        Question = "question",
        /// Is there training for a group the employer named?
        Cohort = "cohort",
        /// Was it heard of lately?
        Activity = "activity",
    }
}

named! {
    /// What leaves a charter action out.
    ActionRule {
        /// Only a person can take it, not an organisation.
        OnlyForIndividuals = "only-for-individuals",
    }
}

named! {
    /// What a charter action is judged by.
    ActionCriterion {
        /// Does it answer the question?
        Question = "question",
        /// Does it help a group the employer named?
        Cohort = "cohort",
        /// Is it taken as an employer?
        Stance = "stance",
        /// Does it build on a recognition the employer holds?
        Recognition = "recognition",
        /// Is there help for it where the employer stands?
        Stage = "stage",
        /// Do our toolkits help deliver it?
        Guidance = "guidance",
        /// Has anybody pledged it in public?
        Evidence = "evidence",
    }
}

/// One hard rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HardRule<R> {
    /// The rule.
    pub rule: R,
    /// The sentence shown for what it leaves out.
    pub text: String,
}

/// One criterion with its weight and the sentence that defends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing<C> {
    /// The criterion.
    pub criterion: C,
    /// Points, 1 to 100.
    pub weight: u32,
    /// How it is judged and why it weighs what it weighs.
    pub judged: String,
}

/// The rules and criteria of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPolicy<R, C> {
    rules: Vec<HardRule<R>>,
    criteria: Vec<Weighing<C>>,
}

/// Why a policy cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// A rule or criterion is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A rule or criterion stands there more than once.
    #[error("{0} stands more than once")]
    Repeated(&'static str),
    /// The weights of a list do not add up to 100.
    #[error("the weights add up to {0}, not to 100")]
    Weights(u64),
    /// A weight is nothing, so the criterion would be judged in vain.
    #[error("{0} has no weight")]
    NoWeight(&'static str),
    /// The portion of what is partly met is not between the ends.
    #[error("partly met is {0} thousandths, and has to be between 1 and 999")]
    Partly(u32),
    /// The two ends of a band are not in order.
    #[error("{0} has to be more than 0 and less than {1}")]
    Band(&'static str, &'static str),
}

impl<R: Code, C: Code> ListPolicy<R, C> {
    /// The only way in; the criteria keep their order, which is that of the parts.
    pub fn new(
        rules: Vec<HardRule<R>>,
        criteria: Vec<Weighing<C>>,
    ) -> Result<Self, Vec<PolicyFault>> {
        let mut faults = once_each(rules.iter().map(|rule| rule.rule));
        faults.extend(once_each(criteria.iter().map(|weighing| weighing.criterion)));
        let idle = criteria.iter().filter(|weighing| weighing.weight == 0);
        faults.extend(idle.map(|weighing| PolicyFault::NoWeight(weighing.criterion.as_str())));
        let total: u64 = criteria.iter().map(|weighing| u64::from(weighing.weight)).sum();
        if total != 100 {
            faults.push(PolicyFault::Weights(total));
        }
        if faults.is_empty() { Ok(Self { rules, criteria }) } else { Err(faults) }
    }

    /// The hard rules.
    pub fn rules(&self) -> &[HardRule<R>] {
        &self.rules
    }

    /// The criteria, in the order published.
    pub fn criteria(&self) -> &[Weighing<C>] {
        &self.criteria
    }

    /// The sentence for what a rule leaves out.
    pub fn reason(&self, rule: R) -> &str {
        self.rules.iter().find(|held| held.rule == rule).map_or("", |held| held.text.as_str())
    }
}

fn once_each<T: Code>(given: impl Iterator<Item = T>) -> Vec<PolicyFault> {
    let given: Vec<T> = given.collect();
    let judge = |code: &T| match given.iter().filter(|other| *other == code).count() {
        0 => Some(PolicyFault::Missing(code.as_str())),
        1 => None,
        _ => Some(PolicyFault::Repeated(code.as_str())),
    };
    T::ALL.iter().filter_map(judge).collect()
}

/// A scheme and the charter actions that holding it helps to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backing {
    /// The scheme.
    pub scheme: Slug,
    /// Codes of actions.
    pub actions: Vec<String>,
}

/// How much is earned by what is near, but not quite there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// What a criterion that is partly met earns, in thousandths of its weight.
    pub partly: u32,
    /// Training within this many miles is near.
    pub near_miles: u32,
    /// Training within this many miles can still be reached.
    pub far_miles: u32,
    /// A partnership heard of within this many days is active.
    pub recent_days: u32,
    /// A partnership not heard of for more days than this may have fallen asleep.
    pub silent_days: u32,
}

impl Scale {
    /// The only faults a scale can have.
    pub fn check(self) -> Result<Self, PolicyFault> {
        if !(1..1000).contains(&self.partly) {
            return Err(PolicyFault::Partly(self.partly));
        }
        if self.near_miles == 0 || self.near_miles >= self.far_miles {
            return Err(PolicyFault::Band("near_miles", "far_miles"));
        }
        if self.recent_days == 0 || self.recent_days >= self.silent_days {
            return Err(PolicyFault::Band("recent_days", "silent_days"));
        }
        Ok(self)
    }
}

/// The whole policy of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its version, which every answer names.
    pub version: String,
    /// The day it was decided.
    pub as_of: NaiveDate,
    /// What the weights are and are not.
    pub about: String,
    /// What is earned by what is near.
    pub scale: Scale,
    /// Passages and guides.
    pub resources: ListPolicy<ResourceRule, ResourceCriterion>,
    /// Partnerships.
    pub partnerships: ListPolicy<PartnershipRule, PartnershipCriterion>,
    /// Charter actions.
    pub charter_actions: ListPolicy<ActionRule, ActionCriterion>,
    /// Which recognition backs which action.
    pub backings: Vec<Backing>,
    /// Employers for a caseworker's need.
    pub need: NeedPolicy,
    /// Course runs for a partnership's need.
    pub coverage: CoveragePolicy,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(
        weights: &[u32],
    ) -> Result<ListPolicy<ActionRule, PartnershipCriterion>, Vec<PolicyFault>> {
        let rules = vec![HardRule { rule: ActionRule::OnlyForIndividuals, text: String::new() }];
        let criteria = PartnershipCriterion::ALL.iter().zip(weights).map(|(criterion, weight)| {
            Weighing { criterion: *criterion, weight: *weight, judged: String::new() }
        });
        ListPolicy::new(rules, criteria.collect())
    }

    #[test]
    fn a_list_has_every_criterion_once_and_its_weights_add_up_to_100() {
        assert!(weighed(&[30, 20, 15, 15, 10, 5, 5]).is_ok());
        let faults = weighed(&[30, 20, 15, 15, 10, 5]).unwrap_err();
        assert_eq!(faults, [PolicyFault::Missing("activity"), PolicyFault::Weights(95)]);
        let faults = weighed(&[35, 20, 15, 15, 10, 5, 0]).unwrap_err();
        assert_eq!(faults, [PolicyFault::NoWeight("activity")]);
    }
}
