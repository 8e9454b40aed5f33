//! Introductions: what is sent and answered. A state and counts; no person.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{Draft, Introduction, Outcomes, Record},
    web::api::register::{
        form::RecordForm,
        text::opaque,
        wire::{IntroductionKindWord, IntroductionStateWord, Name, optional},
    },
};

record_form! {
    /// An introduction: a coordinator links an employer and a provider, or a broker asks
    /// an employer. There is no place for a person.
    IntroductionForm {
        /// Who is introduced to whom.
        #[validate(nested)]
        pub kind: IntroductionKindWord,
        /// The employer.
        #[validate(nested)]
        pub organisation: Name,
        /// The other organisation, where there is one.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub other: Option<Name>,
        /// The partnership it came from.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub partnership: Option<Name>,
        /// The group it is about; a value of `cohorts` in the vocabulary.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub cohort: Option<Name>,
        /// The sender's own mark for it; it means nothing to anybody else, and never
        /// names a person: letters, digits and hyphens.
        #[validate(custom(function = "opaque"))]
        #[schema(min_length = 1, max_length = 24, pattern = "^[A-Za-z0-9-]+$")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reference: Option<String>,
        /// How far it has come.
        #[validate(nested)]
        pub state: IntroductionStateWord,
        /// What came of it.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub outcomes: Option<OutcomesForm>,
    }
}

/// Counts of what came of it; absent is not known.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomesForm {
    /// People interviewed.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interviewed: Option<i32>,
    /// People offered work or a place.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<i32>,
    /// People who started.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<i32>,
    /// People still there after 13 weeks.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_13_weeks: Option<i32>,
}

impl RecordForm for IntroductionForm {
    type Body = Introduction;

    fn draft(self) -> Result<Draft<Introduction>, AppError> {
        let head = self.head()?;
        let body = Introduction {
            kind: self.kind.value()?,
            organisation: self.organisation.value()?,
            other: optional(self.other)?,
            partnership: optional(self.partnership)?,
            cohort: optional(self.cohort)?,
            reference: self.reference,
            state: self.state.value()?,
            outcomes: self.outcomes.map(OutcomesForm::value).unwrap_or_default(),
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Introduction>) -> Self {
        let body = &record.body;
        let told = body.outcomes != Outcomes::default();
        Self {
            kind: body.kind.into(),
            organisation: body.organisation.clone().into(),
            other: body.other.clone().map(Into::into),
            partnership: body.partnership.clone().map(Into::into),
            cohort: body.cohort.clone().map(Into::into),
            reference: body.reference.clone(),
            state: body.state.into(),
            outcomes: told.then(|| OutcomesForm::of(body.outcomes)),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "kind": "broker-employer", "organisation": "brook-bakery",
            "cohort": "prison-leavers", "reference": "A17", "state": "proposed",
            "outcomes": {"interviewed": 1}, "fictional": true
        })
    }
}

impl OutcomesForm {
    fn value(self) -> Outcomes {
        Outcomes {
            interviewed: self.interviewed,
            offered: self.offered,
            started: self.started,
            kept_13_weeks: self.kept_13_weeks,
        }
    }

    fn of(counts: Outcomes) -> Self {
        Self {
            interviewed: counts.interviewed,
            offered: counts.offered,
            started: counts.started,
            kept_13_weeks: counts.kept_13_weeks,
        }
    }
}
