//! Schemas of the feed's things in the OpenAPI document, made from the allow-list.

use serde_json::{Map, Value, json};

use crate::domain::oruk::{Field, Holds, Thing};

/// Things with an address of their own, and with a list.
const LISTED: [Thing; 5] =
    [Thing::Service, Thing::Organization, Thing::Place, Thing::Taxonomy, Thing::Term];

/// Adds the schemas of all things and of their lists.
pub fn add(schemas: &mut Map<String, Value>) {
    for thing in Thing::ALL {
        schemas.insert(name(*thing), schema(*thing));
    }
    for thing in LISTED {
        schemas.insert(format!("{}Page", name(thing)), page(thing));
    }
}

/// The schema of a thing.
pub fn schema(thing: Thing) -> Value {
    let properties = thing.fields().iter().map(|field| (field.name.to_owned(), property(field)));
    let required = thing.fields().iter().filter(|field| field.required).map(|field| field.name);
    json!({
        "type": "object", "description": format!("Open Referral UK: {}", thing.label()),
        "properties": properties.collect::<Map<_, _>>(),
        "required": required.collect::<Vec<_>>(), "additionalProperties": false,
    })
}

/// The name of a thing's schema: `OrukServiceArea` for `service_area`.
fn name(thing: Thing) -> String {
    let words = thing.as_str().split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    format!("Oruk{}", words.collect::<String>())
}

fn link(thing: Thing) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name(thing))})
}

fn property(field: &Field) -> Value {
    let mut schema = match field.holds {
        Holds::Text => json!({"type": "string"}),
        Holds::Id => json!({"type": "string", "format": "uuid"}),
        Holds::Uri => json!({"type": "string", "format": "uri"}),
        Holds::Email => json!({"type": "string", "format": "email"}),
        // The standard leaves its form open; it begins with a day.
        Holds::Day => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"}),
        Holds::Moment => json!({"type": "string", "format": "date-time"}),
        Holds::Word(words) => json!({"type": "string", "enum": words}),
        Holds::Number => json!({"type": "number"}),
        Holds::Flag => json!({"type": "boolean"}),
        Holds::One(thing) => link(thing),
        Holds::Many(thing) => json!({"type": "array", "items": link(thing)}),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), field.about.into());
    }
    schema
}

fn page(thing: Thing) -> Value {
    let count = |about: &str| json!({"type": "integer", "minimum": 0, "description": about});
    let flag = |about: &str| json!({"type": "boolean", "description": about});
    let properties = json!({
        "total_items": count("How many there are in all"),
        "total_pages": count("How many pages there are"),
        "page_number": count("This page, from 1"),
        "size": count("How many stand on this page"),
        "first_page": flag("Whether no page comes before it"),
        "last_page": flag("Whether no page comes after it"),
        "empty": flag("Whether nothing stands on it"),
        "contents": {"type": "array", "items": link(thing),
            "description": "They themselves, without what they have many of"},
    });
    let required: Vec<&String> =
        properties.as_object().into_iter().flatten().map(|(k, _)| k).collect();
    json!({
        "type": "object", "description": format!("Open Referral UK: a page of a list; {}", thing.label()),
        "required": required, "properties": properties,
    })
}
