//! Instances made from a number, the same ones every time.

use pathways::domain::{
    pairing::{Agreed, AtLeast, Demand, Fit, Minimum, Pair, Problem, RunKey, Supply},
    slug::Slug,
};

/// How large instances are.
#[derive(Clone, Copy)]
pub struct Size {
    pub needs: u64,
    pub runs: u64,
    pub people: u64,
    pub places: u64,
    /// Of a hundred pairs, how many are admissible.
    pub density: u64,
}

/// Numbers that look like chance.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    pub fn count(&mut self, end: u64) -> u32 {
        u32::try_from(self.below(end)).unwrap()
    }
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub fn need(nth: u64) -> Slug {
    slug(&format!("need-{nth:03}"))
}

pub fn run(nth: u64) -> RunKey {
    RunKey {
        course: slug(&format!("course-{:03}", nth / 2)),
        nth: usize::try_from(nth % 2).unwrap(),
    }
}

pub const COHORTS: [&str; 2] = ["refugees", "prison-leavers"];

/// Needs, runs and fits; no rules yet.
pub fn plain(numbers: &mut Numbers, size: Size) -> Problem {
    let mut problem = Problem::default();
    for nth in 0..size.needs {
        let mix = numbers.below(4);
        let cohorts = (0..2).filter(|bit| mix >> bit & 1 == 1).map(|bit| slug(COHORTS[bit]));
        let (people, cohorts) = (1 + numbers.count(size.people), cohorts.collect());
        problem.demands.push(Demand { need: need(nth), people, cohorts });
    }
    for nth in 0..size.runs {
        problem.supplies.push(Supply { run: run(nth), places: numbers.count(size.places + 1) });
    }
    for one in 0..size.needs {
        for other in 0..size.runs {
            if numbers.below(100) < size.density {
                let fit = 1 + numbers.count(1_000);
                problem.fits.push(Fit { need: need(one), run: run(other), fit });
            }
        }
    }
    problem
}

/// The same with minimums and something agreed before, as a number has it.
pub fn ruled(numbers: &mut Numbers, size: Size) -> Problem {
    let mut problem = plain(numbers, size);
    for cohort in COHORTS {
        let at_least = match numbers.below(3) {
            0 => continue,
            1 => AtLeast::Percent(numbers.count(101)),
            _ => AtLeast::People(numbers.count(size.people + 1)),
        };
        problem.minimums.push(Minimum { cohort: slug(cohort), at_least });
    }
    if numbers.below(2) == 0 {
        let had = agreed_of(numbers, &problem);
        let most_changes = numbers.below(4);
        problem.agreed = Some(Agreed { pairs: had, most_changes });
    }
    problem
}

/// Some people on some pairs, within headcounts and places.
fn agreed_of(numbers: &mut Numbers, problem: &Problem) -> Vec<Pair> {
    let mut people: Vec<u32> = problem.demands.iter().map(|demand| demand.people).collect();
    let mut places: Vec<u32> = problem.supplies.iter().map(|supply| supply.places).collect();
    let mut had = Vec::new();
    for fit in &problem.fits {
        let need = problem.demands.iter().position(|one| one.need == fit.need).unwrap();
        let run = problem.supplies.iter().position(|one| one.run == fit.run).unwrap();
        let most = people[need].min(places[run]);
        if most > 0 && numbers.below(2) == 0 {
            let some = 1 + numbers.count(u64::from(most));
            people[need] -= some;
            places[run] -= some;
            had.push(Pair { need: fit.need.clone(), run: fit.run.clone(), people: some });
        }
    }
    had
}

/// The same instance, everything in another order.
pub fn shuffled(numbers: &mut Numbers, problem: &Problem) -> Problem {
    let mut other = problem.clone();
    mix(numbers, &mut other.demands);
    mix(numbers, &mut other.supplies);
    mix(numbers, &mut other.fits);
    mix(numbers, &mut other.minimums);
    if let Some(agreed) = &mut other.agreed {
        mix(numbers, &mut agreed.pairs);
    }
    other
}

fn mix<T>(numbers: &mut Numbers, items: &mut [T]) {
    for nth in (1..items.len()).rev() {
        let end = u64::try_from(nth).unwrap() + 1;
        items.swap(nth, usize::try_from(numbers.below(end)).unwrap());
    }
}
