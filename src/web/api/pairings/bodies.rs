//! Whole pairing plans, as they are answered.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    app::{
        AppError,
        pairing::{Content, Kept, Past},
    },
    domain::slug::Slug,
    web::api::{
        pairings::parts::{
            NotPlacedBody, PairedBody, PairingAskedBody, PairingLeftOutBody, PairingOverrideBody,
            PairingRuleBody, PairingSummaryBody, ScarceRunBody, told,
        },
        register::wire::Written,
    },
};

/// A partnership's plans.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingPlansBody {
    /// The plans, newest first.
    pub pairings: Vec<PairingPlanHeadBody>,
    /// How many there are in all.
    #[schema(example = 1)]
    pub total: i64,
    /// The page.
    pub page: u32,
    /// Plans on a page.
    pub per_page: u32,
}

/// A plan in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingPlanHeadBody {
    /// Its number.
    #[schema(example = 12)]
    pub id: i64,
    /// Its address in this API.
    #[schema(example = "/api/v1/partnerships/care/pairings/12")]
    pub url: String,
    /// The partnership.
    #[schema(example = "care")]
    pub partnership: String,
    /// `draft`, `signed` or `discarded`.
    #[schema(example = "draft")]
    pub state: String,
    /// Its version, from 1.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was made, UTC.
    #[schema(format = DateTime, example = "2026-11-23T09:30:00Z")]
    pub created_at: String,
    /// When this version was written, UTC.
    #[schema(format = DateTime, example = "2026-11-23T09:30:00Z")]
    pub written_at: String,
    /// Whether needs or courses changed since it was worked out: check it again.
    pub register_changed: bool,
    /// What it comes to.
    pub summary: PairingSummaryBody,
}

/// What a plan comes to and says.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingContentBody {
    /// The number of the register's change from which it was worked out.
    #[schema(example = 4711)]
    pub as_of_change: i64,
    /// The day for which it was worked out.
    #[schema(format = Date, example = "2026-11-23")]
    pub day: String,
    /// The version of the published policy by which fits were judged.
    pub policy_version: String,
    /// What it was to keep to.
    pub asked: PairingAskedBody,
    /// Who goes where and why, in the order of needs and courses.
    pub pairings: Vec<PairedBody>,
    /// How many pairs there are.
    #[schema(example = 1)]
    pub total: usize,
    /// Who is not placed and why.
    pub unplaced: Vec<NotPlacedBody>,
    /// Full runs and what one more place would bring, the dearest first.
    pub scarce_runs: Vec<ScarceRunBody>,
    /// What each minimum, and the limit on changes, costs.
    pub rules: Vec<PairingRuleBody>,
    /// Needs and runs that could not be planned with.
    pub left_out: Vec<PairingLeftOutBody>,
    /// Where it departs from what was worked out or breaks a rule: each needs a reason to
    /// be signed.
    pub overrides: Vec<PairingOverrideBody>,
}

/// A plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingPlanBody {
    /// Which plan, and what it comes to.
    #[serde(flatten)]
    pub plan: PairingPlanHeadBody,
    /// What it says.
    #[serde(flatten)]
    pub content: PairingContentBody,
    /// Introductions that were made when it was signed.
    pub introductions: Vec<String>,
    /// What was not introduced when it was signed, with why.
    pub not_introduced: Vec<String>,
}

/// What a plan, or an edit of it, comes to as the register is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingCheckBody {
    /// What it comes to.
    pub summary: PairingSummaryBody,
    /// What it says.
    #[serde(flatten)]
    pub content: PairingContentBody,
}

/// The versions of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingVersionsBody {
    /// The versions, first one first.
    pub versions: Vec<PairingVersionBody>,
    /// How many there are.
    #[schema(example = 2)]
    pub total: usize,
}

/// A version of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingVersionBody {
    /// Its number, from 1.
    #[schema(example = 2)]
    pub version: i64,
    /// What was done: `create`, `change`, `sign` or `discard`.
    #[schema(example = "change")]
    pub act: String,
    /// The same in words.
    #[schema(example = "Edited")]
    pub act_label: String,
    /// Who did it.
    #[schema(example = "token:7")]
    pub actor: String,
    /// In which role.
    #[schema(example = "coordinator")]
    pub role: String,
    /// When, UTC.
    #[schema(format = DateTime, example = "2026-11-23T09:30:00Z")]
    pub at: String,
    /// What it came to.
    pub summary: PairingSummaryBody,
    /// What it said.
    #[serde(flatten)]
    pub content: PairingContentBody,
}

impl PairingContentBody {
    fn new(content: &Content) -> Result<Self, AppError> {
        let pairings: Vec<PairedBody> = told(&content.pairs)?;
        Ok(Self {
            as_of_change: content.change,
            day: content.day.to_string(),
            policy_version: content.policy_version.clone(),
            asked: told(&content.asked)?,
            total: pairings.len(),
            pairings,
            unplaced: told(&content.unplaced)?,
            scarce_runs: told(&content.scarce_runs)?,
            rules: told(&content.rules)?,
            left_out: told(&content.left_out)?,
            overrides: told(&content.overrides)?,
        })
    }
}

impl PairingPlanHeadBody {
    /// A plan in short.
    ///
    /// # Errors
    ///
    /// [`AppError::Internal`], as [`told`].
    pub fn new(kept: &Kept) -> Result<Self, AppError> {
        Ok(Self {
            id: kept.id,
            url: address(&kept.partnership, kept.id),
            partnership: kept.partnership.to_string(),
            state: kept.state.to_string(),
            version: kept.version,
            created_at: kept.created_at.write(),
            written_at: kept.written_at.write(),
            register_changed: kept.register_changed,
            summary: told(&kept.content.summary)?,
        })
    }
}

impl PairingPlanBody {
    /// A plan, as an object whose tag can be reckoned.
    ///
    /// # Errors
    ///
    /// [`AppError::Internal`], as [`told`].
    pub fn object(kept: &Kept) -> Result<Map<String, Value>, AppError> {
        let body = Self {
            plan: PairingPlanHeadBody::new(kept)?,
            content: PairingContentBody::new(&kept.content)?,
            introductions: kept.content.introductions.clone(),
            not_introduced: kept.content.not_introduced.clone(),
        };
        told(&body)
    }
}

impl PairingCheckBody {
    /// What a plan comes to.
    ///
    /// # Errors
    ///
    /// [`AppError::Internal`], as [`told`].
    pub fn new(content: &Content) -> Result<Self, AppError> {
        let summary = told(&content.summary)?;
        Ok(Self { summary, content: PairingContentBody::new(content)? })
    }
}

impl PairingVersionBody {
    /// A version of a plan.
    ///
    /// # Errors
    ///
    /// [`AppError::Internal`], as [`told`].
    pub fn new(past: &Past) -> Result<Self, AppError> {
        Ok(Self {
            version: past.version,
            act: past.act.to_string(),
            act_label: past.act.label().to_owned(),
            actor: past.actor.clone(),
            role: past.role.clone(),
            at: past.at.write(),
            summary: told(&past.content.summary)?,
            content: PairingContentBody::new(&past.content)?,
        })
    }
}

/// The address of a plan.
pub fn address(partnership: &Slug, id: i64) -> String {
    format!("/api/v1/partnerships/{partnership}/pairings/{id}")
}
