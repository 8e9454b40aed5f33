//! The index follows the register: what is written is found, what is taken back is not,
//! what a day changes is changed, and on both databases alike.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::test::TestRequest;
use chrono::Days;
use pathways::{
    app::{AppState, Snapshot, guidance, projector},
    domain::{
        register::{
            CaseStudy, Ending, Event, Organisation, Permission, Pledge, Posture, Publication,
        },
        search::{Facet, Question},
    },
    store::records,
    web::{Settings, Site},
};
use tokio::sync::watch;

use super::world::{
    self, INSIDE, World, answers, author, bakery, bytes, case_study, day, facet, noon_of, posture,
    slug, total,
};
use crate::{api::support::Ready, shown, support::TestStore};

on_both_databases!(
    what_was_written_is_found_by_a_search_that_asks_for_the_change,
    what_is_withdrawn_hidden_or_ended_is_found_no_more_and_comes_back,
    what_only_brokers_may_read_is_nowhere_in_the_index,
    a_write_to_the_register_leaves_the_guidance_and_its_index_as_they_are,
    replicas_with_folders_of_their_own_come_to_equal_answers,
    organisations_that_are_made_one_are_found_as_one_and_apart_again,
    each_day_is_followed_to_what_would_be_built_on_it,
    on_the_days_that_count_the_facets_change,
);

async fn what_was_written_is_found_by_a_search_that_asks_for_the_change(t: TestStore) {
    let world = World::whole(t);
    let (index, first) = world.open(None, shown::day());
    let state = AppState::new(world.library.clone(), first, noon_of(shown::day()));
    let state = Arc::new(state.with_store(world.t.store.clone()).with_index(index));
    let site = Ready::new(&Site::new(state.clone(), Settings::default())).await;
    let (stop, told) = watch::channel(());
    let following = tokio::spawn(projector::follow(world.t.store.clone(), state.clone(), told));
    for nth in 0..5 {
        let name = format!("Zorbley {nth} Works (fictional)");
        let change = world.write(&format!("zorbley-{nth}"), Organisation { name, ..bare() });
        state.wake_projector();
        let target = format!("/api/v1/search?q=zorbley+{nth}&after_change={change}");
        let reply = site.send(TestRequest::get().uri(&target)).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let shown: i64 = reply.header("x-change").parse().unwrap();
        assert!(shown >= change, "{shown} shows {change}");
        let body = reply.json();
        assert_eq!(body["results"][0]["id"], format!("zorbley-{nth}"), "{body}");
        let kinds = body["facets"]["kind"].as_array().unwrap();
        assert!(kinds.iter().any(|kind| kind["value"] == "organisation"), "{body}");
    }
    assert_eq!(state.lag(), 0);
    drop(stop);
    following.await.unwrap();
}

async fn what_is_withdrawn_hidden_or_ended_is_found_no_more_and_comes_back(t: TestStore) {
    let world = World::whole(t);
    let (mut index, mut shown) = world.open(None, shown::day());
    let words = ["qpblclvz", "qearlyshifts", "trials", "qvnz", "qtrlwkz"];
    let mut found = |world: &World| {
        shown = world.follow(&mut index, shown.clone(), shown::day());
        assert_eq!(answers(&shown), world.wanted(shown::day()));
        words.map(|word| total(&shown, word))
    };
    let all = found(&world);
    assert!(all.iter().all(|total| *total > 0), "{all:?}");

    world.replace("about-refugees", Posture { public: false, ..posture() });
    assert_eq!(found(&world)[1], 0, "a posture that is no longer public");
    world.replace("about-refugees", posture());
    assert_eq!(found(&world), all);

    for publication in [Publication::Withdrawn, Publication::Draft] {
        world.replace("brook-bakery", Organisation { publication, ..bakery() });
        assert_eq!(found(&world), [0, 0, 0, 0, 0], "{publication}");
        world.replace("brook-bakery", bakery());
        assert_eq!(found(&world), all, "published again");
    }
    let permission = Permission::Refused;
    world.replace("how-they-began", CaseStudy { permission, ..case_study() });
    assert_eq!(found(&world)[4], 0, "a case study without permission");
    end::<Event>(&world, "open-morning");
    assert_eq!(found(&world)[3], 0, "an event that was called off");
    end::<Pledge>(&world, "six-trials");
    assert_eq!(found(&world)[2], 0, "a pledge that was taken back");
    end::<Organisation>(&world, "brook-bakery");
    assert_eq!(found(&world)[..2], [0, 0], "an organisation that is no more");
}

