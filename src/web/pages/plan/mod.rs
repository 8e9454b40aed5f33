//! The guided route: six short questions, then a checklist that prints.
//!
//! Answers come in the body of a request, are used for the answer and are gone.

mod form;
mod result;

pub use form::{sectors, sizes, stages};
use maud::Markup;

use crate::{
    app::{AppError, Refusal, Snapshot, matching},
    domain::{plan::Answers, size_band::SizeBand, slug::Slug, stage::Stage},
    web::{
        pages::wording::{Wording, curly},
        problem::Problem,
        query::Query,
    },
};

/// The answers as they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    cohorts: Vec<String>,
    size: Vec<String>,
    sector: Vec<String>,
    stage: Vec<String>,
    topics: Vec<String>,
    regulated: Vec<String>,
    /// Whether the answers are to be changed and not yet used.
    edit: bool,
}

impl Sent {
    /// Reads the answers from a form's body or a query string.
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
            topics: query.every("topic"),
            regulated: query.every("regulated"),
            edit: !query.every("edit").is_empty(),
        })
    }

    /// The answers as values, or what is wrong with them.
    fn answers(&self) -> Result<Answers, Vec<(String, String)>> {
        let mut faults = Vec::new();
        let mut slugs = |name: &str, values: &[String]| -> Vec<Slug> {
            let parsed = values.iter().map(|value| Slug::parse(value));
            let found: Vec<Slug> = parsed.filter_map(Result::ok).collect();
            if found.len() < values.len() {
                faults.push((name.to_owned(), "Choose from the list.".to_owned()));
            }
            found
        };
        let cohorts = slugs("cohort", &self.cohorts);
        let sector = slugs("sector", &self.sector).into_iter().next();
        let topics = slugs("topic", &self.topics);
        let mut one_of = |name: &str, values: &[String], known: bool| {
            if !known && !values.is_empty() {
                faults.push((name.to_owned(), "Choose one answer.".to_owned()));
            }
        };
        let size_band = self.size.first().and_then(|text| SizeBand::parse(text));
        one_of("size_band", &self.size, size_band.is_some());
        let stage = self.stage.first().and_then(|text| Stage::parse(text));
        one_of("stage", &self.stage, stage.is_some());
        let regulated = self.regulated.first().and_then(|text| match text.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        });
        one_of("regulated", &self.regulated, regulated.is_some());
        if faults.is_empty() {
            Ok(Answers { cohorts, size_band, sector, stage, topics, regulated })
        } else {
            Err(faults)
        }
    }
}

/// The questions, with what was answered so far.
pub fn questions(snapshot: &Snapshot, sent: &Sent) -> Markup {
    form::page(snapshot, sent, &[])
}

/// A page made from answers: the plan, the questions again, or what is wrong.
#[derive(Debug)]
pub enum Outcome {
    /// The plan, or the questions to be changed.
    Page(Markup),
    /// The questions with what is wrong with the answers.
    Refused(Markup),
}

/// Makes the plan.
///
/// # Errors
///
/// Every [`AppError`] but [`AppError::Invalid`], which is shown in the form.
pub fn outcome(snapshot: &Snapshot, sent: &Sent) -> Result<Outcome, AppError> {
    if sent.edit {
        return Ok(Outcome::Page(questions(snapshot, sent)));
    }
    let answers = match sent.answers() {
        Ok(answers) => answers,
        Err(faults) => return Ok(Outcome::Refused(form::page(snapshot, sent, &faults))),
    };
    match matching::action_plan(snapshot, &answers) {
        Ok(plan) => Ok(Outcome::Page(result::page(snapshot, sent, &answers, &plan))),
        Err(AppError::Invalid(refusals)) => {
            let faults = faults(snapshot, &refusals);
            Ok(Outcome::Refused(form::page(snapshot, sent, &faults)))
        }
        Err(error) => Err(error),
    }
}

/// Refusals as lines above a form, each with the name of its field there.
pub fn faults(snapshot: &Snapshot, refusals: &[Refusal]) -> Vec<(String, String)> {
    let wording = Wording::of(snapshot.vocabulary());
    let line = |refusal: &Refusal| {
        let path = refusal.field.trim_start_matches('/');
        let list = path.split('/').next().unwrap_or(path);
        let field = match list {
            "cohorts" => "cohort",
            "topics" => "topic",
            "recognitions" => "recognition",
            "actions_pledged" => "action",
            other => other,
        };
        let message = wording.fit(&refusal.message).unwrap_or("Choose from the list.");
        (field.to_owned(), curly(message))
    };
    refusals.iter().map(line).collect()
}
