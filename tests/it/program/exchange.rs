//! `import`, `export` and `token`, as they are typed.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use tempfile::{TempDir, tempdir};

use crate::program::running::{Ran, done, run};

const LIST: &[u8] = include_bytes!("../exchange/fixtures/sample-list.csv");
const MAP: &str = include_str!("../exchange/fixtures/sample-map.toml");
const FIRMS: &str = "slug,name,kind\nmill,Mill (fictional),employer\n";

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn fails(folder: &Path, arguments: &[&str], said: &str) -> Ran {
    let ran = run(folder, arguments);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{arguments:?}: {ran:?}");
    assert!(ran.err.starts_with("pathways: ") && ran.err.contains(said), "{arguments:?}: {ran:?}");
    ran
}

#[test]
fn wrong_usage_is_two_and_says_what_would_be_right() {
    let folder = folder(&[("f.csv", FIRMS)]);
    let wrong: [(&[&str], &str); 12] = [
        (&["import"], "<KIND>"),
        (&["import", "organisations"], "<FILE>"),
        (&["import", "organisation", "f.csv"], "organisations, signatures, pledges"),
        (&["import", "organisations", "f.csv", "--stated-on", "tomorrow"], "--stated-on"),
        (&["import", "organisations", "f.csv", "--stated-on", "2199-01-01"], "a day to come"),
        (&["export"], "<KIND>"),
        (&["export", "sandwiches"], "outcodes"),
        (&["token", "create"], "--role"),
        (&["token", "create", "--role", "public"], "employer, broker"),
        (&["token", "create", "--role", "employer"], "--organisation"),
        (&["token", "create", "--role", "broker", "--organisation", "mill"], "employer alone"),
        (&["token", "revoke", "x"], "<ID>"),
    ];
    for (arguments, said) in wrong {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(said), "{arguments:?}: {ran:?}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn a_file_that_is_of_no_use_makes_no_database() {
    let folder =
        folder(&[("empty.csv", ""), ("wrong.csv", "firm\n"), ("f.csv", FIRMS), ("m", "x")]);
    fs::create_dir(folder.path().join("folder.jsonl")).unwrap();
    let import = |file, said| fails(folder.path(), &["import", "organisations", file], said);
    import("none.csv", "No such file");
    import("empty.csv", "it needs a row of headings");
    import("wrong.csv", "the heading \"firm\" is no field");
    import(".", "no regular file");
    import("folder.jsonl", "no regular file");
    let map = |map, said| {
        fails(folder.path(), &["import", "organisations", "f.csv", "--map", map], said);
    };
    map("none.toml", "cannot read none.toml");
    map("m", "the map cannot be read");
    fails(folder.path(), &["export", "organisations"], "there is no database");
    fails(folder.path(), &["token", "list"], "there is no database");
    assert!(!folder.path().join("data").exists());
    let read = import("none.csv", "").err;
    assert_eq!(read.matches("os error").count(), 1, "said once: {read}");
}

#[test]
fn a_fresh_folder_is_made_ready_for_whatever_is_imported() {
    let folder = folder(&[
        ("f.csv", FIRMS),
        (
            "y.csv",
            "slug,organisation,charter,charter_version,starts_on,ends_on,stated_on\n\
             y,mill,oxfordshire-inclusive-economy,2023,2026-01-01,2026-12-31,2026-01-01\n",
        ),
    ]);
    let said = done(folder.path(), &["import", "organisations", "f.csv"]);
    assert!(said.starts_with("Imported organisations: 1 created, 0 changed"), "{said}");
    let said = done(folder.path(), &["import", "signatures", "y.csv"]);
    assert!(said.starts_with("Imported signatures: 1 created"), "the charter is there: {said}");
    let said = done(folder.path(), &["import", "signatures", "y.csv"]);
    assert!(said.contains("0 created, 0 changed, 1 unchanged, 0 refused. 1 row in"), "{said}");
    let bare = ["import", "signatures", "y.csv", "--data", "bare", "--reference", "none"];
    let ran = run(folder.path(), &bare);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("there is no such charter"), "{ran:?}");
}

