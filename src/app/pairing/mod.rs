//! Pairing plans: worked out for a partnership, edited, signed.
//!
//! A plan is worked out by [`domain::pairing`](crate::domain::pairing) from the needs and
//! runs of one snapshot, each pair judged by [`domain::coverage`](crate::domain::coverage);
//! no transaction waits for that. What it said is kept with each version. An edit is judged
//! against the best plan as the register is then. Whoever signs says why for each override,
//! and the introductions are made in the same transaction.

mod content;
mod keeping;
mod overriding;
mod signing;
mod telling;
mod working;
mod world;

pub use content::{
    Asked, AskedChanges, AskedMinimum, Certified, Content, Elsewhere, LeftOut, NotPlaced, Override,
    Paired, Placing, RulePrice, RunName, ScarceRun, Summary,
};
pub use keeping::{Kept, Past, Target, check, discard, edit, find, history, list, make, may_plan};
pub use signing::{Reason, sign};
