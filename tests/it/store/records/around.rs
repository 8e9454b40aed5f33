//! What stands beside the records: tokens, the audit trail, keys of requests, outward codes.

use chrono::TimeDelta;
use pathways::domain::access::Role;
use pathways::domain::place::{Outcode, Point};
use pathways::domain::register::{Organisation, RecordKind};
use pathways::store::audit::{self, Line};
use pathways::store::changes::{Kind, Told};
use pathways::store::idempotency;
use pathways::store::outcodes;
use pathways::store::records::{self, Written};
use pathways::store::tokens::{self, NewToken};
use pathways::store::{Store, StoreError};

use super::doing::{author, changes_after, confirm, day, draft, end, ground, made, position};
use super::fixture::{organisation, posture};
use crate::store::fixture::slug;
use crate::support::{TestStore, connect, now, run_sql};

on_both_databases!(
    a_token_is_found_by_its_hash_until_it_is_revoked_or_runs_out,
    a_token_speaks_for_an_organisation_or_for_none,
    two_who_revoke_a_token_do_it_once,
    the_trail_says_who_did_what_to_what,
    a_key_leads_to_what_was_done_with_it,
    of_two_with_one_key_at_once_one_is_told_so,
    outward_codes_are_written_over_and_only_where_they_differ,
);

fn new_token(digit: char, role: Role) -> NewToken {
    let hash = digit.to_string().repeat(64);
    NewToken { hash, role, organisation: None, label: None, expires_at: None }
}

fn token(store: &Store, new: &NewToken) -> Result<i64, StoreError> {
    store.write_blocking(|conn| tokens::create(conn, new, &author(), now()))
}

fn revoke(store: &Store, id: i64) -> Result<bool, StoreError> {
    store.write_blocking(|conn| tokens::revoke(conn, id, &author(), now()))
}

async fn a_token_is_found_by_its_hash_until_it_is_revoked_or_runs_out(t: TestStore) {
    let store = ground(&t);
    let before = position(store);
    let mut new = new_token('a', Role::Broker);
    new.label = Some("Prison gate team".to_owned());
    new.expires_at = Some(now() + TimeDelta::days(30));
    let id = token(store, &new).unwrap();
    let by_hash =
        |hash: &str| store.read_blocking(|conn| tokens::find_by_hash(conn, hash)).unwrap();
    let known = by_hash(&new.hash).unwrap();
    assert_eq!((known.id, known.role, known.organisation.as_ref()), (id, Role::Broker, None));
    assert_eq!((known.label.as_ref(), known.created_at), (new.label.as_ref(), now()));
    assert!(known.is_good(now()) && known.is_good(now() + TimeDelta::days(29)));
    assert!(!known.is_good(now() + TimeDelta::days(30)), "it runs out");
    assert_eq!(by_hash(&"b".repeat(64)), None);
    assert_eq!(by_hash("' OR 1=1 --"), None);
    assert!(matches!(token(store, &new), Err(StoreError::Duplicate(_))));
    assert!(revoke(store, id).unwrap());
    assert!(!by_hash(&new.hash).unwrap().is_good(now()));
    assert!(!revoke(store, id).unwrap(), "once");
    assert!(matches!(revoke(store, 999), Err(StoreError::NotFound)));
    let told: Vec<_> = changes_after(store, before).into_iter().map(|c| (c.kind, c.told)).collect();
    assert_eq!(told, [(Kind::Token, Told::Coordinators); 2]);
}

