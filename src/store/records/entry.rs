//! The part that every record shares, as a row.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::register::{Draft, Ending, Record, Statement, Voice};
use crate::store::schema::entry;
use crate::store::{StoreError, value};

/// A row of `entry` as it is read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = entry)]
pub(super) struct Entry {
    pub id: i64,
    pub slug: String,
    pub version: i64,
    pub owner_id: Option<i64>,
    voice: String,
    stated_by: Option<String>,
    stated_on: NaiveDate,
    until: Option<NaiveDate>,
    source: Option<String>,
    pub confirmed_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    end_reason: Option<String>,
    fictional: bool,
    recorded_at: NaiveDateTime,
    doubted_on: Option<NaiveDate>,
}

/// A row of `entry` as it is written for the first time.
#[derive(Insertable)]
#[diesel(table_name = entry, treat_none_as_default_value = false)]
pub(super) struct NewEntry<'a> {
    pub kind: &'a str,
    pub slug: String,
    pub version: i64,
    pub owner_id: Option<i64>,
    pub voice: &'a str,
    pub stated_by: Option<String>,
    pub stated_on: NaiveDate,
    pub until: Option<NaiveDate>,
    pub source: Option<String>,
    pub fictional: bool,
    pub recorded_at: NaiveDateTime,
}

/// What a change may touch.
#[derive(AsChangeset)]
#[diesel(table_name = entry, treat_none_as_null = true)]
pub(super) struct Header {
    pub version: i64,
    pub owner_id: Option<i64>,
    pub voice: &'static str,
    pub stated_by: Option<String>,
    pub stated_on: NaiveDate,
    pub until: Option<NaiveDate>,
    pub source: Option<String>,
    pub confirmed_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<String>,
    pub fictional: bool,
    pub recorded_at: NaiveDateTime,
    pub doubted_on: Option<NaiveDate>,
}

impl Entry {
    /// The record, with its body.
    pub(super) fn record<T>(self, body: T) -> Result<Record<T>, StoreError> {
        let voice = voice(&self.voice)?;
        let (by, on, until, source) = (self.stated_by, self.stated_on, self.until, self.source);
        Ok(Record {
            slug: value::slug(&self.slug)?,
            version: self.version,
            said: Statement { voice, by, on, until, source },
            confirmed_on: self.confirmed_on,
            ended: self.ended_on.map(|on| Ending { on, reason: self.end_reason }),
            fictional: self.fictional,
            recorded_at: self.recorded_at,
            doubted_on: self.doubted_on,
            body,
        })
    }
}

/// On whose word a row says it rests.
pub(super) fn voice(text: &str) -> Result<Voice, StoreError> {
    Voice::parse(text).ok_or_else(|| StoreError::corrupt(format!("a voice {text:?}")))
}

impl<'a> NewEntry<'a> {
    /// The first row of a record.
    pub(super) fn new<T: crate::domain::register::Body>(
        draft: &'a Draft<T>,
        owner_id: Option<i64>,
        at: NaiveDateTime,
    ) -> Self {
        let Statement { voice, by, on, until, source } = &draft.said;
        Self {
            kind: T::KIND.as_str(),
            slug: draft.name().to_string(),
            version: 1,
            owner_id,
            voice: voice.as_str(),
            stated_by: by.clone(),
            stated_on: *on,
            until: *until,
            source: source.clone(),
            fictional: draft.fictional,
            recorded_at: at,
        }
    }
}

impl Header {
    /// What a record's row must become.
    pub(super) fn of<T>(record: &Record<T>, owner_id: Option<i64>) -> Self {
        let Statement { voice, by, on, until, source } = &record.said;
        Self {
            version: record.version,
            owner_id,
            voice: voice.as_str(),
            stated_by: by.clone(),
            stated_on: *on,
            until: *until,
            source: source.clone(),
            confirmed_on: record.confirmed_on,
            ended_on: record.ended.as_ref().map(|ending| ending.on),
            end_reason: record.ended.as_ref().and_then(|ending| ending.reason.clone()),
            fictional: record.fictional,
            recorded_at: record.recorded_at,
            doubted_on: record.doubted_on,
        }
    }
}
