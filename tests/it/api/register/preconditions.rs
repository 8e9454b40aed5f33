//! Nobody overwrites what they have not read, and nobody is sent again what they have.

use actix_web::http::Method;
use serde_json::json;

use crate::{
    api::register::world::{KINDS, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    a_change_without_a_tag_is_refused_and_changes_nothing,
    a_stale_tag_is_refused_with_the_present_one,
    strong_and_weak_tags_lists_of_them_and_a_star_are_taken,
    of_two_editors_one_wins_and_the_other_is_told,
    who_has_the_bytes_is_told_so_until_they_change,
    put_with_if_none_match_creates_once,
    what_says_the_same_is_no_new_version,
    what_has_ended_for_good_stays_so,
);

async fn a_change_without_a_tag_is_refused_and_changes_nothing(t: TestStore) {
    let world = World::small(t).await;
    for kind in KINDS {
        let path = format!("/{kind}/{}", name(kind, OWN));
        let before = world.read("coordinator", &path).await;
        let (confirm, body) = (format!("{path}/confirmations"), record(kind, OWN));
        for (method, path, body) in [
            (Method::PUT, &path, body),
            (Method::DELETE, &path, json!({})),
            (Method::POST, &confirm, json!({})),
        ] {
            let reply = world.method("coordinator", &method, (path, body)).await;
            reply.problem(428, "precondition-required");
        }
        assert_eq!(world.read("coordinator", &path).await, before, "{kind}");
    }
    let merge = format!("/organisations/{OWN}/merges");
    let reply = world.post("coordinator", &merge, &json!({"into": "nobody"})).await;
    reply.problem(428, "precondition-required");
}

async fn a_stale_tag_is_refused_with_the_present_one(t: TestStore) {
    let world = World::small(t).await;
    for kind in KINDS {
        let path = format!("/{kind}/{}", name(kind, OWN));
        let old = world.tag(&path).await;
        world.change(kind, OWN, &json!({"stated_by": "Somebody else"})).await;
        let mut body = record(kind, OWN);
        body["stated_by"] = json!("The late one");
        let reply = world.put("coordinator", &path, (&old, &body)).await;
        reply.problem(412, "precondition-failed");
        assert_eq!(reply.header("etag"), world.tag(&path).await, "{kind}");
        world.delete("coordinator", &path, &old).await.problem(412, "precondition-failed");
        assert_eq!(world.read("coordinator", &path).await["stated_by"], "Somebody else");

        let again = world.put("coordinator", &path, (reply.header("etag"), &body)).await;
        assert_eq!(again.status, 200, "{}", again.text());
        assert_eq!(again.json()["version"], 3, "{kind}");
    }
}

async fn strong_and_weak_tags_lists_of_them_and_a_star_are_taken(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/postures/{}", name("postures", OWN));
    let mut body = record("postures", OWN);
    let forms: [fn(&str) -> String; 4] = [
        |tag| tag.to_owned(),
        |tag| format!("W/{tag}"),
        |tag| format!("\"somebody-elses\", {tag}"),
        |_| "*".to_owned(),
    ];
    for (nth, form) in forms.into_iter().enumerate() {
        body["conditions"] = json!(format!("Condition {nth}"));
        let tag = form(&world.tag(&path).await);
        let reply = world.put("employer", &path, (&tag, &body)).await;
        assert_eq!(reply.status, 200, "{tag}: {}", reply.text());
        assert_eq!(reply.json()["version"], nth + 2);
    }
    for odd in ["\"5\"", "5", "\"x-5\"", "\"99-00\""] {
        let reply = world.put("employer", &path, (odd, &body)).await;
        reply.problem(412, "precondition-failed");
    }
}

async fn of_two_editors_one_wins_and_the_other_is_told(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/organisations/{OWN}");
    let tag = world.tag(&path).await;
    let mut bodies = [record("organisations", OWN), record("organisations", OWN)];
    bodies[0]["description"] = json!("As the first says");
    bodies[1]["description"] = json!("As the second says");
    let (one, other) = tokio::join!(
        world.put("coordinator", &path, (&tag, &bodies[0])),
        world.put("admin", &path, (&tag, &bodies[1])),
    );
    let won = [&one, &other].iter().position(|reply| reply.status == 200).expect("one wins");
    let (winner, loser) = if won == 0 { (&one, &other) } else { (&other, &one) };
    loser.problem(412, "precondition-failed");
    assert_eq!(loser.header("etag"), winner.header("etag"), "what to read before trying again");
    let now = world.read("public", &path).await;
    assert_eq!((&now["description"], &now["version"]), (&bodies[won]["description"], &json!(2)));
}

async fn who_has_the_bytes_is_told_so_until_they_change(t: TestStore) {
    let world = World::small(t).await;
    let ask = async |path: &str, tag: &str| {
        let uri = format!("/api/v1{path}");
        let request = actix_web::test::TestRequest::get().uri(&uri);
        world.send("public", request.insert_header(("if-none-match", tag))).await
    };
    for path in [format!("/organisations/{OWN}"), "/organisations".to_owned()] {
        let first = world.get("public", &path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag}");
        for tag in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let again = ask(&path, &tag).await;
            assert_eq!(again.status, 304, "{path} {tag}");
            assert!(again.bytes.is_empty());
            assert_eq!(again.header("etag"), first.header("etag"));
        }
        world.change("organisations", OWN, &json!({"description": path})).await;
        let changed = ask(&path, &tag).await;
        assert_eq!(changed.status, 200, "{path}");
        assert_ne!(changed.header("etag"), tag);
    }
}

