//! What becomes of a feed that is brought in, once and again.

use std::sync::Arc;

use pathways::{
    app::{
        Clock,
        oruk::{
            document::LeftOut,
            import::{Counted, Missing, Orders},
        },
        projector, start,
    },
    domain::{
        oruk::Thing,
        register::{Organisation, OrganisationKind, Publication, Record, Voice},
        slug::Slug,
    },
    store::{Store, changes, oruk, records},
};
use serde_json::{Value, json};

use crate::{
    oruk::allowed::organisation,
    oruk::world::{FEED, bring, crawled, everything, feed, hubs, orders, read, uuid},
    shown,
    support::TestStore,
};

on_both_databases!(
    hubs_become_organisations_with_sites_and_services_with_their_source,
    the_same_feed_again_changes_nothing,
    what_the_feed_says_anew_is_followed_and_what_somebody_wrote_stays,
    what_is_gone_from_the_feed_ends_only_when_asked_and_can_come_back,
    a_dry_run_says_what_would_be_done_and_writes_nothing,
    the_next_snapshot_shows_what_touched_the_feed_and_shares_it_otherwise,
);

fn record(store: &Store, slug: &str) -> Record<Organisation> {
    let slug = Slug::parse(slug).unwrap();
    store.read_blocking(|conn| records::find(conn, &slug)).unwrap()
}

fn position(store: &Store) -> i64 {
    store.read_blocking(changes::position).unwrap()
}

const fn counted(created: u64, changed: u64, unchanged: u64) -> Counted {
    Counted { created, changed, unchanged }
}

async fn hubs_become_organisations_with_sites_and_services_with_their_source(t: TestStore) {
    let report = bring(&t.store, &read(&hubs()), orders());
    assert_eq!(report.organisations, counted(2, 0, 0));
    assert_eq!((report.services, report.terms), (counted(3, 0, 0), counted(2, 0, 0)));
    assert!(report.kept && report.left_out.is_empty(), "{report:?}");
    let trust = record(&t.store, "invented-hubs-trust");
    assert_eq!(trust.body.kind, OrganisationKind::Charity);
    assert_eq!(trust.body.website.as_deref(), Some("https://hubs.example.org"));
    let sites: Vec<_> = trust
        .body
        .sites
        .iter()
        .map(|site| (site.label.as_str(), site.postcode.as_deref(), site.town.as_deref()))
        .collect();
    assert_eq!(
        sites,
        [
            ("Invented North Hall", Some("OX16 5QA"), Some("Banbury")),
            ("Invented South Hall", Some("OX1 1AA"), Some("Oxford")),
        ]
    );
    assert_eq!(trust.body.identifiers[0].scheme, "GB-CHC");
    assert_eq!(trust.said.voice, Voice::List, "nobody has confirmed it");
    assert_eq!(trust.said.on.to_string(), "2026-11-01", "the feed's own day, the latest");
    assert_eq!(trust.said.source, Some(format!("Open Referral UK feed {FEED}")));
    let kept = t.store.read_blocking(oruk::all).unwrap();
    let services = kept.iter().filter(|(one, _)| one.thing == Thing::Service);
    for (service, _) in services {
        assert_eq!(service.feed, FEED);
        assert!(service.said_on.is_some() && service.organisation.is_some());
        assert!(!service.document.contains("Somebody"), "no person comes in");
    }
    let feed = feed(&t.store);
    assert_eq!((feed.count(Thing::Service), feed.count(Thing::Place)), (3, 2));
    let north = feed.find(Thing::Service, &uuid(10)).unwrap();
    assert_eq!(north["assured_date"], "2026-10-05");
    assert_eq!(north["organization"]["name"], "Invented Hubs Trust");
}

async fn the_same_feed_again_changes_nothing(t: TestStore) {
    bring(&t.store, &read(&hubs()), orders());
    let (before, at) = (everything(&feed(&t.store)), position(&t.store));
    // A day later, too.
    for later in [0, 1] {
        let orders = Orders { at: orders().at + chrono::Duration::days(later), ..orders() };
        let report = bring(&t.store, &read(&hubs()), orders);
        assert_eq!(report.organisations, counted(0, 0, 2));
        assert_eq!((report.services, report.terms), (counted(0, 0, 3), counted(0, 0, 2)));
        assert_eq!(position(&t.store), at, "nothing was written");
    }
    assert_eq!(everything(&feed(&t.store)), before);
}

