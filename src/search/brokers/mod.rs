//! The columns that caseworkers' needs are matched from: every employer in memory, small
//! enough for a million, kept in step with the register.
//!
//! For each employer there is what a need is judged by, as plain numbers to be looked
//! through one after the other, and its [`Candidate`](crate::domain::matching::need::Candidate)
//! as bytes, read only for those that are shown. Nothing here knows a database or tantivy.
//!
//! Invariants:
//! - what employers told brokers is in here and in no other index: nothing public is
//!   answered from it;
//! - what depends on the day is worked out when somebody asks, from dates;
//! - an employer lies where its name puts it, so the order in which employers came decides
//!   nothing;
//! - a file of it that cannot be trusted is never read: it is built anew.

mod book;
mod file;
mod kept;
mod kept_words;
mod pen;
mod scan;
mod segment;
mod whole;

pub use file::{delete, load, save};
pub use scan::Which;
pub use whole::{Builder, Employers};
