//! The fast way over columns equals the plain way over candidates: bands, order, totals,
//! near misses, what was left out. On random registers and random needs.

use std::collections::BTreeSet;

use chrono::Days;
use pathways::{
    domain::matching::need::{Asked, Candidate, Found, Ranking, rank},
    search::brokers::{Builder, Employers, Which},
};

use crate::{
    employers::{Country, looked_for},
    fictional::Dice,
    need::{shipped, today},
};

/// An answer with employers by name: what both ways can be compared by.
type Named = (Vec<(usize, Vec<(String, u32, Option<usize>, String)>)>, String, usize);

fn named<I: Copy>(ranking: &Ranking<I>, name: impl Fn(I) -> String) -> Named {
    let one = |found: &Found<I>| {
        (name(found.which), found.score_milli, found.opening, format!("{:?}", found.turn))
    };
    let lists = ranking.bands.iter().chain([&ranking.near_misses]);
    let lists = lists.map(|(total, found)| (*total, found.iter().map(one).collect()));
    (lists.collect(), format!("{:?}", ranking.left_out), ranking.considered)
}

pub fn columns(candidates: &[Candidate]) -> Employers {
    let mut builder = Builder::default();
    for candidate in candidates {
        builder.put(candidate);
    }
    builder.finish().unwrap()
}

/// Compares both ways and gives how many hits there were.
pub fn compare(asked: &Asked<'_>, (candidates, employers): (&[Candidate], &Employers)) -> usize {
    let most = 20;
    let plain = named(&rank(asked, candidates, most), |which| candidates[which].slug.to_string());
    let name = |which: Which| employers.candidate(which).unwrap().slug.to_string();
    let fast = named(&employers.rank(asked, most), name);
    assert_eq!(fast, plain, "{:?}", asked.need());
    plain.0.iter().map(|(total, _)| total).sum()
}

#[test]
fn the_columns_answer_what_looking_at_every_employer_answers() {
    let mut hits = [0; 4];
    for seed in 0..60 {
        let today = today() + Days::new(seed * 5);
        let country = match seed % 3 {
            0 => Country::whole(seed, today),
            _ => Country::crowded(seed, today),
        };
        let dice = &mut Dice::new(seed ^ 0x5eed);
        let count = [0, 1, 17, 300, 900][dice.below(5)];
        let candidates: Vec<_> = (0..count).map(|number| country.employer(number)).collect();
        let employers = columns(&candidates);
        assert_eq!(employers.len(), candidates.len());
        for nth in 0..60 {
            let need = country.need(dice);
            // Asked on another day than the columns were made on.
            let day = today + Days::new(dice.below(200) as u64);
            let asked = Asked::new(&need, looked_for(dice), shipped(), day);
            hits[nth % 4] += compare(&asked, (&candidates, &employers));
        }
    }
    assert!(hits.iter().all(|hits| *hits > 10_000), "{hits:?}");
}

#[test]
fn following_changes_comes_to_the_same_as_building_anew() {
    for seed in 0..12 {
        let country = Country::crowded(seed, today());
        let dice = &mut Dice::new(seed);
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut employers = Employers::default();
        for _ in 0..40 {
            let mut touched = BTreeSet::new();
            let mut now = Vec::new();
            for _ in 0..dice.below(30) {
                let number = dice.below(200) as u64;
                let other = Country::crowded(dice.below(1000) as u64, today());
                let mut employer = other.employer(number);
                employer.slug = country.employer(number).slug;
                if touched.insert(employer.slug.clone()) {
                    candidates.retain(|candidate| candidate.slug != employer.slug);
                    if dice.below(4) > 0 {
                        candidates.push(employer.clone());
                        now.push(employer);
                    }
                }
            }
            employers = employers.with(&touched, now).unwrap();
            let need = country.need(dice);
            let asked = Asked::new(&need, looked_for(dice), shipped(), today());
            compare(&asked, (&candidates, &employers));
            // Twice is as good as once.
            let again = candidates.iter().filter(|one| touched.contains(&one.slug)).cloned();
            employers = employers.with(&touched, again.collect()).unwrap();
            compare(&asked, (&candidates, &employers));
        }
    }
}

#[test]
fn thousands_that_come_one_after_the_other_are_laid_out_anew_and_none_is_lost() {
    let country = Country::crowded(3, today());
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut employers = Employers::default();
    for batch in 0..20 {
        let more: Vec<_> = (batch * 500..(batch + 1) * 500).map(|n| country.employer(n)).collect();
        let touched = more.iter().map(|candidate| candidate.slug.clone()).collect();
        candidates.extend(more.iter().cloned());
        employers = employers.with(&touched, more).unwrap();
    }
    let dice = &mut Dice::new(1);
    for _ in 0..20 {
        let need = country.need(dice);
        let asked = Asked::new(&need, looked_for(dice), shipped(), today());
        compare(&asked, (&candidates, &employers));
    }
}
