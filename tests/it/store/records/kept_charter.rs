//! The charter's versions and actions and the schemes that a coordinator keeps: what
//! refers to them holds, whatever is published.

use pathways::domain::register::{
    KeptAction, KeptCharter, KeptScheme, Organisation, Pledge, Recognition, Reference,
};
use pathways::store::reference::{self, Published};
use pathways::store::{Store, StoreError};

use super::doing::{
    any_of, create, day, draft, end, find, fitting, made, names_what_is_missing, position, replace,
    today,
};
use super::fixture::{organisation, pledge, recognition, signature};
use super::kept::{rich_action, rich_charter, rich_scheme};
use crate::store::fixture::{self, slug};
use crate::support::{TestStore, now};

on_both_databases!(
    what_is_published_is_kept_and_publishing_again_changes_nothing,
    edits_stay_and_what_nobody_touched_follows,
    a_register_without_reference_can_have_a_charter_actions_and_schemes,
    an_ended_action_and_scheme_are_kept_by_what_names_them,
    a_level_that_somebody_added_can_be_held_and_outlives_publications,
    an_action_is_named_by_its_code_and_has_a_stance_of_the_charter,
    the_version_launched_last_is_shown_and_all_are_known,
    filters_of_actions_and_schemes_find_what_says_so,
);

fn publish(store: &Store, reference: &Reference) -> Result<Published, StoreError> {
    store.write_blocking(|conn| reference::publish_and_keep(conn, reference, now()))
}

fn shown(store: &Store) -> Reference {
    store
        .read_blocking(|conn| {
            let published = reference::load(conn)?;
            Ok::<_, StoreError>(published.united(&reference::kept(conn)?, today()))
        })
        .unwrap()
}

fn codes(reference: &Reference) -> Vec<&str> {
    reference.actions.iter().map(|action| action.code.as_str()).collect()
}

async fn what_is_published_is_kept_and_publishing_again_changes_nothing(t: TestStore) {
    let rich = fixture::rich();
    let first = publish(&t.store, &rich).unwrap();
    let united = shown(&t.store);
    assert_eq!((&united.charter, &united.actions), (&rich.charter, &rich.actions));
    let kinds = |reference: &Reference| reference.schemes.clone();
    assert_eq!(kinds(&united), kinds(&rich));
    let again = publish(&t.store, &rich).unwrap();
    assert_eq!(again, Published { changed: 0, removed: 0, change: first.change });
}

async fn edits_stay_and_what_nobody_touched_follows(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich).unwrap();
    let mut action = find::<KeptAction>(&t.store, &slug("e2")).body;
    "Said by us".clone_into(&mut action.label);
    replace(&t.store, &slug("e2"), Some(1), &draft(action)).unwrap();
    let mut scheme = find::<KeptScheme>(&t.store, &slug("bee")).body;
    "Said by us".clone_into(&mut scheme.summary);
    replace(&t.store, &slug("bee"), Some(1), &draft(scheme)).unwrap();
    let charter = slug("example-charter-2");
    let mut version = find::<KeptCharter>(&t.store, &charter).body;
    "Said by us".clone_into(&mut version.summary);
    replace(&t.store, &charter, Some(1), &draft(version)).unwrap();
    end::<KeptAction>(&t.store, &slug("s1"), today()).unwrap();

    let before = position(&t.store);
    publish(&t.store, &rich).unwrap();
    assert_eq!(position(&t.store), before, "the same again changes nothing");

    for action in &mut rich.actions {
        action.label.push_str(", corrected");
    }
    for scheme in &mut rich.schemes {
        scheme.summary.push_str(" Corrected.");
    }
    rich.charter.as_mut().unwrap().summary.push_str(" Corrected.");
    publish(&t.store, &rich).unwrap();
    let stays = |store: &Store| {
        let united = shown(store);
        assert_eq!(united.action("E2").unwrap().label, "Said by us");
        assert_eq!(united.scheme("bee").unwrap().summary, "Said by us");
        assert_eq!(united.charter.as_ref().unwrap().summary, "Said by us");
        united
    };
    let united = stays(&t.store);
    assert_eq!(codes(&united), ["E2", "E10"], "what was ended stays ended");
    assert_eq!(united.action("E10").unwrap().label, "Action E10, corrected");
    assert!(united.scheme("ant").unwrap().summary.ends_with("Corrected."));

    publish(&t.store, &Reference::default()).unwrap();
    let united = stays(&t.store);
    assert_eq!((codes(&united), united.schemes.len()), (vec!["E2"], 1), "the rest has ended");
    publish(&t.store, &rich).unwrap();
    assert_eq!((codes(&stays(&t.store)), shown(&t.store).schemes.len()), (vec!["E2", "E10"], 3));
}

async fn a_register_without_reference_can_have_a_charter_actions_and_schemes(t: TestStore) {
    let store = &t.store;
    names_what_is_missing(create(store, &draft(rich_action())), "neighbour");
    let bare = |mut body: KeptCharter| {
        body.sources.clear();
        body
    };
    made(store, bare(rich_charter()));
    let other = KeptCharter { charter: slug("another"), ..bare(rich_charter()) };
    assert!(matches!(create(store, &draft(other)), Err(StoreError::Conflict(_))));
    made(store, KeptAction { sources: Vec::new(), ..rich_action() });
    made(store, KeptScheme { sources: Vec::new(), ..rich_scheme() });
    let united = shown(store);
    assert_eq!(united.charter.as_ref().unwrap().version, "3");
    assert_eq!((codes(&united), united.schemes.len()), (vec!["N1"], 1));
    let before = position(store);
    publish(store, &Reference::default()).unwrap();
    assert_eq!((position(store), shown(store)), (before, united));
}

