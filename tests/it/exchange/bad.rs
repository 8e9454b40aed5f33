//! Bad files: every refused row is told with line, field, class and reason, and never
//! with what stood in it.

use pathways::{
    app::exchange::{
        import::ExchangeError,
        report::SHOWN,
        rows::{FileError, Format},
    },
    domain::register::{
        CaseStudy, Event, KeptCourse, KeptNeed, Organisation, Pledge, Posture, Signature,
    },
};

use super::{Text, counts, county, csv, faults, kept, names, orders, taken, tried};
use crate::support::TestStore;

on_both_databases!(
    rules_over_several_fields_are_those_of_the_api,
    what_names_nothing_is_told_by_its_field,
    needs_and_runs_that_cannot_be_are_told_by_their_fields,
    ten_thousand_bad_rows_are_a_hundred_faults_and_counts,
);

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let t = TestStore::sqlite();
    let text = "name,kind,description\n\n\"Mill\n(fictional)\",employer,\"a\nb\r\nc\"\n\
         Hill,nonsense,\"secret \n value\"\n\nBrook,employer\n,,\nLake,employer,,,\nSea,employer,,x\n";
    for text in [text.to_owned(), text.replace("\r\n", "\n").replace('\n', "\r\n")] {
        let report = taken::<Organisation>(&t.store, &csv(&text));
        let told: Vec<_> = faults(&report).iter().map(|told| (told.0, told.1)).collect();
        let expected = [(3, "name"), (7, "kind"), (10, ""), (13, "")];
        assert_eq!(told, expected, "a name has one line; {:?}", faults(&report));
        assert_eq!((report.rows, report.refused), (5, 4), "what is empty says nothing");
    }
}

#[test]
fn no_fault_repeats_what_stood_in_the_file() {
    let t = TestStore::sqlite();
    let cells = format!("ZEBRA Co{}", ",zebra".repeat(11));
    let heads = "slug,kind,sic,size_band,anchor,website,publication,do_not_contact,identifiers,\
         sites,stated_on,voice";
    let file = csv(&format!("{heads}\n{cells}\n"));
    let report = taken::<Organisation>(&t.store, &file);
    assert_eq!(faults(&report).len(), 12, "all at once: {:?}", faults(&report));
    let told = format!("{:?} {:?}", report.faults, report.reasons).to_lowercase();
    assert!(!told.contains("zebra"), "{told}");
    let nested = "{\"name\":\"N\",\"kind\":\"employer\",\"sites\":[{\"label\":\"A\",\"zebra\":1}],\
         \"sic\":[12345,\"zebra\"],\"identifiers\":{\"zebra\":\"zebra\"}}\n";
    let report = taken::<Organisation>(&t.store, &Text(nested.into(), Format::JsonLines));
    let told: Vec<_> = faults(&report).iter().map(|told| (told.1, told.2)).collect();
    let expected = [
        ("sic/0", "number"),
        ("sic/1", "text of 5 characters"),
        ("identifiers", "group of fields"),
        ("sites/0", "number"),
    ];
    assert_eq!(told, expected);
    assert!(!format!("{:?}", report.faults).contains("zebra"));
}

async fn rules_over_several_fields_are_those_of_the_api(t: TestStore) {
    let store = county(&t);
    let firm = csv("slug,name,kind\nmill,Mill (fictional),employer\n");
    assert_eq!(kept(&taken::<Organisation>(store, &firm)), (1, 0, 0, 0));
    let told = |report: &pathways::app::exchange::report::Report| -> Vec<(u64, String, String)> {
        assert!(!report.kept);
        let told = faults(report);
        told.iter().map(|told| (told.0, told.1.to_owned(), told.2.to_owned())).collect()
    };
    let fault = |line: u64, field: &str, class: &str| (line, field.to_owned(), class.to_owned());

    let years = csv("organisation,charter,charter_version,starts_on,ends_on,signed_on\n\
         mill,oxfordshire-inclusive-economy,2023,2026-01-01,2027-06-30,2027-01-01\n\
         mill,oxfordshire-inclusive-economy,2023,2025-01-01,2024-06-30,\n");
    let report = taken::<Signature>(store, &years);
    let expected = [
        fault(2, "ends_on", "date-like"),
        fault(2, "signed_on", "date-like"),
        fault(3, "ends_on", "date-like"),
    ];
    assert_eq!(told(&report), expected);
    assert!(!format!("{:?}", report.faults).contains("2026-12-31"), "{:?}", report.faults);

    let list = "[{\"label\":\"A\"},{\"label\":\"A\",\"town\":\"Banbury\"}]".replace('"', "\"\"");
    let firms = format!(
        "name,kind,stated_on,until,sites\nHill,employer,2026-03-01,2026-02-01,\n\
         Lake,employer,2027-01-01,,\nSea,employer,,,\"{list}\"\n"
    );
    let expected = [
        fault(2, "until", "date-like"),
        fault(3, "stated_on", "date-like"),
        fault(4, "sites/1", "group of fields"),
    ];
    assert_eq!(told(&taken::<Organisation>(store, &csv(&firms))), expected);
    let events = csv("title,kind,starts_at,ends_at,summary\n\
         E,seminar,2026-12-01T10:00:00Z,2026-12-01T09:00:00Z,S\n");
    assert_eq!(told(&taken::<Event>(store, &events)), [fault(2, "ends_at", "date-like")]);
    let studies = csv("title,summary,permission,published_on\nT,S,asked,2026-03-01\n");
    let report = taken::<CaseStudy>(store, &studies);
    assert_eq!(told(&report), [fault(2, "published_on", "date-like")]);
    let postures = csv("organisation,cohort,stance,offences\n\
         mill,prison-leavers,open,\"{\"\"stance\"\":\"\"listed\"\"}\"\n");
    assert_eq!(told(&taken::<Posture>(store, &postures)), [fault(2, "offences/groups", "empty")]);
}

