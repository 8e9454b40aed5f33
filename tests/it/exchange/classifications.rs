//! Lists of codes in files, in both forms in which they are published.

use std::path::Path;

use pathways::{
    app::{
        classifications::Classifications,
        exchange::{
            classifications::{export, import},
            import::{Orders, Run},
            report::Report,
            rows::Format,
        },
    },
    domain::classification::Scheme,
};

use super::{Text, counts, faults, kept, orders};
use crate::{store::records::doing::position, support::TestStore};

on_both_databases!(
    a_table_and_lines_are_read_and_come_back,
    what_is_no_code_is_refused_by_its_line,
    where_a_list_is_loaded_a_code_must_stand_in_it,
    the_whole_public_lists_are_taken,
);

const TABLE: &str = "industrial-classification-2007\tname\tparent\tstart-date\tend-date\n\
     Q\tHuman health and \"social\" work\t\t\t\n\
     87\tResidential care\tindustrial-classification-2007:Q\t\t\n\
     87.10\tResidential nursing care\tindustrial-classification-2007:87.1\t\t\n\
     58.14/1\tPublishing of learned journals\tindustrial-classification-2007:58.14\t\t\n";
const LINES: &str =
    "\u{feff}6135: Care workers and home carers\r\n\r\n6131: Nursing auxiliaries: all\r\n";

fn takes(t: &TestStore, scheme: Scheme, text: &str, run: Run) -> Report {
    let file = Text(text.as_bytes().to_vec(), Format::Csv);
    let orders = Orders { run, ..orders() };
    import(&t.store, (scheme, "a file"), &file, orders, &mut |_| {}).unwrap()
}

async fn a_table_and_lines_are_read_and_come_back(t: TestStore) {
    for (scheme, text, count) in [(Scheme::Sic, TABLE, 4), (Scheme::Soc, LINES, 2)] {
        let before = position(&t.store);
        assert_eq!(counts(&takes(&t, scheme, text, Run::Dry)), (count, 0, 0, 0));
        assert_eq!(position(&t.store), before, "a dry run writes nothing");
        assert_eq!(kept(&takes(&t, scheme, text, Run::Real)), (count, 0, 0, 0));
        let after = position(&t.store);
        assert_eq!(after, before + 1, "followers are told");
        assert_eq!(kept(&takes(&t, scheme, text, Run::Real)), (0, 0, count, 0));
        let mut bytes = Vec::new();
        t.store.read_blocking(|conn| export(conn, scheme, &mut bytes)).unwrap();
        let out = String::from_utf8(bytes).unwrap();
        assert_eq!(kept(&takes(&t, scheme, &out, Run::Real)), (0, 0, count, 0), "{out}");
        assert_eq!(position(&t.store), after);
    }
    let known = t.store.read_blocking(Classifications::load).unwrap();
    assert_eq!(known.of(Scheme::Soc).title("6131"), Some("Nursing auxiliaries: all"));
    assert_eq!(known.of(Scheme::Sic).title("58141"), Some("Publishing of learned journals"));
    let loaded = known.of(Scheme::Sic);
    assert_eq!((loaded.loaded(), loaded.source.as_str()), (4, "a file"));
}

async fn what_is_no_code_is_refused_by_its_line(t: TestStore) {
    let bad = "6135: Care workers\n613: \nsix: Six\n6135: Others\n99999: Too long\nno colon\n";
    let report = takes(&t, Scheme::Soc, bad, Run::Real);
    assert_eq!((counts(&report), report.kept), ((0, 0, 0, 5), false));
    let told: Vec<_> = faults(&report).iter().map(|told| (told.0, told.1)).collect();
    assert_eq!(told, [(2, "title"), (3, "code"), (4, "code"), (5, "code"), (6, "code")]);
    let no_title = takes(&t, Scheme::Sic, "code\tparent\n87\tQ\n", Run::Real);
    assert_eq!(counts(&no_title), (0, 0, 0, 1));
    let empty = Text(Vec::new(), Format::Csv);
    assert!(import(&t.store, (Scheme::Sic, "x"), &empty, orders(), &mut |_| {}).is_err());
    assert_eq!(position(&t.store), 0);
}

async fn where_a_list_is_loaded_a_code_must_stand_in_it(t: TestStore) {
    let known = || t.store.read_blocking(Classifications::load).unwrap();
    assert_eq!(known().refusal(Scheme::Soc, "6139"), None, "the structure knows no better");
    takes(&t, Scheme::Soc, LINES, Run::Real);
    let why = known().refusal(Scheme::Soc, "6139").unwrap();
    assert!(why.contains("6135 Care workers and home carers"), "{why}");
    assert_eq!(known().refusal(Scheme::Soc, "6135"), None);
    assert_eq!(known().refusal(Scheme::Soc, "5434"), None, "of others nothing was loaded");
    let found = known();
    let found: Vec<_> =
        found.find(Scheme::Soc, "carers homes").iter().map(|one| &one.code).collect();
    assert_eq!(found, ["6135"]);
}

/// With the lists as they are published; without them there is nothing to see.
async fn the_whole_public_lists_are_taken(t: TestStore) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for (scheme, name, rows) in
        [(Scheme::Sic, "sic-2007.tsv", 1187), (Scheme::Soc, "soc-2020.txt", 412)]
    {
        let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
            eprintln!("{name} is not here");
            return;
        };
        let report = takes(&t, scheme, &text, Run::Real);
        assert_eq!(kept(&report), (rows, 0, 0, 0), "{:?}", report.faults);
        assert_eq!(kept(&takes(&t, scheme, &text, Run::Real)), (0, 0, rows, 0));
    }
    let known = t.store.read_blocking(Classifications::load).unwrap();
    let (sic, soc) = (known.of(Scheme::Sic), known.of(Scheme::Soc));
    for code in ["87100", "56101", "01110", "99999", "74990"] {
        assert!(sic.has(code), "{code}");
    }
    for code in ["87999", "00001", "58140"] {
        assert!(!sic.has(code), "{code}");
    }
    assert!(soc.has("6135") && !soc.has("6199"));
    // What ships agrees with the lists as far as they have the same codes.
    let shipped = Classifications::shipped();
    for one in shipped.of(Scheme::Sic).codes().filter(|one| one.code.len() < 3) {
        assert_eq!(
            sic.title(&one.code).map(|title| title.trim_end_matches('.')),
            Some(&*one.title)
        );
    }
    for one in soc.codes().filter(|one| one.code.len() == 4) {
        assert!(shipped.of(Scheme::Soc).has(&one.code), "{}", one.code);
    }
}
