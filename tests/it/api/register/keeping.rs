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
