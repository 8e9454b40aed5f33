//! The integer program over some pairs, as the solver is given it.
//!
//! Without minimums it is a flow, of which the solver's corners are whole by themselves.
//! With them, what is counted over many pairs (all who are placed, those of a group, those
//! who stay) is asked to be whole first, as that settles nearly all of it; then the single
//! pairs that still came out broken. Each step leaves out less than the whole program
//! asks, so a whole answer to one of them is the best there is.

use std::collections::BTreeSet;

use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem as Program, SolutionStatus, SolveOptions,
    Variable,
};

use crate::domain::pairing::{AtLeast, MOST_PEOPLE, model::Model, solve::Unsolved};

/// How far from a whole number a count may be for being read as one.
const NEARLY: f64 = 1e-5;
/// After so many steps every pair is asked to be whole.
const STEPS: usize = 12;
/// Branches of the first steps, and of the last one.
const BRANCHES: (u64, u64) = (1_500, 3_000);

/// A plan over some pairs.
pub(super) struct Best {
    /// People of every pair of the model.
    pub flow: Vec<u32>,
    /// What no plan over these pairs exceeds, in thousandths.
    pub bound: u64,
    /// Whether the solver showed that nothing over these pairs is better.
    pub proven: bool,
}

/// The best plan over some pairs.
pub(super) fn best(model: &Model, pairs: &[usize]) -> Result<Best, Unsolved> {
    let mut whole = BTreeSet::new();
    for step in 0..=STEPS {
        let last = step == STEPS;
        if last {
            whole = pairs.iter().copied().collect();
        }
        let Some(tried) = solved(model, pairs, (&whole, last))? else {
            if last {
                return Err(Unsolved::GaveUp);
            }
            whole = pairs.iter().copied().collect();
            continue;
        };
        if tried.broken.is_empty() && (tried.proven || last) {
            return Ok(Best { flow: tried.flow, bound: tried.bound, proven: tried.proven });
        }
        if !tried.proven {
            // Not to be settled by a few: the last step is told to take its time.
            whole = pairs.iter().copied().collect();
        }
        whole.extend(tried.broken);
    }
    Err(Unsolved::GaveUp)
}

struct Tried {
    flow: Vec<u32>,
    /// Pairs that did not come out whole.
    broken: Vec<usize>,
    bound: u64,
    proven: bool,
}

/// One step; `None` if it was stopped before it had an answer.
fn solved(
    model: &Model,
    pairs: &[usize],
    (whole, last): (&BTreeSet<usize>, bool),
) -> Result<Option<Tried>, Unsolved> {
    let (program, variables) = written(model, pairs, whole);
    let mut options = SolveOptions::default();
    options.node_limit = Some(if last { BRANCHES.1 } else { BRANCHES.0 });
    let outcome = match program.solve_with(options) {
        Ok(outcome) => outcome,
        Err(Error::Infeasible) => return Err(Unsolved::Infeasible),
        Err(error) => return Err(Unsolved::Failed(error.to_string())),
    };
    let Some(solution) = outcome.solution() else { return Ok(None) };
    let proven = solution.status() == SolutionStatus::Optimal;
    let best = solution.stats().best_bound.filter(|_| !proven);
    let mut flow = vec![0; model.arcs.len()];
    let mut broken = Vec::new();
    for (nth, columns) in pairs.iter().zip(&variables) {
        let value: f64 = columns.iter().map(|column| solution.var_value(*column)).sum();
        if (value - value.round()).abs() > NEARLY {
            broken.push(*nth);
        }
        if let Some(people) = flow.get_mut(*nth) {
            *people = count(value);
        }
    }
    let bound = floor(best.unwrap_or_else(|| solution.objective()));
    Ok(Some(Tried { flow, broken, bound, proven }))
}

/// The variables of a pair: people who come to it, and before them, where there are any,
/// those who stay.
type Columns = Vec<Variable>;

