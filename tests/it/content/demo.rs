//! The invented register that ships: what it must show, on whatever day it is loaded.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use pathways::{
    content::{
        Files, check, load,
        reference::{self, DemoRegister, Seed, demo_register},
    },
    domain::{
        freshness::Freshness,
        register::{
            Body, Commitment, OpeningState, Organisation, OrganisationKind, Pledge, PledgeFacts,
            PledgeState, Publication, Record, Rung, Signature, SignatureState, Stance,
        },
        size_band::SizeBand,
        slug::Slug,
    },
};

use super::{all_faults, good_reference, good_toolkits, lines, today};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Days on which calendars go wrong, beside the day of all other tests.
fn days() -> [NaiveDate; 5] {
    [today(), day(2028, 2, 29), day(2026, 12, 31), day(2028, 12, 31), day(2029, 3, 1)]
}

fn loaded(on: NaiveDate) -> DemoRegister {
    let (register, faults) = demo_register(&Files::built_in_reference(), on);
    assert_eq!(lines(&faults), "");
    register
}

/// The seed as the register will have it.
fn record<T: Body>(seed: &Seed<T>) -> Record<T> {
    Record {
        slug: seed.draft.name(),
        version: 1,
        said: seed.draft.said.clone(),
        confirmed_on: seed.confirmed_on,
        ended: seed.ended.clone(),
        fictional: seed.draft.fictional,
        recorded_at: seed.draft.said.on.and_hms_opt(9, 0, 0).unwrap(),
        doubted_on: None,
        body: seed.draft.body.clone(),
    }
}

fn organisation<'r>(register: &'r DemoRegister, name: &str) -> &'r Organisation {
    let found = register.organisations.iter().find(|seed| seed.draft.name() == *name);
    &found.unwrap_or_else(|| panic!("there is no {name}")).draft.body
}

fn names<T: Body>(seeds: &[Seed<T>]) -> Vec<Slug> {
    seeds.iter().map(|seed| seed.draft.name()).collect()
}

fn pledge_facts(register: &DemoRegister, seed: &Seed<Pledge>) -> PledgeFacts {
    let pledge = &seed.draft.body;
    let year = register.signatures.iter().find(|year| year.draft.name() == pledge.signature);
    let year = year.unwrap_or_else(|| panic!("there is no {}", pledge.signature));
    let ends = [seed.ended.as_ref(), year.ended.as_ref()];
    PledgeFacts {
        declared_on: seed.draft.said.on,
        starts_on: year.draft.body.starts_on,
        ends_on: year.draft.body.ends_on,
        confirmed_on: pledge.confirmed_on,
        evidenced_on: pledge.evidenced_on,
        outcomes_on: pledge.outcomes_on(),
        withdrawn_on: ends.into_iter().flatten().map(|ending| ending.on).min(),
    }
}

fn none_missing<T: Ord + Copy + std::fmt::Debug>(all: &[T], seen: &BTreeSet<T>, on: NaiveDate) {
    let missing: Vec<_> = all.iter().filter(|word| !seen.contains(word)).collect();
    assert!(missing.is_empty(), "loaded on {on} there is none that is {missing:?}");
}

#[test]
fn nothing_is_wrong_with_it_on_any_day() {
    let (toolkits, files) = (load(&Files::built_in_toolkits()), Files::built_in_reference());
    let reference = reference::load(&files);
    for on in days() {
        // Statements that ship with a date grow old; that is not the demonstration's fault.
        let faults = check(&toolkits, &reference, on);
        let own: Vec<_> = faults.into_iter().filter(|f| f.file.contains("demo-register")).collect();
        assert_eq!(lines(&own), "", "loaded on {on}");
    }
}

