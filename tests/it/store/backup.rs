//! Backup while others write, and the way back.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use pathways::domain::register::Reference;
use pathways::store::{Store, StoreError, changes, reference, restore};

use crate::store::fixture;
use crate::support::{TestStore, connect, now, run_sql};

fn publish(store: &Store, reference: &Reference) -> i64 {
    let published = store.write_blocking(|conn| reference::publish(conn, reference, now()));
    published.map_err(|error: StoreError| error).unwrap().change
}

fn load(store: &Store) -> Reference {
    store.read_blocking(reference::load).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A folder with a whole backup of the rich register in it.
fn backed_up() -> (tempfile::TempDir, PathBuf) {
    let t = TestStore::sqlite();
    publish(&t.store, &fixture::rich());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    t.store.backup(&file).unwrap();
    (folder, file)
}

#[test]
fn a_backup_taken_while_others_write_restores_to_one_moment() {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let (rich, mut other) = (fixture::rich(), fixture::rich());
    other.partnerships[0].needs.clear();
    other.providers.remove(1);
    let t = TestStore::sqlite();
    publish(&t.store, &rich);
    let folder = tempfile::tempdir().unwrap();
    let done = &AtomicBool::new(false);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut last = 0;
            while !done.load(Ordering::SeqCst) {
                publish(&t.store, &other);
                last = publish(&t.store, &rich);
            }
            last
        });
        for at in 0..5 {
            t.store.backup(&folder.path().join(format!("{at}.db"))).unwrap();
        }
        done.store(true, Ordering::SeqCst);
        assert!(writer.join().unwrap() > 13, "nothing was written meanwhile");
    });
    assert_eq!(files(folder.path()), ["0.db", "1.db", "2.db", "3.db", "4.db"]);
    for at in 0..5 {
        let url = format!("sqlite:{}/restored/{at}.db", folder.path().display());
        let backup = folder.path().join(format!("{at}.db"));
        assert_eq!(restore(&url, &backup).unwrap(), None);
        let store = connect(&url);
        assert_eq!(store.pending().unwrap(), [] as [&str; 0]);
        let loaded = load(&store);
        assert!(loaded == rich || loaded == other, "a mixture of two moments");
        let noted: Count = store
            .read_blocking(|conn| {
                let counted = diesel::sql_query("SELECT count(*) AS count FROM change_log");
                Ok::<_, StoreError>(counted.get_result(conn)?)
            })
            .unwrap();
        assert_eq!(store.read_blocking(changes::position).unwrap(), noted.count);
    }
}

#[test]
fn what_is_replaced_is_kept_aside_and_what_is_restored_gets_a_new_identity() {
    let (folder, backup) = backed_up();
    let place = folder.path().join("place");
    let url = format!("sqlite:{}/live.db", place.display());
    let identity = |store: &Store| store.read_blocking(changes::database_id).unwrap();

    assert_eq!(restore(&url, &backup).unwrap(), None);
    let store = connect(&url);
    let first = identity(&store);
    publish(&store, &Reference::default());
    drop(store);

    let aside = restore(&url, &backup).unwrap().unwrap();
    assert_eq!(aside, place.join("live.db.replaced-1"));
    assert_eq!(files(&place), ["live.db", "live.db.replaced-1"]);
    let store = connect(&url);
    assert_eq!(load(&store), fixture::rich());
    assert_ne!(identity(&store), first);
    drop(store);

    let kept = connect(&format!("sqlite:{}", aside.display()));
    assert_eq!(load(&kept), Reference::default());
    assert_eq!(identity(&kept), first);
}

#[test]
fn a_database_that_is_open_is_not_replaced() {
    let (folder, backup) = backed_up();
    let t = TestStore::sqlite();
    let bare = Reference { providers: vec![], ..fixture::rich() };
    publish(&t.store, &bare);
    let error = restore(&t.url, &backup).unwrap_err();
    assert!(matches!(error, StoreError::InUse), "{error:?}");
    assert_eq!(load(&t.store), bare);
    assert_eq!(files(folder.path()), ["backup.db"]);
}

#[test]
fn a_backup_replaces_no_file_and_leaves_no_half_of_one() {
    let (folder, backup) = backed_up();
    let before = std::fs::read(&backup).unwrap();
    let t = TestStore::sqlite();
    let error = t.store.backup(&backup).unwrap_err();
    assert!(matches!(error, StoreError::File(_)), "{error:?}");
    assert!(std::fs::read(&backup).unwrap() == before);
    // A folder stands where the draft's folder would have to be made.
    assert!(t.store.backup(&backup.join("under-a-file.db")).is_err());
    assert_eq!(files(folder.path()), ["backup.db"]);
}

#[test]
fn a_file_that_is_not_a_whole_backup_of_ours_is_refused_and_nothing_is_touched() {
    let (folder, backup) = backed_up();
    let live = TestStore::sqlite();
    publish(&live.store, &fixture::rich());
    let TestStore { store, url, .. } = &live;
    let whole = std::fs::read(&backup).unwrap();
    let at = |name: &str| folder.path().join(name);
    let edited = |name: &str, sql: &str| {
        std::fs::copy(&backup, at(name)).unwrap();
        let store = connect(&format!("sqlite:{}", at(name).display()));
        run_sql(&store, sql).unwrap();
        drop(store);
        at(name)
    };
    std::fs::write(at("empty"), "").unwrap();
    std::fs::write(at("notes"), "These are the notes of a meeting.").unwrap();
    std::fs::write(at("half"), &whole[..whole.len() / 2]).unwrap();
    let mut scratched = whole.clone();
    scratched[4_196..40_000].fill(0x55);
    std::fs::write(at("scratched"), scratched).unwrap();
    connect(&format!("sqlite:{}", at("fresh").display()));
    let cases = [
        (at("empty"), "not a SQLite database"),
        (at("notes"), "not a SQLite database"),
        (at("half"), "damaged"),
        (at("scratched"), "damaged"),
        (at("fresh"), ""),
        (edited("foreign", "PRAGMA application_id = 7"), "another program"),
        (
            edited("newer", "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231')"),
            "29991231",
        ),
    ];
    for (file, reason) in cases {
        let error = restore(url, &file).unwrap_err();
        assert!(matches!(error, StoreError::NotABackup { .. }), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    let missing = restore(url, &at("missing")).unwrap_err();
    assert!(matches!(missing, StoreError::File(_)), "{missing:?}");
    assert_eq!(load(store), fixture::rich());
}

#[test]
fn restoring_does_not_write_to_the_backup() {
    let (folder, backup) = backed_up();
    let before = std::fs::read(&backup).unwrap();
    restore(&format!("sqlite:{}/live.db", folder.path().display()), &backup).unwrap();
    assert!(std::fs::read(&backup).unwrap() == before);
    assert_eq!(files(folder.path()), ["backup.db", "live.db"]);
}

#[test]
fn on_postgres_the_tools_of_postgres_are_named() {
    let (_folder, backup) = backed_up();
    let told = restore("postgres://nobody@nowhere/nothing", &backup).unwrap_err();
    assert!(matches!(told, StoreError::Unsupported(_)) && told.to_string().contains("pg_restore"));
    if let Some(t) = TestStore::postgres() {
        let told = t.store.backup(Path::new("never-written.db")).unwrap_err();
        assert!(matches!(told, StoreError::Unsupported(_)) && told.to_string().contains("pg_dump"));
        assert!(!Path::new("never-written.db").exists());
    }
}
