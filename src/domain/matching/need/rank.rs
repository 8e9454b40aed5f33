//! All employers in their bands: the plain way, one after the other. It is what a faster
//! way has to come to the same as.

use std::collections::BTreeMap;

use crate::domain::matching::need::{
    answer::Band,
    asked::Asked,
    candidate::Candidate,
    near_miss::Turn,
    policy::NeedRule,
    standing::{Order, Outcome, Standing, stand},
};

/// One employer of a list, by its place among those handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<I> {
    /// Which.
    pub which: I,
    /// The score in thousandths of a point.
    pub score_milli: u32,
    /// The place of the opening that stands for it.
    pub opening: Option<usize>,
    /// The small change that would bring it in, if it is left out.
    pub turn: Option<Turn>,
}

/// Employers in their bands, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking<I> {
    /// For each band how many there are, and the first of them.
    pub bands: [(usize, Vec<Found<I>>); 3],
    /// How many near misses there are, and the first of them.
    pub near_misses: (usize, Vec<Found<I>>),
    /// How many were left out by each rule.
    pub left_out: BTreeMap<NeedRule, usize>,
    /// How many were looked at.
    pub considered: usize,
}

impl Candidate {
    /// Where it stands.
    pub fn standing(&self, asked: &Asked<'_>) -> Standing {
        let own = self.facts(asked);
        let openings = self.openings.iter().enumerate();
        let open = openings
            .filter_map(|(place, opening)| Some((place, self.opening_facts(opening, asked)?)));
        stand(asked, &own, open)
    }
}

/// Ranks employers and gives the first `most` of each list.
pub fn rank(asked: &Asked<'_>, candidates: &[Candidate], most: usize) -> Ranking<usize> {
    let mut lists: [Vec<(Order, &str, Found<usize>)>; 4] = Default::default();
    let mut left_out = BTreeMap::new();
    for (which, candidate) in candidates.iter().enumerate() {
        let Standing { score_milli, opening, outcome } = candidate.standing(asked);
        let order = Order::of(score_milli, Order::seed(&candidate.slug), asked.today());
        let (list, turn) = match outcome {
            Outcome::In(band) => (Some(band as usize), None),
            Outcome::Out(rule, turn) => {
                *left_out.entry(rule).or_default() += 1;
                (turn.map(|_| Band::ALL.len()), turn)
            }
        };
        let found = Found { which, score_milli, opening, turn };
        if let Some(list) = list.and_then(|list| lists.get_mut(list)) {
            list.push((order, &candidate.slug, found));
        }
    }
    let [matches, case_by_case, not_stated, near_misses] = lists.map(|mut list| {
        list.sort_unstable_by_key(|(order, slug, _)| (*order, *slug));
        (list.len(), list.into_iter().take(most).map(|(.., found)| found).collect())
    });
    Ranking {
        bands: [matches, case_by_case, not_stated],
        near_misses,
        left_out,
        considered: candidates.len(),
    }
}
