//! What a pairing plan costs to work out: 200 needs by 500 runs, sparse and dense, with
//! and without rules, with the prices of all that is scarce.
//!
//! Run by hand: `cargo bench --bench pairing [-- DENSITY…]`, with 2, 4, 12 and 100 of a hundred
//! pairs admissible where nothing is given. Beside each plan stands what taking the best
//! pair first comes to, which knows no minimum and no earlier plan, and how long that
//! takes. Nothing here passes or fails by its figures, but each plan is proven the best.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a program that is run by hand and prints figures"
)]

#[allow(dead_code, reason = "tests use the rest")]
#[path = "../it/pairing/generated.rs"]
mod generated;

use std::{
    collections::BTreeMap,
    env,
    time::{Duration, Instant},
};

use generated::{COHORTS, Numbers, Size, plain, slug};
use pathways::domain::pairing::{Agreed, AtLeast, Minimum, Pair, Problem};

const SEEDS: [u64; 3] = [0x9e37_79b9, 0x1234_5677, 0x0bad_cafd];

fn main() {
    println!(
        "needs runs pairs rules        plan   with prices     greedy  more than greedy  proof"
    );
    let given: Vec<u64> = env::args().filter_map(|word| word.parse().ok()).collect();
    let densities = if given.is_empty() { vec![2, 4, 12, 100] } else { given };
    for density in densities {
        for rules in ["none", "minimums", "changes", "both"] {
            let size = Size { needs: 200, runs: 500, people: 12, places: 4, density };
            let lines: Vec<Line> = SEEDS.iter().map(|seed| measured(*seed, size, rules)).collect();
            for line in lines {
                line.print(rules);
            }
        }
    }
}

struct Line {
    pairs: usize,
    plan: Duration,
    prices: Duration,
    greedy: Duration,
    worth: (u64, u64),
    proof: String,
}

impl Line {
    fn print(&self, rules: &str) {
        let (plan, greedy) = self.worth;
        let more = 100.0 * (plan as f64 / greedy as f64 - 1.0);
        println!(
            "  200  500 {:>6} {rules:<9} {:>7.3} s   {:>8.3} s {:>9.6} s  {more:>15.1} %  {}",
            self.pairs,
            self.plan.as_secs_f64(),
            self.prices.as_secs_f64(),
            self.greedy.as_secs_f64(),
            self.proof,
        );
    }
}

fn measured(seed: u64, size: Size, rules: &str) -> Line {
    let mut problem = plain(&mut Numbers(seed), size);
    let begun = Instant::now();
    let (pairs, by_hand) = greedy(&problem);
    let greedy = begun.elapsed();
    if matches!(rules, "minimums" | "both") {
        for (cohort, share) in COHORTS.iter().zip([55, 60]) {
            let at_least = AtLeast::Percent(share);
            problem.minimums.push(Minimum { cohort: slug(cohort), at_least });
        }
    }
    if matches!(rules, "changes" | "both") {
        // Minimums ask for more room than what the greedy plan leaves.
        let most_changes = if rules == "both" { 400 } else { 40 };
        problem.agreed = Some(Agreed { pairs, most_changes });
    }
    let begun = Instant::now();
    let solution = problem.solve().unwrap();
    let plan = begun.elapsed();
    let begun = Instant::now();
    let again = problem.solve_with_prices().unwrap().0;
    let prices = begun.elapsed();
    assert_eq!(again, solution);
    let proof = solution.certificate.proof.to_string();
    let worth = (solution.worth, by_hand);
    Line { pairs: problem.fits.len(), plan, prices, greedy, worth, proof }
}

/// The best pair first, as many people as there are places; what it comes to.
fn greedy(problem: &Problem) -> (Vec<Pair>, u64) {
    let mut people: BTreeMap<_, u32> =
        problem.demands.iter().map(|demand| (&demand.need, demand.people)).collect();
    let mut places: BTreeMap<_, u32> =
        problem.supplies.iter().map(|supply| (&supply.run, supply.places)).collect();
    let mut fits: Vec<_> = problem.fits.iter().collect();
    fits.sort_by_key(|fit| std::cmp::Reverse(fit.fit));
    let (mut pairs, mut worth) = (Vec::new(), 0);
    for fit in fits {
        let most = people[&fit.need].min(places[&fit.run]);
        if most > 0 {
            *people.get_mut(&fit.need).unwrap() -= most;
            *places.get_mut(&fit.run).unwrap() -= most;
            worth += u64::from(fit.fit) * u64::from(most);
            pairs.push(Pair { need: fit.need.clone(), run: fit.run.clone(), people: most });
        }
    }
    (pairs, worth)
}
