//! What an organisation may not say, because of what else is stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use crate::domain::register::{Identifier, Organisation};
use crate::store::error::Cause;
use crate::store::records::lists::IDS;
use crate::store::records::look_up::absent;
use crate::store::records::named::schemes;
use crate::store::records::topic::Coming;
use crate::store::schema::{entry, opening, organisation_identifier, scheme_level};
use crate::store::{Conn, StoreError};

/// The schemes that organisations are recognised by are known, with their levels.
pub(super) fn known_levels(
    conn: &mut Conn,
    coming: &Coming<'_, Organisation>,
) -> Result<(), StoreError> {
    let held = || coming.iter().flat_map(|(_, body)| &body.recognitions);
    let schemes = schemes(conn, held().map(|recognition| recognition.scheme.as_str()))?;
    if held().all(|recognition| recognition.level.is_none()) {
        return Ok(());
    }
    let ids: Vec<i64> = schemes.values().copied().collect();
    let mut levels: BTreeSet<(i64, String)> = BTreeSet::new();
    for some in ids.chunks(IDS) {
        let rows: Vec<(i64, String)> = scheme_level::table
            .filter(scheme_level::scheme_id.eq_any(some))
            .select((scheme_level::scheme_id, scheme_level::slug))
            .load(conn)?;
        levels.extend(rows);
    }
    for recognition in held() {
        let scheme = schemes.get(recognition.scheme.as_str()).copied();
        let Some((scheme, level)) = scheme.zip(recognition.level.as_ref()) else { continue };
        if !levels.contains(&(scheme, level.to_string())) {
            return Err(absent("level", &format!("{level} of {}", recognition.scheme)));
        }
    }
    Ok(())
}

/// No other organisation has their numbers, and none of them another one's.
pub(super) fn free_numbers(
    conn: &mut Conn,
    coming: &Coming<'_, Organisation>,
) -> Result<(), StoreError> {
    let taken = |number: &Identifier, by: &str| {
        let text = format!("{} {} is the number of {by}", number.scheme, number.id);
        Err(StoreError::Duplicate(Cause::new(text)))
    };
    let mut wanted: HashMap<&Identifier, Option<i64>> = HashMap::new();
    for (id, body) in coming {
        for number in &body.identifiers {
            if wanted.insert(number, *id).is_some() {
                return taken(number, "two organisations at once");
            }
        }
    }
    let codes: BTreeSet<&str> = wanted.keys().map(|number| number.id.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    for some in codes.chunks(IDS) {
        let rows: Vec<(i64, String, String, String)> = organisation_identifier::table
            .inner_join(entry::table.on(entry::id.eq(organisation_identifier::organisation_id)))
            .filter(organisation_identifier::code.eq_any(some))
            .select((
                entry::id,
                entry::slug,
                organisation_identifier::scheme,
                organisation_identifier::code,
            ))
            .load(conn)?;
        let held: BTreeMap<Identifier, (i64, String)> = rows
            .into_iter()
            .map(|(id, slug, scheme, code)| (Identifier { scheme, id: code }, (id, slug)))
            .collect();
        for (number, (holder, slug)) in &held {
            if wanted.get(number).is_some_and(|own| *own != Some(*holder)) {
                return taken(number, slug);
            }
        }
    }
    Ok(())
}

/// No opening is at a site that the organisation would no longer have.
pub(in crate::store::records) fn sites_in_use(
    conn: &mut Conn,
    id: i64,
    body: &Organisation,
) -> Result<(), StoreError> {
    let labels: Vec<&str> = body.sites.iter().map(|site| site.label.as_str()).collect();
    let left: Option<(String, Option<String>)> = opening::table
        .inner_join(entry::table)
        .filter(opening::organisation_id.eq(id))
        .filter(opening::site.is_not_null())
        .filter(opening::site.ne_all(labels))
        .order(entry::slug)
        .select((entry::slug, opening::site))
        .first(conn)
        .optional()?;
    match left {
        Some((slug, Some(site))) => {
            let text = format!("the opening {slug} is at the site {site:?}");
            Err(StoreError::Reference(Cause::new(text)))
        }
        _ => Ok(()),
    }
}
