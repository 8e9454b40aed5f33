//! The places of openings: the ledger's sums, the last place, and who may do what.

mod api;
mod laws;
mod races;
