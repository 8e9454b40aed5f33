//! `library.toml` to the library's entries.
//!
//! An entry that cannot be read is left out and named; the others stay.

use crate::{
    content::{
        fault::{Fault, unknown},
        raw::{RawEntry, RawLibrary},
        toml_text::{At, TomlText, Values, unknown_stage},
    },
    domain::{
        freshness::Dated,
        guidance::{LibraryEntry, LibraryStatus},
        stage::Stage,
    },
};

/// The name of the file.
pub(super) const FILE: &str = "library.toml";
/// The name of the list in it.
pub(super) const LIST: &str = "entries";

/// Reads the file's text.
pub(super) fn read(text: &str, faults: &mut Vec<Fault>) -> Vec<LibraryEntry> {
    let text = TomlText::new(FILE, text, 0);
    let raw: RawLibrary = match text.read() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut library: Vec<LibraryEntry> = Vec::new();
    for (nth, raw) in raw.entries.into_iter().enumerate() {
        let mut values = Values::of(&text, &[At::Key(LIST), At::Nth(nth)], faults);
        if library.iter().any(|other| other.slug == raw.slug.as_str()) {
            values.fault("slug", "same-slug-twice", format!("entry {} is there twice", raw.slug));
            continue;
        }
        library.extend(entry(raw, &mut values));
    }
    library
}

fn entry(raw: RawEntry, values: &mut Values<'_>) -> Option<LibraryEntry> {
    let status = LibraryStatus::parse(&raw.status);
    if status.is_none() {
        let known = LibraryStatus::ALL.iter().map(|status| status.as_str());
        values.fault("status", "unknown-status", unknown("status", &raw.status, known));
    }
    let stages = values.list("stages", &raw.stages, |text| {
        Stage::parse(text).ok_or_else(|| ("unknown-stage", unknown_stage(text)))
    });
    let (slug, url) = (values.slug("slug", &raw.slug), values.url("url", &raw.url));
    let as_of = values.day("last_checked", &raw.last_checked);
    let review_by = values.day("review_by", &raw.review_by);
    let format = values.slug("format", &raw.format);
    let cohorts = values.slugs("cohorts", &raw.cohorts);
    let topics = values.slugs("topics", &raw.topics);
    let audience = values.slugs("audience", &raw.audience);
    Some(LibraryEntry {
        slug: slug?,
        title: raw.title,
        publisher: raw.publisher,
        url: url?,
        published: raw.published.map(|words| words.0),
        dates: Dated { as_of: as_of?, review_by: review_by? },
        cohorts,
        stages,
        topics,
        format: format?,
        audience,
        jurisdiction: raw.jurisdiction,
        status: status?,
        status_note: raw.status_note,
        summary: raw.summary,
        source: raw.source,
        asked: raw.asked,
    })
}
