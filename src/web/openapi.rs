//! The OpenAPI document: collected from the routes, completed with what all
//! operations share.

use std::sync::OnceLock;

use actix_web::App;
use serde_json::{Map, Value};
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, tag::TagBuilder};
use utoipa_actix_web::AppExt;

use crate::web::routes;

/// What the document says before any route is collected.
fn opening() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Pathways")
        .description(Some(
            "Guidance that answers, and matches with reasons, for an inclusive-economy \
             partnership.\n\nAbsent and null mean the same; we leave out. Values of lists may \
             be added: a client must bear ones it does not know. Totals and counts are exact. \
             Every error is a problem document (RFC 9457).",
        ))
        .version("v1")
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    let tags = [
        ("search", "Search and completion over everything that can be found"),
        ("toolkits", "Toolkits of our own: sections, templates, checklists"),
        ("library", "Guides of others"),
        ("vocabulary", "The words of the field"),
        ("charter", "The charter and its actions"),
        ("register", "Schemes, partnerships, providers, courses and sources"),
        ("problems", "What each kind of problem means"),
        ("health", "For operators"),
    ];
    let tag = |(name, about)| TagBuilder::new().name(name).description(Some(about)).build();
    OpenApiBuilder::new().info(info).tags(Some(tags.map(tag))).build()
}

/// The document of the whole route table.
pub fn document() -> OpenApi {
    App::new().into_utoipa_app().openapi(opening()).configure(routes).split_for_parts().1
}

/// The document as text: the same bytes in every build.
///
/// Sorted by name, since whether JSON objects keep their order depends on what
/// else is compiled in.
pub fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let value = serde_json::to_value(document()).unwrap_or_default();
        serde_json::to_string_pretty(&sorted(value)).unwrap_or_default() + "\n"
    })
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            let entries = entries.into_iter().map(|(name, value)| (name, sorted(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
