//! From the files of `toolkits/` and the reference data to domain values.

mod check;
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
