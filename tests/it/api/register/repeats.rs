//! A request that is sent twice is done once.

use futures_util::future::{Either, select};
use pathways::{
    app::tokens::{self, Wish},
    domain::access::Role,
    store::{StoreError, records::Author},
};
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{OWN, World, name, record},
        support::Reply,
    },
    shown,
    support::TestStore,
};

on_both_databases!(
    a_lost_answer_is_given_again,
    a_key_with_another_body_is_refused,
    a_key_is_its_senders_own,
    a_refused_request_leaves_its_key_free,
    while_a_request_is_under_way_its_twin_is_refused,
    a_key_is_remembered_after_a_restart,
    an_update_is_added_once,
    a_batch_is_done_once_item_by_item,
);

fn opening(slug: &str) -> Value {
    let mut body = record("openings", OWN);
    body["slug"] = json!(slug);
    body
}

async fn post(world: &World, who: &str, body: &Value, key: &str) -> Reply {
    world.post_with((who, "/openings"), body, &[("idempotency-key", key)]).await
}

async fn total(world: &World, path: &str) -> Value {
    world.read("coordinator", path).await["total"].clone()
}

fn same(one: &Reply, other: &Reply) {
    assert_eq!((one.status, one.json()), (other.status, other.json()));
    for header in ["location", "etag", "x-change"] {
        assert_eq!(one.header(header), other.header(header), "{header}");
    }
}

async fn a_lost_answer_is_given_again(t: TestStore) {
    let world = World::small(t).await;
    // No name is asked for: a second one would get another.
    let mut body = opening("");
    body.as_object_mut().unwrap().remove("slug");
    let first = post(&world, "employer", &body, "k-1").await;
    assert_eq!(first.status, 201, "{}", first.text());
    same(&first, &post(&world, "employer", &body, "k-1").await);
    assert_eq!(total(&world, "/openings").await, 2);

    // Also when it was changed since: the answer is to the request that was sent.
    let path = format!("/openings/{}", first.json()["slug"].as_str().unwrap());
    let mut later = body.clone();
    later["title"] = json!("Morning baker");
    let changed = world.put("employer", &path, (&world.tag(&path).await, &later)).await;
    assert_eq!(changed.json()["version"], 2, "{}", changed.text());
    same(&first, &post(&world, "employer", &body, "k-1").await);
    assert_eq!(world.read("public", &path).await["title"], "Morning baker");
}

async fn a_key_with_another_body_is_refused(t: TestStore) {
    let world = World::small(t).await;
    assert_eq!(post(&world, "employer", &opening("one"), "k").await.status, 201);
    let other = post(&world, "employer", &opening("two"), "k").await;
    let problem = other.problem(422, "invalid-request");
    assert_eq!(problem["errors"][0]["code"], "reused");
    world.get("employer", "/openings/two").await.problem(404, "not-found");
    // The same bytes to another address are another request.
    let headers = [("idempotency-key", "k")];
    let posture = record("postures", OWN);
    let elsewhere = world.post_with(("employer", "/postures"), &posture, &headers).await;
    assert_eq!(elsewhere.problem(422, "invalid-request")["errors"][0]["code"], "reused");
    for odd in [" ", &"x".repeat(181)] {
        let reply = post(&world, "employer", &opening("two"), odd).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["field"], "idempotency-key");
    }
    assert_eq!(post(&world, "employer", &opening("two"), &"x".repeat(180)).await.status, 201);
}

async fn a_key_is_its_senders_own(t: TestStore) {
    let world = World::small(t).await;
    assert_eq!(post(&world, "employer", &opening("one"), "k").await.status, 201);
    assert_eq!(post(&world, "coordinator", &opening("two"), "k").await.status, 201);
    assert_eq!(total(&world, "/openings").await, 3);
}

async fn a_refused_request_leaves_its_key_free(t: TestStore) {
    let world = World::small(t).await;
    let mut wrong = opening("one");
    wrong["site"] = json!("Nowhere");
    post(&world, "employer", &wrong, "k").await.problem(422, "invalid-request");
    assert_eq!(post(&world, "employer", &opening("one"), "k").await.status, 201);
}

