//! The two entrances under load and under failure.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};
use pathways::store::changes::{self, Kind};
use pathways::store::{Conn, Limits, Store, StoreError, reference};

use crate::store::fixture::{self, slug};
use crate::support::{TestStore, connect, now, run_sql};

on_both_databases!(
    a_panic_inside_a_write_leaves_nothing_and_the_store_goes_on,
    a_read_cannot_write,
    a_read_sees_one_moment,
    reading_and_then_writing_never_fails_on_a_lock,
    who_gets_no_turn_in_time_is_told_so,
    a_write_is_carried_through_when_its_caller_stops_waiting,
    readers_are_not_held_up_by_waiting_writers,
    an_error_of_the_caller_comes_back_as_it_is,
    broken_rules_are_told_apart_on_both_databases_alike,
);

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn sources(conn: &mut Conn) -> Result<i64, StoreError> {
    let counted = diesel::sql_query("SELECT count(*) AS count FROM source");
    Ok(counted.get_result::<Count>(conn)?.count)
}

fn add_source(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::sql_query("INSERT INTO source (id, title, uncertain) VALUES ($1, 'T', FALSE)")
        .bind::<Text, _>(id)
        .execute(conn)?;
    Ok(())
}

async fn a_panic_inside_a_write_leaves_nothing_and_the_store_goes_on(t: TestStore) {
    // More often than there are connections.
    for _ in 0..6 {
        let broken = t.store.write(|conn| {
            add_source(conn, "S1")?;
            changes::touch(conn, Kind::Scheme, &slug("lost"), now())?;
            assert_eq!(sources(conn)?, 0, "on purpose");
            Ok::<_, StoreError>(())
        });
        assert!(matches!(broken.await, Err(StoreError::BrokenOff(_))));
    }
    assert_eq!(t.store.read(sources).await.unwrap(), 0);
    assert_eq!(t.store.read(changes::position).await.unwrap(), 0);
    t.store.write(|conn| add_source(conn, "S1")).await.unwrap();
    assert_eq!(t.store.read(sources).await.unwrap(), 1);
}

async fn a_read_cannot_write(t: TestStore) {
    let refused = t.store.read(|conn| add_source(conn, "S1")).await.unwrap_err();
    assert!(matches!(refused, StoreError::Database(_)), "{refused:?}");
    for at in 0..8 {
        t.store.write(move |conn| add_source(conn, &format!("S{at}"))).await.unwrap();
    }
    assert_eq!(t.store.read(sources).await.unwrap(), 8);
}

async fn a_read_sees_one_moment(t: TestStore) {
    let other = t.store.clone();
    let (before, after) = t
        .store
        .read_blocking(|conn| {
            let before = sources(conn)?;
            other.write_blocking(|conn| add_source(conn, "S1"))?;
            Ok::<_, StoreError>((before, sources(conn)?))
        })
        .unwrap();
    assert_eq!((before, after), (0, 0));
    assert_eq!(t.store.read(sources).await.unwrap(), 1);
}

async fn reading_and_then_writing_never_fails_on_a_lock(t: TestStore) {
    const EACH: i64 = 50;
    let store = &t.store;
    thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for at in 0..EACH {
                    let written = store.write_blocking(|conn| {
                        sources(conn)?;
                        add_source(conn, &format!("S{thread}-{at}"))
                    });
                    written.unwrap();
                }
            });
        }
    });
    assert_eq!(t.store.read(sources).await.unwrap(), 4 * EACH);
}

