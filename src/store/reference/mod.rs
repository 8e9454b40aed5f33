//! The reference register: charter, schemes, partnerships, providers and kinds
//! of course, as published and as loaded.
//!
//! Publishing compares values and writes the records that differ, nothing else;
//! a record keeps its identifier as long as it keeps its public name, so other
//! tables may refer to it. What is loaded equals what was published, in this
//! order: sources by identifier and actions by code, as people count (`E2` before
//! `E10`), everything else by name, then by public name. Lists inside a record keep the order they were given in.

mod anchor;
mod charter;
mod course_types;
mod kept;
mod partnerships;
mod providers;
mod publication;
mod record;
mod schemes;
mod sources;

pub(in crate::store) use anchor::{
    anchor_action, anchor_charter, anchor_partnership, anchor_scheme,
};
pub use kept::{ACTOR, kept, publish_and_keep};
pub use publication::{Published, publish};

use crate::domain::register::Reference;
use crate::store::{Conn, StoreError};

use record::Records;

/// The whole reference register, as one moment had it.
///
/// Reads each table once, whatever the number of records. Call it within one
/// transaction, as [`crate::store::Store::read`] gives it.
pub fn load(conn: &mut Conn) -> Result<Reference, StoreError> {
    let mut records = Records::load(conn)?;
    Ok(Reference {
        sources: sources::load(conn)?,
        charter: charter::load(conn, &mut records)?,
        actions: charter::load_actions(conn, &mut records)?,
        schemes: schemes::load(conn, &mut records)?,
        partnerships: partnerships::load(conn, &mut records)?,
        providers: providers::load(conn, &mut records)?,
        course_types: course_types::load(conn, &mut records)?,
        ..Reference::default()
    })
}
