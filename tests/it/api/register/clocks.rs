//! The day of the service is the day in the United Kingdom, minute by minute around
//! midnight, on both sides of each change of the clocks, on leap days and at ends of years.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::{
    api::register::world::{OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    today_is_the_day_on_the_wall_around_each_midnight,
    freshness_and_ends_turn_at_midnight_on_the_wall,
    events_are_shown_and_found_by_the_clocks_of_the_united_kingdom,
);

fn utc(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

/// Around midnights: on both sides of both changes of 2027, of a leap day and of a year's
/// end; with the day then and the day after. Every day of some years is tried in
/// `domain::uk_time`.
const MINUTES: [(&str, &str, &str); 7] = [
    ("2027-03-27 23:59", "2027-03-27", "2027-03-28"),
    ("2027-03-28 00:00", "2027-03-28", "2027-03-29"),
    ("2027-03-28 23:00", "2027-03-29", "2027-03-30"),
    ("2027-10-30 22:59", "2027-10-30", "2027-10-31"),
    ("2027-10-31 23:59", "2027-10-31", "2027-11-01"),
    ("2028-01-01 00:00", "2028-01-01", "2028-01-02"),
    ("2028-02-29 23:59", "2028-02-29", "2028-03-01"),
];

async fn today_is_the_day_on_the_wall_around_each_midnight(t: TestStore) {
    let mut world = World::small(t).await;
    let path = format!("/postures/{}", name("postures", OWN));
    for (nth, (moment, today, tomorrow)) in MINUTES.into_iter().enumerate() {
        world = world.at(utc(moment)).await;
        let mut body = record("events", OWN);
        body["slug"] = json!(format!("said-{nth}"));
        body["stated_on"] = json!(tomorrow);
        let refused = world.post("coordinator", "/events", &body).await;
        let problem = refused.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "in-the-future", "{moment}");
        body["stated_on"] = json!(today);
        world.create("/events", &body).await;
        let then = world.read("public", &format!("/events/said-{nth}?as_of={today}")).await;
        assert_eq!(then["stated_on"], today, "{moment}");
        let ahead = world.get("public", &format!("/events/said-{nth}?as_of={tomorrow}")).await;
        assert_eq!(ahead.problem(422, "invalid-request")["errors"][0]["code"], "in-the-future");
        let reply = world
            .post_with(
                ("coordinator", &format!("{path}/confirmations")),
                &json!({}),
                &[("if-match", "*")],
            )
            .await;
        assert_eq!(reply.json()["confirmed_on"], today, "{moment}: {}", reply.text());
    }
}

/// Day 90 still counts as recent; both changes of the clocks lie within the 90 days.
async fn freshness_and_ends_turn_at_midnight_on_the_wall(t: TestStore) {
    let mut world = World::small(t).await;
    let path = format!("/openings/{}", name("openings", OWN));
    world = world.at(utc("2027-01-20 12:00")).await;
    let confirm = format!("{path}/confirmations");
    let any = [("if-match", "*")];
    let reply = world.post_with(("coordinator", &confirm), &json!({}), &any).await;
    assert_eq!(reply.json()["confirmed_on"], "2027-01-20", "{}", reply.text());
    for (moment, expected) in [
        // 20 April is day 90; in summer it ends at eleven in the evening, UTC.
        ("2027-04-20 22:59", "confirmed-90-days"),
        ("2027-04-20 23:00", "confirmed-1-year"),
        ("2028-01-20 23:59", "confirmed-1-year"),
        ("2028-01-21 00:00", "stale"),
    ] {
        world = world.at(utc(moment)).await;
        let read = world.read("public", &path).await;
        assert_eq!(read["freshness"], expected, "{moment}");
    }
    let event = format!("/events/{}", name("events", OWN));
    let reply = world.delete("coordinator", &format!("{event}?on=2028-07-01"), "*").await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    for (moment, counts) in [("2028-06-30 22:59", true), ("2028-06-30 23:00", false)] {
        world = world.at(utc(moment)).await;
        assert_eq!(world.read("public", &event).await["counts"], counts, "{moment}");
    }
}

async fn events_are_shown_and_found_by_the_clocks_of_the_united_kingdom(t: TestStore) {
    let world = World::small(t).await;
    let told = [
        ("2027-03-28T00:30:00Z", "12:30am", "2027-03-28T00:30+00:00", "2027-03-28"),
        ("2027-03-28T01:30:00Z", "2:30am", "2027-03-28T02:30+01:00", "2027-03-28"),
        ("2027-03-28T23:30:00Z", "12:30am", "2027-03-29T00:30+01:00", "2027-03-29"),
        ("2027-10-31T00:30:00Z", "1:30am", "2027-10-31T01:30+01:00", "2027-10-31"),
        ("2027-10-31T01:30:00Z", "1:30am", "2027-10-31T01:30+00:00", "2027-10-31"),
        ("2027-10-31T23:30:00Z", "11:30pm", "2027-10-31T23:30+00:00", "2027-10-31"),
    ];
    for (nth, (starts_at, words, machine, day)) in told.into_iter().enumerate() {
        let mut body = record("events", OWN);
        body["slug"] = json!(format!("at-{nth}"));
        body["starts_at"] = json!(starts_at);
        body.as_object_mut().unwrap().remove("ends_at");
        world.create("/events", &body).await;
        let page = world.page(&format!("/events/at-{nth}")).await;
        let text = page.text();
        assert!(text.contains(&format!("datetime=\"{machine}\"")), "{starts_at}: {text}");
        assert!(text.contains(&format!(", {words}</time>, UK time")), "{starts_at}: {text}");
        let on = world.read("public", &format!("/events?from={day}&to={day}")).await;
        let found = on["events"].as_array().unwrap();
        let own = |one: &Value| one["slug"] == json!(format!("at-{nth}"));
        assert!(found.iter().any(own), "{starts_at} is on {day}");
    }
    for (day, count) in [
        ("2027-03-27", 0),
        ("2027-03-28", 2),
        ("2027-03-29", 1),
        ("2027-10-31", 3),
        ("2027-11-01", 0),
    ] {
        let on = world.read("public", &format!("/events?from={day}&to={day}")).await;
        assert_eq!(on["total"], count, "{day}");
    }
}