async fn who_gets_no_turn_in_time_is_told_so(t: TestStore) {
    let narrow = Limits { pool: 1, wait: Duration::from_millis(50) };
    let store = Store::connect(&t.url, narrow).unwrap();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let (finish, may_finish) = mpsc::channel::<()>();
    let holder = store.clone();
    let held = tokio::spawn(async move {
        let work = move |_: &mut Conn| {
            started.send(()).unwrap();
            may_finish.recv().unwrap();
            Ok::<_, StoreError>(())
        };
        holder.read(work).await
    });
    has_started.await.unwrap();
    assert!(matches!(store.read(sources).await, Err(StoreError::Busy)));
    let write = store.write(|conn| add_source(conn, "S1"));
    assert!(matches!(write.await, Err(StoreError::Busy)));
    finish.send(()).unwrap();
    held.await.unwrap().unwrap();
    assert_eq!(store.read(sources).await.unwrap(), 0);
}

async fn a_write_is_carried_through_when_its_caller_stops_waiting(t: TestStore) {
    let (started, has_started) = tokio::sync::oneshot::channel();
    let (finish, may_finish) = mpsc::channel::<()>();
    let (finished, has_finished) = tokio::sync::oneshot::channel::<()>();
    let store = t.store.clone();
    let caller = tokio::spawn(async move {
        let work = move |conn: &mut Conn| {
            started.send(()).unwrap();
            may_finish.recv().unwrap();
            add_source(conn, "S1")?;
            // Dropped, and so told, once the transaction has ended.
            Ok::<_, StoreError>(finished)
        };
        store.write(work).await
    });
    has_started.await.unwrap();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    finish.send(()).unwrap();
    assert!(has_finished.await.is_err());
    assert_eq!(t.store.read(sources).await.unwrap(), 1);
}

async fn readers_are_not_held_up_by_waiting_writers(t: TestStore) {
    let (started, has_started) = tokio::sync::oneshot::channel();
    let (finish, may_finish) = mpsc::channel::<()>();
    let holder = t.store.clone();
    let held = tokio::spawn(async move {
        let work = move |conn: &mut Conn| {
            // The clock row: on PostgreSQL, too, the others have to wait for it.
            changes::touch(conn, Kind::Scheme, &slug("first"), now())?;
            started.send(()).unwrap();
            may_finish.recv().unwrap();
            Ok::<_, StoreError>(())
        };
        holder.write(work).await
    });
    has_started.await.unwrap();
    let second = t.store.clone();
    let waiting = tokio::spawn(async move {
        second.write(|conn| changes::touch(conn, Kind::Scheme, &slug("second"), now())).await
    });
    // The second takes its place in the queue.
    tokio::task::yield_now().await;
    assert_eq!(t.store.read(changes::position).await.unwrap(), 0);
    finish.send(()).unwrap();
    held.await.unwrap().unwrap();
    assert_eq!(waiting.await.unwrap().unwrap(), 2);
}

#[derive(Debug, PartialEq)]
enum CallersError {
    Own,
    Stores,
}

impl From<StoreError> for CallersError {
    fn from(_: StoreError) -> Self {
        Self::Stores
    }
}

async fn an_error_of_the_caller_comes_back_as_it_is(t: TestStore) {
    let own = t.store.write(|conn| {
        add_source(conn, "S1")?;
        Err::<(), _>(CallersError::Own)
    });
    assert_eq!(own.await, Err(CallersError::Own));
    let stores = t.store.write(|conn| Ok::<_, CallersError>(run_wrong(conn)?));
    assert_eq!(stores.await, Err(CallersError::Stores));
    assert_eq!(t.store.read(sources).await.unwrap(), 0);
}

fn run_wrong(conn: &mut Conn) -> Result<usize, StoreError> {
    Ok(diesel::sql_query("SELECT nothing FROM nowhere").execute(conn)?)
}

