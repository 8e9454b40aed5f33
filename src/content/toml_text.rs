//! A TOML text that remembers where each value stands, and the few kinds of value
//! that all our files share.
//!
//! Knows nothing of toolkits or registers. Lines are those of the whole file,
//! also for front matter, which starts on its second line.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de};
use toml::de::{DeTable, DeValue};

use crate::{
    content::fault::{Fault, unknown},
    domain::{freshness::Dated, slug::Slug, stage::Stage},
};

/// One step on the way to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<'a> {
    /// The value of a key.
    Key(&'a str),
    /// The nth element of an array.
    Nth(usize),
    /// The element of an array of tables whose key has that value.
    Where(&'a str, &'a str),
    /// The element of an array of texts that is this text.
    Text(&'a str),
}

/// The TOML of one file.
pub(super) struct TomlText<'a> {
    /// The file's path.
    pub(super) file: &'a str,
    text: &'a str,
    /// How many lines of the file stand before the text.
    before: usize,
    root: Option<DeValue<'a>>,
}

impl<'a> TomlText<'a> {
    /// The TOML that begins after `before` lines of the file.
    pub(super) fn new(file: &'a str, text: &'a str, before: usize) -> Self {
        let root = DeTable::parse(text).ok().map(|table| DeValue::Table(table.into_inner()));
        Self { file, text, before, root }
    }

    /// The whole text as a value of that type.
    pub(super) fn read<T: de::DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(self.text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            Fault::error(self.file, self.line_of(start), "toml", error.message())
        })
    }

    /// The line of a value, or of the nearest thing around it that is there.
    pub(super) fn line(&self, path: &[At<'_>]) -> usize {
        let mut start = 0;
        let mut value = self.root.as_ref();
        for step in path {
            let Some((at, next)) = value.and_then(|value| descend(value, *step)) else { break };
            (start, value) = (at, Some(next));
        }
        self.line_of(start)
    }

    /// An error about a value.
    pub(super) fn error(
        &self,
        path: &[At<'_>],
        code: &'static str,
        message: impl Into<String>,
    ) -> Fault {
        Fault::error(self.file, self.line(path), code, message)
    }

    fn line_of(&self, byte: usize) -> usize {
        let before = self.text.get(..byte).unwrap_or(self.text);
        self.before + before.matches('\n').count() + 1
    }
}

fn descend<'v, 'a>(value: &'v DeValue<'a>, step: At<'_>) -> Option<(usize, &'v DeValue<'a>)> {
    let found = match step {
        At::Key(key) => {
            let (name, found) = value.as_table()?.get_key_value(key)?;
            return Some((name.span().start, found.get_ref()));
        }
        At::Nth(index) => value.as_array()?.get(index)?,
        At::Where(key, wanted) => value.as_array()?.iter().find(|element| {
            let held = element.get_ref().as_table().and_then(|table| table.get(key));
            held.and_then(|held| held.get_ref().as_str()) == Some(wanted)
        })?,
        At::Text(wanted) => {
            value.as_array()?.iter().find(|element| element.get_ref().as_str() == Some(wanted))?
        }
    };
    Some((found.span().start, found.get_ref()))
}

/// A text that may also be written as a bare number or date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyWords)
    }
}

struct AnyWords;