async fn while_a_request_is_under_way_its_twin_is_refused(t: TestStore) {
    let world = World::small(t).await;
    // Somebody else is writing, so that the request has to wait.
    let (say_held, held) = std::sync::mpsc::channel();
    let (let_go, going) = std::sync::mpsc::channel::<()>();
    let store = world.t.store.clone();
    let holder = std::thread::spawn(move || {
        store.write_blocking(|conn| {
            let wish =
                Wish { role: Role::Broker, organisation: None, label: None, expires_at: None };
            let author = Author { actor: "operator".to_owned(), role: Role::Admin, token: None };
            tokens::issue(conn, wish, &author, shown::noon())?;
            say_held.send(()).unwrap();
            going.recv().unwrap();
            Ok::<_, StoreError>(())
        })
    });
    held.recv().unwrap();
    let body = opening("one");
    let one = Box::pin(post(&world, "employer", &body, "k"));
    let other = Box::pin(post(&world, "employer", &body, "k"));
    let (refused, waiting) = match select(one, other).await {
        Either::Left(both) | Either::Right(both) => both,
    };
    refused.problem(409, "conflict");
    let_go.send(()).unwrap();
    let done = waiting.await;
    assert_eq!(done.status, 201, "{}", done.text());
    holder.join().unwrap().unwrap();
    same(&done, &post(&world, "employer", &body, "k").await);
}

async fn a_key_is_remembered_after_a_restart(t: TestStore) {
    let world = World::small(t).await;
    let first = post(&world, "employer", &opening("one"), "k").await;
    let world = world.restarted().await;
    same(&first, &post(&world, "employer", &opening("one"), "k").await);
    post(&world, "employer", &opening("two"), "k").await.problem(422, "invalid-request");
    assert_eq!(total(&world, "/openings").await, 2);
}

async fn an_update_is_added_once(t: TestStore) {
    let world = World::small(t).await;
    let pledge = format!("/pledges/{}", name("pledges", OWN));
    let path = format!("{pledge}/updates");
    let update = json!({"on": "2026-11-20", "progress": "on-track", "value": 5});
    let add = async |body: &Value| {
        world.post_with(("employer", &path), body, &[("idempotency-key", "k")]).await
    };
    let first = add(&update).await;
    assert_eq!(first.status, 201, "{}", first.text());
    same(&first, &add(&update).await);
    let other = json!({"on": "2026-11-21", "progress": "met"});
    add(&other).await.problem(422, "invalid-request");
    let now = world.read("employer", &pledge).await;
    assert_eq!(now["updates"].as_array().unwrap().len(), 1);
    assert_eq!(now["version"], 2);
}

async fn a_batch_is_done_once_item_by_item(t: TestStore) {
    let world = World::small(t).await;
    let mut items = vec![opening("one"), opening("two"), opening("three")];
    items[1]["title"] = json!("");
    let send = async |items: &[Value]| {
        let body = json!({"items": items});
        let path = ("employer", "/openings/batches");
        let reply = world.post_with(path, &body, &[("idempotency-key", "k")]).await;
        assert_eq!(reply.status, 207, "{}", reply.text());
        reply.json()
    };
    let first = send(&items).await;
    assert_eq!((&first["total"], &first["created"]), (&json!(3), &json!(2)));
    let statuses = |body: &Value| -> Vec<u64> {
        let results = body["results"].as_array().unwrap().iter();
        results.map(|one| one["status"].as_u64().unwrap()).collect()
    };
    assert_eq!(statuses(&first), [201, 422, 201]);
    assert_eq!(first["results"][1]["errors"][0]["field"], "title");
    assert_eq!(send(&items).await, first);
    assert_eq!(total(&world, "/openings").await, 3);

    // What was refused may be mended; what was done may not become something else.
    items[1] = opening("two");
    items[2]["title"] = json!("Another title");
    let second = send(&items).await;
    assert_eq!(statuses(&second), [201, 201, 422]);
    assert_eq!(second["results"][2]["errors"][0]["code"], "reused");
    assert_eq!(total(&world, "/openings").await, 4);
    let kept = world.read("public", "/openings/three").await;
    assert_eq!(kept["title"], "Evening kitchen porter");
}
