//! What is exported imports back as it was: into itself, and into an empty register.

use pathways::{
    app::exchange::{kinds::Exchanged, rows::Format},
    domain::register::{
        CaseStudy, Draft, Event, Introduction, KeptAction, KeptCharter, KeptCourse, KeptNeed,
        KeptScheme, Opening, Organisation, Pledge, Posture, Signature,
    },
    store::{Conn, Store, records},
};

use super::{another, counts, county, csv, demonstrated, given, kept, names, taken};
use crate::{
    store::{
        fixture::slug,
        records::{
            doing::{author, create, find, full, ground, made, position},
            fixture, kept as keeping,
        },
    },
    support::{TestStore, now},
};

on_both_databases!(
    a_demonstration_imports_back_into_itself_unchanged,
    a_demonstration_moves_to_an_empty_register,
    every_field_of_every_kind_comes_back,
    what_has_ended_is_taken_whatever_became_of_its_year,
    a_merged_organisation_is_not_exported,
);

const FORMATS: [Format; 2] = [Format::Csv, Format::JsonLines];

fn comes_back<T: Exchanged>(store: &Store) {
    for format in FORMATS {
        let (before, file) = (position(store), given::<T>(store, format));
        let count = names::<T>(store).len() as u64;
        assert!(count > 0, "{}", T::KIND);
        assert_eq!(kept(&taken::<T>(store, &file)), (0, 0, count, 0), "{} {format:?}", T::KIND);
        assert_eq!(position(store), before, "{} {format:?}: nothing was written", T::KIND);
        assert_eq!(given::<T>(store, format).0, file.0, "{} {format:?}", T::KIND);
    }
}

fn moves<T: Exchanged>(from: &Store, to: &Store, format: Format) {
    let file = given::<T>(from, format);
    let report = taken::<T>(to, &file);
    assert_eq!(report.refused, 0, "{}: {:?}", T::KIND, report.faults);
    assert_eq!(kept(&report), (names::<T>(from).len() as u64, 0, 0, 0), "{}", T::KIND);
    let there = given::<T>(to, format);
    assert_eq!(String::from_utf8(there.0), String::from_utf8(file.0), "{}", T::KIND);
}

macro_rules! every_kind {
    ($function:ident $arguments:tt) => {
        $function::<Organisation> $arguments;
        $function::<Signature> $arguments;
        $function::<Pledge> $arguments;
        $function::<Posture> $arguments;
        $function::<Opening> $arguments;
        $function::<Event> $arguments;
        $function::<CaseStudy> $arguments;
        $function::<Introduction> $arguments;
    };
}

async fn a_demonstration_imports_back_into_itself_unchanged(t: TestStore) {
    let store = demonstrated(&t);
    every_kind!(comes_back(store));
    comes_back::<KeptNeed>(store);
    comes_back::<KeptCourse>(store);
    comes_back::<KeptAction>(store);
    comes_back::<KeptScheme>(store);
    comes_back::<KeptCharter>(store);
}

async fn a_demonstration_moves_to_an_empty_register(t: TestStore) {
    let from = demonstrated(&t);
    for format in FORMATS {
        let to = another(&t);
        let to = county(&to);
        every_kind!(moves(from, to, format));
    }
}

