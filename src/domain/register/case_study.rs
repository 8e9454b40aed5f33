//! How somebody did it: a case study of our own, told with permission.

use chrono::NaiveDate;

use crate::domain::{
    register::{Body, RecordKind},
    slug::Slug,
};

words! {
    /// Whether those told of agreed.
    Permission {
        /// They agreed.
        Granted = "granted", "Granted";
        /// They were asked.
        Asked = "asked", "Asked for";
        /// It retells what is public anyway.
        Public = "public-source", "Retells a public source";
        /// They said no.
        Refused = "refused", "Refused";
    }
}

/// A case study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStudy {
    /// What it is called.
    pub title: String,
    /// The organisation it is about, where it is in the register.
    pub organisation: Option<Slug>,
    /// What was done and what came of it; no person's name.
    pub summary: String,
    /// Groups it is about.
    pub cohorts: Vec<Slug>,
    /// Code of the charter's action it shows.
    pub action: Option<String>,
    /// Where the whole can be read.
    pub url: Option<String>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// Whether those told of agreed.
    pub permission: Permission,
}

impl CaseStudy {
    /// Whether it may be shown to the public.
    pub fn showable(&self) -> bool {
        matches!(self.permission, Permission::Granted | Permission::Public)
    }
}

impl Body for CaseStudy {
    const KIND: RecordKind = RecordKind::CaseStudy;

    fn owner(&self) -> Option<&Slug> {
        self.organisation.as_ref()
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.title.as_str()])
    }
}
