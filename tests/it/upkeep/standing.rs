//! Standing searches: nothing personal in them, nothing private in their feeds, each
//! change told once.

use actix_web::test::TestRequest;
use pathways::domain::access::Role;
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{OTHER, OWN, SECRET, World, name, record},
        support::Reply,
    },
    support::{TestStore, run_sql},
};

on_both_databases!(
    each_change_is_told_once_with_why_it_matches,
    nothing_personal_can_be_saved,
    what_is_for_brokers_is_not_in_the_feed_and_does_not_move_it,
    a_revoked_feed_is_gone_and_nobody_reads_its_address,
    readers_at_once_are_told_the_same,
    pages_together_are_the_whole_feed,
    a_feed_tells_of_what_fits_and_of_nothing_else,
    a_feed_that_the_log_was_trimmed_past_still_tells,
);

/// A world whose employers do not hire from the group at present, as they say in public.
async fn world(t: TestStore) -> World {
    let mut world = World::whole(t).await;
    world.issue("other broker", Role::Broker, None);
    for employer in [OWN, OTHER] {
        let shut = json!({"stance": "not-currently", "offers": [], "public": true});
        world.change("postures", employer, &shut).await;
    }
    world
}

fn cohort() -> Value {
    record("postures", OWN)["cohort"].clone()
}

async fn made(world: &World, mut need: Value) -> String {
    need["cohort"] = cohort();
    let reply = world.post("broker", "/standing-searches", &need).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(reply.header("cache-control"), "no-store");
    reply.json()["feed_url"].as_str().unwrap().to_owned()
}

async fn read(world: &World, feed: &str) -> Reply {
    let reply = world.send("public", TestRequest::get().uri(feed)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(reply.header("content-type").starts_with("application/atom+xml"));
    assert_eq!(reply.header("referrer-policy"), "no-referrer");
    reply
}

/// The numbers of a feed's entries, newest first, and their contents.
async fn told(world: &World, feed: &str) -> Vec<(u64, String)> {
    let text = read(world, feed).await.text().to_owned();
    let entries = text.split("<entry>").skip(1).map(|entry| {
        let between = |from: &str, to: &str| {
            let start = entry.find(from).unwrap() + from.len();
            entry[start..start + entry[start..].find(to).unwrap()].to_owned()
        };
        let id = between("<id>", "</id>");
        let content = between("<content type=\"text\">", "</content>");
        (id.rsplit(':').next().unwrap().parse().unwrap(), content)
    });
    entries.collect()
}

async fn each_change_is_told_once_with_why_it_matches(t: TestStore) {
    let world = world(t).await;
    let feed = made(&world, json!({})).await;
    assert_eq!(told(&world, &feed).await, [], "it tells of changes from now on");
    world.change("postures", OWN, &json!({"stance": "open", "public": true})).await;
    let first = told(&world, &feed).await;
    assert_eq!(first.len(), 1);
    assert!(first[0].1.contains("open, said on"), "{first:?}");
    assert_eq!(told(&world, &feed).await, first, "told once, and the same again");
    // Touched, and nothing that matters is another.
    world.change("organisations", OWN, &json!({"description": "Bakes bread."})).await;
    assert_eq!(told(&world, &feed).await, first);
    let world = world.restarted().await;
    assert_eq!(told(&world, &feed).await, first);
    world.change("openings", OWN, &json!({"title": "Night baker"})).await;
    let second = told(&world, &feed).await;
    assert_eq!(second.iter().map(|one| one.0).collect::<Vec<_>>(), [2, 1]);
    assert!(second[0].1.contains("&quot;Night baker&quot;"), "{second:?}");
    world.change("postures", OWN, &json!({"stance": "not-currently", "public": true})).await;
    world.change("openings", OWN, &json!({"closes_on": "2026-11-01"})).await;
    let third = told(&world, &feed).await;
    assert_eq!(third.len(), 3, "{third:?}");
    assert!(third[0].1.contains("does not fit this search any more"), "{third:?}");
    // Of an employer that never fitted nothing is told.
    let shut = json!({"stance": "not-currently", "offers": ["taster"]});
    world.change("postures", OTHER, &shut).await;
    assert_eq!(told(&world, &feed).await, third);
}

async fn nothing_personal_can_be_saved(t: TestStore) {
    let world = world(t).await;
    for (field, value) in [
        ("text", json!("kitchen evening")),
        ("offence_groups", json!(["driving"])),
        ("dbs_issue", json!(true)),
        ("english", json!("entry-3")),
        ("reference", json!("A17")),
        ("name", json!("Jane")),
        ("skills", json!([])),
    ] {
        let mut need = json!({"cohort": cohort()});
        need[field] = value;
        let reply = world.post("broker", "/standing-searches", &need).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "unknown-field", "{field}");
    }
    for (field, value) in [
        ("place", json!("Banbury")),
        ("place", json!("ZZ99")),
        ("within_miles", json!(7)),
        ("within_miles", json!(5)),
        ("cohort", json!("nobody")),
        ("sectors", json!(["nothing"])),
    ] {
        let mut need = json!({"cohort": cohort()});
        need[field] = value;
        let reply = world.post("broker", "/standing-searches", &need).await;
        reply.problem(422, "invalid-request");
    }
    let feed = made(&world, json!({"place": "OX16 5QA", "within_miles": 20})).await;
    let list = world.read("broker", "/standing-searches").await;
    assert_eq!(list["standing_searches"][0]["need"]["place"], "OX16", "cut to its outward code");
    assert!(read(&world, &feed).await.text().contains("near OX16"));
}

