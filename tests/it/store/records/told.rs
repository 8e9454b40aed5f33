//! What the change log says, and to whom.

use std::collections::BTreeSet;
use std::thread;

use pathways::domain::register::{
    CaseStudy, Organisation, Permission, Posture, Publication, RecordKind, Signature,
};
use pathways::domain::slug::Slug;
use pathways::store::changes::{Kind, Told};
use pathways::store::records;
use pathways::store::{Store, StoreError};

use super::doing::{
    author, changes_after, confirm, create, day, draft, end, find, ground, made, position, replace,
};
use super::fixture::{
    case_study, event, introduction, opening, organisation, pledge, posture, signature,
};
use super::merging::{merge, undo};
use crate::support::{TestStore, now};

on_both_databases!(
    what_is_public_is_told_to_everybody,
    what_is_hidden_is_told_to_coordinators_alone,
    what_turns_private_is_told_to_the_public_once_more,
    what_comes_into_view_or_leaves_it_with_its_organisation_is_told,
    a_change_has_the_name_and_the_kind_of_what_was_written,
    a_merge_of_drafts_is_told_to_nobody_outside,
    numbers_have_no_gap_whoever_writes_and_whatever_is_taken_back,
);

/// What the change log says since a number: kind, name, to whom.
fn since(store: &Store, seq: i64) -> Vec<(RecordKind, Slug, Told)> {
    let told = changes_after(store, seq).into_iter().map(|change| match change.kind {
        Kind::Record(kind) => (kind, change.slug, change.told),
        other => panic!("a change of {other}"),
    });
    told.collect()
}

/// To whom the last change was told.
fn last(store: &Store) -> Told {
    since(store, position(store) - 1).pop().unwrap().2
}

fn published_as(store: &Store, name: &Slug, publication: Publication) {
    let body = Organisation { publication, ..find::<Organisation>(store, name).body };
    replace(store, name, None, &draft(body)).unwrap();
}

async fn what_is_public_is_told_to_everybody(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Shown (fictional)"));
    assert_eq!(last(store), Told::Public);
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    assert_eq!(last(store), Told::Public);
    made(store, pledge(&owner, &year, "x"));
    assert_eq!(last(store), Told::Public);
    let stance = made(store, posture(&owner, "refugees"));
    assert_eq!(last(store), Told::Public);
    made(store, opening(&owner, "Baker"));
    assert_eq!(last(store), Told::Public);
    made(store, event("Seminar"));
    assert_eq!(last(store), Told::Public);
    made(store, case_study("Story"));
    assert_eq!(last(store), Told::Public);
    confirm::<Posture>(store, &stance, day(2026, 6, 1)).unwrap();
    assert_eq!(last(store), Told::Public);
    end::<Signature>(store, &year, day(2026, 6, 1)).unwrap();
    assert_eq!(last(store), Told::Public);
}

async fn what_is_hidden_is_told_to_coordinators_alone(t: TestStore) {
    let store = ground(&t);
    let mut hidden = organisation("Draft (fictional)");
    hidden.publication = Publication::Draft;
    let owner = made(store, hidden);
    assert_eq!(last(store), Told::Coordinators);
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    assert_eq!(last(store), Told::Coordinators);
    made(store, pledge(&owner, &year, "x"));
    assert_eq!(last(store), Told::Coordinators);
    made(store, opening(&owner, "Baker"));
    assert_eq!(last(store), Told::Coordinators);
    let mut held = event("Seminar");
    held.organisation = Some(owner.clone());
    made(store, held);
    assert_eq!(last(store), Told::Coordinators);
    confirm::<Organisation>(store, &owner, day(2026, 6, 1)).unwrap();
    assert_eq!(last(store), Told::Coordinators);
    let shown = made(store, organisation("Shown (fictional)"));
    let mut private = posture(&shown, "refugees");
    private.public = false;
    let private = made(store, private);
    assert_eq!(last(store), Told::Coordinators);
    confirm::<Posture>(store, &private, day(2026, 6, 1)).unwrap();
    assert_eq!(last(store), Told::Coordinators);
    made(store, introduction(&shown, "K1"));
    assert_eq!(last(store), Told::Coordinators);
    for permission in [Permission::Asked, Permission::Refused] {
        let mut study = case_study(permission.as_str());
        study.permission = permission;
        made(store, study);
        assert_eq!(last(store), Told::Coordinators, "{permission}");
    }
}

async fn what_turns_private_is_told_to_the_public_once_more(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Shown (fictional)"));
    let name = made(store, posture(&owner, "refugees"));
    let mut private = posture(&owner, "refugees");
    private.public = false;
    replace(store, &name, None, &draft(private.clone())).unwrap();
    assert_eq!(last(store), Told::Public, "the public must forget it");
    private.conditions = Some("More".to_owned());
    replace(store, &name, None, &draft(private)).unwrap();
    assert_eq!(last(store), Told::Coordinators);
    replace(store, &name, None, &draft(posture(&owner, "refugees"))).unwrap();
    assert_eq!(last(store), Told::Public);
    let study = made(store, case_study("Story"));
    let refused = CaseStudy { permission: Permission::Refused, ..case_study("Story") };
    replace(store, &study, None, &draft(refused)).unwrap();
    assert_eq!(last(store), Told::Public);
}

