//! The outermost layer: what every request and every answer has in common.
//!
//! It gives the request its id, refuses callers that ask too often, reads HEAD as
//! GET, survives a panic, writes problems out in the form their reader understands,
//! adds the headers, and notes one line and one number for each request. Neither
//! the query string nor a body ever reaches the log.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        Method,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::{Bytes, Data},
};
use futures_util::FutureExt;
use tracing::Instrument;

use crate::{
    app::AppState,
    web::{
        Surroundings, caller, headers, measure, oruk, pages,
        problem::{Problem, ProblemKind},
        rate_limit::{Allowance, Counted},
    },
};

/// Paths, and everything below them, that answer JSON whoever asks.
const MACHINES: [&str; 4] = ["/api", "/health", "/metrics", "/oruk"];
/// Paths that are answered however often they are asked for.
const UNLIMITED: [&str; 2] = ["/health", "/metrics"];

/// What must be known of a request after it was given away.
struct Asked {
    id: String,
    method: Method,
    wants_page: bool,
    open: bool,
    since: Instant,
}

/// Wraps a request and its answer.
pub async fn sealed(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = Asked {
        id: headers::request_id(req.headers()),
        method: req.method().clone(),
        wants_page: wants_page(req.path(), req.headers()),
        open: is_below(req.path(), oruk::BASE),
        since: Instant::now(),
    };
    if asked.method == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    let allowance = allowance(&req);
    let answer = match allowance {
        Some(allowance) if allowance.wait_seconds > 0 => {
            Ok(req.error_response(too_many(allowance)).map_into_boxed_body())
        }
        _ => {
            let span = tracing::info_span!("http.request", request_id = %asked.id);
            let inner = AssertUnwindSafe(async { next.call(req).await }).catch_unwind();
            match inner.instrument(span).await {
                Ok(answer) => answer.map(ServiceResponse::map_into_boxed_body),
                Err(_) => Err(Problem::new(ProblemKind::Internal, PANICKED).into()),
            }
        }
    };
    finished(answer, &asked, allowance)
}

const PANICKED: &str = "The request could not be answered.";

/// Completes an answer. A request that was lost on the way leaves an error that
/// already holds the whole answer.
fn finished(
    answer: Result<ServiceResponse<BoxBody>, Error>,
    asked: &Asked,
    allowance: Option<Allowance>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match answer {
        Ok(answer) => {
            let (request, answer) = answer.into_parts();
            let route = request.match_pattern();
            let answer = completed(answer, asked, allowance);
            noted(asked, route.as_deref().unwrap_or("unmatched"), &answer);
            Ok(ServiceResponse::new(request, answer))
        }
        Err(error) => {
            let answer = completed(HttpResponse::from_error(error), asked, allowance);
            noted(asked, "lost", &answer);
            Err(InternalError::from_response("answered", answer).into())
        }
    }
}

fn completed(answer: HttpResponse, asked: &Asked, allowance: Option<Allowance>) -> HttpResponse {
    let mut answer = if answer.status().is_client_error() || answer.status().is_server_error() {
        written_out(answer, asked)
    } else {
        answer
    };
    if asked.open {
        headers::open(answer.headers_mut());
    }
    headers::secure(answer.headers_mut(), &asked.id);
    for (name, value) in allowance.into_iter().flat_map(Allowance::headers) {
        set(answer.headers_mut(), name, &value);
    }
    weaken_if_encoded(answer.headers_mut());
    if asked.method == Method::HEAD {
        answer.map_body(|_, body| Headless::of(&body))
    } else {
        answer
    }
}

/// Writes out the problem that an answer stands for. A page that a handler made
/// itself stays as it is.
fn written_out(answer: HttpResponse, asked: &Asked) -> HttpResponse {
    let problem = answer.error().and_then(|error| error.as_error::<Problem>());
    let own_page = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"text/html") || kind.as_bytes().starts_with(b"application/")
    });
    if problem.is_none() && own_page && answer.error().is_none() {
        return answer;
    }
    let generic;
    let problem = if let Some(problem) = problem {
        problem
    } else {
        let kind = ProblemKind::of_status(answer.status());
        generic = Problem::new(kind, kind.meaning());
        &generic
    };
    if problem.kind.status().is_server_error() {
        let cause = problem.cause.as_ref().map(|cause| chain(cause.as_ref()));
        tracing::error!(request_id = %asked.id, cause, "{problem}");
    }
    let body = problem.body(&asked.id);
    let mut builder = HttpResponse::build(problem.kind.status());
    for (name, value) in &problem.headers {
        builder.insert_header((*name, value.as_str()));
    }
    builder.insert_header((header::CACHE_CONTROL, "no-store"));
    if asked.wants_page {
        builder.content_type("text/html; charset=utf-8").body(pages::error_page(&body))
    } else {
        let text = serde_json::to_string(&body).unwrap_or_default();
        builder.content_type("application/problem+json").body(text)
    }
}

