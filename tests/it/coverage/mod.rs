//! Coverage: which runs meet which needs, and the gaps that are left.

mod gaps;
mod laws;
mod rules;
mod world;
