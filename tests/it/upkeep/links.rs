//! Links by which an employer answers without an account: once, for one posture.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{OWN, SECRET, World, name},
        support::Reply,
    },
    support::{TestStore, run_sql},
};

on_both_databases!(
    still_right_is_a_confirmation_and_uses_the_link_up,
    a_change_is_the_employers_word_of_today,
    a_withdrawal_ends_it,
    what_is_wrong_is_told_and_the_link_stays_good,
    a_link_that_has_run_out_or_was_made_up_leads_to_nothing,
    only_coordinators_make_links_and_nobody_reads_them_again,
);

fn path() -> String {
    format!("/postures/{}", name("postures", OWN))
}

async fn link(world: &World) -> String {
    let reply = world.post("coordinator", &format!("{}/upkeep-links", path()), &json!({})).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(reply.header("cache-control"), "no-store");
    reply.json()["url"].as_str().unwrap().to_owned()
}

async fn send(world: &World, link: &str, form: &str) -> Reply {
    let request = TestRequest::post().uri(link).set_payload(form.to_owned());
    let request = request.insert_header(("content-type", "application/x-www-form-urlencoded"));
    let reply = world.send("public", request).await;
    is_private(&reply);
    reply
}

fn is_private(reply: &Reply) {
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("referrer-policy"), "no-referrer");
    assert!(reply.header("x-robots-tag").contains("noindex"));
}

async fn posture(world: &World) -> Value {
    world.read("coordinator", &path()).await
}

async fn still_right_is_a_confirmation_and_uses_the_link_up(t: TestStore) {
    let world = World::small(t).await;
    let link = link(&world).await;
    let before = posture(&world).await;
    for _ in 0..2 {
        let page = world.page(&link).await;
        assert_eq!(page.status, 200);
        is_private(&page);
        assert!(
            page.text().contains("Is this still right?") && page.text().contains("brook bakery")
        );
        assert!(!page.text().contains(SECRET), "what was meant for brokers is not shown");
    }
    assert_eq!(posture(&world).await, before, "looking changes nothing");
    let done = send(&world, &link, "action=confirm").await;
    assert!(done.status == 200 && done.text().contains("it is confirmed"), "{}", done.text());
    let after = posture(&world).await;
    assert_eq!(after["confirmed_on"], "2026-11-23");
    assert_eq!(after["version"], before["version"].as_i64().unwrap() + 1);
    let again = send(&world, &link, "action=withdraw").await;
    assert!(again.text().contains("answered already"), "{}", again.text());
    assert!(world.page(&link).await.text().contains("answered already"));
    assert_eq!(posture(&world).await, after);
    let audit = world.read("admin", "/audit?limit=3").await;
    let lines = audit["entries"].to_string();
    assert!(lines.contains("upkeep-link:") && lines.contains("\"confirm\""), "{lines}");
    assert!(!lines.contains(link.trim_start_matches("/upkeep/")));
}

async fn a_change_is_the_employers_word_of_today(t: TestStore) {
    let world = World::small(t).await;
    let link = link(&world).await;
    let form = "action=change&stance=case-by-case&conditions=Days+only.%0D%0AAsk+07700+900123.\
                &offers=work-trial&offers=taster&speaking=entry-2&reading=";
    let done = send(&world, &link, form).await;
    assert!(done.status == 200 && done.text().contains("it is changed"), "{}", done.text());
    assert!(done.text().contains("looks like a phone number"), "the page warns");
    let after = posture(&world).await;
    assert_eq!(after["stance"], "case-by-case");
    assert_eq!(after["conditions"], "Days only.\nAsk 07700 900123.");
    assert_eq!(after["offers"], json!(["work-trial", "taster"]));
    assert_eq!(after["english"], json!({"speaking": "entry-2"}));
    assert_eq!(
        (&after["voice"], &after["stated_on"]),
        (&json!("organisation"), &json!("2026-11-23"))
    );
    assert_eq!(after["broker_note"], SECRET, "what was not asked about stays");
    assert_eq!(after["freshness"], "confirmed-90-days");
}

async fn a_withdrawal_ends_it(t: TestStore) {
    let world = World::small(t).await;
    let (link, other) = (link(&world).await, link(&world).await);
    let done = send(&world, &link, "action=withdraw").await;
    assert!(done.status == 200 && done.text().contains("withdrawn"), "{}", done.text());
    let after = posture(&world).await;
    assert_eq!((&after["ended_on"], &after["counts"]), (&json!("2026-11-23"), &json!(false)));
    assert_eq!(world.page(&other).await.status, 404, "what it was about has ended");
}

async fn what_is_wrong_is_told_and_the_link_stays_good(t: TestStore) {
    let world = World::small(t).await;
    let link = link(&world).await;
    let before = posture(&world).await;
    let long = format!("action=change&stance=open&conditions={}", "x".repeat(2_001));
    for form in [
        "",
        "action=delete",
        "action=change",
        "action=change&stance=not-stated",
        "action=change&stance=open&offers=gold",
        "action=change&stance=open&speaking=fluent",
        &long,
    ] {
        let reply = send(&world, &link, form).await;
        assert_eq!(reply.status, 422, "{form}");
        assert!(reply.text().contains("There is a problem"), "{form}");
    }
    let request = TestRequest::post().uri(&link).set_payload("action=withdraw");
    let request = request.insert_header(("sec-fetch-site", "cross-site"));
    assert_eq!(world.send("public", request).await.status, 403);
    assert_eq!(posture(&world).await, before);
    assert_eq!(send(&world, &link, "action=confirm").await.status, 200);
}

async fn a_link_that_has_run_out_or_was_made_up_leads_to_nothing(t: TestStore) {
    let world = World::small(t).await;
    let link = link(&world).await;
    run_sql(&world.t.store, "UPDATE upkeep_link SET expires_at = '2026-11-23 09:00:00'").unwrap();
    for address in [link.as_str(), "/upkeep/0000", &format!("{link}0")] {
        let page = world.page(address).await;
        assert_eq!(page.status, 404, "{address}");
        is_private(&page);
        assert_eq!(send(&world, address, "action=confirm").await.status, 404, "{address}");
    }
    assert_eq!(posture(&world).await["version"], 1);
}

async fn only_coordinators_make_links_and_nobody_reads_them_again(t: TestStore) {
    let world = World::small(t).await;
    let target = format!("{}/upkeep-links", path());
    for who in ["employer", "broker"] {
        world.post(who, &target, &json!({})).await.problem(403, "forbidden");
    }
    world.post("public", &target, &json!({})).await.problem(401, "unauthorised");
    for days in [0, 91] {
        let reply = world.post("admin", &target, &json!({"days": days})).await;
        reply.problem(422, "invalid-request");
    }
    let link = link(&world).await;
    let secret = link.trim_start_matches("/upkeep/");
    assert_eq!(secret.len(), 64);
    let kept = run_sql(
        &world.t.store,
        &format!("UPDATE upkeep_link SET hash = hash WHERE hash LIKE '%{secret}%'"),
    )
    .unwrap();
    assert_eq!(kept, 0, "the secret is not stored");
}
