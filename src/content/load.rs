//! Everything under `toolkits/` at once, with what is wrong with its form.

use std::collections::BTreeSet;

use crate::{
    content::{fault::Fault, files::Files, library, toolkits, vocabulary},
    domain::{
        guidance::{LibraryEntry, Toolkit},
        vocabulary::Vocabulary,
    },
};

/// What a folder of toolkits holds.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Toolkits to serve, in home-page order.
    pub toolkits: Vec<Toolkit>,
    /// Toolkits with an error of form, as far as they could be read: to be
    /// checked, never served.
    pub left_out: Vec<Toolkit>,
    /// Entries of the library that could be read.
    pub library: Vec<LibraryEntry>,
    /// The vocabulary, as far as it could be read.
    pub vocabulary: Vocabulary,
    /// Everything wrong with the form of the files; the caller logs each.
    pub faults: Vec<Fault>,
    /// `sha256:` and the digest of every file's path and text.
    pub hash: String,
    /// The files themselves, so that a check can name lines.
    pub(super) files: Files,
}

/// Reads a folder of toolkits; what is broken is left out and named.
///
/// One error of form leaves its whole toolkit out: half a toolkit would answer a
/// question wrongly by leaving the answer out, and the other toolkits are not
/// harmed. Entries of the library and the vocabulary stand for themselves and are
/// left out one by one.
pub fn load(files: &Files) -> Loaded {
    let mut loaded = Loaded { hash: files.hash(), files: files.clone(), ..Loaded::default() };
    let mut folders = BTreeSet::new();
    for (path, text) in files.iter() {
        match path.split_once('/') {
            Some((folder, _)) => {
                folders.insert(folder);
            }
            None if path == library::FILE => {
                loaded.library = library::read(text, &mut loaded.faults);
            }
            None if path == vocabulary::FILE => {
                loaded.vocabulary = vocabulary::read(text, &mut loaded.faults);
            }
            None if path == "README.md" => {}
            None => {
                let message = "here stand folders of toolkits, library.toml and vocabulary.toml";
                loaded.faults.push(Fault::error(path, None, "file-name", message));
            }
        }
    }
    for file in [library::FILE, vocabulary::FILE] {
        if files.text(file).is_none() {
            let message = "the file is missing";
            loaded.faults.push(Fault::error(file, None, "missing-file", message));
        }
    }
    for folder in folders {
        let read = toolkits::read(files, folder);
        let list = if read.faults.iter().any(Fault::is_error) {
            &mut loaded.left_out
        } else {
            &mut loaded.toolkits
        };
        list.extend(read.toolkit);
        loaded.faults.extend(read.faults);
    }
    loaded.toolkits.sort_by(|a, b| (a.order, &a.slug).cmp(&(b.order, &b.slug)));
    loaded.faults = sorted(loaded.faults, files);
    loaded
}

/// Faults by file and line, with the paths that are shown.
pub(super) fn sorted(faults: Vec<Fault>, files: &Files) -> Vec<Fault> {
    let mut shown: Vec<Fault> = faults.into_iter().map(|fault| fault.shown_in(files)).collect();
    shown.sort();
    shown.dedup();
    shown
}
