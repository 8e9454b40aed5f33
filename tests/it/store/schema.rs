//! Migrations, and that both databases have the form the program expects.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use diesel::sql_types::{Bool, Text};
use diesel::{QueryableByName, RunQueryDsl};
use pathways::store::{Conn, Store, StoreError, probe};

use crate::support::{TestStore, connect, run_sql};

on_both_databases!(
    every_migration_goes_up_down_and_up,
    processes_that_migrate_at_once_do_it_once,
    every_table_has_every_column,
    a_missing_column_is_named,
    both_databases_have_the_same_columns,
);

/// A column of a database, its type in words common to both.
#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

/// On SQLite, an `INTEGER PRIMARY KEY` of one column holds 64 bits and is never null.
const SQLITE_COLUMNS: &str = "SELECT t.name AS \"table\", c.name AS name, \
     CASE WHEN c.pk = 1 AND c.type = 'INTEGER' \
     AND (SELECT max(pk) FROM pragma_table_info(t.name)) = 1 \
     THEN 'bigint' ELSE lower(c.type) END AS kind, \
     (c.\"notnull\" = 1 OR c.pk > 0) AS required \
     FROM sqlite_schema t, pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' \
     ORDER BY t.name, c.cid";

const POSTGRES_COLUMNS: &str = "SELECT table_name::text AS \"table\", column_name::text AS name, \
     replace(data_type, ' without time zone', '') AS kind, is_nullable = 'NO' AS required \
     FROM information_schema.columns \
     WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%' \
     ORDER BY table_name COLLATE \"C\", ordinal_position";

fn columns(store: &Store) -> Vec<Column> {
    let found = store.read_blocking(|conn| {
        let sql = match conn {
            Conn::Postgres(_) => POSTGRES_COLUMNS,
            Conn::Sqlite(_) => SQLITE_COLUMNS,
        };
        Ok::<_, StoreError>(diesel::sql_query(sql).load(conn)?)
    });
    found.unwrap()
}

async fn every_migration_goes_up_down_and_up(t: TestStore) {
    let pending = |store: &Store| store.pending().unwrap();
    assert_eq!(pending(&t.store), [] as [&str; 0]);
    let count = t.store.revert_all().unwrap();
    assert_eq!(columns(&t.store).len(), 0, "nothing is left behind");
    assert_eq!(pending(&t.store).len(), count);
    assert!(count > 0);
    assert_eq!(t.store.migrate().unwrap().len(), count);
    assert_eq!(t.store.migrate().unwrap().len(), 0);
    assert_eq!(pending(&t.store), [] as [&str; 0]);
    t.store.read(probe).await.unwrap();
}

async fn processes_that_migrate_at_once_do_it_once(t: TestStore) {
    let count = t.store.revert_all().unwrap();
    let url = &t.url;
    let applied: usize = thread::scope(|scope| {
        let migrate = || connect(url).migrate().unwrap().len();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(migrate)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(applied, count);
}

async fn every_table_has_every_column(t: TestStore) {
    let known: BTreeSet<String> =
        t.store.read(probe).await.unwrap().into_iter().map(str::to_owned).collect();
    let there: BTreeSet<String> = columns(&t.store).into_iter().map(|c| c.table).collect();
    assert_eq!(known, there);
}

async fn a_missing_column_is_named(t: TestStore) {
    run_sql(&t.store, "ALTER TABLE course DROP COLUMN summary").unwrap();
    let error = t.store.read(probe).await.unwrap_err();
    assert!(error.to_string().contains("course"), "{error}");
}

async fn both_databases_have_the_same_columns(t: TestStore) {
    let lines = columns(&t.store).into_iter().map(|column| {
        let Column { table, name, kind, required } = column;
        format!("{table}.{name} {kind}{}\n", if required { "" } else { "?" })
    });
    insta::assert_snapshot!("columns", lines.collect::<String>());
}

#[test]
fn both_databases_have_the_same_migrations_each_with_a_way_back() {
    let names = |database: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
        let found = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap());
        let names: BTreeSet<String> =
            found.map(|entry| entry.file_name().into_string().unwrap()).collect();
        for (name, file) in names.iter().flat_map(|name| [(name, "up.sql"), (name, "down.sql")]) {
            assert!(folder.join(name).join(file).is_file(), "{database}/{name}/{file}");
        }
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}
