//! Whether a SQLite database with records in it is whole.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};
use pathways::store::{Conn, Store, StoreError};

/// What was asked for.
#[derive(QueryableByName)]
pub struct Told {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub text: String,
}

/// A number and a text, asked of the database in one go.
pub fn ask(conn: &mut Conn, number: &str, text: &str) -> Result<Told, StoreError> {
    let sql = format!("SELECT ({number}) AS number, ({text}) AS text");
    Ok(diesel::sql_query(sql).get_result(conn)?)
}

/// Every record has its body, its versions and its change, and the file is
/// whole; how many there are.
pub fn is_whole(store: &Store) -> i64 {
    let broken = "SELECT count(*) FROM entry e WHERE \
         (SELECT count(*) FROM entry_version v WHERE v.entry_id = e.id) <> e.version \
         OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.kind = e.kind AND a.slug = e.slug) \
         OR (e.kind = 'organisation' AND NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = e.id))";
    let whole = "SELECT integrity_check FROM pragma_integrity_check LIMIT 1";
    store
        .read_blocking(|conn| {
            let told = ask(conn, broken, whole)?;
            assert_eq!((told.number, told.text.as_str()), (0, "ok"));
            let log = "SELECT count(*) - (SELECT seq FROM change_clock) FROM change_log";
            assert_eq!(ask(conn, log, "''")?.number, 0);
            Ok::<_, StoreError>(ask(conn, "SELECT count(*) FROM entry", "''")?.number)
        })
        .unwrap()
}
