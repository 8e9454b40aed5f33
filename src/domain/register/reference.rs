//! The partnership's register as far as it is public reference: the charter's
//! actions, recognition schemes, partnerships, providers and kinds of course.
//!
//! A partnership (WDP) is a forum with members; it is not a provider. Every
//! statement about an organisation names its sources and its date.

use chrono::NaiveDate;

use crate::domain::{
    register::{CourseDetails, NeedDetails},
    slug::Slug,
};

/// Where a statement comes from and when it was last known to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Identifiers of [`Source`]s; empty only for what is fictional.
    pub sources: Vec<String>,
    /// The day the statement was last known to be right.
    pub as_of: NaiveDate,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// A publication that statements rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Identifier, such as `S12`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it, as far as known.
    pub publisher: Option<String>,
    /// Its address, as far as recorded.
    pub url: Option<String>,
    /// Its date, in words.
    pub published: Option<String>,
    /// Whether date or content were seen only in part.
    pub uncertain: bool,
}

/// The charter as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charter {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Version, as published.
    pub version: String,
    /// The day it was launched.
    pub launched_on: Option<NaiveDate>,
    /// Focus areas: name and label.
    pub focus_areas: Vec<(Slug, String)>,
    /// Stances an action is taken from: name, label and meaning.
    pub stances: Vec<(Slug, String, String)>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// One option of the charter's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharterAction {
    /// Code, such as `E2`.
    pub code: String,
    /// Stance: buyer, supplier, employer, place, education or individual.
    pub stance: Slug,
    /// Focus area.
    pub focus_area: Slug,
    /// Short label.
    pub label: String,
    /// What it asks for.
    pub description: String,
    /// What to do first; advice, not sourced.
    pub help: String,
    /// Whether progress can be given as a number.
    pub measurable: bool,
    /// The number's unit.
    pub unit: Option<String>,
    /// Whether a published pledge shows the option, or it is only an illustration.
    pub evidenced: bool,
    /// Cohorts it plainly concerns; empty for all.
    pub cohorts: Vec<Slug>,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A badge, award, pledge or accreditation of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// `accreditation`, `award`, `pledge`, `covenant` or `register`.
    pub kind: Slug,
    /// Who runs it.
    pub owner: String,
    /// What it is.
    pub summary: String,
    /// Levels, lowest first.
    pub levels: Vec<SchemeLevel>,
    /// What a holder must show.
    pub evidence_rule: String,
    /// How long a recognition lasts, in months, where it ends.
    pub lifetime_months: Option<i32>,
    /// How long a recognition lasts, in words.
    pub lifetime_note: Option<String>,
    /// What must be held before.
    pub prerequisites: Vec<Prerequisite>,
    /// The public list of holders: its address or a sentence about it.
    pub public_list: Option<String>,
    /// What a listing proves, honestly.
    pub what_it_proves: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A level of a [`Scheme`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeLevel {
    /// Name within the scheme.
    pub slug: Slug,
    /// Words shown.
    pub label: String,
    /// Place in the order, lowest first.
    pub order: i32,
    /// How long this level lasts, in months, where it differs from the scheme's.
    pub lifetime_months: Option<i32>,
}

/// What a [`Scheme`] asks its applicants to hold already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prerequisite {
    /// The other scheme, or the same for a lower level.
    pub scheme: Slug,
    /// The level needed; absent for any.
    pub level: Option<Slug>,
    /// What more there is to say, in a sentence.
    pub note: Option<String>,
}

/// A workforce development partnership: a forum for a sector and an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partnership {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// Sectors it is for.
    pub sectors: Vec<Slug>,
    /// Counties it covers.
    pub area: Vec<String>,
    /// Who runs the meetings.
    pub facilitator: Option<String>,
    /// How often it meets, in words.
    pub cadence: Option<String>,
    /// What it is for.
    pub summary: String,
    /// Organisations known to have taken part.
    pub members: Vec<Member>,
    /// Needs voiced in it.
    pub needs: Vec<Need>,
    /// Meetings known of, latest first.
    pub meetings: Vec<Meeting>,
    /// What it agreed to do.
    pub actions: Vec<AgreedAction>,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// An organisation's part in a [`Partnership`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The organisation's name.
    pub organisation: String,
    /// `employer`, `provider`, `partner`, `facilitator`, `host` or `champion`.
    pub capacity: Slug,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A skill or problem that a [`Partnership`] named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Name, unique in the partnership.
    pub slug: Slug,
    /// Short title.
    pub title: String,
    /// What was said.
    pub description: String,
    /// SOC 2020 codes.
    pub soc: Vec<String>,
    /// SIC 2007 codes.
    pub sic: Vec<String>,
    /// Lowest level of learning asked for (entry is 0).
    pub level_from: Option<i32>,
    /// Highest level of learning asked for.
    pub level_to: Option<i32>,
    /// `now`, `1y` or `3y`, where said.
    pub horizon: Option<Slug>,
    /// When it was raised, in words or as a date.
    pub raised_on: Option<String>,
    /// How it is known, in words.
    pub evidence: Option<String>,
    /// Who gave it its codes and how, in words.
    pub coding: Option<String>,
    /// What the partnership keeps of it beside that; nothing where it is only published.
    pub details: NeedDetails,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A meeting of a [`Partnership`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The day, or as much of it as is known.
    pub held_on: String,
    /// Where.
    pub place: Option<String>,
    /// What it was about.
    pub summary: Option<String>,
    /// Identifiers of [`Source`]s.
    pub sources: Vec<String>,
}

