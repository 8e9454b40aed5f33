//! Backup of a SQLite database while it is written to, and its way back.
//!
//! PostgreSQL has better tools of its own, and an error says so. A backup is one
//! ordinary database file, without a journal beside it.
//!
//! Invariants: a backup never replaces a file, a restore never deletes one, and
//! neither leaves half a file under the name asked for. What was restored has a
//! new identity, so that no index and no feed takes up where it had stopped with
//! the replaced database.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::store::connection::Address;
use crate::store::{Conn, Store, StoreError, migrations};

const USE_PG_DUMP: &str = "on PostgreSQL, use pg_dump for a backup and pg_restore to restore it";
const IN_MEMORY: &str = "a database in memory has no file to restore into";

/// How every SQLite file begins.
const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// "PATH", as the first migration sets it.
const APPLICATION_ID: i32 = 1_346_458_696;

impl Store {
    /// Writes a copy of the SQLite database, as one moment has it, into a new
    /// file, while others read and write. Blocks.
    pub fn backup(&self, into: &Path) -> Result<(), StoreError> {
        if let Address::Postgres(_) = self.address() {
            return Err(StoreError::Unsupported(USE_PG_DUMP));
        }
        if into.exists() {
            return Err(StoreError::file(into, ErrorKind::AlreadyExists.into()));
        }
        let draft = Draft::beside(into)?;
        diesel::sql_query("VACUUM INTO $1")
            .bind::<Text, _>(draft.0.to_string_lossy())
            .execute(&mut *self.connection()?)
            .map_err(|error| StoreError::from(error).about(into.display()))?;
        draft.publish(into)
    }
}

/// Puts a backup in the place of the SQLite database at `url`, after checking
/// it; returns where the file that was there before is now. Blocks.
///
/// Refuses a file that is not a whole database of this program, and one made by
/// a newer version of it. Nobody else may have the database open meanwhile.
pub fn restore(url: &str, backup: &Path) -> Result<Option<PathBuf>, StoreError> {
    let target = match Address::parse(url)? {
        Address::Postgres(_) => return Err(StoreError::Unsupported(USE_PG_DUMP)),
        Address::Memory(_) => return Err(StoreError::Unsupported(IN_MEMORY)),
        Address::File(path) => path,
    };
    expect_header(backup)?;
    let draft = Draft::beside(&target)?;
    fs::copy(backup, &draft.0).map_err(|error| StoreError::file(backup, error))?;
    // The copy is checked, not the backup: opening a database may write to it.
    check(&draft.0, backup)?;
    let replaced = set_aside(&target)?;
    draft.publish(&target)?;
    Ok(replaced)
}

/// A file that is not complete yet; it is removed unless it gets its name.
struct Draft(PathBuf);

impl Draft {
    /// A new name in the folder of `path`, which is made if it is missing.
    fn beside(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| StoreError::file(folder, error))?;
        }
        let draft = with_ending(path, &format!(".part-{}", std::process::id()));
        match fs::remove_file(&draft) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(StoreError::file(&draft, error))
            }
            _ => Ok(Self(draft)),
        }
    }

    /// Gives the file its name, once every byte of it is on the disk.
    fn publish(self, path: &Path) -> Result<(), StoreError> {
        let written = File::open(&self.0).and_then(|file| file.sync_all());
        let named = written.and_then(|()| fs::rename(&self.0, path));
        named.map_err(|error| StoreError::file(path, error))?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            // Not every file system lets a folder be synchronised.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already when it got its name.
        let _ = fs::remove_file(&self.0);
        let _ = fs::remove_file(with_ending(&self.0, "-journal"));
    }
}

#[derive(QueryableByName)]
struct Pragmas {
    #[diesel(sql_type = Integer)]
    application_id: i32,
    #[diesel(sql_type = Text)]
    integrity: String,
    #[diesel(sql_type = BigInt)]
    dangling: i64,
}

fn expect_header(backup: &Path) -> Result<(), StoreError> {
    let mut start = [0_u8; HEADER.len()];
    let mut file = File::open(backup).map_err(|error| StoreError::file(backup, error))?;
    match file.read_exact(&mut start) {
        Ok(()) if &start == HEADER => Ok(()),
        Ok(()) => Err(refused(backup, "it is not a SQLite database")),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Err(refused(backup, "it is not a SQLite database"))
        }
        Err(error) => Err(StoreError::file(backup, error)),
    }
}

/// Checks the copy of a backup and gives it an identity of its own.
fn check(copy: &Path, backup: &Path) -> Result<(), StoreError> {
    let damaged = |error: diesel::result::Error| refused(backup, &format!("damaged: {error}"));
    let conn = SqliteConnection::establish(&copy.to_string_lossy());
    let mut conn = conn.map(Conn::Sqlite).map_err(|error| refused(backup, &error.to_string()))?;
    let found: Pragmas = diesel::sql_query(
        "SELECT (SELECT application_id FROM pragma_application_id) AS application_id, \
         (SELECT integrity_check FROM pragma_integrity_check LIMIT 1) AS integrity, \
         (SELECT count(*) FROM pragma_foreign_key_check) AS dangling",
    )
    .get_result(&mut conn)
    .map_err(damaged)?;
    if found.application_id != APPLICATION_ID {
        return Err(refused(backup, "it is a database of another program"));
    }
    if found.integrity != "ok" {
        return Err(refused(backup, &format!("damaged: {}", found.integrity)));
    }
    if found.dangling > 0 {
        return Err(refused(backup, "damaged: some records refer to missing ones"));
    }
    let newer = migrations::unknown(&mut conn)?;
    if !newer.is_empty() {
        let newer = newer.join(", ");
        return Err(refused(backup, &format!("a newer version made it (migration {newer})")));
    }
    conn.batch_execute("UPDATE database SET identity = lower(hex(randomblob(16)))").map_err(damaged)
}

/// Moves a database out of the way, once nobody has it open; returns its new name.
fn set_aside(target: &Path) -> Result<Option<PathBuf>, StoreError> {
    if !target.exists() {
        return Ok(None);
    }
    if is_in_use(target) {
        return Err(StoreError::InUse);
    }
    let aside = (1..=9_999)
        .map(|count| with_ending(target, &format!(".replaced-{count}")))
        .find(|name| !name.exists())
        .ok_or_else(|| StoreError::file(target, ErrorKind::AlreadyExists.into()))?;
    for ending in ["-wal", "-shm", "-journal", ""] {
        match fs::rename(with_ending(target, ending), with_ending(&aside, ending)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(StoreError::file(target, error));
            }
            _ => {}
        }
    }
    Ok(Some(aside))
}

/// Whether others have the database open; if not, folds its journal into it.
fn is_in_use(target: &Path) -> bool {
    /// A service that was stopped a moment ago may still be closing its connections.
    const PATIENCE: u32 = 10;
    const PAUSE: Duration = Duration::from_millis(100);
    for _ in 0..PATIENCE {
        // Leaving WAL needs the database for oneself. What is too damaged to be
        // opened is in nobody's use.
        let Ok(mut conn) = SqliteConnection::establish(&target.to_string_lossy()) else {
            return false;
        };
        let alone = conn.batch_execute("PRAGMA journal_mode = DELETE");
        let Err(StoreError::Busy) = alone.map_err(StoreError::from) else {
            return false;
        };
        std::thread::sleep(PAUSE);
    }
    true
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn refused(backup: &Path, reason: &str) -> StoreError {
    StoreError::NotABackup { file: backup.display().to_string(), reason: reason.to_owned() }
}
