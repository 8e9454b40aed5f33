//! `/oruk/v3`: the open feed by the Open Referral UK profile 3.0, for readers of other
//! services and, alone of all addresses, for scripts on any site.
//!
//! Everything is answered from the snapshot. What a body may hold is said by the
//! allow-list ([`Thing::fields`](crate::domain::oruk::Thing::fields)), from which its
//! schema in the OpenAPI document is made as well.

mod asked;
mod details;
mod documents;
mod lists;
pub mod profile;
pub mod schema;

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{self, Data, ServiceConfig as Plain},
};
use chrono::NaiveDateTime;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::AppState,
    domain::oruk::{VERSION, is_uri},
    web::{moment::Moment, problem::Problem, query::Query},
};

/// Where the feed stands.
pub const BASE: &str = "/oruk/v3";
/// The terms under which the feed may be used.
pub const LICENCE: &str =
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

/// What the feed is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrukFront)]
struct FrontBody {
    /// The version of the standard, to the letter.
    #[schema(example = "HSDS-UK-3.0")]
    version: &'static str,
    /// How the feed extends the standard.
    #[schema(format = "uri")]
    profile: String,
    /// The OpenAPI document of the feed.
    #[schema(format = "uri")]
    openapi_url: String,
    /// When what is shown was put together, UTC.
    #[schema(format = "date-time")]
    generated_at: String,
    /// The terms under which it may be used.
    #[schema(format = "uri")]
    licence: &'static str,
}

/// Say what the feed is and where its documents are.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed",
    responses((status = 200, description = "The feed", body = FrontBody,
        example = json!({"version": "HSDS-UK-3.0",
            "profile": "https://pathways.example.org/oruk/v3/profile",
            "openapi_url": "https://pathways.example.org/oruk/v3/openapi.json",
            "generated_at": "2026-11-23T09:30:00Z",
            "licence": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}))),
)]
#[get("/oruk/v3")]
async fn show_feed(app: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    front(app, request).await
}

async fn front(app: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Query::read(request.query_string())?.finish()?;
    let moment = Moment::showing(&app, None).await;
    let base = base(&request);
    Ok(moment.answer(&FrontBody {
        version: VERSION,
        profile: format!("{base}{BASE}/profile"),
        openapi_url: format!("{base}{BASE}/openapi.json"),
        generated_at: at(moment.feed.made_at()),
        licence: LICENCE,
    }))
}

/// The service's own address as the reader wrote it.
fn base(request: &HttpRequest) -> String {
    let connection = request.connection_info();
    let own = format!("{}://{}", connection.scheme(), connection.host());
    if is_uri(&own) { own } else { "http://localhost".to_owned() }
}

fn at(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The feed's part of the route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_feed)
        .configure(lists::routes)
        .configure(details::routes)
        .configure(documents::routes)
        // Readers of the standard join addresses to one that ends in a slash.
        .map(|plain: &mut Plain| plain.route("/oruk/v3/", web::get().to(front)));
}
