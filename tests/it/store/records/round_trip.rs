//! What was written is read again, whichever way it is read.

use std::fmt::Debug;

use pathways::domain::register::{
    Draft, Identifier, Opening, Organisation, Posture, Record, RecordKind, Signature,
};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Topic};
use pathways::store::{Store, StoreError};
use proptest::test_runner::{Config, TestRunner};

use super::doing::{
    as_of, create, day, draft, everything, find, full, ground, history, made, page, replace,
};
use super::fixture::{
    case_study, event, introduction, opening, organisation, pledge, posture, rich_case_study,
    rich_event, rich_introduction, rich_opening, rich_organisation, rich_pledge, rich_posture,
    rich_signature, signature,
};
use super::generated;
use crate::store::fixture::slug;
use crate::support::{TestStore, now};

on_both_databases!(
    a_record_with_something_in_every_field_is_read_as_written,
    a_record_with_only_what_it_must_have_is_read_as_written,
    whatever_is_written_is_read_as_written,
    what_is_not_there_is_not_found,
    names_are_walked_through_in_order,
    an_organisation_is_found_by_its_number_and_by_how_it_is_called,
    a_record_tells_whose_it_is,
);

/// Writes a draft and reads it in every way there is.
fn is_read_as_written<T: Topic + Debug>(store: &Store, draft: &Draft<T>) -> Slug {
    let name = create(store, draft).unwrap().slug;
    assert_eq!(name, draft.name());
    let expected = Record {
        slug: name.clone(),
        version: 1,
        said: draft.said.clone(),
        confirmed_on: None,
        ended: None,
        fictional: draft.fictional,
        recorded_at: now(),
        doubted_on: None,
        body: draft.body.clone(),
    };
    is_everywhere(store, &expected);
    name
}

fn is_everywhere<T: Topic + Debug>(store: &Store, expected: &Record<T>) {
    let name = &expected.slug;
    assert_eq!(find::<T>(store, name), *expected);
    let names = [slug("no-such-record"), name.clone(), name.clone()];
    let all = store.read_blocking(|conn| records::find_all::<T>(conn, &names)).unwrap();
    assert_eq!(all.as_slice(), std::slice::from_ref(expected));
    let all = store.read_blocking(|conn| records::following::<T>(conn, None, 1_000)).unwrap();
    assert_eq!(all.iter().filter(|record| record.slug == *name).count(), 1);
    assert!(all.contains(expected));
    let (listed, total) = page::<T>(store, &everything());
    assert_eq!(total, u64::try_from(all.len()).unwrap());
    assert!(listed.contains(expected));
    let versions = history::<T>(store, name);
    let last = versions.last().unwrap();
    assert_eq!((&last.record, last.actor.as_str()), (expected, "token:7"));
    let number = expected.version;
    let one = store.read_blocking(|conn| records::version::<T>(conn, name, number)).unwrap();
    assert_eq!(one, *last);
    assert_eq!(as_of::<T>(store, name, last.effective_on).as_ref(), Some(expected));
}

async fn a_record_with_something_in_every_field_is_read_as_written(t: TestStore) {
    let store = ground(&t);
    let owner = is_read_as_written(store, &full(rich_organisation()));
    let other = made(store, organisation("Other (fictional)"));
    let year = is_read_as_written(store, &full(rich_signature(&owner)));
    is_read_as_written(store, &full(rich_pledge(&owner, &year)));
    is_read_as_written(store, &full(rich_posture(&owner)));
    is_read_as_written(store, &full(rich_opening(&owner)));
    is_read_as_written(store, &full(rich_event(&owner)));
    is_read_as_written(store, &full(rich_case_study(&owner)));
    is_read_as_written(store, &full(rich_introduction(&owner, &other)));
}

async fn a_record_with_only_what_it_must_have_is_read_as_written(t: TestStore) {
    let store = ground(&t);
    let owner = is_read_as_written(store, &draft(organisation("Bare (fictional)")));
    assert_eq!(owner, slug("bare-fictional"), "a name made of what it says");
    let year = is_read_as_written(store, &draft(signature(&owner, day(2026, 1, 24))));
    is_read_as_written(store, &draft(pledge(&owner, &year, "One trial.")));
    is_read_as_written(store, &draft(posture(&owner, "refugees")));
    is_read_as_written(store, &draft(opening(&owner, "Baker")));
    is_read_as_written(store, &draft(event("Seminar")));
    is_read_as_written(store, &draft(case_study("Story")));
    is_read_as_written(store, &draft(introduction(&owner, "K1")));
}

async fn whatever_is_written_is_read_as_written(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    let strategies = (
        generated::draft(slug("drawn"), generated::an_organisation("A".to_owned())),
        generated::draft(slug("drawn"), generated::a_posture(owner.clone(), "refugees")),
        generated::draft(slug("drawn"), generated::an_opening(owner.clone())),
        generated::draft(slug("drawn"), generated::a_pledge(owner, year)),
    );
    let mut runner =
        TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
    let run = runner.run(&strategies, |(first, second, third, fourth)| {
        is_read_after_either(store, &first);
        is_read_after_either(store, &second);
        is_read_after_either(store, &third);
        is_read_after_either(store, &fourth);
        Ok(())
    });
    run.unwrap();
}

