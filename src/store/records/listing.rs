//! Lists of records: filters that compose, who may see what, exact totals.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::register::Record;
use crate::domain::slug::Slug;
use crate::store::records::days;
use crate::store::records::entry::Entry;
use crate::store::records::lists::List;
use crate::store::records::look_up::with_bodies;
use crate::store::records::topic::{Backend, Clause, Topic};
use crate::store::schema::{entry, entry_value};
use crate::store::{Conn, StoreError};

/// Which records are asked for.
#[derive(Debug, Clone)]
pub struct Listing {
    /// All of these must hold.
    pub conditions: Vec<Condition>,
    /// Who asks.
    pub seen: Seen,
    /// The day for which states are judged.
    pub today: NaiveDate,
    /// How many to leave out from the beginning.
    pub offset: i64,
    /// How many to give.
    pub limit: i64,
}

/// A field and what it must be: any of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field.
    pub field: &'static str,
    /// What it may be.
    pub any_of: Vec<Wanted>,
}

/// What a field must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This.
    Is(String),
    /// Not stated.
    Missing,
}

/// Who asks, as far as it decides what is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Those who keep the register see all of it.
    All,
    /// Brokers see what is published, and what employers told them.
    Broker,
    /// An organisation sees what the public sees, and its own.
    Owner(Slug),
    /// The public sees what is published and meant for it.
    Public,
}

type Entries = entry::BoxedQuery<'static, Backend>;

/// A condition on one column of the kind's own table.
macro_rules! column {
    ($table:ident :: $column:ident, $condition:expr) => {{
        use crate::store::schema::$table;
        let (values, missing) = $condition.parted();
        let ids = $table::table.select($table::id);
        let is = $table::$column.eq_any(values);
        if missing {
            let ids = ids.filter(is.or($table::$column.is_null()));
            Box::new($crate::store::schema::entry::id.eq_any(ids)) as Clause
        } else {
            Box::new($crate::store::schema::entry::id.eq_any(ids.filter(is))) as Clause
        }
    }};
}

/// A condition on one column that is true, false or, where it may be, not stated.
macro_rules! flag {
    ($table:ident :: $column:ident, $condition:expr) => {{
        use crate::store::schema::$table;
        let (values, missing) = $condition.parted();
        let values: Vec<bool> = values.iter().filter_map(|value| value.parse().ok()).collect();
        let ids = $table::table.select($table::id);
        let is = $table::$column.eq_any(values);
        if missing {
            let ids = ids.filter(is.or($table::$column.is_null()));
            Box::new($crate::store::schema::entry::id.eq_any(ids)) as Clause
        } else {
            Box::new($crate::store::schema::entry::id.eq_any(ids.filter(is))) as Clause
        }
    }};
}

impl Condition {
    /// The values asked for, and whether absence is, too.
    pub(super) fn parted(&self) -> (Vec<String>, bool) {
        let value = |wanted: &Wanted| match wanted {
            Wanted::Is(value) => Some(value.clone()),
            Wanted::Missing => None,
        };
        (self.any_of.iter().filter_map(value).collect(), self.any_of.contains(&Wanted::Missing))
    }

    /// A word of one of the record's lists; absence is an empty list.
    pub(super) fn in_list(&self, list: List) -> Clause {
        let (values, missing) = self.parted();
        let of_list = entry_value::table.filter(entry_value::list.eq(list.as_str()));
        let having =
            of_list.filter(entry_value::value.eq_any(values)).select(entry_value::entry_id);
        if missing {
            let any = of_list.select(entry_value::entry_id);
            return Box::new(entry::id.eq_any(having).or(entry::id.ne_all(any)));
        }
        Box::new(entry::id.eq_any(having))
    }

    /// A column of the organisation's rows in a table of its parts, compared without
    /// case; absence is that no row has it.
    pub(super) fn in_part(&self, table: &'static str, column: &'static str) -> Clause {
        let (values, missing) = self.parted();
        let of = |test: String| {
            format!("entry.id IN (SELECT organisation_id FROM {table} WHERE {test})")
        };
        let wanted: Vec<String> =
            values.iter().map(|value| quoted(&value.to_lowercase())).collect();
        let mut either = Vec::new();
        if !wanted.is_empty() {
            either.push(of(format!("lower({column}) IN ({})", wanted.join(", "))));
        }
        if missing {
            either.push(format!("NOT {}", of(format!("{column} IS NOT NULL"))));
        }
        clause(&any(&either))
    }

    /// A scheme, or `scheme:level`, that the organisation is recognised by.
    pub(super) fn in_recognitions(&self) -> Clause {
        let (values, missing) = self.parted();
        let held = |test: &str| {
            format!(
                "entry.id IN (SELECT r.organisation_id FROM organisation_recognition r \
                 JOIN scheme s ON s.id = r.scheme_id WHERE {test})"
            )
        };
        let mut either: Vec<String> = values
            .iter()
            .map(|value| match value.split_once(':') {
                Some((scheme, level)) => {
                    held(&format!("s.slug = {} AND r.level = {}", quoted(scheme), quoted(level)))
                }
                None => held(&format!("s.slug = {}", quoted(value))),
            })
            .collect();
        if missing {
            either.push(format!("NOT {}", held("TRUE")));
        }
        clause(&any(&either))
    }

