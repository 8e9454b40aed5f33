//! Pathways.

pub mod content;
pub mod domain;
pub mod search;
pub mod store;
