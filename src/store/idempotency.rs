//! What a writer's key already led to, so that a request sent twice is done once.
//!
//! The row is written in the transaction of what it stands for: there is never one
//! without the other.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::records::Written;
use crate::store::schema::idempotency;
use crate::store::{Conn, StoreError, value};

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// SHA-256 of the request, as 64 hexadecimal digits.
    pub request_hash: String,
    /// The kind of what was made.
    pub kind: Kind,
    /// Its public name.
    pub slug: Slug,
    /// Its version then.
    pub version: i64,
    /// The number of the change.
    pub change: i64,
    /// When, UTC.
    pub at: NaiveDateTime,
}

type Row = (String, String, String, i64, i64, NaiveDateTime);

/// What a token's key led to since a moment.
pub fn find(
    conn: &mut Conn,
    token: i64,
    key: &str,
    since: NaiveDateTime,
) -> Result<Option<Done>, StoreError> {
    let row: Option<Row> = idempotency::table
        .find((token, key))
        .filter(idempotency::at.ge(since))
        .select((
            idempotency::request_hash,
            idempotency::kind,
            idempotency::slug,
            idempotency::version,
            idempotency::change,
            idempotency::at,
        ))
        .first(conn)
        .optional()?;
    let done = |(request_hash, kind, slug, version, change, at): Row| {
        let kind =
            Kind::parse(&kind).ok_or_else(|| StoreError::corrupt(format!("a kind {kind:?}")))?;
        Ok(Done { request_hash, kind, slug: value::slug(&slug)?, version, change, at })
    };
    row.map(done).transpose()
}

/// Notes what a token's key led to, and forgets what is older than `since`.
///
/// # Errors
///
/// [`StoreError::Duplicate`] if the key was used meanwhile: take the whole write back
/// and look again.
pub fn note(
    conn: &mut Conn,
    (token, key): (i64, &str),
    request_hash: &str,
    (kind, written): (impl Into<Kind>, &Written),
    (at, since): (NaiveDateTime, NaiveDateTime),
) -> Result<(), StoreError> {
    diesel::delete(idempotency::table.filter(idempotency::at.lt(since))).execute(conn)?;
    diesel::insert_into(idempotency::table)
        .values((
            idempotency::token_id.eq(token),
            idempotency::key.eq(key),
            idempotency::request_hash.eq(request_hash),
            idempotency::kind.eq(kind.into().as_str()),
            idempotency::slug.eq(written.slug.as_str()),
            idempotency::version.eq(written.version),
            idempotency::change.eq(written.change),
            idempotency::at.eq(value::micros(at)),
        ))
        .execute(conn)?;
    Ok(())
}
