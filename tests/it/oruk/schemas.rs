//! The standard's shapes as its published facts give them, in our own words: which fields
//! must be there, of which type and form. Written apart from the code that it judges.

use std::sync::LazyLock;

use jsonschema::{Draft, Validator};
use pathways::domain::oruk::Thing;
use serde_json::{Map, Value, json};

/// A thing: what it must have, and of which form its fields are.
type Shape = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// `kind:name` for a thing, `kind*:name` for things; otherwise a form.
const SHAPES: [Shape; 15] = [
    (
        "service",
        &["id", "name", "status"],
        &[
            ("id", "uuid"),
            ("organization_id", "uuid"),
            ("name", "text"),
            ("description", "text"),
            ("url", "uri"),
            ("email", "email"),
            ("status", "status"),
            ("fees", "text"),
            ("accreditations", "text"),
            ("minimum_age", "number"),
            ("maximum_age", "number"),
            ("assured_date", "date"),
            ("alert", "text"),
            ("last_modified", "date-time"),
            ("fictional", "flag"),
            ("schedules", "many:schedule"),
            ("service_areas", "many:service_area"),
            ("languages", "many:language"),
            ("service_at_locations", "many:service_at_location"),
            ("funding", "many:funding"),
            ("organization", "one:organization"),
            ("cost_options", "many:cost_option"),
            ("attributes", "many:attribute"),
        ],
    ),
    (
        "organization",
        &["id", "name", "description"],
        &[
            ("id", "uuid"),
            ("name", "text"),
            ("description", "text"),
            ("email", "email"),
            ("website", "uri"),
            ("logo", "text"),
            ("uri", "uri"),
            ("parent_organization_id", "uuid"),
            ("fictional", "flag"),
            ("organization_identifiers", "many:organization_identifier"),
            ("attributes", "many:attribute"),
        ],
    ),
    (
        "organization_identifier",
        &["id", "identifier_type", "identifier"],
        &[
            ("id", "uuid"),
            ("organization_id", "uuid"),
            ("identifier_scheme", "text"),
            ("identifier_type", "text"),
            ("identifier", "text"),
        ],
    ),
    (
        "service_at_location",
        &["id"],
        &[
            ("id", "uuid"),
            ("service_id", "uuid"),
            ("location_id", "uuid"),
            ("location", "one:location"),
            ("service", "one:service"),
        ],
    ),
    (
        "location",
        &["id", "location_type"],
        &[
            ("id", "uuid"),
            ("location_type", "place"),
            ("name", "text"),
            ("description", "text"),
            ("latitude", "number"),
            ("longitude", "number"),
            ("external_identifier", "text"),
            ("external_identifier_type", "text"),
            ("addresses", "many:address"),
            ("accessibility", "many:accessibility"),
            ("attributes", "many:attribute"),
        ],
    ),
    (
        "address",
        &["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
        &[
            ("id", "uuid"),
            ("location_id", "uuid"),
            ("address_1", "text"),
            ("city", "text"),
            ("region", "text"),
            ("state_province", "text"),
            ("postal_code", "text"),
            ("country", "text"),
            ("address_type", "place"),
        ],
    ),
    (
        "accessibility",
        &["id"],
        &[
            ("id", "uuid"),
            ("location_id", "uuid"),
            ("description", "text"),
            ("details", "text"),
            ("url", "uri"),
        ],
    ),
    (
        "schedule",
        &["id"],
        &[
            ("id", "uuid"),
            ("service_id", "uuid"),
            ("service_at_location_id", "uuid"),
            ("valid_from", "date"),
            ("valid_to", "date"),
            ("dtstart", "text"),
            ("freq", "freq"),
            ("interval", "number"),
            ("byday", "text"),
            ("bymonthday", "text"),
            ("description", "text"),
            ("opens_at", "text"),
            ("closes_at", "text"),
            ("schedule_link", "uri"),
            ("attending_type", "text"),
            ("notes", "text"),
        ],
    ),
    (
        "service_area",
        &["id"],
        &[
            ("id", "uuid"),
            ("service_id", "uuid"),
            ("name", "text"),
            ("extent", "text"),
            ("extent_type", "text"),
            ("uri", "uri"),
        ],
    ),
    (
        "language",
        &["id"],
        &[
            ("id", "uuid"),
            ("service_id", "uuid"),
            ("name", "text"),
            ("code", "text"),
            ("note", "text"),
        ],
    ),
    ("funding", &["id"], &[("id", "uuid"), ("service_id", "uuid"), ("source", "text")]),
    (
        "cost_option",
        &["id"],
        &[
            ("id", "uuid"),
            ("service_id", "uuid"),
            ("valid_from", "date"),
            ("valid_to", "date"),
            ("option", "text"),
            ("amount", "number"),
            ("amount_description", "text"),
        ],
    ),
    (
        "attribute",
        &["id"],
        &[
            ("id", "uuid"),
            ("link_id", "uuid"),
            ("link_type", "text"),
            ("taxonomy_term_id", "uuid"),
            ("taxonomy_term", "one:taxonomy_term"),
        ],
    ),
    (
        "taxonomy_term",
        &["id", "name", "description"],
        &[
            ("id", "uuid"),
            ("name", "text"),
            ("description", "text"),
            ("parent_id", "uuid"),
            ("taxonomy", "text"),
            ("taxonomy_id", "uuid"),
            ("term_uri", "uri"),
        ],
    ),
    (
        "taxonomy",
        &["id", "name", "description"],
        &[
            ("id", "uuid"),
            ("name", "text"),
            ("description", "text"),
            ("uri", "uri"),
            ("version", "text"),
        ],
    ),
];

fn form(form: &str) -> Value {
    match form {
        "text" => json!({"type": "string", "minLength": 1}),
        "number" => json!({"type": "number"}),
        "flag" => json!({"const": true}),
        "status" => json!({"enum": ["active", "inactive", "defunct", "temporarily closed"]}),
        "place" => json!({"enum": ["physical", "postal", "virtual"]}),
        "freq" => json!({"enum": ["WEEKLY", "MONTHLY"]}),
        "date" | "date-time" | "uuid" | "uri" | "email" => {
            json!({"type": "string", "format": form})
        }
        _ => match form.split_once(':').unwrap() {
            ("one", thing) => json!({"$ref": format!("#/$defs/{thing}")}),
            ("many", thing) => {
                json!({"type": "array", "minItems": 1, "items": {"$ref": format!("#/$defs/{thing}")}})
            }
            _ => panic!("{form}"),
        },
    }
}

/// A schema for one thing, in full or as lists show it: then it has no lists.
fn schema(name: &str, listed: bool) -> Value {
    let shape = |(name, required, fields): &Shape| {
        let shown = fields.iter().filter(|(_, form)| !listed || !form.starts_with("many:"));
        let properties: Map<String, Value> =
            shown.map(|(field, kind)| ((*field).to_owned(), form(kind))).collect();
        let shape = json!({"type": "object", "required": required, "properties": properties,
            "additionalProperties": false});
        ((*name).to_owned(), shape)
    };
    let defs: Map<String, Value> = SHAPES.iter().map(shape).collect();
    json!({"$ref": format!("#/$defs/{name}"), "$defs": defs})
}

/// Every field of these shapes, by the name of its thing.
pub fn fields(thing: Thing) -> Vec<&'static str> {
    let (_, _, fields) = SHAPES.iter().find(|(name, ..)| *name == name_of(thing)).unwrap();
    fields.iter().map(|(name, _)| *name).collect()
}

