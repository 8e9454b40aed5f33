//! Content in folders: what `check` says of it, and what is served of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::tempdir;

use crate::program::running::{Service, done, run};

/// The day on which the shipped content was checked.
const DAY: &str = "2026-11-23";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the shipped toolkits, called `mine`, in which one word of one file is
/// another.
fn broken_toolkits(folder: &Path, file: &str, from: &str, to: &str) -> PathBuf {
    let mine = folder.join("mine");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("toolkits"), &mine);
    let path = mine.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    mine
}

const FILE: &str = "refugees/13-right-to-work-checks.md";

#[test]
fn the_shipped_content_passes_on_the_day_it_was_checked() {
    let folder = tempdir().unwrap();
    let said = done(folder.path(), &["check", "--on", DAY]);
    assert!(said.contains("4 toolkits (4 can be served)"), "{said}");
    assert!(said.contains(" 0 errors"), "{said}");
}

#[test]
fn a_fault_is_named_by_file_and_line_and_fails_the_check() {
    let folder = tempdir().unwrap();
    broken_toolkits(folder.path(), FILE, "stage = ", "stagge = ");
    let ran = run(folder.path(), &["check", "--on", DAY, "--toolkits", "mine"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let named = ran.out.lines().any(|line| {
        let Some((_, rest)) = line.split_once(&format!("{FILE}:")) else { return false };
        rest.split(':').next().unwrap().parse::<usize>().is_ok() && rest.contains("error")
    });
    assert!(named, "{}", ran.out);
}

#[test]
fn check_reads_the_toolkits_of_the_folder_it_is_run_in() {
    let folder = tempdir().unwrap();
    let mine = broken_toolkits(folder.path(), FILE, "stage = ", "stagge = ");
    fs::rename(mine, folder.path().join("toolkits")).unwrap();
    let ran = run(folder.path(), &["check", "--on", DAY]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(FILE), "{}", ran.out);
}

#[test]
fn a_review_date_that_will_have_passed_is_named() {
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["check", "--on", "2028-06-01"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("is past"), "{}", ran.out);
}

#[test]
fn a_broken_toolkit_is_logged_and_left_out_and_the_others_are_served() {
    let folder = tempdir().unwrap();
    broken_toolkits(folder.path(), FILE, "stage = ", "stagge = ");
    let service = Service::start(folder.path(), &["--toolkits", "mine"]);
    assert_eq!(service.ask("/toolkits/refugees").0, 404);
    for other in ["prison-leavers", "age-friendly", "military-family"] {
        assert_eq!(service.ask(&format!("/toolkits/{other}")).0, 200, "{other}");
    }
    let ended = service.stop("TERM");
    let logged = ended.log.lines().any(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["level"] == "ERROR"
            && line["file"].as_str().is_some_and(|file| file.ends_with(FILE))
            && line["line"].is_number()
    });
    assert!(logged, "{}", ended.log);
}

#[test]
fn another_partnership_runs_the_same_program_on_its_own_folders() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("county")).unwrap();
    let with = ["--toolkits", "mine", "--reference", "county"];
    broken_toolkits(folder.path(), FILE, "title = \"", "title = \"Ours: ");
    let service = Service::start(folder.path(), &with);
    let (status, _, page) = service.ask("/toolkits/refugees/right-to-work-checks");
    assert_eq!(status, 200);
    assert!(page.contains("Ours: "), "{page}");
    drop(service);
    let said = done(folder.path(), &["reindex", "--toolkits", "mine", "--reference", "county"]);
    assert!(!said.contains("Charter actions"), "{said}");
}

#[test]
fn without_reference_data_there_is_guidance_alone() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &["--reference", "none"]);
    assert_eq!(service.json("/health/ready")["change"], 0);
    drop(service);
    let said = done(folder.path(), &["reindex", "--reference", "none"]);
    assert!(said.contains("Our guidance") && !said.contains("Charter actions"), "{said}");
}
