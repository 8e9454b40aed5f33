//! Pairing plans over HTTP: made, read, edited, checked, signed, put away.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{OWN, World, name, record},
        support::Reply,
    },
    support::TestStore,
};

on_both_databases!(
    a_plan_says_who_goes_where_and_why_and_what_is_scarce,
    an_edit_costs_something_and_is_signed_with_a_reason_for_each_override,
    a_request_that_is_sent_twice_is_done_once,
    what_cannot_be_kept_is_refused_by_name,
    an_earlier_plan_can_be_kept_to,
    a_plan_says_that_the_register_changed,
    a_discarded_plan_stays_to_be_read,
    nobody_but_coordinators_hears_of_plans,
    two_editors_do_not_overwrite_each_other,
);

const PLANS: &str = "/partnerships/care/pairings";

/// A kitchen course with 12 places, and two kitchen needs for 15 people beside one of
/// night care that nothing fits.
async fn world(t: TestStore) -> World {
    let world = World::small(t).await;
    for (slug, people, more) in [
        ("kitchen-banbury", 5, json!({"organisation": OWN, "place": "OX16"})),
        ("kitchen-oxford", 10, json!({"place": "OX16", "cohorts": ["refugees"]})),
    ] {
        let mut need = record("needs", OWN);
        for field in ["start_by", "modes", "place", "travel_miles"] {
            need.as_object_mut().unwrap().remove(field);
        }
        for (field, value) in more.as_object().unwrap() {
            need[field] = value.clone();
        }
        need["slug"] = json!(slug);
        need["title"] = json!(format!("Cooks {slug}"));
        need["soc"] = json!(["5434"]);
        need["level_from"] = json!(1);
        need["level_to"] = json!(2);
        need["headcount"] = json!(people);
        let reply = world.post("coordinator", "/needs", &need).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
    }
    world.catch_up().await;
    world
}

async fn made(world: &World, asked: &Value) -> Value {
    let reply = world.post("coordinator", PLANS, asked).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let plan: Value = reply.json();
    assert_eq!(reply.header("location"), plan["url"].as_str().unwrap());
    plan
}

/// The address of a plan below `/api/v1`, and its tag.
async fn found(world: &World, plan: &Value) -> (String, String) {
    let path = plan["url"].as_str().unwrap().trim_start_matches("/api/v1").to_owned();
    let tag = world.tag(&path).await;
    (path, tag)
}

fn placings(plan: &Value) -> Vec<Value> {
    let pairs = plan["pairings"].as_array().unwrap().iter();
    let placing = |pair: &Value| {
        json!({"need": pair["need"], "course": pair["course"], "nth": pair["nth"],
            "people": pair["people"]})
    };
    pairs.map(placing).collect()
}

async fn a_plan_says_who_goes_where_and_why_and_what_is_scarce(t: TestStore) {
    let world = world(t).await;
    let plan = made(&world, &json!({})).await;
    assert_eq!(plan["state"], "draft");
    assert_eq!(plan["summary"]["placed"], 12, "{plan}");
    assert_eq!(plan["summary"]["wanted"], 55);
    assert_eq!(plan["summary"]["fit"], plan["summary"]["best_fit"]);
    assert_eq!(plan["summary"]["certificate"]["method"], "duality");
    assert_eq!(plan["summary"]["certificate"]["gap"], 0);
    let pairs = plan["pairings"].as_array().unwrap();
    assert_eq!(plan["total"], pairs.len());
    let placed: u64 = pairs.iter().map(|pair| pair["people"].as_u64().unwrap()).sum();
    assert_eq!(placed, 12);
    for pair in pairs {
        assert_eq!(pair["course"], name("courses", OWN));
        assert!(pair["why"].as_array().unwrap().len() > 3, "{pair}");
    }
    let whys: Vec<&str> = plan["unplaced"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["why"].as_str().unwrap())
        .collect();
    assert!(whys.contains(&"no-run") && whys.contains(&"used-elsewhere"), "{whys:?}");
    let scarce = &plan["scarce_runs"][0];
    assert_eq!((&scarce["places"], &scarce["more_people"]), (&json!(12), &json!(1)));
    assert_eq!(scarce["exact"], true);
    assert!(scarce["text"].as_str().unwrap().contains("would let 1 more be served"), "{scarce}");

    let (path, _) = found(&world, &plan).await;
    assert_eq!(world.read("coordinator", &path).await, plan);
    let list = world.read("coordinator", PLANS).await;
    assert_eq!((&list["total"], &list["pairings"][0]["id"]), (&json!(1), &plan["id"]));
    let none = world.read("coordinator", &format!("{PLANS}?state=signed")).await;
    assert_eq!(none["total"], 0);
    world.get("coordinator", &format!("{PLANS}?state=lost")).await.problem(422, "invalid-request");
    let audit = world.read("admin", "/audit?limit=5").await.to_string();
    assert!(audit.contains("pairing-plan"), "{audit}");
}