async fn what_is_for_brokers_is_not_in_the_feed_and_does_not_move_it(t: TestStore) {
    let world = world(t).await;
    let feed = made(&world, json!({})).await;
    world.change("postures", OWN, &json!({"stance": "open", "public": true})).await;
    let before = told(&world, &feed).await;
    let note = json!({"stance": "open", "public": true, "broker_note": "hidden-4711",
        "offences": {"stance": "case-by-case", "note": "hidden-4712"}});
    world.change("postures", OWN, &note).await;
    assert_eq!(told(&world, &feed).await, before, "what brokers are told moves nothing");
    // What is told to brokers alone has, for the feed, not been said.
    world.change("postures", OWN, &json!({"stance": "actively-recruits", "public": false})).await;
    let after = told(&world, &feed).await;
    assert!(after.len() == 2 && after[0].1.contains("does not fit"), "{after:?}");
    let text = read(&world, &feed).await.text().to_owned();
    assert!(!text.contains("hidden-47") && !text.contains(SECRET) && !text.contains("actively"));
    world.change("postures", OWN, &json!({"stance": "case-by-case", "public": false})).await;
    assert_eq!(told(&world, &feed).await, after);
}

async fn a_revoked_feed_is_gone_and_nobody_reads_its_address(t: TestStore) {
    let world = world(t).await;
    let feed = made(&world, json!({})).await;
    let secret = feed.trim_start_matches("/feeds/").trim_end_matches(".atom");
    let list = world.read("broker", "/standing-searches").await;
    assert!(!list.to_string().contains(secret));
    let kept = format!("UPDATE standing_search SET hash = hash WHERE hash LIKE '%{secret}%'");
    assert_eq!(run_sql(&world.t.store, &kept).unwrap(), 0);
    assert_eq!(world.read("other broker", "/standing-searches").await["total"], 0);
    let id = &list["standing_searches"][0]["id"];
    let delete = async |who: &str| {
        let uri = format!("/api/v1/standing-searches/{id}");
        world.send(who, TestRequest::delete().uri(&uri)).await.status.as_u16()
    };
    assert_eq!((delete("other broker").await, delete("employer").await), (404, 403));
    assert_eq!(delete("broker").await, 204);
    let gone = world.send("public", TestRequest::get().uri(&feed)).await;
    assert_eq!(gone.status, 404);
    assert_eq!(delete("broker").await, 404);
    // So is the feed of a token that was revoked.
    let feed = made(&world, json!({})).await;
    run_sql(&world.t.store, "UPDATE token SET revoked_at = '2026-11-23 09:00:00'").unwrap();
    assert_eq!(world.send("public", TestRequest::get().uri(&feed)).await.status, 404);
}

