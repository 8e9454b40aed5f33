//! `/sources` of the register.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::web::{api::parts::SourceBody, moment::Moment};

/// Every source of the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourcesBody {
    /// The sources, by identifier.
    pub sources: Vec<SourceBody>,
    /// How many there are.
    pub total: usize,
}

/// List the sources that the register rests on.
#[utoipa::path(
    tag = "register",
    operation_id = "list_sources",
    responses((status = 200, description = "Every source", body = SourcesBody,
        example = json!({"total": 1, "sources": [{"id": "S12", "title": "Charter",
            "publisher": "A partnership", "url": "https://www.example.org/charter",
            "published": "January 2024"}]}))),
)]
#[get("/sources")]
async fn list_sources(moment: Moment) -> HttpResponse {
    let sources: Vec<_> = moment.reference.sources.iter().map(SourceBody::from).collect();
    moment.answer(&SourcesBody { total: sources.len(), sources })
}

/// The part of the route table about sources.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_sources);
}
