//! The feed's things, one at a time.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, AppState},
    domain::oruk::Thing,
    web::{moment::Moment, problem::Problem, query::Query},
};

/// Answers a thing in full.
async fn shown(
    app: &AppState,
    request: &HttpRequest,
    thing: Thing,
    id: &str,
) -> Result<HttpResponse, Problem> {
    Query::read(request.query_string())?.finish()?;
    let moment = Moment::showing(app, None).await;
    let found = moment.feed.find(thing, id).ok_or(AppError::NotFound(thing.label()))?;
    Ok(moment.answer(&found))
}

/// Show a service with everything that is told of it.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_service",
    params(("id" = String, Path, description = "Its identifier",
        example = "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11")),
    responses((status = 200, description = "All that is told of it",
        body = ref("#/components/schemas/OrukService"), content_type = "application/json",
        example = json!({"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "Evening welding", "status": "active", "assured_date": "2026-11-01"}))),
)]
#[get("/oruk/v3/services/{id}")]
async fn show_feed_service(
    app: Data<AppState>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    shown(&app, &request, Thing::Service, &id).await
}

/// Show who provides services.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_organization",
    params(("id" = String, Path, description = "Its identifier",
        example = "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11")),
    responses((status = 200, description = "All that is told of it",
        body = ref("#/components/schemas/OrukOrganization"), content_type = "application/json",
        example = json!({"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "A college", "description": "Teaches trades."}))),
)]
#[get("/oruk/v3/organizations/{id}")]
async fn show_feed_organization(
    app: Data<AppState>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    shown(&app, &request, Thing::Organization, &id).await
}

/// Show a service at one of its locations.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_place",
    params(("id" = String, Path, description = "Its identifier",
        example = "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11")),
    responses((status = 200, description = "All that is told of it",
        body = ref("#/components/schemas/OrukServiceAtLocationWithService"), content_type = "application/json",
        example = json!({"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "service_id": "0b9f8e0e-7a43-4b8f-9a55-6f4f5f7c2d10",
            "location": {"id": "0b9f8e0e-7a43-4b8f-9a55-6f4f5f7c2d10", "location_type": "physical", "name": "Main site"}}))),
)]
#[get("/oruk/v3/service_at_locations/{id}")]
async fn show_feed_place(
    app: Data<AppState>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    shown(&app, &request, Thing::Place, &id).await
}

/// Show a taxonomy.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_taxonomy",
    params(("id" = String, Path, description = "Its identifier",
        example = "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11")),
    responses((status = 200, description = "All that is told of it",
        body = ref("#/components/schemas/OrukTaxonomy"), content_type = "application/json",
        example = json!({"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "sectors", "description": "Sectors of the economy"}))),
)]
#[get("/oruk/v3/taxonomies/{id}")]
async fn show_feed_taxonomy(
    app: Data<AppState>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    shown(&app, &request, Thing::Taxonomy, &id).await
}

/// Show a term of a taxonomy.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_term",
    params(("id" = String, Path, description = "Its identifier",
        example = "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11")),
    responses((status = 200, description = "All that is told of it",
        body = ref("#/components/schemas/OrukTaxonomyTerm"), content_type = "application/json",
        example = json!({"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "Construction", "description": "Building",
            "taxonomy": "sectors", "taxonomy_id": "0b9f8e0e-7a43-4b8f-9a55-6f4f5f7c2d10"}))),
)]
#[get("/oruk/v3/taxonomy_terms/{id}")]
async fn show_feed_term(
    app: Data<AppState>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    shown(&app, &request, Thing::Term, &id).await
}

/// The things' part of the route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_feed_service)
        .service(show_feed_organization)
        .service(show_feed_place)
        .service(show_feed_taxonomy)
        .service(show_feed_term);
}
