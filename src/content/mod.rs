//! From the files of `toolkits/` and the reference data to domain values.
//!
//! Text files in, values and [`Fault`]s out; nothing here asks the clock, the
//! database or the index. The folders are compiled in, or read from disk with
//! [`Files::read_dir`].
//!
//! - [`load()`] judges form. A toolkit with an error of form is left out whole and
//!   the others are served; entries of the library, the vocabulary and the
//!   reference files are left out one by one. The caller logs every fault.
//! - [`check()`] judges sense as well, for `pathways check`, and leaves nothing out.
//!
//! # To add a toolkit
//!
//! No code is needed.
//!
//! 1. In `toolkits/vocabulary.toml`, add a `[[cohorts]]` entry with its `slug`,
//!    `label`, `description` and `toolkit = true`; a new topic needs a `[[topics]]`
//!    entry, and words that people type belong into `[[terms]]`.
//! 2. Make the folder `toolkits/<slug>/` with a `toolkit.toml`: `title`, `cohort`,
//!    `summary`, `order` (its place on the home page), `example` (a question shown there), `as_of`, `review_by`, and a
//!    `[[sources]]` entry for each source: `id` (capital letters and digits),
//!    `publisher`, `title`, `url`, `date`, `official`.
//! 3. Write one `NN-<slug>.md` a section, at least 14, every stage among them:
//!    front matter between two lines of `+++`, then Markdown with `##` and `###`
//!    headings, lists, small tables and source markers such as `[R1]`. What is
//!    uncertain stands in a quote that begins with `**Not certain:**`.
//! 4. Write `checklist.toml` (`[[steps]]` in hiring order) and two or more
//!    documents in `templates/`.
//! 5. Run `pathways check --toolkits toolkits` and mend what it names, by file and
//!    line. It warns where a text is hard to read.
//!
//! The easiest start is a copy of a toolkit that is there. A file with a key that
//! is not known is refused, so a slip of the pen does not vanish.

mod check;
pub mod classifications;
mod fault;
mod files;
mod library;
mod load;
mod markdown;
pub mod policy;
mod raw;
mod readability;
pub mod reference;
mod toml_text;
mod toolkits;
mod vocabulary;

pub use check::check;
pub use fault::{Fault, Level};
pub use files::{ContentError, Files};
pub use load::{Loaded, load};
