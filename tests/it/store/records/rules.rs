//! The rules that are in the database or checked beside it, alike on both.

use pathways::domain::register::{Opening, Organisation, Pledge, Posture, Signature};
use pathways::domain::slug::Slug;
use pathways::store::records::Outcome;
use pathways::store::{Store, StoreError};

use super::doing::{
    create, day, draft, end, find, full, ground, made, names_what_is_missing, position, replace,
};
use super::fixture::{
    case_study, event, identifier, introduction, opening, organisation, pledge, posture,
    recognition, rich_opening, rich_organisation, rich_posture, signature, site,
};
use crate::store::fixture::slug;
use crate::support::{TestStore, run_sql};

on_both_databases!(
    what_names_something_that_is_not_there_is_refused_and_says_so,
    what_is_refused_leaves_nothing_behind,
    a_name_or_a_number_is_taken_once,
    a_number_moves_when_its_holder_lets_it_go,
    a_site_stays_while_an_opening_is_there,
    a_pledge_belongs_to_the_organisation_of_its_year,
    a_year_that_was_withdrawn_takes_no_more_pledges,
    a_year_shares_no_day_with_another,
    what_has_ended_stays_so_or_is_said_anew,
    a_record_stays_with_its_organisation,
    nobody_is_introduced_to_itself,
    what_breaks_a_rule_is_refused_by_both_databases,
);

fn ends_with_owner(store: &Store) -> (Slug, Slug) {
    let owner = made(store, organisation("Owner (fictional)"));
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    (owner, year)
}

async fn what_names_something_that_is_not_there_is_refused_and_says_so(t: TestStore) {
    let store = ground(&t);
    let (owner, year) = ends_with_owner(store);
    let nobody = slug("nobody");
    let refused = |result: Result<_, StoreError>, named| names_what_is_missing(result, named);
    let no_owner = "organisation nobody";
    refused(create(store, &draft(signature(&nobody, day(2027, 1, 24)))), no_owner);
    refused(create(store, &draft(pledge(&nobody, &year, "x"))), no_owner);
    refused(create(store, &draft(posture(&nobody, "refugees"))), no_owner);
    refused(create(store, &draft(opening(&nobody, "Baker"))), no_owner);
    refused(create(store, &draft(introduction(&nobody, "K1"))), no_owner);
    let mut held = event("Seminar");
    held.organisation = Some(nobody.clone());
    refused(create(store, &draft(held)), no_owner);
    let mut study = case_study("Story");
    study.organisation = Some(nobody.clone());
    refused(create(store, &draft(study.clone())), no_owner);
    study.organisation = None;
    study.action = Some("E99".to_owned());
    refused(create(store, &draft(study)), "action E99");
    let mut other = introduction(&owner, "K1");
    other.other = Some(nobody.clone());
    refused(create(store, &draft(other.clone())), no_owner);
    other.other = None;
    other.partnership = Some(slug("knitting"));
    refused(create(store, &draft(other)), "partnership knitting");
    let mut year_of = signature(&owner, day(2028, 1, 24));
    year_of.charter = slug("magna-carta");
    refused(create(store, &draft(year_of)), "charter magna-carta");
    refused(create(store, &draft(pledge(&owner, &nobody, "x"))), "signature nobody");
    let mut promise = pledge(&owner, &year, "x");
    promise.action = Some("e10".to_owned());
    refused(create(store, &draft(promise)), "action e10");
    let mut at = opening(&owner, "Baker");
    at.site = Some("Moon".to_owned());
    refused(create(store, &draft(at)), "site \"Moon\" of owner-fictional");
    let mut body = organisation("Holder (fictional)");
    body.recognitions = vec![recognition("wasp", None)];
    refused(create(store, &draft(body.clone())), "scheme wasp");
    body.recognitions = vec![recognition("bee", None), recognition("bee", Some("platinum"))];
    refused(create(store, &draft(body.clone())), "level platinum of bee");
    let kept = replace(store, &owner, None, &draft(Organisation { name: "Owner".into(), ..body }));
    refused(kept, "level platinum of bee");
    made(store, organisation("More than there are connections (fictional)"));
}