async fn a_token_speaks_for_an_organisation_or_for_none(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let mut employer = new_token('a', Role::Employer);
    employer.organisation = Some(owner.clone());
    let first = token(store, &employer).unwrap();
    let second = token(store, &new_token('b', Role::Admin)).unwrap();
    let mut lost = new_token('c', Role::Employer);
    lost.organisation = Some(slug("nobody"));
    assert!(matches!(token(store, &lost), Err(StoreError::NotFound)));
    lost.organisation = None;
    assert!(matches!(token(store, &lost), Err(StoreError::Database(_))), "an employer of none");
    let mut odd = new_token('d', Role::Broker);
    odd.organisation = Some(owner.clone());
    assert!(matches!(token(store, &odd), Err(StoreError::Database(_))), "a broker of one");
    assert!(matches!(token(store, &new_token('e', Role::Public)), Err(StoreError::Database(_))));
    let all = store.read_blocking(tokens::all).unwrap();
    let known: Vec<_> = all.into_iter().map(|token| (token.id, token.organisation)).collect();
    assert_eq!(known, [(first, Some(owner)), (second, None)]);
}

async fn two_who_revoke_a_token_do_it_once(t: TestStore) {
    let store = ground(&t);
    let id = token(store, &new_token('a', Role::Broker)).unwrap();
    let did: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| revoke(store, id).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(did.iter().filter(|did| **did).count(), 1);
}

async fn the_trail_says_who_did_what_to_what(t: TestStore) {
    let store = ground(&t);
    let owner = made(store, organisation("Owner (fictional)"));
    let into = made(store, organisation("Other (fictional)"));
    made(store, posture(&owner, "refugees"));
    confirm::<Organisation>(store, &owner, day(2026, 6, 1)).unwrap();
    end::<Organisation>(store, &owner, day(2026, 7, 1)).unwrap();
    token(store, &new_token('a', Role::Broker)).unwrap();
    let by = (&author(), now());
    store.write_blocking(|conn| records::merge(conn, (&owner, None), &into, by)).unwrap();
    store.write_blocking(|conn| records::undo_merge(conn, &owner, by)).unwrap();
    let page =
        |before, limit| store.read_blocking(|conn| audit::page(conn, before, limit)).unwrap();
    let lines: Vec<Line> = page(None, 100);
    let mut told: Vec<String> = lines
        .iter()
        .map(|Line { act, kind, slug, version, .. }| {
            let version = version.map(|version| format!(" {version}")).unwrap_or_default();
            format!("{act} {kind} {slug}{version}")
        })
        .collect();
    told.reverse();
    assert_eq!(
        told[..6],
        [
            "create organisation owner-fictional 1",
            "create organisation other-fictional 1",
            "create posture owner-fictional-refugees 1",
            "confirm organisation owner-fictional 2",
            "end organisation owner-fictional 3",
            "create token token-1",
        ]
    );
    let mut merged = told[6..].to_vec();
    merged.sort();
    let each = [
        "merge organisation other-fictional 2",
        "merge organisation other-fictional 3",
        "merge organisation owner-fictional 4",
        "merge organisation owner-fictional 5",
        "merge posture owner-fictional-refugees 2",
        "merge posture owner-fictional-refugees 3",
    ];
    assert_eq!(merged, each, "each once");
    for line in &lines {
        assert_eq!(
            (line.actor.as_str(), line.role.as_str(), line.at),
            ("token:7", "coordinator", now())
        );
    }
    assert_eq!(page(Some(lines[4].id), 3), lines[5..8]);
    assert_eq!(page(Some(lines[11].id), 3), []);
}

fn written(name: &str) -> Written {
    let outcome = records::Outcome::Created;
    Written { slug: slug(name), version: 1, change: 7, outcome }
}

/// Notes a key some days from now, and forgets what is older than a day.
fn note(store: &Store, token: i64, key: &str, days: i64) -> Result<(), StoreError> {
    let at = now() + TimeDelta::days(days);
    store.write_blocking(|conn| {
        let what = (RecordKind::Posture, &written("made"));
        let when = (at, at - TimeDelta::days(1));
        idempotency::note(conn, (token, key), &"f".repeat(64), what, when)
    })
}

