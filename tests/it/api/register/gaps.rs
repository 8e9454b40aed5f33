//! Coverage, gaps and missed questions over HTTP.

use actix_web::http::Method;
use diesel::{QueryableByName, RunQueryDsl, sql_types};
use pathways::{app::missed, store::StoreError};
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{DRAFT, World, record},
        support::encoded,
    },
    support::TestStore,
};

on_both_databases!(
    a_gap_tests_itself_again_with_every_change,
    coverage_and_gaps_are_filtered_paged_and_tagged,
    who_voiced_a_need_is_told_to_coordinators_alone_and_no_postcode_is_kept,
    a_question_that_found_nothing_is_shown_from_the_fifth_time_on,
    nothing_that_came_with_a_token_or_was_filtered_out_is_counted,
    what_is_kept_of_questions_is_bounded,
);

/// A need for which nothing in the reference data teaches.
fn need(slug: &str, title: &str) -> Value {
    json!({"slug": slug, "voice": "partnership", "stated_on": "2026-11-01",
        "partnership": "care", "title": title, "soc": ["6311"], "headcount": 4,
        "place": "OX16", "travel_miles": 10, "start_by": "2027-04-30", "priority": "high"})
}

fn course(places: i64) -> Value {
    let mut course = record("courses", "a");
    course["title"] = json!("Zither mending");
    course["soc"] = json!(["6311"]);
    course["sectors"] = json!([]);
    course["runs"] = json!([{"starts_on": "2027-01-12", "places": places}]);
    course
}

/// The gap of a need, if it is one now.
async fn gap(world: &World, need: &str) -> Option<Value> {
    world.catch_up().await;
    let answer = world.read("coordinator", "/partnerships/care/gaps?per_page=100").await;
    let gaps = answer["gaps"].as_array().unwrap();
    assert_eq!(answer["total"], gaps.len());
    gaps.iter().find(|gap| gap["need"]["slug"] == need).cloned()
}

async fn a_gap_tests_itself_again_with_every_change(t: TestStore) {
    let world = World::small(t).await;
    world.create("/needs", &need("menders", "Zither menders")).await;
    let found = gap(&world, "menders").await.unwrap();
    assert_eq!((&found["kind"], &found["wanted"]), (&json!("none"), &json!(4)));
    assert!(found.get("nearest").is_none(), "{found}");

    let path = "/courses/a-courses";
    world.create("/courses", &course(3)).await;
    let found = gap(&world, "menders").await.unwrap();
    assert_eq!((&found["kind"], &found["places"]), (&json!("too-few"), &json!(3)));
    assert_eq!(found["nearest"]["course"], "a-courses");
    assert_eq!(found["nearest"]["covers"], "partial");
    assert_eq!(found["lacking"], json!(["It has 3 places; 4 are needed."]));
    assert_eq!(found["would_change"][0], "1 place more on runs that meet it.");

    let reply = world.put("coordinator", path, (&world.tag(path).await, &course(4))).await;
    let change = reply.header("x-change").to_owned();
    world.catch_up().await;
    let at = format!("/partnerships/care/gaps?per_page=100&after_change={change}");
    let answer = world.read("coordinator", &at).await;
    assert!(!answer.to_string().contains("\"menders\""), "{answer}");
    let covered = world.read("coordinator", "/partnerships/care/coverage?per_page=100").await;
    let all = covered["needs"].as_array().unwrap();
    let own = all.iter().find(|one| one["need"]["slug"] == "menders").unwrap();
    assert_eq!((&own["covers"], &own["places"]), (&json!("full"), &json!(4)));
    let run = &own["runs"][0];
    assert_eq!((&run["covers"], &run["fit"]), (&json!("full"), &json!(100.0)));
    let points = run["parts"].as_array().unwrap().iter().map(|part| part["points"].as_f64());
    assert!((points.map(Option::unwrap).sum::<f64>() - 100.0).abs() < 1e-9);
    let page = world.page("/partnerships/care/gaps").await;
    assert!(page.text().contains("Needs that a run meets"), "{}", page.text());

    // A run that is too late for the need, then none at all.
    let mut late = course(4);
    late["runs"][0]["starts_on"] = json!("2028-01-12");
    late["runs"][0].as_object_mut().unwrap().remove("ends_on");
    world.put("coordinator", path, (&world.tag(path).await, &late)).await;
    let found = gap(&world, "menders").await.unwrap();
    assert_eq!(found["kind"], "none");
    assert!(found["lacking"][0].as_str().unwrap().starts_with("It starts on 12 January 2028"));
    world.put("coordinator", path, (&world.tag(path).await, &course(4))).await;
    assert!(gap(&world, "menders").await.is_none());
    assert_eq!(world.delete("coordinator", path, &world.tag(path).await).await.status, 200);
    let found = gap(&world, "menders").await.unwrap();
    assert!(found.get("nearest").is_none(), "a course that ended teaches nobody: {found}");
    let page = world.page("/partnerships/care/gaps").await;
    assert!(page.text().contains("id=\"gap-menders\""), "{}", page.text());
    let mut met = need("menders", "Zither menders");
    met["state"] = json!("met");
    world.put("coordinator", "/needs/menders", ("*", &met)).await;
    assert!(gap(&world, "menders").await.is_none(), "what is met is no gap");
}

