//! Vocabulary and rules of the domain: plain values and pure functions.
//!
//! Nothing here reads a file, a clock, a socket or a random number, and nothing
//! knows JSON, SQL or HTML; everything can be tested with plain calls. The floors
//! above translate to and from these types. The one library of weight is the solver of
//! [`pairing`], which is a pure function too: it is stopped by counting steps.

#[macro_use]
mod words;
pub mod access;
pub mod calendar;
pub mod classification;
pub mod coverage;
pub mod evaluation;
pub mod freshness;
pub mod guidance;
pub mod matching;
pub mod missed;
pub mod oruk;
pub mod pairing;
pub mod personal;
pub mod place;
pub mod places;
pub mod plan;
pub mod queue;
pub mod register;
pub mod reports;
pub mod search;
pub mod size_band;
pub mod slug;
pub mod stage;
pub mod standing;
pub mod table;
pub mod uk_time;
pub mod upkeep;
pub mod vocabulary;
