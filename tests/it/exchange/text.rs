//! Any text comes back letter by letter, and nothing that is exported runs in a
//! spreadsheet.

use pathways::{
    app::exchange::rows::Format,
    domain::register::{Organisation, Site},
};
use proptest::{collection::vec, prelude::*, string::string_regex};

use super::{csv, given, kept, taken};
use crate::{
    store::{
        fixture::slug,
        records::{
            doing::{create, draft, find, position},
            fixture::organisation,
        },
    },
    support::TestStore,
};

/// Text that spreadsheets, separators, quotes and directions trip over.
fn prose() -> impl Strategy<Value = String> {
    let odd = "[-=+@\t'\";,|\\\\\r\n \u{200f}\u{202e}\u{feff}éß😀a1.]{1,24}";
    string_regex(odd).unwrap().prop_filter("says something", |text| !text.trim().is_empty())
}

/// The same in one line.
fn line() -> impl Strategy<Value = String> {
    let flat = |text: String| text.replace(char::is_control, "-");
    prose().prop_map(flat)
}

fn trimmed() -> impl Strategy<Value = String> {
    line().prop_map(|text| text.trim().to_owned())
}

fn body() -> impl Strategy<Value = Organisation> {
    let parts = (line(), vec(trimmed(), 0..3), prose(), line(), prose());
    parts.prop_map(|(name, mut aliases, description, label, address)| {
        aliases.sort();
        aliases.dedup();
        let (address, town) = (Some(address), Some(label.clone()));
        let site =
            Site { label, address, postcode: None, town, district: None, transport_note: None };
        Organisation {
            aliases,
            description: Some(description),
            sites: vec![site],
            ..organisation(&name)
        }
    })
}

#[test]
fn any_text_comes_back_and_nothing_runs() {
    proptest!(ProptestConfig::with_cases(64), |(body in body())| {
        let t = TestStore::sqlite();
        let mut draft = draft(body);
        draft.slug = Some(slug("firm"));
        create(&t.store, &draft).unwrap();
        for format in [Format::Csv, Format::JsonLines] {
            let (before, file) = (position(&t.store), given::<Organisation>(&t.store, format));
            let report = taken::<Organisation>(&t.store, &file);
            prop_assert_eq!((report.unchanged, report.refused), (1, 0), "{:?}", report.faults);
            prop_assert_eq!(position(&t.store), before);
        }
        // And into a register that has never seen it.
        let file = given::<Organisation>(&t.store, Format::Csv);
        let mut reader = csv::Reader::from_reader(file.0.as_slice());
        for row in reader.records() {
            for cell in &row.unwrap() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            }
        }
        let fresh = TestStore::sqlite();
        prop_assert_eq!(kept(&taken::<Organisation>(&fresh.store, &file)), (1, 0, 0, 0));
        prop_assert_eq!(find::<Organisation>(&fresh.store, &slug("firm")).body, draft.body);
        prop_assert_eq!(given::<Organisation>(&fresh.store, Format::Csv).0, file.0);
    });
}

#[test]
fn an_apostrophe_before_a_formula_is_ours_and_any_other_its_own() {
    let t = TestStore::sqlite();
    let file = csv("slug,name,kind\na,'=1+1,employer\nb,'Tis Ours,employer\nc,=1+1,employer\n\
         d,''=1+1,employer\n");
    assert_eq!(kept(&taken::<Organisation>(&t.store, &file)), (4, 0, 0, 0));
    let name = |name| find::<Organisation>(&t.store, &slug(name)).body.name;
    assert_eq!(["a", "b", "c", "d"].map(name), ["=1+1", "'Tis Ours", "=1+1", "'=1+1"]);
    let out = String::from_utf8(given::<Organisation>(&t.store, Format::Csv).0).unwrap();
    let cells: Vec<_> = out.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(cells, ["'=1+1", "'Tis Ours", "'=1+1", "''=1+1"]);
}
