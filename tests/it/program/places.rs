//! The last places, over HTTP and through kills.

use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use pathways::{
    domain::{places::HoldState, slug::Slug},
    store::places,
};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    program::running::{Service, done, request, signal},
    store::records::whole::is_whole,
    support::{TestStore, connect},
};

struct Tokens {
    coordinator: String,
    broker: String,
}

fn tokens(folder: &Path, database: &[&str]) -> Tokens {
    let issue = |role: &str| {
        let out = done(folder, &[&["token", "create", "--role", role], database].concat());
        out.split_whitespace().find(|word| word.len() > 30).unwrap().to_owned()
    };
    Tokens { coordinator: issue("coordinator"), broker: issue("broker") }
}

type Answer = std::io::Result<(u16, String, String)>;

fn post(address: &str, token: &str, target: &str, body: &Value) -> Answer {
    let head = format!(
        "POST /api/v1/{target} HTTP/1.1\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\n"
    );
    request(address, &head, &body.to_string())
}

/// Writes an employer with an opening that has so many places; the opening's name.
fn opening(address: &str, token: &str, places: i32) -> String {
    let said = json!({"voice": "organisation", "stated_on": "2026-11-01", "fictional": true});
    let with = |more: Value| {
        let mut body = said.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let firm = with(json!({"slug": "firm", "name": "Firm (fictional)", "kind": "employer",
        "publication": "published"}));
    let work = with(json!({"slug": "work", "organisation": "firm", "title": "Baker",
        "work_type": "kitchen", "places": places}));
    for (target, body) in [("organisations", firm), ("openings", work)] {
        let (status, _, answer) = post(address, token, target, &body).unwrap();
        assert_eq!(status, 201, "{answer}");
    }
    let confirm = post(address, token, "openings/work/confirmations", &json!({})).unwrap();
    assert_eq!(confirm.0, 428, "{}", confirm.2);
    "openings/work/places".to_owned()
}

fn sixty_four_ask_for_five(folder: &Path, database: &[&str]) {
    done(folder, &[&["migrate"], database].concat());
    let tokens = tokens(folder, database);
    let service = Service::start(folder, &[&["--rate-limit", "0"], database].concat());
    let target = opening(&service.address, &tokens.coordinator, 5);
    let holds = format!("{target}/holds");
    let statuses: Vec<u16> = thread::scope(|scope| {
        let (address, token) = (service.address.as_str(), tokens.broker.as_str());
        let holds = holds.as_str();
        let ask = move |at: usize| {
            let body = json!({"reference": format!("client-{at}")});
            loop {
                let (status, _, _) = post(address, token, holds, &body).unwrap();
                // Busy is to come again; nothing was done.
                if status != 503 {
                    return status;
                }
            }
        };
        let threads: Vec<_> = (0..64).map(|at| scope.spawn(move || ask(at))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(201), count(409)), (5, 59), "{statuses:?}");
    let told = service.json(&format!("/api/v1/{target}"));
    assert_eq!((&told["left"], &told["held"]), (&json!(0), &json!(5)), "{told}");
    assert_eq!(service.stop("TERM").code, Some(0));
}

#[test]
fn over_http_sixty_four_clients_get_five_places() {
    let folder = tempdir().unwrap();
    sixty_four_ask_for_five(folder.path(), &[]);
}

#[test]
fn over_http_and_postgresql_sixty_four_clients_get_five_places() {
    let Some(t) = TestStore::postgres() else { return };
    let folder = tempdir().unwrap();
    sixty_four_ask_for_five(folder.path(), &["--database", &t.url]);
}

/// Holds a place and gives it back, again and again, until nobody answers; the holds that
/// were acknowledged, and whether their return was.
fn hold_and_return((address, token): (&str, &str), count: &AtomicUsize) -> Vec<(i64, bool)> {
    let mut acknowledged = Vec::new();
    let hold = || post(address, token, "openings/work/places/holds", &json!({}));
    while let Ok((status, _, answer)) = hold() {
        if status != 201 {
            continue;
        }
        let entered: Value = serde_json::from_str(&answer).unwrap();
        let id = entered["hold"]["id"].as_i64().unwrap();
        acknowledged.push((id, false));
        let back = post(address, token, "openings/work/places/returns", &json!({"hold": id}));
        match back {
            Ok((201, ..)) => acknowledged.last_mut().unwrap().1 = true,
            Ok((status, _, answer)) => assert_eq!(status, 503, "{answer}"),
            Err(_) => break,
        }
        count.fetch_add(1, Ordering::SeqCst);
    }
    acknowledged
}

#[test]
fn after_kills_the_sums_match_and_what_was_acknowledged_is_there() {
    let folder = tempdir().unwrap();
    done(folder.path(), &["migrate"]);
    let tokens = tokens(folder.path(), &[]);
    let url = format!("sqlite:{}", folder.path().join("data/pathways.db").display());
    let name = Slug::parse("work").unwrap();
    let mut acknowledged = Vec::new();
    for (round, enough) in [2, 9, 21, 33].into_iter().enumerate() {
        let service = Service::start(folder.path(), &["--rate-limit", "0"]);
        if round == 0 {
            opening(&service.address, &tokens.coordinator, 40);
        }
        let count = AtomicUsize::new(0);
        let written: Vec<_> = thread::scope(|scope| {
            let (who, count) = ((service.address.as_str(), tokens.broker.as_str()), &count);
            let threads: Vec<_> =
                (0..4).map(|_| scope.spawn(move || hold_and_return(who, count))).collect();
            while count.load(Ordering::SeqCst) < enough {
                thread::yield_now();
            }
            signal(&service.id(), "KILL");
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        drop(service);
        assert!(written.len() >= enough);
        acknowledged.extend(written);
        let store = connect(&url);
        is_whole(&store);
        let ledger = store.read_blocking(|conn| places::ledger(conn, &name)).unwrap();
        let today = ledger.present(chrono::NaiveDate::MIN);
        let balance = ledger.balance(today);
        let sum = balance.left().unwrap() + balance.held + balance.taken;
        assert_eq!((balance.stated, sum), (Some(40), 40));
        for (id, returned) in &acknowledged {
            let state = ledger.hold(*id, today).unwrap().state;
            assert!(!returned || state == HoldState::GivenBack, "{id}: {state}");
        }
    }
}