async fn what_the_feed_says_anew_is_followed_and_what_somebody_wrote_stays(t: TestStore) {
    bring(&t.store, &read(&hubs()), orders());
    let trust = record(&t.store, "invented-hubs-trust");
    let mut draft = pathways::domain::register::Draft {
        slug: Some(trust.slug.clone()),
        said: trust.said.clone(),
        fictional: false,
        body: trust.body.clone(),
    };
    draft.body.description = Some("As its own officer put it.".to_owned());
    let author = pathways::app::exchange::import::operator();
    let write = |conn: &mut pathways::store::Conn| {
        records::replace(conn, &trust.slug, None, &draft, (&author, orders().at))
    };
    t.store.write_blocking(write).unwrap();
    let mut anew = hubs();
    for nth in [0, 1] {
        anew["services"][nth]["organization"]["website"] = json!("https://new.example.org");
        anew["services"][nth]["organization"]["description"] = json!("As the feed has it now.");
    }
    anew["services"][1]["name"] = json!("Invented Hub South, moved");
    let report = bring(&t.store, &read(&anew), orders());
    assert_eq!(report.organisations, counted(0, 1, 1));
    assert_eq!(report.services, counted(0, 2, 1));
    let trust = record(&t.store, "invented-hubs-trust");
    assert_eq!(trust.body.website.as_deref(), Some("https://new.example.org"));
    assert_eq!(trust.body.description.as_deref(), Some("As its own officer put it."));
    // What the partnership wrote itself is not the feed's to change.
    draft.said.voice = Voice::Partnership;
    t.store
        .write_blocking(|conn| {
            records::replace(conn, &trust.slug, None, &draft, (&author, orders().at))
        })
        .unwrap();
    let own = record(&t.store, "invented-hubs-trust");
    anew["services"][0]["organization"]["name"] = json!("Another name");
    anew["services"][1]["organization"]["name"] = json!("Another name");
    assert_eq!(bring(&t.store, &read(&anew), orders()).organisations, counted(0, 0, 1));
    assert_eq!(record(&t.store, "invented-hubs-trust"), own);
    let south = feed(&t.store).find(Thing::Service, &uuid(30)).unwrap();
    assert_eq!(south["organization"]["name"], "Invented Hubs Trust", "as the register has it");
    assert_eq!(south["name"], "Invented Hub South, moved");
    assert_eq!(south["organization"]["description"], "As its own officer put it.");
}

async fn what_is_gone_from_the_feed_ends_only_when_asked_and_can_come_back(t: TestStore) {
    bring(&t.store, &read(&hubs()), orders());
    let mut fewer = hubs();
    fewer["services"].as_array_mut().unwrap().pop();
    let report = bring(&t.store, &read(&fewer), orders());
    assert_eq!((report.missing, report.ended), (2, 0), "the club and its hall");
    let status =
        |t: &TestStore| feed(&t.store).find(Thing::Service, &uuid(50)).unwrap()["status"].clone();
    assert_eq!(status(&t), "temporarily closed");
    let ending = Orders { missing: Missing::Ends, ..orders() };
    let report = bring(&t.store, &read(&fewer), ending);
    assert_eq!((report.missing, report.ended), (0, 2));
    assert_eq!(status(&t), "inactive");
    let hall = record(&t.store, "invented-village-hall");
    assert_eq!(hall.ended.unwrap().on, shown::day());
    assert_eq!(bring(&t.store, &read(&fewer), ending).ended, 0, "once");
    let report = bring(&t.store, &read(&hubs()), ending);
    assert_eq!((report.services, report.ended), (counted(0, 1, 2), 0));
    assert_eq!(status(&t), "temporarily closed");
    assert_eq!(record(&t.store, "invented-village-hall").ended, None);
}

