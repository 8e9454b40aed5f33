//! The shapes of the files under `toolkits/`, word for word.
//!
//! Nothing is checked here but the presence and kind of values; a key that is not
//! listed is refused, so that a slip of the pen is not silently ignored. Keys that are
//! notes among editors have names that begin with `_`.

use serde::{Deserialize, de::IgnoredAny};

use crate::content::toml_text::Words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawToolkit {
    pub(super) title: String,
    pub(super) cohort: String,
    pub(super) summary: String,
    pub(super) order: u32,
    pub(super) example: Option<String>,
    pub(super) as_of: Words,
    pub(super) review_by: Words,
    #[serde(default)]
    pub(super) sources: Vec<RawCitation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCitation {
    pub(super) id: String,
    pub(super) publisher: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) date: Words,
    #[serde(default)]
    pub(super) official: bool,
}

/// Front matter of a section or, without `format`, of a template.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) title: String,
    pub(super) stage: String,
    pub(super) topics: Vec<String>,
    pub(super) audience: Vec<String>,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    pub(super) official: Option<String>,
    pub(super) as_of: Words,
    pub(super) review_by: Words,
    #[serde(default)]
    pub(super) legal: bool,
    pub(super) format: Option<String>,
    #[serde(default)]
    pub(super) actions: Vec<String>,
    pub(super) asked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChecklist {
    #[serde(default)]
    pub(super) steps: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) why: String,
    pub(super) section: String,
    pub(super) stage: String,
    pub(super) official: Option<String>,
    #[serde(default)]
    pub(super) essential: bool,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) sizes: Vec<String>,
    #[serde(default)]
    pub(super) sectors: Vec<String>,
    #[serde(default)]
    pub(super) regulated: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLibrary {
    #[serde(default, alias = "library")]
    pub(super) entries: Vec<RawEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) url: String,
    pub(super) published: Option<Words>,
    pub(super) last_checked: Words,
    pub(super) review_by: Words,
    #[serde(default)]
    pub(super) cohorts: Vec<String>,
    #[serde(default)]
    pub(super) stages: Vec<String>,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    pub(super) format: String,
    #[serde(default)]
    pub(super) audience: Vec<String>,
    pub(super) jurisdiction: String,
    pub(super) status: String,
    pub(super) status_note: Option<String>,
    pub(super) summary: String,
    pub(super) source: String,
    #[serde(default)]
    pub(super) asked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVocabulary {
    #[serde(default)]
    pub(super) cohorts: Vec<RawCohort>,
    #[serde(default)]
    pub(super) topics: Vec<RawLabel>,
    #[serde(default)]
    pub(super) audiences: Vec<RawLabel>,
    #[serde(default)]
    pub(super) formats: Vec<RawLabel>,
    #[serde(default)]
    pub(super) sectors: Vec<RawSector>,
    #[serde(default)]
    pub(super) stages: Vec<RawLabel>,
    #[serde(default)]
    pub(super) terms: Vec<RawTerm>,
    #[serde(default)]
    pub(super) never_print: Vec<RawNeverPrint>,
    #[serde(default)]
    pub(super) never_correct: Vec<String>,
    #[serde(rename = "as_of")]
    _as_of: Option<IgnoredAny>,
    #[serde(rename = "owner")]
    _owner: Option<IgnoredAny>,
    #[serde(rename = "stop_exceptions")]
    _stop_exceptions: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLabel {
    pub(super) slug: String,
    #[serde(default)]
    pub(super) label: String,
    pub(super) description: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCohort {
    pub(super) slug: String,
    pub(super) label: String,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) toolkit: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSector {
    pub(super) slug: String,
    pub(super) label: String,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) sic: Vec<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTerm {
    pub(super) id: String,
    pub(super) preferred: String,
    #[serde(default)]
    pub(super) variants: Vec<String>,
    #[serde(default)]
    pub(super) misspellings: Vec<String>,
    pub(super) abbreviation: Option<String>,
    pub(super) expansion: Option<String>,
    #[serde(default)]
    pub(super) narrower: Vec<String>,
    #[serde(default)]
    pub(super) related: Vec<String>,
    pub(super) cohort: Option<String>,
    #[serde(rename = "note")]
    _note: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNeverPrint {
    pub(super) word: String,
    pub(super) instead: String,
    #[serde(rename = "reason")]
    _reason: Option<IgnoredAny>,
    #[serde(rename = "slur")]
    _slur: Option<IgnoredAny>,
}
