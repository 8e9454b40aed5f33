//! Lists of words that belong to a record.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::slug::Slug;
use crate::store::schema::entry_value;
use crate::store::{Conn, StoreError, value};

/// Rows of one statement: SQLite takes 32,766 values.
const ROWS: usize = 7_500;
/// Identifiers of one statement.
pub(super) const IDS: usize = 10_000;

/// A list that a record may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum List {
    Sic,
    Offer,
    Offence,
    Pattern,
    Licence,
    Cohort,
    Soc,
    Sector,
    Cited,
    Stance,
    FocusArea,
    SchemeKind,
    Member,
}

impl List {
    const ALL: [Self; 13] = [
        Self::Sic,
        Self::Offer,
        Self::Offence,
        Self::Pattern,
        Self::Licence,
        Self::Cohort,
        Self::Soc,
        Self::Sector,
        Self::Cited,
        Self::Stance,
        Self::FocusArea,
        Self::SchemeKind,
        Self::Member,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Sic => "sic",
            Self::Offer => "offer",
            Self::Offence => "offence",
            Self::Pattern => "pattern",
            Self::Licence => "licence",
            Self::Cohort => "cohort",
            Self::Soc => "soc",
            Self::Sector => "sector",
            Self::Cited => "cited",
            Self::Stance => "stance",
            Self::FocusArea => "focus-area",
            Self::SchemeKind => "scheme-kind",
            Self::Member => "member",
        }
    }
}

/// Words on their way into the table.
#[derive(Default)]
pub(super) struct NewLists(Vec<Row>);

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = entry_value, treat_none_as_default_value = false)]
struct Row {
    entry_id: i64,
    list: String,
    position: i32,
    value: String,
}

impl NewLists {
    /// Adds a list of a record.
    pub(super) fn add<W: ToString>(&mut self, entry_id: i64, list: List, words: &[W]) {
        let rows = words.iter().enumerate().map(|(at, word)| Row {
            entry_id,
            list: list.as_str().to_owned(),
            position: value::position(at),
            value: word.to_string(),
        });
        self.0.extend(rows);
    }

    /// Writes them.
    pub(super) fn insert(self, conn: &mut Conn) -> Result<(), StoreError> {
        for rows in self.0.chunks(ROWS) {
            each_backend!(conn, |c| diesel::insert_into(entry_value::table)
                .values(rows)
                .execute(c))?;
        }
        Ok(())
    }

    /// Writes them in place of all lists that the record has.
    pub(super) fn replace(self, conn: &mut Conn, entry_id: i64) -> Result<(), StoreError> {
        diesel::delete(entry_value::table.filter(entry_value::entry_id.eq(entry_id)))
            .execute(conn)?;
        self.insert(conn)
    }
}

/// The lists of some records.
pub(super) struct Lists(HashMap<(i64, List), Vec<String>>);

impl Lists {
    /// Reads the lists of these records.
    pub(super) fn load(conn: &mut Conn, ids: &[i64]) -> Result<Self, StoreError> {
        let mut found: HashMap<(i64, List), Vec<String>> = HashMap::new();
        let order = (entry_value::entry_id, entry_value::list, entry_value::position);
        for some in ids.chunks(IDS) {
            let rows: Vec<Row> = entry_value::table
                .select(Row::as_select())
                .filter(entry_value::entry_id.eq_any(some))
                .order(order)
                .load(conn)?;
            for row in rows {
                let list = List::ALL.into_iter().find(|list| list.as_str() == row.list);
                let unknown = || StoreError::corrupt(format!("a list {:?}", row.list));
                let list = list.ok_or_else(unknown)?;
                found.entry((row.entry_id, list)).or_default().push(row.value);
            }
        }
        Ok(Self(found))
    }

    /// A list of words of a record.
    pub(super) fn words(&mut self, id: i64, list: List) -> Vec<String> {
        self.0.remove(&(id, list)).unwrap_or_default()
    }

    /// A list of names of a record.
    pub(super) fn slugs(&mut self, id: i64, list: List) -> Result<Vec<Slug>, StoreError> {
        self.words(id, list).iter().map(|name| value::slug(name)).collect()
    }

    /// A list of words from a closed list.
    pub(super) fn of<W>(
        &mut self,
        id: i64,
        list: List,
        parse: fn(&str) -> Option<W>,
    ) -> Result<Vec<W>, StoreError> {
        let words = self.words(id, list);
        words.iter().map(|text| word(text, parse)).collect()
    }
}

/// A stored word of a closed list.
pub(super) fn word<W>(text: &str, parse: fn(&str) -> Option<W>) -> Result<W, StoreError> {
    parse(text).ok_or_else(|| StoreError::corrupt(format!("a word {text:?}")))
}

/// A stored word of a closed list, where there is one.
pub(super) fn maybe<W>(
    text: Option<&str>,
    parse: fn(&str) -> Option<W>,
) -> Result<Option<W>, StoreError> {
    text.map(|text| word(text, parse)).transpose()
}
