//! `/toolkits` and what is below it.

use actix_web::{HttpResponse, get, web::Path};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::web::{
    api::toolkit_body::{
        SectionBody, SectionSummaryBody, StepBody, ToolkitBody, ToolkitContentsBody,
    },
    moment::Moment,
    problem::Problem,
};

/// Every toolkit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolkitsBody {
    /// The toolkits, in the order of the home page.
    pub toolkits: Vec<ToolkitBody>,
    /// How many there are.
    pub total: usize,
}

/// The templates of a toolkit.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplatesBody {
    /// The templates.
    pub templates: Vec<SectionSummaryBody>,
    /// How many there are.
    pub total: usize,
}

/// The checklist of a toolkit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChecklistBody {
    /// The steps, in hiring order.
    pub steps: Vec<StepBody>,
    /// How many there are.
    pub total: usize,
}

/// List the toolkits.
#[utoipa::path(
    tag = "toolkits",
    operation_id = "list_toolkits",
    responses((status = 200, description = "Every toolkit", body = ToolkitsBody,
        example = json!({"total": 1, "toolkits": [{
            "slug": "refugees", "title": "Hiring refugees", "url": "/toolkits/refugees",
            "cohort": {"value": "refugees", "label": "Refugees"},
            "summary": "Hire refugees lawfully and well.",
            "as_of": "2026-11-01", "review_by": "2027-05-01", "stale": false,
            "section_count": 22, "template_count": 4, "step_count": 40}]}))),
)]
#[get("/toolkits")]
async fn list_toolkits(moment: Moment) -> HttpResponse {
    let toolkits = moment.toolkits().iter().map(|toolkit| ToolkitBody::new(toolkit, &moment));
    let toolkits: Vec<_> = toolkits.collect();
    moment.answer(&ToolkitsBody { total: toolkits.len(), toolkits })
}

/// Show a toolkit with what it holds.
#[utoipa::path(
    tag = "toolkits",
    operation_id = "show_toolkit",
    params(("toolkit" = String, Path, description = "The toolkit's name", example = "refugees")),
    responses((status = 200, description = "The toolkit, its sections, templates and sources",
        body = ToolkitContentsBody, example = json!({
            "slug": "refugees", "title": "Hiring refugees", "url": "/toolkits/refugees",
            "cohort": {"value": "refugees", "label": "Refugees"},
            "summary": "Hire refugees lawfully and well.",
            "as_of": "2026-11-01", "review_by": "2027-05-01", "stale": false,
            "section_count": 22, "template_count": 4, "step_count": 40,
            "sections": [], "templates": [], "sources": [{"id": "R1", "title": "Employer's guide",
                "publisher": "Home Office", "url": "https://www.gov.uk/", "date": "2026",
                "official": true}]}))),
)]
#[get("/toolkits/{toolkit}")]
async fn show_toolkit(moment: Moment, toolkit: Path<String>) -> Result<HttpResponse, Problem> {
    let toolkit = moment.toolkit(&toolkit)?;
    Ok(moment.answer(&ToolkitContentsBody::new(toolkit, &moment)))
}

/// Show a section or a template of a toolkit.
#[utoipa::path(
    tag = "toolkits",
    operation_id = "show_section",
    params(
        ("toolkit" = String, Path, description = "The toolkit's name", example = "refugees"),
        ("section" = String, Path, description = "The section's name",
            example = "right-to-work-checks"),
    ),
    responses((status = 200, description = "Its text in three forms, and its sources",
        body = SectionBody, example = json!({
            "slug": "right-to-work-checks", "title": "Right to work checks, step by step",
            "url": "/toolkits/refugees/right-to-work-checks",
            "api_url": "/api/v1/toolkits/refugees/sections/right-to-work-checks",
            "summary": "How to check.", "stage": {"value": "check", "label": "Check"},
            "topics": [{"value": "right-to-work", "label": "Right to work"}],
            "format": {"value": "guide", "label": "Guide"}, "legal": true,
            "as_of": "2026-11-01", "review_by": "2027-05-01", "stale": false,
            "toolkit": {"slug": "refugees", "title": "Hiring refugees",
                "url": "/toolkits/refugees"},
            "audience": [{"value": "hr", "label": "HR"}], "markdown": "Ask for the share code.",
            "html": "<p>Ask for the share code.</p>",
            "passages": [{"text": "Ask for the share code."}],
            "sources": [], "actions": [{"code": "E2", "label": "Recruit inclusively"}]}))),
)]
#[get("/toolkits/{toolkit}/sections/{section}")]
async fn show_section(
    moment: Moment,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (toolkit, section) = path.into_inner();
    let found = moment.section(&toolkit, &section);
    let (toolkit, section) = found.or_else(|_| moment.template(&toolkit, &section))?;
    Ok(moment.answer(&SectionBody::new(toolkit, section, &moment)))
}

/// List the templates of a toolkit.
#[utoipa::path(
    tag = "toolkits",
    operation_id = "list_templates",
    params(("toolkit" = String, Path, description = "The toolkit's name", example = "refugees")),
    responses((status = 200, description = "Its templates, without their text",
        body = TemplatesBody, example = json!({"total": 1, "templates": [{
            "slug": "right-to-work-check-record", "title": "Right to work check record",
            "url": "/toolkits/refugees/templates/right-to-work-check-record",
            "api_url": "/api/v1/toolkits/refugees/sections/right-to-work-check-record",
            "summary": "A form to fill in.", "stage": {"value": "check", "label": "Check"},
            "topics": [], "format": {"value": "template", "label": "Template"}, "legal": false,
            "as_of": "2026-11-01", "review_by": "2027-05-01", "stale": false}]}))),
)]
#[get("/toolkits/{toolkit}/templates")]
async fn list_templates(moment: Moment, toolkit: Path<String>) -> Result<HttpResponse, Problem> {
    let toolkit = moment.toolkit(&toolkit)?;
    let templates = toolkit.templates.iter();
    let templates: Vec<_> =
        templates.map(|one| SectionSummaryBody::new(toolkit, one, &moment)).collect();
    Ok(moment.answer(&TemplatesBody { total: templates.len(), templates }))
}

/// Show the checklist of a toolkit.
#[utoipa::path(
    tag = "toolkits",
    operation_id = "show_checklist",
    params(("toolkit" = String, Path, description = "The toolkit's name", example = "refugees")),
    responses((status = 200, description = "Its steps, in hiring order", body = ChecklistBody,
        example = json!({"total": 1, "steps": [{
            "id": "check-share-code", "text": "Check the share code online.",
            "why": "It protects you from a fine.", "stage": {"value": "check", "label": "Check"},
            "section": {"slug": "right-to-work-checks", "title": "Right to work checks",
                "url": "/toolkits/refugees/right-to-work-checks"},
            "essential": true, "topics": [], "sizes": [], "sectors": [], "regulated": false}]}))),
)]
#[get("/toolkits/{toolkit}/checklist")]
async fn show_checklist(moment: Moment, toolkit: Path<String>) -> Result<HttpResponse, Problem> {
    let toolkit = moment.toolkit(&toolkit)?;
    let steps: Vec<_> =
        toolkit.steps.iter().map(|step| StepBody::new(toolkit, step, &moment)).collect();
    Ok(moment.answer(&ChecklistBody { total: steps.len(), steps }))
}

/// The part of the route table about toolkits.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_toolkits)
        .service(show_toolkit)
        .service(show_section)
        .service(list_templates)
        .service(show_checklist);
}
