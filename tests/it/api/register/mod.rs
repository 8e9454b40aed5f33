//! The register over HTTP: who may do what, what is refused and how, and that nothing
//! is lost, shown twice or told to the wrong reader.

mod access;
mod changes;
mod clocks;
mod duplicates;
mod gaps;
mod hiding;
mod input;
mod keeping;
mod limits;
mod lists;
mod needs;
mod personal;
mod preconditions;
mod repeats;
mod time;
pub mod world;
