//! What a kind of record adds to what all kinds share.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::expression::BoxableExpression;
use diesel::sql_types::Bool;

use crate::domain::register::Body;
use crate::store::records::keep::Keep;
use crate::store::records::listing::Condition;
use crate::store::schema::entry;
use crate::store::{Conn, StoreError};

/// The two databases as one, for queries made of parts.
pub(super) type Backend = <Conn as diesel::Connection>::Backend;

/// A condition on `entry`.
pub(super) type Clause = Box<dyn BoxableExpression<entry::table, Backend, SqlType = Bool>>;

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

    /// Refuses what does not go with the other records, before it is written; `id` is
    /// the record's own if there is one already.
    fn admit(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError>;

    /// The same of those that brokers may see.
    const TO_BROKERS: &'static str = Self::OPEN;

    /// Writes the bodies of new records.
    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError>;

    /// Writes the body over what the record has.
    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError>;

    /// The bodies of these records.
    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError>;

    /// The condition in terms of `entry` on a day; `None` for a field that is no filter.
    fn clause(condition: &Condition, today: NaiveDate) -> Option<Clause>;
}
