//! A folder of reference data, such as `src/content/oxfordshire/`, to domain
//! values: the charter, schemes, partnerships, providers and places.
//!
//! An entry that cannot be read is left out and named; the others stay. What is
//! invented for a demonstration stands in `demo.toml` and `demo-register*.toml` alone
//! and comes in only by [`demo()`] and [`demo_register()`].

mod demo;
mod demo_register;
mod places;
mod raw;
mod records;

pub use demo::{Demo, DemoEmployer, demo};
pub use demo_register::{DemoRegister, Seed, demo_register};
pub(super) use demo_register::{Origin, list_of};

use crate::{
    content::{
        fault::Fault,
        files::Files,
        load::sorted,
        toml_text::{At, TomlText, Values},
    },
    domain::{
        place::Gazetteer,
        register::{CharterAction, Reference, Source},
    },
};
use raw::{RawCharterFile, RawPartnerships, RawProviders, RawSchemes, RawSource, RawSources};

/// The files of the folder.
pub(super) const SOURCES: &str = "sources.toml";
/// The charter and its actions.
pub(super) const CHARTER: &str = "charter.toml";
/// Recognition schemes.
pub(super) const SCHEMES: &str = "schemes.toml";
/// Partnerships with members, needs and meetings.
pub(super) const PARTNERSHIPS: &str = "partnerships.toml";
/// Providers, courses and kinds of course.
pub(super) const PROVIDERS: &str = "providers.toml";
/// What is invented for a demonstration.
pub(super) const DEMO: &str = "demo.toml";
const PLACES: [&str; 2] = ["places.csv", "places.toml"];

/// What a folder of reference data holds.
#[derive(Debug, Clone, Default)]
pub struct LoadedReference {
    /// The public register.
    pub reference: Reference,
    /// Places.
    pub gazetteer: Gazetteer,
    /// Everything wrong with the form of the files; the caller logs each.
    pub faults: Vec<Fault>,
    /// The files themselves, so that a check can name lines.
    pub(super) files: Files,
}

/// Reads a folder of reference data; what is broken is left out and named.
///
/// Every file may be absent: another county's partnership may have no charter.
pub fn load(files: &Files) -> LoadedReference {
    let mut faults = Vec::new();
    for (path, _) in files.iter() {
        let policy = crate::content::policy::FILE;
        let known = [SOURCES, CHARTER, SCHEMES, PARTNERSHIPS, PROVIDERS, DEMO, policy, "README.md"];
        let named = known.contains(&path) || PLACES.contains(&path);
        if !named && !demo_register::is_register_file(path) {
            let (known, places) = (known.join(", "), PLACES.join(", "));
            let message = format!("here stand {known}, demo-register*.toml and {places}");
            faults.push(Fault::error(path, None, "file-name", message));
        }
    }
    let mut reference = Reference { sources: sources(files, &mut faults), ..Reference::default() };
    charter(files, &mut reference, &mut faults);
    read(files, SCHEMES, &mut faults, |text, raw: RawSchemes, faults| {
        reference.schemes = each(text, "schemes", raw.schemes, faults, records::scheme);
        reference.schemes.sort_by(|a, b| a.name.cmp(&b.name));
    });
    read(files, PARTNERSHIPS, &mut faults, |text, raw: RawPartnerships, faults| {
        let list = raw.partnerships.into_iter().enumerate();
        let read = list.filter_map(|(nth, raw)| records::partnership(text, nth, raw, faults));
        reference.partnerships = read.collect();
        reference.partnerships.sort_by(|a, b| a.name.cmp(&b.name));
    });
    read(files, PROVIDERS, &mut faults, |text, raw: RawProviders, faults| {
        let list = raw.providers.into_iter().enumerate();
        let read = list.filter_map(|(nth, raw)| records::provider(text, nth, raw, faults));
        reference.providers = read.collect();
        reference.providers.sort_by(|a, b| a.name.cmp(&b.name));
        reference.course_types =
            each(text, "course_types", raw.course_types, faults, records::course_type);
    });
    let gazetteer = places::read_places(files, &mut faults);
    let faults = sorted(faults, files);
    LoadedReference { reference, gazetteer, faults, files: files.clone() }
}

/// Hands a file that is there, and of the right shape, to its reader.
fn read<T: serde::de::DeserializeOwned>(
    files: &Files,
    file: &str,
    faults: &mut Vec<Fault>,
    then: impl FnOnce(&TomlText<'_>, T, &mut Vec<Fault>),
) {
    let Some(text) = files.text(file) else { return };
    let text = TomlText::new(file, text, 0);
    match text.read() {
        Ok(raw) => then(&text, raw, faults),
        Err(fault) => faults.push(fault),
    }
}

/// Reads each table of a list; those that cannot be read are left out.
fn each<R, T>(
    text: &TomlText<'_>,
    list: &str,
    raw: Vec<R>,
    faults: &mut Vec<Fault>,
    one: impl Fn(R, &mut Values<'_>) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for (nth, raw) in raw.into_iter().enumerate() {
        let at = [At::Key(list), At::Nth(nth)];
        values.extend(one(raw, &mut Values::of(text, &at, faults)));
    }
    values
}

fn sources(files: &Files, faults: &mut Vec<Fault>) -> Vec<Source> {
    let mut sources = Vec::new();
    read(files, SOURCES, faults, |text, raw: RawSources, faults| {
        sources = each(text, "sources", raw.sources, faults, |raw: RawSource, values| {
            let url = raw.url.map(|url| values.url("url", &url));
            Some(Source {
                id: raw.id,
                title: raw.title,
                publisher: raw.publisher,
                url: url.flatten(),
                published: raw.published.map(|words| words.0),
                uncertain: raw.uncertain,
            })
        });
    });
    sources
}

fn charter(files: &Files, reference: &mut Reference, faults: &mut Vec<Fault>) {
    read(files, CHARTER, faults, |text, raw: RawCharterFile, faults| {
        reference.charter = raw.charter.and_then(|raw| records::charter(text, raw, faults));
        reference.actions = each(text, "actions", raw.actions, faults, records::action);
        reference.actions.sort_by_key(|action: &CharterAction| action.code.clone());
    });
}
