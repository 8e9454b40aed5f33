//! A caseworker's need as it is sent, and its way into the domain.
//!
//! Nothing that is sent is kept, and refused values are never repeated: at most the nearest
//! known value of a list is named.

use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{AppError, Refusal, Snapshot, guidance, matching},
    domain::{
        matching::need::{Need, WITHIN_MILES},
        register::{Base, EnglishLevel, Hours, OffenceGroup, Pattern, SelectionOffer, WorkType},
        slug::Slug,
    },
};

/// What somebody needs; every field but `cohort` is optional, and what is absent is unknown.
/// There is no field for who it is, and there must be nothing in `text` that says so.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedForm {
    /// The group; a value of `cohorts` in the vocabulary.
    #[validate(length(max = 80, message = "\"cohort\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub cohort: String,
    /// An outward code, a postcode (cut to its outward code), a town or a district.
    #[validate(length(max = 80, message = "\"place\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub place: Option<String>,
    /// How far at most, in miles: 5, 10, 20 or 50; absent for however far.
    #[schema(minimum = 5, maximum = 50)]
    pub within_miles: Option<u32>,
    /// Sectors that would suit; values of `sectors` in the vocabulary.
    #[validate(length(max = 30, message = "\"sectors\" has at most 30 entries."))]
    #[schema(max_items = 30)]
    pub sectors: Option<Vec<String>>,
    /// Kinds of work that would suit, such as `kitchen`.
    #[validate(length(max = 30, message = "\"work_types\" has at most 30 entries."))]
    #[schema(max_items = 30)]
    pub work_types: Option<Vec<String>>,
    /// When work can be done, any of these, such as `evening`.
    #[validate(length(max = 30, message = "\"patterns\" has at most 30 entries."))]
    #[schema(max_items = 30)]
    pub patterns: Option<Vec<String>>,
    /// `part-time`, `full-time`, `over-40` or `zero-hours`.
    #[validate(length(max = 80, message = "\"hours\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub hours: Option<String>,
    /// `on-site`, `hybrid` or `remote`.
    #[validate(length(max = 80, message = "\"base\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub base: Option<String>,
    /// The level of English there is: `none`, `entry-1` to `entry-3`, `level-1`, `level-2`.
    #[validate(length(max = 80, message = "\"english\" has at most 80 characters."))]
    #[schema(max_length = 80)]
    pub english: Option<String>,
    /// Groups of offences that an employer may rule out: `arson`, `driving`, `murder`,
    /// `sexual`, `terrorism`, `other`.
    #[validate(length(max = 20, message = "\"offence_groups\" has at most 20 entries."))]
    #[schema(max_items = 20)]
    pub offence_groups: Option<Vec<String>>,
    /// Whether a check of criminal records would show something.
    pub dbs_issue: Option<bool>,
    /// What would help in being chosen, such as `guaranteed-interview`.
    #[validate(length(max = 20, message = "\"wants\" has at most 20 entries."))]
    #[schema(max_items = 20)]
    pub wants: Option<Vec<String>>,
    /// What is looked for, in words; nothing about a person. The first 32 words count.
    #[validate(length(max = 500, message = "\"text\" has at most 500 characters."))]
    #[schema(max_length = 500)]
    pub text: Option<String>,
}