#[test]
fn forty_employers_lie_in_all_towns_sectors_and_sizes() {
    let register = loaded(today());
    let shown = register.organisations.iter().map(|seed| &seed.draft.body);
    let shown: Vec<_> = shown.filter(|body| body.publication == Publication::Published).collect();
    let employers = shown.iter().filter(|body| body.kind == OrganisationKind::Employer).count();
    assert!(employers >= 40, "{employers}");
    let sites = || shown.iter().flat_map(|body| &body.sites);
    let codes: BTreeSet<_> = sites().filter_map(|site| site.postcode.as_deref()).collect();
    for code in
        "OX1 OX2 OX3 OX4 OX5 OX9 OX11 OX12 OX14 OX16 OX18 OX25 OX26 OX28 RG9".split_whitespace()
    {
        assert!(codes.contains(code), "nobody is in {code}");
    }
    let towns: BTreeSet<_> = sites().filter_map(|site| site.town.as_deref()).collect();
    for town in [
        "Oxford",
        "Banbury",
        "Bicester",
        "Abingdon",
        "Didcot",
        "Witney",
        "Carterton",
        "Thame",
        "Henley-on-Thames",
        "Wantage",
        "Grove",
        "Kidlington",
    ] {
        assert!(towns.contains(town), "nobody is in {town}");
    }
    let sectors: BTreeSet<_> = shown.iter().filter_map(|body| body.sector.as_deref()).collect();
    for sector in [
        "health-and-care",
        "hospitality",
        "construction",
        "transport-and-logistics",
        "manufacturing",
        "professional-and-science",
        "retail-and-wholesale",
        "business-services",
        "education",
        "information-and-digital",
        "public-administration",
    ] {
        assert!(sectors.contains(sector), "nobody is in {sector}");
    }
    let bands: BTreeSet<_> = shown.iter().map(|body| body.size_band).collect();
    let wanted = SizeBand::ALL.into_iter().map(Some).chain([None]);
    assert_eq!(bands, wanted.collect());
}

#[test]
fn everything_is_marked_as_invented_and_no_address_is_real() {
    let files = Files::built_in_reference();
    let register = loaded(today());
    for seed in &register.organisations {
        assert!(seed.draft.fictional && seed.draft.body.name.ends_with(" (fictional)"));
        assert!(seed.draft.name().starts_with("demo-"), "{}", seed.draft.name());
    }
    assert!(register.postures.iter().all(|seed| seed.draft.fictional));
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("demo-register")) {
        for (at, _) in text.match_indices('@') {
            let host: String = text[at..].chars().take_while(|c| !"\", ".contains(*c)).collect();
            assert!(host.ends_with(".example"), "{path}: {host}");
        }
        for (at, _) in text.match_indices("://") {
            let host: String = text[at + 3..].chars().take_while(|c| !"/\"".contains(*c)).collect();
            assert!(host.ends_with(".example"), "{path}: {host}");
        }
        let values = text.split("channel = \"phone\", value = \"").skip(1);
        let numbers = values.filter_map(|rest| rest.split('"').next());
        assert!(numbers.into_iter().all(|number| number.starts_with("01632 960")), "{path}");
    }
}

#[test]
fn the_members_of_partnerships_are_organisations_of_the_same_name() {
    let files = Files::built_in_reference();
    let mut reference = reference::load(&files).reference;
    let register = loaded(today());
    let employers = reference::demo(&files, &mut reference).employers;
    assert_eq!(employers.len(), 8);
    for employer in employers {
        let body = organisation(&register, &employer.slug);
        assert_eq!((&body.name, &body.sector), (&employer.name, &employer.sector));
        assert_eq!(body.sites[0].postcode, employer.outcode);
    }
}

#[test]
fn every_state_of_a_pledge_and_a_signature_is_there_on_the_day_of_loading() {
    for on in days() {
        let register = loaded(on);
        let years: BTreeSet<_> = register
            .signatures
            .iter()
            .map(|seed| seed.draft.body.state(seed.ended.as_ref(), on))
            .collect();
        none_missing(SignatureState::ALL, &years, on);
        let facts: Vec<_> =
            register.pledges.iter().map(|seed| pledge_facts(&register, seed)).collect();
        let states: BTreeSet<_> = facts.iter().filter_map(|facts| facts.state(on)).collect();
        none_missing(PledgeState::ALL, &states, on);
        let rungs: BTreeSet<_> =
            facts.iter().filter(|f| f.live(on)).filter_map(|facts| facts.rung(on)).collect();
        none_missing(Rung::ALL, &rungs, on);
        let kinds: BTreeSet<_> =
            register.pledges.iter().map(|seed| seed.draft.body.commitment).collect();
        none_missing(Commitment::ALL, &kinds, on);
    }
}

#[test]
fn every_state_of_an_opening_and_every_freshness_is_there_on_the_day_of_loading() {
    for on in days() {
        let register = loaded(on);
        let states: BTreeSet<_> = register
            .openings
            .iter()
            .map(|seed| seed.draft.body.state(seed.ended.as_ref(), on))
            .collect();
        none_missing(OpeningState::ALL, &states, on);
        let postures: BTreeSet<_> =
            register.postures.iter().map(|seed| record(seed).freshness(on)).collect();
        none_missing(&Freshness::ALL, &postures, on);
        let employers: BTreeSet<_> =
            register.organisations.iter().map(|seed| record(seed).freshness(on)).collect();
        none_missing(&Freshness::ALL, &employers, on);
        let stances: BTreeSet<_> =
            register.postures.iter().map(|seed| seed.draft.body.stance).collect();
        none_missing(Stance::ALL, &stances, on);
    }
}

