//! Two entries for one organisation made one, with memory: the old name leads to the
//! new one, and within thirty days it can be undone.
//!
//! What the organisation merged away has is united with what the other has; its records
//! go with it, and its openings to its sites, if need be under another label. Three
//! things stay behind, in its history: a posture towards a group that the other has one
//! for, years that begin on the same day, and introductions of the one to the other.
//! What others say of it still names it; the name leads on.

mod moving;
mod united;

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::domain::access::Act;
use crate::domain::register::{Organisation, Publication, Record, RecordKind};
use crate::domain::slug::Slug;
use crate::domain::uk_time;
use crate::store::audit;
use crate::store::changes::{self, Kind, Touched};
use crate::store::records::entry::Header;
use crate::store::records::history;
use crate::store::records::look_up::{entry_of, find, slug_of};
use crate::store::records::merge::united::{emptied, united};
use crate::store::records::organisation::sites_in_use;
use crate::store::records::topic::Topic;
use crate::store::records::view::open_records;
use crate::store::records::write::{Author, lock, lock_row, told};
use crate::store::schema::{entry, organisation, organisation_merge, signature};
use crate::store::{Conn, StoreError, tokens, value};

/// For so many days a merge can be undone.
pub const UNDO_DAYS: i64 = 30;

/// What a merge, or its undoing, did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The one that is kept.
    pub into: Slug,
    /// How many records went with the other.
    pub moved: usize,
    /// The number of the change.
    pub change: i64,
}

type By<'a> = (&'a Author, NaiveDateTime);

/// The organisation that this one was merged into, through however many steps.
pub fn merged_into(conn: &mut Conn, slug: &Slug) -> Result<Option<Slug>, StoreError> {
    /// More steps than there is any reason for: then the chain is broken.
    const STEPS: usize = 100;
    // One statement for what was never merged, as for what is not there.
    let mut next: Option<i64> = organisation::table
        .inner_join(entry::table)
        .filter(entry::kind.eq(RecordKind::Organisation.as_str()))
        .filter(entry::slug.eq(slug.as_str()))
        .select(organisation::merged_into)
        .first(conn)?;
    let mut last = None;
    for _ in 0..STEPS {
        let Some(at) = next else {
            return last.map(|heir| slug_of(conn, heir)).transpose();
        };
        last = Some(at);
        next = organisation::table.find(at).select(organisation::merged_into).first(conn)?;
    }
    Err(StoreError::corrupt(format!("{slug} is merged in a circle")))
}

/// Makes `from` a part of `into`.
///
/// # Errors
///
/// [`StoreError::NotFound`], [`StoreError::Stale`] if `from` has another version;
/// [`StoreError::Conflict`] if either was merged already, if they are the same, or if
/// both have a year under the charter that shares a day.
pub fn merge(
    conn: &mut Conn,
    (from, expected): (&Slug, Option<i64>),
    into: &Slug,
    by: By<'_>,
) -> Result<Merged, StoreError> {
    if from == into {
        return Err(StoreError::Conflict("an organisation is not merged into itself"));
    }
    let (from_id, into_id) = both(conn, from, into)?;
    let (away, kept) = (find::<Organisation>(conn, from)?, find::<Organisation>(conn, into)?);
    if expected.is_some_and(|version| version != away.version) {
        return Err(StoreError::Stale);
    }
    refuse_shared_years(conn, from_id, into_id)?;
    let children = moving::belonging(conn, from_id, into_id)?;
    // The numbers first leave the one and then reach the other: they are unique.
    write(conn, (from_id, &away), emptied(&away.body), by)?;
    let (both, sites) = united(&kept.body, &away.body, from);
    write(conn, (into_id, &kept), both, by)?;
    moving::hand_over(conn, &children, into_id)?;
    let labels = sites.iter().map(|(old, new)| (old.as_str(), new.as_str()));
    moving::rename_sites(conn, &children, labels)?;
    let mut touched = moving::follow(conn, &children, shown(&away) || shown(&kept), by)?;
    if shown(&away) {
        // What stays behind leaves the view with it.
        touched.extend(open_records(conn, from_id)?);
    }
    diesel::update(organisation::table.find(from_id))
        .set(organisation::merged_into.eq(Some(into_id)))
        .execute(conn)?;
    let moved = json!({
        "children": children, "sites": sites, "from_version": away.version,
        "into_version": kept.version, "into_now": kept.version + 1,
    });
    let (author, at) = by;
    diesel::insert_into(organisation_merge::table)
        .values((
            organisation_merge::from_id.eq(from_id),
            organisation_merge::into_id.eq(into_id),
            organisation_merge::at.eq(value::micros(at)),
            organisation_merge::actor.eq(&author.actor),
            organisation_merge::moved.eq(moved.to_string()),
        ))
        .execute(conn)?;
    touched.extend(tokens::led_on(conn, from_id)?);
    finish(conn, (&away, &kept), (touched, children.len()), at)
}

