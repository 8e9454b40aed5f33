//! The feed's lists.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{
        AppState,
        oruk::{Page, document::Document},
    },
    domain::oruk::{Asked, Thing},
    web::{
        moment::Moment,
        oruk::asked::{of_organizations, of_places, of_services, page},
        problem::Problem,
        query::Query,
    },
};

/// A page as the standard has it.
#[derive(Debug, Serialize)]
struct PageBody {
    total_items: usize,
    total_pages: usize,
    page_number: usize,
    size: usize,
    first_page: bool,
    last_page: bool,
    empty: bool,
    contents: Vec<Document>,
}

impl From<Page> for PageBody {
    fn from(Page { paging, contents }: Page) -> Self {
        Self {
            total_items: paging.total,
            total_pages: paging.pages(),
            page_number: paging.page,
            size: contents.len(),
            first_page: paging.is_first(),
            last_page: paging.is_last(),
            empty: contents.is_empty(),
            contents,
        }
    }
}

/// Answers a page of a list, once every parameter was read.
fn listed(
    moment: &Moment,
    thing: Thing,
    asked: &Asked,
    mut query: Query,
) -> Result<HttpResponse, Problem> {
    let page = page(&mut query);
    query.finish()?;
    Ok(moment.answer(&PageBody::from(moment.feed.page(thing, asked, page))))
}

