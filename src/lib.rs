#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod cli;
pub mod config;
pub mod content;
pub mod domain;
pub mod search;
pub mod store;
pub mod telemetry;
pub mod web;