async fn an_ended_action_and_scheme_are_kept_by_what_names_them(t: TestStore) {
    publish(&t.store, &fixture::rich()).unwrap();
    let store = &t.store;
    let mut body = organisation("Kept (fictional)");
    body.recognitions = vec![recognition("bee", Some("gold"))];
    let owner = made(store, body);
    let year = made(store, signature(&owner, day(2026, 1, 1)));
    let promise =
        made(store, Pledge { action: Some("E2".to_owned()), ..pledge(&owner, &year, "Try.") });
    end::<KeptAction>(store, &slug("e2"), today()).unwrap();
    end::<KeptScheme>(store, &slug("bee"), today()).unwrap();
    let united = shown(store);
    assert!(!codes(&united).contains(&"E2") && united.schemes.len() == 2);
    assert_eq!(united.action("E2").unwrap().code, "E2", "still told of");
    assert_eq!(united.scheme("bee").unwrap().name, "Bee Award");
    assert!(!united.offers("E2", today()), "not to be pledged anew");
    assert!(united.offers("E2", today().pred_opt().unwrap()), "a pledge of yesterday may");
    assert_eq!(find::<Pledge>(store, &promise).body.action.as_deref(), Some("E2"));

    // Even where the reference data has them no longer.
    publish(store, &Reference::default()).unwrap();
    assert_eq!(find::<Pledge>(store, &promise).body.action.as_deref(), Some("E2"));
    let held = find::<Organisation>(store, &owner).body.recognitions;
    assert_eq!(held[0].scheme, slug("bee"));
    assert!(shown(store).action("E2").is_some());
}

async fn a_level_that_somebody_added_can_be_held_and_outlives_publications(t: TestStore) {
    let rich = fixture::rich();
    publish(&t.store, &rich).unwrap();
    let mut scheme = find::<KeptScheme>(&t.store, &slug("ant")).body;
    let mut level = scheme.levels[0].clone();
    level.slug = slug("diamond");
    scheme.levels.push(level);
    replace(&t.store, &slug("ant"), None, &draft(scheme.clone())).unwrap();
    let mut body = organisation("Holder (fictional)");
    body.recognitions = vec![recognition("ant", Some("diamond"))];
    let owner = made(&t.store, body);
    for published in [&rich, &Reference::default(), &rich] {
        publish(&t.store, published).unwrap();
        let held: Vec<Recognition> = find::<Organisation>(&t.store, &owner).body.recognitions;
        assert_eq!(held[0].level, Some(slug("diamond")));
        assert_eq!(shown(&t.store).scheme("ant").unwrap().levels, scheme.levels);
    }
}

async fn an_action_is_named_by_its_code_and_has_a_stance_of_the_charter(t: TestStore) {
    publish(&t.store, &fixture::rich()).unwrap();
    let store = &t.store;
    names_what_is_missing(create(store, &draft(rich_action())), "neighbour");
    made(store, rich_charter());
    let own = made(store, rich_action());
    assert_eq!(own, slug("n1"));
    let again = create(store, &draft(rich_action()));
    assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
    let renamed = KeptAction { code: "N2".to_owned(), ..rich_action() };
    let refused = replace(store, &own, None, &draft(renamed));
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    let nowhere = KeptAction { focus_area: slug("none"), ..rich_action() };
    names_what_is_missing(replace(store, &own, None, &draft(nowhere)), "none");
}

async fn the_version_launched_last_is_shown_and_all_are_known(t: TestStore) {
    publish(&t.store, &fixture::rich()).unwrap();
    let store = &t.store;
    let version = |store: &Store| shown(store).charter.unwrap().version;
    assert_eq!(version(store), "2");
    let newer = made(store, rich_charter());
    assert_eq!(version(store), "3");
    let tomorrow = today().succ_opt();
    made(store, KeptCharter { version: "4".to_owned(), launched_on: tomorrow, ..rich_charter() });
    assert_eq!(version(store), "3", "not before its day");
    end::<KeptCharter>(store, &newer, today()).unwrap();
    assert_eq!(version(store), "2");
    let known: Vec<String> = shown(store).versions().map(str::to_owned).collect();
    assert!(["2", "3", "4"].iter().all(|one| known.iter().any(|known| known == one)));
}

async fn filters_of_actions_and_schemes_find_what_says_so(t: TestStore) {
    publish(&t.store, &fixture::rich()).unwrap();
    let store = &t.store;
    made(store, rich_charter());
    made(store, rich_action());
    made(store, rich_scheme());
    let actions = |field, value: &str| {
        fitting::<KeptAction>(store, vec![any_of(field, &[value])], today()).len()
    };
    assert_eq!((actions("stance", "employer"), actions("stance", "neighbour")), (2, 1));
    assert_eq!((actions("focus_area", "climate"), actions("focus_area", "place")), (1, 1));
    assert_eq!((actions("cohort", "refugees"), actions("cohort", "prison-leavers")), (4, 3));
    let schemes =
        |value: &str| fitting::<KeptScheme>(store, vec![any_of("kind", &[value])], today()).len();
    assert_eq!((schemes("award"), schemes("covenant")), (4, 0));
}
