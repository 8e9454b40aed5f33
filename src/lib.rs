//! Pathways.

pub mod app;
pub mod content;
pub mod domain;
pub mod search;
pub mod store;
pub mod web;
