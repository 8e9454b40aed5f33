//! What has a date to come: events, meetings of partnerships, closing dates of openings.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::{
    register::{Event, Meeting, Opening, Partnership, Record},
    slug::Slug,
    uk_time,
};

words! {
    /// A kind of entry.
    EntryKind {
        /// A meeting of the HR network, a seminar, a visit, a campaign.
        Event = "event", "Event";
        /// A workforce development partnership meets.
        Meeting = "meeting", "Partnership meeting";
        /// The last day to apply for an opening.
        Closing = "closing-date", "Closing date";
    }
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On a day.
    Day(NaiveDate),
    /// From a moment to another, UTC, where its end is known.
    Time(NaiveDateTime, Option<NaiveDateTime>),
}

impl When {
    /// The last day on which it is, in the United Kingdom.
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Time(from, to) => uk_time::day(to.unwrap_or(from)),
        }
    }

    /// The moment from which it is, UTC.
    pub fn begins(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => uk_time::beginning(day),
            Self::Time(from, _) => from,
        }
    }
}

/// An entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What kind it is.
    pub kind: EntryKind,
    /// A name for it that stays, unique in its kind.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: Option<String>,
    /// Where, in words.
    pub place: Option<String>,
    /// When.
    pub when: When,
    /// Whether it was called off.
    pub called_off: bool,
    /// How often it was written: 1 or more.
    pub version: i64,
    /// When it was written last, UTC.
    pub written_at: NaiveDateTime,
    /// Its page on this service.
    pub path: String,
    /// Groups it is about.
    pub cohorts: Vec<Slug>,
    /// The partnership that it belongs to.
    pub partnership: Option<Slug>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

impl Entry {
    /// An event as it stands on a day.
    pub fn of_event(event: &Record<Event>, owner: Option<&str>, today: NaiveDate) -> Self {
        let body = &event.body;
        let when = When::Time(body.starts_at, body.ends_at);
        let place = [body.place.as_deref(), body.postcode.as_deref()];
        let place: Vec<&str> = place.into_iter().flatten().collect();
        let host = body.host.as_deref().or(owner).map(|host| format!("Held by: {host}"));
        let about = [Some(body.summary.clone()), host, body.url.clone()];
        Self {
            kind: EntryKind::Event,
            title: body.title.clone(),
            about: joined(about),
            place: Some(place.join(", ")).filter(|place| !place.is_empty()),
            path: format!("/events/{}", event.slug),
            cohorts: body.cohorts.clone(),
            ..Self::of_record(event, when, today)
        }
    }

    /// The closing date of an opening of that employer; `None` if it has none.
    pub fn of_opening(opening: &Record<Opening>, employer: &str, today: NaiveDate) -> Option<Self> {
        let body = &opening.body;
        let when = When::Day(body.closes_on?);
        let about = [Some("Last day to apply.".to_owned()), body.description.clone(), None];
        Some(Self {
            kind: EntryKind::Closing,
            title: format!("Closing date: {}, {employer}", body.title),
            about: joined(about),
            place: body.site.clone(),
            path: format!("/organisations/{}", body.organisation),
            cohorts: body.cohorts.clone(),
            ..Self::of_record(opening, when, today)
        })
    }

    /// What all records have.
    fn of_record<T>(record: &Record<T>, when: When, today: NaiveDate) -> Self {
        // What ends after its day was over, not called off.
        let off = record.ended.as_ref();
        let off = off.is_some_and(|ending| ending.on <= today && ending.on <= when.last_day());
        Self {
            kind: EntryKind::Event,
            name: record.slug.to_string(),
            title: String::new(),
            about: None,
            place: None,
            when,
            called_off: off,
            version: record.version,
            written_at: record.recorded_at,
            path: String::new(),
            cohorts: Vec::new(),
            partnership: None,
            fictional: record.fictional,
        }
    }

    /// The meetings of a partnership of which the day is known.
    pub fn of_meetings(forum: &Partnership) -> Vec<Self> {
        let known = forum.meetings.iter().filter_map(|meeting| {
            let day = NaiveDate::parse_from_str(&meeting.held_on, "%Y-%m-%d").ok()?;
            Some((meeting, day))
        });
        let mut entries: Vec<Self> = Vec::new();
        for (meeting, day) in known {
            let name = format!("{}-{day}", forum.slug);
            // Of several on one day each keeps its name while they keep their order.
            let same = entries.iter().filter(|one| one.when == When::Day(day)).count();
            let name = if same == 0 { name } else { format!("{name}-{}", same + 1) };
            entries.push(Self::of_meeting(forum, meeting, (name, day)));
        }
        entries
    }

    fn of_meeting(
        forum: &Partnership,
        meeting: &Meeting,
        (name, day): (String, NaiveDate),
    ) -> Self {
        Self {
            kind: EntryKind::Meeting,
            name,
            title: format!("{} meets", forum.name),
            about: meeting.summary.clone(),
            place: meeting.place.clone(),
            when: When::Day(day),
            called_off: false,
            version: 1,
            written_at: forum.provenance.as_of.and_time(NaiveTime::MIN),
            path: format!("/partnerships/{}", forum.slug),
            cohorts: Vec::new(),
            partnership: Some(forum.slug.clone()),
            fictional: forum.provenance.fictional,
        }
    }
}

/// The paragraphs that there are.
fn joined(parts: [Option<String>; 3]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}
