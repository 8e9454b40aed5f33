//! A connection to either database: how it is opened and how its transactions
//! begin and end.
//!
//! The address decides by its scheme which database is meant. The derived
//! `establish` is never used: it tries one database after the other, so that a
//! PostgreSQL that is down would be reported as a malformed address.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{
    AnsiTransactionManager, InstrumentationEvent, SimpleConnection, TransactionManager,
};
use diesel::r2d2::{Error as OpenError, R2D2Connection};
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::store::StoreError;

// Private, so that the missing documentation of generated items is nobody's concern.
mod backends {
    /// A connection to one of the two databases.
    #[derive(diesel::MultiConnection)]
    pub enum Conn {
        /// PostgreSQL.
        Postgres(diesel::PgConnection),
        /// SQLite.
        Sqlite(diesel::SqliteConnection),
    }
}
pub use backends::Conn;

/// Runs one query text on whichever database is behind `$conn`.
macro_rules! each_backend {
    ($conn:expr, |$c:ident| $query:expr) => {
        match $conn {
            $crate::store::Conn::Postgres($c) => $query,
            $crate::store::Conn::Sqlite($c) => $query,
        }
    };
}

type Transactions = <Conn as Connection>::TransactionManager;

/// Waits for other writers before anything else can fail on their lock. FULL
/// rather than NORMAL: under WAL, NORMAL may lose the last commits when the
/// power fails, and what was acknowledged must not be lost.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000;
     PRAGMA journal_mode = WAL;
     PRAGMA synchronous = FULL;
     PRAGMA foreign_keys = ON;";

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// A server, by its whole address.
    Postgres(String),
    /// A file.
    File(PathBuf),
    /// A database in memory, shared by the connections of one store.
    Memory(String),
}

impl Address {
    /// Reads `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
        match scheme {
            "postgres" | "postgresql" => Ok(Self::Postgres(with_patience(url))),
            "sqlite" if rest == ":memory:" => Ok(Self::Memory(fresh_memory())),
            "sqlite" if !rest.is_empty() => {
                Ok(Self::File(rest.strip_prefix("//").unwrap_or(rest).into()))
            }
            _ => Err(StoreError::Address { scheme: scheme.to_owned() }),
        }
    }

    /// The kind of database, for people.
    pub(super) const fn database(&self) -> &'static str {
        match self {
            Self::Postgres(_) => "PostgreSQL",
            Self::File(_) | Self::Memory(_) => "SQLite",
        }
    }
}

/// The address with a limit of 10 s to connect, unless it states one: a server
/// that drops packets would else hold a start for minutes.
fn with_patience(url: &str) -> String {
    if url.contains("connect_timeout=") {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}connect_timeout=10")
}

