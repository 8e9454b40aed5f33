//! HTTP, and nothing else: the JSON API, the pages, and what operators ask for.
//!
//! One route table, [`routes`], serves requests and tests and is what the OpenAPI
//! document is collected from. Handlers read a request, take one snapshot, call one
//! use case and answer. `envelope` is around everything: ids, limits, problems,
//! headers, log. Errors leave as problem documents or as pages, never as plain text.

pub mod api;
mod caller;
mod docs;
mod envelope;
pub mod etag;
pub mod extract;
mod fallback;
pub mod headers;
mod health;
mod json_place;
mod measure;
pub mod moment;
pub mod openapi;
pub mod oruk;
pub mod pages;
pub mod problem;
mod problem_kind;
mod problems;
pub mod query;
mod rate_limit;
mod serve;

use std::sync::Arc;

use actix_web::{
    App, Error,
    body::BoxBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::{Data, PathConfig, to},
};
use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};

use crate::{
    app::AppState,
    web::{
        fallback::Methods,
        problem::{Problem, ProblemKind},
        rate_limit::RateLimit,
    },
};

pub use crate::web::serve::Running;

/// What an operator can set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Requests a second for each caller; 0 for no limit.
    pub rate_limit: u32,
}

/// What the layers around the routes need.
struct Surroundings {
    limit: Option<RateLimit>,
    methods: Methods,
}

/// The whole of HTTP over one state: served, or called by tests.
#[derive(Clone)]
pub struct Site {
    state: Data<AppState>,
    surroundings: Data<Surroundings>,
}

impl Site {
    /// A site that shows a state.
    pub fn new(state: Arc<AppState>, settings: Settings) -> Self {
        measure::recorder();
        let methods = Methods::of(&openapi::collected());
        let limit = RateLimit::new(settings.rate_limit);
        Self { state: Data::from(state), surroundings: Data::new(Surroundings { limit, methods }) }
    }

    /// The application: routes, fall-backs and layers.
    pub fn application(
        &self,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        > + use<>,
    > {
        App::new()
            .into_utoipa_app()
            .configure(routes)
            .into_app()
            .app_data(self.state.clone())
            .app_data(self.surroundings.clone())
            .app_data(PathConfig::default().error_handler(|_, _| {
                let detail = "The address is not UTF-8 text once decoded.";
                Problem::new(ProblemKind::Malformed, detail).into()
            }))
            .default_service(to(fallback::unrouted))
            .wrap(from_fn(etag::tagged))
            .wrap(Compress::default())
            .wrap(from_fn(envelope::sealed))
    }
}

/// The route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(scope("/api/v1").configure(api::routes))
        .configure(oruk::routes)
        .configure(docs::routes)
        .configure(problems::routes)
        .configure(health::routes)
        .map(|plain| {
            pages::routes(plain);
            plain
        });
}
