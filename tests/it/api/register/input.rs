//! What nobody should send: it is refused by name, and nothing of it is written.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::{
    api::register::world::{KINDS, OTHER, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    read_only_fields_are_refused_by_name,
    what_names_nothing_is_refused_at_its_place,
    dates_that_cannot_be_are_refused,
    years_that_share_a_day_are_refused,
    a_withdrawn_year_takes_no_pledge,
    text_is_kept_as_it_was_written_or_refused,
    markup_stays_text,
    a_body_that_is_no_record_is_refused_with_the_place,
    an_employer_does_not_say_what_is_the_partnerships_to_say,
);

/// A record of a kind that is not there yet, with some fields set.
fn anew(kind: &str, fields: &Value) -> Value {
    let mut body = record(kind, OWN);
    body["slug"] = json!("a-new-one");
    if kind == "organisations" {
        body["name"] = json!("Something else (fictional)");
        body["identifiers"] = json!([]);
    }
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn refused(world: &World, kind: &str, fields: Value) -> Value {
    let reply = world.post("coordinator", &format!("/{kind}"), &anew(kind, &fields)).await;
    let problem = reply.problem(422, "invalid-request");
    world.get("coordinator", &format!("/{kind}/a-new-one")).await.problem(404, "not-found");
    problem["errors"].clone()
}

async fn read_only_fields_are_refused_by_name(t: TestStore) {
    let world = World::small(t).await;
    let fields = [
        "url",
        "version",
        "confirmed_on",
        "ended_on",
        "end_reason",
        "recorded_at",
        "freshness",
        "counts",
        "rung",
        "live",
        "effective_on",
        "actor",
    ];
    for kind in KINDS {
        let before = world.get("coordinator", &format!("/{kind}/{}", name(kind, OWN))).await;
        for field in fields {
            let errors = refused(&world, kind, json!({(field): "2026-11-20"})).await;
            assert_eq!(errors[0]["code"], "read-only", "{kind} {field}: {errors}");
            assert_eq!(errors[0]["pointer"], format!("#/{field}"));
            let mut body = record(kind, OWN);
            body[field] = json!(7);
            let path = format!("/{kind}/{}", name(kind, OWN));
            let reply = world.put("coordinator", &path, (before.header("etag"), &body)).await;
            let problem = reply.problem(422, "invalid-request");
            assert_eq!(problem["errors"][0]["code"], "read-only", "{kind} {field}");
        }
        for field in ["id", "owner_id", "created_by", "merged_into", "token"] {
            let errors = refused(&world, kind, json!({(field): 1})).await;
            assert_eq!(errors[0]["code"], "unknown-field", "{kind} {field}");
        }
    }
}

async fn what_names_nothing_is_refused_at_its_place(t: TestStore) {
    let world = World::small(t).await;
    world.fill(OTHER).await;
    let nothing = json!("nobody-here");
    for (kind, place, fields) in [
        ("signatures", "organisation", json!({"organisation": nothing})),
        ("signatures", "charter", json!({"charter": nothing})),
        ("pledges", "organisation", json!({"organisation": nothing})),
        ("pledges", "signature", json!({"signature": nothing})),
        ("pledges", "action", json!({"action": "E99"})),
        ("pledges", "stance", json!({"stance": nothing})),
        ("postures", "organisation", json!({"organisation": nothing})),
        ("postures", "cohort", json!({"cohort": "refugee", "organisation": OTHER})),
        ("openings", "organisation", json!({"organisation": nothing})),
        ("openings", "cohorts/1", json!({"cohorts": ["refugees", "refugee"]})),
        ("events", "organisation", json!({"organisation": nothing})),
        ("events", "cohorts/0", json!({"cohorts": [nothing]})),
        ("case-studies", "organisation", json!({"organisation": nothing})),
        ("case-studies", "action", json!({"action": "nothing"})),
        ("introductions", "other", json!({"other": nothing})),
        ("introductions", "partnership", json!({"partnership": nothing})),
        ("introductions", "cohort", json!({"cohort": nothing})),
        ("organisations", "sector", json!({"sector": "hospitalty"})),
        (
            "organisations",
            "recognitions/0/scheme",
            json!({"recognitions": [{"scheme": "nothing", "check": "unchecked"}]}),
        ),
        (
            "organisations",
            "recognitions/0/level",
            json!({"recognitions":
            [{"scheme": "disability-confident", "level": "9", "check": "unchecked"}]}),
        ),
    ] {
        let errors = refused(&world, kind, fields).await;
        assert_eq!(errors[0]["pointer"], format!("#/{place}"), "{kind}: {errors}");
        assert_eq!(errors[0]["code"], "unknown-value", "{kind}: {errors}");
    }
    let near = refused(&world, "postures", json!({"cohort": "refugee"})).await;
    assert!(
        near[0]["detail"].as_str().or(near[0]["message"].as_str()).unwrap().contains("refugees")
    );
    for (kind, fields) in [
        ("openings", json!({"site": "Nowhere"})),
        ("pledges", json!({"signature": name("signatures", OTHER)})),
    ] {
        let errors = refused(&world, kind, fields).await;
        assert_eq!(errors[0]["code"], "unknown-reference", "{kind}: {errors}");
    }
}

async fn dates_that_cannot_be_are_refused(t: TestStore) {
    let world = World::small(t).await;
    for (kind, place, code, fields) in [
        ("organisations", "stated_on", "in-the-future", json!({"stated_on": "2026-11-24"})),
        ("organisations", "until", "reversed", json!({"until": "2026-09-30"})),
        (
            "signatures",
            "ends_on",
            "reversed",
            json!({"starts_on": "2025-06-01", "ends_on": "2025-05-31"}),
        ),
        (
            "signatures",
            "ends_on",
            "over-a-year",
            json!({"starts_on": "2024-02-29", "ends_on": "2025-03-01"}),
        ),
        (
            "signatures",
            "published_on",
            "reversed",
            json!({"starts_on": "2025-01-01", "signed_on": "2025-01-02", "published_on": "2025-01-01"}),
        ),
        ("postures", "review_by", "reversed", json!({"review_by": "2026-09-30"})),
        ("events", "ends_at", "reversed", json!({"ends_at": "2026-12-03T09:29:59Z"})),
        ("case-studies", "published_on", "in-the-future", json!({"published_on": "2026-11-24"})),
        (
            "pledges",
            "updates/0/on",
            "in-the-future",
            json!({"updates": [{"on": "2026-11-24", "progress": "met"}]}),
        ),
        ("openings", "closes_on", "date", json!({"closes_on": "2027-02-29"})),
    ] {
        let errors = refused(&world, kind, fields).await;
        assert_eq!(errors[0]["pointer"], format!("#/{place}"), "{kind}: {errors}");
        assert_eq!(errors[0]["code"], code, "{kind}: {errors}");
    }
    // The last day that each may be is taken.
    let leap = json!({"starts_on": "2024-02-29", "ends_on": "2025-02-28"});
    world.create("/signatures", &anew("signatures", &leap)).await;
    let path = format!("/openings/{}", name("openings", OWN));
    let early = world.delete("coordinator", &format!("{path}?on=2026-09-30"), "*").await;
    assert_eq!(early.problem(422, "invalid-request")["errors"][0]["code"], "reversed");
    for day in ["2026-09-30", "2026-11-24"] {
        let (to, body) = (format!("{path}/confirmations"), json!({"on": day}));
        let reply = world.post_with(("coordinator", &to), &body, &[("if-match", "*")]).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["pointer"], "#/on", "{day}");
    }
}

