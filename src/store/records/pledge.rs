//! Pledges, with what was reported on them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{Commitment, Pledge, Progress, RecordKind, Update};
use crate::store::error::Cause;
use crate::store::records::clause::Clause;
use crate::store::records::days::{self, PledgeAsked};
use crate::store::records::listing::Condition;
use crate::store::records::lists::word;
use crate::store::records::look_up::{entries_of, ids_of, slugs_of};
use crate::store::records::named::actions;
use crate::store::records::topic::{Coming, Topic};
use crate::store::schema::{charter_action, pledge, pledge_update};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pledge, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    signature_id: i64,
    organisation_id: i64,
    action_id: Option<i64>,
    stance: String,
    commitment: String,
    text: String,
    target: Option<f64>,
    baseline: Option<f64>,
    unit: Option<String>,
    owner_role: Option<String>,
    confirmed_on: Option<NaiveDate>,
    evidenced_on: Option<NaiveDate>,
    evidence_url: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = pledge_update, treat_none_as_default_value = false)]
struct UpdateRow {
    pledge_id: i64,
    position: i32,
    handed_in_on: NaiveDate,
    progress: String,
    value: Option<f64>,
    narrative: Option<String>,
    evidence_url: Option<String>,
    published: bool,
}

impl Topic for Pledge {
    const FINAL: bool = true;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    /// A pledge belongs to the organisation whose year it is in, and no pledge is added
    /// to a year that was taken back.
    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        Self::admit_ended(conn, coming)?;
        let bodies = coming.iter().map(|(_, body)| &body.signature);
        let years = entries_of(conn, RecordKind::Signature, bodies)?;
        for (id, body) in coming {
            let year = years.get(&body.signature).filter(|year| year.ended_on.is_some());
            if let Some(year) = year
                && !is_in(conn, *id, year.id)?
            {
                return Err(StoreError::Conflict("its year was withdrawn"));
            }
        }
        Ok(())
    }

    /// One that has ended may have been in a year that was taken back since.
    fn admit_ended(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        let bodies = || coming.iter().map(|(_, body)| *body);
        let years = entries_of(conn, RecordKind::Signature, bodies().map(|b| &b.signature))?;
        let owners = ids_of(conn, RecordKind::Organisation, bodies().map(|b| &b.organisation))?;
        actions(conn, bodies().filter_map(|body| body.action.as_deref()))?;
        for body in bodies() {
            let Some(year) = years.get(&body.signature) else { continue };
            if year.owner_id != owners.get(&body.organisation).copied() {
                let text = format!("{} is a year of another organisation", body.signature);
                return Err(StoreError::Reference(Cause::new(text)));
            }
        }
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let rows = rows(conn, bodies)?;
        for some in rows.chunks(2_000) {
            each_backend!(conn, |c| diesel::insert_into(pledge::table).values(some).execute(c))?;
        }
        let updates = bodies.iter().flat_map(|(id, body)| updates(*id, &body.updates));
        insert_updates(conn, &updates.collect::<Vec<_>>())
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        for row in rows(conn, &[(id, self)])? {
            diesel::update(pledge::table.find(id)).set(row).execute(conn)?;
        }
        diesel::delete(pledge_update::table.filter(pledge_update::pledge_id.eq(id)))
            .execute(conn)?;
        insert_updates(conn, &updates(id, &self.updates).collect::<Vec<_>>())
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<(Row, Option<String>)> = pledge::table
            .left_join(charter_action::table)
            .filter(pledge::id.eq_any(ids))
            .select((Row::as_select(), charter_action::code.nullable()))
            .load(conn)?;
        let named = rows.iter().flat_map(|(row, _)| [row.organisation_id, row.signature_id]);
        let slugs = slugs_of(conn, &named.collect::<Vec<_>>())?;
        let mut reports = load_updates(conn, ids)?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for (row, action) in rows {
            let name = |id| slugs.get(&id).cloned().ok_or(StoreError::NotFound);
            let updates = reports.remove(&row.id).unwrap_or_default();
            let body = Self {
                signature: name(row.signature_id)?,
                organisation: name(row.organisation_id)?,
                action,
                stance: value::slug(&row.stance)?,
                commitment: word(&row.commitment, Commitment::parse)?,
                text: row.text,
                target: row.target,
                baseline: row.baseline,
                unit: row.unit,
                owner_role: row.owner_role,
                confirmed_on: row.confirmed_on,
                evidenced_on: row.evidenced_on,
                evidence_url: row.evidence_url,
                updates,
            };
            bodies.insert(row.id, body);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "state" => days::pledge(PledgeAsked::State, condition, today),
            "rung" => days::pledge(PledgeAsked::Rung, condition, today),
            "live" => days::pledge(PledgeAsked::Live, condition, today),
            "stance" => column!(pledge::stance, condition),
            "commitment" => column!(pledge::commitment, condition),
            "signature" => condition.through("pledge", "signature_id", "entry"),
            "action" => condition.through("pledge", "action_id", "charter_action"),
            _ => return None,
        })
    }
}

