//! Every way a use case can fail, told apart by what the caller can do about it.

use crate::{
    domain::{register::rules::Fault, slug::Slug},
    search::SearchError,
    store::StoreError,
};

/// A field or parameter that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its name, or a JSON pointer to it.
    pub field: String,
    /// Which rule, as a stable word such as `unknown-value`.
    pub code: &'static str,
    /// What is wrong and what would be right; never the refused value where that
    /// may be private.
    pub message: String,
}

/// A record that may be the one that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its public name.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// A town it works in, where one is known.
    pub town: Option<String>,
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The thing asked for is not there.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The request was read, and some of it breaks a rule.
    #[error("some of what was sent is not valid")]
    Invalid(Vec<Refusal>),
    /// The caller's role does not allow it.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The request does not go with what is stored.
    #[error("{message}")]
    Conflict {
        /// What does not go with what.
        message: String,
        /// Records that may be meant instead.
        candidates: Vec<Candidate>,
    },
    /// The version to be changed is no longer the present one.
    #[error("it was changed meanwhile")]
    Stale,
    /// There is no room left to write; nothing was done.
    #[error("no room left to write")]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Come back later; nothing was done.
    #[error("the service is busy")]
    Busy,
    /// The database cannot be reached; nothing was done.
    #[error("the database cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Our fault. The text of the cause is logged, never sent.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    /// One refused field.
    pub fn refused(field: &str, code: &'static str, message: String) -> Self {
        Self::Invalid(vec![Refusal { field: field.to_owned(), code, message }])
    }

    /// A conflict without candidates.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::Conflict { message: message.into(), candidates: Vec::new() }
    }
}

impl From<Fault> for Refusal {
    /// A fault of a record, with its field as a pointer into the body.
    fn from(fault: Fault) -> Self {
        Self { field: format!("/{}", fault.field), code: fault.code, message: fault.message }
    }
}

impl From<SearchError> for AppError {
    fn from(error: SearchError) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<StoreError> for AppError {
    /// For what is no matter of one record; use cases name the record's kind themselves.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound("record"),
            StoreError::Stale => Self::Stale,
            StoreError::Busy => Self::Busy,
            StoreError::Full(_) => Self::Full(Box::new(error)),
            StoreError::Conflict(why) => Self::conflict(format!("It is refused: {why}.")),
            StoreError::Ended => Self::conflict("The record has ended."),
            StoreError::Duplicate(_) => Self::conflict("There is such a record already."),
            StoreError::Pool { .. } => Self::Unreachable(Box::new(error)),
            StoreError::Reference(_)
            | StoreError::Corrupt(_)
            | StoreError::Address { .. }
            | StoreError::Unsupported(_)
            | StoreError::NotABackup { .. }
            | StoreError::InUse
            | StoreError::BrokenOff(_)
            | StoreError::File(_)
            | StoreError::Database(_) => Self::Internal(Box::new(error)),
        }
    }
}
