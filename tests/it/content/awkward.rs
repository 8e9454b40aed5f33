//! The awkward cases that the invented register has on purpose.

use pathways::{
    content::{
        Files,
        reference::{self, DemoRegister, demo_register},
    },
    domain::{
        place::distance_miles,
        register::{
            Audience, Base, CheckResult, DbsLevel, OffenceStance, Opening, Organisation, Pattern,
            Posture, Publication, Site, Stance, Voice,
        },
        slug::Slug,
    },
};

use super::today;

fn register() -> DemoRegister {
    demo_register(&Files::built_in_reference(), today()).0
}

fn organisation<'r>(register: &'r DemoRegister, name: &str) -> &'r Organisation {
    let found = register.organisations.iter().find(|seed| seed.draft.name() == *name);
    &found.unwrap_or_else(|| panic!("there is no {name}")).draft.body
}

fn some(register: &DemoRegister, is: impl Fn(&Organisation) -> bool) -> Option<&Organisation> {
    register.organisations.iter().map(|seed| &seed.draft.body).find(|body| is(body))
}

fn posture<'r>(register: &'r DemoRegister, of: &Slug, cohort: &str) -> Option<&'r Posture> {
    let bodies = register.postures.iter().map(|seed| &seed.draft.body);
    bodies.into_iter().find(|body| body.organisation == *of && body.cohort == *cohort)
}

fn openings(register: &DemoRegister) -> impl Iterator<Item = &Opening> {
    register.openings.iter().map(|seed| &seed.draft.body)
}

#[test]
fn two_employers_with_nearly_the_same_name_lie_in_neighbouring_towns() {
    let register = register();
    let places = reference::load(&Files::built_in_reference()).gazetteer;
    let [one, other] = ["demo-brightwater-cleaning", "demo-bright-water-cleaning"]
        .map(|name| organisation(&register, name));
    let folded = |name: &str| name.replace(' ', "").to_lowercase();
    assert_eq!(folded(&one.name), folded(&other.name));
    let centre = |of: &Organisation| {
        places.outcode(of.sites[0].postcode.as_deref().unwrap()).unwrap().centre
    };
    let miles = distance_miles(centre(one), centre(other));
    assert!((1.0..20.0).contains(&miles), "{miles}");
}

#[test]
fn one_asked_not_to_be_contacted_one_is_withdrawn_and_one_a_draft() {
    let register = register();
    let silent = some(&register, |body| body.do_not_contact).unwrap();
    assert!(silent.contacts.iter().all(|route| route.audience == Audience::Coordinator));
    let count = |state| {
        register.organisations.iter().filter(|seed| seed.draft.body.publication == state).count()
    };
    assert_eq!((count(Publication::Withdrawn), count(Publication::Draft)), (1, 1));
}

#[test]
fn names_have_apostrophes_ampersands_foreign_letters_and_right_to_left_marks() {
    let register = register();
    let has = |mark: &str| some(&register, |body| body.name.contains(mark)).is_some();
    assert!(has("'") && has(" & ") && has("ŷ"));
    let marked = |alias: &String| alias.contains('\u{200f}');
    assert!(some(&register, |body| body.aliases.iter().any(marked)).is_some());
    let curly = |alias: &String| alias.contains('’');
    assert!(some(&register, |body| body.aliases.iter().any(curly)).is_some());
}

#[test]
fn one_lies_by_the_air_base_and_one_by_the_prison() {
    let register = register();
    let near = |code: &str, words: &str| {
        let there = |site: &Site| {
            let note = site.transport_note.as_deref().unwrap_or_default();
            site.postcode.as_deref() == Some(code) && note.contains(words)
        };
        some(&register, |body| body.sites.iter().any(there)).is_some()
    };
    assert!(near("OX18", "RAF Brize Norton"));
    assert!(near("OX25", "HMP Bullingdon"));
}

#[test]
fn one_has_taken_people_on_day_release_from_an_open_prison_and_one_would_without_an_agreement() {
    let register = register();
    let mill = organisation(&register, "demo-cuttlebrook-timber");
    assert!(mill.description.as_deref().unwrap().contains("open prison"));
    let said =
        posture(&register, &Slug::parse("demo-cuttlebrook-timber").unwrap(), "prison-leavers");
    let release = said.unwrap().day_release.unwrap();
    assert_eq!((release.accepts, release.has_agreement), (true, Some(true)));
    let bodies = register.postures.iter().filter_map(|seed| seed.draft.body.day_release);
    assert!(bodies.into_iter().any(|told| told.accepts && told.has_agreement == Some(false)));
}

#[test]
fn an_opening_is_meant_for_a_group_that_its_employer_does_not_take_at_present() {
    let register = register();
    let clash = openings(&register).find(|opening| {
        opening.cohorts.iter().any(|cohort| {
            posture(&register, &opening.organisation, cohort)
                .is_some_and(|said| said.stance == Stance::NotCurrently)
        })
    });
    assert!(clash.is_some());
}

#[test]
fn a_pledge_is_not_on_the_charters_menu() {
    let register = register();
    let own = register.pledges.iter().filter(|seed| seed.draft.body.action.is_none());
    assert_eq!(own.count(), 1);
}

