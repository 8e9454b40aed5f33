//! hiding
