//! Publishing and loading the reference register.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};
use pathways::domain::register::Reference;
use pathways::store::changes::{self, Kind};
use pathways::store::reference::{self, Published};
use pathways::store::{Store, StoreError};

use crate::store::fixture;
use crate::support::{TestStore, now};

on_both_databases!(
    what_was_published_is_what_is_loaded,
    nothing_published_is_an_empty_register,
    publishing_twice_changes_nothing_and_the_clock_stands_still,
    a_changed_record_is_noted_once_and_no_other,
    a_change_deep_inside_a_record_is_seen,
    a_removed_record_is_gone_and_noted,
    a_source_that_reads_differently_touches_what_names_it,
    a_source_is_kept_as_long_as_it_is_wanted,
    a_record_and_its_parts_keep_their_identifiers,
    a_course_can_move_to_another_provider,
    stances_can_be_exchanged_with_the_actions_that_use_them,
    schemes_that_presuppose_one_another_can_change_and_go,
    what_names_a_missing_record_is_refused_whole,
    what_is_given_twice_is_refused_by_name,
    actions_without_a_charter_are_refused,
);

/// A change to a register.
type Edit = fn(&mut Reference);

async fn publish(store: &Store, reference: &Reference) -> Result<Published, StoreError> {
    let reference = reference.clone();
    store.write(move |conn| reference::publish(conn, &reference, now())).await
}

async fn load(store: &Store) -> Reference {
    store.read(reference::load).await.unwrap()
}

/// The changes after number `seq`, in short.
async fn noted(store: &Store, seq: i64) -> Vec<(Kind, String)> {
    let after = store.read(move |conn| changes::after(conn, seq, 1_000)).await;
    let after: Vec<changes::Change> = after.map_err(|error: StoreError| error).unwrap();
    after.into_iter().map(|change| (change.kind, change.slug.to_string())).collect()
}

async fn what_was_published_is_what_is_loaded(t: TestStore) {
    let rich = fixture::rich();
    let mut shuffled = rich.clone();
    shuffled.sources.reverse();
    shuffled.actions.reverse();
    shuffled.schemes.reverse();
    shuffled.providers.reverse();
    shuffled.partnerships.reverse();
    shuffled.course_types.reverse();

    let published = publish(&t.store, &shuffled).await.unwrap();
    assert_eq!(published, Published { changed: 13, removed: 0, change: 13 });
    assert_eq!(load(&t.store).await, rich);
}

async fn nothing_published_is_an_empty_register(t: TestStore) {
    assert_eq!(load(&t.store).await, Reference::default());
    let published = publish(&t.store, &Reference::default()).await.unwrap();
    assert_eq!(published, Published { changed: 0, removed: 0, change: 0 });
}

async fn publishing_twice_changes_nothing_and_the_clock_stands_still(t: TestStore) {
    let rich = fixture::rich();
    let first = publish(&t.store, &rich).await.unwrap();
    let again = publish(&t.store, &rich).await.unwrap();
    assert_eq!(again, Published { changed: 0, removed: 0, change: first.change });
    assert_eq!(noted(&t.store, first.change).await, []);
    assert_eq!(load(&t.store).await, rich);
}

async fn a_changed_record_is_noted_once_and_no_other(t: TestStore) {
    let mut rich = fixture::rich();
    let first = publish(&t.store, &rich).await.unwrap();
    rich.partnerships[1].cadence = Some("monthly".to_owned());
    rich.actions[0].provenance.note = None;
    let next = publish(&t.store, &rich).await.unwrap();
    assert_eq!(next, Published { changed: 2, removed: 0, change: first.change + 2 });
    let expected = [(Kind::Action, "e2".to_owned()), (Kind::Partnership, "building".to_owned())];
    assert_eq!(noted(&t.store, first.change).await, expected);
    assert_eq!(load(&t.store).await, rich);
}

