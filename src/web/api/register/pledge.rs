//! Pledges and their updates: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{AppError, register::Found},
    domain::register::{Draft, Pledge, PledgeFacts, Record, Update},
    web::api::register::{
        answer::Shape,
        form::RecordForm,
        text::{line, prose, web_address},
        wire::{CommitmentWord, Day, Name, ProgressWord, optional},
    },
};

record_form! {
    /// An action of the charter that an organisation chose for its year, and how far it
    /// has come.
    PledgeForm {
        /// The signature whose year it belongs to.
        #[validate(nested)]
        pub signature: Name,
        /// The organisation; the same as the signature's.
        #[validate(nested)]
        pub organisation: Name,
        /// Code of the charter's action, unless it is a pledge of its own.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80, example = "E2")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub action: Option<String>,
        /// The stance it is made from; one of the charter's `stances`.
        #[validate(nested)]
        pub stance: Name,
        /// Whether it is something new.
        #[validate(nested)]
        pub commitment: CommitmentWord,
        /// What it says, fitted to the organisation.
        #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
        #[schema(min_length = 1, max_length = 2000)]
        pub text: String,
        /// The number aimed at.
        #[validate(range(min = -1_000_000_000_000.0, max = 1_000_000_000_000.0))]
        #[schema(minimum = -1_000_000_000_000_f64, maximum = 1_000_000_000_000_f64)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub target: Option<f64>,
        /// The number it started from.
        #[validate(range(min = -1_000_000_000_000.0, max = 1_000_000_000_000.0))]
        #[schema(minimum = -1_000_000_000_000_f64, maximum = 1_000_000_000_000_f64)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub baseline: Option<f64>,
        /// The numbers' unit; needed where there is a number.
        #[validate(length(min = 1, max = 80), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 80)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub unit: Option<String>,
        /// The role that answers for it; never a person's name.
        #[validate(length(min = 1, max = 120), custom(function = "line"))]
        #[schema(min_length = 1, max_length = 120)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner_role: Option<String>,
        /// The day the partnership confirmed it with the organisation. For coordinators.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pledge_confirmed_on: Option<Day>,
        /// The day evidence was seen. For coordinators.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub evidenced_on: Option<Day>,
        /// Where the evidence is.
        #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
        #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub evidence_url: Option<String>,
        /// What was reported since, oldest first.
        #[validate(length(max = 100), nested)]
        #[schema(max_items = 100)]
        #[serde(default)]
        pub updates: Vec<UpdateForm>,
    }
}

/// A report on a pledge.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateForm {
    /// The day it was handed in.
    #[validate(nested)]
    pub on: Day,
    /// What it says.
    #[validate(nested)]
    pub progress: ProgressWord,
    /// The number reached, in the pledge's unit.
    #[validate(range(min = -1_000_000_000_000.0, max = 1_000_000_000_000.0))]
    #[schema(minimum = -1_000_000_000_000_f64, maximum = 1_000_000_000_000_f64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// In words.
    #[validate(length(min = 1, max = 2000), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Where it can be seen.
    #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
    #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_url: Option<String>,
    /// Whether it is public. For coordinators.
    #[serde(default)]
    pub published: bool,
}

impl RecordForm for PledgeForm {
    type Body = Pledge;

    fn draft(self) -> Result<Draft<Pledge>, AppError> {
        let head = self.head()?;
        let updates = self.updates.into_iter().map(UpdateForm::value);
        let mut updates = updates.collect::<Result<Vec<_>, _>>()?;
        updates.sort_by_key(|update| update.on);
        let body = Pledge {
            signature: self.signature.value()?,
            organisation: self.organisation.value()?,
            action: self.action,
            stance: self.stance.value()?,
            commitment: self.commitment.value()?,
            text: self.text,
            target: self.target,
            baseline: self.baseline,
            unit: self.unit,
            owner_role: self.owner_role,
            confirmed_on: optional(self.pledge_confirmed_on)?,
            evidenced_on: optional(self.evidenced_on)?,
            evidence_url: self.evidence_url,
            updates,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Pledge>) -> Self {
        let body = &record.body;
        Self {
            signature: body.signature.clone().into(),
            organisation: body.organisation.clone().into(),
            action: body.action.clone(),
            stance: body.stance.clone().into(),
            commitment: body.commitment.into(),
            text: body.text.clone(),
            target: body.target,
            baseline: body.baseline,
            unit: body.unit.clone(),
            owner_role: body.owner_role.clone(),
            pledge_confirmed_on: body.confirmed_on.map(Into::into),
            evidenced_on: body.evidenced_on.map(Into::into),
            evidence_url: body.evidence_url.clone(),
            updates: body.updates.iter().map(UpdateForm::of).collect(),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "signature": "brook-bakery-2026-10-01", "organisation": "brook-bakery",
            "action": "E2", "stance": "employer", "commitment": "start",
            "text": "Two work trials a month for people leaving prison.", "target": 24,
            "unit": "work trials", "fictional": true
        })
    }

    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] = &[
        (
            "state",
            Shape::Text,
            "Where it stands on the day: `declared`, `confirmed`, `evidenced`, \
             `outcomes-reported`, `due-for-renewal`, `lapsed`, `withdrawn`; absent before it was \
             declared.",
        ),
        (
            "rung",
            Shape::Text,
            "How far it is borne out, whether or not it still runs: `declared`, `confirmed`, \
             `evidenced`, `outcomes-reported`. Signed up is not verified.",
        ),
        ("live", Shape::Flag, "Whether its year runs and nobody took it back."),
    ];

    fn work_out(found: &Found<Pledge>, object: &mut Map<String, Value>) {
        let Some(facts) = facts(found) else { return };
        if let Some(state) = facts.state(found.day) {
            object.insert("state".to_owned(), json!(state.as_str()));
        }
        if let Some(rung) = facts.rung(found.day) {
            object.insert("rung".to_owned(), json!(rung.as_str()));
        }
        object.insert("live".to_owned(), json!(facts.live(found.day)));
    }

    fn inherit(&mut self, old: &Record<Pledge>) {
        let body = &old.body;
        self.pledge_confirmed_on =
            self.pledge_confirmed_on.take().or_else(|| body.confirmed_on.map(Into::into));
        self.evidenced_on = self.evidenced_on.take().or_else(|| body.evidenced_on.map(Into::into));
    }
}

impl UpdateForm {
    /// The update that is meant.
    pub fn value(self) -> Result<Update, AppError> {
        Ok(Update {
            on: self.on.value()?,
            progress: self.progress.value()?,
            value: self.value,
            narrative: self.narrative,
            evidence_url: self.evidence_url,
            published: self.published,
        })
    }

    fn of(update: &Update) -> Self {
        Self {
            on: update.on.into(),
            progress: update.progress.into(),
            value: update.value,
            narrative: update.narrative.clone(),
            evidence_url: update.evidence_url.clone(),
            published: update.published,
        }
    }
}

/// The dates from which a pledge's state follows; `None` if its year is not known.
fn facts(found: &Found<Pledge>) -> Option<PledgeFacts> {
    let (record, year) = (&found.record, found.year.as_ref()?);
    let ends = [&record.ended, &year.ended].into_iter().flatten();
    Some(PledgeFacts {
        declared_on: record.said.on,
        starts_on: year.body.starts_on,
        ends_on: year.body.ends_on,
        confirmed_on: record.body.confirmed_on,
        evidenced_on: record.body.evidenced_on,
        outcomes_on: record.body.outcomes_on(),
        withdrawn_on: ends.map(|ending| ending.on).min(),
    })
}
