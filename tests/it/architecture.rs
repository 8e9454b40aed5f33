//! The rules of the code's shape: who may use whom, how long a file may be, what
//! belongs where, and that what is written twice is equal.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each floor with those it may use beside itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("search", &["domain"]),
    ("content", &["domain"]),
    ("app", &["domain", "store", "search", "content"]),
    ("web", &["domain", "app"]),
];

/// Libraries with the only modules that may know them.
const KNOWN_TO: &[(&str, &[&str])] = &[
    ("tantivy::", &["search"]),
    ("diesel::", &["store"]),
    ("diesel_migrations::", &["store"]),
    ("actix_web::", &["web", "cli"]),
    ("utoipa", &["web"]),
    ("maud::", &["web"]),
    ("microlp::", &["domain"]),
    ("clap::", &["cli", "config"]),
    ("indicatif::", &["cli"]),
    ("comrak::", &["content", "web"]),
    ("toml::", &["content", "app"]),
    ("rust_xlsxwriter::", &["app"]),
];

const MOST_LINES: usize = 400;

/// A source file: its path from the project's root and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The module under `src` that it belongs to.
    fn module(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or("");
        inner.split(['/', '.']).next().unwrap_or("")
    }

    /// Its lines of code, with their numbers; comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = (1..).zip(self.text.lines());
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut waiting = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push(Source { path: name, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn program() -> Vec<Source> {
    let sources = files("src", ".rs");
    assert!(sources.len() > 50, "the sources were not found");
    sources
}

fn everything() -> Vec<Source> {
    let mut sources = program();
    sources
        .extend(files("tests", ".rs").into_iter().filter(|file| !file.path.contains("/.tools/")));
    sources
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The modules that a line names after `crate::`, one by one.
fn used(line: &str) -> Vec<&str> {
    line.split("crate::").skip(1).map(first_word).filter(|name| !name.is_empty()).collect()
}

/// The modules that `use crate::{ … }` names, also over several lines.
fn used_in_braces(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for block in text.split("use crate::{").skip(1) {
        let (mut depth, mut outermost) = (0, String::new());
        for c in block.chars() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                c if depth == 0 => outermost.push(c),
                _ => {}
            }
        }
        let branches = outermost.split(',').map(|branch| first_word(branch.trim()).to_owned());
        names.extend(branches.filter(|name| !name.is_empty()));
    }
    names
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn each_floor_uses_only_those_below() {
    let mut faults = Vec::new();
    for source in program() {
        let module = source.module();
        let Some((_, below)) = FLOORS.iter().find(|(floor, _)| *floor == module) else { continue };
        let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
        let mut names: BTreeSet<String> = used_in_braces(&code.join("\n")).into_iter().collect();
        names.extend(code.iter().flat_map(|line| used(line)).map(str::to_owned));
        let refused =
            names.iter().filter(|name| *name != module && !below.contains(&name.as_str()));
        let beside = |name: &&String| {
            // A macro of the crate is exported at its root and belongs to its floor.
            !source.text.contains(&format!("macro_rules! {name}"))
        };
        faults.extend(
            refused
                .filter(beside)
                .map(|name| format!("{}: {module} may not use {name}", source.path)),
        );
    }
    assert_none(&faults);
}

#[test]
fn the_search_for_imports_sees_every_way_of_writing_them() {
    assert_eq!(used("let x = crate::store::Store; crate::web::serve()"), ["store", "web"]);
    let braces =
        "use crate::{\n    app::{start, x::{y, z}},\n    domain, web::{self},\n};\nlet a = 1;";
    assert_eq!(used_in_braces(braces), ["app", "domain", "web"]);
}

#[test]
fn nobody_reaches_past_their_parent() {
    let faults: Vec<String> = everything()
        .iter()
        .filter(|source| source.path != file!())
        .flat_map(|source| {
            let climbing = source.code().filter(|(_, line)| line.contains("super::super"));
            climbing
                .map(|(nth, _)| format!("{}:{nth}: super::super", source.path))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn each_library_is_known_to_its_floor_alone() {
    let mut faults = Vec::new();
    for source in program() {
        for (library, modules) in KNOWN_TO {
            if modules.contains(&source.module()) {
                continue;
            }
            let named = source.code().filter(|(_, line)| names_library(line, library));
            faults.extend(named.map(|(nth, _)| format!("{}:{nth}: {library}", source.path)));
        }
    }
    assert_none(&faults);
}

fn names_library(line: &str, library: &str) -> bool {
    line.match_indices(library).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[test]
fn the_domain_knows_no_format_no_file_and_no_clock() {
    const REFUSED: &[&str] = &[
        "serde",
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "Utc::now",
        "Local::now",
        "rand::",
    ];
    let mut faults = Vec::new();
    for source in program().iter().filter(|source| source.module() == "domain") {
        for (nth, line) in source.code() {
            faults.extend(
                REFUSED
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}:{nth}: {word}", source.path)),
            );
        }
    }
    assert_none(&faults);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let long: Vec<String> = everything()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert_none(&long);
}

#[test]
fn every_file_opens_by_saying_what_it_is_for() {
    let opens = |text: &str| {
        text.starts_with("//!") || text.starts_with("#![doc = include_str!(\"ARCHITECTURE.md\")]")
    };
    let silent: Vec<String> = everything()
        .into_iter()
        .filter(|source| !opens(&source.text))
        .map(|source| source.path)
        .collect();
    assert_none(&silent);
}

#[test]
fn every_migration_is_there_for_both_databases_up_and_down() {
    let names = |database: &str| -> BTreeSet<String> {
        let folder = root().join("migrations").join(database);
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let complete = entries.inspect(|entry| {
            for step in ["up.sql", "down.sql"] {
                assert!(entry.path().join(step).is_file(), "{:?} has no {step}", entry.path());
            }
        });
        complete.map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn the_api_adds_its_routes_where_the_contract_sees_them() {
    // utoipa-actix-web 0.2 collects what comes through `service`, not `route`.
    let hidden: Vec<String> = program()
        .iter()
        .filter(|source| source.path.starts_with("src/web/api"))
        .flat_map(|source| {
            let routes = source.code().filter(|(_, line)| line.contains(".route("));
            routes.map(|(nth, _)| format!("{}:{nth}", source.path)).collect::<Vec<_>>()
        })
        .collect();
    assert_none(&hidden);
}

#[test]
fn the_top_level_holds_what_the_layout_names_and_nothing_else() {
    const KNOWN: &[&str] = &[
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "src",
        "migrations",
        "toolkits",
        "openapi",
        "tests",
    ];
    let listed = std::process::Command::new("git").arg("ls-files").current_dir(root()).output();
    let Some(listed) = listed.ok().filter(|listed| listed.status.success()) else {
        eprintln!("not a git checkout: the top level was not looked at");
        return;
    };
    let listed = String::from_utf8(listed.stdout).unwrap();
    let top: BTreeSet<&str> = listed.lines().filter_map(|path| path.split('/').next()).collect();
    let stray: Vec<String> = top
        .into_iter()
        .filter(|name| !name.starts_with('.') && !name.starts_with("LICENSE"))
        .filter(|name| !KNOWN.contains(name))
        .map(str::to_owned)
        .collect();
    assert_none(&stray);
}

#[test]
fn the_readme_lists_the_settings_as_the_code_has_them() {
    let table = pathways::config::table::<pathways::cli::Cli>();
    assert!(table.contains("`PATHWAYS_LISTEN`"), "{table}");
    let readme = fs::read_to_string(root().join("README.md")).unwrap_or_default();
    assert!(readme.contains(&table), "the settings table of README.md should be:\n\n{table}");
}

#[test]
fn every_kept_snapshot_belongs_to_a_test() {
    let tests: String = files("tests/it", ".rs").into_iter().map(|source| source.text).collect();
    let orphans: Vec<String> = files("tests/it", ".snap")
        .into_iter()
        .filter(|snapshot| {
            let file =
                Path::new(&snapshot.path).file_stem().unwrap().to_string_lossy().into_owned();
            let name = file.rsplit("__").next().unwrap();
            !tests.contains(&format!("\"{name}\"")) && !tests.contains(&format!("fn {name}("))
        })
        .map(|snapshot| snapshot.path)
        .collect();
    assert_none(&orphans);
}
