//! Multipliers of the rules, and the bound that follows from them.
//!
//! They are found by a linear program, the dual of the plan's without whole numbers, and
//! then taken as whole numbers of a finer scale. Whatever they are, weak duality in exact
//! arithmetic gives a bound that no plan exceeds; how close it comes depends on how good
//! they are, that it holds does not.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, OptimizationDirection, Problem as Program, Solution, Variable};

use crate::domain::pairing::{
    AtLeast,
    model::{Arc, Model},
};

/// Multipliers are whole numbers of a thousandth of a thousandth of a fit.
pub(super) const FINER: i64 = 1_000;
/// Up to so many pairs, all are looked at from the start.
const FEW: usize = 2_500;
/// Pairs of each need, and of each run, that are looked at first.
const FIRST: (usize, usize) = (10, 5);
/// Rounds in which pairs that were left out are taken in.
const ROUNDS: usize = 60;

/// Multipliers with the bound that they give, in units of a thousandth over [`FINER`].
#[derive(Debug, Clone)]
pub(super) struct Multipliers {
    /// Of each need's headcount.
    needs: Vec<i64>,
    /// Of each run's places.
    runs: Vec<i64>,
    /// Of each minimum.
    floors: Vec<i64>,
    /// Of each pair's people who stay where they were.
    staying: Vec<i64>,
    bound: i128,
}

impl Multipliers {
    /// The multipliers of a model.
    pub(super) fn of(model: &Model) -> Self {
        let mut chosen = first(model);
        for _ in 0..ROUNDS {
            let looked_at: Vec<usize> = chosen.iter().copied().collect();
            let Some(found) = relaxed(model, &looked_at) else { break };
            let before = chosen.len();
            // Judged as they were found, not yet mended: what breaks them is taken in.
            let broken = found.broken(model);
            chosen.extend(broken);
            if chosen.len() == before {
                return found.mended(model);
            }
        }
        // Without good multipliers the bound is the plainest one, and all pairs matter.
        Found::zero(model).mended(model)
    }

    /// What no plan exceeds, in thousandths.
    pub(super) fn bound(&self) -> u64 {
        u64::try_from(self.bound.max(0) / i128::from(FINER)).unwrap_or(u64::MAX)
    }

    /// What no plan exceeds that uses this pair, in thousandths.
    pub(super) fn bound_with(&self, model: &Model, nth: usize, arc: &Arc) -> u64 {
        let with = self.bound - i128::from(self.slack(model, nth, arc));
        u64::try_from(with.max(0) / i128::from(FINER)).unwrap_or(u64::MAX)
    }

    /// The pairs with which a plan can come within a margin of the bound, in thousandths.
    pub(super) fn near(&self, model: &Model, margin: u64) -> Vec<usize> {
        let least = self.bound().saturating_sub(margin);
        let arcs = model.arcs.iter().enumerate();
        arcs.filter(|(nth, arc)| self.bound_with(model, *nth, arc) >= least)
            .map(|(nth, _)| nth)
            .collect()
    }

    /// The same multipliers where a run has one more place.
    pub(super) fn with_place(&self, run: usize) -> Self {
        Self { bound: self.bound + i128::from(at(&self.runs, run)), ..self.clone() }
    }

    /// How much more one more place of a run can bring at most, in thousandths, to a plan
    /// of this worth.
    pub(super) fn most_gain(&self, run: usize, worth: u64) -> u64 {
        let bound = self.bound + i128::from(at(&self.runs, run));
        let most = u64::try_from(bound.max(0) / i128::from(FINER)).unwrap_or(u64::MAX);
        most.saturating_sub(worth)
    }

    fn slack(&self, model: &Model, nth: usize, arc: &Arc) -> i64 {
        at(&self.needs, arc.need) + cost(model, (&self.runs, &self.floors), arc)
            - at(&self.staying, nth)
            - worth(arc)
    }
}

