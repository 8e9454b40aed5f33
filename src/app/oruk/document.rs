//! Documents of the feed: only what the allow-list names, nothing empty, everything of the
//! form that the standard gives it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::oruk::{Field, Holds, Thing, day_in, is_email, is_moment, is_uri, is_uuid};

/// A thing of the feed, as JSON has it.
pub type Document = Map<String, Value>;

/// A text may have so many characters; a longer one is left out.
const MOST_CHARACTERS: usize = 20_000;

/// What was left out of somebody's documents, and how often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeMap<(String, &'static str), u64>);

impl LeftOut {
    /// Notes something.
    pub fn note(&mut self, what: impl Into<String>, why: &'static str) {
        *self.0.entry((what.into(), why)).or_default() += 1;
    }

    /// What, why and how often, by name.
    pub fn told(&self) -> impl Iterator<Item = (&str, &'static str, u64)> {
        self.0.iter().map(|((what, why), count)| (what.as_str(), *why, *count))
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The thing with what the allow-list names of it; `None` if it lacks what it must have.
///
/// A description that the standard asks for and the feed lacks is the name.
pub fn clean(thing: Thing, value: &Value, left_out: &mut LeftOut) -> Option<Document> {
    let given = value.as_object()?;
    let mut document = Document::new();
    for field in thing.fields() {
        let told = given.get(field.name).filter(|value| !is_empty(value));
        let told = match told {
            None if field.required && field.name == "description" => given.get("name"),
            told => told,
        };
        let what = || format!("{thing}.{}", field.name);
        match told.and_then(|value| held(field, value, left_out)) {
            Some(value) => {
                document.insert(field.name.to_owned(), value);
            }
            None if field.required => {
                left_out.note(what(), "the standard asks for it, so what lacks it is left out");
                return None;
            }
            None => {
                if told.is_some_and(|value| !matches!(value, Value::Array(_) | Value::Bool(false)))
                {
                    left_out.note(what(), "it is not of the standard's form");
                }
            }
        }
    }
    Some(document)
}

/// The thing as lists show it: what it has once, and nothing that it has many of.
pub fn brief(thing: Thing, document: &Document) -> Document {
    let mut brief = Document::new();
    for Field { name, holds, .. } in thing.fields() {
        match (holds, document.get(*name)) {
            (Holds::Many(_), _) | (_, None) => {}
            (Holds::One(part), Some(Value::Object(inner))) => {
                brief.insert((*name).to_owned(), Value::Object(self::brief(*part, inner)));
            }
            (_, Some(value)) => {
                brief.insert((*name).to_owned(), value.clone());
            }
        }
    }
    brief
}

/// The text of a field, if it has one.
pub fn text<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    document.get(name).and_then(Value::as_str)
}

/// The things of a field.
pub fn parts<'a>(document: &'a Document, name: &str) -> impl Iterator<Item = &'a Document> {
    let items = document.get(name).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_object)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn held(field: &Field, value: &Value, left_out: &mut LeftOut) -> Option<Value> {
    match field.holds {
        Holds::Text => plain(value).map(Value::String),
        Holds::Id => value.as_str().filter(|id| is_uuid(id)).map(|id| id.to_lowercase().into()),
        Holds::Uri => formed(value, is_uri),
        Holds::Email => formed(value, is_email),
        Holds::Day => formed(value, |text| day_in(text).is_some()),
        Holds::Moment => formed(value, is_moment),
        Holds::Word(words) => formed(value, |text| words.contains(&text)),
        Holds::Number => match value {
            Value::Number(_) => Some(value.clone()),
            Value::String(text) => {
                let number: f64 = text.trim().parse().ok()?;
                serde_json::Number::from_f64(number).map(Value::Number)
            }
            _ => None,
        },
        Holds::Flag => (*value == Value::Bool(true)).then_some(Value::Bool(true)),
        Holds::One(thing) => clean(thing, value, left_out).map(Value::Object),
        Holds::Many(thing) => {
            let items = value.as_array()?.iter();
            let items: Vec<Value> =
                items.filter_map(|item| clean(thing, item, left_out).map(Value::Object)).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
    }
}

fn formed(value: &Value, is: impl Fn(&str) -> bool) -> Option<Value> {
    value.as_str().filter(|text| is(text)).map(Value::from)
}

/// A text without the characters that no reader is shown.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let shown = |c: &char| !c.is_control() || matches!(c, '\n' | '\t' | '\r');
    let text: String = text.chars().filter(shown).collect();
    (!text.trim().is_empty() && text.chars().count() <= MOST_CHARACTERS).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "6A0E9A54-0D3C-4C3B-8E0F-2B0C5C1B7C11";

    #[test]
    fn only_what_the_list_names_passes_and_nothing_empty() {
        let mut left_out = LeftOut::default();
        let given = json!({
            "id": ID, "name": "Hub", "status": "active", "description": "", "url": null,
            "contacts": [{"id": ID, "name": "A person"}], "broker_note": "secret",
            "minimum_age": "16", "email": "not an address", "fictional": false,
            "languages": [], "schedules": [{"id": ID, "secret": 1}, {"no": "id"}],
            "organization": {"id": ID, "name": "Org"}
        });
        let clean = clean(Thing::Service, &given, &mut left_out).unwrap();
        let id = ID.to_lowercase();
        assert_eq!(
            Value::Object(clean),
            json!({
                "id": id, "name": "Hub", "status": "active", "minimum_age": 16.0,
                "schedules": [{"id": id}],
                "organization": {"id": id, "name": "Org", "description": "Org"}
            })
        );
        let told: Vec<_> = left_out.told().map(|(what, _, count)| (what, count)).collect();
        assert_eq!(told, [("schedule.id", 1), ("service.email", 1)]);
    }

    #[test]
    fn what_lacks_what_it_must_have_is_left_out_whole() {
        let mut left_out = LeftOut::default();
        for bad in [
            json!({"id": ID, "name": "Hub"}),
            json!({"id": "7", "name": "Hub", "status": "active"}),
            json!([]),
        ] {
            assert_eq!(clean(Thing::Service, &bad, &mut left_out), None, "{bad}");
        }
        assert!(!left_out.is_empty());
    }

    #[test]
    fn a_list_shows_no_list() {
        let service = json!({"id": ID, "name": "Hub", "status": "active", "attributes": [{"id": ID}],
            "organization": {"id": ID, "name": "Org", "description": "Org", "attributes": []}});
        let brief = brief(Thing::Service, service.as_object().unwrap());
        assert_eq!(brief.keys().map(String::as_str).collect::<Vec<_>>().len(), 4);
        assert_eq!(brief["organization"].as_object().unwrap().len(), 3);
    }
}
