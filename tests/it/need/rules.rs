//! The hard rules and bands by example, each written down by hand.

use chrono::{Days, NaiveDate};
use pathways::domain::{
    matching::need::{
        Asked, At, Band, Candidate, Need, NeedRule, OpeningAt, Outcome, PlacesLeft, SiteAt, Told,
        Turn,
    },
    place::{Place, Point},
    register::{
        Base, DbsLevel, English, EnglishLevel, OffenceGroup, OffencePosture, OffenceStance,
        Opening, Pattern, Posture, Stance, Voice, WorkType,
    },
    slug::Slug,
};

use crate::need::{shipped, today};

const BANBURY: Point = Point { lat: 52.061, lon: -1.337 };
/// About 14 miles from Banbury.
const BICESTER: Point = Point { lat: 51.899, lon: -1.153 };

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn told<T>(name: &str, body: T) -> Told<T> {
    let on = today() - Days::new(10);
    Told {
        slug: slug(name),
        on,
        to: None,
        voice: Voice::Organisation,
        by: None,
        source: None,
        stood_by: Some(on),
        body,
    }
}

fn posture(stance: Stance) -> Told<Posture> {
    told(
        "p",
        Posture {
            organisation: slug("kitchens"),
            cohort: slug("prison-leavers"),
            stance,
            conditions: None,
            public: false,
            offers: Vec::new(),
            english: English::default(),
            day_release: None,
            review_by: None,
            offences: None,
            disclosure: None,
            broker_note: None,
        },
    )
}

fn opening() -> OpeningAt {
    let body = Opening {
        organisation: slug("kitchens"),
        title: "Kitchen porter".into(),
        description: None,
        work_type: WorkType::Kitchen,
        site: None,
        national: false,
        patterns: vec![Pattern::Evening],
        hours: None,
        contract: None,
        base: Some(Base::OnSite),
        pay: None,
        dbs_level: None,
        licences: Vec::new(),
        essentials: None,
        cohorts: Vec::new(),
        starts_on: None,
        closes_on: None,
        places: Some(2),
    };
    OpeningAt { told: told("o", body), at: At::Nearest, places: None, words: Vec::new() }
}

fn kitchens() -> Candidate {
    Candidate {
        slug: slug("kitchens"),
        name: "Kitchens (fictional)".into(),
        about: None,
        fictional: true,
        withdrawn_on: None,
        do_not_contact: false,
        sector: None,
        size: None,
        sites: vec![SiteAt { label: "Main".into(), town: None, point: Some(BANBURY) }],
        contacts: Vec::new(),
        postures: vec![posture(Stance::Open)],
        pledges: Vec::new(),
        openings: vec![opening()],
        words: Vec::new(),
    }
}

fn need() -> Need {
    Need::of(slug("prison-leavers"))
}

fn near(point: Point, miles: u32) -> Need {
    let place =
        Place { name: "There".into(), district: None, county: "Oxfordshire".into(), centre: point };
    Need { place: Some(place), within_miles: Some(miles), ..need() }
}

fn on(day: NaiveDate, candidate: &Candidate, need: &Need) -> Outcome {
    candidate.standing(&Asked::new(need, Vec::new(), shipped(), day)).outcome
}

fn outcome(candidate: &Candidate, need: &Need) -> Outcome {
    on(today(), candidate, need)
}

fn with(change: impl FnOnce(&mut Candidate)) -> Candidate {
    let mut candidate = kitchens();
    change(&mut candidate);
    candidate
}

fn said(change: impl FnOnce(&mut Posture)) -> Candidate {
    with(|one| change(&mut one.postures[0].body))
}

fn offered(change: impl FnOnce(&mut Opening)) -> Candidate {
    with(|one| change(&mut one.openings[0].told.body))
}

#[test]
fn the_band_follows_from_what_was_said() {
    let band = |stance| outcome(&said(|said| said.stance = stance), &need());
    assert_eq!(band(Stance::ActivelyRecruits), Outcome::In(Band::Matches));
    assert_eq!(band(Stance::Open), Outcome::In(Band::Matches));
    assert_eq!(band(Stance::CaseByCase), Outcome::In(Band::CaseByCase));
    assert_eq!(band(Stance::NotStated), Outcome::In(Band::NotStated));
    assert_eq!(band(Stance::NotCurrently), Outcome::Out(NeedRule::NotCurrently, None));
    assert_eq!(outcome(&with(|one| one.postures.clear()), &need()), Outcome::In(Band::NotStated));
    let other = said(|said| said.cohort = slug("refugees"));
    assert_eq!(outcome(&other, &need()), Outcome::In(Band::NotStated));
    let meant = with(|one| {
        one.postures.clear();
        one.openings[0].told.body.cohorts = vec![slug("prison-leavers")];
    });
    assert_eq!(outcome(&meant, &need()), Outcome::In(Band::Matches));
}