/// One person fewer costs that person's fit, and is nothing but a departure.
async fn costs_that_fit(world: &World, (path, plan): (&str, &Value), fit: i64) {
    let mut fewer = placings(plan);
    let people = fewer[0]["people"].as_u64().unwrap();
    fewer[0]["people"] = json!(people - 1);
    let (address, body) = (format!("{path}/check"), json!({"pairings": fewer}));
    let check: Value = world.post("coordinator", &address, &body).await.json();
    assert_eq!(check["summary"]["costs"], fit, "{check}");
    assert_eq!(check["overrides"].as_array().unwrap().len(), 1);
    assert_eq!(world.read("coordinator", path).await, *plan, "a check keeps nothing");
}

/// The employer is introduced; of whom nothing is known, that is said.
async fn introduced(world: &World, signed: &Value) {
    let slug = signed["introductions"][0].as_str().unwrap();
    let introduction = world.read("coordinator", &format!("/introductions/{slug}")).await;
    assert_eq!(introduction["organisation"], OWN);
    assert_eq!(introduction["partnership"], "care");
    assert_eq!(introduction["state"], "proposed");
    assert_eq!(introduction["kind"], "employer-provider");
    let without = signed["not_introduced"].to_string();
    assert!(without.contains("does not say which employer"), "{without}");
}

