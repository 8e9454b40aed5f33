//! `/search` and `/suggest`: what an answer holds, and what bad questions get.

use std::{path::Path, sync::Arc};

use actix_web::test::TestRequest;
use pathways::{
    app::{AppState, Clock, Library, Snapshot},
    content::{self, Files},
    web::{Settings, Site},
};
use serde_json::Value;

use crate::{
    api::support::{encoded, get, get_with, read, send_to},
    shown,
};

fn fault<'a>(problem: &'a Value, field: &str) -> &'a Value {
    let errors = problem["errors"].as_array().unwrap();
    errors.iter().find(|error| error["field"] == field).unwrap()
}

#[actix_web::test]
async fn an_answer_holds_what_the_contract_names() {
    let answer = read("/api/v1/search?q=shaer+code&cohort=refugees").await;
    assert_eq!((&answer["page"], &answer["per_page"]), (&1.into(), &20.into()));
    assert_eq!(answer["corrections"][0]["typed"], "shaer");
    assert_eq!(answer["manifest"]["change"], 1);
    assert!(answer["manifest"]["content"].as_str().unwrap().starts_with("sha256:"));
    let chosen = answer["facets"]["cohort"].as_array().unwrap();
    assert!(chosen.iter().any(|v| v["value"] == "refugees" && v["selected"] == true));
    let first = &answer["results"][0];
    let snippet = &first["snippet"];
    assert!(snippet["html"].as_str().unwrap().contains("<mark>"), "{first}");
    let text: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
    for range in snippet["ranges"].as_array().unwrap() {
        let (from, to) = (range[0].as_u64().unwrap(), range[1].as_u64().unwrap());
        assert!(from < to && to <= text.len() as u64, "{range} in {snippet}");
    }
    for absent in ["relaxed", "suggestion", "help"] {
        assert!(!answer.as_object().unwrap().get(absent).is_some_and(Value::is_null));
    }
    assert!(first.get("fictional").is_none(), "only where it holds");
}

/// A site over the small content that tests keep for themselves.
fn small_site() -> Site {
    let folder = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content").join(name);
        Files::read_dir(&folder).unwrap()
    };
    let reference = content::reference::load(&folder("reference"));
    let library = Arc::new(Library {
        content: content::load(&folder("toolkits")),
        gazetteer: reference.gazetteer,
        policy: shown::state().library().policy.clone(),
    });
    let snapshot = Snapshot::new(library.clone(), reference.reference, 7, shown::day()).unwrap();
    let state = AppState::new(library, snapshot, Clock::Fixed(shown::noon()));
    Site::new(Arc::new(state), Settings::default())
}

#[actix_web::test]
async fn a_representative_answer_stays_as_it_is_kept() {
    let ask = TestRequest::get().uri("/api/v1/search?q=right+to+work&per_page=2");
    let answer = send_to(&small_site(), ask).await.json();
    assert!(answer["total"].as_u64().unwrap() > 1, "{answer}");
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_json_snapshot!("search_answer", answer, {
            ".manifest.content" => "[content]",
            ".results[].score" => "[score]",
            ".results[].parts[].points" => "[points]",
        });
    });
}

