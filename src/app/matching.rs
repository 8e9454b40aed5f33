//! The employer's match and the action plan, answered from a snapshot.
//!
//! What was sent is checked against what the service knows, used in memory, and
//! gone with the answer: only its hash stays in the receipt.

use sha2::{Digest, Sha256};

use crate::{
    app::{
        error::{AppError, Refusal},
        guidance::nearest,
        snapshot::Snapshot,
    },
    domain::{
        matching::{
            Knowledge, Profile, Ranked, Relevance,
            employer::{self, FittingAction, FittingPartnership, Resource},
        },
        place::{self, Place},
        plan::{self, Answers, Plan},
        slug::Slug,
    },
};

/// The three lists for an employer, with the receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct EmployerMatch {
    /// Passages and other people's guides.
    pub resources: Ranked<Resource>,
    /// Workforce development partnerships.
    pub partnerships: Ranked<FittingPartnership>,
    /// Charter actions, not yet pledged first.
    pub charter_actions: Ranked<FittingAction>,
    /// What the answer rests on.
    pub receipt: Receipt,
}

/// What an answer rests on: the same four give the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Version of the published policy.
    pub policy_version: String,
    /// Number of the last change of the register.
    pub change: i64,
    /// Hash of the content.
    pub content: String,
    /// Hash of what was sent, in its canonical form.
    pub input_hash: String,
}

/// Matches an employer with guidance, partnerships and charter actions.
///
/// # Errors
///
/// [`AppError::Invalid`] where the profile names what the service does not know.
pub fn employer(snapshot: &Snapshot, profile: &Profile) -> Result<EmployerMatch, AppError> {
    refuse_unknown(profile_refusals(snapshot, profile))?;
    let known = Knowledge {
        toolkits: snapshot.toolkits(),
        library: snapshot.library(),
        reference: &snapshot.reference,
        gazetteer: snapshot.gazetteer(),
        vocabulary: snapshot.vocabulary(),
        today: snapshot.today,
    };
    let relevance = relevance(snapshot, profile.question.as_deref().unwrap_or_default())?;
    let policy = snapshot.policy();
    Ok(EmployerMatch {
        resources: employer::resources(profile, &known, &relevance, policy),
        partnerships: employer::partnerships(profile, &known, &relevance, policy),
        charter_actions: employer::charter_actions(profile, &known, &relevance, policy),
        receipt: Receipt {
            policy_version: policy.version.clone(),
            change: snapshot.change,
            content: snapshot.content_hash().to_owned(),
            input_hash: hash(&profile.canonical()),
        },
    })
}

/// An action plan for these answers.
///
/// # Errors
///
/// [`AppError::Invalid`] where the answers name what the service does not know.
pub fn action_plan(snapshot: &Snapshot, answers: &Answers) -> Result<Plan, AppError> {
    let words = snapshot.vocabulary();
    let mut refusals = Vec::new();
    refusals.extend(unknown_cohorts(snapshot, &answers.cohorts));
    refusals.extend(answers.sector.iter().filter_map(|sector| unknown_sector(snapshot, sector)));
    for (at, topic) in answers.topics.iter().enumerate() {
        let known = || words.topics.iter().map(|label| label.slug.as_str());
        refusals.extend(unknown(&format!("/topics/{at}"), "topic", topic, known));
    }
    refuse_unknown(refusals)?;
    Ok(plan::plan(answers, snapshot.toolkits(), words, snapshot.today))
}

/// The place that somebody meant, with what they wrote: a whole postcode is cut to
/// its outward code before anything else happens.
pub fn place(snapshot: &Snapshot, text: &str) -> (Option<Place>, String) {
    let written = place::outward_code(text).unwrap_or_else(|| text.trim().to_owned());
    (snapshot.gazetteer().find(&written), written)
}

/// How well search finds each thing for a question: thousandths of the best.
fn relevance(snapshot: &Snapshot, question: &str) -> Result<Relevance, AppError> {
    let mut relevance = Relevance::default();
    if question.trim().is_empty() {
        return Ok(relevance);
    }
    // What is past its review date is judged by a criterion of its own.
    let found = snapshot.index.relevance(question, None)?;
    let best = found.iter().map(|(.., milli)| *milli).max().unwrap_or(0).max(1);
    for (kind, id, milli) in found {
        let thousandths = u32::try_from(milli.max(0) * 1000 / best).unwrap_or(0);
        relevance.insert(kind, id, thousandths);
    }
    Ok(relevance)
}

fn profile_refusals(snapshot: &Snapshot, profile: &Profile) -> Vec<Refusal> {
    let mut refusals = unknown_cohorts(snapshot, &profile.cohorts);
    refusals.extend(profile.sector.iter().filter_map(|sector| unknown_sector(snapshot, sector)));
    let reference = &snapshot.reference;
    for (at, held) in profile.recognitions.iter().enumerate() {
        let field = format!("/recognitions/{at}");
        let schemes = || reference.schemes.iter().map(|scheme| scheme.slug.as_str());
        let scheme = reference.schemes.iter().find(|scheme| scheme.slug == held.scheme);
        refusals.extend(unknown(&field, "scheme", &held.scheme, schemes));
        if let (Some(scheme), Some(level)) = (scheme, &held.level) {
            let levels = || scheme.levels.iter().map(|level| level.slug.as_str());
            refusals.extend(unknown(&field, "level of that scheme", level, levels));
        }
    }
    for (at, code) in profile.actions_pledged.iter().enumerate() {
        if reference.action(code.trim()).is_none() {
            let codes = || reference.actions.iter().map(|action| action.code.as_str());
            let code = code.trim().to_ascii_uppercase();
            refusals.extend(unknown(&format!("/actions_pledged/{at}"), "action", &code, codes));
        }
    }
    refusals
}

fn unknown_cohorts(snapshot: &Snapshot, cohorts: &[Slug]) -> Vec<Refusal> {
    let known = || snapshot.vocabulary().cohorts.iter().map(|cohort| cohort.label.slug.as_str());
    let one =
        |(at, cohort): (usize, &Slug)| unknown(&format!("/cohorts/{at}"), "cohort", cohort, known);
    cohorts.iter().enumerate().filter_map(one).collect()
}

fn unknown_sector(snapshot: &Snapshot, sector: &Slug) -> Option<Refusal> {
    let known = || snapshot.vocabulary().sectors.iter().map(|s| s.label.slug.as_str());
    unknown("/sector", "sector", sector, known)
}

/// A refusal that names the nearest known value, if the value is not known.
fn unknown<'a, I: Iterator<Item = &'a str>>(
    field: &str,
    what: &str,
    value: &str,
    known: impl Fn() -> I,
) -> Option<Refusal> {
    if known().any(|one| one == value) {
        return None;
    }
    let hint = nearest(value, known()).map(|near| format!(" The nearest is \"{near}\"."));
    Some(Refusal {
        field: field.to_owned(),
        code: "unknown-value",
        message: format!("There is no such {what}.{}", hint.unwrap_or_default()),
    })
}

fn refuse_unknown(refusals: Vec<Refusal>) -> Result<(), AppError> {
    if refusals.is_empty() { Ok(()) } else { Err(AppError::Invalid(refusals)) }
}

pub(in crate::app) fn hash(text: &str) -> String {
    let mut hash = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        for digit in [byte >> 4, byte & 15] {
            hash.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    hash
}
