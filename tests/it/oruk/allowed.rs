//! Nothing leaves the feed but what the allow-list names of what everybody may see; and
//! scripts of other sites may read the feed and nothing else.

use actix_web::test::TestRequest;
use pathways::{
    app::exchange::import::operator,
    domain::{
        oruk::{Asked, Holds, Thing},
        register::{
            Audience, Channel, ContactRoute, Draft, Organisation, OrganisationKind, Publication,
            Site, Statement, Voice,
        },
        slug::Slug,
    },
    store::records,
};
use serde_json::Value;

use crate::{
    api::support::{Ready, get},
    oruk::world::{LISTS, bring, everything, feed, hubs, orders, read, site},
    shown,
    support::TestStore,
};

/// Holds a value against the allow-list, all the way down, and finds nothing empty.
fn only_allowed(thing: Thing, value: &Value) {
    let fields = value.as_object().unwrap();
    for (name, value) in fields {
        let field = thing.fields().iter().find(|field| field.name == name);
        let field = field.unwrap_or_else(|| panic!("{thing}.{name} is not allowed"));
        match (field.holds, value) {
            (Holds::One(part), value) => only_allowed(part, value),
            (Holds::Many(part), Value::Array(items)) => {
                assert!(!items.is_empty(), "{thing}.{name} is empty");
                for item in items {
                    only_allowed(part, item);
                }
            }
            (_, Value::String(text)) => assert!(!text.trim().is_empty(), "{thing}.{name} is empty"),
            (_, Value::Number(_) | Value::Bool(true)) => {}
            (_, other) => panic!("{thing}.{name}: {other}"),
        }
    }
}

/// An invented organisation that supports people, with secrets.
pub fn organisation(name: &str, publication: Publication) -> Draft<Organisation> {
    let contact = |audience, value: &str| ContactRoute {
        audience,
        role_title: "Secret desk".to_owned(),
        channel: Channel::Email,
        value: value.to_owned(),
        verified_on: None,
        expires_after_days: None,
    };
    let site = Site {
        label: "Main site".to_owned(),
        address: Some("2 Invented Street".to_owned()),
        postcode: Some("OX16 5QA".to_owned()),
        town: Some("Banbury".to_owned()),
        district: None,
        transport_note: None,
    };
    let body = Organisation {
        name: name.to_owned(),
        aliases: Vec::new(),
        kind: OrganisationKind::Charity,
        sector: None,
        sic: Vec::new(),
        size_band: None,
        anchor: None,
        description: Some("Helps people into work.".to_owned()),
        website: None,
        publication,
        do_not_contact: false,
        identifiers: Vec::new(),
        sites: vec![site],
        contacts: vec![
            contact(Audience::Broker, "secret-broker@example.org"),
            contact(Audience::Coordinator, "secret-coordinator@example.org"),
            contact(Audience::Public, "office@example.org"),
        ],
        recognitions: Vec::new(),
    };
    let said = Statement {
        voice: Voice::Organisation,
        by: Some("Secret officer".to_owned()),
        on: shown::day(),
        until: None,
        source: None,
    };
    Draft { slug: None, said, fictional: true, body }
}

#[actix_web::test]
async fn only_what_is_allowed_leaves_and_nothing_that_is_not_for_everybody() {
    let (_, t) = shown::demonstration();
    bring(&t.store, &read(&hubs()), orders());
    let mut silent = organisation("Invented silent charity", Publication::Published);
    silent.body.do_not_contact = true;
    silent.body.contacts[2].value = "secret-silent@example.org".to_owned();
    let drafts = [
        organisation("Invented open charity", Publication::Published),
        organisation("Secret draft charity", Publication::Draft),
        organisation("Secret withdrawn charity", Publication::Withdrawn),
        silent,
    ];
    let write = |conn: &mut pathways::store::Conn| {
        drafts.iter().try_for_each(|draft| {
            records::create(conn, draft, &operator(), orders().at).map(|_| ())
        })
    };
    t.store.write_blocking(write).unwrap();
    let feed = feed(&t.store);
    let all = everything(&feed);
    assert!(all.len() > 50, "{}", all.len());
    for ((thing, _), value) in &all {
        only_allowed(*thing, value);
        let text = value.to_string().to_lowercase();
        assert!(!text.contains("secret"), "{text}");
    }
    let search = |text: &str| Asked { search: Some(text.into()), ..Asked::default() };
    let found = feed.page(Thing::Service, &search("Invented open charity"), (1, 20));
    let [charity] = found.contents.as_slice() else { panic!("{found:?}") };
    assert_eq!(charity["email"], "office@example.org");
    assert_eq!(charity["fictional"], true);
    assert!(charity["alert"].as_str().unwrap().starts_with("Fictional"));
    assert_eq!(charity["assured_date"], shown::day().to_string(), "it said so itself");
    let id = charity["id"].as_str().unwrap();
    let whole = feed.find(Thing::Service, id).unwrap();
    let at = &whole["service_at_locations"][0]["location"];
    assert_eq!(at["addresses"][0]["postal_code"], "OX16 5QA");
    assert_eq!(at["addresses"][0]["state_province"], "Oxfordshire");
}

