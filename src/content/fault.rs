//! What is wrong with a file of content: where, how badly, and in which words.
//!
//! A fault is for the person who edits the file, so it names the file as they
//! see it, the line as their editor counts it, and the nearest right value.

use std::fmt;

use crate::content::files::Files;

/// How bad a [`Fault`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The content must not be published like this.
    Error,
    /// Worth mending, but true and safe to show.
    Warning,
}

/// One thing wrong with one file.
///
/// The fields are in the order in which faults are sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path of the file, as whoever edits it knows it.
    pub file: String,
    /// Line, counted from 1; absent when it is about the file as a whole.
    pub line: Option<usize>,
    /// How bad it is.
    pub level: Level,
    /// A stable name for this kind of fault, such as `unknown-topic`.
    pub code: &'static str,
    /// What is wrong, in words, with the nearest right value where there is one.
    pub message: String,
}

impl Fault {
    /// A fault that must be mended.
    pub fn error(
        file: &str,
        line: impl Into<Option<usize>>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        let (line, message) = (line.into(), message.into());
        Self { file: file.to_owned(), line, level: Level::Error, code, message }
    }

    /// The same fault as a mere warning.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { level: Level::Warning, ..self }
    }

    /// The same fault with the path that is shown.
    pub(super) fn shown_in(self, files: &Files) -> Self {
        Self { file: files.shown(&self.file), ..self }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: {}", self.level, self.message)
    }
}

/// `unknown topic "right-to-wrok" (nearest: right-to-work)`.
pub(super) fn unknown<'a>(
    what: &str,
    value: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    let nearest = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(value, name), name))
        .min()
        .filter(|(distance, name)| *distance <= name.len().max(value.len()) / 2);
    match nearest {
        Some((_, name)) => format!("unknown {what} \"{value}\" (nearest: {name})"),
        None => format!("unknown {what} \"{value}\""),
    }
}
