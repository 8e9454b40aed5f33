//! Postures: what an employer says about hiring from one group.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{DayRelease, Disclosure, Draft, English, OffencePosture, Posture, Record},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, unique},
        wire::{
            Day, DisclosureTimingWord, EnglishLevelWord, Name, OffenceGroupWord, OffenceStanceWord,
            SelectionOfferWord, StanceWord, every, list, optional,
        },
    },
};

record_form! {
    /// What an employer says about hiring from one group. What is absent was not stated:
    /// it is not no, and not yes.
    PostureForm {
        /// The employer.
        #[validate(nested)]
        pub organisation: Name,
        /// The group; a value of `cohorts` in the vocabulary.
        #[validate(nested)]
        pub cohort: Name,
        /// How it stands.
        #[validate(nested)]
        pub stance: StanceWord,
        /// Under which conditions, in its words.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub conditions: Option<String>,
        /// Whether the employer wants this to be public; `offences`, `disclosure` and
        /// `broker_note` never are.
        #[serde(default)]
        pub public: bool,
        /// What it offers in choosing people.
        #[validate(length(max = 8), custom(function = "unique"), nested)]
        #[schema(max_items = 8)]
        #[serde(default)]
        pub offers: Vec<SelectionOfferWord>,
        /// English really needed.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub english: Option<EnglishForm>,
        /// Day release from prison.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub day_release: Option<DayReleaseForm>,
        /// The last day before it should be asked again.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub review_by: Option<Day>,
        /// Offences it rules out; shown to brokers only.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub offences: Option<OffencesForm>,
        /// How it deals with disclosure; shown to brokers only.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub disclosure: Option<DisclosureForm>,
        /// What else it told brokers; shown to brokers only.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub broker_note: Option<String>,
    }
}

/// English really needed for the work, by skill.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnglishForm {
    /// Speaking and listening.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaking: Option<EnglishLevelWord>,
    /// Reading.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<EnglishLevelWord>,
    /// Writing.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writing: Option<EnglishLevelWord>,
}

/// Readiness for people on day release (ROTL).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayReleaseForm {
    /// Whether it takes people on day release.
    pub accepts: bool,
    /// Whether it has an agreement with a prison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_agreement: Option<bool>,
    /// Weeks it needs beforehand.
    #[validate(range(min = 0, max = 104))]
    #[schema(minimum = 0, maximum = 104)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_time_weeks: Option<i32>,
    /// How far people may travel, in miles.
    #[validate(range(min = 0, max = 500))]
    #[schema(minimum = 0, maximum = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_limit_miles: Option<i32>,
}

/// Offences an employer rules out.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OffencesForm {
    /// How it stands.
    #[validate(nested)]
    pub stance: OffenceStanceWord,
    /// Groups ruled out; with the stance `listed`, and only then.
    #[validate(length(max = 6), custom(function = "unique"), nested)]
    #[schema(max_items = 6)]
    #[serde(default)]
    pub groups: Vec<OffenceGroupWord>,
    /// In words.
    #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How an employer deals with disclosure of convictions.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosureForm {
    /// When it asks.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<DisclosureTimingWord>,
    /// Whether it wants a disclosure letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_needed: Option<bool>,
    /// Whether spent convictions are left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unspent_only: Option<bool>,
    /// The role to talk to; never a person's name.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk_to_role: Option<String>,
}

impl RecordForm for PostureForm {
    type Body = Posture;

    fn draft(self) -> Result<Draft<Posture>, AppError> {
        let head = self.head()?;
        let body = Posture {
            organisation: self.organisation.value()?,
            cohort: self.cohort.value()?,
            stance: self.stance.value()?,
            conditions: self.conditions,
            public: self.public,
            offers: every(self.offers)?,
            english: self.english.map_or(Ok(English::default()), EnglishForm::value)?,
            day_release: self.day_release.map(|form| DayRelease {
                accepts: form.accepts,
                has_agreement: form.has_agreement,
                lead_time_weeks: form.lead_time_weeks,
                travel_limit_miles: form.travel_limit_miles,
            }),
            review_by: optional(self.review_by)?,
            offences: self.offences.map(OffencesForm::value).transpose()?,
            disclosure: self.disclosure.map(DisclosureForm::value).transpose()?,
            broker_note: self.broker_note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Posture>) -> Self {
        let body = &record.body;
        Self {
            organisation: body.organisation.clone().into(),
            cohort: body.cohort.clone().into(),
            stance: body.stance.into(),
            conditions: body.conditions.clone(),
            public: body.public,
            offers: list(&body.offers),
            english: (body.english != English::default()).then(|| EnglishForm::of(body.english)),
            day_release: body.day_release.map(|release| DayReleaseForm {
                accepts: release.accepts,
                has_agreement: release.has_agreement,
                lead_time_weeks: release.lead_time_weeks,
                travel_limit_miles: release.travel_limit_miles,
            }),
            review_by: body.review_by.map(Into::into),
            offences: body.offences.as_ref().map(|offences| OffencesForm {
                stance: offences.stance.into(),
                groups: list(&offences.groups),
                note: offences.note.clone(),
            }),
            disclosure: body.disclosure.as_ref().map(|disclosure| DisclosureForm {
                timing: disclosure.timing.map(Into::into),
                letter_needed: disclosure.letter_needed,
                unspent_only: disclosure.unspent_only,
                talk_to_role: disclosure.talk_to_role.clone(),
            }),
            broker_note: body.broker_note.clone(),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "organisation": "brook-bakery", "cohort": "prison-leavers", "stance": "open",
            "public": true, "offers": ["work-trial", "no-cv"],
            "english": {"speaking": "entry-3"},
            "day_release": {"accepts": true, "lead_time_weeks": 4},
            "offences": {"stance": "case-by-case", "groups": []},
            "disclosure": {"timing": "conditional-offer", "talk_to_role": "HR manager"},
            "fictional": true
        })
    }
}

impl EnglishForm {
    fn value(self) -> Result<English, AppError> {
        Ok(English {
            speaking: optional(self.speaking)?,
            reading: optional(self.reading)?,
            writing: optional(self.writing)?,
        })
    }

    fn of(english: English) -> Self {
        Self {
            speaking: english.speaking.map(Into::into),
            reading: english.reading.map(Into::into),
            writing: english.writing.map(Into::into),
        }
    }
}

impl OffencesForm {
    fn value(self) -> Result<OffencePosture, AppError> {
        Ok(OffencePosture {
            stance: self.stance.value()?,
            groups: every(self.groups)?,
            note: self.note,
        })
    }
}

impl DisclosureForm {
    fn value(self) -> Result<Disclosure, AppError> {
        Ok(Disclosure {
            timing: optional(self.timing)?,
            letter_needed: self.letter_needed,
            unspent_only: self.unspent_only,
            talk_to_role: self.talk_to_role,
        })
    }
}