async fn broken_rules_are_told_apart_on_both_databases_alike(t: TestStore) {
    let rich = fixture::rich();
    t.store.write(move |conn| reference::publish(conn, &rich, now())).await.unwrap();
    let try_sql = |sql: &str| run_sql(&t.store, sql).unwrap_err();
    let duplicate = try_sql("INSERT INTO source (id, title, uncertain) VALUES ('S1', 'T', TRUE)");
    assert!(matches!(duplicate, StoreError::Duplicate(_)), "{duplicate:?}");
    let referred_to = try_sql("DELETE FROM source WHERE id = 'S1'");
    assert!(matches!(referred_to, StoreError::Reference(_)), "{referred_to:?}");
    for check in [
        "UPDATE partnership_need SET level_from = 5, level_to = 2",
        "UPDATE course SET level_to = 9",
        "UPDATE venue SET outcode = 'ox16'",
        "UPDATE partnership SET slug = ''",
        "UPDATE scheme SET lifetime_months = 0",
        "UPDATE record SET as_of = NULL WHERE kind = 'scheme'",
        "UPDATE record SET kind = 'comet' WHERE kind = 'scheme'",
        "INSERT INTO change_clock (id, seq) VALUES (2, 0)",
        "INSERT INTO database (id, identity) VALUES (2, '0123456789abcdef0123456789abcdef')",
    ] {
        let refused = try_sql(check);
        assert!(matches!(refused, StoreError::Database(_)), "{check}: {refused:?}");
    }
}

#[test]
fn a_postgres_that_is_down_is_said_to_be_down() {
    let limits = Limits { pool: 2, wait: Duration::from_secs(5) };
    // Nothing listens on port 1.
    let url = "postgres://someone:very-secret@127.0.0.1:1/somewhere";
    let error = Store::connect(url, limits).unwrap_err();
    assert!(matches!(error, StoreError::Pool { database: "PostgreSQL", .. }), "{error:?}");
    let told = error.to_string();
    assert!(told.contains("refused") && told.contains("127.0.0.1"), "{told}");
    assert!(!told.contains("secret") && !told.contains("Invalid"), "{told}");
}

#[test]
fn an_address_without_a_known_scheme_makes_no_file() {
    let limits = Limits { pool: 1, wait: Duration::from_secs(1) };
    let error = Store::connect("pgdb", limits).unwrap_err();
    assert!(matches!(error, StoreError::Address { .. }), "{error:?}");
    assert!(!std::path::Path::new("pgdb").exists());
}

#[test]
fn a_missing_folder_is_made_and_a_folder_in_the_place_of_the_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/deep/down/test.db", folder.path().display());
    connect(&url).migrate().unwrap();
    let limits = Limits { pool: 1, wait: Duration::from_secs(1) };
    let url = format!("sqlite:{}/deep", folder.path().display());
    let error = Store::connect(&url, limits).unwrap_err();
    assert!(matches!(error, StoreError::Pool { database: "SQLite", .. }), "{error:?}");
}

#[tokio::test]
async fn a_database_in_memory_is_shared_within_one_store_alone() {
    let (one, other) = (connect("sqlite::memory:"), connect("sqlite::memory:"));
    one.migrate().unwrap();
    one.write(|conn| add_source(conn, "S1")).await.unwrap();
    let reads = (0..4).map(|_| one.read(sources));
    for count in futures_util::future::join_all(reads).await {
        assert_eq!(count.unwrap(), 1);
    }
    assert!(other.read(sources).await.is_err(), "there is not even the table");
}

#[tokio::test]
async fn what_sqlite_acknowledged_is_on_the_disk() {
    #[derive(QueryableByName)]
    struct Settings {
        #[diesel(sql_type = Text)]
        journal: String,
        #[diesel(sql_type = BigInt)]
        synchronous: i64,
        #[diesel(sql_type = BigInt)]
        foreign_keys: i64,
    }
    let t = TestStore::sqlite();
    let settings = |conn: &mut Conn| {
        let asked = diesel::sql_query(
            "SELECT journal_mode AS journal, synchronous, foreign_keys FROM \
             pragma_journal_mode, pragma_synchronous, pragma_foreign_keys",
        );
        Ok::<Settings, StoreError>(asked.get_result(conn)?)
    };
    let found = t.store.read(settings).await.unwrap();
    assert_eq!(found.journal, "wal");
    assert_eq!((found.synchronous, found.foreign_keys), (2, 1), "FULL, and on");
}
