//! What integration tests stand on: a migrated store of their own, on either
//! database, and nothing left of it afterwards.
//!
//! PostgreSQL is tried where `TEST_POSTGRES_URL` names one (`tests/postgres.sh`);
//! each test has a schema to itself there.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::RunQueryDsl;
use pathways::store::{Limits, Store, StoreError};

/// Runs each test on SQLite, and on PostgreSQL where one is offered.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $test() {
                super::$test($crate::support::TestStore::sqlite()).await
            })+
        }
        mod postgres {
            $(#[tokio::test] async fn $test() {
                if let Some(t) = $crate::support::TestStore::postgres() { super::$test(t).await }
            })+
        }
    };
}

/// A migrated store that is gone after the test.
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// Its address, for a second store on the same database.
    pub url: String,
    _place: Place,
}

enum Place {
    Folder { _folder: tempfile::TempDir },
    Schema { server: String, name: String },
}

impl TestStore {
    /// A store on a SQLite file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::migrated(url, Place::Folder { _folder: folder })
    }

    /// A store in a schema of the PostgreSQL that is offered; `None`, and a line
    /// that says so, where none is.
    pub fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Some(server) = std::env::var_os("TEST_POSTGRES_URL") else {
            eprintln!("not tried on PostgreSQL: TEST_POSTGRES_URL is not set");
            return None;
        };
        let server = server.into_string().unwrap();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{count}", std::process::id());
        on_server(&server, &format!("CREATE SCHEMA {name}"));
        let joint = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{joint}options=-c%20search_path%3D{name}");
        Some(Self::migrated(url, Place::Schema { server, name }))
    }

    fn migrated(url: String, place: Place) -> Self {
        let store = connect(&url);
        store.migrate().unwrap();
        Self { store, url, _place: place }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Schema { server, name } = self {
            on_server(server, &format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}

/// Connects with four connections and a wait that no test runs into unmeant.
pub fn connect(url: &str) -> Store {
    Store::connect(url, Limits { pool: 4, wait: Duration::from_secs(20) }).unwrap()
}

/// Half past nine on the day that the tests take for today.
pub fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(9, 30, 0).unwrap()
}

/// Runs one statement.
pub fn run_sql(store: &Store, sql: &str) -> Result<usize, StoreError> {
    store.write_blocking(|conn| Ok(diesel::sql_query(sql).execute(conn)?))
}

fn on_server(server: &str, sql: &str) {
    run_sql(&connect(server), sql).unwrap();
}
