//! What fits an employer: a short profile, then three ranked lists with reasons.
//!
//! The profile comes in the body of a request, is used for the answer and is gone.

mod form;
mod result;

use maud::Markup;

use crate::{
    app::{
        AppError, Snapshot,
        matching::{self, EmployerMatch},
    },
    domain::{
        matching::{Profile, RecognitionHeld},
        size_band::SizeBand,
        slug::Slug,
        stage::Stage,
    },
    web::{
        pages::plan::{Outcome, faults},
        problem::Problem,
        query::Query,
    },
};

/// A question may have so many characters.
const MOST_QUESTION: usize = 500;
/// A place's name may have so many characters.
const MOST_PLACE: usize = 80;

/// The profile as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    cohorts: Vec<String>,
    size: Vec<String>,
    sector: Vec<String>,
    stage: Vec<String>,
    place: Vec<String>,
    recognitions: Vec<String>,
    actions: Vec<String>,
    question: Vec<String>,
    edit: bool,
}

impl Sent {
    /// Reads the profile from a form's body.
    ///
    /// # Errors
    ///
    /// A problem for a text that cannot be decoded.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let mut query = Query::read(text)?;
        Ok(Self {
            cohorts: query.every("cohort"),
            size: query.every("size_band"),
            sector: query.every("sector"),
            stage: query.every("stage"),
            place: query.every("place"),
            recognitions: query.every("recognition"),
            actions: query.every("action"),
            question: query.every("question"),
            edit: !query.every("edit").is_empty(),
        })
    }

    /// The profile as values, or what is wrong with it.
    fn profile(&self, snapshot: &Snapshot) -> Result<Profile, Vec<(String, String)>> {
        let mut wrong = Vec::new();
        let mut fault = |field: &str, message: &str, is: bool| {
            if is {
                wrong.push((field.to_owned(), message.to_owned()));
            }
        };
        let slugs = |values: &[String]| -> Vec<Slug> {
            values.iter().filter_map(|value| Slug::parse(value).ok()).collect()
        };
        let cohorts = slugs(&self.cohorts);
        fault("cohort", "Choose from the list.", cohorts.len() < self.cohorts.len());
        let sector = slugs(&self.sector).into_iter().next();
        fault("sector", "Choose from the list.", sector.is_none() && !self.sector.is_empty());
        let size_band = self.size.first().and_then(|text| SizeBand::parse(text));
        fault("size_band", "Choose one answer.", size_band.is_none() && !self.size.is_empty());
        let stage = self.stage.first().and_then(|text| Stage::parse(text));
        fault("stage", "Choose one answer.", stage.is_none() && !self.stage.is_empty());
        let recognitions: Vec<RecognitionHeld> =
            self.recognitions.iter().filter_map(|text| held(text)).collect();
        let unread = recognitions.len() < self.recognitions.len();
        fault("recognition", "Choose from the list.", unread);
        let long = |values: &[String], most| values.iter().any(|v| v.chars().count() > most);
        fault("place", "Use 80 characters or fewer.", long(&self.place, MOST_PLACE));
        fault("question", "Use 500 characters or fewer.", long(&self.question, MOST_QUESTION));
        let place = self.place.first().map(|text| matching::place(snapshot, text));
        if wrong.is_empty() {
            let (place, place_as_given) = place.map_or((None, None), |(p, text)| (p, Some(text)));
            Ok(Profile {
                cohorts,
                sector,
                size_band,
                place,
                place_as_given,
                stage,
                skills: Vec::new(),
                recognitions,
                actions_pledged: self.actions.clone(),
                question: self.question.first().cloned(),
            })
        } else {
            Err(wrong)
        }
    }
}

/// `scheme` or `scheme:level`.
fn held(text: &str) -> Option<RecognitionHeld> {
    let (scheme, level) = match text.split_once(':') {
        Some((scheme, level)) => (scheme, Some(Slug::parse(level).ok()?)),
        None => (text, None),
    };
    Some(RecognitionHeld { scheme: Slug::parse(scheme).ok()?, level })
}

/// The form.
pub fn questions(snapshot: &Snapshot, sent: &Sent) -> Markup {
    form::page(snapshot, sent, &[])
}

/// Makes the match, and tells `note` of it.
///
/// # Errors
///
/// Every [`AppError`] but [`AppError::Invalid`], which is shown in the form.
pub fn outcome(
    snapshot: &Snapshot,
    sent: &Sent,
    note: impl FnOnce(&Profile, &EmployerMatch),
) -> Result<Outcome, AppError> {
    if sent.edit {
        return Ok(Outcome::Page(questions(snapshot, sent)));
    }
    let profile = match sent.profile(snapshot) {
        Ok(profile) => profile,
        Err(wrong) => return Ok(Outcome::Refused(form::page(snapshot, sent, &wrong))),
    };
    match matching::employer(snapshot, &profile) {
        Ok(found) => {
            note(&profile, &found);
            Ok(Outcome::Page(result::page(snapshot, sent, &profile, &found)))
        }
        Err(AppError::Invalid(refusals)) => {
            let wrong = faults(snapshot, &refusals);
            Ok(Outcome::Refused(form::page(snapshot, sent, &wrong)))
        }
        Err(error) => Err(error),
    }
}
