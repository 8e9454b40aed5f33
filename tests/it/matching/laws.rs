//! Laws of matching, on profiles and worlds drawn at random.

use std::collections::BTreeMap;

use pathways::domain::{
    matching::{
        Hit, Knowledge, Profile, Ranked, RecognitionHeld, Relevance, SkillWanted, Verdict, employer,
    },
    search::Kind,
    size_band::SizeBand,
    stage::Stage,
};
use proptest::{option, prelude::*, sample};

use super::world::{World, day, past, slug};

const COHORTS: [&str; 5] =
    ["refugees", "prison-leavers", "age-friendly", "disabled-people", "care-leavers"];
const SECTORS: [&str; 5] =
    ["construction", "health-and-care", "hospitality", "education", "mining"];
const PLACES: [&str; 5] = ["OX16", "Bicester", "OX1", "SN1", "Atlantis"];
const CODES: [&str; 6] = ["5315", "5316", "5323", "6135", "9121", "2136"];
const SCHEMES: [&str; 3] = ["disability-confident", "ban-the-box", "tent-uk"];
const ACTIONS: [&str; 5] = ["E1", "E2", "e6", "B1", "X9"];
const FOUND: [(Kind, &str); 6] = [
    (Kind::Passage, "refugees/right-to-work-checks"),
    (Kind::Passage, "prison-leavers/day-release"),
    (Kind::Library, "recruiting-anyone"),
    (Kind::Action, "E2"),
    (Kind::Partnership, "care"),
    (Kind::Partnership, "construction"),
];

fn profile() -> impl Strategy<Value = Profile> {
    let skill = (sample::select(&CODES[..]), option::of(1..9_u32), option::of(1..28_u32));
    let skill = skill.prop_map(|(soc, headcount, by)| SkillWanted {
        soc: soc.into(),
        headcount,
        by: by.map(|of| day(2027, 3, of)),
    });
    let held = sample::select(&SCHEMES[..])
        .prop_map(|scheme| RecognitionHeld { scheme: slug(scheme), level: None });
    let who = (
        prop::collection::vec(sample::select(&COHORTS[..]).prop_map(slug), 0..3),
        option::of(sample::select(&SECTORS[..]).prop_map(slug)),
        option::of(sample::select(&SizeBand::ALL[..])),
        option::of(sample::select(&PLACES[..])),
        option::of(sample::select(&Stage::ALL[..])),
    );
    let more = (
        prop::collection::vec(skill, 0..3),
        prop::collection::vec(held, 0..3),
        prop::collection::vec(sample::select(&ACTIONS[..]).prop_map(str::to_owned), 0..3),
        option::of(Just("where do we start".to_owned())),
    );
    (who, more).prop_map(|((cohorts, sector, size_band, at, stage), more)| {
        let (skills, recognitions, actions_pledged, question) = more;
        let place = at.and_then(|at| World::new().gazetteer.find(at));
        let place_as_given = at.map(str::to_owned);
        Profile {
            cohorts,
            sector,
            size_band,
            place,
            place_as_given,
            stage,
            skills,
            recognitions,
            actions_pledged,
            question,
        }
    })
}

fn relevance() -> impl Strategy<Value = Relevance> {
    prop::collection::vec((sample::select(&FOUND[..]), 0..1001_u32), 0..6).prop_map(|found| {
        found.into_iter().map(|((kind, id), points)| ((kind, id.to_owned()), points)).collect()
    })
}

/// The world with some texts out of date, some schemes unknown, and some
/// partnerships without courses or area.
fn world() -> impl Strategy<Value = World> {
    prop::collection::vec(any::<bool>(), 16).prop_map(|mut bits| {
        let mut next = move || bits.pop().unwrap_or(false);
        let mut world = World::new();
        for toolkit in &mut world.toolkits {
            for section in toolkit.sections.iter_mut().filter(|_| next()) {
                section.dates = past();
            }
        }
        if next() {
            world.reference.partnerships[0].area.clear();
        }
        if next() {
            world.reference.providers.pop();
        }
        if next() {
            world.reference.schemes.clear();
        }
        world
    })
}

/// A hit of any list, without what only its list has.
type Any = Hit<()>;

