//! The OpenAPI document: collected from the routes, completed with what all
//! operations share.

use std::sync::OnceLock;

use actix_web::App;
use serde_json::{Map, Value, json};
use utoipa::openapi::{
    InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, schema::ComponentsBuilder,
    tag::TagBuilder,
};
use utoipa_actix_web::AppExt;

use crate::web::{
    oruk::{self, schema},
    problem::{CandidateBody, FaultBody, ProblemBody, ProblemKind},
    routes,
};

/// What the document says of the service before any route is collected.
const ABOUT: &str = "Guidance that answers, and matches with reasons, for an inclusive-economy \
    partnership.\n\nAbsent and null mean the same; answers leave out. Values may be added to any \
    list of values: a client must bear ones it does not know. Totals and counts are exact. Every \
    error is a problem document (RFC 9457) whose `type` has a page. Unknown parameters and \
    fields are refused, with the nearest that is known.";

/// Tags in the order shown.
const TAGS: [(&str, &str); 27] = [
    ("search", "Search and completion over everything that can be found"),
    ("toolkits", "Toolkits of our own: sections, templates, checklists"),
    ("library", "Guides of others"),
    ("vocabulary", "The words of the field"),
    ("charter", "The charter, its versions and actions"),
    ("register", "Providers, kinds of course and sources"),
    ("partnerships", "Forums of employers and providers, with members, meetings and actions"),
    ("meetings", "Meetings of partnerships, held and to come"),
    ("partnership-actions", "What partnerships agreed to do: by whom, by when"),
    ("classifications", "Codes for industries (SIC 2007) and occupations (SOC 2020)"),
    ("organisations", "Employers, providers, charities and public bodies"),
    ("signatures", "Organisations' years under the charter"),
    ("pledges", "What they promise for a year, and how far it has come"),
    ("postures", "What employers say about hiring from a group"),
    ("openings", "Work and placements on offer"),
    ("events", "Meetings, seminars, visits, campaigns"),
    ("case-studies", "How others did it"),
    ("introductions", "Who was brought together with whom; for brokers and coordinators"),
    ("schemes", "Badges, awards and pledges of others that an organisation can hold"),
    ("needs", "What partnerships need: people, skills, levels, by when"),
    ("courses", "What providers teach, with venues and runs"),
    ("reports", "What the partnership asks of its register, as JSON, CSV and workbooks"),
    ("administration", "Audit trail and tokens; for those who run the service"),
    ("matching", "What fits an employer, the policy behind it, and action plans"),
    ("open-referral", "The open feed of services (Open Referral UK 3.0), for scripts on any site"),
    ("problems", "What each kind of problem means"),
    ("health", "For operators"),
];

/// The document as the routes give it.
pub fn collected() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Pathways")
        .description(Some(ABOUT))
        .version("v1")
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    let tag = |(name, about)| TagBuilder::new().name(name).description(Some(about)).build();
    let problems = ComponentsBuilder::new()
        .schema_from::<ProblemBody>()
        .schema_from::<FaultBody>()
        .schema_from::<CandidateBody>()
        .build();
    let opening =
        OpenApiBuilder::new().info(info).tags(Some(TAGS.map(tag))).components(Some(problems));
    App::new().into_utoipa_app().openapi(opening.build()).configure(routes).split_for_parts().1
}

/// The document as text: the same bytes in every build.
///
/// Sorted by name, since whether JSON objects keep their order depends on what
/// else is compiled in.
pub fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut document = serde_json::to_value(collected()).unwrap_or_default();
        complete(&mut document);
        serde_json::to_string_pretty(&sorted(document)).unwrap_or_default() + "\n"
    })
}

/// Adds what every operation shares, and takes out what no answer has.
fn complete(document: &mut Value) {
    without_null(document);
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        let schemas = components.entry("schemas").or_insert_with(|| json!({}));
        schemas.as_object_mut().into_iter().for_each(schema::add);
        components.insert("responses".to_owned(), problem_responses());
        components.insert("headers".to_owned(), shared_headers());
        let about = "A token, made with `pathways token create`";
        let token = json!({"type": "http", "scheme": "bearer", "description": about});
        components.insert("securitySchemes".to_owned(), json!({"token": token}));
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                complete_operation(path, method, operation);
            }
        }
    }
}

