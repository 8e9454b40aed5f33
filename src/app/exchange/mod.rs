//! The register in files: from rows to records and back.
//!
//! [`kinds`] says, one table a kind, which fields a file may have; [`rows`] reads a file
//! row by row, [`import`] brings it into the store, [`export`] writes it out. What a
//! file of ours holds is read again exactly as it was.
//!
//! Invariants:
//! - a refused value is told by its class, never repeated;
//! - nothing grows with the number of bad rows; of good ones, only their names and
//!   numbers are remembered, to tell when two rows mean the same;
//! - an import that is killed, or refused, leaves nothing behind.

#[macro_use]
pub mod form;
pub mod cell;
mod check;
pub mod classifications;
pub mod columns;
mod counted;
mod entry;
pub mod export;
mod identity;
pub mod import;
pub mod kinds;
pub mod outcodes;
pub mod report;
pub mod rows;
pub mod value;
pub mod words;
mod writing;
