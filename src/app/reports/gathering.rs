//! The records that a report counts, as they were on a day.
//!
//! Only what may be seen now is looked at: what was hidden since is hidden for every day.
//! And of that, only what could be seen on the day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    app::AppError,
    domain::{
        places::Places,
        register::{
            Body, Introduction, Kept, KeptCourse, KeptNeed, Opening, Organisation, Publication,
            Record, RecordKind, Reference,
        },
        reports::{Asked, Records, Report, gap_months},
        slug::Slug,
    },
    store::{
        Conn, places,
        records::{self, Listing, Seen, Topic},
    },
};

/// The day that is told of, and today.
#[derive(Clone, Copy)]
struct Days {
    told: NaiveDate,
    today: NaiveDate,
}

/// Reads what a report is made from.
pub(super) fn gather(
    conn: &mut Conn,
    asked: &Asked,
    (inside, today): (bool, NaiveDate),
) -> Result<Records, AppError> {
    let seen = if inside { Seen::Broker } else { Seen::Public };
    let days = Days { told: asked.as_of, today };
    let mut found = Records { inside, ..Records::default() };
    for kind in asked.report.made_from() {
        match kind {
            RecordKind::Signature => found.signatures = read(conn, &seen, days)?,
            RecordKind::Pledge => found.pledges = read(conn, &seen, days)?,
            RecordKind::Posture => found.postures = read(conn, &seen, days)?,
            RecordKind::Opening => {
                let openings = read(conn, &seen, days)?;
                found.openings = with_places(conn, openings, days.told)?;
            }
            RecordKind::Need => found.needs = read(conn, &seen, days)?,
            RecordKind::Introduction => {
                found.introductions = introductions(conn, (days.told, today))?;
            }
            _ => {}
        }
    }
    let of_organisations = [RecordKind::Signature, RecordKind::Posture, RecordKind::Opening];
    if !asked.report.made_from().iter().any(|kind| of_organisations.contains(kind)) {
        return Ok(found);
    }
    let mut owners: BTreeSet<Slug> = BTreeSet::new();
    owners.extend(owners_of(&found.signatures));
    owners.extend(owners_of(&found.pledges));
    owners.extend(owners_of(&found.postures));
    owners.extend(found.openings.iter().map(|(one, _)| one.body.organisation.clone()));
    found.organisations = organisations(conn, &seen, (days, owners))?;
    let shown: BTreeSet<&Slug> = found.organisations.iter().map(|one| &one.slug).collect();
    found.signatures.retain(|one| shown.contains(&one.body.organisation));
    found.pledges.retain(|one| shown.contains(&one.body.organisation));
    found.postures.retain(|one| shown.contains(&one.body.organisation));
    found.openings.retain(|(one, _)| shown.contains(&one.body.organisation));
    Ok(found)
}

fn owners_of<T: Body>(records: &[Record<T>]) -> impl Iterator<Item = Slug> {
    records.iter().filter_map(|record| record.body.owner().cloned())
}

/// Records of a kind that are seen now, as they were on the day.
fn read<T: Topic>(conn: &mut Conn, seen: &Seen, days: Days) -> Result<Vec<Record<T>>, AppError> {
    let now = listed::<T>(conn, seen, days.today)?;
    if days.told == days.today {
        return Ok(now);
    }
    let names: Vec<Slug> = now.into_iter().map(|record| record.slug).collect();
    let mut then = records::all_as_of::<T>(conn, &names, days.told)?;
    // Brokers are told what employers say, whether or not it was public.
    let told = *seen != Seen::Public && T::KIND == RecordKind::Posture;
    then.retain(|record| record.body.open() || told || *seen == Seen::All);
    Ok(then)
}

fn listed<T: Topic>(
    conn: &mut Conn,
    seen: &Seen,
    today: NaiveDate,
) -> Result<Vec<Record<T>>, AppError> {
    let (conditions, seen) = (Vec::new(), seen.clone());
    let listing = Listing { conditions, seen, today, offset: 0, limit: i64::MAX };
    Ok(records::page::<T>(conn, &listing)?.0)
}

/// The organisations that were published on the day: those that are listed now, and
/// those that records belonged to which were merged into others since.
fn organisations(
    conn: &mut Conn,
    seen: &Seen,
    (days, owners): (Days, BTreeSet<Slug>),
) -> Result<Vec<Record<Organisation>>, AppError> {
    let now = listed::<Organisation>(conn, seen, days.today)?;
    let published = |one: &Record<Organisation>| one.body.publication == Publication::Published;
    if days.told == days.today {
        return Ok(now.into_iter().filter(published).collect());
    }
    let mut names = owners;
    names.extend(now.into_iter().map(|one| one.slug));
    let names: Vec<Slug> = names.into_iter().collect();
    let mut then = records::all_as_of::<Organisation>(conn, &names, days.told)?;
    then.retain(published);
    Ok(then)
}

fn with_places(
    conn: &mut Conn,
    openings: Vec<Record<Opening>>,
    day: NaiveDate,
) -> Result<Vec<(Record<Opening>, Places)>, AppError> {
    let names: Vec<Slug> = openings.iter().map(|one| one.slug.clone()).collect();
    let mut ledgers = places::ledgers(conn, &names)?;
    let placed = openings.into_iter().map(|opening| {
        let ledger = ledgers.remove(&opening.slug).unwrap_or_default().until(day);
        let places = Places::of(&opening, &ledger, day);
        (opening, places)
    });
    Ok(placed.collect())
}

/// The register's partnerships and providers as they were on the days gone by that a
/// report about gaps looks at. Today is as the snapshot has it.
pub(super) fn worlds(
    conn: &mut Conn,
    now: &Reference,
    (asked, today): (&Asked, NaiveDate),
) -> Result<Vec<(NaiveDate, Reference)>, AppError> {
    let days = match asked.report {
        Report::Gaps => vec![asked.as_of],
        Report::GapChanges => {
            let months = gap_months(asked);
            let before = months.first().and_then(|(first, _)| first.pred_opt());
            before.into_iter().chain(months.into_iter().map(|(_, last)| last)).collect()
        }
        _ => Vec::new(),
    };
    let days: Vec<NaiveDate> = days.into_iter().filter(|day| *day < today).collect();
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let needs = names::<KeptNeed>(conn)?;
    let courses = names::<KeptCourse>(conn)?;
    let mut worlds = Vec::with_capacity(days.len());
    for day in days {
        let kept = Kept {
            needs: records::all_as_of(conn, &needs, day)?,
            courses: records::all_as_of(conn, &courses, day)?,
            ..Kept::default()
        };
        let mut then = now.clone();
        // What nobody had said by then was not known.
        then.partnerships.iter_mut().for_each(|forum| forum.needs.clear());
        then.providers.iter_mut().for_each(|provider| provider.courses.clear());
        worlds.push((day, then.united(&kept, day)));
    }
    Ok(worlds)
}

fn names<T: Topic>(conn: &mut Conn) -> Result<Vec<Slug>, AppError> {
    Ok(records::names_after(conn, T::KIND, None, i64::MAX)?)
}

/// Every introduction that was not taken back by the day, which comes before today.
pub(super) fn introductions(
    conn: &mut Conn,
    (told, today): (NaiveDate, NaiveDate),
) -> Result<Vec<Record<Introduction>>, AppError> {
    let mut found = read::<Introduction>(conn, &Seen::All, Days { told, today })?;
    found.retain(|one| one.ended.as_ref().is_none_or(|ending| told < ending.on));
    Ok(found)
}
