//! The action plan: hiring order, what applies, what is dropped, and its laws.

use pathways::domain::{
    guidance::Toolkit,
    plan::{Answers, Plan, PlanPart, PlanStep, plan},
    size_band::SizeBand,
    slug::Slug,
    stage::Stage,
};
use proptest::{option, prelude::*, sample};

use crate::matching::world::{World, day, live, past, section, slug, slugs, step, today, toolkit};

fn planned(answers: &Answers) -> Plan {
    let world = World::new();
    plan(answers, &world.toolkits, &world.vocabulary, today())
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|step| step.id.as_str()).collect()
}

fn find<'a>(plan: &'a Plan, id: &str) -> &'a PlanStep {
    plan.steps.iter().find(|step| step.id == *id).unwrap()
}

fn about(cohort: &str) -> Answers {
    Answers { cohorts: slugs(&[cohort]), ..Answers::default() }
}

#[test]
fn steps_stand_in_hiring_order_each_with_its_passage_and_the_official_page() {
    let plan = planned(&about("refugees"));
    let expected =
        ["ring-a-local-partner", "ask-for-share-code", "sponsor-licence", "buddy-and-plan"];
    assert_eq!(ids(&plan), expected);
    let step = find(&plan, "ask-for-share-code");
    assert_eq!(step.passage.url, "/toolkits/refugees/right-to-work-checks");
    assert!(step.official.as_ref().unwrap().url.starts_with("https://www.gov.uk/"));
    assert_eq!((step.as_of, step.review_by), (today(), day(2027, 5, 1)));
    let group = "It is about a group you named: Refugees.";
    assert_eq!(step.reasons, ["It belongs on every plan.", group]);
}

#[test]
fn a_step_on_law_past_its_review_is_dropped_and_named_and_other_old_steps_are_marked() {
    let plan = planned(&about("refugees"));
    let dropped: Vec<&str> = plan.stale_dropped.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(dropped, ["check-asylum-permission"]);
    assert_eq!(plan.stale_dropped[0].review_by, day(2026, 5, 1));
    assert!(plan.stale_dropped[0].official.is_some());
    let old = find(&plan, "buddy-and-plan");
    assert!(old.stale);
    assert!(old.reasons.iter().any(|reason| reason.contains("1 May 2026")), "{:?}", old.reasons);
}

#[test]
fn what_was_not_answered_keeps_a_step_with_its_condition_and_a_no_leaves_it_out() {
    let open = planned(&about("prison-leavers"));
    let dbs = find(&open, "right-level-of-dbs");
    assert_eq!(dbs.applies_if, ["Applies if the job is work with children or adults at risk."]);
    assert_eq!(
        find(&open, "book-card-test").applies_if,
        ["Applies if your sector is one of: Construction."]
    );
    let settled = planned(&Answers {
        regulated: Some(false),
        sector: Some(slug("construction")),
        ..about("prison-leavers")
    });
    assert_eq!(ids(&settled), ["drop-the-tick-box", "book-card-test", "buddy-and-plan"]);
    let site = find(&settled, "book-card-test");
    assert!(site.applies_if.is_empty());
    assert_eq!(site.reasons[0], "It is for your sector: Construction.");
    let reasons: Vec<(&str, usize)> =
        settled.left_out.iter().map(|out| (out.reason, out.count)).collect();
    assert_eq!(reasons, [("another-cohort", 6), ("not-regulated", 1)]);
}

#[test]
fn a_step_for_large_employers_is_left_out_for_a_small_one() {
    let small = planned(&Answers { size_band: Some(SizeBand::Small), ..about("refugees") });
    assert!(!ids(&small).contains(&"sponsor-licence"));
    let large = planned(&Answers { size_band: Some(SizeBand::Large), ..about("refugees") });
    assert_eq!(
        find(&large, "sponsor-licence").reasons[0],
        "It is for your size: 250 people or more."
    );
    assert_eq!(
        find(&planned(&about("refugees")), "sponsor-licence").applies_if,
        ["Applies if you employ 250 people or more."]
    );
}

