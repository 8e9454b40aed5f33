//! A service that is killed while it is written to: what it acknowledged is there, and
//! nothing is there by half.

use std::{
    io::Write,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use pathways::domain::{
    register::{Event, Organisation},
    slug::Slug,
};
use pathways::store::{StoreError, records};
use serde_json::json;
use tempfile::tempdir;

use crate::{
    program::running::{Service, done, program, request, signal},
    store::records::whole::is_whole,
    support::connect,
};

/// What was acknowledged: the name, the version.
type Acknowledged = Vec<(Slug, i64)>;

/// Writes an organisation, its second version, the next organisation, until nobody answers.
fn write_until_it_is_gone(
    (address, token): (&str, &str),
    writer: usize,
    count: &AtomicUsize,
) -> Acknowledged {
    let mut acknowledged = Acknowledged::new();
    let send = |method: &str, target: &str, more: &str, body: &serde_json::Value| {
        let head = format!(
            "{method} /api/v1/{target} HTTP/1.1\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\n{more}"
        );
        request(address, &head, &body.to_string())
    };
    for at in 0.. {
        let name = format!("firm-{writer}-{at}");
        let mut body = json!({
            "slug": name, "name": format!("Firm {writer} {at} (fictional)"), "kind": "employer",
            "publication": "published", "voice": "organisation", "stated_on": "2026-03-01",
            "fictional": true,
        });
        let slug = Slug::parse(&name).unwrap();
        let Ok((status, head, answer)) = send("POST", "organisations", "", &body) else { break };
        assert_eq!(status, 201, "{answer}");
        acknowledged.push((slug.clone(), 1));
        body["description"] = json!("Written anew.");
        let target = format!("organisations/{name}");
        let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
        let matching = format!("if-match: {tag}\r\n");
        let Ok((status, _, answer)) = send("PUT", &target, &matching, &body) else { break };
        assert_eq!(status, 200, "{answer}");
        acknowledged.push((slug, 2));
        count.fetch_add(1, Ordering::SeqCst);
    }
    acknowledged
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let folder = tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("data/pathways.db").display());
    let token = {
        done(folder.path(), &["migrate"]);
        done(folder.path(), &["token", "create", "--role", "coordinator"])
    };
    let token = token.split_whitespace().find(|word| word.len() > 30).unwrap();
    let mut acknowledged = Acknowledged::new();
    for (round, enough) in [3, 17, 40].into_iter().enumerate() {
        let service = Service::start(folder.path(), &["--rate-limit", "0"]);
        let count = AtomicUsize::new(0);
        let written = thread::scope(|scope| {
            let (address, count) = (service.address.as_str(), &count);
            let threads: Vec<_> = (0..3)
                .map(|at| {
                    let writer = round * 10 + at;
                    scope.spawn(move || write_until_it_is_gone((address, token), writer, count))
                })
                .collect();
            while count.load(Ordering::SeqCst) < enough {
                assert!(threads.iter().all(|one| !one.is_finished()), "a writer gave up");
                thread::yield_now();
            }
            signal(&service.id(), "KILL");
            let each = threads.into_iter().map(|thread| thread.join().unwrap());
            each.flatten().collect::<Acknowledged>()
        });
        drop(service);
        assert!(written.len() >= 2 * enough);
        acknowledged.extend(written);
        are_there(&url, &acknowledged);
    }
    let service = Service::start(folder.path(), &[]);
    let (last, _) = acknowledged.last().unwrap();
    let shown = service.json(&format!("/api/v1/organisations/{last}"));
    assert_eq!(shown["slug"], json!(last.as_str()));
    assert_eq!(service.stop("TERM").code, Some(0));
    are_there(&url, &acknowledged);
}

fn are_there(url: &str, acknowledged: &Acknowledged) {
    let store = connect(url);
    is_whole(&store);
    for (name, version) in acknowledged {
        let kept = store
            .read_blocking(|conn| records::version::<Organisation>(conn, name, *version))
            .unwrap();
        assert_eq!(kept.record.body.description.is_some(), *version == 2);
    }
}

/// Killed at several moments; then it is done again, to its end.
#[test]
fn an_import_that_is_killed_is_all_or_none() {
    const MANY: usize = 3_000;
    let folder = tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("data/pathways.db").display());
    done(folder.path(), &["migrate"]);
    events(&folder.path().join("events.csv"), MANY);
    let count = || {
        let store = connect(&url);
        is_whole(&store);
        let all = store.read_blocking(|conn| {
            Ok::<_, StoreError>(records::following::<Event>(conn, None, 10_000)?.len())
        });
        all.unwrap()
    };
    let wal = folder.path().join("data/pathways.db-wal");
    for grown in [1, 100_000, 1_000_000] {
        let mut child = import(folder.path());
        // By the size of what it has written so far: no clock is needed.
        let size = || wal.metadata().map_or(0, |file| file.len());
        while size() < grown && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        signal_if_there(&mut child);
        let there = count();
        assert!(there == 0 || there == MANY, "{there} of {MANY}");
    }
    done(folder.path(), &["import", "events", "events.csv"]);
    assert_eq!(count(), MANY);
}

fn events(file: &Path, many: usize) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    writeln!(file, "title,kind,starts_at,summary,voice,stated_on,fictional").unwrap();
    for at in 0..many {
        let line = "seminar,2026-12-01T09:30:00Z,About hiring.,partnership,2026-03-01,true";
        writeln!(file, "Event {at} (fictional),{line}").unwrap();
    }
}

fn import(folder: &Path) -> std::process::Child {
    let mut command = program();
    command.args(["import", "events", "events.csv"]).current_dir(folder);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    command.spawn().unwrap()
}

fn signal_if_there(child: &mut std::process::Child) {
    // Gone already where it was quicker.
    let _ = child.kill();
    child.wait().unwrap();
}
