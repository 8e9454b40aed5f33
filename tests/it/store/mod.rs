//! The store, on both databases.

mod backup;
mod changes;
mod connections;
mod directory;
mod fixture;
mod histories;
pub mod records;
mod reference;
mod schema;
