//! A plan that somebody edited: what it comes to, and which rules it breaks.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    pairing::{AtLeast, Pair, Problem, RunKey},
    slug::Slug,
};

/// A rule that a plan breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// More people of a need than it has.
    People {
        /// The need.
        need: Slug,
        /// How many too many.
        by: u64,
    },
    /// More people on a run than it has places.
    Places {
        /// The run.
        run: RunKey,
        /// How many too many.
        by: u64,
    },
    /// A pair that is not admissible.
    Pair {
        /// The need.
        need: Slug,
        /// The run.
        run: RunKey,
    },
    /// A minimum is not reached.
    Minimum {
        /// The group.
        cohort: Slug,
        /// How many of the group are placed.
        people: u64,
        /// How many there would have to be.
        wanted: u64,
    },
    /// More of those placed before lose their place than is allowed.
    Changes {
        /// How many lose it.
        people: u64,
        /// How many may.
        most: u64,
    },
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The sum of the fits, in thousandths; pairs that are not admissible add nothing.
    pub worth: u64,
    /// How many people are placed.
    pub people: u64,
    /// What it breaks, in order.
    pub breaks: Vec<Break>,
}

impl Problem {
    /// What some pairs come to, each pair standing once.
    pub fn check(&self, pairs: &[Pair]) -> Checked {
        let fits: BTreeMap<(&Slug, &RunKey), u32> =
            self.fits.iter().map(|fit| ((&fit.need, &fit.run), fit.fit)).collect();
        let fit = |pair: &Pair| fits.get(&(&pair.need, &pair.run)).copied();
        let worth = pairs
            .iter()
            .map(|pair| u64::from(fit(pair).unwrap_or_default()) * u64::from(pair.people));
        let mut breaks: Vec<Break> = pairs
            .iter()
            .filter(|pair| fit(pair).is_none())
            .map(|pair| Break::Pair { need: pair.need.clone(), run: pair.run.clone() })
            .collect();
        breaks.extend(self.crowded(pairs));
        breaks.extend(self.missed(pairs));
        breaks.extend(self.changed(pairs, |pair| fit(pair).is_some()));
        breaks.sort();
        let people = pairs.iter().map(|pair| u64::from(pair.people)).sum();
        Checked { worth: worth.sum(), people, breaks }
    }

    fn crowded(&self, pairs: &[Pair]) -> Vec<Break> {
        let (mut of_needs, mut of_runs) = (BTreeMap::new(), BTreeMap::new());
        for pair in pairs {
            *of_needs.entry(&pair.need).or_insert(0) += u64::from(pair.people);
            *of_runs.entry(&pair.run).or_insert(0) += u64::from(pair.people);
        }
        let has: BTreeMap<&Slug, u32> =
            self.demands.iter().map(|demand| (&demand.need, demand.people)).collect();
        let places: BTreeMap<&RunKey, u32> =
            self.supplies.iter().map(|supply| (&supply.run, supply.places)).collect();
        let over = |sum: u64, most: Option<&u32>| {
            sum.checked_sub(u64::from(most.copied().unwrap_or_default())).filter(|by| *by > 0)
        };
        let needs = of_needs.into_iter().filter_map(|(need, sum)| {
            Some(Break::People { need: need.clone(), by: over(sum, has.get(need))? })
        });
        let runs = of_runs.into_iter().filter_map(|(run, sum)| {
            Some(Break::Places { run: run.clone(), by: over(sum, places.get(run))? })
        });
        needs.chain(runs).collect()
    }

    fn missed(&self, pairs: &[Pair]) -> Vec<Break> {
        let all: u64 = pairs.iter().map(|pair| u64::from(pair.people)).sum();
        let missed = self.minimums.iter().filter_map(|minimum| {
            let own: BTreeSet<&Slug> = self
                .demands
                .iter()
                .filter(|demand| demand.cohorts.contains(&minimum.cohort))
                .map(|demand| &demand.need)
                .collect();
            let counted = pairs.iter().filter(|pair| own.contains(&pair.need));
            let people: u64 = counted.map(|pair| u64::from(pair.people)).sum();
            let wanted = match minimum.at_least {
                AtLeast::Percent(share) => (all * u64::from(share)).div_ceil(100),
                AtLeast::People(people) => u64::from(people),
            };
            let cohort = minimum.cohort.clone();
            (people < wanted).then_some(Break::Minimum { cohort, people, wanted })
        });
        missed.collect()
    }

    fn changed(&self, pairs: &[Pair], admissible: impl Fn(&Pair) -> bool) -> Option<Break> {
        let agreed = self.agreed.as_ref()?;
        let now: BTreeMap<(&Slug, &RunKey), u32> =
            pairs.iter().map(|pair| ((&pair.need, &pair.run), pair.people)).collect();
        let lost = agreed.pairs.iter().filter(|pair| admissible(pair)).map(|pair| {
            let kept = now.get(&(&pair.need, &pair.run)).copied().unwrap_or_default();
            u64::from(pair.people.saturating_sub(kept))
        });
        let (people, most) = (lost.sum::<u64>(), agreed.most_changes);
        (people > most).then_some(Break::Changes { people, most })
    }
}
