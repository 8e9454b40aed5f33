//! `/api/v1`: the JSON API, a file a group of routes.

use utoipa_actix_web::service_config::ServiceConfig;

/// The API's part of the route table, below `/api/v1`.
pub fn routes(_cfg: &mut ServiceConfig) {}