async fn put_with_if_none_match_creates_once(t: TestStore) {
    let world = World::small(t).await;
    let mut body = record("openings", OWN);
    body["slug"] = json!("night-shift");
    let create = async |who: &str, path: &str| {
        let uri = format!("/api/v1{path}");
        let request = actix_web::test::TestRequest::put().uri(&uri).set_json(&body);
        world.send(who, request.insert_header(("if-none-match", "*"))).await
    };
    create("employer", "/openings/day-shift").await.problem(422, "invalid-request");
    let made = create("employer", "/openings/night-shift").await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.header("location"), "/api/v1/openings/night-shift");
    let again = create("employer", "/openings/night-shift").await;
    again.problem(412, "precondition-failed");
    assert_eq!(again.header("etag"), made.header("etag"));
    assert_eq!(world.read("public", "/openings/night-shift").await["version"], 1);
}

async fn what_says_the_same_is_no_new_version(t: TestStore) {
    let world = World::small(t).await;
    for kind in KINDS {
        let path = format!("/{kind}/{}", name(kind, OWN));
        let read = world.get("coordinator", &path).await;
        let (tag, change) = (read.header("etag"), read.header("x-change"));
        let reply = world.put("coordinator", &path, (tag, &record(kind, OWN))).await;
        assert_eq!(reply.status, 200, "{kind}: {}", reply.text());
        assert_eq!(reply.json()["version"], 1, "{kind}");
        assert_eq!((reply.header("etag"), reply.header("x-change")), (tag, change), "{kind}");
    }
}

async fn what_has_ended_for_good_stays_so(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/pledges/{}", name("pledges", OWN));
    let gone = format!("{path}?on=2026-11-20&reason=The+kitchen+closed");
    let ended = world.delete("employer", &gone, &world.tag(&path).await).await;
    assert_eq!(ended.status, 200, "{}", ended.text());
    assert_eq!(ended.json()["state"], "withdrawn");
    assert_eq!(ended.json()["end_reason"], "The kitchen closed");
    let tag = world.tag(&path).await;
    world.delete("employer", &path, &tag).await.problem(409, "conflict");
    let anew = world.put("employer", &path, (&tag, &record("pledges", OWN))).await;
    anew.problem(409, "conflict");
    assert_eq!(world.read("public", &path).await["ended_on"], "2026-11-20", "it is still there");
}