#[test]
fn what_no_longer_counts_was_not_said_and_of_two_the_later_stands() {
    let over = with(|one| one.postures[0].to = Some(today() - Days::new(1)));
    assert_eq!(outcome(&over, &need()), Outcome::In(Band::NotStated));
    let last_day = with(|one| one.postures[0].to = Some(today()));
    assert_eq!(outcome(&last_day, &need()), Outcome::In(Band::Matches));
    let changed = with(|one| {
        let mut later = posture(Stance::NotCurrently);
        later.on = today();
        one.postures.insert(0, later);
    });
    assert_eq!(outcome(&changed, &need()), Outcome::Out(NeedRule::NotCurrently, None));
    assert_eq!(on(today() - Days::new(1), &changed, &need()), Outcome::In(Band::Matches));
}

#[test]
fn only_an_offence_that_is_listed_and_named_leaves_anybody_out() {
    let asked = |groups: &[OffenceGroup]| Need { offence_groups: groups.to_vec(), ..need() };
    let driving = asked(&[OffenceGroup::Driving]);
    let rules = |stance, groups: &[OffenceGroup]| {
        let groups = groups.to_vec();
        said(|said| said.offences = Some(OffencePosture { stance, groups, note: None }))
    };
    let listed = |groups| rules(OffenceStance::Listed, groups);
    let out = Outcome::Out(NeedRule::Offences, None);
    let matches = Outcome::In(Band::Matches);
    assert_eq!(outcome(&rules(OffenceStance::NoneExcluded, &[]), &driving), matches);
    let each_case = rules(OffenceStance::CaseByCase, &[]);
    assert_eq!(outcome(&each_case, &driving), Outcome::In(Band::CaseByCase));
    assert_eq!(outcome(&each_case, &need()), matches, "no offence was named");
    assert_eq!(outcome(&kitchens(), &driving), matches, "it has not said");
    assert_eq!(outcome(&listed(&[OffenceGroup::Arson]), &driving), matches);
    assert_eq!(outcome(&listed(&[OffenceGroup::Driving, OffenceGroup::Arson]), &driving), out);
    assert_eq!(outcome(&listed(&[OffenceGroup::Driving]), &need()), matches);
    // "Other" is not the same on both sides.
    let other = asked(&[OffenceGroup::Other]);
    assert_eq!(outcome(&listed(&[OffenceGroup::Other]), &other), matches);
    let both = asked(&[OffenceGroup::Other, OffenceGroup::Driving]);
    assert_eq!(outcome(&listed(&[OffenceGroup::Other, OffenceGroup::Driving]), &both), out);
}

#[test]
fn distance_is_straight_and_work_at_home_or_anywhere_is_never_too_far() {
    let matches = Outcome::In(Band::Matches);
    assert_eq!(outcome(&kitchens(), &near(BICESTER, 20)), matches);
    let out = Outcome::Out(NeedRule::Distance, Some(Turn::Within(20)));
    assert_eq!(outcome(&kitchens(), &near(BICESTER, 10)), out);
    // Two steps are no small change.
    assert_eq!(outcome(&kitchens(), &near(BICESTER, 5)), Outcome::Out(NeedRule::Distance, None));
    assert_eq!(outcome(&offered(|one| one.national = true), &near(BICESTER, 5)), matches);
    assert_eq!(outcome(&offered(|one| one.base = Some(Base::Remote)), &near(BICESTER, 5)), matches);
    let unknown = with(|one| one.sites[0].point = None);
    assert_eq!(outcome(&unknown, &near(BICESTER, 5)), matches, "nobody knows");
    let two_sites = with(|one| {
        one.sites.push(SiteAt { label: "Other".into(), town: None, point: Some(BICESTER) });
    });
    assert_eq!(outcome(&two_sites, &near(BICESTER, 5)), matches, "the nearest site counts");
    let mut at_site = two_sites.clone();
    at_site.openings[0].at = At::Site(BANBURY);
    assert_eq!(outcome(&at_site, &near(BICESTER, 10)), out, "an opening is where it is");
}

