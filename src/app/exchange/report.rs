//! What came of an import: counts, and what was refused and why, within bounds however
//! many rows are bad.

use std::collections::BTreeMap;

use crate::{app::exchange::value::Wrong, domain::register::texts::Warning};

/// So many faults are told one by one.
pub const SHOWN: usize = 100;
/// So many reasons are counted apart.
const REASONS: usize = 200;

/// A fault of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line on which the row begins.
    pub line: u64,
    /// What is wrong in it.
    pub wrong: Wrong,
}

/// What came of an import.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Rows that were read.
    pub rows: u64,
    /// New records.
    pub created: u64,
    /// Records that say something else now.
    pub changed: u64,
    /// Records that said all that already.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// The first faults, in the order of lines.
    pub faults: Vec<Fault>,
    /// How many faults there are of each kind: field and reason.
    pub reasons: BTreeMap<(String, String), u64>,
    /// Free texts that look as if they were about a person, in rows that were taken: the
    /// first of them.
    pub warnings: Vec<Fault>,
    /// How many there are.
    pub warned: u64,
    /// Whether what is counted was kept.
    pub kept: bool,
}

impl Report {
    /// Notes a row that is refused.
    pub fn refuse(&mut self, line: u64, wrong: Vec<Wrong>) {
        self.refused += 1;
        for wrong in wrong {
            let key = (field(&wrong.field), wrong.reason.clone());
            let room = self.reasons.len() < REASONS;
            if let Some(count) = self.reasons.get_mut(&key) {
                *count += 1;
            } else if room {
                self.reasons.insert(key, 1);
            } else {
                *self
                    .reasons
                    .entry(("other".to_owned(), "other faults".to_owned()))
                    .or_default() += 1;
            }
            if self.faults.len() < SHOWN {
                self.faults.push(Fault { line, wrong });
            }
        }
    }

    /// Notes free texts of a row that look as if they were about a person.
    pub fn warn(&mut self, line: u64, warnings: &[Warning]) {
        for warning in warnings {
            self.warned += 1;
            if self.warnings.len() < SHOWN {
                let wrong = Wrong::of_field(&warning.field, "text", warning.message());
                self.warnings.push(Fault { line, wrong });
            }
        }
    }

    /// Nothing of what was done is kept if a row was refused.
    pub fn forget(&mut self) {
        if self.refused > 0 {
            (self.created, self.changed, self.unchanged) = (0, 0, 0);
        }
    }

    /// How many faults there are.
    pub fn fault_count(&self) -> u64 {
        self.reasons.values().sum()
    }
}

/// The field without places in lists, so that the same fault counts as the same.
fn field(path: &str) -> String {
    let steps = path.split('/').filter(|step| step.parse::<u32>().is_err());
    steps.collect::<Vec<_>>().join("/")
}
