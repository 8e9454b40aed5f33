//! The pairing plan: the solver against all there is of small instances, its laws, and
//! large instances by their bound.

mod api;
mod brute;
mod generated;
mod laws;
mod small;
