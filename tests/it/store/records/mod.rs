//! The records of the register, on both databases.

mod doing;
mod filters;
mod fixture;
mod generated;
mod races;
mod round_trip;
mod rules;
mod seen;
mod time;
mod told;
mod world;
