//! What reports are made from: records as they were on a day, and the words for them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::{
    coverage::CoveragePolicy,
    place::Gazetteer,
    places::Places,
    register::{
        Introduction, KeptNeed, Opening, Organisation, Pledge, PledgeFacts, Posture, Record,
        Reference, Signature,
    },
    reports::{Plan, Report},
    slug::Slug,
    table::Table,
    vocabulary::Vocabulary,
};

/// What a district is called where an organisation works in several.
pub const SEVERAL: &str = "Several districts";
/// What a value is called that nobody stated.
pub const NOT_STATED: &str = "Not stated";

/// The records that may be counted, each kind in any order.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Organisations that are published.
    pub organisations: Vec<Record<Organisation>>,
    /// Years under the charter.
    pub signatures: Vec<Record<Signature>>,
    /// Pledges.
    pub pledges: Vec<Record<Pledge>>,
    /// What organisations say about groups.
    pub postures: Vec<Record<Posture>>,
    /// Openings with their places.
    pub openings: Vec<(Record<Opening>, Places)>,
    /// Needs of partnerships.
    pub needs: Vec<Record<KeptNeed>>,
    /// Introductions.
    pub introductions: Vec<Record<Introduction>>,
    /// Partnerships with their needs, and providers with their courses, as they were on
    /// days gone by.
    pub worlds: Vec<(NaiveDate, Reference)>,
    /// Pairing plans.
    pub plans: Vec<Plan>,
    /// Whether what employers told brokers alone is among them.
    pub inside: bool,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Asked {
    /// Which report.
    pub report: Report,
    /// As of which day.
    pub as_of: NaiveDate,
    /// From which day on, where it looks at several.
    pub from: Option<NaiveDate>,
    /// To which day, where it looks at several; no later than [`Self::as_of`].
    pub to: Option<NaiveDate>,
    /// Of which partnership; of all if there is none.
    pub partnership: Option<Slug>,
}

/// Records with the words for them.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The records.
    pub records: &'a Records,
    /// The words of the field.
    pub vocabulary: &'a Vocabulary,
    /// The charter, partnerships and sources.
    pub reference: &'a Reference,
    /// The places known.
    pub gazetteer: &'a Gazetteer,
    /// How courses are judged for needs.
    pub coverage: &'a CoveragePolicy,
}

impl<'a> Ground<'a> {
    /// A report without columns and rows.
    pub fn table(&self, asked: &Asked) -> Table {
        Table {
            name: asked.report.as_str(),
            title: asked.report.label().to_owned(),
            definition: asked.report.definition().to_owned(),
            as_of: asked.as_of,
            period: None,
            columns: Vec::new(),
            rows: Vec::new(),
            total: None,
            missing: Vec::new(),
            notes: Vec::new(),
            sources: Vec::new(),
            fictional: false,
        }
    }

    /// The district of each organisation: the one that its sites are in, [`SEVERAL`] or
    /// [`NOT_STATED`], so that each organisation is counted once.
    pub fn districts(&self) -> BTreeMap<&'a Slug, String> {
        let all = self.records.organisations.iter();
        all.map(|one| (&one.slug, self.district(&one.body))).collect()
    }

    fn district(&self, organisation: &Organisation) -> String {
        let found = organisation.sites.iter().filter_map(|site| {
            let by_code = || site.postcode.as_deref().and_then(|code| self.gazetteer.find(code));
            site.district.clone().or_else(|| by_code()?.district)
        });
        let mut found: BTreeSet<String> = found.collect();
        match (found.pop_first(), found.is_empty()) {
            (Some(only), true) => only,
            (Some(_), false) => SEVERAL.to_owned(),
            (None, _) => NOT_STATED.to_owned(),
        }
    }

    /// The organisations that have not ended by a day.
    pub fn standing(&self, day: NaiveDate) -> impl Iterator<Item = &'a Record<Organisation>> {
        let ended = move |one: &&Record<Organisation>| {
            one.ended.as_ref().is_none_or(|ending| day < ending.on)
        };
        self.records.organisations.iter().filter(ended)
    }

    /// The pledges, each with the dates from which its state follows; those whose year is
    /// not among the records are left out.
    pub fn promises(&self) -> Vec<(&'a Record<Pledge>, PledgeFacts)> {
        let years: BTreeMap<&Slug, &Record<Signature>> =
            self.records.signatures.iter().map(|year| (&year.slug, year)).collect();
        let all = self.records.pledges.iter();
        all.filter_map(|pledge| {
            let year = years.get(&pledge.body.signature)?;
            Some((pledge, PledgeFacts::of(pledge, year)))
        })
        .collect()
    }

    /// The words for a focus area of the charter.
    pub fn focus_area(&self, pledge: &Pledge) -> Option<String> {
        let action = self.reference.action(pledge.action.as_deref()?)?;
        let areas = self.reference.charter.iter().flat_map(|charter| &charter.focus_areas);
        let mut label =
            areas.filter(|(slug, _)| *slug == action.focus_area).map(|(_, label)| label);
        Some(label.next_back().cloned().unwrap_or_else(|| action.focus_area.to_string()))
    }

    /// The words for a stance of the charter.
    pub fn stance(&self, slug: &Slug) -> String {
        let stances = self.reference.charter.iter().flat_map(|charter| &charter.stances);
        let mut label = stances.filter(|(name, ..)| name == slug).map(|(_, label, _)| label);
        label.next_back().cloned().unwrap_or_else(|| slug.to_string())
    }
}

/// Whether any of these records was invented for a demonstration.
pub fn fictional<'a, T: 'a>(records: impl IntoIterator<Item = &'a Record<T>>) -> bool {
    records.into_iter().any(|record| record.fictional)
}
