//! Whatever became of the folder or of the database: a start is not refused, and what is
//! found is what an index built at once would find.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chrono::Days;
use pathways::{
    app::{register_index::RegisterIndex, start::StartError},
    domain::register::Organisation,
    search::SearchError,
    store::changes,
};

use super::world::{World, answers, bakery, total};
use crate::{
    shown,
    support::{TestStore, now, run_sql},
};

on_both_databases!(
    a_start_goes_on_from_what_is_there,
    whatever_became_of_the_folder_a_start_finds_everything,
    whatever_became_of_the_database_a_start_finds_what_it_holds,
    a_database_that_is_set_back_under_a_running_service_is_followed,
    a_clock_that_is_set_back_is_followed,
    a_second_process_on_the_folder_is_told_so,
    after_a_failure_the_next_look_puts_things_right,
);

/// What became of a folder, in words and in deed.
type Mishap = (&'static str, fn(&Path));

fn mill(name: &str) -> Organisation {
    let identifiers = Vec::new();
    Organisation { name: format!("{name} (fictional)"), identifiers, ..bakery() }
}

async fn a_start_goes_on_from_what_is_there(t: TestStore) {
    let world = World::whole(t);
    let folder = tempfile::tempdir().unwrap();
    let (index, first) = world.open(Some(folder.path()), shown::day());
    assert_eq!(index.position().unwrap().change, first.change);
    drop(index);
    let segments = segments(folder.path());
    let (index, again) = world.open(Some(folder.path()), shown::day());
    assert_eq!(answers(&again), answers(&first));
    assert_eq!(self::segments(folder.path()), segments, "nothing was built anew");
    drop(index);

    world.write("oat-mill", mill("Oat Mill"));
    let (_index, after) = world.open(Some(folder.path()), shown::day());
    assert_eq!(answers(&after), world.wanted(shown::day()));
    assert!(self::segments(folder.path()).is_superset(&segments), "only what is new was added");
    assert_eq!(total(&after, "oat mill"), 1);
}

async fn whatever_became_of_the_folder_a_start_finds_everything(t: TestStore) {
    let world = World::whole(t);
    let wanted = world.wanted(shown::day());
    let mishaps: [Mishap; 7] = [
        ("deleted", |folder| fs::remove_dir_all(folder).unwrap()),
        ("emptied", |folder| fs::remove_dir_all(own(folder)).unwrap()),
        ("a segment file cut short", |folder| cut(folder, "store")),
        ("postings cut short", |folder| cut(folder, "idx")),
        ("garbage for a list of segments", |folder| meta(folder, "\u{0}garbage{")),
        ("a list without its position", |folder| meta(folder, "{\"segments\":[],\"opstamp\":1}")),
        ("a lock of a process that is gone", |folder| {
            for name in [".tantivy-writer.lock", ".tantivy-meta.lock"] {
                fs::write(own(folder).join(name), "4711").unwrap();
            }
            fs::write(folder.join("lock"), "4711").unwrap();
        }),
    ];
    for (what, mishap) in mishaps {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        drop(world.open(Some(&path), shown::day()));
        mishap(&path);
        let (_index, shown) = world.open(Some(&path), shown::day());
        assert_eq!(answers(&shown), wanted, "{what}");
    }
}

async fn whatever_became_of_the_database_a_start_finds_what_it_holds(t: TestStore) {
    let world = World::whole(t);
    let mishaps: [(&str, &[&str]); 3] = [
        (
            "an older one was restored",
            &["UPDATE change_clock SET seq = 3", "DELETE FROM change_log WHERE seq > 3"],
        ),
        (
            "it is another one",
            &["UPDATE database SET identity = 'another-name-of-32-letters-or-so'"],
        ),
        ("the log was trimmed", &[]),
    ];
    for (what, mishap) in mishaps {
        let folder = tempfile::tempdir().unwrap();
        let (index, _) = world.open(Some(folder.path()), shown::day());
        let before = index.position().unwrap().clone();
        drop(index);
        for sql in mishap {
            run_sql(&world.t.store, sql).unwrap();
        }
        if mishap.is_empty() {
            world.write("rye-mill", mill("Rye Mill"));
            world.write("oat-mill", mill("Oat Mill"));
            let later = now() + Days::new(400);
            let trimmed = world.t.store.write_blocking(|conn| changes::trim(conn, later)).unwrap();
            assert!(trimmed > 1);
        }
        let (index, shown) = world.open(Some(folder.path()), shown::day());
        assert_eq!(answers(&shown), world.wanted(shown::day()), "{what}");
        assert_ne!(index.position(), Some(&before), "{what}");
    }
}

async fn a_database_that_is_set_back_under_a_running_service_is_followed(t: TestStore) {
    let world = World::whole(t);
    let (mut index, before) = world.open(None, shown::day());
    assert_eq!(total(&before, "qpblclvz"), 1);
    // Behind the same address there is another database now, with fewer changes.
    for sql in [
        "UPDATE organisation SET description = 'Bakes qotherloaves.'",
        "UPDATE change_clock SET seq = 2",
        "DELETE FROM change_log WHERE seq > 2",
        "UPDATE database SET identity = 'another-name-of-32-letters-or-so'",
    ] {
        run_sql(&world.t.store, sql).unwrap();
    }
    let after = world.follow(&mut index, before, shown::day());
    assert_eq!(after.change, 2);
    assert_eq!((total(&after, "qpblclvz"), total(&after, "qotherloaves")), (0, 1));
    assert_eq!(answers(&after), world.wanted(shown::day()));
}

async fn a_clock_that_is_set_back_is_followed(t: TestStore) {
    let world = World::whole(t);
    let folder = tempfile::tempdir().unwrap();
    let later = shown::day() + Days::new(400);
    let (mut index, ahead) = world.open(Some(folder.path()), later);
    assert_ne!(answers(&ahead), world.wanted(shown::day()), "a day makes a difference");
    let back = world.follow(&mut index, ahead, shown::day());
    assert_eq!(answers(&back), world.wanted(shown::day()));
}

async fn a_second_process_on_the_folder_is_told_so(t: TestStore) {
    let world = World::whole(t);
    let folder = tempfile::tempdir().unwrap();
    let (mut index, first) = world.open(Some(folder.path()), shown::day());
    let refused = world.try_open(Some(folder.path()), shown::day()).err().unwrap();
    assert!(matches!(refused, StartError::Register(SearchError::InUse(_))), "{refused}");
    let words = refused.to_string();
    assert!(words.contains("another process") && words.contains(folder.path().to_str().unwrap()));
    // The first one goes on as if nothing had been.
    world.write("oat-mill", mill("Oat Mill"));
    let after = world.follow(&mut index, first, shown::day());
    assert_eq!(answers(&after), world.wanted(shown::day()));
}

async fn after_a_failure_the_next_look_puts_things_right(t: TestStore) {
    let world = World::whole(t);
    let folder = tempfile::tempdir().unwrap();
    let (mut index, first): (RegisterIndex, _) = world.open(Some(folder.path()), shown::day());
    world.write("oat-mill", mill("Oat Mill"));
    // A table that is away for a moment: the log can be read, the records cannot.
    run_sql(&world.t.store, "ALTER TABLE posture RENAME TO posture_away").unwrap();
    let failed = index.forward(&world.t.store, &first, &mut |_, _| ());
    assert!(failed.is_err(), "it said that it followed");
    run_sql(&world.t.store, "ALTER TABLE posture_away RENAME TO posture").unwrap();
    let after = world.follow(&mut index, first, shown::day());
    assert_eq!(answers(&after), world.wanted(shown::day()));
    assert_eq!(total(&after, "oat mill"), 1);
}

/// The one folder of files that is inside.
fn own(folder: &Path) -> PathBuf {
    let mut inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    inside.find(|path| path.is_dir()).unwrap()
}

/// The files of the stored segments.
fn segments(folder: &Path) -> BTreeSet<PathBuf> {
    let files = fs::read_dir(own(folder)).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "store")).collect()
}

fn cut(folder: &Path, ending: &str) {
    for entry in fs::read_dir(own(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|own| own == ending) {
            let length = fs::metadata(&path).unwrap().len();
            fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
        }
    }
}

fn meta(folder: &Path, text: &str) {
    fs::write(own(folder).join("meta.json"), text).unwrap();
}