async fn what_names_nothing_is_told_by_its_field(t: TestStore) {
    let store = county(&t);
    let firm = csv("slug,name,kind,recognitions\n\
         mill,Mill (fictional),employer,\"[{\"\"scheme\"\":\"\"nothing\"\",\"\"check\"\":\"\"unchecked\"\"}]\"\n");
    let report = taken::<Organisation>(store, &firm);
    assert_eq!(faults(&report)[0].1, "recognitions", "{:?}", faults(&report));
    let pledges = csv("signature,organisation,action,stance,commitment,text\n\
         nothing,nobody,Z99,employer,start,Try.\n");
    let report = taken::<Pledge>(store, &pledges);
    let fields: Vec<_> = faults(&report).iter().map(|told| told.1).collect();
    assert_eq!(fields, ["organisation", "signature", "action"], "all at once");
    let years = csv("organisation,charter,charter_version,starts_on,ends_on\n\
         nobody,nothing,1,2026-01-01,2026-12-31\n");
    let report = taken::<Signature>(store, &years);
    let fields: Vec<_> = faults(&report).iter().map(|told| told.1).collect();
    assert_eq!(fields, ["organisation", "charter", "charter_version"]);
}

async fn needs_and_runs_that_cannot_be_are_told_by_their_fields(t: TestStore) {
    use serde_json::json;
    let store = county(&t);
    let run = |run: serde_json::Value| {
        let course = json!({"provider": "activate-learning", "title": "Evening kitchen",
            "course_type": "skills-bootcamp", "summary": "Ten evenings.", "runs": [run]});
        let report =
            taken::<KeptCourse>(store, &Text(format!("{course}\n").into(), Format::JsonLines));
        let fields: Vec<String> = faults(&report).iter().map(|told| told.1.to_owned()).collect();
        fields.join(" ")
    };
    for (fields, at) in [
        (json!({"starts_on": "2027-02-01", "ends_on": "2027-01-31"}), "runs/0/ends_on"),
        (json!({"flexible_start": true, "places": 0}), "runs/0/places"),
        (json!({"flexible_start": true, "places": -3}), "runs/0/places"),
        (json!({"places": 3}), "runs/0/starts_on"),
    ] {
        assert_eq!(run(fields.clone()), at, "{fields}");
    }
    let head = "partnership,title,place,travel_miles,start_by,modes,cohorts,organisation\n";
    for (row, at) in [
        ("care,N,12 High Street,,,,,", "place"),
        ("care,N,OX16,7,,,,", "travel_miles"),
        ("care,N,,20,,,,", "travel_miles"),
        ("care,N,,,tomorrow,,,", "start_by"),
        ("care,N,,,,telepathy,,", "modes/0"),
        ("care,N,,,,,,nobody", "organisation"),
        ("care,N,OX16,-5,,,,", "travel_miles"),
    ] {
        let report = taken::<KeptNeed>(store, &csv(&format!("{head}{row}\n")));
        let fields: Vec<_> = faults(&report).iter().map(|told| told.1).collect();
        assert_eq!(fields, [at], "{row}");
    }
    let good = format!("{head}care,Night care workers,ox16 5qa,20,2027-04-30,online,refugees,\n");
    assert_eq!(kept(&taken::<KeptNeed>(store, &csv(&good))).0, 1);
    let written = super::given::<KeptNeed>(store, Format::JsonLines);
    let written = String::from_utf8(written.0).unwrap();
    assert!(written.contains("\"OX16\"") && !written.to_uppercase().contains("5QA"));
}

