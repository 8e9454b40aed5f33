//! Lists: totals are exact, filters compose, and pages add up.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    api::register::world::{KINDS, OTHER, OWN, World, listed, name, record},
    contract,
    support::TestStore,
};

on_both_databases!(
    pages_add_up_to_the_exact_total,
    filters_are_or_inside_and_and_across,
    what_is_not_stated_can_be_asked_for,
    each_filter_finds_what_the_records_say,
    only_the_fields_asked_for_are_told,
    what_is_no_parameter_is_refused_with_the_nearest,
);

/// Openings of two organisations that differ in what can be filtered by.
async fn openings(world: &World) -> Vec<Value> {
    world.fill(OTHER).await;
    let mut items = Vec::new();
    for nth in 0..23_usize {
        let mut body = record("openings", if nth % 3 == 0 { OTHER } else { OWN });
        body["slug"] = json!(format!("work-{nth:02}"));
        body["work_type"] = json!(["kitchen", "driving"][nth % 2]);
        for (field, values) in
            [("hours", ["part-time", "full-time", ""]), ("base", ["on-site", "", "hybrid"])]
        {
            match values[nth % values.len()] {
                "" => drop(body.as_object_mut().unwrap().remove(field)),
                value => body[field] = json!(value),
            }
        }
        body["cohorts"] = match nth % 4 {
            0 => json!([]),
            1 => json!(["refugees"]),
            _ => json!(["refugees", "prison-leavers"]),
        };
        items.push(body);
    }
    let reply = world.post("coordinator", "/openings/batches", &json!({"items": items})).await;
    assert_eq!(reply.json()["created"], 23, "{}", reply.text());
    every(world, "public", "openings", "").await
}

/// All records of a list, page by page.
async fn every(world: &World, who: &str, kind: &str, filters: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for page in 1.. {
        let path = format!("/{kind}?per_page=7&page={page}&{filters}");
        let body = world.read(who, &path).await;
        let some = body[listed(kind)].as_array().unwrap().clone();
        let (total, last) = (body["total"].as_u64().unwrap(), some.len() < 7);
        found.extend(some);
        if last {
            assert_eq!(found.len() as u64, total, "{path}");
            return found;
        }
    }
    unreachable!("pages end")
}

fn slugs<'a>(records: impl IntoIterator<Item = &'a Value>) -> Vec<&'a str> {
    records.into_iter().map(|one| one["slug"].as_str().unwrap()).collect()
}

async fn pages_add_up_to_the_exact_total(t: TestStore) {
    let world = World::small(t).await;
    let all = openings(&world).await;
    assert_eq!(all.len(), 25);
    let names = slugs(&all);
    let distinct: BTreeSet<_> = names.iter().collect();
    assert!(names.is_sorted() && distinct.len() == 25, "each once, by name: {names:?}");
    let beyond = world.read("public", "/openings?page=5&per_page=7").await;
    assert_eq!((&beyond["total"], &beyond["openings"]), (&json!(25), &json!([])));
    let far = world.read("public", "/openings?page=1000000000&per_page=100").await;
    assert_eq!(far["openings"], json!([]));
    for odd in ["page=0", "page=-1", "page=x", "per_page=0", "per_page=101", "page=1&page=2"] {
        world.get("public", &format!("/openings?{odd}")).await.problem(422, "invalid-request");
    }
    let of_one = world.read("public", &format!("/organisations/{OWN}/openings?per_page=7")).await;
    let own = all.iter().filter(|one| one["organisation"] == OWN).count();
    assert_eq!(of_one["total"], own);
    assert_eq!(of_one["openings"].as_array().unwrap().len(), 7);
}

async fn filters_are_or_inside_and_and_across(t: TestStore) {
    let world = World::small(t).await;
    let all = openings(&world).await;
    let is = |field: &'static str, values: &'static [&'static str]| {
        move |one: &Value| values.iter().any(|value| one[field] == *value)
    };
    let either = every(&world, "public", "openings", "hours=part-time&hours=full-time").await;
    let expected = all.iter().filter(|one| is("hours", &["part-time", "full-time"])(one));
    assert_eq!(slugs(&either), slugs(expected));
    let both =
        "hours=part-time&hours=full-time&base=hybrid&work_type=driving&organisation=brook-bakery";
    let found = every(&world, "public", "openings", both).await;
    let expected: Vec<_> = all
        .iter()
        .filter(|one| is("hours", &["part-time", "full-time"])(one))
        .filter(|one| is("base", &["hybrid"])(one) && is("work_type", &["driving"])(one))
        .filter(|one| is("organisation", &[OWN])(one))
        .collect();
    assert_eq!(slugs(&found), slugs(expected.iter().copied()));
    let twice = every(&world, "public", "openings", "hours=part-time&hours=part-time").await;
    let once = every(&world, "public", "openings", "hours=part-time").await;
    assert_eq!(slugs(&twice), slugs(&once));
    // A record with several values is found by each, and once.
    let cohorts =
        every(&world, "public", "openings", "cohort=refugees&cohort=prison-leavers").await;
    let expected = all.iter().filter(|one| one["cohorts"] != json!([]));
    assert_eq!(slugs(&cohorts), slugs(expected));
}

