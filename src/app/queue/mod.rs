//! The steward's queue: worked out over the whole register when it is asked for, and
//! resolved one entry at a time.

mod pairs;
mod resolving;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::{
    app::{AppError, AppState, Snapshot, register::Told},
    domain::{
        access::Caller,
        queue::{self, Entry, Facts, QueueReason, Report},
        register::{Opening, Organisation, Posture, Record},
        slug::Slug,
    },
    store::{
        Conn, changes, queue as kept,
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
    let (today, snapshot) = (app.clock.today(), app.snapshot());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let all = waiting(conn, &snapshot, today)?;
            let count =
                |reason: &QueueReason| all.iter().filter(|one| one.reason == *reason).count();
            let counts = QueueReason::ALL.iter().map(|reason| (*reason, count(reason))).collect();
            let wanted = |one: &Entry| reasons.is_empty() || reasons.contains(&one.reason);
            let entries: Vec<Entry> = all.into_iter().filter(wanted).collect();
            let total = entries.len();
            let entries = entries.into_iter().skip(skipped).take(given).collect();
            Ok(Told { what: Listed { entries, total, counts }, change })
        })
        .await
}

/// Everything that needs a look on a day and is not put aside, in the order shown.
pub(super) fn waiting(
    conn: &mut Conn,
    snapshot: &Snapshot,
    today: NaiveDate,
) -> Result<Vec<Entry>, AppError> {
    let mut found = published(snapshot, today);
    let reports = upkeep::open_reports(conn)?;
    let reports: Vec<Report> = reports
        .into_iter()
        .map(|one| Report { kind: one.kind, slug: one.slug, reason: one.reason, on: one.at.date() })
        .collect();
    let merged = kept::merged(conn)?;
    let mut pairs = pairs::Pairs::default();
    let mut last: Option<Slug> = None;
    loop {
        let mut some = records::following::<Organisation>(conn, last.as_ref(), BATCH)?;
        let Some(end) = some.last() else { break };
        last = Some(end.slug.clone());
        some.retain(|one| !merged.contains(&one.slug));
        let mut postures = owned::<Posture>(conn, &some, today)?;
        let mut openings = owned::<Opening>(conn, &some, today)?;
        for organisation in &some {
            let postures = postures.remove(&organisation.slug).unwrap_or_default();
            let openings = openings.remove(&organisation.slug).unwrap_or_default();
            let facts =
                Facts { organisation, postures: &postures, openings: &openings, reports: &reports };
            found.extend(queue::of_organisation(&facts, today));
            pairs.add(organisation);
        }
    }
    found.extend(pairs.entries());
    let aside = kept::aside(conn, today)?;
    found.retain(|entry| {
        let put = aside.get(&entry.id());
        // What was put aside before its facts changed is here again.
        put.is_none_or(|put| put.on < entry.since)
    });
    found.sort_by(|a, b| (a.reason, a.since, &a.subject).cmp(&(b.reason, b.since, &b.subject)));
    Ok(found)
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
