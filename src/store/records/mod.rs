//! The records of the register, all kinds alike: written, read, listed, and what
//! they were on any day.
//!
//! A record is a row of `entry`, which all kinds share, and what its kind adds under
//! the same identifier; a kind says in its [`Topic`] how that is stored, and everything
//! else is written once. The functions take a connection, so that several of them make
//! one transaction; every write leaves a version in the history, a line in the audit
//! trail and, last, a number in the change log.
//!
//! Invariants:
//! - a version that was written stays: to change is to write the next, to end is to
//!   say from when it does not count;
//! - a writer names the version that it read, and loses to whoever was first;
//! - writers to records of one organisation queue for its row, so that rules over
//!   several records (no two years overlap) hold without gaps;
//! - states are worked out for a day, here for filters and in the domain for what is
//!   shown, and tests hold the two together.

#[macro_use]
mod listing;
mod bulk;
mod case_study;
mod clause;
mod days;
mod directory;
mod entry;
mod event;
mod history;
mod introduction;
mod keep;
mod kept_charter;
mod kept_course;
mod kept_need;
mod kept_scheme;
mod lists;
mod look_up;
mod merge;
mod named;
mod opening;
mod organisation;
mod pledge;
mod posture;
mod signature;
mod topic;
mod uses;
mod view;
mod write;

pub use bulk::{create_all, create_ended};
pub use directory::{Directory, Listed, directory};
pub use history::{Version, all_as_of, as_of, history, last_written_by, version};
pub use listing::{Condition, Listing, Seen, Wanted, is_seen, page};
pub use look_up::{
    Namesake, every, fictional, find, find_all, following, identified, names_after, namesakes,
    neighbours, owner_of, owners_of, state_of,
};
pub use merge::{Merged, UNDO_DAYS, merge, merged_into, undo_merge};
pub use topic::Topic;
pub(super) use uses::{refuse_if_held, refuse_if_named};
pub(super) use write::lock_row;
pub use write::{Author, Outcome, Written, confirm, create, end, replace};
