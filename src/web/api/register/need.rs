//! Needs of partnerships: what is sent and answered.

use serde_json::{Value, json};
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{Draft, KeptNeed, Record},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, unique},
        wire::{
            Day, DeliveryWord, HorizonWord, Industry, IndustryText, Name, NeedStateWord, PlaceName,
            PlaceText, PriorityWord, SocCode, SocText, SourceId, SourceText, every, list, optional,
        },
    },
};

record_form! {
    /// A skill or problem that a partnership named.
    PartnershipNeedForm {
        /// The partnership, of those under `/partnerships`.
        #[validate(nested)]
        pub partnership: Name,
        /// Short title.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub title: String,
        /// What was said.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// SOC 2020 unit groups of the people needed.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub soc: Vec<SocText>,
        /// SIC 2007 codes of who needs them.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub sic: Vec<IndustryText>,
        /// Lowest level of learning asked for; entry is 0.
        #[validate(range(min = 0, max = 8))]
        #[schema(minimum = 0, maximum = 8)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub level_from: Option<i32>,
        /// Highest level of learning asked for.
        #[validate(range(min = 0, max = 8))]
        #[schema(minimum = 0, maximum = 8)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub level_to: Option<i32>,
        /// By when.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub horizon: Option<HorizonWord>,
        /// How many people.
        #[validate(range(min = 1, max = 100_000))]
        #[schema(minimum = 1, maximum = 100_000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub headcount: Option<i32>,
        /// How much it matters.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub priority: Option<PriorityWord>,
        /// What has become of it; `open` unless said. What is `met` or `dropped` is no
        /// longer shown with its partnership, found or matched.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub state: Option<NeedStateWord>,
        /// The employer in the register who voiced it; shown to coordinators alone.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub organisation: Option<Name>,
        /// Where people are needed. A whole postcode is cut to its outward code.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub place: Option<PlaceText>,
        /// How far a learner can travel from there, in miles in a straight line: 5, 10, 20
        /// or 50; absent for any distance. Only with a place.
        #[validate(range(min = 5, max = 50))]
        #[schema(minimum = 5, maximum = 50)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub travel_miles: Option<i32>,
        /// The last day on which training may begin.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub start_by: Option<Day>,
        /// Ways of teaching that are accepted; none for any.
        #[validate(length(max = 4), custom(function = "unique"), nested)]
        #[schema(max_items = 4)]
        #[serde(default)]
        pub modes: Vec<DeliveryWord>,
        /// Groups that the places are for, of `cohorts` in the vocabulary; none for everybody.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub cohorts: Vec<Name>,
        /// How it is known.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub evidence: Option<String>,
        /// When it was raised: a date, or in words.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80, example = "2026-11-12")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub raised_on: Option<String>,
        /// Who gave it its codes and how.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub coding: Option<String>,
        /// Identifiers of sources, of those under `/sources`.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub sources: Vec<SourceText>,
        /// What is uncertain about it.
        #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 1000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
}

impl RecordForm for PartnershipNeedForm {
    type Body = KeptNeed;

    fn draft(self) -> Result<Draft<KeptNeed>, AppError> {
        let head = self.head()?;
        let body = KeptNeed {
            partnership: self.partnership.value()?,
            title: self.title.trim().to_owned(),
            description: self.description,
            soc: every(self.soc)?.into_iter().map(|code| code.0).collect(),
            sic: every(self.sic)?.into_iter().map(|code| code.0).collect(),
            level_from: self.level_from,
            level_to: self.level_to,
            horizon: optional(self.horizon)?,
            headcount: self.headcount,
            priority: optional(self.priority)?,
            state: optional(self.state)?.unwrap_or(crate::domain::register::NeedState::Open),
            organisation: optional(self.organisation)?,
            place: optional(self.place)?.map(|place| place.0),
            travel_miles: self.travel_miles,
            start_by: optional(self.start_by)?,
            modes: every(self.modes)?,
            cohorts: every(self.cohorts)?,
            evidence: self.evidence,
            raised_on: self.raised_on,
            coding: self.coding,
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            note: self.note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptNeed>) -> Self {
        let body = record.body.clone();
        Self {
            partnership: body.partnership.into(),
            title: body.title,
            description: body.description,
            soc: list(&body.soc.into_iter().map(SocCode).collect::<Vec<_>>()),
            sic: list(&body.sic.into_iter().map(Industry).collect::<Vec<_>>()),
            level_from: body.level_from,
            level_to: body.level_to,
            horizon: body.horizon.map(Into::into),
            headcount: body.headcount,
            priority: body.priority.map(Into::into),
            state: Some(body.state.into()),
            organisation: body.organisation.map(Into::into),
            place: body.place.map(|place| PlaceName(place).into()),
            travel_miles: body.travel_miles,
            start_by: body.start_by.map(Into::into),
            modes: list(&body.modes),
            cohorts: list(&body.cohorts),
            evidence: body.evidence,
            raised_on: body.raised_on,
            coding: body.coding,
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            note: body.note,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Skills lead", "stated_on": "2026-10-01",
            "partnership": "care", "title": "Night care workers", "soc": ["6135"],
            "sic": ["87"], "level_from": 2, "level_to": 3, "horizon": "1y", "headcount": 40,
            "priority": "high", "state": "open", "place": "OX16", "travel_miles": 20,
            "start_by": "2027-04-30", "modes": ["classroom", "blended"], "evidence": "Said in two meetings.",
            "raised_on": "2026-09-30", "fictional": true
        })
    }
}
