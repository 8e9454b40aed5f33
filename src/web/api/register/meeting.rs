//! Meetings of partnerships and what they agreed: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{AppError, register::Found},
    domain::register::{AgendaItem, Draft, KeptAgreedAction, KeptMeeting, Record, forum},
    web::api::register::{
        answer::Shape,
        form::RecordForm,
        text::{line, prose, unique, web_address},
        wire::{
            ActionStateWord, Day, Name, Postcode, PostcodeText, SourceId, SourceText, TimeOfDay,
            every, list, optional,
        },
    },
};

record_form! {
    /// A meeting of a partnership, held or to come.
    MeetingForm {
        /// The partnership, of those under `/partnerships`.
        #[validate(nested)]
        pub partnership: Name,
        /// The day, or as much of it as is known: `2026-12-03`, `2026-12`, `2026`, or words.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80, example = "2026-12-03")]
        pub held_on: String,
        /// When it starts on that day, UK time.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub starts: Option<TimeOfDay>,
        /// When it ends on that day, UK time.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ends: Option<TimeOfDay>,
        /// Who holds it, in words; never a person's name.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub host: Option<String>,
        /// Where, in words.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub place: Option<String>,
        /// Postcode or outward code of the place.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub postcode: Option<PostcodeText>,
        /// What it is or was about.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub summary: Option<String>,
        /// What is to be talked about, in order.
        #[validate(length(max = 50), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub agenda: Vec<AgendaItemForm>,
        /// Where notes of it can be read.
        #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
        #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// Identifiers of sources, of those under `/sources`.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub sources: Vec<SourceText>,
    }
}

/// One point of an agenda.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItemForm {
    /// What it is about.
    #[validate(length(min = 1, max = 200), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 200)]
    pub topic: String,
    /// The group it is about, of `cohorts` in the vocabulary.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Name>,
}

record_form! {
    /// Something that a partnership agreed to do.
    PartnershipActionForm {
        /// The partnership, of those under `/partnerships`.
        #[validate(nested)]
        pub partnership: Name,
        /// What was agreed.
        #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 1000)]
        pub text: String,
        /// The organisation that does it, of those under `/organisations`.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Name>,
        /// The role of who does it, such as `Skills lead`; never a person's name.
        #[validate(length(min = 1, max = 120), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 120)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<String>,
        /// The last day for it.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub due_on: Option<Day>,
        /// What has become of it, where that is known; what is not known to be done or
        /// dropped is still to be done.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub state: Option<ActionStateWord>,
        /// The day it was done.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub done_on: Option<Day>,
        /// How far it is known to have come.
        #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 1000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub status_note: Option<String>,
        /// The need of the same partnership that it serves, of those under `/needs`.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub need: Option<Name>,
        /// The meeting of the same partnership at which it was raised, of those under
        /// `/meetings`.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub meeting: Option<Name>,
        /// Identifiers of sources, of those under `/sources`.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub sources: Vec<SourceText>,
    }
}

impl RecordForm for MeetingForm {
    type Body = KeptMeeting;

    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] =
        &[("to_come", Shape::Flag, "Whether it is today or later, where its day is known.")];

    fn work_out(found: &Found<KeptMeeting>, object: &mut Map<String, Value>) {
        if let Some(day) = forum::whole_day(&found.record.body.held_on) {
            object.insert("to_come".to_owned(), json!(day >= found.day));
        }
    }

    fn draft(self) -> Result<Draft<KeptMeeting>, AppError> {
        let head = self.head()?;
        let item = |form: AgendaItemForm| {
            let topic = form.topic.trim().to_owned();
            Ok::<_, AppError>(AgendaItem { topic, cohort: optional(form.cohort)? })
        };
        let body = KeptMeeting {
            partnership: self.partnership.value()?,
            held_on: self.held_on.trim().to_owned(),
            starts: optional(self.starts)?,
            ends: optional(self.ends)?,
            host: self.host,
            place: self.place,
            postcode: optional(self.postcode)?.map(|code| code.0),
            summary: self.summary,
            agenda: self.agenda.into_iter().map(item).collect::<Result<_, _>>()?,
            link: self.link,
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptMeeting>) -> Self {
        let body = record.body.clone();
        let item = |one: AgendaItem| {
            let AgendaItem { topic, cohort } = one;
            AgendaItemForm { topic, cohort: cohort.map(Into::into) }
        };
        Self {
            partnership: body.partnership.into(),
            held_on: body.held_on,
            starts: body.starts.map(Into::into),
            ends: body.ends.map(Into::into),
            host: body.host,
            place: body.place,
            postcode: body.postcode.map(|code| Postcode(code).into()),
            summary: body.summary,
            agenda: body.agenda.into_iter().map(item).collect(),
            link: body.link,
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Skills lead", "stated_on": "2026-10-01",
            "partnership": "care", "held_on": "2027-01-19", "starts": "14:00", "ends": "16:00",
            "host": "An example college", "place": "Main hall", "postcode": "OX16 5QB",
            "summary": "Winter meeting.",
            "agenda": [{"topic": "English at work", "cohort": "refugees"},
                {"topic": "Who can host a placement"}],
            "fictional": true
        })
    }
}

impl RecordForm for PartnershipActionForm {
    type Body = KeptAgreedAction;

    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] = &[(
        "overdue",
        Shape::Flag,
        "Whether its due date has passed and it is neither done nor dropped.",
    )];

    fn work_out(found: &Found<KeptAgreedAction>, object: &mut Map<String, Value>) {
        let urgency = found.record.body.urgency(found.day);
        object.insert("overdue".to_owned(), json!(urgency.is_overdue()));
    }

    fn draft(self) -> Result<Draft<KeptAgreedAction>, AppError> {
        let head = self.head()?;
        let body = KeptAgreedAction {
            partnership: self.partnership.value()?,
            text: self.text.trim().to_owned(),
            owner: optional(self.owner)?,
            role: self.role,
            due_on: optional(self.due_on)?,
            state: optional(self.state)?,
            done_on: optional(self.done_on)?,
            status_note: self.status_note,
            need: optional(self.need)?,
            meeting: optional(self.meeting)?,
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptAgreedAction>) -> Self {
        let body = record.body.clone();
        Self {
            partnership: body.partnership.into(),
            text: body.text,
            owner: body.owner.map(Into::into),
            role: body.role,
            due_on: body.due_on.map(Into::into),
            state: body.state.map(Into::into),
            done_on: body.done_on.map(Into::into),
            status_note: body.status_note,
            need: body.need.map(Into::into),
            meeting: body.meeting.map(Into::into),
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Skills lead", "stated_on": "2026-10-01",
            "partnership": "care", "text": "Ask three colleges for an evening course.",
            "role": "Skills lead", "due_on": "2026-11-01", "state": "open",
            "status_note": "One has answered.", "fictional": true
        })
    }
}
