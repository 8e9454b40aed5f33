//! A disk that is full, a server that goes away: clear errors, and nothing half-written.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use pathways::domain::register::Organisation;
use pathways::store::records;
use pathways::store::{Limits, Store, StoreError, attempt, restore};

use super::doing::{author, create, draft, everything, full, ground, made, page, position};
use super::fixture::{event, organisation, posture, rich_organisation};
use super::whole::{ask, is_whole};
use crate::support::{TestStore, connect, now, run_sql};

/// A store with one connection, so that what is set on it holds for all.
fn narrow(url: &str) -> Store {
    Store::connect(url, Limits { pool: 1, wait: Duration::from_secs(2) }).unwrap()
}

fn large(at: i32) -> Organisation {
    let mut body = organisation(&format!("Large {at} (fictional)"));
    body.description = Some("x".repeat(4_000));
    body
}

/// From now on the file has room for so many more pages.
fn room(store: &Store, pages: i64) {
    let used =
        store.read_blocking(|conn| ask(conn, "SELECT page_count FROM pragma_page_count", "''"));
    let most = used.unwrap().number + pages;
    run_sql(store, &format!("PRAGMA max_page_count = {most}")).unwrap();
}

#[test]
fn a_full_disk_is_said_to_be_full_and_what_was_written_stays() {
    let t = TestStore::sqlite();
    ground(&t);
    let store = narrow(&t.url);
    room(&store, 40);
    let mut written = 0;
    let error = loop {
        match create(&store, &draft(large(written))) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 1_000, "it is never full");
    };
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    assert!(error.to_string().contains("no room left on the disk"), "{error}");
    assert!(written > 2);
    // Reads go on, and everything that was acknowledged is there.
    assert_eq!(page::<Organisation>(&store, &everything()).1, u64::try_from(written).unwrap());
    assert_eq!(is_whole(&store), i64::from(written));
    let again = narrow(&t.url);
    create(&again, &draft(large(written))).unwrap();
    assert_eq!(is_whole(&again), i64::from(written) + 1);
}

#[test]
fn many_at_once_on_a_full_disk_are_all_or_none() {
    let t = TestStore::sqlite();
    ground(&t);
    let store = narrow(&t.url);
    let before = position(&store);
    let drafts: Vec<_> = (0..200).map(|at| draft(large(at))).collect();
    for _ in 0..3 {
        room(&store, 60);
        let refused =
            store.write_blocking(|conn| records::create_all(conn, &drafts, &author(), now()));
        assert!(matches!(refused, Err(StoreError::Full(_))), "{refused:?}");
        assert_eq!((is_whole(&store), position(&store)), (0, before));
    }
    let store = connect(&t.url);
    store.write_blocking(|conn| records::create_all(conn, &drafts, &author(), now())).unwrap();
    assert_eq!(is_whole(&store), 200);
}

/// SQLite gives the whole transaction up where there is no room; whoever goes on after
/// such an attempt must not keep a part.
#[test]
fn an_attempt_that_found_no_room_says_so_and_what_follows_is_not_kept() {
    let t = TestStore::sqlite();
    let before = position(ground(&t));
    let store = narrow(&t.url);
    room(&store, 60);
    let (mut kept, mut refused) = (0, Vec::new());
    let done = store.write_blocking(|conn| {
        for at in 0..60 {
            let new = draft(large(at));
            match attempt(conn, |conn| records::create(conn, &new, &author(), now())) {
                Ok(_) => kept += 1,
                Err(error) => refused.push(error),
            }
        }
        Ok::<_, StoreError>(())
    });
    assert!(kept > 2 && refused.len() > 2, "{kept}, {refused:?}");
    assert!(matches!(refused[0], StoreError::Full(_)), "{:?}", refused[0]);
    assert!(done.is_err(), "what was acknowledged on the way is not acknowledged in the end");
    assert_eq!((is_whole(&store), position(&store)), (0, before));
    let small = made(&connect(&t.url), organisation("There is room again (fictional)"));
    assert_eq!(page::<Organisation>(&store, &everything()).0[0].slug, small);
}

