//! What an organisation has several of: names, numbers, sites, contacts, recognitions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::place::outward_code;
use crate::domain::register::rules::name_key;
use crate::domain::register::{
    Audience, Channel, CheckResult, ContactRoute, Identifier, Organisation, Recognition, Site,
};
use crate::domain::slug::Slug;
use crate::store::records::lists::{List, Lists, NewLists, word};
use crate::store::records::look_up::absent;
use crate::store::records::named::schemes;
use crate::store::records::organisation::ROWS;
use crate::store::schema::{
    organisation_alias, organisation_contact, organisation_identifier, organisation_recognition,
    organisation_site, scheme,
};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_alias, treat_none_as_default_value = false)]
struct AliasRow {
    organisation_id: i64,
    position: i32,
    alias: String,
    name_key: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_identifier, treat_none_as_default_value = false)]
struct IdentifierRow {
    organisation_id: i64,
    position: i32,
    scheme: String,
    code: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_site, treat_none_as_default_value = false)]
struct SiteRow {
    organisation_id: i64,
    label: String,
    position: i32,
    address: Option<String>,
    postcode: Option<String>,
    outcode: Option<String>,
    town: Option<String>,
    district: Option<String>,
    transport_note: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_contact, treat_none_as_default_value = false)]
struct ContactRow {
    organisation_id: i64,
    position: i32,
    audience: String,
    role_title: String,
    channel: String,
    value: String,
    verified_on: Option<NaiveDate>,
    expires_after_days: Option<i32>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_recognition, treat_none_as_default_value = false)]
struct RecognitionRow {
    organisation_id: i64,
    position: i32,
    scheme_id: i64,
    level: Option<String>,
    awarded_on: Option<NaiveDate>,
    expires_on: Option<NaiveDate>,
    evidence_url: Option<String>,
    last_checked_on: Option<NaiveDate>,
    check_result: String,
}

/// The rows of what organisations have several of.
#[derive(Default)]
pub(super) struct Parts {
    lists: NewLists,
    aliases: Vec<AliasRow>,
    identifiers: Vec<IdentifierRow>,
    sites: Vec<SiteRow>,
    contacts: Vec<ContactRow>,
    recognitions: Vec<RecognitionRow>,
}

impl Parts {
    pub(super) fn of(conn: &mut Conn, bodies: &[(i64, &Organisation)]) -> Result<Self, StoreError> {
        let held = bodies.iter().flat_map(|(_, body)| &body.recognitions);
        let schemes = schemes(conn, held.map(|recognition| recognition.scheme.as_str()))?;
        let mut parts = Self::default();
        for (id, body) in bodies {
            parts.lists.add(*id, List::Sic, &body.sic);
            parts.names(*id, body);
            parts.places(*id, body);
            for (at, recognition) in body.recognitions.iter().enumerate() {
                let missing = || absent("scheme", &recognition.scheme);
                let scheme_id =
                    schemes.get(recognition.scheme.as_str()).copied().ok_or_else(missing)?;
                parts.recognitions.push(RecognitionRow {
                    organisation_id: *id,
                    position: value::position(at),
                    scheme_id,
                    level: recognition.level.as_ref().map(Slug::to_string),
                    awarded_on: recognition.awarded_on,
                    expires_on: recognition.expires_on,
                    evidence_url: recognition.evidence_url.clone(),
                    last_checked_on: recognition.last_checked_on,
                    check_result: recognition.check.to_string(),
                });
            }
        }
        Ok(parts)
    }

    fn names(&mut self, organisation_id: i64, body: &Organisation) {
        self.aliases.extend(body.aliases.iter().enumerate().map(|(at, alias)| AliasRow {
            organisation_id,
            position: value::position(at),
            alias: alias.clone(),
            name_key: name_key(alias),
        }));
        self.identifiers.extend(body.identifiers.iter().enumerate().map(|(at, number)| {
            IdentifierRow {
                organisation_id,
                position: value::position(at),
                scheme: number.scheme.clone(),
                code: number.id.clone(),
            }
        }));
    }

    fn places(&mut self, organisation_id: i64, body: &Organisation) {
        self.sites.extend(body.sites.iter().enumerate().map(|(at, site)| SiteRow {
            organisation_id,
            label: site.label.clone(),
            position: value::position(at),
            address: site.address.clone(),
            postcode: site.postcode.clone(),
            outcode: site.postcode.as_deref().and_then(outward_code),
            town: site.town.clone(),
            district: site.district.clone(),
            transport_note: site.transport_note.clone(),
        }));
        self.contacts.extend(body.contacts.iter().enumerate().map(|(at, route)| ContactRow {
            organisation_id,
            position: value::position(at),
            audience: route.audience.to_string(),
            role_title: route.role_title.clone(),
            channel: route.channel.to_string(),
            value: route.value.clone(),
            verified_on: route.verified_on,
            expires_after_days: route.expires_after_days,
        }));
    }