async fn every_field_of_every_kind_comes_back(t: TestStore) {
    let store = ground(&t);
    let mut body = fixture::rich_organisation();
    // Rules that the API has and the store leaves to it.
    "01234 567890".clone_into(&mut body.contacts[1].value);
    let owner = create(store, &full(body)).unwrap().slug;
    let other = made(store, fixture::organisation("Other (fictional)"));
    let year = create(store, &full(fixture::rich_signature(&owner))).unwrap().slug;
    create(store, &full(fixture::rich_pledge(&owner, &year))).unwrap();
    let mut posture = fixture::rich_posture(&owner);
    if let Some(release) = &mut posture.day_release {
        release.accepts = true;
    }
    create(store, &full(posture)).unwrap();
    let mut opening = fixture::rich_opening(&owner);
    opening.national = false;
    create(store, &full(opening)).unwrap();
    create(store, &full(fixture::rich_event(&owner))).unwrap();
    create(store, &full(fixture::rich_case_study(&owner))).unwrap();
    create(store, &full(fixture::rich_introduction(&owner, &other))).unwrap();
    let need = KeptNeed { organisation: Some(owner.clone()), ..keeping::rich_need() };
    create(store, &full(need)).unwrap();
    create(store, &full(keeping::rich_course())).unwrap();
    create(store, &full(keeping::rich_charter())).unwrap();
    let action = keeping::rich_action();
    create(store, &Draft { slug: None, ..full(action) }).unwrap();
    create(store, &full(keeping::rich_scheme())).unwrap();
    every_kind!(comes_back(store));
    comes_back::<KeptNeed>(store);
    comes_back::<KeptCourse>(store);
    comes_back::<KeptAction>(store);
    comes_back::<KeptScheme>(store);
    comes_back::<KeptCharter>(store);
    let empty = another(&t);
    let empty = ground(&empty);
    every_kind!(moves(store, empty, Format::Csv));
    moves::<KeptNeed>(store, empty, Format::Csv);
    moves::<KeptCourse>(store, empty, Format::JsonLines);
    moves::<KeptCharter>(store, empty, Format::Csv);
    moves::<KeptAction>(store, empty, Format::JsonLines);
    moves::<KeptScheme>(store, empty, Format::Csv);
    let course = |store| find::<KeptCourse>(store, &slug("a-name-of-its-own")).body;
    assert_eq!(course(store), course(empty));
    let promise = |store| find::<Pledge>(store, &owner).body;
    assert_eq!(promise(store), promise(empty), "numbers with all their places");
}

/// A pledge ended with its year, and the year that took its place shares its days.
async fn what_has_ended_is_taken_whatever_became_of_its_year(t: TestStore) {
    let store = county(&t);
    let firm = csv("slug,name,kind\nmill,Mill (fictional),employer\n");
    assert_eq!(kept(&taken::<Organisation>(store, &firm)), (1, 0, 0, 0));
    let years = csv(
        "slug,organisation,charter,charter_version,starts_on,ends_on,stated_on,ended_on\n\
         a-new,mill,oxfordshire-inclusive-economy,2023,2026-06-01,2027-05-31,2026-06-01,\n\
         b-old,mill,oxfordshire-inclusive-economy,2023,2026-01-01,2026-12-31,2026-01-01,2026-05-31\n",
    );
    assert_eq!(kept(&taken::<Signature>(store, &years)), (2, 0, 0, 0));
    let pledges = |ended: &str| {
        csv(&format!(
            "slug,signature,organisation,stance,commitment,text,stated_on,confirmed_on,ended_on\n\
             p,b-old,mill,employer,start,Try.,2026-01-02,2026-03-01,{ended}\n"
        ))
    };
    let report = taken::<Pledge>(store, &pledges(""));
    assert_eq!((counts(&report), report.kept), ((0, 0, 0, 1), false), "nothing begins in it");
    assert_eq!(kept(&taken::<Pledge>(store, &pledges("2026-05-31"))), (1, 0, 0, 0));
    assert_eq!(kept(&taken::<Pledge>(store, &pledges("2026-05-31"))), (0, 0, 1, 0));
    let report = taken::<Pledge>(store, &pledges(""));
    assert_eq!((counts(&report), report.kept), ((0, 0, 0, 1), false), "it stays ended");
}

async fn a_merged_organisation_is_not_exported(t: TestStore) {
    let store = county(&t);
    let firms =
        csv("slug,name,kind\nmill,Mill (fictional),employer\nmills,Mills (fictional),employer\n");
    assert_eq!(kept(&taken::<Organisation>(store, &firms)), (2, 0, 0, 0));
    let (from, into) = (slug("mills"), slug("mill"));
    let merged = |conn: &mut Conn| records::merge(conn, (&from, None), &into, (&author(), now()));
    store.write_blocking(merged).unwrap();
    let file = String::from_utf8(given::<Organisation>(store, Format::Csv).0).unwrap();
    assert!(file.contains("\nmill,") && !file.contains("\nmills,"), "{file}");
    let report = taken::<Organisation>(store, &firms);
    assert_eq!((counts(&report).3, report.kept), (1, false), "a name that leads elsewhere");
    assert_eq!(report.faults[0].wrong.reason, "the organisation was merged into another one");
}
