//! Places over the API: who may do what, in which words, and once.

use actix_web::test::TestRequest;
use pathways::domain::access::Role;
use serde_json::{Value, json};

use crate::{
    api::register::world::{DRAFT, OTHER, OWN, World, name},
    support::TestStore,
};

on_both_databases!(
    places_are_held_taken_given_back_and_declined,
    a_broker_sees_its_own_holds_and_nobody_elses,
    a_request_sent_twice_holds_one_place,
    a_mark_that_is_not_opaque_is_refused_and_not_repeated,
    a_new_count_begins_when_the_number_is_restated,
    what_nobody_confirmed_is_unknown_and_cannot_be_held,
    the_public_search_follows_the_ledger,
    a_closed_opening_and_one_left_alone_are_not_held,
);

fn opening() -> String {
    format!("/openings/{}", name("openings", OWN))
}

/// A world whose opening has so many places, stated today.
async fn world(t: TestStore, places: i32) -> World {
    let mut world = World::whole(t).await;
    world.issue("employer", Role::Employer, Some(OWN));
    world.issue("other employer", Role::Employer, Some(OTHER));
    world.issue("other broker", Role::Broker, None);
    let tag = world.tag(&opening()).await;
    let path = format!("{}/places", opening());
    let reply = world.put("employer", &path, (&tag, &json!({"places": places}))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    world
}

async fn entered(world: &World, who: &str, (below, body): (&str, Value)) -> Value {
    let reply = world.post(who, &format!("{}/places/{below}", opening()), &body).await;
    assert_eq!(reply.status, 201, "{below}: {}", reply.text());
    reply.json()
}

async fn counts(world: &World) -> (Value, Value, Value, Value) {
    let told = world.read("public", &format!("{}/places", opening())).await;
    let field = |name: &str| told[name].clone();
    (field("places"), field("left"), field("held"), field("taken"))
}

async fn places_are_held_taken_given_back_and_declined(t: TestStore) {
    let world = world(t, 5).await;
    let first = entered(&world, "broker", ("holds", json!({"days": 3, "reference": "A17"}))).await;
    assert_eq!(first["hold"]["expires_on"], "2026-11-26");
    assert_eq!(first["hold"]["reference"], "A17");
    let second = entered(&world, "broker", ("holds", json!({}))).await;
    assert_eq!(second["hold"]["expires_on"], "2026-12-07");
    assert_eq!(counts(&world).await, (json!(5), json!(3), json!(2), json!(0)));
    let (first, second) = (&first["hold"]["id"], &second["hold"]["id"]);
    let taken = entered(&world, "employer", ("takings", json!({"hold": first}))).await;
    assert_eq!(
        (&taken["hold"]["state"], &taken["hold"]["reference"]),
        (&json!("taken"), &Value::Null)
    );
    entered(&world, "coordinator", ("takings", json!({}))).await;
    entered(&world, "employer", ("refusals", json!({"hold": second}))).await;
    assert_eq!(counts(&world).await, (json!(5), json!(3), json!(0), json!(2)));
    let told = world.read("public", &format!("{}/places", opening())).await;
    assert_eq!(told["text"], "3 of 5 left this quarter, confirmed today");
    let shown = world.read("public", &opening()).await;
    assert_eq!((&shown["places"], &shown["left"]), (&json!(5), &json!(3)));
    entered(&world, "employer", ("returns", json!({"hold": first}))).await;
    assert_eq!(counts(&world).await, (json!(5), json!(4), json!(0), json!(1)));
    let path = format!("{}/places/takings", opening());
    world.post("employer", &path, &json!({"hold": second})).await.problem(409, "conflict");
    world.post("employer", &path, &json!({"hold": 4711})).await.problem(422, "invalid-request");
}

async fn a_broker_sees_its_own_holds_and_nobody_elses(t: TestStore) {
    let world = world(t, 3).await;
    let mine = entered(&world, "broker", ("holds", json!({"reference": "A17"}))).await;
    let id = mine["hold"]["id"].clone();
    let holds = format!("{}/places/holds", opening());
    let total = async |who: &str| world.read(who, &holds).await["total"].clone();
    assert_eq!(total("broker").await, 1);
    assert_eq!(total("other broker").await, 0);
    assert_eq!(total("employer").await, 1);
    let shown = world.read("employer", &format!("{holds}/{id}")).await;
    assert_eq!(shown.get("reference"), None, "the mark is the broker's own");
    assert_eq!(world.read("admin", &format!("{holds}/{id}")).await["reference"], "A17");
    world.get("other broker", &format!("{holds}/{id}")).await.problem(404, "not-found");
    world.get("other employer", &holds).await.problem(403, "forbidden");
    world.get("public", &holds).await.problem(401, "unauthorised");
    let back = format!("{}/places/returns", opening());
    let reply = world.post("other broker", &back, &json!({"hold": id})).await;
    assert_eq!(reply.problem(422, "invalid-request")["errors"][0]["code"], "unknown-value");
    let takings = format!("{}/places/takings", opening());
    world.post("broker", &takings, &json!({"hold": id})).await.problem(403, "forbidden");
    world.post("other employer", &takings, &json!({})).await.problem(403, "forbidden");
    world.post("employer", &holds, &json!({})).await.problem(403, "forbidden");
    entered(&world, "broker", ("returns", json!({"hold": id}))).await;
    let hidden = format!("/openings/{}/places", name("openings", DRAFT));
    world.get("broker", &hidden).await.problem(404, "not-found");
    let reply = world.post("broker", &format!("{hidden}/holds"), &json!({})).await;
    reply.problem(404, "not-found");
}

async fn a_request_sent_twice_holds_one_place(t: TestStore) {
    let world = world(t, 3).await;
    let path = format!("{}/places/holds", opening());
    let key = [("idempotency-key", "hold-1")];
    let send = async |body: Value| world.post_with(("broker", &path), &body, &key).await;
    let (one, two) = (send(json!({"days": 7})).await, send(json!({"days": 7})).await);
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (201, 201));
    assert_eq!(one.json()["hold"], two.json()["hold"]);
    assert_eq!(one.header("x-change"), two.header("x-change"));
    assert_eq!(counts(&world).await.2, json!(1));
    send(json!({"days": 8})).await.problem(422, "invalid-request");
    let world = world.restarted().await;
    let again = world.post_with(("broker", &path), &json!({"days": 7}), &key).await;
    assert_eq!(again.json()["hold"], one.json()["hold"]);
    assert_eq!(counts(&world).await.2, json!(1));
}

