//! Recognition schemes of others, with their levels and what they presuppose.
//!
//! Schemes presuppose one another, so what they presuppose is taken away before
//! any scheme or level goes, and written after all of them are there.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::register::{Prerequisite, Scheme, SchemeLevel};
use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::error::Cause;
use crate::store::records::refuse_if_held;
use crate::store::reference::anchor::{known, places};
use crate::store::reference::publication::Topic;
use crate::store::reference::record::{Entry, Parts, Records};
use crate::store::schema::{scheme, scheme_level, scheme_prerequisite};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = scheme, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    slug: String,
    name: String,
    kind: String,
    owner: String,
    summary: String,
    evidence_rule: String,
    lifetime_months: Option<i32>,
    lifetime_note: Option<String>,
    public_list: Option<String>,
    what_it_proves: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = scheme_level, primary_key(scheme_id, slug))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct LevelRow {
    scheme_id: i64,
    slug: String,
    position: i32,
    label: String,
    rank: i32,
    lifetime_months: Option<i32>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = scheme_prerequisite, treat_none_as_default_value = false)]
struct PrerequisiteRow {
    scheme_id: i64,
    position: i32,
    required_id: i64,
    required_level: Option<String>,
    note: Option<String>,
}

/// All schemes, by name.
pub(super) fn load(conn: &mut Conn, records: &mut Records) -> Result<Vec<Scheme>, StoreError> {
    let levels: Vec<LevelRow> = scheme_level::table
        .select(LevelRow::as_select())
        .order(scheme_level::position)
        .load(conn)?;
    let mut levels = Parts::gather(levels.into_iter().map(|row| {
        let level = SchemeLevel {
            slug: value::slug(&row.slug)?,
            label: row.label,
            order: row.rank,
            lifetime_months: row.lifetime_months,
        };
        Ok((row.scheme_id, level))
    }))?;
    let rows: Vec<Row> = scheme::table.select(Row::as_select()).load(conn)?;
    let mut prerequisites = load_prerequisites(conn, &rows)?;
    let mut schemes = Vec::with_capacity(rows.len());
    for row in rows {
        schemes.push(Scheme {
            slug: value::slug(&row.slug)?,
            name: row.name,
            kind: value::slug(&row.kind)?,
            owner: row.owner,
            summary: row.summary,
            levels: levels.take(row.id),
            evidence_rule: row.evidence_rule,
            lifetime_months: row.lifetime_months,
            lifetime_note: row.lifetime_note,
            prerequisites: prerequisites.take(row.id),
            public_list: row.public_list,
            what_it_proves: row.what_it_proves,
            provenance: records.provenance(row.id)?,
        });
    }
    schemes.sort_by(|a, b| (&a.name, &a.slug).cmp(&(&b.name, &b.slug)));
    Ok(schemes)
}

fn load_prerequisites(conn: &mut Conn, schemes: &[Row]) -> Result<Parts<Prerequisite>, StoreError> {
    let slugs: HashMap<i64, &str> = schemes.iter().map(|row| (row.id, row.slug.as_str())).collect();
    let rows: Vec<PrerequisiteRow> = scheme_prerequisite::table
        .select(PrerequisiteRow::as_select())
        .order(scheme_prerequisite::position)
        .load(conn)?;
    Parts::gather(rows.into_iter().map(|row| {
        let required = slugs.get(&row.required_id).copied().unwrap_or_default();
        let prerequisite = Prerequisite {
            scheme: value::slug(required)?,
            level: row.required_level.as_deref().map(value::slug).transpose()?,
            note: row.note,
        };
        Ok((row.scheme_id, prerequisite))
    }))
}

impl Topic for Scheme {
    const KIND: Kind = Kind::Scheme;

    fn key(&self) -> Result<Slug, StoreError> {
        Ok(self.slug.clone())
    }

    fn cited(&self) -> Vec<&str> {
        self.provenance.sources.iter().map(String::as_str).collect()
    }

    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(scheme::table.select((scheme::slug, scheme::id)).load(conn)?)
    }

    fn unlink(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let links = scheme_prerequisite::table.filter(scheme_prerequisite::scheme_id.eq(id));
        diesel::delete(links).execute(conn)?;
        Ok(())
    }

    fn drop_parts(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let kept: Vec<&str> = self.levels.iter().map(|level| level.slug.as_str()).collect();
        refuse_if_held(conn, id, &kept)?;
        diesel::delete(scheme_level::table)
            .filter(scheme_level::scheme_id.eq(id))
            .filter(scheme_level::slug.ne_all(kept))
            .execute(conn)?;
        Ok(())
    }

    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let id = Entry::new("scheme", &self.provenance).put(conn, id)?;
        let row = Row {
            id,
            slug: self.slug.to_string(),
            name: self.name.clone(),
            kind: self.kind.to_string(),
            owner: self.owner.clone(),
            summary: self.summary.clone(),
            evidence_rule: self.evidence_rule.clone(),
            lifetime_months: self.lifetime_months,
            lifetime_note: self.lifetime_note.clone(),
            public_list: self.public_list.clone(),
            what_it_proves: self.what_it_proves.clone(),
        };
        each_backend!(conn, |c| diesel::insert_into(scheme::table)
            .values(&row)
            .on_conflict(scheme::id)
            .do_update()
            .set(&row)
            .execute(c))?;
        for (at, level) in self.levels.iter().enumerate() {
            let row = LevelRow {
                scheme_id: id,
                slug: level.slug.to_string(),
                position: value::position(at),
                label: level.label.clone(),
                rank: level.order,
                lifetime_months: level.lifetime_months,
            };
            each_backend!(conn, |c| diesel::insert_into(scheme_level::table)
                .values(&row)
                .on_conflict((scheme_level::scheme_id, scheme_level::slug))
                .do_update()
                .set(&row)
                .execute(c))?;
        }
        Ok(())
    }

    fn link(&self, conn: &mut Conn) -> Result<(), StoreError> {
        let scheme_id = id_of(conn, &self.slug)?;
        for (at, wanted) in self.prerequisites.iter().enumerate() {
            let row = PrerequisiteRow {
                scheme_id,
                position: value::position(at),
                required_id: id_of(conn, &wanted.scheme)?,
                required_level: wanted.level.as_ref().map(ToString::to_string),
                note: wanted.note.clone(),
            };
            diesel::insert_into(scheme_prerequisite::table).values(&row).execute(conn)?;
        }
        Ok(())
    }
}

/// Adds the levels that a scheme does not have yet, after those it has.
pub(super) fn add_levels(conn: &mut Conn, wanted: &Scheme) -> Result<(), StoreError> {
    let scheme_id = id_of(conn, &wanted.slug)?;
    let levels = scheme_level::table.filter(scheme_level::scheme_id.eq(scheme_id));
    let there = known(levels.select(scheme_level::slug).load(conn)?);
    let last = levels.select(diesel::dsl::max(scheme_level::position)).first(conn)?;
    for (level, position) in wanted.levels.iter().filter(|one| !there(&one.slug)).zip(places(last))
    {
        let row = LevelRow {
            scheme_id,
            slug: level.slug.to_string(),
            position,
            label: level.label.clone(),
            rank: level.order,
            lifetime_months: level.lifetime_months,
        };
        diesel::insert_into(scheme_level::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn id_of(conn: &mut Conn, slug: &Slug) -> Result<i64, StoreError> {
    let of_scheme = scheme::table.filter(scheme::slug.eq(slug.as_str()));
    let id = of_scheme.select(scheme::id).first(conn).optional()?;
    id.ok_or_else(|| StoreError::Reference(Cause::new(format!("there is no scheme {slug}"))))
}
