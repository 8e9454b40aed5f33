//! The records of the register, on both databases.

mod around;
mod bulk;
mod doing;
mod filters;
mod fixture;
mod generated;
mod merging;
mod races;
mod round_trip;
mod rules;
mod seen;
mod time;
mod told;
mod world;