/// Undoes the last merge of `from`: its records go back to it, with what was changed in
/// them since, and so do pledges that were made since in its years.
///
/// # Errors
///
/// [`StoreError::NotFound`] if it is not merged; [`StoreError::Conflict`] if it was more
/// than [`UNDO_DAYS`] ago, or if the other organisation was changed since (unless it was
/// changed back); [`StoreError::Reference`] if an opening is at a site that its
/// organisation would no longer have.
pub fn undo_merge(conn: &mut Conn, from: &Slug, by: By<'_>) -> Result<Merged, StoreError> {
    let from_id = entry_of(conn, RecordKind::Organisation, from)?.id;
    let found: Option<(i64, i64, NaiveDateTime, String)> = organisation_merge::table
        .filter(organisation_merge::from_id.eq(from_id))
        .filter(organisation_merge::undone_at.is_null())
        .order(organisation_merge::id.desc())
        .select((
            organisation_merge::id,
            organisation_merge::into_id,
            organisation_merge::at,
            organisation_merge::moved,
        ))
        .first(conn)
        .optional()?;
    let (merge_id, into_id, merged_at, moved) = found.ok_or(StoreError::NotFound)?;
    let (_, at) = by;
    if at - merged_at > Duration::days(UNDO_DAYS) {
        return Err(StoreError::Conflict("a merge can be undone for 30 days"));
    }
    let into = slug_of(conn, into_id)?;
    let (first, second) = if *from < into { (from_id, into_id) } else { (into_id, from_id) };
    lock_row(conn, first)?;
    lock_row(conn, second)?;
    lock(conn, into_id)?;
    let moved = Moved::read(&moved)?;
    let (away, kept) = (find::<Organisation>(conn, from)?, find::<Organisation>(conn, &into)?);
    let body = |conn: &mut Conn, slug: &Slug, number: i64| {
        Ok::<_, StoreError>(history::version::<Organisation>(conn, slug, number)?.record)
    };
    let then = body(conn, &into, moved.into_now)?;
    if (&then.body, &then.said, &then.ended) != (&kept.body, &kept.said, &kept.ended) {
        return Err(StoreError::Conflict("the other organisation was changed since"));
    }
    let old_into = body(conn, &into, moved.into_version)?.body;
    let old_from = body(conn, from, moved.from_version)?.body;
    let mut children = moved.children;
    children.extend(moving::pledged_since(conn, &children)?);
    let stayed = open_records(conn, from_id)?;
    moving::hand_over(conn, &children, from_id)?;
    let labels = moved.sites.iter().map(|(old, new)| (new.as_str(), old.as_str()));
    moving::rename_sites(conn, &children, labels)?;
    sites_in_use(conn, into_id, &old_into)?;
    sites_in_use(conn, from_id, &old_from)?;
    write(conn, (into_id, &kept), old_into, by)?;
    write(conn, (from_id, &away), old_from, by)?;
    let (away, kept) = (find::<Organisation>(conn, from)?, find::<Organisation>(conn, &into)?);
    let mut touched = moving::follow(conn, &children, shown(&away) || shown(&kept), by)?;
    if shown(&away) {
        touched.extend(stayed);
    }
    diesel::update(organisation::table.find(from_id))
        .set(organisation::merged_into.eq(None::<i64>))
        .execute(conn)?;
    diesel::update(organisation_merge::table.find(merge_id))
        .set(organisation_merge::undone_at.eq(Some(value::micros(at))))
        .execute(conn)?;
    touched.extend(tokens::led_on(conn, from_id)?);
    finish(conn, (&away, &kept), (touched, children.len()), at)
}

