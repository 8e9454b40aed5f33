//! What is sent in a body: what is refused and how, matches and plans.

use actix_web::{http::StatusCode, test::TestRequest};
use serde_json::{Value, json};

use crate::{
    api::support::{Reply, get, get_with, read, send},
    contract,
};

const MATCH: &str = "/api/v1/matches/employer";
const PLAN: &str = "/api/v1/action-plans";

async fn post(uri: &str, body: &Value) -> Reply {
    send(TestRequest::post().uri(uri).set_json(body)).await
}

async fn post_text(uri: &str, body: &str) -> Reply {
    let request = TestRequest::post().uri(uri).insert_header(("content-type", "application/json"));
    send(request.set_payload(body.to_owned())).await
}

async fn answered(uri: &str, body: &Value) -> Value {
    let reply = post(uri, body).await;
    assert_eq!(reply.status, StatusCode::OK, "{body}: {}", reply.text());
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("etag"), "");
    reply.json()
}

/// The only refusal of a body: its pointer, code and message.
async fn refused(uri: &str, body: &str) -> (String, String, String) {
    let problem = post_text(uri, body).await.problem(422, "invalid-request");
    let errors = problem["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{problem}");
    let text = |name: &str| errors[0][name].as_str().unwrap_or_default().to_owned();
    (text("pointer"), text("code"), text("message"))
}

#[actix_web::test]
async fn what_is_not_json_is_refused_with_its_place() {
    for (body, place) in [
        ("{\"cohorts\": [1,}", "line 1, column 16"),
        ("{\n  \"stage\": nope}", "line 2, column"),
        ("{\"stage\": \"check\"} x", "line 1"),
        ("{\"stage\": \"che", "ends in the middle"),
        ("", "empty"),
        (" \n ", "empty"),
        ("{\"stage\": \"\\ud800\"}", "line 1"),
    ] {
        let problem = post_text(MATCH, body).await.problem(400, "malformed-request");
        assert!(problem["detail"].as_str().unwrap().contains(place), "{body}: {problem}");
    }
    let deep = "[".repeat(10_000);
    let reply = post_text(MATCH, &format!("{{\"cohorts\": {deep}")).await;
    assert!(reply.status.is_client_error());
}

#[actix_web::test]
async fn a_wrong_type_is_named_by_its_pointer_and_never_repeated() {
    for (body, pointer, says) in [
        ("{\"cohorts\": \"refugees\"}", "#/cohorts", "a list"),
        ("{\"stage\": 4}", "#/stage", "a string"),
        ("{\"skills\": [{\"soc\": 5315}]}", "#/skills/0/soc", "a string"),
        ("{\"skills\": [{\"soc\": \"5315\"}, 7]}", "#/skills/1", "an object"),
        ("{\"skills\": [{\"soc\": \"5315\", \"headcount\": -2}]}", "#/skills/0/headcount", "whole"),
        (
            "{\"skills\": [{\"soc\": \"5315\", \"headcount\": \"secret\"}]}",
            "#/skills/0/headcount",
            "whole",
        ),
        ("{\"question\": {\"secret\": 1}}", "#/question", "a string"),
    ] {
        let (at, code, message) = refused(MATCH, body).await;
        assert_eq!((at.as_str(), code.as_str()), (pointer, "wrong-type"), "{body}");
        assert!(message.contains(says) && !message.contains("secret"), "{body}: {message}");
    }
    let (at, code, _) = refused(MATCH, "{\"skills\": [{\"headcount\": 2}]}").await;
    assert_eq!((at.as_str(), code.as_str()), ("#/skills/0/soc", "missing"));
    let (at, code, _) = refused(MATCH, "{\"stage\": \"check\", \"stage\": \"check\"}").await;
    assert_eq!((at.as_str(), code.as_str()), ("#/stage", "repeated"));
    for body in ["[]", "\"x\"", "7", "null", "true"] {
        let reply = post_text(PLAN, body).await;
        reply.problem(422, "invalid-request");
    }
}

