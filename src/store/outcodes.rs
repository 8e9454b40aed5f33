//! Outward codes beyond the table that ships, so that distances reach further.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::place::{Outcode, Point};
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::Author;
use crate::store::schema::outcode;
use crate::store::{Conn, StoreError, value};

/// Rows of one statement; six columns each, and SQLite takes 32,766 values.
const ROWS: usize = 5_000;

#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq)]
#[diesel(table_name = outcode, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    code: String,
    town: String,
    district: Option<String>,
    county: String,
    lat: f64,
    lon: f64,
}

/// Writes outward codes, over those that are there; returns how many were new or
/// different. The same again changes nothing.
pub fn put_all(
    conn: &mut Conn,
    outcodes: &[Outcode],
    author: &Author,
    at: NaiveDateTime,
) -> Result<usize, StoreError> {
    let stored = all(conn)?;
    let known = |new: &&Outcode| {
        let found = stored.binary_search_by(|old| old.code.cmp(&new.code)).ok();
        found.and_then(|at| stored.get(at)).is_some_and(|old| old == *new)
    };
    let rows: Vec<Row> = outcodes.iter().filter(|new| !known(new)).map(Row::of).collect();
    if rows.is_empty() {
        return Ok(0);
    }
    let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    for some in codes.chunks(10_000) {
        diesel::delete(outcode::table.filter(outcode::code.eq_any(some))).execute(conn)?;
    }
    for some in rows.chunks(ROWS) {
        each_backend!(conn, |c| diesel::insert_into(outcode::table).values(some).execute(c))?;
    }
    audit::note_other(conn, author, "import", ("outcodes", "outcodes"), at)?;
    let slug = value::slug("outcodes")?;
    changes::touch_all(conn, &[Touched { kind: Kind::Outcodes, slug, told: Told::Public }], at)?;
    Ok(rows.len())
}

/// Every outward code, in their order.
pub fn all(conn: &mut Conn) -> Result<Vec<Outcode>, StoreError> {
    let rows: Vec<Row> = outcode::table.select(Row::as_select()).order(outcode::code).load(conn)?;
    let mut outcodes: Vec<Outcode> = rows.into_iter().map(Row::outcode).collect();
    // PostgreSQL may order by the rules of a language.
    outcodes.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(outcodes)
}

impl Row {
    fn of(outcode: &Outcode) -> Self {
        let Outcode { code, town, district, county, centre } = outcode.clone();
        Self { code, town, district, county, lat: centre.lat, lon: centre.lon }
    }

    fn outcode(self) -> Outcode {
        let Self { code, town, district, county, lat, lon } = self;
        Outcode { code, town, district, county, centre: Point { lat, lon } }
    }
}