    pub(super) fn insert(self, conn: &mut Conn) -> Result<(), StoreError> {
        /// Writes rows of one table, so many a statement.
        macro_rules! write {
            ($($table:ident: $rows:ident),+) => {
                $(for some in self.$rows.chunks(ROWS) {
                    each_backend!(conn, |c| diesel::insert_into($table::table)
                        .values(some)
                        .execute(c))?;
                })+
            };
        }
        write!(
            organisation_alias: aliases,
            organisation_identifier: identifiers,
            organisation_site: sites,
            organisation_contact: contacts,
            organisation_recognition: recognitions
        );
        self.lists.insert(conn)
    }

    /// Removes what an organisation has, before it gets it anew.
    pub(super) fn remove(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        macro_rules! clear {
            ($($table:ident),+) => {
                $(diesel::delete($table::table.filter($table::organisation_id.eq(id)))
                    .execute(conn)?;)+
            };
        }
        clear!(
            organisation_alias,
            organisation_identifier,
            organisation_site,
            organisation_contact,
            organisation_recognition
        );
        NewLists::default().replace(conn, id)
    }
}

/// What organisations have several of, sorted under them.
pub(super) struct Held {
    lists: Lists,
    aliases: HashMap<i64, Vec<AliasRow>>,
    identifiers: HashMap<i64, Vec<IdentifierRow>>,
    sites: HashMap<i64, Vec<SiteRow>>,
    contacts: HashMap<i64, Vec<ContactRow>>,
    recognitions: HashMap<i64, Vec<RecognitionRow>>,
    schemes: HashMap<i64, Slug>,
}

impl Held {
    pub(super) fn load(conn: &mut Conn, ids: &[i64]) -> Result<Self, StoreError> {
        /// The rows of one table, by organisation, in their order.
        macro_rules! read {
            ($table:ident: $row:ty) => {{
                let rows: Vec<$row> = $table::table
                    .select(<$row>::as_select())
                    .filter($table::organisation_id.eq_any(ids))
                    .order(($table::organisation_id, $table::position))
                    .load(conn)?;
                let mut sorted: HashMap<i64, Vec<$row>> = HashMap::new();
                for row in rows {
                    sorted.entry(row.organisation_id).or_default().push(row);
                }
                sorted
            }};
        }
        let recognitions = read!(organisation_recognition: RecognitionRow);
        let mut schemes = HashMap::new();
        if !recognitions.is_empty() {
            let rows: Vec<(i64, String)> =
                scheme::table.select((scheme::id, scheme::slug)).load(conn)?;
            for (id, slug) in rows {
                schemes.insert(id, value::slug(&slug)?);
            }
        }
        Ok(Self {
            lists: Lists::load(conn, ids)?,
            aliases: read!(organisation_alias: AliasRow),
            identifiers: read!(organisation_identifier: IdentifierRow),
            sites: read!(organisation_site: SiteRow),
            contacts: read!(organisation_contact: ContactRow),
            recognitions,
            schemes,
        })
    }

    /// Gives an organisation what belongs to it.
    pub(super) fn complete(&mut self, id: i64, body: &mut Organisation) -> Result<(), StoreError> {
        let aliases = self.aliases.remove(&id).unwrap_or_default();
        body.aliases = aliases.into_iter().map(|row| row.alias).collect();
        let numbers = self.identifiers.remove(&id).unwrap_or_default().into_iter();
        body.identifiers =
            numbers.map(|row| Identifier { scheme: row.scheme, id: row.code }).collect();
        let sites = self.sites.remove(&id).unwrap_or_default();
        body.sites = sites.into_iter().map(site).collect();
        let contacts = self.contacts.remove(&id).unwrap_or_default().into_iter();
        body.contacts = contacts.map(contact).collect::<Result<_, _>>()?;
        let recognitions = self.recognitions.remove(&id).unwrap_or_default().into_iter();
        body.recognitions =
            recognitions.map(|row| self.recognition(row)).collect::<Result<_, _>>()?;
        body.sic = self.lists.words(id, List::Sic);
        Ok(())
    }

    fn recognition(&self, row: RecognitionRow) -> Result<Recognition, StoreError> {
        let unknown = || StoreError::corrupt(format!("a scheme {}", row.scheme_id));
        Ok(Recognition {
            scheme: self.schemes.get(&row.scheme_id).cloned().ok_or_else(unknown)?,
            level: row.level.as_deref().map(value::slug).transpose()?,
            awarded_on: row.awarded_on,
            expires_on: row.expires_on,
            evidence_url: row.evidence_url,
            last_checked_on: row.last_checked_on,
            check: word(&row.check_result, CheckResult::parse)?,
        })
    }
}

fn site(row: SiteRow) -> Site {
    Site {
        label: row.label,
        address: row.address,
        postcode: row.postcode,
        town: row.town,
        district: row.district,
        transport_note: row.transport_note,
    }
}

fn contact(row: ContactRow) -> Result<ContactRoute, StoreError> {
    Ok(ContactRoute {
        audience: word(&row.audience, Audience::parse)?,
        role_title: row.role_title,
        channel: word(&row.channel, Channel::parse)?,
        value: row.value,
        verified_on: row.verified_on,
        expires_after_days: row.expires_after_days,
    })
}
