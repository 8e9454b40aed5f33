//! Pairing plans with every version they had.
//!
//! What a plan says is kept as text that the floor above writes and reads. A plan's
//! writers queue for its row, so that an edit and a signature never cross.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::pairing::{PlanAct, PlanState};
use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::Author;
use crate::store::schema::{pairing_plan, pairing_version};
use crate::store::{Conn, StoreError, value};

/// A plan in its present version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub id: i64,
    /// The partnership.
    pub partnership: Slug,
    /// What has become of it.
    pub state: PlanState,
    /// Its version, from 1.
    pub version: i64,
    /// What it says.
    pub content: String,
    /// When it was made, UTC.
    pub created_at: NaiveDateTime,
    /// When this version was written, UTC.
    pub written_at: NaiveDateTime,
}

/// A version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// What was done.
    pub act: PlanAct,
    /// What it said.
    pub content: String,
    /// Who did it, such as `token:7`.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// When, UTC.
    pub at: NaiveDateTime,
}

/// A plan that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The plan.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// The number of the change.
    pub change: i64,
}

type Row = (i64, String, String, i64, NaiveDateTime, String, NaiveDateTime);

fn known(
    (id, partnership, state, version, created_at, content, at): Row,
) -> Result<Plan, StoreError> {
    let state = PlanState::parse(&state)
        .ok_or_else(|| StoreError::corrupt(format!("a plan's state {state:?}")))?;
    let partnership = value::slug(&partnership)?;
    Ok(Plan { id, partnership, state, version, content, created_at, written_at: at })
}

/// The name of a plan in the log of changes and the audit trail.
///
/// # Errors
///
/// [`StoreError`] for a number that no plan has.
pub fn name(id: i64) -> Result<Slug, StoreError> {
    value::slug(&format!("pairing-plan-{id}"))
}

/// Writes a new draft; gives its number. [`touch`] comes last.
pub fn create(
    conn: &mut Conn,
    partnership: &Slug,
    content: &str,
    by: (&Author, NaiveDateTime),
) -> Result<(i64, i64), StoreError> {
    let id: i64 = diesel::insert_into(pairing_plan::table)
        .values((
            pairing_plan::partnership.eq(partnership.as_str()),
            pairing_plan::state.eq(PlanState::Draft.as_str()),
            pairing_plan::version.eq(1),
            pairing_plan::created_at.eq(value::micros(by.1)),
        ))
        .returning(pairing_plan::id)
        .get_result(conn)?;
    noted(conn, (id, 1), (PlanAct::Create, content), by)
}

/// Writes the next version of a draft, behind the queue of its writers; gives its number
/// and version. [`touch`] comes last.
///
/// # Errors
///
/// [`StoreError::NotFound`]; [`StoreError::Stale`] if the version is not this one any
/// more; [`StoreError::Ended`] if it is no draft any more.
pub fn put(
    conn: &mut Conn,
    old: &Plan,
    (act, content): (PlanAct, &str),
    by: (&Author, NaiveDateTime),
) -> Result<(i64, i64), StoreError> {
    let now = locked(conn, &old.partnership, old.id)?;
    if now.state != PlanState::Draft {
        return Err(StoreError::Ended);
    }
    if now.version != old.version {
        return Err(StoreError::Stale);
    }
    let version = now.version + 1;
    diesel::update(pairing_plan::table.find(old.id))
        .set((pairing_plan::version.eq(version), pairing_plan::state.eq(act.leads_to().as_str())))
        .execute(conn)?;
    noted(conn, (old.id, version), (act, content), by)
}

/// Notes in the log of changes that a plan was written; the last thing in a transaction.
pub fn touch(
    conn: &mut Conn,
    (id, version): (i64, i64),
    at: NaiveDateTime,
) -> Result<Written, StoreError> {
    let touched = Touched { kind: Kind::PairingPlan, slug: name(id)?, told: Told::Coordinators };
    let change = changes::touch_all(conn, &[touched], at)?;
    Ok(Written { id, version, change })
}

