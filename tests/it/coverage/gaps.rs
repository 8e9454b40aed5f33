//! Gaps: needs that nothing meets, or too little, with the nearest thing.

use pathways::domain::{
    coverage::{Covers, Gap, GapKind},
    register::{CourseRun, Need, NeedState, Provider},
};

use super::world::{World, course, need, provider, run, today, with_runs};

fn gap(need: &Need, providers: &[Provider]) -> Option<Gap> {
    World::new().coverage(need, providers).gap()
}

fn with_places(places: Option<i32>) -> CourseRun {
    CourseRun { places, ..run() }
}

#[test]
fn a_run_with_enough_places_closes_a_gap_and_several_close_it_together() {
    assert_eq!(gap(&need(), &[with_runs(vec![with_places(Some(10))])]), None);
    let (four, six) = (with_places(Some(4)), with_places(Some(6)));
    let other = provider("other", vec![course("elsewhere", vec![six])]);
    let together = [with_runs(vec![four]), other];
    assert_eq!(gap(&need(), &together), None);
    let coverage = World::new().coverage(&need(), &together);
    assert_eq!((coverage.covers, coverage.places, coverage.meeting), (Covers::Full, 10, 2));
}

#[test]
fn too_few_places_are_told_with_how_many_are_missing() {
    let found = gap(&need(), &[with_runs(vec![with_places(Some(4)), with_places(Some(5))])]);
    let found = found.unwrap();
    assert_eq!((found.kind, found.wanted, found.places), (GapKind::TooFew, 10, 9));
    assert_eq!(found.text, "It takes 10 places; what meets it has 9 places.");
    assert_eq!(found.would_change[0], "1 place more on runs that meet it.");
    assert_eq!(found.nearest.unwrap().covers, Covers::Partial);
}

#[test]
fn nothing_near_is_told_as_such_and_the_nearest_with_what_it_lacks() {
    let nothing = gap(&need(), &[]).unwrap();
    assert_eq!((nothing.kind, nothing.nearest.as_ref()), (GapKind::None, None));
    assert_eq!(nothing.text, "No course that we know teaches anything like it.");
    assert!(!nothing.would_change.is_empty());
    let begun = CourseRun { starts_on: today().pred_opt(), ..run() };
    let found = gap(&need(), &[with_runs(vec![begun])]).unwrap();
    assert_eq!(found.kind, GapKind::None);
    assert_eq!(found.lacking, ["It began on 22 November 2026."]);
    assert_eq!(found.would_change, ["A run that starts by 1 March 2027."]);
    let no_run = gap(&need(), &[with_runs(Vec::new())]).unwrap();
    assert_eq!(no_run.kind, GapKind::None);
    assert!(no_run.lacking.iter().any(|text| text.starts_with("No run of it is planned")));
    let full = gap(&need(), &[with_runs(vec![with_places(Some(0))])]).unwrap();
    assert_eq!(full.kind, GapKind::None, "a full run trains nobody");
}

#[test]
fn what_is_not_known_is_neither_a_gap_closed_nor_nothing() {
    let found = gap(&need(), &[with_runs(vec![with_places(None)])]).unwrap();
    assert_eq!(found.kind, GapKind::NotKnown);
    assert_eq!(found.lacking, ["How many places it has is not recorded."]);
    assert_eq!(found.would_change, ["Ask school (fictional) how many places there are."]);
    let mut unlevelled = with_runs(vec![run()]);
    (unlevelled.courses[0].level_from, unlevelled.courses[0].level_to) = (None, None);
    assert_eq!(gap(&need(), &[unlevelled.clone()]).unwrap().kind, GapKind::NotKnown);
    // Even if its level turned out right, there would be too few.
    unlevelled.courses[0].details.runs[0].places = Some(9);
    assert_eq!(gap(&need(), &[unlevelled]).unwrap().kind, GapKind::TooFew);
}

#[test]
fn only_a_need_that_stands_is_a_gap() {
    for (state, stands) in [
        (NeedState::Open, true),
        (NeedState::PartlyMet, true),
        (NeedState::Met, false),
        (NeedState::Dropped, false),
    ] {
        let mut need = need();
        need.details.state = state;
        assert_eq!(gap(&need, &[]).is_some(), stands, "{state}");
    }
}

#[test]
fn a_need_that_says_no_number_takes_one_place() {
    let mut need = need();
    need.details.headcount = None;
    assert_eq!(gap(&need, &[with_runs(vec![with_places(Some(1))])]), None);
    assert_eq!(gap(&need, &[with_runs(vec![with_places(Some(0))])]).unwrap().wanted, 1);
}
