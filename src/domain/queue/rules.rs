//! What needs a look, rule by rule.

use chrono::{Days, NaiveDate};

use crate::domain::{
    queue::{
        ENTRY_DAYS, Entry, Facts, OPENING_CLOSES_DAYS, QueueAction, QueueReason,
        RECOGNITION_ENDS_DAYS, STATEMENT_DAYS, STATEMENT_ENDS_DAYS, Subject,
    },
    register::{
        Body, Opening, OpeningState, Posture, Recognition, Record, RecordKind, SelectionOffer,
        Stance,
    },
};

/// The group of whom alone people come on day release.
const ON_RELEASE: &str = "prison-leavers";

const ASK: [QueueAction; 4] =
    [QueueAction::Confirm, QueueAction::UpkeepLink, QueueAction::End, QueueAction::Dismiss];
const LOOK: [QueueAction; 3] = [QueueAction::Confirm, QueueAction::End, QueueAction::Dismiss];
const KEEP: [QueueAction; 2] = [QueueAction::Confirm, QueueAction::Dismiss];

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn is_over<T>(record: &Record<T>, today: NaiveDate) -> bool {
    record.ended.as_ref().is_some_and(|ending| ending.on <= today)
}

/// What can be done about a record.
fn actions(kind: RecordKind) -> Vec<QueueAction> {
    match kind {
        RecordKind::Posture => ASK.to_vec(),
        RecordKind::Opening => LOOK.to_vec(),
        _ => KEEP.to_vec(),
    }
}

/// Everything about an organisation that needs a look today.
pub fn of_organisation(facts: &Facts<'_>, today: NaiveDate) -> Vec<Entry> {
    let mut found = Vec::new();
    if is_over(facts.organisation, today) {
        return found;
    }
    let name = &facts.organisation.body.name;
    found.extend(unconfirmed(facts.organisation, (name, ENTRY_DAYS), today));
    found.extend(runs_out(facts.organisation, name, today));
    for held in &facts.organisation.body.recognitions {
        found.extend(recognition(facts, held, today));
    }
    for posture in facts.postures.iter().filter(|one| !is_over(one, today)) {
        let title = format!("{name}: {}", posture.body.cohort);
        found.extend(unconfirmed(posture, (&title, STATEMENT_DAYS), today));
        found.extend(runs_out(posture, &title, today));
        found.extend(review(posture, &title, today));
        found.extend(contradictions(facts, posture, &title, today));
        found.extend(reported(facts, posture, &title));
    }
    for opening in facts.openings.iter().filter(|one| is_open(one, today)) {
        let title = format!("{name}: {}", opening.body.title);
        found.extend(unconfirmed(opening, (&title, STATEMENT_DAYS), today));
        found.extend(runs_out(opening, &title, today));
        found.extend(closes(opening, &title, today));
        found.extend(reported(facts, opening, &title));
    }
    found
}

fn is_open(opening: &Record<Opening>, today: NaiveDate) -> bool {
    opening.body.state(opening.ended.as_ref(), today) == OpeningState::Open
}

fn entry<T: Body>(
    record: &Record<T>,
    (reason, title): (QueueReason, &str),
    since: NaiveDate,
    why: String,
) -> Entry {
    Entry {
        reason,
        subject: Subject::Record(T::KIND, record.slug.clone()),
        title: title.to_owned(),
        why,
        since,
        actions: actions(T::KIND),
    }
}

/// Nobody who knows has stood by it within so many days, or ever.
fn unconfirmed<T: Body>(
    record: &Record<T>,
    (title, days): (&str, u64),
    today: NaiveDate,
) -> Option<Entry> {
    let (since, why) = match record.last_stood_by() {
        None => {
            let since = record.said.on;
            (since, format!("Said on {}, and never confirmed by anybody who knows.", day(since)))
        }
        Some(on) => {
            let since = after(on, days + 1);
            (since, format!("Last confirmed on {}, more than {days} days ago.", day(on)))
        }
    };
    let reason = QueueReason::Unconfirmed;
    (since <= today).then(|| entry(record, (reason, title), since, why))
}

/// Its last day is near or past.
fn runs_out<T: Body>(record: &Record<T>, title: &str, today: NaiveDate) -> Option<Entry> {
    let last = record.said.until?;
    let since = before(last, STATEMENT_ENDS_DAYS);
    let why = if last < today {
        format!("It ran out on {} and has not been ended or said anew.", day(last))
    } else {
        format!("It counts until {}.", day(last))
    };
    (since <= today).then(|| entry(record, (QueueReason::Expiring, title), since, why))
}

fn closes(opening: &Record<Opening>, title: &str, today: NaiveDate) -> Option<Entry> {
    let last = opening.body.closes_on?;
    let since = before(last, OPENING_CLOSES_DAYS);
    let own_end =
        opening.said.until.is_some_and(|until| before(until, STATEMENT_ENDS_DAYS) <= today);
    let why = format!("It closes on {}.", day(last));
    (since <= today && !own_end).then(|| entry(opening, (QueueReason::Expiring, title), since, why))
}

