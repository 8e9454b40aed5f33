//! The record of truth: one relational database, SQLite or PostgreSQL.
//!
//! Everything diesel knows stays behind this module. Callers hand in domain
//! values and get domain values back; rows, tables and `QueryResult` do not
//! leave it. Two entrances, [`Store::read`] and [`Store::write`], decide how a
//! connection is taken; the functions in the sub-modules take `&mut Conn`, so
//! several of them compose into one transaction.
//!
//! The register has two halves: [`mod@reference`], which is published from files, and
//! [`records`], which people write.
//!
//! Invariants:
//! - every write that readers of the index must see appends to `change_log` in
//!   the same transaction, through [`changes::touch`];
//! - what was acknowledged is on the disk, on both databases;
//! - all SQL is written once and runs on both databases; what the derived
//!   connection cannot express goes through `each_backend!`;
//! - times are UTC, cut to whole microseconds before they are stored.

#[macro_use]
mod connection;
pub mod audit;
mod backup;
pub mod changes;
pub mod classifications;
mod entrance;
mod error;
pub mod idempotency;
mod migrations;
pub mod missed;
pub mod oruk;
pub mod outcodes;
pub mod pairings;
pub mod places;
pub mod queue;
pub mod records;
pub mod reference;
mod schema;
pub mod standing;
pub mod tokens;
pub mod upkeep;
mod value;

pub use backup::restore;
pub use connection::{Conn, attempt};
pub use entrance::{Limits, Store};
pub use error::{Cause, StoreError};
pub use schema::probe;
