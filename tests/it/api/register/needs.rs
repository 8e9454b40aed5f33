//! The caseworker's match over HTTP: who may ask, what is answered, what is refused.

use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{DRAFT, OTHER, OWN, SECRET, World, name, record},
        support::{Reply, encoded},
    },
    contract,
    support::TestStore,
};

on_both_databases!(
    a_broker_is_told_who_takes_people_with_reasons_and_whom_to_ring,
    nobody_but_brokers_is_told_anything,
    a_refusal_names_the_nearest_value_and_never_what_was_sent,
    nothing_public_depends_on_what_brokers_were_told,
    what_is_withdrawn_or_a_draft_or_asked_for_peace_is_in_no_band,
    who_searches_or_matches_waits_for_no_database,
);

const ASKED: &str = "/matches/need";

fn need() -> Value {
    let posture = record("postures", OWN);
    json!({"cohort": posture["cohort"], "offence_groups": ["driving"], "dbs_issue": true,
        "wants": ["work-trial", "guaranteed-interview"], "text": "early baking"})
}

fn sum(of: &Value, field: &str) -> f64 {
    of.as_array().unwrap().iter().map(|one| one[field].as_f64().unwrap()).sum()
}

async fn a_broker_is_told_who_takes_people_with_reasons_and_whom_to_ring(t: TestStore) {
    let world = World::whole(t).await;
    world.catch_up().await;
    let reply = world.post("broker", ASKED, &need()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("cache-control"), "no-store");
    let answer: Value = reply.json();
    let lists = ["matches", "case_by_case", "not_stated"];
    let totals: Vec<u64> = lists.iter().map(|l| answer["totals"][l].as_u64().unwrap()).collect();
    let left_out = answer["left_out"].as_array().unwrap().iter();
    let out: u64 = left_out.map(|one| one["count"].as_u64().unwrap()).sum();
    assert_eq!(answer["considered"], totals.iter().sum::<u64>() + out);
    let hits: Vec<&Value> = lists.iter().flat_map(|l| answer[l].as_array().unwrap()).collect();
    let ids: Vec<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&OWN) && ids.contains(&OTHER), "{ids:?}");
    assert_eq!(answer["considered"], 2, "a draft is told to nobody");
    for hit in hits {
        let score = hit["score"].as_f64().unwrap();
        assert!((sum(&hit["parts"], "points") - score).abs() < 1e-9);
        let mean: f64 = hit["directions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["score"].as_f64().unwrap() * one["weight"].as_f64().unwrap() / 100.0)
            .sum();
        assert!((mean - score).abs() < 1e-9, "{mean} {score}");
        assert!(hit["contacts"].to_string().contains(SECRET));
        assert_eq!(hit["said"]["broker_note"], SECRET);
    }
    let again = world.post("broker", ASKED, &need()).await;
    assert_eq!(again.text(), reply.text(), "the same need is answered in the same bytes");
    let one = world.post("broker", &format!("{ASKED}?per_band=1"), &need()).await.json();
    assert_eq!(one["totals"], answer["totals"]);
    assert!(lists.iter().all(|list| one[list].as_array().unwrap().len() <= 1));
}

async fn nobody_but_brokers_is_told_anything(t: TestStore) {
    let mut world = World::whole(t).await;
    world.issue("employer", pathways::domain::access::Role::Employer, Some(OWN));
    world.catch_up().await;
    for (who, status) in [("public", 401), ("employer", 403), ("broker", 200), ("admin", 200)] {
        let reply = world.post(who, ASKED, &need()).await;
        assert_eq!(reply.status, status, "{who}");
        // What is wrong with a need is not told to those who may not ask.
        let reply = world.post(who, ASKED, &json!({"cohort": "x"})).await;
        assert_eq!(reply.status, if status == 200 { 422 } else { status }, "{who}");
    }
}

