//! Organisations: one row, and rows for names, numbers, sites, contacts, recognitions.

mod parts;
mod rules;

pub(super) use rules::sites_in_use;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::rules::name_key;
use crate::domain::register::{Organisation, OrganisationKind, Publication};
use crate::domain::size_band::SizeBand;
use crate::domain::slug::Slug;
use crate::store::records::clause::{Clause, Sql};
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, maybe, word};
use crate::store::records::look_up::publication;
use crate::store::records::organisation::parts::{Held, Parts};
use crate::store::records::topic::{Coming, Topic};
use crate::store::schema::organisation;
use crate::store::{Conn, StoreError, value};

/// Rows of one statement: twelve columns at most, and SQLite takes 32,766 values.
const ROWS: usize = 2_500;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = organisation, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    name: String,
    name_key: String,
    kind: String,
    sector: Option<String>,
    size_band: Option<String>,
    anchor: Option<bool>,
    description: Option<String>,
    website: Option<String>,
    publication: String,
    do_not_contact: bool,
}

impl Topic for Organisation {
    const FINAL: bool = false;
    const OPEN: &'static str =
        "entry.id IN (SELECT id FROM organisation WHERE publication = 'published')";

    fn open(&self) -> bool {
        self.publication == Publication::Published
    }

    /// What it holds is known, with its level; no other organisation has its numbers; and
    /// no opening is at a site that goes.
    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        rules::known_levels(conn, coming)?;
        rules::free_numbers(conn, coming)?;
        for (id, body) in coming {
            if let Some(id) = id {
                rules::sites_in_use(conn, *id, body)?;
            }
        }
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let rows: Vec<Row> = bodies.iter().map(|(id, body)| body.row(*id)).collect();
        for some in rows.chunks(ROWS) {
            each_backend!(conn, |c| diesel::insert_into(organisation::table)
                .values(some)
                .execute(c))?;
        }
        Parts::of(conn, bodies)?.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        diesel::update(organisation::table.find(id)).set(self.row(id)).execute(conn)?;
        Parts::remove(conn, id)?;
        Parts::of(conn, &[(id, self)])?.insert(conn)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<Row> = organisation::table
            .select(Row::as_select())
            .filter(organisation::id.eq_any(ids))
            .load(conn)?;
        let mut parts = Held::load(conn, ids)?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for row in rows {
            let id = row.id;
            let mut body = row.body()?;
            parts.complete(id, &mut body)?;
            bodies.insert(id, body);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "kind" => column!(organisation::kind, condition),
            "sector" => column!(organisation::sector, condition),
            "size_band" => column!(organisation::size_band, condition),
            "publication" => column!(organisation::publication, condition),
            "anchor" => flag!(organisation::anchor, condition),
            "sic" => condition.in_list(List::Sic),
            "town" => condition.in_part("organisation_site", "town"),
            "district" => condition.in_part("organisation_site", "district"),
            "outcode" => condition.in_part("organisation_site", "outcode"),
            "scheme" => condition.in_recognitions(),
            "q" => named_like(condition),
            _ => return None,
        })
    }
}

impl Organisation {
    fn row(&self, id: i64) -> Row {
        Row {
            id,
            name: self.name.clone(),
            name_key: name_key(&self.name),
            kind: self.kind.to_string(),
            sector: self.sector.as_ref().map(Slug::to_string),
            size_band: self.size_band.map(|band| band.to_string()),
            anchor: self.anchor,
            description: self.description.clone(),
            website: self.website.clone(),
            publication: self.publication.to_string(),
            do_not_contact: self.do_not_contact,
        }
    }
}

impl Row {
    /// The organisation, without what it has several of.
    fn body(self) -> Result<Organisation, StoreError> {
        Ok(Organisation {
            name: self.name,
            aliases: Vec::new(),
            kind: word(&self.kind, OrganisationKind::parse)?,
            sector: self.sector.as_deref().map(value::slug).transpose()?,
            sic: Vec::new(),
            size_band: maybe(self.size_band.as_deref(), SizeBand::parse)?,
            anchor: self.anchor,
            description: self.description,
            website: self.website,
            publication: publication(&self.publication)?,
            do_not_contact: self.do_not_contact,
            identifiers: Vec::new(),
            sites: Vec::new(),
            contacts: Vec::new(),
            recognitions: Vec::new(),
        })
    }
}

/// Organisations whose name, or another name of theirs, contains one of some texts,
/// whatever its case; or contains it once small words and punctuation are left out.
fn named_like(condition: &Condition) -> Clause {
    let like = |text: &str| {
        let text = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        format!("%{text}%")
    };
    let (texts, _) = condition.parted();
    let either = texts.iter().flat_map(|text| {
        let (written, key) = (like(&text.to_ascii_lowercase()), like(&name_key(text)));
        [
            "entry.id IN (SELECT id FROM organisation WHERE lower(name)",
            "entry.id IN (SELECT organisation_id FROM organisation_alias WHERE lower(alias)",
        ]
        .map(|having| {
            Sql::new(format!("{having} LIKE "))
                .value(&written)
                .sql(" ESCAPE '!' OR name_key LIKE ")
                .value(&key)
                .sql(" ESCAPE '!')")
        })
    });
    Sql::any(either.collect()).clause()
}
