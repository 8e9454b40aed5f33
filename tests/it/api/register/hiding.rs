//! What is told to brokers, to coordinators or to nobody is in no answer to anybody else,
//! and cannot be guessed at.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{DRAFT, KINDS, OTHER, OWN, SECRET, World, listed, name, record},
        support::{Reply, encoded},
    },
    contract,
    support::TestStore,
};

on_both_databases!(
    no_answer_to_the_public_holds_what_is_hidden,
    brokers_are_told_what_they_are_told_and_no_more,
    what_is_hidden_cannot_be_filtered_by_or_asked_for,
    what_is_hidden_is_answered_like_what_is_not_there,
    a_number_of_a_hidden_organisation_does_not_tell_its_name,
    contacts_of_who_asked_for_peace_are_told_to_nobody,
    a_rung_rests_on_what_everybody_can_read,
);

/// What only coordinators and the organisation itself are shown.
const INSIDE: &str = "only-for-keepers-4402";

/// A register in which every field that can be hidden is filled, and two records of each
/// kind that are not to be seen at all.
async fn filled(t: TestStore) -> World {
    let world = World::whole(t).await;
    for organisation in [OWN, OTHER] {
        let contacts = json!([
            {"audience": "broker", "role_title": "Hiring manager", "channel": "email",
                "value": format!("{SECRET}@x.example")},
            {"audience": "coordinator", "role_title": INSIDE, "channel": "post", "value": INSIDE},
        ]);
        let said = json!({"contacts": contacts, "stated_by": SECRET});
        world.change("organisations", organisation, &said).await;
        let agreed = json!({"agreed_on": "2026-09-01", "approval_route": INSIDE,
            "stated_by": SECRET});
        world.change("signatures", organisation, &agreed).await;
        let updates = json!([
            {"on": "2026-11-01", "progress": "on-track", "narrative": INSIDE, "value": 7},
            {"on": "2026-11-02", "progress": "on-track", "narrative": "Told", "published": true},
        ]);
        let reported = json!({"owner_role": INSIDE, "updates": updates, "stated_by": SECRET});
        world.change("pledges", organisation, &reported).await;
        for kind in ["postures", "openings", "events", "case-studies"] {
            world.change(kind, organisation, &json!({"stated_by": SECRET})).await;
        }
        let path = format!("/openings/{}", name("openings", organisation));
        let end = format!("{path}?on=2026-11-22&reason={SECRET}");
        let ended = world.delete("coordinator", &end, &world.tag(&path).await).await;
        assert_eq!(ended.status, 200, "{}", ended.text());
        let mut private = record("postures", organisation);
        private["slug"] = json!(format!("{SECRET}-{organisation}"));
        private["cohort"] = json!("refugees");
        private["public"] = json!(false);
        private["conditions"] = json!(SECRET);
        world.create("/postures", &private).await;
        let mut study = record("case-studies", organisation);
        study["slug"] = json!(format!("{INSIDE}-{organisation}"));
        study["title"] = json!(INSIDE);
        study["permission"] = json!("asked");
        study.as_object_mut().unwrap().remove("published_on");
        world.create("/case-studies", &study).await;
    }
    world.catch_up().await;
    world
}

/// Every address at which something of the register can be read.
async fn addresses(world: &World) -> Vec<String> {
    let mut found = vec!["/changes?limit=500".to_owned()];
    for query in [SECRET, INSIDE, "quiet mill", "bakery", "Told", ""] {
        let query = encoded(query);
        found.push(format!("/search?q={query}&per_page=100"));
        found.push(format!("/suggest?q={query}"));
        found.push(format!("/organisations?q={query}"));
    }
    for kind in KINDS {
        found.push(format!("/{kind}?per_page=100"));
        let list = world.read("coordinator", &format!("/{kind}?per_page=100")).await;
        let records = list[listed(kind)].as_array().unwrap().clone();
        for one in records {
            let path = format!("/{kind}/{}", one["slug"].as_str().unwrap());
            found.push(format!("{path}?as_of=2026-11-22"));
            found.push(format!("{path}/history"));
            if kind == "organisations" {
                for below in ["signatures", "pledges", "postures", "openings"] {
                    found.push(format!("{path}/{below}"));
                    found.push(format!("{path}/{below}?as_of=2026-11-22"));
                }
            }
            found.push(path);
        }
    }
    assert!(found.len() > 120, "{}", found.len());
    found
}

/// The answer as text, with its headers; the question itself may be repeated in it.
fn told(reply: &Reply) -> String {
    let headers = reply.headers.iter().map(|(name, value)| format!("{name}: {value:?}\n"));
    headers.collect::<String>() + &reply.text().to_lowercase()
}

