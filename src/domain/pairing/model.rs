//! A problem sorted by names and put in numbers.

use std::collections::BTreeMap;

use crate::domain::{
    pairing::{AtLeast, MOST_PEOPLE, Pair, Problem, RunKey, WHOLE_FIT},
    slug::Slug,
};

/// A pair that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arc {
    pub need: usize,
    pub run: usize,
    pub fit: u32,
    /// People that were on it before.
    pub had: u32,
}

/// A minimum, with the needs that count towards it.
#[derive(Debug, Clone)]
pub(super) struct Floor {
    pub at_least: AtLeast,
    pub counts: Vec<bool>,
}

/// A problem in numbers. Needs and runs are in the order of their names, pairs in that of
/// their needs and then runs.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub needs: Vec<Slug>,
    pub runs: Vec<RunKey>,
    pub people: Vec<u32>,
    pub places: Vec<u32>,
    pub arcs: Vec<Arc>,
    pub floors: Vec<Floor>,
    /// How many of those placed before must stay where they are; `None` without such a rule.
    pub stay: Option<u64>,
}

impl Model {
    pub(super) fn of(problem: &Problem) -> Self {
        let mut demands: Vec<_> = problem.demands.iter().collect();
        demands.sort_by(|one, other| one.need.cmp(&other.need));
        demands.dedup_by(|one, other| one.need == other.need);
        let mut supplies: Vec<_> = problem.supplies.iter().collect();
        supplies.sort_by(|one, other| one.run.cmp(&other.run));
        supplies.dedup_by(|one, other| one.run == other.run);
        let needs: Vec<Slug> = demands.iter().map(|demand| demand.need.clone()).collect();
        let runs: Vec<RunKey> = supplies.iter().map(|supply| supply.run.clone()).collect();
        let mut arcs = BTreeMap::new();
        for fit in &problem.fits {
            let place = (needs.binary_search(&fit.need), runs.binary_search(&fit.run));
            if let (Ok(need), Ok(run)) = place
                && (1..=WHOLE_FIT).contains(&fit.fit)
            {
                arcs.insert((need, run), Arc { need, run, fit: fit.fit, had: 0 });
            }
        }
        let mut stay = None;
        if let Some(agreed) = &problem.agreed {
            let mut had = 0;
            for pair in &agreed.pairs {
                let at = (needs.binary_search(&pair.need), runs.binary_search(&pair.run));
                let (Ok(need), Ok(run)) = at else { continue };
                if let Some(arc) = arcs.get_mut(&(need, run)) {
                    arc.had += pair.people.min(MOST_PEOPLE);
                    had += u64::from(pair.people.min(MOST_PEOPLE));
                }
            }
            stay = Some(had.saturating_sub(agreed.most_changes));
        }
        let mut minimums: Vec<_> = problem.minimums.iter().collect();
        minimums.sort_by(|one, other| one.cohort.cmp(&other.cohort));
        let floors = minimums.into_iter().map(|minimum| Floor {
            at_least: minimum.at_least,
            counts: demands.iter().map(|one| one.cohorts.contains(&minimum.cohort)).collect(),
        });
        Self {
            people: demands.iter().map(|demand| demand.people.min(MOST_PEOPLE)).collect(),
            places: supplies.iter().map(|supply| supply.places.min(MOST_PEOPLE)).collect(),
            arcs: arcs.into_values().collect(),
            floors: floors.collect(),
            stay,
            needs,
            runs,
        }
    }

    /// Whether nothing but headcounts and places limits it: then it is a flow.
    pub(super) const fn is_flow(&self) -> bool {
        self.floors.is_empty() && self.stay.is_none()
    }

    pub(super) fn people_of(&self, need: usize) -> u32 {
        self.people.get(need).copied().unwrap_or_default()
    }

    pub(super) fn places_of(&self, run: usize) -> u32 {
        self.places.get(run).copied().unwrap_or_default()
    }

    /// How many people a pair can have at most.
    pub(super) fn room(&self, arc: &Arc) -> u32 {
        self.people_of(arc.need).min(self.places_of(arc.run))
    }

    /// People placed, of each need and on each run.
    pub(super) fn totals(&self, flow: &[u32]) -> (Vec<u64>, Vec<u64>) {
        let mut placed = vec![0; self.needs.len()];
        let mut used = vec![0; self.runs.len()];
        for (arc, people) in self.arcs.iter().zip(flow) {
            add(&mut placed, arc.need, *people);
            add(&mut used, arc.run, *people);
        }
        (placed, used)
    }

    /// The sum of the fits of all who are placed, in thousandths.
    pub(super) fn worth(&self, flow: &[u32]) -> u64 {
        let worth = |(arc, people): (&Arc, &u32)| u64::from(arc.fit) * u64::from(*people);
        self.arcs.iter().zip(flow).map(worth).sum()
    }

    /// How many of those placed before stay where they are.
    pub(super) fn staying(&self, flow: &[u32]) -> u64 {
        self.arcs.iter().zip(flow).map(|(arc, people)| u64::from(arc.had.min(*people))).sum()
    }

    /// Whether a flow keeps every rule, in whole numbers.
    pub(super) fn keeps(&self, flow: &[u32]) -> bool {
        let (placed, used) = self.totals(flow);
        let within = |sums: &[u64], most: &[u32]| {
            sums.iter().zip(most).all(|(sum, most)| *sum <= u64::from(*most))
        };
        within(&placed, &self.people)
            && within(&used, &self.places)
            && self.stay.is_none_or(|stay| self.staying(flow) >= stay)
            && self.floors.iter().all(|floor| floor.holds(&placed))
    }

    /// The pairs of a flow that have people, in order.
    pub(super) fn pairs(&self, flow: &[u32]) -> Vec<Pair> {
        let used = self.arcs.iter().zip(flow).filter(|(_, people)| **people > 0);
        let pair = |(arc, people): (&Arc, &u32)| {
            let (need, run) = (self.needs.get(arc.need)?, self.runs.get(arc.run)?);
            Some(Pair { need: need.clone(), run: run.clone(), people: *people })
        };
        used.filter_map(pair).collect()
    }
}

impl Floor {
    pub(super) fn counts(&self, need: usize) -> bool {
        self.counts.get(need).copied().unwrap_or_default()
    }

    /// People of the group among those placed, and all of them.
    pub(super) fn share(&self, placed: &[u64]) -> (u64, u64) {
        let own = placed.iter().zip(&self.counts).filter(|(_, counts)| **counts);
        (own.map(|(people, _)| people).sum(), placed.iter().sum())
    }

    /// Whether the minimum is kept.
    pub(super) fn holds(&self, placed: &[u64]) -> bool {
        let (own, all) = self.share(placed);
        match self.at_least {
            AtLeast::Percent(share) => own * 100 >= u64::from(share) * all,
            AtLeast::People(people) => own >= u64::from(people),
        }
    }
}

/// Adds people at a place of a list.
pub(super) fn add(sums: &mut [u64], at: usize, people: u32) {
    if let Some(sum) = sums.get_mut(at) {
        *sum += u64::from(people);
    }
}