/// The name of a database in memory that no other store of this process has.
fn fresh_memory() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("file:/pathways-{}?vfs=memdb", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Opens connections for the pool.
#[derive(Debug)]
pub(super) struct Opener {
    /// Where the database is.
    pub(super) address: Address,
    /// How many statements its connections have begun.
    pub(super) statements: Arc<AtomicU64>,
}

impl Opener {
    /// Opens connections to an address, counting from nothing.
    pub(super) fn new(address: Address) -> Self {
        Self { address, statements: Arc::default() }
    }
}

impl r2d2::ManageConnection for Opener {
    type Connection = Conn;
    type Error = OpenError;

    fn connect(&self) -> Result<Conn, OpenError> {
        let mut conn = match &self.address {
            Address::Postgres(url) => Conn::Postgres(PgConnection::establish(url)?),
            Address::File(path) => Conn::Sqlite(open_sqlite(&path.to_string_lossy())?),
            Address::Memory(name) => Conn::Sqlite(open_sqlite(name)?),
        };
        let statements = self.statements.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                statements.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), OpenError> {
        Ok(conn.ping()?)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        // An open transaction, or a panic on its way through us.
        std::thread::panicking() || conn.is_broken()
    }
}

fn open_sqlite(name: &str) -> Result<SqliteConnection, OpenError> {
    let mut conn = SqliteConnection::establish(name)?;
    conn.batch_execute(SQLITE_SETTINGS)?;
    Ok(conn)
}

/// Runs `work` in one write transaction: commit on `Ok`, rollback on `Err`.
///
/// SQLite takes its write lock at the start: a transaction that reads first and
/// writes later would else fail as "locked", whatever the busy timeout.
pub(super) fn in_write<T, E>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<StoreError>,
{
    begin(conn, "BEGIN", "BEGIN IMMEDIATE")?;
    let outcome = work(conn);
    let ended = match outcome {
        Ok(_) => Transactions::commit_transaction(conn),
        Err(_) => Transactions::rollback_transaction(conn),
    };
    match (outcome, ended) {
        (Ok(value), Ok(())) => Ok(value),
        (Ok(_), Err(error)) => Err(StoreError::from(error).into()),
        (Err(error), _) => Err(error),
    }
}

/// Runs `work` as a part of a write transaction that is kept or taken back by itself,
/// so that one refused record does not take the others with it.
pub fn attempt<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<StoreError>,
{
    Transactions::begin_transaction(conn).map_err(StoreError::from)?;
    match work(conn) {
        Ok(value) => {
            Transactions::commit_transaction(conn).map_err(StoreError::from)?;
            Ok(value)
        }
        Err(error) => {
            if Transactions::rollback_transaction(conn).is_err() {
                // SQLite gives the whole transaction up where, say, the disk is full. What
                // would follow must not be kept by itself; the pool drops the connection.
                writing(conn, Writing::Refused)?;
            }
            Err(error)
        }
    }
}

/// Runs `work` on one moment of the database; an attempt to write is an error.
pub(super) fn in_read<T, E>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<StoreError>,
{
    begin(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN")?;
    writing(conn, Writing::Refused)?;
    let outcome = work(conn);
    let ended = writing(conn, Writing::Allowed)
        .and_then(|()| Ok(Transactions::rollback_transaction(conn)?));
    outcome.and_then(|value| ended.map(|()| value).map_err(E::from))
}

fn begin(conn: &mut Conn, postgres: &str, sqlite: &str) -> Result<(), StoreError> {
    match conn {
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, postgres),
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, sqlite),
    }
    .map_err(StoreError::from)
}

/// Whether SQLite lets this connection write; PostgreSQL is told at `BEGIN`.
#[derive(Clone, Copy)]
enum Writing {
    Allowed,
    Refused,
}

fn writing(conn: &mut Conn, writing: Writing) -> Result<(), StoreError> {
    match (conn, writing) {
        (Conn::Sqlite(c), Writing::Allowed) => c.batch_execute("PRAGMA query_only = OFF")?,
        (Conn::Sqlite(c), Writing::Refused) => c.batch_execute("PRAGMA query_only = ON")?,
        (Conn::Postgres(_), _) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_decides_and_a_password_is_never_repeated() {
        let path = |text: &str| Ok::<_, String>(Address::File(text.into()));
        let parse = |url| Address::parse(url).map_err(|error| error.to_string());
        assert_eq!(parse("sqlite:data/pathways.db"), path("data/pathways.db"));
        assert_eq!(parse("sqlite:///srv/pathways.db"), path("/srv/pathways.db"));
        assert!(matches!(parse("sqlite::memory:"), Ok(Address::Memory(_))));
        assert!(matches!(parse("postgresql://a@b/c"), Ok(Address::Postgres(_))));
        for bad in ["pgdb", "sqlite:", "mysql://me:secret@host/db", ""] {
            let told = parse(bad).unwrap_err();
            assert!(told.contains("postgres://") && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn a_limit_to_connect_is_added_where_none_is_stated() {
        assert_eq!(with_patience("postgres://h/d"), "postgres://h/d?connect_timeout=10");
        assert_eq!(with_patience("postgres://h/d?a=b"), "postgres://h/d?a=b&connect_timeout=10");
        let stated = "postgres://h/d?connect_timeout=3";
        assert_eq!(with_patience(stated), stated);
    }
}
