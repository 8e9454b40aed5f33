//! The caseworker's match over HTTP: who may ask, what is answered, what is refused.

use serde_json::{Value, json};

use crate::{
    api::register::world::{OTHER, OWN, SECRET, World, record},
    support::TestStore,
};

on_both_databases!(
    a_broker_is_told_who_takes_people_with_reasons_and_whom_to_ring,
    nobody_but_brokers_is_told_anything,
    a_refusal_names_the_nearest_value_and_never_what_was_sent,
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
    let text = reply.text();
    assert!(!text.contains("zz") && !text.contains("leaverz") && !text.contains("17"), "{text}");
    let problem: Value = reply.json();
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
