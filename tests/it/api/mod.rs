//! The JSON API, in process, on the same route table as the service.

mod bodies;
mod counts;
mod ground;
mod reading;
pub mod register;
mod search;
pub mod support;
