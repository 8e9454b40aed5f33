//! Many records at once: as one by one, only faster.

use std::time::Instant;

use pathways::domain::register::{Draft, Opening, Organisation, Pledge, Signature};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Outcome, Topic, Written};
use pathways::store::{Store, StoreError, attempt};

use super::doing::{
    author, changes_after, create, day, draft, everything, find, ground, history, made, page,
    position,
};
use super::fixture::{
    identifier, opening, organisation, pledge, posture, rich_organisation, signature, site,
};
use super::world::World;
use crate::store::fixture::slug;
use crate::support::{TestStore, now};

on_both_databases!(
    many_at_once_are_as_one_by_one,
    none_is_written_if_one_of_them_cannot_be,
    those_that_come_together_are_held_against_each_other,
    what_can_be_kept_is_kept_and_the_rest_is_told_of,
    twenty_thousand_organisations_are_written_in_one_call,
);

fn create_all<T: Topic>(store: &Store, drafts: &[Draft<T>]) -> Result<Vec<Written>, StoreError> {
    store.write_blocking(|conn| records::create_all(conn, drafts, &author(), now()))
}

/// Copies every record of a kind from one store to another in one call.
fn copied<T: Topic + std::fmt::Debug>(from: &Store, to: &Store, alone: &Store) {
    let all = page::<T>(from, &everything()).0;
    let drafts: Vec<Draft<T>> = all
        .into_iter()
        .map(|record| Draft {
            slug: Some(record.slug),
            said: record.said,
            fictional: record.fictional,
            body: record.body,
        })
        .collect();
    let written = create_all(to, &drafts).unwrap();
    assert!(written.iter().all(|one| one.version == 1 && one.outcome == Outcome::Created));
    assert!(
        written.iter().map(|one| &one.slug).eq(drafts.iter().map(|d| d.slug.as_ref().unwrap()))
    );
    for draft in &drafts {
        create(alone, draft).unwrap();
    }
    assert_eq!(page::<T>(to, &everything()), page::<T>(alone, &everything()));
    for draft in &drafts {
        let name = draft.name();
        assert_eq!(history::<T>(to, &name), history::<T>(alone, &name));
    }
}

async fn many_at_once_are_as_one_by_one(t: TestStore) {
    use pathways::domain::register::{CaseStudy, Event, Introduction, Posture};
    World::new(&t);
    let (at_once, one_by_one) = (TestStore::sqlite(), TestStore::sqlite());
    let (from, to, alone) = (&t.store, ground(&at_once), ground(&one_by_one));
    copied::<Organisation>(from, to, alone);
    copied::<Event>(from, to, alone);
    copied::<CaseStudy>(from, to, alone);
    // Those of which some have ended cannot be told anew in every case.
    for record in page::<Signature>(from, &everything()).0 {
        let said = Draft {
            slug: Some(record.slug),
            said: record.said,
            fictional: true,
            body: record.body,
        };
        create(to, &said).unwrap();
        create(alone, &said).unwrap();
    }
    copied::<Pledge>(from, to, alone);
    copied::<Posture>(from, to, alone);
    copied::<Opening>(from, to, alone);
    copied::<Introduction>(from, to, alone);
    let told = |store: &Store| {
        let all = changes_after(store, 0).into_iter();
        all.map(|change| (change.seq, change.kind, change.slug, change.told)).collect::<Vec<_>>()
    };
    assert_eq!(told(to), told(alone));
}

async fn none_is_written_if_one_of_them_cannot_be(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let before = position(store);
    let mut drafts: Vec<_> =
        (0..10).map(|at| draft(opening(&owner, &format!("Job {at}")))).collect();
    drafts[7].body.organisation = slug("nobody");
    super::doing::names_what_is_missing(create_all(store, &drafts), "organisation nobody");
    drafts[7] = drafts[2].clone();
    let twice = create_all(store, &drafts).unwrap_err();
    assert!(matches!(twice, StoreError::Duplicate(_)), "{twice:?}");
    assert!(twice.to_string().contains("opening owner-fictional-job-2"), "{twice}");
    drafts.remove(7);
    made(store, opening(&owner, "Job 5"));
    let there = create_all(store, &drafts).unwrap_err();
    assert!(there.to_string().contains("opening owner-fictional-job-5"), "{there}");
    assert_eq!(position(store), before + 1);
    assert_eq!(page::<Opening>(store, &everything()).1, 1);
    let none: [Draft<Opening>; 0] = [];
    assert_eq!(create_all(store, &none).unwrap(), []);
    assert_eq!(position(store), before + 1);
}

