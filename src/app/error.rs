//! Every way a use case can fail, told apart by what the caller can do about it.

use crate::{search::SearchError, store::StoreError};

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

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The thing asked for is not there.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The request was read, and some of it breaks a rule.
    #[error("some of what was sent is not valid")]
    Invalid(Vec<Refusal>),
    /// Come back later; nothing was done.
    #[error("the service is busy")]
    Busy,
    /// Our fault. The text of the cause is logged, never sent.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    /// One refused field.
    pub fn refused(field: &str, code: &'static str, message: String) -> Self {
        Self::Invalid(vec![Refusal { field: field.to_owned(), code, message }])
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
            StoreError::Busy => Self::Busy,
            other => Self::Internal(Box::new(other)),
        }
    }
}