/// The program over some pairs, and the variables of each.
fn written(model: &Model, pairs: &[usize], whole: &BTreeSet<usize>) -> (Program, Vec<Columns>) {
    let mut program = Program::new(OptimizationDirection::Maximize);
    let mut rows = vec![Vec::new(); model.needs.len() + model.runs.len()];
    let mut variables = Vec::with_capacity(pairs.len());
    let mut staying = Vec::new();
    for nth in pairs {
        let Some(arc) = model.arcs.get(*nth) else { continue };
        let worth = f64::from(arc.fit);
        let mut column = |most: u32| {
            if whole.contains(nth) {
                program.add_integer_var(worth, (0, i32::try_from(most).unwrap_or(i32::MAX)))
            } else {
                program.add_var(worth, (0.0, f64::from(most)))
            }
        };
        let mut columns = Vec::new();
        if model.stay.is_some() && arc.had > 0 {
            let stay = column(arc.had.min(model.room(arc)));
            staying.push((stay, 1.0));
            columns.push(stay);
        }
        columns.push(column(model.room(arc)));
        for row in [arc.need, model.needs.len() + arc.run] {
            if let Some(row) = rows.get_mut(row) {
                row.extend(columns.iter().map(|column| (*column, 1.0)));
            }
        }
        variables.push(columns);
    }
    for (row, most) in rows.iter().zip(model.people.iter().chain(&model.places)) {
        if !row.is_empty() {
            program.add_constraint(row.as_slice(), ComparisonOp::Le, f64::from(*most));
        }
    }
    if !model.floors.is_empty() {
        minimums(model, &mut program, (pairs, &variables));
    }
    if let Some(stay) = model.stay {
        let least = i32::try_from(stay).unwrap_or(i32::MAX);
        let all = program.add_integer_var(0.0, (least, i32::MAX));
        staying.push((all, -1.0));
        program.add_constraint(staying.as_slice(), ComparisonOp::Eq, 0.0);
    }
    (program, variables)
}

/// Writes the minimums, each over a whole count of its own.
fn minimums(model: &Model, program: &mut Program, (pairs, variables): (&[usize], &[Columns])) {
    let arcs = || {
        let known = pairs.iter().zip(variables);
        let known = known.filter_map(|(nth, columns)| Some((model.arcs.get(*nth)?, columns)));
        known.flat_map(|(arc, columns)| columns.iter().map(move |column| (arc, *column)))
    };
    // A share of nobody is always kept: where anybody can be placed, somebody is.
    let least = i32::from(arcs().any(|(arc, _)| model.room(arc) > 0));
    let all = program.add_integer_var(0.0, (least, i32::MAX));
    let mut row: Vec<(Variable, f64)> = arcs().map(|(_, own)| (own, 1.0)).collect();
    row.push((all, -1.0));
    program.add_constraint(row.as_slice(), ComparisonOp::Eq, 0.0);
    for floor in &model.floors {
        let least = match floor.at_least {
            AtLeast::People(people) => i32::try_from(people).unwrap_or(i32::MAX),
            AtLeast::Percent(_) => 0,
        };
        let own = program.add_integer_var(0.0, (least, i32::MAX));
        let counted = arcs().filter(|(arc, _)| floor.counts(arc.need));
        let mut row: Vec<(Variable, f64)> = counted.map(|(_, people)| (people, 1.0)).collect();
        row.push((own, -1.0));
        program.add_constraint(row.as_slice(), ComparisonOp::Eq, 0.0);
        if let AtLeast::Percent(share) = floor.at_least {
            program.add_constraint(
                &[(own, 100.0), (all, -f64::from(share))],
                ComparisonOp::Ge,
                0.0,
            );
        }
    }
}

/// A count of people.
fn count(value: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what is counted at most"
    )]
    let count = value.round().clamp(0.0, f64::from(MOST_PEOPLE)) as u32;
    count
}

/// A sum of fits, which is whole, from one that was reckoned in floating point.
fn floor(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to far less than u64 holds"
    )]
    let whole = (value + 1e-3).floor().clamp(0.0, 1e15) as u64;
    whole
}
