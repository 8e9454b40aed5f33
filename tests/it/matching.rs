//! Matching an employer: what fits, why, and the laws that every answer keeps.

pub mod world;

mod laws;

use pathways::domain::{
    matching::{
        Hit, Part, Profile, Ranked, RecognitionHeld, Relevance, SkillWanted, Verdict, employer,
    },
    search::Kind,
    size_band::SizeBand,
    stage::Stage,
};

use world::{World, day, slug, slugs};

fn relevance(found: &[(Kind, &str, u32)]) -> Relevance {
    found.iter().map(|(kind, id, points)| ((*kind, (*id).to_owned()), *points)).collect()
}

fn ids<T>(ranked: &Ranked<T>) -> Vec<&str> {
    ranked.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn hit<'a, T>(ranked: &'a Ranked<T>, id: &str) -> &'a Hit<T> {
    ranked.hits.iter().find(|hit| hit.id == id).unwrap()
}

fn part<'a, T>(hit: &'a Hit<T>, criterion: &str) -> &'a Part {
    hit.parts.iter().find(|part| part.criterion == criterion).unwrap()
}

fn left_out<T>(ranked: &Ranked<T>) -> Vec<(&str, usize)> {
    ranked.left_out.iter().map(|out| (out.reason, out.count)).collect()
}

fn skill(soc: &str) -> SkillWanted {
    SkillWanted { soc: soc.into(), headcount: Some(2), by: Some(day(2027, 3, 1)) }
}

/// A builder with 12 people in Banbury who wants to hire prison leavers.
fn builder(world: &World) -> Profile {
    Profile {
        cohorts: slugs(&["prison-leavers"]),
        sector: Some(slug("construction")),
        size_band: Some(SizeBand::Small),
        place: world.gazetteer.find("OX16"),
        place_as_given: Some("OX16".into()),
        stage: Some(Stage::Select),
        skills: vec![skill("5315")],
        ..Profile::default()
    }
}

#[test]
fn a_question_about_right_to_work_checks_finds_the_passage_first_with_its_reasons() {
    let world = World::new();
    let profile = Profile {
        cohorts: slugs(&["refugees"]),
        stage: Some(Stage::Check),
        size_band: Some(SizeBand::Small),
        question: Some("HR are scared of right to work checks, where do I start".into()),
        ..Profile::default()
    };
    let found = relevance(&[
        (Kind::Passage, "refugees/right-to-work-checks", 1000),
        (Kind::Passage, "refugees/find-candidates", 240),
    ]);
    let ranked = employer::resources(&profile, &world.known(), &found, &world.policy);

    let best = &ranked.hits[0];
    assert_eq!(best.id, "refugees/right-to-work-checks");
    assert_eq!(best.url, "/toolkits/refugees/right-to-work-checks");
    assert_eq!(best.score_milli, 90_000);
    let parts: Vec<(&str, u32)> =
        best.parts.iter().map(|p| (p.criterion, p.points_milli)).collect();
    let expected = [
        ("cohort", 30_000),
        ("question", 30_000),
        ("stage", 15_000),
        ("sector", 0),
        ("size", 5_000),
        ("freshness", 10_000),
    ];
    assert_eq!(parts, expected);
    assert_eq!(part(best, "cohort").text, "It is about a group you named: Refugees.");
    assert_eq!(part(best, "sector").verdict, Verdict::Unknown);
    assert_eq!(best.would_change[0].text, "Tell us your sector: up to 5 points more.");
    assert_eq!(best.item.link.as_ref().unwrap().publisher, "Home Office");
    assert_eq!(part(hit(&ranked, "refugees/find-candidates"), "question").points_milli, 7_200);
}

#[test]
fn passages_about_other_groups_and_replaced_guides_are_left_out_and_counted() {
    let world = World::new();
    let profile = Profile { cohorts: slugs(&["refugees"]), ..Profile::default() };
    let none = Relevance::default();
    let ranked = employer::resources(&profile, &world.known(), &none, &world.policy);
    assert_eq!(left_out(&ranked), [("another-cohort", 6), ("superseded", 1)]);
    assert_eq!(ranked.considered, 14);
    assert!(ranked.hits.iter().all(|hit| !hit.id.starts_with("prison-leavers")));
    let general = hit(&ranked, "recruiting-anyone");
    assert_eq!(part(general, "cohort").verdict, Verdict::Partly);
    assert_eq!(general.url, "/library/recruiting-anyone");
}

#[test]
fn an_employer_who_says_nothing_is_judged_by_freshness_alone() {
    let world = World::new();
    let none = Relevance::default();
    let ranked = employer::resources(&Profile::default(), &world.known(), &none, &world.policy);
    let best = &ranked.hits[0];
    assert_eq!(best.score_milli, 10_000);
    assert_eq!(best.unknowns.len(), 5);
    assert!(best.unknowns.iter().any(|text| text.contains("name a group")), "{:?}", best.unknowns);
    let gains: Vec<u32> = best.would_change.iter().map(|change| change.gain_milli).collect();
    assert!(gains.is_sorted_by(|a, b| a >= b), "{gains:?}");
}