async fn a_dry_run_says_what_would_be_done_and_writes_nothing(t: TestStore) {
    let at = position(&t.store);
    let dry = Orders { dry: true, ..orders() };
    let report = bring(&t.store, &read(&hubs()), dry);
    assert_eq!((report.services, report.kept), (counted(3, 0, 0), false));
    assert_eq!(position(&t.store), at);
    assert_eq!(t.store.read_blocking(oruk::all).unwrap(), []);
}

async fn the_next_snapshot_shows_what_touched_the_feed_and_shares_it_otherwise(t: TestStore) {
    let (clock, library) = (Clock::Fixed(shown::noon()), shown::state().library().clone());
    let state = start::state(t.store.clone(), library, clock, None).unwrap();
    let services = || state.snapshot().feed.count(Thing::Service);
    let create = |name: &str, kind| {
        let mut draft = organisation(name, Publication::Published);
        draft.body.kind = kind;
        let (author, at) = (pathways::app::exchange::import::operator(), orders().at);
        let write = |conn: &mut pathways::store::Conn| records::create(conn, &draft, &author, at);
        t.store.write_blocking(write).unwrap();
    };
    create("Invented charity", OrganisationKind::Charity);
    assert!(projector::step(&t.store, &state).await.unwrap());
    assert_eq!(services(), 1);
    bring(&t.store, &read(&hubs()), orders());
    assert!(projector::step(&t.store, &state).await.unwrap());
    assert_eq!(services(), 4);
    let before = state.snapshot();
    create("Invented employer", OrganisationKind::Employer);
    assert!(projector::step(&t.store, &state).await.unwrap());
    let after = state.snapshot();
    assert!(after.change > before.change && Arc::ptr_eq(&before.feed, &after.feed));
}

#[test]
fn our_own_feed_brings_us_nothing() {
    let (_, store) = shown::demonstration();
    let (told, at) = (feed(&store.store), position(&store.store));
    let report = bring(&store.store, &crawled(&told), orders());
    assert_eq!(usize::try_from(report.own).unwrap(), told.count(Thing::Service));
    assert_eq!((report.services, report.terms), (counted(0, 0, 0), counted(0, 0, 0)));
    assert_eq!(position(&store.store), at);
}

#[test]
fn an_organisation_that_is_known_here_by_number_or_name_stays_as_it_is() {
    let t = TestStore::sqlite();
    bring(&t.store, &read(&hubs()), orders());
    let before = record(&t.store, "invented-hubs-trust");
    let mut other = hubs();
    other["services"] = json!([other["services"][0].clone()]);
    let renamed = other.to_string().replace(&uuid(10), &uuid(70)).replace(&uuid(1), &uuid(71));
    let renamed = renamed.replace("Invented Hubs Trust", "The Trust under another name");
    let other: Value = serde_json::from_str(&renamed).unwrap();
    let library = shown::state().library().clone();
    let vocabulary = &library.content.vocabulary;
    let second = ("https://second.example.org", &read(&other));
    let report =
        pathways::app::oruk::import::import(&t.store, vocabulary, second, orders()).unwrap();
    assert_eq!((report.linked, report.organisations), (1, counted(0, 0, 0)), "by its number");
    assert_eq!(record(&t.store, "invented-hubs-trust"), before);
    // What the first feed brought is not the second's to change.
    let second = ("https://second.example.org", &read(&hubs()));
    let report =
        pathways::app::oruk::import::import(&t.store, vocabulary, second, orders()).unwrap();
    assert_eq!((report.elsewhere, report.services), (3, counted(0, 0, 0)));
}

#[test]
fn a_service_that_nobody_provides_or_that_lacks_what_it_must_have_is_left_out_and_told() {
    let t = TestStore::sqlite();
    let mut faulty = hubs();
    let services = faulty["services"].as_array_mut().unwrap();
    services[0]["status"] = json!("whenever");
    services[1].as_object_mut().unwrap().remove("organization");
    services[1]["organization_id"] = json!(uuid(77));
    let report = bring(&t.store, &read(&faulty), orders());
    assert_eq!(report.services, counted(1, 0, 0));
    assert_ne!(report.left_out, LeftOut::default());
    let told: Vec<&str> = report.left_out.told().map(|(what, ..)| what).collect();
    assert_eq!(told, ["service", "service.status"]);
}
