//! The publications that statements rest on.
//!
//! A source is kept as long as any record names it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::domain::register::Source;
use crate::store::schema::{record_source, source};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = source, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: String,
    title: String,
    publisher: Option<String>,
    url: Option<String>,
    published: Option<String>,
    uncertain: bool,
}

/// All sources, by identifier.
pub(super) fn load(conn: &mut Conn) -> Result<Vec<Source>, StoreError> {
    let rows: Vec<Row> = source::table.select(Row::as_select()).load(conn)?;
    let mut sources: Vec<Source> = rows.into_iter().map(Source::from).collect();
    // Not left to the database: PostgreSQL sorts text by its locale.
    sources.sort_by(|a, b| value::counted(&a.id).cmp(&value::counted(&b.id)));
    Ok(sources)
}

/// Writes the sources that differ; returns the identifiers of those that read
/// differently now.
pub(super) fn put(
    conn: &mut Conn,
    stored: &[Source],
    wanted: &[Source],
) -> Result<BTreeSet<String>, StoreError> {
    let stored: BTreeMap<&str, &Source> = stored.iter().map(|s| (s.id.as_str(), s)).collect();
    let mut changed = BTreeSet::new();
    for source in wanted {
        match stored.get(source.id.as_str()) {
            Some(known) if *known == source => {}
            Some(_) => {
                changed.insert(source.id.clone());
                let row = Row::from(source);
                diesel::update(source::table.find(&source.id)).set(&row).execute(conn)?;
            }
            None => {
                let row = Row::from(source);
                diesel::insert_into(source::table)
                    .values(&row)
                    .execute(conn)
                    .map_err(|error| StoreError::from(error).about(&source.id))?;
            }
        }
    }
    Ok(changed)
}

/// Removes the sources that are neither wanted nor named by a record.
pub(super) fn prune(conn: &mut Conn, wanted: &[Source]) -> Result<(), StoreError> {
    let wanted: BTreeSet<&str> = wanted.iter().map(|source| source.id.as_str()).collect();
    let named = record_source::table.filter(record_source::source_id.eq(source::id));
    let idle: Vec<String> = source::table
        .filter(diesel::dsl::not(diesel::dsl::exists(named)))
        .select(source::id)
        .load(conn)?;
    let gone: Vec<&String> = idle.iter().filter(|id| !wanted.contains(id.as_str())).collect();
    if !gone.is_empty() {
        diesel::delete(source::table.filter(source::id.eq_any(gone))).execute(conn)?;
    }
    Ok(())
}

impl From<Row> for Source {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            title: row.title,
            publisher: row.publisher,
            url: row.url,
            published: row.published,
            uncertain: row.uncertain,
        }
    }
}

impl From<&Source> for Row {
    fn from(source: &Source) -> Self {
        Self {
            id: source.id.clone(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source.url.clone(),
            published: source.published.clone(),
            uncertain: source.uncertain,
        }
    }
}
