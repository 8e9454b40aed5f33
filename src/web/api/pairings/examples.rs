//! Examples of pairing plans for the document.

use serde_json::{Value, json};

/// What a plan comes to.
fn summary() -> Value {
    json!({"placed": 8, "wanted": 10, "fit": 7200, "best_fit": 7200, "costs": 0,
        "certificate": {"method": "duality", "bound": 7200, "gap": 0,
            "text": "No plan is worth more than 7.200 of fit: the bound from the prices of \
                places and people, reckoned in whole numbers, is reached."}})
}

/// What a plan says.
fn content() -> Value {
    json!({"as_of_change": 4711, "day": "2026-11-23", "policy_version": "3",
        "asked": {"minimums": [], "without_needs": [], "without_runs": []},
        "pairings": [{"need": "care-care-assistants", "need_title": "Care assistants",
            "organisation": "brook-bakery", "course": "care-certificate", "nth": 0,
            "course_title": "Care certificate", "provider": "fictional-college",
            "provider_name": "Fictional College", "starts_on": "2027-01-11", "people": 8,
            "fit": 900, "why": ["It is the only run that fits, by 0.900 of fit."],
            "alternatives": [], "fictional": true}],
        "total": 1,
        "unplaced": [{"need": "care-care-assistants", "need_title": "Care assistants",
            "people": 2, "why": "full", "text": "What fits is full with people of this need: \
            Care certificate at Fictional College, 11 January 2027."}],
        "scarce_runs": [{"course": "care-certificate", "nth": 0, "places": 8, "fit": 900,
            "exact": true, "more_people": 1, "text": "One more place on Care certificate at \
            Fictional College, 11 January 2027 would let 1 more be served, and bring 0.900 of \
            fit."}],
        "rules": [], "left_out": [], "overrides": []})
}

fn head() -> Value {
    json!({"id": 12, "url": "/api/v1/partnerships/care/pairings/12", "partnership": "care",
        "state": "draft", "version": 1, "created_at": "2026-11-23T09:30:00Z",
        "written_at": "2026-11-23T09:30:00Z", "register_changed": false,
        "summary": summary()})
}

fn joined(parts: [Value; 3]) -> Value {
    let objects = parts.into_iter().filter_map(|part| match part {
        Value::Object(object) => Some(object),
        _ => None,
    });
    Value::Object(objects.flatten().collect())
}

/// A plan.
pub fn plan() -> Value {
    joined([head(), content(), json!({"introductions": [], "not_introduced": []})])
}

/// Plans.
pub fn plans() -> Value {
    json!({"pairings": [head()], "total": 1, "page": 1, "per_page": 20})
}

/// What a plan comes to.
pub fn check() -> Value {
    joined([json!({"summary": summary()}), content(), json!({})])
}

/// Versions of a plan.
pub fn versions() -> Value {
    let own = json!({"version": 1, "act": "create", "act_label": "Made", "actor": "token:7",
        "role": "coordinator", "at": "2026-11-23T09:30:00Z", "summary": summary()});
    json!({"versions": [joined([own, content(), json!({})])], "total": 1})
}
