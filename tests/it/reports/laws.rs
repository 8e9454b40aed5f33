//! Laws of the figures, on random registers.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use pathways::domain::{
    freshness::Freshness,
    register::{
        Commitment, Ending, English, Organisation, OrganisationKind, Pledge, PledgeFacts, Posture,
        Publication, Record, Signature, Site, Stance, Statement, Voice, last_day_of_year_from,
    },
    reports::{Asked, Ground, Records, Report, table},
    slug::Slug,
    table::{Cell, Table},
};
use proptest::prelude::*;

use crate::shown;

const ORGANISATIONS: usize = 6;
const COHORTS: [&str; 3] = ["refugees", "prison-leavers", "age-friendly"];
const DISTRICTS: [&str; 3] = ["Cherwell", "Oxford", "West Oxfordshire"];
const ACTIONS: [&str; 4] = ["E1", "E2", "B1", "no-such"];

fn day(offset: i64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    first.checked_add_days(Days::new(u64::try_from(offset).unwrap())).unwrap()
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn record<T>(name: &str, said: i64, body: T) -> Record<T> {
    Record {
        slug: slug(name),
        version: 1,
        said: Statement {
            voice: Voice::Organisation,
            by: None,
            on: day(said),
            until: None,
            source: None,
        },
        confirmed_on: None,
        ended: None,
        fictional: true,
        recorded_at: day(said).and_hms_opt(9, 0, 0).unwrap(),
        doubted_on: None,
        body,
    }
}

fn organisation(nth: usize, (districts, anchor): (&[usize], Option<bool>)) -> Record<Organisation> {
    let site = |(at, district): (usize, &usize)| Site {
        label: format!("Site {at}"),
        address: None,
        postcode: None,
        town: None,
        district: Some(DISTRICTS[*district].to_owned()),
        transport_note: None,
    };
    let body = Organisation {
        name: format!("Organisation {nth}"),
        aliases: Vec::new(),
        kind: OrganisationKind::Employer,
        sector: None,
        sic: Vec::new(),
        size_band: None,
        anchor,
        description: None,
        website: None,
        publication: Publication::Published,
        do_not_contact: false,
        identifiers: Vec::new(),
        sites: districts.iter().enumerate().map(site).collect(),
        contacts: Vec::new(),
        recognitions: Vec::new(),
    };
    record(&format!("o{nth}"), 0, body)
}

fn signature(owner: usize, start: i64, ended: Option<i64>) -> Record<Signature> {
    let starts_on = day(start);
    let body = Signature {
        organisation: slug(&format!("o{owner}")),
        charter: slug("charter"),
        charter_version: "1".to_owned(),
        starts_on,
        ends_on: last_day_of_year_from(starts_on),
        agreed_on: None,
        signed_on: (start % 3 != 0).then_some(starts_on),
        published_on: None,
        approval_route: None,
    };
    let mut made = record(&format!("s-{owner}-{start}"), start, body);
    made.ended = ended.map(|after| Ending { on: day(start + after), reason: None });
    made
}

fn pledge(nth: usize, year: &Record<Signature>, (action, said): (usize, i64)) -> Record<Pledge> {
    let body = Pledge {
        signature: year.slug.clone(),
        organisation: year.body.organisation.clone(),
        action: ACTIONS.get(action).map(|code| (*code).to_owned()),
        stance: slug("employer"),
        commitment: Commitment::Start,
        text: "Something".to_owned(),
        target: None,
        baseline: None,
        unit: None,
        owner_role: None,
        confirmed_on: nth.is_multiple_of(2).then(|| day(said + 5)),
        evidenced_on: None,
        evidence_url: None,
        updates: Vec::new(),
    };
    record(&format!("p{nth}"), said, body)
}

fn posture(
    nth: usize,
    owner: usize,
    (cohort, stance, said): (usize, usize, i64),
) -> Record<Posture> {
    let body = Posture {
        organisation: slug(&format!("o{owner}")),
        cohort: slug(COHORTS[cohort]),
        stance: Stance::ALL[stance % Stance::ALL.len()],
        conditions: None,
        public: true,
        offers: Vec::new(),
        english: English::default(),
        day_release: None,
        review_by: None,
        offences: None,
        disclosure: None,
        broker_note: None,
    };
    record(&format!("t{nth}"), said, body)
}

prop_compose! {
    fn registers()(
        places in prop::collection::vec((prop::collection::vec(0..3usize, 0..3), prop::option::of(any::<bool>())), ORGANISATIONS),
        ended in prop::option::of(0..900i64),
        years in prop::collection::vec((0..ORGANISATIONS, 0..700i64, prop::option::of(0..500i64)), 0..14),
        pledges in prop::collection::vec((any::<prop::sample::Index>(), 0..6usize, 0..800i64), 0..20),
        postures in prop::collection::vec((0..ORGANISATIONS, 0..3usize, 0..8usize, 0..800i64), 0..20),
    ) -> Records {
        let mut found = Records::default();
        for (nth, (districts, anchor)) in places.iter().enumerate() {
            found.organisations.push(organisation(nth, (districts, *anchor)));
        }
        found.organisations[0].ended = ended.map(|on| Ending { on: day(on), reason: None });
        for (owner, start, ended) in years {
            let new = signature(owner, start, ended);
            // The store admits no two years of one organisation that share a day.
            if found.signatures.iter().all(|old| !old.body.overlaps(&new.body)) {
                found.signatures.push(new);
            }
        }
        if !found.signatures.is_empty() {
            for (nth, (year, action, said)) in pledges.iter().enumerate() {
                let year = year.get(&found.signatures).clone();
                found.pledges.push(pledge(nth, &year, (*action, *said)));
            }
        }
        for (nth, (owner, cohort, stance, said)) in postures.into_iter().enumerate() {
            found.postures.push(posture(nth, owner, (cohort, stance, said)));
        }
        found
    }
}

fn made(records: &Records, report: Report, on: i64) -> Table {
    let snapshot = shown::state().snapshot();
    let ground = Ground {
        records,
        vocabulary: snapshot.vocabulary(),
        reference: &snapshot.reference,
        gazetteer: snapshot.gazetteer(),
        coverage: &snapshot.policy().coverage,
    };
    let asked = Asked { report, as_of: day(on), from: None, to: None, partnership: None };
    let table = table(ground, &asked);
    assert!(table.is_even(), "{table:?}");
    let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names.len(), table.columns.len(), "each column has a name of its own");
    assert!(table.columns.iter().all(|column| column.definition.ends_with('.')), "{table:?}");
    table
}

