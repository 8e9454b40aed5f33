//! `search`, `match`, `evaluate`, `openapi`, and what wrong usage gets.

use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use crate::program::running::{Service, done, run, run_with_input};

#[test]
fn wrong_usage_is_two_and_failure_is_one_and_both_are_explained() {
    let folder = tempdir().unwrap();
    let wrong: [&[&str]; 14] = [
        &[],
        &["dance"],
        &["serve", "--listen", "nowhere"],
        &["serve", "--rate-limit", "-1"],
        &["serve", "--rate-limit", "many"],
        &["search"],
        &["search", "x", "--kind", "sandwich"],
        &["backup"],
        &["restore"],
        &["match", "employer"],
        &["match", "sandwich", "x.json"],
        &["evaluate", "--queries", "q.jsonl"],
        &["evaluate", "--corpus", "c.jsonl"],
        &["check", "--on", "tomorrow"],
    ];
    for arguments in wrong {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("Usage") || ran.err.contains("--help"), "{arguments:?}: {ran:?}");
    }
    let failing: [&[&str]; 6] = [
        &["match", "employer", "no-such.json"],
        &["evaluate", "--queries", "no-such.jsonl", "--qrels", "no-such.tsv"],
        &["search", "x", "--toolkits", "no-such-folder"],
        &["check", "--toolkits", "no-such-folder"],
        &["openapi", "--check"],
        &["migrate", "--database", "mysql://localhost/x"],
    ];
    for arguments in failing {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {ran:?}");
        assert!(ran.err.starts_with("pathways: "), "{arguments:?}: {ran:?}");
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

#[test]
fn the_help_of_each_command_names_every_setting_with_its_variable() {
    let folder = tempdir().unwrap();
    for command in ["serve", "migrate", "reindex", "backup", "restore", "search", "evaluate"] {
        let help = done(folder.path(), &[command, "--help"]);
        assert!(help.contains("PATHWAYS_"), "{command}: {help}");
    }
    let help = done(folder.path(), &["serve", "--help"]);
    for said in ["127.0.0.1:8080", "requests a second", "sqlite:DATA/pathways.db", "./data"] {
        assert!(help.contains(said), "{said} in {help}");
    }
}

#[test]
fn a_search_prints_numbered_answers_with_their_reasons() {
    let folder = tempdir().unwrap();
    let said = done(folder.path(), &["search", "right to wrok checks for refugees"]);
    assert!(said.starts_with("Read \"wrok\" as \"work\".\n"), "{said}");
    assert!(said.contains("\n 1. Right to work checks"), "{said}");
    assert!(said.contains("    /toolkits/refugees/right-to-work-checks"), "{said}");
    assert!(said.contains("    Why: ") && said.contains("    As of 20"), "{said}");
    assert!(!said.contains('\u{1b}'), "there is no terminal");
    assert!(!folder.path().join("data").exists(), "looking makes nothing");
}

#[test]
fn a_search_can_be_kept_to_some_kinds() {
    let folder = tempdir().unwrap();
    let arguments = ["search", "care", "--kind", "partnership", "--kind", "action", "--json"];
    let said: Value = serde_json::from_str(&done(folder.path(), &arguments)).unwrap();
    let results = said["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let kinds: Vec<&str> = results.iter().map(|hit| hit["kind"].as_str().unwrap()).collect();
    assert!(kinds.iter().all(|kind| ["partnership", "action"].contains(kind)), "{kinds:?}");
}

#[test]
fn search_as_json_is_what_the_service_answers() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &["--demo"]);
    let served = service.json("/api/v1/search?q=kitchen+training");
    let said = done(folder.path(), &["search", "kitchen training", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), served);
}

#[test]
fn nothing_found_is_said_and_is_no_failure() {
    let folder = tempdir().unwrap();
    let said = done(folder.path(), &["search", "zzzzqqq"]);
    assert!(said.contains("Nothing was found."), "{said}");
}

const PROFILE: &str =
    r#"{"cohorts": ["prison-leavers"], "sector": "hospitality", "place": "OX16"}"#;