#[test]
fn what_is_past_its_review_date_sinks_and_says_so() {
    let world = World::new();
    let none = Relevance::default();
    let ranked = employer::resources(&Profile::default(), &world.known(), &none, &world.policy);
    let old = hit(&ranked, "refugees/asylum-work-permission");
    assert!(old.stale);
    assert_eq!(part(old, "freshness").text, "Its review date has passed: 1 May 2026.");
    assert_eq!(old.gaps.len(), 1);
    let dated = hit(&ranked, "old-refugee-guide");
    assert_eq!(part(dated, "freshness").points_milli, 5_000);
}

#[test]
fn guidance_whose_steps_are_for_other_sectors_earns_nothing_for_the_sector() {
    let world = World::new();
    let sector = |name: &str| {
        let profile = Profile { sector: Some(slug(name)), ..Profile::default() };
        let none = Relevance::default();
        let ranked = employer::resources(&profile, &world.known(), &none, &world.policy);
        part(hit(&ranked, "prison-leavers/site-work"), "sector").points_milli
    };
    assert_eq!((sector("construction"), sector("education")), (10_000, 0));
}

#[test]
fn a_builder_in_banbury_is_led_to_the_construction_partnership_and_its_plumbing_course() {
    let world = World::new();
    let profile = builder(&world);
    let none = Relevance::default();
    let ranked = employer::partnerships(&profile, &world.known(), &none, &world.policy);
    assert_eq!(ids(&ranked), ["construction", "care", "hospitality"]);
    let best = &ranked.hits[0];
    assert_eq!(part(best, "sector").verdict, Verdict::Met);
    assert_eq!(
        part(best, "skills").text,
        "You need SOC 5315 (2 people by 1 March 2027). A course: plumbing at Town College."
    );
    assert_eq!(part(best, "skills").source.as_deref(), Some("S1: Note S1, Chamber"));
    assert_eq!(part(best, "area").text, "OX16 is in Oxfordshire, which it covers.");
    // Bicester lies about 14 miles away: within reach, not near.
    assert_eq!(part(best, "training").verdict, Verdict::Partly);
    let courses: Vec<&str> = best.item.courses.iter().map(|c| c.slug.as_str()).collect();
    assert_eq!(courses, ["plumbing", "site-card"]);
    assert!((13.0..15.0).contains(&best.item.courses[0].miles.unwrap()));
    assert!(best.item.courses[1].why[0].contains("Prison leavers"));
    let members: Vec<&str> = best.item.members.iter().map(|m| m.organisation.as_str()).collect();
    assert_eq!(members, ["The Chamber", "Town College", "A Builder Ltd"]);
    assert_eq!(best.item.needs[0].slug, "decorators");
}

#[test]
fn whoever_has_left_a_partnership_is_not_among_those_to_ring() {
    let mut world = World::new();
    let (profile, today) = (builder(&world), world.known().today);
    let forums = world.reference.partnerships.iter_mut();
    let forum = forums.into_iter().find(|forum| forum.slug == *"construction").unwrap();
    for (member, last) in forum.members.iter_mut().zip([today.pred_opt().unwrap(), today]) {
        member.to = Some(last);
    }
    let none = Relevance::default();
    let ranked = employer::partnerships(&profile, &world.known(), &none, &world.policy);
    let members = &hit(&ranked, "construction").item.members;
    let members: Vec<&str> = members.iter().map(|m| m.organisation.as_str()).collect();
    assert_eq!(members, ["The Chamber", "Town College"], "on the last day it is one still");
}

#[test]
fn a_course_in_the_same_town_is_near() {
    let world = World::new();
    let profile = Profile { place: world.gazetteer.find("Bicester"), ..Profile::default() };
    let none = Relevance::default();
    let ranked = employer::partnerships(&profile, &world.known(), &none, &world.policy);
    let part = part(hit(&ranked, "construction"), "training");
    assert_eq!(part.verdict, Verdict::Met);
    assert!(part.text.ends_with("is about a mile away or less."), "{}", part.text);
}

#[test]
fn an_occupation_of_the_same_minor_group_counts_in_part() {
    let world = World::new();
    let verdict = |soc: &str| {
        let profile = Profile { skills: vec![skill(soc)], ..Profile::default() };
        let none = Relevance::default();
        let ranked = employer::partnerships(&profile, &world.known(), &none, &world.policy);
        let hit = hit(&ranked, "construction");
        (part(hit, "skills").verdict, hit.gaps.iter().any(|gap| gap.contains(soc)))
    };
    assert_eq!(verdict("5315"), (Verdict::Met, false));
    assert_eq!(verdict("5316"), (Verdict::Partly, true));
    // A need voiced, but no course for it.
    assert_eq!(verdict("5323"), (Verdict::Met, true));
    assert_eq!(verdict("2136"), (Verdict::Unmet, true));
}

