//! Filters narrow each other, and a parameter that is not understood is refused.

use actix_web::test::TestRequest;
use chrono::NaiveDate;
use pathways::domain::oruk::{Asked, Facets, Thing};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    api::support::Ready,
    oruk::world::{bring, feed, hubs, orders, read, site, uuid},
    support::TestStore,
};

/// The names of what a question finds.
async fn found(ready: &Ready, address: &str) -> Vec<String> {
    let reply = ready.send(TestRequest::get().uri(&format!("/oruk/v3/{address}"))).await;
    assert_eq!(reply.status, 200, "{address}: {}", reply.text());
    let body = reply.json();
    let names = body["contents"].as_array().unwrap().iter();
    let name = |one: &Value| {
        let own = one["name"].as_str().or(one["service"]["name"].as_str());
        own.unwrap().trim_start_matches("Invented ").to_owned()
    };
    names.map(name).collect()
}

#[actix_web::test]
async fn each_filter_finds_what_it_asks_for_and_together_they_find_less() {
    let t = TestStore::sqlite();
    bring(&t.store, &read(&hubs()), orders());
    let site = site(&t.store);
    let ready = Ready::new(&site).await;
    let (north, south, lunch) = ("Hub North", "Hub South", "lunch club");
    let (term, taxonomy, trust) = (uuid(91), uuid(90), uuid(1));
    let cases: Vec<(String, Vec<&str>)> = vec![
        (String::new(), vec![north, south, lunch]),
        ("search=hub".into(), vec![north, south]),
        ("search=hub+advice".into(), vec![north]),
        ("search=debt".into(), vec![north]),
        (format!("taxonomy_term_id={term}"), vec![north]),
        (format!("taxonomy_term_id={}", term.to_uppercase()), vec![north]),
        (format!("taxonomy_id={taxonomy}"), vec![north]),
        (format!("taxonomy_id={term}"), vec![]),
        (format!("organization_id={trust}"), vec![north, south]),
        ("minimum_age=16".into(), vec![north]),
        ("minimum_age=17".into(), vec![]),
        ("maximum_age=99".into(), vec![north]),
        ("day=MO".into(), vec![north]),
        ("day=friday&start_time=13:00".into(), vec![north]),
        ("day=MO&start_time=13:00".into(), vec![]),
        ("end_time=12:00".into(), vec![north]),
        ("modified_after=2026-10-06T08:00:00Z".into(), vec![north, south]),
        ("modified_after=2026-10-06T09:00:01%2B01:00".into(), vec![south]),
        ("modified_after=2026-11-03".into(), vec![]),
        (format!("search=hub&organization_id={trust}&modified_after=2026-11-01"), vec![south]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&ready, &format!("services?{query}")).await, expected, "{query}");
    }
    let places: [(&str, Vec<&str>); 7] = [
        ("", vec![north, south]),
        ("postcode=OX16+5QA&proximity=5000", vec![north]),
        ("postcode=OX16&proximity=60000", vec![north, south]),
        ("postcode=OX16+5QA", vec![north]),
        ("postcode=OX15", vec![north]),
        ("postcode=OX1&search=hub", vec![south]),
        ("postcode=OX1&proximity=5000&day=MO", vec![]),
    ];
    for (query, expected) in places {
        let query = format!("service_at_locations?{query}");
        assert_eq!(found(&ready, &query).await, expected, "{query}");
    }
    assert_eq!(found(&ready, "organizations?search=hall").await, ["Village Hall"]);
}

#[actix_web::test]
async fn what_is_not_understood_is_refused_with_the_nearest_name() {
    let t = TestStore::sqlite();
    let site = site(&t.store);
    let ready = Ready::new(&site).await;
    let refusals = [
        ("services?serch=a", "unknown-parameter"),
        ("services?postcode=OX1", "unknown-parameter"),
        ("services?page=0", "out-of-range"),
        ("services?per_page=101", "out-of-range"),
        ("services?minimum_age=-1", "malformed"),
        ("services?minimum_age=NaN", "malformed"),
        ("services?day=someday", "malformed"),
        ("services?start_time=noon", "malformed"),
        ("services?modified_after=lately", "malformed"),
        ("services?search=a&search=b", "repeated"),
        ("service_at_locations?proximity=10", "incomplete"),
        ("service_at_locations?postcode=Banbury", "not-a-postcode"),
        ("service_at_locations?postcode=ZZ99", "unknown-place"),
        ("service_at_locations?postcode=OX1&proximity=1e99", "malformed"),
        ("taxonomies?search=a", "unknown-parameter"),
        ("taxonomy_terms?x=a", "unknown-parameter"),
    ];
    for (query, code) in refusals {
        let reply = ready.send(TestRequest::get().uri(&format!("/oruk/v3/{query}"))).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], code, "{query}: {problem}");
    }
    let reply = ready.send(TestRequest::get().uri("/oruk/v3/services?serch=a")).await;
    assert!(reply.text().contains("\\\"search\\\""), "{}", reply.text());
    for id in ["7", "6a0e9a54-0d3c-4c3b-8e0f-2b0c5c1b7c11"] {
        let reply = ready.send(TestRequest::get().uri(&format!("/oruk/v3/services/{id}"))).await;
        reply.problem(404, "not-found");
    }
}

