//! Lists of records: filters that compose, who may see what, exact totals.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::Record;
use crate::domain::slug::Slug;
use crate::store::records::clause::{Backend, Clause, Sql};
use crate::store::records::days;
use crate::store::records::entry::Entry;
use crate::store::records::lists::List;
use crate::store::records::look_up::with_bodies;
use crate::store::records::topic::Topic;
use crate::store::schema::{entry, entry_value, organisation};
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
    ///
    /// What no column holds, an empty text or one with a NUL (which PostgreSQL does not
    /// even take), is left out: nothing is equal to it.
    pub(super) fn parted(&self) -> (Vec<String>, bool) {
        let value = |wanted: &Wanted| match wanted {
            Wanted::Is(value) => Some(value.clone()),
            Wanted::Missing => None,
        };
        let values = self.any_of.iter().filter_map(value);
        let values = values.filter(|value| !value.is_empty() && !value.contains('\0'));
        (values.collect(), self.any_of.contains(&Wanted::Missing))
    }

    /// The same where absence is told as an empty text.
    pub(super) fn words(&self) -> Vec<String> {
        let (mut values, missing) = self.parted();
        values.extend(missing.then(String::new));
        values
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

    /// A column of the organisation's rows in a table of its parts, compared without the
    /// case of `a` to `z`; absence is that no row has it.
    ///
    /// Other letters are compared as they stand: `lower` of SQLite knows no others, and
    /// on PostgreSQL the columns are declared so that it does the same there.
    pub(super) fn in_part(&self, table: &'static str, column: &'static str) -> Clause {
        let (values, missing) = self.parted();
        let values = values.iter().map(|value| value.to_ascii_lowercase()).collect();
        let having = format!("entry.id IN (SELECT organisation_id FROM {table} WHERE ");
        let mut either =
            vec![Sql::new(format!("{having} lower({column})")).one_of(values).sql(")")];
        if missing {
            either.push(Sql::new(format!("NOT {having} {column} IS NOT NULL)")));
        }
        Sql::any(either).clause()
    }

    /// A scheme, or `scheme:level`, that the organisation is recognised by.
    pub(super) fn in_recognitions(&self) -> Clause {
        const HELD: &str = "entry.id IN (SELECT r.organisation_id FROM organisation_recognition r \
             JOIN scheme s ON s.id = r.scheme_id";
        let (values, missing) = self.parted();
        let held = |value: &String| match value.split_once(':') {
            Some((scheme, level)) => Sql::new(format!("{HELD} WHERE s.slug = "))
                .value(scheme)
                .sql(" AND r.level = ")
                .value(level)
                .sql(")"),
            None => Sql::new(format!("{HELD} WHERE s.slug = ")).value(value).sql(")"),
        };
        let mut either: Vec<Sql> = values.iter().map(held).collect();
        if missing {
            either.push(Sql::new(format!("NOT {HELD})")));
        }
        Sql::any(either).clause()
    }

    /// The name (or code) of what a column of the kind's own table points to; absence is
    /// that it points to nothing.
    pub(super) fn through(
        &self,
        table: &'static str,
        column: &'static str,
        named: &'static str,
    ) -> Clause {
        let (values, missing) = self.parted();
        let name = if named == "charter_action" { "code" } else { "slug" };
        let pointing = format!(
            "entry.id IN (SELECT t.id FROM {table} t JOIN {named} n ON n.id = t.{column} \
             WHERE n.{name}"
        );
        let mut either = vec![Sql::new(pointing).one_of(values).sql(")")];
        if missing {
            let nowhere = format!("entry.id IN (SELECT id FROM {table} WHERE {column} IS NULL)");
            either.push(Sql::new(nowhere));
        }
        Sql::any(either).clause()
    }
}

impl Seen {
    fn clause<T: Topic>(&self) -> Option<Clause> {
        const PUBLISHED: &str = "(entry.owner_id IS NULL OR entry.owner_id IN \
             (SELECT id FROM organisation WHERE publication = 'published'))";
        const OWN: &str = "(SELECT id FROM entry WHERE kind = 'organisation' AND slug";
        let seen = |open: &str| Sql::new(format!("{PUBLISHED} AND ({open})"));
        Some(match self {
            Self::All => return None,
            Self::Broker => seen(T::TO_BROKERS).clause(),
            Self::Public => seen(T::OPEN).clause(),
            Self::Owner(slug) => seen(T::OPEN)
                .sql(format!(" OR entry.owner_id IN {OWN} = "))
                .value(slug.as_str())
                .sql(format!(") OR entry.id IN {OWN} = "))
                .value(slug.as_str())
                .sql(")")
                .clause(),
        })
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

/// Whether there is a record of that name that one who asks is shown. Asks the same of the
/// database for what is hidden and for what is not there.
pub fn is_seen<T: Topic>(conn: &mut Conn, slug: &Slug, seen: &Seen) -> Result<bool, StoreError> {
    let named = entry::kind.eq(T::KIND.as_str()).and(entry::slug.eq(slug.as_str()));
    let mut entries = entry::table.filter(named).into_boxed();
    if let Some(seen) = seen.clause::<T>() {
        entries = entries.filter(seen);
    }
    let found: i64 = entries.count().get_result(conn)?;
    Ok(found > 0)
}

fn narrowed<T: Topic>(listing: &Listing) -> Result<Entries, StoreError> {
    let mut entries = entry::table.filter(entry::kind.eq(T::KIND.as_str())).into_boxed();
    let merged = organisation::table.filter(organisation::merged_into.is_not_null());
    entries = entries.filter(entry::id.ne_all(merged.select(organisation::id)));
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
    let owner = "entry.owner_id IN (SELECT id FROM entry WHERE kind = 'organisation' AND slug";
    let mut either = vec![Sql::new(owner).one_of(slugs).sql(")")];
    if missing {
        either.push(Sql::new("entry.owner_id IS NULL"));
    }
    Sql::any(either).clause()
}
