//! The records of the register, on both databases.

mod around;
mod bulk;
pub mod doing;
mod failing;
mod filters;
pub mod fixture;
pub mod forums;
mod generated;
pub mod kept;
mod kept_charter;
mod merging;
mod order;
mod races;
mod round_trip;
mod rules;
mod seen;
mod time;
mod told;
mod undoing;
pub mod whole;
mod with_reference;
mod world;