async fn those_that_come_together_are_held_against_each_other(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let years = [day(2026, 1, 24), day(2027, 1, 23)].map(|on| draft(signature(&owner, on)));
    let shared = create_all(store, &years);
    assert!(matches!(shared, Err(StoreError::Conflict(_))), "{shared:?}");
    let years = [day(2026, 1, 24), day(2027, 1, 24)].map(|on| draft(signature(&owner, on)));
    assert_eq!(create_all(store, &years).unwrap().len(), 2);
    let mut twins = ["One (fictional)", "Two (fictional)"].map(|name| draft(organisation(name)));
    for twin in &mut twins {
        twin.body.identifiers = vec![identifier("GB-COH", "7")];
    }
    let taken = create_all(store, &twins).unwrap_err();
    assert!(matches!(taken, StoreError::Duplicate(_)), "{taken:?}");
    assert!(taken.to_string().contains("GB-COH 7"), "{taken}");
}

async fn what_can_be_kept_is_kept_and_the_rest_is_told_of(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let year = made(store, signature(&owner, day(2026, 1, 24)));
    let before = position(store);
    let refused = store.write_blocking(|conn| {
        let mut refused = Vec::new();
        for at in 0..12 {
            let mut body = pledge(&owner, &year, &format!("Pledge {at}"));
            match at % 4 {
                1 => body.action = Some("E99".to_owned()),
                2 => body.signature = slug("no-year"),
                // A rule of the database itself: on PostgreSQL it spoils what it is in.
                3 => body.text = String::new(),
                _ => {}
            }
            let written =
                attempt(conn, |conn| records::create(conn, &draft(body), &author(), now()));
            refused.extend(written.err().map(|error| (at, error)));
        }
        Ok::<_, StoreError>(refused)
    });
    let refused = refused.unwrap();
    let numbers: Vec<i32> = refused.iter().map(|(at, _)| *at).collect();
    assert_eq!(numbers, [1, 2, 3, 5, 6, 7, 9, 10, 11]);
    for (at, error) in &refused {
        let expected = match at % 4 {
            3 => matches!(error, StoreError::Database(_)),
            _ => matches!(error, StoreError::Reference(_)),
        };
        assert!(expected, "{at}: {error:?}");
    }
    assert_eq!(page::<Pledge>(store, &everything()).1, 3);
    let numbers = changes_after(store, before).into_iter().map(|change| change.seq);
    assert!(numbers.eq(before + 1..=before + 3), "no number was lost");
}

/// Rows a second are printed, not judged: that depends on the machine.
async fn twenty_thousand_organisations_are_written_in_one_call(t: TestStore) {
    const MANY: usize = 20_000;
    let store = ground(&t);
    let drafts: Vec<Draft<Organisation>> = (0..MANY)
        .map(|at| {
            let mut body = organisation(&format!("Firm {at} (fictional)"));
            body.identifiers = vec![identifier("GB-COH", &format!("{at:08}"))];
            body.sites = vec![site("Here", "Banbury", "OX16")];
            body.sic = vec!["56101".to_owned()];
            draft(body)
        })
        .collect();
    let before = position(store);
    let began = Instant::now();
    let written = create_all(store, &drafts).unwrap();
    let took = began.elapsed();
    assert_eq!(written.len(), MANY);
    assert_eq!(position(store), before + i64::try_from(MANY).unwrap());
    let began = Instant::now();
    let (mut read, mut after) = (0, None::<Slug>);
    loop {
        let some = store
            .read_blocking(|conn| records::following::<Organisation>(conn, after.as_ref(), 5_000))
            .unwrap();
        let Some(last) = some.last() else { break };
        (read, after) = (read + some.len(), Some(last.slug.clone()));
    }
    assert_eq!(read, MANY);
    assert_eq!(page::<Organisation>(store, &everything()).1, u64::try_from(MANY).unwrap());
    let database = t.url.split(':').next().unwrap();
    let a_second = |took: std::time::Duration| (20_000.0 / took.as_secs_f64()).round();
    eprintln!(
        "{database}: {} organisations a second written, {} read",
        a_second(took),
        a_second(began.elapsed())
    );
    let last = find::<Organisation>(store, &slug("firm-19999-fictional"));
    assert_eq!(last.body, drafts[MANY - 1].body);
    made(store, posture(&last.slug, "refugees"));
    made(store, rich_organisation());
}
