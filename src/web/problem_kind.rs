//! The kinds of problem: each with its name, its words and its status.

use actix_web::http::StatusCode;

/// A kind of problem: its name, `/problems/{name}`, is stable for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// 400: the request cannot be read.
    Malformed,
    /// 401: no token, or one that does not count.
    Unauthorised,
    /// 403: the caller's role does not allow it.
    Forbidden,
    /// 404: there is nothing at this address.
    NotFound,
    /// 405: the address does not take this method.
    MethodNotAllowed,
    /// 406: no form of the answer is acceptable.
    NotAcceptable,
    /// 408: the request did not arrive in time.
    Timeout,
    /// 409: the request does not go with what is stored.
    Conflict,
    /// 412: somebody else changed it meanwhile.
    Stale,
    /// 413: the body is too large.
    TooLarge,
    /// 414: the address is too long.
    AddressTooLong,
    /// 415: the body is not in a form that is read here.
    UnsupportedMediaType,
    /// 422: the request was read, and breaks a rule.
    Invalid,
    /// 428: the request must say which version it changes.
    Unconditional,
    /// 429: too many requests from this caller.
    TooManyRequests,
    /// 500: our fault.
    Internal,
    /// 503: come back later.
    Unavailable,
    /// 507: there is no room left to write.
    Full,
}

impl ProblemKind {
    /// Every kind, by status.
    pub const ALL: [Self; 18] = [
        Self::Malformed,
        Self::Unauthorised,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::Timeout,
        Self::Conflict,
        Self::Stale,
        Self::TooLarge,
        Self::AddressTooLong,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::Unconditional,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
        Self::Full,
    ];

    /// The name in its address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Malformed => "malformed-request",
            Self::Unauthorised => "unauthorised",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable => "not-acceptable",
            Self::Timeout => "request-timeout",
            Self::Conflict => "conflict",
            Self::Stale => "precondition-failed",
            Self::TooLarge => "content-too-large",
            Self::AddressTooLong => "uri-too-long",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::Invalid => "invalid-request",
            Self::Unconditional => "precondition-required",
            Self::TooManyRequests => "too-many-requests",
            Self::Internal => "internal-error",
            Self::Unavailable => "unavailable",
            Self::Full => "insufficient-storage",
        }
    }

    /// The same words for every problem of this kind.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request could not be read",
            Self::Unauthorised => "A valid token is needed",
            Self::Forbidden => "Your role does not allow this",
            Self::NotFound => "There is nothing at this address",
            Self::MethodNotAllowed => "This address does not take this method",
            Self::NotAcceptable => "The answer cannot be sent in an acceptable form",
            Self::Timeout => "The request did not arrive in time",
            Self::Conflict => "The request does not go with what is stored",
            Self::Stale => "Somebody else changed it meanwhile",
            Self::TooLarge => "The body is too large",
            Self::AddressTooLong => "The address is too long",
            Self::UnsupportedMediaType => "The body is not in a form that is read here",
            Self::Invalid => "Some of what was sent is not valid",
            Self::Unconditional => "The request must say which version it changes",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "The service is busy",
            Self::Full => "There is no room left to write",
        }
    }

    /// What it means, and what a client can do about it.
    #[allow(clippy::too_many_lines, reason = "a table: a text for each kind")]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Malformed => {
                "The body is not JSON, or the address holds bytes that are not text. \
                 The detail says where. Send it again once it is mended."
            }
            Self::Unauthorised => {
                "No token was sent, or one that is unknown, has run out or was revoked. Send \
                 Authorization: Bearer and a token of the role that may do this."
            }
            Self::Forbidden => {
                "The token is good, and its role may not do this here. An employer changes its \
                 own records; the partnership confirms, publishes and merges."
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
            Self::Conflict => {
                "A record of that key exists already, a similar one may be the same, or another \
                 request of this kind is under way. The detail says which; candidates names \
                 records that may be meant. Mend the request, or send it again later."
            }
            Self::Stale => {
                "The version named by If-Match is not the present one. Read the record again, \
                 take over what you meant to change, and send it with the new entity tag."
            }
            Self::TooLarge => {
                "The body has more bytes than this address reads: 65,536, or for records 262,144 \
                 and for batches 4,194,304. Send less, or a batch in parts."
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
            Self::Unconditional => {
                "Changing, ending, confirming and merging need the header If-Match with the \
                 entity tag of the record as you last read it, so that nobody's work is lost."
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
            Self::Full => {
                "Nothing was written, and reading goes on. The operator has to make room; send \
                 the request again later."
            }
        }
    }

    /// The status it is sent with.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unauthorised => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unconditional => StatusCode::PRECONDITION_REQUIRED,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
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