#[test]
fn a_backup_taken_while_records_are_written_is_of_one_moment() {
    let t = TestStore::sqlite();
    let store = ground(&t);
    let owner = create(store, &full(rich_organisation())).unwrap().slug;
    let folder = tempfile::tempdir().unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for at in 0.. {
                if done.load(std::sync::atomic::Ordering::SeqCst) {
                    break;
                }
                made(store, event(&format!("Event {at}")));
                made(store, posture(&owner, &format!("group-{at}")));
            }
        });
        for at in 0..4 {
            store.backup(&folder.path().join(format!("{at}.db"))).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    for at in 0..4 {
        let url = format!("sqlite:{}/restored-{at}.db", folder.path().display());
        restore(&url, &folder.path().join(format!("{at}.db"))).unwrap();
        let restored = connect(&url);
        assert!(is_whole(&restored) >= 1);
        let (all, _) = page::<Organisation>(&restored, &everything());
        assert_eq!(all[0].body, rich_organisation());
        made(&restored, event("After it was restored"));
    }
}

/// A PostgreSQL of its own, that can be stopped and started again.
struct Server {
    bin: PathBuf,
    folder: tempfile::TempDir,
}

impl Server {
    /// `None` where no PostgreSQL is offered to the tests.
    fn start() -> Option<Self> {
        std::env::var_os("TEST_POSTGRES_URL")?;
        let found = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
        let bin = found.map(|one| one.path().join("bin")).filter(|bin| bin.join("initdb").exists());
        let server = Self { bin: bin.max()?, folder: tempfile::tempdir().unwrap() };
        let all = std::os::unix::fs::PermissionsExt::from_mode(0o777);
        std::fs::set_permissions(server.folder.path(), all).unwrap();
        server.run("initdb", "--auth=trust --no-sync --encoding=UTF8 --locale=C -U postgres");
        server.up();
        Some(server)
    }

    /// Runs a program of the server, as `postgres` where we are root.
    fn run(&self, program: &str, options: &str) {
        let data = self.folder.path().join("data");
        let line = format!("{}/{program} -D {} {options}", self.bin.display(), data.display());
        let root = is_root();
        let mut command = Command::new(if root { "runuser" } else { "sh" });
        if root {
            command.args(["-u", "postgres", "--", "sh"]);
        }
        command.args(["-c", &line]).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(command.status().unwrap().success(), "{line}");
    }

    fn up(&self) {
        let folder = self.folder.path().display();
        let options = format!("-c listen_addresses= -c unix_socket_directories={folder}");
        self.run("pg_ctl", &format!("start -w -l {folder}/log -o \"{options}\""));
    }

    fn down(&self) {
        self.run("pg_ctl", "stop -w -m immediate");
    }

    fn url(&self) -> String {
        let folder = self.folder.path().to_str().unwrap().replace('/', "%2F");
        format!("postgres://postgres@/postgres?host={folder}")
    }
}

fn is_root() -> bool {
    let asked = Command::new("id").arg("-u").output().unwrap();
    asked.stdout == b"0\n"
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            self.down();
        }
    }
}

#[test]
fn a_postgres_that_comes_back_is_used_again_without_a_restart() {
    let Some(server) = Server::start() else { return };
    let limits = Limits { pool: 3, wait: Duration::from_millis(400) };
    let store = Store::connect(&server.url(), limits).unwrap();
    store.migrate().unwrap();
    let written = made(&store, event("Before"));
    server.down();
    for _ in 0..5 {
        let refused = create(&store, &draft(event("Meanwhile"))).unwrap_err();
        let clear = matches!(refused, StoreError::Pool { .. } | StoreError::Database(_));
        assert!(clear, "{refused:?}");
        let unread = store.read_blocking(|conn| {
            records::find::<pathways::domain::register::Event>(conn, &written)
        });
        assert!(unread.is_err());
    }
    server.up();
    // The pool tries again by itself, with pauses that grow.
    let mut tries = 0;
    while let Err(error) = create(&store, &draft(event("After"))) {
        tries += 1;
        assert!(tries < 50, "it does not come back: {error}");
    }
    let all = page::<pathways::domain::register::Event>(&store, &everything());
    let names: Vec<String> = all.0.into_iter().map(|record| record.body.title).collect();
    assert_eq!(names, ["After", "Before"], "what was acknowledged is there, and nothing else");
    assert_eq!(position(&store), 2);
}