#[test]
fn a_place_outside_the_area_leaves_partnerships_out_and_an_unknown_place_does_not() {
    let world = World::new();
    let none = Relevance::default();
    let at = |text: &str| Profile {
        place: world.gazetteer.find(text),
        place_as_given: Some(text.into()),
        ..Profile::default()
    };
    let far = employer::partnerships(&at("SN1"), &world.known(), &none, &world.policy);
    assert_eq!((far.hits.len(), left_out(&far)), (0, vec![("outside-area", 3)]));
    let nowhere = employer::partnerships(&at("Atlantis"), &world.known(), &none, &world.policy);
    assert_eq!(nowhere.hits.len(), 3);
    let area = part(&nowhere.hits[0], "area");
    assert_eq!(area.verdict, Verdict::Unknown);
    assert!(area.text.contains("\"Atlantis\""), "{}", area.text);
}

#[test]
fn pledged_actions_come_after_all_others_and_people_only_actions_not_at_all() {
    let world = World::new();
    let profile = Profile {
        cohorts: slugs(&["prison-leavers"]),
        actions_pledged: vec!["e2".into()],
        ..Profile::default()
    };
    let none = Relevance::default();
    let ranked = employer::charter_actions(&profile, &world.known(), &none, &world.policy);
    assert_eq!(ids(&ranked), ["E6", "B1", "E1", "E2"]);
    assert!(ranked.hits[3].item.pledged);
    assert_eq!(left_out(&ranked), [("only-for-individuals", 1)]);
    let sections: Vec<&str> = ranked.hits[0].item.sections.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(sections, ["prison-leavers/day-release"]);
    assert_eq!(part(&ranked.hits[0], "cohort").verdict, Verdict::Met);
    assert_eq!(
        part(&ranked.hits[1], "stance").text,
        "It is not about hiring; the charter lists it under \"As a buyer\"."
    );
}

#[test]
fn the_badge_that_an_action_builds_on_is_named_as_the_change_that_would_help() {
    let world = World::new();
    let holding = |scheme: &str| {
        let held = RecognitionHeld { scheme: slug(scheme), level: None };
        let profile = Profile { recognitions: vec![held], ..Profile::default() };
        let none = Relevance::default();
        let ranked = employer::charter_actions(&profile, &world.known(), &none, &world.policy);
        hit(&ranked, "E1").clone()
    };
    let without = holding("ban-the-box");
    let sign_up = "Sign up for disability confident (Committed): 10 points more.";
    assert!(without.would_change.iter().any(|change| change.text == sign_up), "{without:?}");
    let with = holding("disability-confident");
    assert_eq!(with.score_milli, without.score_milli + 10_000);
    assert!(with.would_change.iter().all(|change| !change.text.starts_with("Sign up")));
}

mod policy_file {
    use pathways::content::policy;

    #[test]
    fn the_shipped_policy_can_be_read_and_its_codes_name_every_scheme_once() {
        let policy = policy::read(policy::OXFORDSHIRE).unwrap();
        assert_eq!(policy.version, "2026-11.2");
        let weights = policy.resources.criteria().iter().map(|weighing| weighing.weight);
        assert_eq!(weights.sum::<u32>(), 100);
        let mut schemes: Vec<_> = policy.backings.iter().map(|b| &b.scheme).collect();
        let all = schemes.len();
        schemes.sort();
        schemes.dedup();
        assert_eq!(schemes.len(), all);
    }

    #[test]
    fn a_policy_that_does_not_add_up_is_refused_with_its_line() {
        let broken = policy::OXFORDSHIRE.replacen("weight = 30", "weight = 31", 1);
        let faults = policy::read(&broken).unwrap_err();
        let said = faults[0].to_string();
        assert!(said.ends_with("resources: the weights add up to 101, not to 100"), "{said}");
        assert!(faults[0].line.is_some());
    }

    #[test]
    fn an_unknown_criterion_is_refused_with_the_nearest_one() {
        let broken = policy::OXFORDSHIRE.replacen("code = \"freshness\"", "code = \"freshnes\"", 1);
        let said: Vec<String> =
            policy::read(&broken).unwrap_err().iter().map(ToString::to_string).collect();
        let nearest = "unknown criterion \"freshnes\" (nearest: freshness)";
        assert!(said.iter().any(|line| line.ends_with(nearest)), "{said:?}");
        assert!(said.iter().any(|line| line.contains("freshness is missing")), "{said:?}");
    }

    #[test]
    fn a_criterion_without_a_sentence_and_a_key_nobody_knows_are_refused() {
        let silent = policy::OXFORDSHIRE.replacen("judged = \"Met when", "judged = \" \" # \"", 1);
        let faults = policy::read(&silent).unwrap_err();
        assert!(faults.iter().any(|fault| fault.code == "missing-words"), "{faults:?}");
        let strange = format!("colour = \"red\"\n{}", policy::OXFORDSHIRE);
        assert!(policy::read(&strange).unwrap_err()[0].to_string().contains("colour"));
        let unscaled = policy::OXFORDSHIRE.replacen("partly = 500", "partly = 1000", 1);
        assert!(policy::read(&unscaled).unwrap_err()[0].to_string().contains("partly met is 1000"));
    }
}
