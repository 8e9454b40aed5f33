//! Two entries for one organisation made one, and undone.

use std::fmt::Debug;

use chrono::{NaiveDateTime, TimeDelta};
use pathways::domain::register::{
    CaseStudy, Event, Introduction, Opening, Organisation, Pledge, Posture, Publication, Signature,
};
use pathways::domain::slug::Slug;
use pathways::store::changes::Told;
use pathways::store::records::{self, Merged, Topic};
use pathways::store::{Store, StoreError};

use super::doing::{
    author, changes_after, confirm, create, day, draft, end, find, ground, history, made, position,
    replace,
};
use super::fixture::{
    event, identifier, introduction, opening, organisation, pledge, posture, recognition,
    rich_case_study, rich_organisation, rich_pledge, rich_posture, signature, site,
};
use crate::store::fixture::{slug, words};
use crate::support::{TestStore, now};

on_both_databases!(
    what_both_have_is_united_and_the_kept_ones_word_stands,
    what_belongs_to_the_one_goes_to_the_other,
    an_opening_goes_to_the_site_it_was_at,
    what_would_stand_twice_stays_behind,
    the_old_name_leads_on_through_however_many_steps,
    what_cannot_be_merged_is_refused,
    what_was_merged_away_is_written_to_no_more,
);

pub fn merge(store: &Store, from: &Slug, into: &Slug) -> Result<Merged, StoreError> {
    store.write_blocking(|conn| records::merge(conn, (from, None), into, (&author(), now())))
}

fn undo_at(store: &Store, from: &Slug, at: NaiveDateTime) -> Result<Merged, StoreError> {
    store.write_blocking(|conn| records::undo_merge(conn, from, (&author(), at)))
}

pub fn undo(store: &Store, from: &Slug) -> Result<Merged, StoreError> {
    undo_at(store, from, now() + TimeDelta::days(30))
}

pub fn heir(store: &Store, name: &Slug) -> Option<Slug> {
    store.read_blocking(|conn| records::merged_into(conn, name)).unwrap()
}

pub fn conflict<T: Debug>(result: &Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::Conflict(_))), "{result:?}");
}

pub fn two(store: &Store) -> (Slug, Slug) {
    let from = made(store, organisation("Old (fictional)"));
    (from, made(store, organisation("New (fictional)")))
}

async fn what_both_have_is_united_and_the_kept_ones_word_stands(t: TestStore) {
    let store = ground(&t);
    let from = made(store, rich_organisation());
    let mut body = organisation("Brook’s Bread (fictional)");
    body.aliases = words(&["Brook's"]);
    body.sic = words(&["10710"]);
    body.website = Some("https://bread.example".to_owned());
    body.identifiers = vec![identifier("GB-COH", "9")];
    body.sites = vec![site("Bakery", "Bicester", "OX26"), site("Shop", "Bicester", "OX26")];
    body.recognitions = vec![recognition("bee", Some("silver")), recognition("ant", None)];
    let into = made(store, body.clone());
    let merged = merge(store, &from, &into).unwrap();
    assert_eq!((merged.into, merged.moved), (into.clone(), 0));
    let united = find::<Organisation>(store, &into);
    assert_eq!(united.version, 2);
    let (away, united) = (rich_organisation(), united.body);
    assert_eq!(united.name, body.name);
    let names = ["Brook's", "Brook Bakery (fictional)", "The Bakery — “Brook”"];
    assert_eq!(united.aliases, names);
    assert_eq!(united.sic, ["10710", "56101"]);
    assert_eq!(united.website, body.website);
    assert_eq!(united.description, away.description);
    assert_eq!((united.size_band, united.anchor), (away.size_band, away.anchor));
    assert!(united.do_not_contact, "a wish is for ever respected");
    assert_eq!(united.identifiers.len(), 3);
    let labels: Vec<&str> = united.sites.iter().map(|site| site.label.as_str()).collect();
    assert_eq!(labels, ["Bakery", "Shop", "Depot", "Bakery (brook-bakery-fictional)"]);
    assert_eq!(united.recognitions.len(), 3);
    assert_eq!(united.contacts, away.contacts);
    let left = find::<Organisation>(store, &from);
    assert_eq!(left.body.publication, Publication::Withdrawn);
    assert_eq!((left.version, left.body.identifiers.len()), (2, 0));
    let held = store.read_blocking(|conn| records::identified(conn, &united.identifiers)).unwrap();
    assert!(held.len() == 3 && held.iter().all(|(_, holder)| *holder == into));
}

