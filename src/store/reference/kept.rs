//! What the reference data publishes, as records that can be kept: written as the
//! author [`ACTOR`], who leaves alone whatever somebody else wrote last.
//!
//! So a later release brings its corrections, and what a coordinator created, changed or
//! ended stays as it is. What such a record names stays as well, published or not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use crate::domain::access::Role;
use crate::domain::register::{
    ActionDetails, Draft, Ending, Kept, KeptAction, KeptCourse, KeptPartnership, KeptScheme,
    MeetingDetails, Partnership, Provider, Published, Record, Reference,
};
use crate::domain::slug::Slug;
use crate::domain::uk_time;
use crate::store::changes;
use crate::store::records::{self, Author, Outcome, Topic};
use crate::store::reference::{load, publication};
use crate::store::{Conn, StoreError, value};

/// Who writes what the reference data publishes.
pub const ACTOR: &str = "reference";

/// Makes the stored register say what `reference` does, but for what somebody else wrote:
/// publishes it, and keeps as records what can be kept.
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
    let (wanted, named) = retaining(conn, reference)?;
    let done = publication::publish(conn, &wanted, at)?;
    let published = Published::of(reference);
    let mut changed = done.changed;
    changed += keep(conn, &published.charters, at)?;
    changed += keep(conn, &published.actions, at)?;
    changed += keep(conn, &published.schemes, at)?;
    changed += keep_but(conn, &published.partnerships, &named, at)?;
    changed += keep(conn, &published.needs, at)?;
    changed += keep(conn, &published.meetings, at)?;
    changed += keep(conn, &published.agreed, at)?;
    changed += keep(conn, &published.courses, at)?;
    Ok(publication::Published { changed, change: changes::position(conn)?, ..done })
}

/// Everything that is kept, actions by code as people count, schemes and partnerships by
/// name, everything else as it came.
pub fn kept(conn: &mut Conn) -> Result<Kept, StoreError> {
    let mut actions: Vec<Record<KeptAction>> = records::every(conn)?;
    actions.sort_by(|a, b| value::counted(&a.body.code).cmp(&value::counted(&b.body.code)));
    let mut schemes: Vec<Record<KeptScheme>> = records::every(conn)?;
    schemes.sort_by(|a, b| (&a.body.name, &a.slug).cmp(&(&b.body.name, &b.slug)));
    let mut partnerships: Vec<Record<KeptPartnership>> = records::every(conn)?;
    partnerships.sort_by(|a, b| (&a.body.name, &a.slug).cmp(&(&b.body.name, &b.slug)));
    Ok(Kept {
        partnerships,
        meetings: records::every(conn)?,
        agreed: records::every(conn)?,
        needs: records::every(conn)?,
        courses: records::every(conn)?,
        charters: records::every(conn)?,
        actions,
        schemes,
    })
}

/// Writes what is published of a kind as records, and ends what no longer is; returns how
/// many were written.
fn keep<T: Topic>(
    conn: &mut Conn,
    published: &[Draft<T>],
    at: NaiveDateTime,
) -> Result<usize, StoreError> {
    keep_but(conn, published, &BTreeSet::new(), at)
}

