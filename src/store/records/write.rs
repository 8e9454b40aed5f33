//! Writing one record: as a new one, anew, confirmed, ended.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::access::{Act, Role};
use crate::domain::register::{Draft, Ending, Publication, Record, RecordKind};
use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::bulk;
use crate::store::records::entry::{Entry, Header};
use crate::store::records::history;
use crate::store::records::look_up::{entry_of, publication, with_bodies};
use crate::store::records::topic::Topic;
use crate::store::records::view::open_records;
use crate::store::schema::{entry, organisation};
use crate::store::{Conn, StoreError, value};

/// Who writes; for the history and the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// A name that tells it from others, such as `token:7` or `operator`.
    pub actor: String,
    /// Its role.
    pub role: Role,
    /// The identifier of its token.
    pub token: Option<i64>,
}

/// What writing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is a new record.
    Created,
    /// The record has a new version.
    Changed,
    /// The record said all that already; nothing was written.
    Unchanged,
}

/// A record after it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its public name.
    pub slug: Slug,
    /// Its version.
    pub version: i64,
    /// The number of the change that readers must see.
    pub change: i64,
    /// What was done.
    pub outcome: Outcome,
}

/// What is known of the organisation that a record belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    pub id: i64,
    pub published: bool,
}

/// Writes a new record.
///
/// # Errors
///
/// [`StoreError::Duplicate`] if there is one of that name, or an organisation with that
/// number; [`StoreError::Reference`] if it names what is not there;
/// [`StoreError::Conflict`] if it does not go with the other records.
pub fn create<T: Topic>(
    conn: &mut Conn,
    draft: &Draft<T>,
    author: &Author,
    at: NaiveDateTime,
) -> Result<Written, StoreError> {
    let written = bulk::create_all(conn, std::slice::from_ref(draft), author, at)?;
    written.into_iter().next().ok_or(StoreError::NotFound)
}

/// Writes a record anew: its next version.
///
/// `expected` is the version that the writer read; `None` takes whatever is there. What
/// says the same already is not written.
///
/// # Errors
///
/// As [`create`]; besides [`StoreError::Stale`] if the version is another, and
/// [`StoreError::Ended`] if it has ended and stays so.
pub fn replace<T: Topic>(
    conn: &mut Conn,
    slug: &Slug,
    expected: Option<i64>,
    draft: &Draft<T>,
    (author, at): (&Author, NaiveDateTime),
) -> Result<Written, StoreError> {
    let old = Held::<T>::take(conn, slug, expected)?;
    if old.record.ended.is_some() && T::FINAL {
        return Err(StoreError::Ended);
    }
    // Kept alike is said alike: a time has no finer part than is stored.
    let same = old.record.said == draft.said
        && old.record.fictional == draft.fictional
        && old.record.ended.is_none()
        && (old.record.body == draft.body || old.record.body.keep() == draft.body.keep());
    if same {
        let (version, change) = (old.record.version, changes::position(conn)?);
        return Ok(Written { slug: slug.clone(), version, change, outcome: Outcome::Unchanged });
    }
    if old.record.body.owner() != draft.body.owner() {
        return Err(StoreError::Conflict("a record stays with its organisation"));
    }
    let next = Record {
        said: draft.said.clone(),
        ended: None,
        fictional: draft.fictional,
        body: draft.body.clone(),
        ..old.record.clone()
    };
    let day = draft.said.on;
    old.put(conn, next, (Act::Change, day), (author, at))
}

/// Says from when a record does not count.
///
/// # Errors
///
/// [`StoreError::NotFound`], [`StoreError::Stale`]; [`StoreError::Ended`] if it has
/// ended already.
pub fn end<T: Topic>(
    conn: &mut Conn,
    slug: &Slug,
    expected: Option<i64>,
    ending: Ending,
    (author, at): (&Author, NaiveDateTime),
) -> Result<Written, StoreError> {
    let old = Held::<T>::take(conn, slug, expected)?;
    if old.record.ended.is_some() {
        return Err(StoreError::Ended);
    }
    let day = ending.on;
    let next = Record { ended: Some(ending), ..old.record.clone() };
    old.put(conn, next, (Act::End, day), (author, at))
}

