//! Publishing: from what is stored to what is wanted, by the fewest writes.
//!
//! Order matters, because the database checks every reference at once: what is
//! referred to is written first and removed last, parts that go make room
//! before any part comes, and the clock is moved at the very end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;

use crate::domain::register::Reference;
use crate::domain::slug::Slug;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::error::Cause;
use crate::store::records::refuse_if_named;
use crate::store::reference::{charter, load, record, sources};
use crate::store::{Conn, StoreError};

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Records that are new or read differently now.
    pub changed: usize,
    /// Records that are gone.
    pub removed: usize,
    /// The number of the last change; the one from before if nothing changed.
    pub change: i64,
}

/// A record that stands for itself in the change log.
pub(super) trait Topic: PartialEq {
    /// Its kind in the change log.
    const KIND: Kind;

    /// Its public name.
    fn key(&self) -> Result<Slug, StoreError>;

    /// Identifiers of all sources that it or a part of it names.
    fn cited(&self) -> Vec<&str>;

    /// Identifiers of the stored records of this kind, by public name.
    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError>;

    /// Takes away what the stored record says about others of its kind.
    fn unlink(&self, _conn: &mut Conn, _id: i64) -> Result<(), StoreError> {
        Ok(())
    }

    /// Removes the stored parts that this record no longer has.
    fn drop_parts(&self, _conn: &mut Conn, _id: i64) -> Result<(), StoreError> {
        Ok(())
    }

    /// Writes the record over the one with that identifier, or as a new one.
    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError>;

    /// Writes what the record says about others of its kind, once all are there.
    fn link(&self, _conn: &mut Conn) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Makes the stored reference register equal to `reference`.
///
/// Idempotent: writes the records that differ, removes those that `reference`
/// does not have, and notes each of them once in the change log; a record also
/// counts as changed when a source that it names reads differently. What is
/// equal already is not written, and if all is, the clock stands still. Call it
/// within one write transaction.
///
/// # Errors
///
/// [`StoreError::Reference`] if what goes is named by what stays, or by a record of the
/// register; [`StoreError::Duplicate`] if something is given twice.
pub fn publish(
    conn: &mut Conn,
    reference: &Reference,
    at: NaiveDateTime,
) -> Result<Published, StoreError> {
    queue(conn)?;
    let stored = load(conn)?;
    let restated = sources::put(conn, &stored.sources, &reference.sources)?;
    let charters = reference.charter.as_slice();

    let charter = Plan::new(conn, stored.charter.as_slice(), charters, &restated)?;
    let actions = Plan::new(conn, &stored.actions, &reference.actions, &restated)?;
    let schemes = Plan::new(conn, &stored.schemes, &reference.schemes, &restated)?;
    let partnerships = Plan::new(conn, &stored.partnerships, &reference.partnerships, &restated)?;
    let kinds = Plan::new(conn, &stored.course_types, &reference.course_types, &restated)?;
    let providers = Plan::new(conn, &stored.providers, &reference.providers, &restated)?;

    charter.put(conn)?;
    kinds.put(conn)?;
    actions.replace(conn)?;
    schemes.replace(conn)?;
    partnerships.replace(conn)?;
    providers.replace(conn)?;
    kinds.remove(conn)?;
    charter.remove(conn)?;
    for charter in charters {
        charter::prune(conn, charter)?;
    }
    sources::prune(conn, &reference.sources)?;

    let mut tally = Tally::default();
    charter.count(&mut tally);
    actions.count(&mut tally);
    schemes.count(&mut tally);
    partnerships.count(&mut tally);
    kinds.count(&mut tally);
    providers.count(&mut tally);
    let change = changes::touch_all(conn, &tally.touched, at)?;
    Ok(Published { changed: tally.changed, removed: tally.touched.len() - tally.changed, change })
}

/// Waits for others who publish: on PostgreSQL, what they write would else be seen by
/// halves, because each statement sees what is committed by then.
pub(super) fn queue(conn: &mut Conn) -> Result<(), StoreError> {
    if let Conn::Postgres(c) = conn {
        // Held until the commit. The number is ours, the schema's hash keeps apart what
        // shares a database.
        c.batch_execute(
            "SELECT pg_advisory_xact_lock(1346458697, hashtext(coalesce(current_schema(), '')))",
        )?;
    }
    Ok(())
}

/// Identifiers of all sources that a record or a part of it names.
pub(super) fn cited<T: Topic>(record: &T) -> Vec<String> {
    record.cited().into_iter().map(str::to_owned).collect()
}

#[derive(Default)]
struct Tally {
    changed: usize,
    touched: Vec<Touched>,
}

/// What is to be done to the records of one kind.
struct Plan<'a, T> {
    put: BTreeMap<Slug, (&'a T, Option<i64>)>,
    gone: BTreeMap<Slug, i64>,
}

impl<'a, T: Topic> Plan<'a, T> {
    fn new(
        conn: &mut Conn,
        stored: &[T],
        wanted: &'a [T],
        restated: &BTreeSet<String>,
    ) -> Result<Self, StoreError> {
        let mut known = BTreeMap::new();
        for record in stored {
            known.insert(record.key()?, record);
        }
        let ids: BTreeMap<String, i64> = T::ids(conn)?.into_iter().collect();
        let (mut put, mut seen) = (BTreeMap::new(), BTreeSet::new());
        for record in wanted {
            let slug = record.key()?;
            let equal = known.get(&slug).is_some_and(|stored| *stored == record);
            if !equal || record.cited().iter().any(|source| restated.contains(*source)) {
                put.insert(slug.clone(), (record, ids.get(slug.as_str()).copied()));
            }
            if !seen.insert(slug.clone()) {
                let twice = Cause::new("given twice");
                return Err(StoreError::Duplicate(twice).about(name(T::KIND, &slug)));
            }
        }
        known.retain(|slug, _| !seen.contains(slug));
        let gone = known.into_keys().filter_map(|slug| {
            let id = ids.get(slug.as_str()).copied()?;
            Some((slug, id))
        });
        Ok(Self { put, gone: gone.collect() })
    }

