//! What the OpenAPI document says of the register: the same for each kind, made from the
//! kind's form, its filters and its example.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    app::register::Found,
    domain::{
        access::{Caller, Role},
        register::{Body, Record, RecordKind},
    },
    web::api::register::{
        answer::{self, READ_ONLY, Shape},
        filters::{self, Values},
        form::RecordForm,
        kinds,
        signature::SignatureForm,
        warning::WarningBody,
    },
};

/// Schemas by name, as utoipa collects them.
pub type Schemas = Vec<(String, RefOr<Schema>)>;

/// The schemas of a kind: form, answer, list, versions.
pub fn schemas<F: RecordForm>(all: &mut Schemas) {
    let kind = F::Body::KIND;
    all.push((F::name().into_owned(), F::schema()));
    F::schemas(all);
    F::schemas_beside(all);
    all.push((WarningBody::name().into_owned(), <WarningBody as PartialSchema>::schema()));
    let one = answer_schema::<F>();
    let mut version = one.clone();
    add(&mut version, "effective_on", Shape::Day, "The day from which this version holds.");
    let about = "Who wrote it: `token:` and its number, or `operator`; for coordinators.";
    add(&mut version, "actor", Shape::Text, about);
    let name = answer::schema_name(kind);
    let many = page(kinds::list_name(kind), &name, "The records of the page, by name.");
    let versions_name = versions_name(kind);
    let versions = page("versions", &version_name(kind), "The versions, first one first.");
    for (name, schema) in [
        (name, one),
        (list_schema_name(kind), many),
        (version_name(kind), version),
        (versions_name, versions),
    ] {
        if let Ok(schema) = serde_json::from_value(schema) {
            all.push((name, schema));
        }
    }
}

/// The name of the schema of a page of records.
pub fn list_schema_name(kind: RecordKind) -> String {
    match kind {
        RecordKind::CaseStudy => "CaseStudiesBody".to_owned(),
        other => format!("{}sBody", kinds::schema(other)),
    }
}

/// The name of the schema of a page of versions.
pub fn versions_name(kind: RecordKind) -> String {
    format!("{}VersionsBody", kinds::schema(kind))
}

fn version_name(kind: RecordKind) -> String {
    format!("{}VersionBody", kinds::schema(kind))
}

/// The form's fields and those that are read-only; only `slug` is always there.
fn answer_schema<F: RecordForm>() -> Value {
    let mut schema = serde_json::to_value(F::schema()).unwrap_or_default();
    if let Some(object) = schema.as_object_mut() {
        let about = object.get("description").and_then(Value::as_str).unwrap_or_default();
        let about = format!(
            "{about}\n\nWhat was not stated, and what the caller may not see, is left out."
        );
        object.insert("description".to_owned(), json!(about));
        object.insert("required".to_owned(), json!(["slug"]));
        if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
            properties.remove("confirm_new");
        }
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let about = "In the answer to a write: free texts that look as if they were about a \
                     person. Absent where there are none.";
        let items = json!({"$ref": "#/components/schemas/WarningBody"});
        let list = json!({"type": "array", "description": about, "items": items, "readOnly": true});
        properties.insert("warnings".to_owned(), list);
    }
    for (name, shape, about) in READ_ONLY.iter().chain(F::WORKED_OUT) {
        add(&mut schema, name, *shape, about);
    }
    schema
}

fn add(schema: &mut Value, name: &str, shape: Shape, about: &str) {
    let shape = match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Number => json!({"type": "integer", "format": "int64", "minimum": 1}),
        Shape::Count => json!({"type": "integer", "format": "int32", "minimum": 0}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Day => json!({"type": "string", "format": "date"}),
        Shape::Moment => json!({"type": "string", "format": "date-time"}),
        Shape::One(of) => json!({"allOf": [{"$ref": format!("#/components/schemas/{of}")}]}),
        Shape::List(of) => json!({
            "type": "array", "items": {"$ref": format!("#/components/schemas/{of}")}
        }),
    };
    let mut property = shape;
    if let Some(property) = property.as_object_mut() {
        property.insert("description".to_owned(), json!(about));
        property.insert("readOnly".to_owned(), json!(true));
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert(name.to_owned(), property);
    }
}

/// The schema of a page of things under a name.
pub fn page(list: &str, of: &str, about: &str) -> Value {
    let number = |about: &str| json!({"type": "integer", "minimum": 0, "description": about});
    json!({
        "type": "object",
        "required": [list, "total", "page", "per_page"],
        "properties": {
            list: {"type": "array", "description": about,
                "items": {"$ref": format!("#/components/schemas/{of}")}},
            "total": number("How many there are in all."),
            "page": number("The page, from 1."),
            "per_page": number("How many a page has."),
        }
    })
}

/// A record as it is answered to a coordinator.
pub fn example<F: RecordForm>() -> Value {
    let found = sample::<F>().map(|record| {
        let year = sample::<SignatureForm>().filter(|_| F::Body::KIND == RecordKind::Pledge);
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
        Found { record, day, year, places: None }
    });
    let keeper = Caller { role: Role::Coordinator, organisation: None, token: Some(1) };
    let shown = found.map(|found| answer::shown::<F>(&keeper, &found, None));
    Value::Object(shown.unwrap_or_default())
}

