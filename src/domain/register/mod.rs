//! The register: what is public reference, and what organisations say and promise.
//!
//! [`Reference`] is what the partnership publishes: the charter's actions, schemes,
//! partnerships, providers. Of that, the charter, its actions, schemes, needs and
//! courses are [`Kept`] as records, too, so that the partnership can change them. Everything else is a [`Record`] of some [`RecordKind`],
//! said by somebody on a day: an organisation, its signature of the charter, its
//! pledges, its posture towards a group, its openings; events, case studies and
//! introductions. States and freshness are never stored; they are worked out from
//! the facts and a day.
//!
//! Invariants:
//! - nothing here has a place for a person's name: contacts are roles, outcomes are
//!   counts;
//! - what is not stated is absent, never `false` or zero;
//! - a record that has ended stays, with the day and the reason.

mod case_study;
mod charter;
mod course;
mod event;
mod introduction;
mod need;
mod opening;
mod organisation;
mod pledge;
mod posture;
mod record;
mod reference;
pub mod rules;
mod scheme;
mod signature;
pub mod texts;
mod united;

pub use case_study::{CaseStudy, Permission};
pub use charter::{CharterStance, FocusArea, KeptAction, KeptCharter};
pub use course::{
    Attendance, CourseDetails, CourseRun, CourseVenue, Delivery, KeptCourse, StudyPattern,
};
pub use event::{Event, EventKind};
pub use introduction::{Introduction, IntroductionKind, IntroductionState, Outcomes};
pub use need::{Horizon, KeptNeed, NeedDetails, NeedState, Priority, TRAVEL_MILES};
pub use opening::{
    Base, Contract, DbsLevel, Hours, Opening, OpeningState, Pattern, Pay, PayPeriod, WorkType,
};
pub use organisation::{
    Channel, CheckResult, ContactRoute, Identifier, Organisation, OrganisationKind, Publication,
    Recognition, Site,
};
pub use pledge::{Commitment, Pledge, PledgeFacts, PledgeState, Progress, Rung, Update};
pub use posture::{
    DayRelease, Disclosure, DisclosureTiming, English, EnglishLevel, OffenceGroup, OffencePosture,
    OffenceStance, Posture, SelectionOffer, Stance,
};
pub use record::{Audience, Body, Draft, Ending, Record, RecordKind, Statement, Voice};
pub use reference::*;
pub use scheme::{KeptScheme, SchemeKind};
pub use signature::{DAYS_BEFORE_RENEWAL, Signature, SignatureState, last_day_of_year_from};
pub use united::{Kept, Published};
