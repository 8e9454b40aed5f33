//! Each criterion of coverage, one fact changed at a time.

use pathways::domain::{
    coverage::{Cover, CoverageCriterion as Of, Covers},
    matching::Verdict,
    register::{CourseRun, Delivery, Need, NeedDetails, Provider},
};

use super::world::{World, day, need, run, slug, today, with_runs};

fn changed(change: impl FnOnce(&mut Need, &mut Provider)) -> Cover {
    let (mut need, mut provider) = (need(), with_runs(vec![run()]));
    change(&mut need, &mut provider);
    World::new().judge(&need, &provider)
}

fn details(change: impl FnOnce(&mut NeedDetails)) -> Cover {
    changed(|need, _| change(&mut need.details))
}

fn runs(change: impl FnOnce(&mut CourseRun)) -> Cover {
    changed(|_, provider| change(&mut provider.courses[0].details.runs[0]))
}

/// How one criterion turned out, and what that makes of the whole, all else being met.
fn is(cover: &Cover, criterion: Of, verdict: Verdict) {
    assert_eq!(cover.verdict(criterion), verdict, "{cover:#?}");
    let whole = match verdict {
        Verdict::Met => Covers::Full,
        Verdict::Partly | Verdict::Unknown => Covers::Partial,
        Verdict::Unmet => Covers::None,
    };
    assert_eq!(cover.covers, whole);
    for part in &cover.parts {
        assert!(part.text.ends_with('.') && !part.text.contains("  "), "{}", part.text);
        assert!(part.criterion == criterion || part.verdict == Verdict::Met, "{part:?}");
        assert_eq!(part.would_change.is_none(), part.verdict == Verdict::Met, "{part:?}");
    }
    assert_eq!(cover.lacking().len(), usize::from(verdict != Verdict::Met));
}

#[test]
fn what_meets_everything_covers_in_full_and_fits_wholly() {
    let cover = changed(|_, _| ());
    is(&cover, Of::Skills, Verdict::Met);
    assert_eq!((cover.covers, cover.fit), (Covers::Full, 1000));
    assert_eq!(cover.parts.iter().map(|part| part.weight).sum::<u32>(), 100);
    assert!((10.0..15.0).contains(&cover.miles.unwrap()), "{:?}", cover.miles);
}

#[test]
fn the_same_unit_group_is_met_a_close_one_partly_and_others_not() {
    let taught = |soc: &[&str]| {
        changed(|_, provider| {
            provider.courses[0].soc = soc.iter().map(|code| (*code).to_owned()).collect();
        })
    };
    is(&taught(&["5434", "9263"]), Of::Skills, Verdict::Met);
    let close = taught(&["9264"]);
    is(&close, Of::Skills, Verdict::Partly);
    let sector = taught(&["5434"]);
    is(&sector, Of::Skills, Verdict::Partly);
    assert!(sector.fit < close.fit, "a sector says less than a close occupation");
    let other = changed(|_, provider| {
        provider.courses[0].soc = vec!["5434".to_owned()];
        provider.courses[0].sectors.clear();
    });
    is(&other, Of::Skills, Verdict::Unmet);
    let by_word = changed(|need, provider| {
        need.soc.clear();
        need.sic.clear();
        provider.courses[0].title = "Become a kitchen assistant".to_owned();
    });
    is(&by_word, Of::Skills, Verdict::Partly);
    let change = by_word.would_change();
    assert!(change[0].contains("occupation code"), "{change:?}");
}

#[test]
fn levels_are_met_where_they_overlap() {
    let taught = |from, to| {
        changed(|_, provider| {
            (provider.courses[0].level_from, provider.courses[0].level_to) = (from, to);
        })
    };
    is(&taught(Some(2), Some(5)), Of::Level, Verdict::Met);
    is(&taught(Some(0), None), Of::Level, Verdict::Unmet);
    is(&taught(None, Some(3)), Of::Level, Verdict::Unmet);
    is(&taught(None, None), Of::Level, Verdict::Unknown);
    let any = changed(|need, provider| {
        (need.level_from, need.level_to) = (None, None);
        (provider.courses[0].level_from, provider.courses[0].level_to) = (None, None);
    });
    is(&any, Of::Level, Verdict::Met);
}

#[test]
fn a_venue_is_met_within_the_miles_partly_a_little_further_and_online_everywhere() {
    let limit = |miles| details(|details| details.travel_miles = Some(miles));
    is(&limit(20), Of::Place, Verdict::Met);
    is(&limit(10), Of::Place, Verdict::Partly);
    is(&limit(5), Of::Place, Verdict::Unmet);
    is(&details(|details| details.travel_miles = None), Of::Place, Verdict::Met);
    is(
        &details(|details| details.place = Some("Atlantis".to_owned())),
        Of::Place,
        Verdict::Unknown,
    );
    let far = runs(|run| run.venue = Some("Far".to_owned()));
    is(&far, Of::Place, Verdict::Partly);
    assert!(far.would_change()[0].contains("within 20 miles of OX16"));
    let anywhere = |run: &mut CourseRun| {
        run.venue = Some("Far".to_owned());
        run.mode = Some(Delivery::Online);
    };
    let online = changed(|need, provider| {
        need.details.modes.clear();
        need.details.travel_miles = Some(5);
        anywhere(&mut provider.courses[0].details.runs[0]);
    });
    is(&online, Of::Place, Verdict::Met);
}

#[test]
fn where_it_is_taught_is_unknown_where_no_place_or_several_may_be_meant() {
    let several = changed(|_, provider| provider.courses[0].venue = None);
    is(&several, Of::Place, Verdict::Unknown);
    let all_near = changed(|need, provider| {
        provider.courses[0].venue = None;
        need.details.travel_miles = Some(50);
    });
    is(&all_near, Of::Place, Verdict::Met);
    is(&changed(|_, provider| provider.venues.clear()), Of::Place, Verdict::Unknown);
}

