//! Brings a database to the form this program expects.
//!
//! One folder a database, the same names in both, compiled in. What has been
//! released is never edited: a later migration extends it.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::store::connection::in_write;
use crate::store::error::Cause;
use crate::store::{Conn, Store, StoreError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

type Backend = <Conn as diesel::Connection>::Backend;

impl Store {
    /// Applies the migrations that are missing, all or none; returns their names.
    ///
    /// Several processes may do so at once: one does, the others wait and find
    /// nothing left. Blocks.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        in_write(&mut *self.connection()?, |conn| {
            if let Conn::Postgres(c) = conn {
                // Held until the commit. The number is ours, the schema's hash
                // keeps apart what shares a database.
                c.batch_execute(
                    "SELECT pg_advisory_xact_lock(1346458696, \
                     hashtext(coalesce(current_schema(), '')))",
                )?;
            }
            let migrations = embedded(conn);
            let applied = conn.run_pending_migrations(migrations).map_err(failed)?;
            Ok(applied.iter().map(ToString::to_string).collect())
        })
    }

    /// The names of the migrations that are missing. Blocks.
    pub fn pending(&self) -> Result<Vec<String>, StoreError> {
        // Not `read`: the table of applied migrations may have to be made first.
        in_write(&mut *self.connection()?, |conn| {
            let migrations = embedded(conn);
            let pending = conn.pending_migrations(migrations).map_err(failed)?;
            Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
        })
    }

    /// Takes every migration back, newest first, and with them all data. Blocks.
    ///
    /// For tests and for a fresh start; nothing in the service calls it.
    pub fn revert_all(&self) -> Result<usize, StoreError> {
        in_write(&mut *self.connection()?, |conn| {
            let migrations = embedded(conn);
            Ok(conn.revert_all_migrations(migrations).map_err(failed)?.len())
        })
    }
}

/// The versions of the applied migrations that this program does not know: they
/// were made by a newer one.
pub(super) fn unknown(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let known = MigrationSource::<Backend>::migrations(&embedded(conn)).map_err(failed)?;
    let known: Vec<String> = known.iter().map(|m| m.name().version().to_string()).collect();
    let applied = conn.applied_migrations().map_err(failed)?;
    let applied = applied.iter().map(ToString::to_string);
    Ok(applied.filter(|version| !known.contains(version)).collect())
}

fn embedded(conn: &Conn) -> EmbeddedMigrations {
    match conn {
        Conn::Postgres(_) => POSTGRES,
        Conn::Sqlite(_) => SQLITE,
    }
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Database(Cause::new(error)).about("migration")
}
