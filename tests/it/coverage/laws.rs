//! Laws of coverage, on needs and runs drawn at random.

use pathways::domain::{
    coverage::{Changed, Cover, Coverage, CoverageCriterion, Covers, changed, offers},
    matching::Verdict,
    register::{CourseRun, Delivery, Need, Provider, Reference},
};
use proptest::{option, prelude::*, sample};

use super::world::{World, course, day, need, provider, run, slug};

const CODES: [&str; 4] = ["9263", "9264", "6135", "5434"];
const PLACES: [&str; 4] = ["OX16", "OX26", "OX1", "Atlantis"];
const GROUPS: [&str; 2] = ["refugees", "age-friendly"];

fn codes() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(sample::select(&CODES[..]).prop_map(str::to_owned), 0..3)
}

fn some_need() -> impl Strategy<Value = Need> {
    let what = (codes(), option::of(0..4_i32), option::of(0..3_i32), option::of(1..40_i32));
    let how = (
        option::of(sample::select(&PLACES[..])),
        option::of(sample::select(vec![5, 10, 20, 50])),
        option::of(0..200_u64),
        prop::collection::vec(sample::select(Delivery::ALL), 0..3),
        prop::collection::vec(sample::select(&GROUPS[..]).prop_map(slug), 0..2),
    );
    (what, how).prop_map(|((soc, from, more, headcount), how)| {
        let (place, miles, until, modes, cohorts) = how;
        let mut need = need();
        need.soc = soc;
        (need.level_from, need.level_to) = (from, from.zip(more).map(|(from, more)| from + more));
        need.details.headcount = headcount;
        need.details.place = place.map(str::to_owned);
        need.details.travel_miles = miles.filter(|_| place.is_some());
        need.details.start_by = until.map(after);
        need.details.modes = modes;
        need.details.cohorts = cohorts;
        need
    })
}

fn after(days: u64) -> chrono::NaiveDate {
    day(2026, 10, 1) + chrono::Days::new(days)
}

fn some_run() -> impl Strategy<Value = CourseRun> {
    let when = (option::of(0..300_u64), option::of(sample::select(Delivery::ALL)));
    (when, option::of(0..40_i32), option::of(sample::select(vec!["Main", "Far"]))).prop_map(
        |((starts, mode), places, venue)| CourseRun {
            starts_on: starts.map(after),
            flexible_start: starts.is_none(),
            ends_on: None,
            mode,
            places,
            venue: venue.map(str::to_owned),
            ..run()
        },
    )
}

fn some_provider(name: &'static str) -> impl Strategy<Value = Provider> {
    let one =
        (codes(), prop::collection::vec(some_run(), 0..4), option::of(0..4_i32), any::<bool>());
    prop::collection::vec(one, 0..4).prop_map(move |courses| {
        let courses = courses.into_iter().enumerate().map(|(nth, (soc, runs, level, known))| {
            let mut course = course(&format!("{name}-{nth}"), runs);
            course.soc = soc;
            (course.level_from, course.level_to) = (level, level);
            course.venue = course.venue.filter(|_| known);
            course
        });
        provider(name, courses.collect())
    })
}

fn world() -> impl Strategy<Value = (Need, Vec<Provider>)> {
    (some_need(), some_provider("one"), some_provider("two"))
        .prop_map(|(need, one, two)| (need, vec![one, two]))
}

/// How a run is known among others, whatever order they came in.
fn key(cover: &Cover) -> (String, String, Option<chrono::NaiveDate>, Option<i32>) {
    let run = &cover.run;
    (run.provider.to_string(), run.course.to_string(), run.starts_on, run.places)
}

