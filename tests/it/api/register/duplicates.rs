//! One organisation has one entry: what may be the same is named, and two that are can be
//! made one.

use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{DRAFT, OTHER, OWN, World, name, record},
        support::Reply,
    },
    support::TestStore,
};

on_both_databases!(
    an_organisation_with_the_same_number_is_refused,
    a_similar_name_near_the_same_place_is_named,
    who_knows_the_others_may_write_a_new_one,
    a_merged_organisation_leads_to_its_heir,
    a_merge_can_be_undone,
    what_does_not_go_together_is_not_merged,
    a_token_speaks_for_the_heir,
);

/// An organisation of that name, with a site in Banbury.
fn called(called: &str) -> Value {
    let mut body = record("organisations", OWN);
    let fields = body.as_object_mut().unwrap();
    fields.remove("slug");
    fields.remove("identifiers");
    body["name"] = json!(called);
    body
}

fn candidates(reply: &Reply) -> Vec<String> {
    let problem = reply.problem(409, "conflict");
    let all = problem["candidates"].as_array().unwrap().iter();
    all.map(|one| one["slug"].as_str().unwrap().to_owned()).collect()
}

async fn an_organisation_with_the_same_number_is_refused(t: TestStore) {
    let world = World::small(t).await;
    let mut own = record("organisations", OWN);
    own["identifiers"] = json!([{"scheme": "GB-COH", "id": "00123456"}]);
    let path = format!("/organisations/{OWN}");
    assert_eq!(world.put("coordinator", &path, ("*", &own)).await.status, 200);
    for (scheme, id) in [("GB-COH", "00123456"), ("gb-coh", "123456"), ("GB-COH", "0012 3456")] {
        let mut body = called("Nothing like it");
        body["identifiers"] = json!([{"scheme": scheme, "id": id}]);
        // Knowing the other one does not make its number free.
        for sure in [false, true] {
            body["confirm_new"] = json!(sure);
            let reply = world.post("coordinator", "/organisations", &body).await;
            assert_eq!(candidates(&reply), [OWN], "{scheme} {id}");
        }
    }
    let mut body = called("Nothing like it");
    body["identifiers"] = json!([{"scheme": "GB-CHC", "id": "00123456"}]);
    world.create("/organisations", &body).await;
    assert_eq!(world.read("coordinator", "/organisations").await["total"], 2);
}

async fn a_similar_name_near_the_same_place_is_named(t: TestStore) {
    let world = World::small(t).await;
    let written = json!({"name": "Brook Bakery Ltd", "aliases": ["Old Mill Cakes"]});
    world.change("organisations", OWN, &written).await;
    for same in ["Brook Bakery Limited", "The Brook Bakery", "Brok Bakery", "old mill cakes"] {
        let reply = world.post("coordinator", "/organisations", &called(same)).await;
        assert_eq!(candidates(&reply), [OWN], "{same}");
        let candidate = &reply.json()["candidates"][0];
        assert_eq!(candidate["name"], "Brook Bakery Ltd");
        assert_eq!(candidate["town"], "Banbury");
    }
    let mut elsewhere = called("Brook Bakery");
    elsewhere["sites"] = json!([{"label": "Shop", "postcode": "LS1 4DY", "town": "Leeds"}]);
    let taken = world.post("coordinator", "/organisations", &elsewhere).await;
    let problem = taken.problem(409, "conflict");
    assert!(problem.get("candidates").is_none(), "only the public name is taken: {problem}");
    assert!(problem["detail"].as_str().unwrap().contains("\"slug\""), "{problem}");
    elsewhere["slug"] = json!("brook-bakery-leeds");
    world.create("/organisations", &elsewhere).await;
    world.create("/organisations", &called("Crook Brewery")).await;
    let mut nowhere = called("Brook Bakery");
    nowhere["sites"] = json!([]);
    let reply = world.post("coordinator", "/organisations", &nowhere).await;
    assert!(candidates(&reply).contains(&OWN.to_owned()), "with no place, the name is enough");
}

