//! Signatures of the charter: what is sent and answered.

use serde_json::{Map, Value, json};
use validator::Validate;

use crate::{
    app::{AppError, register::Found},
    domain::register::{Draft, Record, Signature, last_day_of_year_from},
    web::api::register::{
        answer::Shape,
        form::RecordForm,
        text::line,
        wire::{Day, Name, optional},
    },
};

record_form! {
    /// An organisation's year under the charter.
    SignatureForm {
        /// The organisation.
        #[validate(nested)]
        pub organisation: Name,
        /// The charter.
        #[validate(nested)]
        pub charter: Name,
        /// The charter's version that was signed.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80)]
        pub charter_version: String,
        /// First day of the year.
        #[validate(nested)]
        pub starts_on: Day,
        /// Last day of the year; a year from the first unless said.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ends_on: Option<Day>,
        /// The day it was agreed inside the organisation.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub agreed_on: Option<Day>,
        /// The day it was signed.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub signed_on: Option<Day>,
        /// The day it was made public.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub published_on: Option<Day>,
        /// How it was approved, such as `cabinet decision`.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub approval_route: Option<String>,
    }
}

impl RecordForm for SignatureForm {
    type Body = Signature;

    fn draft(self) -> Result<Draft<Signature>, AppError> {
        let head = self.head()?;
        let starts_on = self.starts_on.value()?;
        let ends_on = optional(self.ends_on)?;
        let body = Signature {
            organisation: self.organisation.value()?,
            charter: self.charter.value()?,
            charter_version: self.charter_version,
            starts_on,
            ends_on: ends_on.unwrap_or_else(|| last_day_of_year_from(starts_on)),
            agreed_on: optional(self.agreed_on)?,
            signed_on: optional(self.signed_on)?,
            published_on: optional(self.published_on)?,
            approval_route: self.approval_route,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Signature>) -> Self {
        let body = &record.body;
        Self {
            organisation: body.organisation.clone().into(),
            charter: body.charter.clone().into(),
            charter_version: body.charter_version.clone(),
            starts_on: body.starts_on.into(),
            ends_on: Some(body.ends_on.into()),
            agreed_on: body.agreed_on.map(Into::into),
            signed_on: body.signed_on.map(Into::into),
            published_on: body.published_on.map(Into::into),
            approval_route: body.approval_route.clone(),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "organisation": "brook-bakery", "charter": "oxfordshire-inclusive-economy",
            "charter_version": "2023", "starts_on": "2026-10-01", "signed_on": "2026-10-01",
            "fictional": true
        })
    }

    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] = &[(
        "state",
        Shape::Text,
        "Where it stands on the day: `upcoming`, `live`, `due-for-renewal`, `lapsed`, `withdrawn`.",
    )];

    fn work_out(found: &Found<Signature>, object: &mut Map<String, Value>) {
        let state = found.record.body.state(found.record.ended.as_ref(), found.day);
        object.insert("state".to_owned(), json!(state.as_str()));
    }
}