proptest! {
    #[test]
    fn parts_add_up_and_the_whole_follows_from_them((need, providers) in world()) {
        for cover in World::new().coverage(&need, &providers).runs {
            prop_assert_eq!(cover.fit, cover.parts.iter().map(|part| part.points).sum::<u32>());
            prop_assert!(cover.fit <= 1000);
            let any = |verdict| cover.parts.iter().any(|part| part.verdict == verdict);
            prop_assert_eq!(cover.covers == Covers::None, any(Verdict::Unmet));
            let all_met = cover.parts.iter().all(|part| part.verdict == Verdict::Met);
            prop_assert_eq!(cover.covers == Covers::Full, all_met);
            prop_assert_eq!(cover.fit == 1000, all_met);
            for part in &cover.parts {
                let earns = matches!(part.verdict, Verdict::Met | Verdict::Partly);
                prop_assert_eq!(part.points > 0, earns, "{:?}", part);
            }
        }
    }

    #[test]
    fn a_further_criterion_that_is_met_never_lowers_the_fit((need, providers) in world()) {
        let world = World::new();
        let of = |need: &Need| world.coverage(need, &providers).runs;
        let before = of(&need);
        // Each lifts one thing that the need asks for, or meets it.
        let mut eased: Vec<(CoverageCriterion, Need)> = Vec::new();
        let mut level = need.clone();
        (level.level_from, level.level_to) = (None, None);
        eased.push((CoverageCriterion::Level, level));
        let mut place = need.clone();
        (place.details.place, place.details.travel_miles) = (None, None);
        eased.push((CoverageCriterion::Place, place));
        let mut mode = need.clone();
        mode.details.modes.clear();
        eased.push((CoverageCriterion::Mode, mode));
        for (criterion, other) in eased {
            for (old, new) in before.iter().map(|old| {
                let same = |cover: &&Cover| cover.run == old.run;
                (old, of(&other).iter().find(same).cloned())
            }) {
                let new = new.expect("the same runs are akin");
                prop_assert_eq!(new.verdict(criterion), Verdict::Met);
                prop_assert!(new.fit >= old.fit, "{} {old:#?} {new:#?}", criterion as u8);
                let covered = |cover: &Cover| cover.covers;
                prop_assert!(covered(&new) <= covered(old), "no less is covered");
            }
        }
    }

    #[test]
    fn the_order_of_providers_courses_and_runs_does_not_matter((need, providers) in world()) {
        let world = World::new();
        let mut turned: Vec<Provider> = providers.iter().rev().cloned().collect();
        for provider in &mut turned {
            provider.courses.reverse();
            provider.venues.reverse();
            for course in &mut provider.courses {
                course.soc.reverse();
                course.details.runs.reverse();
            }
        }
        let sorted = |coverage: &Coverage| {
            let mut all: Vec<_> = coverage
                .runs
                .iter()
                .map(|cover| (key(cover), cover.fit, cover.covers, cover.parts.clone()))
                .collect();
            all.sort_by(|one, other| format!("{one:?}").cmp(&format!("{other:?}")));
            all
        };
        let (one, other) = (world.coverage(&need, &providers), world.coverage(&need, &turned));
        prop_assert_eq!(sorted(&one), sorted(&other));
        prop_assert_eq!((one.covers, one.places, one.meeting), (other.covers, other.places, other.meeting));
        let told = |coverage: &Coverage| {
            coverage.gap().map(|gap| {
                let nearest = gap.nearest.map(|near| (near.run.course, near.fit));
                (gap.kind, gap.text, nearest)
            })
        };
        prop_assert_eq!(told(&one), told(&other));
    }

    #[test]
    fn more_places_or_another_run_never_open_a_gap((need, providers) in world(), more in some_run()) {
        let world = World::new();
        let before = world.coverage(&need, &providers);
        let mut with_another = providers.clone();
        for provider in &mut with_another {
            for course in &mut provider.courses {
                course.details.runs.push(more.clone());
            }
        }
        let mut with_more = providers.clone();
        for provider in &mut with_more {
            for run in provider.courses.iter_mut().flat_map(|course| &mut course.details.runs) {
                run.places = run.places.map(|places| places + 5);
            }
        }
        for other in [with_another, with_more] {
            let after = world.coverage(&need, &other);
            prop_assert!(before.gap().is_some() || after.gap().is_none());
            prop_assert!(after.places >= before.places);
        }
    }

    #[test]
    fn what_opened_and_what_closed_turn_one_state_into_the_other(
        (need, providers) in world(), (_, others) in world(),
    ) {
        let world = World::new();
        let gaps = |providers: &[Provider]| -> Vec<_> {
            world.coverage(&need, providers).gap().into_iter().collect()
        };
        let (before, after) = (gaps(&providers), gaps(&others));
        let change = changed(&before, &after);
        let mut names: Vec<_> = before.iter().map(|gap| gap.need.slug.clone()).collect();
        names.retain(|name| !change.closed.contains(name));
        names.extend(change.opened.clone());
        let now: Vec<_> = after.iter().map(|gap| gap.need.slug.clone()).collect();
        prop_assert_eq!(names, now);
        prop_assert_eq!(changed(&after, &after), Changed::default());
        let back = changed(&after, &before);
        prop_assert_eq!((back.opened, back.closed), (change.closed, change.opened));
    }

    #[test]
    fn every_run_of_every_course_is_offered_once((_, providers) in world()) {
        let reference = Reference { providers, ..Reference::default() };
        let all = offers(&reference);
        let runs: usize = reference.courses().map(|(_, c)| c.details.runs.len().max(1)).sum();
        prop_assert_eq!(all.len(), runs);
        prop_assert!(all.iter().all(|one| one.run.is_some() != one.course.details.runs.is_empty()));
    }
}
