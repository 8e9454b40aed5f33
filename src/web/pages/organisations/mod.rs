//! The register's organisations: where to start, from A to Z, one of them, its past.

mod facts;
mod hiring;
mod history;
mod page;
mod pledges;
mod services;
mod start;
pub mod words;

pub use hiring::english;
pub use history::page as history;
pub use page::page;
pub use pledges::rung_label;
pub use start::{PER_PAGE, page as start};
pub use words::fresh;