#[test]
fn base_pattern_and_english_leave_out_only_what_was_said_otherwise() {
    let remote = Need { base: Some(Base::Remote), ..need() };
    let out = Outcome::Out(NeedRule::Base, Some(Turn::Base(Base::OnSite)));
    assert_eq!(outcome(&kitchens(), &remote), out);
    let matches = Outcome::In(Band::Matches);
    assert_eq!(outcome(&offered(|one| one.base = None), &remote), matches);
    let nights = Need { patterns: vec![Pattern::Night, Pattern::Day], ..need() };
    let missed = outcome(&kitchens(), &nights);
    assert!(matches!(missed, Outcome::Out(NeedRule::Pattern, Some(Turn::Patterns(_)))));
    assert_eq!(outcome(&offered(|one| one.patterns.clear()), &nights), matches);
    let flexible = offered(|one| one.patterns = vec![Pattern::Flexible]);
    assert_eq!(outcome(&flexible, &nights), matches);
    let english = |needed| said(|said| said.english.reading = Some(needed));
    let have = Need { english: Some(EnglishLevel::Entry3), ..need() };
    assert_eq!(outcome(&english(EnglishLevel::Entry3), &have), matches);
    let turn = Some(Turn::English(EnglishLevel::Level1));
    let one_more = Outcome::Out(NeedRule::English, turn);
    assert_eq!(outcome(&english(EnglishLevel::Level1), &have), one_more);
    let two_more = Outcome::Out(NeedRule::English, None);
    assert_eq!(outcome(&english(EnglishLevel::Level2), &have), two_more);
    assert_eq!(outcome(&english(EnglishLevel::Level2), &need()), matches);
}

#[test]
fn a_check_leaves_nobody_out_and_two_failed_rules_are_no_near_miss() {
    let issue = Need { dbs_issue: Some(true), ..need() };
    for level in DbsLevel::ALL {
        let candidate = offered(|one| one.dbs_level = Some(*level));
        assert_eq!(outcome(&candidate, &issue), Outcome::In(Band::Matches));
    }
    let both = Need { base: Some(Base::Remote), ..near(BICESTER, 10) };
    assert_eq!(outcome(&kitchens(), &both), Outcome::Out(NeedRule::Distance, None));
}

#[test]
fn a_closed_opening_stands_for_nobody_and_the_best_that_passes_stands() {
    let nights = Need { patterns: vec![Pattern::Night], ..need() };
    let two = with(|one| {
        let mut other = opening();
        other.told.body.patterns = vec![Pattern::Night];
        other.told.body.closes_on = Some(today());
        one.openings.push(other);
    });
    let asked = Asked::new(&nights, Vec::new(), shipped(), today());
    let standing = two.standing(&asked);
    assert_eq!((standing.outcome, standing.opening), (Outcome::In(Band::Matches), Some(1)));
    let after = on(today() + Days::new(1), &two, &nights);
    assert!(matches!(after, Outcome::Out(NeedRule::Pattern, Some(_))), "the other is left");
    let closed = offered(|one| one.closes_on = Some(today() - Days::new(1)));
    let asked = Asked::new(&nights, Vec::new(), shipped(), today());
    let standing = closed.standing(&asked);
    assert_eq!((standing.outcome, standing.opening), (Outcome::In(Band::Matches), None));
}

#[test]
fn places_count_until_nobody_has_stood_by_them_for_ninety_days() {
    let candidate = with(|one| {
        one.openings[0].places = Some(PlacesLeft {
            left: 2,
            freed: Vec::new(),
            confirmed_on: today(),
            until: today() + Days::new(90),
        });
        one.postures[0].stood_by = None;
        one.openings[0].told.stood_by = None;
    });
    let score = |days| {
        let need = need();
        let day = today() + Days::new(days);
        candidate.standing(&Asked::new(&need, Vec::new(), shipped(), day)).score_milli
    };
    // 8 of 100 points in a direction that weighs 70 of 100.
    assert_eq!(score(90) - score(91), 5_600);
}

#[test]
fn a_held_place_counts_again_from_the_day_after_its_hold_runs_out() {
    let day = |days| today() + Days::new(days);
    let until = day(90);
    let places = PlacesLeft { left: 1, freed: vec![day(3), day(3)], confirmed_on: today(), until };
    assert_eq!([0, 2, 3, 90, 91].map(|days| places.on(day(days))), {
        [Some(1), Some(1), Some(3), Some(3), None]
    });
}

#[test]
fn who_asked_not_to_be_contacted_or_is_gone_is_left_out_first() {
    let everything = Need { base: Some(Base::Remote), ..near(BICESTER, 5) };
    let quiet = with(|one| one.do_not_contact = true);
    assert_eq!(outcome(&quiet, &everything), Outcome::Out(NeedRule::DoNotContact, None));
    let gone = with(|one| {
        one.do_not_contact = true;
        one.withdrawn_on = Some(today());
    });
    assert_eq!(outcome(&gone, &everything), Outcome::Out(NeedRule::Withdrawn, None));
    let tomorrow = with(|one| one.withdrawn_on = Some(today() + Days::new(1)));
    assert_eq!(outcome(&tomorrow, &need()), Outcome::In(Band::Matches));
}
