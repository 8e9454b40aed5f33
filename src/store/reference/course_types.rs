//! Kinds of course, with their rules.

use diesel::prelude::*;

use crate::domain::register::CourseType;
use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::reference::publication::Topic;
use crate::store::reference::record::{Entry, List, Records};
use crate::store::schema::course_type;
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = course_type, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    slug: String,
    label: String,
    description: String,
    rules: Option<String>,
}

/// All kinds of course, by the words shown.
pub(super) fn load(conn: &mut Conn, records: &mut Records) -> Result<Vec<CourseType>, StoreError> {
    let rows: Vec<Row> = course_type::table.select(Row::as_select()).load(conn)?;
    let mut kinds = Vec::with_capacity(rows.len());
    for row in rows {
        kinds.push(CourseType {
            slug: value::slug(&row.slug)?,
            label: row.label,
            description: row.description,
            rules: row.rules,
            asked: records.words(row.id, List::Asked),
            provenance: records.provenance(row.id)?,
        });
    }
    kinds.sort_by(|a, b| (&a.label, &a.slug).cmp(&(&b.label, &b.slug)));
    Ok(kinds)
}

impl Topic for CourseType {
    const KIND: Kind = Kind::CourseType;

    fn key(&self) -> Result<Slug, StoreError> {
        Ok(self.slug.clone())
    }

    fn cited(&self) -> Vec<&str> {
        self.provenance.sources.iter().map(String::as_str).collect()
    }

    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(course_type::table.select((course_type::slug, course_type::id)).load(conn)?)
    }

    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let entry = Entry::new("course-type", &self.provenance).list(List::Asked, &self.asked);
        let row = Row {
            id: entry.put(conn, id)?,
            slug: self.slug.to_string(),
            label: self.label.clone(),
            description: self.description.clone(),
            rules: self.rules.clone(),
        };
        each_backend!(conn, |c| diesel::insert_into(course_type::table)
            .values(&row)
            .on_conflict(course_type::id)
            .do_update()
            .set(&row)
            .execute(c))?;
        Ok(())
    }
}
