//! Needs with everything that meets them, and the gaps: needs that nothing meets, or
//! too little.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::{
    coverage::{
        Asked, Cover, Covers, Known, Offer,
        judge::{counted, judge_akin},
    },
    register::{Delivery, Need, NeedState, Priority},
    slug::Slug,
};

words! {
    /// Why a need is a gap.
    GapKind {
        /// Nothing that is known meets it.
        None = "none", "Nothing meets it";
        /// What meets it has too few places.
        TooFew = "too-few", "Too few places";
        /// Something may meet it, but what is recorded does not tell.
        NotKnown = "not-known", "Not known to be met";
    }
}

/// A need as an answer names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedSeen {
    /// Public name.
    pub slug: Slug,
    /// Title.
    pub title: String,
    /// Occupation codes (SOC 2020).
    pub soc: Vec<String>,
    /// Lowest level asked for.
    pub level_from: Option<i32>,
    /// Highest level asked for.
    pub level_to: Option<i32>,
    /// `now`, `1y` or `3y`.
    pub horizon: Option<Slug>,
    /// How many people, where said.
    pub headcount: Option<i32>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// What has become of it.
    pub state: NeedState,
    /// The employer who voiced it; for coordinators.
    pub organisation: Option<Slug>,
    /// Where people are needed.
    pub place: Option<String>,
    /// How far a learner can travel, in miles.
    pub travel_miles: Option<i32>,
    /// The last day on which training may begin.
    pub start_by: Option<NaiveDate>,
    /// Accepted ways of teaching.
    pub modes: Vec<Delivery>,
    /// Groups that the places are for.
    pub cohorts: Vec<Slug>,
    /// The day somebody last stood by it.
    pub as_of: NaiveDate,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// A need with every run that teaches something like it, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The need.
    pub need: NeedSeen,
    /// How far it is covered: `full` by runs that meet everything and have places enough
    /// between them; `partial` if something covers it in part; else `none`.
    pub covers: Covers,
    /// Places that it takes: its headcount, or 1 where nobody said.
    pub wanted: i32,
    /// Places of the runs that meet everything else, as far as they are known.
    pub places: i64,
    /// How many runs meet everything but perhaps the number of places.
    pub meeting: usize,
    /// Every run that teaches something like it, best first.
    pub runs: Vec<Cover>,
    /// What is short, where something is.
    kind: Option<GapKind>,
}

/// A need that nothing meets, or too little, with the nearest thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The need.
    pub need: NeedSeen,
    /// Why it is a gap.
    pub kind: GapKind,
    /// Places that it takes: its headcount, or 1 where nobody said.
    pub wanted: i32,
    /// Places of the runs that meet everything else, as far as they are known.
    pub places: i64,
    /// Why, in a sentence.
    pub text: String,
    /// The run or course that comes nearest; absent where nothing teaches anything like it.
    pub nearest: Option<Cover>,
    /// What is lacking for the nearest to cover it, in sentences.
    pub lacking: Vec<String>,
    /// What would close the gap, in sentences.
    pub would_change: Vec<String>,
}

/// Which gaps there are in one state of the world and not in the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    /// Public names of needs that became gaps, in order.
    pub opened: Vec<Slug>,
    /// Public names of needs that no longer are gaps, in order.
    pub closed: Vec<Slug>,
}

/// What changed between the gaps of two days.
pub fn changed(before: &[Gap], after: &[Gap]) -> Changed {
    let names =
        |gaps: &[Gap]| -> BTreeSet<Slug> { gaps.iter().map(|gap| gap.need.slug.clone()).collect() };
    let (old, new) = (names(before), names(after));
    Changed {
        opened: new.difference(&old).cloned().collect(),
        closed: old.difference(&new).cloned().collect(),
    }
}

