//! What is found: clumsy, misspelt, half-typed, colloquial, long.

use super::{ask, document, found, index, reviewed_by, search};

/// Asserts that one of the first `within` results is `id`.
fn first(text: &str, id: &str, within: usize) {
    let ids = found(text);
    let top = ids.get(..within.min(ids.len())).unwrap();
    assert!(top.iter().any(|one| one == id), "{text:?} gives {top:?}, not {id}");
}

#[test]
fn a_clumsy_question_finds_the_passage_first() {
    for (text, id) in [
        (
            "we want to hire refugees but HR are scared of right to work checks, where do I start",
            "refugees/right-to-work-checks",
        ),
        ("what is rotl and how does day release work", "prison-leavers/day-release-step-by-step"),
        ("menopause", "age-friendly/menopause-support"),
    ] {
        first(text, id, 1);
    }
    first("can we ask about convictions on the form?", "prison-leavers/fair-chance-policy", 2);
}

#[test]
fn misspelt_words_are_corrected_and_the_correction_is_told() {
    for (text, typed, used, id) in [
        ("menapause", "menapause", "menopause", "age-friendly/menopause-support"),
        ("rigth to work chekcs", "rigth", "right", "refugees/right-to-work-checks"),
        ("crb chek", "chek", "check", "prison-leavers/dbs-checks-by-role"),
    ] {
        first(text, id, 1);
        let corrections = ask(text).corrections;
        assert!(
            corrections.iter().any(|one| one.typed == typed && one.used == used),
            "{text}: {corrections:?}"
        );
    }
}

#[test]
fn two_words_written_as_one_are_found() {
    first("sharecode", "refugees/right-to-work-checks", 1);
}

#[test]
fn colloquial_and_outdated_words_lead_to_the_right_material() {
    first("army wives moving", "military-family/reach-military-partners", 1);
    first("crb", "prison-leavers/dbs-checks-by-role", 1);
    assert!(found("ex-offender").iter().any(|id| id.starts_with("prison-leavers/")));
    assert!(found("ex-ofender").iter().any(|id| id.starts_with("prison-leavers/")));
    assert!(found("ex-offen").iter().any(|id| id.starts_with("prison-leavers/")));
}

#[test]
fn abbreviations_numbers_and_short_words_are_never_corrected() {
    for text in ["ROTL", "ARC", "ECS", "rotl", "OX16", "2027"] {
        assert!(ask(text).corrections.is_empty(), "{text}");
    }
}

#[test]
fn a_long_question_does_not_fail_because_one_word_is_absent() {
    let with =
        "our supervisor zorblax asks whether the share code expires after ninety days or sooner";
    first(with, "refugees/right-to-work-checks", 1);
}

#[test]
fn only_stop_words_still_find_something() {
    assert!(ask("what to do").total > 0);
    assert!(ask("the").total > 0);
}

#[test]
fn a_phrase_in_quotes_occurs_in_everything_found_and_a_looser_question_is_offered() {
    let answer = ask("\"share code\"");
    assert!(answer.total > 0);
    let suggestion = answer.suggestion.unwrap();
    assert!(suggestion.total > answer.total);
    assert_eq!(ask(&suggestion.text).total, suggestion.total);
}

#[test]
fn a_phrase_that_nobody_wrote_is_relaxed_and_the_answer_says_so() {
    let answer = ask("\"work right refugees\"");
    assert!(answer.total > 0);
    assert!(answer.relaxed.unwrap().contains("exact phrase"));
}

#[test]
fn a_beginning_finds_more_documents_than_fifty_words_have() {
    let documents: Vec<_> = (0..120)
        .map(|n| {
            let word: String =
                format!("{n:03}").bytes().map(|b| char::from(b - b'0' + b'a')).collect();
            document(&format!("d{n}"), "Title", &format!("zeb{word}"))
        })
        .collect();
    assert_eq!(search(&index(documents), "zeb").total, 120);
}

#[test]
fn the_last_word_is_a_beginning_only_while_it_is_being_typed() {
    let index = index(vec![
        document("a", "One", "workshop"),
        document("b", "Two", "placement"),
        document("c", "Three", "work"),
    ]);
    assert_eq!(search(&index, "worksh").total, 1);
    assert_eq!(search(&index, "work").total, 2);
    assert_eq!(search(&index, "work ").total, 1);
}

#[test]
fn titles_count_more_than_bodies() {
    let index = index(vec![
        document("body", "Something else", "insurance is a word in here"),
        document("title", "Insurance", "something else is a word in here"),
    ]);
    assert_eq!(search(&index, "insurance ").hits[0].id, "title");
}

#[test]
fn stale_law_sinks_below_fresh_and_says_so() {
    let stale = document("a", "Checks", "right to work checks for everyone");
    let fresh = document("b", "Checks", "right to work checks for everyone");
    let stale = pathways::domain::search::Document {
        dates: Some(reviewed_by(2026, 11, 22)),
        legal: true,
        ..stale
    };
    let fresh = pathways::domain::search::Document {
        dates: Some(reviewed_by(2026, 11, 23)),
        legal: true,
        ..fresh
    };
    let answer = search(&index(vec![stale, fresh]), "right to work");
    let order: Vec<(&str, bool)> =
        answer.hits.iter().map(|hit| (hit.id.as_str(), hit.stale)).collect();
    assert_eq!(order, [("b", false), ("a", true)]);
    assert!(answer.hits[1].reasons.iter().any(|reason| reason.text.contains("review date")));
    assert!(answer.hits[1].parts.iter().any(|part| part.milli < 0));
}

#[test]
fn each_title_with_one_slip_finds_its_page_among_the_first_five() {
    let all = ask("").hits.len();
    let titles: Vec<(String, String)> = (1..=3)
        .flat_map(|page| {
            let question = pathways::domain::search::Question { page, ..super::question("") };
            let snapshot = crate::shown::state().snapshot();
            pathways::app::guidance::search(&snapshot, &question).unwrap().hits
        })
        .map(|hit| (hit.id, hit.title))
        .collect();
    assert!(titles.len() >= all);
    let mut missed = Vec::new();
    for (id, title) in &titles {
        let Some(slipped) = slip(title) else { continue };
        if !found(&slipped).iter().take(5).any(|one| one == id) {
            missed.push(slipped);
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

/// The title with two letters swapped inside its longest word.
fn slip(title: &str) -> Option<String> {
    let longest = title
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() >= 6)
        .max_by_key(|word| word.len())?;
    let (a, b) = (longest.get(2..3)?, longest.get(3..4)?);
    let slipped = format!("{}{b}{a}{}", longest.get(..2)?, longest.get(4..)?);
    Some(title.replace(longest, &slipped))
}
