//! The steward's queue: worked out over the whole register when it is asked for and
//! something was written since, and resolved one entry at a time.

mod pairs;
mod resolving;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use arc_swap::ArcSwapOption;
use chrono::{Datelike, NaiveDate};

use crate::{
    app::{AppError, AppState, Snapshot, register::Told},
    domain::{
        access::Caller,
        queue::{self, Entry, Facts, QueueReason, Report, Subject},
        register::{Opening, Organisation, Posture, Record},
        slug::Slug,
    },
    store::{
        Conn, StoreError, changes, queue as kept,
        records::{self, Condition, Listing, Seen, Topic, Wanted},
        upkeep,
    },
};

pub use resolving::{Order, Resolved, resolve};

/// Organisations are looked at so many at a time.
const BATCH: i64 = 500;

/// A page of the queue.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The entries, the longest waiting first within a reason.
    pub entries: Vec<Entry>,
    /// How many there are in all, of the reasons asked for.
    pub total: usize,
    /// How many there are of each reason.
    pub counts: Vec<(QueueReason, usize)>,
}

/// What the records gave rise to when somebody last looked. It follows from the records and
/// the day, so it holds until either is another.
#[derive(Default)]
pub struct Looked(ArcSwapOption<Look>);

struct Look {
    change: i64,
    today: NaiveDate,
    entries: Vec<Entry>,
}

impl Looked {
    /// What the records give rise to on a day, as of the last change that they show.
    fn at(
        &self,
        conn: &mut Conn,
        (change, today): (i64, NaiveDate),
    ) -> Result<Arc<Look>, AppError> {
        let known = self.0.load_full();
        if let Some(look) = known.filter(|look| (look.change, look.today) == (change, today)) {
            return Ok(look);
        }
        let look = Arc::new(Look { change, today, entries: of_register(conn, today)? });
        self.0.store(Some(look.clone()));
        Ok(look)
    }
}

/// Some of what needs a look today.
///
/// # Errors
///
/// [`AppError::Forbidden`] for who does not keep the register.
pub async fn list(
    app: &AppState,
    caller: &Caller,
    reasons: Vec<QueueReason>,
    (skipped, given): (usize, usize),
) -> Result<Told<Listed>, AppError> {
    if !caller.keeps() {
        return Err(AppError::Forbidden("The queue is for coordinators."));
    }
    let (today, snapshot, looked) = (app.clock.today(), app.snapshot(), app.looked.clone());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let look = looked.at(conn, (change, today))?;
            let published = published(&snapshot, today);
            let all = waiting(conn, look.entries.iter().chain(&published), today)?;
            let count =
                |reason: &QueueReason| all.iter().filter(|one| one.reason == *reason).count();
            let counts = QueueReason::ALL.iter().map(|reason| (*reason, count(reason))).collect();
            let wanted = |one: &&Entry| reasons.is_empty() || reasons.contains(&one.reason);
            let entries: Vec<&Entry> = all.into_iter().filter(wanted).collect();
            let total = entries.len();
            let entries = entries.into_iter().skip(skipped).take(given).cloned().collect();
            Ok(Told { what: Listed { entries, total, counts }, change })
        })
        .await
}

/// Those that are not put aside, in the order shown.
fn waiting<'a>(
    conn: &mut Conn,
    found: impl Iterator<Item = &'a Entry>,
    today: NaiveDate,
) -> Result<Vec<&'a Entry>, AppError> {
    let aside = kept::aside(conn, today)?;
    let mut all: Vec<&Entry> = found.collect();
    if !aside.is_empty() {
        // What was put aside before its facts changed is here again.
        all.retain(|entry| aside.get(&entry.id()).is_none_or(|put| put.on < entry.since));
    }
    all.sort_by(|a, b| (a.reason, a.since, &a.subject).cmp(&(b.reason, b.since, &b.subject)));
    Ok(all)
}