#[actix_web::test]
async fn an_extra_field_is_named_with_the_nearest() {
    for (uri, body, pointer, near) in [
        (MATCH, "{\"cohort\": []}", "#/cohort", "\"cohorts\""),
        (MATCH, "{\"skills\": [{\"sco\": \"5315\"}]}", "#/skills/0/sco", "\"soc\""),
        (PLAN, "{\"topic\": []}", "#/topic", "\"topics\""),
        (PLAN, "{\"a`b\": 1}", "#/a`b", "\""),
        (PLAN, "{\"name/of~person\": \"x\"}", "#/name~1of~0person", "\""),
    ] {
        let (at, code, message) = refused(uri, body).await;
        assert_eq!((at.as_str(), code.as_str()), (pointer, "unknown-field"), "{body}");
        assert!(message.contains(near), "{body}: {message}");
    }
}

#[actix_web::test]
async fn values_that_are_not_known_are_refused_with_the_nearest() {
    let problem = post(
        MATCH,
        &json!({"cohorts": ["refugees", "Prison Leavers"], "sector": "Hospitality!",
            "size_band": "smal", "stage": "Chek", "recognitions": ["Disability Confident"],
            "skills": [{"soc": "5315", "by": "soon"}]}),
    )
    .await
    .problem(422, "invalid-request");
    let errors = problem["errors"].as_array().unwrap();
    let at: Vec<&str> = errors.iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(
        at,
        ["#/cohorts/1", "#/sector", "#/size_band", "#/stage", "#/skills/0/by", "#/recognitions/0"]
    );
    assert!(errors[0]["message"].as_str().unwrap().contains("\"prison-leavers\""), "{problem}");
    assert!(errors[2]["message"].as_str().unwrap().contains("\"small\""), "{problem}");
    let (at, ..) = refused(MATCH, "{\"actions_pledged\": [\"E99\"]}").await;
    assert_eq!(at, "#/actions_pledged/0");
    let (at, ..) = refused(MATCH, "{\"recognitions\": [\"disability-confident:9\"]}").await;
    assert_eq!(at, "#/recognitions/0");
    let (at, ..) = refused(PLAN, "{\"cohorts\": [\"refugee\"]}").await;
    assert_eq!(at, "#/cohorts/0");
}

#[actix_web::test]
async fn a_body_of_another_kind_or_size_is_refused() {
    let plain = TestRequest::post().uri(PLAN).insert_header(("content-type", "text/plain"));
    send(plain.set_payload("{}")).await.problem(415, "unsupported-media-type");
    send(TestRequest::post().uri(PLAN).set_payload("{}"))
        .await
        .problem(415, "unsupported-media-type");
    let form = TestRequest::post().uri(PLAN).set_form([("stage", "check")]);
    send(form).await.problem(415, "unsupported-media-type");
    let zipped = TestRequest::post().uri(PLAN).insert_header(("content-encoding", "gzip"));
    send(zipped.set_json(json!({}))).await.problem(415, "unsupported-media-type");
    let large = format!("{{\"question\": \"{}\"}}", "x".repeat(66_000));
    post_text(MATCH, &large).await.problem(413, "content-too-large");
    let json = TestRequest::post()
        .uri(PLAN)
        .insert_header(("content-type", "application/json; charset=utf-8"));
    assert_eq!(send(json.set_payload("{}")).await.status, StatusCode::OK);
    let wrong = get(MATCH).await;
    wrong.problem(405, "method-not-allowed");
    assert_eq!(wrong.header("allow"), "POST");
    post(&format!("{PLAN}?verbose=1"), &json!({})).await.problem(422, "invalid-request");
}