/// Names the problems an operation can answer, and the headers it always has.
fn complete_operation(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let feed = path.starts_with(oruk::BASE);
    let stored = path.starts_with("/api/v1") || path.starts_with("/problems") || feed;
    let shows_change = path.starts_with("/api/v1") || feed;
    let mut kinds = vec![ProblemKind::TooManyRequests, ProblemKind::Internal];
    if shows_change {
        kinds.push(ProblemKind::Malformed);
        kinds.push(ProblemKind::AddressTooLong);
        kinds.push(ProblemKind::Invalid);
    }
    if path.contains('{') || path == "/api/v1/charter" {
        kinds.push(ProblemKind::NotFound);
    }
    if operation.contains_key("requestBody") {
        kinds.push(ProblemKind::Malformed);
        kinds.push(ProblemKind::TooLarge);
        kinds.push(ProblemKind::UnsupportedMediaType);
    }
    kinds.extend(problems_of_tokens(method, operation));
    let reads = method == "get" && stored;
    if path.starts_with("/api/v1") {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        shared_parameters(parameters, reads);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
        return;
    };
    for (_, response) in responses.iter_mut() {
        if response.get("$ref").is_some() {
            continue;
        }
        let headers = response.as_object_mut().map(|r| r.entry("headers").or_insert(json!({})));
        if let Some(headers) = headers.and_then(Value::as_object_mut) {
            for name in ["x-request-id", "etag", "x-change"] {
                let has = name == "x-request-id"
                    || (name == "etag" && reads)
                    || (name == "x-change" && shows_change);
                if has {
                    let link = json!({"$ref": format!("#/components/headers/{name}")});
                    headers.insert(name.to_owned(), link);
                }
            }
        }
    }
    if reads {
        let about = "What the caller has, by its entity tag, is still right";
        responses.insert("304".to_owned(), json!({ "description": about }));
    }
    responses.insert(
        "default".to_owned(),
        json!({
            "description": "Any other problem, such as a method that is not taken (405)",
            "content": {"application/problem+json":
                {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
        }),
    );
    for kind in kinds {
        let link = json!({"$ref": format!("#/components/responses/{}", kind.slug())});
        responses.entry(kind.status().as_str()).or_insert(link);
    }
}

/// The problems of an operation that knows tokens: of who asks, and of writing.
fn problems_of_tokens(method: &str, operation: &Map<String, Value>) -> Vec<ProblemKind> {
    let Some(ways) = operation.get("security").and_then(Value::as_array) else {
        return Vec::new();
    };
    let open = ways.iter().any(|way| way.as_object().is_some_and(Map::is_empty));
    let mut kinds = vec![ProblemKind::Unauthorised, ProblemKind::Unavailable];
    if !open {
        kinds.push(ProblemKind::Forbidden);
    }
    if method != "get" {
        kinds.extend([ProblemKind::Conflict, ProblemKind::Full]);
    }
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let if_match = parameters.filter(|one| one.get("name").is_some_and(|name| name == "if-match"));
    if if_match.count() > 0 {
        kinds.extend([ProblemKind::Stale, ProblemKind::Unconditional]);
    }
    kinds
}

/// Parameters that every operation of the API takes; tags only where it reads.
fn shared_parameters(parameters: &mut Value, reads: bool) {
    let Some(parameters) = parameters.as_array_mut() else { return };
    parameters.push(json!({
        "name": "after_change", "in": "query", "required": false,
        "description": "Wait up to 2 s until this change is shown; the header `x-change` says \
                        what is",
        "schema": {"type": "integer", "format": "int64", "minimum": 0}
    }));
    if !reads {
        return;
    }
    parameters.push(json!({
        "name": "if-none-match", "in": "header", "required": false,
        "description": "Entity tags of what the caller has",
        "schema": {"type": "string"}
    }));
}

/// A response for each kind of problem, with an example.
fn problem_responses() -> Value {
    let response = |kind: ProblemKind| {
        let example = json!({
            "type": format!("/problems/{}", kind.slug()),
            "title": kind.title(),
            "status": kind.status().as_u16(),
            "detail": kind.meaning(),
            "request_id": "5f0c1c9a6b8e4d31"
        });
        let content = json!({"application/problem+json": {
            "schema": {"$ref": "#/components/schemas/ProblemBody"}, "example": example}});
        (kind.slug().to_owned(), json!({"description": kind.title(), "content": content}))
    };
    Value::Object(ProblemKind::ALL.into_iter().map(response).collect())
}

fn shared_headers() -> Value {
    json!({
        "etag": {
            "description": "Strong entity tag: a hash of the body, of a record with its version \
                            before it. Weak if it is compressed",
            "schema": {"type": "string"}
        },
        "x-change": {
            "description": "Number of the last change of the register that is shown",
            "schema": {"type": "integer", "format": "int64"}
        },
        "x-request-id": {
            "description": "The request's id: the caller's own, or one made here",
            "schema": {"type": "string"}
        }
    })
}

/// Takes `null` out of every schema: what is absent is left out.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let types = map.get("type").and_then(Value::as_array);
            let rest: Option<Vec<Value>> =
                types.map(|types| types.iter().filter(|one| *one != "null").cloned().collect());
            if let Some([only]) = rest.as_deref() {
                map.insert("type".to_owned(), only.clone());
            }
            let choices = map.get("oneOf").and_then(Value::as_array);
            let rest: Option<Vec<Value>> = choices.map(|choices| {
                choices.iter().filter(|one| one["type"] != "null").cloned().collect()
            });
            if let Some([only]) = rest.as_deref() {
                let only = only.clone();
                map.remove("oneOf");
                map.extend(only.as_object().cloned().unwrap_or_default());
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
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
