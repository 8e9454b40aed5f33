//! A need that a partnership voiced, as the partnership keeps it.

use chrono::NaiveDate;

use crate::domain::{
    register::{Body, Delivery, Draft, Need, Provenance, Record, RecordKind, Statement, Voice},
    slug::Slug,
};

words! {
    /// By when people are needed.
    Horizon {
        /// At once.
        Now = "now", "Now";
        /// Within a year.
        Year = "1y", "Within a year";
        /// Within three years.
        ThreeYears = "3y", "Within three years";
    }
}

words! {
    /// How much a need matters to the partnership.
    Priority {
        /// First.
        High = "high", "High";
        /// Next.
        Medium = "medium", "Medium";
        /// When there is room.
        Low = "low", "Low";
    }
}

words! {
    /// What has become of a need.
    NeedState {
        /// Nothing meets it yet.
        Open = "open", "Open";
        /// Something meets it in part.
        PartlyMet = "partly-met", "Partly met";
        /// It is met.
        Met = "met", "Met";
        /// The partnership no longer has it.
        Dropped = "dropped", "Dropped";
    }
}

/// A skill or problem that a partnership named, with what it takes to meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNeed {
    /// The partnership.
    pub partnership: Slug,
    /// Short title.
    pub title: String,
    /// What was said.
    pub description: Option<String>,
    /// SOC 2020 unit groups, four digits each.
    pub soc: Vec<String>,
    /// SIC 2007 codes, from divisions (two digits) to subclasses (five).
    pub sic: Vec<String>,
    /// Lowest level of learning asked for (entry is 0), to 8.
    pub level_from: Option<i32>,
    /// Highest level of learning asked for, to 8.
    pub level_to: Option<i32>,
    /// By when, where said.
    pub horizon: Option<Horizon>,
    /// How many people, where said.
    pub headcount: Option<i32>,
    /// How much it matters, where said.
    pub priority: Option<Priority>,
    /// What has become of it.
    pub state: NeedState,
    /// The employer in the register who voiced it, where that is kept; for coordinators.
    pub organisation: Option<Slug>,
    /// Where people are needed: an outward code, a town or a district; never a whole
    /// postcode.
    pub place: Option<String>,
    /// How far a learner can travel from there, in miles in a straight line: one of
    /// [`TRAVEL_MILES`]; absent for any distance.
    pub travel_miles: Option<i32>,
    /// The last day on which training may begin, where said.
    pub start_by: Option<NaiveDate>,
    /// Ways of teaching that are accepted; empty for any.
    pub modes: Vec<Delivery>,
    /// Groups that the places are for; empty for everybody.
    pub cohorts: Vec<Slug>,
    /// How it is known, in words.
    pub evidence: Option<String>,
    /// When it was raised, in words or as a date.
    pub raised_on: Option<String>,
    /// Who gave it its codes and how, in words.
    pub coding: Option<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

/// How far a learner can travel, in miles: the steps that a need chooses from.
pub const TRAVEL_MILES: [i32; 4] = [5, 10, 20, 50];

/// What is kept of a need beside what can be published of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedDetails {
    /// How many people, where said.
    pub headcount: Option<i32>,
    /// How much it matters, where said.
    pub priority: Option<Priority>,
    /// What has become of it.
    pub state: NeedState,
    /// The employer in the register who voiced it; for coordinators.
    pub organisation: Option<Slug>,
    /// Where people are needed: an outward code, a town or a district.
    pub place: Option<String>,
    /// How far a learner can travel from there, in miles; absent for any distance.
    pub travel_miles: Option<i32>,
    /// The last day on which training may begin, where said.
    pub start_by: Option<NaiveDate>,
    /// Ways of teaching that are accepted; empty for any.
    pub modes: Vec<Delivery>,
    /// Groups that the places are for; empty for everybody.
    pub cohorts: Vec<Slug>,
}