    /// Removes what is gone, then writes what differs.
    fn replace(&self, conn: &mut Conn) -> Result<(), StoreError> {
        for (record, id) in self.put.values() {
            if let Some(id) = id {
                record.unlink(conn, *id)?;
            }
        }
        self.remove(conn)?;
        self.put(conn)?;
        for (slug, (record, _)) in &self.put {
            record.link(conn).map_err(|error| error.about(name(T::KIND, slug)))?;
        }
        Ok(())
    }

    fn put(&self, conn: &mut Conn) -> Result<(), StoreError> {
        for (slug, (record, id)) in &self.put {
            if let Some(id) = id {
                record.drop_parts(conn, *id).map_err(|error| error.about(name(T::KIND, slug)))?;
            }
        }
        for (slug, (record, id)) in &self.put {
            record.put(conn, *id).map_err(|error| error.about(name(T::KIND, slug)))?;
        }
        Ok(())
    }

    fn remove(&self, conn: &mut Conn) -> Result<(), StoreError> {
        if self.gone.is_empty() {
            return Ok(());
        }
        for (slug, id) in &self.gone {
            let going =
                |error: StoreError| error.about(format!("{}, that goes", name(T::KIND, slug)));
            refuse_if_named(conn, T::KIND, *id).map_err(going)?;
        }
        let ids: Vec<i64> = self.gone.values().copied().collect();
        record::remove(conn, &ids).map_err(|error| error.about(format!("a {} that goes", T::KIND)))
    }

    fn count(self, tally: &mut Tally) {
        tally.changed += self.put.len();
        let slugs = self.put.into_keys().chain(self.gone.into_keys());
        let touched = |slug| Touched { kind: T::KIND, slug, told: Told::Public };
        tally.touched.extend(slugs.map(touched));
    }
}

fn name(kind: Kind, slug: &Slug) -> String {
    format!("{kind} {slug}")
}
