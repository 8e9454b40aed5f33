//! The feed is what the standard says: every page at the beginning, in the middle and at
//! the end, and everything that is listed in full; judged by shapes of our own, and by the
//! standard's files where they are at hand.

use std::path::{Path, PathBuf};

use actix_web::test::TestRequest;
use jsonschema::Validator;
use pathways::{domain::oruk::Thing, web::Site};
use serde_json::Value;

use crate::{
    api::support::Ready,
    oruk::{
        schemas::{faults, judge, judge_of, judge_of_pages},
        world::{LISTS, bring, hubs, orders, read, site},
    },
    shown,
    support::TestStore,
};

/// The demonstration with an invented directory brought in.
fn world() -> (Site, TestStore) {
    let (_, store) = shown::demonstration();
    bring(&store.store, &read(&hubs()), orders());
    (site(&store.store), store)
}

async fn asked(ready: &Ready, address: &str) -> Value {
    let reply = ready.send(TestRequest::get().uri(address)).await;
    assert_eq!(reply.status, 200, "{address}: {}", reply.text());
    assert_eq!(reply.header("access-control-allow-origin"), "*", "{address}");
    reply.json()
}

/// Judges the first, the middle and the last page of a list, and everything on them.
async fn judged(ready: &Ready, list: &str, (brief, whole): (&Validator, &Validator)) -> usize {
    const PER_PAGE: usize = 4;
    let first = asked(ready, &format!("/oruk/v3/{list}?page=1&per_page={PER_PAGE}")).await;
    let pages = first["total_pages"].as_u64().unwrap();
    let total = usize::try_from(first["total_items"].as_u64().unwrap()).unwrap();
    assert_eq!(usize::try_from(pages).unwrap(), total.div_ceil(PER_PAGE), "{list}");
    let mut seen = Vec::new();
    let mut wanted = vec![1, pages.div_ceil(2), pages];
    wanted.dedup();
    for number in wanted {
        let page =
            asked(ready, &format!("/oruk/v3/{list}?page={number}&per_page={PER_PAGE}")).await;
        assert_eq!(faults(judge_of_pages(), &page), [] as [&str; 0], "{list} {number}");
        let contents = page["contents"].as_array().unwrap();
        assert_eq!(page["page_number"].as_u64().unwrap(), number);
        assert_eq!(page["size"], contents.len());
        assert_eq!(page["first_page"], number == 1);
        assert_eq!(page["last_page"], number == pages);
        assert_eq!(page["empty"], contents.is_empty());
        let full = if number == pages { (total - 1) % PER_PAGE + 1 } else { PER_PAGE };
        assert_eq!(contents.len(), full, "{list} {number}");
        for thing in contents {
            assert_eq!(faults(brief, thing), [] as [&str; 0], "{list}: {thing}");
            let id = thing["id"].as_str().unwrap();
            let found = asked(ready, &format!("/oruk/v3/{list}/{id}")).await;
            assert_eq!(faults(whole, &found), [] as [&str; 0], "{list}/{id}: {found}");
            assert_eq!(found["id"], thing["id"]);
            seen.push(id.to_owned());
        }
    }
    let beyond =
        asked(ready, &format!("/oruk/v3/{list}?page={}&per_page={PER_PAGE}", pages + 1)).await;
    assert_eq!((beyond["empty"].clone(), beyond["size"].clone()), (true.into(), 0.into()));
    assert_eq!(beyond["last_page"], true);
    let listed = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), listed, "{list}: the same thing on two pages");
    total
}

#[actix_web::test]
async fn every_page_and_everything_listed_has_the_shape_of_the_standard() {
    let (site, _store) = world();
    let ready = Ready::new(&site).await;
    for (list, thing) in LISTS {
        let judges = (&judge_of(thing, true), &judge_of(thing, false));
        let total = judged(&ready, list, judges).await;
        assert!(total > 3, "{list} has {total}, too few to judge by");
    }
}

