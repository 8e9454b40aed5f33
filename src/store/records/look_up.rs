//! Finding records: by name, by number, by what they resemble, by whom they belong to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use crate::domain::register::rules::name_key;
use crate::domain::register::{Identifier, Publication, Record, RecordKind};
use crate::domain::slug::Slug;
use crate::store::error::Cause;
use crate::store::records::entry::Entry;
use crate::store::records::listing::{Condition, Wanted};
use crate::store::records::lists::IDS;
use crate::store::records::topic::Topic;
use crate::store::schema::{
    entry, organisation, organisation_alias, organisation_identifier, organisation_site,
};
use crate::store::{Conn, StoreError, value};

/// An organisation that is called alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Namesake {
    /// Its public name.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// A town of it, where one is known.
    pub town: Option<String>,
}

/// The record of that name.
pub fn find<T: Topic>(conn: &mut Conn, slug: &Slug) -> Result<Record<T>, StoreError> {
    let entry = entry_of(conn, T::KIND, slug)?;
    with_bodies(conn, vec![entry])?.pop().ok_or(StoreError::NotFound)
}

/// The records of these names, in the order of names; those that are not there are left
/// out.
pub fn find_all<T: Topic>(conn: &mut Conn, slugs: &[Slug]) -> Result<Vec<Record<T>>, StoreError> {
    let names: BTreeSet<&str> = slugs.iter().map(Slug::as_str).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut entries: Vec<Entry> = Vec::with_capacity(names.len());
    for some in names.chunks(IDS) {
        let found: Vec<Entry> = entry::table
            .select(Entry::as_select())
            .filter(entry::kind.eq(T::KIND.as_str()).and(entry::slug.eq_any(some)))
            .order(entry::slug)
            .load(conn)?;
        entries.extend(found);
    }
    with_bodies(conn, entries)
}

/// All records of a kind, whatever has become of them, in the order in which they came.
pub fn every<T: Topic>(conn: &mut Conn) -> Result<Vec<Record<T>>, StoreError> {
    let entries = entry::table
        .select(Entry::as_select())
        .filter(entry::kind.eq(T::KIND.as_str()))
        .order(entry::id)
        .load(conn)?;
    with_bodies(conn, entries)
}

/// Up to `limit` records after a name, in the order of names.
pub fn following<T: Topic>(
    conn: &mut Conn,
    after: Option<&Slug>,
    limit: i64,
) -> Result<Vec<Record<T>>, StoreError> {
    let entries = entry::table
        .select(Entry::as_select())
        .filter(entry::kind.eq(T::KIND.as_str()))
        .filter(entry::slug.gt(after.map_or("", Slug::as_str)))
        .order(entry::slug)
        .limit(limit)
        .load(conn)?;
    with_bodies(conn, entries)
}

/// Up to `limit` names of records of a kind after a name, in their order.
pub fn names_after(
    conn: &mut Conn,
    kind: RecordKind,
    after: Option<&Slug>,
    limit: i64,
) -> Result<Vec<Slug>, StoreError> {
    let names: Vec<String> = entry::table
        .select(entry::slug)
        .filter(entry::kind.eq(kind.as_str()))
        .filter(entry::slug.gt(after.map_or("", Slug::as_str)))
        .order(entry::slug)
        .limit(limit)
        .load(conn)?;
    names.iter().map(|name| value::slug(name)).collect()
}

