//! The feed of what is new: everything public, once, and nothing else.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::{
    api::register::world::{DRAFT, KEPT, KINDS, OTHER, OWN, SECRET, World, name, record},
    support::TestStore,
};

on_both_databases!(
    what_is_new_is_told_newest_first_with_names_that_stay,
    what_is_for_brokers_and_what_is_a_draft_is_not_in_it_and_does_not_move_it,
    an_organisation_is_new_when_it_is_published,
    what_has_ended_is_no_news,
);

async fn read(world: &World) -> String {
    let reply = world.send("public", TestRequest::get().uri("/feed.atom")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(!reply.header("etag").is_empty());
    let text = reply.text().to_owned();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "));
    assert!(!text.contains(SECRET));
    text
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from} in {text}")) + from.len();
    &text[start..start + text[start..].find(to).unwrap()]
}

/// The names of the entries, as they stand.
fn names(feed: &str) -> Vec<String> {
    let entries = feed.split("<entry>").skip(1);
    let names: Vec<String> =
        entries.map(|entry| between(entry, "<id>", "</id>").to_owned()).collect();
    let mut once = names.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), names.len(), "each thing is told once");
    assert!(names.iter().all(|name| name.starts_with("tag:pathways,2026:")), "{names:?}");
    names
}

fn entry<'a>(feed: &'a str, name: &str) -> &'a str {
    let found = feed.split("<entry>").skip(1).find(|entry| entry.contains(name));
    found.unwrap_or_else(|| panic!("no {name} in {feed}"))
}

fn id(kind: &str, organisation: &str) -> String {
    format!("/{}/{}</id>", kind.trim_end_matches('s'), name(kind, organisation))
}

async fn what_is_new_is_told_newest_first_with_names_that_stay(t: TestStore) {
    let world = World::small(t).await;
    let first = read(&world).await;
    assert!(names(&first).len() >= 5, "{first}");
    for kind in ["organisations", "signatures", "pledges", "openings", "events"] {
        entry(&first, &id(kind, OWN));
    }
    assert!(!first.contains("/posture/") && !first.contains("/introduction/"), "{first}");
    let event = entry(&first, &id("events", OWN));
    let path = format!("href=\"/events/{}\"", name("events", OWN));
    assert!(event.contains(&path) && event.contains("(fictional)</title>"), "{event}");
    let later = crate::shown::noon() + chrono::TimeDelta::hours(1);
    let world = world.at(later).await;
    world.change("pledges", OWN, &json!({"text": "Three <b>trials</b> & more"})).await;
    let second = read(&world).await;
    assert_eq!(names(&second).len(), names(&first).len());
    let newest = second.split("<entry>").nth(1).unwrap();
    assert!(newest.contains(&id("pledges", OWN)), "{newest}");
    assert!(newest.contains("Three &lt;b&gt;trials&lt;/b&gt; &amp; more"), "{newest}");
    assert_eq!(between(newest, "<updated>", "</updated>"), "2026-11-23T13:00:00Z");
    assert_eq!(between(newest, "<published>", "</published>"), "2026-11-23T12:00:00Z");
    assert_eq!(between(&second, "<updated>", "</updated>"), "2026-11-23T13:00:00Z");
    let world = world.restarted().await;
    assert_eq!(read(&world).await, second);
}

async fn what_is_for_brokers_and_what_is_a_draft_is_not_in_it_and_does_not_move_it(t: TestStore) {
    let world = World::small(t).await;
    let before = read(&world).await;
    let world = world.at(crate::shown::noon() + chrono::TimeDelta::hours(1)).await;
    for kind in KINDS.iter().filter(|kind| !KEPT.contains(kind)) {
        world.create(&format!("/{kind}"), &record(kind, DRAFT)).await;
    }
    let contacts = json!([{"audience": "public", "role_title": "Recruitment desk",
        "channel": "email", "value": "jobs@brook-bakery.example"},
        {"audience": "broker", "role_title": "Night desk", "channel": "email",
        "value": "other@x.example"}]);
    let contacts = json!({ "contacts": contacts });
    world.change("organisations", OWN, &contacts).await;
    world.change("pledges", OWN, &json!({"owner_role": "Chief baker"})).await;
    world
        .change("postures", OWN, &json!({"broker_note": "else", "stance": "actively-recruits"}))
        .await;
    assert_eq!(read(&world).await, before);
    // What everybody reads does.
    world.change("organisations", OWN, &json!({"description": "Bakes."})).await;
    let after = read(&world).await;
    assert_eq!(names(&after).len(), names(&before).len());
    assert!(after.split("<entry>").nth(1).unwrap().contains(&id("organisations", OWN)));
}

async fn an_organisation_is_new_when_it_is_published(t: TestStore) {
    let world = World::whole(t).await;
    let before = read(&world).await;
    assert!(!before.contains(DRAFT), "{before}");
    let world = world.at(crate::shown::noon() + chrono::TimeDelta::hours(2)).await;
    world.change("organisations", DRAFT, &json!({"publication": "published"})).await;
    let after = read(&world).await;
    for kind in ["organisations", "pledges", "openings"] {
        let told = entry(&after, &id(kind, DRAFT));
        assert_eq!(between(told, "<updated>", "</updated>"), "2026-11-23T14:00:00Z", "{told}");
        assert_eq!(between(told, "<published>", "</published>"), "2026-11-23T14:00:00Z", "{told}");
    }
    world.change("organisations", DRAFT, &json!({"publication": "withdrawn"})).await;
    assert_eq!(read(&world).await, before);
}

async fn what_has_ended_is_no_news(t: TestStore) {
    let world = World::small(t).await;
    world.fill(OTHER).await;
    let path = format!("/openings/{}", name("openings", OTHER));
    entry(&read(&world).await, &id("openings", OTHER));
    let tag = world.tag(&path).await;
    assert!(world.delete("coordinator", &path, &tag).await.status.is_success());
    let after = read(&world).await;
    assert!(!after.contains(&id("openings", OTHER)), "{after}");
    entry(&after, &id("openings", OWN));
}
