//! The charter's versions and actions: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{CharterStance, Draft, FocusArea, KeptAction, KeptCharter, Record},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, scheme, unique},
        wire::{Asked, AskedText, Day, Name, SourceId, SourceText, every, list, optional},
    },
};

record_form! {
    /// An option of the charter's menu.
    ActionForm {
        /// Code; in lower case it is the public name, and stays.
        #[validate(length(min = 1, max = 20), custom(function = "scheme"))]
        #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9-]+$", example = "E2")]
        pub code: String,
        /// Stance it is taken from, of those of the charter.
        #[validate(nested)]
        pub stance: Name,
        /// Focus area, of those of the charter.
        #[validate(nested)]
        pub focus_area: Name,
        /// Short label.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub label: String,
        /// What it asks for.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub description: String,
        /// What to do first; advice, not sourced.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub help: String,
        /// Whether progress can be given as a number.
        #[serde(default)]
        pub measurable: bool,
        /// The number's unit.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub unit: Option<String>,
        /// Whether a published pledge shows it, or it is only an illustration.
        #[serde(default)]
        pub evidenced: bool,
        /// Groups it plainly concerns, of `cohorts` in the vocabulary; none for all.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub cohorts: Vec<Name>,
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

record_form! {
    /// A version of the charter: what it is, and what its actions are sorted by.
    CharterVersionForm {
        /// Public name of the charter; a register has one charter.
        #[validate(nested)]
        pub charter: Name,
        /// Name of the charter.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub name: String,
        /// What it is.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub summary: String,
        /// The version, as published; signatures name it.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80, example = "2023")]
        pub charter_version: String,
        /// The day the version was launched; the one launched last is shown.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub launched_on: Option<Day>,
        /// Focus areas, in the order shown.
        #[validate(length(max = 50), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub focus_areas: Vec<FocusAreaForm>,
        /// Stances that actions are taken from, in the order shown.
        #[validate(length(max = 50), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub stances: Vec<CharterStanceForm>,
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

/// A focus area of the charter.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FocusAreaForm {
    /// Its name.
    #[validate(nested)]
    pub slug: Name,
    /// Words shown.
    #[validate(length(min = 1, max = 200), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 200)]
    pub label: String,
}

/// A stance that actions are taken from.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CharterStanceForm {
    /// Its name.
    #[validate(nested)]
    pub slug: Name,
    /// Words shown.
    #[validate(length(min = 1, max = 200), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 200)]
    pub label: String,
    /// What it means.
    #[validate(length(min = 1, max = 1000), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 1000)]
    pub meaning: String,
}

impl RecordForm for ActionForm {
    type Body = KeptAction;

    fn draft(self) -> Result<Draft<KeptAction>, AppError> {
        let head = self.head()?;
        let body = KeptAction {
            code: self.code,
            stance: self.stance.value()?,
            focus_area: self.focus_area.value()?,
            label: self.label.trim().to_owned(),
            description: self.description,
            help: self.help,
            measurable: self.measurable,
            unit: self.unit,
            evidenced: self.evidenced,
            cohorts: every(self.cohorts)?,
            asked: every(self.asked)?.into_iter().map(|words| words.0).collect(),
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            note: self.note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptAction>) -> Self {
        let body = record.body.clone();
        Self {
            code: body.code,
            stance: body.stance.into(),
            focus_area: body.focus_area.into(),
            label: body.label,
            description: body.description,
            help: body.help,
            measurable: body.measurable,
            unit: body.unit,
            evidenced: body.evidenced,
            cohorts: list(&body.cohorts),
            asked: list(&body.asked.into_iter().map(Asked).collect::<Vec<_>>()),
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            note: body.note,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Charter lead", "stated_on": "2026-10-01",
            "code": "E15", "stance": "employer", "focus_area": "inclusive-employment",
            "label": "Job trials", "description": "Let people try a job before they apply.",
            "help": "Start with one team.", "measurable": true, "unit": "trials",
            "cohorts": ["prison-leavers"], "asked": ["try a job"], "fictional": true
        })
    }
}

impl RecordForm for CharterVersionForm {
    type Body = KeptCharter;

    fn draft(self) -> Result<Draft<KeptCharter>, AppError> {
        let head = self.head()?;
        let area = |form: FocusAreaForm| {
            Ok::<_, AppError>(FocusArea { slug: form.slug.value()?, label: form.label })
        };
        let stance = |form: CharterStanceForm| {
            let CharterStanceForm { slug, label, meaning } = form;
            Ok::<_, AppError>(CharterStance { slug: slug.value()?, label, meaning })
        };
        let body = KeptCharter {
            charter: self.charter.value()?,
            name: self.name.trim().to_owned(),
            summary: self.summary,
            version: self.charter_version.trim().to_owned(),
            launched_on: optional(self.launched_on)?,
            focus_areas: self.focus_areas.into_iter().map(area).collect::<Result<_, _>>()?,
            stances: self.stances.into_iter().map(stance).collect::<Result<_, _>>()?,
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            note: self.note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptCharter>) -> Self {
        let body = record.body.clone();
        let area = |one: FocusArea| FocusAreaForm { slug: one.slug.into(), label: one.label };
        let stance = |one: CharterStance| CharterStanceForm {
            slug: one.slug.into(),
            label: one.label,
            meaning: one.meaning,
        };
        Self {
            charter: body.charter.into(),
            name: body.name,
            summary: body.summary,
            charter_version: body.version,
            launched_on: body.launched_on.map(Into::into),
            focus_areas: body.focus_areas.into_iter().map(area).collect(),
            stances: body.stances.into_iter().map(stance).collect(),
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            note: body.note,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Charter lead", "stated_on": "2026-10-01",
            "charter": "oxfordshire-inclusive-economy", "name": "Inclusive economy charter",
            "summary": "Actions for a year.", "charter_version": "2027 draft",
            "launched_on": "2027-01-12",
            "focus_areas": [{"slug": "inclusive-employment", "label": "Inclusive employment"}],
            "stances": [{"slug": "employer", "label": "As an employer",
                "meaning": "What you do when you recruit."}],
            "fictional": true
        })
    }
}
