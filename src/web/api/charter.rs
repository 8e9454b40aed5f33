//! `/charter` and its actions.

use actix_web::{HttpResponse, get, web::Path};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, Snapshot},
    domain::register::CharterAction,
    web::{
        api::{
            parts::{LabelBody, ProvenanceBody},
            toolkit_body::SectionSummaryBody,
        },
        moment::Moment,
        problem::Problem,
    },
};

/// The charter as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct CharterBody {
    /// Its name here.
    pub slug: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Version, as published.
    pub version: String,
    /// The day it was launched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub launched_on: Option<NaiveDate>,
    /// Focus areas.
    pub focus_areas: Vec<LabelBody>,
    /// Stances an action is taken from.
    pub stances: Vec<LabelBody>,
    /// How many actions it has.
    pub action_count: usize,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// The charter's menu.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionsBody {
    /// The actions, by code.
    pub actions: Vec<ActionBody>,
    /// How many there are.
    pub total: usize,
}

/// One option of the charter's menu.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionBody {
    /// Code.
    pub code: String,
    /// Short label.
    pub label: String,
    /// Its page on this site.
    pub url: String,
    /// Stance it is taken from.
    pub stance: LabelBody,
    /// Focus area.
    pub focus_area: LabelBody,
    /// What it asks for.
    pub description: String,
    /// What to do first; advice of ours, not sourced.
    pub help: String,
    /// Whether progress can be given as a number.
    pub measurable: bool,
    /// The number's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether a published pledge shows it, or it is only an illustration.
    pub evidenced: bool,
    /// Cohorts it plainly concerns; none for all.
    pub cohorts: Vec<LabelBody>,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// One action with the sections that help deliver it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionHelpBody {
    /// The action.
    #[serde(flatten)]
    pub action: ActionBody,
    /// Sections and templates of toolkits that help.
    pub sections: Vec<SectionSummaryBody>,
}

impl ActionBody {
    /// An action in a snapshot.
    pub fn new(action: &CharterAction, snapshot: &Snapshot) -> Self {
        let charter = snapshot.reference.charter.as_ref();
        let areas = charter.map_or(&[][..], |charter| &charter.focus_areas);
        let stances = charter.map_or(&[][..], |charter| &charter.stances);
        let area = areas.iter().find(|(slug, _)| *slug == action.focus_area);
        let stance = stances.iter().find(|(slug, ..)| *slug == action.stance);
        let words = snapshot.vocabulary();
        Self {
            code: action.code.clone(),
            label: action.label.clone(),
            url: format!("/charter/actions/{}", action.code),
            stance: LabelBody::new(
                &action.stance,
                stance.map_or(action.stance.as_str(), |(_, label, _)| label),
            ),
            focus_area: LabelBody::new(
                &action.focus_area,
                area.map_or(action.focus_area.as_str(), |(_, label)| label),
            ),
            description: action.description.clone(),
            help: action.help.clone(),
            measurable: action.measurable,
            unit: action.unit.clone(),
            evidenced: action.evidenced,
            cohorts: LabelBody::list(&action.cohorts, |cohort| words.cohort_label(cohort)),
            provenance: ProvenanceBody::new(&action.provenance, snapshot),
        }
    }
}

impl ActionHelpBody {
    /// An action in a snapshot, with what helps deliver it.
    pub fn new(action: &CharterAction, snapshot: &Snapshot) -> Self {
        let helps = |codes: &[String]| codes.iter().any(|c| c.eq_ignore_ascii_case(&action.code));
        let sections = snapshot.toolkits().iter().flat_map(|toolkit| {
            let texts = toolkit.sections.iter().chain(&toolkit.templates);
            texts
                .filter(|section| helps(&section.actions))
                .map(move |section| SectionSummaryBody::new(toolkit, section, snapshot))
        });
        let sections = sections.collect();
        Self { action: ActionBody::new(action, snapshot), sections }
    }
}

/// Show the charter.
#[utoipa::path(
    tag = "charter",
    operation_id = "show_charter",
    responses((status = 200, description = "The charter", body = CharterBody, example = json!({
        "slug": "inclusive-economy-charter", "name": "Inclusive economy charter",
        "summary": "Actions for a year.", "version": "1", "launched_on": "2024-01-30",
        "focus_areas": [{"value": "inclusive-employment", "label": "Inclusive employment"}],
        "stances": [{"value": "employer", "label": "As an employer"}], "action_count": 40,
        "provenance": {"sources": [], "as_of": "2026-11-01"}}))),
)]
#[get("/charter")]
async fn show_charter(moment: Moment) -> Result<HttpResponse, Problem> {
    let missing = AppError::NotFound("charter");
    let charter = moment.reference.charter.as_ref().ok_or(missing)?;
    let areas = charter.focus_areas.iter().map(|(slug, label)| LabelBody::new(slug, label));
    let stances = charter.stances.iter().map(|(slug, label, meaning)| LabelBody {
        description: Some(meaning.clone()),
        ..LabelBody::new(slug, label)
    });
    Ok(moment.answer(&CharterBody {
        slug: charter.slug.to_string(),
        name: charter.name.clone(),
        summary: charter.summary.clone(),
        version: charter.version.clone(),
        launched_on: charter.launched_on,
        focus_areas: areas.collect(),
        stances: stances.collect(),
        action_count: moment.reference.actions.len(),
        provenance: ProvenanceBody::new(&charter.provenance, &moment),
    }))
}

/// List the charter's actions.
#[utoipa::path(
    tag = "charter",
    operation_id = "list_actions",
    responses((status = 200, description = "The charter's menu", body = ActionsBody,
        example = json!({"total": 1, "actions": [{
            "code": "E2", "label": "Recruit inclusively", "url": "/charter/actions/E2",
            "stance": {"value": "employer", "label": "As an employer"},
            "focus_area": {"value": "inclusive-employment", "label": "Inclusive employment"},
            "description": "Open jobs to people who are often left out.", "help": "Start with one \
            job.", "measurable": true, "unit": "people hired", "evidenced": true, "cohorts": [],
            "provenance": {"sources": [], "as_of": "2026-11-01"}}]}))),
)]
#[get("/charter/actions")]
async fn list_actions(moment: Moment) -> HttpResponse {
    let actions = moment.reference.actions.iter();
    let actions: Vec<_> = actions.map(|action| ActionBody::new(action, &moment)).collect();
    moment.answer(&ActionsBody { total: actions.len(), actions })
}

/// Show an action with the sections that help deliver it.
#[utoipa::path(
    tag = "charter",
    operation_id = "show_action",
    params(("code" = String, Path, description = "The action's code, whatever its case",
        example = "E2")),
    responses((status = 200, description = "The action and what helps", body = ActionHelpBody,
        example = json!({
            "code": "E2", "label": "Recruit inclusively", "url": "/charter/actions/E2",
            "stance": {"value": "employer", "label": "As an employer"},
            "focus_area": {"value": "inclusive-employment", "label": "Inclusive employment"},
            "description": "Open jobs to people who are often left out.", "help": "Start with one \
            job.", "measurable": true, "unit": "people hired", "evidenced": true, "cohorts": [],
            "provenance": {"sources": [], "as_of": "2026-11-01"}, "sections": []}))),
)]
#[get("/charter/actions/{code}")]
async fn show_action(moment: Moment, code: Path<String>) -> Result<HttpResponse, Problem> {
    let action = moment.reference.action(&code).ok_or(AppError::NotFound("action"))?;
    Ok(moment.answer(&ActionHelpBody::new(action, &moment)))
}

/// The part of the route table about the charter.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_charter).service(list_actions).service(show_action);
}
