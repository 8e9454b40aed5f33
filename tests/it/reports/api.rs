//! Reports over HTTP: who may read which, in which format, as of which day, and that they
//! tell what the lists tell.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::{
    api::{
        register::world::{DRAFT, KEPT, KINDS, OWN, SECRET, World, name, record},
        support::Reply,
    },
    support::TestStore,
};

on_both_databases!(
    every_report_comes_in_every_format,
    a_public_report_is_the_same_whatever_is_hidden,
    brokers_are_told_of_private_postures_and_of_no_draft,
    figures_are_those_of_the_lists,
    a_report_tells_what_was_known_on_its_day,
    what_is_asked_wrongly_is_refused_by_name,
    introductions_are_for_coordinators_in_every_format,
    gaps_are_those_of_the_partnership_and_their_changes_add_up,
    pairings_are_those_of_the_plans_and_what_was_put_away_is_left_out,
    nothing_in_a_file_runs,
    a_report_made_before_a_write_is_not_shown_after_it,
);

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn reports(world: &World) -> Vec<Value> {
    let list = world.read("public", "/reports").await;
    let reports = list["reports"].as_array().unwrap().clone();
    assert_eq!(list["total"], reports.len());
    reports
}

/// The addresses of the reports that everybody may read.
async fn public(world: &World) -> Vec<String> {
    let open = reports(world).await.into_iter().filter(|one| one["audience"] == "public");
    open.map(|one| format!("/reports/{}", one["id"].as_str().unwrap())).collect()
}