fn name_of(thing: Thing) -> &'static str {
    if thing == Thing::Place { "service_at_location" } else { thing.as_str() }
}

/// Judges by a schema, with formats.
pub fn judge(schema: &Value) -> Validator {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options.should_validate_formats(true).build(schema).unwrap()
}

/// The judge of a kind of thing, in full or as lists show it.
pub fn judge_of(thing: Thing, listed: bool) -> Validator {
    judge(&schema(name_of(thing), listed))
}

/// The judge of a page's frame.
pub fn judge_of_pages() -> &'static Validator {
    static JUDGE: LazyLock<Validator> = LazyLock::new(|| {
        let count = json!({"type": "integer", "minimum": 0});
        let flag = json!({"type": "boolean"});
        judge(&json!({"type": "object", "additionalProperties": false, "properties": {
            "total_items": count, "total_pages": count, "page_number": {"type": "integer", "minimum": 1},
            "size": count, "first_page": flag, "last_page": flag, "empty": flag,
            "contents": {"type": "array", "items": {"type": "object"}}},
            "required": ["total_items", "total_pages", "page_number", "size", "first_page",
                "last_page", "empty", "contents"]}))
    });
    &JUDGE
}

/// What is wrong with a value, each fault with its place.
pub fn faults(judge: &Validator, value: &Value) -> Vec<String> {
    judge.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

#[test]
fn the_judge_sees_what_is_wrong() {
    let judge = judge_of(Thing::Service, false);
    let id = "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11";
    let good = json!({"id": id, "name": "A", "status": "active"});
    assert_eq!(faults(&judge, &good), [] as [&str; 0]);
    for (field, bad) in [
        ("id", json!("7")),
        ("status", json!("open")),
        ("url", json!("e.org")),
        ("email", json!("x")),
        ("last_modified", json!("2026-11-01")),
        ("description", json!("")),
        ("fees", json!(null)),
        ("schedules", json!([])),
        ("broker_note", json!("secret")),
        ("assured_date", json!("soon")),
    ] {
        let mut broken = good.clone();
        broken[field] = bad;
        assert_eq!(faults(&judge, &broken).len(), 1, "{field}");
    }
    let listed = judge_of(Thing::Service, true);
    let mut nested = good.clone();
    nested["schedules"] = json!([{"id": id}]);
    assert!(faults(&judge, &nested).is_empty() && !faults(&listed, &nested).is_empty());
}