async fn ten_thousand_bad_rows_are_a_hundred_faults_and_counts(t: TestStore) {
    use std::fmt::Write;
    let mut text = "name,kind,postcode\n".to_owned();
    for row in 0..10_000 {
        let kind = if row % 4 == 0 { "nonsense" } else { "employer" };
        writeln!(text, "Firm {row},{kind},zebra{row}").unwrap();
    }
    let report = taken::<Organisation>(&t.store, &csv(&text));
    assert_eq!((report.rows, counts(&report), report.kept), (10_000, (0, 0, 0, 10_000), false));
    assert_eq!(report.faults.len(), SHOWN);
    assert_eq!(report.fault_count(), 12_500);
    let counted: Vec<_> =
        report.reasons.iter().map(|((field, _), n)| (field.as_str(), *n)).collect();
    assert_eq!(counted, [("kind", 2_500), ("postcode", 10_000)]);
    assert!(names::<Organisation>(&t.store).is_empty());
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let (t, marked) = (TestStore::sqlite(), TestStore::sqlite());
    let plain = "name,kind\nMill (fictional),employer\n\"Hill, (fictional)\",charity\n";
    let other = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert_eq!(kept(&taken::<Organisation>(&t.store, &csv(plain))), (2, 0, 0, 0));
    assert_eq!(kept(&taken::<Organisation>(&marked.store, &csv(&other))), (2, 0, 0, 0));
    assert_eq!(names::<Organisation>(&t.store), names::<Organisation>(&marked.store));
    let json = "\u{feff}{\"name\":\"Mill (fictional)\",\"kind\":\"employer\"}\r\n\r\n";
    let file = Text(json.into(), Format::JsonLines);
    assert_eq!(kept(&taken::<Organisation>(&t.store, &file)), (0, 0, 1, 0));
}

#[test]
fn an_empty_file_and_wrong_headings_are_said_at_once() {
    let t = TestStore::sqlite();
    let failed = |text: &str| match tried::<Organisation>(&t.store, &csv(text), orders()) {
        Err(ExchangeError::File(error)) => error,
        other => panic!("{text:?}: {other:?}"),
    };
    assert!(matches!(failed(""), FileError::Empty));
    assert!(matches!(failed("\n\n"), FileError::Empty));
    let FileError::Columns(wrong) = failed("Mill (fictional),employer,,x\n") else { panic!() };
    assert_eq!(wrong.len(), 4, "{wrong:?}");
    let report = taken::<Organisation>(&t.store, &csv("name,kind\n"));
    assert_eq!(kept(&report), (0, 0, 0, 0), "headings alone are a table of no rows");
}

#[test]
fn bytes_that_are_no_text_are_told_and_nothing_breaks() {
    let t = TestStore::sqlite();
    let latin = Text(b"name,kind\nCaf\xe9,employer\n".to_vec(), Format::Csv);
    let report = taken::<Organisation>(&t.store, &latin);
    let reason = "it is not UTF-8: save the file as \"CSV UTF-8\"";
    assert_eq!(faults(&report), [(2, "name", "4 bytes", reason)]);
    let nul = csv("name,kind,description\nA\0B,employer,\nC,employer,\u{7}\n");
    let report = taken::<Organisation>(&t.store, &nul);
    let told: Vec<_> = faults(&report).iter().map(|told| (told.0, told.1, told.3)).collect();
    let reason = "it holds a control character";
    assert_eq!(told, [(2, "name", reason), (3, "description", reason)]);
    let long = csv(&format!("name,kind,description\nA,employer,{}\n", "x".repeat(1 << 20)));
    let report = taken::<Organisation>(&t.store, &long);
    let expected =
        (2, "description", "text of 1048576 characters", "at most 4000 characters are kept");
    assert_eq!(faults(&report), [expected]);
    let json = format!("nonsense\n[]\n{{\"name\":\"{}\"}}\n{{\"kind\":\n", "x".repeat(5 << 20));
    let report = taken::<Organisation>(&t.store, &Text(json.into(), Format::JsonLines));
    let lines: Vec<_> = faults(&report).iter().map(|told| told.0).collect();
    assert_eq!(lines, [1, 2, 3, 4]);
    let open = csv("name,kind\n\"Mill,employer\nHill,employer\n");
    let report = taken::<Organisation>(&t.store, &open);
    assert!(faults(&report)[0].3.contains("is a quote left open?"), "{:?}", faults(&report));
}

#[test]
fn a_text_that_looks_like_a_persons_is_told_and_taken() {
    let t = TestStore::sqlite();
    let heads = "title,kind,starts_at,summary,voice,stated_on,fictional";
    let rows = [
        "Open day,visit,2026-12-01T09:30:00Z,Come along.,partnership,2026-03-01,true",
        "Seminar,seminar,2026-12-01T09:30:00Z,Ring 07700 900123.,partnership,2026-03-01,true",
    ];
    let report = taken::<Event>(&t.store, &csv(&format!("{heads}\n{}\n", rows.join("\n"))));
    assert_eq!(kept(&report), (2, 0, 0, 0));
    let told: Vec<_> = report.warnings.iter().map(|w| (w.line, w.wrong.field.as_str())).collect();
    assert_eq!((report.warned, told), (1, vec![(3, "summary")]));
    assert!(!format!("{:?}", report.warnings).contains("900123"));
}
