//! What the answer to a write says of texts that look like a person's.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::register::texts::Warning;

/// That a free text looks as if it were about a person. It was written all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WarningBody {
    /// The field: `description`, `updates/0/narrative`.
    #[schema(example = "description")]
    pub field: String,
    /// What it seems to hold, as a stable word.
    #[schema(example = "phone")]
    pub code: String,
    /// What is seen, and what to do.
    pub message: String,
}

impl WarningBody {
    /// Warnings as they are answered.
    pub fn all(warnings: &[Warning]) -> Vec<Self> {
        let body = |warning: &Warning| Self {
            field: warning.field.clone(),
            code: warning.sign.as_str().to_owned(),
            message: warning.message(),
        };
        warnings.iter().map(body).collect()
    }
}
