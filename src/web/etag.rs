//! Entity tags: a caller that has the bytes already is told so with 304.
//!
//! The tag is the hash of the body, so it is strong and needs no bookkeeping; a record's
//! has its version before it, which [`IfMatch`] compares. An answer marked `no-store`
//! gets none.

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
    let own = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let tag = own.map_or_else(|| tag(&bytes), str::to_owned);
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

/// The strong tag of a record: its version and the hash of what is shown of it.
pub fn versioned(version: i64, bytes: &[u8]) -> String {
    format!("\"{version}-{}", tag(bytes).trim_start_matches('"'))
}

/// Which versions of a record a request means to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// Whichever there is.
    Any,
    /// One of these; tags that are not ours name none.
    Versions(Vec<i64>),
}

impl IfMatch {
    /// The header's value; `None` where there is none. Strong and weak tags count alike:
    /// a version is the same however it was compressed, and whoever was shown it.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let lists = headers.get_all(header::IF_MATCH).filter_map(|value| value.to_str().ok());
        let tags: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
        if tags.is_empty() {
            return None;
        }
        if tags.contains(&"*") {
            return Some(Self::Any);
        }
        Some(Self::Versions(tags.into_iter().filter_map(version).collect()))
    }
}

/// The version that a tag of a record names.
fn version(tag: &str) -> Option<i64> {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    opaque.split_once('-')?.0.parse().ok()
}

/// Whether the request asks that there be nothing yet: `If-None-Match: *`.
pub fn wants_none(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::IF_NONE_MATCH);
    values.any(|value| value.to_str().is_ok_and(|text| text.trim() == "*"))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<IfMatch> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, HeaderValue::from_str(value).unwrap());
        IfMatch::read(&headers)
    }

    #[test]
    fn a_version_is_read_from_strong_and_weak_tags_and_from_no_other_text() {
        let tag = versioned(7, b"{}");
        assert!(tag.starts_with("\"7-") && tag.ends_with('"'), "{tag}");
        assert_eq!(read(&tag), Some(IfMatch::Versions(vec![7])));
        assert_eq!(read(&format!("W/{tag}, \"12-x\"")), Some(IfMatch::Versions(vec![7, 12])));
        assert_eq!(read("*"), Some(IfMatch::Any));
        for odd in ["7", "\"7\"", "\"x-7\"", "\"", "7-x"] {
            assert_eq!(read(odd), Some(IfMatch::Versions(Vec::new())), "{odd}");
        }
        assert_eq!(IfMatch::read(&HeaderMap::new()), None);
    }
}
