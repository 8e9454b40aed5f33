//! The open feed: that it is what the standard says, that nothing leaves it that must
//! not, and that feeds of others come in whole or not at all.

mod allowed;
mod conformance;
mod filters;
mod importing;
mod program;
mod remote;
mod round_trip;
mod schemas;
mod world;
