//! The register as a problem: a partnership's needs, the runs that fit them, and what
//! could not be planned with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    app::{
        AppError, Snapshot,
        pairing::content::{Asked, AskedMinimum, LeftOut, RunName},
    },
    domain::{
        coverage::{Cover, Coverage, CoverageCriterion, Known, NeedSeen, Offer, RunSeen, offers},
        matching::Verdict,
        pairing::{
            Agreed, AtLeast, Demand, Fit, MOST_NEEDS, MOST_PEOPLE, MOST_RUNS, Minimum, Problem,
            RunKey, Supply, WHOLE_FIT,
        },
        register::NeedState,
        slug::Slug,
    },
};

/// What a plan is worked out from, with what is known of needs and runs.
pub(super) struct World {
    pub problem: Problem,
    pub needs: BTreeMap<Slug, NeedSeen>,
    pub runs: BTreeMap<RunKey, RunSeen>,
    /// How each run fits each need that it teaches something like.
    pub covers: BTreeMap<Slug, BTreeMap<RunKey, Cover>>,
    pub left_out: Vec<LeftOut>,
    pub policy_version: String,
}

impl World {
    /// A partnership's needs and the runs to come, as a snapshot shows them on a day.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if there is no such partnership; [`AppError::Conflict`] if
    /// there are more needs or runs than are planned with.
    pub(super) fn of(
        snapshot: &Snapshot,
        (partnership, today): (&Slug, NaiveDate),
        (asked, agreed): (&Asked, Option<Agreed>),
    ) -> Result<Self, AppError> {
        let forum = snapshot.reference.partnership(partnership);
        let forum = forum.ok_or(AppError::NotFound("partnership"))?;
        let policy = snapshot.policy();
        let known = Known {
            gazetteer: snapshot.gazetteer(),
            vocabulary: snapshot.vocabulary(),
            policy: &policy.coverage,
            today,
        };
        let to_come: Vec<Offer<'_>> = offers(&snapshot.reference)
            .into_iter()
            .filter(|offer| offer.run.is_some_and(|(_, run)| run.is_to_come(today)))
            .collect();
        let mut world = Self {
            problem: Problem { minimums: minimums(asked), agreed, ..Problem::default() },
            needs: BTreeMap::new(),
            runs: to_come.iter().filter_map(|offer| Some((key(offer)?, offer.into()))).collect(),
            covers: BTreeMap::new(),
            left_out: Vec::new(),
            policy_version: policy.version.clone(),
        };
        for need in &forum.needs {
            let seen = NeedSeen::from(need);
            let open = matches!(seen.state, NeedState::Open | NeedState::PartlyMet);
            world.needs.insert(need.slug.clone(), seen.clone());
            if !open || !world.takes(&seen, asked) {
                continue;
            }
            let found = Coverage::of(need, &to_come, known).runs.into_iter();
            let covers = found.filter_map(|cover| Some((run_key(&cover.run)?, cover)));
            world.covers.insert(need.slug.clone(), covers.collect());
        }
        world.pair(asked);
        world.bounded()
    }

    /// Takes a need in, or notes why not.
    fn takes(&mut self, need: &NeedSeen, asked: &Asked) -> bool {
        let out = |text: &str| LeftOut {
            need: Some(need.slug.to_string()),
            course: None,
            nth: None,
            text: text.to_owned(),
        };
        if asked.without_needs.iter().any(|one| *one == *need.slug.as_str()) {
            self.left_out.push(out("It was asked to be left out."));
            return false;
        }
        let said = need.headcount.and_then(|people| u32::try_from(people).ok());
        let Some(people) = said.or(asked.people_where_unstated) else {
            self.left_out.push(out("It does not say for how many people."));
            return false;
        };
        self.problem.demands.push(Demand {
            need: need.slug.clone(),
            people: people.min(MOST_PEOPLE),
            cohorts: need.cohorts.clone(),
        });
        true
    }

