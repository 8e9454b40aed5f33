//! Matches and the policy behind them, as they are sent.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::matching::{EmployerMatch, Receipt},
    domain::matching::{Change, Hit, LeftOut, Part, Ranked},
    web::api::{
        match_item_body::{ActionHitBody, PartnershipHitBody, ResourceHitBody},
        search_body::is_false,
    },
};

/// What fits an employer, with the receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmployerMatchBody {
    /// What the answer rests on.
    #[serde(flatten)]
    pub receipt: ReceiptBody,
    /// Passages of ours and guides of others, best first: so many as asked for.
    pub resources: Vec<ResourceHitBody>,
    /// Workforce development partnerships, best first.
    pub partnerships: Vec<PartnershipHitBody>,
    /// Charter actions, not yet pledged first.
    pub charter_actions: Vec<ActionHitBody>,
    /// How many hits each list has in all.
    pub totals: CountsBody,
    /// How many things were looked at for each list: the hits and those left out.
    pub considered: CountsBody,
    /// What hard rules left out of each list, by reason.
    pub left_out: LeftOutListsBody,
}

/// What a match rests on: the same four give the same answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptBody {
    /// Version of the published policy.
    pub policy_version: String,
    /// Number of the last change of the register.
    pub change: i64,
    /// Hash of the content.
    pub content: String,
    /// Hash of what was sent, in its canonical form; what was sent is not kept.
    pub input_hash: String,
}

/// A number for each list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsBody {
    /// Passages and guides.
    pub resources: usize,
    /// Partnerships.
    pub partnerships: usize,
    /// Charter actions.
    pub charter_actions: usize,
}

/// What was left out of each list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutListsBody {
    /// Passages and guides.
    pub resources: Vec<LeftOutBody>,
    /// Partnerships.
    pub partnerships: Vec<LeftOutBody>,
    /// Charter actions.
    pub charter_actions: Vec<LeftOutBody>,
}

/// How many things one rule left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutBody {
    /// Name of the rule.
    pub reason: &'static str,
    /// The rule in words.
    pub text: String,
    /// How many.
    pub count: usize,
}

/// One thing that fits, with its reasons.
#[derive(Debug, Serialize, ToSchema)]
pub struct HitBody {
    /// What it is, as in search.
    pub kind: &'static str,
    /// Name within its kind.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// What it is.
    pub summary: String,
    /// The day it was last known to be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// The last day it may be relied on without looking again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<NaiveDate>,
    /// Whether it is past its review date.
    pub stale: bool,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
    /// Score, 0 to 100: the sum of the parts.
    #[schema(minimum = 0, maximum = 100)]
    pub score: f64,
    /// What the score is made of.
    pub parts: Vec<CriterionBody>,
    /// What nobody said, and what would settle it.
    pub unknowns: Vec<String>,
    /// What is missing on the side of this thing.
    pub gaps: Vec<String>,
    /// What would raise the score, most first.
    pub would_change: Vec<ChangeBody>,
}

/// One criterion of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionBody {
    /// Name of the criterion, as in the policy.
    pub criterion: &'static str,
    /// Points it can earn.
    pub weight: u32,
    /// Points it earned.
    pub points: f64,
    /// `met`, `partly`, `unmet` or `unknown`.
    pub verdict: &'static str,
    /// Why, in a sentence.
    pub text: String,
    /// Where the fact comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day the fact was last known to be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
}

/// Something that would raise a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeBody {
    /// What to do, and what it brings.
    pub text: String,
    /// The most it can bring, in points.
    pub gain: f64,
}

impl EmployerMatchBody {
    /// A match of which so many resources are shown.
    pub fn new(found: EmployerMatch, most_resources: usize) -> Self {
        let EmployerMatch { resources, partnerships, charter_actions, receipt } = found;
        Self {
            receipt: receipt.into(),
            totals: CountsBody {
                resources: resources.hits.len(),
                partnerships: partnerships.hits.len(),
                charter_actions: charter_actions.hits.len(),
            },
            considered: CountsBody {
                resources: resources.considered,
                partnerships: partnerships.considered,
                charter_actions: charter_actions.considered,
            },
            left_out: LeftOutListsBody {
                resources: left_out(&resources),
                partnerships: left_out(&partnerships),
                charter_actions: left_out(&charter_actions),
            },
            resources: resources.hits.into_iter().take(most_resources).map(Into::into).collect(),
            partnerships: partnerships.hits.into_iter().map(Into::into).collect(),
            charter_actions: charter_actions.hits.into_iter().map(Into::into).collect(),
        }
    }
}

fn left_out<T>(list: &Ranked<T>) -> Vec<LeftOutBody> {
    list.left_out.iter().map(LeftOutBody::from).collect()
}

impl From<Receipt> for ReceiptBody {
    fn from(receipt: Receipt) -> Self {
        Self {
            policy_version: receipt.policy_version,
            change: receipt.change,
            content: receipt.content,
            input_hash: receipt.input_hash,
        }
    }
}

impl From<&LeftOut> for LeftOutBody {
    fn from(out: &LeftOut) -> Self {
        Self { reason: out.reason, text: out.text.clone(), count: out.count }
    }
}

impl From<Part> for CriterionBody {
    fn from(part: Part) -> Self {
        Self {
            criterion: part.criterion,
            weight: part.weight,
            points: f64::from(part.points_milli) / 1000.0,
            verdict: part.verdict.as_str(),
            text: part.text,
            source: part.source,
            as_of: part.as_of,
        }
    }
}

impl From<Change> for ChangeBody {
    fn from(change: Change) -> Self {
        Self { text: change.text, gain: f64::from(change.gain_milli) / 1000.0 }
    }
}

impl HitBody {
    /// What every hit has, and what only hits of its list have.
    pub(super) fn parted<T>(hit: Hit<T>) -> (Self, T) {
        let body = Self {
            kind: hit.kind.as_str(),
            id: hit.id,
            title: hit.title,
            url: hit.url,
            summary: hit.summary,
            as_of: hit.as_of,
            review_by: hit.review_by,
            stale: hit.stale,
            fictional: hit.fictional,
            score: f64::from(hit.score_milli) / 1000.0,
            parts: hit.parts.into_iter().map(Into::into).collect(),
            unknowns: hit.unknowns,
            gaps: hit.gaps,
            would_change: hit.would_change.into_iter().map(Into::into).collect(),
        };
        (body, hit.item)
    }
}