#[test]
fn a_list_is_imported_by_its_map_and_its_bad_rows_are_told() {
    let folder = folder(&[("map.toml", MAP)]);
    fs::write(folder.path().join("list.csv"), LIST).unwrap();
    let import = |more: &[&str]| {
        let arguments = ["import", "organisations", "list.csv", "--map", "map.toml"];
        run(folder.path(), &[&arguments[..], more].concat())
    };
    let bad = "list.csv:13: postcode: a postcode is written as OX16 5QA, or its first half, OX16 \
         (text of 9 characters)\n";
    let ran = import(&[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.out, format!("{bad}Nothing was imported: of 7 rows, 1 refused.\n"));
    let ran = import(&["--keep-going", "--dry-run"]);
    assert!(ran.out.contains("Nothing was written; this would be done: 6 created"), "{ran:?}");
    let ran = import(&["--keep-going", "--stated-on", "2020-04-04"]);
    assert_eq!(ran.code, 1, "what was refused is no success: {ran:?}");
    assert!(ran.out.starts_with(bad) && ran.out.contains("6 created"), "{ran:?}");
    let ran = import(&["--keep-going", "--stated-on", "2020-04-04"]);
    assert!(ran.out.contains("0 created, 0 changed, 6 unchanged, 1 refused"), "{ran:?}");
    let out = done(folder.path(), &["export", "organisations"]);
    assert_eq!(out.matches(",2020-04-04,").count(), 6, "{out}");
}

#[test]
fn many_bad_rows_are_a_hundred_lines_and_counts() {
    let rows = "Firm,nonsense\n".repeat(10_000);
    let folder = folder(&[("f.csv", &format!("name,kind\n{rows}"))]);
    let ran = run(folder.path(), &["import", "organisations", "f.csv"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.lines().count(), 103, "{}", ran.out);
    let end: Vec<_> = ran.out.lines().skip(100).collect();
    assert_eq!(end[0], "These are the first 100 of 10000 faults. By reason:");
    assert!(end[1].trim_start().starts_with("10000  kind: it is one of"), "{}", end[1]);
    assert_eq!(end[2], "Nothing was imported: of 10000 rows, 10000 refused.");
}

#[test]
fn an_export_is_its_owners_alone_and_whole_or_not_there() {
    let folder = folder(&[("f.csv", FIRMS)]);
    done(folder.path(), &["import", "organisations", "f.csv"]);
    for file in ["out.csv", "out.jsonl"] {
        let said = done(folder.path(), &["export", "organisations", file]);
        assert_eq!(said, format!("Exported organisations to {file}: 1 row.\n"));
        let mode = fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let csv = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert_eq!(done(folder.path(), &["export", "organisations"]), csv);
    let json = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert!(json.starts_with("{\"slug\":\"mill\",\"name\":\"Mill (fictional)\","), "{json}");
    for file in ["no/where.csv", "data"] {
        fails(folder.path(), &["export", "organisations", file], "cannot export");
    }
    let left = fs::read_dir(folder.path()).unwrap().flatten();
    assert!(left.into_iter().all(|file| !file.path().to_string_lossy().ends_with(".part")));
}

#[test]
fn a_token_is_shown_once_and_only_its_hash_is_kept() {
    let folder = folder(&[("f.csv", FIRMS)]);
    done(folder.path(), &["import", "organisations", "f.csv"]);
    let create = |more: &[&str]| {
        let ran = run(folder.path(), &[&["token", "create"], more].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.err.contains("It is shown once"), "{ran:?}");
        ran.out.trim_end().to_owned()
    };
    let broker = create(&["--role", "broker", "--label", "desk", "--expires-in-days", "30"]);
    let employer = create(&["--role", "employer", "--organisation", "mill"]);
    assert_ne!(broker, employer);
    for token in [&broker, &employer] {
        let secret = token.strip_prefix("pathways_").unwrap();
        assert!(secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_hexdigit()), "{token}");
        for file in fs::read_dir(folder.path().join("data")).unwrap() {
            let path = file.unwrap().path();
            let bytes = if path.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            let kept = |text: &str| bytes.windows(text.len()).any(|some| some == text.as_bytes());
            assert!(!kept(secret), "{}", path.display());
            if path.ends_with("pathways.db") {
                assert!(kept(&pathways::app::tokens::hash(token)), "its hash is there");
            }
        }
    }
    let list = done(folder.path(), &["token", "list"]);
    assert!(!list.contains("pathways_"), "{list}");
    let line = |id: &str| {
        let list = done(folder.path(), &["token", "list"]);
        let line = list.lines().find(|line| line.trim_start().starts_with(id)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!((&line("1")[1..3], line("1")[6].as_str()), (&own(&["broker", "good"])[..], "desk"));
    let employer = line("2");
    assert_eq!(
        (&employer[1..3], &employer[4..]),
        (&own(&["employer", "good"])[..], &own(&["never", "mill", "-"])[..])
    );
    assert_eq!(done(folder.path(), &["token", "revoke", "1"]), "Token 1 is revoked.\n");
    assert_eq!(done(folder.path(), &["token", "revoke", "1"]), "Token 1 was revoked before.\n");
    assert_eq!(line("1")[2], "revoked");
    fails(folder.path(), &["token", "revoke", "9"], "there is no token 9");
    let nobody = ["token", "create", "--role", "employer", "--organisation", "nobody"];
    fails(folder.path(), &nobody, "there is no organisation of that name");
}

fn own(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn needs_courses_actions_schemes_and_versions_go_both_ways() {
    let needs = "partnership,title,soc,sic,headcount,priority\n\
         care,Night carers (fictional),6135,87,12,high\n";
    let bad = format!("{needs}care,Nobody,61,87,0,\nnowhere,Nobody,,,,\n");
    let courses = "provider,title,course_type,summary,runs\n\
         activate-learning,Kitchen (fictional),skills-bootcamp,Ten evenings.,\
         \"[{\"\"flexible_start\"\":true,\"\"cost_pence\"\":0,\"\"places\"\":12}]\"\n";
    let folder = folder(&[("n.csv", needs), ("bad.csv", &bad), ("c.csv", courses)]);
    let refused = run(folder.path(), &["import", "needs", "bad.csv"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    for told in
        ["bad.csv:3: soc", "bad.csv:3: headcount", "bad.csv:4: partnership", "Nothing was imported"]
    {
        assert!(refused.out.contains(told), "{told}: {refused:?}");
    }
    let dry = done(folder.path(), &["import", "needs", "n.csv", "--dry-run"]);
    assert!(dry.contains("this would be done: 1 created"), "{dry}");
    for (kind, file) in [("needs", "n.csv"), ("courses", "c.csv")] {
        let said = done(folder.path(), &["import", kind, file]);
        assert!(said.contains("1 created, 0 changed"), "{said}");
        let said = done(folder.path(), &["import", kind, file]);
        assert!(said.contains("0 created, 0 changed, 1 unchanged, 0 refused"), "{said}");
    }
    for kind in [
        "needs",
        "courses",
        "charter-actions",
        "schemes",
        "charter-versions",
        "partnerships",
        "meetings",
        "partnership-actions",
    ] {
        for ending in ["csv", "jsonl"] {
            let file = format!("{kind}.{ending}");
            done(folder.path(), &["export", kind, &file]);
            let before = fs::read(folder.path().join(&file)).unwrap();
            let said = done(folder.path(), &["import", kind, &file]);
            assert!(said.contains(": 0 created, 0 changed"), "{said}");
            done(folder.path(), &["export", kind, &file]);
            assert_eq!(fs::read(folder.path().join(&file)).unwrap(), before, "{file}");
        }
    }
    let found = done(folder.path(), &["export", "needs"]);
    assert!(found.contains("Night carers (fictional)"), "{found}");
}

#[test]
fn codes_are_loaded_in_both_forms_and_then_a_code_must_stand_in_its_list() {
    let sic = "code\tname\tparent\n87\tResidential care\tlist:Q\n87.10\tNursing homes\tlist:87\n";
    let soc = "6135: Care workers\n6136: Senior care workers\n";
    let needs = "partnership,title,soc,sic,fictional\n\
         care,Night carers (fictional),6137,87200,true\n\
         care,Day carers (fictional),6135,87100,true\n";
    let folder = folder(&[("sic.tsv", sic), ("soc.txt", soc), ("n.csv", needs)]);
    let dry = done(folder.path(), &["import", "sic", "sic.tsv", "--dry-run"]);
    assert!(dry.contains("this would be done: 2 created"), "{dry}");
    for (kind, file) in [("sic", "sic.tsv"), ("soc", "soc.txt")] {
        let said = done(folder.path(), &["import", kind, file]);
        assert!(said.contains("2 created, 0 changed"), "{said}");
        let said = done(folder.path(), &["import", kind, file]);
        assert!(said.contains("0 created, 0 changed, 2 unchanged, 0 refused"), "{said}");
    }
    let refused = run(folder.path(), &["import", "needs", "n.csv"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    for told in [
        "n.csv:2: soc: SOC 2020 has no such code. The nearest are: 6136 Senior care workers",
        "n.csv:2: sic: SIC 2007 has no such code. The nearest are: 87",
        "of 2 rows, 1 refused",
    ] {
        assert!(refused.out.contains(told), "{told}: {refused:?}");
    }
    let said = run(folder.path(), &["import", "needs", "n.csv", "--keep-going"]);
    assert!(said.out.contains("1 created"), "{said:?}");
    done(folder.path(), &["export", "sic", "out.csv"]);
    let said = done(folder.path(), &["import", "sic", "out.csv"]);
    assert!(said.contains("0 created, 0 changed, 2 unchanged"), "{said}");
}
