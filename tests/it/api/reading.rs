//! Toolkits, library, words, charter and register, read through the API.

use serde_json::Value;

use crate::{
    api::support::{get, get_with, read},
    shown,
};

/// Lists, with the name of what they hold.
const LISTS: [(&str, &str); 5] = [
    ("/toolkits", "toolkits"),
    ("/library", "library"),
    ("/providers", "providers"),
    ("/course-types", "course_types"),
    ("/sources", "sources"),
];

async fn list(path: &str, name: &str) -> Vec<Value> {
    let answer = read(&format!("/api/v1{path}")).await;
    let items = answer[name].as_array().unwrap().clone();
    assert_eq!(answer["total"], items.len(), "{path}");
    items
}

#[actix_web::test]
async fn every_list_is_named_for_what_it_holds_and_counts_it() {
    for (path, name) in LISTS {
        assert!(!list(path, name).await.is_empty(), "{path}");
    }
}

#[actix_web::test]
async fn everything_listed_can_be_read_alone() {
    for (path, name, key) in [
        ("/toolkits", "toolkits", "slug"),
        ("/library", "library", "slug"),
        ("/providers", "providers", "slug"),
    ] {
        for item in list(path, name).await {
            let one = read(&format!("/api/v1{path}/{}", item[key].as_str().unwrap())).await;
            for (field, value) in item.as_object().unwrap() {
                assert_eq!(&one[field], value, "{path} {field}");
            }
        }
        get(&format!("/api/v1{path}/no-such-thing")).await.problem(404, "not-found");
    }
}

#[actix_web::test]
async fn every_section_and_template_is_read_with_its_sources() {
    for toolkit in list("/toolkits", "toolkits").await {
        let path = format!("/api/v1{}", toolkit["url"].as_str().unwrap());
        let whole = read(&path).await;
        let templates = read(&format!("{path}/templates")).await;
        assert_eq!(templates["templates"], whole["templates"]);
        let parts = ["sections", "templates"].map(|name| whole[name].as_array().unwrap().clone());
        for brief in parts.iter().flatten() {
            let section = read(brief["api_url"].as_str().unwrap()).await;
            assert_eq!(section["title"], brief["title"]);
            assert_eq!(section["toolkit"]["slug"], toolkit["slug"]);
            assert!(!section["passages"].as_array().unwrap().is_empty());
            if brief["legal"] == true {
                let sources = section["sources"].as_array().unwrap();
                assert!(!sources.is_empty(), "law without a source: {}", section["slug"]);
            }
            for action in section["actions"].as_array().unwrap() {
                assert!(action["label"].is_string(), "{action}");
            }
        }
        let steps = read(&format!("{path}/checklist")).await;
        assert_eq!(steps["total"], toolkit["step_count"]);
        for step in steps["steps"].as_array().unwrap() {
            assert!(!step["section"]["title"].as_str().unwrap().is_empty(), "{step}");
        }
    }
    get("/api/v1/toolkits/refugees/sections/nothing").await.problem(404, "not-found");
    get("/api/v1/toolkits/nothing/checklist").await.problem(404, "not-found");
}

#[actix_web::test]
async fn a_charter_action_names_the_sections_that_help() {
    let mut helped = 0;
    for action in &shown::state().snapshot().reference.actions {
        let code = action.code.to_lowercase();
        let one = read(&format!("/api/v1/charter/actions/{code}/sections")).await;
        for section in one["sections"].as_array().unwrap() {
            let section = read(section["api_url"].as_str().unwrap()).await;
            let codes = section["actions"].as_array().unwrap();
            assert!(codes.iter().any(|link| link["code"] == action.code), "{code}");
            helped += 1;
        }
    }
    assert!(helped > 20, "{helped}");
    assert!(read("/api/v1/charter").await["action_count"].as_u64().unwrap() > 10);
}

#[actix_web::test]
async fn every_statement_of_the_register_names_its_day_and_its_sources_or_says_why_not() {
    for (path, name) in LISTS.into_iter().skip(2).filter(|(path, _)| *path != "/sources") {
        for item in list(path, name).await {
            let provenance = &item["provenance"];
            assert!(provenance["as_of"].is_string(), "{item}");
            let sourced = !provenance["sources"].as_array().unwrap().is_empty();
            assert!(sourced || provenance["note"].is_string(), "{path}: {item}");
        }
    }
}

#[actix_web::test]
async fn words_that_are_never_printed_stay_inside() {
    let answer = get("/api/v1/vocabulary").await;
    let terms = answer.json();
    assert!(terms["total"].as_u64().unwrap() > 50);
    let shown = answer.text().to_lowercase();
    for never in &shown::state().snapshot().vocabulary().never_print {
        let standing =
            shown.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == never.word);
        assert!(!standing, "{}", never.word);
    }
    assert!(terms["terms"][0].get("variants").is_none());
}

#[actix_web::test]
async fn every_read_has_a_tag_that_saves_the_bytes() {
    for (path, _) in LISTS.into_iter().chain([("/vocabulary", ""), ("/charter", "")]) {
        let uri = format!("/api/v1{path}");
        let reply = get(&uri).await;
        assert_eq!(reply.header("x-change"), "1", "{path}");
        let again = get_with(&uri, &[("if-none-match", reply.header("etag"))]).await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path}");
    }
}

#[actix_web::test]
async fn every_found_thing_can_be_read_through_the_api() {
    let total = read("/api/v1/search").await["total"].as_u64().unwrap();
    for page in 1..=total.div_ceil(100) {
        let answer = read(&format!("/api/v1/search?per_page=100&page={page}")).await;
        for result in answer["results"].as_array().unwrap() {
            let (kind, id) = (result["kind"].as_str().unwrap(), result["id"].as_str().unwrap());
            let path = match (kind, id.split_once('/')) {
                ("passage", Some((toolkit, "checklist"))) => {
                    format!("toolkits/{toolkit}/checklist")
                }
                ("passage", Some((toolkit, section))) => {
                    format!("toolkits/{toolkit}/sections/{section}")
                }
                ("library", _) => format!("library/{id}"),
                ("action", _) => format!("charter/actions/{id}/sections"),
                // Records are read from the store, which the register's tests have.
                ("partnership", _) => {
                    assert!(shown::state().snapshot().reference.partnership(id).is_some(), "{id}");
                    continue;
                }
                ("course", _) if shown::state().snapshot().reference.course(id).is_some() => {
                    continue;
                }
                ("course", _) => format!("course-types/{id}"),
                other => panic!("{other:?} has no address"),
            };
            read(&format!("/api/v1/{path}")).await;
        }
    }
}

#[actix_web::test]
async fn every_address_in_results_leads_to_a_page_that_has_the_heading() {
    for query in ["", "q=right+to+work", "q=criminal+record", "q=flexible+hours", "q=reservist"] {
        let answer = read(&format!("/api/v1/search?per_page=100&{query}")).await;
        for result in answer["results"].as_array().unwrap() {
            let url = result["url"].as_str().unwrap();
            let (path, anchor) = url.split_once('#').unwrap_or((url, ""));
            let page = get_with(path, &[("accept", "text/html")]).await;
            assert_eq!(page.status.as_u16(), 200, "{url}");
            let heading = format!("id=\"{anchor}\"");
            assert!(anchor.is_empty() || page.text().contains(&heading), "{url} has no {heading}");
        }
    }
}
