//! Case studies.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{CaseStudy, Permission, RecordKind};
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, Lists, NewLists, word};
use crate::store::records::look_up::{ids_of, slugs_of};
use crate::store::records::pledge::action_id;
use crate::store::records::topic::{Clause, Topic};
use crate::store::schema::{case_study, charter_action};
use crate::store::{Conn, StoreError};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = case_study, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    organisation_id: Option<i64>,
    title: String,
    summary: String,
    action_id: Option<i64>,
    link: Option<String>,
    published_on: Option<NaiveDate>,
    permission: String,
}

impl Topic for CaseStudy {
    const FINAL: bool = false;
    const OPEN: &'static str = "entry.id IN (SELECT id FROM case_study \
         WHERE permission IN ('granted', 'public-source'))";

    fn open(&self) -> bool {
        self.showable()
    }

    fn admit(&self, _conn: &mut Conn, _id: Option<i64>) -> Result<(), StoreError> {
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut lists = NewLists::default();
        let mut rows = Vec::with_capacity(bodies.len());
        for (id, body) in bodies {
            rows.push(body.row(conn, *id)?);
            lists.add(*id, List::Cohort, &body.cohorts);
        }
        for some in rows.chunks(3_500) {
            each_backend!(conn, |c| diesel::insert_into(case_study::table)
                .values(some)
                .execute(c))?;
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let row = self.row(conn, id)?;
        diesel::update(case_study::table.find(id)).set(row).execute(conn)?;
        let mut lists = NewLists::default();
        lists.add(id, List::Cohort, &self.cohorts);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<(Row, Option<String>)> = case_study::table
            .left_join(charter_action::table)
            .filter(case_study::id.eq_any(ids))
            .select((Row::as_select(), charter_action::code.nullable()))
            .load(conn)?;
        let owners: Vec<i64> = rows.iter().filter_map(|(row, _)| row.organisation_id).collect();
        let owners = slugs_of(conn, &owners)?;
        let mut lists = Lists::load(conn, ids)?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for (row, action) in rows {
            let body = Self {
                title: row.title,
                organisation: row.organisation_id.and_then(|id| owners.get(&id).cloned()),
                summary: row.summary,
                cohorts: lists.slugs(row.id, List::Cohort)?,
                action,
                url: row.link,
                published_on: row.published_on,
                permission: word(&row.permission, Permission::parse)?,
            };
            bodies.insert(row.id, body);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "cohort" => condition.in_list(List::Cohort),
            "action" => condition.through("case_study", "action_id", "charter_action"),
            "permission" => column!(case_study::permission, condition),
            _ => return None,
        })
    }
}

impl CaseStudy {
    fn row(&self, conn: &mut Conn, id: i64) -> Result<Row, StoreError> {
        let owner = ids_of(conn, RecordKind::Organisation, &self.organisation)?;
        Ok(Row {
            id,
            organisation_id: owner.into_values().next(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            action_id: self.action.as_deref().map(|code| action_id(conn, code)).transpose()?,
            link: self.url.clone(),
            published_on: self.published_on,
            permission: self.permission.to_string(),
        })
    }
}