async fn what_comes_into_view_or_leaves_it_with_its_organisation_is_told(t: TestStore) {
    let store = ground(&t);
    let mut hidden = organisation("Coming (fictional)");
    hidden.publication = Publication::Draft;
    let owner = made(store, hidden);
    let open = made(store, posture(&owner, "refugees"));
    let mut private = posture(&owner, "prison-leavers");
    private.public = false;
    made(store, private);
    made(store, introduction(&owner, "K1"));
    let job = made(store, opening(&owner, "Baker"));
    let expected: BTreeSet<_> = [
        (RecordKind::Organisation, owner.clone(), Told::Public),
        (RecordKind::Posture, open, Told::Public),
        (RecordKind::Opening, job, Told::Public),
    ]
    .into();
    for publication in [Publication::Published, Publication::Withdrawn] {
        let before = position(store);
        published_as(store, &owner, publication);
        let told = since(store, before);
        assert_eq!(told.len(), expected.len(), "{told:?}");
        assert_eq!(BTreeSet::from_iter(told), expected, "{publication}");
    }
    let before = position(store);
    published_as(store, &owner, Publication::Draft);
    assert_eq!(since(store, before), [(RecordKind::Organisation, owner, Told::Coordinators)]);
}

async fn a_change_has_the_name_and_the_kind_of_what_was_written(t: TestStore) {
    let store = ground(&t);
    let before = position(store);
    let owner = create(store, &draft(organisation("Shown (fictional)"))).unwrap();
    let stance = create(store, &draft(posture(&owner.slug, "refugees"))).unwrap();
    assert_eq!((owner.change, stance.change), (before + 1, before + 2));
    let told = [
        (RecordKind::Organisation, owner.slug, Told::Public),
        (RecordKind::Posture, stance.slug, Told::Public),
    ];
    assert_eq!(since(store, before), told);
    assert!(changes_after(store, before).iter().all(|change| change.at == now()));
}

/// Every fifth write is taken back after all its rows were written.
async fn numbers_have_no_gap_whoever_writes_and_whatever_is_taken_back(t: TestStore) {
    const EACH: usize = 15;
    let store = ground(&t);
    let before = position(store);
    let owner = made(store, organisation("Busy (fictional)"));
    let write = |writer: usize, at: usize| {
        store.write_blocking(|conn| {
            let name = format!("{writer} {at}");
            match writer {
                0 => drop(records::create(conn, &draft(organisation(&name)), &author(), now())?),
                1 => drop(records::create(conn, &draft(opening(&owner, &name)), &author(), now())?),
                2 => drop(records::create(conn, &draft(event(&name)), &author(), now())?),
                _ => {
                    let met = draft(introduction(&owner, &name));
                    drop(records::create(conn, &met, &author(), now())?);
                }
            }
            if at % 5 == 4 { Err(StoreError::NotFound) } else { Ok(()) }
        })
    };
    thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || {
                for at in 0..EACH {
                    let written = write(writer, at);
                    assert_eq!(written.is_ok(), at % 5 != 4, "{written:?}");
                }
            });
        }
    });
    let kept = i64::try_from(4 * EACH * 4 / 5).unwrap();
    let changes = changes_after(store, before);
    assert!(changes.iter().map(|change| change.seq).eq(before + 1..=before + 1 + kept));
    let names: BTreeSet<_> = changes.iter().map(|change| (change.kind, &change.slug)).collect();
    assert_eq!(names.len(), changes.len(), "none is told of twice");
}

async fn a_merge_of_drafts_is_told_to_nobody_outside(t: TestStore) {
    let store = ground(&t);
    let hidden = |name: &str| {
        let mut body = organisation(name);
        body.publication = Publication::Draft;
        made(store, body)
    };
    let (from, into) = (hidden("Old (fictional)"), hidden("New (fictional)"));
    made(store, posture(&from, "refugees"));
    let told_since = |before| {
        let told = changes_after(store, before).into_iter();
        let public = told.filter(|change| change.told == Told::Public);
        public.map(|change| (change.kind.to_string(), change.slug)).collect::<Vec<_>>()
    };
    let before = position(store);
    merge(store, &from, &into).unwrap();
    undo(store, &from).unwrap();
    assert_eq!(told_since(before), []);
    // What stays behind leaves the view with its organisation, and comes back with it.
    let shown = made(store, organisation("Shown (fictional)"));
    let stays = made(store, posture(&shown, "refugees"));
    made(store, posture(&into, "refugees"));
    let before = position(store);
    merge(store, &shown, &into).unwrap();
    let both = [
        (RecordKind::Posture.to_string(), stays),
        (RecordKind::Organisation.to_string(), shown.clone()),
    ];
    assert_eq!(told_since(before), both);
    let before = position(store);
    undo(store, &shown).unwrap();
    assert_eq!(told_since(before), both);
}
