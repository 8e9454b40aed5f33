//! Partnerships as forums: what stands beside them, their meetings and actions in order,
//! codes that exist, and needs found by words.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::{
    api::register::world::{DRAFT, OTHER, OWN, World, name, record},
    support::TestStore,
};

on_both_databases!(
    a_partnership_answers_what_it_did_and_what_is_kept_of_it,
    a_published_partnership_can_be_changed_and_tells_its_history,
    actions_stand_overdue_first,
    meetings_stand_latest_first,
    what_goes_together_wrongly_is_refused_by_field,
    who_takes_part_is_an_organisation_of_the_register_or_named_in_words,
    a_code_that_no_list_has_is_refused_with_the_nearest,
    needs_are_found_by_words_and_the_titles_of_their_codes,
    codes_are_found_by_words,
    the_page_of_a_forum_tells_agenda_dates_and_titles_of_codes,
);

async fn a_partnership_answers_what_it_did_and_what_is_kept_of_it(t: TestStore) {
    let world = World::small(t).await;
    let list = world.read("public", "/partnerships?per_page=100").await;
    let all = list["partnerships"].as_array().unwrap();
    assert_eq!(list["total"], all.len());
    let care = all.iter().find(|one| one["slug"] == "care").unwrap();
    assert_eq!(care["page_url"], "/partnerships/care");
    assert_eq!(care["sector_labels"][0]["value"], care["sectors"][0]);
    assert!(care["member_count"].as_u64().unwrap() > 5);
    assert!(care.get("needs").is_none() && care.get("version").is_some());
    for item in all {
        let path = format!("/partnerships/{}", item["slug"].as_str().unwrap());
        let one = world.read("public", &path).await;
        for (field, value) in item.as_object().unwrap() {
            assert_eq!(&one[field], value, "{path} {field}");
        }
    }
    let found = world.read("public", "/search?kind=partnership&per_page=100").await;
    for result in found["results"].as_array().unwrap() {
        world.read("public", &format!("/partnerships/{}", result["id"].as_str().unwrap())).await;
    }
    let tag = world.get("public", "/partnerships").await.header("etag").to_owned();
    let again = TestRequest::get().uri("/api/v1/partnerships");
    let again = world.send("public", again.insert_header(("if-none-match", tag))).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    let whole = world.read("public", "/partnerships/care").await;
    for part in ["members", "needs", "meetings", "actions"] {
        assert!(!whole[part].as_array().unwrap().is_empty(), "{part}");
    }
    assert_eq!(whole["need_count"], whole["needs"].as_array().unwrap().len());
    assert!(!whole["provenance"]["sources"].as_array().unwrap().is_empty());
    assert_eq!(whole["members"][0]["organisation"], "Thames Valley Chamber of Commerce");
    let some = world.read("public", "/partnerships/care?fields=name,meetings").await;
    let names: Vec<_> = some.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["meetings", "name", "slug"]);
    let then = world.read("public", "/partnerships/care?as_of=2026-01-01").await;
    assert!(then.get("needs").is_none(), "of the past only the record is told");
}