async fn what_is_refused_leaves_nothing_behind(t: TestStore) {
    let store = ground(&t);
    let before = position(store);
    let mut body = rich_organisation();
    body.recognitions.push(recognition("bee", Some("platinum")));
    // More often than there are connections: none is left in a transaction.
    for _ in 0..6 {
        create(store, &full(body.clone())).unwrap_err();
    }
    assert_eq!(position(store), before);
    body.recognitions.pop();
    // Whatever it had is free: its name, its numbers.
    assert_eq!(create(store, &full(body)).unwrap().change, before + 1);
}

async fn a_name_or_a_number_is_taken_once(t: TestStore) {
    let store = ground(&t);
    let name = made(store, organisation("Brook (fictional)"));
    let again = create(store, &draft(organisation("brook FICTIONAL"))).unwrap_err();
    assert!(matches!(again, StoreError::Duplicate(_)), "{again:?}");
    assert!(again.to_string().contains("organisation brook-fictional"), "{again}");
    let mut body = find::<Organisation>(store, &name).body;
    body.identifiers = vec![identifier("GB-COH", "01234567")];
    replace(store, &name, None, &draft(body)).unwrap();
    let mut body = organisation("Other (fictional)");
    body.identifiers = vec![identifier("GB-CHC", "01234567"), identifier("GB-COH", "01234567")];
    let taken = create(store, &draft(body.clone())).unwrap_err();
    assert!(matches!(taken, StoreError::Duplicate(_)), "{taken:?}");
    let told = taken.to_string();
    assert!(told.contains("GB-COH 01234567") && told.contains("brook-fictional"), "{told}");
    body.identifiers.pop();
    let other = made(store, body.clone());
    body.identifiers.push(identifier("GB-COH", "01234567"));
    let taken = replace(store, &other, None, &draft(body)).unwrap_err();
    assert!(matches!(taken, StoreError::Duplicate(_)), "{taken:?}");
    // The same name is free for another kind, and the same year is a duplicate, no conflict.
    let year = create(store, &full(signature(&other, day(2026, 1, 24)))).unwrap().slug;
    let same = create(store, &full(signature(&other, day(2026, 1, 24)))).unwrap_err();
    assert!(matches!(same, StoreError::Duplicate(_)), "{same:?}");
    let promise = create(store, &full(pledge(&other, &year, "x"))).unwrap();
    assert_eq!(promise.slug, year);
    made(store, posture(&other, "refugees"));
    let mut twice = draft(posture(&other, "refugees"));
    twice.slug = Some(slug("another-name"));
    let twice = create(store, &twice).unwrap_err();
    assert!(matches!(twice, StoreError::Duplicate(_)), "one posture for each group: {twice:?}");
}

async fn a_number_moves_when_its_holder_lets_it_go(t: TestStore) {
    let store = ground(&t);
    let mut body = organisation("First (fictional)");
    body.identifiers = vec![identifier("GB-COH", "7"), identifier("GB-COH", "8")];
    let first = made(store, body.clone());
    body.identifiers.reverse();
    assert_eq!(replace(store, &first, None, &draft(body.clone())).unwrap().version, 2);
    body.identifiers.pop();
    replace(store, &first, None, &draft(body)).unwrap();
    let mut body = organisation("Second (fictional)");
    body.identifiers = vec![identifier("GB-COH", "7")];
    made(store, body);
}

async fn a_site_stays_while_an_opening_is_there(t: TestStore) {
    let store = ground(&t);
    let owner = create(store, &full(rich_organisation())).unwrap().slug;
    let at = create(store, &full(rich_opening(&owner))).unwrap().slug;
    let mut moved = rich_organisation();
    moved.sites = vec![site("Bakehouse", "Banbury", "OX16 5XX")];
    names_what_is_missing(replace(store, &owner, None, &full(moved.clone())), "a-name-of-its-own");
    moved.sites.push(site("Bakery", "Bicester", "OX26"));
    replace(store, &owner, None, &full(moved.clone())).unwrap();
    moved.sites.pop();
    let mut elsewhere = rich_opening(&owner);
    elsewhere.site = Some("Bakehouse".to_owned());
    replace(store, &at, None, &full(elsewhere)).unwrap();
    replace(store, &owner, None, &full(moved)).unwrap();
    assert_eq!(find::<Opening>(store, &at).body.site.as_deref(), Some("Bakehouse"));
}