/// The limits in the document are the limits that are kept, on both sides.
#[actix_web::test]
async fn a_value_at_its_documented_limit_passes_and_one_beyond_is_refused() {
    let mut held = 0;
    for (uri, form) in [(MATCH, "EmployerForm"), (PLAN, "PlanForm")] {
        let schema = &contract::document()["components"]["schemas"][form];
        assert_eq!(schema["additionalProperties"], false, "{form}");
        for (field, property) in schema["properties"].as_object().unwrap() {
            let (most, entry) = if let Some(most) = property["maxItems"].as_u64() {
                (most, json!(null))
            } else if let Some(most) = property["maxLength"].as_u64() {
                (most, json!("x"))
            } else {
                assert_eq!(field, "regulated");
                continue;
            };
            for (size, refused) in [(most, false), (most + 1, true)] {
                let value = if entry.is_null() {
                    let one = if field == "skills" { json!({"soc": "5315"}) } else { json!("x") };
                    json!(vec![one; usize::try_from(size).unwrap()])
                } else {
                    json!("x".repeat(usize::try_from(size).unwrap()))
                };
                let reply = post(uri, &json!({field: value})).await;
                let too_long = reply.status == StatusCode::UNPROCESSABLE_ENTITY
                    && reply.json()["errors"][0]["code"] == "length";
                assert_eq!(too_long, refused, "{form}.{field} of {size}: {}", reply.text());
                held += 1;
            }
        }
    }
    assert!(held > 20);
    for (headcount, status) in [(0, 422), (1, 200), (100_000, 200), (100_001, 422)] {
        let body = json!({"skills": [{"soc": "5315", "headcount": headcount}]});
        assert_eq!(post(MATCH, &body).await.status, status, "{headcount}");
    }
    for soc in ["", "531", "53155", "53x5", "５３１５"] {
        let (at, code, _) = refused(MATCH, &json!({"skills": [{"soc": soc}]}).to_string()).await;
        assert_eq!((at.as_str(), code.as_str()), ("#/skills/0/soc", "pattern"), "{soc}");
    }
}

fn profile() -> Value {
    json!({"cohorts": ["prison-leavers"], "sector": "construction", "size_band": "small",
        "place": "OX16 5QA", "stage": "select",
        "skills": [{"soc": "5315", "headcount": 2, "by": "2027-03-01"}],
        "recognitions": ["disability-confident:1"], "actions_pledged": ["E2"],
        "question": "can we ask about convictions on the form?"})
}

#[actix_web::test]
async fn a_match_gives_three_lists_whose_parts_add_up() {
    let answer = answered(MATCH, &profile()).await;
    assert_eq!(answer["policy_version"], read("/api/v1/matching/policy").await["version"]);
    assert!(answer["input_hash"].as_str().unwrap().starts_with("sha256:"));
    for list in ["resources", "partnerships", "charter_actions"] {
        let hits = answer[list].as_array().unwrap();
        assert!(!hits.is_empty(), "{list}");
        for hit in hits {
            let parts = hit["parts"].as_array().unwrap();
            let sum: f64 = parts.iter().map(|part| part["points"].as_f64().unwrap()).sum();
            let score = hit["score"].as_f64().unwrap();
            assert!((sum - score).abs() < 1e-9 && (0.0..=100.0).contains(&score), "{hit}");
        }
        let left_out = answer["left_out"][list].as_array().unwrap().iter();
        let left_out: u64 = left_out.map(|out| out["count"].as_u64().unwrap()).sum();
        let total = answer["totals"][list].as_u64().unwrap();
        assert_eq!(answer["considered"][list], total + left_out, "{list}");
    }
    assert_eq!(answer["resources"].as_array().unwrap().len(), 20);
    let pledged = answer["charter_actions"].as_array().unwrap().iter();
    let pledged: Vec<&Value> = pledged.filter(|hit| hit["pledged"] == true).collect();
    assert_eq!(pledged.len(), 1);
    assert_eq!(pledged[0]["id"], "E2");
    let few = answered(&format!("{MATCH}?per_page=3"), &profile()).await;
    assert_eq!(
        few["resources"].as_array().unwrap()[..],
        answer["resources"].as_array().unwrap()[..3]
    );
}

