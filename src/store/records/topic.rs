//! What a kind of record adds to what all kinds share.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::register::Body;
use crate::store::records::clause::Clause;
use crate::store::records::keep::Keep;
use crate::store::records::listing::Condition;
use crate::store::records::write::Author;
use crate::store::{Conn, StoreError};

/// Bodies that are about to be written, each with the identifier of its record if there
/// is one already.
pub(super) type Coming<'a, T> = [(Option<i64>, &'a T)];

/// How a kind of record is stored.
#[allow(private_bounds, reason = "a kind is told apart here and nowhere else")]
pub trait Topic: Body + Keep + Send + Sync + 'static {
    /// Whether what has ended stays ended: a promise that was taken back is not made
    /// good by writing over it.
    const FINAL: bool;

    /// Whether the record itself may be public, whatever its organisation is.
    fn open(&self) -> bool;

    /// A condition, in SQL on `entry`, that is true of the open ones.
    const OPEN: &'static str;

    /// The same of those that brokers may see.
    const TO_BROKERS: &'static str = Self::OPEN;

    /// Refuses what names something that is not there, or does not go with the other
    /// records or those that come with it, before anything is written.
    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError>;

    /// The same of what has ended already when it is written for the first time.
    fn admit_ended(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        Self::admit(conn, coming)
    }

    /// Writes the bodies of new records.
    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError>;

    /// Writes the body over what the record has.
    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError>;

    /// Writes what else follows from the change of a body, which came before and which
    /// comes now.
    fn follow_up(
        _conn: &mut Conn,
        _id: i64,
        _bodies: (&Self, &Self),
        _by: (&Author, NaiveDateTime),
    ) -> Result<(), StoreError> {
        Ok(())
    }

    /// The bodies of these records.
    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError>;

    /// The condition in terms of `entry` on a day; `None` for a field that is no filter.
    fn clause(condition: &Condition, today: NaiveDate) -> Option<Clause>;
}
