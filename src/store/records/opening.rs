//! Openings: work or placements on offer.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::register::{
    Base, Contract, DbsLevel, Hours, Opening, Pattern, Pay, PayPeriod, RecordKind, WorkType,
};
use crate::domain::slug::Slug;
use crate::store::records::clause::Clause;
use crate::store::records::days;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{IDS, List, Lists, NewLists, maybe, word};
use crate::store::records::look_up::{absent, ids_of, slugs_of};
use crate::store::records::topic::{Coming, Topic};
use crate::store::records::write::Author;
use crate::store::schema::{opening, organisation_site};
use crate::store::{Conn, StoreError, places};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = opening, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    organisation_id: i64,
    title: String,
    description: Option<String>,
    work_type: String,
    site: Option<String>,
    national: bool,
    hours: Option<String>,
    contract: Option<String>,
    base: Option<String>,
    pay_from_pence: Option<i64>,
    pay_to_pence: Option<i64>,
    pay_period: Option<String>,
    dbs_level: Option<String>,
    essentials: Option<String>,
    starts_on: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    places: Option<i32>,
}

impl Topic for Opening {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    /// The site is one of the organisation's.
    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        let at_a_site = || coming.iter().filter(|(_, body)| body.site.is_some());
        let named = at_a_site().map(|(_, body)| &body.organisation);
        let owners = ids_of(conn, RecordKind::Organisation, named)?;
        let ids: Vec<i64> = owners.values().copied().collect();
        let mut sites: HashSet<(i64, String)> = HashSet::new();
        for some in ids.chunks(IDS) {
            let rows: Vec<(i64, String)> = organisation_site::table
                .filter(organisation_site::organisation_id.eq_any(some))
                .select((organisation_site::organisation_id, organisation_site::label))
                .load(conn)?;
            sites.extend(rows);
        }
        for (_, body) in at_a_site() {
            let owner = owners.get(&body.organisation).copied();
            let Some(site) = owner.zip(body.site.clone()) else { continue };
            if !sites.contains(&site) {
                return Err(absent("site", &format!("{:?} of {}", site.1, body.organisation)));
            }
        }
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let owners =
            ids_of(conn, RecordKind::Organisation, bodies.iter().map(|(_, b)| &b.organisation))?;
        let owner = |body: &Self| owners.get(&body.organisation).copied().unwrap_or_default();
        let rows: Vec<Row> = bodies.iter().map(|(id, body)| body.row(*id, owner(body))).collect();
        for some in rows.chunks(1_500) {
            each_backend!(conn, |c| diesel::insert_into(opening::table).values(some).execute(c))?;
        }
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let owner = ids_of(conn, RecordKind::Organisation, [&self.organisation])?;
        let owner = owner.into_values().next().unwrap_or_default();
        diesel::update(opening::table.find(id)).set(self.row(id, owner)).execute(conn)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    /// Another number of places begins a new count.
    fn follow_up(
        conn: &mut Conn,
        id: i64,
        (old, new): (&Self, &Self),
        by: (&Author, NaiveDateTime),
    ) -> Result<(), StoreError> {
        if old.places == new.places { Ok(()) } else { places::recount(conn, id, new.places, by) }
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<Row> =
            opening::table.select(Row::as_select()).filter(opening::id.eq_any(ids)).load(conn)?;
        let owners: Vec<i64> = rows.iter().map(|row| row.organisation_id).collect();
        let owners = slugs_of(conn, &owners)?;
        let mut lists = Lists::load(conn, ids)?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for row in rows {
            let owner = owners.get(&row.organisation_id).cloned().ok_or(StoreError::NotFound)?;
            bodies.insert(row.id, row.body(owner, &mut lists)?);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "state" => days::opening_state(condition, today),
            "work_type" => column!(opening::work_type, condition),
            "hours" => column!(opening::hours, condition),
            "contract" => column!(opening::contract, condition),
            "base" => column!(opening::base, condition),
            "dbs_level" => column!(opening::dbs_level, condition),
            "national" => flag!(opening::national, condition),
            "cohort" => condition.in_list(List::Cohort),
            "pattern" => condition.in_list(List::Pattern),
            _ => return None,
        })
    }
}

impl Opening {
    fn row(&self, id: i64, organisation_id: i64) -> Row {
        Row {
            id,
            organisation_id,
            title: self.title.clone(),
            description: self.description.clone(),
            work_type: self.work_type.to_string(),
            site: self.site.clone(),
            national: self.national,
            hours: self.hours.map(|hours| hours.to_string()),
            contract: self.contract.map(|contract| contract.to_string()),
            base: self.base.map(|base| base.to_string()),
            pay_from_pence: self.pay.map(|pay| pay.from_pence),
            pay_to_pence: self.pay.and_then(|pay| pay.to_pence),
            pay_period: self.pay.map(|pay| pay.period.to_string()),
            dbs_level: self.dbs_level.map(|level| level.to_string()),
            essentials: self.essentials.clone(),
            starts_on: self.starts_on,
            closes_on: self.closes_on,
            places: self.places,
        }
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        lists.add(id, List::Pattern, &self.patterns);
        lists.add(id, List::Licence, &self.licences);
        lists.add(id, List::Cohort, &self.cohorts);
    }
}

impl Row {
    fn body(self, organisation: Slug, lists: &mut Lists) -> Result<Opening, StoreError> {
        let period = maybe(self.pay_period.as_deref(), PayPeriod::parse)?;
        let pay = self.pay_from_pence.zip(period).map(|(from_pence, period)| Pay {
            from_pence,
            to_pence: self.pay_to_pence,
            period,
        });
        Ok(Opening {
            organisation,
            title: self.title,
            description: self.description,
            work_type: word(&self.work_type, WorkType::parse)?,
            site: self.site,
            national: self.national,
            patterns: lists.of(self.id, List::Pattern, Pattern::parse)?,
            hours: maybe(self.hours.as_deref(), Hours::parse)?,
            contract: maybe(self.contract.as_deref(), Contract::parse)?,
            base: maybe(self.base.as_deref(), Base::parse)?,
            pay,
            dbs_level: maybe(self.dbs_level.as_deref(), DbsLevel::parse)?,
            licences: lists.words(self.id, List::Licence),
            essentials: self.essentials,
            cohorts: lists.slugs(self.id, List::Cohort)?,
            starts_on: self.starts_on,
            closes_on: self.closes_on,
            places: self.places,
        })
    }
}
