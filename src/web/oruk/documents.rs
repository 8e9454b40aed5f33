//! What the feed says of itself: its OpenAPI document, and how it extends the standard.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{ACCEPT, CACHE_CONTROL, VARY},
};
use serde_json::{Map, Value, json};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    domain::oruk::VERSION,
    web::{
        openapi,
        oruk::{BASE, base, profile},
        pages,
        problem::Problem,
        query::Query,
    },
};

/// Give the OpenAPI document of the feed alone.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_openapi",
    responses((status = 200, description = "The document", body = Object,
        content_type = "application/json", example = json!({"openapi": "3.1.0"}))),
)]
#[get("/oruk/v3/openapi.json")]
async fn show_feed_openapi(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Query::read(request.query_string())?.finish()?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(own_document()))
}

/// Say how employers, pledges and toolkits extend the standard. Browsers are shown a page.
#[utoipa::path(
    tag = "open-referral",
    operation_id = "show_feed_profile",
    responses((status = 200, description = "The profile: what is added to which schema of the \
        standard, as merge patches (RFC 7396), and where what has no place in it is read",
        body = Object, content_type = "application/json",
        example = json!({"name": "Pathways for employers", "extends": "HSDS-UK-3.0"}))),
)]
#[get("/oruk/v3/profile")]
async fn show_feed_profile(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Query::read(request.query_string())?.finish()?;
    let accepted = request.headers().get_all(ACCEPT).filter_map(|value| value.to_str().ok());
    let people = accepted.into_iter().any(|accept| accept.contains("text/html"));
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CACHE_CONTROL, "no-cache")).insert_header((VARY, "accept"));
    if people {
        let page = pages::oruk::page().into_string();
        return Ok(answer.content_type("text/html; charset=utf-8").body(page));
    }
    Ok(answer.json(profile::document(&base(&request))))
}

/// The feed's part of the OpenAPI document, with its addresses below its own.
fn own_document() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let whole: Value = serde_json::from_str(openapi::text()).unwrap_or_default();
        let paths = whole.get("paths").and_then(Value::as_object).into_iter().flatten();
        let own = paths.filter_map(|(path, item)| {
            let below = path.strip_prefix(BASE)?;
            let below = if below.is_empty() { "/" } else { below };
            Some((below.to_owned(), item.clone()))
        });
        let paths = Value::Object(own.collect());
        let components = needed(&paths, &whole);
        let document = json!({
            "openapi": whole.get("openapi"), "servers": [{"url": BASE}],
            "info": {"title": "Pathways: open feed of services", "version": VERSION,
                "description": "Open Referral UK profile 3.0, with the extensions of its profile"},
            "paths": paths, "components": components,
        });
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    })
}

/// The components that a document names, and those that they name.
fn needed(document: &Value, whole: &Value) -> Value {
    let mut waiting = Vec::new();
    links(document, &mut waiting);
    let mut seen = BTreeSet::new();
    let mut components: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    while let Some(link) = waiting.pop() {
        let Some((kind, name)) = link.strip_prefix("#/components/").and_then(|l| l.split_once('/'))
        else {
            continue;
        };
        if !seen.insert(link.clone()) {
            continue;
        }
        let component = whole.pointer(&format!("/components/{kind}/{name}"));
        let component = component.cloned().unwrap_or_default();
        links(&component, &mut waiting);
        components.entry(kind.to_owned()).or_default().insert(name.to_owned(), component);
    }
    components.into_iter().map(|(kind, named)| (kind, Value::Object(named))).collect()
}

fn links(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            for field in fields.values() {
                links(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| links(item, found)),
        _ => {}
    }
}

/// The documents' part of the route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_feed_openapi).service(show_feed_profile);
}
