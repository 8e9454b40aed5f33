//! A record as a file has it: what all kinds share, and the body of one kind.

use chrono::NaiveDate;

use crate::{
    app::exchange::{
        form::{Else, Fields, Given, May, Reading, put},
        kinds::Exchanged,
        value::{Day, Flag, Line, Name, Prose, Read, Shape, Wrong},
        words::word,
    },
    domain::{
        register::{Draft, Ending, Record, Statement, Voice},
        slug::Slug,
    },
};

/// The part of a row that all kinds share.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    slug: Option<Slug>,
    voice: Voice,
    stated_by: Option<String>,
    stated_on: Option<NaiveDate>,
    until: Option<NaiveDate>,
    source: Option<String>,
    fictional: bool,
    confirmed_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    end_reason: Option<String>,
}

fields! {
    Head {
        "slug" slug: May(Name);
        "voice" voice: Else(word(), Voice::List);
        "stated_by" stated_by: May(Line(120));
        "stated_on" stated_on: May(Day);
        "until" until: May(Day);
        "source" source: May(Line(500));
        "fictional" fictional: Else(Flag, false);
        "confirmed_on" confirmed_on: May(Day);
        "ended_on" ended_on: May(Day);
        "end_reason" end_reason: May(Prose(500));
    }
}

/// The fields that tell who said a record and when.
pub const SAID: [&str; 5] = ["voice", "stated_by", "stated_on", "until", "source"];

/// A record as a file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<T> {
    /// What would be written.
    pub draft: Draft<T>,
    /// The last day that somebody who knows confirmed it.
    pub confirmed_on: Option<NaiveDate>,
    /// From when it no longer counts.
    pub ended: Option<Ending>,
}

impl<T: Exchanged> Entry<T> {
    /// The fields in the order of the columns: name first, then what is said, then who
    /// said it.
    pub fn shapes() -> Vec<(&'static str, Shape)> {
        let head = Head::shapes();
        let named = head.iter().take(1).copied();
        named.chain(T::shapes()).chain(head.iter().skip(1).copied()).collect()
    }

    /// Reads it; what the file does not date was said on `default_on`.
    pub fn read(given: &Given, default_on: NaiveDate) -> Read<Self> {
        let mut reading = Reading::of(given);
        let head = Head::take(&mut reading);
        let body = T::take(&mut reading);
        let (Some(head), Some(body), true) = (head, body, reading.wrong.is_empty()) else {
            return Err(reading.wrong);
        };
        let on = head.stated_on.unwrap_or(default_on);
        if head.end_reason.is_some() && head.ended_on.is_none() {
            let reason = "a reason needs the day in ended_on";
            return Err(vec![Wrong::of_field("end_reason", "text", reason)]);
        }
        let (voice, until) = (head.voice, head.until);
        let said = Statement { voice, by: head.stated_by, on, until, source: head.source };
        Ok(Self {
            draft: Draft { slug: head.slug, said, fictional: head.fictional, body },
            confirmed_on: head.confirmed_on,
            ended: head.ended_on.map(|on| Ending { on, reason: head.end_reason }),
        })
    }

    /// The days on which a draft was said, which rules compare with those of its body.
    pub fn said(draft: &Draft<T>) -> Given {
        let mut given = Given::new();
        put(&mut given, "stated_on", &May(Day), &Some(draft.said.on));
        put(&mut given, "until", &May(Day), &draft.said.until);
        given
    }

    /// The fields of a record.
    pub fn write(record: &Record<T>) -> Given {
        let said = record.said.clone();
        let head = Head {
            slug: Some(record.slug.clone()),
            voice: said.voice,
            stated_by: said.by,
            stated_on: Some(said.on),
            until: said.until,
            source: said.source,
            fictional: record.fictional,
            confirmed_on: record.confirmed_on,
            ended_on: record.ended.as_ref().map(|ending| ending.on),
            end_reason: record.ended.as_ref().and_then(|ending| ending.reason.clone()),
        };
        let mut given = Given::new();
        head.put(&mut given);
        record.body.put(&mut given);
        given
    }
}