async fn a_change_deep_inside_a_record_is_seen(t: TestStore) {
    let rich = fixture::rich();
    publish(&t.store, &rich).await.unwrap();
    let edits: [Edit; 12] = [
        |r| r.schemes[0].prerequisites.reverse(),
        |r| r.schemes[1].levels[2].lifetime_months = None,
        |r| r.partnerships[1].actions.swap(0, 1),
        |r| r.partnerships[0].needs[1].soc.reverse(),
        |r| r.partnerships[0].members.swap(0, 2),
        |r| r.partnerships[0].meetings[0].sources.reverse(),
        |r| drop(r.partnerships[0].needs.remove(0)),
        |r| r.providers[0].venues.swap(0, 1),
        |r| r.providers[0].courses[0].venue = Some("Annexe".to_owned()),
        |r| r.providers[1].courses[1].provenance.fictional = true,
        |r| r.schemes[0].levels.reverse(),
        |r| r.course_types[0].asked.clear(),
    ];
    for (at, edit) in edits.into_iter().enumerate() {
        let mut edited = rich.clone();
        edit(&mut edited);
        let there = publish(&t.store, &edited).await.unwrap();
        assert_eq!((there.changed, there.removed), (1, 0), "edit {at}");
        assert_eq!(load(&t.store).await, edited, "edit {at}");
        let back = publish(&t.store, &rich).await.unwrap();
        assert_eq!((back.changed, back.removed), (1, 0), "edit {at}");
        assert_eq!(load(&t.store).await, rich, "edit {at}");
    }
}

async fn a_removed_record_is_gone_and_noted(t: TestStore) {
    let mut rich = fixture::rich();
    let first = publish(&t.store, &rich).await.unwrap();
    rich.providers.remove(0);
    rich.schemes.remove(2); // "uber", on which only itself depends
    let next = publish(&t.store, &rich).await.unwrap();
    assert_eq!(next, Published { changed: 0, removed: 2, change: first.change + 2 });
    let expected = [(Kind::Scheme, "uber".to_owned()), (Kind::Provider, "college".to_owned())];
    assert_eq!(noted(&t.store, first.change).await, expected);
    assert_eq!(load(&t.store).await, rich);

    let last = publish(&t.store, &Reference::default()).await.unwrap();
    assert_eq!((last.changed, last.removed), (0, 11));
    assert_eq!(load(&t.store).await, Reference::default());
    for table in ["record", "record_source", "record_value", "source", "venue", "charter_stance"] {
        assert_eq!(count(&t.store, table), 0, "{table}");
    }
}

async fn a_source_that_reads_differently_touches_what_names_it(t: TestStore) {
    let mut rich = fixture::rich();
    let first = publish(&t.store, &rich).await.unwrap();
    rich.sources[2].published = Some("2026-02-03".to_owned());
    let next = publish(&t.store, &rich).await.unwrap();
    assert_eq!(next, Published { changed: 2, removed: 0, change: first.change + 2 });
    let kinds: Vec<Kind> =
        noted(&t.store, first.change).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Kind::Partnership, Kind::Partnership], "only needs and meetings name S3");
    assert_eq!(load(&t.store).await, rich);
}

async fn a_source_is_kept_as_long_as_it_is_wanted(t: TestStore) {
    let mut rich = fixture::rich();
    rich.sources.push(fixture::source("S9"));
    let first = publish(&t.store, &rich).await.unwrap();
    assert_eq!(load(&t.store).await.source("S9"), Some(&fixture::source("S9")));
    rich.sources.pop();
    let next = publish(&t.store, &rich).await.unwrap();
    assert_eq!(next, Published { changed: 0, removed: 0, change: first.change });
    assert_eq!(load(&t.store).await, rich);
}

async fn a_record_and_its_parts_keep_their_identifiers(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich).await.unwrap();
    let before = ids(&t.store);
    rich.partnerships[0].summary.push('!');
    rich.partnerships[0].needs.reverse();
    rich.providers[1].summary.push('!');
    rich.providers[1].courses.reverse();
    rich.actions[0].label.push('!');
    publish(&t.store, &rich).await.unwrap();
    assert_eq!(ids(&t.store), before);
    assert_eq!(load(&t.store).await, rich);
}

async fn a_course_can_move_to_another_provider(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich).await.unwrap();
    for (from, to) in [(0, 1), (1, 0)] {
        let course = rich.providers[from].courses.remove(0);
        rich.providers[to].courses.push(course);
        let moved = publish(&t.store, &rich).await.unwrap();
        assert_eq!((moved.changed, moved.removed), (2, 0));
        assert_eq!(load(&t.store).await, rich);
    }
}

async fn stances_can_be_exchanged_with_the_actions_that_use_them(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich).await.unwrap();
    let charter = rich.charter.as_mut().unwrap();
    charter.stances.retain(|(name, ..)| *name != "employer");
    charter.stances.push((fixture::slug("place"), "As a place".into(), "Together.".into()));
    charter.focus_areas.reverse();
    for action in &mut rich.actions {
        action.stance = fixture::slug("place");
    }
    let next = publish(&t.store, &rich).await.unwrap();
    assert_eq!((next.changed, next.removed), (4, 0));
    assert_eq!(load(&t.store).await, rich);
}

