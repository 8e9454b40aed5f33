//! Case studies: what is sent and answered.

use serde_json::{Value, json};
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{CaseStudy, Draft, Record},
    web::api::register::{
        form::RecordForm,
        text::{line, prose, unique, web_address},
        wire::{Day, Name, PermissionWord, every, list, optional},
    },
};

record_form! {
    /// How somebody did it, told with permission.
    CaseStudyForm {
        /// What it is called.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub title: String,
        /// The organisation it is about, where it is in the register.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub organisation: Option<Name>,
        /// What was done and what came of it; no person's name.
        #[validate(length(min = 1, max = 8000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 8000)]
        pub summary: String,
        /// Groups it is about, of `cohorts` in the vocabulary.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub cohorts: Vec<Name>,
        /// Code of the charter's action it shows.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80, example = "E2")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub action: Option<String>,
        /// Where the whole can be read.
        #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
        #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// The day it was published.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub published_on: Option<Day>,
        /// Whether those told of agreed; without it, only coordinators see it.
        #[validate(nested)]
        pub permission: PermissionWord,
    }
}

impl RecordForm for CaseStudyForm {
    type Body = CaseStudy;

    fn draft(self) -> Result<Draft<CaseStudy>, AppError> {
        let head = self.head()?;
        let body = CaseStudy {
            title: self.title.trim().to_owned(),
            organisation: optional(self.organisation)?,
            summary: self.summary,
            cohorts: every(self.cohorts)?,
            action: self.action,
            url: self.link,
            published_on: optional(self.published_on)?,
            permission: self.permission.value()?,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<CaseStudy>) -> Self {
        let body = &record.body;
        Self {
            title: body.title.clone(),
            organisation: body.organisation.clone().map(Into::into),
            summary: body.summary.clone(),
            cohorts: list(&body.cohorts),
            action: body.action.clone(),
            link: body.url.clone(),
            published_on: body.published_on.map(Into::into),
            permission: body.permission.into(),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "title": "From a work trial to head baker", "organisation": "brook-bakery",
            "summary": "What a bakery did, and what came of it.", "cohorts": ["prison-leavers"],
            "permission": "granted", "published_on": "2026-10-20", "fictional": true
        })
    }
}
