//! Tokens: who may speak for whom. Only the hash is stored; a token itself is shown
//! once, when it is made, and nowhere else.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::access::Role;
use crate::domain::register::RecordKind;
use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::Author;
use crate::store::schema::{entry, organisation, token};
use crate::store::{Conn, StoreError, value};

/// A token as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// SHA-256 of the token, as 64 hexadecimal digits.
    pub hash: String,
    /// The role it gives.
    pub role: Role,
    /// The organisation it speaks for; with [`Role::Employer`] and only there.
    pub organisation: Option<Slug>,
    /// What it is for, in a few words.
    pub label: Option<String>,
    /// From when it is no longer good, UTC.
    pub expires_at: Option<NaiveDateTime>,
}

/// A token as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// SHA-256 of the token, as 64 hexadecimal digits.
    pub hash: String,
    /// The role it gives.
    pub role: Role,
    /// The organisation it speaks for.
    pub organisation: Option<Slug>,
    /// What it is for, in a few words.
    pub label: Option<String>,
    /// When it was made, UTC.
    pub created_at: NaiveDateTime,
    /// From when it is no longer good, UTC.
    pub expires_at: Option<NaiveDateTime>,
    /// When it was revoked, UTC.
    pub revoked_at: Option<NaiveDateTime>,
}

impl Token {
    /// Whether it is good at a moment.
    pub fn is_good(&self, at: NaiveDateTime) -> bool {
        self.revoked_at.is_none_or(|end| at < end) && self.expires_at.is_none_or(|end| at < end)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = token)]
struct Row {
    id: i64,
    hash: String,
    role: String,
    organisation_id: Option<i64>,
    label: Option<String>,
    created_at: NaiveDateTime,
    expires_at: Option<NaiveDateTime>,
    revoked_at: Option<NaiveDateTime>,
}

/// Makes a token; returns its number.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such organisation.
pub fn create(
    conn: &mut Conn,
    new: &NewToken,
    author: &Author,
    at: NaiveDateTime,
) -> Result<i64, StoreError> {
    let organisation_id: Option<i64> = match &new.organisation {
        None => None,
        Some(slug) => Some(
            entry::table
                .filter(entry::kind.eq(RecordKind::Organisation.as_str()))
                .filter(entry::slug.eq(slug.as_str()))
                .select(entry::id)
                .first(conn)?,
        ),
    };
    let id: i64 = diesel::insert_into(token::table)
        .values((
            token::hash.eq(&new.hash),
            token::role.eq(new.role.as_str()),
            token::organisation_id.eq(organisation_id),
            token::label.eq(new.label.as_deref()),
            token::created_at.eq(value::micros(at)),
            token::expires_at.eq(new.expires_at.map(value::micros)),
        ))
        .returning(token::id)
        .get_result(conn)?;
    noted(conn, id, (author, "create"), at)?;
    Ok(id)
}

/// Revokes a token; whether it was not revoked before.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such token.
pub fn revoke(
    conn: &mut Conn,
    id: i64,
    author: &Author,
    at: NaiveDateTime,
) -> Result<bool, StoreError> {
    let revoked = diesel::update(token::table.find(id).filter(token::revoked_at.is_null()))
        .set(token::revoked_at.eq(Some(value::micros(at))))
        .execute(conn)?;
    if revoked == 0 {
        let _: i64 = token::table.find(id).select(token::id).first(conn)?;
        return Ok(false);
    }
    noted(conn, id, (author, "revoke"), at)?;
    Ok(true)
}

/// Every token, first one first.
pub fn all(conn: &mut Conn) -> Result<Vec<Token>, StoreError> {
    let rows: Vec<(Row, Option<String>)> = token::table
        .left_join(entry::table)
        .order(token::id)
        .select((Row::as_select(), entry::slug.nullable()))
        .load(conn)?;
    rows.into_iter().map(known).collect()
}

/// The token with that hash.
pub fn find_by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Token>, StoreError> {
    let row: Option<(Row, Option<String>)> = token::table
        .left_join(entry::table)
        .filter(token::hash.eq(hash))
        .select((Row::as_select(), entry::slug.nullable()))
        .first(conn)
        .optional()?;
    row.map(known).transpose()
}

/// The tokens that may speak for another organisation now that this one was merged, or
/// is by itself again: its own, and those of organisations that lead on.
pub(super) fn led_on(conn: &mut Conn, organisation_id: i64) -> Result<Vec<Touched>, StoreError> {
    let merged = organisation::table
        .filter(organisation::merged_into.is_not_null())
        .select(organisation::id.nullable());
    let ids: Vec<i64> = token::table
        .filter(
            token::organisation_id.eq(organisation_id).or(token::organisation_id.eq_any(merged)),
        )
        .order(token::id)
        .select(token::id)
        .load(conn)?;
    ids.into_iter().map(touched).collect()
}

fn touched(id: i64) -> Result<Touched, StoreError> {
    let slug = value::slug(&format!("token-{id}"))?;
    Ok(Touched { kind: Kind::Token, slug, told: Told::Coordinators })
}

fn known((row, organisation): (Row, Option<String>)) -> Result<Token, StoreError> {
    let role = Role::parse(&row.role)
        .ok_or_else(|| StoreError::corrupt(format!("a role {:?}", row.role)))?;
    debug_assert_eq!(row.organisation_id.is_some(), organisation.is_some());
    Ok(Token {
        id: row.id,
        hash: row.hash,
        role,
        organisation: organisation.as_deref().map(value::slug).transpose()?,
        label: row.label,
        created_at: row.created_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
    })
}

fn noted(
    conn: &mut Conn,
    id: i64,
    (author, act): (&Author, &'static str),
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    let name = format!("token-{id}");
    audit::note_other(conn, author, act, ("token", &name), at)?;
    changes::touch_all(conn, &[touched(id)?], at)?;
    Ok(())
}
