//! Entity tags: a caller that has the bytes already is told so with 304.
//!
//! The tag is the hash of the body, so it is strong and needs no bookkeeping. An
//! answer marked `no-store` gets none.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    middleware::Next,
};
use sha2::{Digest, Sha256};

/// Tags what GET answers, and answers 304 where the caller has it already.
pub async fn tagged(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let reads = req.method() == Method::GET;
    let answer = next.call(req).await?.map_into_boxed_body();
    let stored = !contains(answer.headers(), &header::CACHE_CONTROL, "no-store");
    if !reads || !stored || answer.status() != StatusCode::OK {
        return Ok(answer);
    }
    let (request, answer) = answer.into_parts();
    let (answer, body) = answer.into_parts();
    let bytes = match body.try_into_bytes() {
        Ok(bytes) => bytes,
        Err(stream) => return Ok(ServiceResponse::new(request, answer.set_body(stream))),
    };
    let tag = tag(&bytes);
    let fresh = contains_tag(request.headers(), &tag);
    let mut answer = answer.set_body(BoxBody::new(bytes));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, value);
    }
    if fresh {
        answer = not_modified(&answer);
    }
    Ok(ServiceResponse::new(request, answer))
}

/// The strong tag of some bytes.
pub fn tag(bytes: &[u8]) -> String {
    let number = |so_far: u128, byte: &u8| (so_far << 8) | u128::from(*byte);
    format!("\"{:032x}\"", Sha256::digest(bytes).iter().take(16).fold(0, number))
}

/// The same answer without its body and what describes it.
fn not_modified(answer: &HttpResponse) -> HttpResponse {
    let mut empty = HttpResponse::new(StatusCode::NOT_MODIFIED);
    for (name, value) in answer.headers() {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            empty.headers_mut().append(name.clone(), value.clone());
        }
    }
    empty
}

fn contains(headers: &HeaderMap, name: &header::HeaderName, word: &str) -> bool {
    headers.get_all(name).any(|value| value.to_str().is_ok_and(|text| text.contains(word)))
}

/// Whether `If-None-Match` names the tag: weakly compared, as RFC 9110 has it.
fn contains_tag(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim).any(|one| {
        let opaque = one.strip_prefix("W/").unwrap_or(one);
        opaque == "*" || opaque == tag
    })
}
