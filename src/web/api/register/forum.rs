//! Partnerships: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};
use validator::Validate;

use crate::{
    app::{AppError, Snapshot, register::Found},
    domain::register::{Draft, KeptMember, KeptPartnership, Record},
    web::api::{
        partnerships::{BesideBody, ForumActionBody, ForumMeetingBody, NeedBody},
        parts::{LabelBody, ProvenanceBody, SourceBody},
        register::{
            answer::Shape,
            documents::Schemas,
            form::RecordForm,
            text::{line, prose, unique},
            wire::{
                Area, AreaText, Asked, AskedText, CapacityWord, Day, Name, SourceId, SourceText,
                every, list, optional,
            },
        },
    },
};

record_form! {
    /// A workforce development partnership: a forum, not a provider. Its needs, meetings and
    /// actions are records of their own.
    PartnershipForm {
        /// Name.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub name: String,
        /// Sectors it is for, of `sectors` in the vocabulary.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub sectors: Vec<Name>,
        /// Counties it covers.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub area: Vec<AreaText>,
        /// Who runs the meetings.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub facilitator: Option<String>,
        /// The organisation whose people champion it: its public name in the register, or its
        /// name; never a person's.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub champion: Option<String>,
        /// How often it meets, in words.
        #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 1000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub cadence: Option<String>,
        /// What it is for.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub summary: String,
        /// Organisations known to have taken part.
        #[validate(length(max = 500), nested)]
        #[schema(max_items = 500)]
        #[serde(default)]
        pub members: Vec<MemberForm>,
        /// How people ask for it.
        #[validate(length(max = 50), custom(function = "unique"), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub asked: Vec<AskedText>,
        /// Identifiers of sources, of those under `/sources`.
        #[validate(length(max = 50), custom(function = "unique"), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub sources: Vec<SourceText>,
        /// What is uncertain about it.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
}

/// An organisation's part in a partnership.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberForm {
    /// The organisation: its public name in the register, or, where it is not there, its
    /// name. What has the form of a public name must be one.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120, example = "brook-bakery")]
    pub organisation: String,
    /// As what it takes part.
    #[validate(nested)]
    pub capacity: CapacityWord,
    /// The first day of it, where known.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day of it, where known.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Identifiers of sources, of those under `/sources`.
    #[validate(length(max = 20), custom(function = "unique"), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub sources: Vec<SourceText>,
    /// The day this was last known to be right, where that is not the partnership's.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// What is uncertain about it.
    #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(default, skip_serializing_if = "crate::web::api::search_body::is_false")]
    pub fictional: bool,
}

impl RecordForm for PartnershipForm {
    type Body = KeptPartnership;

    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] = &[
        ("page_url", Shape::Text, "Its page on this site."),
        ("sector_labels", Shape::List("LabelBody"), "The sectors with the words shown for them."),
        ("member_count", Shape::Count, "How many members are known."),
        ("need_count", Shape::Count, "How many of its needs stand."),
        ("provenance", Shape::One("ProvenanceBody"), "Where this comes from."),
        ("needs", Shape::List("NeedBody"), "Its needs that stand; where one partnership is shown."),
        (
            "meetings",
            Shape::List("ForumMeetingBody"),
            "Its meetings, latest first; where one partnership is shown.",
        ),
        (
            "actions",
            Shape::List("ForumActionBody"),
            "What it agreed to do, overdue first; where one partnership is shown.",
        ),
    ];

    fn schemas_beside(all: &mut Schemas) {
        all.push((NeedBody::name().into_owned(), NeedBody::schema()));
        all.push((ForumMeetingBody::name().into_owned(), ForumMeetingBody::schema()));
        all.push((ForumActionBody::name().into_owned(), ForumActionBody::schema()));
        all.push((LabelBody::name().into_owned(), LabelBody::schema()));
        all.push((ProvenanceBody::name().into_owned(), ProvenanceBody::schema()));
        all.push((SourceBody::name().into_owned(), SourceBody::schema()));
        ForumMeetingBody::schemas(all);
    }

    fn in_list(
        snapshot: &Snapshot,
        found: &Found<KeptPartnership>,
        object: &mut Map<String, Value>,
    ) {
        BesideBody::of(snapshot, &found.record).add(object);
    }

    fn beside(
        snapshot: &Snapshot,
        found: &Found<KeptPartnership>,
        object: &mut Map<String, Value>,
    ) {
        BesideBody::of(snapshot, &found.record).whole(snapshot, &found.record.slug).add(object);
    }

    fn draft(self) -> Result<Draft<KeptPartnership>, AppError> {
        let head = self.head()?;
        let body = KeptPartnership {
            name: self.name.trim().to_owned(),
            sectors: every(self.sectors)?,
            area: every(self.area)?.into_iter().map(|one| one.0).collect(),
            facilitator: self.facilitator,
            champion: self.champion.map(|text| text.trim().to_owned()),
            cadence: self.cadence,
            summary: self.summary,
            members: self.members.into_iter().map(MemberForm::value).collect::<Result<_, _>>()?,
            asked: every(self.asked)?.into_iter().map(|words| words.0).collect(),
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            note: self.note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptPartnership>) -> Self {
        let body = record.body.clone();
        Self {
            name: body.name,
            sectors: list(&body.sectors),
            area: list(&body.area.into_iter().map(Area).collect::<Vec<_>>()),
            facilitator: body.facilitator,
            champion: body.champion,
            cadence: body.cadence,
            summary: body.summary,
            members: body.members.into_iter().map(Into::into).collect(),
            asked: list(&body.asked.into_iter().map(Asked).collect::<Vec<_>>()),
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            note: body.note,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Skills lead", "stated_on": "2026-10-01",
            "name": "Night economy partnership", "sectors": ["hospitality"],
            "area": ["Oxfordshire"], "facilitator": "An example chamber",
            "champion": "An example hotel", "cadence": "Each quarter",
            "summary": "Employers and colleges meet about evening work.",
            "members": [{"organisation": "An example hotel", "capacity": "employer",
                "from": "2026-01-15"},
                {"organisation": "An example college", "capacity": "host",
                "from": "2026-01-15", "to": "2026-07-31"}],
            "asked": ["forum for evening work"], "fictional": true
        })
    }
}

impl MemberForm {
    fn value(self) -> Result<KeptMember, AppError> {
        Ok(KeptMember {
            organisation: self.organisation.trim().to_owned(),
            capacity: self.capacity.value()?,
            from: optional(self.from)?,
            to: optional(self.to)?,
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            as_of: optional(self.as_of)?,
            note: self.note,
            fictional: self.fictional,
        })
    }
}

impl From<KeptMember> for MemberForm {
    fn from(member: KeptMember) -> Self {
        Self {
            organisation: member.organisation,
            capacity: member.capacity.into(),
            from: member.from.map(Into::into),
            to: member.to.map(Into::into),
            sources: list(&member.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            as_of: member.as_of.map(Into::into),
            note: member.note,
            fictional: member.fictional,
        }
    }
}