async fn csv(world: &World, who: &str, path: &str) -> Vec<Vec<String>> {
    let reply = world.get(who, path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    assert!(reply.header("content-type").starts_with("text/csv; charset=utf-8"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&reply.bytes[..]);
    let line = |line: Result<csv::StringRecord, _>| {
        line.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()
    };
    reader.records().map(line).collect()
}

/// The sum of a column over the rows in which others have these values.
fn sum(report: &Value, column: &str, of: &[(&str, &str)]) -> u64 {
    let fits = |row: &&Value| of.iter().all(|(name, value)| row[*name] == *value);
    let rows = report["rows"].as_array().unwrap().iter().filter(fits);
    rows.map(|row| row[column].as_u64().unwrap()).sum()
}

async fn every_report_comes_in_every_format(t: TestStore) {
    let world = World::whole(t).await;
    let all = reports(&world).await;
    assert!(all.len() >= 8, "{all:?}");
    for one in &all {
        let id = one["id"].as_str().unwrap();
        let path = format!("/reports/{id}");
        assert_eq!(one["url"], format!("/api/v1{path}"));
        let json = world.read("coordinator", &path).await;
        let json = json.get("table").unwrap_or(&json);
        assert_eq!((&json["id"], &json["title"]), (&one["id"], &one["title"]));
        assert_eq!(json["definition"], one["definition"]);
        assert_eq!(json["as_of"], "2026-11-23", "{path}");
        // Only pairings have to be worked out by somebody first.
        let empty = json["rows"].as_array().unwrap().is_empty();
        assert_eq!(empty, id == "pairings", "{path} counts something");
        for missing in json["missing"].as_array().unwrap() {
            let (lacking, of) =
                (missing["lacking"].as_f64().unwrap(), missing["of"].as_f64().unwrap());
            assert!(
                lacking <= of && (missing["share"].as_f64().unwrap() * of - lacking).abs() < 0.1
            );
        }
        let names: Vec<&str> = json["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["name"].as_str().unwrap())
            .collect();
        let lines = csv(&world, "coordinator", &format!("{path}?format=csv")).await;
        assert_eq!(lines[0], names, "{path}");
        assert_eq!(lines.len() - 1, json["rows"].as_array().unwrap().len(), "{path}");
        let book = world.get("coordinator", &format!("{path}?format=xlsx")).await;
        assert_eq!(book.header("content-type"), XLSX);
        assert!(book.bytes.starts_with(b"PK"), "{path}");
        let file = format!("attachment; filename=\"pathways-{id}-2026-11-23.xlsx\"");
        assert_eq!(book.header("content-disposition"), file);
        assert!(
            book.header("link").contains(&format!("{path}?as_of=2026-11-23>; rel=\"describedby\""))
        );
        let again = TestRequest::get()
            .uri(&format!("/api/v1{path}?format=xlsx"))
            .insert_header(("if-none-match", book.header("etag")));
        assert_eq!(world.send("coordinator", again).await.status, 304, "{path}");
        for (accept, kind) in [
            ("text/csv", "text/csv"),
            (XLSX, XLSX),
            ("*/*", "application/json"),
            ("application/json;q=0.5, text/csv;q=0.9", "text/csv"),
        ] {
            let request = TestRequest::get().uri(&format!("/api/v1{path}"));
            let reply = world.send("coordinator", request.insert_header(("accept", accept))).await;
            assert!(reply.header("content-type").starts_with(kind), "{path} {accept}");
            let vary: Vec<_> = reply.headers.get_all("vary").map(|v| v.to_str().unwrap()).collect();
            assert!(vary.join(",").contains("accept"), "{vary:?}");
        }
    }
}

/// What the public is told by every report, as JSON and as CSV.
async fn told(world: &World) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for path in public(world).await {
        for format in ["json", "csv"] {
            let path = format!("{path}?format={format}");
            let reply = world.get("public", &path).await;
            assert_eq!(reply.status, 200, "{path}");
            assert!(!reply.text().contains(SECRET), "{path}");
            told.push((path, reply.text().to_owned()));
        }
    }
    told
}

async fn a_public_report_is_the_same_whatever_is_hidden(t: TestStore) {
    let world = World::small(t).await;
    let before = told(&world).await;
    // A draft with all that can belong to an organisation.
    for kind in KINDS.iter().filter(|kind| !KEPT.contains(kind)) {
        let reply = world.post("coordinator", &format!("/{kind}"), &record(kind, DRAFT)).await;
        assert_eq!(reply.status, 201, "{kind}: {}", reply.text());
    }
    let mut private = record("postures", OWN);
    (private["slug"], private["cohort"]) = (json!("private-one"), json!("refugees"));
    (private["public"], private["stance"]) = (json!(false), json!("actively-recruits"));
    world.create("/postures", &private).await;
    world
        .change(
            "postures",
            OWN,
            &json!({"broker_note": "else", "offences": {"stance": "case-by-case", "note": "else"}}),
        )
        .await;
    world.change("pledges", OWN, &json!({"owner_role": "Chief baker"})).await;
    assert_eq!(told(&world).await, before);
}

async fn brokers_are_told_of_private_postures_and_of_no_draft(t: TestStore) {
    let world = World::whole(t).await;
    let mut private = record("postures", OWN);
    (private["slug"], private["cohort"]) = (json!("private-one"), json!("refugees"));
    (private["public"], private["stance"]) = (json!(false), json!("actively-recruits"));
    world.create("/postures", &private).await;
    let of = [("cohort", "refugees"), ("stance", "Actively recruits")];
    for (who, expected) in [("public", 0), ("employer", 0), ("broker", 1), ("coordinator", 1)] {
        let report = world.read(who, "/reports/cohorts").await;
        assert_eq!(sum(&report, "organisations", &of), expected, "{who}");
        assert_eq!(sum(&report, "organisations", &[("cohort", "refugees")]), 2, "{who}: no draft");
    }
}

async fn figures_are_those_of_the_lists(t: TestStore) {
    let world = World::whole(t).await;
    let total = async |path: &str| world.read("public", path).await["total"].as_u64().unwrap();
    let pledges = world.read("public", "/reports/pledges").await;
    for (state, label) in
        [("declared", "Declared"), ("confirmed", "Confirmed"), ("lapsed", "Lapsed")]
    {
        let listed = total(&format!("/pledges?state={state}")).await;
        assert_eq!(sum(&pledges, "pledges", &[("state", label)]), listed, "{state}");
    }
    assert_eq!(pledges["totals"]["pledges"], total("/pledges").await);
    let openings = world.read("public", "/reports/openings").await;
    assert_eq!(openings["totals"]["openings"], total("/openings?state=open").await);
    assert_eq!(openings["totals"]["places_left"], 4);
    let signatories = world.read("public", "/reports/signatories").await;
    let last = signatories["rows"].as_array().unwrap().last().unwrap().clone();
    let running = total("/signatures?state=live&state=due-for-renewal").await;
    assert_eq!((&last["month"], &last["in_force"]), (&json!("2026-11"), &json!(running)));
    let cohorts = world.read("public", "/reports/cohorts").await;
    let open = [("cohort", "prison-leavers"), ("stance", "Open")];
    let listed = total("/postures?cohort=prison-leavers&stance=open").await;
    assert_eq!(sum(&cohorts, "organisations", &open), listed);
    let annex = world.read("public", "/reports/skills-plan-annex").await;
    assert_eq!(annex["rows"].as_array().unwrap().len() as u64, total("/needs").await);
    let care = world.read("public", "/reports/skills-plan-annex?partnership=care").await;
    assert_eq!(
        care["rows"].as_array().unwrap().len() as u64,
        total("/needs?partnership=care").await
    );
    let night = |row: &&Value| row["name"] == name("needs", OWN);
    let row = care["rows"].as_array().unwrap().iter().find(night).unwrap().clone();
    assert_eq!(
        (&row["soc"], &row["sic"], &row["headcount"]),
        (&json!("6135"), &json!("87"), &json!(40))
    );
    let themes = world.read("public", "/reports/pledges-by-theme-and-district").await;
    assert_eq!(themes["totals"]["cherwell"], total("/pledges").await);
}

async fn a_report_tells_what_was_known_on_its_day(t: TestStore) {
    let world = World::small(t).await;
    let of = [("cohort", "prison-leavers"), ("stance", "Open")];
    let then = "/reports/cohorts?as_of=2026-10-15";
    let before = world.read("public", then).await;
    assert_eq!(sum(&before, "organisations", &of), 1);
    world
        .change("postures", OWN, &json!({"stance": "not-currently", "stated_on": "2026-11-23"}))
        .await;
    let today = world.read("public", "/reports/cohorts").await;
    assert_eq!(sum(&today, "organisations", &of), 0);
    assert_eq!(world.read("public", then).await["rows"], before["rows"], "the past stays");
    let early = world.read("public", "/reports/cohorts?as_of=2026-09-30").await;
    assert_eq!(sum(&early, "organisations", &[]), 0, "nobody was known before 1 October");
    let months = "/reports/signatories?from=2026-09-01&to=2026-10-31";
    let report = world.read("public", months).await;
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0]["in_force"], &rows[1]["in_force"]), (&json!(0), &json!(1)));
    assert_eq!((&report["from"], &report["to"]), (&json!("2026-09-01"), &json!("2026-10-31")));
}

