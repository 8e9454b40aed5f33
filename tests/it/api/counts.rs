//! What holds between answers, whatever the question: counts, filters and pages.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::support::{encoded, read};

const QUESTIONS: [&str; 4] =
    ["", "q=right+to+work", "q=criminal+record+check&cohort=prison-leavers", "q=flexible+hours"];
const NARROWED: [&str; 3] =
    ["kind=passage", "stage=check&stage=policy", "cohort=refugees&kind=passage&kind=library"];

async fn ask(query: &str) -> Value {
    read(&format!("/api/v1/search?{query}")).await
}

/// The question with no filter of a facet.
fn without(query: &str, facet: &str) -> String {
    let kept = query.split('&').filter(|pair| !pair.starts_with(&format!("{facet}=")));
    kept.collect::<Vec<_>>().join("&")
}

#[actix_web::test]
async fn choosing_any_value_gives_exactly_the_number_shown() {
    let mut chosen = 0;
    let narrowed = NARROWED.map(|filters| format!("q=right+to+work&{filters}"));
    for query in QUESTIONS.into_iter().chain(narrowed.iter().map(String::as_str)) {
        let answer = ask(query).await;
        for (facet, values) in answer["facets"].as_object().unwrap() {
            for value in values.as_array().unwrap() {
                let name = value["value"].as_str().unwrap();
                let alone = without(query, facet);
                let chosen_alone = format!("{alone}&{facet}={}&per_page=1", encoded(name));
                let total = &ask(&chosen_alone).await["total"];
                assert_eq!(total, &value["count"], "{query}: {facet}={name}");
                chosen += 1;
            }
        }
    }
    assert!(chosen > 200, "{chosen}");
}

#[actix_web::test]
async fn filtering_by_another_facet_never_finds_more() {
    for question in QUESTIONS {
        let all = ask(question).await["total"].as_u64().unwrap();
        for one in ["kind=passage", "stage=check", "toolkit=prison-leavers"] {
            let some = ask(&format!("{question}&{one}")).await["total"].as_u64().unwrap();
            assert!(some <= all, "{question}&{one}");
            let both = ask(&format!("{question}&{one}&status=current")).await;
            assert!(both["total"].as_u64().unwrap() <= some, "{question}&{one}");
        }
    }
}

#[actix_web::test]
async fn pages_together_are_the_whole_without_repeats() {
    for question in QUESTIONS {
        let total = ask(question).await["total"].as_u64().unwrap();
        let mut seen = BTreeSet::new();
        let mut scores = Vec::new();
        for page in 1..=total.div_ceil(7) {
            let answer = ask(&format!("{question}&per_page=7&page={page}")).await;
            assert_eq!(answer["total"], total);
            for result in answer["results"].as_array().unwrap() {
                let key = (result["kind"].to_string(), result["id"].to_string());
                assert!(seen.insert(key), "{question}: {} twice", result["id"]);
                scores.push(result["score"].as_f64().unwrap());
            }
        }
        assert_eq!(seen.len() as u64, total, "{question}");
        assert!(scores.is_sorted_by(|a, b| a >= b), "{question}: best first");
    }
}

#[actix_web::test]
async fn every_facet_can_be_used_at_once_and_order_does_not_matter() {
    let pairs = [
        "kind=passage",
        "cohort=refugees",
        "stage=check",
        "topic=right-to-work",
        "toolkit=refugees",
        "format=guide",
        "status=current",
        "q=share+code",
    ];
    let forward = ask(&pairs.join("&")).await;
    let mut back = pairs;
    back.reverse();
    assert_eq!(ask(&back.join("&")).await["results"], forward["results"]);
    assert!(forward["total"].as_u64().unwrap() > 0);
    let twice = ask(&format!("{0}&{0}", "kind=passage&stage=check")).await;
    assert_eq!(twice["total"], ask("kind=passage&stage=check").await["total"]);
}