async fn readers_at_once_are_told_the_same(t: TestStore) {
    let world = world(t).await;
    let feed = made(&world, json!({})).await;
    for stance in ["open", "case-by-case", "actively-recruits"] {
        world.change("postures", OWN, &json!({"stance": stance, "public": true})).await;
        let all = futures_util::future::join_all((0..6).map(|_| told(&world, &feed))).await;
        assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
        let numbers: Vec<u64> = all[0].iter().map(|one| one.0).rev().collect();
        let wanted: Vec<u64> = (1..=u64::try_from(numbers.len()).unwrap()).collect();
        assert_eq!(numbers, wanted, "no number twice, none missing");
    }
    assert_eq!(told(&world, &feed).await.len(), 3);
}

async fn pages_together_are_the_whole_feed(t: TestStore) {
    let world = world(t).await;
    let feed = made(&world, json!({})).await;
    let path = format!("/postures/{}", name("postures", OWN));
    for nth in 0..55 {
        let text = json!({"public": true, "stance": "open", "conditions": format!("No {nth}.")});
        world.change("postures", OWN, &text).await;
        told(&world, &feed).await;
    }
    assert_eq!(world.read("public", &path).await["conditions"], "No 54.");
    let text = read(&world, &feed).await.text().to_owned();
    assert!(text.contains("<link rel=\"next\" href=\"?before=6\"/>"), "{text}");
    let mut numbers: Vec<u64> = told(&world, &feed).await.into_iter().map(|one| one.0).collect();
    let older = told(&world, &format!("{feed}?before=6")).await;
    numbers.extend(older.into_iter().map(|one| one.0));
    assert_eq!(numbers, (1..=55).rev().collect::<Vec<u64>>());
}

async fn a_feed_tells_of_what_fits_and_of_nothing_else(t: TestStore) {
    let world = world(t).await;
    let site = json!([{"label": "Bakery", "town": "Banbury", "postcode": "OX16 5QA"}]);
    world.change("organisations", OWN, &json!({"sites": site})).await;
    let mut feeds = Vec::new();
    for (need, fits) in [
        (json!({"place": "OX16", "within_miles": 5}), true),
        (json!({"place": "OX1", "within_miles": 50}), true),
        (json!({"place": "OX1", "within_miles": 5}), false),
        (json!({"work_types": ["kitchen"], "patterns": ["evening", "night"]}), true),
        (json!({"work_types": ["driving"]}), false),
        (json!({"hours": "full-time"}), false),
        (json!({"base": "on-site", "hours": "part-time"}), true),
        (json!({"wants": ["work-trial"]}), true),
        (json!({"wants": ["work-trial", "guaranteed-interview"]}), false),
        (json!({"sectors": ["construction"]}), false),
    ] {
        feeds.push((made(&world, need.clone()).await, need, fits));
    }
    let open = json!({"stance": "open", "public": true, "offers": ["work-trial"]});
    world.change("postures", OWN, &open).await;
    for (feed, need, fits) in &feeds {
        assert_eq!(told(&world, feed).await.len(), usize::from(*fits), "{need}");
    }
    world.change("organisations", OWN, &json!({"sites": site, "do_not_contact": true})).await;
    let (feed, ..) = &feeds[0];
    assert!(told(&world, feed).await[0].1.contains("does not fit"), "it asked to be left alone");
}

async fn a_feed_that_the_log_was_trimmed_past_still_tells(t: TestStore) {
    let world = world(t).await;
    let feed = made(&world, json!({})).await;
    world.change("postures", OWN, &json!({"stance": "open", "public": true})).await;
    world.change("events", OWN, &json!({"summary": "Come along."})).await;
    let trim = "DELETE FROM change_log WHERE seq < (SELECT seq FROM change_clock)";
    assert!(run_sql(&world.t.store, trim).unwrap() > 1);
    let first = told(&world, &feed).await;
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!(told(&world, &feed).await, first);
}
