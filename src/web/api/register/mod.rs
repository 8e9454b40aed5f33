//! The register: records of its kinds, one JSON form each.

#[macro_use]
pub mod form;
pub mod answer;
pub mod asked;
pub mod batches;
pub mod documents;
pub mod feed;
pub mod filters;
pub mod kinds;
pub mod merges;
pub mod of_partnerships;
pub mod place_bodies;
pub mod places;
pub mod queue;
pub mod reading;
pub mod reports;
pub mod route;
mod routes;
pub mod standing;
pub mod text;
pub mod upkeep;
pub mod warning;
pub mod wire;
pub mod writing;

pub mod case_study;
pub mod charter;
pub mod course;
pub mod event;
pub mod forum;
pub mod introduction;
pub mod meeting;
pub mod need;
pub mod opening;
pub mod organisation;
pub mod pledge;
pub mod posture;
pub mod scheme;
pub mod signature;

pub use crate::web::api::register::routes::routes;