async fn what_only_brokers_may_read_is_nowhere_in_the_index(t: TestStore) {
    let world = World::whole(t);
    let private = Posture {
        cohort: slug("prison-leavers"),
        conditions: Some("qprvtpst".to_owned()),
        public: false,
        ..posture()
    };
    world.write("about-leavers", private);
    let hidden = Some("qdrftwrdz".to_owned());
    let draft = Publication::Draft;
    let hidden = Organisation { description: hidden, publication: draft, ..bare() };
    world.write("hidden-mill", hidden);
    let folder = tempfile::tempdir().unwrap();
    let (index, shown) = world.open(Some(folder.path()), shown::day());
    let inside = INSIDE.into_iter().chain(["qprvtpst", "qdrftwrdz"]);
    let held = bytes(folder.path());
    let has = |word: &str| held.windows(word.len()).any(|run| run == word.as_bytes());
    for word in ["qpblclvz", "qvnz", "qtrlwkz"] {
        assert_eq!((has(word), total(&shown, word)), (true, 1), "{word} is public");
    }
    for word in inside {
        assert!(!has(word), "{word} is on disk");
        let answer = guidance::search(&shown, &world::of_records(word)).unwrap();
        assert_eq!((answer.total, answer.ignored), (0, vec![word.to_owned()]));
    }
    drop(index);
}

async fn a_write_to_the_register_leaves_the_guidance_and_its_index_as_they_are(t: TestStore) {
    let library = shown::state().library().clone();
    let world = World { library, ..World::whole(t) };
    let (mut index, before) = world.open(None, shown::day());
    let many = Some("Right to work checks and share codes for refugees. ".repeat(40));
    world.write("share-code-mill", Organisation { description: many, ..bare() });
    let after = world.follow(&mut index, before.clone(), shown::day());
    assert!(after.change > before.change);
    assert!(Arc::ptr_eq(&before.index, &after.index), "it was built anew");
    assert!(Arc::ptr_eq(&before.reference, &after.reference));
    for text in ["share code", "refugees", "right to work chekcs"] {
        let passages = |snapshot| {
            let filters = vec![(Facet::Kind, "passage".to_owned())];
            let asked = Question { filters, ..world::of_records(text) };
            guidance::search(snapshot, &asked).unwrap().hits
        };
        assert_eq!(passages(&before), passages(&after), "{text}");
    }
}

async fn replicas_with_folders_of_their_own_come_to_equal_answers(t: TestStore) {
    let world = World::empty(t);
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (mut eager, mut first) = world.open(Some(folders[0].path()), shown::day());
    let (mut late, second) = world.open(Some(folders[1].path()), shown::day());
    for nth in 0..12 {
        let name = format!("Mill {nth} (fictional)");
        world.write(&format!("mill-{nth}"), Organisation { name: name.clone(), ..bare() });
        first = world.follow(&mut eager, first, shown::day());
        if nth % 3 == 0 {
            let description = Some("Grinds oats for bakers.".to_owned());
            world.replace(&format!("mill-{nth}"), Organisation { name, description, ..bare() });
        }
    }
    first = world.follow(&mut eager, first, shown::day());
    let second = world.follow(&mut late, second, shown::day());
    assert_eq!(first.change, second.change);
    assert_eq!(answers(&first), answers(&second));
    assert_eq!(answers(&first), world.wanted(shown::day()));
    assert_eq!(total(&first, "oats"), 4);
}

async fn organisations_that_are_made_one_are_found_as_one_and_apart_again(t: TestStore) {
    let world = World::whole(t);
    let name = "Brook Bakehouse (fictional)".to_owned();
    world.write("brook-bakehouse", Organisation { name, ..bare() });
    let (mut index, shown) = world.open(None, shown::day());
    assert_eq!(facet(&shown, Facet::Kind)["organisation"], 2);
    let (away, kept) = (slug("brook-bakery"), slug("brook-bakehouse"));
    let by = (&author(), shown::noon());
    let merge = |conn: &mut _| records::merge(conn, (&away, None), &kept, by);
    world.t.store.write_blocking(merge).unwrap();
    let shown = world.follow(&mut index, shown, shown::day());
    assert_eq!(facet(&shown, Facet::Kind)["organisation"], 1);
    assert_eq!(answers(&shown), world.wanted(shown::day()));
    assert_eq!(facet(&shown, Facet::PledgeState).len(), 1, "its pledge went with it");
    let undo = |conn: &mut _| records::undo_merge(conn, &away, by);
    world.t.store.write_blocking(undo).unwrap();
    let shown = world.follow(&mut index, shown, shown::day());
    assert_eq!(facet(&shown, Facet::Kind)["organisation"], 2);
    assert_eq!(answers(&shown), world.wanted(shown::day()));
}

