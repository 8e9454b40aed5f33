//! Records of the register as documents: what the public may read of them, on a day.
//!
//! Nothing else gets in: no contact, no word that was meant for brokers, no wish to be
//! left alone. What is worked out for the day names the next day on which it may be
//! another.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    app::catalogue::{Catalogue, district_slug, facet, first_sentence, kind, plain},
    domain::{
        places::Ledger,
        register::{CaseStudy, Event, Opening, Organisation, Pledge, Posture, Record, Signature},
        search::{Document, Facet, FacetValue, Kind},
        slug::Slug,
    },
};

/// An organisation with everything that belongs to it.
pub struct Whole {
    /// The organisation.
    pub organisation: Record<Organisation>,
    /// Its years under the charter.
    pub signatures: Vec<Record<Signature>>,
    /// Its pledges.
    pub pledges: Vec<Record<Pledge>>,
    /// What it says publicly of groups.
    pub postures: Vec<Record<Posture>>,
    /// Its openings.
    pub openings: Vec<Record<Opening>>,
    /// What became of the places of its openings, by their names.
    pub ledgers: BTreeMap<Slug, Ledger>,
}

/// A document, and the next day on which it may read otherwise.
pub type Turning = (Document, Option<NaiveDate>);

impl Catalogue<'_> {
    /// The document of an event; `None` if it was called off.
    pub fn event(&self, record: &Record<Event>) -> Option<Turning> {
        let body = &record.body;
        let place = body.postcode.as_deref().and_then(|code| self.gazetteer.find(code));
        let mut facets = vec![kind(Kind::Event)];
        facets.extend(body.cohorts.iter().map(|cohort| self.cohort(cohort)));
        let district = place.as_ref().and_then(|place| place.district.as_deref());
        facets.extend(district.map(of_district));
        let when = body.starts_at.format("%-d %B %Y").to_string();
        let said = [Some(body.kind.label()), Some(&when), body.place.as_deref()];
        let lines = [Some(body.summary.as_str()), body.place.as_deref(), body.host.as_deref()];
        let document = Document {
            kind: Kind::Event,
            id: record.slug.to_string(),
            title: body.title.clone(),
            url: format!("/events/{}", record.slug),
            summary: said.into_iter().flatten().collect::<Vec<_>>().join(", "),
            passages: vec![plain(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))],
            vocabulary: self.cohort_labels(&body.cohorts),
            facets,
            dates: None,
            legal: false,
            companion: false,
            fictional: record.fictional,
            points: place.map(|place| place.centre).into_iter().collect(),
        };
        (!self.is_over(record)).then(|| (document, self.earliest(turns(record))))
    }

    /// The document of a case study; `None` unless it may be shown.
    pub fn case_study(&self, record: &Record<CaseStudy>) -> Option<Turning> {
        let body = &record.body;
        if !body.showable() || self.is_over(record) {
            return None;
        }
        let mut facets = vec![kind(Kind::CaseStudy)];
        facets.extend(body.cohorts.iter().map(|cohort| self.cohort(cohort)));
        let action = body.action.as_deref().and_then(|code| self.reference.action(code));
        facets.extend(action.map(|action| facet(Facet::Action, &action.code, &action.label)));
        let mut lines = vec![body.summary.clone()];
        lines.extend(action.map(|action| action.label.clone()));
        let document = Document {
            kind: Kind::CaseStudy,
            id: record.slug.to_string(),
            title: body.title.clone(),
            url: format!("/case-studies/{}", record.slug),
            summary: first_sentence(&body.summary),
            passages: vec![plain(lines.join("\n"))],
            vocabulary: self.cohort_labels(&body.cohorts),
            facets,
            dates: None,
            legal: false,
            companion: false,
            fictional: record.fictional,
            points: Vec::new(),
        };
        Some((document, self.earliest(turns(record))))
    }

    /// Whether a record has ended.
    pub(super) fn is_over<T>(&self, record: &Record<T>) -> bool {
        record.ended.as_ref().is_some_and(|ending| ending.on <= self.today)
    }

    fn cohort_labels(&self, cohorts: &[Slug]) -> Vec<String> {
        cohorts.iter().map(|cohort| self.words.cohort_label(cohort).to_owned()).collect()
    }

    /// The first of some days that is yet to come.
    pub(super) fn earliest(&self, days: impl Iterator<Item = NaiveDate>) -> Option<NaiveDate> {
        days.filter(|day| *day > self.today).min()
    }
}

/// The days on which a record begins or ceases to count.
pub(super) fn turns<T>(record: &Record<T>) -> impl Iterator<Item = NaiveDate> + use<T> {
    let after = record.said.until.and_then(|last| last.succ_opt());
    let ended = record.ended.as_ref().map(|ending| ending.on);
    [Some(record.said.on), after, ended].into_iter().flatten()
}

/// A district as a value of its facet.
pub(super) fn of_district(name: &str) -> FacetValue {
    facet(Facet::District, &district_slug(name), name)
}
