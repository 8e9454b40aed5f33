//! Recognition schemes: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{Draft, KeptScheme, Prerequisite, Record, SchemeLevel},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, unique},
        wire::{Name, SchemeKindWord, SourceId, SourceText, every, list, optional},
    },
};

record_form! {
    /// A badge, award, pledge or accreditation of somebody else.
    SchemeForm {
        /// Name.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub name: String,
        /// What it is.
        #[validate(nested)]
        pub kind: SchemeKindWord,
        /// Who runs it.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub owner: String,
        /// What it is, in words.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub summary: String,
        /// Levels, lowest first.
        #[validate(length(max = 20), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub levels: Vec<SchemeLevelForm>,
        /// What a holder must show.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub evidence_rule: String,
        /// How long a recognition lasts, in months, where it ends.
        #[validate(range(min = 1, max = 1_200))]
        #[schema(minimum = 1, maximum = 1_200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub lifetime_months: Option<i32>,
        /// How long a recognition lasts, in words.
        #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 1000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub lifetime_note: Option<String>,
        /// What must be held before.
        #[validate(length(max = 20), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub prerequisites: Vec<PrerequisiteForm>,
        /// The public list of holders: its address, or a sentence about it.
        #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 1000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub public_list: Option<String>,
        /// What a listing proves, honestly.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        pub what_it_proves: String,
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

/// A level of a scheme.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SchemeLevelForm {
    /// Its name within the scheme.
    #[validate(nested)]
    pub slug: Name,
    /// Words shown.
    #[validate(length(min = 1, max = 200), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 200)]
    pub label: String,
    /// Its place, lowest first.
    #[validate(range(min = 0, max = 1_000))]
    #[schema(minimum = 0, maximum = 1_000)]
    pub order: i32,
    /// How long this level lasts, in months, where it differs from the scheme's.
    #[validate(range(min = 1, max = 1_200))]
    #[schema(minimum = 1, maximum = 1_200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_months: Option<i32>,
}

/// What a scheme asks its applicants to hold already.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrerequisiteForm {
    /// The other scheme, or the same for a lower level.
    #[validate(nested)]
    pub scheme: Name,
    /// The level needed; absent for any.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Name>,
    /// What more there is to say.
    #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl RecordForm for SchemeForm {
    type Body = KeptScheme;

    fn draft(self) -> Result<Draft<KeptScheme>, AppError> {
        let head = self.head()?;
        let levels = self.levels.into_iter().map(SchemeLevelForm::value);
        let prerequisites = self.prerequisites.into_iter().map(PrerequisiteForm::value);
        let body = KeptScheme {
            name: self.name.trim().to_owned(),
            kind: self.kind.value()?,
            run_by: self.owner,
            summary: self.summary,
            levels: levels.collect::<Result<_, _>>()?,
            evidence_rule: self.evidence_rule,
            lifetime_months: self.lifetime_months,
            lifetime_note: self.lifetime_note,
            prerequisites: prerequisites.collect::<Result<_, _>>()?,
            public_list: self.public_list,
            what_it_proves: self.what_it_proves,
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            note: self.note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptScheme>) -> Self {
        let body = record.body.clone();
        Self {
            name: body.name,
            kind: body.kind.into(),
            owner: body.run_by,
            summary: body.summary,
            levels: body.levels.into_iter().map(Into::into).collect(),
            evidence_rule: body.evidence_rule,
            lifetime_months: body.lifetime_months,
            lifetime_note: body.lifetime_note,
            prerequisites: body.prerequisites.into_iter().map(Into::into).collect(),
            public_list: body.public_list,
            what_it_proves: body.what_it_proves,
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            note: body.note,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "partnership", "stated_by": "Charter lead", "stated_on": "2026-10-01",
            "name": "Open Door Award (fictional)", "kind": "award",
            "owner": "An Example Office (fictional)", "summary": "Given once a year.",
            "levels": [{"slug": "bronze", "label": "Bronze", "order": 1},
                {"slug": "gold", "label": "Gold", "order": 2, "lifetime_months": 60}],
            "evidence_rule": "A statement, once a year.", "lifetime_months": 36,
            "prerequisites": [{"scheme": "disability-confident", "level": "1"}],
            "what_it_proves": "That a statement was sent.", "fictional": true
        })
    }
}

impl SchemeLevelForm {
    fn value(self) -> Result<SchemeLevel, AppError> {
        let Self { slug, label, order, lifetime_months } = self;
        Ok(SchemeLevel { slug: slug.value()?, label, order, lifetime_months })
    }
}

impl From<SchemeLevel> for SchemeLevelForm {
    fn from(level: SchemeLevel) -> Self {
        let SchemeLevel { slug, label, order, lifetime_months } = level;
        Self { slug: slug.into(), label, order, lifetime_months }
    }
}

impl PrerequisiteForm {
    fn value(self) -> Result<Prerequisite, AppError> {
        let Self { scheme, level, note } = self;
        Ok(Prerequisite { scheme: scheme.value()?, level: optional(level)?, note })
    }
}

impl From<Prerequisite> for PrerequisiteForm {
    fn from(needed: Prerequisite) -> Self {
        let Prerequisite { scheme, level, note } = needed;
        Self { scheme: scheme.into(), level: level.map(Into::into), note }
    }
}
