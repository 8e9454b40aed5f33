//! What is sent to matches and plans, and its way into the domain.
//!
//! Nothing that is sent is kept, and refused values are never repeated.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::{
    app::{AppError, Refusal, Snapshot, guidance, matching},
    domain::{
        matching::{Profile, RecognitionHeld, SkillWanted},
        plan::Answers,
        search::Facet,
        size_band::SizeBand,
        slug::Slug,
        stage::Stage,
    },
};

/// An employer's profile; every field is optional, and what is absent is unknown.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmployerForm {
    /// Groups it wants to hire from; values of `cohorts` in the vocabulary.
    #[validate(length(max = 20, message = "\"cohorts\" has at most 20 entries."))]
    #[schema(max_items = 20)]
    pub cohorts: Option<Vec<String>>,
    /// Its sector; a value of `sectors` in the vocabulary.
    #[validate(length(max = 80, message = "\"sector\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub sector: Option<String>,
    /// `micro` (1 to 9 people), `small` (10 to 49), `medium` (50 to 249) or `large`.
    #[validate(length(max = 80, message = "\"size_band\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub size_band: Option<String>,
    /// An outward code, a postcode (cut to its outward code), a town or a district.
    #[validate(length(max = 80, message = "\"place\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub place: Option<String>,
    /// Where in the work of hiring it stands; a value of `stages` in the vocabulary.
    #[validate(length(max = 80, message = "\"stage\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub stage: Option<String>,
    /// Skills it is short of.
    #[validate(length(max = 20, message = "\"skills\" has at most 20 entries."), nested)]
    #[schema(max_items = 20)]
    pub skills: Option<Vec<SkillForm>>,
    /// Badges and pledges it holds, as `scheme` or `scheme:level`.
    #[validate(length(max = 30, message = "\"recognitions\" has at most 30 entries."))]
    #[schema(max_items = 30)]
    pub recognitions: Option<Vec<String>>,
    /// Codes of charter actions it has pledged.
    #[validate(length(max = 100, message = "\"actions_pledged\" has at most 100 entries."))]
    #[schema(max_items = 100)]
    pub actions_pledged: Option<Vec<String>>,
    /// What it wants to know, in its own words.
    #[validate(length(max = 2000, message = "\"question\" has at most 2000 characters."))]
    #[schema(max_length = 2000)]
    pub question: Option<String>,
}

/// An occupation an employer is short of. (validator asks for `Serialize`.)
#[derive(Debug, Default, Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillForm {
    /// SOC 2020 code, four digits.
    #[validate(custom(function = "four_digits"))]
    #[schema(pattern = "^[0-9]{4}$")]
    pub soc: String,
    /// How many people.
    #[validate(range(min = 1, max = 100_000, message = "\"headcount\" is from 1 to 100000."))]
    #[schema(minimum = 1, maximum = 100_000)]
    pub headcount: Option<u32>,
    /// Until when: a date, such as `2027-03-01`.
    #[schema(format = Date)]
    pub by: Option<String>,
}

/// Answers to at most six questions; what is absent was not answered.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanForm {
    /// Groups it wants to hire from; none for every group we have a toolkit on.
    #[validate(length(max = 20, message = "\"cohorts\" has at most 20 entries."))]
    #[schema(max_items = 20)]
    pub cohorts: Option<Vec<String>>,
    /// How many people it employs: `micro`, `small`, `medium` or `large`.
    #[validate(length(max = 80, message = "\"size_band\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub size_band: Option<String>,
    /// Its sector; a value of `sectors` in the vocabulary.
    #[validate(length(max = 80, message = "\"sector\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub sector: Option<String>,
    /// The stage of hiring it is at; the stages before count as done.
    #[validate(length(max = 80, message = "\"stage\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub stage: Option<String>,
    /// Its worries; values of `topics` in the vocabulary.
    #[validate(length(max = 50, message = "\"topics\" has at most 50 entries."))]
    #[schema(max_items = 50)]
    pub topics: Option<Vec<String>>,
    /// Whether the work is with children or adults at risk.
    pub regulated: Option<bool>,
}

fn four_digits(code: &str) -> Result<(), ValidationError> {
    if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    let message = "\"soc\" is a SOC 2020 code of four digits.";
    Err(ValidationError::new("regex").with_message(message.into()))
}

impl EmployerForm {
    /// The profile that is meant.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for values that cannot be names of anything known.
    pub fn profile(self, snapshot: &Snapshot) -> Result<Profile, AppError> {
        let mut reading = Reading { snapshot, refusals: Vec::new() };
        let place = self.place.filter(|place| !place.trim().is_empty());
        let (place, place_as_given) = place.map_or((None, None), |text| {
            let (place, written) = matching::place(snapshot, &text);
            (place, Some(written))
        });
        let profile = Profile {
            cohorts: reading.facet(Facet::Cohort, "/cohorts", &self.cohorts.unwrap_or_default()),
            sector: reading.sector(self.sector),
            size_band: reading.size_band(self.size_band),
            place,
            place_as_given,
            stage: reading.stage(self.stage),
            skills: reading.skills(self.skills.unwrap_or_default()),
            recognitions: reading.recognitions(&self.recognitions.unwrap_or_default()),
            actions_pledged: self.actions_pledged.unwrap_or_default(),
            question: self.question,
        };
        reading.finished(profile)
    }
}

