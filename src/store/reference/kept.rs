//! What the reference data publishes, as records that can be kept: written as the
//! author [`ACTOR`], who leaves alone whatever somebody else wrote last.
//!
//! So a later release brings its corrections, and what a coordinator created, changed or
//! ended stays as it is. What such a record names stays as well, published or not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use crate::domain::access::Role;
use crate::domain::register::{Draft, Ending, Kept, Published, Record, Reference};
use crate::domain::slug::Slug;
use crate::store::changes;
use crate::store::records::{self, Author, Outcome, Topic};
use crate::store::reference::{load, publication};
use crate::store::{Conn, StoreError};

/// Who writes what the reference data publishes.
pub const ACTOR: &str = "reference";

/// Makes the stored register say what `reference` does, but for what somebody else wrote:
/// publishes it, and keeps its needs and courses as records.
///
/// Idempotent, as [`publish`](publication::publish); call it within one write
/// transaction.
///
/// # Errors
///
/// As [`publish`](publication::publish); [`StoreError::Stale`] if somebody wrote
/// meanwhile.
pub fn publish_and_keep(
    conn: &mut Conn,
    reference: &Reference,
    at: NaiveDateTime,
) -> Result<publication::Published, StoreError> {
    publication::queue(conn)?;
    let wanted = retaining(conn, reference)?;
    let done = publication::publish(conn, &wanted, at)?;
    let published = Published::of(reference);
    let mut changed = done.changed;
    changed += keep(conn, &published.needs, at)?;
    changed += keep(conn, &published.courses, at)?;
    Ok(publication::Published { changed, change: changes::position(conn)?, ..done })
}

/// Everything that is kept.
pub fn kept(conn: &mut Conn) -> Result<Kept, StoreError> {
    Ok(Kept { needs: records::every(conn)?, courses: records::every(conn)? })
}

/// Writes what is published of a kind as records, and ends what no longer is; returns how
/// many were written.
fn keep<T: Topic>(
    conn: &mut Conn,
    published: &[Draft<T>],
    at: NaiveDateTime,
) -> Result<usize, StoreError> {
    let author = Author { actor: ACTOR.to_owned(), role: Role::Admin, token: None };
    let writers = records::last_written_by(conn, T::KIND)?;
    let stored = records::every::<T>(conn)?;
    let stored: BTreeMap<&Slug, &Record<T>> = stored.iter().map(|one| (&one.slug, one)).collect();
    let own = |slug: &Slug| writers.get(slug).is_some_and(|actor| actor == ACTOR);
    let (mut new, mut seen, mut written) = (Vec::new(), BTreeSet::new(), 0);
    for draft in published {
        let slug = draft.name();
        match stored.get(&slug) {
            None => new.push(draft.clone()),
            Some(record) if own(&slug) && !says(record, draft) => {
                let version = Some(record.version);
                let done = records::replace(conn, &slug, version, draft, (&author, at))?;
                written += usize::from(done.outcome != Outcome::Unchanged);
            }
            Some(_) => {}
        }
        seen.insert(slug);
    }
    written += new.len();
    if !new.is_empty() {
        records::create_all(conn, &new, &author, at)?;
    }
    for (slug, record) in stored {
        if own(slug) && record.ended.is_none() && !seen.contains(slug) {
            let reason = Some("It is no longer published.".to_owned());
            let ending = Ending { on: at.date().max(record.said.on), reason };
            records::end::<T>(conn, slug, Some(record.version), ending, (&author, at))?;
            written += 1;
        }
    }
    Ok(written)
}

/// Whether a record says what a draft does.
fn says<T: PartialEq>(record: &Record<T>, draft: &Draft<T>) -> bool {
    record.ended.is_none()
        && record.said == draft.said
        && record.fictional == draft.fictional
        && record.body == draft.body
}

/// The reference data with what is stored and no longer in it, but named by records that
/// somebody else wrote and that have not ended.
fn retaining(conn: &mut Conn, reference: &Reference) -> Result<Reference, StoreError> {
    let mut wanted = reference.clone();
    let kept = kept(conn)?;
    let needs = foreign(conn, &kept.needs)?;
    let courses = foreign(conn, &kept.courses)?;
    let stored = load(conn)?;
    let mut cited: BTreeSet<String> = BTreeSet::new();
    for forum in stored.partnerships {
        let named = needs.iter().any(|need| need.body.partnership == forum.slug);
        if named && wanted.partnership(&forum.slug).is_none() {
            cited.extend(publication::cited(&forum));
            wanted.partnerships.push(forum);
        }
    }
    for kind in stored.course_types {
        let named = courses.iter().any(|course| course.body.course_type == kind.slug);
        if named && wanted.course_type(&kind.slug).is_none() {
            cited.extend(publication::cited(&kind));
            wanted.course_types.push(kind);
        }
    }
    for mut provider in stored.providers {
        let named = courses.iter().any(|course| course.body.provider == provider.slug);
        if named && wanted.provider(&provider.slug).is_none() {
            provider.courses.clear();
            cited.extend(publication::cited(&provider));
            wanted.providers.push(provider);
        }
    }
    cited.extend(needs.iter().flat_map(|need| need.body.sources.iter().cloned()));
    cited.extend(courses.iter().flat_map(|course| course.body.sources.iter().cloned()));
    let missing = stored.sources.into_iter().filter(|source| cited.contains(&source.id));
    let missing: Vec<_> = missing.filter(|source| wanted.source(&source.id).is_none()).collect();
    wanted.sources.extend(missing);
    Ok(wanted)
}

/// The records that somebody else than [`ACTOR`] wrote last and that have not ended.
fn foreign<'a, T: Topic>(
    conn: &mut Conn,
    records: &'a [Record<T>],
) -> Result<Vec<&'a Record<T>>, StoreError> {
    let writers = records::last_written_by(conn, T::KIND)?;
    let foreign = |record: &&Record<T>| {
        record.ended.is_none() && writers.get(&record.slug).is_some_and(|actor| actor != ACTOR)
    };
    Ok(records.iter().filter(foreign).collect())
}
