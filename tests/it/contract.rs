//! The contract with API clients: the kept OpenAPI document equals the code, and
//! every operation says what it needs to.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Arc, LazyLock, Mutex, OnceLock},
};

use jsonschema::{Draft, Validator};
use pathways::web::openapi;
use serde_json::Value;

/// The document as the code gives it.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(openapi::text()).unwrap())
}

/// Every operation: path, method, and what the document says of it.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        let operations = item.as_object().unwrap().iter();
        operations.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// A schema of the document, ready to judge a value; made once.
fn validator(schema: &Value) -> Arc<Validator> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let make = || {
        let mut whole = schema.clone();
        whole["components"] = document()["components"].clone();
        Arc::new(jsonschema::options().with_draft(Draft::Draft202012).build(&whole).unwrap())
    };
    MADE.lock().unwrap().entry(schema.to_string()).or_insert_with(make).clone()
}

/// A response of an operation, looked up if the document only points to it.
fn response(operation: &'static Value, status: &str) -> &'static Value {
    let responses = operation["responses"].as_object().unwrap();
    let other = Some(status).filter(|status| *status >= "400").and(responses.get("default"));
    let response = responses.get(status).or(other).unwrap_or(&Value::Null);
    response["$ref"]
        .as_str()
        .map_or(response, |link| document().pointer(link.trim_start_matches('#')).unwrap())
}

/// Checks a body against what the document says of such an answer.
pub fn check(method: &str, path: &str, status: u16, media: &str, body: &Value) {
    let fitting = operations()
        .filter(|(template, m, _)| *m == method && fits(template, path))
        .min_by_key(|(template, ..)| template.matches('{').count());
    let Some((template, _, operation)) = fitting else { return };
    let response = response(operation, &status.to_string());
    assert!(response.is_object(), "{method} {template} does not say it can answer {status}");
    let schema = &response["content"][media]["schema"];
    assert!(schema.is_object(), "{method} {template} {status} does not say it answers {media}");
    let faults: Vec<String> = validator(schema)
        .iter_errors(body)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{method} {path} {status}: {}", faults.join("\n"));
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(&path).all(|(want, have)| want == have || want.starts_with('{'))
}

#[test]
fn the_kept_document_equals_the_code() {
    let kept_at = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::create_dir_all(kept_at.parent().unwrap()).unwrap();
        fs::write(&kept_at, openapi::text()).unwrap();
    }
    let kept = fs::read_to_string(&kept_at).unwrap_or_default();
    assert!(kept == openapi::text(), "openapi/openapi.json is stale: rerun with UPDATE_OPENAPI=1");
}

#[test]
fn every_operation_has_a_name_a_tag_and_a_summary() {
    let tags: Vec<&Value> =
        document()["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    let mut ids = Vec::new();
    for (path, method, operation) in operations() {
        let id = operation["operationId"].as_str().unwrap_or_default();
        assert!(!id.is_empty() && !ids.contains(&id), "{method} {path}: {id}");
        ids.push(id);
        assert!(operation["summary"].as_str().is_some_and(|s| s.len() > 5), "{method} {path}");
        let own = operation["tags"].as_array().unwrap();
        assert!(own.len() == 1 && tags.contains(&&own[0]), "{method} {path}: {own:?}");
    }
    assert!(ids.len() > 20);
}

#[test]
fn every_operation_says_which_problems_it_answers() {
    for (path, method, operation) in operations() {
        let responses = operation["responses"].as_object().unwrap();
        let problems = responses.iter().filter(|(status, _)| *status >= &"400".to_owned());
        let mut count = 0;
        for (status, _) in problems {
            let own = (path, status.as_str()) == ("/health/ready", "503");
            let media = if own { "application/json" } else { "application/problem+json" };
            let response = self::response(operation, status);
            assert!(response["content"][media].is_object(), "{path} {status}: {response}");
            count += 1;
        }
        assert!(count >= 2, "{method} {path}");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{method} {path}: {parameter}");
        }
    }
}

#[test]
fn every_operation_has_an_example_that_fits_its_schema() {
    for (path, method, operation) in operations() {
        let (status, answer) = operation["responses"].as_object().unwrap().iter().next().unwrap();
        // Nothing to show: what was asked is done.
        assert!(answer["content"].is_object() || status == "204", "{method} {path} {status}");
        for (media, content) in answer["content"].as_object().into_iter().flatten() {
            let example = &content["example"];
            assert!(!example.is_null(), "{method} {path} has no example");
            check(method, path, status.parse().unwrap(), media, example);
        }
        if let Some(body) = operation.get("requestBody") {
            let content = &body["content"]["application/json"];
            assert!(content["example"].is_object(), "{method} {path} has no example of a body");
            assert!(validator(&content["schema"]).is_valid(&content["example"]), "{method} {path}");
        }
    }
}

#[test]
fn every_field_is_described_and_none_may_be_null() {
    let text = openapi::text();
    assert!(!text.contains("\"null\""), "what is absent is left out");
    for (name, schema) in document()["components"]["schemas"].as_object().unwrap() {
        let own = schema["properties"].as_object();
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let parts = parts.filter_map(|part| part["properties"].as_object());
        for (field, property) in own.into_iter().chain(parts).flatten() {
            assert!(property["description"].is_string(), "{name}.{field} is not described");
        }
    }
}
