//! What a coordinator keeps of what can be published as well: needs and courses.

use serde_json::{Value, json};

use crate::{
    api::register::world::{OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    what_is_written_is_found_by_the_next_search_and_gone_when_it_ends,
    lists_are_filtered_and_their_totals_are_exact,
    what_was_published_can_be_changed_and_tells_its_history,
    runs_and_codes_that_cannot_be_are_refused,
    what_is_not_there_is_refused_with_the_nearest,
    what_is_no_record_is_told_in_small_letters,
    an_ended_action_is_pledged_by_nobody_anew_and_old_pledges_keep_it,
    a_signature_names_a_version_that_there_is,
    an_action_is_kept_under_its_code_and_found,
);

async fn found(world: &World, query: &str) -> Vec<Value> {
    let answer = world.read("public", &format!("/search?{query}&per_page=100")).await;
    answer["results"].as_array().unwrap().clone()
}

async fn what_is_written_is_found_by_the_next_search_and_gone_when_it_ends(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let courses = || found(&world, "q=evening+kitchen+skills&kind=course");
    let own = name("courses", OWN);
    assert!(courses().await.iter().any(|one| one["id"] == json!(own)));
    let body = record("needs", "a");
    let page = world.page(&format!("/courses/{own}")).await;
    for told in ["12 January 2027", "Teaching kitchen · Part time · Evening · free", "12 places"]
    {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    let mut body = body;
    body["title"] = json!("Zither menders for wandering bands");
    world.create("/needs", &body).await;
    world.catch_up().await;
    let forums = found(&world, "q=zither+menders&kind=partnership").await;
    assert_eq!(forums[0]["id"], "care");
    let forum = world.read("public", "/partnerships/care").await;
    let titles = forum["needs"].as_array().unwrap().iter().map(|need| &need["title"]);
    assert!(titles.into_iter().any(|title| *title == body["title"]));

    for path in [format!("/courses/{own}"), "/needs/a-needs".to_owned()] {
        let tag = world.tag(&path).await;
        assert_eq!(world.delete("coordinator", &path, &tag).await.status, 200);
    }
    world.catch_up().await;
    assert!(courses().await.iter().all(|one| one["id"] != json!(own)));
    assert_eq!(found(&world, "q=zither&kind=partnership").await, [] as [Value; 0]);
}

async fn lists_are_filtered_and_their_totals_are_exact(t: TestStore) {
    let world = World::small(t).await;
    let total = async |path: &str| {
        let answer = world.read("public", path).await;
        answer["total"].as_u64().unwrap()
    };
    let all = total("/needs?per_page=1").await;
    let (stated, missing) =
        (total("/needs?priority=high").await, total("/needs?priority=_missing").await);
    assert_eq!((stated, stated + missing), (1, all), "what was published is among them");
    let mut body = record("needs", "a");
    body["priority"] = json!("low");
    body["partnership"] = json!("construction");
    world.create("/needs", &body).await;
    for (query, expected) in [
        ("priority=high&priority=low", 2),
        ("priority=low&partnership=construction", 1),
        ("priority=low&partnership=care", 0),
        ("soc=6135&priority=high", 1),
        ("horizon=1y&state=open&priority=low", 1),
        ("horizon=1y&state=met", 0),
    ] {
        assert_eq!(total(&format!("/needs?{query}")).await, expected, "{query}");
    }
    let problem = world.get("public", "/needs?partnership=caer").await;
    let problem = problem.problem(422, "invalid-request");
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("\"care\""), "{problem}");
    let courses = total("/courses").await;
    let classroom = total("/courses?delivery=classroom").await;
    assert_eq!((classroom, classroom + total("/courses?delivery=_missing").await), (1, courses));
    assert_eq!(total("/courses?provider=activate-learning&sector=hospitality&soc=5434").await, 1);
}

async fn what_was_published_can_be_changed_and_tells_its_history(t: TestStore) {
    let world = World::small(t).await;
    let path = "/needs/care-people-skills";
    let before = world.read("coordinator", path).await;
    assert_eq!((&before["voice"], &before["version"]), (&json!("public-source"), &json!(1)));
    let mut body = before.clone();
    for read_only in ["url", "version", "recorded_at", "freshness", "counts"] {
        body.as_object_mut().unwrap().remove(read_only);
    }
    let same = world.put("coordinator", path, ("*", &body)).await;
    assert_eq!((same.status.as_u16(), same.json()["version"].clone()), (200, json!(1)));
    body["headcount"] = json!(12);
    body["voice"] = json!("partnership");
    body["stated_on"] = json!("2026-11-23");
    let reply = world.put("coordinator", path, (&world.tag(path).await, &body)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let day_before = world.read("public", &format!("{path}?as_of=2026-11-22")).await;
    assert!(day_before.get("headcount").is_none());
    assert_eq!(world.read("public", path).await["headcount"], 12);
    let history = world.read("coordinator", &format!("{path}/history")).await;
    assert_eq!(history["total"], 2);
    assert_eq!(history["versions"][0]["actor"], "reference");
}

async fn runs_and_codes_that_cannot_be_are_refused(t: TestStore) {
    let world = World::small(t).await;
    let run = |fields: Value| json!([fields]);
    for (field, value, at) in [
        ("runs", run(json!({"places": 3})), "runs/0/starts_on"),
        (
            "runs",
            run(json!({"starts_on": "2027-01-01", "flexible_start": true})),
            "runs/0/starts_on",
        ),
        (
            "runs",
            run(json!({"starts_on": "2027-02-01", "ends_on": "2027-01-31"})),
            "runs/0/ends_on",
        ),
        ("runs", run(json!({"flexible_start": true, "venue": "Nowhere"})), "runs/0/venue"),
        ("runs", run(json!({"flexible_start": true, "places": -1})), "runs/0/places"),
        ("runs", run(json!({"flexible_start": true, "places": 0})), "runs/0/places"),
        ("runs", run(json!({"flexible_start": true, "places": 1.5})), "runs/0/places"),
        ("venues", json!([{"label": "A"}, {"label": "A"}]), "venues/1"),
        ("soc", json!(["543"]), "soc/0"),
        ("level_to", json!(0), "level_to"),
        ("level_to", json!(9), "level_to"),
    ] {
        let mut body = record("courses", "a");
        body[field] = value.clone();
        let problem = world.post("coordinator", "/courses", &body).await;
        let problem = problem.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["field"], at, "{value}: {problem}");
    }
    for (field, value) in [
        ("headcount", json!(0)),
        ("headcount", json!(1_000_000)),
        ("sic", json!(["8"])),
        ("sic", json!(["A1"])),
        ("horizon", json!("5y")),
        ("state", json!("gone")),
        ("travel_miles", json!(7)),
        ("travel_miles", json!(0)),
        ("place", json!("12 High Street")),
        ("start_by", json!("soon")),
        ("modes", json!(["telepathy"])),
        ("cohorts", json!(["refugees", "refugees"])),
        ("organisation", json!("no-such-employer")),
    ] {
        let mut body = record("needs", "a");
        body[field] = value.clone();
        let problem = world.post("coordinator", "/needs", &body).await;
        let problem = problem.problem(422, "invalid-request");
        let at = problem["errors"][0]["field"].as_str().unwrap();
        assert!(at.starts_with(field), "{value}: {problem}");
    }
}

async fn what_is_not_there_is_refused_with_the_nearest(t: TestStore) {
    let world = World::small(t).await;
    for (kind, field, wrong, near) in [
        ("needs", "partnership", json!("caer"), "care"),
        ("courses", "provider", json!("activate-learnin"), "activate-learning"),
        ("courses", "course_type", json!("skills-bootcamps"), "skills-bootcamp"),
        ("courses", "cohorts", json!(["refugee"]), "refugees"),
        ("needs", "cohorts", json!(["refugee"]), "refugees"),
    ] {
        let mut body = record(kind, "a");
        body[field] = wrong;
        let problem = world.post("coordinator", &format!("/{kind}"), &body).await;
        let problem = problem.problem(422, "invalid-request");
        let message = problem["errors"][0]["message"].as_str().unwrap();
        assert!(message.ends_with(&format!("The nearest is \"{near}\".")), "{message}");
    }
}

async fn what_is_no_record_is_told_in_small_letters(t: TestStore) {
    let world = World::small(t).await;
    for (path, said) in [
        ("/postures/nothing", "There is no such posture."),
        ("/case-studies/nothing", "There is no such case study."),
        ("/signatures/nothing", "There is no such charter signature."),
        ("/needs/nothing", "There is no such need."),
        ("/courses/nothing/history", "There is no such course."),
        ("/organisations/nothing/pledges", "There is no such organisation."),
    ] {
        let problem = world.get("public", path).await.problem(404, "not-found");
        assert_eq!(problem["detail"], said, "{path}");
    }
}

async fn an_ended_action_is_pledged_by_nobody_anew_and_old_pledges_keep_it(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let old = format!("/pledges/{}", name("pledges", OWN));
    let code = world.read("public", &old).await["action"].as_str().unwrap().to_owned();
    let path = format!("/charter/actions/{code}");
    let reply = world.delete("coordinator", &path, &world.tag(&path).await).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    world.catch_up().await;
    let mut body = record("pledges", OWN);
    body["slug"] = json!("anew");
    let refused = world.post("employer", "/pledges", &body).await;
    let problem = refused.problem(422, "invalid-request");
    assert_eq!(problem["errors"][0]["field"], "action");
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("The nearest is"));

    let reply = world.change("pledges", OWN, &json!({"text": "Said in other words."})).await;
    assert_eq!(reply.json()["action"], json!(code));
    let found = world.read("public", &format!("/pledges?action={code}")).await;
    assert_eq!(found["total"], 1);
    let page = world.page(&format!("/organisations/{OWN}")).await;
    assert!(page.text().contains(&code), "the page still names it");
    let actions = world.read("public", "/charter/actions?per_page=100&counts=true").await;
    let codes = actions["actions"].as_array().unwrap().iter().map(|one| &one["code"]);
    assert!(codes.into_iter().all(|one| *one != json!(code)));
    let hits = found_kind(&world, "action").await;
    assert!(hits.iter().all(|hit| hit["id"] != json!(code)), "it is not found any more");
}

