//! A meeting, seminar, visit or campaign.

use chrono::NaiveDateTime;

use crate::domain::{
    register::{Body, RecordKind},
    slug::Slug,
};

words! {
    /// What kind of event it is.
    EventKind {
        /// The HR network meets.
        HrNetwork = "hr-network", "HR network";
        /// A seminar.
        Seminar = "seminar", "Seminar";
        /// A workforce development partnership meets.
        Partnership = "wdp", "Workforce partnership meeting";
        /// The anchor network meets.
        Anchor = "anchor", "Anchor network";
        /// A campaign or week of action.
        Campaign = "campaign", "Campaign";
        /// A visit to a site or a prison.
        Visit = "visit", "Visit";
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is called.
    pub title: String,
    /// What kind it is.
    pub kind: EventKind,
    /// When it starts, UTC.
    pub starts_at: NaiveDateTime,
    /// When it ends, UTC.
    pub ends_at: Option<NaiveDateTime>,
    /// Where, in words.
    pub place: Option<String>,
    /// Postcode or outward code of the place.
    pub postcode: Option<String>,
    /// Who holds it, in words.
    pub host: Option<String>,
    /// The organisation that holds it, where it is in the register.
    pub organisation: Option<Slug>,
    /// Groups it is about.
    pub cohorts: Vec<Slug>,
    /// What it is about.
    pub summary: String,
    /// Where to read more or book.
    pub url: Option<String>,
}

impl Body for Event {
    const KIND: RecordKind = RecordKind::Event;

    fn owner(&self) -> Option<&Slug> {
        self.organisation.as_ref()
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.title.as_str(), &self.starts_at.date().to_string()])
    }
}