/// Written as a new record the first time, over the last one from then on.
fn is_read_after_either<T: Topic + Debug>(store: &Store, draft: &Draft<T>) {
    let there = store.read_blocking(|conn| records::find::<T>(conn, &draft.name()));
    let Ok(old) = there else {
        is_read_as_written(store, draft);
        return;
    };
    let written = replace(store, &draft.name(), Some(old.version), draft).unwrap();
    let expected = Record {
        version: written.version,
        said: draft.said.clone(),
        fictional: draft.fictional,
        body: draft.body.clone(),
        ..old
    };
    is_everywhere(store, &expected);
}

async fn what_is_not_there_is_not_found(t: TestStore) {
    let store = ground(&t);
    let name = made(store, organisation("Here (fictional)"));
    let missing = slug("not-here");
    let read =
        |name: Slug| store.read_blocking(move |conn| records::find::<Organisation>(conn, &name));
    assert!(matches!(read(missing.clone()), Err(StoreError::NotFound)));
    assert!(read(name.clone()).is_ok());
    let wrong = store.read_blocking(|conn| records::find::<Posture>(conn, &name));
    assert!(matches!(wrong, Err(StoreError::NotFound)), "a name belongs to its kind");
    let past = store.read_blocking(|conn| records::history::<Organisation>(conn, &missing));
    assert!(matches!(past, Err(StoreError::NotFound)));
    let version = store.read_blocking(|conn| records::version::<Organisation>(conn, &name, 2));
    assert!(matches!(version, Err(StoreError::NotFound)));
    let replaced = replace(store, &missing, None, &draft(organisation("Nobody (fictional)")));
    assert!(matches!(replaced, Err(StoreError::NotFound)));
    let kind = RecordKind::Organisation;
    let owner = store.read_blocking(|conn| records::owner_of(conn, kind, &missing));
    assert!(matches!(owner, Err(StoreError::NotFound)));
    let state = store.read_blocking(|conn| records::state_of(conn, &missing)).unwrap();
    assert_eq!(state, None);
}

async fn names_are_walked_through_in_order(t: TestStore) {
    let store = ground(&t);
    let mut names: Vec<Slug> =
        (0..9).map(|at| made(store, organisation(&format!("Firm {}", at * 7 % 9)))).collect();
    names.sort();
    let (mut walked, mut after) = (Vec::new(), None::<Slug>);
    loop {
        let some = store
            .read_blocking(|conn| records::following::<Organisation>(conn, after.as_ref(), 2))
            .unwrap();
        let names_alone = store
            .read_blocking(|conn| {
                records::names_after(conn, RecordKind::Organisation, after.as_ref(), 2)
            })
            .unwrap();
        let some: Vec<Slug> = some.into_iter().map(|record| record.slug).collect();
        assert_eq!(some, names_alone);
        let Some(last) = some.last() else { break };
        after = Some(last.clone());
        walked.extend(some);
    }
    assert_eq!(walked, names);
}

async fn an_organisation_is_found_by_its_number_and_by_how_it_is_called(t: TestStore) {
    let store = ground(&t);
    let name = create(store, &full(rich_organisation())).unwrap().slug;
    made(store, organisation("Brook Bakery Wharf (fictional)"));
    let number =
        |scheme: &str, id: &str| Identifier { scheme: scheme.to_owned(), id: id.to_owned() };
    let asked = [number("GB-COH", "01234567"), number("GB-CHC", "01234567"), number("GB-X", "1")];
    let found = store.read_blocking(|conn| records::identified(conn, &asked)).unwrap();
    assert_eq!(found, [(asked[0].clone(), name.clone())]);
    let called = |text: &str, codes: &[&str]| {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        let found = store.read_blocking(|conn| records::namesakes(conn, text, &codes)).unwrap();
        found.into_iter().map(|one| (one.slug, one.town)).collect::<Vec<_>>()
    };
    let own = [(name, Some("Banbury".to_owned()))];
    assert_eq!(called("THE BROOK BAKERY (FICTIONAL) LTD", &[]), own);
    assert_eq!(called("Brooks", &[]), own, "by another name of it");
    assert_eq!(called("Brooks", &["OX16"]), own);
    assert_eq!(called("Brooks", &["SW1A"]), []);
    assert_eq!(called("Brook", &[]), []);
}

async fn a_record_tells_whose_it_is(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    let alone = made(store, event("Seminar"));
    let of = |kind, name: &Slug| {
        store.read_blocking(|conn| records::owner_of(conn, kind, name)).unwrap()
    };
    assert_eq!(of(RecordKind::Organisation, &owner), Some(owner.clone()));
    assert_eq!(of(RecordKind::Signature, &year), Some(owner));
    assert_eq!(of(RecordKind::Event, &alone), None);
    assert_eq!(page::<Opening>(store, &everything()).1, 0);
    assert_eq!(page::<Signature>(store, &everything()).1, 1);
}
