//! Every plan of a small instance, tried one after the other.

use pathways::domain::pairing::{AtLeast, Pair, Problem};

/// The best worth of any plan that keeps every rule; `None` if there is none.
///
/// Where there is a minimum and anybody could be placed, a plan of nobody is none.
pub fn best(problem: &Problem) -> Option<u64> {
    let mut search = Search {
        problem,
        people: problem.demands.iter().map(|demand| demand.people).collect(),
        places: problem.supplies.iter().map(|supply| supply.places).collect(),
        chosen: vec![0; problem.fits.len()],
        best: None,
    };
    search.go(0);
    search.best
}

struct Search<'a> {
    problem: &'a Problem,
    people: Vec<u32>,
    places: Vec<u32>,
    chosen: Vec<u32>,
    best: Option<u64>,
}

impl Search<'_> {
    fn go(&mut self, nth: usize) {
        let Some(fit) = self.problem.fits.get(nth) else {
            if self.keeps() {
                let worth = self.worth();
                self.best = Some(self.best.map_or(worth, |best| best.max(worth)));
            }
            return;
        };
        let need = self.problem.demands.iter().position(|one| one.need == fit.need).unwrap();
        let run = self.problem.supplies.iter().position(|one| one.run == fit.run).unwrap();
        for people in 0..=self.people[need].min(self.places[run]) {
            self.people[need] -= people;
            self.places[run] -= people;
            self.chosen[nth] = people;
            self.go(nth + 1);
            self.people[need] += people;
            self.places[run] += people;
        }
        self.chosen[nth] = 0;
    }

    fn worth(&self) -> u64 {
        let fits = self.problem.fits.iter().zip(&self.chosen);
        fits.map(|(fit, people)| u64::from(fit.fit * people)).sum()
    }

    fn keeps(&self) -> bool {
        let all: u32 = self.chosen.iter().sum();
        let problem = self.problem;
        let placeable = problem.fits.iter().any(|fit| {
            let demand = problem.demands.iter().find(|one| one.need == fit.need).unwrap();
            let supply = problem.supplies.iter().find(|one| one.run == fit.run).unwrap();
            demand.people > 0 && supply.places > 0
        });
        if !problem.minimums.is_empty() && placeable && all == 0 {
            return false;
        }
        let floors = problem.minimums.iter().all(|minimum| {
            let own: u32 = problem
                .fits
                .iter()
                .zip(&self.chosen)
                .filter(|(fit, _)| {
                    let demand = problem.demands.iter().find(|one| one.need == fit.need).unwrap();
                    demand.cohorts.contains(&minimum.cohort)
                })
                .map(|(_, people)| people)
                .sum();
            match minimum.at_least {
                AtLeast::Percent(share) => own * 100 >= share * all,
                AtLeast::People(people) => own >= people,
            }
        });
        floors && self.lost() <= problem.agreed.as_ref().map_or(u64::MAX, |one| one.most_changes)
    }

    /// People who lose the place that they had.
    fn lost(&self) -> u64 {
        let Some(agreed) = &self.problem.agreed else { return 0 };
        let fits = || self.problem.fits.iter().zip(&self.chosen);
        let lost = |pair: &Pair| {
            let now = fits().find(|(fit, _)| fit.need == pair.need && fit.run == pair.run);
            now.map_or(0, |(_, people)| u64::from(pair.people.saturating_sub(*people)))
        };
        agreed.pairs.iter().map(lost).sum()
    }
}
