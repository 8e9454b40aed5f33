//! Which heading means which field, and what a coordinator's own spreadsheet needs to be
//! read: headings, words and constants of theirs, told in a map file.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::Value;

use crate::app::exchange::{
    cell,
    form::{Given, is_blank},
    value::{Shape, Wrong},
};

/// The fields that a kind of file may have.
#[derive(Debug, Clone)]
pub struct Known {
    /// By name, with how they stand in a cell.
    pub fields: Vec<(&'static str, Shape)>,
    /// Names that may not stand beside a field that they become.
    pub becomes: Vec<(&'static str, &'static str)>,
    /// Other names of fields.
    pub aliases: &'static [(&'static str, &'static str)],
    /// Headings that are known to mean nothing here.
    pub ignored: &'static [&'static str],
}

/// What stands in a file `--map`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    columns: BTreeMap<String, String>,
    values: BTreeMap<String, BTreeMap<String, String>>,
    constants: BTreeMap<String, toml::Value>,
    skip: Skipped,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Skipped {
    headings: Vec<String>,
}

/// Something in the file that is no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoField {
    /// The map file is no TOML, or has tables of other names.
    #[error("the map cannot be read: {0}")]
    Unreadable(String),
    /// It names a field that there is not.
    #[error("the map names a field {0:?}; the nearest is {1:?}")]
    OfMap(String, String),
    /// A heading is neither known nor mapped nor skipped.
    #[error(
        "the heading {0:?} is no field; the nearest is {1:?}. Map it or skip it in a file for --map"
    )]
    Heading(String, String),
    /// Two headings mean the same field.
    #[error("two columns are read as {0:?}")]
    Twice(&'static str),
    /// Two fields say the same in different ways.
    #[error("a column {0:?} cannot stand beside a column {1:?}: it is a part of it")]
    Beside(&'static str, &'static str),
}

/// How headings and cells are read.
#[derive(Debug, Clone)]
pub struct Columns {
    known: Known,
    mapped: Option<Mapped>,
}

#[derive(Debug, Clone)]
struct Mapped {
    headings: BTreeMap<String, Option<&'static str>>,
    values: BTreeMap<&'static str, BTreeMap<String, String>>,
    constants: Given,
}