async fn what_is_not_stated_can_be_asked_for(t: TestStore) {
    let world = World::small(t).await;
    let all = openings(&world).await;
    let missing = every(&world, "public", "openings", "hours=_missing").await;
    let expected: Vec<_> = all.iter().filter(|one| one.get("hours").is_none()).collect();
    assert!(!expected.is_empty());
    assert_eq!(slugs(&missing), slugs(expected));
    let or = every(&world, "public", "openings", "base=_missing&base=hybrid").await;
    let expected = all.iter().filter(|one| one.get("base").is_none_or(|base| base == "hybrid"));
    assert_eq!(slugs(&or), slugs(expected));
    let nobody = every(&world, "public", "openings", "cohort=_missing").await;
    let expected = all.iter().filter(|one| one["cohorts"] == json!([]));
    assert_eq!(slugs(&nobody), slugs(expected));
    let reply = world.get("public", "/openings?state=_missing").await;
    let problem = reply.problem(422, "invalid-request");
    assert_eq!(problem["errors"][0]["code"], "unknown-value", "it is never missing");
}

/// Of each filter that looks at one field of the same name: its values divide the list.
async fn each_filter_finds_what_the_records_say(t: TestStore) {
    let world = World::whole(t).await;
    world.change("pledges", OWN, &json!({"pledge_confirmed_on": "2026-11-01"})).await;
    world.change("organisations", OTHER, &json!({"size_band": "large", "anchor": true})).await;
    let mut tried = 0;
    for kind in KINDS {
        let all = every(&world, "coordinator", kind, "").await;
        let list = &contract::document()["paths"][format!("/api/v1/{kind}")]["get"];
        for parameter in list["parameters"].as_array().unwrap() {
            let filter = parameter["name"].as_str().unwrap();
            let mut by_value: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for one in &all {
                let value = match &one[filter] {
                    Value::String(text) => text.clone(),
                    Value::Bool(flag) => flag.to_string(),
                    _ => continue,
                };
                by_value.entry(value).or_default().push(one["slug"].as_str().unwrap());
            }
            for (value, expected) in by_value {
                let path = format!("{filter}={value}");
                let found = every(&world, "coordinator", kind, &path).await;
                assert_eq!(slugs(&found), expected, "/{kind}?{path}");
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "{tried}");
}

async fn only_the_fields_asked_for_are_told(t: TestStore) {
    let world = World::small(t).await;
    for kind in KINDS {
        let list = world.read("coordinator", &format!("/{kind}?fields=version,%20stated_on")).await;
        for one in list[listed(kind)].as_array().unwrap() {
            let names: Vec<_> = one.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(
                BTreeSet::from_iter(names),
                BTreeSet::from(["slug", "stated_on", "version"])
            );
        }
        let path = format!("/{kind}/{}?fields=url", name(kind, OWN));
        let one = world.read("coordinator", &path).await;
        assert_eq!(one.as_object().unwrap().len(), 2, "{one}");
        let all = world.read("coordinator", &format!("/{kind}/{}", name(kind, OWN))).await;
        for field in all.as_object().unwrap().keys() {
            let path = format!("/{kind}/{}?fields={field}", name(kind, OWN));
            assert_eq!(world.read("coordinator", &path).await[field], all[field], "{kind} {field}");
        }
    }
    let history = format!("/organisations/{OWN}/history?fields=name");
    let version = world.read("public", &history).await["versions"][0].clone();
    assert!(version["name"].is_string() && version["effective_on"].is_string(), "{version}");
    assert!(version.get("sector").is_none());
}

async fn what_is_no_parameter_is_refused_with_the_nearest(t: TestStore) {
    let world = World::small(t).await;
    for (path, code, nearest) in [
        ("/openings?hour=part-time", "unknown-parameter", "hours"),
        ("/openings?hours=parttime", "unknown-value", "part-time"),
        ("/organisations?sector=hospitalty", "unknown-value", "hospitality"),
        ("/postures?cohort=refugee", "unknown-value", "refugees"),
        ("/openings?fields=titel", "unknown-value", "title"),
        ("/events?form=2026-01-01", "unknown-parameter", "from"),
        ("/organisations/brook-bakery?as_off=2026-01-01", "unknown-parameter", "as_of"),
    ] {
        let problem = world.get("public", path).await.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], code, "{path}");
        let nearest = format!("The nearest is \"{nearest}\".");
        assert!(problem["detail"].as_str().unwrap().contains(&nearest), "{path}: {problem}");
    }
    // All that is wrong is told at once, also to a write.
    let many = world.get("public", "/openings?hour=1&base=nowhere&page=0&fields=x").await;
    let problem = many.problem(422, "invalid-request");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 4, "{problem}");
    let write = world.post("coordinator", "/openings?force=true", &record("openings", OWN)).await;
    assert_eq!(write.problem(422, "invalid-request")["errors"][0]["field"], "force");
    for day in ["2026-13-01", "2027-02-29", "yesterday"] {
        world.get("public", &format!("/events?from={day}")).await.problem(422, "invalid-request");
    }
}
