//! Equal employers take turns: over a year each is shown about as often as any other.

use std::collections::BTreeMap;

use chrono::Days;
use pathways::domain::{
    matching::need::{Asked, Candidate, Need},
    slug::Slug,
};

use crate::{
    employers::Country,
    need::{oracle::columns, shipped, today},
};

/// Employers that differ in nothing but their names.
fn equals(count: u64) -> Vec<Candidate> {
    let country = Country::crowded(1, today());
    let like = (0..10_000).map(|number| country.employer(number)).find(|one| {
        one.withdrawn_on.is_none()
            && !one.do_not_contact
            && one.postures.is_empty()
            && one.openings.is_empty()
    });
    let like = like.unwrap();
    (0..count)
        .map(|nth| Candidate {
            slug: Slug::parse(&format!("equal-employer-{nth}")).unwrap(),
            ..like.clone()
        })
        .collect()
}

#[test]
fn over_a_year_equal_employers_are_shown_about_equally_often() {
    let (count, shown, days) = (30, 3, 365);
    let employers = columns(&equals(30));
    let need = Need::of(Slug::parse("refugees").unwrap());
    let mut exposure: BTreeMap<Slug, u32> = BTreeMap::new();
    let mut neighbours: BTreeMap<(Slug, Slug), u32> = BTreeMap::new();
    for day in 0..days {
        let asked = Asked::new(&need, Vec::new(), shipped(), today() + Days::new(day));
        let ranking = employers.rank(&asked, shown);
        let first: Vec<Slug> = ranking.bands[2]
            .1
            .iter()
            .map(|found| employers.candidate(found.which).unwrap().slug)
            .collect();
        assert_eq!((ranking.bands[2].0, first.len()), (count, shown));
        for slug in &first {
            *exposure.entry(slug.clone()).or_default() += 1;
        }
        *neighbours.entry((first[0].clone(), first[1].clone())).or_default() += 1;
    }
    // 36.5 times each; chance alone strays by about 6 of that.
    assert_eq!(exposure.len(), count);
    let (least, most) = (exposure.values().min().unwrap(), exposure.values().max().unwrap());
    assert!(*least >= 20 && *most <= 55, "{least} to {most} of 36.5");
    assert!(neighbours.values().all(|times| *times <= 6), "no two always stand together");
}

#[test]
fn the_longer_the_time_the_nearer_each_share_comes_to_the_same() {
    let employers = columns(&equals(10));
    let need = Need::of(Slug::parse("refugees").unwrap());
    let spread = |days: u64| {
        let mut exposure: BTreeMap<String, f64> = BTreeMap::new();
        for day in 0..days {
            let asked = Asked::new(&need, Vec::new(), shipped(), today() + Days::new(day));
            let ranking = employers.rank(&asked, 1);
            let first = employers.candidate(ranking.bands[2].1[0].which).unwrap().slug.to_string();
            *exposure.entry(first).or_default() += 1.0 / f64::from(u32::try_from(days).unwrap());
        }
        exposure.values().fold(0.0_f64, |worst, share| worst.max((share - 0.1).abs()))
    };
    let (month, years) = (spread(30), spread(3650));
    assert!(years < 0.02 && years < month, "{month} after a month, {years} after ten years");
}

#[test]
fn on_one_day_everybody_is_told_the_same_order() {
    let candidates = equals(40);
    let need = Need::of(Slug::parse("refugees").unwrap());
    let asked = Asked::new(&need, Vec::new(), shipped(), today());
    let order = |candidates: &[Candidate]| {
        let employers = columns(candidates);
        let ranking = employers.rank(&asked, 40);
        let of = ranking.bands[2].1.iter();
        of.map(|found| employers.candidate(found.which).unwrap().slug).collect::<Vec<_>>()
    };
    let mut backwards = candidates.clone();
    backwards.reverse();
    assert_eq!(order(&candidates), order(&backwards));
}