fn erased<T>(ranked: Ranked<T>) -> Vec<Any> {
    let erase = |hit: Hit<T>| Hit {
        kind: hit.kind,
        id: hit.id,
        title: hit.title,
        url: hit.url,
        summary: hit.summary,
        as_of: hit.as_of,
        review_by: hit.review_by,
        stale: hit.stale,
        fictional: hit.fictional,
        score_milli: hit.score_milli,
        parts: hit.parts,
        unknowns: hit.unknowns,
        gaps: hit.gaps,
        would_change: hit.would_change,
        item: (),
    };
    ranked.hits.into_iter().map(erase).collect()
}

fn all(profile: &Profile, world: &World, relevance: &Relevance) -> Vec<Any> {
    let (known, policy) = (&world.known(), &world.policy);
    let mut hits = erased(employer::resources(profile, known, relevance, policy));
    hits.extend(erased(employer::partnerships(profile, known, relevance, policy)));
    hits.extend(erased(employer::charter_actions(profile, known, relevance, policy)));
    hits
}

fn scores(hits: &[Any]) -> BTreeMap<(Kind, String), u32> {
    hits.iter().map(|hit| ((hit.kind, hit.id.clone()), hit.score_milli)).collect()
}

/// No thing that is in both answers has a lower score in the second.
fn never_lower(before: &[Any], after: &[Any]) -> Result<(), TestCaseError> {
    let after = scores(after);
    for (key, was) in scores(before) {
        if let Some(is) = after.get(&key) {
            prop_assert!(*is >= was, "{key:?} fell from {was} to {is}");
        }
    }
    Ok(())
}

/// The same knowledge with every list turned round.
fn reversed(world: &World) -> World {
    let mut world = world.clone();
    world.toolkits.reverse();
    for toolkit in &mut world.toolkits {
        toolkit.sections.reverse();
        toolkit.steps.reverse();
    }
    world.library.reverse();
    let reference = &mut world.reference;
    reference.sources.reverse();
    reference.actions.reverse();
    reference.schemes.reverse();
    reference.partnerships.reverse();
    for partnership in &mut reference.partnerships {
        partnership.members.reverse();
        partnership.needs.reverse();
    }
    reference.providers.reverse();
    for provider in &mut reference.providers {
        provider.courses.reverse();
        provider.venues.reverse();
    }
    world
}

