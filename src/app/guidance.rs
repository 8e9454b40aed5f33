//! Search and completion over everything that can be found.

use crate::{
    app::{
        error::{AppError, Refusal},
        snapshot::Snapshot,
    },
    domain::{
        search::{Answer, CompletionGroup, Facet, Kind, Question},
        stage::Stage,
    },
};

/// Answers a question from a snapshot.
///
/// # Errors
///
/// [`AppError::Invalid`] for a filter value that is not known, with the nearest
/// that is: a slip must not quietly give wrong results.
pub fn search(snapshot: &Snapshot, question: &Question) -> Result<Answer, AppError> {
    let refusals: Vec<Refusal> = question
        .filters
        .iter()
        .filter_map(|(facet, value)| unknown_value(snapshot, *facet, value))
        .collect();
    if !refusals.is_empty() {
        return Err(AppError::Invalid(refusals));
    }
    Ok(snapshot.index.search(question, snapshot.today)?)
}

/// Completions for what was typed so far.
pub fn suggest(snapshot: &Snapshot, typed: &str) -> Result<Vec<CompletionGroup>, AppError> {
    Ok(snapshot.index.suggest(typed)?)
}

/// Every value of a facet that the service knows, whether or not anything has it.
pub fn values(snapshot: &Snapshot, facet: Facet) -> Vec<String> {
    let words = snapshot.vocabulary();
    let mut known: Vec<String> = match facet {
        Facet::Kind => Kind::ALL.into_iter().map(|kind| kind.as_str().to_owned()).collect(),
        Facet::Stage => Stage::ALL.into_iter().map(|stage| stage.as_str().to_owned()).collect(),
        Facet::Cohort => words.cohorts.iter().map(|c| c.label.slug.to_string()).collect(),
        Facet::Topic => words.topics.iter().map(|topic| topic.slug.to_string()).collect(),
        Facet::Format => words.formats.iter().map(|format| format.slug.to_string()).collect(),
        Facet::Toolkit | Facet::Status => Vec::new(),
    };
    known.extend(snapshot.index.values(facet).map(str::to_owned));
    if facet == Facet::Status {
        known.extend(
            ["current", "dated", "superseded", "unconfirmed", "past-review"].map(str::to_owned),
        );
    }
    known.sort();
    known.dedup();
    known
}

fn unknown_value(snapshot: &Snapshot, facet: Facet, value: &str) -> Option<Refusal> {
    let known = values(snapshot, facet);
    if known.iter().any(|one| one == value) {
        return None;
    }
    let nearest = nearest(value, known.iter().map(String::as_str));
    let hint = nearest.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
    Some(Refusal {
        field: facet.as_str().to_owned(),
        code: "unknown-value",
        message: format!("There is no such {}.{hint}", facet.as_str()),
    })
}

/// The nearest of some names to a word that is none of them.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: String = word.to_lowercase().chars().take(80).collect();
    names.min_by_key(|name| (strsim::osa_distance(&word, name), *name))
}