/// What a merge noted, to be undone.
struct Moved {
    /// Identifiers of the records that went with the organisation.
    children: Vec<i64>,
    /// Labels of its sites that changed: the old one, the new one.
    sites: BTreeMap<String, String>,
    /// The version it had.
    from_version: i64,
    /// The version that the other had.
    into_version: i64,
    /// The version that the other got.
    into_now: i64,
}

impl Moved {
    fn read(text: &str) -> Result<Self, StoreError> {
        let told: Value = serde_json::from_str(text).map_err(StoreError::corrupt)?;
        let missing = |name: &str| StoreError::corrupt(format!("a merge without {name}"));
        let number =
            |name: &str| told.get(name).and_then(Value::as_i64).ok_or_else(|| missing(name));
        let children = told.get("children").and_then(Value::as_array);
        let children = children.ok_or_else(|| missing("children"))?;
        let sites = told.get("sites").and_then(Value::as_object);
        let sites = sites.ok_or_else(|| missing("sites"))?.iter();
        let label = |(old, new): (&String, &Value)| Some((old.clone(), new.as_str()?.to_owned()));
        Ok(Self {
            children: children.iter().filter_map(Value::as_i64).collect(),
            sites: sites.filter_map(label).collect(),
            from_version: number("from_version")?,
            into_version: number("into_version")?,
            into_now: number("into_now")?,
        })
    }
}

fn shown(organisation: &Record<Organisation>) -> bool {
    organisation.body.publication == Publication::Published
}

/// Locks both, in the order of names as every writer; neither may be merged already.
fn both(conn: &mut Conn, from: &Slug, into: &Slug) -> Result<(i64, i64), StoreError> {
    let from_id = entry_of(conn, RecordKind::Organisation, from)?.id;
    let into_id = entry_of(conn, RecordKind::Organisation, into)?.id;
    let (first, second) = if from < into { (from_id, into_id) } else { (into_id, from_id) };
    lock(conn, first)?;
    lock(conn, second)?;
    Ok((from_id, into_id))
}

fn refuse_shared_years(conn: &mut Conn, from_id: i64, into_id: i64) -> Result<(), StoreError> {
    let years = |conn: &mut Conn, id: i64| -> Result<Vec<_>, StoreError> {
        Ok(signature::table
            .inner_join(entry::table)
            .filter(signature::organisation_id.eq(id).and(entry::ended_on.is_null()))
            .select((signature::starts_on, signature::ends_on))
            .load::<(chrono::NaiveDate, chrono::NaiveDate)>(conn)?)
    };
    let (ours, theirs) = (years(conn, from_id)?, years(conn, into_id)?);
    let shared = ours.iter().any(|(start, end)| theirs.iter().any(|(s, e)| start <= e && s <= end));
    if shared {
        return Err(StoreError::Conflict("both have a year under the charter that shares a day"));
    }
    Ok(())
}

/// Writes an organisation's next version.
fn write(
    conn: &mut Conn,
    (id, old): (i64, &Record<Organisation>),
    body: Organisation,
    (author, at): By<'_>,
) -> Result<(), StoreError> {
    let version = old.version + 1;
    let next = Record { version, recorded_at: value::micros(at), body, ..old.clone() };
    next.body.update(conn, id)?;
    diesel::update(entry::table.find(id)).set(Header::of(&next, None)).execute(conn)?;
    let day = uk_time::day(at).max(next.said.on);
    history::note::<Organisation, Organisation>(conn, &[(id, day, &next)], author)?;
    audit::note(conn, author, Act::Merge, &[(RecordKind::Organisation, &next.slug, version)], at)
}

/// Notes what was touched; `from` as it was while it was not a part of `into`.
fn finish(
    conn: &mut Conn,
    (from, into): (&Record<Organisation>, &Record<Organisation>),
    (mut touched, moved): (Vec<Touched>, usize),
    at: NaiveDateTime,
) -> Result<Merged, StoreError> {
    touched.extend([from, into].map(|organisation| Touched {
        kind: Kind::Record(RecordKind::Organisation),
        slug: organisation.slug.clone(),
        told: told(shown(organisation)),
    }));
    let change = changes::touch_all(conn, &touched, at)?;
    Ok(Merged { into: into.slug.clone(), moved, change })
}
