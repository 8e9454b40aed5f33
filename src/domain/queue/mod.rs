//! The steward's queue: what in the register needs somebody's look, worked out from the
//! facts and the day. Nothing of it is stored but what a steward put aside.
//!
//! Policy, in days:
//! - what an employer says of a group, and an opening, is stood by within [`STATEMENT_DAYS`];
//!   an organisation's entry and a recognition's check within [`ENTRY_DAYS`];
//! - what ends is told [`STATEMENT_ENDS_DAYS`] ahead, a recognition [`RECOGNITION_ENDS_DAYS`],
//!   an opening [`OPENING_CLOSES_DAYS`].
//!
//! Every live record past its day has an entry until it is confirmed, changed, ended or put
//! aside; what is put aside comes back when its facts change or its time is up.

mod rules;

use chrono::NaiveDate;

use crate::domain::{
    register::{Opening, Organisation, Posture, Record, RecordKind},
    slug::Slug,
    upkeep::ReportReason,
};

pub use rules::{of_organisation, past_review};

/// A posture or an opening is stood by again within so many days.
pub const STATEMENT_DAYS: u64 = 180;
/// An organisation's entry, a recognition and reference data are within so many.
pub const ENTRY_DAYS: u64 = 365;
/// The last day of a statement is told so many days ahead.
pub const STATEMENT_ENDS_DAYS: u64 = 30;
/// That of a recognition.
pub const RECOGNITION_ENDS_DAYS: u64 = 60;
/// That of an opening.
pub const OPENING_CLOSES_DAYS: u64 = 14;
/// What is put aside comes back after so many days.
pub const ASIDE_DAYS: u64 = 180;

words! {
    /// Why something needs a look.
    QueueReason {
        /// It says one thing here and another there.
        Contradictory = "contradictory", "Contradicts something else";
        /// A broker did not find it as it was said.
        Reported = "reported", "Reported as not what was found";
        /// It ends soon, or has run out.
        Expiring = "expiring", "Ends soon or has run out";
        /// Nobody has stood by it for too long.
        Unconfirmed = "unconfirmed", "Not confirmed for too long";
        /// It may be in the register twice.
        Duplicate = "duplicate", "May be there twice";
        /// It should have been looked at again by now.
        PastReview = "past-review", "Past its review date";
    }
}

words! {
    /// What resolves an entry.
    QueueAction {
        /// Somebody who knows stands by it today.
        Confirm = "confirm", "Still right";
        /// It no longer counts.
        End = "end", "End it";
        /// Ask the employer by a link.
        UpkeepLink = "upkeep-link", "Make a link for the employer";
        /// Make the two one.
        Merge = "merge", "Make the two one";
        /// Put it aside, with a reason.
        Dismiss = "dismiss", "Put aside";
    }
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A record.
    Record(RecordKind, Slug),
    /// A recognition of an organisation: the scheme, the level.
    Recognition(Slug, Slug, Option<Slug>),
    /// Two organisations that may be one: the first would become part of the second.
    Pair(Slug, Slug),
    /// Something that is published from files: its kind, its name.
    Published(&'static str, String),
}

/// Something that needs a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Why.
    pub reason: QueueReason,
    /// What it is about.
    pub subject: Subject,
    /// What that is called.
    pub title: String,
    /// Why, in a sentence.
    pub why: String,
    /// Since which day.
    pub since: NaiveDate,
    /// What resolves it.
    pub actions: Vec<QueueAction>,
}

/// A report that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The record.
    pub kind: RecordKind,
    /// Its name.
    pub slug: Slug,
    /// What was found otherwise.
    pub reason: ReportReason,
    /// The day.
    pub on: NaiveDate,
}

/// One organisation with what is looked at.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The organisation.
    pub organisation: &'a Record<Organisation>,
    /// What it says of groups.
    pub postures: &'a [Record<Posture>],
    /// Its openings.
    pub openings: &'a [Record<Opening>],
    /// Open reports on any of it.
    pub reports: &'a [Report],
}

impl Subject {
    /// The kind, as a word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Record(kind, _) => kind.as_str(),
            Self::Recognition(..) => "recognition",
            Self::Pair(..) => "organisation",
            Self::Published(kind, _) => kind,
        }
    }

    /// The name of what it is about.
    pub fn slug(&self) -> &str {
        match self {
            Self::Record(_, slug) | Self::Recognition(slug, ..) | Self::Pair(slug, _) => slug,
            Self::Published(_, name) => name,
        }
    }
}

impl Entry {
    /// A name that stays the same from day to day: `unconfirmed.posture.brook-bakery-refugees`.
    pub fn id(&self) -> String {
        let start = format!("{}.{}.{}", self.reason, self.subject.kind(), self.subject.slug());
        match &self.subject {
            Subject::Record(..) | Subject::Published(..) => start.replace('/', "."),
            Subject::Pair(_, other) => format!("{start}.{other}"),
            Subject::Recognition(_, scheme, level) => {
                let level = level.as_deref().unwrap_or("none");
                format!("{start}.{scheme}.{level}")
            }
        }
    }
}