/// Something that a [`Partnership`] agreed to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedAction {
    /// What was agreed.
    pub text: String,
    /// How far it is known to have come, in a sentence.
    pub status_note: Option<String>,
    /// Identifiers of [`Source`]s.
    pub sources: Vec<String>,
}

/// An organisation that teaches or trains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// `fe-college`, `he`, `employer-led`, `adult`, `charity` or `independent`.
    pub kind: Slug,
    /// What it is.
    pub summary: String,
    /// Its own site.
    pub website: Option<String>,
    /// Where it teaches.
    pub venues: Vec<Venue>,
    /// What it teaches.
    pub courses: Vec<Course>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A place where a [`Provider`] teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// Name within the provider.
    pub label: String,
    /// Town.
    pub town: Option<String>,
    /// Outward code, upper case.
    pub outcode: Option<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

/// A kind of course that a [`Provider`] is known to offer. Runs, with dates and
/// places, are another matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Public name, unique in the register.
    pub slug: Slug,
    /// Title.
    pub title: String,
    /// Its [`CourseType`].
    pub course_type: Slug,
    /// Sectors it prepares for.
    pub sectors: Vec<Slug>,
    /// SOC 2020 codes it prepares for.
    pub soc: Vec<String>,
    /// Who gave it its codes and how, in words.
    pub coding: Option<String>,
    /// Lowest level (entry is 0).
    pub level_from: Option<i32>,
    /// Highest level.
    pub level_to: Option<i32>,
    /// Cohorts it is made for; empty for all.
    pub cohorts: Vec<Slug>,
    /// What it is.
    pub summary: String,
    /// Label of the venue, where known.
    pub venue: Option<String>,
    /// What the partnership keeps of it beside that; nothing where it is only published.
    pub details: CourseDetails,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A kind of course with its rules: T Level, Skills Bootcamp, SWAP …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseType {
    /// Public name.
    pub slug: Slug,
    /// Words shown.
    pub label: String,
    /// What it is.
    pub description: String,
    /// Rules worth knowing before you rely on it.
    pub rules: Option<String>,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// The whole reference register at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    /// Sources, by identifier.
    pub sources: Vec<Source>,
    /// The charter, where the partnership has one.
    pub charter: Option<Charter>,
    /// Its actions, by code.
    pub actions: Vec<CharterAction>,
    /// Schemes, by name.
    pub schemes: Vec<Scheme>,
    /// Partnerships, by name.
    pub partnerships: Vec<Partnership>,
    /// Providers, by name.
    pub providers: Vec<Provider>,
    /// Kinds of course, by name.
    pub course_types: Vec<CourseType>,
    /// Versions of the charter that were ever kept; none where only one was published.
    pub charter_versions: Vec<String>,
    /// Actions that have ended, each with the first day it did not count: what was pledged
    /// before keeps them.
    pub past_actions: Vec<(NaiveDate, CharterAction)>,
    /// Schemes that have ended: who held them before did.
    pub past_schemes: Vec<Scheme>,
}

impl Reference {
    /// The source with that identifier.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The action with that code, whatever its case, also one that has ended.
    pub fn action(&self, code: &str) -> Option<&CharterAction> {
        let past = self.past_actions.iter().map(|(_, action)| action);
        self.actions.iter().chain(past).find(|action| action.code.eq_ignore_ascii_case(code))
    }

    /// The partnership of that name.
    pub fn partnership(&self, slug: &str) -> Option<&Partnership> {
        self.partnerships.iter().find(|partnership| partnership.slug == *slug)
    }

    /// The provider of that name.
    pub fn provider(&self, slug: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.slug == *slug)
    }

    /// The kind of course of that name.
    pub fn course_type(&self, slug: &str) -> Option<&CourseType> {
        self.course_types.iter().find(|kind| kind.slug == *slug)
    }

    /// The course of that name, with the provider that offers it.
    pub fn course(&self, slug: &str) -> Option<(&Provider, &Course)> {
        self.courses().find(|(_, course)| course.slug == *slug)
    }

    /// Every course, with the provider that offers it.
    pub fn courses(&self) -> impl Iterator<Item = (&Provider, &Course)> {
        self.providers.iter().flat_map(|p| p.courses.iter().map(move |course| (p, course)))
    }
}
