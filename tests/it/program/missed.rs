//! Questions that found nothing: of those that are asked seldom no word is in any file or
//! log of the real program; from the fifth time on, sorted words and nothing else.

use std::{fs, path::Path};

use tempfile::tempdir;

use crate::program::running::{Service, done, signal};

/// A question that nothing answers, with marks in it.
const ASKED: &str = "/api/v1/search?q=Zqy8zebras+for+the+zqyxquaggas+qzymark7+zqyxokapi";
/// The same on the page, in another order.
const ON_THE_PAGE: &str = "/search?q=zqyxokapi+zqyxquagga";

/// The files below a folder, each as text in small letters.
fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if let Ok(bytes) = fs::read(&path) {
            found.push(String::from_utf8_lossy(&bytes).to_lowercase());
        }
    }
}

fn has(folder: &Path, mark: &str) -> bool {
    let mut all = Vec::new();
    files(folder, &mut all);
    assert!(all.iter().map(String::len).sum::<usize>() > 100_000, "the database is among them");
    all.iter().any(|text| text.contains(mark))
}

fn times(service: &Service, path: &str, count: usize) {
    for _ in 0..count {
        assert_eq!(service.ask(path).0, 200);
    }
}

#[test]
fn of_what_is_asked_seldom_no_word_is_kept_and_of_what_is_asked_often_sorted_words_alone() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("tmp")).unwrap();
    let service = Service::start(folder.path(), &[]);
    times(&service, ASKED, 2);
    times(&service, ON_THE_PAGE, 2);
    done(folder.path(), &["backup", "kept.db"]);
    let ended = service.stop("TERM");
    for mark in ["zqy", "qzymark", "quagga"] {
        assert!(!ended.log.to_lowercase().contains(mark), "{}", ended.log);
        assert!(!has(folder.path(), mark), "{mark}");
    }

    // Counted on from what was stored at the end.
    let service = Service::start(folder.path(), &[]);
    times(&service, ON_THE_PAGE, 1);
    let ended = service.stop("TERM");
    assert!(has(folder.path(), "zqyxokapi zqyxquagga"), "it was asked five times");
    for mark in ["zqy8", "zebra", "qzymark", "zqyxquaggas"] {
        assert!(!has(folder.path(), mark), "{mark}");
    }
    assert!(!ended.log.to_lowercase().contains("zqy"), "{}", ended.log);
}

#[test]
fn what_was_counted_when_the_program_is_killed_is_lost_without_harm() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("tmp")).unwrap();
    let service = Service::start(folder.path(), &[]);
    times(&service, ON_THE_PAGE, 4);
    signal(&service.id(), "KILL");
    let log = service.stop_reading();
    assert!(!log.contains("zqyx"), "{log}");
    assert!(!has(folder.path(), "zqyx"));
    let service = Service::start(folder.path(), &[]);
    times(&service, ON_THE_PAGE, 1);
    assert_eq!(service.stop("TERM").code, Some(0));
}
