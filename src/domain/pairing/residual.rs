//! What one more place of each run is worth to a plan that nothing but headcounts and
//! places limits: exactly, from the ways in which people could move up.
//!
//! From a node that stands for whoever is not placed and every place that is free, each
//! step along the graph places somebody, moves somebody over or takes somebody off. The
//! dearest way to a run is what a further place there would bring; as the plan is the
//! best, no way round in a circle brings anything.

use crate::domain::pairing::model::Model;

/// What one more place of a run brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gain {
    /// Thousandths of fit.
    pub worth: i64,
    /// People placed.
    pub people: i64,
}

struct Step {
    from: usize,
    to: usize,
    worth: i64,
    people: i64,
}

/// What one more place brings, for each run. The plan must be the best.
pub(super) fn gains(model: &Model, flow: &[u32]) -> Vec<Gain> {
    let nodes = 1 + model.needs.len() + model.runs.len();
    let steps = steps(model, flow);
    let mut best: Vec<Option<Gain>> = vec![None; nodes];
    if let Some(start) = best.first_mut() {
        *start = Some(Gain { worth: 0, people: 0 });
    }
    // As often as there are nodes is enough where no circle brings anything.
    for _ in 0..nodes {
        let mut moved = false;
        for step in &steps {
            let Some(Some(so_far)) = best.get(step.from).copied() else { continue };
            let next =
                Gain { worth: so_far.worth + step.worth, people: so_far.people + step.people };
            if let Some(there) = best.get_mut(step.to)
                && there.is_none_or(|there| next.worth > there.worth)
                && step.to != 0
            {
                *there = Some(next);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let runs = best.into_iter().skip(1 + model.needs.len());
    runs.map(|gain| gain.unwrap_or(Gain { worth: 0, people: 0 })).collect()
}

fn steps(model: &Model, flow: &[u32]) -> Vec<Step> {
    let (placed, used) = model.totals(flow);
    let run_node = |run: usize| 1 + model.needs.len() + run;
    let mut steps = Vec::with_capacity(model.arcs.len() * 2);
    for (need, (placed, people)) in placed.iter().zip(&model.people).enumerate() {
        if *placed < u64::from(*people) {
            steps.push(Step { from: 0, to: 1 + need, worth: 0, people: 1 });
        }
    }
    for (run, used) in used.iter().enumerate() {
        if *used > 0 {
            steps.push(Step { from: 0, to: run_node(run), worth: 0, people: 0 });
        }
    }
    for (arc, people) in model.arcs.iter().zip(flow) {
        let (need, run, fit) = (1 + arc.need, run_node(arc.run), i64::from(arc.fit));
        steps.push(Step { from: need, to: run, worth: fit, people: 0 });
        if *people > 0 {
            steps.push(Step { from: run, to: need, worth: -fit, people: 0 });
        }
    }
    steps
}
