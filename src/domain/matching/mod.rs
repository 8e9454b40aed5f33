//! Matching: what fits an employer, with reasons that add up.
//!
//! Hard rules come first and leave things out, counted by reason; what stays is
//! scored by the criteria of the published [`policy`]. Every function is pure: the
//! same profile, knowledge and policy give the same answer, whatever the order of
//! the lists in them.
//!
//! Invariants, held by property tests:
//! - the points of the parts add up to the score, exactly, in thousandths;
//! - a score lies between 0 and 100;
//! - what the employer did not say is `unknown`: it earns nothing, costs nothing,
//!   and is named with what would settle it;
//! - a further fact that meets a criterion never lowers a score.

pub mod employer;
pub mod hit;
pub mod knowledge;
pub mod link;
pub(in crate::domain) mod named;
pub mod need;
pub mod occupation;
pub mod policy;
pub mod profile;
pub mod relevance;
pub mod score;

pub use hit::{Hit, LeftOut, Ranked};
pub use knowledge::Knowledge;
pub use link::Link;
pub use policy::{Policy, PolicyFault};
pub use profile::{Profile, RecognitionHeld, SkillWanted};
pub use relevance::Relevance;
pub use score::{Change, Part, Verdict};
