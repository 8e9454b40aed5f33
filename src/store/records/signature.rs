//! Signatures: an organisation's years under the charter, none overlapping another.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{RecordKind, Signature};
use crate::domain::slug::Slug;
use crate::store::records::clause::Clause;
use crate::store::records::days;
use crate::store::records::listing::Condition;
use crate::store::records::lists::IDS;
use crate::store::records::look_up::{ids_of, slugs_of};
use crate::store::records::named::charters;
use crate::store::records::topic::{Coming, Topic};
use crate::store::schema::{charter, entry, signature};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = signature, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    organisation_id: i64,
    charter_id: i64,
    charter_version: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    agreed_on: Option<NaiveDate>,
    signed_on: Option<NaiveDate>,
    published_on: Option<NaiveDate>,
    approval_route: Option<String>,
}

impl Topic for Signature {
    const FINAL: bool = true;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    /// Two years of one organisation that were not withdrawn may not share a day.
    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        let bodies = || coming.iter().map(|(_, body)| *body);
        let owners = ids_of(conn, RecordKind::Organisation, bodies().map(|b| &b.organisation))?;
        let charters = charters(conn, bodies().map(|body| body.charter.as_str()))?;
        let owners: Vec<i64> = owners.into_values().collect();
        let charters: Vec<i64> = charters.into_values().collect();
        let mut ids: Vec<i64> = Vec::new();
        for some in owners.chunks(IDS) {
            let of_these: Vec<i64> = signature::table
                .inner_join(entry::table)
                .filter(signature::organisation_id.eq_any(some))
                .filter(signature::charter_id.eq_any(&charters))
                .filter(entry::ended_on.is_null())
                .select(signature::id)
                .load(conn)?;
            ids.extend(of_these);
        }
        ids.retain(|id| coming.iter().all(|(own, _)| *own != Some(*id)));
        let mut years: HashMap<Slug, Vec<Self>> = HashMap::new();
        for some in ids.chunks(IDS) {
            for year in Self::load(conn, some)?.into_values() {
                years.entry(year.organisation.clone()).or_default().push(year);
            }
        }
        for body in bodies() {
            let others = years.entry(body.organisation.clone()).or_default();
            if others.iter().any(|other| other.overlaps(body)) {
                return Err(StoreError::Conflict("another year of the organisation shares a day"));
            }
            others.push(body.clone());
        }
        Ok(())
    }

    /// Years that were withdrawn may share days with any.
    fn admit_ended(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        charters(conn, coming.iter().map(|(_, body)| body.charter.as_str())).map(|_| ())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let rows = rows(conn, bodies)?;
        for some in rows.chunks(3_000) {
            each_backend!(conn, |c| diesel::insert_into(signature::table).values(some).execute(c))?;
        }
        Ok(())
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        for row in rows(conn, &[(id, self)])? {
            diesel::update(signature::table.find(id)).set(row).execute(conn)?;
        }
        Ok(())
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<(Row, String)> = signature::table
            .inner_join(charter::table)
            .filter(signature::id.eq_any(ids))
            .select((Row::as_select(), charter::slug))
            .load(conn)?;
        let owners: Vec<i64> = rows.iter().map(|(row, _)| row.organisation_id).collect();
        let owners = slugs_of(conn, &owners)?;
        let body = |(row, charter): (Row, String)| {
            let owner = owners.get(&row.organisation_id).cloned().ok_or(StoreError::NotFound)?;
            Ok((
                row.id,
                Self {
                    organisation: owner,
                    charter: value::slug(&charter)?,
                    charter_version: row.charter_version,
                    starts_on: row.starts_on,
                    ends_on: row.ends_on,
                    agreed_on: row.agreed_on,
                    signed_on: row.signed_on,
                    published_on: row.published_on,
                    approval_route: row.approval_route,
                },
            ))
        };
        rows.into_iter().map(body).collect()
    }

    fn clause(condition: &Condition, today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "state" => days::signature_state(condition, today),
            "charter" => condition.through("signature", "charter_id", "charter"),
            _ => return None,
        })
    }
}

fn rows(conn: &mut Conn, bodies: &[(i64, &Signature)]) -> Result<Vec<Row>, StoreError> {
    let named = bodies.iter().map(|(_, body)| &body.organisation);
    let owners = ids_of(conn, RecordKind::Organisation, named)?;
    let charters = charters(conn, bodies.iter().map(|(_, body)| body.charter.as_str()))?;
    let row = |(id, body): &(i64, &Signature)| Row {
        id: *id,
        organisation_id: owners.get(&body.organisation).copied().unwrap_or_default(),
        charter_id: charters.get(body.charter.as_str()).copied().unwrap_or_default(),
        charter_version: body.charter_version.clone(),
        starts_on: body.starts_on,
        ends_on: body.ends_on,
        agreed_on: body.agreed_on,
        signed_on: body.signed_on,
        published_on: body.published_on,
        approval_route: body.approval_route.clone(),
    };
    Ok(bodies.iter().map(row).collect())
}
