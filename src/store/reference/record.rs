//! What every statement of the register shares: its place, date, note, sources
//! and lists of words.
//!
//! A record is written before the row of its kind, under the same identifier,
//! and removing it removes everything said with it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::Provenance;
use crate::domain::slug::Slug;
use crate::store::schema::{record, record_source, record_value};
use crate::store::{Conn, StoreError, value};

/// A list of words that belongs to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum List {
    Area,
    Asked,
    Cohort,
    Sector,
    Sic,
    Soc,
}

impl List {
    const ALL: [Self; 6] =
        [Self::Area, Self::Asked, Self::Cohort, Self::Sector, Self::Sic, Self::Soc];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Asked => "asked",
            Self::Cohort => "cohort",
            Self::Sector => "sector",
            Self::Sic => "sic",
            Self::Soc => "soc",
        }
    }
}

/// A record as it is to be written.
pub(super) struct Entry<'a> {
    kind: &'static str,
    /// The record it is part of, and its place among the others there.
    within: Option<(i64, usize)>,
    dated: Option<&'a Provenance>,
    sources: &'a [String],
    lists: Vec<(List, Vec<&'a str>)>,
}

impl<'a> Entry<'a> {
    /// A record that rests on `provenance`.
    pub(super) fn new(kind: &'static str, provenance: &'a Provenance) -> Self {
        let Provenance { sources, .. } = provenance;
        Self { kind, within: None, dated: Some(provenance), sources, lists: Vec::new() }
    }

    /// A record that names sources and nothing more.
    pub(super) fn sourced(kind: &'static str, sources: &'a [String]) -> Self {
        Self { kind, within: None, dated: None, sources, lists: Vec::new() }
    }

    /// The same as part of another record.
    pub(super) fn within(self, parent: i64, place: usize) -> Self {
        Self { within: Some((parent, place)), ..self }
    }

    /// The same with a list of words.
    pub(super) fn list(mut self, list: List, words: &'a [String]) -> Self {
        self.lists.push((list, words.iter().map(String::as_str).collect()));
        self
    }

    /// The same with a list of names.
    pub(super) fn names(mut self, list: List, names: &'a [Slug]) -> Self {
        self.lists.push((list, names.iter().map(Slug::as_str).collect()));
        self
    }

    /// Writes the record over the one with that identifier, or as a new one;
    /// returns its identifier.
    pub(super) fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<i64, StoreError> {
        let row = RecordForm {
            kind: self.kind,
            parent_id: self.within.map(|(parent, _)| parent),
            position: self.within.map_or(0, |(_, place)| value::position(place)),
            as_of: self.dated.map(|dated| dated.as_of),
            note: self.dated.and_then(|dated| dated.note.clone()),
            fictional: self.dated.is_some_and(|dated| dated.fictional),
        };
        let id = if let Some(id) = id {
            diesel::update(record::table.find(id)).set(&row).execute(conn)?;
            diesel::delete(record_source::table.filter(record_source::record_id.eq(id)))
                .execute(conn)?;
            diesel::delete(record_value::table.filter(record_value::record_id.eq(id)))
                .execute(conn)?;
            id
        } else {
            diesel::insert_into(record::table)
                .values(&row)
                .returning(record::id)
                .get_result(conn)?
        };
        self.put_sources(conn, id)?;
        self.put_lists(conn, id)?;
        Ok(id)
    }

    fn put_sources(&self, conn: &mut Conn, record_id: i64) -> Result<(), StoreError> {
        let rows = self.sources.iter().enumerate().map(|(at, source)| SourceRow {
            record_id,
            position: value::position(at),
            source_id: source.clone(),
        });
        let rows: Vec<SourceRow> = rows.collect();
        each_backend!(conn, |c| diesel::insert_into(record_source::table)
            .values(&rows)
            .execute(c))?;
        Ok(())
    }

    fn put_lists(&self, conn: &mut Conn, record_id: i64) -> Result<(), StoreError> {
        let words = self.lists.iter().flat_map(|(list, words)| {
            words.iter().enumerate().map(move |(at, word)| (list, at, word))
        });
        let rows = words.map(|(list, at, word)| ValueRow {
            record_id,
            list: list.as_str().to_owned(),
            position: value::position(at),
            value: (*word).to_owned(),
        });
        let rows: Vec<ValueRow> = rows.collect();
        each_backend!(conn, |c| diesel::insert_into(record_value::table).values(&rows).execute(c))?;
        Ok(())
    }
}

