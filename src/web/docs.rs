//! The API's own documentation: the document, and Swagger UI to read and try it.
//!
//! Everything the interface needs is in the binary; it loads nothing from
//! elsewhere.

use std::sync::{Arc, OnceLock};

use actix_web::{
    HttpResponse, get,
    http::header,
    web::{self, ServiceConfig as Plain},
};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::Config;

use crate::web::{
    headers, openapi,
    problem::{Problem, ProblemKind},
};

/// The OpenAPI document.
#[get("/api/openapi.json")]
async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(openapi::text())
}

/// A file of the interface.
#[get("/api/docs/{file:.*}")]
async fn interface(file: web::Path<String>) -> Result<HttpResponse, Problem> {
    let missing = || Problem::new(ProblemKind::NotFound, "The documentation has no such file.");
    let served = utoipa_swagger_ui::serve(&file, config());
    let found = served.map_err(|_broken| missing())?.ok_or_else(missing)?;
    let mut answer = HttpResponse::Ok();
    if found.gzpipped {
        answer.insert_header((header::CONTENT_ENCODING, "gzip"));
    }
    Ok(answer
        .content_type(found.content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, headers::DOCS_POLICY))
        .body(found.bytes.into_owned()))
}

/// The way to the interface's folder, below which its files stand.
#[get("/api/docs")]
async fn front() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/docs/")).finish()
}

fn config() -> Arc<Config<'static>> {
    static CONFIG: OnceLock<Arc<Config<'static>>> = OnceLock::new();
    let make = || {
        let config = Config::new(["/api/openapi.json"]);
        Arc::new(config.use_base_layout().validator_url("none").try_it_out_enabled(true))
    };
    CONFIG.get_or_init(make).clone()
}

/// The part of the route table about the API's documentation; not part of the
/// document itself.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.map(|plain: &mut Plain| plain.service(document).service(interface).service(front));
}
