//! What looks like a person's: told where text is free, refused where a mark is opaque,
//! left out where counts are small.

use serde_json::{Value, json};

use crate::{
    api::register::world::{OTHER, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    a_free_text_that_looks_like_a_persons_is_written_with_a_warning,
    a_contact_route_may_have_a_number,
    each_of_a_batch_is_warned_by_itself,
    the_mark_of_an_introduction_is_opaque,
    small_counts_are_left_out_of_the_report,
);

fn codes(answer: &Value) -> Vec<(String, String)> {
    let warnings = answer["warnings"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    warnings.iter().map(|one| (text(&one["field"]), text(&one["code"]))).collect()
}

async fn a_free_text_that_looks_like_a_persons_is_written_with_a_warning(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/postures/{}", name("postures", OWN));
    let mut body = record("postures", OWN);
    body["conditions"] = json!("Ask for Jane Doe, born 12/03/1985, on 07700 900123.");
    body["broker_note"] = json!("He was A1234BC.");
    let reply = world.put("employer", &path, (&world.tag(&path).await, &body)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let told = codes(&reply.json());
    let told: Vec<_> = told.iter().map(|(f, c)| (f.as_str(), c.as_str())).collect();
    assert_eq!(
        told,
        [
            ("conditions", "name-with-date-of-birth"),
            ("conditions", "phone"),
            ("broker_note", "prison-number"),
        ]
    );
    assert!(!reply.json()["warnings"].to_string().contains("Jane"), "texts are not repeated");
    let shown = world.get("employer", &path).await;
    assert_eq!(shown.header("etag"), reply.header("etag"), "the tag is the record's alone");
    assert_eq!(shown.json().get("warnings"), None, "readers are not told");
    let clean =
        world.put("employer", &path, (reply.header("etag"), &record("postures", OWN))).await;
    assert_eq!(clean.json().get("warnings"), None, "{}", clean.text());
}

async fn a_contact_route_may_have_a_number(t: TestStore) {
    let world = World::small(t).await;
    let route = |channel: &str, value: &str| {
        json!({"audience": "public",
        "role_title": "Front desk", "channel": channel, "value": value})
    };
    let contacts = json!([route("phone", "01865 496 012"), route("email", "j.doe@x.example")]);
    let reply = world.change("organisations", OWN, &json!({"contacts": contacts})).await;
    assert_eq!(codes(&reply.json()), []);
    let text = json!({"description": "Ring 01865 496 012."});
    let reply = world.change("organisations", OWN, &text).await;
    assert_eq!(codes(&reply.json()), [("description".to_owned(), "phone".to_owned())]);
}

async fn each_of_a_batch_is_warned_by_itself(t: TestStore) {
    let world = World::small(t).await;
    let item = |slug: &str, summary: &str| {
        let mut body = record("events", OWN);
        body["slug"] = json!(slug);
        body["summary"] = json!(summary);
        body
    };
    let items = [item("one", "Come along."), item("two", "Ring 07700 900123."), json!({})];
    let reply = world.post("coordinator", "/events/batches", &json!({"items": items})).await;
    let results = reply.json()["results"].clone();
    let all: Vec<_> = results.as_array().unwrap().iter().map(codes).collect();
    assert_eq!(all, [vec![], vec![("summary".to_owned(), "phone".to_owned())], vec![]]);
}

async fn the_mark_of_an_introduction_is_opaque(t: TestStore) {
    let world = World::small(t).await;
    for mark in ["A1234BC", "John-Smith-12-03-1985", "AB123456C", "john smith", "x@y.org"] {
        let mut body = record("introductions", OWN);
        body["slug"] = json!("new-one");
        body["reference"] = json!(mark);
        let problem = world.post("broker", "/introductions", &body).await;
        let problem = problem.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "not-opaque", "{mark}");
        assert!(!problem.to_string().contains(mark), "{problem}");
    }
}

async fn small_counts_are_left_out_of_the_report(t: TestStore) {
    let world = World::small(t).await;
    world.fill(OTHER).await;
    let mut nth = 0;
    let mut introduce = async |count: usize, (cohort, state): (&str, &str), kept: i32| {
        for _ in 0..count {
            nth += 1;
            let mut body = record("introductions", OWN);
            body["slug"] = json!(format!("one-{nth}"));
            body["reference"] = json!(format!("R{nth}"));
            (body["cohort"], body["state"]) = (json!(cohort), json!(state));
            body["outcomes"] = json!({"interviewed": kept, "started": kept, "kept_13_weeks": kept});
            world.create("/introductions", &body).await;
        }
    };
    introduce(6, ("refugees", "under-way"), 2).await;
    introduce(9, ("age-friendly", "closed"), 1).await;
    introduce(1, ("military-family", "declined"), 3).await;
    let report = world.read("coordinator", "/reports/introductions").await;
    // With the two of the world: prison leavers, proposed.
    assert_eq!(report["total"], 18);
    let count = |list: &str, key: &str, value: &str, field: &str| {
        let all = report[list].as_array().unwrap();
        all.iter().find(|one| one[key] == value).unwrap()[field].clone()
    };
    let state = |state: &str| count("states", "state", state, "count");
    assert_eq!((state("proposed"), state("declined")), (Value::Null, Value::Null));
    assert_eq!((state("under-way"), state("closed")), (Value::Null, json!(9)), "3 of 18 - 15");
    assert_eq!(state("accepted"), json!(0));
    let of = |cohort: &str| count("cohorts", "cohort", cohort, "outcomes");
    assert_eq!(of("refugees")["kept_13_weeks"], json!(12));
    assert_eq!(of("military-family").get("kept_13_weeks"), None);
    assert_eq!(of("age-friendly").get("kept_13_weeks"), None, "or 24 - 12 would tell it");
    assert_eq!(report["outcomes"]["kept_13_weeks"], json!(24));
    assert_eq!(report["outcomes"].get("offered"), Some(&json!(0)));
    for who in ["broker", "employer"] {
        world.get(who, "/reports/introductions").await.problem(403, "forbidden");
    }
    world.get("public", "/reports/introductions").await.problem(401, "unauthorised");
}
