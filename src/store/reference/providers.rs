//! Providers, with their venues and courses.
//!
//! A course keeps its identifier as long as its provider keeps a course of that
//! name. A venue that goes is removed after its courses have let go of it.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::register::{Course, CourseDetails, Provider, Venue};
use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::reference::publication::Topic;
use crate::store::reference::record::{self, Entry, List, Parts, Records};
use crate::store::schema::{course, provider, record as records_of, venue};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = provider, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    slug: String,
    name: String,
    kind: String,
    summary: String,
    website: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = venue, treat_none_as_default_value = false)]
struct VenueRow {
    provider_id: i64,
    label: String,
    position: i32,
    town: Option<String>,
    outcode: Option<String>,
    note: Option<String>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = course, treat_none_as_default_value = false, treat_none_as_null = true)]
struct CourseRow {
    id: i64,
    provider_id: i64,
    slug: String,
    title: String,
    course_type: String,
    level_from: Option<i32>,
    level_to: Option<i32>,
    coding: Option<String>,
    summary: String,
    venue: Option<String>,
}

/// All providers, by name.
pub(super) fn load(conn: &mut Conn, records: &mut Records) -> Result<Vec<Provider>, StoreError> {
    let venues: Vec<VenueRow> =
        venue::table.select(VenueRow::as_select()).order(venue::position).load(conn)?;
    let mut venues = Parts::gather(venues.into_iter().map(|row| {
        let VenueRow { label, town, outcode, note, .. } = row;
        Ok((row.provider_id, Venue { label, town, outcode, note }))
    }))?;
    let mut courses = load_courses(conn, records)?;
    let rows: Vec<Row> = provider::table.select(Row::as_select()).load(conn)?;
    let mut providers = Vec::with_capacity(rows.len());
    for row in rows {
        providers.push(Provider {
            slug: value::slug(&row.slug)?,
            name: row.name,
            kind: value::slug(&row.kind)?,
            summary: row.summary,
            website: row.website,
            venues: venues.take(row.id),
            courses: courses.take(row.id),
            provenance: records.provenance(row.id)?,
        });
    }
    providers.sort_by(|a, b| (&a.name, &a.slug).cmp(&(&b.name, &b.slug)));
    Ok(providers)
}

fn load_courses(conn: &mut Conn, records: &mut Records) -> Result<Parts<Course>, StoreError> {
    let rows: Vec<CourseRow> = course::table
        .inner_join(records_of::table)
        .select(CourseRow::as_select())
        .order(records_of::position)
        .load(conn)?;
    Parts::gather(rows.into_iter().map(|row| {
        let course = Course {
            slug: value::slug(&row.slug)?,
            title: row.title,
            course_type: value::slug(&row.course_type)?,
            sectors: records.names(row.id, List::Sector)?,
            soc: records.words(row.id, List::Soc),
            coding: row.coding,
            level_from: row.level_from,
            level_to: row.level_to,
            cohorts: records.names(row.id, List::Cohort)?,
            summary: row.summary,
            venue: row.venue,
            details: CourseDetails::default(),
            asked: records.words(row.id, List::Asked),
            provenance: records.provenance(row.id)?,
        };
        Ok((row.provider_id, course))
    }))
}

fn course_ids(conn: &mut Conn, provider: i64) -> Result<HashMap<String, i64>, StoreError> {
    let courses = course::table.filter(course::provider_id.eq(provider));
    let ids: Vec<(String, i64)> = courses.select((course::slug, course::id)).load(conn)?;
    Ok(ids.into_iter().collect())
}

impl Topic for Provider {
    const KIND: Kind = Kind::Provider;

    fn key(&self) -> Result<Slug, StoreError> {
        Ok(self.slug.clone())
    }

    fn cited(&self) -> Vec<&str> {
        let own = self.provenance.sources.iter();
        let courses = self.courses.iter().flat_map(|course| &course.provenance.sources);
        own.chain(courses).map(String::as_str).collect()
    }

    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(provider::table.select((provider::slug, provider::id)).load(conn)?)
    }

    fn drop_parts(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let mut gone = course_ids(conn, id)?;
        gone.retain(|slug, _| self.courses.iter().all(|course| course.slug != slug.as_str()));
        record::remove(conn, &gone.into_values().collect::<Vec<_>>())?;
        diesel::update(course::table.filter(course::provider_id.eq(id)))
            .set(course::venue.eq(None::<String>))
            .execute(conn)?;
        diesel::delete(venue::table.filter(venue::provider_id.eq(id))).execute(conn)?;
        Ok(())
    }

    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let id = Entry::new("provider", &self.provenance).put(conn, id)?;
        let row = Row {
            id,
            slug: self.slug.to_string(),
            name: self.name.clone(),
            kind: self.kind.to_string(),
            summary: self.summary.clone(),
            website: self.website.clone(),
        };
        each_backend!(conn, |c| diesel::insert_into(provider::table)
            .values(&row)
            .on_conflict(provider::id)
            .do_update()
            .set(&row)
            .execute(c))?;
        let venues = self.venues.iter().enumerate().map(|(at, venue)| VenueRow {
            provider_id: id,
            label: venue.label.clone(),
            position: value::position(at),
            town: venue.town.clone(),
            outcode: venue.outcode.clone(),
            note: venue.note.clone(),
        });
        let venues: Vec<VenueRow> = venues.collect();
        each_backend!(conn, |c| diesel::insert_into(venue::table).values(&venues).execute(c))?;
        let known = course_ids(conn, id)?;
        for (at, course) in self.courses.iter().enumerate() {
            put_course(conn, course, (id, at), known.get(course.slug.as_str()).copied())?;
        }
        Ok(())
    }
}

fn put_course(
    conn: &mut Conn,
    course: &Course,
    (provider_id, at): (i64, usize),
    id: Option<i64>,
) -> Result<(), StoreError> {
    let entry = Entry::new("course", &course.provenance)
        .within(provider_id, at)
        .names(List::Sector, &course.sectors)
        .list(List::Soc, &course.soc)
        .names(List::Cohort, &course.cohorts)
        .list(List::Asked, &course.asked);
    let row = CourseRow {
        id: entry.put(conn, id)?,
        provider_id,
        slug: course.slug.to_string(),
        title: course.title.clone(),
        course_type: course.course_type.to_string(),
        level_from: course.level_from,
        level_to: course.level_to,
        coding: course.coding.clone(),
        summary: course.summary.clone(),
        venue: course.venue.clone(),
    };
    each_backend!(conn, |c| diesel::insert_into(course::table)
        .values(&row)
        .on_conflict(course::id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}