fn rows(conn: &mut Conn, bodies: &[(i64, &Pledge)]) -> Result<Vec<Row>, StoreError> {
    let years = ids_of(conn, RecordKind::Signature, bodies.iter().map(|(_, b)| &b.signature))?;
    let owners =
        ids_of(conn, RecordKind::Organisation, bodies.iter().map(|(_, b)| &b.organisation))?;
    let actions = actions(conn, bodies.iter().filter_map(|(_, body)| body.action.as_deref()))?;
    let row = |(id, body): &(i64, &Pledge)| Row {
        id: *id,
        signature_id: years.get(&body.signature).copied().unwrap_or_default(),
        organisation_id: owners.get(&body.organisation).copied().unwrap_or_default(),
        action_id: body.action.as_ref().and_then(|code| actions.get(code).copied()),
        stance: body.stance.to_string(),
        commitment: body.commitment.to_string(),
        text: body.text.clone(),
        target: body.target,
        baseline: body.baseline,
        unit: body.unit.clone(),
        owner_role: body.owner_role.clone(),
        confirmed_on: body.confirmed_on,
        evidenced_on: body.evidenced_on,
        evidence_url: body.evidence_url.clone(),
    };
    Ok(bodies.iter().map(row).collect())
}

/// Whether a pledge that is there already is in a year.
fn is_in(conn: &mut Conn, id: Option<i64>, year: i64) -> Result<bool, StoreError> {
    let Some(id) = id else { return Ok(false) };
    let own: i64 = pledge::table.find(id).select(pledge::signature_id).first(conn)?;
    Ok(own == year)
}

fn updates(pledge_id: i64, updates: &[Update]) -> impl Iterator<Item = UpdateRow> {
    updates.iter().enumerate().map(move |(at, update)| UpdateRow {
        pledge_id,
        position: value::position(at),
        handed_in_on: update.on,
        progress: update.progress.to_string(),
        value: update.value,
        narrative: update.narrative.clone(),
        evidence_url: update.evidence_url.clone(),
        published: update.published,
    })
}

fn insert_updates(conn: &mut Conn, rows: &[UpdateRow]) -> Result<(), StoreError> {
    for some in rows.chunks(3_000) {
        each_backend!(conn, |c| diesel::insert_into(pledge_update::table).values(some).execute(c))?;
    }
    Ok(())
}

fn load_updates(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<Update>>, StoreError> {
    let rows: Vec<UpdateRow> = pledge_update::table
        .select(UpdateRow::as_select())
        .filter(pledge_update::pledge_id.eq_any(ids))
        .order((pledge_update::pledge_id, pledge_update::position))
        .load(conn)?;
    let mut reports: HashMap<i64, Vec<Update>> = HashMap::new();
    for row in rows {
        reports.entry(row.pledge_id).or_default().push(Update {
            on: row.handed_in_on,
            progress: word(&row.progress, Progress::parse)?,
            value: row.value,
            narrative: row.narrative,
            evidence_url: row.evidence_url,
            published: row.published,
        });
    }
    Ok(reports)
}
