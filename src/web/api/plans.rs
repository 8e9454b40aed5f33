//! `/action-plans`: from at most six answers to an ordered, cited checklist.

use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{Snapshot, matching},
    domain::plan::{PassageLink, Plan, PlanStep, StaleStep},
    web::{
        api::{
            forms::PlanForm, match_body::LeftOutBody, match_item_body::LinkBody, parts::LabelBody,
        },
        extract::Valid,
        moment::Moment,
        problem::Problem,
    },
};

/// A checklist in hiring order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionPlanBody {
    /// What to do, then what to check as done.
    pub steps: Vec<PlanStepBody>,
    /// How many steps there are.
    pub total: usize,
    /// How many steps of all toolkits were looked at.
    pub considered: usize,
    /// How many steps were left out, by reason.
    pub left_out: Vec<LeftOutBody>,
    /// Steps dropped because the law they rest on is past its review date.
    pub stale_dropped: Vec<StaleStepBody>,
    /// Groups asked for that we have no toolkit on.
    pub without_toolkit: Vec<LabelBody>,
    /// Worries that no step answers.
    pub worries_unanswered: Vec<LabelBody>,
    /// Number of the last change of the register.
    pub change: i64,
    /// Hash of the content.
    pub content: String,
}

/// One step of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanStepBody {
    /// Its name in the toolkit.
    pub id: String,
    /// The instruction.
    pub text: String,
    /// The reason for it.
    pub why: String,
    /// Stage of hiring.
    pub stage: LabelBody,
    /// `to-do` or `check-done`, with the words shown.
    pub part: LabelBody,
    /// Whether it belongs on every plan.
    pub essential: bool,
    /// The worries among the answers that it answers.
    pub worries: Vec<LabelBody>,
    /// When it applies, for what was not answered; all of them have to hold.
    pub applies_if: Vec<String>,
    /// Why it is here and where it is here.
    pub reasons: Vec<String>,
    /// The passage it rests on.
    pub passage: PassageLinkBody,
    /// Passages of other toolkits with the same step.
    pub also: Vec<PassageLinkBody>,
    /// The day its passage was last known to be right.
    pub as_of: NaiveDate,
    /// The last day its passage may be relied on without looking again.
    pub review_by: NaiveDate,
    /// Whether its passage, which states no law, is past its review date.
    pub stale: bool,
    /// The official page to look at today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<LinkBody>,
}

/// The passage that a step rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassageLinkBody {
    /// The toolkit.
    pub toolkit: String,
    /// The section in it.
    pub section: String,
    /// The section's title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
}

/// A step that is not shown because its law may have changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaleStepBody {
    /// Its name in the toolkit.
    pub id: String,
    /// The instruction, as it was.
    pub text: String,
    /// The passage it rests on.
    pub passage: PassageLinkBody,
    /// The day by which the passage had to be reviewed.
    pub review_by: NaiveDate,
    /// The official page to look at instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<LinkBody>,
}

impl ActionPlanBody {
    fn new(plan: Plan, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        let steps = plan.steps.into_iter().map(|step| PlanStepBody::new(step, snapshot));
        let steps: Vec<_> = steps.collect();
        Self {
            total: steps.len(),
            steps,
            considered: plan.considered,
            left_out: plan.left_out.iter().map(LeftOutBody::from).collect(),
            stale_dropped: plan.stale_dropped.into_iter().map(Into::into).collect(),
            without_toolkit: LabelBody::list(&plan.without_toolkit, |one| words.cohort_label(one)),
            worries_unanswered: LabelBody::list(&plan.worries_unanswered, |one| {
                words.topic_label(one)
            }),
            change: snapshot.change,
            content: snapshot.content_hash().to_owned(),
        }
    }
}

impl PlanStepBody {
    fn new(step: PlanStep, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        Self {
            id: step.id.to_string(),
            text: step.text,
            why: step.why,
            stage: step.stage.into(),
            part: LabelBody::new(step.part.as_str(), step.part.label()),
            essential: step.essential,
            worries: LabelBody::list(&step.worries, |topic| words.topic_label(topic)),
            applies_if: step.applies_if,
            reasons: step.reasons,
            passage: step.passage.into(),
            also: step.also.into_iter().map(Into::into).collect(),
            as_of: step.as_of,
            review_by: step.review_by,
            stale: step.stale,
            official: step.official.map(Into::into),
        }
    }
}

impl From<PassageLink> for PassageLinkBody {
    fn from(link: PassageLink) -> Self {
        Self {
            toolkit: link.toolkit.to_string(),
            section: link.section.to_string(),
            title: link.title,
            url: link.url,
        }
    }
}

impl From<StaleStep> for StaleStepBody {
    fn from(step: StaleStep) -> Self {
        Self {
            id: step.id.to_string(),
            text: step.text,
            passage: step.passage.into(),
            review_by: step.review_by,
            official: step.official.map(Into::into),
        }
    }
}

/// Make an action plan from at most six answers.
///
/// Not answered is not no: a step that is only for some employers stays, with the
/// condition in words. What is sent is not kept.
#[utoipa::path(
    tag = "matching",
    operation_id = "make_action_plan",
    request_body(content = PlanForm, description = "The answers",
        example = json!({"cohorts": ["refugees"], "size_band": "small", "sector": "hospitality",
            "stage": "attract", "topics": ["right-to-work"], "regulated": false})),
    responses((status = 200, description = "An ordered, cited checklist", body = ActionPlanBody,
        example = json!({
            "total": 1, "considered": 160,
            "steps": [{
                "id": "check-share-code", "text": "Check the share code online.",
                "why": "It protects you from a fine.",
                "stage": {"value": "check", "label": "Check"},
                "part": {"value": "to-do", "label": "To do"}, "essential": true, "worries": [],
                "applies_if": [], "reasons": ["It belongs on every plan."],
                "passage": {"toolkit": "refugees", "section": "right-to-work-checks",
                    "title": "Right to work checks",
                    "url": "/toolkits/refugees/right-to-work-checks"},
                "also": [], "as_of": "2026-11-01", "review_by": "2027-05-01", "stale": false,
                "official": {"title": "Employer's guide (Home Office)",
                    "url": "https://www.gov.uk/"}}],
            "left_out": [{"reason": "another-cohort",
                "text": "It is about a group you did not choose.", "count": 120}],
            "stale_dropped": [], "without_toolkit": [], "worries_unanswered": [],
            "change": 4711, "content": "sha256:2c26"}))),
)]
#[post("/action-plans")]
async fn make_action_plan(moment: Moment, form: Valid<PlanForm>) -> Result<HttpResponse, Problem> {
    let answers = form.0.answers(&moment)?;
    let plan = matching::action_plan(&moment, &answers)?;
    Ok(moment.private_answer(&ActionPlanBody::new(plan, &moment)))
}

/// The part of the route table about plans.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(make_action_plan);
}