fn numbers(table: &Table, column: &str) -> Vec<i64> {
    let place = table.place(column).unwrap();
    let number = |row: &Vec<Cell>| match row[place] {
        Cell::Number(number) => i64::try_from(number).unwrap(),
        ref other => panic!("{other:?}"),
    };
    table.rows.iter().map(number).collect()
}

fn words(table: &Table, column: &str) -> Vec<String> {
    let place = table.place(column).unwrap();
    let word = |row: &Vec<Cell>| match &row[place] {
        Cell::Text(words) => words.clone(),
        other => panic!("{other:?}"),
    };
    table.rows.iter().map(word).collect()
}

fn facts(records: &Records) -> Vec<PledgeFacts> {
    let year = |pledge: &Record<Pledge>| {
        records.signatures.iter().find(|one| one.slug == pledge.body.signature).unwrap()
    };
    records.pledges.iter().map(|pledge| PledgeFacts::of(pledge, year(pledge))).collect()
}

/// The same records, each kind the other way round.
fn turned(records: &Records) -> Records {
    let mut turned = records.clone();
    turned.organisations.reverse();
    turned.signatures.reverse();
    turned.pledges.reverse();
    turned.postures.reverse();
    turned
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_pledge_is_counted_once(records in registers(), on in 0..1100i64) {
        let told = facts(&records);
        let declared = told.iter().filter(|facts| facts.state(day(on)).is_some()).count();
        let table = made(&records, Report::Pledges, on);
        prop_assert_eq!(table.sum("pledges"), declared as u64);
        prop_assert_eq!(table.total.as_ref().unwrap().last(), Some(&Cell::count(declared)));
        for missing in &table.missing {
            prop_assert_eq!(missing.of, declared);
        }
        let live = told.iter().filter(|facts| facts.live(day(on))).count();
        let themes = made(&records, Report::PledgesByTheme, on);
        prop_assert_eq!(themes.sum("total"), live as u64);
        for row in &themes.rows {
            let cells: Vec<u64> = row.iter().skip(1).map(|cell| match cell {
                Cell::Number(number) => *number,
                other => panic!("{other:?}"),
            }).collect();
            let (total, districts) = cells.split_last().unwrap();
            prop_assert_eq!(districts.iter().sum::<u64>(), *total);
        }
    }

    #[test]
    fn the_stances_towards_a_group_add_up_to_all_organisations(records in registers(), on in 0..1100i64) {
        let table = made(&records, Report::Cohorts, on);
        let ended = records.organisations[0].ended.as_ref();
        let standing = ORGANISATIONS - usize::from(ended.is_some_and(|ending| ending.on <= day(on)));
        let counts = numbers(&table, "organisations");
        let (cohorts, parts) = (words(&table, "cohort"), ["fresh", "within_a_year", "stale", "never_confirmed"]);
        let parts: Vec<Vec<i64>> = parts.iter().map(|part| numbers(&table, part)).collect();
        for cohort in cohorts.iter().collect::<BTreeSet<_>>() {
            let of = counts.iter().zip(&cohorts).filter(|(_, one)| *one == cohort);
            prop_assert_eq!(of.map(|(count, _)| count).sum::<i64>(), i64::try_from(standing).unwrap(), "{}", cohort);
        }
        for (nth, count) in counts.iter().enumerate() {
            prop_assert_eq!(parts.iter().map(|part| part[nth]).sum::<i64>(), *count);
        }
        // Each fresh one is an organisation that stood by what it says in the last 90 days.
        let fresh: BTreeSet<_> = records.postures.iter()
            .filter(|one| one.counts_on(day(on)) && one.freshness(day(on)) == Freshness::NinetyDays)
            .map(|one| (&one.body.organisation, &one.body.cohort)).collect();
        prop_assert!(table.sum("fresh") <= fresh.len() as u64);
    }

    #[test]
    fn what_is_in_force_is_what_was_and_began_less_what_stopped(records in registers(), on in 0..1100i64) {
        let table = made(&records, Report::Signatories, on);
        let of = |column| numbers(&table, column);
        let (began, ran_out, withdrawn) = (of("began"), of("ran_out"), of("withdrawn"));
        let mut before = 0;
        for (nth, now) in of("in_force").into_iter().enumerate() {
            prop_assert_eq!(now, before + began[nth] - ran_out[nth] - withdrawn[nth], "{:?}", table.rows[nth]);
            prop_assert!(of("renewed")[nth] <= began[nth] && of("lapsed")[nth] <= ran_out[nth]);
            prop_assert!(of("due")[nth] <= now);
            before = now;
        }
        let today = records.signatures.iter().filter(|one| {
            let state = one.body.state(one.ended.as_ref(), day(on)).as_str();
            matches!(state, "live" | "due-for-renewal")
        });
        prop_assert_eq!(before, i64::try_from(today.count()).unwrap());
        if let Some((_, last)) = table.period {
            prop_assert_eq!(last, day(on));
        }
    }

    #[test]
    fn the_order_of_records_does_not_matter(records in registers(), on in 0..1100i64) {
        for report in Report::ALL {
            prop_assert_eq!(made(&records, *report, on), made(&turned(&records), *report, on));
        }
    }

    #[test]
    fn an_anchors_cell_is_filled_if_and_only_if_a_pledge_of_it_counts(records in registers(), on in 0..1100i64) {
        let table = made(&records, Report::Anchors, on);
        let live: BTreeSet<(String, String)> = records.pledges.iter().zip(facts(&records))
            .filter(|(_, facts)| facts.live(day(on)))
            .filter_map(|(one, _)| Some((one.body.organisation.to_string(), one.body.action.clone()?)))
            .collect();
        let anchors: Vec<String> = table.columns.iter().skip(3).map(|one| one.name.clone()).collect();
        for row in table.rows.iter().take(table.rows.len() - 1) {
            let Cell::Text(code) = &row[0] else { panic!("{row:?}") };
            for (anchor, cell) in anchors.iter().zip(row.iter().skip(3)) {
                let pledged = live.contains(&(anchor.clone(), code.clone()));
                prop_assert_eq!(*cell != Cell::Blank, pledged, "{} {}", anchor, code);
            }
        }
    }
}