async fn a_published_partnership_can_be_changed_and_tells_its_history(t: TestStore) {
    let world = World::small(t).await;
    let path = "/partnerships/care";
    let before = world.read("coordinator", path).await;
    let mut body = before.clone();
    let read_only = [
        "url",
        "version",
        "recorded_at",
        "freshness",
        "counts",
        "page_url",
        "sector_labels",
        "member_count",
        "need_count",
        "provenance",
        "needs",
        "meetings",
        "actions",
    ];
    for field in read_only {
        body.as_object_mut().unwrap().remove(field).unwrap();
    }
    let same = world.put("coordinator", path, ("*", &body)).await;
    assert_eq!((same.status.as_u16(), same.json()["version"].clone()), (200, json!(1)));
    body["champion"] = json!(OWN);
    body["members"].as_array_mut().unwrap().push(json!({
        "organisation": OWN, "capacity": "employer", "from": "2026-02-01"
    }));
    body["voice"] = json!("partnership");
    body["stated_on"] = json!("2026-11-23");
    let refused = world.put("coordinator", path, ("\"9-x\"", &body)).await;
    refused.problem(412, "precondition-failed");
    let reply = world.put("coordinator", path, (&world.tag(path).await, &body)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    world.catch_up().await;
    assert_eq!(world.read("public", path).await["champion"], OWN);
    let page = world.page("/partnerships/care").await;
    assert!(page.text().contains("1 February 2026"), "{}", page.text());
    assert!(page.text().contains(&format!("/organisations/{OWN}")));
    let history = world.read("coordinator", &format!("{path}/history")).await;
    assert_eq!(
        (&history["total"], &history["versions"][0]["actor"]),
        (&json!(2), &json!("reference"))
    );
    let found = world.read("public", &format!("/partnerships?member={OWN}")).await;
    assert_eq!((&found["total"], &found["partnerships"][0]["slug"]), (&json!(1), &json!("care")));
    for extra in ["needs", "overdue", "page_url"] {
        let mut body = body.clone();
        body[extra] = before.get(extra).cloned().unwrap_or(json!(true));
        let problem = world.put("coordinator", path, ("*", &body)).await;
        let problem = problem.problem(422, "invalid-request");
        assert_eq!(problem["errors"][0]["code"], "read-only", "{extra}");
    }
}

/// A register with one more partnership, of which readers know.
async fn with_night(t: TestStore) -> World {
    let world = World::small(t).await;
    let mut forum = record("partnerships", "a");
    forum["slug"] = json!("night");
    world.create("/partnerships", &forum).await;
    world.catch_up().await;
    world
}

async fn actions_stand_overdue_first(t: TestStore) {
    let world = with_night(t).await;
    let action = async |slug: &str, due: Option<&str>, state: &str| {
        let mut body = record("partnership-actions", "a");
        body["slug"] = json!(slug);
        body["partnership"] = json!("night");
        body["state"] = json!(state);
        match due {
            Some(due) => body["due_on"] = json!(due),
            None => drop(body.as_object_mut().unwrap().remove("due_on")),
        }
        world.create("/partnership-actions", &body).await;
    };
    action("e-undated", None, "open").await;
    action("d-later", Some("2027-05-01"), "open").await;
    action("f-done", Some("2026-01-01"), "done").await;
    action("c-today", Some("2026-11-23"), "open").await;
    action("b-late", Some("2026-11-22"), "open").await;
    action("a-later-still", Some("2026-03-01"), "open").await;
    let list = world.read("public", "/partnerships/night/actions").await;
    let told = |list: &Value, field: &str| -> Vec<Value> {
        let actions = list["actions"].as_array().unwrap().iter();
        actions.map(|one| one[field].clone()).collect()
    };
    let slugs = ["a-later-still", "b-late", "c-today", "d-later", "e-undated", "f-done"];
    assert_eq!(told(&list, "slug"), slugs);
    assert_eq!(told(&list, "overdue"), [true, true, false, false, false, false].map(Value::from));
    assert_eq!(list["total"], 6);
    let second = world.read("public", "/partnerships/night/actions?per_page=4&page=2").await;
    assert_eq!(
        (told(&second, "slug"), &second["total"]),
        (vec![json!("e-undated"), json!("f-done")], &json!(6))
    );
    world.catch_up().await;
    let beside = world.read("public", "/partnerships/night").await;
    assert_eq!(told(&beside, "slug"), slugs);
    let overdue = world.read("public", "/partnership-actions?overdue=true&partnership=night").await;
    assert_eq!(overdue["total"], 2);
    world.get("public", "/partnerships/none/actions").await.problem(404, "not-found");
    let slip = world.get("public", "/partnerships/night/actions?pge=2").await;
    let slip = slip.problem(422, "invalid-request");
    assert!(slip["errors"][0]["message"].as_str().unwrap().contains("page"), "{slip}");
}

async fn meetings_stand_latest_first(t: TestStore) {
    let world = with_night(t).await;
    for (slug, held_on) in
        [("m-old", "2026-05-01"), ("m-next", "2027-01-19"), ("m-part", "2026-09")]
    {
        let mut body = record("meetings", "a");
        body["slug"] = json!(slug);
        body["partnership"] = json!("night");
        body["held_on"] = json!(held_on);
        if held_on.len() < 10 {
            body.as_object_mut().unwrap().retain(|name, _| name != "starts" && name != "ends");
        }
        world.create("/meetings", &body).await;
    }
    let list = world.read("public", "/partnerships/night/meetings").await;
    let meetings = list["meetings"].as_array().unwrap();
    let told: Vec<_> = meetings.iter().map(|one| (&one["slug"], one.get("to_come"))).collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(
        told,
        [(&json!("m-next"), Some(&yes)), (&json!("m-part"), None), (&json!("m-old"), Some(&no))]
    );
}

async fn what_goes_together_wrongly_is_refused_by_field(t: TestStore) {
    let world = World::small(t).await;
    let members = |from: &str, to: &str| json!([{"organisation": "A Firm", "capacity": "employer", "from": from, "to": to}]);
    let twice = json!([{"organisation": "A Firm", "capacity": "host"},
        {"organisation": "A Firm", "capacity": "host"}]);
    for (kind, field, value, at) in [
        ("partnerships", "members", members("2026-05-02", "2026-05-01"), "members/0/to"),
        ("partnerships", "members", members("2026-02-30", "2026-05-01"), "members/0/from"),
        ("partnerships", "members", twice, "members/1"),
        (
            "partnerships",
            "members",
            json!([{"organisation": "A", "capacity": "friend"}]),
            "members/0/capacity",
        ),
        (
            "partnerships",
            "members",
            json!([{"organisation": " ", "capacity": "host"}]),
            "members/0/organisation",
        ),
        ("partnerships", "sectors", json!(["carpentry"]), "sectors/0"),
        ("partnerships", "sources", json!(["S9999"]), "sources/0"),
        ("meetings", "held_on", json!("2026-02-30"), "held_on"),
        ("meetings", "held_on", json!("autumn"), "starts"),
        ("meetings", "starts", json!("25:00"), "starts"),
        ("meetings", "starts", json!("9:30"), "starts"),
        ("meetings", "ends", json!("14:00"), "ends"),
        ("meetings", "agenda", json!([{"topic": "x", "cohort": "martians"}]), "agenda/0/cohort"),
        ("meetings", "partnership", json!("caer"), "partnership"),
        ("partnership-actions", "state", json!("begun"), "state"),
        ("partnership-actions", "done_on", json!("2026-10-02"), "done_on"),
        ("partnership-actions", "due_on", json!("2026-13-01"), "due_on"),
        ("partnership-actions", "need", json!("no-such-need"), "need"),
        ("partnership-actions", "meeting", json!("no-such-meeting"), "meeting"),
        ("partnership-actions", "owner", json!("no-such-owner"), "owner"),
    ] {
        let mut body = record(kind, "a");
        body[field] = value.clone();
        let problem = world.post("coordinator", &format!("/{kind}"), &body).await;
        let problem = problem.problem(422, "invalid-request");
        let fields: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|e| &e["field"]).collect();
        assert!(fields.contains(&&json!(at)), "{kind} {field} {value}: {problem}");
    }
    // A need of another partnership, and one's own.
    let mut body = record("partnership-actions", "a");
    body["partnership"] = json!("construction");
    body["need"] = json!("care-people-skills");
    let refused = world.post("coordinator", "/partnership-actions", &body).await;
    refused.problem(409, "conflict");
    body["partnership"] = json!("care");
    world.create("/partnership-actions", &body).await;
    let served = world.read("public", "/partnership-actions?need=care-people-skills").await;
    assert_eq!(served["total"], 1);
}