async fn coverage_and_gaps_are_filtered_paged_and_tagged(t: TestStore) {
    let world = World::small(t).await;
    world.create("/needs", &need("menders", "Zither menders")).await;
    world.create("/courses", &course(3)).await;
    world.catch_up().await;
    let total = async |path: &str| {
        world.read("coordinator", &format!("/partnerships/care/{path}")).await["total"]
            .as_u64()
            .unwrap()
    };
    let all = total("gaps").await;
    let needs = world.read("coordinator", "/partnerships/care/gaps").await["needs"].clone();
    assert_eq!(needs, total("coverage").await);
    let mut kinds = 0;
    for kind in ["none", "too-few", "not-known"] {
        kinds += total(&format!("gaps?kind={kind}")).await;
    }
    assert_eq!(kinds, all);
    assert_eq!(total("gaps?kind=too-few&priority=high&state=open").await, 1);
    assert_eq!(total("gaps?kind=too-few&priority=low").await, 0);
    assert_eq!(total("coverage?covers=partial&priority=high").await, 1);
    let mut found = Vec::new();
    for page in 1..=all {
        let at = format!("/partnerships/care/gaps?per_page=1&page={page}");
        let answer = world.read("coordinator", &at).await;
        assert_eq!((&answer["total"], &answer["page"]), (&json!(all), &json!(page)));
        found.push(answer["gaps"][0]["need"]["slug"].clone());
    }
    assert!(found[..2].contains(&json!("menders")), "what matters most comes first: {found:?}");
    let whole = world.read("coordinator", "/partnerships/care/gaps?per_page=100").await;
    let slugs = whole["gaps"].as_array().unwrap().iter().map(|gap| gap["need"]["slug"].clone());
    assert_eq!(found, slugs.collect::<Vec<_>>());
    for (path, near) in [
        ("gaps?kind=too-fw", "too-few"),
        ("gaps?priorty=high", "priority"),
        ("coverage?covers=ful", "full"),
    ] {
        let problem = world.get("coordinator", &format!("/partnerships/care/{path}")).await;
        let problem = problem.problem(422, "invalid-request");
        assert!(problem.to_string().contains(near), "{problem}");
    }
    let none = world.get("coordinator", "/partnerships/none/gaps").await;
    none.problem(404, "not-found");
    let reply = world.get("coordinator", "/partnerships/care/gaps").await;
    assert_eq!(reply.header("cache-control"), "private, no-cache");
    let tag = reply.header("etag").to_owned();
    let again = actix_web::test::TestRequest::get()
        .uri("/api/v1/partnerships/care/gaps")
        .insert_header(("if-none-match", tag));
    assert_eq!(world.send("coordinator", again).await.status, 304);
}