/// How many records were invented for a demonstration.
pub fn fictional(conn: &mut Conn) -> Result<u64, StoreError> {
    let count: i64 = entry::table.filter(entry::fictional.eq(true)).count().get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The organisation that a record belongs to; an organisation belongs to itself.
pub fn owner_of(
    conn: &mut Conn,
    kind: RecordKind,
    slug: &Slug,
) -> Result<Option<Slug>, StoreError> {
    let found = entry_of(conn, kind, slug)?;
    if kind == RecordKind::Organisation {
        return Ok(Some(slug.clone()));
    }
    let Some(owner) = found.owner_id else { return Ok(None) };
    Ok(Some(slug_of(conn, owner)?))
}

/// The organisations that records of a kind belong to; those that are not there are
/// left out.
pub fn owners_of(
    conn: &mut Conn,
    kind: RecordKind,
    slugs: &[Slug],
) -> Result<BTreeSet<Slug>, StoreError> {
    let names: Vec<&str> = slugs.iter().map(Slug::as_str).collect();
    let mut owners = BTreeSet::new();
    for some in names.chunks(IDS) {
        let found: Vec<Option<i64>> = entry::table
            .filter(entry::kind.eq(kind.as_str()).and(entry::slug.eq_any(some)))
            .select(entry::owner_id)
            .distinct()
            .load(conn)?;
        owners.extend(found.into_iter().flatten());
    }
    let owners: Vec<i64> = owners.into_iter().collect();
    Ok(slugs_of(conn, &owners)?.into_values().collect())
}

/// Whether an organisation is shown; `None` if there is none of that name.
pub fn state_of(conn: &mut Conn, slug: &Slug) -> Result<Option<Publication>, StoreError> {
    let found: Option<String> = organisation::table
        .inner_join(entry::table)
        .filter(entry::kind.eq(RecordKind::Organisation.as_str()))
        .filter(entry::slug.eq(slug.as_str()))
        .select(organisation::publication)
        .first(conn)
        .optional()?;
    found.map(|text| publication(&text)).transpose()
}

/// Which of these numbers an organisation has already, and which organisation.
pub fn identified(
    conn: &mut Conn,
    numbers: &[Identifier],
) -> Result<Vec<(Identifier, Slug)>, StoreError> {
    let wanted: BTreeSet<&Identifier> = numbers.iter().collect();
    let codes: Vec<&str> = numbers.iter().map(|number| number.id.as_str()).collect();
    let mut holders = Vec::new();
    for some in codes.chunks(IDS) {
        let found: Vec<(String, String, String)> = organisation_identifier::table
            .inner_join(entry::table.on(entry::id.eq(organisation_identifier::organisation_id)))
            .filter(organisation_identifier::code.eq_any(some))
            .select((organisation_identifier::scheme, organisation_identifier::code, entry::slug))
            .load(conn)?;
        for (scheme, id, slug) in found {
            let number = Identifier { scheme, id };
            if wanted.contains(&number) {
                holders.push((number, value::slug(&slug)?));
            }
        }
    }
    holders.sort();
    Ok(holders)
}

/// Organisations called the same once forms of company and small words are left out,
/// by their name or another name of theirs, in the order of names.
///
/// With outward codes, only those with a site in one of them, or with no known site.
pub fn namesakes(
    conn: &mut Conn,
    name: &str,
    outcodes: &[String],
) -> Result<Vec<Namesake>, StoreError> {
    let key = name_key(name);
    let aliases = organisation_alias::table
        .filter(organisation_alias::name_key.eq(key.as_str()))
        .select(organisation_alias::organisation_id);
    let found: Vec<(i64, String, String)> = organisation::table
        .inner_join(entry::table)
        .filter(organisation::name_key.eq(key.as_str()).or(organisation::id.eq_any(aliases)))
        .filter(organisation::merged_into.is_null())
        .order(entry::slug)
        .limit(100)
        .select((organisation::id, entry::slug, organisation::name))
        .load(conn)?;
    let mut sites = sites(conn, &found.iter().map(|(id, ..)| *id).collect::<Vec<_>>())?;
    let mut namesakes = Vec::new();
    for (id, slug, name) in found {
        let own = sites.remove(&id).unwrap_or_default();
        let known: Vec<&String> = own.iter().filter_map(|(outcode, _)| outcode.as_ref()).collect();
        let near = outcodes.is_empty()
            || known.is_empty()
            || known.iter().any(|outcode| outcodes.contains(outcode));
        if near {
            let town = own.iter().find_map(|(_, town)| town.clone());
            namesakes.push(Namesake { slug: value::slug(&slug)?, name, town });
        }
    }
    Ok(namesakes)
}

/// Organisations with a site in one of some outward codes or towns, each with all its
/// names, in the order of their public names. Reads nothing but names, however many
/// there are.
pub fn neighbours(
    conn: &mut Conn,
    outcodes: &[String],
    towns: &[String],
) -> Result<Vec<(Namesake, Vec<String>)>, StoreError> {
    let mut ids = BTreeSet::new();
    for (column, values) in [("outcode", outcodes), ("town", towns)] {
        let any_of = values.iter().cloned().map(Wanted::Is).collect();
        let there = Condition { field: column, any_of }.in_part("organisation_site", column);
        let near: Vec<i64> = entry::table.filter(there).select(entry::id).load(conn)?;
        ids.extend(near);
    }
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut near = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS) {
        let found: Vec<(i64, String, String)> = organisation::table
            .inner_join(entry::table)
            .filter(organisation::id.eq_any(some).and(organisation::merged_into.is_null()))
            .select((organisation::id, entry::slug, organisation::name))
            .load(conn)?;
        let aliases: Vec<(i64, String)> = organisation_alias::table
            .filter(organisation_alias::organisation_id.eq_any(some))
            .select((organisation_alias::organisation_id, organisation_alias::alias))
            .load(conn)?;
        let mut names: HashMap<i64, Vec<String>> = HashMap::new();
        for (id, alias) in aliases {
            names.entry(id).or_default().push(alias);
        }
        let mut sites = sites(conn, some)?;
        for (id, slug, name) in found {
            let mut all = names.remove(&id).unwrap_or_default();
            all.push(name.clone());
            let town = sites.remove(&id).unwrap_or_default().into_iter().find_map(|site| site.1);
            near.push((Namesake { slug: value::slug(&slug)?, name, town }, all));
        }
    }
    near.sort();
    Ok(near)
}

