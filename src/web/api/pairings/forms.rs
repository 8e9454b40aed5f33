//! Pairing plans: what is sent.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{
        AppError, Refusal,
        pairing::{Asked, AskedChanges, AskedMinimum, Placing, Reason, RunName},
    },
    domain::slug::Slug,
    web::api::register::{
        text::{line, unique},
        wire::{Day, Name, optional},
    },
};

/// What a plan is to keep to. Everything may be left out.
#[derive(Debug, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PairingForm {
    /// Minimums of groups, one for a group.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    pub minimums: Vec<PairingMinimumForm>,
    /// What an earlier plan agreed, and how much of it may change.
    #[validate(nested)]
    pub changes: Option<PairingChangesForm>,
    /// Needs of the partnership to leave out.
    #[validate(length(max = 500), custom(function = "unique"), nested)]
    #[schema(max_items = 500)]
    pub without_needs: Vec<Name>,
    /// Runs to leave out.
    #[validate(length(max = 500), nested)]
    #[schema(max_items = 500)]
    pub without_runs: Vec<PairingRunForm>,
    /// The last day on which a run may begin.
    #[validate(nested)]
    pub starts_by: Option<Day>,
    /// How many people a need is taken to have that does not say; such needs are left out
    /// unless this is sent.
    #[validate(range(min = 1, max = 1_000))]
    #[schema(minimum = 1, maximum = 1_000)]
    pub people_where_unstated: Option<u32>,
    /// How many places a run is taken to have that does not say; such runs are left out
    /// unless this is sent.
    #[validate(range(min = 1, max = 1_000))]
    #[schema(minimum = 1, maximum = 1_000)]
    pub places_where_unstated: Option<u32>,
}

/// A minimum of a group: either a share or a number.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingMinimumForm {
    /// The group; a value of `cohorts` in the vocabulary.
    #[validate(nested)]
    pub cohort: Name,
    /// So many of a hundred people who are placed.
    #[validate(range(min = 1, max = 100))]
    #[schema(minimum = 1, maximum = 100)]
    pub percent: Option<u32>,
    /// So many people.
    #[validate(range(min = 1, max = 1_000_000))]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub people: Option<u32>,
}

/// How much of an earlier plan may change.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingChangesForm {
    /// The number of the earlier plan, of the same partnership.
    #[validate(range(min = 1, max = 9_007_199_254_740_991_i64))]
    #[schema(minimum = 1)]
    pub from_plan: i64,
    /// How many people may lose the place that it gave them; who is moved is one of them.
    /// New people on free places are no change.
    #[validate(range(min = 0, max = 1_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub at_most: u64,
}

/// A run of a course.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingRunForm {
    /// The course.
    #[validate(nested)]
    pub course: Name,
    /// The run's place among the course's runs, from 0.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub nth: usize,
}

/// Who goes where.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditedPairingsForm {
    /// Each need with each run once; what is not here is not paired.
    #[validate(length(max = 5_000), nested)]
    #[schema(max_items = 5_000)]
    pub pairings: Vec<EditedPairingForm>,
}

/// Who might go where; without a list, the plan as it stands is meant.
#[derive(Debug, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckedPairingsForm {
    /// Each need with each run once; what is not here is not paired.
    #[validate(length(max = 5_000), nested)]
    #[schema(max_items = 5_000)]
    pub pairings: Option<Vec<EditedPairingForm>>,
}

/// People of a need on a run.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditedPairingForm {
    /// The need.
    #[validate(nested)]
    pub need: Name,
    /// The course.
    #[validate(nested)]
    pub course: Name,
    /// The run's place among the course's runs, from 0.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub nth: usize,
    /// How many people.
    #[validate(range(min = 1, max = 1_000_000))]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub people: u32,
}

/// Why a plan is signed though it departs from what was worked out.
#[derive(Debug, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SignedPairingForm {
    /// A reason for each override of the plan.
    #[validate(length(max = 5_000), nested)]
    #[schema(max_items = 5_000)]
    pub reasons: Vec<OverrideReasonForm>,
}

/// Why one override stands.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideReasonForm {
    /// The override, as the plan or its check names it.
    #[validate(length(min = 1, max = 300), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 300)]
    pub id: String,
    /// Why, in a sentence; no person is named in it.
    #[validate(length(min = 1, max = 500), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

impl PairingForm {
    /// What the plan is to keep to.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for a minimum that is neither a share nor a number, or both,
    /// or stands twice.
    pub fn asked(self) -> Result<Asked, AppError> {
        let mut refusals = Vec::new();
        let mut minimums: Vec<AskedMinimum> = Vec::new();
        for (nth, form) in self.minimums.into_iter().enumerate() {
            let cohort = form.cohort.value()?.to_string();
            let mut refuse = |code: &'static str, message: &str| {
                let field = format!("/minimums/{nth}");
                refusals.push(Refusal { field, code, message: message.to_owned() });
            };
            if form.percent.is_some() == form.people.is_some() {
                refuse("one-of", "A minimum has either \"percent\" or \"people\".");
            }
            if minimums.iter().any(|one| one.cohort == cohort) {
                refuse("repeated", "There is a minimum for this group already.");
            }
            minimums.push(AskedMinimum { cohort, percent: form.percent, people: form.people });
        }
        if !refusals.is_empty() {
            return Err(AppError::Invalid(refusals));
        }
        let names = self.without_needs.into_iter().map(|name| Ok(name.value()?.to_string()));
        let runs = self
            .without_runs
            .into_iter()
            .map(|run| Ok(RunName { course: run.course.value()?.to_string(), nth: run.nth }));
        Ok(Asked {
            minimums,
            changes: self.changes.map(|changes| AskedChanges {
                from_plan: changes.from_plan,
                at_most: changes.at_most,
            }),
            without_needs: names.collect::<Result<_, AppError>>()?,
            without_runs: runs.collect::<Result<_, AppError>>()?,
            starts_by: optional(self.starts_by)?,
            people_where_unstated: self.people_where_unstated,
            places_where_unstated: self.places_where_unstated,
        })
    }
}

/// Who goes where.
///
/// # Errors
///
/// [`AppError::Invalid`] for a name that is none.
pub fn placings(forms: Vec<EditedPairingForm>) -> Result<Vec<Placing>, AppError> {
    let placing = |form: EditedPairingForm| {
        let (need, course): (Slug, Slug) = (form.need.value()?, form.course.value()?);
        let (need, course) = (need.to_string(), course.to_string());
        Ok(Placing { need, course, nth: form.nth, people: form.people })
    };
    forms.into_iter().map(placing).collect()
}

impl SignedPairingForm {
    /// The reasons.
    pub fn reasons(self) -> Vec<Reason> {
        let reason = |form: OverrideReasonForm| Reason { id: form.id, reason: form.reason };
        self.reasons.into_iter().map(reason).collect()
    }
}
