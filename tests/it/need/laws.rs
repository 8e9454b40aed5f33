//! What every answer keeps, whatever is asked of whichever register.

use pathways::domain::{
    matching::{
        Verdict,
        need::{Asked, Band, Candidate, Labels, Need, NeedHit, NeedMatch, Outcome, answer, rank},
    },
    register::{English, SelectionOffer, Stance},
    vocabulary::Vocabulary,
};

use crate::{
    employers::{Country, looked_for},
    fictional::Dice,
    need::{shipped, today},
};

/// Calls with many employers and needs.
fn each(mut check: impl FnMut(&Asked<'_>, &[Candidate])) {
    for seed in 0..25 {
        let country = Country::crowded(seed, today());
        let candidates: Vec<_> = (0..120).map(|number| country.employer(number)).collect();
        let dice = &mut Dice::new(seed);
        for _ in 0..25 {
            let need = country.need(dice);
            let asked = Asked::new(&need, looked_for(dice), shipped(), today());
            check(&asked, &candidates);
        }
    }
}

fn answered(asked: &Asked<'_>, candidates: &[Candidate]) -> NeedMatch {
    let vocabulary = Vocabulary::default();
    let labels = Labels { vocabulary: &vocabulary };
    let ranking = rank(asked, candidates, 1000);
    answer(ranking, asked, labels, |which| candidates.get(which).cloned())
}

fn hits(found: &NeedMatch) -> impl Iterator<Item = &NeedHit> {
    let near = found.near_misses.hits.iter().map(|miss| &miss.hit);
    found.bands.iter().flat_map(|band| &band.hits).chain(near)
}

#[test]
fn the_parts_add_up_and_the_score_is_the_weighted_mean_of_both_directions() {
    let mut seen = 0;
    each(|asked, candidates| {
        let found = answered(asked, candidates);
        for hit in hits(&found) {
            let sum: u32 = hit.parts.iter().map(|part| part.points_milli).sum();
            assert_eq!(sum, hit.score_milli);
            assert!(hit.score_milli <= 100_000);
            let [(_, need), (_, employer)] = hit.directions;
            let weight = asked.policy().need_weight;
            assert_eq!(need * weight + employer * (100 - weight), hit.score_milli * 100);
            for (direction, own) in hit.directions {
                let parts = hit.parts.iter().filter(|part| part.direction == direction);
                assert_eq!(parts.map(|part| part.own_points_milli).sum::<u32>(), own);
            }
            let unknown = hit.parts.iter().filter(|part| part.verdict == Verdict::Unknown);
            assert!(unknown.map(|part| part.points_milli).all(|points| points == 0));
            assert!(hit.parts.iter().all(|part| !part.text.is_empty()));
            let left = 100_000 - hit.score_milli;
            assert!(hit.would_change.iter().all(|change| change.gain_milli <= left));
            seen += 1;
        }
    });
    assert!(seen > 10_000, "{seen}");
}

#[test]
fn everybody_looked_at_is_in_a_band_or_counted_under_one_reason() {
    each(|asked, candidates| {
        let found = answered(asked, candidates);
        let shown: usize = found.bands.iter().map(|band| band.total).sum();
        let out: usize = found.left_out.iter().map(|out| out.count).sum();
        assert_eq!(shown + out, found.considered);
        assert_eq!(found.considered, candidates.len());
        assert!(found.near_misses.total <= out);
        assert!(found.near_misses.hits.iter().all(|miss| miss.text.starts_with("It would fit")));
        for band in &found.bands {
            assert!(band.hits.is_sorted_by(|a, b| a.score_milli >= b.score_milli));
        }
    });
}

#[test]
fn the_order_in_which_employers_are_handed_in_changes_nothing() {
    each(|asked, candidates| {
        let mut backwards = candidates.to_vec();
        backwards.reverse();
        assert_eq!(answered(asked, candidates), answered(asked, &backwards));
    });
}

#[test]
fn a_further_fact_in_favour_never_lowers_a_score_nor_puts_anybody_out() {
    let better: [fn(&mut Candidate, &Asked<'_>); 6] = [
        |one, asked| {
            let day = asked.today();
            one.openings.iter_mut().for_each(|opening| opening.told.stood_by = Some(day));
            one.postures.iter_mut().for_each(|told| told.stood_by = Some(day));
        },
        |one, _| {
            for told in &mut one.postures {
                if told.body.stance == Stance::Open {
                    told.body.stance = Stance::ActivelyRecruits;
                }
            }
        },
        |one, _| {
            for told in &mut one.postures {
                told.body.offers = SelectionOffer::ALL.to_vec();
            }
        },
        |one, asked| {
            let mut pledge = Country::crowded(1, asked.today())
                .employers_pledge(one.slug.as_str(), asked.today());
            pledge.cohorts = vec![asked.need().cohort.clone()];
            one.pledges.push(pledge);
        },
        |one, asked| one.words = asked.words().to_vec(),
        |one, asked| one.sector = asked.need().sectors.first().cloned().or(one.sector.clone()),
    ];
    each(|asked, candidates| {
        for (nth, candidate) in candidates.iter().enumerate() {
            let before = candidate.standing(asked);
            let mut other = candidate.clone();
            better[nth % better.len()](&mut other, asked);
            let after = other.standing(asked);
            if let Outcome::In(_) = before.outcome {
                assert!(matches!(after.outcome, Outcome::In(_)), "{nth}");
                assert!(after.score_milli >= before.score_milli, "{nth} {candidate:?}");
            }
        }
    });
}

#[test]
fn what_is_not_known_removes_nobody() {
    let silent: [fn(&mut Candidate); 5] = [
        |one| one.postures.clear(),
        |one| one.postures.iter_mut().for_each(|told| told.body.offences = None),
        |one| one.postures.iter_mut().for_each(|told| told.body.english = English::default()),
        |one| {
            one.openings.iter_mut().for_each(|opening| {
                opening.told.body.base = None;
                opening.told.body.patterns.clear();
                opening.told.body.dbs_level = None;
            });
        },
        |one| one.openings.iter_mut().for_each(|opening| opening.places = None),
    ];
    each(|asked, candidates| {
        // Work at home has no distance; without its base it has.
        let near = Need { within_miles: None, ..asked.need().clone() };
        let asked = Asked::new(&near, asked.words().to_vec(), shipped(), today());
        for (nth, candidate) in candidates.iter().enumerate() {
            if let Outcome::In(_) = candidate.standing(&asked).outcome {
                let mut other = candidate.clone();
                silent[nth % silent.len()](&mut other);
                let after = other.standing(&asked).outcome;
                assert!(matches!(after, Outcome::In(_)), "{nth} {after:?}");
            }
        }
    });
}

#[test]
fn who_has_said_nothing_is_in_the_band_of_those_who_have_not_said() {
    each(|asked, candidates| {
        for candidate in candidates {
            let mut other = candidate.clone();
            other.postures.clear();
            other.openings.clear();
            if let Outcome::In(band) = other.standing(asked).outcome {
                assert_eq!(band, Band::NotStated);
            }
        }
    });
}
