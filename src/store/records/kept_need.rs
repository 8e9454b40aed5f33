//! Needs of partnerships: what is asked for and referred to; the words stand in the
//! versions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::KeptNeed;
use crate::store::records::clause::Clause;
use crate::store::records::history::last_bodies;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, NewLists};
use crate::store::records::named::{Ids, forums};
use crate::store::records::topic::{Coming, Topic};
use crate::store::schema::kept_need;
use crate::store::{Conn, StoreError};

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = kept_need, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    partnership_id: Option<i64>,
    level_from: Option<i32>,
    level_to: Option<i32>,
    horizon: Option<String>,
    headcount: Option<i32>,
    priority: Option<String>,
    state: &'static str,
}

impl Topic for KeptNeed {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        forums(conn, coming.iter().map(|(_, body)| body.partnership.as_str())).map(|_| ())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let forums = forums(conn, bodies.iter().map(|(_, body)| body.partnership.as_str()))?;
        let rows: Vec<Row> = bodies.iter().map(|(id, body)| body.row(*id, &forums)).collect();
        for some in rows.chunks(4_000) {
            each_backend!(conn, |c| diesel::insert_into(kept_need::table).values(some).execute(c))?;
        }
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let forums = forums(conn, [self.partnership.as_str()])?;
        let row = self.row(id, &forums);
        diesel::update(kept_need::table.find(id)).set(row).execute(conn)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "partnership" => condition.through("kept_need", "partnership_id", "partnership"),
            "state" => column!(kept_need::state, condition),
            "horizon" => column!(kept_need::horizon, condition),
            "priority" => column!(kept_need::priority, condition),
            "soc" => condition.in_list(List::Soc),
            "sic" => condition.in_list(List::Sic),
            "cohort" => condition.in_list(List::Cohort),
            _ => return None,
        })
    }
}

impl KeptNeed {
    fn row(&self, id: i64, forums: &Ids) -> Row {
        Row {
            id,
            partnership_id: forums.get(self.partnership.as_str()).copied(),
            level_from: self.level_from,
            level_to: self.level_to,
            horizon: self.horizon.map(|word| word.to_string()),
            headcount: self.headcount,
            priority: self.priority.map(|word| word.to_string()),
            state: self.state.as_str(),
        }
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        lists.add(id, List::Soc, &self.soc);
        lists.add(id, List::Sic, &self.sic);
        lists.add(id, List::Cohort, &self.cohorts);
        lists.add(id, List::Cited, &self.sources);
    }
}
