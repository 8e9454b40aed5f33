//! Nothing of a need is kept: marks in every field, sent in every way that can go right or
//! wrong, are in no file, log, metric or answer of the real program afterwards.

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    path::Path,
};

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::program::running::{Service, done, request, run, run_with_input, signal};

/// What every mark has in it, and nothing else anywhere.
const MARK: &str = "zqx7mark";

fn mark(of: &str) -> String {
    format!("{MARK}{of}")
}

/// A need that is right, marked wherever a value is free: the words, and the part of the
/// postcode that is cut off before anything else happens.
fn right() -> Value {
    json!({"cohort": "prison-leavers", "place": "OX16 9QX", "within_miles": 20,
        "work_types": ["kitchen"], "offence_groups": ["driving"], "dbs_issue": true,
        "text": format!("kitchen {}", mark("text"))})
}

/// A need with a mark in each field, all wrong.
fn wrong() -> Value {
    json!({"cohort": mark("cohort"), "place": mark("place"), "within_miles": 71_907_351,
        "sectors": [mark("sector")], "work_types": [mark("work")], "patterns": [mark("pattern")],
        "hours": mark("hours"), "base": mark("base"), "english": mark("english"),
        "offence_groups": [mark("offence")], "wants": [mark("want")], "text": mark("text")})
}

/// Every way of saying a mark: as sent, and as it would be indexed or hashed aside.
const LOOKED_FOR: [&str; 4] = [MARK, "OX16 9QX", "OX169QX", "71907351"];
/// What is cut off the postcode; among bytes that are no text it may stand by chance.
const CUT: &str = "9QX";

fn has(bytes: &[u8]) -> Option<&'static str> {
    let folded = bytes.to_ascii_lowercase();
    let text = std::str::from_utf8(bytes).is_ok().then_some(CUT);
    LOOKED_FOR.into_iter().chain(text).find(|mark| {
        let mark = mark.to_ascii_lowercase();
        folded.windows(mark.len()).any(|run| run == mark.as_bytes())
    })
}

/// Looks through every file below a folder; how many bytes there were.
fn look_through(folder: &Path) -> usize {
    let mut looked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            looked += look_through(&path);
        } else if let Ok(bytes) = fs::read(&path) {
            assert_eq!(has(&bytes), None, "{}", path.display());
            looked += bytes.len();
        }
    }
    looked
}

/// The token of a role that the demonstration prints or the command makes.
fn token(folder: &Path) -> String {
    let said = done(folder, &["token", "create", "--role", "broker"]);
    said.split_whitespace().find(|word| word.len() > 30).unwrap().to_owned()
}

fn ask(service: &Service, token: &str, body: &str) -> (u16, String, String) {
    let start = format!(
        "POST /api/v1/matches/need HTTP/1.1\r\ncontent-type: application/json\r\n\
         authorization: Bearer {token}\r\n"
    );
    request(&service.address, &start, body).unwrap()
}