#[test]
fn a_run_starts_in_time_a_little_late_or_too_late() {
    let starts = |on| runs(|run| run.starts_on = Some(on));
    is(&starts(day(2027, 3, 1)), Of::StartBy, Verdict::Met);
    is(&starts(day(2027, 3, 2)), Of::StartBy, Verdict::Partly);
    is(&starts(day(2027, 4, 30)), Of::StartBy, Verdict::Partly);
    is(&starts(day(2027, 5, 1)), Of::StartBy, Verdict::Unmet);
    is(&starts(today()), Of::StartBy, Verdict::Met);
    let begun = starts(today().pred_opt().unwrap());
    is(&begun, Of::StartBy, Verdict::Unmet);
    assert_eq!(begun.lacking(), ["It began on 22 November 2026."]);
    let over = runs(|run| {
        (run.starts_on, run.ends_on) = (Some(day(2026, 9, 1)), Some(day(2026, 10, 1)));
    });
    assert_eq!(over.lacking(), ["It ended on 1 October 2026."]);
    let whenever = runs(|run| {
        (run.starts_on, run.flexible_start, run.ends_on) = (None, true, None);
    });
    is(&whenever, Of::StartBy, Verdict::Met);
    let no_longer = runs(|run| {
        run.starts_on = None;
        run.flexible_start = true;
        run.ends_on = today().pred_opt();
    });
    is(&no_longer, Of::StartBy, Verdict::Unmet);
}

#[test]
fn a_horizon_ends_from_the_day_somebody_stood_by_it_and_waits_on_while_the_need_stands() {
    let horizon = |word: &str, said, first| {
        changed(|need, provider| {
            need.details.start_by = None;
            need.horizon = Some(slug(word));
            need.provenance.as_of = said;
            provider.courses[0].details.runs[0].starts_on = Some(first);
        })
    };
    let said = day(2026, 11, 1);
    is(&horizon("1y", said, day(2027, 11, 1)), Of::StartBy, Verdict::Met);
    is(&horizon("1y", said, day(2027, 11, 2)), Of::StartBy, Verdict::Partly);
    is(&horizon("3y", said, day(2029, 11, 1)), Of::StartBy, Verdict::Met);
    is(&horizon("now", said, day(2027, 2, 21)), Of::StartBy, Verdict::Met);
    is(&horizon("now", said, day(2027, 2, 22)), Of::StartBy, Verdict::Partly);
    // Asked for long ago, and still open.
    is(&horizon("1y", day(2025, 1, 1), day(2027, 2, 21)), Of::StartBy, Verdict::Met);
    let no_day = changed(|need, _| need.details.start_by = None);
    is(&no_day, Of::StartBy, Verdict::Met);
}

#[test]
fn a_way_of_teaching_is_accepted_half_accepted_or_not() {
    let taught = |mode| runs(|run| run.mode = mode);
    is(&taught(Some(Delivery::Classroom)), Of::Mode, Verdict::Met);
    is(&taught(None), Of::Mode, Verdict::Met);
    is(&taught(Some(Delivery::Blended)), Of::Mode, Verdict::Partly);
    is(&taught(Some(Delivery::WorkBased)), Of::Mode, Verdict::Unmet);
    is(&taught(Some(Delivery::Online)), Of::Mode, Verdict::Unmet);
    is(&changed(|_, by| by.courses[0].details.delivery = None), Of::Mode, Verdict::Unknown);
    let any = changed(|need, provider| {
        need.details.modes.clear();
        provider.courses[0].details.delivery = None;
    });
    is(&any, Of::Mode, Verdict::Met);
}

#[test]
fn a_course_for_one_group_is_no_course_for_another() {
    let groups = |wanted: &[&str], made_for: &[&str]| {
        changed(|need, provider| {
            need.details.cohorts = wanted.iter().map(|name| slug(name)).collect();
            provider.courses[0].cohorts = made_for.iter().map(|name| slug(name)).collect();
        })
    };
    is(&groups(&["refugees"], &[]), Of::Cohort, Verdict::Met);
    is(&groups(&["refugees"], &["age-friendly", "refugees"]), Of::Cohort, Verdict::Met);
    is(&groups(&["refugees"], &["age-friendly"]), Of::Cohort, Verdict::Unmet);
    is(&groups(&[], &["age-friendly"]), Of::Cohort, Verdict::Partly);
}

#[test]
fn places_are_enough_fewer_none_or_not_known() {
    let places = |places| runs(|run| run.places = places);
    is(&places(Some(10)), Of::Places, Verdict::Met);
    is(&places(Some(9)), Of::Places, Verdict::Partly);
    is(&places(Some(0)), Of::Places, Verdict::Unmet);
    is(&places(None), Of::Places, Verdict::Unknown);
    let nobody_said = changed(|need, provider| {
        need.details.headcount = None;
        provider.courses[0].details.runs[0].places = Some(1);
    });
    is(&nobody_said, Of::Places, Verdict::Met);
}

#[test]
fn a_course_without_a_run_covers_nothing_and_says_that_none_is_planned() {
    let cover = changed(|_, provider| provider.courses[0].details.runs.clear());
    assert_eq!(cover.covers, Covers::None);
    assert_eq!(cover.verdict(Of::StartBy), Verdict::Unmet);
    assert!(cover.lacking().iter().any(|text| text.starts_with("No run of it is planned")));
    assert_eq!(cover.run.nth, None);
}
