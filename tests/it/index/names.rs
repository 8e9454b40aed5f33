//! An organisation is found by its name, however it is typed.

use pathways::domain::search::{Document, Facet, Question, ReasonCode};

use super::{Dice, ask, ask_both, names, organisations, question, slip, view};

/// The words of a title that tell one organisation from another.
fn told(title: &str) -> String {
    title.trim_end_matches(" (fictional)").to_owned()
}

/// The place of a document among the first five, by its name.
fn found(view: &pathways::search::register::View, text: &str, document: &Document) -> bool {
    let asked = Question { per_page: 5, ..question(text) };
    ask(view, &asked).hits.iter().any(|hit| hit.title == document.title)
}

#[test]
fn each_name_with_one_slip_finds_it_among_the_first_five() {
    let documents = organisations(300);
    let view = view(&documents);
    let mut dice = Dice::new(11);
    let mut missed = Vec::new();
    for document in names(&documents) {
        let typed = slip(&told(&document.title), &mut dice);
        if !found(&view, &typed, document) {
            missed.push(format!("{typed} for {}", document.title));
        }
    }
    assert!(missed.is_empty(), "{} of 300 missed: {missed:#?}", missed.len());
}

#[test]
fn a_half_typed_or_joined_name_finds_it() {
    let documents = organisations(120);
    let view = view(&documents);
    for document in names(&documents) {
        let name = told(&document.title);
        let words: Vec<&str> = name.split(' ').collect();
        let half: String = words[0].chars().take(words[0].len() - 2).collect();
        assert!(found(&view, &half, document), "{half} for {name}");
        let joined = format!("{}{}", words[0], words[1]);
        assert!(found(&view, &joined, document), "{joined} for {name}");
    }
}

#[test]
fn completions_are_titles_that_begin_so_and_guidance_keeps_its_own() {
    let documents = organisations(200);
    let view = view(&documents);
    let guidance = shown_guidance();
    for document in names(&documents).take(40) {
        let first = document.title.split(' ').next().unwrap();
        let half: String = first.chars().take(4).collect();
        let groups = view.suggest_with(&guidance.index, &half).unwrap();
        let titles: Vec<&str> = groups
            .iter()
            .flat_map(|group| &group.completions)
            .map(|one| one.text.as_str())
            .collect();
        let begins = |title: &&str| {
            title
                .to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| w.starts_with(&half.to_lowercase()))
        };
        let fitting = names(&documents).filter(|d| begins(&d.title.as_str())).count();
        let shown = titles.iter().filter(|title| title.ends_with("(fictional)")).count();
        assert_eq!(shown, fitting.min(5), "{half}: {titles:?}");
    }
    let alone = guidance.index.suggest("right to").unwrap();
    assert_eq!(view.suggest_with(&guidance.index, "right to").unwrap(), alone);
}

#[test]
fn a_name_beats_guidance_that_shares_a_word_with_it() {
    let documents = organisations(200);
    let view = view(&documents);
    for document in names(&documents).take(50) {
        let answer = ask_both(&view, &question(&told(&document.title)));
        assert_eq!(answer.hits[0].title, document.title);
    }
}

#[test]
fn the_small_change_of_a_sentence_is_meant_as_it_stands() {
    let mut documents = organisations(5);
    for (document, _) in &mut documents {
        document.summary = "Kitchen staff last year.".to_owned();
    }
    let view = view(&documents);
    let filters = vec![(Facet::Kind, "organisation".to_owned())];
    let answer = ask_both(&view, &Question { filters, ..question("kitchn near us") });
    let read: Vec<&str> = answer
        .hits
        .iter()
        .flat_map(|hit| &hit.reasons)
        .filter(|reason| reason.code == ReasonCode::Corrected)
        .map(|reason| reason.text.as_str())
        .collect();
    assert!(read.iter().any(|text| text.contains("kitchn")), "{read:?}");
    assert!(!read.iter().any(|text| text.contains("year")), "{read:?}");
}

fn shown_guidance() -> std::sync::Arc<pathways::app::Snapshot> {
    crate::shown::state().snapshot()
}
