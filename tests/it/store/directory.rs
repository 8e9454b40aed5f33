//! The directory from A to Z, and what records were on a day, many at once.

use chrono::{Days, NaiveDate};
use pathways::domain::access::Role;
use pathways::domain::register::{
    Draft, Ending, Organisation, OrganisationKind, Publication, Site, Statement, Voice,
};
use pathways::store::{StoreError, records, records::Author};

use super::fixture::slug;
use crate::support::{TestStore, now};

fn author() -> Author {
    Author { actor: "operator".to_owned(), role: Role::Admin, token: None }
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

fn site(label: &str, town: &str) -> Site {
    Site {
        label: label.to_owned(),
        address: None,
        postcode: None,
        town: Some(town.to_owned()),
        district: None,
        transport_note: None,
    }
}

fn organisation(name: &str, publication: Publication) -> Organisation {
    Organisation {
        name: name.to_owned(),
        aliases: vec![],
        kind: OrganisationKind::Charity,
        sector: Some(slug("education")),
        sic: vec![],
        size_band: None,
        anchor: None,
        description: None,
        website: None,
        publication,
        do_not_contact: false,
        identifiers: vec![],
        sites: vec![site("Office", "Banbury"), site("Shop", "Banbury"), site("Yard", "Thame")],
        contacts: vec![],
        recognitions: vec![],
    }
}

fn draft(name: &str, on: NaiveDate, body: Organisation) -> Draft<Organisation> {
    let said = Statement { voice: Voice::Partnership, by: None, on, until: None, source: None };
    Draft { slug: Some(slug(name)), said, fictional: true, body }
}

fn write(t: &TestStore, name: &str, title: &str, publication: Publication) {
    let draft = draft(name, day(0), organisation(title, publication));
    let create = |conn: &mut _| records::create(conn, &draft, &author(), now());
    t.store.write_blocking(create).unwrap();
}

async fn the_directory_goes_by_name_and_leaves_out_what_is_hidden_merged_or_ended(t: TestStore) {
    use Publication::{Draft, Published, Withdrawn};
    for (name, title, publication) in [
        ("z1", "The Bakery Ltd", Published),
        ("a1", "zebra works", Published),
        ("m1", "Ångström Labs", Published),
        ("b1", "Barn", Published),
        ("d1", "Draft Mill", Draft),
        ("w1", "Withdrawn Mill", Withdrawn),
        ("e1", "Ended Mill", Published),
        ("f1", "Former Barn", Published),
        ("n1", "3D Prints", Published),
    ] {
        write(&t, name, title, publication);
    }
    let change = |conn: &mut _| {
        let (from, into, by) = (slug("f1"), slug("b1"), author());
        records::merge(conn, (&from, None), &into, (&by, now()))?;
        let ending = Ending { on: day(9), reason: None };
        records::end::<Organisation>(conn, &slug("e1"), None, ending, (&by, now()))
    };
    t.store.write_blocking(change).unwrap();
    let read = |today, from, most| {
        let read = |conn: &mut _| records::directory(conn, today, (from, most));
        t.store.read_blocking::<_, StoreError>(read).unwrap()
    };
    let all = read(day(9), 0, 100);
    let names: Vec<&str> = all.listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["3D Prints", "Ångström Labs", "The Bakery Ltd", "Barn", "zebra works"]);
    assert_eq!(all.initials, [('3', 1), ('A', 1), ('B', 2), ('Z', 1)]);
    assert_eq!(all.total, 5);
    assert_eq!(all.listed[2].towns, ["Banbury", "Thame"]);
    let some = read(day(9), 1, 2);
    assert_eq!((some.listed.len(), some.total), (2, 5));
    assert_eq!(some.listed[0].name, "Ångström Labs");
    assert_eq!(read(day(8), 0, 100).total, 6, "the day before it ended it was there");
}

async fn many_records_are_told_for_a_day_as_each_alone_is(t: TestStore) {
    for name in ["one", "two", "late"] {
        write(&t, name, name, Publication::Published);
    }
    let change = |conn: &mut _| {
        let by = author();
        for (name, title, on) in
            [("one", "one again", 5), ("one", "one corrected", 5), ("two", "two again", 8)]
        {
            let next = draft(name, day(on), organisation(title, Publication::Published));
            records::replace(conn, &slug(name), None, &next, (&by, now()))?;
        }
        // Written last, but of an earlier day.
        let before = draft("two", day(3), organisation("two before", Publication::Published));
        records::replace(conn, &slug("two"), None, &before, (&by, now()))
    };
    t.store.write_blocking(change).unwrap();
    let slugs = ["two", "one", "late", "absent"].map(slug);
    let mut seen = Vec::new();
    for offset in 0..10 {
        let read = |conn: &mut _| {
            let many = records::all_as_of::<Organisation>(conn, &slugs, day(offset))?;
            for record in &many {
                let alone = records::as_of::<Organisation>(conn, &record.slug, day(offset))?;
                assert_eq!(*record, alone, "day {offset}");
            }
            Ok::<_, StoreError>(many)
        };
        let many = t.store.read_blocking(read).unwrap();
        assert_eq!(many.len(), 3);
        seen.push(many[1].body.name.clone());
    }
    assert_eq!(seen[4..6], ["one", "one corrected"]);
    let before =
        |conn: &mut _| records::all_as_of::<Organisation>(conn, &slugs, day(0) - Days::new(1));
    assert!(t.store.read_blocking::<_, StoreError>(before).unwrap().is_empty());
}

on_both_databases!(
    the_directory_goes_by_name_and_leaves_out_what_is_hidden_merged_or_ended,
    many_records_are_told_for_a_day_as_each_alone_is,
);