/// It belongs to the other in its second version.
fn moved<T: Topic + Debug>(store: &Store, name: &Slug, into: &Slug) {
    let record = find::<T>(store, name);
    assert_eq!((record.body.owner(), record.version), (Some(into), 2), "{}", T::KIND);
    let versions = history::<T>(store, name);
    assert_eq!(versions[1].record, record);
    assert_ne!(versions[0].record.body.owner(), Some(into));
    let owner = store.read_blocking(|conn| records::owner_of(conn, T::KIND, name)).unwrap();
    assert_eq!(owner.as_ref(), Some(into));
}

async fn what_belongs_to_the_one_goes_to_the_other(t: TestStore) {
    let store = ground(&t);
    let (from, into) = two(store);
    let year = made(store, signature(&from, day(2026, 1, 24)));
    let promise = made(store, rich_pledge(&from, &year));
    let stance = made(store, rich_posture(&from));
    let job = made(store, opening(&from, "Baker"));
    let mut held = event("Seminar");
    held.organisation = Some(from.clone());
    let meeting = made(store, held);
    let study = made(store, rich_case_study(&from));
    let met = made(store, introduction(&from, "K1"));
    let before = position(store);
    let merged = merge(store, &from, &into).unwrap();
    assert_eq!(merged.moved, 7);
    assert_eq!(merged.change, before + 9);
    moved::<Signature>(store, &year, &into);
    moved::<Pledge>(store, &promise, &into);
    moved::<Posture>(store, &stance, &into);
    moved::<Opening>(store, &job, &into);
    moved::<Event>(store, &meeting, &into);
    moved::<CaseStudy>(store, &study, &into);
    moved::<Introduction>(store, &met, &into);
    let hidden = changes_after(store, before)
        .into_iter()
        .filter(|change| change.told == Told::Coordinators)
        .map(|change| change.slug);
    assert_eq!(hidden.collect::<Vec<_>>(), [stance, met], "what is private stays so");
}

async fn an_opening_goes_to_the_site_it_was_at(t: TestStore) {
    let store = ground(&t);
    let mut body = organisation("Old (fictional)");
    body.sites = vec![site("Head office", "Banbury", "OX16"), site("Shop", "Bicester", "OX26")];
    let from = made(store, body.clone());
    body = Organisation { name: "New (fictional)".to_owned(), ..body };
    body.sites[0].town = Some("Oxford".to_owned());
    let into = made(store, body);
    let at = |title: &str, label: &str| {
        let mut body = opening(&from, title);
        body.site = Some(label.to_owned());
        made(store, body)
    };
    let (office, shop) = (at("Clerk", "Head office"), at("Seller", "Shop"));
    merge(store, &from, &into).unwrap();
    let sites = find::<Organisation>(store, &into).body.sites;
    assert_eq!(sites.len(), 3, "a site that both have is one");
    let town_of = |name: &Slug| {
        let label = find::<Opening>(store, name).body.site.unwrap();
        sites.iter().find(|site| site.label == label).unwrap().town.clone().unwrap()
    };
    assert_eq!((town_of(&office), town_of(&shop)), ("Banbury".to_owned(), "Bicester".to_owned()));
    undo(store, &from).unwrap();
    let label = |name: &Slug| find::<Opening>(store, name).body.site.unwrap();
    assert_eq!((label(&office), label(&shop)), ("Head office".to_owned(), "Shop".to_owned()));
}