async fn what_is_asked_wrongly_is_refused_by_name(t: TestStore) {
    let world = World::small(t).await;
    for (path, field, code) in [
        ("/reports/cohorts?format=pdf", "format", "unknown-value"),
        ("/reports/cohorts?as_of=2026-11-24", "as_of", "in-the-future"),
        ("/reports/cohorts?as_of=today", "as_of", "date"),
        ("/reports/cohorts?from=2026-01-01", "from", "unknown-parameter"),
        ("/reports/cohorts?partnership=care", "partnership", "unknown-parameter"),
        ("/reports/signatories?from=2026-02-01&to=2026-01-01", "to", "reversed"),
        ("/reports/signatories?from=1990-01-01", "from", "out-of-range"),
        ("/reports/signatories?as_of=2026-10-01&to=2026-10-02", "to", "in-the-future"),
        ("/reports/skills-plan-annex?partnership=nobody", "partnership", "unknown-value"),
        ("/reports/skills-plan-annex?partnership=NO%20BODY", "partnership", "unknown-value"),
        ("/reports?page=2", "page", "unknown-parameter"),
    ] {
        let problem = world.get("public", path).await.problem(422, "invalid-request");
        let errors = problem["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{path}: {problem}");
        assert_eq!(
            (&errors[0]["field"], &errors[0]["code"]),
            (&json!(field), &json!(code)),
            "{path}: {problem}"
        );
    }
    world.get("public", "/reports/nothing").await.problem(404, "not-found");
}

async fn introductions_are_for_coordinators_in_every_format(t: TestStore) {
    let world = World::small(t).await;
    for format in ["", "?format=csv", "?format=xlsx"] {
        let path = format!("/reports/introductions{format}");
        world.get("public", &path).await.problem(401, "unauthorised");
        for who in ["employer", "broker"] {
            world.get(who, &path).await.problem(403, "forbidden");
        }
    }
    let lines = csv(&world, "coordinator", "/reports/introductions?format=csv").await;
    let proposed = lines.iter().find(|line| line[1] == "Proposed").unwrap();
    assert_eq!(proposed[2], "left out", "one is a small count");
    let none =
        csv(&world, "coordinator", "/reports/introductions?format=csv&as_of=2026-09-30").await;
    assert!(none.iter().skip(1).all(|line| line[2] == "0"), "{none:?}");
    // The page of a report that is not public is no page.
    assert_eq!(world.page("/reports/introductions").await.status, 404);
}

