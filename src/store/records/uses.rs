//! Which record names something that the reference data publishes: what is named does
//! not go away.

use diesel::prelude::*;

use crate::domain::register::RecordKind;
use crate::store::changes::Kind;
use crate::store::error::Cause;
use crate::store::schema::{
    case_study, entry, introduction, organisation_recognition, pledge, signature,
};
use crate::store::{Conn, StoreError};

/// Refuses that something goes which a record names.
///
/// The database would refuse as well, but only at the commit, and without a name.
pub(in crate::store) fn refuse_if_named(
    conn: &mut Conn,
    kind: Kind,
    id: i64,
) -> Result<(), StoreError> {
    /// The first record of a kind whose column names it.
    macro_rules! naming {
        ($record:ident, $table:ident . $id:ident, $column:ident) => {
            let found: Option<String> = $table::table
                .inner_join(entry::table.on(entry::id.eq($table::$id)))
                .filter($table::$column.eq(id))
                .order(entry::slug)
                .select(entry::slug)
                .first(conn)
                .optional()?;
            if let Some(slug) = found {
                return Err(named_by(RecordKind::$record, &slug));
            }
        };
    }
    match kind {
        Kind::Action => {
            naming!(Pledge, pledge.id, action_id);
            naming!(CaseStudy, case_study.id, action_id);
        }
        Kind::Charter => {
            naming!(Signature, signature.id, charter_id);
        }
        Kind::Partnership => {
            naming!(Introduction, introduction.id, partnership_id);
        }
        Kind::Scheme => {
            naming!(Organisation, organisation_recognition.organisation_id, scheme_id);
        }
        Kind::Provider
        | Kind::CourseType
        | Kind::Record(_)
        | Kind::PairingPlan
        | Kind::Token
        | Kind::Outcodes
        | Kind::Classifications
        | Kind::Services => {}
    }
    Ok(())
}

/// Refuses that a scheme loses a level which an organisation holds.
pub(in crate::store) fn refuse_if_held(
    conn: &mut Conn,
    scheme: i64,
    kept: &[&str],
) -> Result<(), StoreError> {
    let found: Option<(String, Option<String>)> = organisation_recognition::table
        .inner_join(entry::table.on(entry::id.eq(organisation_recognition::organisation_id)))
        .filter(organisation_recognition::scheme_id.eq(scheme))
        .filter(organisation_recognition::level.is_not_null())
        .filter(organisation_recognition::level.ne_all(kept))
        .order(entry::slug)
        .select((entry::slug, organisation_recognition::level))
        .first(conn)
        .optional()?;
    match found {
        Some((slug, Some(level))) => {
            let text = format!("the organisation {slug} holds its level {level}");
            Err(StoreError::Reference(Cause::new(text)))
        }
        _ => Ok(()),
    }
}

fn named_by(kind: RecordKind, slug: &str) -> StoreError {
    StoreError::Reference(Cause::new(format!("the {kind} {slug} names it")))
}
