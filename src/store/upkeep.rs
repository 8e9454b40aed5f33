//! Links by which employers answer without an account, and reports of what was not found
//! as it was said.
//!
//! Of a link only the hash is stored; it is good for one posture and one answer. A report
//! makes its record doubted until somebody who knows stands by it again.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::register::RecordKind;
use crate::domain::slug::Slug;
use crate::domain::upkeep::{LinkAnswer, ReportReason};
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::{self, Author};
use crate::store::schema::{entry, report, upkeep_link};
use crate::store::{Conn, StoreError, value};

/// A link as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its number.
    pub id: i64,
    /// The posture that it is about.
    pub posture: Slug,
    /// From when it is no longer good, UTC.
    pub expires_at: NaiveDateTime,
    /// When it was answered, and what.
    pub answered: Option<(NaiveDateTime, LinkAnswer)>,
}

/// A report as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: i64,
    /// The kind of the record.
    pub kind: RecordKind,
    /// The record.
    pub slug: Slug,
    /// What was found otherwise.
    pub reason: ReportReason,
    /// When, UTC.
    pub at: NaiveDateTime,
}

fn entry_id(conn: &mut Conn, kind: RecordKind, slug: &Slug) -> Result<i64, StoreError> {
    Ok(entry::table
        .filter(entry::kind.eq(kind.as_str()).and(entry::slug.eq(slug.as_str())))
        .select(entry::id)
        .first(conn)?)
}

/// Notes a link to a posture, by the hash of its secret.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such posture.
pub fn create_link(
    conn: &mut Conn,
    posture: &Slug,
    (hash, expires_at): (&str, NaiveDateTime),
    (author, at): (&Author, NaiveDateTime),
) -> Result<i64, StoreError> {
    let posture_id = entry_id(conn, RecordKind::Posture, posture)?;
    let id: i64 = diesel::insert_into(upkeep_link::table)
        .values((
            upkeep_link::posture_id.eq(posture_id),
            upkeep_link::hash.eq(hash),
            upkeep_link::actor.eq(&author.actor),
            upkeep_link::created_at.eq(value::micros(at)),
            upkeep_link::expires_at.eq(value::micros(expires_at)),
        ))
        .returning(upkeep_link::id)
        .get_result(conn)?;
    audit::note_other(conn, author, "link", ("posture", posture.as_str()), at)?;
    Ok(id)
}

/// The link with that hash.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is none.
pub fn link(conn: &mut Conn, hash: &str) -> Result<Link, StoreError> {
    type Row = (i64, String, NaiveDateTime, Option<NaiveDateTime>, Option<String>);
    let (id, posture, expires_at, used_at, answer): Row = upkeep_link::table
        .inner_join(entry::table)
        .filter(upkeep_link::hash.eq(hash))
        .select((
            upkeep_link::id,
            entry::slug,
            upkeep_link::expires_at,
            upkeep_link::used_at,
            upkeep_link::answer,
        ))
        .first(conn)?;
    let answer = answer.as_deref().and_then(LinkAnswer::parse);
    Ok(Link { id, posture: value::slug(&posture)?, expires_at, answered: used_at.zip(answer) })
}

/// Uses a link up; whether it was not used before. Of two who answer at once, one is
/// told `true`.
pub fn use_link(
    conn: &mut Conn,
    id: i64,
    answer: LinkAnswer,
    at: NaiveDateTime,
) -> Result<bool, StoreError> {
    let unused = upkeep_link::table.find(id).filter(upkeep_link::used_at.is_null());
    let used = diesel::update(unused)
        .set((
            upkeep_link::used_at.eq(Some(value::micros(at))),
            upkeep_link::answer.eq(Some(answer.as_str())),
        ))
        .execute(conn)?;
    Ok(used == 1)
}

/// Notes a report, and that the record is doubted; gives its number and that of the
/// change.
///
/// # Errors
///
/// [`StoreError::NotFound`]; [`StoreError::Duplicate`] if the same token's report for the
/// same reason is still open.
pub fn create_report(
    conn: &mut Conn,
    (kind, slug): (RecordKind, &Slug),
    (token, reason): (i64, ReportReason),
    (author, at): (&Author, NaiveDateTime),
    told: Told,
) -> Result<(i64, i64), StoreError> {
    let entry_id = entry_id(conn, kind, slug)?;
    records::lock_row(conn, entry_id)?;
    let id: i64 = diesel::insert_into(report::table)
        .values((
            report::entry_id.eq(entry_id),
            report::token_id.eq(token),
            report::reason.eq(reason.as_str()),
            report::at.eq(value::micros(at)),
        ))
        .returning(report::id)
        .get_result(conn)?;
    let undoubted = entry::table.find(entry_id).filter(entry::doubted_on.is_null());
    diesel::update(undoubted).set(entry::doubted_on.eq(Some(at.date()))).execute(conn)?;
    audit::note_other(conn, author, "report", (kind.as_str(), slug.as_str()), at)?;
    let touched = Touched { kind: Kind::Record(kind), slug: slug.clone(), told };
    Ok((id, changes::touch_all(conn, &[touched], at)?))
}

/// The reports that nobody has dealt with, oldest first.
pub fn open_reports(conn: &mut Conn) -> Result<Vec<Report>, StoreError> {
    let rows: Vec<(i64, String, String, String, NaiveDateTime)> = report::table
        .inner_join(entry::table)
        .filter(report::resolved_at.is_null())
        .order(report::id)
        .select((report::id, entry::kind, entry::slug, report::reason, report::at))
        .load(conn)?;
    let known = |(id, kind, slug, reason, at): (i64, String, String, String, NaiveDateTime)| {
        let kind = RecordKind::parse(&kind);
        let reason = ReportReason::parse(&reason);
        let (Some(kind), Some(reason)) = (kind, reason) else {
            return Err(StoreError::corrupt(format!("report {id}")));
        };
        Ok(Report { id, kind, slug: value::slug(&slug)?, reason, at })
    };
    rows.into_iter().map(known).collect()
}

/// Notes that the open reports on a record were dealt with.
pub fn resolve_reports(
    conn: &mut Conn,
    (kind, slug): (RecordKind, &Slug),
    at: NaiveDateTime,
) -> Result<usize, StoreError> {
    let entry_id = entry_id(conn, kind, slug)?;
    resolve_reports_on(conn, entry_id, at)
}

/// The same, of a record whose writer has its row.
pub(super) fn resolve_reports_on(
    conn: &mut Conn,
    entry_id: i64,
    at: NaiveDateTime,
) -> Result<usize, StoreError> {
    let open = report::table.filter(report::entry_id.eq(entry_id));
    let open = open.filter(report::resolved_at.is_null());
    Ok(diesel::update(open).set(report::resolved_at.eq(Some(value::micros(at)))).execute(conn)?)
}

/// Ends the doubt about a record whose reports were found to be of no account.
pub fn end_doubt(
    conn: &mut Conn,
    (kind, slug): (RecordKind, &Slug),
    told: Told,
    at: NaiveDateTime,
) -> Result<i64, StoreError> {
    let id = entry_id(conn, kind, slug)?;
    let none: Option<chrono::NaiveDate> = None;
    diesel::update(entry::table.find(id)).set(entry::doubted_on.eq(none)).execute(conn)?;
    let touched = Touched { kind: Kind::Record(kind), slug: slug.clone(), told };
    changes::touch_all(conn, &[touched], at)
}
