//! The records of an organisation on their way to another one, and back.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::domain::access::Act;
use crate::domain::register::{
    CaseStudy, Event, Introduction, Opening, Pledge, Posture, Record, Signature,
};
use crate::domain::uk_time;
use crate::store::audit;
use crate::store::changes::{Kind, Touched};
use crate::store::records::entry::{Entry, Header};
use crate::store::records::history;
use crate::store::records::look_up::with_bodies;
use crate::store::records::merge::By;
use crate::store::records::topic::Topic;
use crate::store::records::write::told;
use crate::store::schema::{
    case_study, entry, event, introduction, opening, pledge, posture, signature,
};
use crate::store::{Conn, StoreError, value};

/// The records that go with an organisation: all of its own but what would stand twice,
/// and what is between the two.
pub(super) fn belonging(
    conn: &mut Conn,
    from_id: i64,
    into_id: i64,
) -> Result<Vec<i64>, StoreError> {
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
    let between: Vec<i64> = introduction::table
        .filter(introduction::organisation_id.eq(from_id))
        .filter(introduction::other_id.eq(into_id))
        .select(introduction::id)
        .load(conn)?;
    let staying = twice.into_iter().chain(years).chain(pledges).chain(between);
    let staying: BTreeSet<i64> = staying.collect();
    let all: Vec<i64> = entry::table
        .filter(entry::owner_id.eq(from_id))
        .order(entry::id)
        .select(entry::id)
        .load(conn)?;
    Ok(all.into_iter().filter(|id| !staying.contains(id)).collect())
}

/// Gives records to another organisation.
pub(super) fn hand_over(conn: &mut Conn, ids: &[i64], owner: i64) -> Result<(), StoreError> {
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

/// Gives sites of openings other labels: from the first to the second of each pair.
pub(super) fn rename_sites<'a>(
    conn: &mut Conn,
    ids: &[i64],
    labels: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(), StoreError> {
    for (from, to) in labels {
        let there = opening::table.filter(opening::id.eq_any(ids)).filter(opening::site.eq(from));
        diesel::update(there).set(opening::site.eq(to)).execute(conn)?;
    }
    Ok(())
}

/// The pledges that were made since in a year that is among these records.
pub(super) fn pledged_since(conn: &mut Conn, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    Ok(pledge::table
        .filter(pledge::signature_id.eq_any(ids).and(pledge::id.ne_all(ids)))
        .order(pledge::id)
        .select(pledge::id)
        .load(conn)?)
}

/// Writes the next version of records that got another organisation; tells what was
/// touched, publicly where it is open and one of the organisations is shown.
pub(super) fn follow(
    conn: &mut Conn,
    ids: &[i64],
    shown: bool,
    by: By<'_>,
) -> Result<Vec<Touched>, StoreError> {
    let mut touched = Vec::new();
    touched.extend(next_versions::<Signature>(conn, ids, shown, by)?);
    touched.extend(next_versions::<Pledge>(conn, ids, shown, by)?);
    touched.extend(next_versions::<Posture>(conn, ids, shown, by)?);
    touched.extend(next_versions::<Opening>(conn, ids, shown, by)?);
    touched.extend(next_versions::<Event>(conn, ids, shown, by)?);
    touched.extend(next_versions::<CaseStudy>(conn, ids, shown, by)?);
    touched.extend(next_versions::<Introduction>(conn, ids, shown, by)?);
    Ok(touched)
}

fn next_versions<T: Topic>(
    conn: &mut Conn,
    ids: &[i64],
    shown: bool,
    (author, at): By<'_>,
) -> Result<Vec<Touched>, StoreError> {
    let entries: Vec<Entry> = entry::table
        .select(Entry::as_select())
        .filter(entry::kind.eq(T::KIND.as_str()).and(entry::id.eq_any(ids)))
        .order(entry::id)
        .load(conn)?;
    let heads: Vec<(i64, Option<i64>)> = entries.iter().map(|e| (e.id, e.owner_id)).collect();
    let mut records = with_bodies::<T>(conn, entries)?;
    for ((id, owner), record) in heads.iter().zip(&mut records) {
        record.version += 1;
        record.recorded_at = value::micros(at);
        let header = Header::of(record, *owner);
        diesel::update(entry::table.find(id)).set(header).execute(conn)?;
    }
    let pairs = heads.iter().zip(&records);
    let day = |record: &Record<T>| uk_time::day(at).max(record.said.on);
    let versions = pairs.map(|((id, _), record)| (*id, day(record), record));
    let versions: Vec<_> = versions.collect();
    history::note::<T, T>(conn, &versions, author)?;
    let lines: Vec<_> = records.iter().map(|r| (T::KIND, &r.slug, r.version)).collect();
    audit::note(conn, author, Act::Merge, &lines, at)?;
    let touched = records.into_iter().map(|record| Touched {
        kind: Kind::Record(T::KIND),
        told: told(shown && record.body.open()),
        slug: record.slug,
    });
    Ok(touched.collect())
}
