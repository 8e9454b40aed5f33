//! What the tests of the feed stand on: an invented directory of hubs, and everything of a
//! feed in one table.

use std::{collections::BTreeMap, sync::Arc};

use pathways::{
    app::{
        AppState, Clock,
        oruk::{
            Feed,
            crawl::{Crawled, Most, from_file},
            import::{Missing, Orders, Report, import},
        },
        start,
    },
    domain::oruk::{Asked, Thing},
    store::Store,
    web::{Settings, Site},
};
use serde_json::{Value, json};

use crate::shown;

/// Every list of the feed with its things.
pub const LISTS: [(&str, Thing); 5] = [
    ("services", Thing::Service),
    ("organizations", Thing::Organization),
    ("service_at_locations", Thing::Place),
    ("taxonomies", Thing::Taxonomy),
    ("taxonomy_terms", Thing::Term),
];

/// An identifier of the invented directory.
pub fn uuid(nth: u32) -> String {
    format!("{nth:08x}-1d1d-4a2b-8c3c-0123456789ab")
}

/// An invented directory of community hubs, as its council might publish it.
pub fn hubs() -> Value {
    let taxonomy = json!({"id": uuid(90), "name": "Needs", "description": "What is needed"});
    let term = json!({"id": uuid(91), "name": "Debt advice", "description": "Help with debts",
        "taxonomy": "Needs", "taxonomy_id": uuid(90)});
    let trust = json!({"id": uuid(1), "name": "Invented Hubs Trust", "website": "https://hubs.example.org",
        "description": "Runs invented hubs.", "organization_identifiers": [{"id": uuid(2),
            "organization_id": uuid(1), "identifier_scheme": "GB-CHC",
            "identifier_type": "Charity number", "identifier": "9999991"}]});
    let hall = json!({"id": uuid(3), "name": "Invented Village Hall", "description": "A hall."});
    let at = |nth: u32, service: u32, label: &str, postcode: &str, town: &str| {
        json!({"id": uuid(nth), "service_id": uuid(service), "location_id": uuid(nth + 1),
            "location": {"id": uuid(nth + 1), "location_type": "physical", "name": label,
                "addresses": [{"id": uuid(nth + 2), "location_id": uuid(nth + 1),
                    "address_1": "1 Invented Street", "city": town, "country": "GB",
                    "state_province": "Oxfordshire", "postal_code": postcode,
                    "address_type": "physical"}]}})
    };
    let attribute = json!({"id": uuid(92), "link_id": uuid(10), "link_type": "service",
        "taxonomy_term_id": uuid(91), "taxonomy_term": term});
    json!({
        "services": [
            {"id": uuid(10), "organization_id": uuid(1), "organization": trust,
                "name": "Invented Hub North", "description": "Warm room, advice, work club.",
                "url": "https://hubs.example.org/north", "status": "active", "fees": "Free",
                "minimum_age": 16, "maximum_age": 99, "assured_date": "2026-10-05",
                "last_modified": "2026-10-06T08:00:00Z",
                "schedules": [
                    {"id": uuid(11), "service_id": uuid(10), "freq": "WEEKLY", "byday": "MO,TU",
                        "opens_at": "09:00", "closes_at": "12:00"},
                    {"id": uuid(12), "service_id": uuid(10), "freq": "WEEKLY", "byday": "FR",
                        "opens_at": "13:00", "closes_at": "17:00"}],
                "languages": [{"id": uuid(13), "service_id": uuid(10), "name": "Polish", "code": "pl"}],
                "service_areas": [{"id": uuid(14), "service_id": uuid(10), "name": "Cherwell district"}],
                "service_at_locations": [at(20, 10, "Invented North Hall", "OX16 5QA", "Banbury")],
                "attributes": [attribute],
                "contacts": [{"id": uuid(15), "service_id": uuid(10), "name": "Somebody"}]},
            {"id": uuid(30), "organization_id": uuid(1), "organization": trust,
                "name": "Invented Hub South", "status": "active", "assured_date": "2026-11-01",
                "last_modified": "2026-11-02T08:00:00Z", "email": "south@hubs.example.org",
                "service_at_locations": [at(40, 30, "Invented South Hall", "OX1 1AA", "Oxford")]},
            {"id": uuid(50), "organization_id": uuid(3), "organization": hall,
                "name": "Invented lunch club", "status": "temporarily closed",
                "last_modified": "2026-09-01T08:00:00+01:00"},
        ],
        "taxonomies": [taxonomy],
        "taxonomy_terms": [term],
    })
}

/// A directory as it is read from a file.
pub fn read(directory: &Value) -> Crawled {
    from_file(directory.to_string().as_bytes(), Most::default()).unwrap()
}

/// How the tests import, unless they say otherwise.
pub fn orders() -> Orders {
    Orders { dry: false, missing: Missing::Stays, at: shown::noon() }
}

/// The address by which the invented directory is known.
pub const FEED: &str = "https://directory.example.org/v3";

/// Brings a feed into a store.
pub fn bring(store: &Store, crawled: &Crawled, orders: Orders) -> Report {
    let library = shown::state().library().clone();
    let vocabulary = &library.content.vocabulary;
    import(store, vocabulary, (FEED, crawled), orders).unwrap()
}

/// The feed of a store on the day of the tests.
pub fn feed(store: &Store) -> Arc<Feed> {
    let clock = Clock::Fixed(shown::noon());
    start::snapshot(store, shown::state().library(), clock).unwrap().feed
}

/// A site that shows a store on the day of the tests.
pub fn site(store: &Store) -> Site {
    let clock = Clock::Fixed(shown::noon());
    let library = shown::state().library().clone();
    let snapshot = start::snapshot(store, &library, clock).unwrap();
    let state = AppState::new(library, snapshot, clock).with_store(store.clone());
    Site::new(Arc::new(state), Settings::default())
}

/// Everything of a feed, in full, by kind and identifier.
pub fn everything(feed: &Feed) -> BTreeMap<(Thing, String), Value> {
    let mut all = BTreeMap::new();
    for (_, thing) in LISTS {
        for page in 1.. {
            let page = feed.page(thing, &Asked::default(), (page, 100));
            for brief in &page.contents {
                let id = brief["id"].as_str().unwrap().to_owned();
                let whole = feed.find(thing, &id).expect("what is listed is there");
                assert!(all.insert((thing, id), Value::Object(whole)).is_none(), "listed twice");
            }
            if page.paging.is_last() {
                break;
            }
        }
        assert_eq!(all.keys().filter(|(kind, _)| *kind == thing).count(), feed.count(thing));
    }
    all
}

/// A feed as somebody who reads all of it has it.
pub fn crawled(feed: &Feed) -> Crawled {
    let all = everything(feed);
    let of = |thing: Thing| {
        let own = all.iter().filter(|((kind, _), _)| *kind == thing);
        own.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    Crawled {
        services: of(Thing::Service),
        organizations: of(Thing::Organization),
        taxonomies: of(Thing::Taxonomy),
        terms: of(Thing::Term),
    }
}