#[test]
fn the_same_step_of_two_toolkits_stands_once_with_both_passages() {
    let plan =
        planned(&Answers { cohorts: slugs(&["prison-leavers", "refugees"]), ..Answers::default() });
    assert_eq!(ids(&plan).iter().filter(|id| **id == "buddy-and-plan").count(), 1);
    let step = find(&plan, "buddy-and-plan");
    assert_eq!(step.passage.toolkit, "refugees");
    assert_eq!(step.also[0].url, "/toolkits/prison-leavers/first-weeks");
    assert!(step.essential);
    assert!(plan.left_out.iter().any(|out| out.reason == "said-already" && out.count == 1));
}

#[test]
fn stages_that_are_past_come_last_as_things_to_check() {
    let plan = planned(&Answers { stage: Some(Stage::Check), ..about("prison-leavers") });
    let parts: Vec<(&str, PlanPart)> =
        plan.steps.iter().map(|step| (step.id.as_str(), step.part)).collect();
    let expected = [
        ("right-level-of-dbs", PlanPart::ToDo),
        ("buddy-and-plan", PlanPart::ToDo),
        ("drop-the-tick-box", PlanPart::CheckDone),
        ("book-card-test", PlanPart::CheckDone),
    ];
    assert_eq!(parts, expected);
    assert_eq!(find(&plan, "drop-the-tick-box").reasons[0], "You are past this stage, Policy.");
}

#[test]
fn a_worry_pulls_its_steps_forward_within_the_stage_and_a_worry_without_a_step_is_named() {
    let mut one = step("second-by-name", "s", Stage::Check, true);
    let mut two = step("answers-the-worry", "s", Stage::Check, false);
    two.topics = slugs(&["right-to-work"]);
    one.topics = slugs(&["interviews"]);
    let kit =
        toolkit("refugees", 1, vec![section("s", Stage::Check, true, live())], vec![one, two]);
    let answers =
        Answers { topics: slugs(&["right-to-work", "pay-and-tax"]), ..Answers::default() };
    let plan = plan(&answers, &[kit], &World::new().vocabulary, today());
    assert_eq!(ids(&plan), ["answers-the-worry", "second-by-name"]);
    assert_eq!(plan.steps[0].worries, slugs(&["right-to-work"]));
    assert_eq!(plan.steps[0].reasons[0], "It answers your worry: Right to work checks.");
    assert_eq!(plan.worries_unanswered, slugs(&["pay-and-tax"]));
}

#[test]
fn a_group_without_a_toolkit_is_named_and_does_not_bring_in_other_groups() {
    let plan = planned(&about("care-leavers"));
    assert!(plan.steps.is_empty());
    assert_eq!(plan.without_toolkit, slugs(&["care-leavers"]));
    assert_eq!(plan.left_out[0].count, plan.considered);
}

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const SECTORS: [&str; 3] = ["construction", "education", "hospitality"];
const TOPICS: [&str; 3] = ["right-to-work", "dbs-checks", "interviews"];
const COHORTS: [&str; 3] = ["refugees", "prison-leavers", "age-friendly"];

