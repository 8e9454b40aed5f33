//! The published policy of matching as it is sent.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    coverage::CoveragePolicy,
    matching::{
        Policy,
        need::NeedPolicy,
        policy::{Code, ListPolicy},
    },
};

/// The policy that matches are judged by.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyBody {
    /// Its version, which every match names.
    pub version: String,
    /// The day it was decided.
    pub as_of: NaiveDate,
    /// What the weights are and are not.
    pub about: String,
    /// What is earned by what is near.
    pub scale: ScaleBody,
    /// How passages and guides are judged.
    pub resources: ListPolicyBody,
    /// How partnerships are judged.
    pub partnerships: ListPolicyBody,
    /// How charter actions are judged.
    pub charter_actions: ListPolicyBody,
    /// Which recognition backs which action.
    pub backings: Vec<BackingBody>,
    /// How employers are judged for a caseworker's need.
    pub need: NeedPolicyBody,
    /// How course runs are judged for a partnership's need.
    pub coverage: CoveragePolicyBody,
}

/// How course runs are judged for a need: rules, criteria, and what is earned by what is near.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoveragePolicyBody {
    /// The rules and the criteria.
    #[serde(flatten)]
    pub list: ListPolicyBody,
    /// The share of its weight that a criterion earns which is partly met.
    pub partly: f64,
    /// The share of the skill that is only of the same sector or shares words.
    pub related: f64,
    /// So many days late is partly in time.
    pub late_days: u32,
    /// So many times the distance asked for is partly near enough.
    pub further: f64,
    /// A need wanted now, or whose horizon ran out, waits so many days.
    pub waiting_days: u32,
}

/// How employers are judged for a need: hard rules, two directions, and how they combine.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedPolicyBody {
    /// The hard rules, and how well an employer suits a need.
    pub suits_need: ListPolicyBody,
    /// How well a need suits what an employer asks for.
    pub suits_employer: ListPolicyBody,
    /// What each direction weighs in the score: a weighted mean.
    pub weights: NeedWeightsBody,
    /// The share of its weight that a criterion earns which is partly met.
    pub partly: f64,
    /// The share that an employer earns that is open to the group, not looking for it.
    pub open: f64,
    /// The share that is earned up to a distance, nearest first; beyond the last, nothing.
    pub nearness: Vec<NearnessBody>,
}

/// What each direction weighs, of 100.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedWeightsBody {
    /// How well the employer suits the need.
    pub suits_need: u32,
    /// How well the need suits the employer.
    pub suits_employer: u32,
}

/// What is earned up to a distance.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearnessBody {
    /// Up to so many miles.
    pub within_miles: u32,
    /// The share of the weight.
    pub share: f64,
}

/// How much is earned by what is near, but not quite there.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScaleBody {
    /// The share of its weight that a criterion earns which is partly met.
    pub partly: f64,
    /// Training within this many miles is near.
    pub near_miles: u32,
    /// Training within this many miles can still be reached.
    pub far_miles: u32,
}

/// The rules and criteria of one list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListPolicyBody {
    /// What leaves a thing out.
    pub rules: Vec<RuleBody>,
    /// What it is scored by; the weights add up to 100.
    pub criteria: Vec<WeighingBody>,
}

/// One hard rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleBody {
    /// Its name.
    pub code: &'static str,
    /// The rule in words.
    pub text: String,
}

/// One criterion with its weight.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeighingBody {
    /// Its name.
    pub criterion: &'static str,
    /// Points it can earn.
    pub weight: u32,
    /// How it is judged and why it weighs what it weighs.
    pub judged: String,
}

/// The actions that a recognition helps to deliver.
#[derive(Debug, Serialize, ToSchema)]
pub struct BackingBody {
    /// The scheme.
    pub scheme: String,
    /// Codes of actions.
    pub actions: Vec<String>,
}

impl From<&Policy> for PolicyBody {
    fn from(policy: &Policy) -> Self {
        let backings = policy.backings.iter().map(|backing| BackingBody {
            scheme: backing.scheme.to_string(),
            actions: backing.actions.clone(),
        });
        Self {
            version: policy.version.clone(),
            as_of: policy.as_of,
            about: policy.about.clone(),
            scale: ScaleBody {
                partly: f64::from(policy.scale.partly) / 1000.0,
                near_miles: policy.scale.near_miles,
                far_miles: policy.scale.far_miles,
            },
            resources: ListPolicyBody::from(&policy.resources),
            partnerships: ListPolicyBody::from(&policy.partnerships),
            charter_actions: ListPolicyBody::from(&policy.charter_actions),
            backings: backings.collect(),
            need: NeedPolicyBody::from(&policy.need),
            coverage: CoveragePolicyBody::from(&policy.coverage),
        }
    }
}

impl From<&CoveragePolicy> for CoveragePolicyBody {
    fn from(policy: &CoveragePolicy) -> Self {
        let scale = policy.scale;
        Self {
            list: ListPolicyBody::from(&policy.list),
            partly: f64::from(scale.partly) / 1000.0,
            related: f64::from(scale.related) / 1000.0,
            late_days: scale.late_days,
            further: f64::from(scale.further_percent) / 100.0,
            waiting_days: scale.waiting_days,
        }
    }
}

impl From<&NeedPolicy> for NeedPolicyBody {
    fn from(policy: &NeedPolicy) -> Self {
        let share = |tenths: u8| f64::from(tenths) / 10.0;
        let nearness = policy.nearness.iter().map(|step| NearnessBody {
            within_miles: step.within_miles,
            share: share(step.tenths),
        });
        Self {
            suits_need: ListPolicyBody::from(&policy.suits_need),
            suits_employer: ListPolicyBody::from(&policy.suits_employer),
            weights: NeedWeightsBody {
                suits_need: policy.need_weight,
                suits_employer: policy.employer_weight(),
            },
            partly: share(policy.partly),
            open: share(policy.open),
            nearness: nearness.collect(),
        }
    }
}

impl<R: Code, C: Code> From<&ListPolicy<R, C>> for ListPolicyBody {
    fn from(policy: &ListPolicy<R, C>) -> Self {
        let rules = policy.rules().iter();
        let criteria = policy.criteria().iter().map(|weighing| WeighingBody {
            criterion: weighing.criterion.as_str(),
            weight: weighing.weight,
            judged: weighing.judged.clone(),
        });
        Self {
            rules: rules
                .map(|rule| RuleBody { code: rule.rule.as_str(), text: rule.text.clone() })
                .collect(),
            criteria: criteria.collect(),
        }
    }
}
