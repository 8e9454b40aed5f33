//! `migrate`, `backup`, `restore`, `reindex`: what keeps the data.

use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use crate::program::running::{Service, done, run};

#[test]
fn migrating_twice_is_migrating_once() {
    let folder = tempdir().unwrap();
    assert!(done(folder.path(), &["migrate"]).starts_with("Applied "));
    assert_eq!(done(folder.path(), &["migrate"]), "The database is up to date.\n");
    assert!(folder.path().join("data/pathways.db").is_file());
}

#[test]
fn a_backup_of_a_running_service_restores_to_the_same_answers() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &["--demo"]);
    let shown = told(&service);
    let said = done(folder.path(), &["backup", "kept.db"]);
    assert!(said.starts_with("Backed up to kept.db"), "{said}");

    let open = run(folder.path(), &["restore", "kept.db"]);
    assert_eq!(open.code, 1, "{open:?}");
    assert!(open.err.contains("stop the service first"), "{}", open.err);
    assert_eq!(service.stop("TERM").code, Some(0));

    // Another county's register, and back.
    let none = Service::start(folder.path(), &[]);
    assert_ne!(told(&none), shown);
    assert_eq!(none.stop("TERM").code, Some(0));
    let said = done(folder.path(), &["restore", "kept.db"]);
    assert!(said.contains("is kept as"), "{said}");
    let again = Service::start(folder.path(), &["--demo"]);
    assert_eq!(told(&again), shown);
}

/// How much can be found, and what is found among the organisations. Not the number of
/// the last change: a demonstration makes new tokens at each start.
fn told(service: &Service) -> (Value, Value) {
    let found = service.json("/api/v1/search?kind=organisation&per_page=100");
    (service.json("/health/ready")["documents"].clone(), found["results"].clone())
}

#[test]
fn a_backup_replaces_no_file_and_needs_a_database() {
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["backup", "kept.db"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("there is no database"), "{}", ran.err);
    assert!(!folder.path().join("data").exists(), "looking makes nothing");
    done(folder.path(), &["migrate"]);
    fs::write(folder.path().join("kept.db"), "mine").unwrap();
    let ran = run(folder.path(), &["backup", "kept.db"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(fs::read_to_string(folder.path().join("kept.db")).unwrap(), "mine");
}

#[test]
fn what_is_no_backup_is_refused_and_nothing_is_touched() {
    let folder = tempdir().unwrap();
    done(folder.path(), &["migrate"]);
    let before = fs::read(folder.path().join("data/pathways.db")).unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear all").unwrap();
    for file in ["letter.txt", "no-such-file"] {
        let ran = run(folder.path(), &["restore", file]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains(file), "{}", ran.err);
    }
    assert_eq!(fs::read(folder.path().join("data/pathways.db")).unwrap(), before);
}

#[test]
fn reindex_says_what_the_service_can_find_and_waits_until_it_is_stopped() {
    let folder = tempdir().unwrap();
    let from_files = done(folder.path(), &["reindex"]);
    assert!(from_files.starts_with("Indexed ") && from_files.contains("Our guidance"));
    assert!(!folder.path().join("data").exists(), "looking makes nothing");
    let service = Service::start(folder.path(), &["--demo"]);
    let (ready, shown) = (service.json("/health/ready"), told(&service));
    let refused = run(folder.path(), &["reindex"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("another process uses the search index"), "{}", refused.err);
    assert_eq!(service.json("/health/ready"), ready, "the running service is not disturbed");
    assert_eq!(service.stop("TERM").code, Some(0));

    let said = done(folder.path(), &["reindex"]);
    assert!(said.starts_with(&format!("Indexed {} documents in ", ready["documents"])), "{said}");
    assert!(said.contains(&format!("Change {}, ", ready["change"])), "{said}");
    // The fictional records are still there, and are found as they were.
    let again = Service::start(folder.path(), &["--demo"]);
    assert_eq!(told(&again), shown);
}

#[test]
fn a_second_service_on_one_folder_is_told_why_it_cannot_start() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &[]);
    let second = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, 1, "{second:?}");
    assert!(second.err.contains("another process"), "{}", second.err);
    assert!(service.json("/health/ready")["documents"].as_u64().unwrap() > 0);
    assert_eq!(service.stop("TERM").code, Some(0));
}