async fn what_would_stand_twice_stays_behind(t: TestStore) {
    let store = ground(&t);
    let (from, into) = two(store);
    let twice = made(store, posture(&from, "refugees"));
    made(store, posture(&into, "refugees"));
    let once = made(store, posture(&from, "age-friendly"));
    let year = made(store, signature(&from, day(2026, 1, 24)));
    let promise = made(store, pledge(&from, &year, "x"));
    end::<Signature>(store, &year, day(2026, 6, 1)).unwrap();
    made(store, signature(&into, day(2026, 1, 24)));
    let mut between = introduction(&from, "K1");
    between.other = Some(into.clone());
    let between = made(store, between);
    assert_eq!(merge(store, &from, &into).unwrap().moved, 1);
    assert_eq!(find::<Posture>(store, &once).body.organisation, into);
    assert_eq!(find::<Posture>(store, &twice).body.organisation, from);
    assert_eq!(find::<Signature>(store, &year).body.organisation, from);
    assert_eq!(find::<Pledge>(store, &promise).body.organisation, from);
    assert_eq!(find::<Introduction>(store, &between).body.organisation, from);
    undo(store, &from).unwrap();
    assert_eq!(find::<Posture>(store, &once).body.organisation, from);
    let stays = find::<Posture>(store, &twice);
    assert_eq!((stays.body.organisation, stays.version), (from, 1));
}

async fn the_old_name_leads_on_through_however_many_steps(t: TestStore) {
    let store = ground(&t);
    let names: Vec<Slug> =
        ('a'..='e').map(|at| made(store, organisation(&format!("{at} (fictional)")))).collect();
    assert_eq!(heir(store, &names[0]), None);
    for pair in names.windows(2) {
        merge(store, &pair[0], &pair[1]).unwrap();
    }
    for name in &names[..4] {
        assert_eq!(heir(store, name), Some(names[4].clone()));
    }
    assert_eq!(heir(store, &names[4]), None);
    let nobody = store.read_blocking(|conn| records::merged_into(conn, &slug("nobody")));
    assert!(matches!(nobody, Err(StoreError::NotFound)));
    let aliases = find::<Organisation>(store, &names[4]).body.aliases;
    assert_eq!(aliases, ["d (fictional)", "c (fictional)", "b (fictional)", "a (fictional)"]);
}

async fn what_cannot_be_merged_is_refused(t: TestStore) {
    let store = ground(&t);
    let (from, into) = two(store);
    conflict(&merge(store, &from, &from));
    let missing = slug("nobody");
    assert!(matches!(merge(store, &from, &missing), Err(StoreError::NotFound)));
    assert!(matches!(merge(store, &missing, &into), Err(StoreError::NotFound)));
    assert!(matches!(undo(store, &from), Err(StoreError::NotFound)), "nothing to undo");
    let stale = store
        .write_blocking(|conn| records::merge(conn, (&from, Some(2)), &into, (&author(), now())));
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
    made(store, signature(&from, day(2026, 1, 24)));
    let year = made(store, signature(&into, day(2026, 6, 1)));
    conflict(&merge(store, &from, &into));
    end::<Signature>(store, &year, day(2026, 7, 1)).unwrap();
    let third = made(store, organisation("Third (fictional)"));
    let before = position(store);
    merge(store, &from, &into).unwrap();
    conflict(&merge(store, &from, &third));
    conflict(&merge(store, &third, &from));
    assert_eq!(position(store), before + 3, "what was refused left nothing");
    let late = undo_at(store, &from, now() + TimeDelta::days(31));
    conflict(&late);
}

async fn what_was_merged_away_is_written_to_no_more(t: TestStore) {
    let store = ground(&t);
    let (from, into) = two(store);
    merge(store, &from, &into).unwrap();
    conflict(&create(store, &draft(posture(&from, "refugees"))));
    conflict(&replace(store, &from, None, &draft(organisation("Back (fictional)"))));
    conflict(&confirm::<Organisation>(store, &from, day(2026, 9, 1)));
    conflict(&end::<Organisation>(store, &from, day(2026, 9, 1)));
    assert_eq!(find::<Organisation>(store, &from).body.publication, Publication::Withdrawn);
}