/// Multipliers as the linear program found them, in whole numbers.
struct Found {
    needs: Vec<i64>,
    runs: Vec<i64>,
    floors: Vec<i64>,
    staying: Vec<i64>,
    stay: i64,
}

impl Found {
    fn zero(model: &Model) -> Self {
        Self {
            needs: vec![0; model.needs.len()],
            runs: vec![0; model.runs.len()],
            floors: vec![0; model.floors.len()],
            staying: vec![0; model.arcs.len()],
            stay: 0,
        }
    }

    /// Pairs that are worth more than their multipliers allow, beyond rounding.
    fn broken(&self, model: &Model) -> Vec<usize> {
        let terms = i64::try_from(model.floors.len()).unwrap_or_default();
        let rounding = 3 + terms * 100;
        let mut broken: Vec<(i64, usize)> = Vec::new();
        for (nth, arc) in model.arcs.iter().enumerate() {
            let slack = at(&self.needs, arc.need) + cost(model, (&self.runs, &self.floors), arc)
                - at(&self.staying, nth)
                - worth(arc);
            if slack < -rounding {
                broken.push((slack, nth));
            }
        }
        broken.sort_unstable();
        broken.truncate((model.needs.len() + model.runs.len()).max(200) * 2);
        broken.into_iter().map(|(_, nth)| nth).collect()
    }

    /// The same with the needs' multipliers raised as far as every pair takes, so that
    /// the bound holds for certain.
    fn mended(self, model: &Model) -> Multipliers {
        let mut needs = vec![0_i64; model.needs.len()];
        for (nth, arc) in model.arcs.iter().enumerate() {
            let least =
                worth(arc) + at(&self.staying, nth) - cost(model, (&self.runs, &self.floors), arc);
            if let Some(own) = needs.get_mut(arc.need) {
                *own = least.max(*own);
            }
        }
        let sum = |prices: &[i64], amounts: &[u32]| -> i128 {
            prices.iter().zip(amounts).map(|(p, a)| i128::from(*p) * i128::from(*a)).sum()
        };
        let mut bound = sum(&needs, &model.people) + sum(&self.runs, &model.places);
        for (floor, price) in model.floors.iter().zip(&self.floors) {
            if let AtLeast::People(people) = floor.at_least {
                bound -= i128::from(*price) * i128::from(people);
            }
        }
        for (arc, staying) in model.arcs.iter().zip(&self.staying) {
            bound += i128::from((self.stay - staying).max(0)) * i128::from(arc.had);
        }
        bound -= i128::from(self.stay) * i128::from(model.stay.unwrap_or_default());
        let Self { runs, floors, staying, .. } = self;
        Multipliers { needs, runs, floors, staying, bound }
    }
}

/// What a pair costs by the multipliers of its run and of the minimums.
fn cost(model: &Model, (runs, floors): (&[i64], &[i64]), arc: &Arc) -> i64 {
    let minimums = model.floors.iter().zip(floors);
    let minimums: i64 = minimums.map(|(floor, price)| floor.weight(arc.need) * price).sum();
    at(runs, arc.run) + minimums
}

fn worth(arc: &Arc) -> i64 {
    i64::from(arc.fit) * FINER
}

fn at(list: &[i64], nth: usize) -> i64 {
    list.get(nth).copied().unwrap_or_default()
}

impl crate::domain::pairing::model::Floor {
    /// How much one person of a need takes of the minimum; less than nothing for one who
    /// counts towards it.
    pub(super) fn weight(&self, need: usize) -> i64 {
        match (self.at_least, self.counts(need)) {
            (AtLeast::Percent(share), true) => i64::from(share) - 100,
            (AtLeast::Percent(share), false) => i64::from(share),
            (AtLeast::People(_), true) => -1,
            (AtLeast::People(_), false) => 0,
        }
    }
}