/// A field that a column holds.
pub type Target = (&'static str, Shape);

impl Columns {
    /// Headings are the names of the fields.
    pub const fn plain(known: Known) -> Self {
        Self { known, mapped: None }
    }

    /// Headings, words and constants as the text of a map file has them.
    ///
    /// # Errors
    ///
    /// [`NoField`] if the map cannot be read or names what is no field.
    pub fn mapped(known: Known, text: &str) -> Result<Self, NoField> {
        let written: Written =
            toml::from_str(text).map_err(|error| NoField::Unreadable(error.to_string()))?;
        let field = |name: &str| {
            let nearest = || NoField::OfMap(shown(name), known.nearest(name).to_owned());
            known.field(name).ok_or_else(nearest)
        };
        let mut headings = BTreeMap::new();
        for (theirs, ours) in &written.columns {
            headings.insert(theirs.trim().to_owned(), Some(field(ours)?.0));
        }
        for heading in &written.skip.headings {
            headings.insert(heading.trim().to_owned(), None);
        }
        let mut values = BTreeMap::new();
        for (ours, words) in written.values {
            values.insert(field(&ours)?.0, words);
        }
        let mut constants = Given::new();
        for (ours, value) in &written.constants {
            let (name, shape) = field(ours)?;
            constants.insert(name.to_owned(), constant(shape, value));
        }
        Ok(Self { known, mapped: Some(Mapped { headings, values, constants }) })
    }

    /// The field that a heading means; `None` if it is to be skipped.
    ///
    /// # Errors
    ///
    /// [`NoField::Heading`] with the nearest field.
    pub fn target(&self, heading: &str) -> Result<Option<Target>, NoField> {
        let heading = heading.trim();
        if let Some(told) = self.mapped.as_ref().and_then(|mapped| mapped.headings.get(heading)) {
            return Ok(told.and_then(|name| self.known.field(name)));
        }
        if let Some(field) = self.known.field(heading) {
            return Ok(Some(field));
        }
        if self.known.ignored.contains(&plain(heading).as_str()) {
            return Ok(None);
        }
        Err(NoField::Heading(shown(heading), self.known.nearest(heading).to_owned()))
    }

    /// The fields of a row of headings, `None` where a column is skipped.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn targets<'a>(
        &self,
        headings: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<Option<Target>>, Vec<NoField>> {
        let (mut targets, mut wrong) = (Vec::new(), Vec::new());
        for heading in headings {
            match self.target(heading) {
                Ok(target) => targets.push(target),
                Err(error) => wrong.push(error),
            }
        }
        let mut names = HashSet::new();
        for (name, _) in targets.iter().flatten() {
            if !names.insert(*name) {
                wrong.push(NoField::Twice(name));
            }
        }
        let beside = |(part, whole): &&(&str, &str)| names.contains(part) && names.contains(whole);
        let clashes = self.known.becomes.iter().filter(beside);
        wrong.extend(clashes.map(|(part, whole)| NoField::Beside(part, whole)));
        if wrong.is_empty() { Ok(targets) } else { Err(wrong) }
    }

    /// Puts what stands in a cell under the name of its field.
    pub fn put(&self, given: &mut Given, (name, shape): Target, text: &str) {
        let text = cell::unguarded(text);
        // What others wrote is trimmed; what we wrote is exact.
        let text = if self.mapped.is_some() { text.trim() } else { text };
        let value = match self.translated(name, text) {
            Some(ours) => cell::read(shape, ours),
            None => self.translated_items(name, cell::read(shape, text)),
        };
        given.insert(name.to_owned(), value);
    }

    /// Puts a value of JSON under the name of its field.
    pub fn put_json(&self, given: &mut Given, (name, shape): Target, value: Value) {
        let ours = value.as_str().and_then(|text| self.translated(name, text.trim()));
        let value = match ours {
            Some(ours) => cell::read(shape, ours),
            None => self.translated_items(name, value),
        };
        given.insert(name.to_owned(), value);
    }

    /// What is done once all cells of a row are there: constants where a cell is empty.
    pub fn complete(&self, given: &mut Given) {
        let Some(mapped) = &self.mapped else { return };
        for (name, value) in &mapped.constants {
            if given.get(name).is_none_or(is_blank) {
                given.insert(name.clone(), value.clone());
            }
        }
        // A list that has an old name and a current one has the same twice for most.
        let name = given.get("name").cloned();
        if let (Some(name), Some(Value::Array(aliases))) = (name, given.get_mut("aliases")) {
            aliases.retain(|alias| *alias != name);
        }
    }

    /// The fields of a row that cannot stand beside each other.
    pub fn clashes(&self, given: &Given) -> Vec<Wrong> {
        let both =
            |(part, whole): &&(&str, &str)| given.contains_key(*part) && given.contains_key(*whole);
        let wrong = |(part, whole): &(&str, &str)| {
            Wrong::of_field(part, "field", format!("it is a part of {whole}: give one of them"))
        };
        self.known.becomes.iter().filter(both).map(wrong).collect()
    }

    fn translated(&self, name: &str, text: &str) -> Option<&str> {
        let words = self.mapped.as_ref()?.values.get(name)?;
        words.get(text.trim()).map(String::as_str)
    }

    fn translated_items(&self, name: &str, value: Value) -> Value {
        let Value::Array(items) = value else { return value };
        let ours = |item: Value| match item.as_str().and_then(|text| self.translated(name, text)) {
            Some(ours) => Value::String(ours.to_owned()),
            None => item,
        };
        Value::Array(items.into_iter().map(ours).filter(|item| !is_blank(item)).collect())
    }
}

impl Known {
    /// The field of that name, however it is written: `Company number` is
    /// `company_number`.
    fn field(&self, name: &str) -> Option<Target> {
        let plain = plain(name);
        let alias = self.aliases.iter().find(|(alias, _)| *alias == plain);
        let wanted = alias.map_or(plain.as_str(), |(_, field)| field);
        self.fields.iter().find(|(field, _)| *field == wanted).copied()
    }

    /// The nearest field to a word that is none.
    fn nearest(&self, word: &str) -> &'static str {
        let word: String = plain(word).chars().take(80).collect();
        let names = self.fields.iter().map(|(name, _)| *name);
        // Alike from their beginning: `sic_code` is `sic` rather than `postcode`.
        let alike = |name: &&str| strsim::jaro_winkler(&word, name);
        names.max_by(|a, b| alike(a).total_cmp(&alike(b)).then(b.cmp(a))).unwrap_or_default()
    }
}

/// A heading in the way that names of fields are written.
fn plain(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// A heading as it is repeated: not all of it, where it is no heading at all.
fn shown(heading: &str) -> String {
    heading.chars().take(60).collect()
}

fn constant(shape: Shape, value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => cell::read(shape, text),
        toml::Value::Boolean(flag) => Value::Bool(*flag),
        toml::Value::Integer(number) => Value::Number((*number).into()),
        toml::Value::Array(items) => {
            Value::Array(items.iter().map(|item| constant(Shape::Plain, item)).collect())
        }
        other => Value::String(other.to_string()),
    }
}