async fn each_day_is_followed_to_what_would_be_built_on_it(t: TestStore) {
    let world = World::whole(t);
    world.write("quiet-mill", bare());
    let folder = tempfile::tempdir().unwrap();
    let mut today = shown::day();
    let (mut index, mut shown) = world.open(Some(folder.path()), today);
    let mut turned = Vec::new();
    // Days in steps of all lengths, over year ends and a 29 February, with restarts.
    for step in [7, 1, 30, 16, 28, 1, 180, 30, 1, 365] {
        today = today + Days::new(step);
        let due = shown.register.due(today).unwrap();
        let before = documents(&shown);
        if step == 30 {
            drop(index);
            (index, shown) = world.open(Some(folder.path()), today);
        } else {
            shown = world.follow(&mut index, shown, today);
        }
        assert_eq!(answers(&shown), world.wanted(today), "{today}");
        assert!(shown.register.due(today).unwrap().is_empty(), "nothing is due any more");
        let changed = changed(&before, &documents(&shown));
        let due: Vec<String> = due.into_iter().map(|(_, id)| id).collect();
        assert!(changed.iter().all(|id| due.contains(id)), "{today}: {changed:?} of {due:?}");
        turned.extend(due);
    }
    assert!(turned.contains(&"brook-bakery".to_owned()) && turned.contains(&"quiet-mill".into()));
}

async fn on_the_days_that_count_the_facets_change(t: TestStore) {
    let world = World::whole(t);
    let (mut index, mut shown) = world.open(None, shown::day());
    let mut on = |text: &str| {
        shown = world.follow(&mut index, shown.clone(), day(text));
        let values = |which| facet(&shown, which).into_keys().collect::<Vec<_>>().join(" ");
        [Facet::PledgeState, Facet::Freshness, Facet::Recognition, Facet::HasPlaces].map(values)
    };
    let held = "disability-confident disability-confident:2";
    let [recent, year] = ["confirmed-90-days", "confirmed-1-year"];
    assert_eq!(on("2026-11-23"), ["declared", recent, held, "yes"]);
    assert_eq!(on("2026-11-30"), ["declared", recent, held, "yes"], "the ninetieth day");
    assert_eq!(on("2026-12-01"), ["declared", year, held, "not-stated"], "the ninety-first");
    assert_eq!(on("2026-12-29"), ["declared", year, held, "not-stated"]);
    assert_eq!(on("2026-12-30"), ["due-for-renewal", year, held, "not-stated"]);
    assert_eq!(on("2027-01-15"), ["due-for-renewal", year, held, "not-stated"]);
    assert_eq!(on("2027-01-16"), ["due-for-renewal", year, "", "not-stated"]);
    assert_eq!(on("2027-02-01"), ["due-for-renewal", year, "", ""], "the opening has closed");
    assert_eq!(on("2027-02-28"), ["due-for-renewal", year, "", ""]);
    assert_eq!(on("2027-03-01"), ["", year, "", ""], "the year is over");
    assert_eq!(on("2027-09-01"), ["", year, "", ""]);
    assert_eq!(on("2027-09-02"), ["", "stale", "", ""]);
}

/// Everything that a reader is told of each record without asking for a word.
fn documents(shown: &Snapshot) -> BTreeMap<String, String> {
    let all = guidance::search(shown, &world::of_records("")).unwrap();
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for hit in &all.hits {
        told.insert(hit.id.clone(), hit.snippet.text.clone() + &hit.summary);
    }
    told
}

fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let all = before.keys().chain(after.keys().filter(|id| !before.contains_key(*id)));
    all.filter(|id| before.get(*id) != after.get(*id)).cloned().collect()
}

fn end<T: records::Topic>(world: &World, name: &str) {
    let (name, ending) = (slug(name), Ending { on: shown::day(), reason: None });
    let by = (&author(), shown::noon());
    let end = |conn: &mut _| records::end::<T>(conn, &name, None, ending.clone(), by);
    world.t.store.write_blocking(end).unwrap();
}

/// An organisation that has only a name.
fn bare() -> Organisation {
    Organisation {
        name: "Quiet Mill (fictional)".to_owned(),
        sector: None,
        size_band: None,
        description: None,
        identifiers: Vec::new(),
        sites: Vec::new(),
        contacts: Vec::new(),
        recognitions: Vec::new(),
        ..bakery()
    }
}
