//! Every way the store can fail, told apart by what the caller can do.
//!
//! The one place where an error of diesel becomes ours. Which constraint was
//! broken is not part of it: only PostgreSQL reports the name.

use std::{error::Error, fmt};

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::domain::slug::NotASlug;

/// Tells what failed in the database or the operating system, for the log.
#[derive(Debug)]
pub struct Cause {
    /// What was being written or read, where that is known.
    about: Option<String>,
    error: Box<dyn Error + Send + Sync>,
}

impl Cause {
    pub(super) fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { about: None, error: error.into() }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(about) = &self.about {
            write!(f, "{about}: ")?;
        }
        self.error.fmt(f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// Every way the store can fail, told apart by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The record asked for is not there.
    #[error("no such record")]
    NotFound,
    /// A record of that key is there already.
    #[error("already stored: {0}")]
    Duplicate(Cause),
    /// The record names another one that is not there, or another one names it.
    #[error("a record it refers to is missing, or it is still referred to: {0}")]
    Reference(Cause),
    /// The record is not in the version that the writer read.
    #[error("the record was changed meanwhile")]
    Stale,
    /// The record has ended, and what was asked for needs one that has not.
    #[error("the record has ended")]
    Ended,
    /// What was asked for does not go with the other records.
    #[error("{0}")]
    Conflict(&'static str),
    /// What is stored breaks a rule of the domain.
    #[error("the database holds what it should not: {0}")]
    Corrupt(Cause),
    /// Others are being served; nothing was done, come back later.
    #[error("the database is busy")]
    Busy,
    /// No connection could be had.
    #[error("no connection to {database}: {cause}")]
    Pool {
        /// Which kind of database.
        database: &'static str,
        /// Why.
        cause: Cause,
    },
    /// The address is of no database we know.
    #[error("a database is sqlite:PATH, sqlite::memory: or postgres://…, not {scheme:?}")]
    Address {
        /// What stood before the first colon; the rest may hold a password.
        scheme: String,
    },
    /// This database is looked after with tools of its own.
    #[error("{0}")]
    Unsupported(&'static str),
    /// The file is not a backup that can be used here.
    #[error("{file} cannot be restored: {reason}")]
    NotABackup {
        /// The file.
        file: String,
        /// Why not.
        reason: String,
    },
    /// Others have the database open, and what was asked for needs it alone.
    #[error("the database is in use: stop the service first")]
    InUse,
    /// The work stopped half-way through a mistake of ours; nothing was kept.
    #[error("the work on the database was broken off, nothing was kept: {0}")]
    BrokenOff(Cause),
    /// A file could not be read or written.
    #[error("{0}")]
    File(Cause),
    /// There is no room left on the disk; nothing was kept.
    #[error("no room left on the disk: {0}")]
    Full(Cause),
    /// Anything else that the database refused.
    #[error("the database refused: {0}")]
    Database(Cause),
}

impl StoreError {
    /// What is stored breaks a rule of the domain.
    pub(super) fn corrupt(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Corrupt(Cause::new(error))
    }

    /// The file `path` could not be read or written.
    pub(super) fn file(path: &std::path::Path, error: std::io::Error) -> Self {
        Self::File(Cause::new(error)).about(path.display())
    }

    /// The same error, saying what it is about where it did not yet.
    #[must_use]
    pub(super) fn about(mut self, what: impl fmt::Display) -> Self {
        match &mut self {
            Self::Duplicate(cause)
            | Self::Reference(cause)
            | Self::Corrupt(cause)
            | Self::Pool { cause, .. }
            | Self::BrokenOff(cause)
            | Self::File(cause)
            | Self::Full(cause)
            | Self::Database(cause) => {
                cause.about.get_or_insert_with(|| what.to_string());
            }
            Self::NotFound
            | Self::Stale
            | Self::Ended
            | Self::Conflict(_)
            | Self::Busy
            | Self::InUse
            | Self::Address { .. }
            | Self::Unsupported(_)
            | Self::NotABackup { .. } => {}
        }
        self
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        use DatabaseErrorKind as Kind;
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(Kind::UniqueViolation, _) => {
                Self::Duplicate(Cause::new(error))
            }
            DieselError::DatabaseError(Kind::ForeignKeyViolation | Kind::RestrictViolation, _) => {
                Self::Reference(Cause::new(error))
            }
            DieselError::DatabaseError(Kind::SerializationFailure, _) => Self::Busy,
            // SQLite's SQLITE_BUSY, after the busy timeout, and PostgreSQL's 40P01; diesel
            // has no kind for them.
            DieselError::DatabaseError(Kind::Unknown, ref told)
                if ["database is locked", "deadlock detected"].contains(&told.message()) =>
            {
                Self::Busy
            }
            // SQLite's SQLITE_FULL, and PostgreSQL's 53100 by its words: diesel has no kind.
            DieselError::DatabaseError(Kind::Unknown, ref told)
                if told.message().contains("database or disk is full")
                    || told.message().contains("No space left on device") =>
            {
                Self::Full(Cause::new(error))
            }
            DieselError::DeserializationError(_) => Self::Corrupt(Cause::new(error)),
            other => Self::Database(Cause::new(other)),
        }
    }
}

impl From<NotASlug> for StoreError {
    fn from(error: NotASlug) -> Self {
        Self::corrupt(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> StoreError {
        let message = Box::new(message.to_owned());
        StoreError::from(DieselError::DatabaseError(DatabaseErrorKind::Unknown, message))
    }

    #[test]
    fn what_a_caller_can_do_something_about_is_known_by_its_words() {
        assert!(matches!(told("database is locked"), StoreError::Busy));
        assert!(matches!(told("deadlock detected"), StoreError::Busy));
        assert!(matches!(told("database or disk is full"), StoreError::Full(_)));
        let extend = "could not extend file \"base/5/16384\": No space left on device";
        assert!(matches!(told(extend), StoreError::Full(_)));
        assert!(matches!(told("disk I/O error"), StoreError::Database(_)));
    }
}