pub(super) type Sites = HashMap<i64, Vec<(Option<String>, Option<String>)>>;

/// Outward code and town of the sites of some organisations.
pub(super) fn sites(conn: &mut Conn, ids: &[i64]) -> Result<Sites, StoreError> {
    let rows: Vec<(i64, Option<String>, Option<String>)> = organisation_site::table
        .filter(organisation_site::organisation_id.eq_any(ids))
        .order((organisation_site::organisation_id, organisation_site::position))
        .select((
            organisation_site::organisation_id,
            organisation_site::outcode,
            organisation_site::town,
        ))
        .load(conn)?;
    let mut sites = Sites::new();
    for (id, outcode, town) in rows {
        sites.entry(id).or_default().push((outcode, town));
    }
    Ok(sites)
}

/// The row of a record.
pub(super) fn entry_of(
    conn: &mut Conn,
    kind: RecordKind,
    slug: &Slug,
) -> Result<Entry, StoreError> {
    Ok(entry::table
        .select(Entry::as_select())
        .filter(entry::kind.eq(kind.as_str()).and(entry::slug.eq(slug.as_str())))
        .first(conn)?)
}

/// The rows of records that must be there.
pub(super) fn entries_of<'a>(
    conn: &mut Conn,
    kind: RecordKind,
    slugs: impl IntoIterator<Item = &'a Slug>,
) -> Result<BTreeMap<Slug, Entry>, StoreError> {
    let wanted: BTreeSet<&Slug> = slugs.into_iter().collect();
    let names: Vec<&str> = wanted.iter().map(|slug| slug.as_str()).collect();
    let mut entries = BTreeMap::new();
    for some in names.chunks(IDS) {
        let rows: Vec<Entry> = entry::table
            .select(Entry::as_select())
            .filter(entry::kind.eq(kind.as_str()).and(entry::slug.eq_any(some)))
            .load(conn)?;
        for row in rows {
            entries.insert(value::slug(&row.slug)?, row);
        }
    }
    match wanted.into_iter().find(|slug| !entries.contains_key(*slug)) {
        Some(missing) => Err(absent(kind.as_str(), missing)),
        None => Ok(entries),
    }
}

/// The public name of a record.
pub(super) fn slug_of(conn: &mut Conn, id: i64) -> Result<Slug, StoreError> {
    let name: String = entry::table.find(id).select(entry::slug).first(conn)?;
    value::slug(&name)
}

/// The public names of some records.
pub(super) fn slugs_of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Slug>, StoreError> {
    let mut names = HashMap::with_capacity(ids.len());
    for some in ids.chunks(IDS) {
        let rows: Vec<(i64, String)> = entry::table
            .filter(entry::id.eq_any(some))
            .select((entry::id, entry::slug))
            .load(conn)?;
        for (id, name) in rows {
            names.insert(id, value::slug(&name)?);
        }
    }
    Ok(names)
}

/// The identifiers of records that must be there.
pub(super) fn ids_of<'a>(
    conn: &mut Conn,
    kind: RecordKind,
    slugs: impl IntoIterator<Item = &'a Slug>,
) -> Result<BTreeMap<Slug, i64>, StoreError> {
    let entries = entries_of(conn, kind, slugs)?;
    Ok(entries.into_iter().map(|(slug, entry)| (slug, entry.id)).collect())
}

/// A record that another one names and that is not there.
pub(super) fn absent(kind: &str, name: &str) -> StoreError {
    StoreError::Reference(Cause::new(format!("there is no {kind} {name}")))
}

/// A stored state of publication.
pub(super) fn publication(text: &str) -> Result<Publication, StoreError> {
    Publication::parse(text).ok_or_else(|| StoreError::corrupt(format!("a publication {text:?}")))
}

/// Rows with the bodies that belong to them, in the order given.
pub(super) fn with_bodies<T: Topic>(
    conn: &mut Conn,
    entries: Vec<Entry>,
) -> Result<Vec<Record<T>>, StoreError> {
    let ids: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    let mut bodies = HashMap::with_capacity(ids.len());
    for some in ids.chunks(IDS) {
        bodies.extend(T::load(conn, some)?);
    }
    let joined = entries.into_iter().map(|entry| {
        let missing = || StoreError::corrupt(format!("{} {} has no body", T::KIND, entry.slug));
        let body = bodies.remove(&entry.id).ok_or_else(missing)?;
        entry.record(body)
    });
    joined.collect()
}
