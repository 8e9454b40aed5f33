//! The index of the register: on disk, followed by the change log.
//!
//! A [`Writer`] owns a folder and puts documents into it; a commit holds the documents
//! and the [`Position`] up to which they follow the register, both or neither. A
//! [`View`] is what readers ask: the documents of one commit.
//!
//! Invariants:
//! - what a view answers depends on its documents alone, never on the order or the
//!   commits in which they came;
//! - a folder that cannot be trusted is built anew; nothing in it is precious.

mod position;
pub(super) mod record;
mod view;
mod writer;

pub use position::{Position, Reason, Standing};
pub use view::View;
pub use writer::{Opening, Writer, delete};