async fn a_pledge_belongs_to_the_organisation_of_its_year(t: TestStore) {
    let store = ground(&t);
    let (owner, year) = ends_with_owner(store);
    let other = made(store, organisation("Other (fictional)"));
    names_what_is_missing(
        create(store, &draft(pledge(&other, &year, "x"))),
        "another organisation",
    );
    let own = made(store, pledge(&owner, &year, "x"));
    let theirs = made(store, signature(&other, day(2026, 1, 24)));
    let moved = replace(store, &own, None, &draft(pledge(&owner, &theirs, "x")));
    names_what_is_missing(moved, "another organisation");
}

async fn a_year_that_was_withdrawn_takes_no_more_pledges(t: TestStore) {
    let store = ground(&t);
    let (owner, year) = ends_with_owner(store);
    let next = made(store, signature(&owner, day(2027, 1, 24)));
    let own = made(store, pledge(&owner, &year, "x"));
    let moving = made(store, pledge(&owner, &next, "y"));
    end::<Signature>(store, &year, day(2026, 11, 1)).unwrap();
    let late = create(store, &draft(pledge(&owner, &year, "z"))).unwrap_err();
    assert!(matches!(late, StoreError::Conflict(_)), "{late:?}");
    let moved = replace(store, &moving, None, &draft(pledge(&owner, &year, "y"))).unwrap_err();
    assert!(matches!(moved, StoreError::Conflict(_)), "{moved:?}");
    let mut told = pledge(&owner, &year, "x");
    told.confirmed_on = Some(day(2026, 10, 1));
    let reported = replace(store, &own, None, &draft(told)).unwrap();
    assert_eq!(reported.outcome, Outcome::Changed, "what is in it can still be reported on");
}

async fn a_year_shares_no_day_with_another(t: TestStore) {
    let store = ground(&t);
    let (owner, year) = ends_with_owner(store);
    let other = made(store, organisation("Other (fictional)"));
    let shared = |result: Result<_, StoreError>| {
        assert!(matches!(result, Err(StoreError::Conflict(_))), "{result:?}");
    };
    shared(create(store, &draft(signature(&owner, day(2027, 1, 23)))));
    shared(create(store, &draft(signature(&owner, day(2025, 1, 25)))));
    let next = made(store, signature(&owner, day(2027, 1, 24)));
    made(store, signature(&owner, day(2025, 1, 24)));
    made(store, signature(&other, day(2026, 6, 1)));
    // A year may be corrected where it is, but not into its neighbour.
    let mut longer = signature(&owner, day(2027, 1, 24));
    longer.ends_on = day(2028, 6, 30);
    replace(store, &next, None, &draft(longer.clone())).unwrap();
    longer.starts_on = day(2027, 1, 23);
    shared(replace(store, &next, None, &draft(longer)));
    // One that was taken back leaves its days to another.
    end::<Signature>(store, &year, day(2026, 5, 1)).unwrap();
    let mut shorter = signature(&owner, day(2026, 1, 25));
    shorter.ends_on = day(2027, 1, 23);
    made(store, shorter);
}

async fn what_has_ended_stays_so_or_is_said_anew(t: TestStore) {
    let store = ground(&t);
    let (owner, year) = ends_with_owner(store);
    let promise = made(store, pledge(&owner, &year, "x"));
    let stance = made(store, posture(&owner, "refugees"));
    end::<Pledge>(store, &promise, day(2026, 6, 1)).unwrap();
    end::<Posture>(store, &stance, day(2026, 6, 1)).unwrap();
    let ended = |result: Result<_, StoreError>| {
        assert!(matches!(result, Err(StoreError::Ended)), "{result:?}");
    };
    ended(replace(store, &promise, None, &draft(pledge(&owner, &year, "y"))));
    ended(end::<Pledge>(store, &promise, day(2026, 7, 1)));
    ended(super::doing::confirm::<Pledge>(store, &promise, day(2026, 7, 1)));
    ended(super::doing::confirm::<Posture>(store, &stance, day(2026, 7, 1)));
    let mut anew = draft(posture(&owner, "refugees"));
    anew.said.on = day(2026, 9, 1);
    assert_eq!(replace(store, &stance, Some(2), &anew).unwrap().version, 3);
    let revived = find::<Posture>(store, &stance);
    assert_eq!((revived.ended, revived.said.on), (None, day(2026, 9, 1)));
    assert_eq!(find::<Pledge>(store, &promise).ended.unwrap().on, day(2026, 6, 1));
}

async fn a_record_stays_with_its_organisation(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let other = made(store, organisation("Other (fictional)"));
    let stance = made(store, rich_posture(&owner));
    let moved = replace(store, &stance, None, &draft(rich_posture(&other))).unwrap_err();
    assert!(matches!(moved, StoreError::Conflict(_)), "{moved:?}");
}

