//! A merge taken back: what was there before is there again.

use pathways::domain::register::{Draft, Opening, Organisation, Pledge, Posture, Record};
use pathways::domain::slug::Slug;
use pathways::store::records::Topic;
use pathways::store::{Store, StoreError};
use proptest::test_runner::{Config, TestRunner};

use super::doing::{
    confirm, create, day, draft, everything, find, ground, history, made, names_what_is_missing,
    page, position, replace,
};
use super::fixture::{opening, organisation, pledge, posture, signature, site};
use super::generated;
use super::merging::{conflict, heir, merge, two, undo};
use crate::store::fixture::slug;
use crate::support::{TestStore, now};

on_both_databases!(
    undoing_restores_what_was_there,
    what_was_changed_since_is_not_undone,
    what_was_done_since_to_its_records_goes_back_with_them,
    a_chain_is_undone_from_its_end,
);

/// Everything of a kind but what each writing adds to: version and moment.
fn apart_from_writing<T: Topic>(store: &Store) -> Vec<Record<T>> {
    let mut all = page::<T>(store, &everything()).0;
    for record in &mut all {
        (record.version, record.recorded_at) = (0, now());
    }
    all
}

type Everything =
    (Vec<Record<Organisation>>, Vec<Record<Posture>>, Vec<Record<Opening>>, Vec<Record<Pledge>>);

fn the_whole(store: &Store) -> Everything {
    (
        apart_from_writing(store),
        apart_from_writing(store),
        apart_from_writing(store),
        apart_from_writing(store),
    )
}

async fn undoing_restores_what_was_there(t: TestStore) {
    let store = ground(&t);
    let config = Config { cases: 8, failure_persistence: None, ..Config::default() };
    let drawn = (
        generated::an_organisation("A".to_owned()),
        generated::an_organisation("B".to_owned()),
        generated::a_posture(slug("from"), "refugees"),
        generated::an_opening(slug("from")),
        generated::a_pledge(slug("from"), slug("year")),
    );
    let count = std::cell::Cell::new(0);
    let run = TestRunner::new(config).run(&drawn, |(mut from, mut into, stance, job, promise)| {
        count.set(count.get() + 1);
        let count = count.get();
        let own = |name: &str| slug(&format!("{name}-{count}"));
        for (body, prefix) in [(&mut from, "A"), (&mut into, "B")] {
            for number in &mut body.identifiers {
                number.id = format!("{prefix}{count}{}", number.id);
            }
        }
        let name = |name: &str| Some(own(name));
        create(store, &Draft { slug: name("from"), ..draft(from.clone()) }).unwrap();
        create(store, &Draft { slug: name("into"), ..draft(into) }).unwrap();
        let year = signature(&own("from"), day(2026, 1, 24));
        create(store, &Draft { slug: name("year"), ..draft(year) }).unwrap();
        let stance = Posture { organisation: own("from"), ..stance };
        made(store, stance);
        let site = from.sites.first().map(|site| site.label.clone());
        made(store, Opening { organisation: own("from"), site, ..job });
        made(store, Pledge { organisation: own("from"), signature: own("year"), ..promise });
        let before = the_whole(store);
        assert_eq!(merge(store, &own("from"), &own("into")).unwrap().moved, 4);
        assert_ne!(the_whole(store), before);
        assert_eq!(undo(store, &own("from")).unwrap().moved, 4);
        assert_eq!(the_whole(store), before);
        assert_eq!(heir(store, &own("from")), None);
        // And it can be done again.
        merge(store, &own("from"), &own("into")).unwrap();
        undo(store, &own("from")).unwrap();
        assert_eq!(the_whole(store), before);
        Ok(())
    });
    run.unwrap();
}

async fn what_was_changed_since_is_not_undone(t: TestStore) {
    let store = ground(&t);
    let (from, into) = two(store);
    merge(store, &from, &into).unwrap();
    let united = find::<Organisation>(store, &into);
    confirm::<Organisation>(store, &into, day(2026, 12, 1)).unwrap();
    let mut changed = united.body.clone();
    changed.website = Some("https://new.example".to_owned());
    replace(store, &into, None, &draft(changed)).unwrap();
    let before = position(store);
    conflict(&undo(store, &from));
    assert_eq!(position(store), before);
    replace(store, &into, None, &draft(united.body)).unwrap();
    undo(store, &from).unwrap();
    assert!(matches!(undo(store, &from), Err(StoreError::NotFound)), "once");
    let kept = find::<Organisation>(store, &into);
    assert_eq!(kept.confirmed_on, Some(day(2026, 12, 1)), "that somebody stood by it stays");
}

async fn what_was_done_since_to_its_records_goes_back_with_them(t: TestStore) {
    let store = ground(&t);
    let mut body = organisation("Old (fictional)");
    body.sites = vec![site("Shop", "Banbury", "OX16")];
    let from = made(store, body);
    let into = made(store, organisation("New (fictional)"));
    let year = made(store, signature(&from, day(2026, 1, 24)));
    let stance = made(store, posture(&from, "refugees"));
    merge(store, &from, &into).unwrap();
    let mut said = posture(&into, "refugees");
    said.conditions = Some("Since".to_owned());
    replace(store, &stance, None, &draft(said)).unwrap();
    let promise = made(store, pledge(&into, &year, "Since"));
    let own = made(store, posture(&into, "age-friendly"));
    let mut job = opening(&into, "Seller");
    job.site = Some("Shop".to_owned());
    let job = made(store, job);
    names_what_is_missing(undo(store, &from), "new-fictional-seller");
    replace(store, &job, None, &draft(opening(&into, "Seller"))).unwrap();
    assert_eq!(undo(store, &from).unwrap().moved, 3);
    let back = find::<Posture>(store, &stance).body;
    assert_eq!((back.organisation, back.conditions.as_deref()), (from.clone(), Some("Since")));
    assert_eq!(find::<Pledge>(store, &promise).body.organisation, from);
    assert_eq!(find::<Posture>(store, &own).body.organisation, into);
    assert_eq!(find::<Opening>(store, &job).body.organisation, into);
}

async fn a_chain_is_undone_from_its_end(t: TestStore) {
    let store = ground(&t);
    let names: Vec<Slug> =
        ('a'..='c').map(|at| made(store, organisation(&format!("{at} (fictional)")))).collect();
    let stance = made(store, posture(&names[0], "refugees"));
    let before = apart_from_writing::<Organisation>(store);
    merge(store, &names[0], &names[1]).unwrap();
    merge(store, &names[1], &names[2]).unwrap();
    assert_eq!(find::<Posture>(store, &stance).body.organisation, names[2]);
    conflict(&undo(store, &names[0]));
    undo(store, &names[1]).unwrap();
    undo(store, &names[0]).unwrap();
    assert_eq!(apart_from_writing::<Organisation>(store), before);
    let record = find::<Posture>(store, &stance);
    assert_eq!((record.body.organisation, record.version), (names[0].clone(), 5));
    let told = history::<Posture>(store, &stance);
    assert!(told.iter().map(|version| version.record.version).eq(1..=5));
}
