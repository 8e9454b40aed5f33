//! A route of the register: an address, a method, a handler, and what the OpenAPI
//! document says of it.
//!
//! The attribute macros of actix and utoipa write one address each; the kinds of record
//! share their handlers, so their routes are values.

use actix_web::{
    FromRequest, Handler, Resource, Responder,
    dev::{AppService, HttpServiceFactory},
    guard,
};
use serde_json::Value;
use utoipa::openapi::{
    HttpMethod, PathItem,
    path::{Operation, OperationBuilder, Paths, PathsBuilder},
};
use utoipa_actix_web::OpenApiFactory;

use crate::web::api::register::documents::Schemas;

/// A route.
pub struct Route {
    /// Its address below `/api/v1`.
    pub path: String,
    /// Its method.
    pub method: HttpMethod,
    /// What answers it.
    pub resource: Resource,
    /// What the document says of it.
    pub operation: Value,
    /// Adds the schemas that the document speaks of.
    pub schemas: fn(&mut Schemas),
}

impl HttpServiceFactory for Route {
    fn register(self, config: &mut AppService) {
        self.resource.register(config);
    }
}

impl OpenApiFactory for Route {
    fn paths(&self) -> Paths {
        let operation: Operation = serde_json::from_value(self.operation.clone())
            .unwrap_or_else(|_| OperationBuilder::new().build());
        let item = PathItem::new(self.method.clone(), operation);
        PathsBuilder::new().path(self.path.clone(), item).build()
    }

    fn schemas(&self, schemas: &mut Schemas) {
        (self.schemas)(schemas);
    }
}

/// A route with a handler.
pub fn route<F, Args>(
    (method, path): (HttpMethod, String),
    handler: F,
    operation: Value,
    schemas: fn(&mut Schemas),
) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let resource = Resource::new(path.as_str());
    let resource = match method {
        HttpMethod::Post => resource.guard(guard::Post()),
        HttpMethod::Put => resource.guard(guard::Put()),
        HttpMethod::Delete => resource.guard(guard::Delete()),
        _ => resource.guard(guard::Get()),
    };
    Route { path, method, resource: resource.to(handler), operation, schemas }
}
