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

use crate::app::{AppError, Refusal};

/// A kind of problem: its name, `/problems/{name}`, is stable for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// 400: the request cannot be read.
    Malformed,
    /// 404: there is nothing at this address.
    NotFound,
    /// 405: the address does not take this method.
    MethodNotAllowed,
    /// 406: no form of the answer is acceptable.
    NotAcceptable,
    /// 408: the request did not arrive in time.
    Timeout,
    /// 413: the body is too large.
    TooLarge,
    /// 414: the address is too long.
    AddressTooLong,
    /// 415: the body is not in a form that is read here.
    UnsupportedMediaType,
    /// 422: the request was read, and breaks a rule.
    Invalid,
    /// 429: too many requests from this caller.
    TooManyRequests,
    /// 500: our fault.
    Internal,
    /// 503: come back later.
    Unavailable,
}

impl ProblemKind {
    /// Every kind, by status.
    pub const ALL: [Self; 12] = [
        Self::Malformed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::Timeout,
        Self::TooLarge,
        Self::AddressTooLong,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The name in its address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Malformed => "malformed-request",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable => "not-acceptable",
            Self::Timeout => "request-timeout",
            Self::TooLarge => "content-too-large",
            Self::AddressTooLong => "uri-too-long",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::Invalid => "invalid-request",
            Self::TooManyRequests => "too-many-requests",
            Self::Internal => "internal-error",
            Self::Unavailable => "unavailable",
        }
    }

    /// The same words for every problem of this kind.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request could not be read",
            Self::NotFound => "There is nothing at this address",
            Self::MethodNotAllowed => "This address does not take this method",
            Self::NotAcceptable => "The answer cannot be sent in an acceptable form",
            Self::Timeout => "The request did not arrive in time",
            Self::TooLarge => "The body is too large",
            Self::AddressTooLong => "The address is too long",
            Self::UnsupportedMediaType => "The body is not in a form that is read here",
            Self::Invalid => "Some of what was sent is not valid",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "The service is busy",
        }
    }

    /// What it means, and what a client can do about it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Malformed => {
                "The body is not JSON, or the address holds bytes that are not text. \
                 The detail says where. Send it again once it is mended."
            }
            Self::NotFound => {
                "Nothing has this address, or what had it is gone. Check the name; \
                 lists and searches give the addresses that exist."
            }
            Self::MethodNotAllowed => {
                "The address exists, and answers other methods. The Allow header names them."
            }
            Self::NotAcceptable => {
                "The Accept-Encoding header refuses every encoding we have. \
                 Leave it out, or allow identity or gzip."
            }
            Self::Timeout => "The request was begun and not finished. Send it again.",
            Self::TooLarge => {
                "A body may have 65,536 bytes. Send less; nothing here needs as much."
            }
            Self::AddressTooLong => {
                "A query string may have 16,384 bytes. Ask with fewer words or filters."
            }
            Self::UnsupportedMediaType => {
                "Send JSON, with the header Content-Type: application/json."
            }
            Self::Invalid => {
                "The request was understood, and a parameter or field breaks a rule, or is not \
                 known. Each entry of errors names the field, a stable code and what would be \
                 right."
            }
            Self::TooManyRequests => {
                "This caller sent more requests than the operator allows in a second. \
                 Wait as long as the Retry-After header says, then go on."
            }
            Self::Internal => {
                "It is not the request's fault. The request id finds the cause in our log; \
                 please quote it. Sending the request again is safe for reads."
            }
            Self::Unavailable => {
                "Nothing was done. Wait as long as the Retry-After header says, then send the \
                 request again."
            }
        }
    }

    /// The status it is sent with.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The kind nearest to a status that the framework chose.
    pub fn of_status(status: StatusCode) -> Self {
        let exact = Self::ALL.into_iter().find(|kind| kind.status() == status);
        let by_class = if status.is_server_error() { Self::Internal } else { Self::Malformed };
        exact.unwrap_or(by_class)
    }

    /// The kind of that name.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// Something that went wrong with a request.
#[derive(Debug)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// What is wrong this time, in one or two sentences.
    pub detail: String,
    /// Fields or parameters that break a rule.
    pub errors: Vec<Refusal>,
    /// Headers that belong to it, such as `allow`.
    pub headers: Vec<(&'static str, String)>,
    /// What caused it; for our log.
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    /// A problem of a kind, with what is wrong this time.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), headers: Vec::new(), cause: None }
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
