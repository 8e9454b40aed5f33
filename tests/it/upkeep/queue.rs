//! The steward's queue over the API: each reason, and the one call that resolves it.

use serde_json::{Value, json};

use crate::{
    api::register::world::{OTHER, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    what_is_unconfirmed_is_there_until_it_is_confirmed,
    contradictions_are_told_with_what_they_contradict,
    what_was_reported_is_resolved_by_putting_it_aside,
    a_link_puts_it_aside_until_it_runs_out,
    what_ends_soon_or_is_past_review_is_told,
    what_may_be_there_twice_is_made_one,
    filters_totals_and_pages_fit_together,
    an_action_that_is_not_offered_is_refused,
);

async fn entries(world: &World, query: &str) -> Vec<Value> {
    let told = world.read("coordinator", &format!("/queue?per_page=100{query}")).await;
    let entries = told["entries"].as_array().unwrap().clone();
    assert_eq!(told["total"], entries.len());
    entries
}

/// The entry of that name; `None` if it is not there.
async fn entry(world: &World, id: &str) -> Option<Value> {
    entries(world, "").await.into_iter().find(|one| one["id"] == id)
}

async fn resolve(world: &World, id: &str, body: &Value) -> Value {
    let reply = world.post("coordinator", &format!("/queue/{id}/resolve"), body).await;
    assert_eq!(reply.status, 200, "{id}: {}", reply.text());
    reply.json()
}

fn id(reason: &str, kind: &str, list: &str) -> String {
    format!("{reason}.{kind}.{}", name(list, OWN))
}

async fn what_is_unconfirmed_is_there_until_it_is_confirmed(t: TestStore) {
    let world = World::small(t).await;
    for (kind, list, days, date) in [
        ("posture", "postures", 180, "2026-05-26"),
        ("opening", "openings", 180, "2026-05-26"),
        ("organisation", "organisations", 365, "2025-11-22"),
    ] {
        let id = id("unconfirmed", kind, list);
        assert_eq!(entry(&world, &id).await, None, "{kind}");
        world.change(list, OWN, &json!({"stated_on": date})).await;
        let found = entry(&world, &id).await.unwrap_or_else(|| panic!("{id} is not there"));
        assert!(found["why"].as_str().unwrap().contains(&format!("{days} days")), "{found}");
        assert_eq!(found["since"], "2026-11-23");
        resolve(&world, &id, &json!({"action": "confirm"})).await;
        assert_eq!(entry(&world, &id).await, None, "{kind}");
        let path = format!("/{list}/{}", name(list, OWN));
        assert_eq!(world.read("coordinator", &path).await["confirmed_on"], "2026-11-23");
        let (target, again) = (format!("/queue/{id}/resolve"), json!({"action": "confirm"}));
        world.post("admin", &target, &again).await.problem(404, "not-found");
    }
}

async fn contradictions_are_told_with_what_they_contradict(t: TestStore) {
    let world = World::small(t).await;
    let id = id("contradictory", "posture", "postures");
    let cohort = record("postures", OWN)["cohort"].clone();
    let plain = json!({"stance": "open", "offers": []});
    assert_eq!(entry(&world, &id).await, None);
    let mut told = Vec::new();
    for (list, change, back) in [
        ("organisations", json!({"do_not_contact": true}), json!({})),
        (
            "postures",
            json!({"stance": "not-currently", "offers": ["guaranteed-interview"]}),
            plain.clone(),
        ),
        (
            "postures",
            json!({"stance": "open", "offers": ["day-release"],
            "day_release": {"accepts": false}}),
            plain.clone(),
        ),
        ("postures", json!({"stance": "not-currently", "offers": []}), plain.clone()),
    ] {
        world.change("postures", OWN, &plain).await;
        world.change(list, OWN, &change).await;
        if told.len() == 3 {
            world.change("openings", OWN, &json!({"cohorts": [cohort]})).await;
        }
        let found = entry(&world, &id).await.unwrap_or_else(|| panic!("{change}"));
        told.push(found["why"].as_str().unwrap().to_owned());
        world.change(list, OWN, &back).await;
        assert_eq!(entry(&world, &id).await, None, "{change}");
    }
    for (why, part) in told.iter().zip(["not to be contacted", "offers", "day release", "is open"])
    {
        assert!(why.contains(part), "{why}");
    }
}

async fn what_was_reported_is_resolved_by_putting_it_aside(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/openings/{}", name("openings", OWN));
    let body = json!({"reason": "no-places"});
    world.post("broker", &format!("{path}/reports"), &body).await;
    let id = id("reported", "opening", "openings");
    let found = entry(&world, &id).await.unwrap();
    assert_eq!(found["why"], "Reported once: There are no places.");
    let target = format!("/queue/{id}/resolve");
    let reply = world.post("coordinator", &target, &json!({"action": "dismiss"})).await;
    assert_eq!(reply.problem(422, "invalid-request")["errors"][0]["field"], "reason");
    let dismissed = json!({"action": "dismiss", "reason": "Rang them: there are two."});
    resolve(&world, &id, &dismissed).await;
    assert_eq!(entry(&world, &id).await, None);
    assert_ne!(world.read("public", &path).await["freshness"], "stale", "the doubt is over");
    assert_eq!(world.post("broker", &format!("{path}/reports"), &body).await.status, 201);
}

async fn a_link_puts_it_aside_until_it_runs_out(t: TestStore) {
    let world = World::small(t).await;
    world.change("postures", OWN, &json!({"stated_on": "2026-01-01"})).await;
    let id = id("unconfirmed", "posture", "postures");
    assert!(entry(&world, &id).await.is_some());
    let done = resolve(&world, &id, &json!({"action": "upkeep-link", "days": 7})).await;
    let link = &done["upkeep_link"];
    assert_eq!(link["expires_at"], "2026-11-30T12:00:00Z");
    assert_eq!(entry(&world, &id).await, None);
    assert_eq!(world.page(link["url"].as_str().unwrap()).await.status, 200);
}

async fn what_ends_soon_or_is_past_review_is_told(t: TestStore) {
    let world = World::small(t).await;
    world.change("postures", OWN, &json!({"until": "2026-12-23"})).await;
    let found = entry(&world, &id("expiring", "posture", "postures")).await.unwrap();
    assert_eq!(
        (&found["why"], &found["since"]),
        (&json!("It counts until 23 December 2026."), &json!("2026-11-23"))
    );
    world.change("postures", OWN, &json!({"until": "2026-12-24"})).await;
    assert_eq!(entry(&world, &id("expiring", "posture", "postures")).await, None);
    world.change("openings", OWN, &json!({"closes_on": "2026-12-07"})).await;
    assert!(entry(&world, &id("expiring", "opening", "openings")).await.is_some());
    let past = json!({"stated_on": "2026-10-01", "review_by": "2026-11-22"});
    world.change("postures", OWN, &past).await;
    let review = id("past-review", "posture", "postures");
    assert!(entry(&world, &review).await.is_some());
    resolve(&world, &review, &json!({"action": "confirm"})).await;
    assert_eq!(entry(&world, &review).await, None);
    let held = json!([{"scheme": "disability-confident", "level": "2",
        "awarded_on": "2024-01-20", "expires_on": "2027-01-20",
        "last_checked_on": "2026-11-01", "check": "confirmed"}]);
    world.change("organisations", OWN, &json!({"recognitions": held})).await;
    let recognition = format!("expiring.recognition.{OWN}.disability-confident.2");
    let found = entry(&world, &recognition).await.unwrap();
    assert!(found["why"].as_str().unwrap().contains("20 January 2027"));
    let aside = json!({"action": "dismiss", "reason": "They have applied again."});
    resolve(&world, &recognition, &aside).await;
    assert_eq!(entry(&world, &recognition).await, None);
}

async fn what_may_be_there_twice_is_made_one(t: TestStore) {
    let world = World::whole(t).await;
    let mut twin = record("organisations", OWN);
    twin["slug"] = json!("brook-bakery-ltd");
    twin["name"] = json!("The Brook Bakery Ltd (fictional)");
    twin["identifiers"] = json!([]);
    twin["confirm_new"] = json!(true);
    twin["stated_on"] = json!("2026-11-20");
    world.create("/organisations", &twin).await;
    let id = format!("duplicate.organisation.brook-bakery-ltd.{OWN}");
    let found = entry(&world, &id).await.unwrap();
    assert_eq!(found["other"], OWN);
    resolve(&world, &id, &json!({"action": "merge"})).await;
    assert_eq!(entry(&world, &id).await, None);
    assert_eq!(world.get("public", "/organisations/brook-bakery-ltd").await.status, 308);
}

async fn filters_totals_and_pages_fit_together(t: TestStore) {
    let world = World::whole(t).await;
    for organisation in [OWN, OTHER] {
        let old = json!({"stated_on": "2026-01-01", "until": "2026-11-30"});
        world.change("postures", organisation, &old).await;
    }
    let all = world.read("coordinator", "/queue?per_page=100").await;
    let reasons = all["reasons"].as_array().unwrap();
    let mut sum = 0;
    for reason in reasons {
        let wanted = reason["reason"].as_str().unwrap();
        let own = entries(&world, &format!("&reason={wanted}")).await;
        assert_eq!(reason["count"], own.len());
        assert!(own.iter().all(|one| one["reason"] == wanted));
        sum += own.len();
    }
    assert_eq!(all["total"], sum);
    let two = entries(&world, "&reason=expiring&reason=unconfirmed").await;
    let mut paged = Vec::new();
    for page in 1..=two.len() + 1 {
        let path = format!("/queue?reason=expiring&reason=unconfirmed&per_page=1&page={page}");
        paged.extend(world.read("coordinator", &path).await["entries"].as_array().unwrap().clone());
    }
    assert_eq!(paged, two, "pages together are the whole, in one order");
    let reply = world.get("coordinator", "/queue?reason=expirng").await;
    let problem = reply.problem(422, "invalid-request");
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("\"expiring\""));
}

async fn an_action_that_is_not_offered_is_refused(t: TestStore) {
    let world = World::small(t).await;
    world.change("openings", OWN, &json!({"stated_on": "2026-01-01"})).await;
    let target = format!("/queue/{}/resolve", id("unconfirmed", "opening", "openings"));
    for action in ["merge", "upkeep-link"] {
        let reply = world.post("coordinator", &target, &json!({"action": action})).await;
        assert_eq!(reply.problem(422, "invalid-request")["errors"][0]["code"], "not-offered");
    }
    for who in ["employer", "broker"] {
        world.post(who, &target, &json!({"action": "confirm"})).await.problem(403, "forbidden");
        world.get(who, "/queue").await.problem(403, "forbidden");
    }
    world.get("public", "/queue").await.problem(401, "unauthorised");
    let ended = json!({"action": "end", "reason": "The site has closed."});
    let reply = world.post("coordinator", &target, &ended).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let opening = world.read("coordinator", &format!("/openings/{}", name("openings", OWN))).await;
    assert_eq!(
        (&opening["ended_on"], &opening["end_reason"]),
        (&json!("2026-11-23"), &json!("The site has closed."))
    );
}
