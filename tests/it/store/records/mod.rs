//! The records of the register, on both databases.

mod around;
mod bulk;
mod doing;
mod failing;
mod filters;
mod fixture;
mod generated;
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
