//! Content: from files to values, and what `check` says about them.

use pathways::content::{Files, load};

#[test]
fn the_shipped_content_has_no_error_on_the_day_it_was_checked() {
    let loaded = load(&Files::built_in_toolkits());
    let faults: Vec<String> = loaded.faults.iter().map(ToString::to_string).collect();
    for t in &loaded.toolkits {
        eprintln!("{} {} {} {}", t.slug, t.sections.len(), t.templates.len(), t.steps.len());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
