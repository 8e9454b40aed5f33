//! What was true on a day: over year ends, 29 February, and the days on which something
//! goes stale.

use serde_json::{Value, json};

use crate::{
    api::register::world::{OTHER, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    a_record_is_shown_as_it_was_on_each_day,
    a_day_that_cannot_be_asked_for_is_refused,
    a_correction_of_an_earlier_day_counts_on_later_ones,
    a_pledge_runs_out_with_its_year_also_from_29_february,
    freshness_turns_after_90_days_and_after_a_year,
    an_end_counts_from_its_day,
    a_history_shows_the_public_what_was_public,
    the_history_tells_no_more_than_looking_at_each_day,
);

/// An organisation that was described three times, over a leap day and a year's end.
async fn described(world: &World) {
    let mut body = record("organisations", "leap-works");
    for (nth, day) in ["2024-02-29", "2024-12-31", "2025-03-01"].into_iter().enumerate() {
        body["stated_on"] = json!(day);
        body["description"] = json!(format!("As of {day}"));
        if nth == 0 {
            world.create("/organisations", &body).await;
        } else {
            let reply = world.put("coordinator", "/organisations/leap-works", ("*", &body)).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
        }
    }
}

async fn a_record_is_shown_as_it_was_on_each_day(t: TestStore) {
    let world = World::small(t).await;
    described(&world).await;
    let path = "/organisations/leap-works";
    for (day, since, version) in [
        ("2024-02-29", "2024-02-29", 1),
        ("2024-03-01", "2024-02-29", 1),
        ("2024-12-30", "2024-02-29", 1),
        ("2024-12-31", "2024-12-31", 2),
        ("2025-01-01", "2024-12-31", 2),
        ("2025-02-28", "2024-12-31", 2),
        ("2025-03-01", "2025-03-01", 3),
        ("2026-11-23", "2025-03-01", 3),
    ] {
        let then = world.read("public", &format!("{path}?as_of={day}")).await;
        assert_eq!(then["description"], format!("As of {since}"), "{day}");
        assert_eq!(then["version"], version, "{day}");
    }
    for before in ["2024-02-28", "1999-12-31"] {
        let reply = world.get("public", &format!("{path}?as_of={before}")).await;
        reply.problem(404, "not-found");
    }
    let page = world.page("/organisations/leap-works?as_of=2025-02-28").await;
    assert!(page.text().contains("As of 2024-12-31"), "the page says the same");
}

async fn a_day_that_cannot_be_asked_for_is_refused(t: TestStore) {
    let world = World::small(t).await;
    let own = format!("/organisations/{OWN}");
    for path in
        [own.clone(), format!("{own}/pledges"), format!("/pledges/{}", name("pledges", OWN))]
    {
        for (day, code) in [
            ("2025-02-29", "date"),
            ("2026-1-1", "date"),
            ("today", "date"),
            ("2026-11-24", "in-the-future"),
        ] {
            let reply = world.get("public", &format!("{path}?as_of={day}")).await;
            let problem = reply.problem(422, "invalid-request");
            assert_eq!(problem["errors"][0]["field"], "as_of");
            assert_eq!(problem["errors"][0]["code"], code, "{path} {day}");
        }
    }
}

async fn a_correction_of_an_earlier_day_counts_on_later_ones(t: TestStore) {
    let world = World::small(t).await;
    let title = |title: &str, day: &str| json!({"title": title, "stated_on": day});
    world.change("openings", OWN, &title("Said in November", "2026-11-10")).await;
    world.change("openings", OWN, &title("Corrected for October", "2026-10-20")).await;
    let one = format!("/openings/{}", name("openings", OWN));
    for (day, expected) in [
        ("2026-10-19", "Evening kitchen porter"),
        ("2026-10-20", "Corrected for October"),
        ("2026-11-22", "Corrected for October"),
    ] {
        let then = world.read("public", &format!("{one}?as_of={day}")).await;
        assert_eq!(then["title"], expected, "{day}");
        let list = format!("/organisations/{OWN}/openings?as_of={day}");
        let listed = world.read("public", &list).await["openings"][0]["title"].clone();
        assert_eq!(listed, expected, "{day}: the list");
        let page = world.page(&format!("/organisations/{OWN}?as_of={day}")).await;
        assert!(page.text().contains(expected), "{day}: the page");
    }
}

async fn a_pledge_runs_out_with_its_year_also_from_29_february(t: TestStore) {
    let world = World::small(t).await;
    let mut year = record("signatures", OWN);
    for (field, value) in [
        ("slug", "leap-year"),
        ("stated_on", "2024-02-29"),
        ("starts_on", "2024-02-29"),
        ("signed_on", "2024-02-29"),
    ] {
        year[field] = json!(value);
    }
    assert_eq!(world.create("/signatures", &year).await["ends_on"], "2025-02-28");
    let mut pledge = record("pledges", OWN);
    for (field, value) in [
        ("slug", "leap-pledge"),
        ("stated_on", "2024-02-29"),
        ("signature", "leap-year"),
        ("pledge_confirmed_on", "2024-12-01"),
    ] {
        pledge[field] = json!(value);
    }
    // It was the organisation's already, so that its past can be looked at.
    let since = json!({"stated_on": "2024-01-01"});
    world.change("organisations", OWN, &since).await;
    world.create("/pledges", &pledge).await;
    for (day, state, live, of_year) in [
        ("2024-02-29", "declared", true, "live"),
        ("2024-11-30", "declared", true, "live"),
        ("2024-12-01", "confirmed", true, "live"),
        ("2024-12-29", "confirmed", true, "live"),
        ("2024-12-30", "due-for-renewal", true, "due-for-renewal"),
        ("2024-12-31", "due-for-renewal", true, "due-for-renewal"),
        ("2025-02-28", "due-for-renewal", true, "due-for-renewal"),
        ("2025-03-01", "lapsed", false, "lapsed"),
    ] {
        let then = world.read("public", &format!("/pledges/leap-pledge?as_of={day}")).await;
        assert_eq!((&then["state"], &then["live"]), (&json!(state), &json!(live)), "{day}");
        let then = world.read("public", &format!("/signatures/leap-year?as_of={day}")).await;
        assert_eq!(then["state"], of_year, "{day}");
    }
    assert_eq!(world.read("public", "/pledges?state=lapsed").await["total"], 1);
    let reply = world.get("public", "/pledges/leap-pledge?as_of=2024-02-28").await;
    reply.problem(404, "not-found");
}

async fn freshness_turns_after_90_days_and_after_a_year(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/postures/{}", name("postures", OWN));
    for (day, fresh) in [
        ("2026-08-25", "confirmed-90-days"),
        ("2026-08-24", "confirmed-1-year"),
        ("2025-11-23", "confirmed-1-year"),
        ("2025-11-22", "stale"),
    ] {
        world.change("postures", OWN, &json!({"stated_on": day})).await;
        assert_eq!(world.read("public", &path).await["freshness"], fresh, "{day}");
        let listed = world.read("public", &format!("/postures?freshness={fresh}")).await;
        assert_eq!(listed["total"], 1, "{day}: lists judge as records do");
    }
    world.change("postures", OWN, &json!({"voice": "partnership"})).await;
    assert_eq!(world.read("public", &path).await["freshness"], "never-confirmed");
    let confirm = format!("{path}/confirmations");
    let reply = world.post_with(("employer", &confirm), &json!({}), &[("if-match", "*")]).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json()["confirmed_on"], "2026-11-23", "today, unless said");
    assert_eq!(reply.json()["freshness"], "confirmed-90-days");
}