async fn a_refusal_names_the_nearest_value_and_never_what_was_sent(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let wrong = json!({"cohort": "prison-leaverz", "place": "Zzyzxton", "within_miles": 17,
        "sectors": ["hospitalityzz"], "work_types": ["kitchenzz"], "patterns": ["eveningzz"],
        "hours": "part-timezz", "base": "on-sitezz", "english": "entry-3zz",
        "offence_groups": ["drivingzz"], "wants": ["work-trialzz"]});
    let reply = world.post("broker", ASKED, &wrong).await;
    assert_eq!(reply.status, 422);
    let mut problem: Value = reply.json();
    // Its digits are random, and may be those.
    assert!(problem.as_object_mut().unwrap().remove("request_id").is_some());
    let text = problem.to_string();
    assert!(!text.contains("zz") && !text.contains("leaverz") && !text.contains("17"), "{text}");
    let told: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["message"].as_str().unwrap())
        .collect();
    for near in [
        "prison-leavers",
        "hospitality",
        "kitchen",
        "evening",
        "part-time",
        "on-site",
        "entry-3",
        "driving",
        "work-trial",
        "nearest is 20",
    ] {
        assert!(told.iter().any(|message| message.contains(near)), "{near}: {told:?}");
    }
    assert_eq!(told.len(), 11, "{told:?}");
    let needs_place = json!({"cohort": "refugees", "within_miles": 10});
    assert_eq!(world.post("broker", ASKED, &needs_place).await.status, 422);
    let strange = json!({"cohort": "refugees", "textt": "x"});
    let reply = world.post("broker", ASKED, &strange).await;
    assert!(reply.status == 422 && reply.text().contains("\\\"text\\\""), "{}", reply.text());
    let large = json!({"cohort": "refugees", "text": "x".repeat(70_000)});
    assert_eq!(world.post("broker", ASKED, &large).await.status, 413);
    assert_eq!(world.post("broker", &format!("{ASKED}?per_band=101"), &need()).await.status, 422);
}

/// Every public answer there is: each address of the document, each value of each facet of
/// search, sorts and filters of lists, and the pages of the organisation.
async fn public_answers(world: &World) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for (path, method, operation) in contract::operations() {
        let Some(path) = path.strip_prefix("/api/v1").filter(|_| method == "get") else { continue };
        let kind = path.trim_start_matches('/').split('/').next().unwrap();
        let filled = path.replace("{slug}", &name(kind, OWN));
        paths.push(filled.clone());
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in parameters {
            let values = parameter["schema"]["enum"].as_array().cloned().unwrap_or_default();
            for value in values.iter().filter_map(Value::as_str) {
                paths.push(format!("{filled}?{}={value}", parameter["name"].as_str().unwrap()));
            }
        }
    }
    let all = world.read("public", "/search?kind=organisation").await;
    for facet in all["facets"].as_object().unwrap() {
        for value in facet.1.as_array().unwrap() {
            let value = encoded(value["value"].as_str().unwrap());
            paths.push(format!("/search?kind=organisation&{}={value}", facet.0));
        }
    }
    for words in ["driving", "arson", "case by case", "offence", "hiring manager", SECRET] {
        paths.push(format!("/search?q={}", encoded(words)));
        paths.push(format!("/suggest?q={}", encoded(words)));
        paths.push(format!("/organisations?q={}", encoded(words)));
    }
    let mut answers = Vec::new();
    for path in paths {
        // Cursors of the feed carry the random name of the database.
        if !path.starts_with("/changes") {
            answers.push((path.clone(), plain(&world.get("public", &path).await)));
        }
    }
    let changes = world.read("public", "/changes?limit=500").await["changes"].to_string();
    answers.push(("/changes".to_owned(), changes));
    for page in ["", "/history"] {
        let path = format!("/organisations/{OWN}{page}");
        answers.push((path.clone(), plain(&world.page(&path).await)));
    }
    answers
}

/// Status, headers and body, without what is drawn anew for each request.
fn plain(reply: &Reply) -> String {
    let headers = reply.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let mut headers: Vec<String> =
        headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    let id = reply.header("x-request-id");
    format!("{} {headers:?} {}", reply.status, reply.text().replace(id, "…"))
}

