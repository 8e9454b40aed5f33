//! `/providers` and `/course-types`: who teaches what, and where.

use actix_web::{HttpResponse, get, web::Path};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::AppError,
    web::{
        api::provider_body::{
            CourseTypeBody, CourseTypesBody, ProviderBody, ProviderContentsBody, ProvidersBody,
        },
        moment::Moment,
        problem::Problem,
    },
};

/// List who teaches or trains.
#[utoipa::path(
    tag = "register",
    operation_id = "list_providers",
    responses((status = 200, description = "Every provider", body = ProvidersBody,
        example = json!({"total": 1, "providers": [{
            "slug": "a-college", "name": "A college", "url": "/providers/a-college",
            "kind": "fe-college", "summary": "Teaches trades.",
            "website": "https://www.example.org", "course_count": 9,
            "provenance": {"sources": [], "as_of": "2026-11-01"}}]}))),
)]
#[get("/providers")]
async fn list_providers(moment: Moment) -> HttpResponse {
    let providers = moment.reference.providers.iter();
    let providers: Vec<_> = providers.map(|one| ProviderBody::new(one, &moment)).collect();
    moment.answer(&ProvidersBody { total: providers.len(), providers })
}

/// Show a provider with its venues and courses.
#[utoipa::path(
    tag = "register",
    operation_id = "show_provider",
    params(("provider" = String, Path, description = "The provider's name here",
        example = "a-college")),
    responses((status = 200, description = "What is known of it", body = ProviderContentsBody,
        example = json!({
            "slug": "a-college", "name": "A college", "url": "/providers/a-college",
            "kind": "fe-college", "summary": "Teaches trades.", "course_count": 0,
            "provenance": {"sources": [], "as_of": "2026-11-01"},
            "venues": [{"label": "Main site", "town": "Oxford", "outcode": "OX1"}],
            "courses": []}))),
)]
#[get("/providers/{provider}")]
async fn show_provider(moment: Moment, provider: Path<String>) -> Result<HttpResponse, Problem> {
    let provider = moment.reference.provider(&provider).ok_or(AppError::NotFound("provider"))?;
    Ok(moment.answer(&ProviderContentsBody::new(provider, &moment)))
}

/// List the kinds of course with their rules.
#[utoipa::path(
    tag = "register",
    operation_id = "list_course_types",
    responses((status = 200, description = "Every kind", body = CourseTypesBody,
        example = json!({"total": 1, "course_types": [{
            "slug": "skills-bootcamp", "label": "Skills Bootcamp",
            "url": "/courses/skills-bootcamp", "description": "Up to 16 weeks.",
            "rules": "For people of 19 and over.",
            "provenance": {"sources": [], "as_of": "2026-11-01"}}]}))),
)]
#[get("/course-types")]
async fn list_course_types(moment: Moment) -> HttpResponse {
    let kinds = moment.reference.course_types.iter();
    let course_types: Vec<_> = kinds.map(|kind| CourseTypeBody::new(kind, &moment)).collect();
    moment.answer(&CourseTypesBody { total: course_types.len(), course_types })
}

/// Show a kind of course with its rules.
#[utoipa::path(
    tag = "register",
    operation_id = "show_course_type",
    params(("course_type" = String, Path, description = "The kind's name",
        example = "skills-bootcamp")),
    responses((status = 200, description = "What it is, and its rules", body = CourseTypeBody,
        example = json!({
            "slug": "skills-bootcamp", "label": "Skills Bootcamp",
            "url": "/courses/skills-bootcamp", "description": "Up to 16 weeks.",
            "rules": "For people of 19 and over.",
            "provenance": {"sources": [], "as_of": "2026-11-01"}}))),
)]
#[get("/course-types/{course_type}")]
async fn show_course_type(
    moment: Moment,
    course_type: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = moment.reference.course_type(&course_type);
    let kind = found.ok_or(AppError::NotFound("kind of course"))?;
    Ok(moment.answer(&CourseTypeBody::new(kind, &moment)))
}

/// The part of the route table about training.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_providers)
        .service(show_provider)
        .service(list_course_types)
        .service(show_course_type);
}