async fn nobody_is_introduced_to_itself(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let mut own = introduction(&owner, "K1");
    own.other = Some(owner);
    let refused = create(store, &draft(own)).unwrap_err();
    assert!(matches!(refused, StoreError::Conflict(_)), "{refused:?}");
}

/// Statements that break a rule of one row.
const BROKEN: [&str; 41] = [
    "UPDATE entry SET until = '2020-01-01'",
    "UPDATE entry SET kind = 'comet'",
    "UPDATE entry SET voice = 'hearsay'",
    "UPDATE entry SET version = 0",
    "UPDATE entry SET slug = ''",
    "UPDATE entry SET end_reason = 'why' WHERE ended_on IS NULL",
    "UPDATE entry_value SET list = 'wish'",
    "UPDATE entry_value SET value = ''",
    "UPDATE entry_version SET body = ''",
    "UPDATE organisation SET kind = 'club'",
    "UPDATE organisation SET size_band = 'huge'",
    "UPDATE organisation SET publication = 'secret'",
    "UPDATE organisation SET merged_into = id",
    "UPDATE organisation_contact SET channel = 'pigeon'",
    "UPDATE organisation_contact SET audience = 'friends'",
    "UPDATE organisation_contact SET expires_after_days = 0",
    "UPDATE organisation_site SET postcode = 'ox16'",
    "UPDATE organisation_recognition SET expires_on = '2001-01-01'",
    "UPDATE organisation_recognition SET check_result = 'perhaps'",
    "UPDATE signature SET ends_on = '2020-01-01'",
    "UPDATE pledge SET commitment = 'dream'",
    "UPDATE pledge_update SET progress = 'flying'",
    "UPDATE posture SET stance = 'warm'",
    "UPDATE posture SET speaking = 'fluent'",
    "UPDATE posture SET lead_time_weeks = -1",
    "UPDATE posture SET offence_stance = 'all'",
    "UPDATE posture SET disclosure_timing = 'at-dawn'",
    "UPDATE opening SET places = -1",
    "UPDATE opening SET hours = 'some'",
    "UPDATE opening SET contract = 'handshake'",
    "UPDATE opening SET base = 'sea'",
    "UPDATE opening SET dbs_level = 'x'",
    "UPDATE opening SET pay_to_pence = 1, pay_from_pence = 2",
    "UPDATE opening SET pay_period = NULL",
    "UPDATE event SET kind = 'party'",
    "UPDATE event SET ends_at = '2020-01-01 00:00:00'",
    "UPDATE case_study SET permission = 'maybe'",
    "UPDATE introduction SET state = 'hopeful'",
    "UPDATE introduction SET kind = 'blind-date'",
    "UPDATE introduction SET offered = -1",
    "UPDATE introduction SET other_id = organisation_id",
];

async fn what_breaks_a_rule_is_refused_by_both_databases(t: TestStore) {
    let store = ground(&t);
    let owner = create(store, &full(rich_organisation())).unwrap().slug;
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    made(store, super::fixture::rich_pledge(&owner, &year));
    made(store, rich_posture(&owner));
    made(store, rich_opening(&owner));
    made(store, super::fixture::rich_event(&owner));
    made(store, super::fixture::rich_case_study(&owner));
    made(store, introduction(&owner, "K1"));
    for broken in BROKEN {
        let refused = run_sql(store, broken).unwrap_err();
        assert!(matches!(refused, StoreError::Database(_)), "{broken}: {refused:?}");
    }
    for dangling in [
        "UPDATE entry SET owner_id = 999 WHERE kind = 'posture'",
        "UPDATE pledge SET action_id = 999",
        "UPDATE pledge SET signature_id = organisation_id",
        "UPDATE opening SET site = 'Moon'",
        "UPDATE organisation_recognition SET level = 'platinum'",
        "UPDATE signature SET charter_id = 999",
        "UPDATE introduction SET partnership_id = 999",
        "DELETE FROM signature",
        "DELETE FROM entry WHERE kind = 'pledge'",
    ] {
        let refused = run_sql(store, dangling).unwrap_err();
        assert!(matches!(refused, StoreError::Reference(_)), "{dangling}: {refused:?}");
    }
    made(store, organisation("Still works (fictional)"));
}
