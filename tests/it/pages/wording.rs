//! Words that are never printed, looked for as a reader would see them.

use pathways::domain::vocabulary::NeverPrint;

use super::markup::Element;
use crate::shown;

/// Every never-printed word in a page's text, with what stands around it.
///
/// Titles of other people's publications are theirs, and the names of Acts are
/// law; the box that was typed into holds what was typed.
pub fn found_in(page: &Element) -> Vec<String> {
    let theirs = |one: &Element| {
        one.attribute("rel").is_some_and(|rel| rel.contains("external"))
            || one.has_class("sources")
            || one.attribute("href").is_some_and(|to| to.starts_with("/library/"))
    };
    let text = page.text_without(&theirs);
    let text = without_acts(&text);
    let sentences: Vec<Vec<String>> = text.split(['\n', '.', ';', '“', '”']).map(words).collect();
    let snapshot = shown::state().snapshot();
    let never = &snapshot.vocabulary().never_print;
    let places = |one| sentences.iter().flat_map(move |words| places(words, one));
    never.iter().flat_map(places).collect()
}

fn places(all: &[String], never: &NeverPrint) -> Vec<String> {
    let wanted = words(&never.word);
    let last = wanted.len() - 1;
    let same = |(at, (have, want)): (usize, (&String, &String))| {
        have == want
            || (at == last
                && want.len() > 2
                && [format!("{want}s"), format!("{want}es")].contains(have))
    };
    let windows = all.windows(wanted.len()).enumerate();
    let hits = windows.filter(|(_, window)| window.iter().zip(&wanted).enumerate().all(same));
    let around = |at: usize| all[at.saturating_sub(5)..(at + 6).min(all.len())].join(" ");
    hits.map(|(at, _)| format!("{}: … {} …", never.word, around(at))).collect()
}

fn without_acts(text: &str) -> String {
    text.replace("Rehabilitation of Offenders", "").replace("Management of Offenders", "")
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}

#[test]
fn a_word_on_the_list_is_found_in_any_case_and_in_the_plural() {
    let page = |text: &str| Element::parse(&format!("<!DOCTYPE html><p>{text}</p>")).unwrap();
    assert_eq!(found_in(&page("The contract of a prison leaver")), Vec::<String>::new());
    for bad in ["an Ex-Con", "two convicts", "CONVICT"] {
        assert!(!found_in(&page(bad)).is_empty(), "{bad}");
    }
}
