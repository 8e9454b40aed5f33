//! Publishing the reference data anew while records point to it.

use std::fmt::Debug;

use pathways::domain::register::{
    CaseStudy, Introduction, Organisation, Pledge, Record, Reference, Signature,
};
use pathways::store::records::Topic;
use pathways::store::{Store, StoreError, reference};

use super::doing::{
    create, day, draft, everything, full, ground, made, names_what_is_missing, page,
};
use super::fixture::{
    organisation, rich_case_study, rich_introduction, rich_organisation, rich_pledge, signature,
};
use crate::store::fixture::{self, action, rich};
use crate::support::{TestStore, now};

on_both_databases!(
    what_records_point_to_can_be_published_anew,
    what_a_record_names_does_not_go_and_the_record_is_told,
    what_no_record_names_may_go,
);

fn publish(store: &Store, reference: &Reference) -> Result<usize, StoreError> {
    let published = store.write_blocking(|conn| reference::publish(conn, reference, now()));
    published.map(|published| published.changed + published.removed)
}

/// Records that point to an action, a scheme's level, a charter and a partnership.
fn pointing(store: &Store) {
    let owner = create(store, &full(rich_organisation())).unwrap().slug;
    let other = made(store, organisation("Other (fictional)"));
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    made(store, rich_pledge(&owner, &year));
    made(store, rich_case_study(&owner));
    made(store, rich_introduction(&owner, &other));
}

type All = (
    Vec<Record<Organisation>>,
    Vec<Record<Signature>>,
    Vec<Record<Pledge>>,
    Vec<Record<CaseStudy>>,
    Vec<Record<Introduction>>,
);

fn all(store: &Store) -> All {
    fn of<T: Topic + Debug>(store: &Store) -> Vec<Record<T>> {
        page::<T>(store, &everything()).0
    }
    (of(store), of(store), of(store), of(store), of(store))
}

async fn what_records_point_to_can_be_published_anew(t: TestStore) {
    let store = ground(&t);
    pointing(store);
    let before = all(store);
    assert_eq!(publish(store, &rich()).unwrap(), 0, "the same");
    let mut other = rich();
    for action in &mut other.actions {
        action.label.push_str(", reworded");
        action.focus_area = fixture::slug("place");
    }
    for scheme in &mut other.schemes {
        scheme.levels.reverse();
        scheme.levels.retain(|level| level.slug != *"silver");
        for level in &mut scheme.levels {
            level.label = format!("Now called {}", level.slug);
        }
        scheme.prerequisites.clear();
    }
    for partnership in &mut other.partnerships {
        partnership.needs.clear();
    }
    let charter = other.charter.as_mut().unwrap();
    charter.version.push_str(", revised");
    other.sources.iter_mut().for_each(|source| source.title.push_str(", second edition"));
    assert!(publish(store, &other).unwrap() > 8);
    assert_eq!(all(store), before);
    assert_eq!(store.read_blocking(reference::load).unwrap(), other);
    publish(store, &rich()).unwrap();
    assert_eq!(all(store), before);
}

async fn what_a_record_names_does_not_go_and_the_record_is_told(t: TestStore) {
    let store = ground(&t);
    pointing(store);
    let (before, stored) = (all(store), rich());
    let refused = |change: fn(&mut Reference), told: [&str; 2]| {
        let mut next = rich();
        change(&mut next);
        let result = publish(store, &next);
        for word in told {
            names_what_is_missing(publish(store, &next), word);
        }
        result.unwrap_err();
        assert_eq!(store.read_blocking(reference::load).unwrap(), stored, "nothing went");
        assert_eq!(all(store), before);
    };
    refused(
        |next| next.actions.retain(|a| a.code != "E10"),
        ["action e10", "pledge a-name-of-its-own"],
    );
    refused(|next| next.actions.retain(|a| a.code != "S1"), ["action s1", "case-study how-it-was"]);
    refused(
        |next| {
            next.schemes.retain(|scheme| scheme.slug != *"ant");
            next.schemes.iter_mut().for_each(|scheme| scheme.prerequisites.clear());
        },
        ["scheme ant", "organisation a-name-of-its-own"],
    );
    refused(
        |next| {
            let bee = next.schemes.iter_mut().find(|scheme| scheme.slug == *"bee").unwrap();
            bee.levels.retain(|level| level.slug != *"gold");
        },
        ["scheme bee", "level gold"],
    );
    refused(
        |next| next.partnerships.retain(|forum| forum.slug != *"care"),
        ["partnership care", "introduction a-name-of-its-own-other"],
    );
    refused(
        |next| {
            next.charter = None;
            next.actions.clear();
        },
        ["action", "names it"],
    );
    refused(
        |next| next.charter.as_mut().unwrap().slug = fixture::slug("another-charter"),
        ["charter example-charter", "signature a-name-of-its-own-2026"],
    );
}

async fn what_no_record_names_may_go(t: TestStore) {
    let store = ground(&t);
    pointing(store);
    let before = all(store);
    let mut next = rich();
    next.actions.retain(|action| action.code != "E2");
    next.actions.push(action("S2", "supplier", "place"));
    next.schemes.retain(|scheme| scheme.slug != *"uber");
    next.partnerships.retain(|forum| forum.slug != *"building");
    next.providers.clear();
    next.course_types.clear();
    publish(store, &next).unwrap();
    assert_eq!(store.read_blocking(reference::load).unwrap(), next);
    assert_eq!(all(store), before);
    let owner = fixture::slug("a-name-of-its-own");
    let mut gone = rich_pledge(&owner, &before.1[0].slug);
    gone.action = Some("E2".to_owned());
    names_what_is_missing(create(store, &draft(gone)), "action E2");
}