impl Default for NeedDetails {
    /// Of a need of which nothing more is known than that it was voiced.
    fn default() -> Self {
        Self {
            headcount: None,
            priority: None,
            state: NeedState::Open,
            organisation: None,
            place: None,
            travel_miles: None,
            start_by: None,
            modes: Vec::new(),
            cohorts: Vec::new(),
        }
    }
}

impl Body for KeptNeed {
    const KIND: RecordKind = RecordKind::Need;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.partnership.as_str(), self.title.as_str()])
    }
}

impl KeptNeed {
    /// A need of the reference data as a record. Its name is unique in its partnership, so
    /// the record's begins with the partnership's, whatever else is published.
    pub fn published(need: &Need, partnership: &Slug) -> Draft<Self> {
        let both = format!("{partnership}-{}", need.slug);
        let tells = need.slug.starts_with(&format!("{partnership}-"));
        let slug = Slug::parse(&both).ok().filter(|_| !tells).unwrap_or_else(|| need.slug.clone());
        let (said, details) = (&need.provenance, need.details.clone());
        let body = Self {
            partnership: partnership.clone(),
            title: need.title.clone(),
            description: Some(need.description.clone()).filter(|text| !text.is_empty()),
            soc: need.soc.clone(),
            sic: need.sic.clone(),
            level_from: need.level_from,
            level_to: need.level_to,
            horizon: need.horizon.as_deref().and_then(Horizon::parse),
            headcount: details.headcount,
            priority: details.priority,
            state: details.state,
            organisation: details.organisation,
            place: details.place,
            travel_miles: details.travel_miles,
            start_by: details.start_by,
            modes: details.modes,
            cohorts: details.cohorts,
            evidence: need.evidence.clone(),
            raised_on: need.raised_on.clone(),
            coding: need.coding.clone(),
            sources: said.sources.clone(),
            note: said.note.clone(),
        };
        said.draft(slug, body)
    }

    /// Whether the partnership still has it.
    pub const fn stands(&self) -> bool {
        matches!(self.state, NeedState::Open | NeedState::PartlyMet)
    }

    /// The record as a need of its partnership.
    pub fn need(record: &Record<Self>) -> Need {
        let body = &record.body;
        Need {
            slug: record.slug.clone(),
            title: body.title.clone(),
            description: body.description.clone().unwrap_or_default(),
            soc: body.soc.clone(),
            sic: body.sic.clone(),
            level_from: body.level_from,
            level_to: body.level_to,
            horizon: body.horizon.and_then(|horizon| Slug::parse(horizon.as_str()).ok()),
            raised_on: body.raised_on.clone(),
            evidence: body.evidence.clone(),
            coding: body.coding.clone(),
            details: NeedDetails {
                headcount: body.headcount,
                priority: body.priority,
                state: body.state,
                organisation: body.organisation.clone(),
                place: body.place.clone(),
                travel_miles: body.travel_miles,
                start_by: body.start_by,
                modes: body.modes.clone(),
                cohorts: body.cohorts.clone(),
            },
            provenance: Provenance::of(record, &body.sources, body.note.as_deref()),
        }
    }
}

impl Provenance {
    /// What is published with this provenance, as a record of that name.
    pub fn draft<T>(&self, slug: Slug, body: T) -> Draft<T> {
        let said =
            Statement { voice: Voice::Source, by: None, on: self.as_of, until: None, source: None };
        Draft { slug: Some(slug), said, fictional: self.fictional, body }
    }

    /// Where the statement of a record comes from: it is as of the last day that somebody
    /// stood by it.
    pub fn of<T>(record: &Record<T>, sources: &[String], note: Option<&str>) -> Self {
        Self {
            sources: sources.to_vec(),
            as_of: record.confirmed_on.unwrap_or(record.said.on).max(record.said.on),
            note: note.map(str::to_owned),
            fictional: record.fictional,
        }
    }
}
