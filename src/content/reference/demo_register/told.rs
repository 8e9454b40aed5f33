//! Invented events, case studies and introductions.

use chrono::{NaiveDateTime, NaiveTime};

use super::{
    Seed,
    entry::{Entry, Head},
    raw::{RawCaseStudy, RawEvent, RawIntroduction},
};
use crate::{
    content::toml_text::Words,
    domain::register::{
        CaseStudy, Event, EventKind, Introduction, IntroductionKind, IntroductionState, Outcomes,
        Permission,
    },
};

/// An event on `day` from one hour to another, or to an hour of `last_day`.
pub(super) fn event(raw: RawEvent, entry: &mut Entry<'_>) -> Option<Seed<Event>> {
    let starts_at = moment(("day", &raw.day), ("from", &raw.from), entry)?;
    let last_day = raw.last_day.as_ref().map_or(("day", &raw.day), |day| ("last_day", day));
    let ends_at = raw.to.and_then(|to| moment(last_day, ("to", &to), entry));
    let body = Event {
        title: raw.title,
        kind: entry.word(("kind", &raw.kind), (EventKind::ALL, EventKind::as_str))?,
        starts_at,
        ends_at,
        place: raw.place,
        postcode: entry.some_outcode("postcode", raw.postcode),
        host: raw.host,
        organisation: entry.some_slug("organisation", raw.organisation),
        cohorts: entry.slugs("cohorts", &raw.cohorts),
        summary: raw.summary,
        url: entry.some_url("link", raw.link),
    };
    let slug = Some(raw.slug);
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

/// An hour, `09:30`, of a day.
fn moment(
    (day_key, day): (&str, &Words),
    (key, hour): (&str, &str),
    entry: &mut Entry<'_>,
) -> Option<NaiveDateTime> {
    let time = NaiveTime::parse_from_str(hour, "%H:%M").ok();
    if time.is_none() {
        let message = format!("{key} \"{hour}\" is not an hour such as 09:30");
        entry.fault(key, "not-an-hour", message);
    }
    Some(entry.day(day_key, day)?.and_time(time?))
}

pub(super) fn case_study(raw: RawCaseStudy, entry: &mut Entry<'_>) -> Option<Seed<CaseStudy>> {
    let permissions = (Permission::ALL, Permission::as_str as fn(_) -> _);
    let body = CaseStudy {
        title: raw.title,
        organisation: entry.some_slug("organisation", raw.organisation),
        summary: raw.summary,
        cohorts: entry.slugs("cohorts", &raw.cohorts),
        action: raw.action,
        url: entry.some_url("link", raw.link),
        published_on: entry.some_day("published", raw.published),
        permission: entry.word(("permission", &raw.permission), permissions)?,
    };
    let slug = raw.slug;
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

pub(super) fn introduction(
    raw: RawIntroduction,
    entry: &mut Entry<'_>,
) -> Option<Seed<Introduction>> {
    let states = (IntroductionState::ALL, IntroductionState::as_str as fn(_) -> _);
    let kinds = (IntroductionKind::ALL, IntroductionKind::as_str as fn(_) -> _);
    let body = Introduction {
        kind: entry.word(("kind", &raw.kind), kinds)?,
        organisation: entry.slug("organisation", &raw.organisation)?,
        other: entry.some_slug("other", raw.other),
        partnership: entry.some_slug("partnership", raw.partnership),
        cohort: entry.some_slug("cohort", raw.cohort),
        reference: raw.reference,
        state: entry.word(("state", &raw.state), states)?,
        outcomes: Outcomes {
            interviewed: raw.outcomes.interviewed,
            offered: raw.outcomes.offered,
            started: raw.outcomes.started,
            kept_13_weeks: raw.outcomes.kept_13_weeks,
        },
    };
    let slug = raw.slug;
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}