async fn years_that_share_a_day_are_refused(t: TestStore) {
    let world = World::small(t).await;
    // The year that is there: 1 October 2026 to 30 September 2027.
    for (starts_on, ends_on) in [("2026-10-01", "2027-09-30"), ("2026-01-01", "2026-10-01")] {
        let year = json!({"starts_on": starts_on, "ends_on": ends_on});
        let reply = world.post("coordinator", "/signatures", &anew("signatures", &year)).await;
        reply.problem(409, "conflict");
    }
    let next = json!({"starts_on": "2027-10-01"});
    let made = world.create("/signatures", &anew("signatures", &next)).await;
    assert_eq!(made["ends_on"], "2028-09-30");
    assert_eq!(made["state"], "upcoming");
    let mut before = anew("signatures", &json!({"starts_on": "2025-10-01"}));
    before["slug"] = json!("the-year-before");
    assert_eq!(world.create("/signatures", &before).await["ends_on"], "2026-09-30");
    assert_eq!(world.read("public", &format!("/organisations/{OWN}/signatures")).await["total"], 3);
}

async fn a_withdrawn_year_takes_no_pledge(t: TestStore) {
    let world = World::small(t).await;
    let year = format!("/signatures/{}", name("signatures", OWN));
    let tag = world.tag(&year).await;
    let ended = world.delete("coordinator", &format!("{year}?on=2026-11-20"), &tag).await;
    assert_eq!(ended.json()["state"], "withdrawn", "{}", ended.text());
    let pledge = anew("pledges", &json!({"action": "E3"}));
    world.post("coordinator", "/pledges", &pledge).await.problem(409, "conflict");
    let there = world.read("public", &format!("/pledges/{}", name("pledges", OWN))).await;
    assert_eq!((&there["state"], &there["live"]), (&json!("withdrawn"), &json!(false)));
}

async fn text_is_kept_as_it_was_written_or_refused(t: TestStore) {
    let world = World::small(t).await;
    let long = json!({"description": "é".repeat(524_288)});
    let reply = world.post("coordinator", "/organisations", &anew("organisations", &long)).await;
    reply.problem(413, "content-too-large");
    for (kind, field) in [
        ("organisations", "description"),
        ("openings", "title"),
        ("events", "summary"),
        ("postures", "broker_note"),
        ("organisations", "name"),
    ] {
        for text in ["a\0b", "a\u{7}b", "a\u{85}b"] {
            let errors = refused(&world, kind, json!({(field): text})).await;
            assert_eq!(errors[0]["code"], "control-character", "{kind} {field} {text:?}");
        }
        let errors = refused(&world, kind, json!({(field): " \t "})).await;
        assert_eq!(errors[0]["pointer"], format!("#/{field}"), "blank");
    }
    let texts =
        ["שלום\u{200f} (\u{202b}مخبز\u{202c})", "Łódź – ½ “naïve” 🥐", "e\u{301}", "1\r\n2\t3"];
    for text in texts {
        world.change("organisations", OWN, &json!({"description": text})).await;
        let told = world.read("public", &format!("/organisations/{OWN}")).await;
        assert_eq!(told["description"], text, "as it was written");
    }
}