async fn who_knows_the_others_may_write_a_new_one(t: TestStore) {
    let world = World::small(t).await;
    let mut body = record("organisations", OWN);
    body["identifiers"] = json!([]);
    body.as_object_mut().unwrap().remove("slug");
    let reply = world.post("coordinator", "/organisations", &body).await;
    assert_eq!(candidates(&reply), [OWN]);
    assert!(reply.json()["detail"].as_str().unwrap().contains("confirm_new"));
    body["confirm_new"] = json!(true);
    let made = world.post("coordinator", "/organisations", &body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert!(made.json().get("confirm_new").is_none(), "it is said of the request only");
    assert_ne!(made.json()["slug"], OWN);
    // A batch names them in the same way.
    body["confirm_new"] = json!(false);
    let batch =
        world.post("coordinator", "/organisations/batches", &json!({"items": [body]})).await;
    let result = &batch.json()["results"][0];
    assert_eq!(result["status"], 409);
    assert_eq!(result["candidates"].as_array().unwrap().len(), 2, "{result}");
}

/// Two organisations whose years share no day.
async fn two(t: TestStore) -> World {
    let world = World::small(t).await;
    for kind in ["organisations", "openings", "events"] {
        world.create(&format!("/{kind}"), &record(kind, OTHER)).await;
    }
    let mut posture = record("postures", OTHER);
    posture["cohort"] = json!("refugees");
    world.create("/postures", &posture).await;
    world
}

async fn merge(world: &World, from: &str, into: &str) -> Reply {
    let path = format!("/organisations/{from}");
    let tag = world.tag(&path).await;
    let (to, body) = (format!("{path}/merges"), json!({"into": into}));
    world.post_with(("coordinator", &to), &body, &[("if-match", &tag)]).await
}

async fn a_merged_organisation_leads_to_its_heir(t: TestStore) {
    let world = two(t).await;
    let numbers = world.read("public", &format!("/organisations/{OTHER}")).await;
    let merged = merge(&world, OTHER, OWN).await;
    assert_eq!(merged.status, 200, "{}", merged.text());
    assert_eq!(merged.json()["moved"], 3);
    for (below, query) in [
        ("", ""),
        ("", "?fields=name"),
        ("/openings", "?page=1"),
        ("/pledges", ""),
        ("/history", ""),
    ] {
        let reply = world.get("public", &format!("/organisations/{OTHER}{below}{query}")).await;
        assert_eq!(reply.status, 308, "{below}{query}: {}", reply.text());
        let to = format!("/api/v1/organisations/{OWN}{below}{query}");
        assert_eq!(reply.header("location"), to);
    }
    let page = world.page(&format!("/organisations/{OTHER}")).await;
    assert_eq!(page.header("location"), format!("/organisations/{OWN}"), "{}", page.status);

    let heir = world.read("public", &format!("/organisations/{OWN}")).await;
    let number = &numbers["identifiers"][0];
    assert!(heir["identifiers"].as_array().unwrap().contains(number), "{heir}");
    assert!(heir["aliases"].to_string().contains("crown garage"), "{heir}");
    let openings = world.read("public", &format!("/organisations/{OWN}/openings")).await;
    assert_eq!(openings["total"], 2);
    let postures = world.read("public", &format!("/organisations/{OWN}/postures")).await;
    assert_eq!(postures["total"], 2);
    assert_eq!(
        world.read("coordinator", "/organisations?kind=employer").await["total"]
            .as_u64()
            .map(|total| total < 3),
        Some(true)
    );
    assert_eq!(world.read("public", "/organisations").await["total"], 1);
    world.catch_up().await;
    let found = world.read("public", "/search?q=crown+garage&kind=organisation").await;
    let first = &found["results"][0];
    assert!(first["url"].as_str().unwrap().ends_with(OWN), "found by its old name: {found}");
    // What is written to the old one is refused, with the way.
    let reply = world
        .put(
            "coordinator",
            &format!("/organisations/{OTHER}"),
            ("*", &record("organisations", OTHER)),
        )
        .await;
    let problem = reply.problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains(OWN), "{problem}");
}

