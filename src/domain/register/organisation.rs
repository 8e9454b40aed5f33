//! An organisation: what it is, where it is, how it is reached, what it holds.

use chrono::NaiveDate;

use crate::domain::{
    register::{Audience, Body, RecordKind},
    size_band::SizeBand,
    slug::Slug,
};

words! {
    /// What kind of organisation it is.
    OrganisationKind {
        /// Hires people.
        Employer = "employer", "Employer";
        /// Teaches or trains.
        Provider = "provider", "Training provider";
        /// Supports people into work.
        Charity = "charity", "Charity or support service";
        /// A council, hospital, university or office of government.
        PublicBody = "public-body", "Public body";
        /// Speaks for others: a chamber, a federation, a union.
        Representative = "representative-body", "Representative body";
    }
}

words! {
    /// Whether an organisation is shown.
    Publication {
        /// Not yet shown to the public.
        Draft = "draft", "Draft";
        /// Shown.
        Published = "published", "Published";
        /// No longer shown, at its own wish or because it is gone.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

words! {
    /// How a contact is made.
    Channel {
        /// By e-mail to a shared address.
        Email = "email", "E-mail";
        /// By telephone.
        Phone = "phone", "Telephone";
        /// On a page or form.
        Web = "web", "Web page";
        /// By letter.
        Post = "post", "Post";
    }
}

words! {
    /// What the last look at a scheme's own list found.
    CheckResult {
        /// It is listed, at that level.
        Confirmed = "confirmed", "Found in the scheme's list";
        /// It is not listed.
        NotFound = "not-found", "Not found in the scheme's list";
        /// It is listed as having run out.
        Expired = "expired", "Run out";
        /// Nobody has looked.
        Unchecked = "unchecked", "Not checked";
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Name as it is written.
    pub name: String,
    /// Other names it is known by.
    pub aliases: Vec<String>,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// The sector it reports under.
    pub sector: Option<Slug>,
    /// SIC 2007 codes, five digits each, with leading noughts.
    pub sic: Vec<String>,
    /// How many people it employs.
    pub size_band: Option<SizeBand>,
    /// Whether it is one of the county's anchor organisations.
    pub anchor: Option<bool>,
    /// What it does, in its words.
    pub description: Option<String>,
    /// Its own site.
    pub website: Option<String>,
    /// Whether it is shown.
    pub publication: Publication,
    /// It asked not to be contacted: for ever respected.
    pub do_not_contact: bool,
    /// Its numbers in public registers.
    pub identifiers: Vec<Identifier>,
    /// Where it works.
    pub sites: Vec<Site>,
    /// How it is reached.
    pub contacts: Vec<ContactRoute>,
    /// What it holds from others' schemes.
    pub recognitions: Vec<Recognition>,
}

/// A number in a public register, such as `GB-COH` and `01234567`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier {
    /// The register, by its org-id code.
    pub scheme: String,
    /// The number there.
    pub id: String,
}

/// A place where it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name within the organisation.
    pub label: String,
    /// Street and house, as far as public.
    pub address: Option<String>,
    /// Postcode of the premises, or its outward code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Local authority district.
    pub district: Option<String>,
    /// How to get there, and when one cannot.
    pub transport_note: Option<String>,
}

/// How to reach it, by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRoute {
    /// Who may see it.
    pub audience: Audience,
    /// The role that answers, such as `Recruitment desk`; never a person's name.
    pub role_title: String,
    /// The way.
    pub channel: Channel,
    /// The address or number.
    pub value: String,
    /// The day it was last tried.
    pub verified_on: Option<NaiveDate>,
    /// How many days that holds.
    pub expires_after_days: Option<i32>,
}

/// A badge, award or accreditation it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// The scheme.
    pub scheme: Slug,
    /// The level, where the scheme has levels.
    pub level: Option<Slug>,
    /// The day it was given.
    pub awarded_on: Option<NaiveDate>,
    /// The last day it holds.
    pub expires_on: Option<NaiveDate>,
    /// Where it can be seen.
    pub evidence_url: Option<String>,
    /// The day somebody looked it up.
    pub last_checked_on: Option<NaiveDate>,
    /// What was found.
    pub check: CheckResult,
}

impl Recognition {
    /// Whether it is held on a day, as far as is known: given by then and not run out,
    /// and no look at the scheme's list said otherwise.
    pub fn held_on(&self, day: NaiveDate) -> bool {
        self.awarded_on.is_none_or(|from| from <= day)
            && self.expires_on.is_none_or(|last| day <= last)
            && !matches!(self.check, CheckResult::NotFound | CheckResult::Expired)
    }
}

impl ContactRoute {
    /// Whether it was tried recently enough on a day.
    pub fn verified(&self, day: NaiveDate) -> bool {
        let holds = chrono::Duration::days(i64::from(self.expires_after_days.unwrap_or(365)));
        self.verified_on.is_some_and(|on| day - on <= holds)
    }
}

impl Body for Organisation {
    const KIND: RecordKind = RecordKind::Organisation;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.name.as_str()])
    }
}
