//! All of a file or nothing, unless told otherwise; and nothing at all in a dry run.

use pathways::{
    app::exchange::{
        import::{Faulty, Orders, Run},
        rows::Format,
    },
    domain::register::{Opening, Organisation},
    store::audit,
};

use super::{counts, csv, faults, given, kept, names, orders, taken, tried};
use crate::{store::records::doing::position, support::TestStore};

on_both_databases!(
    one_bad_row_keeps_out_all_of_them,
    a_row_that_only_the_register_refuses_keeps_out_all_of_them,
    what_is_good_is_kept_where_one_is_told_to_go_on,
    a_dry_run_tells_the_same_and_writes_nothing,
    the_same_file_twice_changes_nothing,
    every_write_of_an_import_has_its_author,
);

const MIXED: &str = "slug,name,kind\na,A (fictional),employer\nb,B (fictional),nonsense\n\
     c,C (fictional),charity\n";

const GO_ON: Faulty = Faulty::LeaveOut;

async fn one_bad_row_keeps_out_all_of_them(t: TestStore) {
    let report = taken::<Organisation>(&t.store, &csv(MIXED));
    assert_eq!((report.rows, counts(&report), report.kept), (3, (0, 0, 0, 1), false));
    assert_eq!((names::<Organisation>(&t.store), position(&t.store)), (vec![], 0));
}

async fn a_row_that_only_the_register_refuses_keeps_out_all_of_them(t: TestStore) {
    // What is wrong by itself and what the register refuses are told at once.
    let firm = csv("slug,name,kind\nmill,Mill (fictional),employer\n");
    assert_eq!(kept(&taken::<Organisation>(&t.store, &firm)), (1, 0, 0, 0));
    let jobs = csv("slug,organisation,title,work_type\na,mill,Miller,kitchen\n\
         b,nobody,Baker,kitchen\nc,mill,Driver,driving\nd,mill,Cook,eating\n");
    let before = position(&t.store);
    let report = taken::<Opening>(&t.store, &jobs);
    assert_eq!((counts(&report), report.kept), ((0, 0, 0, 2), false));
    let told: Vec<_> = faults(&report).iter().map(|told| (told.0, told.1, told.2)).collect();
    assert_eq!(told, [(3, "organisation", "name"), (5, "work_type", "text of 6 characters")]);
    assert_eq!((names::<Opening>(&t.store), position(&t.store)), (vec![], before));
    let orders = Orders { faulty: GO_ON, ..orders() };
    assert_eq!(kept(&tried::<Opening>(&t.store, &jobs, orders).unwrap()), (2, 0, 0, 2));
}

async fn what_is_good_is_kept_where_one_is_told_to_go_on(t: TestStore) {
    let orders = Orders { faulty: GO_ON, ..orders() };
    let report = tried::<Organisation>(&t.store, &csv(MIXED), orders).unwrap();
    assert_eq!(kept(&report), (2, 0, 0, 1));
    assert_eq!(faults(&report).len(), 1);
    assert_eq!(names::<Organisation>(&t.store).len(), 2);
    let again = tried::<Organisation>(&t.store, &csv(MIXED), orders).unwrap();
    assert_eq!(kept(&again), (0, 0, 2, 1));
}

async fn a_dry_run_tells_the_same_and_writes_nothing(t: TestStore) {
    let dry = Orders { faulty: GO_ON, run: Run::Dry, ..orders() };
    let said = tried::<Organisation>(&t.store, &csv(MIXED), dry).unwrap();
    assert!(!said.kept);
    assert_eq!((names::<Organisation>(&t.store), position(&t.store)), (vec![], 0));
    let done = tried::<Organisation>(&t.store, &csv(MIXED), Orders { run: Run::Real, ..dry });
    let done = done.unwrap();
    assert_eq!((counts(&said), faults(&said)), (kept(&done), faults(&done)));
    let strict = Orders { faulty: Faulty::RefuseAll, ..dry };
    let said = tried::<Organisation>(&t.store, &csv(MIXED), strict).unwrap();
    assert_eq!(counts(&said), (0, 0, 0, 1), "nothing would be done");
    let before = (position(&t.store), given::<Organisation>(&t.store, Format::Csv).0);
    let other = csv("slug,name,kind\na,Another (fictional),employer\n");
    let said = tried::<Organisation>(&t.store, &other, dry).unwrap();
    assert_eq!(counts(&said), (0, 1, 0, 0));
    assert_eq!((position(&t.store), given::<Organisation>(&t.store, Format::Csv).0), before);
}

async fn the_same_file_twice_changes_nothing(t: TestStore) {
    let file = csv("name,kind,company_number,town,employees,sic\n\
         Mill (fictional),employer,1234567,Banbury,10 to 49,\"1110, 10710\"\n\
         Mill (fictional),employer,7654321,Bicester,,\n");
    assert_eq!(kept(&taken::<Organisation>(&t.store, &file)), (2, 0, 0, 0));
    let before = (position(&t.store), given::<Organisation>(&t.store, Format::Csv).0);
    for days in [0, 1, 400] {
        let later = orders().at + chrono::Days::new(days);
        let orders = Orders { at: later, default_on: later.date(), ..orders() };
        let report = tried::<Organisation>(&t.store, &file, orders).unwrap();
        assert_eq!(kept(&report), (0, 0, 2, 0), "{days} days later");
    }
    assert_eq!((position(&t.store), given::<Organisation>(&t.store, Format::Csv).0), before);
}

async fn every_write_of_an_import_has_its_author(t: TestStore) {
    let orders = Orders { faulty: GO_ON, ..orders() };
    tried::<Organisation>(&t.store, &csv(MIXED), orders).unwrap();
    let lines = t.store.read_blocking(|conn| audit::page(conn, None, 10)).unwrap();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.actor == "operator"), "{lines:?}");
}
