//! Laws of the plan, and large instances.

use pathways::domain::pairing::{
    Agreed, AtLeast, Break, Demand, Fit, Left, Minimum, Pair, Problem, Rule, Supply, Unsolved,
};
use proptest::prelude::*;

use crate::pairing::generated::{COHORTS, Numbers, Size, need, plain, ruled, run, shuffled, slug};

const MIDDLING: Size = Size { needs: 8, runs: 10, people: 6, places: 5, density: 45 };

fn any_seed() -> impl Strategy<Value = u64> {
    1_u64..1_000_000_000
}

fn worth(problem: &Problem) -> Option<u64> {
    match problem.solve() {
        Ok(solution) => {
            assert!(solution.is_best());
            Some(solution.worth)
        }
        Err(Unsolved::Infeasible) => None,
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_order_of_what_is_handed_in_does_not_matter(seed in any_seed()) {
        let mut numbers = Numbers(seed);
        let problem = ruled(&mut numbers, MIDDLING);
        let other = shuffled(&mut numbers, &problem);
        prop_assert_eq!(problem.solve_with_prices(), other.solve_with_prices());
        if let Ok(solution) = problem.solve() {
            prop_assert_eq!(problem.unplaced(&solution.pairs), other.unplaced(&solution.pairs));
            let all = problem.alternatives(&solution.pairs, 2);
            prop_assert_eq!(all, other.alternatives(&solution.pairs, 2));
        }
    }

    #[test]
    fn a_place_more_never_lessens_the_sum(seed in any_seed(), at in 0_usize..10) {
        let problem = ruled(&mut Numbers(seed), MIDDLING);
        let mut roomier = problem.clone();
        roomier.supplies[at].places += 1;
        prop_assert!(worth(&roomier) >= worth(&problem));
    }

    #[test]
    fn a_higher_minimum_never_raises_the_sum(seed in any_seed(), low in 0_u32..80, more in 0_u32..20) {
        let mut problem = plain(&mut Numbers(seed), MIDDLING);
        let of = |share| Minimum { cohort: slug(COHORTS[0]), at_least: AtLeast::Percent(share) };
        let free = worth(&problem);
        problem.minimums = vec![of(low)];
        let loose = worth(&problem);
        problem.minimums = vec![of(low + more)];
        prop_assert!(worth(&problem) <= loose && loose <= free);
    }

    #[test]
    fn more_changes_never_lessen_the_sum(seed in any_seed(), few in 0_u64..6, more in 0_u64..6) {
        let mut problem = plain(&mut Numbers(seed), MIDDLING);
        let free = problem.solve().unwrap();
        // What was agreed is another good plan: that of the worst fits.
        let mut other = problem.clone();
        for fit in &mut other.fits {
            fit.fit = 1_001 - fit.fit;
        }
        let pairs = other.solve().unwrap().pairs;
        let had: u64 = pairs.iter().map(|pair| u64::from(pair.people)).sum();
        problem.agreed = Some(Agreed { pairs: pairs.clone(), most_changes: few });
        let tight = worth(&problem).unwrap();
        problem.agreed = Some(Agreed { pairs: pairs.clone(), most_changes: few + more });
        let loose = worth(&problem).unwrap();
        problem.agreed = Some(Agreed { pairs, most_changes: had });
        prop_assert!(tight <= loose && loose <= free.worth);
        prop_assert_eq!(worth(&problem), Some(free.worth));
    }

    #[test]
    fn everybody_is_placed_or_left_with_a_reason(seed in any_seed()) {
        let problem = ruled(&mut Numbers(seed), MIDDLING);
        let Ok(solution) = problem.solve() else { return Ok(()) };
        let left: u64 = problem.unplaced(&solution.pairs).iter().map(|one| u64::from(one.people)).sum();
        let all: u64 = problem.demands.iter().map(|demand| u64::from(demand.people)).sum();
        prop_assert_eq!(solution.people + left, all);
        let free = problem.minimums.is_empty() && problem.agreed.is_none();
        for one in problem.unplaced(&solution.pairs) {
            prop_assert!(!free || one.why != Left::Rule, "{:?}", one);
        }
    }
}

#[test]
fn nothing_of_a_large_instance_is_left_to_chance() {
    let size = Size { needs: 60, runs: 120, people: 8, places: 3, density: 60 };
    for seed in [11, 12] {
        let problem = plain(&mut Numbers(seed), size);
        assert!(problem.fits.len() > 4_000, "large enough to leave pairs out at first");
        let solution = problem.solve().unwrap();
        // The bound is reckoned in whole numbers, whatever the solver says.
        assert_eq!(solution.certificate.dual_bound, solution.worth);
        assert!(problem.check(&solution.pairs).breaks.is_empty());
    }
}

#[test]
fn a_minimum_that_cannot_be_kept_is_named() {
    let mut problem = plain(&mut Numbers(77), MIDDLING);
    let too_many = Minimum { cohort: slug(COHORTS[0]), at_least: AtLeast::People(1_000) };
    let modest = Minimum { cohort: slug(COHORTS[1]), at_least: AtLeast::People(1) };
    problem.minimums = vec![modest, too_many];
    assert_eq!(problem.solve(), Err(Unsolved::Infeasible));
    assert_eq!(problem.to_blame(), [Rule::Minimum(slug(COHORTS[0]))]);
}

#[test]
fn a_share_for_a_group_that_nobody_belongs_to_cannot_be_kept() {
    let mut problem = plain(&mut Numbers(78), MIDDLING);
    let nobody = Minimum { cohort: slug("veterans"), at_least: AtLeast::Percent(5) };
    problem.minimums = vec![nobody];
    assert_eq!(problem.solve(), Err(Unsolved::Infeasible));
    assert_eq!(problem.to_blame(), [Rule::Minimum(slug("veterans"))]);
}

#[test]
fn two_shares_that_only_together_are_too_much_are_both_named() {
    let mut problem = one_by_one(10, 10);
    problem.demands[0].cohorts = vec![slug(COHORTS[0])];
    problem.demands.push(Demand { need: need(1), people: 10, cohorts: vec![slug(COHORTS[1])] });
    problem.fits.push(Fit { need: need(1), run: run(0), fit: 400 });
    let of = |nth: usize| Minimum { cohort: slug(COHORTS[nth]), at_least: AtLeast::Percent(60) };
    problem.minimums = vec![of(0), of(1)];
    assert_eq!(problem.solve(), Err(Unsolved::Infeasible));
    assert_eq!(problem.to_blame().len(), 2);
}

fn one_by_one(people: u32, places: u32) -> Problem {
    let mut problem = Problem::default();
    problem.demands.push(Demand { need: need(0), people, cohorts: Vec::new() });
    problem.supplies.push(Supply { run: run(0), places });
    problem.fits.push(Fit { need: need(0), run: run(0), fit: 800 });
    problem
}

#[test]
fn no_places_a_million_people_and_nothing_at_all_are_taken_as_they_are() {
    let nothing = Problem::default().solve_with_prices().unwrap();
    assert_eq!((nothing.0.people, nothing.0.worth), (0, 0));
    let none = one_by_one(5, 0);
    let solution = none.solve().unwrap();
    assert_eq!((solution.people, solution.is_best()), (0, true));
    assert_eq!(none.unplaced(&solution.pairs)[0].why, Left::NoPlaces);
    let many = one_by_one(1_000_000, 1_000_000);
    assert_eq!(many.solve().unwrap().worth, 800_000_000);
    let few = one_by_one(1_000_000, 7);
    assert_eq!(few.solve().unwrap().people, 7);
    let price = few.solve_with_prices().unwrap().1.places.remove(0);
    assert_eq!((price.gain, price.more_people), (800, Some(1)));
}

#[test]
fn an_edit_that_breaks_rules_is_told_which() {
    let mut problem = one_by_one(3, 2);
    problem.demands.push(Demand { need: need(1), people: 4, cohorts: Vec::new() });
    problem.agreed = Some(Agreed {
        pairs: vec![Pair { need: need(0), run: run(0), people: 2 }],
        most_changes: 0,
    });
    let of = |nth, people| Pair { need: need(nth), run: run(0), people };
    let broken = problem.check(&[of(0, 1), of(1, 5)]);
    assert_eq!(broken.worth, 800);
    assert_eq!(
        broken.breaks,
        [
            Break::People { need: need(1), by: 1 },
            Break::Places { run: run(0), by: 4 },
            Break::Pair { need: need(1), run: run(0) },
            Break::Changes { people: 1, most: 0 },
        ]
    );
    assert!(problem.check(&[of(0, 2)]).breaks.is_empty());
}