/// List services: courses and the support of organisations.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "list_feed_services",
    params(
        ("search" = Option<String>, Query, description = "Words that must all begin a word of \
            its name, description, organisation or terms", example = "hub"),
        ("taxonomy_term_id" = Option<String>, Query, description = "It has this term"),
        ("taxonomy_id" = Option<String>, Query, description = "It has a term of this taxonomy"),
        ("organization_id" = Option<String>, Query, description = "This organisation provides it"),
        ("minimum_age" = Option<f64>, Query, description = "Its lowest age is stated and at \
            least this", minimum = 0, maximum = 200),
        ("maximum_age" = Option<f64>, Query, description = "Its highest age is stated and at \
            most this", minimum = 0, maximum = 200),
        ("start_time" = Option<String>, Query, description = "It opens then or later; on the \
            day asked for, and by one and the same schedule as every time", example = "09:30"),
        ("end_time" = Option<String>, Query, description = "It closes then or earlier",
            example = "17:00"),
        ("day" = Option<String>, Query, description = "It is there on that day of the week, \
            such as MO or Monday", example = "MO"),
        ("modified_after" = Option<String>, Query, description = "What is said of it was \
            changed then or later: a moment (RFC 3339), or a day",
            example = "2026-11-01T00:00:00Z"),
        ("page" = Option<u32>, Query, description = "The page, from 1", minimum = 1,
            maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Things on a page", minimum = 1,
            maximum = 100),
    ),
    responses((status = 200, description = "A page of them",
        body = ref("#/components/schemas/OrukServicePage"), content_type = "application/json",
        example = json!({"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1,
            "first_page": true, "last_page": true, "empty": false, "contents": [
            {"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "Evening welding", "status": "active", "assured_date": "2026-11-01"}]}))),
)]
#[get("/oruk/v3/services")]
async fn list_feed_services(
    app: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(request.query_string())?;
    let moment = Moment::showing(&app, None).await;
    let asked = of_services(&mut query);
    listed(&moment, Thing::Service, &asked, query)
}

/// List who provides services.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "list_feed_organizations",
    params(
        ("search" = Option<String>, Query, description = "Words that must all begin a word of \
            its name or description", example = "college"),
        ("page" = Option<u32>, Query, description = "The page, from 1", minimum = 1,
            maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Things on a page", minimum = 1,
            maximum = 100),
    ),
    responses((status = 200, description = "A page of them",
        body = ref("#/components/schemas/OrukOrganizationPage"), content_type = "application/json",
        example = json!({"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1,
            "first_page": true, "last_page": true, "empty": false, "contents": [
            {"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "A college", "description": "Teaches trades."}]}))),
)]
#[get("/oruk/v3/organizations")]
async fn list_feed_organizations(
    app: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(request.query_string())?;
    let moment = Moment::showing(&app, None).await;
    let asked = of_organizations(&mut query);
    listed(&moment, Thing::Organization, &asked, query)
}

/// List services at their locations.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "list_feed_places",
    params(
        ("search" = Option<String>, Query, description = "Words that must all begin a word of \
            its name, description, organisation or terms", example = "hub"),
        ("taxonomy_term_id" = Option<String>, Query, description = "It has this term"),
        ("taxonomy_id" = Option<String>, Query, description = "It has a term of this taxonomy"),
        ("organization_id" = Option<String>, Query, description = "This organisation provides it"),
        ("minimum_age" = Option<f64>, Query, description = "Its lowest age is stated and at \
            least this", minimum = 0, maximum = 200),
        ("maximum_age" = Option<f64>, Query, description = "Its highest age is stated and at \
            most this", minimum = 0, maximum = 200),
        ("start_time" = Option<String>, Query, description = "It opens then or later; on the \
            day asked for, and by one and the same schedule as every time", example = "09:30"),
        ("end_time" = Option<String>, Query, description = "It closes then or earlier",
            example = "17:00"),
        ("day" = Option<String>, Query, description = "It is there on that day of the week, \
            such as MO or Monday", example = "MO"),
        ("modified_after" = Option<String>, Query, description = "What is said of it was \
            changed then or later: a moment (RFC 3339), or a day",
            example = "2026-11-01T00:00:00Z"),
        ("postcode" = Option<String>, Query, description = "With a proximity, the place to \
            measure from: the middle of its outward code. Without, what serves that place: its \
            areas name the town, district, county or country, or, where no area is stated, it \
            is held in that outward code", example = "OX16 5QA"),
        ("proximity" = Option<f64>, Query, description = "At most so many metres from the \
            postcode", minimum = 0, maximum = 1_000_000),
        ("page" = Option<u32>, Query, description = "The page, from 1", minimum = 1,
            maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Things on a page", minimum = 1,
            maximum = 100),
    ),
    responses((status = 200, description = "A page of them",
        body = ref("#/components/schemas/OrukServiceAtLocationWithServicePage"), content_type = "application/json",
        example = json!({"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1,
            "first_page": true, "last_page": true, "empty": false, "contents": [
            {"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "service_id": "0b9f8e0e-7a43-4b8f-9a55-6f4f5f7c2d10",
            "location": {"id": "0b9f8e0e-7a43-4b8f-9a55-6f4f5f7c2d10", "location_type": "physical", "name": "Main site"}}]}))),
)]
#[get("/oruk/v3/service_at_locations")]
async fn list_feed_places(
    app: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(request.query_string())?;
    let moment = Moment::showing(&app, None).await;
    let asked = of_places(&mut query, &moment);
    listed(&moment, Thing::Place, &asked, query)
}

/// List taxonomies.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "list_feed_taxonomies",
    params(
        ("page" = Option<u32>, Query, description = "The page, from 1", minimum = 1,
            maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Things on a page", minimum = 1,
            maximum = 100),
    ),
    responses((status = 200, description = "A page of them",
        body = ref("#/components/schemas/OrukTaxonomyPage"), content_type = "application/json",
        example = json!({"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1,
            "first_page": true, "last_page": true, "empty": false, "contents": [
            {"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "sectors", "description": "Sectors of the economy"}]}))),
)]
#[get("/oruk/v3/taxonomies")]
async fn list_feed_taxonomies(
    app: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Query::read(request.query_string())?;
    let moment = Moment::showing(&app, None).await;
    let asked = Asked::default();
    listed(&moment, Thing::Taxonomy, &asked, query)
}

/// List terms of taxonomies.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "list_feed_terms",
    params(
        ("page" = Option<u32>, Query, description = "The page, from 1", minimum = 1,
            maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Things on a page", minimum = 1,
            maximum = 100),
    ),
    responses((status = 200, description = "A page of them",
        body = ref("#/components/schemas/OrukTaxonomyTermPage"), content_type = "application/json",
        example = json!({"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1,
            "first_page": true, "last_page": true, "empty": false, "contents": [
            {"id": "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11", "name": "Construction", "description": "Building",
            "taxonomy": "sectors", "taxonomy_id": "0b9f8e0e-7a43-4b8f-9a55-6f4f5f7c2d10"}]}))),
)]
#[get("/oruk/v3/taxonomy_terms")]
async fn list_feed_terms(
    app: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Query::read(request.query_string())?;
    let moment = Moment::showing(&app, None).await;
    let asked = Asked::default();
    listed(&moment, Thing::Term, &asked, query)
}

/// The lists' part of the route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_feed_services)
        .service(list_feed_organizations)
        .service(list_feed_places)
        .service(list_feed_taxonomies)
        .service(list_feed_terms);
}