/// The same, but for some that go on though they are no longer published.
fn keep_but<T: Topic>(
    conn: &mut Conn,
    published: &[Draft<T>],
    going_on: &BTreeSet<Slug>,
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
        let gone = !seen.contains(slug) && !going_on.contains(slug);
        if gone && own(slug) && record.ended.is_none() {
            let reason = Some("It is no longer published.".to_owned());
            let ending = Ending { on: uk_time::day(at).max(record.said.on), reason };
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

/// The reference data with what is stored and no longer in it, but named by records: by
/// any of an action, a scheme, a partnership or the charter, which are only ended, never
/// removed; of the rest, by those that somebody else wrote and that have not ended. Beside
/// it the partnerships that such records name.
fn retaining(
    conn: &mut Conn,
    reference: &Reference,
) -> Result<(Reference, BTreeSet<Slug>), StoreError> {
    let kept = kept(conn)?;
    let stored = load(conn)?;
    let mut retained = Retained { wanted: reference.clone(), cited: BTreeSet::new() };
    retained.charter(&stored, &kept);
    let (needs, meetings) = (foreign(conn, &kept.needs)?, foreign(conn, &kept.meetings)?);
    let agreed = foreign(conn, &kept.agreed)?;
    let forums: BTreeSet<&Slug> = needs
        .iter()
        .map(|need| &need.body.partnership)
        .chain(meetings.iter().map(|meeting| &meeting.body.partnership))
        .chain(agreed.iter().map(|action| &action.body.partnership))
        .collect();
    let named = retained.forums(&stored, &kept, &forums);
    let courses = foreign(conn, &kept.courses)?;
    retained.training(&stored, &courses);
    let sources = needs.iter().map(|need| &need.body.sources);
    let sources = sources.chain(meetings.iter().map(|meeting| &meeting.body.sources));
    let sources = sources.chain(agreed.iter().map(|action| &action.body.sources));
    let sources = sources.chain(kept.partnerships.iter().map(|forum| &forum.body.sources));
    let members = kept.partnerships.iter().flat_map(|forum| &forum.body.members);
    let sources = sources.chain(members.map(|member| &member.sources));
    let sources = sources.chain(courses.iter().map(|course| &course.body.sources));
    let sources = sources.chain(kept.actions.iter().map(|action| &action.body.sources));
    let sources = sources.chain(kept.schemes.iter().map(|scheme| &scheme.body.sources));
    let sources = sources.chain(kept.charters.iter().map(|charter| &charter.body.sources));
    retained.cited.extend(sources.flatten().cloned());
    let Retained { mut wanted, cited } = retained;
    for forum in &mut wanted.partnerships {
        as_in_a_row(forum);
    }
    let missing = stored.sources.into_iter().filter(|source| cited.contains(&source.id));
    let missing: Vec<_> = missing.filter(|source| wanted.source(&source.id).is_none()).collect();
    wanted.sources.extend(missing);
    Ok((wanted, named))
}

/// Takes out what is kept with the record alone: the published rows have no place for it.
fn as_in_a_row(forum: &mut Partnership) {
    forum.champion = None;
    for member in &mut forum.members {
        (member.slug, member.from, member.to) = (None, None, None);
    }
    for meeting in &mut forum.meetings {
        meeting.details = MeetingDetails::default();
    }
    for action in &mut forum.actions {
        action.details = ActionDetails::default();
    }
}

/// The reference data with what stays of what was stored, and what that cites.
struct Retained {
    wanted: Reference,
    cited: BTreeSet<String>,
}

impl Retained {
    /// What signatures, pledges and recognitions refer to.
    fn charter(&mut self, stored: &Reference, kept: &Kept) {
        let wanted = &mut self.wanted;
        if let Some(old) = stored.charter.as_ref().filter(|_| !kept.charters.is_empty()) {
            let new = wanted.charter.get_or_insert_with(|| old.clone());
            if new.slug == old.slug {
                let areas = old.focus_areas.iter().cloned();
                add_missing(&mut new.focus_areas, areas, |(slug, _)| slug.clone());
                let stances = old.stances.iter().cloned();
                add_missing(&mut new.stances, stances, |(slug, ..)| slug.clone());
                self.cited.extend(publication::cited(old));
            }
        }
        let is_kept = |code: &str| kept.actions.iter().any(|one| one.body.code == code);
        let actions = stored.actions.iter().filter(|action| is_kept(&action.code)).cloned();
        let actions: Vec<_> = actions.collect();
        self.cited.extend(actions.iter().flat_map(publication::cited));
        add_missing(&mut wanted.actions, actions.into_iter(), |one| one.code.clone());
        let is_kept = |slug: &Slug| kept.schemes.iter().any(|one| one.slug == *slug);
        let schemes = stored.schemes.iter().filter(|scheme| is_kept(&scheme.slug));
        for old in schemes {
            self.cited.extend(publication::cited(old));
            match wanted.schemes.iter_mut().find(|new| new.slug == old.slug) {
                None => wanted.schemes.push(old.clone()),
                Some(new) => {
                    let levels = old.levels.iter().cloned();
                    add_missing(&mut new.levels, levels, |level| level.slug.clone());
                }
            }
        }
    }

    /// What needs, meetings and agreed actions refer to; returns the partnerships among
    /// them that these name.
    fn forums(
        &mut self,
        stored: &Reference,
        kept: &Kept,
        named: &BTreeSet<&Slug>,
    ) -> BTreeSet<Slug> {
        let mut going_on = BTreeSet::new();
        for forum in &stored.partnerships {
            let is_kept = kept.partnerships.iter().any(|one| one.slug == forum.slug);
            let is_named = named.contains(&forum.slug);
            if (is_kept || is_named) && self.wanted.partnership(&forum.slug).is_none() {
                self.cited.extend(publication::cited(forum));
                self.wanted.partnerships.push(forum.clone());
                if is_named {
                    going_on.insert(forum.slug.clone());
                }
            }
        }
        going_on
    }

    /// What courses refer to.
    fn training(&mut self, stored: &Reference, courses: &[&Record<KeptCourse>]) {
        for kind in &stored.course_types {
            let named = courses.iter().any(|course| course.body.course_type == kind.slug);
            if named && self.wanted.course_type(&kind.slug).is_none() {
                self.cited.extend(publication::cited(kind));
                self.wanted.course_types.push(kind.clone());
            }
        }
        for provider in &stored.providers {
            let named = courses.iter().any(|course| course.body.provider == provider.slug);
            if named && self.wanted.provider(&provider.slug).is_none() {
                let provider = Provider { courses: Vec::new(), ..provider.clone() };
                self.cited.extend(publication::cited(&provider));
                self.wanted.providers.push(provider);
            }
        }
    }
}

/// Adds what a list does not have yet.
fn add_missing<T, K: PartialEq>(
    list: &mut Vec<T>,
    more: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) {
    for one in more {
        if list.iter().all(|known| key(known) != key(&one)) {
            list.push(one);
        }
    }
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
