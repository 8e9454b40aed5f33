//! The caseworker's match: the fast way comes to what the plain way comes to, the laws that
//! every answer keeps, and fair turns.

mod columns;
mod fair;
mod laws;
pub mod oracle;
mod rules;

use std::sync::LazyLock;

use chrono::NaiveDate;
use pathways::{
    content::policy,
    domain::matching::{Policy, need::NeedPolicy},
};

/// The shipped policy of needs.
pub fn shipped() -> &'static NeedPolicy {
    static POLICY: LazyLock<Policy> = LazyLock::new(|| policy::read(policy::OXFORDSHIRE).unwrap());
    &POLICY.need
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}
