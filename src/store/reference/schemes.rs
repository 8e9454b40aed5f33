//! Recognition schemes of others, with their levels.

use diesel::prelude::*;

use crate::domain::register::{Scheme, SchemeLevel};
use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::reference::publication::Topic;
use crate::store::reference::record::{Entry, Parts, Records};
use crate::store::schema::{scheme, scheme_level};
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
    what_it_proves: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = scheme_level, primary_key(scheme_id, slug))]
#[diesel(treat_none_as_default_value = false)]
struct LevelRow {
    scheme_id: i64,
    slug: String,
    position: i32,
    label: String,
    rank: i32,
}

/// All schemes, by name.
pub(super) fn load(conn: &mut Conn, records: &mut Records) -> Result<Vec<Scheme>, StoreError> {
    let levels: Vec<LevelRow> = scheme_level::table
        .select(LevelRow::as_select())
        .order(scheme_level::position)
        .load(conn)?;
    let mut levels = Parts::gather(levels.into_iter().map(|row| {
        let level =
            SchemeLevel { slug: value::slug(&row.slug)?, label: row.label, order: row.rank };
        Ok((row.scheme_id, level))
    }))?;
    let rows: Vec<Row> = scheme::table.select(Row::as_select()).load(conn)?;
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
            what_it_proves: row.what_it_proves,
            provenance: records.provenance(row.id)?,
        });
    }
    schemes.sort_by(|a, b| (&a.name, &a.slug).cmp(&(&b.name, &b.slug)));
    Ok(schemes)
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

    fn drop_parts(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let kept: Vec<&str> = self.levels.iter().map(|level| level.slug.as_str()).collect();
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
}
