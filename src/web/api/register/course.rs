//! Courses of providers: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{CourseRun, CourseVenue, Draft, KeptCourse, Record},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, unique, web_address},
        wire::{
            Asked, AskedText, AttendanceWord, Day, DeliveryWord, Name, Postcode, PostcodeText,
            SocCode, SocText, SourceId, SourceText, StudyPatternWord, every, list, optional,
        },
    },
};

record_form! {
    /// A course of a provider, with its venues and runs.
    CourseForm {
        /// The provider, of those under `/providers`.
        #[validate(nested)]
        pub provider: Name,
        /// Title.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub title: String,
        /// Its kind, of those under `/course-types`.
        #[validate(nested)]
        pub course_type: Name,
        /// What it is.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        pub summary: String,
        /// How it is taught.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub delivery: Option<DeliveryWord>,
        /// Sectors it prepares for, of `sectors` in the vocabulary.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub sectors: Vec<Name>,
        /// SOC 2020 unit groups it prepares for.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub soc: Vec<SocText>,
        /// Who gave it its codes and how.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub coding: Option<String>,
        /// Lowest level; entry is 0.
        #[validate(range(min = 0, max = 8))]
        #[schema(minimum = 0, maximum = 8)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub level_from: Option<i32>,
        /// Highest level.
        #[validate(range(min = 0, max = 8))]
        #[schema(minimum = 0, maximum = 8)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub level_to: Option<i32>,
        /// Groups it is made for, of `cohorts` in the vocabulary; none for everybody.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub cohorts: Vec<Name>,
        /// What a learner must bring.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub entry_requirements: Option<String>,
        /// Where to read more or apply.
        #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
        #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// Where it is held; none for any of its provider's places.
        #[validate(length(max = 50), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub venues: Vec<CourseVenueForm>,
        /// When it is held.
        #[validate(length(max = 200), nested)]
        #[schema(max_items = 200)]
        #[serde(default)]
        pub runs: Vec<CourseRunForm>,
        /// How people ask for it.
        #[validate(length(max = 50), custom(function = "unique"), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub asked: Vec<AskedText>,
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

/// A place where a course is held.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseVenueForm {
    /// Name within the course.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    pub label: String,
    /// Postcode or outward code.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<PostcodeText>,
    /// Town.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
}

/// A course as it is held once: with a first day, or starting whenever a learner likes.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseRunForm {
    /// The first day.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Day>,
    /// Whether it starts whenever a learner likes.
    #[serde(default, skip_serializing_if = "crate::web::api::search_body::is_false")]
    pub flexible_start: bool,
    /// The last day.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Day>,
    /// Label of one of the course's venues.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// How it is taught, where that differs from the course.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<DeliveryWord>,
    /// How much of a week it takes.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study_pattern: Option<StudyPatternWord>,
    /// When it is attended.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<AttendanceWord>,
    /// What a learner pays, in pence; 0 for nothing.
    #[validate(range(min = 0, max = 100_000_000))]
    #[schema(minimum = 0, maximum = 100_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_pence: Option<i64>,
    /// Who else pays.
    #[validate(length(min = 1, max = 200), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub funding: Option<String>,
    /// How many learners it can take, at least one: a run that is full is taken out.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<i32>,
}

impl RecordForm for CourseForm {
    type Body = KeptCourse;

    fn draft(self) -> Result<Draft<KeptCourse>, AppError> {
        let head = self.head()?;
        let body = KeptCourse {
            provider: self.provider.value()?,
            title: self.title.trim().to_owned(),
            course_type: self.course_type.value()?,
            summary: self.summary,
            delivery: optional(self.delivery)?,
            sectors: every(self.sectors)?,
            soc: every(self.soc)?.into_iter().map(|code| code.0).collect(),
            coding: self.coding,
            level_from: self.level_from,
            level_to: self.level_to,
            cohorts: every(self.cohorts)?,
            entry_requirements: self.entry_requirements,
            url: self.link,
            venues: self
                .venues
                .into_iter()
                .map(CourseVenueForm::value)
                .collect::<Result<_, _>>()?,
            runs: self.runs.into_iter().map(CourseRunForm::value).collect::<Result<_, _>>()?,
            asked: every(self.asked)?.into_iter().map(|words| words.0).collect(),
            sources: every(self.sources)?.into_iter().map(|id| id.0).collect(),
            note: self.note,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<KeptCourse>) -> Self {
        let body = record.body.clone();
        Self {
            provider: body.provider.into(),
            title: body.title,
            course_type: body.course_type.into(),
            summary: body.summary,
            delivery: body.delivery.map(Into::into),
            sectors: list(&body.sectors),
            soc: list(&body.soc.into_iter().map(SocCode).collect::<Vec<_>>()),
            coding: body.coding,
            level_from: body.level_from,
            level_to: body.level_to,
            cohorts: list(&body.cohorts),
            entry_requirements: body.entry_requirements,
            link: body.url,
            venues: body.venues.into_iter().map(Into::into).collect(),
            runs: body.runs.into_iter().map(Into::into).collect(),
            asked: list(&body.asked.into_iter().map(Asked).collect::<Vec<_>>()),
            sources: list(&body.sources.into_iter().map(SourceId).collect::<Vec<_>>()),
            note: body.note,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "Curriculum lead", "stated_on": "2026-10-01",
            "provider": "activate-learning", "title": "Kitchen skills in the evening",
            "course_type": "skills-bootcamp", "summary": "Ten evenings in a teaching kitchen.",
            "delivery": "classroom", "sectors": ["hospitality"], "soc": ["5434"],
            "level_from": 1, "level_to": 2, "link": "https://www.example.org/kitchen",
            "venues": [{"label": "Teaching kitchen", "postcode": "OX16", "town": "Banbury"}],
            "runs": [{"starts_on": "2027-01-12", "ends_on": "2027-03-16",
                "venue": "Teaching kitchen", "study_pattern": "part-time",
                "attendance": "evening", "cost_pence": 0, "funding": "Skills fund",
                "places": 12}],
            "fictional": true
        })
    }
}

impl CourseVenueForm {
    fn value(self) -> Result<CourseVenue, AppError> {
        Ok(CourseVenue {
            label: self.label.trim().to_owned(),
            postcode: optional(self.postcode)?.map(|code| code.0),
            town: self.town,
        })
    }
}

impl From<CourseVenue> for CourseVenueForm {
    fn from(venue: CourseVenue) -> Self {
        let CourseVenue { label, postcode, town } = venue;
        Self { label, postcode: postcode.map(|code| Postcode(code).into()), town }
    }
}

impl CourseRunForm {
    fn value(self) -> Result<CourseRun, AppError> {
        Ok(CourseRun {
            starts_on: optional(self.starts_on)?,
            flexible_start: self.flexible_start,
            ends_on: optional(self.ends_on)?,
            venue: self.venue.map(|label| label.trim().to_owned()),
            mode: optional(self.mode)?,
            study_pattern: optional(self.study_pattern)?,
            attendance: optional(self.attendance)?,
            cost_pence: self.cost_pence,
            funding: self.funding,
            places: self.places,
        })
    }
}

impl From<CourseRun> for CourseRunForm {
    fn from(run: CourseRun) -> Self {
        Self {
            starts_on: run.starts_on.map(Into::into),
            flexible_start: run.flexible_start,
            ends_on: run.ends_on.map(Into::into),
            venue: run.venue,
            mode: run.mode.map(Into::into),
            study_pattern: run.study_pattern.map(Into::into),
            attendance: run.attendance.map(Into::into),
            cost_pence: run.cost_pence,
            funding: run.funding,
            places: run.places,
        }
    }
}