/// An error with its causes, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn allowance(req: &ServiceRequest) -> Option<Allowance> {
    let limit = req.app_data::<Data<Surroundings>>()?.limit.as_ref()?;
    let limited = !UNLIMITED.iter().any(|top| is_below(req.path(), top));
    limited.then(|| limit.count(counted(req)))
}

/// Whom a request counts against: its token, if that is known to be good.
fn counted(req: &ServiceRequest) -> Counted {
    let hash = caller::token_hash(req.headers()).ok().flatten();
    let state = req.app_data::<Data<AppState>>();
    let caller =
        state.zip(hash).and_then(|(state, hash)| state.tokens().known(&hash, state.clock.now()));
    let address = || Counted::Address(req.peer_addr().map(|peer| peer.ip()));
    caller.and_then(|caller| caller.token).map_or_else(address, Counted::Token)
}

fn too_many(allowance: Allowance) -> Problem {
    let wait = allowance.wait_seconds;
    let detail = format!(
        "A caller may send {} requests a second. Wait {wait} s, then go on.",
        allowance.per_second
    );
    Problem::new(ProblemKind::TooManyRequests, detail).with_header("retry-after", wait.to_string())
}

/// Whether problems are shown as a page: by the path, and by what the sender asks for.
pub fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let machine = MACHINES.iter().any(|top| is_below(path, top));
    let accepts = headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    !machine && accepts.into_iter().any(|accept| accept.contains("text/html"))
}

fn is_below(path: &str, top: &str) -> bool {
    path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A tag made for the plain bytes is only weakly right for the compressed ones.
fn weaken_if_encoded(headers: &mut HeaderMap) {
    if !headers.contains_key(header::CONTENT_ENCODING) {
        return;
    }
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if let Some(weak) = tag.filter(|tag| !tag.starts_with("W/")).map(|tag| format!("W/{tag}")) {
        set(headers, "etag", &weak);
    }
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

fn noted(asked: &Asked, route: &str, answer: &HttpResponse) {
    let (status, seconds) = (answer.status().as_u16(), asked.since.elapsed().as_secs_f64());
    let method = known_method(&asked.method);
    tracing::info!(
        request_id = %asked.id, method, route, status, ms = seconds * 1000.0,
        "{method} {route} answered {status}"
    );
    measure::request(route, method, status, seconds);
}

/// Methods as labels: whatever a client makes up is one label.
fn known_method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// The size of a body without the body: the answer to HEAD.
struct Headless(BodySize);

impl Headless {
    fn of(body: &BoxBody) -> BoxBody {
        BoxBody::new(Self(body.size()))
    }
}

impl MessageBody for Headless {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, Self::Error>>> {
        std::task::Poll::Ready(None)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App, HttpResponse,
        body::to_bytes,
        dev::Service,
        error::{ErrorBadRequest, ErrorInternalServerError},
        get,
        http::StatusCode,
        middleware::from_fn,
        test::{TestRequest, init_service},
    };

    #[get("/api/panic")]
    async fn panics() -> HttpResponse {
        panic!("secret words of ours")
    }

    #[get("/api/fails")]
    async fn fails() -> Result<HttpResponse, actix_web::Error> {
        Err(ErrorInternalServerError("secret words of ours"))
    }

    #[get("/api/refuses")]
    async fn refuses() -> Result<HttpResponse, actix_web::Error> {
        Err(ErrorBadRequest("words of the framework"))
    }

    #[actix_web::test]
    async fn whatever_goes_wrong_inside_is_a_problem_without_its_cause() {
        let routes = App::new().service(panics).service(fails).service(refuses);
        let app = init_service(routes.wrap(from_fn(super::sealed))).await;
        for (uri, status, slug) in [
            ("/api/panic", StatusCode::INTERNAL_SERVER_ERROR, "internal-error"),
            ("/api/fails", StatusCode::INTERNAL_SERVER_ERROR, "internal-error"),
            ("/api/refuses", StatusCode::BAD_REQUEST, "malformed-request"),
        ] {
            let request = TestRequest::get().uri(uri).insert_header(("x-request-id", "case-1"));
            let answer = match app.call(request.to_request()).await {
                Ok(answer) => answer.into_parts().1,
                Err(error) => error.error_response(),
            };
            assert_eq!(answer.status(), status, "{uri}");
            assert_eq!(answer.headers().get("x-request-id").unwrap(), "case-1");
            assert_eq!(answer.headers().get("x-content-type-options").unwrap(), "nosniff");
            let body = to_bytes(answer.into_body()).await.unwrap();
            let text = String::from_utf8(body.to_vec()).unwrap();
            assert!(text.contains(&format!("/problems/{slug}")), "{uri}: {text}");
            assert!(!text.contains("words of"), "{uri}: {text}");
        }
    }
}