/// The entry of that name, if it needs a look; of the register only what it is about is
/// read.
fn still(
    conn: &mut Conn,
    snapshot: &Snapshot,
    (entry, today): (&Entry, NaiveDate),
) -> Result<Option<Entry>, AppError> {
    let owners: Vec<Slug> = match &entry.subject {
        Subject::Record(kind, slug) => match records::owner_of(conn, *kind, slug) {
            Ok(owner) => owner.into_iter().collect(),
            Err(StoreError::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        },
        Subject::Recognition(owner, ..) => vec![owner.clone()],
        Subject::Pair(one, other) => vec![one.clone(), other.clone()],
        Subject::Published(..) => Vec::new(),
    };
    let some = records::find_all::<Organisation>(conn, &owners)?;
    let mut look = Looking::begin(conn)?;
    look.at(conn, some, today)?;
    let mut found = look.end();
    found.extend(published(snapshot, today));
    let id = entry.id();
    Ok(waiting(conn, found.iter(), today)?.into_iter().find(|one| one.id() == id).cloned())
}

/// What the whole register gives rise to on a day.
fn of_register(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Entry>, AppError> {
    let mut look = Looking::begin(conn)?;
    let mut last: Option<Slug> = None;
    loop {
        let some = records::following::<Organisation>(conn, last.as_ref(), BATCH)?;
        let Some(end) = some.last() else { break };
        last = Some(end.slug.clone());
        look.at(conn, some, today)?;
    }
    Ok(look.end())
}

/// A look at organisations, some at a time.
struct Looking {
    reports: Vec<Report>,
    merged: BTreeSet<Slug>,
    pairs: pairs::Pairs,
    found: Vec<Entry>,
}

impl Looking {
    fn begin(conn: &mut Conn) -> Result<Self, AppError> {
        let reports = upkeep::open_reports(conn)?.into_iter().map(|one| Report {
            kind: one.kind,
            slug: one.slug,
            reason: one.reason,
            on: one.at.date(),
        });
        Ok(Self {
            reports: reports.collect(),
            merged: kept::merged(conn)?,
            pairs: pairs::Pairs::default(),
            found: Vec::new(),
        })
    }

    fn at(
        &mut self,
        conn: &mut Conn,
        mut some: Vec<Record<Organisation>>,
        today: NaiveDate,
    ) -> Result<(), AppError> {
        some.retain(|one| !self.merged.contains(&one.slug));
        let mut postures = owned::<Posture>(conn, &some, today)?;
        let mut openings = owned::<Opening>(conn, &some, today)?;
        for organisation in &some {
            let postures = postures.remove(&organisation.slug).unwrap_or_default();
            let openings = openings.remove(&organisation.slug).unwrap_or_default();
            let reports = &self.reports;
            let facts = Facts { organisation, postures: &postures, openings: &openings, reports };
            self.found.extend(queue::of_organisation(&facts, today));
            self.pairs.add(organisation);
        }
        Ok(())
    }

    fn end(self) -> Vec<Entry> {
        let mut found = self.found;
        found.extend(self.pairs.entries());
        found
    }
}

/// What belongs to some organisations and has not ended, by their names.
fn owned<T: Topic>(
    conn: &mut Conn,
    owners: &[Record<Organisation>],
    today: NaiveDate,
) -> Result<BTreeMap<Slug, Vec<Record<T>>>, AppError> {
    let any_of = owners.iter().map(|one| Wanted::Is(one.slug.to_string())).collect();
    let conditions = vec![Condition { field: "organisation", any_of }];
    let listing = Listing { conditions, seen: Seen::All, today, offset: 0, limit: i64::MAX };
    let mut by_owner: BTreeMap<Slug, Vec<Record<T>>> = BTreeMap::new();
    if owners.is_empty() {
        return Ok(by_owner);
    }
    for record in records::page::<T>(conn, &listing)?.0 {
        if let Some(owner) = record.body.owner().cloned() {
            by_owner.entry(owner).or_default().push(record);
        }
    }
    Ok(by_owner)
}

/// What is published from files and past its review date.
fn published(snapshot: &Snapshot, today: NaiveDate) -> Vec<Entry> {
    let mut found = Vec::new();
    for toolkit in snapshot.toolkits() {
        for section in toolkit.sections.iter().chain(&toolkit.templates) {
            let name = format!("{}/{}", toolkit.slug, section.slug);
            let about = ("section", name);
            found.extend(queue::past_review(about, &section.title, section.dates.review_by, today));
        }
    }
    for guide in snapshot.library() {
        let about = ("library", guide.slug.to_string());
        found.extend(queue::past_review(about, &guide.title, guide.dates.review_by, today));
    }
    let reference = &snapshot.reference;
    let schemes =
        reference.schemes.iter().map(|one| ("scheme", &one.slug, &one.name, &one.provenance));
    let forums = reference
        .partnerships
        .iter()
        .map(|one| ("partnership", &one.slug, &one.name, &one.provenance));
    let providers =
        reference.providers.iter().map(|one| ("provider", &one.slug, &one.name, &one.provenance));
    for (kind, slug, name, provenance) in schemes.chain(forums).chain(providers) {
        // Reference data names the day it was known to be right; a year later it is due.
        let as_of = provenance.as_of;
        let due = as_of.with_year(as_of.year() + 1).unwrap_or(as_of);
        found.extend(queue::past_review((kind, slug.to_string()), name, due, today));
    }
    found
}
