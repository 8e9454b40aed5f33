//! Reports of what was not found as it was said, and what they do to freshness.

use serde_json::json;

use crate::{
    api::register::world::{DRAFT, OWN, World, name},
    support::TestStore,
};

on_both_databases!(
    a_report_makes_it_stale_until_somebody_stands_by_it,
    a_reported_opening_has_no_known_number_of_places,
    one_report_is_open_for_each_token_record_and_reason,
);

fn posture() -> String {
    format!("/postures/{}", name("postures", OWN))
}

async fn a_report_makes_it_stale_until_somebody_stands_by_it(t: TestStore) {
    let world = World::small(t).await;
    let fresh = async || world.read("public", &posture()).await["freshness"].clone();
    let listed = async |value: &str| {
        world.read("public", &format!("/postures?freshness={value}")).await["total"].clone()
    };
    assert_eq!((fresh().await, listed("stale").await), (json!("confirmed-90-days"), json!(0)));
    let reply = world
        .post("broker", &format!("{}/reports", posture()), &json!({"reason": "no-answer"}))
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(reply.json()["reason_label"], "Nobody answers");
    assert_eq!((fresh().await, listed("stale").await), (json!("stale"), json!(1)));
    assert_eq!(listed("confirmed-90-days").await, 0);
    let tag = world.tag(&posture()).await;
    let path = format!("{}/confirmations", posture());
    let reply = world.post_with(("employer", &path), &json!({}), &[("if-match", &tag)]).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!((fresh().await, listed("stale").await), (json!("confirmed-90-days"), json!(0)));
    // The doubt is over, so it can be reported again.
    let reply = world
        .post("broker", &format!("{}/reports", posture()), &json!({"reason": "no-answer"}))
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(fresh().await, "stale");
}

async fn a_reported_opening_has_no_known_number_of_places(t: TestStore) {
    let world = World::small(t).await;
    let opening = format!("/openings/{}", name("openings", OWN));
    let left = async || {
        let told = world.read("public", &format!("{opening}/places")).await;
        told.get("left").cloned()
    };
    assert_eq!(left().await, Some(json!(2)));
    let body = json!({"reason": "no-places"});
    let reply = world.post("broker", &format!("{opening}/reports"), &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(left().await, None);
    let shown = world.read("public", &opening).await;
    assert_eq!((shown.get("places"), shown.get("left")), (None, None), "{shown}");
}

async fn one_report_is_open_for_each_token_record_and_reason(t: TestStore) {
    let mut world = World::whole(t).await;
    world.issue("other broker", pathways::domain::access::Role::Broker, None);
    let path = format!("{}/reports", posture());
    let send = async |who: &str, reason: &str| {
        world.post(who, &path, &json!({"reason": reason})).await.status.as_u16()
    };
    assert_eq!(send("broker", "no-answer").await, 201);
    assert_eq!(send("broker", "no-answer").await, 409);
    assert_eq!(send("broker", "closed-down").await, 201);
    assert_eq!(send("other broker", "no-answer").await, 201);
    assert_eq!(send("broker", "He was rude").await, 422, "no words of one's own");
    let reply = world.post("broker", &path, &json!({"reason": "no-answer", "note": "x"})).await;
    reply.problem(422, "invalid-request");
    assert_eq!(
        (send("employer", "no-answer").await, send("public", "no-answer").await),
        (403, 401)
    );
    let hidden = format!("/postures/{}/reports", name("postures", DRAFT));
    world.post("broker", &hidden, &json!({"reason": "no-answer"})).await.problem(404, "not-found");
}