#[test]
fn a_recognition_has_run_out_and_another_is_not_in_its_schemes_list() {
    let register = register();
    let held = || register.organisations.iter().flat_map(|seed| &seed.draft.body.recognitions);
    assert!(held().any(|held| held.expires_on.is_some_and(|last| last < today())));
    assert!(held().any(|held| held.check == CheckResult::NotFound));
    assert!(held().any(|held| held.check == CheckResult::Unchecked));
}

#[test]
fn a_site_lies_in_a_town_that_the_table_of_places_does_not_know() {
    let register = register();
    let places = reference::load(&Files::built_in_reference()).gazetteer;
    let sites = register.organisations.iter().flat_map(|seed| &seed.draft.body.sites);
    let towns = sites.filter_map(|site| site.town.as_deref());
    let unknown: Vec<_> = towns.filter(|town| places.find(town).is_none()).collect();
    assert_eq!(unknown, ["Upper Mossbury"]);
}

#[test]
fn an_opening_has_no_places_one_has_an_unconfirmed_number_and_one_says_none() {
    let register = register();
    assert!(openings(&register).any(|opening| opening.places == Some(0)));
    assert!(openings(&register).any(|opening| opening.places.is_none()));
    let unconfirmed = register.openings.iter().any(|seed| {
        let stood_by = (seed.draft.said.voice == Voice::Organisation).then_some(seed.draft.said.on);
        let stood_by = seed.confirmed_on.max(stood_by);
        let body = &seed.draft.body;
        body.places.is_some() && body.places_on(stood_by, today()).is_none()
    });
    assert!(unconfirmed);
}

#[test]
fn openings_are_remote_national_rolling_closing_soon_at_night_and_need_an_enhanced_check() {
    let register = register();
    let any = |is: &dyn Fn(&Opening) -> bool| openings(&register).any(is);
    assert!(any(&|opening| opening.base == Some(Base::Remote) && opening.national));
    assert!(any(&|opening| opening.closes_on.is_none() && opening.places.is_some()));
    let soon = |opening: &Opening| {
        opening.closes_on.is_some_and(|last| (0..=7).contains(&(last - today()).num_days()))
    };
    assert!(any(&soon));
    let enhanced = |opening: &Opening| opening.dbs_level == Some(DbsLevel::EnhancedBarred);
    assert!(openings(&register).filter(|opening| enhanced(opening)).count() >= 5);
    let no_bus = openings(&register).find(|opening| {
        let employer = organisation(&register, &opening.organisation);
        let site = employer.sites.iter().find(|site| Some(&site.label) == opening.site.as_ref());
        let note = site.and_then(|site| site.transport_note.as_deref()).unwrap_or_default();
        opening.patterns == [Pattern::Night] && note.contains("No bus")
    });
    assert!(no_bus.is_some());
}

#[test]
fn most_pairs_of_employer_and_group_say_nothing_and_some_say_so() {
    let register = register();
    assert!(register.postures.len() * 2 < register.organisations.len() * 4);
    let silent = register.postures.iter().filter(|s| s.draft.body.stance == Stance::NotStated);
    assert_eq!(silent.count(), 3);
}

#[test]
fn what_is_told_to_brokers_alone_is_there_and_some_postures_are_not_public_at_all() {
    let register = register();
    let said = || register.postures.iter().map(|seed| &seed.draft.body);
    for stance in OffenceStance::ALL {
        let of = |body: &&Posture| body.offences.as_ref().map(|told| told.stance) == Some(*stance);
        assert!(said().find(of).is_some(), "{stance}");
    }
    assert!(said().any(|body| body.disclosure.is_some() && body.broker_note.is_some()));
    assert!(said().filter(|body| !body.public).count() >= 3);
    let routes = register.organisations.iter().flat_map(|seed| &seed.draft.body.contacts);
    let tried: Vec<_> = routes.filter(|route| route.audience == Audience::Broker).collect();
    assert!(tried.iter().any(|route| route.verified(today())));
    assert!(tried.iter().any(|route| route.verified_on.is_some() && !route.verified(today())));
}

#[test]
fn events_lie_on_both_sides_of_today_and_one_case_study_may_not_be_shown() {
    let register = register();
    let events = register.events.iter().map(|seed| seed.draft.body.starts_at.date());
    let (past, coming): (Vec<_>, Vec<_>) = events.partition(|on| *on < today());
    assert!(past.len() >= 2 && coming.len() >= 3 && past.len() + coming.len() == 6);
    let told: Vec<_> = register.case_studies.iter().map(|s| s.draft.body.showable()).collect();
    assert_eq!((told.len(), told.iter().filter(|shown| !**shown).count()), (4, 1));
    let counted = register.introductions.iter().map(|seed| seed.draft.body.outcomes);
    assert_eq!(counted.clone().count(), 4);
    assert!(counted.clone().any(|out| out.kept_13_weeks.is_some()));
    assert!(counted.into_iter().any(|out| out.interviewed.is_none()));
}
