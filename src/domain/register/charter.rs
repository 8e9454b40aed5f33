//! The charter's versions and actions, as the partnership keeps them.

use chrono::NaiveDate;

use crate::domain::{
    register::{Body, Charter, CharterAction, Draft, Provenance, Record, RecordKind},
    slug::Slug,
};

/// A version of the charter: what it is, and what its actions are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCharter {
    /// Public name of the charter; a register has one charter.
    pub charter: Slug,
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// The version, as published.
    pub version: String,
    /// The day the version was launched.
    pub launched_on: Option<NaiveDate>,
    /// Its focus areas, in the order shown.
    pub focus_areas: Vec<FocusArea>,
    /// The stances its actions are taken from, in the order shown.
    pub stances: Vec<CharterStance>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

/// A focus area of the charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocusArea {
    /// Name.
    pub slug: Slug,
    /// Words shown.
    pub label: String,
}

/// A stance that actions are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharterStance {
    /// Name.
    pub slug: Slug,
    /// Words shown.
    pub label: String,
    /// What it means.
    pub meaning: String,
}

/// An option of the charter's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAction {
    /// Code, such as `E2`; in lower case it is the public name, and stays.
    pub code: String,
    /// Stance, of those of the charter.
    pub stance: Slug,
    /// Focus area, of those of the charter.
    pub focus_area: Slug,
    /// Short label.
    pub label: String,
    /// What it asks for.
    pub description: String,
    /// What to do first; advice, not sourced.
    pub help: String,
    /// Whether progress can be given as a number.
    pub measurable: bool,
    /// The number's unit.
    pub unit: Option<String>,
    /// Whether a published pledge shows the option, or it is only an illustration.
    pub evidenced: bool,
    /// Cohorts it plainly concerns; empty for all.
    pub cohorts: Vec<Slug>,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

impl Body for KeptCharter {
    const KIND: RecordKind = RecordKind::CharterVersion;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.charter.as_str(), self.version.as_str()])
    }
}

impl KeptCharter {
    /// The charter of the reference data as a record.
    pub fn published(charter: &Charter) -> Draft<Self> {
        let said = &charter.provenance;
        let areas = charter.focus_areas.iter().cloned();
        let stances = charter.stances.iter().cloned();
        let body = Self {
            charter: charter.slug.clone(),
            name: charter.name.clone(),
            summary: charter.summary.clone(),
            version: charter.version.clone(),
            launched_on: charter.launched_on,
            focus_areas: areas.map(|(slug, label)| FocusArea { slug, label }).collect(),
            stances: stances
                .map(|(slug, label, meaning)| CharterStance { slug, label, meaning })
                .collect(),
            sources: said.sources.clone(),
            note: said.note.clone(),
        };
        said.draft(body.natural_slug(), body)
    }

    /// The record as the charter.
    pub fn charter(record: &Record<Self>) -> Charter {
        let body = record.body.clone();
        let area = |one: FocusArea| (one.slug, one.label);
        let stance = |one: CharterStance| (one.slug, one.label, one.meaning);
        Charter {
            slug: body.charter,
            name: body.name,
            summary: body.summary,
            version: body.version,
            launched_on: body.launched_on,
            focus_areas: body.focus_areas.into_iter().map(area).collect(),
            stances: body.stances.into_iter().map(stance).collect(),
            provenance: Provenance::of(record, &body.sources, body.note.as_deref()),
        }
    }
}

impl Body for KeptAction {
    const KIND: RecordKind = RecordKind::Action;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        let lower = self.code.to_ascii_lowercase();
        Slug::parse(&lower).unwrap_or_else(|_no_name| Slug::of_words([lower.as_str()]))
    }
}

impl KeptAction {
    /// An action of the reference data as a record.
    pub fn published(action: &CharterAction) -> Draft<Self> {
        let said = &action.provenance;
        let body = Self {
            code: action.code.clone(),
            stance: action.stance.clone(),
            focus_area: action.focus_area.clone(),
            label: action.label.clone(),
            description: action.description.clone(),
            help: action.help.clone(),
            measurable: action.measurable,
            unit: action.unit.clone(),
            evidenced: action.evidenced,
            cohorts: action.cohorts.clone(),
            asked: action.asked.clone(),
            sources: said.sources.clone(),
            note: said.note.clone(),
        };
        said.draft(body.natural_slug(), body)
    }

    /// The record as an action of the charter.
    pub fn action(record: &Record<Self>) -> CharterAction {
        let body = record.body.clone();
        CharterAction {
            code: body.code,
            stance: body.stance,
            focus_area: body.focus_area,
            label: body.label,
            description: body.description,
            help: body.help,
            measurable: body.measurable,
            unit: body.unit,
            evidenced: body.evidenced,
            cohorts: body.cohorts,
            asked: body.asked,
            provenance: Provenance::of(record, &body.sources, body.note.as_deref()),
        }
    }
}
