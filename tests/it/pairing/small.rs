//! Small instances, all of which are tried by hand.

use pathways::domain::pairing::{AtLeast, Demand, Fit, Minimum, Problem, Proof, Supply, Unsolved};

use crate::pairing::{
    brute,
    generated::{COHORTS, Numbers, Size, need, plain, ruled, run, slug},
};

const SMALL: Size = Size { needs: 3, runs: 3, people: 3, places: 3, density: 70 };

fn agree(problem: &Problem) {
    let (best, solved) = (brute::best(problem), problem.solve());
    match (best, solved) {
        (Some(best), Ok(solution)) => {
            assert_eq!(solution.worth, best, "{problem:?}");
            assert!(solution.is_best(), "{problem:?}");
            assert!(solution.certificate.dual_bound >= best, "{problem:?}");
            let checked = problem.check(&solution.pairs);
            assert!(checked.breaks.is_empty(), "{:?} {problem:?}", checked.breaks);
            assert_eq!((checked.worth, checked.people), (best, solution.people));
        }
        (None, Err(Unsolved::Infeasible)) => {}
        (best, solved) => panic!("{best:?} against {solved:?} of {problem:?}"),
    }
}

#[test]
fn the_solver_agrees_with_every_two_by_two_instance_there_is() {
    let fits = [0, 300, 700];
    for code in 0..2_916_u32 {
        let digit = |nth: u32| fits[(code / 36 / 3_u32.pow(nth) % 3) as usize];
        let mut problem = Problem::default();
        for nth in 0..2 {
            let people = 1 + (code >> nth & 1);
            let cohorts = if nth == 0 { vec![slug(COHORTS[0])] } else { Vec::new() };
            problem.demands.push(Demand { need: need(u64::from(nth)), people, cohorts });
            let places = code / 4 / 3_u32.pow(nth) % 3;
            problem.supplies.push(Supply { run: run(u64::from(nth)), places });
        }
        for nth in 0..4 {
            let fit = digit(nth);
            if fit > 0 {
                let (one, other) = (need(u64::from(nth % 2)), run(u64::from(nth / 2)));
                problem.fits.push(Fit { need: one, run: other, fit });
            }
        }
        let share = [None, Some(AtLeast::Percent(60)), Some(AtLeast::People(1))];
        let share = share[(code % 3) as usize];
        let minimum = share.map(|at_least| Minimum { cohort: slug(COHORTS[0]), at_least });
        problem.minimums.extend(minimum);
        agree(&problem);
    }
}

#[test]
fn the_solver_agrees_with_all_plans_of_a_thousand_instances_with_rules() {
    let mut infeasible = 0;
    for seed in 1..=1_000 {
        let mut numbers = Numbers(seed * 0x9e37_79b9);
        let problem = ruled(&mut numbers, SMALL);
        infeasible += u32::from(brute::best(&problem).is_none());
        agree(&problem);
    }
    assert!((20..800).contains(&infeasible), "{infeasible} of them have no plan");
}

#[test]
fn a_plan_without_rules_is_proven_by_duality() {
    for seed in 1..=200 {
        let problem = plain(&mut Numbers(seed * 0x9e37_79b9), SMALL);
        agree(&problem);
        assert_eq!(problem.solve().unwrap().certificate.proof, Proof::Duality, "{problem:?}");
    }
}

#[test]
fn the_price_of_a_place_is_what_one_more_place_brings() {
    let mut dear = 0;
    for seed in 1..=250 {
        let mut numbers = Numbers(seed * 0x51ed_2701);
        let problem =
            if seed % 2 == 0 { ruled(&mut numbers, SMALL) } else { plain(&mut numbers, SMALL) };
        let Ok((solution, prices)) = problem.solve_with_prices() else { continue };
        for price in prices.places {
            let mut roomier = problem.clone();
            let own = roomier.supplies.iter_mut().find(|one| one.run == price.run).unwrap();
            assert_eq!(own.places, price.places);
            own.places += 1;
            let best = brute::best(&roomier).unwrap();
            assert_eq!(best - solution.worth, price.gain, "{price:?} {problem:?}");
            assert!(price.more_people.is_some(), "of a small plan every price is exact");
            dear += u32::from(price.gain > 0);
        }
        for price in prices.rules {
            let best = brute::best(&problem.without(&price.rule)).unwrap();
            assert_eq!(best - solution.worth, price.gain, "{price:?} {problem:?}");
        }
    }
    assert!(dear > 100, "{dear}");
}

#[test]
fn one_more_place_may_let_several_more_be_served() {
    // Four in a hundred… here three in four places are kept for a group with one place.
    let mut problem = Problem::default();
    let group = vec![slug(COHORTS[0])];
    problem.demands.push(Demand { need: need(0), people: 2, cohorts: group });
    problem.demands.push(Demand { need: need(1), people: 20, cohorts: Vec::new() });
    problem.supplies.push(Supply { run: run(0), places: 1 });
    problem.supplies.push(Supply { run: run(1), places: 20 });
    problem.fits.push(Fit { need: need(0), run: run(0), fit: 900 });
    problem.fits.push(Fit { need: need(1), run: run(1), fit: 500 });
    let minimum = Minimum { cohort: slug(COHORTS[0]), at_least: AtLeast::Percent(25) };
    problem.minimums.push(minimum);
    let (solution, prices) = problem.solve_with_prices().unwrap();
    assert_eq!((solution.people, solution.worth), (4, 2_400));
    let price = prices.places.iter().find(|price| price.run == run(0)).unwrap();
    assert_eq!((price.more_people, price.gain), (Some(4), 2_400));
}
