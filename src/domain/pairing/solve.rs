//! The best plan, with the proof that it is.

use crate::domain::pairing::{
    Pair, Problem, Rule,
    dual::Multipliers,
    model::Model,
    program::{self, Best},
};

/// How far below the bound of duality a plan with rules is looked for at first, in
/// thousandths.
const MARGIN: u64 = 150;

words! {
    /// How it is known that no plan is better.
    Proof {
        /// Weak duality in whole numbers: multipliers give a bound that the plan reaches.
        Duality = "duality", "Duality";
        /// The solver tried or ruled out everything else.
        Branching = "branching", "Branch and bound";
        /// It is not known: the solver was stopped. The bound says how much better one
        /// may be.
        Stopped = "stopped", "Stopped";
    }
}

/// What shows how good a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate {
    /// How it is known.
    pub proof: Proof,
    /// What no plan exceeds, in thousandths: the plan's own sum if it is the best.
    pub bound: u64,
    /// The bound from duality alone, reckoned in whole numbers, in thousandths.
    pub dual_bound: u64,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Who goes where, in the order of needs and runs.
    pub pairs: Vec<Pair>,
    /// The sum of the fits of all who are placed, in thousandths.
    pub worth: u64,
    /// How many people are placed.
    pub people: u64,
    /// What shows how good it is.
    pub certificate: Certificate,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsolved {
    /// No plan keeps every rule.
    #[error("no plan keeps every rule")]
    Infeasible,
    /// The solver was stopped before it had a plan.
    #[error("no plan was found in the steps that are allowed")]
    GaveUp,
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Failed(String),
}

impl Solution {
    /// How much better a plan may be at most, in thousandths; 0 for the best.
    pub fn gap(&self) -> u64 {
        self.certificate.bound.saturating_sub(self.worth)
    }

    /// Whether it is the best plan for certain.
    pub fn is_best(&self) -> bool {
        self.gap() == 0
    }
}

impl Problem {
    /// The best plan.
    ///
    /// # Errors
    ///
    /// [`Unsolved`]; [`Problem::to_blame`] says which rule cannot be kept.
    pub fn solve(&self) -> Result<Solution, Unsolved> {
        let model = Model::of(self);
        solve(&model).map(|(flow, certificate, _)| solution(&model, &flow, certificate))
    }

    /// The rules that no plan keeps: each one without which there would be a plan, or all
    /// of them if none alone is to blame.
    pub fn to_blame(&self) -> Vec<Rule> {
        let rules = self.rules();
        let alone = rules.iter().filter(|rule| self.without(rule).solve().is_ok());
        let alone: Vec<Rule> = alone.cloned().collect();
        if alone.is_empty() { rules } else { alone }
    }
}

pub(super) fn solution(model: &Model, flow: &[u32], certificate: Certificate) -> Solution {
    Solution {
        pairs: model.pairs(flow),
        worth: model.worth(flow),
        people: flow.iter().map(|people| u64::from(*people)).sum(),
        certificate,
    }
}

/// The people of each pair, what shows how good that is, and the multipliers.
pub(super) fn solve(model: &Model) -> Result<(Vec<u32>, Certificate, Multipliers), Unsolved> {
    let multipliers = Multipliers::of(model);
    let (flow, certificate) = solve_with(model, &multipliers)?;
    Ok((flow, certificate, multipliers))
}

/// The people of each pair, and what shows how good that is, by multipliers that hold.
///
/// The program is given the pairs with which a plan comes near the bound; those with which
/// one may yet be better than what was found are added until there are none.
pub(super) fn solve_with(
    model: &Model,
    multipliers: &Multipliers,
) -> Result<(Vec<u32>, Certificate), Unsolved> {
    let mut pairs = multipliers.near(model, if model.is_flow() { 1 } else { MARGIN });
    loop {
        let tried = match program::best(model, &pairs) {
            Err(Unsolved::Infeasible) if pairs.len() < model.arcs.len() => {
                pairs = (0..model.arcs.len()).collect();
                continue;
            }
            other => other?,
        };
        if !model.keeps(&tried.flow) {
            return Err(Unsolved::Failed("it broke a rule that it was given".to_owned()));
        }
        let worth = model.worth(&tried.flow);
        let before = pairs.len();
        // Pairs left out of the program with which a plan may yet be better.
        let arcs = model.arcs.iter().enumerate();
        let promising = arcs.filter(|(nth, arc)| multipliers.bound_with(model, *nth, arc) > worth);
        pairs.extend(promising.map(|(nth, _)| nth));
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.len() == before {
            let certificate = certified(multipliers, worth, &tried);
            return Ok((tried.flow, certificate));
        }
    }
}

fn certified(multipliers: &Multipliers, worth: u64, tried: &Best) -> Certificate {
    let dual_bound = multipliers.bound();
    if dual_bound == worth {
        return Certificate { proof: Proof::Duality, bound: worth, dual_bound };
    }
    if tried.proven {
        return Certificate { proof: Proof::Branching, bound: worth, dual_bound };
    }
    let bound = tried.bound.min(dual_bound).max(worth);
    let proof = if bound == worth { Proof::Branching } else { Proof::Stopped };
    Certificate { proof, bound, dual_bound }
}