#[actix_web::test]
async fn what_is_invented_is_marked_on_every_answer_about_it() {
    let (_, t) = shown::demonstration();
    let invented = t.store.read_blocking(pathways::store::reference::load).unwrap();
    let invented: Vec<&Slug> = invented
        .providers
        .iter()
        .filter(|one| one.provenance.fictional)
        .map(|one| &one.slug)
        .collect();
    let feed = feed(&t.store);
    for slug in invented {
        let id = pathways::domain::oruk::id("organization", &["provider", slug]);
        let Some(organization) = feed.find(Thing::Organization, &id) else { continue };
        assert_eq!(organization["fictional"], true, "{slug}");
        let own = Asked { organization_id: Some(id), ..Asked::default() };
        for (_, thing) in LISTS.iter().filter(|(_, thing)| matches!(thing, Thing::Service)) {
            for service in feed.page(*thing, &own, (1, 100)).contents {
                assert_eq!(service["fictional"], true, "{service:?}");
                assert_eq!(service["organization"]["fictional"], true, "{service:?}");
            }
        }
    }
}

#[actix_web::test]
async fn scripts_of_other_sites_may_read_the_feed_and_nothing_else() {
    let t = TestStore::sqlite();
    bring(&t.store, &read(&hubs()), orders());
    let site = site(&t.store);
    let ready = Ready::new(&site).await;
    let allowed =
        |reply: &crate::api::support::Reply| reply.header("access-control-allow-origin").to_owned();
    for open in [
        "/oruk/v3",
        "/oruk/v3/",
        "/oruk/v3/services",
        "/oruk/v3/nothing",
        "/oruk/v3/services/7",
        "/oruk/v3/services?pge=2",
        "/oruk/v3/profile",
        "/oruk/v3/openapi.json",
    ] {
        let reply = ready.send(TestRequest::get().uri(open)).await;
        assert_eq!(allowed(&reply), "*", "{open}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin", "{open}");
    }
    let first = ready.send(TestRequest::get().uri("/oruk/v3/services")).await;
    let again = TestRequest::get().uri("/oruk/v3/services");
    let again = ready.send(again.insert_header(("if-none-match", first.header("etag")))).await;
    assert_eq!((again.status.as_u16(), allowed(&again)), (304, "*".to_owned()));
    for closed in [
        "/",
        "/oruk",
        "/oruk/v30",
        "/oruk/v2",
        "/api/v1/organisations",
        "/api/v1/courses",
        "/api/openapi.json",
        "/api/docs/",
        "/about",
        "/health/live",
        "/metrics",
        "/courses",
        "/problems",
    ] {
        let reply = ready.send(TestRequest::get().uri(closed)).await;
        assert_eq!(allowed(&reply), "", "{closed}");
    }
    for (path, method, _) in crate::contract::operations() {
        if method == "get" && !path.starts_with("/oruk") && !path.contains('{') {
            assert_eq!(get(path).await.header("access-control-allow-origin"), "", "{path}");
        }
    }
}

#[actix_web::test]
async fn what_came_with_a_feed_stands_on_its_organisations_page_with_its_source() {
    let t = TestStore::sqlite();
    let mut harmful = hubs();
    harmful["services"][0]["url"] = serde_json::json!("javascript:alert(1)");
    harmful["services"][0]["description"] = serde_json::json!("<script>alert(1)</script>");
    bring(&t.store, &read(&harmful), orders());
    let site = site(&t.store);
    let ready = Ready::new(&site).await;
    let page = ready.send(TestRequest::get().uri("/organisations/invented-hubs-trust")).await;
    let text = page.text();
    for said in [
        "Services it offers",
        "Invented Hub North",
        "Monday, Tuesday 09:00 to 12:00",
        "5 October 2026",
        "https://directory.example.org/v3",
        "Nobody here has confirmed them",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("<script>") && !text.contains("javascript:"), "{text}");
}
