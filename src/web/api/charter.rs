//! `/charter`, and what helps deliver its actions.

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

/// The sections that help deliver an action.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionSectionsBody {
    /// Sections and templates of toolkits that help.
    pub sections: Vec<SectionSummaryBody>,
    /// How many there are.
    pub total: usize,
}

impl ActionSectionsBody {
    /// What helps deliver an action, in a snapshot.
    pub fn new(action: &CharterAction, snapshot: &Snapshot) -> Self {
        let helps = |codes: &[String]| codes.iter().any(|c| c.eq_ignore_ascii_case(&action.code));
        let sections = snapshot.toolkits().iter().flat_map(|toolkit| {
            let texts = toolkit.sections.iter().chain(&toolkit.templates);
            texts
                .filter(|section| helps(&section.actions))
                .map(move |section| SectionSummaryBody::new(toolkit, section, snapshot))
        });
        let sections: Vec<_> = sections.collect();
        Self { total: sections.len(), sections }
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

/// List the sections that help deliver an action.
#[utoipa::path(
    tag = "charter",
    operation_id = "list_sections_of_action",
    params(("code" = String, Path, description = "The action's code, whatever its case",
        example = "E2")),
    responses((status = 200, description = "What helps", body = ActionSectionsBody,
        example = json!({"sections": [], "total": 0}))),
)]
#[get("/charter/actions/{code}/sections")]
async fn list_sections(moment: Moment, code: Path<String>) -> Result<HttpResponse, Problem> {
    let action = moment.reference.action(&code).ok_or(AppError::NotFound("action"))?;
    Ok(moment.answer(&ActionSectionsBody::new(action, &moment)))
}

/// The part of the route table about the charter.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_charter).service(list_sections);
}