async fn a_key_leads_to_what_was_done_with_it(t: TestStore) {
    let store = ground(&t);
    let first = token(store, &new_token('a', Role::Broker)).unwrap();
    let second = token(store, &new_token('b', Role::Broker)).unwrap();
    let found = |token, key: &str, days| {
        let since = now() + TimeDelta::days(days);
        store.read_blocking(|conn| idempotency::find(conn, token, key, since)).unwrap()
    };
    assert_eq!(found(first, "k", -1), None);
    note(store, first, "k", 0).unwrap();
    let done = found(first, "k", -1).unwrap();
    let kind = Kind::Record(RecordKind::Posture);
    assert_eq!((done.kind, done.slug, done.version), (kind, slug("made"), 1));
    assert_eq!((done.change, done.at, done.request_hash), (7, now(), "f".repeat(64)));
    assert_eq!(found(second, "k", -1), None, "a key is its token's own");
    assert_eq!(found(first, "k", 1), None, "it is too long ago");
    assert!(matches!(note(store, first, "k", 0), Err(StoreError::Duplicate(_))));
    note(store, second, "k", 0).unwrap();
    note(store, first, "later", 2).unwrap();
    assert_eq!(found(second, "k", -1), None, "what is older was forgotten");
    note(store, first, "k", 2).unwrap();
}

async fn of_two_with_one_key_at_once_one_is_told_so(t: TestStore) {
    let store = ground(&t);
    let id = token(store, &new_token('a', Role::Broker)).unwrap();
    let url = &t.url;
    let write = |at: usize| {
        connect(url).write_blocking(|conn| {
            let new = draft(organisation(&format!("Twice {at} (fictional)")));
            let made = records::create(conn, &new, &author(), now())?;
            let what = (RecordKind::Organisation, &made);
            let when = (now(), now() - TimeDelta::days(1));
            idempotency::note(conn, (id, "k"), &"f".repeat(64), what, when)
        })
    };
    let each: Vec<Result<(), StoreError>> = std::thread::scope(|scope| {
        let write = &write;
        let threads: Vec<_> = (0..2).map(|at| scope.spawn(move || write(at))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let refused = each.iter().filter(|r| matches!(r, Err(StoreError::Duplicate(_)))).count();
    assert_eq!((each.iter().filter(|r| r.is_ok()).count(), refused), (1, 1), "{each:?}");
    let all = super::doing::page::<Organisation>(store, &super::doing::everything());
    assert_eq!(all.1, 1, "what was written beside the key went with it");
}

async fn outward_codes_are_written_over_and_only_where_they_differ(t: TestStore) {
    let store = ground(&t);
    let code = |code: &str, town: &str| Outcode {
        code: code.to_owned(),
        town: town.to_owned(),
        district: None,
        county: "Oxfordshire".to_owned(),
        centre: Point { lat: 51.75 + 0.1, lon: -1.25 },
    };
    let put = |codes: &[Outcode]| {
        store.write_blocking(|conn| outcodes::put_all(conn, codes, &author(), now()))
    };
    let before = position(store);
    let first = [code("SW1A", "London"), code("OX16", "Banbury"), code("OX2", "Oxford")];
    assert_eq!(put(&first).unwrap(), 3);
    assert_eq!(put(&first).unwrap(), 0, "the same again changes nothing");
    assert_eq!(position(store), before + 1);
    let changed =
        [code("OX16", "Banbury and around"), code("OX2", "Oxford"), code("OX1", "Oxford")];
    assert_eq!(put(&changed).unwrap(), 2);
    assert_eq!(position(store), before + 2);
    let all = store.read_blocking(outcodes::all).unwrap();
    let known: Vec<(&str, &str)> =
        all.iter().map(|one| (one.code.as_str(), one.town.as_str())).collect();
    let expected =
        [("OX1", "Oxford"), ("OX16", "Banbury and around"), ("OX2", "Oxford"), ("SW1A", "London")];
    assert_eq!(known, expected);
    let many: Vec<Outcode> = (0..12_000).map(|at| code(&format!("Z{at:05}"), "Far")).collect();
    assert_eq!(put(&many).unwrap(), 12_000);
    run_sql(store, "UPDATE outcode SET code = 'ox16' WHERE code = 'OX16'").unwrap_err();
}