    /// Takes in the runs that fit some need, with the pairs that are admissible.
    fn pair(&mut self, asked: &Asked) {
        let mut wanted = BTreeSet::new();
        for (need, covers) in &self.covers {
            for (run, cover) in covers.iter().filter(|(_, cover)| admissible(cover)) {
                wanted.insert(run.clone());
                let fit = cover.fit.clamp(1, WHOLE_FIT);
                self.problem.fits.push(Fit { need: need.clone(), run: run.clone(), fit });
            }
        }
        let mut taken = BTreeSet::new();
        for run in wanted {
            let Some(seen) = self.runs.get(&run) else { continue };
            match places(&run, seen, asked) {
                Ok(places) => {
                    taken.insert(run.clone());
                    self.problem.supplies.push(Supply { run, places });
                }
                Err(text) => self.left_out.push(LeftOut {
                    need: None,
                    course: Some(run.course.to_string()),
                    nth: Some(run.nth),
                    text: text.to_owned(),
                }),
            }
        }
        self.problem.fits.retain(|fit| taken.contains(&fit.run));
        self.left_out.sort();
    }

    fn bounded(self) -> Result<Self, AppError> {
        let (needs, runs) = (self.problem.demands.len(), self.problem.supplies.len());
        if needs > MOST_NEEDS || runs > MOST_RUNS {
            return Err(AppError::conflict(format!(
                "A plan has {MOST_NEEDS} needs and {MOST_RUNS} runs at most; here are {needs} and \
                 {runs}. Leave some out."
            )));
        }
        Ok(self)
    }

    /// Takes in places of runs that somebody puts people on, though no need fits them.
    pub(super) fn with_runs<'a>(&mut self, named: impl Iterator<Item = &'a RunKey>) {
        for run in named {
            let there = self.problem.supplies.iter().any(|supply| supply.run == *run);
            let stated = self.runs.get(run).and_then(|seen| seen.places);
            if let Some(places) = stated.and_then(|places| u32::try_from(places).ok())
                && !there
            {
                self.problem.supplies.push(Supply { run: run.clone(), places });
            }
        }
    }

    /// What is known of how a run fits a need.
    pub(super) fn cover(&self, need: &Slug, run: &RunKey) -> Option<&Cover> {
        self.covers.get(need)?.get(run)
    }
}

/// Whether somebody of the need can go on the run: nothing but the number of places
/// stands against it.
pub(super) fn admissible(cover: &Cover) -> bool {
    let mut others = cover.parts.iter().filter(|part| part.criterion != CoverageCriterion::Places);
    others.all(|part| part.verdict != Verdict::Unmet)
}

/// The places of a run that are planned with, or why it is not.
fn places(run: &RunKey, seen: &RunSeen, asked: &Asked) -> Result<u32, &'static str> {
    let own = RunName { course: run.course.to_string(), nth: run.nth };
    if asked.without_runs.contains(&own) {
        return Err("It was asked to be left out.");
    }
    let late = |last: NaiveDate| seen.starts_on.is_some_and(|first| first > last);
    if !seen.flexible_start && asked.starts_by.is_some_and(late) {
        return Err("It begins later than was asked for.");
    }
    let said = seen.places.and_then(|places| u32::try_from(places).ok());
    said.or(asked.places_where_unstated)
        .map(|places| places.min(MOST_PEOPLE))
        .ok_or("How many places it has is not known.")
}

fn minimums(asked: &Asked) -> Vec<Minimum> {
    let minimum = |one: &AskedMinimum| {
        let at_least = one.percent.map(AtLeast::Percent).or(one.people.map(AtLeast::People))?;
        Some(Minimum { cohort: Slug::parse(&one.cohort).ok()?, at_least })
    };
    asked.minimums.iter().filter_map(minimum).collect()
}

fn key(offer: &Offer<'_>) -> Option<RunKey> {
    Some(RunKey { course: offer.course.slug.clone(), nth: offer.run?.0 })
}

fn run_key(run: &RunSeen) -> Option<RunKey> {
    Some(RunKey { course: run.course.clone(), nth: run.nth? })
}
