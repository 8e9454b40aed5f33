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
            HorizonWord, Industry, IndustryText, Name, NeedStateWord, PriorityWord, SocCode,
            SocText, SourceId, SourceText, every, list, optional,
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
            "priority": "high", "state": "open", "evidence": "Said in two meetings.",
            "raised_on": "2026-09-30", "fictional": true
        })
    }
}
