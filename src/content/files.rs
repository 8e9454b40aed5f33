//! The texts of a content folder, compiled in or read from disk.
//!
//! Nothing is understood here. Invariants: paths are relative, use `/` and are
//! sorted; line ends are `\n`; from disk come only `.md`, `.toml` and `.csv`
//! files that really lie in the folder, no more and no larger than
//! [`MOST_FILES`] and [`MOST_BYTES`].

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

/// The most files that a folder may hold.
pub const MOST_FILES: usize = 2_000;
/// The most bytes that a file may have.
pub const MOST_BYTES: u64 = 1_000_000;
/// How many folders deep a file may lie.
const DEEPEST: usize = 6;

static TOOLKITS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/toolkits");
static REFERENCE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/content/oxfordshire");

/// A folder of content could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The file system said no.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A link leads out of the folder.
    #[error("{} leads out of the content folder", .0.display())]
    Outside(PathBuf),
    /// The folder holds more than [`MOST_FILES`] files, or folders nested too deeply.
    #[error("more than {MOST_FILES} files, or folders nested too deeply, at {}", .0.display())]
    TooMany(PathBuf),
    /// A file is larger than [`MOST_BYTES`].
    #[error("{} is larger than {MOST_BYTES} bytes", .0.display())]
    TooLarge(PathBuf),
    /// A file is not UTF-8 text.
    #[error("{} is not UTF-8 text", .0.display())]
    NotText(PathBuf),
}

/// An ordered set of texts by relative path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// What stands before every path when it is shown.
    root: String,
    texts: BTreeMap<String, String>,
}

impl Files {
    /// The toolkits that ship with the program.
    pub fn built_in_toolkits() -> Self {
        Self::compiled(&TOOLKITS, "toolkits")
    }

    /// The reference data that ships with the program.
    pub fn built_in_reference() -> Self {
        Self::compiled(&REFERENCE, "src/content/oxfordshire")
    }

    /// The content of a folder on disk.
    ///
    /// Hidden entries and files of other kinds are passed over. A symbolic link
    /// counts as what it leads to, which must lie in the folder.
    pub fn read_dir(folder: &Path) -> Result<Self, ContentError> {
        let root = folder.canonicalize().map_err(unreadable(folder))?;
        let mut texts = BTreeMap::new();
        collect(&root, &root, DEEPEST, &mut texts)?;
        Ok(Self { root: folder.display().to_string(), texts })
    }

    /// The path as whoever edits the file knows it.
    pub(super) fn shown(&self, path: &str) -> String {
        match self.root.trim_end_matches('/') {
            "" => path.to_owned(),
            root => format!("{root}/{path}"),
        }
    }

    /// Every path with its text, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of that path.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Every file somewhere under a folder: path, path within the folder, text.
    pub(super) fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        self.iter().filter_map(move |(path, text)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((path, name, text))
        })
    }

    /// `sha256:` and the digest of every path and text.
    pub fn hash(&self) -> String {
        let mut digest = Sha256::new();
        for (path, text) in self.iter() {
            // The lengths keep two different sets from running into the same bytes.
            digest.update((path.len() as u64).to_be_bytes());
            digest.update(path);
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        }
        let mut hash = "sha256:".to_owned();
        for byte in digest.finalize() {
            let halves = [u32::from(byte >> 4), u32::from(byte & 15)];
            hash.extend(halves.into_iter().filter_map(|half| char::from_digit(half, 16)));
        }
        hash
    }

    fn compiled(folder: &Dir<'_>, root: &str) -> Self {
        let mut texts = BTreeMap::new();
        let mut waiting = vec![folder];
        while let Some(next) = waiting.pop() {
            waiting.extend(next.dirs());
            for file in next.files().filter(|file| is_content(file.path())) {
                if let Some(text) = file.contents_utf8() {
                    texts.insert(slashed(file.path()), normalised(text));
                }
            }
        }
        Self { root: root.to_owned(), texts }
    }
}

impl FromIterator<(String, String)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(files: I) -> Self {
        let texts = files.into_iter().map(|(path, text)| (path, normalised(&text))).collect();
        Self { root: String::new(), texts }
    }
}

fn collect(
    root: &Path,
    folder: &Path,
    deeper: usize,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), ContentError> {
    for entry in folder.read_dir().map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if hidden || !(path.is_dir() || is_content(&path)) {
            continue;
        }
        let real = path.canonicalize().map_err(unreadable(&path))?;
        if !real.starts_with(root) {
            return Err(ContentError::Outside(path));
        }
        if texts.len() >= MOST_FILES || deeper == 0 {
            return Err(ContentError::TooMany(path));
        }
        if real.is_dir() {
            collect(root, &path, deeper - 1, texts)?;
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path);
            texts.insert(slashed(name), read(&path)?);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, ContentError> {
    let file = std::fs::File::open(path).map_err(unreadable(path))?;
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a growing file cannot fill the memory.
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable(path))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ContentError::TooLarge(path.to_owned()));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(normalised(text)),
        Err(_) => Err(ContentError::NotText(path.to_owned())),
    }
}

fn unreadable(path: &Path) -> impl FnOnce(std::io::Error) -> ContentError {
    let path = path.to_owned();
    move |source| ContentError::Unreadable { path, source }
}

fn is_content(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "md" || kind == "toml" || kind == "csv")
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Editors on Windows add a mark at the start and end lines in two characters.
fn normalised(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}
