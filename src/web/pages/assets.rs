//! The stylesheet and the mark, compiled in and named after their content.
//!
//! A name that holds the hash of the bytes never means anything else, so both may
//! be kept for ever by whoever has them.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG},
    web,
};
use sha2::{Digest, Sha256};

use crate::app::AppError;

/// The stylesheet: colours, then everything on screen, then paper.
pub const STYLE: &str = concat!(
    include_str!("../assets/tokens.css"),
    include_str!("../assets/page.css"),
    include_str!("../assets/register.css"),
    include_str!("../assets/print.css")
);
/// The mark, shown in a browser's tab.
const MARK: &str = include_str!("../assets/mark.svg");

static STYLE_NAME: LazyLock<String> = LazyLock::new(|| named("pathways", STYLE, "css"));
static MARK_NAME: LazyLock<String> = LazyLock::new(|| named("mark", MARK, "svg"));

/// The address of the stylesheet.
pub fn style_address() -> String {
    format!("/assets/{}", *STYLE_NAME)
}

/// The address of the mark.
pub fn mark_address() -> String {
    format!("/assets/{}", *MARK_NAME)
}

fn named(stem: &str, content: &str, ending: &str) -> String {
    format!("{stem}-{}.{ending}", hash(content))
}

fn hash(content: &str) -> String {
    let number = |so_far: u64, byte: &u8| (so_far << 8) | u64::from(*byte);
    format!("{:016x}", Sha256::digest(content.as_bytes()).iter().take(8).fold(0, number))
}

/// One of the two, by name; a name with another hash is not there.
pub fn find(name: &str) -> Result<(&'static str, &'static str), AppError> {
    if name == *STYLE_NAME {
        return Ok((STYLE, "text/css; charset=utf-8"));
    }
    if name == *MARK_NAME {
        return Ok((MARK, "image/svg+xml"));
    }
    Err(AppError::NotFound("file"))
}

/// Says what robots may read: everything that is not the result of a search.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body("User-agent: *\nDisallow: /search\nDisallow: /api/\nAllow: /\n")
}

/// The old place where browsers look for a mark.
pub async fn favicon() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "image/svg+xml")).body(MARK)
}

/// Answers with a file, to be kept for a year.
pub fn answer(name: &web::Path<String>) -> Result<HttpResponse, AppError> {
    let (content, kind) = find(name)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((ETAG, format!("\"{}\"", hash(content))))
        .body(content))
}