async fn a_mark_that_is_not_opaque_is_refused_and_not_repeated(t: TestStore) {
    let world = world(t, 3).await;
    let path = format!("{}/places/holds", opening());
    for mark in ["A1234BC", "AB123456C", "07700900123", "Smith-12-03-1985", "a b", "x@y.org", ""] {
        let reply = world.post("broker", &path, &json!({"reference": mark})).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "not-opaque", "{mark}");
        assert!(mark.is_empty() || !problem.to_string().contains(mark), "{problem}");
    }
    for days in [0, 29] {
        let reply = world.post("broker", &path, &json!({"days": days})).await;
        assert_eq!(reply.problem(422, "invalid-request")["errors"][0]["code"], "out-of-range");
    }
    assert_eq!(counts(&world).await.2, json!(0));
}

async fn a_new_count_begins_when_the_number_is_restated(t: TestStore) {
    let world = world(t, 3).await;
    entered(&world, "broker", ("holds", json!({}))).await;
    entered(&world, "broker", ("holds", json!({}))).await;
    entered(&world, "employer", ("takings", json!({}))).await;
    let path = format!("{}/places", opening());
    let reply = world
        .send(
            "employer",
            TestRequest::put().uri(&format!("/api/v1{path}")).set_json(json!({"places": 3})),
        )
        .await;
    reply.problem(428, "precondition-required");
    let tag = world.tag(&opening()).await;
    let reply = world.put("broker", &path, (&tag, &json!({"places": 3}))).await;
    reply.problem(403, "forbidden");
    // The same number begins a new count, too.
    let reply = world.put("employer", &path, (&tag, &json!({"places": 3}))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(counts(&world).await, (json!(3), json!(1), json!(2), json!(0)));
    let tag = reply.header("etag").to_owned();
    let reply = world.put("employer", &path, (&tag, &json!({"places": 1}))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(counts(&world).await, (json!(1), json!(0), json!(1), json!(0)));
    world
        .put("employer", &path, (&tag, &json!({"places": 9})))
        .await
        .problem(412, "precondition-failed");
    // So does writing the opening anew with another number.
    world.change("openings", OWN, &json!({"places": 4})).await;
    assert_eq!(counts(&world).await, (json!(4), json!(3), json!(1), json!(0)));
    let all = world.read("coordinator", &format!("{path}/holds")).await;
    let states: Vec<_> = all["holds"].as_array().unwrap().iter().map(|h| &h["state"]).collect();
    assert_eq!(states, ["held", "recounted", "taken"]);
}

async fn what_nobody_confirmed_is_unknown_and_cannot_be_held(t: TestStore) {
    let world = World::whole(t).await;
    let body = json!({"stated_on": "2026-08-24", "places": 5});
    world.change("openings", OWN, &body).await;
    let path = format!("{}/places", opening());
    let told = world.read("public", &path).await;
    assert_eq!((told.get("places"), told.get("left")), (None, None), "{told}");
    assert_eq!(told["text"], "Number of places not known: confirmed 91 days ago");
    let reply = world.post("broker", &format!("{path}/holds"), &json!({})).await;
    let problem = reply.problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains("not known"));
    world.change("openings", OWN, &json!({"stated_on": "2026-11-11", "places": 5})).await;
    let told = world.read("public", &path).await;
    assert_eq!(told["text"], "5 of 5 left this quarter, confirmed 12 days ago");
}

async fn the_public_search_follows_the_ledger(t: TestStore) {
    let world = world(t, 1).await;
    let found = async || {
        let state = &world.state;
        let change = pathways::app::register::position(state).await.unwrap();
        world.catch_up().await;
        assert!(state.snapshot().change >= change);
        let query = "/search?kind=organisation&has-places=yes";
        world.read("public", query).await["total"].clone()
    };
    let before = found().await;
    let held = entered(&world, "broker", ("holds", json!({}))).await;
    let during = found().await;
    entered(&world, "broker", ("returns", json!({"hold": held["hold"]["id"]}))).await;
    let after = found().await;
    let count = |value: &Value| value.as_i64().unwrap();
    assert_eq!((count(&before) - 1, &before), (count(&during), &after));
}

async fn a_closed_opening_and_one_left_alone_are_not_held(t: TestStore) {
    let world = world(t, 3).await;
    let held = entered(&world, "broker", ("holds", json!({}))).await;
    world.change("openings", OWN, &json!({"closes_on": "2026-11-22", "places": 3})).await;
    let path = format!("{}/places/holds", opening());
    world.post("broker", &path, &json!({})).await.problem(409, "conflict");
    // Whoever holds a place may still get it.
    entered(&world, "employer", ("takings", json!({"hold": held["hold"]["id"]}))).await;
    world.change("openings", OWN, &json!({"places": 3})).await;
    world.change("organisations", OWN, &json!({"do_not_contact": true})).await;
    world.post("broker", &path, &json!({})).await.problem(409, "conflict");
}
