//! From a record to the JSON object that a caller is shown: the fields of its form, what
//! is read-only beside them, and of both only what the caller may see.

use serde_json::{Map, Value, json};

use crate::{
    app::register::Found,
    domain::{
        access::{self, Caller},
        register::{Audience, Body, RecordKind},
        slug::Slug,
    },
    web::api::register::{form::RecordForm, kinds, wire::Written},
};

/// Fields that answers have and no form takes, with what they mean.
pub const READ_ONLY: [(&str, Shape, &str); 8] = [
    ("url", Shape::Text, "Its address in this API."),
    ("version", Shape::Number, "1 for the first version, one more with each change."),
    ("confirmed_on", Shape::Day, "The last day that somebody who knows confirmed it."),
    ("ended_on", Shape::Day, "The first day it does not count."),
    ("end_reason", Shape::Text, "Why it no longer counts."),
    ("recorded_at", Shape::Moment, "When this version was written, UTC."),
    (
        "freshness",
        Shape::Text,
        "How long ago somebody who knows stood by it: `confirmed-90-days`, `confirmed-1-year`, \
         `stale`, `never-confirmed`.",
    ),
    ("counts", Shape::Flag, "Whether it counts on the day: said, not ended, not run out."),
];

/// What a read-only field looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number, at least 1.
    Number,
    /// A number of things, perhaps none.
    Count,
    /// True or false.
    Flag,
    /// A date.
    Day,
    /// A time.
    Moment,
    /// A value with a schema of that name.
    One(&'static str),
    /// A list of such values.
    List(&'static str),
}

/// What a caller is shown of a record; with `fields`, only those and the `slug`.
pub fn shown<F: RecordForm>(
    caller: &Caller,
    found: &Found<F::Body>,
    fields: Option<&[String]>,
) -> Map<String, Value> {
    let record = &found.record;
    let kind = F::Body::KIND;
    let own = record.slug.clone();
    let owner = if kind == RecordKind::Organisation { Some(&own) } else { record.body.owner() };
    let mut object = whole::<F>(found);
    let peace = object.get("do_not_contact") == Some(&Value::Bool(true));
    object.retain(|name, _| {
        let wanted = name == "slug" || fields.is_none_or(|fields| fields.contains(name));
        wanted && access::shows(caller, kind, owner, name)
    });
    if !caller.keeps() && !caller.owns(owner) {
        trim(caller, peace, &mut object);
    }
    object
}

/// The record with all its fields.
fn whole<F: RecordForm>(found: &Found<F::Body>) -> Map<String, Value> {
    let (record, day) = (&found.record, found.day);
    let mut object = match serde_json::to_value(F::of(record)) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let mut add = |name: &str, value: Value| {
        object.insert(name.to_owned(), value);
    };
    add("slug", json!(record.slug.as_str()));
    add("url", json!(kinds::url(F::Body::KIND, &record.slug)));
    add("version", json!(record.version));
    add("recorded_at", json!(record.recorded_at.write()));
    add("freshness", json!(record.freshness(day).as_str()));
    add("counts", json!(record.counts_on(day)));
    if let Some(on) = record.confirmed_on {
        add("confirmed_on", json!(on.write()));
    }
    if let Some(ending) = &record.ended {
        add("ended_on", json!(ending.on.write()));
        if let Some(reason) = &ending.reason {
            add("end_reason", json!(reason));
        }
    }
    F::work_out(found, &mut object);
    object
}

/// Takes out parts of lists that are not for the caller: contacts of another audience,
/// or all of them where the organisation asked for that; updates that are not public.
fn trim(caller: &Caller, peace: bool, object: &mut Map<String, Value>) {
    let list = |value: Option<&mut Value>, keep: &dyn Fn(&Value) -> bool| {
        if let Some(Value::Array(items)) = value {
            items.retain(keep);
        }
    };
    list(object.get_mut("contacts"), &|contact| {
        let audience = contact.get("audience").and_then(Value::as_str).and_then(Audience::parse);
        let told = match audience {
            Some(Audience::Public) => true,
            Some(Audience::Broker) => caller.brokers(),
            Some(Audience::Coordinator) | None => false,
        };
        told && !peace
    });
    list(object.get_mut("updates"), &|update| update.get("published") == Some(&Value::Bool(true)));
}

/// The name under which a kind's answers stand among the schemas.
pub fn schema_name(kind: RecordKind) -> String {
    format!("{}Body", kinds::schema(kind))
}

/// The owner that a caller speaks for, where lists of a kind are its own alone.
pub fn own(caller: &Caller, kind: RecordKind) -> Option<&Slug> {
    caller.organisation.as_ref().filter(|_| kind == RecordKind::Introduction)
}