impl PlanForm {
    /// The answers that are meant.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for values that cannot be names of anything known.
    pub fn answers(self, snapshot: &Snapshot) -> Result<Answers, AppError> {
        let mut reading = Reading { snapshot, refusals: Vec::new() };
        let answers = Answers {
            cohorts: reading.facet(Facet::Cohort, "/cohorts", &self.cohorts.unwrap_or_default()),
            size_band: reading.size_band(self.size_band),
            sector: reading.sector(self.sector),
            stage: reading.stage(self.stage),
            topics: reading.facet(Facet::Topic, "/topics", &self.topics.unwrap_or_default()),
            regulated: self.regulated,
        };
        reading.finished(answers)
    }
}

/// Values being read, with what was refused so far.
struct Reading<'a> {
    snapshot: &'a Snapshot,
    refusals: Vec<Refusal>,
}

impl Reading<'_> {
    fn finished<T>(self, value: T) -> Result<T, AppError> {
        if self.refusals.is_empty() { Ok(value) } else { Err(AppError::Invalid(self.refusals)) }
    }

    /// Refuses a value, with the nearest of those that are known.
    fn unknown<'k>(
        &mut self,
        at: &str,
        what: &str,
        value: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        let near = guidance::nearest(value, known);
        let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
        self.refusals.push(Refusal {
            field: at.to_owned(),
            code: "unknown-value",
            message: format!("There is no such {what}.{hint}"),
        });
    }

    /// Names that a facet knows; the use case refuses those it does not.
    fn facet(&mut self, facet: Facet, at: &str, values: &[String]) -> Vec<Slug> {
        let mut slugs = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if let Ok(slug) = Slug::parse(value) {
                slugs.push(slug);
            } else {
                let known = guidance::values(self.snapshot, facet);
                let known = known.iter().map(String::as_str);
                self.unknown(&format!("{at}/{index}"), facet.as_str(), value, known);
            }
        }
        slugs
    }

    fn sector(&mut self, value: Option<String>) -> Option<Slug> {
        let value = value?;
        if let Ok(slug) = Slug::parse(&value) {
            return Some(slug);
        }
        let sectors = &self.snapshot.vocabulary().sectors;
        self.unknown("/sector", "sector", &value, sectors.iter().map(|s| s.label.slug.as_str()));
        None
    }

    fn size_band(&mut self, value: Option<String>) -> Option<SizeBand> {
        let value = value?;
        let band = SizeBand::parse(&value);
        if band.is_none() {
            let known = SizeBand::ALL.into_iter().map(SizeBand::as_str);
            self.unknown("/size_band", "size_band", &value, known);
        }
        band
    }

    fn stage(&mut self, value: Option<String>) -> Option<Stage> {
        let value = value?;
        let stage = Stage::parse(&value);
        if stage.is_none() {
            self.unknown("/stage", "stage", &value, Stage::ALL.into_iter().map(Stage::as_str));
        }
        stage
    }

    fn skills(&mut self, forms: Vec<SkillForm>) -> Vec<SkillWanted> {
        let mut skills = Vec::new();
        for (index, form) in forms.into_iter().enumerate() {
            let by = form.by.map(|text| text.parse::<NaiveDate>());
            if matches!(by, Some(Err(_))) {
                self.refusals.push(Refusal {
                    field: format!("/skills/{index}/by"),
                    code: "date",
                    message: "\"by\" is a date, such as 2027-03-01.".to_owned(),
                });
            }
            let by = by.and_then(Result::ok);
            skills.push(SkillWanted { soc: form.soc, headcount: form.headcount, by });
        }
        skills
    }

    fn recognitions(&mut self, values: &[String]) -> Vec<RecognitionHeld> {
        let mut held = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let (scheme, level) = match value.split_once(':') {
                Some((scheme, level)) => (Slug::parse(scheme), Some(Slug::parse(level))),
                None => (Slug::parse(value), None),
            };
            if let (Ok(scheme), Ok(level)) = (scheme, level.transpose()) {
                held.push(RecognitionHeld { scheme, level });
            } else {
                self.refusals.push(Refusal {
                    field: format!("/recognitions/{index}"),
                    code: "pattern",
                    message: "A recognition is written as scheme or scheme:level, such as \
                              \"disability-confident:1\"."
                        .to_owned(),
                });
            }
        }
        held
    }
}