/// Queues for a plan, and gives it as it is behind the queue.
///
/// # Errors
///
/// [`StoreError::NotFound`] if the partnership has none of that number.
pub fn locked(conn: &mut Conn, partnership: &Slug, id: i64) -> Result<Plan, StoreError> {
    let row = pairing_plan::table.find(id);
    diesel::update(row).set(pairing_plan::version.eq(pairing_plan::version)).execute(conn)?;
    find(conn, partnership, id)
}

/// A plan of a partnership.
///
/// # Errors
///
/// [`StoreError::NotFound`] if it has none of that number.
pub fn find(conn: &mut Conn, partnership: &Slug, id: i64) -> Result<Plan, StoreError> {
    let all = pairing_plan::table.inner_join(pairing_version::table);
    let row: Row = all
        .filter(pairing_version::version.eq(pairing_plan::version))
        .filter(pairing_plan::id.eq(id).and(pairing_plan::partnership.eq(partnership.as_str())))
        .select((
            pairing_plan::id,
            pairing_plan::partnership,
            pairing_plan::state,
            pairing_plan::version,
            pairing_plan::created_at,
            pairing_version::content,
            pairing_version::at,
        ))
        .first(conn)?;
    known(row)
}

/// A partnership's plans, newest first, a page of them; and how many there are.
pub fn page(
    conn: &mut Conn,
    partnership: &Slug,
    states: &[PlanState],
    (offset, limit): (i64, i64),
) -> Result<(Vec<Plan>, i64), StoreError> {
    let words: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let total: i64 = pairing_plan::table
        .filter(pairing_plan::partnership.eq(partnership.as_str()))
        .filter(pairing_plan::state.eq_any(&words))
        .count()
        .get_result(conn)?;
    let rows: Vec<Row> = pairing_plan::table
        .inner_join(pairing_version::table)
        .filter(pairing_version::version.eq(pairing_plan::version))
        .filter(pairing_plan::partnership.eq(partnership.as_str()))
        .filter(pairing_plan::state.eq_any(&words))
        .order(pairing_plan::id.desc())
        .limit(limit)
        .offset(offset)
        .select((
            pairing_plan::id,
            pairing_plan::partnership,
            pairing_plan::state,
            pairing_plan::version,
            pairing_plan::created_at,
            pairing_version::content,
            pairing_version::at,
        ))
        .load(conn)?;
    let plans = rows.into_iter().map(known).collect::<Result<Vec<_>, _>>()?;
    Ok((plans, total))
}

/// Every version of a plan, first one first.
pub fn history(conn: &mut Conn, id: i64) -> Result<Vec<Version>, StoreError> {
    type Row = (i64, String, String, String, String, NaiveDateTime);
    let rows: Vec<Row> = pairing_version::table
        .filter(pairing_version::plan_id.eq(id))
        .order(pairing_version::version)
        .select((
            pairing_version::version,
            pairing_version::act,
            pairing_version::content,
            pairing_version::actor,
            pairing_version::role,
            pairing_version::at,
        ))
        .load(conn)?;
    let version = |(version, act, content, actor, role, at): Row| {
        let act = PlanAct::parse(&act)
            .ok_or_else(|| StoreError::corrupt(format!("an act on a plan {act:?}")))?;
        Ok(Version { version, act, content, actor, role, at })
    };
    rows.into_iter().map(version).collect()
}

/// Writes a version and the trail.
fn noted(
    conn: &mut Conn,
    (id, version): (i64, i64),
    (act, content): (PlanAct, &str),
    (author, at): (&Author, NaiveDateTime),
) -> Result<(i64, i64), StoreError> {
    diesel::insert_into(pairing_version::table)
        .values((
            pairing_version::plan_id.eq(id),
            pairing_version::version.eq(version),
            pairing_version::act.eq(act.as_str()),
            pairing_version::content.eq(content),
            pairing_version::actor.eq(&author.actor),
            pairing_version::role.eq(author.role.as_str()),
            pairing_version::at.eq(value::micros(at)),
        ))
        .execute(conn)?;
    let slug = name(id)?;
    audit::note_other(conn, author, act.as_str(), (Kind::PairingPlan.as_str(), &slug), at)?;
    Ok((id, version))
}
