//! What fits an employer: resources, partnerships and charter actions.
//!
//! Each list has its own hard rules and criteria; the judgements that are alike in
//! all of them stand in [`common`].

mod charter_actions;
mod common;
mod members;
mod partnerships;
mod resources;
mod training;

pub use charter_actions::{FittingAction, HelpingSection, charter_actions};
pub use members::{FittingMember, FittingNeed};
pub use partnerships::{FittingPartnership, partnerships};
pub use resources::{Resource, resources};
pub use training::FittingCourse;
