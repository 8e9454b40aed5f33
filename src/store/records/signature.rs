//! Signatures: an organisation's years under the charter, none overlapping another.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{RecordKind, Signature};
use crate::domain::slug::Slug;
use crate::store::records::days;
use crate::store::records::listing::Condition;
use crate::store::records::look_up::{absent, ids_of, slugs_of};
use crate::store::records::topic::{Clause, Topic};
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
    fn admit(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let owner = ids_of(conn, RecordKind::Organisation, [&self.organisation])?;
        let owner = owner.into_values().next().ok_or(StoreError::NotFound)?;
        let shared: i64 = signature::table
            .inner_join(entry::table)
            .filter(signature::organisation_id.eq(owner))
            .filter(signature::charter_id.eq(charter_id(conn, &self.charter)?))
            .filter(signature::id.ne(id.unwrap_or_default()))
            .filter(signature::starts_on.le(self.ends_on))
            .filter(signature::ends_on.ge(self.starts_on))
            .filter(entry::ended_on.is_null())
            .count()
            .get_result(conn)?;
        if shared > 0 {
            return Err(StoreError::Conflict("another year of the organisation shares a day"));
        }
        Ok(())
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
    let mut rows = Vec::with_capacity(bodies.len());
    for (id, body) in bodies {
        rows.push(Row {
            id: *id,
            organisation_id: owners.get(&body.organisation).copied().unwrap_or_default(),
            charter_id: charter_id(conn, &body.charter)?,
            charter_version: body.charter_version.clone(),
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            agreed_on: body.agreed_on,
            signed_on: body.signed_on,
            published_on: body.published_on,
            approval_route: body.approval_route.clone(),
        });
    }
    Ok(rows)
}

fn charter_id(conn: &mut Conn, slug: &Slug) -> Result<i64, StoreError> {
    let found = charter::table.filter(charter::slug.eq(slug.as_str())).select(charter::id);
    found.first(conn).optional()?.ok_or_else(|| absent("charter", slug))
}
