//! Introductions: a state and counts, no person.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{
    Introduction, IntroductionKind, IntroductionState, Outcomes, RecordKind,
};
use crate::domain::slug::Slug;
use crate::store::records::listing::Condition;
use crate::store::records::lists::word;
use crate::store::records::look_up::{absent, ids_of, slugs_of};
use crate::store::records::topic::{Clause, Topic};
use crate::store::schema::{introduction, partnership};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = introduction, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    organisation_id: i64,
    other_id: Option<i64>,
    partnership_id: Option<i64>,
    kind: String,
    cohort: Option<String>,
    reference: Option<String>,
    state: String,
    interviewed: Option<i32>,
    offered: Option<i32>,
    started: Option<i32>,
    kept_13_weeks: Option<i32>,
}

impl Topic for Introduction {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 0";
    const TO_BROKERS: &'static str = "1 = 1";

    fn open(&self) -> bool {
        false
    }

    fn admit(&self, _conn: &mut Conn, _id: Option<i64>) -> Result<(), StoreError> {
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(bodies.len());
        for (id, body) in bodies {
            rows.push(body.row(conn, *id)?);
        }
        for some in rows.chunks(2_500) {
            each_backend!(conn, |c| diesel::insert_into(introduction::table)
                .values(some)
                .execute(c))?;
        }
        Ok(())
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let row = self.row(conn, id)?;
        diesel::update(introduction::table.find(id)).set(row).execute(conn)?;
        Ok(())
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<(Row, Option<String>)> = introduction::table
            .left_join(partnership::table)
            .filter(introduction::id.eq_any(ids))
            .select((Row::as_select(), partnership::slug.nullable()))
            .load(conn)?;
        let named =
            rows.iter().flat_map(|(row, _)| row.other_id.into_iter().chain([row.organisation_id]));
        let slugs = slugs_of(conn, &named.collect::<Vec<_>>())?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for (row, forum) in rows {
            let owner = slugs.get(&row.organisation_id).cloned().ok_or(StoreError::NotFound)?;
            let body = Self {
                kind: word(&row.kind, IntroductionKind::parse)?,
                organisation: owner,
                other: row.other_id.and_then(|id| slugs.get(&id).cloned()),
                partnership: forum.as_deref().map(value::slug).transpose()?,
                cohort: row.cohort.as_deref().map(value::slug).transpose()?,
                reference: row.reference,
                state: word(&row.state, IntroductionState::parse)?,
                outcomes: Outcomes {
                    interviewed: row.interviewed,
                    offered: row.offered,
                    started: row.started,
                    kept_13_weeks: row.kept_13_weeks,
                },
            };
            bodies.insert(row.id, body);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "state" => column!(introduction::state, condition),
            "kind" => column!(introduction::kind, condition),
            "cohort" => column!(introduction::cohort, condition),
            "partnership" => condition.through("introduction", "partnership_id", "partnership"),
            _ => return None,
        })
    }
}

impl Introduction {
    fn row(&self, conn: &mut Conn, id: i64) -> Result<Row, StoreError> {
        let named = [&self.organisation].into_iter().chain(&self.other);
        let ids = ids_of(conn, RecordKind::Organisation, named)?;
        let forum = self.partnership.as_ref().map(|slug| forum_id(conn, slug)).transpose()?;
        Ok(Row {
            id,
            organisation_id: ids.get(&self.organisation).copied().unwrap_or_default(),
            other_id: self.other.as_ref().and_then(|other| ids.get(other).copied()),
            partnership_id: forum,
            kind: self.kind.to_string(),
            cohort: self.cohort.as_ref().map(Slug::to_string),
            reference: self.reference.clone(),
            state: self.state.to_string(),
            interviewed: self.outcomes.interviewed,
            offered: self.outcomes.offered,
            started: self.outcomes.started,
            kept_13_weeks: self.outcomes.kept_13_weeks,
        })
    }
}

fn forum_id(conn: &mut Conn, slug: &Slug) -> Result<i64, StoreError> {
    let found = partnership::table.filter(partnership::slug.eq(slug.as_str()));
    let found = found.select(partnership::id).first(conn).optional()?;
    found.ok_or_else(|| absent("partnership", slug))
}