async fn who_takes_part_is_an_organisation_of_the_register_or_named_in_words(t: TestStore) {
    let world = World::whole(t).await;
    let with = |organisation: &str| {
        let mut body = record("partnerships", "a");
        body["members"] = json!([{"organisation": organisation, "capacity": "employer"}]);
        body
    };
    let problem = world.post("coordinator", "/partnerships", &with("no-such-mill")).await;
    let problem = problem.problem(422, "invalid-request");
    assert_eq!(problem["errors"][0]["field"], "members/0/organisation", "{problem}");
    let hidden = world.post("coordinator", "/partnerships", &with(DRAFT)).await;
    hidden.problem(409, "conflict");
    world.create("/partnerships", &with("A mill nobody registered")).await;
    let path = format!("/partnerships/{}", name("partnerships", "a"));
    let tag = world.tag(&path).await;
    assert_eq!(world.put("coordinator", &path, (&tag, &with(OTHER))).await.status, 200);
    world.catch_up().await;
    let page = world.page(&path).await;
    assert!(page.text().contains("crown garage (fictional)"), "{}", page.text());
    let tag = world.tag(&path).await;
    assert_eq!(world.delete("coordinator", &path, &tag).await.status, 200);
    world.catch_up().await;
    let left = world.read("public", "/search?q=night+economy&kind=partnership").await;
    let mut left = left["results"].as_array().unwrap().iter();
    let own = json!(name("partnerships", "a"));
    assert!(left.all(|one| one["id"] != own), "what ended is not found");
    assert_eq!(world.page(&path).await.status, 404);
}