async fn a_merge_can_be_undone(t: TestStore) {
    let world = two(t).await;
    let read = async |world: &World| {
        let mut told = Vec::new();
        for organisation in [OWN, OTHER] {
            for below in ["", "/openings", "/postures"] {
                let path = format!(
                    "/organisations/{organisation}{below}?fields=organisation,name,\
                     identifiers,sites,contacts,title"
                );
                let path = match below {
                    "" => path.replace("organisation,", "").replace(",title", ""),
                    "/openings" => path.replace(",name,identifiers,sites,contacts", ""),
                    _ => path.replace(",name,identifiers,sites,contacts,title", ""),
                };
                told.push(world.read("coordinator", &path).await);
            }
        }
        told
    };
    let before = read(&world).await;
    let merged = merge(&world, OTHER, OWN).await;
    let path = format!("/organisations/{OTHER}/merges");
    let stale = world.delete("coordinator", &path, "\"1-0\"").await;
    stale.problem(412, "precondition-failed");
    assert!(stale.header("etag").starts_with("\"2-"), "{:?}", stale.headers);
    let undone = world.delete("coordinator", &path, merged.header("etag")).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(read(&world).await, before, "everything is as it was");
    let again = world.delete("coordinator", &path, undone.header("etag")).await;
    again.problem(409, "conflict");

    let merged = merge(&world, OTHER, OWN).await;
    assert_eq!(merged.status, 200, "it can be merged again: {}", merged.text());
    let own = format!("/organisations/{OWN}");
    let mut heir = world.read("coordinator", &own).await;
    let read_only = ["url", "version", "recorded_at", "freshness", "counts"];
    heir.as_object_mut().unwrap().retain(|name, _| !read_only.contains(&name.as_str()));
    heir["description"] = json!("Changed since");
    let changed = world.put("coordinator", &own, ("*", &heir)).await;
    assert_eq!(changed.status, 200, "what is read can be sent: {}", changed.text());
    let late = world.delete("coordinator", &path, merged.header("etag")).await;
    late.problem(409, "conflict");
}

async fn what_does_not_go_together_is_not_merged(t: TestStore) {
    let world = World::whole(t).await;
    merge(&world, OWN, OWN).await.problem(409, "conflict");
    let nothing = merge(&world, OWN, "nobody-here").await.problem(422, "invalid-request");
    assert_eq!(nothing["errors"][0]["pointer"], "#/into");
    let years = merge(&world, OTHER, OWN).await.problem(409, "conflict");
    assert!(years["detail"].as_str().unwrap().contains("year"), "{years}");
    let there = world.read("public", &format!("/organisations/{OTHER}")).await;
    assert_eq!(there["version"], 1, "nothing was half done");
    assert_eq!(
        world.read("public", &format!("/openings/{}", name("openings", OTHER))).await["organisation"],
        OTHER
    );
    let tag = world.tag(&format!("/organisations/{DRAFT}")).await;
    let path = format!("/organisations/{DRAFT}/merges");
    world.delete("coordinator", &path, &tag).await.problem(409, "conflict");
}

async fn a_token_speaks_for_the_heir(t: TestStore) {
    let mut world = two(t).await;
    world.issue("garage", pathways::domain::access::Role::Employer, Some(OTHER));
    let mut opening = record("openings", OWN);
    opening["slug"] = json!("another");
    world.post("garage", "/openings", &opening).await.problem(403, "forbidden");
    let merged = merge(&world, OTHER, OWN).await;
    assert_eq!(world.post("garage", "/openings", &opening).await.status, 201);
    let path = format!("/organisations/{OTHER}/merges");
    let undone = world.delete("coordinator", &path, merged.header("etag")).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    opening["slug"] = json!("yet-another");
    world.post("garage", "/openings", &opening).await.problem(403, "forbidden");
}
