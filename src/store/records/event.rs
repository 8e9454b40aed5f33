//! Events.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::register::{Event, EventKind, RecordKind};
use crate::domain::uk_time;
use crate::store::records::clause::{Clause, Sql};
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, Lists, NewLists, word};
use crate::store::records::look_up::{ids_of, slugs_of};
use crate::store::records::topic::{Coming, Topic};
use crate::store::schema::{entry, event};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = event, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    organisation_id: Option<i64>,
    title: String,
    kind: String,
    starts_at: NaiveDateTime,
    ends_at: Option<NaiveDateTime>,
    place: Option<String>,
    postcode: Option<String>,
    host: Option<String>,
    summary: String,
    link: Option<String>,
}

/// The events that start when they should.
macro_rules! starting {
    ($when:expr) => {
        Box::new(entry::id.eq_any(event::table.filter($when).select(event::id))) as Clause
    };
}

impl Topic for Event {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(_conn: &mut Conn, _coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let owners = ids_of(
            conn,
            RecordKind::Organisation,
            bodies.iter().filter_map(|(_, body)| body.organisation.as_ref()),
        )?;
        let owner = |body: &Self| body.organisation.as_ref().and_then(|o| owners.get(o).copied());
        let rows: Vec<Row> = bodies.iter().map(|(id, body)| body.row(*id, owner(body))).collect();
        for some in rows.chunks(2_500) {
            each_backend!(conn, |c| diesel::insert_into(event::table).values(some).execute(c))?;
        }
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            lists.add(*id, List::Cohort, &body.cohorts);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let owner = ids_of(conn, RecordKind::Organisation, &self.organisation)?;
        let row = self.row(id, owner.into_values().next());
        diesel::update(event::table.find(id)).set(row).execute(conn)?;
        let mut lists = NewLists::default();
        lists.add(id, List::Cohort, &self.cohorts);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<Row> =
            event::table.select(Row::as_select()).filter(event::id.eq_any(ids)).load(conn)?;
        let owners: Vec<i64> = rows.iter().filter_map(|row| row.organisation_id).collect();
        let owners = slugs_of(conn, &owners)?;
        let mut lists = Lists::load(conn, ids)?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for row in rows {
            let body = Self {
                title: row.title,
                kind: word(&row.kind, EventKind::parse)?,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                place: row.place,
                postcode: row.postcode,
                host: row.host,
                organisation: row.organisation_id.and_then(|id| owners.get(&id).cloned()),
                cohorts: lists.slugs(row.id, List::Cohort)?,
                summary: row.summary,
                url: row.link,
            };
            bodies.insert(row.id, body);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        let days = || {
            let (values, _) = condition.parted();
            values.into_iter().filter_map(|day| day.parse::<NaiveDate>().ok())
        };
        Some(match condition.field {
            "kind" => column!(event::kind, condition),
            "cohort" => condition.in_list(List::Cohort),
            // From any of some days is from the first of them; what is no day is none.
            "from" => match days().min() {
                Some(first) => starting!(event::starts_at.ge(uk_time::beginning(first))),
                None => Sql::any(Vec::new()).clause(),
            },
            "to" => match days().max() {
                Some(last) => {
                    let end = last.succ_opt().map(uk_time::beginning);
                    starting!(event::starts_at.lt(end.unwrap_or(NaiveDateTime::MAX)))
                }
                None => Sql::any(Vec::new()).clause(),
            },
            _ => return None,
        })
    }
}

impl Event {
    fn row(&self, id: i64, organisation_id: Option<i64>) -> Row {
        Row {
            id,
            organisation_id,
            title: self.title.clone(),
            kind: self.kind.to_string(),
            starts_at: value::micros(self.starts_at),
            ends_at: self.ends_at.map(value::micros),
            place: self.place.clone(),
            postcode: self.postcode.clone(),
            host: self.host.clone(),
            summary: self.summary.clone(),
            link: self.url.clone(),
        }
    }
}
