//! Matching a caseworker's need with employers, in both directions.
//!
//! Hard rules come first: each passes, fails or cannot be told. What passes is scored by
//! how well the employer suits the need and how well the need suits what the employer
//! asks for, and the two are combined by the published policy.
//!
//! Invariants, held by tests:
//! - a need is used and gone: nothing here keeps it, and it has no place for a name;
//! - what nobody said earns nothing and removes nothing: it becomes a question to ask;
//! - the points of the parts add up to the score, exactly, in thousandths;
//! - the order of employers handed in decides nothing; equal scores take turns by the day.

mod answer;
mod asked;
mod bits;
mod candidate;
mod explain;
mod facts;
mod marks;
mod near_miss;
mod need_said;
mod policy;
mod rank;
mod rules;
mod standing;
mod text;

pub use answer::{
    Band, BandList, BandListOf, Direction, NearMiss, NeedHit, NeedMatch, NeedPart, OpeningShown,
    Reach, RuleOutcome,
};
pub use asked::Asked;
pub use bits::{Bits, bits};
pub use candidate::{At, Candidate, OpeningAt, PlacesLeft, PledgeMade, SiteAt, Told};
pub use explain::{Labels, answer};
pub use facts::{
    EmployerFacts, FreshSince, MeantFor, OffencesSaid, OpeningFacts, PledgeFit, PostureFacts,
};
pub use marks::{Mark, Marks};
pub use near_miss::Turn;
pub use need_said::{Need, WITHIN_MILES};
pub use policy::{EmployerCriterion, Nearness, NeedCriterion, NeedPolicy, NeedRule, Never};
pub use rank::{Found, Ranking, rank};
pub use rules::{Judged, Ruling};
pub use standing::{Order, Outcome, Standing, stand};
pub use text::fingerprint;
