//! The charter and its actions.
//!
//! An action names a stance and a focus area of the charter, and the database
//! holds it to that: stances and focus areas are added before the actions are
//! written, and those no longer wanted are removed after.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{Charter, CharterAction};
use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::reference::anchor::{known, places};
use crate::store::reference::publication::Topic;
use crate::store::reference::record::{Entry, List, Parts, Records};
use crate::store::schema::{charter, charter_action, charter_focus_area, charter_stance};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = charter, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    slug: String,
    name: String,
    summary: String,
    version: String,
    launched_on: Option<NaiveDate>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = charter_focus_area, primary_key(charter_id, slug))]
#[diesel(treat_none_as_default_value = false)]
struct FocusAreaRow {
    charter_id: i64,
    slug: String,
    position: i32,
    label: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = charter_stance, primary_key(charter_id, slug))]
#[diesel(treat_none_as_default_value = false)]
struct StanceRow {
    charter_id: i64,
    slug: String,
    position: i32,
    label: String,
    meaning: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = charter_action)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct ActionRow {
    id: i64,
    charter_id: i64,
    slug: String,
    code: String,
    stance: String,
    focus_area: String,
    label: String,
    description: String,
    help: String,
    measurable: bool,
    unit: Option<String>,
    evidenced: bool,
}

/// The charter, if there is one.
pub(super) fn load(conn: &mut Conn, records: &mut Records) -> Result<Option<Charter>, StoreError> {
    let Some(row) = charter::table.select(Row::as_select()).first(conn).optional()? else {
        return Ok(None);
    };
    let areas: Vec<FocusAreaRow> = charter_focus_area::table
        .select(FocusAreaRow::as_select())
        .order(charter_focus_area::position)
        .load(conn)?;
    let stances: Vec<StanceRow> = charter_stance::table
        .select(StanceRow::as_select())
        .order(charter_stance::position)
        .load(conn)?;
    let mut areas = Parts::gather(
        areas.into_iter().map(|area| Ok((area.charter_id, (value::slug(&area.slug)?, area.label)))),
    )?;
    let mut stances = Parts::gather(stances.into_iter().map(|stance| {
        Ok((stance.charter_id, (value::slug(&stance.slug)?, stance.label, stance.meaning)))
    }))?;
    Ok(Some(Charter {
        slug: value::slug(&row.slug)?,
        name: row.name,
        summary: row.summary,
        version: row.version,
        launched_on: row.launched_on,
        focus_areas: areas.take(row.id),
        stances: stances.take(row.id),
        provenance: records.provenance(row.id)?,
    }))
}

/// The charter's actions, by code.
pub(super) fn load_actions(
    conn: &mut Conn,
    records: &mut Records,
) -> Result<Vec<CharterAction>, StoreError> {
    let rows: Vec<ActionRow> = charter_action::table.select(ActionRow::as_select()).load(conn)?;
    let mut actions = Vec::with_capacity(rows.len());
    for row in rows {
        actions.push(CharterAction {
            code: row.code,
            stance: value::slug(&row.stance)?,
            focus_area: value::slug(&row.focus_area)?,
            label: row.label,
            description: row.description,
            help: row.help,
            measurable: row.measurable,
            unit: row.unit,
            evidenced: row.evidenced,
            cohorts: records.names(row.id, List::Cohort)?,
            asked: records.words(row.id, List::Asked),
            provenance: records.provenance(row.id)?,
        });
    }
    actions.sort_by(|a, b| value::counted(&a.code).cmp(&value::counted(&b.code)));
    Ok(actions)
}

