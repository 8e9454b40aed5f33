//! Openings: work or a placement on offer.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{AppError, register::Found},
    domain::register::{Draft, Opening, Pay, Record},
    web::api::register::{
        answer::Shape,
        form::RecordForm,
        text::{line, prose, unique},
        wire::{
            BaseWord, ContractWord, Day, DbsLevelWord, HoursWord, Licence, LicenceText, Name,
            PatternWord, PayPeriodWord, Wire, WorkTypeWord, every, list, optional,
        },
    },
};

record_form! {
    /// Work or a placement on offer.
    OpeningForm {
        /// The employer.
        #[validate(nested)]
        pub organisation: Name,
        /// What it is called.
        #[validate(length(min = 1, max = 200), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 200)]
        pub title: String,
        /// What is done.
        #[validate(length(min = 1, max = 4000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 4000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// Kind of work.
        #[validate(nested)]
        pub work_type: WorkTypeWord,
        /// Label of the employer's site; absent if it is nationwide or not said.
        #[validate(length(min = 1, max = 120), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 120)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub site: Option<String>,
        /// Whether it can be done anywhere in the country.
        #[serde(default)]
        pub national: bool,
        /// When the work is done.
        #[validate(length(max = 11), custom(function = "unique"), nested)]
        #[schema(max_items = 11)]
        #[serde(default)]
        pub patterns: Vec<PatternWord>,
        /// How many hours.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hours: Option<HoursWord>,
        /// Kind of contract.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub contract: Option<ContractWord>,
        /// Where the work is done.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub base: Option<BaseWord>,
        /// Pay before tax.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pay: Option<PayForm>,
        /// Criminal record check that the work needs.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub dbs_level: Option<DbsLevelWord>,
        /// Licences and cards needed, such as `CSCS`.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub licences: Vec<LicenceText>,
        /// What a person must bring.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub essentials: Option<String>,
        /// Groups it is meant for, of `cohorts` in the vocabulary; none for everybody.
        #[validate(length(max = 20), custom(function = "unique"), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub cohorts: Vec<Name>,
        /// First day of work.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub starts_on: Option<Day>,
        /// Last day to apply; absent if it is rolling.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub closes_on: Option<Day>,
        /// How many people it can take; absent if not said. In answers it is absent once
        /// nobody has stood by it for 90 days: it is then unknown.
        #[validate(range(min = 0, max = 10_000))]
        #[schema(minimum = 0, maximum = 10_000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub places: Option<i32>,
    }
}

/// Pay in pence before tax.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayForm {
    /// At least.
    #[validate(range(min = 0, max = 1_000_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub from_pence: i64,
    /// At most.
    #[validate(range(min = 0, max = 1_000_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_pence: Option<i64>,
    /// For how long.
    #[validate(nested)]
    pub period: PayPeriodWord,
}

impl RecordForm for OpeningForm {
    type Body = Opening;

    fn draft(self) -> Result<Draft<Opening>, AppError> {
        let head = self.head()?;
        let body = Opening {
            organisation: self.organisation.value()?,
            title: self.title.trim().to_owned(),
            description: self.description,
            work_type: self.work_type.value()?,
            site: self.site.map(|site| site.trim().to_owned()),
            national: self.national,
            patterns: every(self.patterns)?,
            hours: optional(self.hours)?,
            contract: optional(self.contract)?,
            base: optional(self.base)?,
            pay: self.pay.map(PayForm::value).transpose()?,
            dbs_level: optional(self.dbs_level)?,
            licences: every(self.licences)?.into_iter().map(|licence| licence.0).collect(),
            essentials: self.essentials,
            cohorts: every(self.cohorts)?,
            starts_on: optional(self.starts_on)?,
            closes_on: optional(self.closes_on)?,
            places: self.places,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Opening>) -> Self {
        let body = &record.body;
        let licences = body.licences.iter().cloned();
        Self {
            organisation: body.organisation.clone().into(),
            title: body.title.clone(),
            description: body.description.clone(),
            work_type: body.work_type.into(),
            site: body.site.clone(),
            national: body.national,
            patterns: list(&body.patterns),
            hours: body.hours.map(Into::into),
            contract: body.contract.map(Into::into),
            base: body.base.map(Into::into),
            pay: body.pay.map(|pay| PayForm {
                from_pence: pay.from_pence,
                to_pence: pay.to_pence,
                period: pay.period.into(),
            }),
            dbs_level: body.dbs_level.map(Into::into),
            licences: licences.map(|one| Wire::Read(Licence(one))).collect(),
            essentials: body.essentials.clone(),
            cohorts: list(&body.cohorts),
            starts_on: body.starts_on.map(Into::into),
            closes_on: body.closes_on.map(Into::into),
            places: body.places,
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "organisation": "brook-bakery", "title": "Evening kitchen porter",
            "work_type": "kitchen", "site": "Bakery", "patterns": ["evening"],
            "hours": "part-time", "contract": "permanent", "base": "on-site",
            "pay": {"from_pence": 1260, "period": "hour"}, "places": 2, "fictional": true
        })
    }

    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] = &[
        ("state", Shape::Text, "Where it stands on the day: `open`, `closed`, `withdrawn`."),
        (
            "left",
            Shape::Count,
            "When it is read: how many of the places are neither held nor taken; absent if that is \
             not known. See `/openings/{slug}/places`.",
        ),
    ];

    fn work_out(found: &Found<Opening>, object: &mut Map<String, Value>) {
        let (record, day) = (&found.record, found.day);
        let state = record.body.state(record.ended.as_ref(), day);
        object.insert("state".to_owned(), json!(state.as_str()));
        if record.body.places_on(record.last_stood_by(), day).is_none() {
            object.remove("places");
        }
        if let Some(left) = found.places.and_then(|places| places.left) {
            object.insert("left".to_owned(), json!(left));
        }
    }
}

impl PayForm {
    fn value(self) -> Result<Pay, AppError> {
        let Self { from_pence, to_pence, period } = self;
        Ok(Pay { from_pence, to_pence, period: period.value()? })
    }
}
