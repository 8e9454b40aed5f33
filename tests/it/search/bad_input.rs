//! Whatever is typed, search answers.

use super::ask;

#[test]
fn a_question_of_ten_thousand_characters_uses_64_words_and_names_the_rest() {
    let long = "refugees ".repeat(1_112);
    let answer = ask(&long);
    assert!(answer.total > 0);
    assert_eq!(answer.ignored.len(), 1_112 - 64);
    assert_eq!(ask(&"x".repeat(10_000)).total, 0);
}

#[test]
fn control_characters_and_odd_quotes_are_harmless() {
    for text in [
        "\u{0}",
        "share\u{0}code",
        "\"",
        "\"share code",
        "“share code",
        "a\"b\"c\"",
        "\u{202e}krow",
    ] {
        ask(text);
    }
    assert_eq!(ask("\"share code").total, ask("share code").total);
}

#[test]
fn an_empty_question_lists_everything_in_its_own_order() {
    let answer = ask("");
    assert_eq!(answer.total, answer.considered);
    assert_eq!(ask("   ").total, answer.total);
}

#[test]
fn words_that_nobody_wrote_are_named_as_ignored() {
    let answer = ask("zzzzqqq refugees");
    assert!(answer.total > 0);
    assert_eq!(answer.ignored, ["zzzzqqq"]);
}