async fn who_voiced_a_need_is_told_to_coordinators_alone_and_no_postcode_is_kept(t: TestStore) {
    let world = World::whole(t).await;
    let mut body = need("menders", "Zither menders");
    body["organisation"] = json!(DRAFT);
    body["place"] = json!("ox16 9zz");
    let made = world.create("/needs", &body).await;
    assert_eq!((&made["place"], &made["organisation"]), (&json!("OX16"), &json!(DRAFT)));
    world.catch_up().await;
    for who in ["public", "broker", "employer"] {
        for path in ["/needs/menders", "/needs/menders/history", "/needs?per_page=100"] {
            let reply = world.get(who, path).await;
            let text = reply.text();
            assert!(text.contains("menders") && !text.contains(DRAFT), "{who} {path}");
        }
        let reply = world.get(who, "/partnerships/care").await;
        let text = reply.text();
        assert!(!text.contains(DRAFT), "{who}");
    }
    let page = world.page("/partnerships/care/gaps").await;
    let page = page.text();
    assert!(page.contains("Zither menders") && !page.contains(DRAFT), "{page}");
    assert_eq!(gap(&world, "menders").await.unwrap()["need"]["organisation"], json!(DRAFT));
    let history = world.get("coordinator", "/needs/menders/history").await;
    let history = history.text();
    assert!(!history.to_uppercase().contains("9ZZ"), "{history}");
    let refused = world.get("public", "/needs?fields=slug,organisation").await;
    refused.problem(422, "invalid-request");
}

#[derive(QueryableByName, Debug, PartialEq, Eq)]
struct Kept {
    #[diesel(sql_type = sql_types::Text)]
    kind: String,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    words: Option<String>,
    #[diesel(sql_type = sql_types::BigInt)]
    count: i64,
}

fn kept(world: &World) -> Vec<Kept> {
    let read = world.t.store.read_blocking(|conn| {
        let all = "SELECT kind, words, count FROM missed_question ORDER BY count";
        Ok::<_, StoreError>(diesel::sql_query(all).load(conn)?)
    });
    read.unwrap()
}

async fn missed(world: &World) -> Vec<(Value, Value)> {
    let answer = world.read("coordinator", "/missed-questions").await;
    let all = answer["missed_questions"].as_array().unwrap();
    assert_eq!((&answer["total"], &answer["shown_from"]), (&json!(all.len()), &json!(5)));
    all.iter().map(|one| (one["words"].clone(), one["count"].clone())).collect()
}

/// Words that nothing in any register has.
const ODD: &str = "Qzxvbram qzxvlurks for qzxv73519 qzxvbrams";

async fn a_question_that_found_nothing_is_shown_from_the_fifth_time_on(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let search = format!("/search?q={}", encoded(ODD));
    for nth in 1..=4 {
        let found = world.read("public", &search).await;
        assert_eq!(found["total"], 0, "{nth}: {found}");
        assert_eq!(missed(&world).await, []);
        let expected = Kept { kind: "search".to_owned(), words: None, count: nth };
        assert_eq!(kept(&world), [expected], "a number, and no word");
    }
    // The same in other words, on the page.
    let page = world.page("/search?q=the+qzxvlurk,+qzxvbram").await;
    assert_eq!(page.status, 200);
    let expected = [(json!(["qzxvbram", "qzxvlurk"]), json!(5))];
    assert_eq!(missed(&world).await, expected);
    let month = world.read("coordinator", "/missed-questions").await;
    assert_eq!(month["missed_questions"][0]["month"], "2026-11");
    let gaps = world.read("coordinator", "/partnerships/care/gaps").await;
    assert_eq!(gaps["missed"], json!([]), "it touches nothing of the partnership");
    for nth in 0..5 {
        let text = format!("/search?q=qzxvcarers{}", if nth % 2 == 0 { "" } else { "&page=1" });
        world.read("public", &text).await;
    }
    let mut body = need("menders", "Qzxvcarers (fictional)");
    body["soc"] = json!([]);
    world.create("/needs", &body).await;
    world.catch_up().await;
    let gaps = world.read("coordinator", "/partnerships/care/gaps").await;
    assert_eq!(gaps["missed"][0]["words"], json!(["qzxvcarer"]));
    // Another process, or this one started anew, counts on.
    let world = world.restarted().await;
    world.read("public", &search).await;
    assert_eq!(missed(&world).await[0], (json!(["qzxvbram", "qzxvlurk"]), json!(6)));
}