impl Coverage {
    /// A need against every offer.
    pub fn of(need: &Need, offers: &[Offer<'_>], known: Known<'_>) -> Self {
        let asked = Asked::of(need, known);
        let mut runs = judge_akin(&asked, offers, known);
        runs.sort_by(|one, other| order(one).cmp(&order(other)));
        let wanted = asked.wanted();
        let places = known_places(runs.iter().filter(|run| run.meets()));
        let kind = kind(&runs, wanted, places);
        let some = runs.iter().any(|run| run.covers != Covers::None);
        let covers = match (kind, some) {
            (None, _) => Covers::Full,
            (Some(_), true) => Covers::Partial,
            (Some(_), false) => Covers::None,
        };
        let meeting = runs.iter().filter(|run| run.meets()).count();
        Self { need: NeedSeen::from(need), covers, wanted, places, meeting, runs, kind }
    }

    /// The gap that it is, if it is one. Only what stands open is.
    pub fn gap(&self) -> Option<Gap> {
        let stands = matches!(self.need.state, NeedState::Open | NeedState::PartlyMet);
        let kind = self.kind.filter(|_| stands)?;
        let nearest = self.nearest(kind).cloned();
        let mut would_change = nearest.as_ref().map(Cover::would_change).unwrap_or_default();
        if nearest.is_none() {
            would_change.push("A course that teaches for it, with a run and places.".to_owned());
        }
        let short = i64::from(self.wanted) - self.places;
        if kind == GapKind::TooFew && self.meeting > 0 && short > 0 {
            let more = counted(i32::try_from(short).unwrap_or(i32::MAX));
            would_change.insert(0, format!("{more} more on runs that meet it."));
        }
        Some(Gap {
            need: self.need.clone(),
            kind,
            wanted: self.wanted,
            places: self.places,
            text: self.text(kind),
            lacking: nearest.as_ref().map(Cover::lacking).unwrap_or_default(),
            nearest,
            would_change,
        })
    }

    /// What comes nearest: of what meets it in all but places, or may, the best; else the
    /// best of all.
    fn nearest(&self, kind: GapKind) -> Option<&Cover> {
        let meeting = self.runs.iter().find(|run| match kind {
            GapKind::None => false,
            GapKind::TooFew | GapKind::NotKnown => run.may_meet(),
        });
        meeting.or_else(|| self.runs.first())
    }

    fn text(&self, kind: GapKind) -> String {
        let (wanted, known) = (self.wanted, i32::try_from(self.places).unwrap_or(i32::MAX));
        match kind {
            GapKind::None if self.runs.is_empty() => {
                "No course that we know teaches anything like it.".to_owned()
            }
            GapKind::None => "No run that we know meets it.".to_owned(),
            GapKind::TooFew => {
                format!("It takes {}; what meets it has {}.", counted(wanted), counted(known))
            }
            GapKind::NotKnown => {
                format!(
                    "It takes {}; what is recorded does not tell whether there are so many.",
                    counted(wanted)
                )
            }
        }
    }
}

/// The best first; of equals in the order of their names, whatever order they came in.
fn order(run: &Cover) -> (Reverse<u32>, Option<NaiveDate>, &Slug, &Slug, Option<usize>) {
    let seen = &run.run;
    (Reverse(run.fit), seen.starts_on, &seen.provider, &seen.course, seen.nth)
}

fn known_places<'a>(runs: impl Iterator<Item = &'a Cover>) -> i64 {
    runs.filter_map(|run| run.run.places).map(i64::from).sum()
}

/// What is short: judged by what is certain, and by what there might be at best.
fn kind(runs: &[Cover], wanted: i32, certain: i64) -> Option<GapKind> {
    let wanted = i64::from(wanted);
    if certain >= wanted {
        return None;
    }
    let may = || runs.iter().filter(|run| run.may_meet());
    let open_ended = may().any(|run| run.run.places.is_none());
    if open_ended || known_places(may()) >= wanted {
        return Some(GapKind::NotKnown);
    }
    Some(if known_places(may()) > 0 { GapKind::TooFew } else { GapKind::None })
}

impl From<&Need> for NeedSeen {
    fn from(need: &Need) -> Self {
        let details = need.details.clone();
        Self {
            slug: need.slug.clone(),
            title: need.title.clone(),
            soc: need.soc.clone(),
            level_from: need.level_from,
            level_to: need.level_to,
            horizon: need.horizon.clone(),
            headcount: details.headcount,
            priority: details.priority,
            state: details.state,
            organisation: details.organisation,
            place: details.place,
            travel_miles: details.travel_miles,
            start_by: details.start_by,
            modes: details.modes,
            cohorts: details.cohorts,
            as_of: need.provenance.as_of,
            fictional: need.provenance.fictional,
        }
    }
}
