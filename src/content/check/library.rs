//! Checks the library's entries.

use std::collections::BTreeMap;

use super::{ALL_LASTS, Checker, texts};
use crate::{
    content::{
        library::{FILE, LIST},
        toml_text::{At, TomlText},
    },
    domain::guidance::{LibraryEntry, LibraryStatus},
};

/// Checks every entry that could be read.
pub(super) fn check(checker: &mut Checker<'_>) {
    let loaded = checker.loaded;
    let Some(text) = loaded.files.text(FILE) else { return };
    let text = TomlText::new(FILE, text, 0);
    let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for each in &loaded.library {
        entry(checker, each, &text);
        for (key, value) in [("title", &each.title), ("url", &each.url)] {
            if let Some(other) = seen.insert((key, value.to_lowercase()), &each.slug) {
                let path = [At::Key(LIST), At::Where("slug", &each.slug), At::Key(key)];
                let message = format!("{other} has the same {key}");
                checker.faults.push(text.error(&path, "same-title-twice", message));
            }
        }
    }
}

/// The title is the publisher's, so it may say what we would not.
fn entry(checker: &mut Checker<'_>, entry: &LibraryEntry, text: &TomlText<'_>) {
    let at = |key| [At::Key(LIST), At::Where("slug", &entry.slug), At::Key(key)];
    checker.dates(entry.dates, ALL_LASTS, text, &[At::Key(LIST), At::Where("slug", &entry.slug)]);
    let (topics, audiences) = (checker.topics(), checker.audiences());
    let (formats, cohorts) = (checker.formats(), checker.cohorts());
    checker.look_up(&topics, texts(&entry.topics), text, &at("topics"));
    checker.look_up(&audiences, texts(&entry.audience), text, &at("audience"));
    checker.look_up(&cohorts, texts(&entry.cohorts), text, &at("cohorts"));
    checker.look_up(&formats, [entry.format.as_str()], text, &at("format"));
    checker.read_over(&entry.summary, text, &at("summary"));
    checker.read_over(entry.status_note.as_deref().unwrap_or_default(), text, &at("status_note"));
    checker.read_over(&entry.jurisdiction, text, &at("jurisdiction"));
    if entry.status != LibraryStatus::Current && entry.status_note.is_none() {
        let message = format!("the status {} needs a status_note that says why", entry.status);
        checker.faults.push(text.error(&at("status"), "no-status-note", message));
    }
    if entry.source.trim().is_empty() {
        let message = "the entry names no source";
        checker.faults.push(text.error(&at("source"), "no-source", message));
    }
}
