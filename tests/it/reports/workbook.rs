//! Tables as files: what a spreadsheet is given, and that nothing in it runs.

use std::io::{Cursor, Read};

use chrono::NaiveDate;
use pathways::{
    app::reports::{csv, xlsx},
    domain::table::{Cell, Column, Missing, Table},
};
use proptest::prelude::*;

fn table(words: &[String]) -> Table {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    Table {
        name: "odd",
        title: "Odd: words/and [figures] of a title that is far too long".to_owned(),
        definition: "What there is.".to_owned(),
        as_of: day,
        period: None,
        columns: vec![
            Column::text(33, ["words", "=Words", "Words that somebody wrote."]),
            Column::number(["count", "Count", "How many."]),
            Column::date(["day", "Day", "When."]),
            Column::percent(["share", "Share", "Which part."]),
        ],
        rows: words
            .iter()
            .map(|one| vec![Cell::text(one), Cell::Number(7), Cell::Date(day), Cell::Share(0.125)])
            .chain([vec![Cell::Blank, Cell::LeftOut, Cell::Blank, Cell::Blank]])
            .collect(),
        total: Some(vec![Cell::text("Total"), Cell::Number(7), Cell::Blank, Cell::Blank]),
        missing: vec![Missing::new("The day", 1, 4)],
        notes: vec!["A note.".to_owned()],
        sources: vec!["S1: A source".to_owned()],
        fictional: true,
    }
}

/// A part of a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

const ODD: [&str; 5] = ["=1+1", "@SUM(A1)", "-2", "\tx", "<b>&amp;\u{1}"];

fn odd() -> Table {
    table(&ODD.map(str::to_owned))
}

#[test]
fn a_workbook_has_a_frozen_header_widths_formats_and_a_sheet_about_itself() {
    let made = xlsx(&odd()).unwrap();
    let rows = part(&made, "xl/worksheets/sheet1.xml");
    for wanted in ["ySplit=\"1\"", "state=\"frozen\"", "<cols>", "width=\"33", "<autoFilter"] {
        assert!(rows.contains(wanted), "{wanted}: {rows}");
    }
    assert!(!rows.contains("<f>"), "nothing is a formula: {rows}");
    let styles = part(&made, "xl/styles.xml");
    for wanted in ["0.0%", "d mmm yyyy", "#,##0", "<b/>"] {
        assert!(styles.contains(wanted), "{wanted}: {styles}");
    }
    let book = part(&made, "xl/workbook.xml");
    assert!(book.contains("name=\"Odd wordsand figures of a title\""), "{book}");
    assert!(book.contains("name=\"About\""), "{book}");
    let words = part(&made, "xl/sharedStrings.xml");
    for wanted in [
        "=1+1",
        "What there is.",
        "23 November 2026",
        "Words that somebody wrote.",
        "Not stated: The day",
        "1 of 4 (25.0%)",
        "A note.",
        "S1: A source",
        "invented for a demonstration",
        "left out",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let made = xlsx(&odd()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(made == xlsx(&odd()).unwrap());
}

proptest! {
    #[test]
    fn a_line_of_csv_is_read_again_and_no_cell_of_it_runs(
        words in prop::collection::vec("['=+@a\t\r\n\",-]{0,4}\\PC{0,6}", 0..6),
    ) {
        let table = table(&words);
        let made = csv(&table).unwrap();
        let mut reader = ::csv::Reader::from_reader(made.as_slice());
        prop_assert_eq!(reader.headers().unwrap(), vec!["words", "count", "day", "share"]);
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), words.len() + 1);
        for (row, word) in rows.iter().zip(&words) {
            let cell = row.get(0).unwrap();
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            prop_assert!(cell == word || cell.strip_prefix('\'') == Some(word), "{} {}", cell, word);
            prop_assert_eq!(row.iter().skip(1).collect::<Vec<_>>(), ["7", "2026-11-23", "0.1250"]);
        }
        let last = rows.last().unwrap();
        prop_assert_eq!(last.iter().collect::<Vec<_>>(), ["", "left out", "", ""]);
    }
}