fn sample<F: RecordForm>() -> Option<Record<F::Body>> {
    let form: F = serde_json::from_value(F::example()).ok()?;
    let draft = form.draft().ok()?;
    Some(Record {
        slug: draft.name(),
        version: 1,
        said: draft.said,
        confirmed_on: None,
        ended: None,
        fictional: draft.fictional,
        recorded_at: draft_time()?,
        doubted_on: None,
        body: draft.body,
    })
}

fn draft_time() -> Option<chrono::NaiveDateTime> {
    NaiveDate::from_ymd_opt(2026, 11, 23)?.and_hms_opt(9, 30, 0)
}

/// A page with one record.
pub fn example_page<F: RecordForm>() -> Value {
    json!({kinds::list_name(F::Body::KIND): [example::<F>()], "total": 1, "page": 1, "per_page": 20})
}

/// A page with one version.
pub fn example_versions<F: RecordForm>() -> Value {
    let mut version = example::<F>();
    if let Some(object) = version.as_object_mut() {
        object.insert("effective_on".to_owned(), json!("2026-10-01"));
        object.insert("actor".to_owned(), json!("token:3"));
    }
    json!({"versions": [version], "total": 1, "page": 1, "per_page": 20})
}

/// The record in an address.
pub fn slug_parameter(kind: RecordKind) -> Value {
    json!({
        "name": "slug", "in": "path", "required": true,
        "description": format!("Public name of {}", kinds::one(kind)),
        "schema": {"type": "string", "minLength": 1, "maxLength": 80}
    })
}

/// The header that says which version is changed.
pub fn if_match() -> Value {
    json!({
        "name": "if-match", "in": "header", "required": true,
        "description": "Entity tag of the record as it was read, strong or weak; compared by \
                        version",
        "schema": {"type": "string"}
    })
}

/// The same header where it may be left out.
pub fn optional_if_match() -> Value {
    let mut header = if_match();
    if let Some(header) = header.as_object_mut() {
        header.insert("required".to_owned(), json!(false));
    }
    header
}

/// The header that asks for a new record.
pub fn if_none_match() -> Value {
    json!({"name": "if-none-match", "in": "header", "required": false,
        "description": "`*` to create it under this name", "schema": {"type": "string"}})
}

/// The header that makes a write safe to send twice.
pub fn idempotency_key() -> Value {
    json!({
        "name": "idempotency-key", "in": "header", "required": false,
        "description": "A key of the sender's for this request: sent again within 24 hours with \
                        the same body, the first outcome is answered again",
        "schema": {"type": "string", "minLength": 1, "maxLength": 180}
    })
}

/// A parameter of the query string.
pub fn query(name: &str, about: &str, schema: &Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": about, "schema": schema})
}

/// The parameters by which records of a kind are listed.
pub fn list_parameters(kind: RecordKind) -> Vec<Value> {
    let mut parameters: Vec<Value> = filters::of(kind)
        .iter()
        .map(|filter| {
            let missing = if filter.missing { "; `_missing` for not stated" } else { "" };
            let item = match filter.values {
                Values::Day => json!({"type": "string", "format": "date"}),
                Values::Of(_) | Values::Name | Values::Text => json!({"type": "string"}),
            };
            let about = format!("{}{missing}. May repeat: any of them", filter.about);
            query(filter.name, &about, &json!({"type": "array", "items": item}))
        })
        .collect();
    parameters.extend(paging());
    parameters.push(fields());
    parameters
}

/// The parameters of a page.
pub fn paging() -> [Value; 2] {
    let number = |most: i64| json!({"type": "integer", "minimum": 1, "maximum": most});
    [
        query("page", "The page, from 1 (the default)", &number(1_000_000_000)),
        query("per_page", "Records on a page; 20 unless given", &number(100)),
    ]
}

/// The parameter for some fields only.
pub fn fields() -> Value {
    let about = "Only these fields, and `slug`: names with commas between them";
    query("fields", about, &json!({"type": "string"}))
}

/// The parameter for a day.
pub fn as_of() -> Value {
    let about = "As it was on this day, today at the latest, judged by what was said by then";
    query("as_of", about, &json!({"type": "string", "format": "date"}))
}

/// An answer of JSON.
pub fn answer(about: &str, schema: &str, example: &Value) -> Value {
    json!({
        "description": about,
        "content": {"application/json": {
            "schema": {"$ref": format!("#/components/schemas/{schema}")}, "example": example}}
    })
}

/// An answer with a record, its tag and, of a new one, its address.
pub fn record_answer<F: RecordForm>(about: &str, new: bool) -> Value {
    let name = answer::schema_name(F::Body::KIND);
    let mut answer = answer(about, &name, &example::<F>());
    let mut headers = Map::new();
    headers.insert("etag".to_owned(), json!({"$ref": "#/components/headers/etag"}));
    if new {
        let location = json!({"description": "Its address", "schema": {"type": "string"}});
        headers.insert("location".to_owned(), location);
    }
    if let Some(answer) = answer.as_object_mut() {
        answer.insert("headers".to_owned(), Value::Object(headers));
    }
    answer
}

/// A body of JSON.
pub fn body(about: &str, schema: &str, example: &Value) -> Value {
    json!({
        "description": about, "required": true,
        "content": {"application/json": {
            "schema": {"$ref": format!("#/components/schemas/{schema}")}, "example": example}}
    })
}
