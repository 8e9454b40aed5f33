//! `pathways import oruk` as it is typed.

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    oruk::{
        remote::{Answer, honest, serve},
        world::hubs,
    },
    program::running::{Service, done, run},
};

#[test]
fn a_file_of_hubs_comes_in_once_and_a_second_time_changes_nothing() {
    let folder = tempdir().unwrap();
    std::fs::write(folder.path().join("hubs.json"), hubs().to_string()).unwrap();
    let dry = done(folder.path(), &["import", "oruk", "hubs.json", "--dry-run"]);
    assert!(dry.contains("this would be done: organisations 2 created"), "{dry}");
    let first = done(folder.path(), &["import", "oruk", "hubs.json"]);
    assert!(
        first.contains("Imported: organisations 2 created") && first.contains("services 3 created"),
        "{first}"
    );
    let again = done(folder.path(), &["import", "oruk", "hubs.json"]);
    assert!(again.contains("services 0 created, 0 changed, 3 unchanged"), "{again}");
    let wrong = run(folder.path(), &["import", "oruk", "hubs.json", "--keep-going"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    let wrong = run(folder.path(), &["import", "organisations", "hubs.json", "--allow-private"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    let missing = run(folder.path(), &["import", "oruk", "nothing.json"]);
    assert_eq!(missing.code, 1, "{missing:?}");
}

#[test]
fn a_feed_that_lies_or_is_private_leaves_everything_as_it_was() {
    let services = || hubs()["services"].as_array().unwrap().clone();
    let good = serve(move |path| honest(&services(), path));
    let lying = serve(move |path| match honest(&services(), path) {
        Answer::Json(mut page) if path.starts_with("/services?page=2") => {
            page["total_items"] = json!(1_000);
            Answer::Json(page)
        }
        other => other,
    });
    let folder = tempdir().unwrap();
    let refused = run(folder.path(), &["import", "oruk", &good]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("--allow-private"), "{}", refused.err);
    let refused = run(folder.path(), &["import", "oruk", &lying, "--allow-private"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("an earlier page said"), "{}", refused.err);
    let imported = done(folder.path(), &["import", "oruk", &good, "--allow-private"]);
    assert!(
        imported.contains("services 3 created, 0 changed"),
        "nothing was there before: {imported}"
    );
}

/// Every list of a service's feed, and everything on it in full.
fn told(service: &Service) -> Vec<Value> {
    let mut told = Vec::new();
    for (list, _) in crate::oruk::world::LISTS {
        for page in 1.. {
            let page = service.json(&format!("/oruk/v3/{list}?per_page=100&page={page}"));
            for thing in page["contents"].as_array().unwrap() {
                let id = thing["id"].as_str().unwrap();
                told.push(service.json(&format!("/oruk/v3/{list}/{id}")));
            }
            let last = page["last_page"] == true;
            told.push(page);
            if last {
                break;
            }
        }
    }
    told
}

#[test]
fn one_service_reads_anothers_feed_and_tells_the_same() {
    let (first, second) = (tempdir().unwrap(), tempdir().unwrap());
    std::fs::write(first.path().join("hubs.json"), hubs().to_string()).unwrap();
    done(first.path(), &["import", "oruk", "hubs.json"]);
    let serving = Service::start(first.path(), &["--demo", "--rate-limit", "0"]);
    let address = format!("http://{}/oruk/v3", serving.address);
    let import = ["import", "oruk", &address, "--allow-private", "--reference", "none"];
    let said = done(second.path(), &import);
    assert!(said.contains("Imported:") && !said.contains("left out"), "{said}");
    let said = done(second.path(), &import);
    assert!(said.contains("services 0 created, 0 changed"), "{said}");
    let copy = Service::start(second.path(), &["--reference", "none", "--rate-limit", "0"]);
    let (whole, again) = (told(&serving), told(&copy));
    assert_eq!(whole.len(), again.len());
    for (a, b) in whole.iter().zip(&again) {
        assert_eq!(a, b);
    }
}