async fn markup_stays_text(t: TestStore) {
    let world = World::small(t).await;
    let bad = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;";
    let fields = json!({"name": bad, "description": bad, "aliases": [bad], "stated_by": bad,
        "sites": [{"label": "Bakery", "address": bad, "town": bad, "postcode": "OX16 5QA"}],
        "contacts": [{"audience": "public", "role_title": bad, "channel": "post", "value": bad}]});
    world.change("organisations", OWN, &fields).await;
    world.change("openings", OWN, &json!({"title": bad, "description": bad})).await;
    world.change("pledges", OWN, &json!({"text": bad, "unit": bad})).await;
    world.change("postures", OWN, &json!({"conditions": bad})).await;
    world.change("events", OWN, &json!({"title": bad, "summary": bad, "place": bad})).await;
    world.change("case-studies", OWN, &json!({"title": bad, "summary": bad})).await;
    world.catch_up().await;
    let path = format!("/organisations/{OWN}");
    assert_eq!(world.read("public", &path).await["name"], bad);
    let study = format!("/case-studies/{}", name("case-studies", OWN));
    for page in [
        path.clone(),
        format!("{path}/history"),
        "/organisations".to_owned(),
        "/search?q=alert".to_owned(),
        "/events".to_owned(),
        study,
    ] {
        let reply = world.page(&page).await;
        assert_eq!(reply.status, 200, "{page}");
        let text = reply.text();
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{page}: {text}");
        assert!(text.contains("alert(1)"), "{page} tells it as text");
    }
    for field in ["website"] {
        for address in ["javascript:alert(1)", "https://x\" onclick=\"y", "data:text/html,x"] {
            let errors = refused(&world, "organisations", json!({(field): address})).await;
            assert_eq!(errors[0]["pointer"], format!("#/{field}"), "{address}");
        }
    }
}

async fn a_body_that_is_no_record_is_refused_with_the_place(t: TestStore) {
    let world = World::small(t).await;
    let send = async |kind: &str, media: &str, body: &str| {
        let request = TestRequest::post().uri(&format!("/api/v1/{kind}"));
        let request = request.insert_header(("content-type", media)).set_payload(body.to_owned());
        world.send("coordinator", request).await
    };
    for kind in KINDS {
        send(kind, "application/json", "").await.problem(400, "malformed-request");
        send(kind, "application/json", "{\"slug\": ").await.problem(400, "malformed-request");
        send(kind, "text/csv", "slug").await.problem(415, "unsupported-media-type");
        for body in ["[]", "7", "null", "\"x\""] {
            send(kind, "application/json", body).await.problem(422, "invalid-request");
        }
        let twice = r#"{"voice": "organisation", "voice": "organisation"}"#;
        let problem = send(kind, "application/json", twice).await.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "repeated", "{kind}");
    }
}

async fn an_employer_does_not_say_what_is_the_partnerships_to_say(t: TestStore) {
    let world = World::small(t).await;
    let pledge = format!("/pledges/{}", name("pledges", OWN));
    let own = format!("/organisations/{OWN}");
    let published = json!([{"on": "2026-11-20", "progress": "met", "published": true}]);
    for (kind, path, field, value) in [
        ("pledges", &pledge, "pledge_confirmed_on", json!("2026-11-01")),
        ("pledges", &pledge, "evidenced_on", json!("2026-11-01")),
        ("pledges", &pledge, "updates", published),
        ("pledges", &pledge, "voice", json!("partnership")),
        ("organisations", &own, "publication", json!("draft")),
        ("organisations", &own, "fictional", json!(false)),
    ] {
        let mut body = record(kind, OWN);
        body[field] = value;
        let reply = world.put("employer", path, (&world.tag(path).await, &body)).await;
        let problem = reply.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "reserved", "{field}: {problem}");
        assert_eq!(world.read("coordinator", path).await["version"], 1);
    }
    let mut plain = anew("openings", &json!({}));
    plain.as_object_mut().unwrap().remove("fictional");
    let made = world.post("employer", "/openings", &plain).await;
    assert_eq!(made.json()["fictional"], true, "as its employer is: {}", made.text());
    let mut moved = record("pledges", OWN);
    moved["organisation"] = json!(OTHER);
    let reply = world.put("coordinator", &pledge, ("*", &moved)).await;
    assert_eq!(reply.problem(422, "invalid-request")["errors"][0]["code"], "fixed");
    let mut renamed = record("pledges", OWN);
    renamed["slug"] = json!("another-name");
    let reply = world.put("coordinator", &pledge, ("*", &renamed)).await;
    assert_eq!(reply.problem(422, "invalid-request")["errors"][0]["code"], "fixed");
}
