//! The feed of changes: each is told exactly once for a cursor, and only to those who may
//! know of it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    api::register::world::{DRAFT, OTHER, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    each_change_is_told_exactly_once_over_pages_and_restarts,
    the_public_is_told_of_what_is_public,
    what_becomes_hidden_is_told_once_more,
    a_cursor_that_is_none_is_refused,
    a_reader_sees_the_change_it_asks_for,
);

/// Follows the feed from a cursor to its end, in pages.
async fn follow(
    world: &World,
    who: &str,
    mut cursor: String,
    limit: usize,
) -> (Vec<Value>, String) {
    let mut told = Vec::new();
    loop {
        let from = if cursor.is_empty() { cursor.clone() } else { format!("&cursor={cursor}") };
        let body = world.read(who, &format!("/changes?limit={limit}{from}")).await;
        let some = body["changes"].as_array().unwrap();
        assert!(some.len() <= limit);
        told.extend(some.iter().cloned());
        let resume = body["resume_cursor"].as_str().unwrap().to_owned();
        match body["next_cursor"].as_str() {
            Some(next) => {
                assert_eq!((next, some.len()), (resume.as_str(), limit));
                cursor = resume;
            }
            None => return (told, resume),
        }
    }
}

fn numbers(changes: &[Value]) -> Vec<i64> {
    changes.iter().map(|one| one["change"].as_i64().unwrap()).collect()
}

async fn each_change_is_told_exactly_once_over_pages_and_restarts(t: TestStore) {
    let mut world = World::whole(t).await;
    for who in ["public", "coordinator"] {
        let (whole, end) = follow(&world, who, String::new(), 500).await;
        let told = numbers(&whole);
        assert!(told.len() > 15 && told.is_sorted_by(|one, other| one < other), "{told:?}");
        for limit in [1, 3, 7] {
            let (pages, resume) = follow(&world, who, String::new(), limit).await;
            assert_eq!(pages, whole, "{who} in pages of {limit}");
            let (more, _) = follow(&world, who, resume, limit).await;
            assert_eq!(more, Vec::<Value>::new());
        }
        // Half of it, a restart, a write, and the rest.
        let half = world.read(who, "/changes?limit=9").await;
        let cursor = half["next_cursor"].as_str().unwrap().to_owned();
        world = world.restarted().await;
        let reply = world.change("organisations", OWN, &json!({"description": who})).await;
        let written: i64 = reply.header("x-change").parse().unwrap();
        let (rest, _) = follow(&world, who, cursor, 4).await;
        let mut all = numbers(half["changes"].as_array().unwrap());
        all.extend(numbers(&rest));
        assert_eq!(all, [told, vec![written]].concat(), "{who}");
        let (new, _) = follow(&world, who, end, 100).await;
        assert_eq!(numbers(&new), [written], "{who}: what came after the end");
    }
    let (all, _) = follow(&world, "coordinator", String::new(), 500).await;
    let last = *numbers(&all).last().unwrap();
    assert_eq!(numbers(&all), (1..=last).collect::<Vec<_>>(), "who keeps it is told of all");
}

async fn the_public_is_told_of_what_is_public(t: TestStore) {
    let world = World::whole(t).await;
    let (public, _) = follow(&world, "public", String::new(), 500).await;
    let (all, _) = follow(&world, "coordinator", String::new(), 500).await;
    let kinds = |changes: &[Value]| -> BTreeSet<String> {
        changes.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
    };
    let hidden: BTreeSet<_> = kinds(&all).difference(&kinds(&public)).cloned().collect();
    assert_eq!(hidden, BTreeSet::from(["introduction".to_owned(), "token".to_owned()]));
    for change in &public {
        let id = change["id"].as_str().unwrap();
        assert!(!id.contains(DRAFT), "{change}");
        assert_eq!(change.as_object().unwrap().len(), 4, "not what was done, nor by whom");
    }
    for who in ["employer", "broker"] {
        let (told, _) = follow(&world, who, String::new(), 500).await;
        assert_eq!(told, public, "{who}");
    }
    // Each public change leads to something that can be read, or could be.
    for change in public.iter().filter(|one| one["kind"] == "organisation") {
        world.read("public", &format!("/organisations/{}", change["id"].as_str().unwrap())).await;
    }
}

async fn what_becomes_hidden_is_told_once_more(t: TestStore) {
    let world = World::small(t).await;
    world.fill(OTHER).await;
    let (_, cursor) = follow(&world, "public", String::new(), 500).await;
    world.change("postures", OWN, &json!({"public": false})).await;
    let (told, cursor) = follow(&world, "public", cursor, 500).await;
    assert_eq!(told.len(), 1, "followers have to forget it");
    let path = format!("/postures/{}", name("postures", OWN));
    world.get("public", &path).await.problem(404, "not-found");
    world.change("postures", OWN, &json!({"public": false, "conditions": "New"})).await;
    let (told, cursor) = follow(&world, "public", cursor, 500).await;
    assert_eq!(told, Vec::<Value>::new(), "what is hidden changes unseen");
    world.change("organisations", OTHER, &json!({"publication": "draft"})).await;
    let (told, _) = follow(&world, "public", cursor, 500).await;
    assert!(told.iter().any(|one| one["id"] == OTHER), "{told:?}");
    world.get("public", &format!("/organisations/{OTHER}")).await.problem(404, "not-found");
}

async fn a_cursor_that_is_none_is_refused(t: TestStore) {
    let world = World::small(t).await;
    let body = world.read("public", "/changes?limit=2").await;
    let cursor = body["resume_cursor"].as_str().unwrap();
    let other = World::small(TestStore::sqlite()).await;
    let foreign = other.read("public", "/changes?limit=2").await["resume_cursor"].clone();
    let made_up = cursor.replace('-', "0-");
    for odd in ["1", "x", "2-0000000000000000", &made_up, foreign.as_str().unwrap()] {
        let reply = world.get("public", &format!("/changes?cursor={odd}")).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["field"], "cursor", "{odd}");
    }
    for odd in ["limit=0", "limit=501", "curser=x"] {
        world.get("public", &format!("/changes?{odd}")).await.problem(422, "invalid-request");
    }
}

async fn a_reader_sees_the_change_it_asks_for(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let mut body = record("openings", OWN);
    body["slug"] = json!("zither-maker");
    body["title"] = json!("Zither maker");
    let reply = world.post("employer", "/openings", &body).await;
    let change = reply.header("x-change").to_owned();
    let list = world.get("public", &format!("/openings?after_change={change}")).await;
    assert_eq!(list.header("x-change"), change);
    assert_eq!(list.json()["total"], 2);
    // The index is behind until it was told; a search that may wait finds it then.
    let path = format!("/search?q=zither&kind=organisation&after_change={change}");
    let (found, ()) = tokio::join!(world.read("public", &path), world.catch_up());
    assert_eq!(found["total"], 1, "{found}");
    assert!(found["manifest"]["change"].as_i64().unwrap() >= change.parse().unwrap());
}
