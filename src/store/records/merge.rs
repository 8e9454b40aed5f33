//! Two entries for one organisation made one, with memory: the old name leads to the
//! new one, and within thirty days it can be undone.
//!
//! What the organisation merged away has is united with what the other has; its records
//! go with it. Two things stay behind, in its history: a posture towards a group that
//! the other has one for, and years that begin on the same day.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::domain::access::Act;
use crate::domain::register::{
    CaseStudy, Event, Introduction, Opening, Organisation, Pledge, Posture, Publication,
    Recognition, Record, RecordKind, Signature,
};
use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::entry::{Entry, Header};
use crate::store::records::history;
use crate::store::records::look_up::{entry_of, find, slug_of, with_bodies};
use crate::store::records::topic::Topic;
use crate::store::records::write::{Author, lock};
use crate::store::schema::{
    case_study, entry, event, introduction, opening, organisation, organisation_merge, pledge,
    posture, signature,
};
use crate::store::{Conn, StoreError, value};

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
    let mut at = entry_of(conn, RecordKind::Organisation, slug)?.id;
    let first = at;
    for _ in 0..STEPS {
        let next: Option<i64> =
            organisation::table.find(at).select(organisation::merged_into).first(conn)?;
        match next {
            Some(next) => at = next,
            None if at == first => return Ok(None),
            None => return slug_of(conn, at).map(Some),
        }
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
    let children = belonging(conn, from_id, into_id)?;
    // The numbers first leave the one and then reach the other: they are unique.
    let emptied = emptied(&away.body);
    write(conn, (from_id, &away), emptied, by)?;
    write(conn, (into_id, &kept), united(&kept.body, &away.body, from), by)?;
    hand_over(conn, &children, into_id)?;
    let touched = follow(conn, &children, by)?;
    diesel::update(organisation::table.find(from_id))
        .set(organisation::merged_into.eq(Some(into_id)))
        .execute(conn)?;
    let moved = json!({
        "children": children, "from_version": away.version, "into_version": kept.version,
        "into_now": kept.version + 1,
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
    finish(conn, (from, into), touched, children.len(), by)
}

/// Undoes the last merge of `from`.
///
/// # Errors
///
/// [`StoreError::NotFound`] if it is not merged; [`StoreError::Conflict`] if it was more
/// than [`UNDO_DAYS`] ago, or if the other organisation was changed since.
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
    let (author, at) = by;
    if at - merged_at > Duration::days(UNDO_DAYS) {
        return Err(StoreError::Conflict("a merge can be undone for 30 days"));
    }
    lock(conn, into_id)?;
    let into = slug_of(conn, into_id)?;
    let moved: serde_json::Value = serde_json::from_str(&moved).map_err(StoreError::corrupt)?;
    let number = |name: &str| moved.get(name).and_then(serde_json::Value::as_i64).unwrap_or(-1);
    let kept = find::<Organisation>(conn, &into)?;
    if kept.version != number("into_now") {
        return Err(StoreError::Conflict("the other organisation was changed since"));
    }
    let children = moved.get("children").and_then(serde_json::Value::as_array).into_iter();
    let children: Vec<i64> = children.flatten().filter_map(serde_json::Value::as_i64).collect();
    let away = find::<Organisation>(conn, from)?;
    let before = |conn: &mut Conn, slug: &Slug, name: &str| {
        let version = history::version::<Organisation>(conn, slug, number(name))?;
        Ok::<_, StoreError>(version.record.body)
    };
    let (old_into, old_from) =
        (before(conn, &into, "into_version")?, before(conn, from, "from_version")?);
    diesel::update(organisation::table.find(from_id))
        .set(organisation::merged_into.eq(None::<i64>))
        .execute(conn)?;
    write(conn, (into_id, &kept), old_into, by)?;
    write(conn, (from_id, &away), old_from, by)?;
    hand_over(conn, &children, from_id)?;
    let touched = follow(conn, &children, by)?;
    diesel::update(organisation_merge::table.find(merge_id))
        .set(organisation_merge::undone_at.eq(Some(value::micros(at))))
        .execute(conn)?;
    audit::note(
        conn,
        author,
        Act::Merge,
        &[(RecordKind::Organisation, from, away.version + 1)],
        at,
    )?;
    finish(conn, (from, &into), touched, children.len(), by)
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

/// The records that go with an organisation: all of its own but what would stand twice.
fn belonging(conn: &mut Conn, from_id: i64, into_id: i64) -> Result<Vec<i64>, StoreError> {
    let cohorts: Vec<String> = posture::table
        .filter(posture::organisation_id.eq(into_id))
        .select(posture::cohort)
        .load(conn)?;
    let starts: Vec<chrono::NaiveDate> = signature::table
        .filter(signature::organisation_id.eq(into_id))
        .select(signature::starts_on)
        .load(conn)?;
    let own_posture = posture::table.filter(posture::organisation_id.eq(from_id));
    let twice: Vec<i64> =
        own_posture.filter(posture::cohort.eq_any(cohorts)).select(posture::id).load(conn)?;
    let own_year = signature::table.filter(signature::organisation_id.eq(from_id));
    let years: Vec<i64> =
        own_year.filter(signature::starts_on.eq_any(starts)).select(signature::id).load(conn)?;
    let pledges: Vec<i64> =
        pledge::table.filter(pledge::signature_id.eq_any(&years)).select(pledge::id).load(conn)?;
    let staying: BTreeSet<i64> = twice.into_iter().chain(years).chain(pledges).collect();
    let all: Vec<i64> = entry::table
        .filter(entry::owner_id.eq(from_id))
        .order(entry::id)
        .select(entry::id)
        .load(conn)?;
    Ok(all.into_iter().filter(|id| !staying.contains(id)).collect())
}

/// Gives records to another organisation.
fn hand_over(conn: &mut Conn, ids: &[i64], owner: i64) -> Result<(), StoreError> {
    macro_rules! hand_over {
        ($($table:ident),+) => {
            $(diesel::update($table::table.filter($table::id.eq_any(ids)))
                .set($table::organisation_id.eq(owner))
                .execute(conn)?;)+
        };
    }
    macro_rules! hand_over_maybe {
        ($($table:ident),+) => {
            $(diesel::update($table::table.filter($table::id.eq_any(ids)))
                .set($table::organisation_id.eq(Some(owner)))
                .execute(conn)?;)+
        };
    }
    hand_over!(signature, pledge, posture, opening, introduction);
    hand_over_maybe!(event, case_study);
    diesel::update(entry::table.filter(entry::id.eq_any(ids)))
        .set(entry::owner_id.eq(Some(owner)))
        .execute(conn)?;
    Ok(())
}

/// Writes the next version of records that got another organisation.
fn follow(conn: &mut Conn, ids: &[i64], by: By<'_>) -> Result<Vec<Touched>, StoreError> {
    let mut touched = Vec::new();
    touched.extend(next_versions::<Signature>(conn, ids, by)?);
    touched.extend(next_versions::<Pledge>(conn, ids, by)?);
    touched.extend(next_versions::<Posture>(conn, ids, by)?);
    touched.extend(next_versions::<Opening>(conn, ids, by)?);
    touched.extend(next_versions::<Event>(conn, ids, by)?);
    touched.extend(next_versions::<CaseStudy>(conn, ids, by)?);
    touched.extend(next_versions::<Introduction>(conn, ids, by)?);
    Ok(touched)
}

fn next_versions<T: Topic>(
    conn: &mut Conn,
    ids: &[i64],
    (author, at): By<'_>,
) -> Result<Vec<Touched>, StoreError> {
    let entries: Vec<Entry> = entry::table
        .select(Entry::as_select())
        .filter(entry::kind.eq(T::KIND.as_str()).and(entry::id.eq_any(ids)))
        .order(entry::id)
        .load(conn)?;
    let heads: Vec<(i64, Option<i64>)> = entries.iter().map(|e| (e.id, e.owner_id)).collect();
    let mut touched = Vec::with_capacity(heads.len());
    for ((id, owner), mut record) in heads.into_iter().zip(with_bodies::<T>(conn, entries)?) {
        record.version += 1;
        record.recorded_at = value::micros(at);
        let header = Header::of(&record, owner);
        diesel::update(entry::table.find(id)).set(header).execute(conn)?;
        history::note::<T, T>(conn, &[(id, at.date(), &record)], author)?;
        audit::note(conn, author, Act::Merge, &[(T::KIND, &record.slug, record.version)], at)?;
        let told = if record.body.open() { Told::Public } else { Told::Coordinators };
        touched.push(Touched { kind: Kind::Record(T::KIND), slug: record.slug, told });
    }
    Ok(touched)
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
    history::note::<Organisation, Organisation>(conn, &[(id, at.date(), &next)], author)?;
    audit::note(conn, author, Act::Merge, &[(RecordKind::Organisation, &next.slug, version)], at)
}

fn finish(
    conn: &mut Conn,
    (from, into): (&Slug, &Slug),
    mut touched: Vec<Touched>,
    moved: usize,
    (_, at): By<'_>,
) -> Result<Merged, StoreError> {
    let kind = Kind::Record(RecordKind::Organisation);
    touched.extend([from, into].map(|slug| Touched {
        kind,
        slug: slug.clone(),
        told: Told::Public,
    }));
    let change = changes::touch_all(conn, &touched, at)?;
    Ok(Merged { into: into.clone(), moved, change })
}

/// An organisation without what must not stand twice, and no longer shown.
fn emptied(body: &Organisation) -> Organisation {
    Organisation { publication: Publication::Withdrawn, identifiers: Vec::new(), ..body.clone() }
}

/// What both have; where both say something, the kept one's word stands.
fn united(kept: &Organisation, away: &Organisation, slug: &Slug) -> Organisation {
    let mut body = kept.clone();
    let mut names: BTreeSet<String> = kept.aliases.iter().cloned().collect();
    names.insert(kept.name.clone());
    for name in [&away.name].into_iter().chain(&away.aliases) {
        if names.insert(name.clone()) {
            body.aliases.push(name.clone());
        }
    }
    for number in &away.identifiers {
        if !body.identifiers.contains(number) {
            body.identifiers.push(number.clone());
        }
    }
    for code in &away.sic {
        if !body.sic.contains(code) {
            body.sic.push(code.clone());
        }
    }
    for site in &away.sites {
        let mut site = site.clone();
        if body.sites.iter().any(|own| own.label == site.label) {
            site.label = format!("{} ({slug})", site.label);
        }
        body.sites.push(site);
    }
    for route in &away.contacts {
        if !body.contacts.contains(route) {
            body.contacts.push(route.clone());
        }
    }
    for held in &away.recognitions {
        let twice = |own: &Recognition| own.scheme == held.scheme && own.level == held.level;
        if !body.recognitions.iter().any(twice) {
            body.recognitions.push(held.clone());
        }
    }
    body.sector = body.sector.or_else(|| away.sector.clone());
    body.size_band = body.size_band.or(away.size_band);
    body.description = body.description.or_else(|| away.description.clone());
    body.website = body.website.or_else(|| away.website.clone());
    body.do_not_contact |= away.do_not_contact;
    body
}
