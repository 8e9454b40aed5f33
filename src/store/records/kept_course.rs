//! Courses of providers: what is asked for and referred to; the words, with venues and
//! runs, stand in the versions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::KeptCourse;
use crate::store::records::clause::Clause;
use crate::store::records::history::last_bodies;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, NewLists};
use crate::store::records::named::{Ids, course_types, providers};
use crate::store::records::topic::{Coming, Topic};
use crate::store::schema::kept_course;
use crate::store::{Conn, StoreError};

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = kept_course, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    provider_id: Option<i64>,
    course_type: Option<String>,
    level_from: Option<i32>,
    level_to: Option<i32>,
    delivery: Option<String>,
}

impl Topic for KeptCourse {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        providers(conn, coming.iter().map(|(_, body)| body.provider.as_str()))?;
        course_types(conn, coming.iter().map(|(_, body)| body.course_type.as_str()))?;
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let by = providers(conn, bodies.iter().map(|(_, body)| body.provider.as_str()))?;
        let rows: Vec<Row> = bodies.iter().map(|(id, body)| body.row(*id, &by)).collect();
        for some in rows.chunks(5_000) {
            each_backend!(conn, |c| diesel::insert_into(kept_course::table)
                .values(some)
                .execute(c))?;
        }
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let row = self.row(id, &providers(conn, [self.provider.as_str()])?);
        diesel::update(kept_course::table.find(id)).set(row).execute(conn)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "provider" => condition.through("kept_course", "provider_id", "provider"),
            "course_type" => column!(kept_course::course_type, condition),
            "delivery" => column!(kept_course::delivery, condition),
            "sector" => condition.in_list(List::Sector),
            "cohort" => condition.in_list(List::Cohort),
            "soc" => condition.in_list(List::Soc),
            _ => return None,
        })
    }
}

impl KeptCourse {
    fn row(&self, id: i64, providers: &Ids) -> Row {
        Row {
            id,
            provider_id: providers.get(self.provider.as_str()).copied(),
            course_type: Some(self.course_type.to_string()),
            level_from: self.level_from,
            level_to: self.level_to,
            delivery: self.delivery.map(|word| word.to_string()),
        }
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        lists.add(id, List::Sector, &self.sectors);
        lists.add(id, List::Soc, &self.soc);
        lists.add(id, List::Cohort, &self.cohorts);
        lists.add(id, List::Cited, &self.sources);
    }
}
