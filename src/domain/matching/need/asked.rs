//! A need, ready to judge employers by: sets as bits, weights multiplied out.

use chrono::NaiveDate;

use crate::domain::{
    matching::need::{
        bits::{Bits, bits},
        facts::{FreshSince, milli_miles},
        marks::Marks,
        need_said::{Need, WITHIN_MILES},
        policy::NeedPolicy,
    },
    place::Point,
    register::{OffenceGroup, Pattern, SelectionOffer, WorkType},
};

/// A need with the policy and the day it is judged by.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    need: &'a Need,
    policy: &'a NeedPolicy,
    today: NaiveDate,
    fresh_since: FreshSince,
    /// Fingerprints of the words looked for, sorted, each once.
    words: Vec<u32>,
    pub(super) work_types: Bits<WorkType>,
    pub(super) patterns: Bits<Pattern>,
    pub(super) groups: Bits<OffenceGroup>,
    pub(super) wants: Bits<SelectionOffer>,
    /// Thousandths of a mile to go at most, if there is a place to go from.
    pub(super) reach: Option<u32>,
    /// The same at the next wider step.
    pub(super) wider: Option<u32>,
    weights: Marks<u32>,
}

impl<'a> Asked<'a> {
    /// So many different words are looked for; further ones are passed over.
    pub const MOST_WORDS: usize = 32;

    /// A need on a day. `words` are the fingerprints of the words of its text.
    pub fn new(
        need: &'a Need,
        mut words: Vec<u32>,
        policy: &'a NeedPolicy,
        today: NaiveDate,
    ) -> Self {
        let mut seen = std::collections::HashSet::new();
        words.retain(|word| seen.insert(*word));
        words.truncate(Self::MOST_WORDS);
        words.sort_unstable();
        let within = need.within_miles.filter(|_| need.place.is_some());
        let wider = within.and_then(|miles| WITHIN_MILES.into_iter().find(|step| *step > miles));
        Self {
            need,
            policy,
            today,
            fresh_since: FreshSince::of(today),
            words,
            work_types: bits(&need.work_types),
            patterns: bits(&need.patterns),
            groups: bits(&need.offence_groups),
            wants: bits(&need.wants),
            reach: within.map(|miles| miles * 1000),
            wider: wider.map(|miles| miles * 1000),
            weights: Marks::weights(policy),
        }
    }

    /// The need.
    pub const fn need(&self) -> &'a Need {
        self.need
    }

    /// The policy.
    pub const fn policy(&self) -> &'a NeedPolicy {
        self.policy
    }

    /// The day.
    pub const fn today(&self) -> NaiveDate {
        self.today
    }

    /// From when on what was stood by is fresh.
    pub const fn fresh_since(&self) -> FreshSince {
        self.fresh_since
    }

    /// How far, in thousandths of a mile, an employer may be to be near or a near miss;
    /// beyond it distance leaves it out whatever else there is. `None` for however far.
    pub fn farthest(&self) -> Option<u32> {
        self.wider.or(self.reach)
    }

    /// Fingerprints of the words looked for, sorted.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// What a tenth of each mark earns, in thousandths of a point of the whole score.
    pub(super) const fn weights(&self) -> &Marks<u32> {
        &self.weights
    }

    /// Thousandths of a mile from where the need is; `None` if it has no place.
    pub fn milli_miles(&self, point: Point) -> Option<u32> {
        self.need.place.as_ref().map(|place| milli_miles(place.centre, point))
    }

    /// Which of the words looked for are among these sorted ones, as bits.
    pub fn words_in(&self, among: &[u32]) -> u32 {
        let found = (0u32..).zip(&self.words).filter(|(_, word)| among.binary_search(word).is_ok());
        found.fold(0, |set, (place, _)| set | 1 << place)
    }
}
