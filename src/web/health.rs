//! `/health/live`, `/health/ready` and `/metrics`, for operators.

use actix_web::{HttpResponse, get, http::header, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{app::AppState, web::measure};

/// With more changes not shown yet than this, a replica takes no requests.
const MOST_LAG: i64 = 1_000;

/// The process answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct LiveBody {
    /// Always `live`.
    #[schema(example = "live")]
    pub status: &'static str,
}

/// Whether the service can answer questions, and on what.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadyBody {
    /// `ready` or `not-ready`.
    #[schema(example = "ready")]
    pub status: &'static str,
    /// Number of the last change that readers are shown.
    #[schema(example = 4711)]
    pub change: i64,
    /// How many changes of the store readers are not shown yet.
    #[schema(example = 0)]
    pub lag: i64,
    /// The content that readers are shown.
    #[schema(example = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")]
    pub content: String,
    /// Faults of the content; what is broken is left out. `pathways check` names them.
    #[schema(example = 0)]
    pub content_faults: usize,
    /// How many things can be found.
    #[schema(example = 412)]
    pub documents: usize,
}

/// Say that the process answers.
#[utoipa::path(
    tag = "health",
    operation_id = "health_live",
    responses((status = 200, description = "It does", body = LiveBody,
        example = json!({"status": "live"}))),
)]
#[get("/health/live")]
async fn live() -> HttpResponse {
    unstored(HttpResponse::Ok()).json(LiveBody { status: "live" })
}

/// Say whether questions can be answered.
#[utoipa::path(
    tag = "health",
    operation_id = "health_ready",
    responses(
        (status = 200, description = "They can", body = ReadyBody, example = json!({
            "status": "ready", "change": 4711, "lag": 0, "content": "sha256:2c26", "content_faults": 0,
            "documents": 412})),
        (status = 503, description = "There is nothing to show yet, or what is shown lies too \
            far behind the store", body = ReadyBody),
    ),
)]
#[get("/health/ready")]
async fn ready(state: Data<AppState>) -> HttpResponse {
    let snapshot = state.snapshot();
    let (documents, lag) = (snapshot.documents(), state.lag());
    let (status, answer) = if documents > 0 && lag <= MOST_LAG {
        ("ready", HttpResponse::Ok())
    } else {
        ("not-ready", HttpResponse::ServiceUnavailable())
    };
    unstored(answer).json(ReadyBody {
        status,
        change: snapshot.change,
        lag,
        content: snapshot.content_hash().to_owned(),
        content_faults: snapshot.content_faults(),
        documents,
    })
}

/// Numbers in the text format of Prometheus.
#[utoipa::path(
    tag = "health",
    operation_id = "metrics",
    responses((status = 200, description = "The numbers", body = String,
        content_type = "text/plain", example = "pathways_http_requests_total 12")),
)]
#[get("/metrics")]
async fn metrics() -> HttpResponse {
    unstored(HttpResponse::Ok())
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(measure::recorder().render())
}

fn unstored(mut answer: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

/// The part of the route table for operators.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(live).service(ready).service(metrics);
}
