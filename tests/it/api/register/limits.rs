//! The document and the validators say the same: each field of each form is probed at
//! its limits, and just beyond them.

use jsonschema::Draft;
use serde_json::{Value, json};

use crate::{
    api::register::world::{KINDS, OWN, World, record},
    contract::document,
    support::TestStore,
};

/// A schema itself, where the document points to it.
fn resolved(schema: &'static Value) -> &'static Value {
    match schema["$ref"].as_str() {
        Some(link) => document().pointer(link.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn form(kind: &str) -> &'static Value {
    let body = &document()["paths"][format!("/api/v1/{kind}")]["post"]["requestBody"];
    resolved(&body["content"]["application/json"]["schema"])
}

/// A value that fits a schema; `nth` tells several of a list apart.
fn sample(schema: &'static Value, nth: usize) -> Value {
    let schema = resolved(schema);
    if let Some(words) = schema["enum"].as_array() {
        return words[nth % words.len()].clone();
    }
    if let Some(example) = schema["examples"].get(0).or(schema.get("example")) {
        let numbered = || format!("{}-{nth}", example.as_str().unwrap());
        return match schema["pattern"].as_str() {
            Some("^[0-9]{5}$" | "^[0-9]{2,5}$") => json!(format!("{nth:05}")),
            Some("^[0-9]{4}$") => json!(format!("{nth:04}")),
            Some("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$") => json!(numbered()),
            None if schema["format"].is_null() && example.is_string() => json!(numbered()),
            _ => example.clone(),
        };
    }
    match schema["type"].as_str().unwrap() {
        "string" if schema["pattern"].as_str().is_some_and(|p| p.contains("://")) => {
            json!("https://example.org/")
        }
        "string" => json!(format!("text {nth}")),
        "boolean" => json!(true),
        "integer" | "number" => schema["minimum"].clone(),
        "array" => json!([]),
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten();
            let field = |name: &'static Value| {
                let name = name.as_str().unwrap();
                (name.to_owned(), sample(&schema["properties"][name], nth))
            };
            Value::Object(required.map(field).collect())
        }
        other => panic!("a {other}"),
    }
}

/// Values at the limits of a schema and just beyond.
fn probes(schema: &'static Value) -> Vec<Value> {
    let at = |name: &str| schema[name].as_i64();
    let mut found = Vec::new();
    if schema["type"] == "string" && schema["enum"].is_null() {
        let lengths = [at("minLength"), at("maxLength")].into_iter().flatten();
        for length in lengths.flat_map(|n| [n - 1, n, n + 1]).filter(|n| *n >= 0) {
            let length = usize::try_from(length).unwrap();
            let address: String =
                "https://e.example/".chars().chain(std::iter::repeat('a')).take(length).collect();
            // Letters of two bytes: limits are of characters.
            found.extend([json!("a".repeat(length)), json!(address), json!("é".repeat(length))]);
        }
        found.extend(["0".repeat(5), "OX16 5QA".to_owned(), "GB-COH".to_owned()].map(Value::from));
        if schema["format"] == "date" {
            let days = ["2027-03-01", "2027-02-29", "2028-02-29", "01/03/2027", "2027-3-1"];
            found.extend(days.map(Value::from));
        }
        if schema["format"] == "date-time" {
            let times = ["2027-03-01T09:30:00Z", "2027-03-01T09:30:00+01:00", "2027-03-01 9:30"];
            found.extend(times.map(Value::from));
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        found.extend(words.iter().cloned());
        found.push(json!("nobody-says-this"));
    }
    if matches!(schema["type"].as_str(), Some("integer")) {
        let bounds = [at("minimum"), at("maximum")].into_iter().flatten();
        found.extend(bounds.flat_map(|n| [n - 1, n, n + 1]).map(Value::from));
    }
    if schema["type"] == "number" {
        let bounds = [&schema["minimum"], &schema["maximum"]];
        let bounds = bounds.into_iter().filter_map(Value::as_f64);
        found.extend(bounds.flat_map(|n| [n - 1.0, n, n + 1.0]).map(Value::from));
    }
    if schema["type"] == "array" {
        let most = usize::try_from(at("maxItems").expect("a list has a limit")).unwrap();
        for count in [0, 1, most, most + 1] {
            let items = (0..count).map(|nth| sample(&schema["items"], nth));
            found.push(items.collect());
        }
    }
    found
}

/// Every field of a form, also within its parts: the way to it, and its schema.
fn fields(schema: &'static Value, above: &[String]) -> Vec<(Vec<String>, &'static Value)> {
    let mut found = Vec::new();
    for (name, property) in schema["properties"].as_object().unwrap() {
        let mut way = above.to_vec();
        way.push(name.clone());
        let own = resolved(property);
        found.push((way.clone(), own));
        if own["type"] == "object" {
            found.extend(fields(own, &way));
        } else if own["type"] == "array" {
            way.push("0".to_owned());
            let item = resolved(&own["items"]);
            if item["type"] == "object" {
                found.extend(fields(item, &way));
            } else {
                found.push((way, item));
            }
        }
    }
    found
}

/// Puts a value in a body, with what has to be around it.
fn put(body: &mut Value, way: &[String], (schema, value): (&'static Value, &Value)) {
    let (first, rest) = way.split_first().unwrap();
    let schema = resolved(schema);
    if let Ok(index) = first.parse::<usize>() {
        let items = body.as_array_mut().unwrap();
        if items.len() <= index {
            items.push(sample(&schema["items"], 0));
        }
        match rest {
            [] => items[index] = value.clone(),
            rest => put(&mut items[index], rest, (&schema["items"], value)),
        }
        return;
    }
    let property = &schema["properties"][first];
    if rest.is_empty() {
        body[first] = value.clone();
        return;
    }
    if body[first].is_null() {
        body[first] = sample(property, 0);
    }
    put(&mut body[first], rest, (property, value));
}

#[tokio::test]
async fn each_field_takes_what_the_document_says_and_nothing_else() {
    let world = World::small(TestStore::sqlite()).await;
    let (mut tried, mut faults) = (0, Vec::new());
    for kind in KINDS {
        let schema = form(kind);
        for (way, field) in fields(schema, &[]) {
            if way[0] == "voice" {
                continue;
            }
            let judge = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(field)
                .unwrap_or_else(|_| inlined(field));
            for probe in probes(field) {
                let mut body = record(kind, OWN);
                put(&mut body, &way, (schema, &probe));
                // Always refused, so that nothing is written, and all faults are told.
                body["voice"] = json!("nobody");
                let reply = world.post("coordinator", &format!("/{kind}"), &body).await;
                let problem = reply.problem(422, "invalid-request");
                let pointer = format!("#/{}", way.join("/"));
                let errors = problem["errors"].as_array().unwrap();
                assert!(errors.iter().any(|error| error["pointer"] == "#/voice"), "{problem}");
                let refused = errors.iter().any(|error| {
                    let at = error["pointer"].as_str().unwrap_or_default();
                    at == pointer || at.starts_with(&format!("{pointer}/"))
                });
                if judge.is_valid(&probe) == refused {
                    let short: String = probe.to_string().chars().take(60).collect();
                    faults.push(format!("{kind} {pointer}: refused={refused} {short}"));
                }
                tried += 1;
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(tried > 1000, "only {tried}");
}

/// A judge of a schema that points to others.
fn inlined(schema: &Value) -> jsonschema::Validator {
    let mut whole = schema.clone();
    whole["components"] = document()["components"].clone();
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options.should_validate_formats(true).build(&whole).unwrap()
}

#[tokio::test]
async fn each_required_field_is_missed_by_name() {
    let world = World::small(TestStore::sqlite()).await;
    for kind in KINDS {
        for name in form(kind)["required"].as_array().unwrap() {
            let name = name.as_str().unwrap();
            let mut body = record(kind, OWN);
            body.as_object_mut().unwrap().remove(name).unwrap();
            let reply = world.post("coordinator", &format!("/{kind}"), &body).await;
            let problem = reply.problem(422, "invalid-request");
            assert_eq!(problem["errors"][0]["pointer"], format!("#/{name}"), "{kind}");
            assert_eq!(problem["errors"][0]["code"], "missing", "{kind} {name}");
        }
    }
}
