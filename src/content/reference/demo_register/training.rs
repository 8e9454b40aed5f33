//! What invented partnerships need, and the courses that invented providers hold.

use super::{
    Seed,
    entry::{Entry, Head},
    raw::{RawCourse, RawNeed, RawRun, RawVenue},
};
use crate::{
    content::toml_text::At,
    domain::{
        place::place_name,
        register::{
            Attendance, CourseRun, CourseVenue, Delivery, Horizon, KeptCourse, KeptNeed, NeedState,
            Priority, StudyPattern,
        },
    },
};

pub(super) fn need(raw: RawNeed, entry: &mut Entry<'_>) -> Option<Seed<KeptNeed>> {
    let place = raw.place.as_deref().and_then(place_name);
    if place.is_none() && raw.place.is_some() {
        entry.fault("place", "not-a-place", "place is no outward code and no name".to_owned());
    }
    let states = (NeedState::ALL, NeedState::as_str as fn(_) -> _);
    let body = KeptNeed {
        partnership: entry.slug("partnership", &raw.partnership)?,
        title: raw.title,
        description: raw.description,
        soc: raw.soc,
        sic: raw.sic,
        level_from: raw.level_from,
        level_to: raw.level_to,
        horizon: entry.some_word(("horizon", raw.horizon), (Horizon::ALL, Horizon::as_str)),
        headcount: raw.headcount,
        priority: entry.some_word(("priority", raw.priority), (Priority::ALL, Priority::as_str)),
        state: entry.some_word(("state", raw.state), states).unwrap_or(NeedState::Open),
        organisation: entry.some_slug("organisation", raw.organisation),
        place,
        travel_miles: raw.travel_miles,
        start_by: entry.some_day("start_by", raw.start_by),
        modes: entry.words(("modes", &raw.modes), (Delivery::ALL, Delivery::as_str)),
        cohorts: entry.slugs("cohorts", &raw.cohorts),
        evidence: raw.evidence,
        raised_on: None,
        coding: Some("ours".to_owned()),
        sources: Vec::new(),
        note: None,
    };
    let head = Head { slug: Some(raw.slug), said: raw.said, confirmed: None, ended: raw.ended };
    entry.seed(head, body)
}

pub(super) fn course(raw: RawCourse, entry: &mut Entry<'_>) -> Option<Seed<KeptCourse>> {
    let mut runs = Vec::new();
    for (nth, run) in raw.runs.into_iter().enumerate() {
        runs.extend(course_run(run, &mut entry.inner(&[At::Key("runs"), At::Nth(nth)])));
    }
    let venue = |raw: RawVenue| CourseVenue {
        label: raw.label,
        postcode: Some(raw.outcode),
        town: raw.town,
    };
    let body = KeptCourse {
        provider: entry.slug("provider", &raw.provider)?,
        title: raw.title,
        course_type: entry.slug("course_type", &raw.course_type)?,
        summary: raw.summary,
        delivery: entry.some_word(("delivery", raw.delivery), (Delivery::ALL, Delivery::as_str)),
        sectors: entry.slugs("sectors", &raw.sectors),
        soc: raw.soc,
        coding: Some("ours".to_owned()),
        level_from: raw.level_from,
        level_to: raw.level_to,
        cohorts: entry.slugs("cohorts", &raw.cohorts),
        entry_requirements: None,
        url: None,
        venues: raw.venues.into_iter().map(venue).collect(),
        runs,
        asked: Vec::new(),
        sources: Vec::new(),
        note: None,
    };
    let head = Head { slug: Some(raw.slug), said: raw.said, confirmed: None, ended: raw.ended };
    entry.seed(head, body)
}

fn course_run(raw: RawRun, entry: &mut Entry<'_>) -> Option<CourseRun> {
    let patterns = (StudyPattern::ALL, StudyPattern::as_str as fn(_) -> _);
    let attendances = (Attendance::ALL, Attendance::as_str as fn(_) -> _);
    Some(CourseRun {
        starts_on: match raw.starts {
            Some(words) => Some(entry.day("starts", &words)?),
            None => None,
        },
        flexible_start: raw.flexible_start,
        ends_on: entry.some_day("ends", raw.ends),
        venue: raw.venue,
        mode: entry.some_word(("mode", raw.mode), (Delivery::ALL, Delivery::as_str)),
        study_pattern: entry.some_word(("study_pattern", raw.study_pattern), patterns),
        attendance: entry.some_word(("attendance", raw.attendance), attendances),
        cost_pence: raw.cost_pence,
        funding: raw.funding,
        places: raw.places,
    })
}