/// Adds the stances and focus areas that a charter does not have yet, after those it has.
pub(super) fn add_parts(conn: &mut Conn, wanted: &Charter) -> Result<(), StoreError> {
    let of_charter = charter::table.filter(charter::slug.eq(wanted.slug.as_str()));
    let charter_id: i64 = of_charter.select(charter::id).first(conn)?;
    let areas = charter_focus_area::table.filter(charter_focus_area::charter_id.eq(charter_id));
    let there = known(areas.select(charter_focus_area::slug).load(conn)?);
    let last = areas.select(diesel::dsl::max(charter_focus_area::position)).first(conn)?;
    let new = wanted.focus_areas.iter().filter(|(slug, _)| !there(slug));
    for ((slug, label), position) in new.zip(places(last)) {
        let (slug, label) = (slug.to_string(), label.clone());
        let row = FocusAreaRow { charter_id, slug, position, label };
        diesel::insert_into(charter_focus_area::table).values(row).execute(conn)?;
    }
    let stances = charter_stance::table.filter(charter_stance::charter_id.eq(charter_id));
    let there = known(stances.select(charter_stance::slug).load(conn)?);
    let last = stances.select(diesel::dsl::max(charter_stance::position)).first(conn)?;
    let new = wanted.stances.iter().filter(|(slug, ..)| !there(slug));
    for ((slug, label, meaning), position) in new.zip(places(last)) {
        let (slug, label, meaning) = (slug.to_string(), label.clone(), meaning.clone());
        let row = StanceRow { charter_id, slug, position, label, meaning };
        diesel::insert_into(charter_stance::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Removes the stances and focus areas that the charter no longer has.
pub(super) fn prune(conn: &mut Conn, wanted: &Charter) -> Result<(), StoreError> {
    let of_charter = charter::table.filter(charter::slug.eq(wanted.slug.as_str()));
    let id: i64 = of_charter.select(charter::id).first(conn)?;
    let areas: Vec<&str> = wanted.focus_areas.iter().map(|(slug, _)| slug.as_str()).collect();
    let stances: Vec<&str> = wanted.stances.iter().map(|(slug, ..)| slug.as_str()).collect();
    diesel::delete(charter_focus_area::table)
        .filter(charter_focus_area::charter_id.eq(id))
        .filter(charter_focus_area::slug.ne_all(areas))
        .execute(conn)?;
    diesel::delete(charter_stance::table)
        .filter(charter_stance::charter_id.eq(id))
        .filter(charter_stance::slug.ne_all(stances))
        .execute(conn)?;
    Ok(())
}

impl Topic for Charter {
    const KIND: Kind = Kind::Charter;

    fn key(&self) -> Result<Slug, StoreError> {
        Ok(self.slug.clone())
    }

    fn cited(&self) -> Vec<&str> {
        self.provenance.sources.iter().map(String::as_str).collect()
    }

    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(charter::table.select((charter::slug, charter::id)).load(conn)?)
    }

    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let id = Entry::new("charter", &self.provenance).put(conn, id)?;
        let row = Row {
            id,
            slug: self.slug.to_string(),
            name: self.name.clone(),
            summary: self.summary.clone(),
            version: self.version.clone(),
            launched_on: self.launched_on,
        };
        each_backend!(conn, |c| diesel::insert_into(charter::table)
            .values(&row)
            .on_conflict(charter::id)
            .do_update()
            .set(&row)
            .execute(c))?;
        for (at, (slug, label)) in self.focus_areas.iter().enumerate() {
            let (slug, label) = (slug.to_string(), label.clone());
            let row = FocusAreaRow { charter_id: id, slug, position: value::position(at), label };
            each_backend!(conn, |c| diesel::insert_into(charter_focus_area::table)
                .values(&row)
                .on_conflict((charter_focus_area::charter_id, charter_focus_area::slug))
                .do_update()
                .set(&row)
                .execute(c))?;
        }
        for (at, (slug, label, meaning)) in self.stances.iter().enumerate() {
            let row = StanceRow {
                charter_id: id,
                slug: slug.to_string(),
                position: value::position(at),
                label: label.clone(),
                meaning: meaning.clone(),
            };
            each_backend!(conn, |c| diesel::insert_into(charter_stance::table)
                .values(&row)
                .on_conflict((charter_stance::charter_id, charter_stance::slug))
                .do_update()
                .set(&row)
                .execute(c))?;
        }
        Ok(())
    }
}

impl Topic for CharterAction {
    const KIND: Kind = Kind::Action;

    fn key(&self) -> Result<Slug, StoreError> {
        value::slug(&self.code.to_ascii_lowercase())
    }

    fn cited(&self) -> Vec<&str> {
        self.provenance.sources.iter().map(String::as_str).collect()
    }

    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(charter_action::table.select((charter_action::slug, charter_action::id)).load(conn)?)
    }

    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let charter_id = charter::table.select(charter::id).first(conn).optional()?;
        let charter_id = charter_id.ok_or_else(|| {
            StoreError::Reference(crate::store::Cause::new("there is no charter to act on"))
        })?;
        let id = Entry::new("action", &self.provenance)
            .names(List::Cohort, &self.cohorts)
            .list(List::Asked, &self.asked)
            .put(conn, id)?;
        let row = ActionRow {
            id,
            charter_id,
            slug: self.key()?.to_string(),
            code: self.code.clone(),
            stance: self.stance.to_string(),
            focus_area: self.focus_area.to_string(),
            label: self.label.clone(),
            description: self.description.clone(),
            help: self.help.clone(),
            measurable: self.measurable,
            unit: self.unit.clone(),
            evidenced: self.evidenced,
        };
        each_backend!(conn, |c| diesel::insert_into(charter_action::table)
            .values(&row)
            .on_conflict(charter_action::id)
            .do_update()
            .set(&row)
            .execute(c))?;
        Ok(())
    }
}
