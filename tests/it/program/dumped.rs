//! PostgreSQL is backed up and restored by its own tools: README's commands, run as they
//! stand there, on a database of their own.

use std::{fs, path::Path, process::Command};

use tempfile::tempdir;

use crate::program::running::{Ran, Service, done};

const README: &str = include_str!("../../../README.md");

/// A database that is dropped at the end, on the server that the tests are offered.
struct Database {
    server: String,
    name: String,
}

impl Database {
    fn new() -> Option<Self> {
        let Some(server) = std::env::var_os("TEST_POSTGRES_URL") else {
            eprintln!("not tried on PostgreSQL: TEST_POSTGRES_URL is not set");
            return None;
        };
        let server = server.into_string().unwrap();
        let new = Self { server, name: format!("dumped_{}", std::process::id()) };
        new.run(&format!("CREATE DATABASE {}", new.name));
        Some(new)
    }

    /// Its address: that of the server with another name of the database.
    fn url(&self) -> String {
        let (server, settings) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (host, _) = server.rsplit_once('/').unwrap();
        format!("{host}/{}?{settings}", self.name)
    }

    fn run(&self, sql: &str) {
        let ran = Command::new("psql").args(["-qX", "-c", sql, &self.server]).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// README's command of that name, with this database and file.
fn command(name: &str, url: &str, file: &str) -> String {
    let commands = README.split('`').filter(|text| text.starts_with(&format!("{name} ")));
    let commands: Vec<&str> = commands.collect();
    assert_eq!(commands.len(), 1, "README has one {name}: {commands:?}");
    commands[0].replace("URL", &format!("'{url}'")).replace("FILE", file)
}

fn shell(folder: &Path, command: &str) {
    let ran = Command::new("sh").args(["-c", command]).current_dir(folder).output().unwrap();
    let ran = Ran::from(ran);
    assert_eq!(ran.code, 0, "{command}: {ran:?}");
}

fn found(service: &Service, words: &str) -> u64 {
    let target = format!("/api/v1/search?kind=organisation&q={words}");
    service.json(&target)["total"].as_u64().unwrap()
}

#[test]
fn what_was_dumped_while_it_was_served_is_what_is_restored() {
    let Some(database) = Database::new() else { return };
    let (folder, url) = (tempdir().unwrap(), database.url());
    let import = |name: &str| {
        let list = format!("name,kind,publication\n{name} (fictional),employer,published\n");
        fs::write(folder.path().join("list.csv"), list).unwrap();
        done(folder.path(), &["import", "organisations", "list.csv", "--database", &url]);
    };
    let start = || Service::start(folder.path(), &["--database", &url]);
    done(folder.path(), &["migrate", "--database", &url]);
    import("Zorbley Works");
    let service = start();
    assert_eq!(found(&service, "zorbley"), 1);
    shell(folder.path(), &command("pg_dump", &url, "kept.dump"));

    assert_eq!(service.stop("TERM").code, Some(0));
    import("Quimby Mill");
    let service = start();
    assert_eq!((found(&service, "zorbley"), found(&service, "quimby")), (1, 1));
    assert_eq!(service.stop("TERM").code, Some(0));

    // Restored and written on: the numbers of changes are those that the index has seen,
    // of other changes.
    shell(folder.path(), &command("pg_restore", &url, "kept.dump"));
    import("Ravel Dairy");
    let service = start();
    assert_eq!((found(&service, "zorbley"), found(&service, "ravel")), (1, 1));
    assert_eq!(found(&service, "quimby"), 0, "it is not in what was restored");
}