/// Removes the records of these identifiers and everything said with them.
pub(super) fn remove(conn: &mut Conn, ids: &[i64]) -> Result<(), StoreError> {
    diesel::delete(record::table.filter(record::id.eq_any(ids))).execute(conn)?;
    Ok(())
}

/// Removes the parts of one kind that a record has.
pub(super) fn remove_parts(
    conn: &mut Conn,
    parent: i64,
    kind: &'static str,
) -> Result<(), StoreError> {
    let parts = record::table.filter(record::parent_id.eq(parent).and(record::kind.eq(kind)));
    diesel::delete(parts).execute(conn)?;
    Ok(())
}

/// All records, read at once, to be taken from while the kinds are read.
pub(super) struct Records {
    rows: HashMap<i64, RecordRow>,
    sources: HashMap<i64, Vec<String>>,
    words: HashMap<(i64, List), Vec<String>>,
}

impl Records {
    /// Reads the three tables.
    pub(super) fn load(conn: &mut Conn) -> Result<Self, StoreError> {
        let rows: Vec<RecordRow> = record::table.select(RecordRow::as_select()).load(conn)?;
        let rows = rows.into_iter().map(|row| (row.id, row)).collect();

        let mut sources: HashMap<i64, Vec<String>> = HashMap::new();
        let order = (record_source::record_id, record_source::position);
        let found: Vec<SourceRow> =
            record_source::table.select(SourceRow::as_select()).order(order).load(conn)?;
        for row in found {
            sources.entry(row.record_id).or_default().push(row.source_id);
        }

        let mut words: HashMap<(i64, List), Vec<String>> = HashMap::new();
        let order = (record_value::record_id, record_value::list, record_value::position);
        let found: Vec<ValueRow> =
            record_value::table.select(ValueRow::as_select()).order(order).load(conn)?;
        for row in found {
            let list = List::ALL.into_iter().find(|list| list.as_str() == row.list);
            let list = list.ok_or_else(|| StoreError::corrupt(format!("a list {:?}", row.list)))?;
            words.entry((row.record_id, list)).or_default().push(row.value);
        }
        Ok(Self { rows, sources, words })
    }

    /// Where the record's statement comes from.
    pub(super) fn provenance(&mut self, id: i64) -> Result<Provenance, StoreError> {
        let missing = || StoreError::corrupt(format!("record {id} has no date"));
        let row = self.rows.remove(&id).ok_or_else(missing)?;
        let as_of = row.as_of.ok_or_else(missing)?;
        Ok(Provenance {
            sources: self.sources(id),
            as_of,
            note: row.note,
            fictional: row.fictional,
        })
    }

    /// The record's sources.
    pub(super) fn sources(&mut self, id: i64) -> Vec<String> {
        self.sources.remove(&id).unwrap_or_default()
    }

    /// One of the record's lists of words.
    pub(super) fn words(&mut self, id: i64, list: List) -> Vec<String> {
        self.words.remove(&(id, list)).unwrap_or_default()
    }

    /// One of the record's lists of names.
    pub(super) fn names(&mut self, id: i64, list: List) -> Result<Vec<Slug>, StoreError> {
        self.words(id, list).iter().map(|name| value::slug(name)).collect()
    }
}

/// Parts by the identifier of what they are part of, in the order given.
pub(super) struct Parts<T>(HashMap<i64, Vec<T>>);

impl<T> Parts<T> {
    /// Sorts parts under what they are part of.
    pub(super) fn gather(
        parts: impl IntoIterator<Item = Result<(i64, T), StoreError>>,
    ) -> Result<Self, StoreError> {
        let mut gathered: HashMap<i64, Vec<T>> = HashMap::new();
        for part in parts {
            let (parent, part) = part?;
            gathered.entry(parent).or_default().push(part);
        }
        Ok(Self(gathered))
    }

    /// The parts of one record.
    pub(super) fn take(&mut self, parent: i64) -> Vec<T> {
        self.0.remove(&parent).unwrap_or_default()
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = record, treat_none_as_default_value = false, treat_none_as_null = true)]
struct RecordForm<'a> {
    kind: &'a str,
    parent_id: Option<i64>,
    position: i32,
    as_of: Option<NaiveDate>,
    note: Option<String>,
    fictional: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = record)]
struct RecordRow {
    id: i64,
    as_of: Option<NaiveDate>,
    note: Option<String>,
    fictional: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = record_source, treat_none_as_default_value = false)]
struct SourceRow {
    record_id: i64,
    position: i32,
    source_id: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = record_value, treat_none_as_default_value = false)]
struct ValueRow {
    record_id: i64,
    list: String,
    position: i32,
    value: String,
}
