//! The published organisations from A to Z: what a directory shows of each, without
//! reading whole records.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::domain::register::{OrganisationKind, RecordKind};
use crate::domain::slug::Slug;
use crate::store::records::lists::word;
use crate::store::records::look_up::sites;
use crate::store::schema::{entry, organisation};
use crate::store::{Conn, StoreError, value};

/// An organisation as a directory shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Public name.
    pub slug: Slug,
    /// Name as it is written.
    pub name: String,
    /// By which letter it is found: its first one, small words such as "the" left out.
    pub initial: char,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// The sector it reports under.
    pub sector: Option<Slug>,
    /// The towns it works in, each once.
    pub towns: Vec<String>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// A piece of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    /// The organisations, from A to Z.
    pub listed: Vec<Listed>,
    /// How many there are in all.
    pub total: u64,
    /// How many begin with each letter or digit, in that order.
    pub initials: Vec<(char, u64)>,
}

#[derive(QueryableByName)]
struct Initial {
    #[diesel(sql_type = Text)]
    initial: String,
    #[diesel(sql_type = BigInt)]
    total: i64,
}

type Row = (i64, String, String, String, String, Option<String>, bool);

/// Some of the organisations that everybody may see, from A to Z, small words and forms
/// of company left out. What was merged away or has ended by `today` is not among them.
pub fn directory(
    conn: &mut Conn,
    today: NaiveDate,
    (offset, limit): (i64, i64),
) -> Result<Directory, StoreError> {
    let shown = format!(
        "organisation.publication = 'published' AND organisation.merged_into IS NULL \
         AND (entry.ended_on IS NULL OR entry.ended_on > '{today}')"
    );
    let initials: Vec<Initial> = {
        let query = format!(
            "SELECT substr(organisation.name_key, 1, 1) AS initial, count(*) AS total \
             FROM organisation JOIN entry ON entry.id = organisation.id WHERE {shown} \
             GROUP BY substr(organisation.name_key, 1, 1) ORDER BY 1"
        );
        each_backend!(conn, |c| diesel::sql_query(&query).load(c))?
    };
    let rows: Vec<Row> = organisation::table
        .inner_join(entry::table)
        .filter(entry::kind.eq(RecordKind::Organisation.as_str()))
        .filter(sql::<Bool>(&shown))
        .order((organisation::name_key, entry::slug))
        .limit(limit)
        .offset(offset)
        .select((
            organisation::id,
            entry::slug,
            organisation::name,
            organisation::name_key,
            organisation::kind,
            organisation::sector,
            entry::fictional,
        ))
        .load(conn)?;
    let mut places = sites(conn, &rows.iter().map(|row| row.0).collect::<Vec<_>>())?;
    let mut listed = Vec::with_capacity(rows.len());
    for (id, slug, name, key, kind, sector, fictional) in rows {
        let mut towns: Vec<String> = Vec::new();
        for (_, town) in places.remove(&id).unwrap_or_default() {
            towns.extend(town.filter(|town| !towns.contains(town)));
        }
        listed.push(Listed {
            slug: value::slug(&slug)?,
            name,
            initial: first(&key),
            kind: word(&kind, OrganisationKind::parse)?,
            sector: sector.as_deref().map(value::slug).transpose()?,
            towns,
            fictional,
        });
    }
    let initials = initials.iter().map(|one| (first(&one.initial), one.total.unsigned_abs()));
    let initials: Vec<(char, u64)> = initials.collect();
    Ok(Directory { listed, total: initials.iter().map(|(_, count)| count).sum(), initials })
}

/// The letter or digit that a key begins with, upper case.
fn first(key: &str) -> char {
    key.chars().next().map_or('?', |letter| letter.to_ascii_uppercase())
}