#[actix_web::test]
async fn every_address_in_a_match_and_a_plan_leads_to_a_page() {
    let found = answered(&format!("{MATCH}?per_page=100"), &profile()).await;
    let plan = answered(PLAN, &json!({"cohorts": ["prison-leavers"]})).await;
    let lists = ["resources", "partnerships", "charter_actions"];
    let hits = lists.iter().flat_map(|list| found[list].as_array().unwrap());
    let steps = plan["steps"].as_array().unwrap().iter().map(|step| &step["passage"]);
    let mut urls: Vec<&str> = hits.chain(steps).map(|one| one["url"].as_str().unwrap()).collect();
    urls.sort_unstable();
    urls.dedup();
    let mut lost = Vec::new();
    for url in urls {
        let status = get_with(url, &[("accept", "text/html")]).await.status.as_u16();
        if status != 200 {
            lost.push(format!("{status} {url}"));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[actix_web::test]
async fn a_whole_postcode_is_cut_and_what_was_sent_is_nowhere_in_the_answer() {
    let text = post(MATCH, &profile()).await.text().to_owned();
    assert!(!text.contains("5QA") && !text.contains("can we ask about convictions on the form"));
    let mut cut = profile();
    cut["place"] = json!("ox16");
    let hash = |answer: &Value| answer["input_hash"].clone();
    assert_eq!(hash(&answered(MATCH, &cut).await), hash(&answered(MATCH, &profile()).await));
    let mut nowhere = profile();
    nowhere["place"] = json!("Atlantis");
    answered(MATCH, &nowhere).await;
}

#[actix_web::test]
async fn every_field_of_a_profile_is_optional_and_null_is_absent() {
    let empty = answered(MATCH, &json!({})).await;
    let fields = profile();
    let nulls: serde_json::Map<String, Value> =
        fields.as_object().unwrap().keys().map(|name| (name.clone(), Value::Null)).collect();
    assert_eq!(answered(MATCH, &Value::Object(nulls)).await, empty);
    for (name, value) in fields.as_object().unwrap() {
        answered(MATCH, &json!({name: value})).await;
    }
}

#[actix_web::test]
async fn the_published_weights_of_each_list_add_up_to_a_hundred() {
    let policy = read("/api/v1/matching/policy").await;
    for list in ["resources", "partnerships", "charter_actions"] {
        let criteria = policy[list]["criteria"].as_array().unwrap();
        let sum: u64 = criteria.iter().map(|one| one["weight"].as_u64().unwrap()).sum();
        assert_eq!(sum, 100, "{list}");
    }
}

#[actix_web::test]
async fn a_plan_is_in_hiring_order_and_cites_a_passage_for_every_step() {
    let answers = json!({"cohorts": ["refugees"], "size_band": "small", "sector": "hospitality",
        "stage": "attract", "topics": ["right-to-work"], "regulated": false});
    let plan = answered(PLAN, &answers).await;
    let steps = plan["steps"].as_array().unwrap();
    assert_eq!(plan["total"], steps.len());
    let words = read("/api/v1/vocabulary").await;
    let stages: Vec<&Value> =
        words["stages"].as_array().unwrap().iter().map(|stage| &stage["value"]).collect();
    let place = |step: &Value| {
        let stage = stages.iter().position(|stage| **stage == step["stage"]["value"]).unwrap();
        (step["part"]["value"] == "check-done", stage)
    };
    assert!(steps.iter().map(place).is_sorted(), "to do first, then in order");
    for step in steps {
        let passage = &step["passage"];
        let (toolkit, section) = (&passage["toolkit"], &passage["section"]);
        assert_eq!(toolkit, "refugees");
        let (toolkit, section) = (toolkit.as_str().unwrap(), section.as_str().unwrap());
        read(&format!("/api/v1/toolkits/{toolkit}/sections/{section}")).await;
    }
    let everything = answered(PLAN, &json!({})).await;
    assert!(everything["total"].as_u64().unwrap() > plan["total"].as_u64().unwrap());
}