fn some(of: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<Slug>> {
    prop::collection::vec(sample::select(of).prop_map(slug), 0..most)
}

fn answers() -> impl Strategy<Value = Answers> {
    let size = option::of(sample::select(&SizeBand::ALL[..]));
    let sector = option::of(sample::select(&SECTORS[..]).prop_map(slug));
    let stage = option::of(sample::select(&Stage::ALL[..]));
    let regulated = option::of(any::<bool>());
    (some(&COHORTS, 3), size, sector, stage, some(&TOPICS, 3), regulated).prop_map(
        |(cohorts, size_band, sector, stage, topics, regulated)| Answers {
            cohorts,
            size_band,
            sector,
            stage,
            topics,
            regulated,
        },
    )
}

/// A toolkit whose steps are limited, repeated and misplaced at random.
fn kit(cohort: &'static str, order: u32) -> impl Strategy<Value = Toolkit> {
    let one = (
        (sample::select(&NAMES[..]), sample::select(&NAMES[..]), sample::select(&Stage::ALL[..])),
        (any::<bool>(), any::<bool>()),
        (some(&TOPICS, 2), some(&SECTORS, 2)),
        prop::collection::vec(sample::select(&SizeBand::ALL[..]), 0..2),
    );
    let flags = prop::collection::vec((any::<bool>(), any::<bool>()), 4);
    (prop::collection::vec(one, 0..8), flags).prop_map(move |(drawn, flags)| {
        // Two of the six sections are missing, so that some steps rest on nothing.
        let sections = NAMES.iter().zip(flags).map(|(name, (legal, old))| {
            section(name, Stage::Policy, legal, if old { past() } else { live() })
        });
        let steps =
            drawn.into_iter().map(|((id, at, stage), (essential, regulated), lists, sizes)| {
                let (topics, sectors) = lists;
                let step = step(id, at, stage, essential);
                pathways::domain::guidance::Step { topics, sectors, sizes, regulated, ..step }
            });
        let mut steps: Vec<_> = steps.collect();
        steps.sort_by(|a, b| a.id.cmp(&b.id));
        steps.dedup_by(|a, b| a.id == b.id);
        toolkit(cohort, order, sections.collect(), steps)
    })
}

fn kits() -> impl Strategy<Value = Vec<Toolkit>> {
    // The last two share their place on the home page, so that the name decides.
    (kit("refugees", 1), kit("prison-leavers", 2), kit("age-friendly", 2))
        .prop_map(|(one, two, three)| vec![one, two, three])
}

proptest! {
    #[test]
    fn the_order_of_toolkits_and_answers_changes_nothing(answers in answers(), kits in kits()) {
        let words = World::new().vocabulary;
        let (mut other, mut asked) = (kits.clone(), answers.clone());
        other.reverse();
        asked.cohorts.reverse();
        asked.topics.reverse();
        prop_assert_eq!(plan(&answers, &kits, &words, today()), plan(&asked, &other, &words, today()));
    }

    #[test]
    fn stages_are_in_hiring_order_and_what_is_done_comes_last(answers in answers(), kits in kits()) {
        let plan = plan(&answers, &kits, &World::new().vocabulary, today());
        let key = |s: &PlanStep| (s.part, s.stage, s.worries.is_empty(), !s.essential);
        prop_assert!(plan.steps.is_sorted_by_key(key));
        for step in &plan.steps {
            let past = answers.stage.is_some_and(|at| step.stage < at);
            prop_assert_eq!(past, step.part == PlanPart::CheckDone);
        }
    }

    #[test]
    fn every_step_rests_on_a_live_section_of_a_chosen_toolkit(answers in answers(), kits in kits()) {
        let plan = plan(&answers, &kits, &World::new().vocabulary, today());
        for step in &plan.steps {
            for passage in std::iter::once(&step.passage).chain(&step.also) {
                let kit = kits.iter().find(|kit| kit.slug == passage.toolkit).unwrap();
                let section = kit.section(&passage.section).unwrap();
                prop_assert!(!(section.legal && section.dates.is_stale(today())));
                prop_assert!(answers.cohorts.is_empty() || answers.cohorts.contains(&kit.cohort));
            }
        }
    }

    #[test]
    fn every_step_of_every_toolkit_is_kept_left_out_or_dropped(answers in answers(), kits in kits()) {
        let plan = plan(&answers, &kits, &World::new().vocabulary, today());
        let out: usize = plan.left_out.iter().map(|out| out.count).sum();
        prop_assert_eq!(plan.considered, plan.steps.len() + out + plan.stale_dropped.len());
        prop_assert_eq!(plan.considered, kits.iter().map(|kit| kit.steps.len()).sum::<usize>());
    }

    #[test]
    fn a_full_set_of_answers_leaves_no_condition_open(answers in answers(), kits in kits()) {
        let full = Answers {
            size_band: answers.size_band.or(Some(SizeBand::Micro)),
            sector: answers.sector.clone().or_else(|| Some(slug("education"))),
            regulated: answers.regulated.or(Some(true)),
            ..answers
        };
        let plan = plan(&full, &kits, &World::new().vocabulary, today());
        prop_assert!(plan.steps.iter().all(|step| step.applies_if.is_empty()));
    }
}
