//! `serve`: one line when it answers, a clean end, and clear refusals.

use std::{io::Read, net::TcpListener};

use tempfile::tempdir;

use crate::{
    program::running::{Service, program, run, signal, spawn},
    support::TestStore,
};

#[test]
fn it_says_where_it_is_answers_and_ends_cleanly_on_either_signal() {
    for name in ["TERM", "INT"] {
        let folder = tempdir().unwrap();
        let service = Service::start(folder.path(), &[]);
        assert!(service.address.starts_with("127.0.0.1:"), "{}", service.address);
        assert_eq!(service.ask("/health/live").0, 200);
        assert_eq!(service.json("/health/ready")["status"], "ready");
        let ended = service.stop(name);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.out, "", "nothing but the line with the address is printed");
        let log: Vec<serde_json::Value> =
            ended.log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        let said = |message: &str| log.iter().any(|line| line["message"] == message);
        assert!(said("serve.ready") && said("serve.stopped"), "{}", ended.log);
    }
}

#[test]
fn it_ends_at_once_though_a_caller_keeps_a_connection_open() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &[]);
    let idle = std::net::TcpStream::connect(&service.address).unwrap();
    assert_eq!(service.ask("/health/live").0, 200);
    assert_eq!(service.stop("TERM").code, Some(0));
    drop(idle);
}

/// What a service says of itself, and the number of the last change apart.
fn ready(service: &Service) -> (serde_json::Value, i64) {
    let mut shown = service.json("/health/ready");
    let change = shown["change"].take().as_i64().unwrap();
    (shown, change)
}

#[test]
fn a_second_start_on_the_same_data_changes_nothing() {
    let folder = tempdir().unwrap();
    let first = Service::start(folder.path(), &["--demo"]);
    let (shown, change) = ready(&first);
    assert!(change > 0);
    assert_eq!(first.stop("TERM").code, Some(0));
    let second = Service::start(folder.path(), &["--demo"]);
    // Four tokens revoked, four made: nobody can be shown the old ones again.
    assert_eq!(ready(&second), (shown, change + 8));
}

#[test]
fn the_demonstration_is_announced_and_goes_when_it_is_not_asked_for() {
    let folder = tempdir().unwrap();
    let demo = Service::start(folder.path(), &["--demo"]);
    let with = demo.json("/health/ready")["documents"].as_i64().unwrap();
    let ended = demo.stop("TERM");
    let lines: Vec<&str> = ended.out.lines().collect();
    assert!(lines[0].starts_with("Fictional, "), "{ended:?}");
    let roles = lines[1..].iter().map(|line| line.split([' ', ':']).next().unwrap());
    assert_eq!(roles.collect::<Vec<_>>(), ["Employer", "Verified", "Coordinator", "Administrator"]);
    assert!(lines[1..].iter().all(|line| line.contains(": pathways_")), "{ended:?}");
    let plain = Service::start(folder.path(), &[]);
    let without = plain.json("/health/ready")["documents"].as_i64().unwrap();
    assert!(without < with, "{without} of {with}");
    let said = plain.stop("TERM").out;
    assert!(said.contains("fictional records of a demonstration"), "what stays is told: {said}");
}

#[test]
fn a_start_that_is_killed_while_it_stores_is_made_good_by_the_next() {
    let whole = tempdir().unwrap();
    let service = Service::start(whole.path(), &["--demo"]);
    let (shown, _) = ready(&service);
    drop(service);
    // Killed at the first sign of the database, and a little later each time.
    for waits in [0, 200, 400, 800, 1600] {
        let folder = tempdir().unwrap();
        let mut child = spawn(folder.path(), &["--demo"]);
        while !folder.path().join("data/pathways.db").exists() {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            std::thread::yield_now();
        }
        for _ in 0..waits {
            let _ = folder.path().join("data/pathways.db").metadata();
        }
        signal(&child.id().to_string(), "KILL");
        child.wait().unwrap();
        let service = Service::start(folder.path(), &["--demo"]);
        assert_eq!(ready(&service).0, shown);
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["serve", "--listen", &address]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains(&format!("cannot listen on {address}")), "{}", ran.err);
    assert_eq!(ran.out, "");
}

#[test]
fn a_database_that_is_not_there_is_named_without_its_password() {
    let folder = tempdir().unwrap();
    let url = "postgres://someone:hush@127.0.0.1:9/none";
    let ran = run(folder.path(), &["serve", "--database", url]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("cannot open the database"), "{}", ran.err);
    assert!(ran.err.contains("PostgreSQL") && !ran.err.contains("hush"), "{}", ran.err);
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let folder = tempdir().unwrap();
    for flag in ["--toolkits", "--reference"] {
        let ran = run(folder.path(), &["serve", flag, "no-such-folder"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains("cannot read no-such-folder"), "{}", ran.err);
        assert!(!folder.path().join("data").exists(), "nothing is made before the content is read");
    }
}

#[test]
fn every_setting_can_come_from_the_environment() {
    let folder = tempdir().unwrap();
    let mut command = program();
    command.arg("serve").current_dir(folder.path());
    command.env("PATHWAYS_LISTEN", "nowhere").env("PATHWAYS_DEMO", "1");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--listen"));
}

#[test]
fn a_postgres_with_a_pending_migration_is_refused_until_migrate_has_run() {
    let Some(database) = TestStore::postgres() else { return };
    database.store.revert_all().unwrap();
    let folder = tempdir().unwrap();
    let with = ["--database", database.url.as_str()];
    let refused = run(folder.path(), &["serve", "--database", &database.url]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("`pathways migrate`"), "{}", refused.err);
    let migrated = run(folder.path(), &["migrate", "--database", &database.url]);
    assert_eq!(migrated.code, 0, "{migrated:?}");
    let service = Service::start(folder.path(), &with);
    let shown = service.json("/health/ready");
    assert_eq!(service.stop("TERM").code, Some(0));
    let again = Service::start(folder.path(), &with);
    assert_eq!(again.json("/health/ready"), shown);
}

#[test]
fn replicas_that_start_together_on_one_postgres_all_answer_alike() {
    let Some(database) = TestStore::postgres() else { return };
    // Each has an index, and so a folder, to itself.
    let folders = [(); 3].map(|()| tempdir().unwrap());
    let with = ["--database", database.url.as_str()];
    std::thread::scope(|scope| {
        let start = |folder: &tempfile::TempDir| Service::start(folder.path(), &with);
        let starts: Vec<_> =
            folders.iter().map(|folder| scope.spawn(move || start(folder))).collect();
        let replicas: Vec<Service> =
            starts.into_iter().map(|start| start.join().unwrap()).collect();
        let shown: Vec<_> = replicas.iter().map(|one| one.json("/health/ready")).collect();
        assert!(shown.iter().all(|one| *one == shown[0]), "{shown:?}");
    });
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let folder = tempdir().unwrap();
    let mut command = program();
    command.arg("openapi").current_dir(folder.path());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