/// Begins a request and breaks it off after so many bytes of its body.
fn break_off(service: &Service, token: &str, body: &str, after: usize) -> TcpStream {
    let mut stream = TcpStream::connect(&service.address).unwrap();
    write!(
        stream,
        "POST /api/v1/matches/need HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    stream.write_all(&body.as_bytes()[..after]).unwrap();
    stream.flush().unwrap();
    stream
}

#[test]
fn nothing_of_a_need_is_kept_whatever_becomes_of_it() {
    let folder = tempdir().unwrap();
    let temporary = folder.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let service = Service::start(folder.path(), &["--demo"]);
    let broker = token(folder.path());
    let (right, wrong) = (right().to_string(), wrong().to_string());
    let mut told = Vec::new();
    let (status, head, body) = ask(&service, &broker, &right);
    assert_eq!(status, 200, "{head}\n{body}");
    told.push(head + &body);
    // What is refused: values, shapes, things that are no JSON, and callers.
    let shapes = [
        wrong.clone(),
        json!({"cohort": [mark("list")]}).to_string(),
        json!({"cohort": "refugees", "within_miles": mark("miles")}).to_string(),
        json!({"cohort": "refugees", "dbs_issue": mark("issue")}).to_string(),
        json!({"cohort": "refugees", "text": mark("long").repeat(100)}).to_string(),
        format!("{{\"cohort\": \"refugees\", \"text\": \"{MARK}"),
        format!("{MARK} is no JSON"),
    ];
    for body in &shapes {
        let (status, head, body) = ask(&service, &broker, body);
        assert!((400..500).contains(&status), "{head}\n{body}");
        told.push(head + &body);
    }
    for body in [&right, &wrong] {
        let (status, head, answer) = ask(&service, "nobody", body);
        assert_eq!(status, 401);
        told.push(head + &answer);
    }
    // What breaks off: after a part of the body, and while it waits for more.
    for after in [10, right.len() / 2, right.len() - 1] {
        let stream = break_off(&service, &broker, &right, after);
        stream.shutdown(Shutdown::Both).unwrap();
        drop(break_off(&service, &broker, &wrong, wrong.len() - after.min(10)));
    }
    // What never ends: the service gives up waiting, and says so.
    let mut waiting = break_off(&service, &broker, &right, right.len() - 1);
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("408") && answer.contains("request-timeout"), "{answer}");
    told.push(answer);
    let (_, _, metrics) = service.ask("/metrics");
    assert!(metrics.contains("/matches/need") || metrics.contains("http"), "{metrics}");
    told.push(metrics);
    for answer in &told {
        assert_eq!(has(answer.as_bytes()), None, "{answer}");
    }
    done(folder.path(), &["backup", "kept.db"]);
    let ended = service.stop("TERM");
    assert_eq!(has(ended.log.as_bytes()), None, "{}", ended.log);
    assert!(ended.log.contains("serve.stopped"));
    assert!(look_through(folder.path()) > 500_000, "database, index, columns and backup");
    assert!(folder.path().join("data/index/brokers.columns").exists());
}

#[test]
fn nothing_of_a_need_is_kept_when_the_program_is_killed_under_it() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("tmp")).unwrap();
    let first = Service::start(folder.path(), &["--demo"]);
    let broker = token(folder.path());
    assert_eq!(first.stop("TERM").code, Some(0));
    let right = right().to_string();
    for answered in [false, true, false] {
        let service = Service::start(folder.path(), &[]);
        assert_eq!(ask(&service, &broker, &right).0, 200);
        // One in its body, one whose answer may be on its way.
        let half = break_off(&service, &broker, &right, right.len() / 2);
        let mut whole = break_off(&service, &broker, &right, right.len());
        if answered {
            let mut byte = [0];
            whole.read_exact(&mut byte).unwrap();
        }
        signal(&service.id(), "KILL");
        drop((half, whole));
        let log = service.stop_reading();
        assert_eq!(has(log.as_bytes()), None, "{log}");
        assert!(look_through(folder.path()) > 100_000);
    }
}

#[test]
fn the_command_answers_in_bands_keeps_nothing_and_says_what_is_wrong() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &["--demo"]);
    assert_eq!(service.stop("TERM").code, Some(0));
    let right = right().to_string();
    let ran = run_with_input(folder.path(), &["match", "need", "-"], &right);
    assert_eq!(ran.code, 0, "{ran:?}");
    for said in [
        "Say they take people from this group",
        "Look at each case",
        "Have not said",
        "Ring or write: ",
        "?  ",
        "left out: ",
        "Policy ",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let json = run_with_input(folder.path(), &["match", "need", "-", "--json"], &right);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(answer["considered"], answer["considered"].as_u64().unwrap());
    let again = run_with_input(folder.path(), &["match", "need", "-", "--json"], &right);
    assert_eq!(json.out, again.out, "the same need is answered in the same bytes");
    let ran_wrong = run_with_input(folder.path(), &["match", "need", "-"], &wrong().to_string());
    assert_eq!(ran_wrong.code, 1);
    assert!(ran_wrong.err.contains("cohort: There is no such cohort."), "{}", ran_wrong.err);
    for text in [&ran.out, &ran.err, &json.out, &ran_wrong.err] {
        assert_eq!(has(text.as_bytes()), None, "{text}");
    }
    look_through(folder.path());
    let none = run(folder.path(), &["match", "need", "no-such-file.json"]);
    assert_eq!(none.code, 1);
}
