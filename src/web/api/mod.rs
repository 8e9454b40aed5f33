//! `/api/v1`: the JSON API, a file a group of routes.
//!
//! Every GET takes `after_change` and nothing it does not know; what is absent is
//! left out rather than null, except that lists are there even when empty.

mod charter;
mod forms;
mod gap_bodies;
mod gaps;
mod library;
mod match_body;
mod match_item_body;
mod matches;
mod need_body;
mod need_facts_body;
mod need_form;
mod needs;
mod partnerships;
mod parts;
mod plans;
mod policy_body;
mod provider_body;
mod providers;
pub mod register;
mod search;
mod search_body;
mod sources;
mod toolkit_body;
mod toolkits;
mod vocabulary;

use utoipa_actix_web::service_config::ServiceConfig;

pub use crate::web::api::{
    forms::EmployerForm, match_body::EmployerMatchBody, need_body::NeedMatchBody,
    need_form::NeedForm, search_body::SearchBody,
};

/// The API's part of the route table, below `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(search::routes)
        .configure(toolkits::routes)
        .configure(library::routes)
        .configure(vocabulary::routes)
        .configure(charter::routes)
        .configure(sources::routes)
        .configure(partnerships::routes)
        .configure(gaps::routes)
        .configure(providers::routes)
        .configure(matches::routes)
        .configure(needs::routes)
        .configure(plans::routes)
        .configure(register::routes);
}
