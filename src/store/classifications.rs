//! Codes for industries and occupations beyond the structure that ships.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::classification::{Code, Scheme};
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::Author;
use crate::store::schema::{classification, classification_code};
use crate::store::{Conn, StoreError, value};

/// Rows of one statement; four columns each, and SQLite takes 32,766 values.
const ROWS: usize = 7_500;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = classification_code, treat_none_as_default_value = false)]
struct Row {
    scheme: String,
    code: String,
    title: String,
    parent: Option<String>,
}

/// The codes of a list that were loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Where they come from, in words; absent where none was loaded.
    pub source: Option<String>,
    /// The codes, in their order.
    pub codes: Vec<Code>,
}

/// Writes codes over those that are there, and where they come from; returns how many
/// were new or different. The same again changes nothing.
pub fn put_all(
    conn: &mut Conn,
    (scheme, source): (Scheme, &str),
    codes: &[Code],
    (author, at): (&Author, NaiveDateTime),
) -> Result<usize, StoreError> {
    let stored = loaded(conn, scheme)?.codes;
    let is_known = |new: &&Code| {
        let found = stored.binary_search_by(|old| old.code.cmp(&new.code)).ok();
        found.and_then(|at| stored.get(at)).is_some_and(|old| old == *new)
    };
    let rows: Vec<Row> = codes
        .iter()
        .filter(|new| !is_known(new))
        .map(|new| Row {
            scheme: scheme.to_string(),
            code: new.code.clone(),
            title: new.title.clone(),
            parent: new.parent.clone(),
        })
        .collect();
    if rows.is_empty() {
        return Ok(0);
    }
    let own = classification_code::scheme.eq(scheme.as_str());
    for some in rows.chunks(ROWS) {
        let names: Vec<&str> = some.iter().map(|row| row.code.as_str()).collect();
        let old = classification_code::table.filter(own);
        diesel::delete(old.filter(classification_code::code.eq_any(names))).execute(conn)?;
        each_backend!(conn, |c| diesel::insert_into(classification_code::table)
            .values(some)
            .execute(c))?;
    }
    diesel::delete(classification::table.find(scheme.as_str())).execute(conn)?;
    diesel::insert_into(classification::table)
        .values((
            classification::scheme.eq(scheme.as_str()),
            classification::source.eq(source),
            classification::loaded_at.eq(value::micros(at)),
        ))
        .execute(conn)?;
    audit::note_other(conn, author, "import", ("classifications", scheme.as_str()), at)?;
    let slug = value::slug(scheme.as_str())?;
    let touched = Touched { kind: Kind::Classifications, slug, told: Told::Public };
    changes::touch_all(conn, &[touched], at)?;
    Ok(rows.len())
}

/// What was loaded of a list.
pub fn loaded(conn: &mut Conn, scheme: Scheme) -> Result<Loaded, StoreError> {
    let source: Option<String> = classification::table
        .find(scheme.as_str())
        .select(classification::source)
        .first(conn)
        .optional()?;
    let rows: Vec<Row> = classification_code::table
        .filter(classification_code::scheme.eq(scheme.as_str()))
        .select(Row::as_select())
        .load(conn)?;
    let code = |row: Row| Code { code: row.code, title: row.title, parent: row.parent };
    let mut codes: Vec<Code> = rows.into_iter().map(code).collect();
    // PostgreSQL may order by the rules of a language.
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Loaded { source, codes })
}