async fn a_code_that_no_list_has_is_refused_with_the_nearest(t: TestStore) {
    let world = World::small(t).await;
    for (kind, field, code, near) in [
        ("needs", "sic", "44", "43 Specialised construction activities"),
        ("needs", "sic", "00001", "01 Crop and animal production"),
        ("needs", "soc", "6999", "63"),
        ("courses", "soc", "0001", "SOC 2020"),
        ("organisations", "sic", "04000", "03 Fishing and aquaculture"),
    ] {
        let mut body = record(kind, OWN);
        body["slug"] = json!("coded");
        body[field] = json!([code]);
        if kind == "organisations" {
            body["identifiers"] = json!([]);
            body["confirm_new"] = json!(true);
        }
        let problem = world.post("coordinator", &format!("/{kind}"), &body).await;
        let problem = problem.problem(422, "invalid-request");
        let error = &problem["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(format!("{field}/0")), &json!("unknown-code")),
            "{problem}"
        );
        assert!(error["message"].as_str().unwrap().contains(near), "{error}");
    }
}

async fn needs_are_found_by_words_and_the_titles_of_their_codes(t: TestStore) {
    let world = World::small(t).await;
    let mut body = record("needs", "a");
    body["title"] = json!("Zither menders");
    body["description"] = json!("For wandering bands.");
    body["soc"] = json!(["5449"]);
    body["sic"] = json!(["95"]);
    world.create("/needs", &body).await;
    let own = name("needs", "a");
    let found = async |query: &str| -> Vec<Value> {
        let list = world.read("public", &format!("/needs?{query}&per_page=100")).await;
        let needs = list["needs"].as_array().unwrap();
        assert_eq!(list["total"], needs.len(), "{query}");
        needs.iter().map(|one| one["slug"].clone()).collect()
    };
    for query in [
        "q=zither",
        "q=zithers",
        "q=wander",
        "q=zithr",
        "q=skilled+trades+zither",
        "q=repair+of+computers",
        "q=zither&partnership=care",
        "q=zither&q=nothing-at-all",
    ] {
        assert_eq!(found(query).await, [json!(own)], "{query}");
    }
    for query in ["q=zither+bricklayers", "q=xylophones", "q=zither&partnership=construction"] {
        assert!(found(query).await.is_empty(), "{query}");
    }
}

async fn codes_are_found_by_words(t: TestStore) {
    let world = World::small(t).await;
    let soc = world.read("public", "/classifications/soc?q=caring").await;
    assert_eq!((&soc["loaded"], &soc["label"]), (&json!(0), &json!("SOC 2020")));
    assert!(soc["source"].as_str().unwrap().contains("Open Government Licence"));
    let codes: Vec<_> =
        soc["codes"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"613"), "{codes:?}");
    let begins = world.read("public", "/classifications/sic?q=87&per_page=1").await;
    assert_eq!(
        begins["codes"],
        json!([{"code": "87", "title": "Residential care activities", "parent": "Q"}])
    );
    let slip = world.read("public", "/classifications/sic?q=constrution").await;
    assert!(slip["total"].as_u64().unwrap() > 0);
    let all = world.read("public", "/classifications/sic?page=2&per_page=100").await;
    assert_eq!((&all["total"], all["codes"].as_array().unwrap().len()), (&json!(112), 12));
    world.get("public", "/classifications/isco").await.problem(404, "not-found");
    world.get("public", "/classifications/sic?words=care").await.problem(422, "invalid-request");
}

async fn the_page_of_a_forum_tells_agenda_dates_and_titles_of_codes(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let page = world.page("/partnerships/care").await;
    let text = page.text();
    for told in [
        "Next meetings",
        "19 January 2027",
        "14:00 to 16:00",
        "English at work",
        "Who can host a placement",
        "Overdue",
        "Due by",
        "Skills lead",
        "Occupations (SOC 2020)",
        "(in 613 Caring personal services)",
        "Residential care activities",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(text.find("Next meetings") < text.find("Meetings held"));
}