/// The pairs that are looked at first: the best of each need and of each run, and those
/// that were agreed before.
fn first(model: &Model) -> BTreeSet<usize> {
    if model.arcs.len() <= FEW {
        return (0..model.arcs.len()).collect();
    }
    let mut by_fit: Vec<usize> = (0..model.arcs.len()).collect();
    by_fit.sort_by_key(|nth| std::cmp::Reverse(model.arcs.get(*nth).map(|arc| arc.fit)));
    let (mut of_needs, mut of_runs) = (vec![0; model.needs.len()], vec![0; model.runs.len()]);
    let mut chosen = BTreeSet::new();
    for nth in by_fit {
        let Some(arc) = model.arcs.get(nth) else { continue };
        let (Some(need), Some(run)) = (of_needs.get_mut(arc.need), of_runs.get_mut(arc.run)) else {
            continue;
        };
        if *need < FIRST.0 || *run < FIRST.1 || arc.had > 0 {
            (*need, *run) = (*need + 1, *run + 1);
            chosen.insert(nth);
        }
    }
    chosen
}

/// The linear program's multipliers over some pairs; `None` if it found none, as when no
/// plan keeps every rule.
fn relaxed(model: &Model, looked_at: &[usize]) -> Option<Found> {
    let mut program = Program::new(OptimizationDirection::Minimize);
    let free = (0.0, f64::INFINITY);
    let mut priced = |amounts: &[u32]| -> Vec<Variable> {
        amounts.iter().map(|amount| program.add_var(f64::from(*amount), free)).collect()
    };
    let (needs, runs) = (priced(&model.people), priced(&model.places));
    let floors: Vec<Variable> = model
        .floors
        .iter()
        .map(|floor| {
            let people = if let AtLeast::People(people) = floor.at_least { people } else { 0 };
            program.add_var(-f64::from(people), free)
        })
        .collect();
    let stay = model
        .stay
        .map(|stay| program.add_var(-f64::from(u32::try_from(stay).unwrap_or(u32::MAX)), free));
    let mut staying = Vec::new();
    for nth in looked_at {
        let arc = model.arcs.get(*nth)?;
        let mut row = vec![(*needs.get(arc.need)?, 1.0), (*runs.get(arc.run)?, 1.0)];
        for (floor, price) in model.floors.iter().zip(&floors) {
            let weight = i32::try_from(floor.weight(arc.need)).unwrap_or_default();
            if weight != 0 {
                row.push((*price, f64::from(weight)));
            }
        }
        if let Some(stay) = stay.filter(|_| arc.had > 0) {
            // Those who stay earn what staying is worth, as far as there are any.
            let few = program.add_var(f64::from(arc.had), free);
            let mut staying_row = row.clone();
            staying_row.extend([(few, 1.0), (stay, -1.0)]);
            let worth = f64::from(arc.fit);
            program.add_constraint(staying_row.as_slice(), ComparisonOp::Ge, worth);
            staying.push((*nth, few));
        }
        program.add_constraint(row.as_slice(), ComparisonOp::Ge, f64::from(arc.fit));
    }
    let solution = program.solve().ok()?.into_solution().ok()?;
    let all = |variables: &[Variable]| -> Vec<i64> {
        variables.iter().map(|one| finer(&solution, *one)).collect()
    };
    let mut found = Found { staying: vec![0; model.arcs.len()], ..Found::zero(model) };
    (found.needs, found.runs, found.floors) = (all(&needs), all(&runs), all(&floors));
    found.stay = stay.map_or(0, |stay| finer(&solution, stay));
    for (nth, few) in staying {
        *found.staying.get_mut(nth)? = (found.stay - finer(&solution, few)).max(0);
    }
    Some(found)
}

/// A value in whole numbers of the finer scale, not negative.
fn finer(solution: &Solution, variable: Variable) -> i64 {
    let value = (solution.var_value(variable) * 1_000.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "clamped to far less than i64 holds")]
    let whole = value.clamp(0.0, 1e12) as i64;
    whole
}