#[test]
fn a_match_from_a_file_or_from_standard_input_is_what_the_service_answers() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("us.json"), PROFILE).unwrap();
    let service = Service::start(folder.path(), &[]);
    let served = service.post("/api/v1/matches/employer", PROFILE);
    let from_file = done(folder.path(), &["match", "employer", "us.json", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&from_file).unwrap(), served);
    let ran = run_with_input(folder.path(), &["match", "employer", "-", "--json"], PROFILE);
    assert_eq!((ran.code, ran.out), (0, from_file));
    let text = done(folder.path(), &["match", "employer", "us.json"]);
    for said in ["Resources", "Partnerships", "Charter actions", "of 100"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn a_profile_that_cannot_be_read_is_explained_by_its_place() {
    let folder = tempdir().unwrap();
    for (profile, named) in [
        ("{\"cohorts\": [", "line 1"),
        (r#"{"sector": "piracy"}"#, "sector"),
        (r#"{"colour": "red"}"#, "colour"),
    ] {
        let ran = run_with_input(folder.path(), &["match", "employer", "-"], profile);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains(named), "{named} in {}", ran.err);
    }
}

#[test]
fn the_shipped_questions_are_measured_whole_and_by_halves() {
    let folder = tempdir().unwrap();
    let table = done(folder.path(), &["evaluate"]);
    for said in ["nDCG@10", "recall@100", "all ", "tuning", "aside", "queries a second"] {
        assert!(table.contains(said), "{said} in {table}");
    }
    let said: Value = serde_json::from_str(&done(folder.path(), &["evaluate", "--json"])).unwrap();
    for measure in ["ndcg_at_10", "map", "p_at_10", "mrr", "recall_at_100"] {
        let value = said[measure].as_f64().unwrap();
        assert!((0.1..=1.0).contains(&value), "{measure}: {value}");
    }
    let halves = ["tuning", "aside"].map(|half| said["sets"][half]["queries"].as_u64().unwrap());
    assert_eq!(said["queries"].as_u64().unwrap(), halves.iter().sum::<u64>());
    assert!(said["queries_per_second"].as_f64().unwrap() > 0.0);
}

#[test]
fn documents_and_judgements_of_others_are_measured_by_the_same_code() {
    let folder = tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "corpus.jsonl",
        "{\"id\":\"d1\",\"title\":\"Bakeries\",\"text\":\"Bread is baked before dawn.\"}\n\
         {\"id\":\"d2\",\"title\":\"Trains\",\"text\":\"The train leaves at nine.\"}\n\
         {\"id\":\"d3\",\"title\":\"Dawn\",\"text\":\"The sun rises over the trains.\"}\n",
    );
    write(
        "queries.jsonl",
        "{\"id\":\"q1\",\"text\":\"baking bread\"}\n{\"id\":\"q2\",\"text\":\"train\"}\n",
    );
    write("qrels.tsv", "query\tdocument\tgrade\nq1\td1\t1\nq2\td2\t2\nq2\td3\t1\n");
    let arguments = ["evaluate", "--queries", "queries.jsonl", "--qrels", "qrels.tsv"];
    let with_corpus = [&arguments[..], &["--corpus", "corpus.jsonl", "--json"]].concat();
    let said: Value = serde_json::from_str(&done(folder.path(), &with_corpus)).unwrap();
    assert_eq!(said["ndcg_at_10"], 1.0, "{said}");
    assert_eq!(said["recall_at_100"], 1.0, "{said}");
    assert_eq!(said["queries"], 2);

    write("qrels.tsv", "query\tdocument\tgrade\nq1\td1\t1\nq2\td2\n");
    let ran = run(folder.path(), &with_corpus);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("qrels.tsv:3: "), "{}", ran.err);
}

#[test]
fn the_kept_openapi_document_is_what_the_program_answers() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = run(root, &["openapi", "--check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("openapi")).unwrap();
    fs::write(folder.path().join("openapi/openapi.json"), "{\n  \"old\": 1\n}\n").unwrap();
    let ran = run(folder.path(), &["openapi", "--check"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("stale from line 2"), "{}", ran.err);
}
