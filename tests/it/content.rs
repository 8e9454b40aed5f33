//! Content: from files to values, and what `check` says about them.

use pathways::content::{Files, check, load, reference};

#[test]
fn the_shipped_content_has_no_error_on_the_day_it_was_checked() {
    let loaded = load(&Files::built_in_toolkits());
    let r = reference::load(&Files::built_in_reference());
    let faults: Vec<String> =
        check(&loaded, &r, chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
            .iter()
            .map(ToString::to_string)
            .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
