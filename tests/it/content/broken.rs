//! One fault at a time: what `check` says when a good folder is edited once.
//!
//! The edits and the expected lines stand in tests/content/faults.toml.

use std::collections::BTreeMap;

use super::{all_faults, good_reference, good_toolkits, lines};

/// One edit and the beginnings of all the lines that it must give.
#[derive(Debug, serde::Deserialize)]
struct Case {
    file: String,
    from: String,
    to: String,
    faults: Vec<String>,
}

fn each_is_reported(list: &str) {
    let text = include_str!("../../content/faults.toml");
    let cases: BTreeMap<String, Vec<Case>> = toml::from_str(text).unwrap();
    for case in &cases[list] {
        let (mut toolkits, mut folder) = (good_toolkits(), good_reference());
        let edited = toolkits.iter_mut().chain(&mut folder).find(|(path, _)| *path == case.file);
        let (_, text) = edited.unwrap_or_else(|| panic!("there is no {}", case.file));
        assert!(text.contains(&case.from), "{} has no {:?}", case.file, case.from);
        *text = text.replacen(&case.from, &case.to, 1);
        let faults = all_faults(toolkits, folder);
        let mut pairs = faults.iter().zip(&case.faults);
        let alike = pairs.all(|(fault, start)| fault.to_string().starts_with(start));
        assert!(
            alike && faults.len() == case.faults.len(),
            "{} with {:?} gave\n{}\nand not\n{}",
            case.file,
            case.to,
            lines(&faults),
            case.faults.join("\n")
        );
    }
}

#[test]
fn a_file_of_another_form_is_reported_by_line() {
    each_is_reported("form");
}

#[test]
fn a_source_that_is_missing_unused_or_not_official_is_reported_by_line() {
    each_is_reported("sources");
}

#[test]
fn a_value_that_no_list_knows_is_reported_by_line_with_the_nearest() {
    each_is_reported("lists");
}

#[test]
fn a_review_date_that_is_past_or_too_far_ahead_is_reported_by_line() {
    each_is_reported("dates");
}

#[test]
fn a_link_that_leads_nowhere_or_to_an_unlisted_page_is_reported_by_line() {
    each_is_reported("links");
}

#[test]
fn a_word_never_printed_is_reported_wherever_it_would_be_printed() {
    each_is_reported("words");
}

#[test]
fn what_people_type_and_what_others_called_their_work_may_have_any_word() {
    each_is_reported("allowed");
}

#[test]
fn names_and_titles_that_are_there_twice_are_reported() {
    each_is_reported("twice");
}

#[test]
fn markdown_that_would_not_be_shown_is_reported_by_line() {
    each_is_reported("markdown");
}

#[test]
fn what_is_only_clumsy_is_a_warning() {
    each_is_reported("warnings");
}

#[test]
fn a_reference_file_is_judged_by_the_same_rules() {
    each_is_reported("reference");
}

#[test]
fn an_invented_register_must_lead_somewhere_and_reach_nobody_real() {
    each_is_reported("invented");
}

#[test]
fn two_files_that_would_have_one_address_are_reported() {
    let mut files = good_toolkits();
    files.push(("gardening/99-part-01.md".into(), files[0].1.replace("Part 01", "Part 99")));
    let faults = all_faults(files, good_reference());
    assert!(
        lines(&faults).contains(
            "gardening/99-part-01.md: error: the name \"part-01\" is taken by gardening/01-part-01.md"
        ),
        "{}",
        lines(&faults)
    );
}

#[test]
fn a_toolkit_without_one_of_its_parts_is_reported() {
    let without = |path: &str| {
        let mut files = good_toolkits();
        files.retain(|(file, _)| file != path);
        lines(&all_faults(files, good_reference()))
    };
    assert_eq!(
        without("gardening/checklist.toml"),
        "gardening/toolkit.toml: error: there is no checklist.toml with steps"
    );
    assert_eq!(
        without("gardening/templates/refusal.md"),
        "gardening/toolkit.toml: error: 1 templates; at least 2 are needed"
    );
    assert_eq!(without("library.toml"), "library.toml: error: the file is missing");
    let stage_less = without("gardening/06-part-06.md");
    assert!(
        stage_less
            .contains("gardening/toolkit.toml: error: no section for the stages support-and-keep"),
        "{stage_less}"
    );
    let myth_less = without("gardening/01-part-01.md");
    assert!(
        myth_less.contains("gardening/toolkit.toml: error: no section has format = \"myths\""),
        "{myth_less}"
    );
}

#[test]
fn a_toolkit_with_too_few_sections_or_a_stray_file_is_reported() {
    let mut few = good_toolkits();
    few.retain(|(file, _)| {
        !["gardening/10-part-10.md", "gardening/11-part-11.md"].contains(&file.as_str())
    });
    let few = lines(&all_faults(few, good_reference()));
    assert_eq!(few, "gardening/toolkit.toml: error: 13 sections; at least 14 are needed");
    let mut stray = good_toolkits();
    stray.push(("gardening/notes.md".into(), "x".into()));
    let stray = lines(&all_faults(stray, good_reference()));
    assert!(stray.starts_with("gardening/notes.md: error: a toolkit holds"), "{stray}");
}

#[test]
fn a_toolkit_that_is_left_out_is_still_checked_as_far_as_it_could_be_read() {
    let mut files = good_toolkits();
    for (path, text) in &mut files {
        if path == "gardening/03-part-03.md" {
            *text = text.replace("\"select\"", "\"x\"");
        } else if path == "gardening/04-part-04.md" {
            *text = text.replace("\"safety\"", "\"saftey\"");
        }
    }
    assert_eq!(
        lines(&all_faults(files, good_reference())),
        "gardening/03-part-03.md:3: error: unknown stage \"x\"\n\
         gardening/04-part-04.md:4: error: unknown topic \"saftey\" (nearest: safety)"
    );
}