#[actix_web::test]
async fn the_front_page_names_the_version_to_the_letter_and_two_documents_that_are_there() {
    let (site, _store) = world();
    let ready = Ready::new(&site).await;
    let with_slash = asked(&ready, "/oruk/v3/").await;
    let front = asked(&ready, "/oruk/v3").await;
    assert_eq!(front, with_slash);
    assert_eq!(front["version"], "HSDS-UK-3.0");
    let absolute = judge(&serde_json::json!({"type": "object", "properties": {
        "profile": {"format": "uri"}, "openapi_url": {"format": "uri"},
        "licence": {"format": "uri"}, "generated_at": {"format": "date-time"}},
        "required": ["version", "profile", "openapi_url", "licence", "generated_at"]}));
    assert_eq!(faults(&absolute, &front), [] as [&str; 0]);
    for name in ["profile", "openapi_url"] {
        let address = front[name].as_str().unwrap();
        let path = address.split_once("//").unwrap().1.split_once('/').unwrap().1;
        assert!(asked(&ready, &format!("/{path}")).await.is_object(), "{address}");
    }
}

#[actix_web::test]
async fn the_documents_say_what_the_feed_is_and_how_it_extends_the_standard() {
    let (site, _store) = world();
    let ready = Ready::new(&site).await;
    let document = asked(&ready, "/oruk/v3/openapi.json").await;
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    for (list, _) in LISTS {
        assert!(
            paths.contains(&&format!("/{list}")) && paths.contains(&&format!("/{list}/{{id}}"))
        );
    }
    assert!(paths.contains(&&"/".to_owned()));
    let text = document.to_string();
    for link in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document.pointer(link).is_some(), "{link} leads nowhere");
    }
    let profile = asked(&ready, "/oruk/v3/profile").await;
    assert_eq!(profile["extends"], "HSDS-UK-3.0");
    assert_eq!(profile["merge_patches"]["service.json"]["properties"]["contacts"], Value::Null);
    let names: Vec<&str> = profile["additions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    for name in ["employer", "pledge", "toolkit"] {
        assert!(names.contains(&name), "{name}");
    }
    let whole = crate::contract::document();
    for addition in profile["additions"].as_array().unwrap() {
        let schema = addition["schema"].as_str().unwrap().split_once('#').unwrap().1;
        assert!(whole.pointer(schema).is_some(), "{schema} leads nowhere");
        let path = addition["read_at"].as_str().unwrap().split_once("/api").unwrap().1;
        assert!(whole["paths"][format!("/api{path}")].is_object(), "{path}");
    }
    for taxonomy in profile["taxonomies"].as_array().unwrap() {
        let at = taxonomy["read_at"].as_str().unwrap();
        let path = at.split_once("/oruk").unwrap().1;
        assert_eq!(asked(&ready, &format!("/oruk{path}")).await["name"], taxonomy["name"]);
    }
    let browser = TestRequest::get().uri("/oruk/v3/profile").insert_header(("accept", "text/html"));
    let page = ready.send(browser).await;
    assert!(page.text().contains("<h1>") && page.text().contains("Pledge"), "people get a page");
}

/// The standard's own files, where they stand beside the project.
fn standard() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared/data/oruk");
    beside.join("service.json").is_file().then_some(beside)
}

#[actix_web::test]
async fn the_standards_own_schemas_find_no_fault_where_they_are_at_hand() {
    let Some(folder) = standard() else {
        eprintln!("not tried with the standard's own schemas: they are not at hand");
        return;
    };
    let schema = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        judge(&serde_json::from_str(&text).unwrap())
    };
    let (site, _store) = world();
    let ready = Ready::new(&site).await;
    for (list, brief, whole) in [
        ("services", "service_list.json", "service.json"),
        ("organizations", "organization_list.json", "organization.json"),
        ("service_at_locations", "service_at_location_list.json", "service_at_location.json"),
    ] {
        judged(&ready, list, (&schema(brief), &schema(whole))).await;
    }
    let broken = serde_json::json!({"id": "7", "name": "A", "status": "open"});
    assert!(faults(&schema("service.json"), &broken).len() >= 2, "formats are judged as well");
}

#[actix_web::test]
async fn what_the_allow_list_names_is_what_the_shapes_have() {
    for thing in Thing::ALL {
        let shape = super::schemas::fields(*thing);
        for field in thing.fields() {
            assert!(shape.contains(&field.name), "{thing}.{} is in no shape", field.name);
        }
    }
}