async fn an_edit_costs_something_and_is_signed_with_a_reason_for_each_override(t: TestStore) {
    let world = world(t).await;
    let plan = made(&world, &json!({})).await;
    let (path, tag) = found(&world, &plan).await;
    let best = plan["summary"]["fit"].as_i64().unwrap();
    let fit = plan["pairings"][0]["fit"].as_i64().unwrap();

    costs_that_fit(&world, (&path, &plan), fit).await;

    // More than there are places, and somebody whom the course does not fit.
    let course = name("courses", OWN);
    let edited = json!({"pairings": [
        {"need": "kitchen-banbury", "course": course, "nth": 0, "people": 5},
        {"need": "kitchen-oxford", "course": course, "nth": 0, "people": 8},
        {"need": name("needs", OWN), "course": course, "nth": 0, "people": 1},
    ]});
    let reply = world.method("coordinator", &Method::PUT, (&path, edited.clone())).await;
    reply.problem(428, "precondition-required");
    let reply = world.put("coordinator", &path, (&tag, &edited)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let draft: Value = reply.json();
    assert_eq!(draft["version"], 2);
    let ids: Vec<String> = draft["overrides"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.contains(&format!("places.{course}.0")), "{ids:?}");
    assert!(ids.contains(&format!("pair.{}.{course}.0", name("needs", OWN))), "{ids:?}");
    assert_eq!(draft["summary"]["best_fit"], best);

    // Signed only with a reason for each.
    let tag = reply.header("etag").to_owned();
    let sign = |body: Value, tag: String| {
        let (world, path) = (&world, format!("{path}/sign"));
        async move { world.post_with(("coordinator", &path), &body, &[("if-match", &tag)]).await }
    };
    let some = json!({"reasons": [{"id": ids[0], "reason": "Agreed with the college."},
        {"id": "places.nowhere.7", "reason": "No such thing."}]});
    let refused = sign(some, tag.clone()).await;
    refused.problem(422, "invalid-request");
    let text = refused.text();
    assert!(ids[1..].iter().all(|id| text.contains(id)) && !text.contains(&ids[0]), "{text}");
    assert!(text.contains("/reasons/1/id"), "{text}");
    let reasons: Vec<Value> =
        ids.iter().map(|id| json!({"id": id, "reason": "The college holds one more."})).collect();
    let reply = sign(json!({"reasons": reasons}), tag.clone()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let signed: Value = reply.json();
    assert_eq!((&signed["state"], &signed["version"]), (&json!("signed"), &json!(3)));
    assert!(signed["overrides"].as_array().unwrap().iter().all(|one| one["reason"].is_string()));

    introduced(&world, &signed).await;

    // And stays as it is.
    let tag = reply.header("etag").to_owned();
    let late: Reply = world.put("coordinator", &path, (&tag, &edited)).await;
    late.problem(409, "conflict");
    world.delete("coordinator", &path, &tag).await.problem(409, "conflict");
    let history = world.read("coordinator", &format!("{path}/history")).await;
    assert_eq!(history["total"], 3);
    let acts: Vec<&Value> =
        history["versions"].as_array().unwrap().iter().map(|one| &one["act"]).collect();
    assert_eq!(acts, ["create", "change", "sign"]);
}

async fn a_request_that_is_sent_twice_is_done_once(t: TestStore) {
    let world = world(t).await;
    let key = [("idempotency-key", "plan-of-monday")];
    let first = world.post_with(("coordinator", PLANS), &json!({}), &key).await;
    assert_eq!(first.status, 201, "{}", first.text());
    let again = world.post_with(("coordinator", PLANS), &json!({}), &key).await;
    assert_eq!((again.status.as_u16(), again.text()), (201, first.text()));
    assert_eq!(world.read("coordinator", PLANS).await["total"], 1);
    let other = json!({"starts_by": "2027-02-01"});
    world.post_with(("coordinator", PLANS), &other, &key).await.problem(422, "invalid-request");

    let (path, tag) = found(&world, &first.json()).await;
    let path = format!("{path}/sign");
    let both = [("idempotency-key", "signed-on-monday"), ("if-match", tag.as_str())];
    let first = world.post_with(("coordinator", &path), &json!({}), &both).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let again = world.post_with(("coordinator", &path), &json!({}), &both).await;
    assert_eq!((again.status.as_u16(), again.text()), (200, first.text()));
    let own: Value = first.json();
    assert_eq!(own["introductions"].as_array().unwrap().len(), 1, "{own}");
}

async fn what_cannot_be_kept_is_refused_by_name(t: TestStore) {
    let world = world(t).await;
    let refused = |asked: Value| {
        let world = &world;
        async move {
            let reply = world.post("coordinator", PLANS, &asked).await;
            reply.problem(422, "invalid-request");
            let problem: Value = reply.json();
            let error = problem["errors"][0].clone();
            let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
            (text("pointer"), text("code"), text("message"))
        }
    };
    let many = json!({"minimums": [{"cohort": "refugees", "people": 3},
        {"cohort": "prison-leavers", "people": 1}]});
    let (at, code, text) = refused(many).await;
    assert!(at.ends_with("/minimums/1"), "{at}");
    assert_eq!(code, "infeasible");
    assert!(text.contains("prison-leavers") && text.contains("1 person"), "{text}");
    let share = json!({"minimums": [{"cohort": "prison-leavers", "percent": 1}]});
    assert_eq!(refused(share).await.1, "infeasible", "a share of nobody is no plan");
    for (asked, place) in [
        (json!({"minimums": [{"cohort": "nobody", "percent": 5}]}), "/minimums/0/cohort"),
        (json!({"minimums": [{"cohort": "refugees"}]}), "/minimums/0"),
        (json!({"minimums": [{"cohort": "refugees", "percent": 5, "people": 5}]}), "/minimums/0"),
        (json!({"minimums": [{"cohort": "refugees", "percent": 0}]}), "/minimums/0/percent"),
        (json!({"minimums": [{"cohort": "refugees", "percent": 101}]}), "/minimums/0/percent"),
        (
            json!({"minimums": [{"cohort": "refugees", "percent": 5},
                {"cohort": "refugees", "people": 5}]}),
            "/minimums/1",
        ),
        (json!({"changes": {"from_plan": 99, "at_most": 1}}), "/changes/from_plan"),
        (json!({"without_needs": ["nobody"]}), "/without_needs/0"),
        (json!({"without_runs": [{"course": "nothing", "nth": 0}]}), "/without_runs/0"),
        (json!({"people_where_unstated": 0}), "/people_where_unstated"),
        (json!({"starts_by": "tomorrow"}), "/starts_by"),
        (json!({"minimum": []}), "/minimum"),
    ] {
        let (at, ..) = refused(asked.clone()).await;
        assert!(at.ends_with(place), "{asked}: {at}");
    }
    let plan = made(&world, &json!({})).await;
    let (path, tag) = found(&world, &plan).await;
    let course = name("courses", OWN);
    for (need, nth, people) in
        [("nobody", 0, 1), ("kitchen-oxford", 7, 1), ("kitchen-oxford", 0, 0)]
    {
        let pairs = json!({"pairings": [{"need": need, "course": course, "nth": nth,
            "people": people}]});
        world.put("coordinator", &path, (&tag, &pairs)).await.problem(422, "invalid-request");
    }
    assert_eq!(world.read("coordinator", PLANS).await["total"], 1, "what was refused is not kept");
}

async fn an_earlier_plan_can_be_kept_to(t: TestStore) {
    let world = world(t).await;
    // Made for others first: with the larger need alone.
    let first = made(&world, &json!({"without_needs": ["kitchen-banbury"]})).await;
    assert_eq!(first["summary"]["placed"], 10);
    assert!(first["left_out"].to_string().contains("kitchen-banbury"));
    let free = made(&world, &json!({})).await;
    for (at_most, stay) in [(0, 10), (3, 7)] {
        let asked = json!({"changes": {"from_plan": first["id"], "at_most": at_most}});
        let plan = made(&world, &asked).await;
        let kept = placings(&plan).into_iter().find(|one| one["need"] == "kitchen-oxford");
        let kept = kept.unwrap()["people"].as_u64().unwrap();
        assert!(kept >= stay, "{at_most}: {kept}");
        assert_eq!(plan["summary"]["placed"], 12, "who is new on a free place is no change");
        let price = &plan["rules"][0];
        assert_eq!(price["rule"], "changes");
        let sum = |plan: &Value| plan["summary"]["fit"].as_u64().unwrap();
        assert_eq!(sum(&free) - sum(&plan), price["fit"].as_u64().unwrap());
    }
}

async fn a_plan_says_that_the_register_changed(t: TestStore) {
    let world = world(t).await;
    let plan = made(&world, &json!({})).await;
    assert_eq!(plan["register_changed"], false);
    let (path, _) = found(&world, &plan).await;
    let mut course = record("courses", OWN);
    course["runs"][0]["places"] = json!(6);
    let own = format!("/courses/{}", name("courses", OWN));
    let tag = world.tag(&own).await;
    let reply = world.put("coordinator", &own, (&tag, &course)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    world.catch_up().await;
    assert_eq!(world.read("coordinator", &path).await["register_changed"], true);
    let check = world.post("coordinator", &format!("{path}/check"), &json!({})).await;
    let check: Value = check.json();
    assert!(check["overrides"].to_string().contains("6 people more on"), "{check}");
    assert!(check["summary"]["costs"].as_i64().unwrap() < 0, "it is worth more than it may be");
}

async fn a_discarded_plan_stays_to_be_read(t: TestStore) {
    let world = world(t).await;
    let plan = made(&world, &json!({})).await;
    let (path, tag) = found(&world, &plan).await;
    let reply = world.delete("coordinator", &path, &tag).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let gone: Value = reply.json();
    assert_eq!(gone["state"], "discarded");
    assert_eq!(gone["pairings"], plan["pairings"]);
    let (_, tag) = found(&world, &plan).await;
    let headers = [("if-match", tag.as_str())];
    let sign = format!("{path}/sign");
    let reply = world.post_with(("coordinator", &sign), &json!({}), &headers).await;
    reply.problem(409, "conflict");
}

async fn nobody_but_coordinators_hears_of_plans(t: TestStore) {
    let world = world(t).await;
    let plan = made(&world, &json!({})).await;
    let (path, _) = found(&world, &plan).await;
    for address in [PLANS, path.as_str(), &format!("{path}/history")] {
        world.get("public", address).await.problem(401, "unauthorised");
        for role in ["employer", "broker"] {
            world.get(role, address).await.problem(403, "forbidden");
        }
    }
    for role in ["employer", "broker"] {
        // Whatever else is wrong with what they send.
        world.post(role, PLANS, &json!({"odd": 1})).await.problem(403, "forbidden");
    }
    let changes = |who: &'static str| {
        let world = &world;
        async move { world.read(who, "/changes?limit=500").await.to_string() }
    };
    assert!(changes("coordinator").await.contains("pairing-plan"));
    assert!(!changes("public").await.contains("pairing-plan"));
    let lost = world.get("coordinator", "/partnerships/nowhere/pairings").await;
    lost.problem(404, "not-found");
    world.get("coordinator", &format!("{PLANS}/999")).await.problem(404, "not-found");
    let elsewhere = path.replace("/care/", "/construction/");
    assert_eq!(world.get("coordinator", &elsewhere).await.status, 404);
}

async fn two_editors_do_not_overwrite_each_other(t: TestStore) {
    let world = world(t).await;
    let plan = made(&world, &json!({})).await;
    let (path, tag) = found(&world, &plan).await;
    let none = json!({"pairings": []});
    let first = world.put("coordinator", &path, (&tag, &none)).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let late = world.put("coordinator", &path, (&tag, &none)).await;
    late.problem(412, "precondition-failed");
    assert_eq!(late.header("etag"), first.header("etag"));
    let seen = world.tag(&path).await;
    assert_eq!(seen, first.header("etag"));
}