#[test]
fn the_days_move_with_the_day_of_loading_and_the_names_stay() {
    let (first, later) = (loaded(today()), loaded(day(2028, 2, 29)));
    let moved = day(2028, 2, 29) - today();
    let pairs = first.postures.iter().zip(&later.postures);
    for (before, after) in pairs {
        assert_eq!(after.draft.said.on - before.draft.said.on, moved);
    }
    assert_eq!(names(&first.signatures), names(&later.signatures));
    assert_eq!(names(&first.pledges), names(&later.pledges));
    assert_eq!(names(&first.openings), names(&later.openings));
    assert_eq!(names(&first.events), names(&later.events));
}

#[test]
fn a_second_year_begins_the_day_after_the_first_ends_whenever_it_is_loaded() {
    // Steps of 29 days over four years reach every part of a year and of a leap year.
    for offset in (0..1461).step_by(29) {
        let on = today().checked_add_days(Days::new(offset)).unwrap();
        let register = loaded(on);
        let mut years: BTreeMap<&Slug, Vec<&Signature>> = BTreeMap::new();
        for seed in &register.signatures {
            let body = &seed.draft.body;
            let before = years.entry(&body.organisation).or_default();
            assert!(
                !before.iter().any(|year| year.overlaps(body)),
                "{} on {on}",
                body.organisation
            );
            before.push(body);
        }
        let twice: Vec<_> = years.values().filter(|years| years.len() == 2).collect();
        assert_eq!(twice.len(), 4);
        assert!(twice.iter().all(|years| years[0].ends_on.succ_opt() == Some(years[1].starts_on)));
    }
}

#[test]
fn all_fourteen_actions_are_pledged_by_live_signatures() {
    let register = loaded(today());
    let reference = reference::load(&Files::built_in_reference()).reference;
    let live = register.pledges.iter().filter(|seed| pledge_facts(&register, seed).live(today()));
    let live: BTreeSet<_> = live.filter_map(|seed| seed.draft.body.action.as_deref()).collect();
    let all: BTreeSet<_> = reference.actions.iter().map(|action| action.code.as_str()).collect();
    assert_eq!((live, all.len()), (all, 14));
}

#[test]
fn prose_that_is_hard_to_read_is_a_warning() {
    let heavy = "Organisational considerations necessitate comprehensive documentation ".repeat(20);
    let mut files = good_reference();
    for (path, text) in &mut files {
        if path == "demo-register.toml" {
            *text = text.replace("We grow moths.", &heavy);
        }
    }
    let faults = lines(&all_faults(good_toolkits(), files));
    assert!(faults.starts_with("demo-register.toml:1: warning: reading age"), "{faults}");
}

#[test]
fn another_folder_has_its_own_register_in_any_number_of_files_or_none() {
    let own = |files: Vec<(String, String)>| demo_register(&files.into_iter().collect(), today());
    let (register, faults) = own(good_reference());
    assert_eq!(lines(&faults), "");
    let moth = &register.organisations[0];
    assert_eq!(moth.draft.body.sites[0].postcode.as_deref(), Some("OX16"));
    assert_eq!(moth.draft.said.until, Some(day(2027, 11, 23)));
    assert_eq!(register.signatures[1].draft.body.starts_on, day(2027, 11, 13));
    assert_eq!(register.postures[0].draft.said.on, day(2026, 9, 23));
    let ends_at = register.events[0].draft.body.ends_at.unwrap();
    assert_eq!(ends_at.to_string(), "2026-11-27 02:00:00");

    let mut parted = good_reference();
    let whole = parted.iter().position(|(path, _)| path == "demo-register.toml").unwrap();
    let (_, text) = parted.swap_remove(whole);
    let (first, second) = text.split_once("[[signatures]]").unwrap();
    // The years stand in a file that comes before the one with their organisation.
    parted
        .push(("demo-register-a.toml".into(), format!("fictional = true\n[[signatures]]{second}")));
    parted.push(("demo-register-b.toml".into(), first.to_owned()));
    let (same, faults) = own(parted.clone());
    assert_eq!(lines(&faults), "");
    assert_eq!(names(&same.pledges), names(&register.pledges));
    assert_eq!(lines(&all_faults(good_toolkits(), parted.clone())), "");

    parted.retain(|(path, _)| !path.starts_with("demo-register"));
    let (none, faults) = own(parted);
    assert!(none.organisations.is_empty() && faults.is_empty());
}