async fn no_answer_to_the_public_holds_what_is_hidden(t: TestStore) {
    let mut world = filled(t).await;
    world.issue("other", pathways::domain::access::Role::Employer, Some("crown-garage"));
    let addresses = addresses(&world).await;
    let mut seen = 0;
    for path in &addresses {
        let inside = told(&world.get("coordinator", path).await);
        seen += usize::from(inside.contains(SECRET) || inside.contains(INSIDE));
        let asked = [SECRET, INSIDE, "quiet%20mill"].into_iter().any(|word| path.contains(word));
        if asked && (path.contains("search") || path.contains("suggest")) {
            let answer = world.read("public", path).await;
            let results = answer["results"].as_array().or(answer["groups"].as_array());
            let results = json!(results.unwrap()).to_string().to_lowercase();
            for word in [SECRET, INSIDE, "quiet mill", DRAFT] {
                assert!(!results.contains(word), "{path}: {results}");
            }
            continue;
        }
        let answer = told(&world.get("public", path).await);
        let hidden = [SECRET, INSIDE, "quiet mill", DRAFT, "agreed_on"];
        for word in hidden {
            assert!(!answer.contains(word), "{path} tells {word}: {answer}");
        }
        // What another employer is shown beside what is public is its own.
        if path.contains(OWN) {
            let answer = told(&world.get("other", path).await);
            for word in hidden {
                assert!(!answer.contains(word), "{path} tells an employer {word}: {answer}");
            }
        }
    }
    assert!(seen > 40, "there is something to hide in {seen} answers");
    for path in ["", "/history", "?as_of=2026-11-22"] {
        let page = world.page(&format!("/organisations/{OWN}{path}")).await;
        assert_eq!(page.status, 200);
        let page = page.text();
        assert!(!page.contains(SECRET) && !page.contains(INSIDE), "{path}: {page}");
    }
}

async fn brokers_are_told_what_they_are_told_and_no_more(t: TestStore) {
    let world = filled(t).await;
    let mut secrets = 0;
    for path in addresses(&world).await {
        let asked = [SECRET, INSIDE, "quiet%20mill"].into_iter().any(|word| path.contains(word));
        if asked {
            continue;
        }
        let answer = told(&world.get("broker", &path).await);
        for word in [INSIDE, "quiet mill", DRAFT, "approval_route", "owner_role"] {
            assert!(!answer.contains(word), "{path} tells a broker {word}: {answer}");
        }
        secrets += usize::from(answer.contains(SECRET));
    }
    assert!(secrets > 20, "{secrets}");
}

async fn what_is_hidden_cannot_be_filtered_by_or_asked_for(t: TestStore) {
    let world = World::small(t).await;
    let publication = "/organisations?publication=draft";
    for who in ["public", "employer", "broker"] {
        let reply = world.get(who, publication).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "unknown-parameter", "{who}");
    }
    assert_eq!(world.read("coordinator", publication).await["total"], 0);
    for (who, kind, field) in [
        ("public", "postures", "broker_note"),
        ("public", "postures", "offences"),
        ("public", "organisations", "publication"),
        ("public", "organisations", "stated_by"),
        ("broker", "signatures", "approval_route"),
        ("broker", "pledges", "owner_role"),
    ] {
        for path in [format!("/{kind}"), format!("/{kind}/{}", name(kind, OWN))] {
            let hidden = world.get(who, &format!("{path}?fields={field}")).await;
            let hidden = hidden.problem(422, "invalid-request");
            let absent = world.get(who, &format!("{path}?fields=xqzzqx")).await;
            let absent = absent.problem(422, "invalid-request");
            assert_eq!(hidden["errors"][0]["code"], absent["errors"][0]["code"], "{field}");
            assert!(!hidden.to_string().contains(field), "{hidden}");
        }
    }
    // The document says no more of it than of what is not there.
    let parameters = contract::document()["paths"]["/api/v1/postures"]["get"]["parameters"].clone();
    assert!(!parameters.to_string().contains("offences"), "{parameters}");
}