async fn nothing_public_depends_on_what_brokers_were_told(t: TestStore) {
    let other = if t.url.starts_with("sqlite") {
        TestStore::sqlite()
    } else {
        TestStore::postgres().unwrap()
    };
    let told = [
        json!({"offences": {"stance": "listed", "groups": ["driving", "arson"], "note": SECRET},
            "disclosure": {"timing": "application-form", "letter_needed": true},
            "broker_note": format!("{SECRET} ring before noon")}),
        json!({"offences": {"stance": "none-excluded", "groups": []}, "disclosure": null,
            "broker_note": null}),
    ];
    let contacts = [
        json!([{"audience": "broker", "role_title": "Hiring manager", "channel": "phone",
            "value": "01632 960001"}]),
        json!([{"audience": "broker", "role_title": "Works foreman", "channel": "email",
            "value": "foreman@x.example"}]),
    ];
    let mut answers = Vec::new();
    let mut matches = Vec::new();
    for (t, (told, contacts)) in [t, other].into_iter().zip(told.iter().zip(&contacts)) {
        let world = World::small(t).await;
        world.change("postures", OWN, told).await;
        world.change("organisations", OWN, &json!({"contacts": contacts})).await;
        world.catch_up().await;
        answers.push(public_answers(&world).await);
        matches.push(world.post("broker", ASKED, &need()).await.text().to_owned());
    }
    assert_ne!(matches[0], matches[1], "brokers are told the difference");
    assert!(answers[0].len() > 80, "{}", answers[0].len());
    for (one, other) in answers[0].iter().zip(&answers[1]) {
        assert_eq!(one, other);
    }
}

async fn what_is_withdrawn_or_a_draft_or_asked_for_peace_is_in_no_band(t: TestStore) {
    let world = World::whole(t).await;
    let asked = async |world: &World| {
        world.catch_up().await;
        let answer: Value = world.post("broker", ASKED, &need()).await.json();
        (answer["considered"].clone(), answer["left_out"].clone(), answer.to_string())
    };
    world.change("organisations", OTHER, &json!({"do_not_contact": true})).await;
    let (considered, out, text) = asked(&world).await;
    assert_eq!((considered, out[0]["reason"].clone()), (json!(2), json!("do-not-contact")));
    assert!(!text.contains(OTHER));
    world.change("organisations", OTHER, &json!({"publication": "withdrawn"})).await;
    let (_, out, text) = asked(&world).await;
    assert_eq!(out[0]["reason"], "withdrawn");
    assert!(!text.contains(OTHER));
    world.change("organisations", OTHER, &json!({"publication": "draft"})).await;
    let (considered, out, text) = asked(&world).await;
    assert_eq!((considered, out), (json!(1), json!([])));
    assert!(!text.contains(OTHER) && !text.contains(DRAFT));
    world.change("organisations", OTHER, &json!({})).await;
    assert!(asked(&world).await.2.contains(OTHER));
}

async fn who_searches_or_matches_waits_for_no_database(t: TestStore) {
    let world = World::whole(t).await;
    world.catch_up().await;
    let begun = world.t.store.statements();
    for path in ["/search?q=bakery&cohort=refugees", "/suggest?q=bak", "/toolkits"] {
        world.read("public", path).await;
    }
    let profile = json!({"sector": "construction", "place": "OX16", "question": "hire refugees"});
    assert_eq!(world.post("public", "/matches/employer", &profile).await.status, 200);
    assert_eq!(world.t.store.statements(), begun, "the public's hot paths");
    // A token is looked up, as it may have been revoked a moment ago; nothing else is.
    assert_eq!(world.get("broker", "/toolkits").await.status, 200);
    let for_token = world.t.store.statements() - begun;
    assert_eq!(world.post("broker", ASKED, &need()).await.status, 200);
    assert_eq!(world.t.store.statements() - begun, 2 * for_token, "the caseworker's match");
}