/// Notes that somebody who knows stands by a record on a day. A day before the last
/// such day, or before it was said, changes nothing.
///
/// # Errors
///
/// [`StoreError::NotFound`], [`StoreError::Stale`]; [`StoreError::Ended`] if it has
/// ended.
pub fn confirm<T: Topic>(
    conn: &mut Conn,
    slug: &Slug,
    expected: Option<i64>,
    day: NaiveDate,
    (author, at): (&Author, NaiveDateTime),
) -> Result<Written, StoreError> {
    let old = Held::<T>::take(conn, slug, expected)?;
    if old.record.ended.is_some() {
        return Err(StoreError::Ended);
    }
    if old.record.confirmed_on.is_some_and(|last| last >= day) || day < old.record.said.on {
        let (version, change) = (old.record.version, changes::position(conn)?);
        return Ok(Written { slug: slug.clone(), version, change, outcome: Outcome::Unchanged });
    }
    let next = Record { confirmed_on: Some(day), ..old.record.clone() };
    old.put(conn, next, (Act::Confirm, day), (author, at))
}

/// A record that is about to get its next version.
struct Held<T> {
    id: i64,
    owner: Option<Owner>,
    record: Record<T>,
}

impl<T: Topic> Held<T> {
    fn take(conn: &mut Conn, slug: &Slug, expected: Option<i64>) -> Result<Self, StoreError> {
        let before: Entry = entry_of(conn, T::KIND, slug)?;
        // The organisation's row first, in every writer's order: no deadlock.
        let owner = match before.owner_id {
            Some(owner) => Some(lock(conn, owner)?),
            None => None,
        };
        if T::KIND == RecordKind::Organisation {
            lock(conn, before.id)?;
        } else {
            lock_row(conn, before.id)?;
        }
        let found: Entry = entry_of(conn, T::KIND, slug)?;
        // A merge that was undone meanwhile has given it to another organisation.
        if expected.is_some_and(|version| version != found.version)
            || found.owner_id != before.owner_id
        {
            return Err(StoreError::Stale);
        }
        let id = found.id;
        let record = with_bodies(conn, vec![found])?.pop().ok_or(StoreError::NotFound)?;
        Ok(Self { id, owner, record })
    }

    /// Writes the next version: row, body, history, audit, and the change last.
    fn put(
        self,
        conn: &mut Conn,
        mut next: Record<T>,
        (act, day): (Act, NaiveDate),
        (author, at): (&Author, NaiveDateTime),
    ) -> Result<Written, StoreError> {
        next.version = self.record.version + 1;
        next.recorded_at = value::micros(at);
        if act == Act::Change {
            let about = |error: StoreError| error.about(format_args!("{} {}", T::KIND, next.slug));
            T::admit(conn, &[(Some(self.id), &next.body)]).map_err(about)?;
            next.body.update(conn, self.id).map_err(about)?;
            T::follow_up(conn, self.id, (&self.record.body, &next.body), (author, at))?;
        }
        // Nothing was known of it before it was said.
        let day = day.max(next.said.on);
        let header = Header::of(&next, self.owner.map(|owner| owner.id));
        diesel::update(entry::table.find(self.id)).set(header).execute(conn)?;
        history::note::<T, T>(conn, &[(self.id, day, &next)], author)?;
        audit::note(conn, author, act, &[(T::KIND, &next.slug, next.version)], at)?;
        let published = self.owner.is_none_or(|owner| owner.published);
        let (is, was) = (next.body.open(), self.record.body.open());
        let told = told(published && (is || was));
        let kind = Kind::Record(T::KIND);
        let mut touched = vec![Touched { kind, slug: next.slug.clone(), told }];
        if T::KIND == RecordKind::Organisation && is != was {
            touched.extend(open_records(conn, self.id)?);
        }
        let change = changes::touch_all(conn, &touched, at)?;
        let (slug, version) = (next.slug, next.version);
        Ok(Written { slug, version, change, outcome: Outcome::Changed })
    }
}

/// Who may be told of a write to a record that is, or was, public or not.
pub(super) const fn told(public: bool) -> Told {
    if public { Told::Public } else { Told::Coordinators }
}

/// Locks an organisation's row, so that writers to its records queue; tells what
/// matters about it.
///
/// # Errors
///
/// [`StoreError::Conflict`] if it was merged into another: that one is meant.
pub(super) fn lock(conn: &mut Conn, id: i64) -> Result<Owner, StoreError> {
    lock_row(conn, id)?;
    let (state, merged): (String, Option<i64>) = organisation::table
        .find(id)
        .select((organisation::publication, organisation::merged_into))
        .first(conn)?;
    if merged.is_some() {
        return Err(StoreError::Conflict("the organisation was merged into another one"));
    }
    Ok(Owner { id, published: publication(&state)? == Publication::Published })
}

pub(in crate::store) fn lock_row(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
    diesel::update(entry::table.find(id)).set(entry::version.eq(entry::version)).execute(conn)?;
    Ok(())
}
