//! Completions: only what exists.

use pathways::app::guidance;

use super::ask;
use crate::shown;

#[test]
fn completions_begin_at_two_letters() {
    let snapshot = shown::state().snapshot();
    assert!(guidance::suggest(&snapshot, "r").unwrap().is_empty());
    assert!(guidance::suggest(&snapshot, "").unwrap().is_empty());
    assert!(!guidance::suggest(&snapshot, "ri").unwrap().is_empty());
}

#[test]
fn every_completion_finds_something() {
    let snapshot = shown::state().snapshot();
    for typed in ["ri", "right to w", "pris", "men", "res", "dbs", "sector"] {
        for group in guidance::suggest(&snapshot, typed).unwrap() {
            for completion in group.completions {
                assert!(ask(&completion.text).total > 0, "{typed}: {completion:?}");
                assert!(completion.url.starts_with('/'));
            }
        }
    }
}

#[test]
fn what_nobody_wrote_has_no_completion() {
    let snapshot = shown::state().snapshot();
    assert!(guidance::suggest(&snapshot, "zzqx").unwrap().is_empty());
}
