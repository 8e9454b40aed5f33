//! The register: records of eight kinds, one JSON form each.

#[macro_use]
pub mod form;
pub mod text;
pub mod wire;

pub mod case_study;
pub mod event;
pub mod introduction;
pub mod opening;
pub mod organisation;
pub mod pledge;
pub mod posture;
pub mod signature;