async fn an_end_counts_from_its_day(t: TestStore) {
    let world = World::small(t).await;
    let path = format!("/openings/{}", name("openings", OWN));
    let tag = world.tag(&path).await;
    let end = format!("{path}?on=2026-11-20&reason=Filled");
    let ended = world.delete("employer", &end, &tag).await;
    assert_eq!(ended.status, 200, "{}", ended.text());
    let counts = async |day: &str| {
        let then = world.read("public", &format!("{path}?as_of={day}")).await;
        then["counts"].as_bool().unwrap()
    };
    assert!(counts("2026-11-19").await);
    assert!(!counts("2026-11-20").await && !counts("2026-11-23").await);
    let now = world.read("employer", &path).await;
    assert_eq!((&now["counts"], &now["end_reason"]), (&json!(false), &json!("Filled")));
    // One that is announced still counts until then.
    let posture = format!("/postures/{}", name("postures", OWN));
    let tag = world.tag(&posture).await;
    let reply = world.delete("employer", &format!("{posture}?on=2026-12-01"), &tag).await;
    assert_eq!(reply.json()["counts"], true, "{}", reply.text());
    assert_eq!(reply.json()["ended_on"], "2026-12-01");
}

fn described_as(history: &Value) -> Vec<String> {
    let versions = history["versions"].as_array().unwrap().iter();
    versions.map(|one| one["description"].as_str().unwrap_or("-").to_owned()).collect()
}

