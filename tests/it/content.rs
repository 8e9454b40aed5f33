//! Content: from files to values, and what `check` says about them.

use pathways::content::{Files, load, reference};

#[test]
fn the_shipped_content_has_no_error_on_the_day_it_was_checked() {
    let loaded = load(&Files::built_in_toolkits());
    let mut r = reference::load(&Files::built_in_reference());
    let d = reference::demo(&Files::built_in_reference(), &mut r.reference);
    let faults: Vec<String> =
        loaded.faults.iter().chain(&r.faults).chain(&d.faults).map(ToString::to_string).collect();
    for t in &loaded.toolkits {
        eprintln!("{} {} {} {}", t.slug, t.sections.len(), t.templates.len(), t.steps.len());
    }
    eprintln!(
        "{} {} {} {} {}",
        loaded.vocabulary.terms.len(),
        r.reference.partnerships.len(),
        r.reference.providers.len(),
        r.gazetteer.len(),
        d.employers.len()
    );
    eprintln!("{}", loaded.toolkits[0].sections[4].html);
    eprintln!("{:#?}", loaded.toolkits[0].sections[4].passages);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
