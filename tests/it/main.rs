//! The one integration-test program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on should stop, and say so"
)]

#[macro_use]
mod support;

mod api;
mod architecture;
mod content;
mod contract;
mod coverage;
#[path = "../bench/employers.rs"]
mod employers;
mod exchange;
#[path = "../bench/fictional.rs"]
mod fictional;
mod index;
mod matching;
mod need;
mod oruk;
mod pages;
mod pairing;
mod places;
mod plan;
mod program;
mod projector;
mod relevance;
mod reports;
mod search;
mod shown;
mod store;
mod upkeep;
