//! Why people of a need are not placed, and where else those could go who are.

use std::collections::BTreeMap;

use crate::domain::{
    pairing::{Pair, Problem, RunKey},
    slug::Slug,
};

words! {
    /// Why people of a need are left.
    Left {
        /// No run fits the need.
        NoRun = "no-run", "No run fits";
        /// The runs that fit have no places at all.
        NoPlaces = "no-places", "The runs that fit have no places";
        /// All runs that fit are full, with people of this need.
        Full = "full", "All runs that fit are full";
        /// All runs that fit are full, also with people whom they fit as well or better, or
        /// who have nowhere else to go.
        UsedElsewhere = "used-elsewhere", "The places do more for others";
        /// There is a place, but a minimum or the limit on changes forbids to use it.
        Rule = "rule", "A minimum or the limit on changes forbids it";
    }
}

/// People of a need who are not placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The need.
    pub need: Slug,
    /// How many people.
    pub people: u32,
    /// Why.
    pub why: Left,
    /// Runs that fit, the best first.
    pub runs: Vec<RunKey>,
}

/// Another run for one person of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The run.
    pub run: RunKey,
    /// Its fit, in thousandths.
    pub fit: u32,
    /// What moving one person there costs, in thousandths of fit, all others staying;
    /// below nothing where only a rule stands against it.
    pub costs: i64,
    /// Whether the run has a place left for it.
    pub has_place: bool,
}

/// What is left of places and people under some pairs.
struct Room<'a> {
    places: BTreeMap<&'a RunKey, (u64, u64)>,
    placed: BTreeMap<&'a Slug, u64>,
    fits: BTreeMap<&'a Slug, Vec<(&'a RunKey, u32)>>,
}

impl<'a> Room<'a> {
    fn of(problem: &'a Problem, pairs: &'a [Pair]) -> Self {
        let mut places: BTreeMap<&RunKey, (u64, u64)> = problem
            .supplies
            .iter()
            .map(|supply| (&supply.run, (u64::from(supply.places), 0)))
            .collect();
        let mut placed: BTreeMap<&Slug, u64> = BTreeMap::new();
        for pair in pairs {
            *placed.entry(&pair.need).or_default() += u64::from(pair.people);
            if let Some((_, used)) = places.get_mut(&pair.run) {
                *used += u64::from(pair.people);
            }
        }
        let mut fits: BTreeMap<&Slug, Vec<(&RunKey, u32)>> = BTreeMap::new();
        for fit in &problem.fits {
            fits.entry(&fit.need).or_default().push((&fit.run, fit.fit));
        }
        for of_need in fits.values_mut() {
            of_need.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        }
        Self { places, placed, fits }
    }

    fn left(&self, run: &RunKey) -> u64 {
        self.places.get(run).map_or(0, |(places, used)| places.saturating_sub(*used))
    }
}

impl Problem {
    /// People who are not placed by some pairs, with why; in the order of needs.
    pub fn unplaced(&self, pairs: &[Pair]) -> Vec<Unplaced> {
        let room = Room::of(self, pairs);
        let mut left = Vec::new();
        for demand in &self.demands {
            let placed = room.placed.get(&demand.need).copied().unwrap_or_default();
            let people = u64::from(demand.people).saturating_sub(placed);
            let Some(people) = u32::try_from(people).ok().filter(|people| *people > 0) else {
                continue;
            };
            let fits = room.fits.get(&demand.need).map_or(&[][..], Vec::as_slice);
            let held = |run: &RunKey| room.places.get(run).map_or(0, |(places, _)| *places);
            let others = |run: &RunKey| {
                let mut all = pairs.iter().filter(|pair| pair.run == *run);
                all.any(|pair| pair.need != demand.need)
            };
            let why = if fits.is_empty() {
                Left::NoRun
            } else if fits.iter().all(|(run, _)| held(run) == 0) {
                Left::NoPlaces
            } else if fits.iter().any(|(run, _)| room.left(run) > 0) {
                Left::Rule
            } else if fits.iter().any(|(run, _)| others(run)) {
                Left::UsedElsewhere
            } else {
                Left::Full
            };
            let runs = fits.iter().map(|(run, _)| (*run).clone()).collect();
            left.push(Unplaced { need: demand.need.clone(), people, why, runs });
        }
        left.sort_by(|one, other| one.need.cmp(&other.need));
        left
    }

    /// Where else one person of each pair could go: up to `most` other runs that fit,
    /// those with a place left first, then the better ones.
    pub fn alternatives(&self, pairs: &[Pair], most: usize) -> Vec<Vec<Alternative>> {
        let room = Room::of(self, pairs);
        let of_pair = |pair: &Pair| {
            let fits = room.fits.get(&pair.need).map_or(&[][..], Vec::as_slice);
            let own = fits.iter().find(|(run, _)| **run == pair.run).map_or(0, |(_, fit)| *fit);
            let mut others: Vec<Alternative> = fits
                .iter()
                .filter(|(run, _)| **run != pair.run)
                .map(|(run, fit)| Alternative {
                    run: (*run).clone(),
                    fit: *fit,
                    costs: i64::from(own) - i64::from(*fit),
                    has_place: room.left(run) > 0,
                })
                .collect();
            // Sorted by fit and name already; what has a place comes first.
            others.sort_by_key(|one| !one.has_place);
            others.truncate(most);
            others
        };
        pairs.iter().map(of_pair).collect()
    }
}