impl NeedForm {
    /// The need that is meant.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for values that are none of those known, each with the nearest.
    pub fn need(self, snapshot: &Snapshot) -> Result<Need, AppError> {
        let mut reading = Reading { refusals: Vec::new() };
        let words = snapshot.vocabulary();
        let cohorts: Vec<&str> = words.cohorts.iter().map(|one| one.label.slug.as_str()).collect();
        let sectors: Vec<&str> = words.sectors.iter().map(|one| one.label.slug.as_str()).collect();
        let cohort = reading.slug("/cohort", "cohort", &self.cohort, &cohorts);
        let wanted_sectors = self.sectors.unwrap_or_default();
        let wanted_sectors = (0..).zip(&wanted_sectors).filter_map(|(nth, sector)| {
            reading.slug(&format!("/sectors/{nth}"), "sector", sector, &sectors)
        });
        let wanted_sectors = wanted_sectors.collect();
        let place = self.place.filter(|place| !place.trim().is_empty());
        let place = place.map(|text| {
            let (place, written) = matching::place(snapshot, &text);
            if place.is_none() {
                let names = snapshot.gazetteer().names();
                reading.refuse("/place", "unknown-place", &written, ("place", names));
            }
            place
        });
        reading.within_miles(self.within_miles, place.is_some());
        let need = Need {
            place: place.flatten(),
            within_miles: self.within_miles,
            sectors: wanted_sectors,
            work_types: reading.words("work_types", "kind of work", self.work_types, WorkType::ALL),
            patterns: reading.words("patterns", "pattern", self.patterns, Pattern::ALL),
            hours: reading.word("/hours", "hours", self.hours, Hours::ALL),
            base: reading.word("/base", "base", self.base, Base::ALL),
            english: reading.word("/english", "level of English", self.english, EnglishLevel::ALL),
            offence_groups: reading.words(
                "offence_groups",
                "group of offences",
                self.offence_groups,
                OffenceGroup::ALL,
            ),
            dbs_issue: self.dbs_issue,
            wants: reading.words("wants", "offer", self.wants, SelectionOffer::ALL),
            text: self.text.filter(|text| !text.trim().is_empty()),
            ..Need::of(cohort.unwrap_or_else(|| Slug::of_words([])))
        };
        if reading.refusals.is_empty() {
            Ok(need)
        } else {
            Err(AppError::Invalid(reading.refusals))
        }
    }
}

/// Values being read, with what was refused so far.
struct Reading {
    refusals: Vec<Refusal>,
}

impl Reading {
    /// Refuses a value; the nearest of those known is named, the value is not.
    fn refuse<'k>(
        &mut self,
        at: &str,
        code: &'static str,
        value: &str,
        (what, known): (&str, impl Iterator<Item = &'k str>),
    ) {
        let near = guidance::nearest(value, known);
        let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
        let message = format!("There is no such {what}.{hint}");
        self.refusals.push(Refusal { field: at.to_owned(), code, message });
    }

    fn slug(&mut self, at: &str, what: &str, value: &str, known: &[&str]) -> Option<Slug> {
        let found = known.iter().find(|one| **one == value).and_then(|one| Slug::parse(one).ok());
        if found.is_none() {
            self.refuse(at, "unknown-value", value, (what, known.iter().copied()));
        }
        found
    }

    fn word<T: Copy + ToString>(
        &mut self,
        at: &str,
        what: &str,
        value: Option<String>,
        all: &[T],
    ) -> Option<T> {
        let value = value.filter(|value| !value.is_empty())?;
        let names: Vec<String> = all.iter().map(ToString::to_string).collect();
        let found = all.iter().zip(&names).find(|(_, name)| **name == value);
        if found.is_none() {
            let names = names.iter().map(String::as_str);
            self.refuse(at, "unknown-value", &value, (what, names));
        }
        found.map(|(word, _)| *word)
    }

    fn words<T: Copy + ToString>(
        &mut self,
        field: &str,
        what: &str,
        values: Option<Vec<String>>,
        all: &[T],
    ) -> Vec<T> {
        let values = values.unwrap_or_default();
        let each = (0..).zip(values).filter_map(|(nth, value)| {
            self.word(&format!("/{field}/{nth}"), what, Some(value), all)
        });
        each.collect()
    }

    fn within_miles(&mut self, miles: Option<u32>, has_place: bool) {
        let Some(miles) = miles else { return };
        let refusal =
            |code, message: String| Refusal { field: "/within_miles".to_owned(), code, message };
        if !WITHIN_MILES.contains(&miles) {
            let nearest = WITHIN_MILES.into_iter().min_by_key(|step| step.abs_diff(miles));
            let nearest = nearest.unwrap_or_default();
            let message = format!("\"within_miles\" is 5, 10, 20 or 50. The nearest is {nearest}.");
            self.refusals.push(refusal("out-of-range", message));
        } else if !has_place {
            let message = "\"within_miles\" needs a \"place\" to be near.".to_owned();
            self.refusals.push(refusal("needs-place", message));
        }
    }
}