async fn found_kind(world: &World, kind: &str) -> Vec<Value> {
    found(world, &format!("kind={kind}")).await
}

async fn a_signature_names_a_version_that_there_is(t: TestStore) {
    let world = World::small(t).await;
    let mut body = record("signatures", OWN);
    body["slug"] = json!("next-year");
    body["starts_on"] = json!("2027-10-01");
    body["ends_on"] = json!("2028-09-30");
    body["charter_version"] = json!("2032");
    let refused = world.post("coordinator", "/signatures", &body).await;
    let problem = refused.problem(422, "invalid-request");
    assert_eq!(problem["errors"][0]["field"], "charter_version");
    let message = problem["errors"][0]["message"].as_str().unwrap();
    assert_eq!(message, "There is no such version of the charter. The nearest is \"2023\".");
    // What the example creates is a version of its own, known from then on.
    world.catch_up().await;
    body["charter_version"] = json!("2027 draft");
    world.create("/signatures", &body).await;
}

async fn an_action_is_kept_under_its_code_and_found(t: TestStore) {
    let world = World::small(t).await;
    let mut body = record("charter/actions", OWN);
    body["code"] = json!("X1");
    body["label"] = json!("Zither lessons for all");
    for slug in ["x2", "E2"] {
        body["slug"] = json!(slug);
        let reply = world.post("coordinator", "/charter/actions", &body).await;
        assert!(matches!(reply.status.as_u16(), 409 | 422), "{}", reply.text());
    }
    body.as_object_mut().unwrap().remove("slug");
    let made = world.create("/charter/actions", &body).await;
    assert_eq!((&made["slug"], &made["url"]), (&json!("x1"), &json!("/api/v1/charter/actions/x1")));
    assert_eq!(world.read("public", "/charter/actions/X1").await, made_public(&world, &made).await);
    world.catch_up().await;
    let hits = found(&world, "q=zither+lessons&kind=action").await;
    assert_eq!(hits[0]["id"], "X1");
    assert!(world.page("/charter").await.text().contains("Zither lessons for all"));
    body["stance"] = json!("emplyer");
    body["code"] = json!("X2");
    let refused = world.post("coordinator", "/charter/actions", &body).await;
    let problem = refused.problem(422, "invalid-request");
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("\"employer\""));
    let total = world.read("public", "/charter/actions?stance=employer&per_page=1").await;
    let listed = world.read("public", "/charter/actions?stance=employer&per_page=100").await;
    assert_eq!(total["total"], listed["actions"].as_array().unwrap().len());
}

/// What the public is shown of a record.
async fn made_public(world: &World, record: &Value) -> Value {
    let url = record["url"].as_str().unwrap().trim_start_matches("/api/v1");
    world.read("public", url).await
}