async fn schemes_that_presuppose_one_another_can_change_and_go(t: TestStore) {
    let mut rich = fixture::rich();
    let (bee, ant) = (0, 1);
    rich.schemes[bee].prerequisites = vec![fixture::prerequisite("ant", Some("gold"))];
    rich.schemes[ant].prerequisites = vec![fixture::prerequisite("bee", Some("gold"))];
    publish(&t.store, &rich).await.unwrap();
    assert_eq!(load(&t.store).await, rich);

    for at in [bee, ant] {
        rich.schemes[at].levels.retain(|level| level.slug != *"gold");
        rich.schemes[at].prerequisites[0].level = Some(fixture::slug("silver"));
    }
    publish(&t.store, &rich).await.unwrap();
    assert_eq!(load(&t.store).await, rich);

    rich.schemes[ant].prerequisites.clear();
    rich.schemes[2].prerequisites.clear();
    rich.schemes.remove(bee);
    let next = publish(&t.store, &rich).await.unwrap();
    assert_eq!((next.changed, next.removed), (2, 1));
    assert_eq!(load(&t.store).await, rich);
}

async fn what_names_a_missing_record_is_refused_whole(t: TestStore) {
    let rich = fixture::rich();
    let first = publish(&t.store, &rich).await.unwrap();
    let breaks: [(Edit, &str); 7] = [
        (|r| r.schemes[0].prerequisites[0].scheme = fixture::slug("wasp"), "scheme bee"),
        (|r| r.schemes[0].prerequisites[0].level = Some(fixture::slug("tin")), "scheme bee"),
        (|r| r.providers[1].courses[0].course_type = fixture::slug("none"), "provider trust"),
        (|r| r.providers[0].courses[0].venue = Some("Nowhere".into()), "provider college"),
        (|r| r.partnerships[0].needs[0].provenance.sources.push("S99".into()), "partnership care"),
        (|r| r.actions[0].stance = fixture::slug("onlooker"), "action e2"),
        (|r| drop(r.course_types.remove(0)), ""),
    ];
    for (broken, about) in breaks {
        let mut wrong = rich.clone();
        wrong.schemes[0].summary.push('!');
        broken(&mut wrong);
        let error = publish(&t.store, &wrong).await.unwrap_err();
        assert!(matches!(error, StoreError::Reference(_)), "{error:?}");
        assert!(error.to_string().contains(about), "{error}");
        assert_eq!(load(&t.store).await, rich);
        assert_eq!(noted(&t.store, first.change).await, []);
    }
}

async fn what_is_given_twice_is_refused_by_name(t: TestStore) {
    let mut twice = fixture::rich();
    twice.partnerships.push(twice.partnerships[0].clone());
    let error = publish(&t.store, &twice).await.unwrap_err();
    assert!(matches!(error, StoreError::Duplicate(_)), "{error:?}");
    assert!(error.to_string().contains("partnership care"), "{error}");

    let mut twice = fixture::rich();
    twice.providers[0].courses.push(fixture::course("bakery", None));
    let error = publish(&t.store, &twice).await.unwrap_err();
    assert!(matches!(error, StoreError::Duplicate(_)), "{error:?}");
    assert!(error.to_string().contains("provider trust"), "{error}");
    assert_eq!(load(&t.store).await, Reference::default());
}

async fn actions_without_a_charter_are_refused(t: TestStore) {
    let mut rich = fixture::rich();
    rich.charter = None;
    let error = publish(&t.store, &rich).await.unwrap_err();
    assert!(matches!(error, StoreError::Reference(_)), "{error:?}");
    rich.actions.clear();
    publish(&t.store, &rich).await.unwrap();
    assert_eq!(load(&t.store).await, rich);
}

#[derive(QueryableByName, PartialEq, Debug)]
struct Identified {
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn ids(store: &Store) -> Vec<Identified> {
    let sql = "SELECT slug, id FROM partnership UNION SELECT slug, id FROM partnership_need \
               UNION SELECT slug, id FROM course UNION SELECT slug, id FROM charter_action \
               ORDER BY 1, 2";
    let rows = store.read_blocking(|conn| Ok::<_, StoreError>(diesel::sql_query(sql).load(conn)?));
    rows.unwrap()
}

fn count(store: &Store, table: &str) -> i64 {
    let sql = format!("SELECT '' AS slug, count(*) AS id FROM {table}");
    let row = store.read_blocking(|conn| {
        Ok::<Identified, StoreError>(diesel::sql_query(sql).get_result(conn)?)
    });
    row.unwrap().id
}