#[actix_web::test]
async fn the_parts_of_a_score_add_up_to_it() {
    let answer = read("/api/v1/search?q=right+to+work+checks+for+refugees").await;
    for result in answer["results"].as_array().unwrap() {
        let parts = result["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|part| part["points"].as_f64().unwrap()).sum();
        let score = result["score"].as_f64().unwrap();
        assert!((sum - score).abs() < 1e-9, "{sum} is not {score}");
        assert!(score.to_string().split('.').nth(1).is_none_or(|d| d.len() <= 3), "{score}");
    }
}

#[actix_web::test]
async fn the_same_question_gives_the_same_bytes_and_its_tag_saves_them() {
    for uri in ["/api/v1/search?q=convictions+form", "/api/v1/suggest?q=right"] {
        let (one, two) = (get(uri).await, get(uri).await);
        assert_eq!(one.bytes, two.bytes);
        assert_eq!(one.header("x-change"), "1");
        let again = get_with(uri, &[("if-none-match", one.header("etag"))]).await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
        assert_eq!(again.header("x-change"), "1");
    }
}

#[actix_web::test]
async fn a_question_never_fails_whatever_it_is_made_of() {
    let most = read("/api/v1/search").await["manifest"]["considered"].clone();
    for empty in ["", "?", "?q=", "?q=+++", "?q=&kind=", "?q=%00%0A%1B"] {
        let answer = read(&format!("/api/v1/search{empty}")).await;
        assert_eq!(answer["total"], most, "everything is listed for {empty:?}");
    }
    let odd = [
        "the of and a",
        "\"unbalanced",
        "a \" b \" c \"",
        "\u{0} right \u{1} to\u{7f}work",
        "((a:b OR -c* ~2 ^3 [x TO y] \\",
        "%",
        "<script>alert(1)</script>",
        "日本語 🦀 e\u{301}",
        "../../etc/passwd",
        "' OR 1=1 --",
        &"x".repeat(10_000),
        &"word ".repeat(2_000),
        &"\"".repeat(500),
    ];
    for text in odd {
        for base in ["search", "suggest"] {
            read(&format!("/api/v1/{base}?q={}", encoded(text))).await;
        }
    }
    let long = (0..80).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let answer = read(&format!("/api/v1/search?q={}", encoded(&long))).await;
    assert!(answer["manifest"]["ignored"].as_array().unwrap().len() >= 16, "{answer}");
}

#[actix_web::test]
async fn what_was_typed_cannot_become_markup() {
    let uri = format!("/api/v1/search?q={}", encoded("<b onclick=x>share</b> code"));
    for result in read(&uri).await["results"].as_array().unwrap() {
        let html = result["snippet"]["html"].as_str().unwrap();
        let plain = html.replace("<mark>", "").replace("</mark>", "");
        assert!(!plain.contains('<') && !plain.contains('>'), "{html}");
    }
}

#[actix_web::test]
async fn an_unknown_value_is_refused_with_the_nearest() {
    let problem =
        get("/api/v1/search?q=x&cohort=refugee&stage=chek").await.problem(422, "invalid-request");
    assert!(fault(&problem, "cohort")["message"].as_str().unwrap().contains("\"refugees\""));
    assert!(fault(&problem, "stage")["message"].as_str().unwrap().contains("\"check\""));
    assert_eq!(fault(&problem, "stage")["code"], "unknown-value");
    get("/api/v1/search?cohort=refugees,prison-leavers").await.problem(422, "invalid-request");
}

#[actix_web::test]
async fn an_unknown_parameter_is_refused_with_the_nearest() {
    for (uri, near) in [
        ("/api/v1/search?cohrot=refugees", "cohort"),
        ("/api/v1/search?Q=x", "q"),
        ("/api/v1/suggest?query=x", "q"),
        ("/api/v1/toolkits?after-change=1", "after_change"),
    ] {
        let problem = get(uri).await.problem(422, "invalid-request");
        let error = &problem["errors"][0];
        assert_eq!(error["code"], "unknown-parameter", "{uri}");
        assert!(error["message"].as_str().unwrap().contains(&format!("\"{near}\"")), "{error}");
    }
}

#[actix_web::test]
async fn pages_begin_at_one_and_end_in_empty_ones() {
    for bad in [
        "page=0",
        "page=-1",
        "page=1.5",
        "page=x",
        "page=1000000001",
        "page=1&page=2",
        "per_page=0",
        "per_page=101",
        "q=a&q=b",
        "after_change=-1",
    ] {
        get(&format!("/api/v1/search?{bad}")).await.problem(422, "invalid-request");
    }
    let total = read("/api/v1/search?q=work").await["total"].clone();
    for page in ["1000000000", "99999"] {
        let beyond = read(&format!("/api/v1/search?q=work&page={page}&per_page=100")).await;
        assert_eq!(beyond["total"], total);
        assert!(beyond["results"].as_array().unwrap().is_empty());
        assert!(!beyond["facets"]["kind"].as_array().unwrap().is_empty());
    }
}

#[actix_web::test]
async fn an_address_that_is_too_long_or_no_text_is_refused() {
    let long = format!("/api/v1/search?q={}", "a".repeat(17_000));
    get(&long).await.problem(414, "uri-too-long");
    get("/api/v1/search?q=%C3%28").await.problem(400, "malformed-request");
    let many = format!("/api/v1/search?{}", "topic=a&".repeat(300));
    get(&many).await.problem(422, "invalid-request");
}

#[actix_web::test]
async fn nothing_found_says_what_would_help() {
    let answer = read("/api/v1/search?q=menopause&cohort=prison-leavers&kind=action").await;
    assert_eq!(answer["total"], 0);
    let help = &answer["help"];
    assert_eq!(help["without"].as_array().unwrap().len(), 2, "{help}");
    assert!(help["without_any"].as_u64().unwrap() > 0, "{help}");
}

#[actix_web::test]
async fn a_reader_waits_for_the_change_it_must_see() {
    let at = |change: i64| {
        let shown = shown::state();
        let reference = shown.snapshot().reference.clone();
        Snapshot::new(shown.library().clone(), reference, change, shown::day()).unwrap()
    };
    let first = at(1);
    let clock = Clock::Fixed(shown::noon());
    let state = Arc::new(AppState::new(shown::state().library().clone(), first, clock));
    let site = Site::new(state.clone(), Settings::default());
    let ask = || TestRequest::get().uri("/api/v1/search?q=work&after_change=2");
    let next = at(2);
    let write = async {
        tokio::task::yield_now().await;
        state.publish(next);
    };
    let (reply, ()) = futures_util::future::join(send_to(&site, ask()), write).await;
    assert_eq!(reply.header("x-change"), "2");
    assert_eq!(reply.json()["manifest"]["change"], 2);
}

#[actix_web::test]
async fn a_reader_does_not_wait_for_ever() {
    let reply = get("/api/v1/toolkits?after_change=99").await;
    assert_eq!((reply.status.as_u16(), reply.header("x-change")), (200, "1"));
}

#[actix_web::test]
async fn completions_exist_and_stand_in_groups() {
    let answer = read("/api/v1/suggest?q=right+to").await;
    let groups = answer["groups"].as_array().unwrap();
    assert_eq!(groups[0]["kind"], "term");
    let lengths = groups.iter().map(|group| group["completions"].as_array().unwrap().len());
    assert_eq!(answer["total"], lengths.sum::<usize>());
    assert_eq!(read("/api/v1/suggest?q=r").await["total"], 0, "too short to say anything");
    assert_eq!(read("/api/v1/suggest").await["total"], 0);
}