/// Its review date is past, and nobody has stood by it since.
fn review(posture: &Record<Posture>, title: &str, today: NaiveDate) -> Option<Entry> {
    let due = posture.body.review_by.filter(|due| *due < today)?;
    if posture.last_stood_by().is_some_and(|on| on > due) {
        return None;
    }
    let why = format!("It was to be asked again by {}.", day(due));
    Some(entry(posture, (QueueReason::PastReview, title), after(due, 1), why))
}

/// A recognition ends, or nobody has checked it for long.
fn recognition(facts: &Facts<'_>, held: &Recognition, today: NaiveDate) -> Vec<Entry> {
    let organisation = facts.organisation;
    let subject =
        || Subject::Recognition(organisation.slug.clone(), held.scheme.clone(), held.level.clone());
    let title = format!("{}: {}", organisation.body.name, held.scheme);
    let made = |reason, since, why| Entry {
        reason,
        subject: subject(),
        title: title.clone(),
        why,
        since,
        actions: KEEP.to_vec(),
    };
    let mut found = Vec::new();
    if let Some(last) = held.expires_on {
        let since = before(last, RECOGNITION_ENDS_DAYS);
        let checked = held.last_checked_on.is_some_and(|on| on > last);
        if since <= today && !checked {
            let verb = if last < today { "ran out" } else { "runs out" };
            let why = format!("The recognition {verb} on {}.", day(last));
            found.push(made(QueueReason::Expiring, since, why));
            return found;
        }
    }
    let (since, why) = match held.last_checked_on {
        None => (organisation.said.on, "Nobody has checked it in the scheme's list.".to_owned()),
        Some(on) => {
            let why = format!("Last checked in the scheme's list on {}.", day(on));
            (after(on, ENTRY_DAYS + 1), why)
        }
    };
    if since <= today {
        found.push(made(QueueReason::Unconfirmed, since, why));
    }
    found
}

/// What a posture says against something else. One entry, with the first reason.
fn contradictions(
    facts: &Facts<'_>,
    posture: &Record<Posture>,
    title: &str,
    today: NaiveDate,
) -> Option<Entry> {
    if !posture.counts_on(today) {
        return None;
    }
    let body = &posture.body;
    let welcomes = matches!(body.stance, Stance::ActivelyRecruits | Stance::Open);
    let shut = body.stance == Stance::NotCurrently;
    let release = body.day_release.map(|release| release.accepts);
    let said = |cohort: &str| {
        let own = facts.postures.iter().filter(|one| one.counts_on(today));
        own.into_iter().any(|one| one.body.cohort == *cohort)
    };
    let beside = facts.openings.iter().find(|opening| {
        shut && is_open(opening, today) && opening.body.cohorts.contains(&body.cohort)
    });
    let (since, why) = if facts.organisation.body.do_not_contact && welcomes {
        let since = facts.organisation.said.on.max(posture.said.on);
        (
            since,
            "It welcomes people from the group, and the employer asked not to be contacted."
                .to_owned(),
        )
    } else if let Some(opening) = beside {
        let why = format!(
            "It does not hire from the group at present, and \"{}\" is open for the group.",
            opening.body.title
        );
        (opening.said.on.max(posture.said.on), why)
    } else if shut && !body.offers.is_empty() {
        let offers: Vec<&str> = body.offers.iter().map(|offer| offer.label()).collect();
        let why = format!(
            "It does not hire from the group at present, and offers: {}.",
            offers.join(", ")
        );
        (posture.said.on, why)
    } else if release == Some(false) && body.offers.contains(&SelectionOffer::DayRelease) {
        (posture.said.on, "It offers day release, and says that it does not accept it.".to_owned())
    } else if release == Some(true) && body.cohort != *ON_RELEASE && !said(ON_RELEASE) {
        let why = "It accepts day release from prison, and says nothing of prison leavers.";
        (posture.said.on, why.to_owned())
    } else {
        return None;
    };
    Some(entry(posture, (QueueReason::Contradictory, title), since, why))
}

/// Brokers did not find it as it was said; since the last of their reports.
fn reported<T: Body>(facts: &Facts<'_>, record: &Record<T>, title: &str) -> Option<Entry> {
    let own = facts.reports.iter().filter(|one| one.kind == T::KIND && one.slug == record.slug);
    let own: Vec<_> = own.collect();
    let last = own.iter().map(|report| report.on).max()?;
    let mut reasons: Vec<&str> = own.iter().map(|report| report.reason.label()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let times = if own.len() == 1 { "once".to_owned() } else { format!("{} times", own.len()) };
    let why = format!("Reported {times}: {}.", reasons.join("; "));
    Some(entry(record, (QueueReason::Reported, title), last, why))
}

/// Something published from files whose review date is past.
pub fn past_review(
    (kind, name): (&'static str, String),
    title: &str,
    review_by: NaiveDate,
    today: NaiveDate,
) -> Option<Entry> {
    let why = format!("Its review date was {}. It is changed in its file.", day(review_by));
    (review_by < today).then(|| Entry {
        reason: QueueReason::PastReview,
        subject: Subject::Published(kind, name),
        title: title.to_owned(),
        why,
        since: after(review_by, 1),
        actions: vec![QueueAction::Dismiss],
    })
}