#[test]
fn an_identifier_leads_to_its_thing_whatever_its_case() {
    let t = TestStore::sqlite();
    bring(&t.store, &read(&hubs()), orders());
    let feed = feed(&t.store);
    let (low, high) = (uuid(10), uuid(10).to_uppercase());
    assert!(feed.find(Thing::Service, &low).is_some());
    assert_eq!(feed.find(Thing::Service, &low), feed.find(Thing::Service, &high));
    assert_eq!(feed.find(Thing::Organization, &low), None);
}

fn facets() -> impl Strategy<Value = Facets> {
    let word = prop::sample::select(vec!["hub", "help", "work", "club"]);
    let id = prop::sample::select(vec!["a", "b", "c"]);
    let ids = prop::collection::btree_set(id.clone().prop_map(str::to_owned), 0..3);
    (
        prop::collection::vec(word, 0..4),
        id,
        ids.clone(),
        ids,
        prop::option::of(0..30_u32),
        1..28_u32,
    )
        .prop_map(|(words, organization, terms, taxonomies, age, day)| Facets {
            words: words.iter().flat_map(|word| [" ", word]).collect(),
            organization: organization.to_owned(),
            terms,
            taxonomies,
            minimum_age: age.map(f64::from),
            maximum_age: age.map(|age| f64::from(age) + 10.0),
            modified: NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(0, 0, 0),
            ..Facets::default()
        })
}

/// Questions with one filter each.
fn filters() -> impl Strategy<Value = Vec<Asked>> {
    let one = prop_oneof![
        Just(Asked { search: Some("hub".into()), ..Asked::default() }),
        Just(Asked { taxonomy_term_id: Some("a".into()), ..Asked::default() }),
        Just(Asked { taxonomy_id: Some("b".into()), ..Asked::default() }),
        Just(Asked { organization_id: Some("c".into()), ..Asked::default() }),
        (0..30_u32).prop_map(|age| Asked { minimum_age: Some(age.into()), ..Asked::default() }),
        (0..40_u32).prop_map(|age| Asked { maximum_age: Some(age.into()), ..Asked::default() }),
        (1..28_u32).prop_map(|day| Asked {
            modified_after: NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(0, 0, 0),
            ..Asked::default()
        }),
    ];
    prop::collection::vec(one, 0..5)
}

/// All filters in one question; of two of a kind the later.
fn together(filters: &[Asked]) -> Asked {
    let mut all = Asked::default();
    for one in filters.iter().cloned() {
        all.search = one.search.or(all.search);
        all.taxonomy_term_id = one.taxonomy_term_id.or(all.taxonomy_term_id);
        all.taxonomy_id = one.taxonomy_id.or(all.taxonomy_id);
        all.organization_id = one.organization_id.or(all.organization_id);
        all.minimum_age = one.minimum_age.or(all.minimum_age);
        all.maximum_age = one.maximum_age.or(all.maximum_age);
        all.modified_after = one.modified_after.or(all.modified_after);
    }
    all
}

proptest! {
    #[test]
    fn filters_together_find_what_each_of_them_finds(facets in facets(), filters in filters()) {
        let all = together(&filters);
        let of_one = |pick: fn(&Asked) -> Asked| pick(&all).takes(&facets);
        let each = [
            of_one(|a| Asked { search: a.search.clone(), ..Asked::default() }),
            of_one(|a| Asked { taxonomy_term_id: a.taxonomy_term_id.clone(), ..Asked::default() }),
            of_one(|a| Asked { taxonomy_id: a.taxonomy_id.clone(), ..Asked::default() }),
            of_one(|a| Asked { organization_id: a.organization_id.clone(), ..Asked::default() }),
            of_one(|a| Asked { minimum_age: a.minimum_age, ..Asked::default() }),
            of_one(|a| Asked { maximum_age: a.maximum_age, ..Asked::default() }),
            of_one(|a| Asked { modified_after: a.modified_after, ..Asked::default() }),
        ];
        prop_assert_eq!(all.takes(&facets), each.iter().all(|one| *one));
    }
}
