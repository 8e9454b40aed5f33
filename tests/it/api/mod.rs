//! The JSON API, in process, on the same route table as the service.

mod ground;
pub mod support;