fn turned(profile: &Profile) -> Profile {
    let mut profile = profile.clone();
    profile.cohorts.reverse();
    profile.skills.reverse();
    profile.recognitions.reverse();
    profile.actions_pledged.reverse();
    profile
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_parts_add_up_to_the_score_and_the_score_lies_between_0_and_100(
        profile in profile(), world in world(), relevance in relevance(),
    ) {
        for hit in all(&profile, &world, &relevance) {
            let sum: u32 = hit.parts.iter().map(|part| part.points_milli).sum();
            prop_assert_eq!(sum, hit.score_milli);
            prop_assert!(hit.score_milli <= 100_000);
            prop_assert_eq!(hit.parts.iter().map(|part| part.weight).sum::<u32>(), 100);
            for part in &hit.parts {
                let whole = part.weight * 1000;
                let fits = match part.verdict {
                    Verdict::Met => part.points_milli == whole,
                    Verdict::Partly => (1..whole).contains(&part.points_milli),
                    Verdict::Unmet | Verdict::Unknown => part.points_milli == 0,
                };
                prop_assert!(fits, "{:?}", part);
            }
        }
    }

    #[test]
    fn what_is_unknown_earns_nothing_and_is_named(
        profile in profile(), world in world(), relevance in relevance(),
    ) {
        for hit in all(&profile, &world, &relevance) {
            let unknown = hit.parts.iter().filter(|part| part.verdict == Verdict::Unknown);
            let texts: Vec<&String> = unknown.map(|part| &part.text).collect();
            prop_assert_eq!(texts, hit.unknowns.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_the_employer_did_not_say_is_unknown_in_every_list(
        relevance in relevance(), world in world(),
    ) {
        let own = ["freshness", "activity", "stance", "guidance", "evidence"];
        for hit in all(&Profile::default(), &world, &relevance) {
            for part in hit.parts.iter().filter(|part| !own.contains(&part.criterion)) {
                prop_assert_eq!(part.verdict, Verdict::Unknown, "{:?}", part);
            }
        }
    }

    #[test]
    fn a_further_fact_never_lowers_a_score(
        profile in profile(), more in profile(), world in world(), relevance in relevance(),
    ) {
        let before = all(&profile, &world, &relevance);
        let mut richer = profile.clone();
        richer.cohorts.extend(more.cohorts);
        richer.skills.extend(more.skills);
        richer.recognitions.extend(more.recognitions);
        richer.sector = profile.sector.or(more.sector);
        richer.stage = profile.stage.or(more.stage);
        richer.size_band = profile.size_band.or(more.size_band);
        richer.place = profile.place.or(more.place);
        richer.question = profile.question.or(more.question);
        never_lower(&before, &all(&richer, &world, &relevance))?;
    }

    #[test]
    fn a_better_answer_to_the_question_never_lowers_a_score(
        profile in profile(), world in world(), relevance in relevance(),
        (kind, id) in sample::select(&FOUND[..]), thousandths in 0..1001_u32,
    ) {
        let before = all(&profile, &world, &relevance);
        let mut better = relevance.clone();
        better.insert(kind, id, thousandths);
        never_lower(&before, &all(&profile, &world, &better))?;
    }

    #[test]
    fn the_order_of_any_list_changes_nothing(
        profile in profile(), world in world(), relevance in relevance(),
    ) {
        let other = reversed(&world);
        let (one, two): (Knowledge<'_>, Knowledge<'_>) = (world.known(), other.known());
        let policy = &world.policy;
        let turned = turned(&profile);
        prop_assert_eq!(
            employer::resources(&profile, &one, &relevance, policy),
            employer::resources(&turned, &two, &relevance, policy)
        );
        prop_assert_eq!(
            employer::partnerships(&profile, &one, &relevance, policy),
            employer::partnerships(&turned, &two, &relevance, policy)
        );
        prop_assert_eq!(
            employer::charter_actions(&profile, &one, &relevance, policy),
            employer::charter_actions(&turned, &two, &relevance, policy)
        );
    }

    #[test]
    fn hits_stand_in_order_and_what_is_considered_is_kept_or_counted(
        profile in profile(), world in world(), relevance in relevance(),
    ) {
        let known = &world.known();
        let ranked = employer::resources(&profile, known, &relevance, &world.policy);
        let key = |hit: &Any| (std::cmp::Reverse(hit.score_milli), hit.kind, hit.id.clone());
        let out: usize = ranked.left_out.iter().map(|out| out.count).sum();
        prop_assert_eq!(ranked.considered, ranked.hits.len() + out);
        let texts: usize = world.toolkits.iter().map(|t| t.sections.len() + t.templates.len()).sum();
        prop_assert_eq!(ranked.considered, texts + world.library.len());
        prop_assert!(erased(ranked).is_sorted_by_key(key));
    }

    #[test]
    fn pledged_actions_never_stand_before_unpledged_ones(
        profile in profile(), world in world(), relevance in relevance(),
    ) {
        let known = &world.known();
        let ranked = employer::charter_actions(&profile, known, &relevance, &world.policy);
        prop_assert!(ranked.hits.is_sorted_by_key(|hit| hit.item.pledged));
    }

    #[test]
    fn what_would_help_is_true_for_some_answer_and_never_promises_more_than_is_left(
        profile in profile(), world in world(), relevance in relevance(),
    ) {
        let before = all(&profile, &world, &relevance);
        let told: Vec<Vec<Any>> = SECTORS.iter().map(|sector| {
            let sector = Some(slug(sector));
            all(&Profile { sector, ..profile.clone() }, &world, &relevance)
        }).collect();
        for hit in before {
            for change in &hit.would_change {
                prop_assert!(hit.score_milli + change.gain_milli <= 100_000);
            }
            let ask = hit.would_change.iter().find(|c| c.text.starts_with("Tell us your sector"));
            if let Some(change) = ask {
                let key = (hit.kind, hit.id.clone());
                let best = told.iter().filter_map(|hits| scores(hits).get(&key).copied()).max();
                prop_assert_eq!(best, Some(hit.score_milli + change.gain_milli), "{:?}", key);
            }
        }
    }

    #[test]
    fn a_profile_in_any_order_has_one_canonical_text_and_other_facts_have_another(
        profile in profile(), other in profile(),
    ) {
        prop_assert_eq!(profile.canonical(), turned(&profile).canonical());
        let same = profile.normalised() == other.normalised();
        prop_assert_eq!(profile.canonical() == other.canonical(), same);
    }
}