async fn nothing_that_came_with_a_token_or_was_filtered_out_is_counted(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    let search = format!("/search?q={}", encoded(ODD));
    for _ in 0..6 {
        for who in ["broker", "employer", "coordinator"] {
            assert_eq!(world.read(who, &search).await["total"], 0);
        }
        for more in ["&cohort=refugees", "&kind=course", "&place=OX16", "&page=2"] {
            world.get("public", &format!("{search}{more}")).await;
        }
        let need = json!({"cohort": "refugees", "text": ODD});
        let reply = world.post("broker", "/matches/need", &need).await;
        assert_eq!(reply.status, 200);
        // What looks as if it were about a person is not counted at all.
        world.read("public", "/search?q=qzxvbram+07700+900123").await;
        world.read("public", "/search?q=A1234BC+qzxvbram").await;
        world.read("public", "/search?q=refugees").await;
    }
    missed::settle(&world.t.store, &world.state).await.unwrap();
    assert_eq!(kept(&world), []);
    assert_eq!(missed(&world).await, []);
}

async fn what_is_kept_of_questions_is_bounded(t: TestStore) {
    use pathways::{
        domain::missed::MissedKind,
        store::missed::{Tally, add, shown, trim},
    };
    let day = |year, month| chrono::NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let tally = |nth: usize, count| Tally {
        hash: format!("{nth:064}"),
        kind: MissedKind::Search,
        words: format!("word{}", "a".repeat(nth)),
        count,
    };
    let counts = |store: &pathways::store::Store| {
        let world = store.read_blocking(|conn| {
            let all = "SELECT kind, words, count FROM missed_question ORDER BY hash";
            Ok::<Vec<Kept>, StoreError>(diesel::sql_query(all).load(conn)?)
        });
        world.unwrap().into_iter().map(|one| one.count).collect::<Vec<_>>()
    };
    let put = |some: &[Tally], month| {
        t.store.write_blocking(|conn| add(conn, some, month)).unwrap();
    };
    put(&[tally(1, 2), tally(2, 7), tally(3, 1)], day(2026, 9));
    put(&[tally(3, 1), tally(4, 1), tally(5, 4)], day(2026, 11));
    assert_eq!(counts(&t.store), [2, 7, 2, 1, 4]);
    // Of what was asked twice, the one asked longer ago goes.
    t.store.write_blocking(|conn| trim(conn, day(2024, 1), 3)).unwrap();
    assert_eq!(counts(&t.store), [7, 2, 4]);
    t.store.write_blocking(|conn| trim(conn, day(2026, 10), 3)).unwrap();
    assert_eq!(counts(&t.store), [2, 4], "and what nobody asks any more");
    put(&[tally(5, 1)], day(2026, 12));
    let told = t.store.read_blocking(shown).unwrap();
    assert_eq!((told.len(), told[0].count, told[0].month), (1, 5, day(2026, 12)));
    let forged = t.store.write_blocking(|conn| {
        diesel::sql_query("UPDATE missed_question SET words = 'early' WHERE count < 5")
            .execute(conn)?;
        Ok::<_, StoreError>(())
    });
    assert!(forged.is_err(), "the database refuses words of what was asked less often");
}

#[actix_web::test]
async fn an_employers_match_without_training_is_counted_by_names_of_lists() {
    let world = World::small(TestStore::sqlite()).await;
    world.catch_up().await;
    let none = json!({"sector": "mining", "question": "qzxvbram in the pit"});
    let some = json!({"sector": "construction", "cohorts": ["prison-leavers"]});
    for body in [&none, &some] {
        for _ in 0..5 {
            let request = ("/matches/employer", body.clone());
            let reply = world.method("public", &Method::POST, request).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
        }
    }
    for _ in 0..5 {
        let reply = world.post("employer", "/matches/employer", &json!({"sector": "energy"})).await;
        assert_eq!(reply.status, 200);
    }
    assert_eq!(missed(&world).await, [(json!(["mining"]), json!(5))]);
}