async fn what_is_hidden_is_answered_like_what_is_not_there(t: TestStore) {
    let world = filled(t).await;
    let same = |hidden: &Reply, absent: &Reply, about: &str| {
        let plain = |reply: &Reply| {
            let mut body = reply.json();
            body["request_id"] = Value::Null;
            let text = body.to_string();
            let names = reply.headers.keys().map(ToString::to_string);
            let mut names: Vec<_> = names.collect();
            names.sort();
            (reply.status, text.replace(DRAFT, "nothing-here"), names)
        };
        assert_eq!(plain(hidden), plain(absent), "{about}");
        assert_eq!(hidden.status, 404, "{about}");
    };
    let private = format!("{SECRET}-{OTHER}");
    let study = format!("{INSIDE}-{OTHER}");
    let mut hidden: Vec<(&str, String)> =
        KINDS.iter().take(7).map(|kind| (*kind, name(kind, DRAFT))).collect();
    hidden.extend([("postures", private), ("case-studies", study)]);
    for (kind, slug) in &hidden {
        for below in ["", "/history", "?as_of=2026-11-22", "?fields=slug"] {
            let paths = [slug.as_str(), "nothing-here"].map(|one| format!("/{kind}/{one}{below}"));
            for who in ["public", "employer"] {
                let [one, other] = &paths;
                let begun = world.t.store.statements();
                let hidden = world.get(who, one).await;
                let for_hidden = world.t.store.statements() - begun;
                let absent = world.get(who, other).await;
                let for_absent = world.t.store.statements() - begun - for_hidden;
                same(&hidden, &absent, one);
                // What takes the same steps takes the same time.
                assert_eq!(for_hidden, for_absent, "{who} {one}: statements to the database");
            }
        }
        let body = || record(kind, OWN);
        for (method, below) in
            [(Method::PUT, ""), (Method::DELETE, ""), (Method::POST, "/confirmations")]
        {
            let [one, other] =
                [slug.as_str(), "nothing-here"].map(|one| format!("/{kind}/{one}{below}"));
            let hidden = world.method("employer", &method, (&one, body())).await;
            let absent = world.method("employer", &method, (&other, body())).await;
            same(&hidden, &absent, &format!("{method} {one}"));
        }
    }
    // Nor can it be named by a record.
    let mut refusals = [DRAFT, "nothing-here"].map(|other| {
        let mut body = record("introductions", OWN);
        body["slug"] = json!("another");
        body["other"] = json!(other);
        body
    });
    for body in &mut refusals {
        let reply = world.post("broker", "/introductions", body).await;
        let mut problem = reply.problem(422, "invalid-request");
        problem["request_id"] = Value::Null;
        *body = problem;
    }
    assert_eq!(refusals[0], refusals[1]);
}

async fn a_number_of_a_hidden_organisation_does_not_tell_its_name(t: TestStore) {
    let world = World::whole(t).await;
    let path = format!("/organisations/{OWN}");
    let mut body = record("organisations", OWN);
    body["contacts"] = json!([]);
    body["identifiers"] = record("organisations", DRAFT)["identifiers"].clone();
    let tag = world.tag(&path).await;
    let reply = world.put("employer", &path, (&tag, &body)).await;
    reply.problem(409, "conflict");
    let text = reply.text().to_lowercase();
    assert!(!text.contains(DRAFT) && !text.contains("quiet mill"), "{text}");
    let keeper = world.put("coordinator", &path, (&tag, &body)).await;
    assert_eq!(keeper.problem(409, "conflict")["candidates"][0]["slug"], DRAFT);
}

async fn contacts_of_who_asked_for_peace_are_told_to_nobody(t: TestStore) {
    let world = World::small(t).await;
    world.change("organisations", OWN, &json!({"do_not_contact": true})).await;
    let path = format!("/organisations/{OWN}");
    for who in ["public", "broker"] {
        for below in ["", "/history"] {
            let mut told = world.read(who, &format!("{path}{below}")).await;
            if let Some(last) = told["versions"].as_array().and_then(|all| all.last()) {
                told = last.clone();
            }
            assert_eq!(told["contacts"], json!([]), "{who}");
            assert_eq!(told["do_not_contact"], true, "everybody is told why");
        }
    }
    let own = world.read("employer", &path).await;
    assert_eq!(own["contacts"].as_array().unwrap().len(), 2);
    let page = world.page(&path).await;
    assert!(page.text().contains("asked not to be contacted"), "the page says the same");
}

async fn a_rung_rests_on_what_everybody_can_read(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/pledges/{}", name("pledges", OWN));
    let update = json!({"on": "2026-11-20", "progress": "met", "value": 24});
    world.create(&format!("{path}/updates"), &update).await;
    for who in ["public", "employer", "coordinator"] {
        assert_eq!(world.read(who, &path).await["rung"], "declared", "{who}");
        let listed = world.read(who, "/pledges?rung=outcomes-reported").await;
        assert_eq!(listed["total"], 0, "{who}: lists judge as records do");
    }
    let mut update = update;
    update["published"] = json!(true);
    world.change("pledges", OWN, &json!({"updates": [update]})).await;
    assert_eq!(world.read("public", &path).await["rung"], "outcomes-reported");
    assert_eq!(world.read("public", "/pledges?rung=outcomes-reported").await["total"], 1);
}
