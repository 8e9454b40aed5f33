//! Pathways.

pub mod content;
pub mod domain;
pub mod store;
