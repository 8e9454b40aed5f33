//! The columns that brokers are answered from follow the register: on random registers,
//! written step by step, they answer what every employer read from the store answers.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use pathways::{
    app::{Snapshot, need::candidates},
    domain::{
        matching::need::{Asked, Candidate},
        register::{
            Body, Draft, Ending, Opening, Organisation, Pledge, Posture, Publication, Signature,
            Site, Statement, Voice,
        },
        slug::Slug,
    },
    store::{
        StoreError,
        records::{self, Topic},
    },
};

use super::world::{World, author, bakery, day, pledge, slug, year};
use crate::{
    employers::{Country, looked_for},
    fictional::Dice,
    need::oracle::compare,
    shown,
    support::TestStore,
};

on_both_databases!(
    on_random_registers_the_columns_answer_what_the_store_answers,
    a_start_with_a_file_of_columns_catches_up_and_one_without_builds_them,
);

const OUTCODES: [Option<&str>; 6] =
    [Some("OX16 5QA"), Some("OX26"), Some("OX1"), Some("OX14"), Some("OX28"), None];

/// Writes a record over what there is of that name.
fn put<T: Topic + Body>(world: &World, name: &str, said: Statement, body: T) {
    let draft = Draft { slug: Some(slug(name)), said, fictional: true, body };
    let by = (&author(), shown::noon());
    let written =
        world.t.store.write_blocking(|conn| match records::find::<T>(conn, &slug(name)) {
            Ok(_) => records::replace(conn, &slug(name), None, &draft, by),
            Err(_) => records::create(conn, &draft, by.0, by.1),
        });
    // What has ended stays so, and what was merged into another is no longer written.
    let refused = matches!(written, Err(StoreError::Ended | StoreError::Conflict(_)));
    assert!(written.is_ok() || refused, "{name}: {written:?}");
}

fn end<T: Topic>(world: &World, name: &str, on: NaiveDate) {
    let ending = Ending { on, reason: None };
    // It may have ended already.
    let _ = world.t.store.write_blocking(|conn| {
        records::end::<T>(conn, &slug(name), None, ending, (&author(), shown::noon()))
    });
}

fn confirm<T: Topic>(world: &World, name: &str, on: NaiveDate) {
    let _ = world.t.store.write_blocking(|conn| {
        records::confirm::<T>(conn, &slug(name), None, on, (&author(), shown::noon()))
    });
}

fn said(on: NaiveDate, until: Option<NaiveDate>, voice: Voice) -> Statement {
    Statement { voice, by: None, on, until: until.map(|last| last.max(on)), source: None }
}

/// Writes one employer as a made-up candidate has it.
fn write(world: &World, made: &Candidate, dice: &mut Dice) {
    let name = made.slug.as_str();
    let publication = match dice.below(12) {
        0 => Publication::Draft,
        1 => Publication::Withdrawn,
        _ => Publication::Published,
    };
    // Always the same sites: openings name them.
    let sites = (0..3).map(|nth| Site {
        label: format!("Site {nth}"),
        address: None,
        postcode: dice.one(&OUTCODES).map(str::to_owned),
        town: None,
        district: None,
        transport_note: None,
    });
    let body = Organisation {
        name: made.name.clone(),
        publication,
        do_not_contact: made.do_not_contact,
        sector: made.sector.clone(),
        description: Some("Bakes early in a kitchen, serves evening guests.".to_owned()),
        sites: sites.collect(),
        identifiers: Vec::new(),
        ..bakery()
    };
    put(world, name, said(day("2026-09-01"), None, Voice::Partnership), body);
    for told in &made.postures {
        let at = format!("{name}-{}", told.body.cohort);
        let mut body = told.body.clone();
        sort_once(&mut body.offers);
        if let Some(said) = &mut body.offences {
            sort_once(&mut said.groups);
        }
        put::<Posture>(world, &at, said(told.on, told.to, told.voice), body);
    }
    for opening in &made.openings {
        let told = &opening.told;
        let mut body = told.body.clone();
        sort_once(&mut body.patterns);
        sort_once(&mut body.cohorts);
        put::<Opening>(world, told.slug.as_str(), said(told.on, told.to, told.voice), body);
    }
}

