//! What an employer says about hiring from one group. Not stated is not no, and
//! not yes: what was not said is absent.

use chrono::NaiveDate;

use crate::domain::{
    register::{Body, RecordKind},
    slug::Slug,
};

words! {
    /// How an employer stands towards a group.
    Stance {
        /// Looks for people from the group.
        ActivelyRecruits = "actively-recruits", "Actively recruits";
        /// Welcomes people from the group.
        Open = "open", "Open";
        /// Looks at each case.
        CaseByCase = "case-by-case", "Case by case";
        /// Not at present.
        NotCurrently = "not-currently", "Not currently";
        /// Has not said.
        NotStated = "not-stated", "Not stated";
    }
}

words! {
    /// What an employer offers in choosing people.
    SelectionOffer {
        /// An interview for everybody who meets the essentials.
        GuaranteedInterview = "guaranteed-interview", "Guaranteed interview";
        /// A try-out at work.
        WorkTrial = "work-trial", "Work trial";
        /// A short look at the work.
        Taster = "taster", "Taster day";
        /// A talk before applying.
        InformalChat = "informal-chat", "Informal chat first";
        /// Applying without a CV.
        NoCv = "no-cv", "No CV needed";
        /// A visit to the site.
        SiteVisit = "site-visit", "Site visit";
        /// A paid placement.
        PaidPlacement = "paid-placement", "Paid placement";
        /// Work on day release from prison.
        DayRelease = "day-release", "Day release (ROTL)";
    }
}

words! {
    /// Level of English really needed.
    EnglishLevel {
        /// None to speak of.
        None = "none", "None needed";
        /// Entry level 1.
        Entry1 = "entry-1", "Entry level 1";
        /// Entry level 2.
        Entry2 = "entry-2", "Entry level 2";
        /// Entry level 3.
        Entry3 = "entry-3", "Entry level 3";
        /// Level 1.
        Level1 = "level-1", "Level 1";
        /// Level 2.
        Level2 = "level-2", "Level 2";
    }
}

words! {
    /// When an employer asks about convictions.
    DisclosureTiming {
        /// Never.
        NotAsked = "not-asked", "Does not ask";
        /// Once the interview is over.
        AfterInterview = "after-interview", "After interview";
        /// With a conditional offer.
        ConditionalOffer = "conditional-offer", "At a conditional offer";
        /// On the form.
        ApplicationForm = "application-form", "On the application form";
    }
}

words! {
    /// Whether an employer rules out offences.
    OffenceStance {
        /// None is ruled out.
        NoneExcluded = "none-excluded", "No offence ruled out";
        /// Each is looked at.
        CaseByCase = "case-by-case", "Case by case";
        /// Those listed are ruled out.
        Listed = "listed", "Some ruled out";
    }
}

words! {
    /// Groups of offences, as the prison service's jobs board has them.
    OffenceGroup {
        /// Arson.
        Arson = "arson", "Arson";
        /// Driving offences.
        Driving = "driving", "Driving offences";
        /// Murder.
        Murder = "murder", "Murder";
        /// Sexual offences.
        Sexual = "sexual", "Sexual offences";
        /// Terrorism.
        Terrorism = "terrorism", "Terrorism";
        /// Others, in words.
        Other = "other", "Other offences";
    }
}

/// What an employer says about one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posture {
    /// The employer.
    pub organisation: Slug,
    /// The group.
    pub cohort: Slug,
    /// How it stands.
    pub stance: Stance,
    /// Under which conditions, in its words.
    pub conditions: Option<String>,
    /// Whether the employer wants this to be public; the broker-only parts never are.
    pub public: bool,
    /// What it offers in choosing people.
    pub offers: Vec<SelectionOffer>,
    /// English really needed.
    pub english: English,
    /// Day release from prison.
    pub day_release: Option<DayRelease>,
    /// The last day before it should be asked again.
    pub review_by: Option<NaiveDate>,
    /// Offences it rules out; for brokers only.
    pub offences: Option<OffencePosture>,
    /// How it deals with disclosure; for brokers only.
    pub disclosure: Option<Disclosure>,
    /// What else it told brokers; for brokers only.
    pub broker_note: Option<String>,
}

/// English really needed for the work, by skill; absent is not stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct English {
    /// Speaking and listening.
    pub speaking: Option<EnglishLevel>,
    /// Reading.
    pub reading: Option<EnglishLevel>,
    /// Writing.
    pub writing: Option<EnglishLevel>,
}

/// Readiness for people on day release (ROTL).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRelease {
    /// Whether it takes people on day release.
    pub accepts: bool,
    /// Whether it has an agreement with a prison.
    pub has_agreement: Option<bool>,
    /// Weeks it needs beforehand.
    pub lead_time_weeks: Option<i32>,
    /// How far people may travel, in miles.
    pub travel_limit_miles: Option<i32>,
}

/// Offences an employer rules out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffencePosture {
    /// How it stands.
    pub stance: OffenceStance,
    /// Groups ruled out; only with [`OffenceStance::Listed`].
    pub groups: Vec<OffenceGroup>,
    /// In words.
    pub note: Option<String>,
}

/// How an employer deals with disclosure of convictions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// When it asks.
    pub timing: Option<DisclosureTiming>,
    /// Whether it wants a disclosure letter.
    pub letter_needed: Option<bool>,
    /// Whether spent convictions are left alone.
    pub unspent_only: Option<bool>,
    /// The role to talk to.
    pub talk_to_role: Option<String>,
}

impl Body for Posture {
    const KIND: RecordKind = RecordKind::Posture;

    fn owner(&self) -> Option<&Slug> {
        Some(&self.organisation)
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.organisation.as_str(), self.cohort.as_str()])
    }
}
