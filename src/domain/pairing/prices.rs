//! What the limits of a plan cost: one more place of each run that is full, and each rule
//! that could be left out.

use crate::domain::pairing::{
    Problem, Rule, RunKey, Solution, Unsolved,
    dual::Multipliers,
    model::Model,
    residual::{self, Gain},
    solve::{self, solution},
};

/// What one more place of a full run would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePrice {
    /// The run.
    pub run: RunKey,
    /// Its places, all taken.
    pub places: u32,
    /// How much the sum would rise, in thousandths; at most so much unless exact.
    pub gain: u64,
    /// How many more people would be placed (fewer, where it is below nothing); absent
    /// unless exact.
    pub more_people: Option<i64>,
}

/// What a rule costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumPrice {
    /// The rule.
    pub rule: Rule,
    /// How much higher the sum would be without it, in thousandths.
    pub gain: u64,
    /// How many more people would be placed without it (fewer, where it is below nothing).
    pub more_people: i64,
}

/// What limits a plan, and what that costs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    /// Full runs, the dearest first.
    pub places: Vec<PlacePrice>,
    /// Rules that could be left out, in order.
    pub rules: Vec<MinimumPrice>,
}

/// Pairs that may be looked at anew for the exact prices of places: a large plan gets few
/// exact ones, a small one all.
const WORK: usize = 8_000;

impl Problem {
    /// The best plan, with what its limits cost.
    ///
    /// # Errors
    ///
    /// [`Unsolved`], as [`Problem::solve`].
    pub fn solve_with_prices(&self) -> Result<(Solution, Prices), Unsolved> {
        let model = Model::of(self);
        let (flow, certificate, multipliers) = solve::solve(&model)?;
        let best = solution(&model, &flow, certificate);
        let places = if model.is_flow() {
            exact(&model, &flow)
        } else {
            bounded(&model, (&flow, &best), &multipliers)
        };
        let mut rules = Vec::new();
        for rule in self.rules() {
            // What was found for more rules is not better than with fewer.
            let relaxed = self.without(&rule).solve()?;
            let more_people = difference(relaxed.people, best.people);
            let gain = relaxed.worth.saturating_sub(best.worth);
            rules.push(MinimumPrice { rule, gain, more_people });
        }
        Ok((best, Prices { places, rules }))
    }
}

/// Full runs that a pair leads to, by their numbers.
fn full(model: &Model, flow: &[u32]) -> Vec<usize> {
    let (_, used) = model.totals(flow);
    let mut wanted = vec![false; model.runs.len()];
    for arc in &model.arcs {
        if let Some(wanted) = wanted.get_mut(arc.run) {
            *wanted = true;
        }
    }
    let runs = used.iter().zip(&model.places).zip(wanted).enumerate();
    runs.filter(|(_, ((used, places), wanted))| *wanted && **used >= u64::from(**places))
        .map(|(run, _)| run)
        .collect()
}

fn exact(model: &Model, flow: &[u32]) -> Vec<PlacePrice> {
    let gains = residual::gains(model, flow);
    let prices = full(model, flow).into_iter().filter_map(|run| {
        let Gain { worth, people } = gains.get(run).copied()?;
        price(model, run, (u64::try_from(worth).unwrap_or(0), Some(people)))
    });
    sorted(prices.collect())
}

/// Prices under minimums: what the multipliers allow at most, and of the dearest, as far
/// as that is not too much work, what the best plan with one more place comes to.
fn bounded(
    model: &Model,
    (flow, best): (&[u32], &Solution),
    multipliers: &Multipliers,
) -> Vec<PlacePrice> {
    let mut most: Vec<(u64, usize)> = full(model, flow)
        .into_iter()
        .map(|run| (multipliers.most_gain(run, best.worth), run))
        .collect();
    most.sort_by_key(|(gain, run)| (std::cmp::Reverse(*gain), *run));
    let mut tries = (WORK / model.arcs.len().max(1)).clamp(1, 200);
    let mut prices = Vec::new();
    for (gain, run) in most {
        let mut known = if gain == 0 { (0, Some(0)) } else { (gain, None) };
        if gain > 0 && tries > 0 && best.is_best() {
            tries -= 1;
            let mut roomier = model.clone();
            if let Some(places) = roomier.places.get_mut(run) {
                *places += 1;
            }
            let still = multipliers.with_place(run);
            if let Ok((flow, certificate)) = solve::solve_with(&roomier, &still) {
                let better = solution(&roomier, &flow, certificate);
                if better.is_best() {
                    let gain = better.worth.saturating_sub(best.worth);
                    let more = if gain == 0 { 0 } else { difference(better.people, best.people) };
                    known = (gain, Some(more));
                }
            }
        }
        prices.extend(price(model, run, known));
    }
    sorted(prices)
}

fn price(model: &Model, run: usize, (gain, more_people): (u64, Option<i64>)) -> Option<PlacePrice> {
    let (key, places) = (model.runs.get(run)?.clone(), model.places_of(run));
    Some(PlacePrice { run: key, places, gain, more_people })
}

/// The dearest first; of equals in the order of their names.
fn sorted(mut prices: Vec<PlacePrice>) -> Vec<PlacePrice> {
    prices.sort_by(|one, other| other.gain.cmp(&one.gain).then_with(|| one.run.cmp(&other.run)));
    prices
}

fn difference(one: u64, other: u64) -> i64 {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    signed(one) - signed(other)
}