/// The store takes each word of a list once.
fn sort_once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// Something happens to what an employer said.
fn happen(world: &World, name: &str, dice: &mut Dice) {
    let on = shown::day() - Days::new(dice.below(60) as u64);
    match dice.below(7) {
        0 => end::<Posture>(world, &format!("{name}-refugees"), on),
        1 => confirm::<Posture>(world, &format!("{name}-prison-leavers"), on),
        2 => end::<Opening>(world, &format!("{name}-o0"), on),
        3 => confirm::<Opening>(world, &format!("{name}-o1"), on),
        4 => end::<Organisation>(world, name, shown::day() + Days::new(dice.below(9) as u64)),
        5 => end::<Pledge>(world, &format!("{name}-pledge"), on),
        _ => {
            let own = || slug(name);
            let signature = slug(&format!("{name}-year"));
            let body = Signature { organisation: own(), ..year() };
            let by = said(day("2026-03-01"), None, Voice::Organisation);
            put(world, signature.as_str(), by.clone(), body);
            let action = [Some("E2".to_owned()), Some("E6".to_owned()), None];
            let action = action[dice.below(3)].clone();
            let body = Pledge { organisation: own(), signature, action, ..pledge() };
            put(world, &format!("{name}-pledge"), by, body);
        }
    }
}

/// Compares what a snapshot answers with what the store has, on several days.
fn check(world: &World, shown: &Snapshot, (country, dice): (&Country, &mut Dice)) {
    let all = world.t.store.read_blocking(|conn| candidates::all(conn, &shown.catalogue()));
    let all = all.unwrap();
    assert_eq!(all.len(), shown.employers.len());
    let policy = &shown.policy().need;
    for later in [0, 1, 95, 400] {
        for _ in 0..6 {
            let mut need = country.need(dice);
            need.place = dice.one(&OUTCODES).and_then(|code| shown.gazetteer().find(code));
            let on = shown::day() + Days::new(later);
            let asked = Asked::new(&need, looked_for(dice), policy, on);
            compare(&asked, (&all, &shown.employers));
        }
    }
    let by_name: BTreeSet<Slug> = all.iter().map(|one| one.slug.clone()).collect();
    let mut columns: Vec<Candidate> = shown.employers.candidates().collect();
    columns.sort_by(|a, b| a.slug.cmp(&b.slug));
    assert_eq!(columns, all);
    assert_eq!(by_name.len(), all.len());
}

async fn on_random_registers_the_columns_answer_what_the_store_answers(t: TestStore) {
    let world = World::empty(t);
    let (mut index, mut shown) = world.open(None, shown::day());
    let country = Country::crowded(8, shown::day());
    let dice = &mut Dice::new(21);
    for round in 0..12 {
        for _ in 0..8 {
            let number = dice.below(24) as u64;
            let other = Country::crowded(dice.below(90) as u64, shown::day());
            let mut made = other.employer(number);
            rename(&mut made, &country.employer(number).slug);
            write(&world, &made, dice);
            happen(&world, made.slug.as_str(), dice);
        }
        if round == 7 {
            merge(&world, "org-0000001", "org-0000002");
        }
        shown = world.follow(&mut index, shown, shown::day());
        check(&world, &shown, (&country, dice));
    }
    let again = world.open(None, shown::day()).1;
    check(&world, &again, (&country, dice));
}

fn rename(made: &mut Candidate, name: &Slug) {
    made.slug = name.clone();
    for told in &mut made.postures {
        told.body.organisation = name.clone();
    }
    for (nth, opening) in made.openings.iter_mut().enumerate() {
        opening.told.slug = slug(&format!("{name}-o{nth}"));
        opening.told.body.organisation = name.clone();
    }
}

fn merge(world: &World, from: &str, into: &str) {
    // Refused where years overlap or one is not there; then nothing is different.
    let _ = world.t.store.write_blocking(|conn| {
        records::merge(conn, (&slug(from), None), &slug(into), (&author(), shown::noon()))
    });
}

async fn a_start_with_a_file_of_columns_catches_up_and_one_without_builds_them(t: TestStore) {
    let world = World::whole(t);
    let folder = tempfile::tempdir().unwrap();
    let country = Country::crowded(8, shown::day());
    let dice = &mut Dice::new(5);
    let (mut index, shown) = world.open(Some(folder.path()), shown::day());
    check(&world, &shown, (&country, dice));
    index.keep();
    drop(index);
    world.replace("brook-bakery", Organisation { do_not_contact: true, ..bakery() });
    let (mut index, shown) = world.open(Some(folder.path()), shown::day());
    assert!(shown.employers.candidates().all(|one| one.do_not_contact), "it caught up");
    check(&world, &shown, (&country, dice));
    index.keep();
    drop(index);
    for damage in ["gone", "cut", "other"] {
        let file = folder.path().join("brokers.columns");
        let whole = std::fs::read(&file).unwrap();
        match damage {
            "gone" => std::fs::remove_file(&file).unwrap(),
            "cut" => std::fs::write(&file, &whole[..whole.len() / 2]).unwrap(),
            _ => std::fs::write(&file, b"something else").unwrap(),
        }
        let (mut index, shown) = world.open(Some(folder.path()), shown::day());
        check(&world, &shown, (&country, dice));
        index.keep();
        assert_eq!(std::fs::read(&file).unwrap(), whole, "{damage}: it was written anew");
    }
}
