//! Events: what is sent and answered.

use serde_json::{Value, json};
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{Draft, Event, Record},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, unique, web_address},
        wire::{EventKindWord, Moment, Name, Postcode, PostcodeText, every, list, optional},
    },
};

record_form! {
    /// A meeting, seminar, visit or campaign.
    EventForm {
        /// What it is called.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub title: String,
        /// What kind it is.
        #[validate(nested)]
        pub kind: EventKindWord,
        /// When it starts, UTC.
        #[validate(nested)]
        pub starts_at: Moment,
        /// When it ends, UTC.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ends_at: Option<Moment>,
        /// Where, in words.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub place: Option<String>,
        /// Postcode or outward code of the place.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub postcode: Option<PostcodeText>,
        /// Who holds it, in words; never a person's name.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub host: Option<String>,
        /// The organisation that holds it, where it is in the register.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub organisation: Option<Name>,
        /// Groups it is about, of `cohorts` in the vocabulary.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub cohorts: Vec<Name>,
        /// What it is about.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub summary: String,
        /// Where to read more or book.
        #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
        #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
    }
}

impl RecordForm for EventForm {
    type Body = Event;

    fn draft(self) -> Result<Draft<Event>, AppError> {
        let head = self.head()?;
        let body = Event {
            title: self.title.trim().to_owned(),
            kind: self.kind.value()?,
            starts_at: self.starts_at.value()?,
            ends_at: optional(self.ends_at)?,
            place: self.place,
            postcode: optional(self.postcode)?.map(|code| code.0),
            host: self.host,
            organisation: optional(self.organisation)?,
            cohorts: every(self.cohorts)?,
            summary: self.summary,
            url: self.link,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Event>) -> Self {
        let body = &record.body;
        Self {
            title: body.title.clone(),
            kind: body.kind.into(),
            starts_at: body.starts_at.into(),
            ends_at: body.ends_at.map(Into::into),
            place: body.place.clone(),
            postcode: body.postcode.clone().map(|code| Postcode(code).into()),
            host: body.host.clone(),
            organisation: body.organisation.clone().map(Into::into),
            cohorts: list(&body.cohorts),
            summary: body.summary.clone(),
            link: body.url.clone(),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "title": "HR network meeting", "kind": "hr-network",
            "starts_at": "2026-12-03T09:30:00Z", "ends_at": "2026-12-03T11:00:00Z",
            "place": "Town hall", "postcode": "OX16 5QB", "cohorts": ["refugees"],
            "summary": "How three employers check share codes.", "fictional": true
        })
    }
}
