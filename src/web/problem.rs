//! Every error that leaves the service, as one value: an RFC 9457 problem.
//!
//! A handler or an extractor gives a [`Problem`]; the outermost layer
//! (`envelope`) alone turns it into a JSON document or an HTML page, because it
//! alone knows the request's id and what its sender can read. The text of a cause
//! is logged there, and never sent.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{AppError, Candidate, Refusal};

pub use crate::web::problem_kind::ProblemKind;

/// Something that went wrong with a request.
#[derive(Debug)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// What is wrong this time, in one or two sentences.
    pub detail: String,
    /// Fields or parameters that break a rule.
    pub errors: Vec<Refusal>,
    /// Records that may be meant instead.
    pub candidates: Vec<Candidate>,
    /// Headers that belong to it, such as `allow`.
    pub headers: Vec<(&'static str, String)>,
    /// What caused it; for our log.
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    /// A problem of a kind, with what is wrong this time.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            candidates: Vec::new(),
            headers: Vec::new(),
            cause: None,
        }
    }

    /// Fields or parameters that break rules.
    pub fn invalid(errors: Vec<Refusal>) -> Self {
        let detail = errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" ");
        Self { errors, ..Self::new(ProblemKind::Invalid, detail) }
    }

    /// One field or parameter that breaks a rule.
    pub fn refused(field: &str, code: &'static str, message: String) -> Self {
        Self::invalid(vec![Refusal { field: field.to_owned(), code, message }])
    }

    /// The same with a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The document that is sent.
    pub fn body(&self, request_id: &str) -> ProblemBody {
        ProblemBody {
            problem_type: format!("/problems/{}", self.kind.slug()),
            title: self.kind.title().to_owned(),
            status: self.kind.status().as_u16(),
            detail: self.detail.clone(),
            errors: self.errors.iter().map(FaultBody::from).collect(),
            candidates: self.candidates.iter().map(CandidateBody::from).collect(),
            request_id: request_id.to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.title(), self.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    /// An empty answer: `envelope` finds the problem in it and writes it out.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::NotFound(what) => {
                Self::new(ProblemKind::NotFound, format!("There is no such {what}."))
            }
            AppError::Invalid(errors) => Self::invalid(errors),
            AppError::Forbidden(why) => Self::new(ProblemKind::Forbidden, why),
            AppError::Conflict { message, candidates } => {
                Self { candidates, ..Self::new(ProblemKind::Conflict, message) }
            }
            AppError::Stale => Self::new(
                ProblemKind::Stale,
                "The version named by If-Match is not the present one; the ETag header is.",
            ),
            AppError::Unreachable(cause) => Self {
                cause: Some(cause),
                ..Self::new(ProblemKind::Unavailable, "The database cannot be reached just now.")
                    .with_header("retry-after", "5".to_owned())
            },
            AppError::Full(cause) => Self {
                cause: Some(cause),
                ..Self::new(ProblemKind::Full, "Nothing was written; reading goes on.")
            },
            AppError::Busy => {
                Self::new(ProblemKind::Unavailable, "Nothing was done; try again in a moment.")
                    .with_header("retry-after", "1".to_owned())
            }
            AppError::Internal(cause) => Self {
                cause: Some(cause),
                ..Self::new(ProblemKind::Internal, "The request could not be answered.")
            },
        }
    }
}

/// A problem document (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Address of the page that describes this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-request")]
    pub problem_type: String,
    /// The kind in words; the same for every problem of the kind.
    #[schema(example = "Some of what was sent is not valid")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422, minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong this time.
    #[schema(example = "There is no such cohort. The nearest is \"refugees\".")]
    pub detail: String,
    /// The parameters or fields that break a rule; absent where none does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FaultBody>,
    /// Records that may be meant instead; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub candidates: Vec<CandidateBody>,
    /// The request's id, also in the header `x-request-id`; quote it when you ask for help.
    #[schema(example = "5f0c1c9a6b8e4d31")]
    pub request_id: String,
}

/// A parameter or field that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FaultBody {
    /// Name of the parameter, or of the field in the body: `cohort`, `skills/0/soc`.
    #[schema(example = "cohort")]
    pub field: String,
    /// Where in the body, as a JSON pointer; absent for a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "#/cohort")]
    pub pointer: Option<String>,
    /// Which rule, as a stable word.
    #[schema(example = "unknown-value")]
    pub code: String,
    /// What is wrong and what would be right.
    #[schema(example = "There is no such cohort. The nearest is \"refugees\".")]
    pub message: String,
}

impl From<&Refusal> for FaultBody {
    /// A refusal's field is a pointer if it begins with a slash.
    fn from(refusal: &Refusal) -> Self {
        let inner = refusal.field.strip_prefix('/');
        Self {
            field: inner.unwrap_or(&refusal.field).to_owned(),
            pointer: inner.map(|path| format!("#/{path}")),
            code: refusal.code.to_owned(),
            message: refusal.message.clone(),
        }
    }
}

/// A record that may be the one that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CandidateBody {
    /// Its public name.
    #[schema(example = "brook-bakery")]
    pub slug: String,
    /// Its name.
    #[schema(example = "Brook Bakery (fictional)")]
    pub name: String,
    /// A town it works in, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Banbury")]
    pub town: Option<String>,
    /// Its address in this API.
    #[schema(example = "/api/v1/organisations/brook-bakery")]
    pub url: String,
}

impl From<&Candidate> for CandidateBody {
    fn from(candidate: &Candidate) -> Self {
        Self {
            slug: candidate.slug.to_string(),
            name: candidate.name.clone(),
            town: candidate.town.clone(),
            url: format!("/api/v1/organisations/{}", candidate.slug),
        }
    }
}