async fn gaps_are_those_of_the_partnership_and_their_changes_add_up(t: TestStore) {
    let world = World::small(t).await;
    world.catch_up().await;
    for path in ["/reports/gaps", "/reports/gap-changes"] {
        world.get("public", path).await.problem(401, "unauthorised");
        world.get("broker", path).await.problem(403, "forbidden");
    }
    let gaps = world.read("coordinator", "/reports/gaps?partnership=care").await;
    let night = |row: &&Value| row["name"] == name("needs", OWN);
    let rows = gaps["rows"].as_array().unwrap();
    let row = rows.iter().find(night).expect("nothing trains 40 night care workers");
    assert_eq!((&row["wanted"], &row["priority"]), (&json!(40), &json!("High")));
    assert!(rows.iter().all(|row| row["partnership"] == rows[0]["partnership"]), "{gaps}");
    let changes = world.read("coordinator", "/reports/gap-changes?partnership=care").await;
    let months = changes["rows"].as_array().unwrap();
    assert_eq!(months.len(), 12);
    let number = |month: &Value, name: &str| month[name].as_i64().unwrap();
    for pair in months.windows(2) {
        let (opened, closed) = (number(&pair[1], "opened"), number(&pair[1], "closed"));
        assert_eq!(number(&pair[1], "open"), number(&pair[0], "open") + opened - closed);
    }
    assert_eq!(number(&months[11], "open"), i64::try_from(rows.len()).unwrap());
    // What the partnership voiced on 1 October was no gap before.
    let october = months.iter().find(|month| month["month"] == "2026-10").unwrap();
    assert!(october["opened_needs"].as_str().unwrap().contains("Night care workers"), "{october}");
    let early = world.read("coordinator", "/reports/gaps?as_of=2026-09-30").await;
    assert!(!early.to_string().contains("Night care workers"), "{early}");
    world.change("needs", OWN, &json!({"state": "met"})).await;
    world.catch_up().await;
    let after = world.read("coordinator", "/reports/gaps?partnership=care").await;
    assert_eq!(after["rows"].as_array().unwrap().len(), rows.len() - 1);
}

async fn pairings_are_those_of_the_plans_and_what_was_put_away_is_left_out(t: TestStore) {
    let world = World::small(t).await;
    let mut need = record("needs", OWN);
    for field in ["start_by", "modes", "place", "travel_miles"] {
        need.as_object_mut().unwrap().remove(field);
    }
    for (field, value) in [
        ("slug", json!("kitchen-banbury")),
        ("title", json!("Cooks for Banbury")),
        ("soc", json!(["5434"])),
        ("level_from", json!(1)),
        ("level_to", json!(2)),
        ("headcount", json!(5)),
        ("place", json!("OX16")),
    ] {
        need[field] = value;
    }
    world.create("/needs", &need).await;
    world.catch_up().await;
    let path = "/reports/pairings";
    let none = world.read("coordinator", path).await;
    assert_eq!((none["rows"].as_array().unwrap().len(), &none["totals"]["people"]), (0, &json!(0)));
    let plan = world.create("/partnerships/care/pairings", &json!({})).await;
    for who in ["employer", "broker"] {
        world.get(who, path).await.problem(403, "forbidden");
    }
    let report = world.read("coordinator", path).await;
    let told = report["rows"].as_array().unwrap();
    let pairs = plan["pairings"].as_array().unwrap();
    assert_eq!(told.len(), pairs.len());
    let people: u64 = pairs.iter().map(|pair| pair["people"].as_u64().unwrap()).sum();
    assert!(people > 0 && report["totals"]["people"] == people, "{report}");
    let cooks = told.iter().find(|row| row["name"] == "kitchen-banbury").unwrap();
    assert_eq!((&cooks["people"], &cooks["state"]), (&json!(5), &json!("Draft")));
    assert_eq!(
        csv(&world, "coordinator", &format!("{path}?format=csv")).await.len(),
        told.len() + 1
    );
    let before = world.read("coordinator", &format!("{path}?as_of=2026-11-22")).await;
    assert!(before["rows"].as_array().unwrap().is_empty(), "there was no plan yet");
    let at = plan["url"].as_str().unwrap().trim_start_matches("/api/v1").to_owned();
    let tag = world.tag(&at).await;
    assert_eq!(world.delete("coordinator", &at, &tag).await.status, 200);
    let after = world.read("coordinator", path).await;
    assert!(after["rows"].as_array().unwrap().is_empty(), "{after}");
}

async fn nothing_in_a_file_runs(t: TestStore) {
    let world = World::small(t).await;
    world.change("needs", OWN, &json!({"title": "=HYPERLINK(\"x\")"})).await;
    let lines = csv(&world, "public", "/reports/skills-plan-annex?format=csv").await;
    let place = lines[0].iter().position(|name| name == "need").unwrap();
    assert!(lines.iter().any(|line| line[place] == "'=HYPERLINK(\"x\")"), "{lines:?}");
}

async fn a_report_made_before_a_write_is_not_shown_after_it(t: TestStore) {
    let world = World::small(t).await;
    let path = "/reports/openings";
    let first: Reply = world.get("public", path).await;
    assert_eq!(world.get("public", path).await.bytes, first.bytes);
    world.change("openings", OWN, &json!({"places": 9})).await;
    let second = world.read("public", path).await;
    assert_eq!(second["totals"]["places_left"], 9);
    let page = world.page(path).await;
    assert!(page.text().contains("<td class=\"number\">9</td>"), "{}", page.text());
}