    /// The name (or code) of what a column of the kind's own table points to; absence is
    /// that it points to nothing.
    pub(super) fn through(
        &self,
        table: &'static str,
        column: &'static str,
        named: &'static str,
    ) -> Clause {
        let (_, missing) = self.parted();
        let name = if named == "charter_action" { "code" } else { "slug" };
        let mut either = vec![format!(
            "entry.id IN (SELECT t.id FROM {table} t JOIN {named} n ON n.id = t.{column} \
             WHERE n.{name} IN ({}))",
            self.listed()
        )];
        if missing {
            either.push(format!("entry.id IN (SELECT id FROM {table} WHERE {column} IS NULL)"));
        }
        clause(&any(&either))
    }

    /// The values asked for, as a list in SQL.
    pub(super) fn listed(&self) -> String {
        let (values, _) = self.parted();
        let quoted: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        if quoted.is_empty() { "''".to_owned() } else { quoted.join(", ") }
    }
}

/// A text as a literal of SQL, on both databases: quotes doubled, and no NUL, which
/// neither takes. Backslashes mean themselves (PostgreSQL since 9.1).
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "''"))
}

/// A condition written in SQL.
pub(super) fn clause(text: &str) -> Clause {
    let literal: SqlLiteral<Bool> = sql(&format!("({text})"));
    Box::new(literal)
}

fn any(tests: &[String]) -> String {
    if tests.is_empty() { "1 = 0".to_owned() } else { tests.join(" OR ") }
}

impl Seen {
    fn clause<T: Topic>(&self) -> Option<Clause> {
        const PUBLISHED: &str = "(entry.owner_id IS NULL OR entry.owner_id IN \
             (SELECT id FROM organisation WHERE publication = 'published'))";
        match self {
            Self::All => None,
            Self::Broker => Some(clause(&format!("{PUBLISHED} AND ({})", T::TO_BROKERS))),
            Self::Public => Some(clause(&format!("{PUBLISHED} AND ({})", T::OPEN))),
            Self::Owner(slug) => {
                let own = format!(
                    "(SELECT id FROM entry WHERE kind = 'organisation' AND slug = {})",
                    quoted(slug)
                );
                Some(clause(&format!(
                    "({PUBLISHED} AND ({})) OR entry.owner_id = {own} OR entry.id = {own}",
                    T::OPEN
                )))
            }
        }
    }
}

/// A page of records in the order of their names, and how many there are in all.
///
/// Organisations that were merged into others are not listed.
///
/// # Errors
///
/// [`StoreError::NotFound`] for a condition on a field that is no filter of this kind.
pub fn page<T: Topic>(
    conn: &mut Conn,
    listing: &Listing,
) -> Result<(Vec<Record<T>>, u64), StoreError> {
    let total: i64 = narrowed::<T>(listing)?.count().get_result(conn)?;
    let entries: Vec<Entry> = narrowed::<T>(listing)?
        .select(Entry::as_select())
        .order(entry::slug)
        .limit(listing.limit)
        .offset(listing.offset)
        .load(conn)?;
    Ok((with_bodies(conn, entries)?, u64::try_from(total).unwrap_or_default()))
}

fn narrowed<T: Topic>(listing: &Listing) -> Result<Entries, StoreError> {
    let mut entries = entry::table.filter(entry::kind.eq(T::KIND.as_str())).into_boxed();
    entries = entries.filter(clause(
        "entry.id NOT IN (SELECT id FROM organisation WHERE merged_into IS NOT NULL)",
    ));
    if let Some(seen) = listing.seen.clause::<T>() {
        entries = entries.filter(seen);
    }
    for condition in &listing.conditions {
        let own = match condition.field {
            "organisation" => Some(owned(condition)),
            "freshness" => Some(days::fresh(condition, listing.today)),
            "counts" => Some(days::counting(condition, listing.today)),
            "slug" => Some(Box::new(entry::slug.eq_any(condition.parted().0)) as Clause),
            "voice" => Some(Box::new(entry::voice.eq_any(condition.parted().0)) as Clause),
            _ => T::clause(condition, listing.today),
        };
        entries = entries.filter(own.ok_or(StoreError::NotFound)?);
    }
    Ok(entries)
}

/// Records that belong to one of some organisations, or to none.
fn owned(condition: &Condition) -> Clause {
    let (slugs, missing) = condition.parted();
    let names: Vec<String> = slugs.iter().map(|slug| quoted(slug)).collect();
    let mut either = Vec::new();
    if !names.is_empty() {
        either.push(format!(
            "entry.owner_id IN (SELECT id FROM entry WHERE kind = 'organisation' AND slug IN ({}))",
            names.join(", ")
        ));
    }
    if missing {
        either.push("entry.owner_id IS NULL".to_owned());
    }
    clause(&any(&either))
}