async fn a_history_shows_the_public_what_was_public(t: TestStore) {
    let world = World::small(t).await;
    let hidden = json!({"audience": "coordinator", "role_title": "Chief", "channel": "post",
        "value": "A house"});
    for fields in [
        json!({"publication": "draft", "description": "Not yet to be seen"}),
        json!({"description": "As it was shown"}),
        json!({"description": "As it was shown", "contacts": [hidden]}),
        json!({"description": "As it is shown"}),
    ] {
        world.change("organisations", OWN, &fields).await;
    }
    let path = format!("/organisations/{OWN}/history");
    for who in ["coordinator", "employer"] {
        let history = world.read(who, &path).await;
        assert_eq!(history["total"], 5, "{who} is shown every version");
    }
    for who in ["public", "broker"] {
        let history = world.read(who, &path).await;
        let said = described_as(&history);
        assert!(!said.contains(&"Not yet to be seen".to_owned()), "{who}: {said:?}");
        assert_eq!(said.last().unwrap(), "As it is shown");
        assert_eq!(history["total"], said.len());
        assert!(!history.to_string().contains("token:"), "nobody is told who wrote it");
    }
    let pages = [1, 2].map(|page| format!("{path}?per_page=1&page={page}"));
    let (one, two) = (world.read("public", &pages[0]).await, world.read("public", &pages[1]).await);
    assert_ne!(one["versions"], two["versions"]);
    let page = world.page(&path).await;
    assert!(page.text().contains("As it was shown") && !page.text().contains("Not yet"));
}

async fn the_history_tells_no_more_than_looking_at_each_day(t: TestStore) {
    let world = World::small(t).await;
    world.fill(OTHER).await;
    // A posture that was private for a while, of an organisation that was a draft before.
    let conditions = |text: &str, public: bool| json!({"conditions": text, "public": public});
    world.change("postures", OTHER, &conditions("Told to all", true)).await;
    world.change("postures", OTHER, &conditions("Told to brokers", false)).await;
    world.change("postures", OTHER, &conditions("Told to all again", true)).await;
    let path = format!("/postures/{}/history", name("postures", OTHER));
    let said = async |who: &str| {
        let history = world.read(who, &path).await;
        let versions = history["versions"].as_array().unwrap().clone();
        let text = |one: &Value| one["conditions"].as_str().unwrap_or_default().to_owned();
        versions.iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(said("public").await, ["", "Told to all", "Told to all again"]);
    assert_eq!(said("broker").await, ["", "Told to all", "Told to brokers", "Told to all again"]);
    assert_eq!(said("coordinator").await.len(), 4);
    // What only brokers are told changes unseen.
    let note = json!({"conditions": "Told to all again", "broker_note": "Ask for the manager"});
    world.change("postures", OTHER, &note).await;
    assert_eq!(said("public").await.len(), 3);
    assert_eq!(said("broker").await.len(), 5);
    let private = json!({"conditions": "Told to brokers again", "public": false});
    world.change("postures", OTHER, &private).await;
    world.get("public", &path).await.problem(404, "not-found");
}
