//! An introduction: a coordinator links an employer and a provider, or a broker asks
//! an employer. A state and counts; no person.

use crate::domain::{
    register::{Body, RecordKind},
    slug::Slug,
};

words! {
    /// Who is introduced to whom.
    IntroductionKind {
        /// An employer and a provider.
        EmployerProvider = "employer-provider", "Employer and provider";
        /// A broker and an employer.
        BrokerEmployer = "broker-employer", "Broker and employer";
    }
}

words! {
    /// How far it has come.
    IntroductionState {
        /// Asked for.
        Proposed = "proposed", "Proposed";
        /// Both sides agreed to talk.
        Accepted = "accepted", "Accepted";
        /// One side said no.
        Declined = "declined", "Declined";
        /// They are working together.
        UnderWay = "under-way", "Under way";
        /// It is over.
        Closed = "closed", "Closed";
    }
}

/// An introduction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Who is introduced to whom.
    pub kind: IntroductionKind,
    /// The employer.
    pub organisation: Slug,
    /// The other organisation, where there is one.
    pub other: Option<Slug>,
    /// The partnership it came from.
    pub partnership: Option<Slug>,
    /// The group it is about.
    pub cohort: Option<Slug>,
    /// The broker's or coordinator's own mark for it; means nothing to anybody else.
    pub reference: Option<String>,
    /// How far it has come.
    pub state: IntroductionState,
    /// What came of it.
    pub outcomes: Outcomes,
}

/// Counts of what came of it; absent is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcomes {
    /// People interviewed.
    pub interviewed: Option<i32>,
    /// People offered work or a place.
    pub offered: Option<i32>,
    /// People who started.
    pub started: Option<i32>,
    /// People still there after 13 weeks.
    pub kept_13_weeks: Option<i32>,
}

impl Body for Introduction {
    const KIND: RecordKind = RecordKind::Introduction;

    fn owner(&self) -> Option<&Slug> {
        Some(&self.organisation)
    }

    fn natural_slug(&self) -> Slug {
        let mark = self.reference.as_deref().unwrap_or(self.kind.as_str());
        let other = self.other.as_deref().unwrap_or_default();
        Slug::of_words([self.organisation.as_str(), other, mark])
    }
}