impl<'de> de::Visitor<'de> for AnyWords {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a date")
    }

    fn visit_str<E>(self, text: &str) -> Result<Words, E> {
        Ok(Words(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Words, E> {
        Ok(Words(number.to_string()))
    }

    /// A bare date reaches us as a table with the date as its only value.
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let entry: Option<(String, String)> = map.next_entry()?;
        entry.map(|(_, date)| Words(date)).ok_or_else(|| de::Error::custom("an empty table"))
    }
}

/// Turns texts of one table of a file into checked values, keeping every fault.
pub(super) struct Values<'a> {
    text: &'a TomlText<'a>,
    table: Vec<At<'a>>,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Values<'a> {
    /// Reads values of the table at that path.
    pub(super) fn of(text: &'a TomlText<'a>, table: &[At<'a>], faults: &'a mut Vec<Fault>) -> Self {
        Self { text, table: table.to_vec(), faults }
    }

    /// Reads values of a table inside this one.
    pub(super) fn inner<'s>(&'s mut self, steps: &[At<'s>]) -> Values<'s> {
        let table = self.table.iter().chain(steps).copied().collect();
        Values { text: self.text, table, faults: self.faults }
    }

    /// Notes a fault at a key, or at one text of the list there.
    pub(super) fn fault(&mut self, key: &str, code: &'static str, message: String) {
        let mut path = self.table.clone();
        path.push(At::Key(key));
        let line = self.text.line(&path);
        self.faults.push(Fault::error(self.text.file, line, code, message));
    }

    fn fault_in(&mut self, key: &str, element: &str, code: &'static str, message: String) {
        let mut path = self.table.clone();
        path.extend([At::Key(key), At::Text(element)]);
        let line = self.text.line(&path);
        self.faults.push(Fault::error(self.text.file, line, code, message));
    }

    /// A public name.
    pub(super) fn slug(&mut self, key: &str, text: &str) -> Option<Slug> {
        match Slug::parse(text) {
            Ok(slug) => Some(slug),
            Err(reason) => {
                self.fault(key, "not-a-name", format!("{key} \"{text}\": {reason}"));
                None
            }
        }
    }

    /// A list of public names; those that are none are left out.
    pub(super) fn slugs(&mut self, key: &str, texts: &[String]) -> Vec<Slug> {
        self.list(key, texts, |text| {
            Slug::parse(text)
                .map_err(|reason| ("not-a-name", format!("{key} \"{text}\": {reason}")))
        })
    }

    /// A list of values, each by its own rule; those that break it are left out.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        texts: &[String],
        rule: impl Fn(&str) -> Result<T, (&'static str, String)>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for text in texts {
            match rule(text) {
                Ok(value) => values.push(value),
                Err((code, message)) => self.fault_in(key, text, code, message),
            }
        }
        values
    }

    /// A stage of hiring.
    pub(super) fn stage(&mut self, key: &str, text: &str) -> Option<Stage> {
        let stage = Stage::parse(text);
        if stage.is_none() {
            self.fault(key, "unknown-stage", unknown_stage(text));
        }
        stage
    }

    /// A day, `2026-11-23`.
    pub(super) fn day(&mut self, key: &str, words: &Words) -> Option<NaiveDate> {
        let day = NaiveDate::parse_from_str(&words.0, "%Y-%m-%d").ok();
        if day.is_none() {
            let message = format!("{key} \"{}\" is not a day such as 2026-11-23", words.0);
            self.fault(key, "not-a-day", message);
        }
        day
    }

    /// The two dates of a statement.
    pub(super) fn dated(&mut self, as_of: &Words, review_by: &Words) -> Option<Dated> {
        let (as_of, review_by) = (self.day("as_of", as_of), self.day("review_by", review_by));
        Some(Dated { as_of: as_of?, review_by: review_by? })
    }

    /// An address that a browser may be sent to.
    pub(super) fn url(&mut self, key: &str, text: &str) -> Option<String> {
        let fine = is_web_address(text);
        if !fine {
            let message = format!("{key} \"{text}\" is not an https:// or http:// address");
            self.fault(key, "not-an-address", message);
        }
        fine.then(|| text.to_owned())
    }
}

/// `unknown stage "chekc" (nearest: check)`.
pub(super) fn unknown_stage(text: &str) -> String {
    unknown("stage", text, Stage::ALL.iter().map(|stage| stage.as_str()))
}

/// Whether the text is an `https://` or `http://` address without spaces, quotes
/// or angle brackets.
pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let unsafe_in_address = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c);
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains(unsafe_in_address)
    })
}
