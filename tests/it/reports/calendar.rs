//! The calendar, read back by the rules of RFC 5545.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::{
    api::{
        register::world::{DRAFT, OTHER, OWN, SECRET, World, name, record},
        support::Reply,
    },
    support::TestStore,
};

on_both_databases!(
    events_and_closing_dates_are_told_by_the_rules,
    what_was_called_off_is_told_as_cancelled,
    a_reader_takes_what_it_wants,
    what_is_hidden_is_not_in_it,
);

/// A component's properties: names with parameters, and values.
type Properties = Vec<(String, String)>;

/// The events of a calendar; the rules that hold for all are checked on the way.
fn read(reply: &Reply) -> Vec<Properties> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    assert!(!reply.header("etag").is_empty());
    let text = reply.text();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.trim_end().split("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let whole = text.replace("\r\n ", "");
    let mut events: Vec<Properties> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in whole.trim_end().split("\r\n") {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line:?}"));
        match name {
            "BEGIN" => {
                open.push(value);
                if value == "VEVENT" {
                    events.push(Vec::new());
                }
            }
            "END" => assert_eq!(open.pop(), Some(value)),
            _ if open.last() == Some(&"VEVENT") => {
                events.last_mut().unwrap().push((name.to_owned(), value.to_owned()));
            }
            _ => assert!(!open.is_empty(), "{line}"),
        }
    }
    assert!(open.is_empty() && whole.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    for event in &events {
        for once in ["UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS", "LAST-MODIFIED"] {
            assert_eq!(
                event.iter().filter(|(name, _)| name == once).count(),
                1,
                "{once}: {event:?}"
            );
        }
        let starts = event.iter().filter(|(name, _)| name.starts_with("DTSTART")).count();
        assert_eq!(starts, 1, "{event:?}");
        let stamp = value(event, "DTSTAMP");
        assert!(stamp.len() == 16 && stamp.ends_with('Z'), "{stamp}");
    }
    let mut names: Vec<&str> = events.iter().map(|event| value(event, "UID")).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "every UID is one event's");
    events
}

fn value<'a>(event: &'a Properties, name: &str) -> &'a str {
    event.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

fn of<'a>(events: &'a [Properties], uid: &str) -> &'a Properties {
    let found = events.iter().find(|event| value(event, "UID").starts_with(uid));
    found.unwrap_or_else(|| panic!("no {uid} in {events:?}"))
}

async fn get(world: &World, query: &str) -> Reply {
    world.send("public", TestRequest::get().uri(&format!("/calendar.ics{query}"))).await
}

async fn events_and_closing_dates_are_told_by_the_rules(t: TestStore) {
    let world = World::small(t).await;
    let long =
        "Wörter; Kommas, und \\ Striche\nin zwei Zeilen, die viel länger sind als eine darf 🙂";
    world.change("events", OWN, &json!({"summary": long})).await;
    world.change("openings", OWN, &json!({"closes_on": "2026-12-31"})).await;
    let reply = get(&world, "").await;
    let events = read(&reply);
    let event = of(&events, &format!("event-{}@", name("events", OWN)));
    assert_eq!(value(event, "DTSTART"), "20261203T093000Z");
    assert_eq!(value(event, "DTEND"), "20261203T110000Z");
    assert_eq!(value(event, "STATUS"), "CONFIRMED");
    assert_eq!(value(event, "SEQUENCE"), "1", "it was written twice");
    assert_eq!(value(event, "LOCATION"), "Town hall\\, OX16 5QB");
    assert!(value(event, "SUMMARY").ends_with("(fictional)"), "{event:?}");
    assert!(value(event, "DESCRIPTION").starts_with(
        "Wörter\\; Kommas\\, und \\\\ Striche\\nin zwei Zeilen\\, die viel länger sind"
    ));
    assert_eq!(
        value(event, "URL"),
        format!("http://localhost:8080/events/{}", name("events", OWN))
    );
    let closing = of(&events, &format!("closing-date-{}@", name("openings", OWN)));
    assert_eq!(value(closing, "DTSTART;VALUE=DATE"), "20261231");
    assert_eq!(value(closing, "DTEND;VALUE=DATE"), "20270101", "the first day that is none of it");
    assert!(value(closing, "SUMMARY").contains("Evening kitchen porter\\, brook bakery"));
    assert_eq!(get(&world, "").await.bytes, reply.bytes);
    let again = TestRequest::get().uri("/calendar.ics");
    let again = again.insert_header(("if-none-match", reply.header("etag")));
    assert_eq!(world.send("public", again).await.status, 304);
}

async fn what_was_called_off_is_told_as_cancelled(t: TestStore) {
    let world = World::small(t).await;
    world.change("openings", OWN, &json!({"closes_on": "2026-12-31"})).await;
    let before = read(&get(&world, "").await);
    for kind in ["events", "openings"] {
        let path = format!("/{kind}/{}", name(kind, OWN));
        let tag = world.tag(&path).await;
        assert!(world.delete("coordinator", &path, &tag).await.status.is_success());
    }
    let after = read(&get(&world, "").await);
    assert_eq!(after.len(), before.len());
    for kind in ["event", "closing-date"] {
        let uid = format!(
            "{kind}-{}@",
            name(&format!("{}s", kind.replace("closing-date", "opening")), OWN)
        );
        let (then, now) = (of(&before, &uid), of(&after, &uid));
        assert_eq!((value(then, "STATUS"), value(now, "STATUS")), ("CONFIRMED", "CANCELLED"));
        assert_eq!(value(then, "UID"), value(now, "UID"));
        let number = |event| value(event, "SEQUENCE").parse::<i64>().unwrap();
        assert!(number(now) > number(then), "{now:?}");
    }
}

async fn a_reader_takes_what_it_wants(t: TestStore) {
    let world = World::small(t).await;
    world.change("openings", OWN, &json!({"closes_on": "2026-12-31"})).await;
    let count = async |query: &str| read(&get(&world, query).await).len();
    let (all, events) = (count("").await, count("?kind=event").await);
    assert_eq!((events, count("?kind=closing-date").await), (1, 1));
    assert_eq!(count("?kind=closing-date&kind=event").await, 2);
    assert_eq!(count("?kind=meeting").await, all - 2);
    assert_eq!((count("?cohort=refugees").await, count("?cohort=age-friendly").await), (1, 0));
    assert_eq!(count("?partnership=care&kind=event").await, 0);
    let empty = get(&world, "?cohort=age-friendly").await;
    assert!(empty.text().contains("BEGIN:VTIMEZONE"), "a calendar has at least one part");
    for (query, field) in [
        ("?kind=events", "kind"),
        ("?cohort=refugee", "cohort"),
        ("?partnership=caring", "partnership"),
        ("?sort=day", "sort"),
    ] {
        let reply = get(&world, query).await;
        assert_eq!(reply.status, 422, "{query}");
        assert!(reply.text().contains(field), "{query}: {}", reply.text());
    }
}

async fn what_is_hidden_is_not_in_it(t: TestStore) {
    let world = World::small(t).await;
    world.fill(OTHER).await;
    world.change("openings", OTHER, &json!({"closes_on": "2026-12-30"})).await;
    let before = get(&world, "").await;
    for kind in ["organisations", "events", "openings"] {
        let mut body = record(kind, DRAFT);
        if kind == "openings" {
            body["closes_on"] = json!("2026-12-29");
        }
        world.create(&format!("/{kind}"), &body).await;
    }
    let after = get(&world, "").await;
    assert_eq!(after.text(), before.text());
    assert!(!after.text().contains(SECRET));
}
