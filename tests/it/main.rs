//! The one integration-test program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on should stop, and say so"
)]

mod api;
mod content;

mod search;
mod shown;
