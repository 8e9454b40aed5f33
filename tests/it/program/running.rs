//! Running the binary: to its end, or as a service until it is told to stop.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

/// Nothing here takes half as long, whatever else the machine does.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program, without any setting of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathways"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PATHWAYS_")) {
        command.env_remove(name);
    }
    command
}

/// What came of a command.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs a command in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    program().args(arguments).current_dir(folder).output().unwrap().into()
}

/// Runs a command that must succeed; its output.
pub fn done(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
    ran.out
}

/// Runs a command that reads its standard input.
pub fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut command = program();
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap().into()
}

/// A service that answers, and is killed when it goes out of scope.
pub struct Service {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    /// `HOST:PORT`.
    pub address: String,
}

/// What a service said and how it ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code.
    pub code: Option<i32>,
    /// What it had printed after the line with its address.
    pub out: String,
    /// Its log.
    pub log: String,
}

impl Service {
    /// Starts `serve` in a folder, on a free port, with these arguments more.
    pub fn start(folder: &Path, more: &[&str]) -> Self {
        let mut child = spawn(folder, more);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let Some((_, address)) = line.trim_end().split_once("http://") else {
            child.kill().unwrap();
            let mut log = String::new();
            child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
            panic!("it was not ready: {line:?}\n{log}");
        };
        Self { address: address.to_owned(), child, out }
    }

    /// Its process.
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// The answer to GET: status, head and body.
    pub fn ask(&self, target: &str) -> (u16, String, String) {
        self.request(&format!("GET {target} HTTP/1.1\r\n"), "")
    }

    /// The JSON that GET answers.
    pub fn json(&self, target: &str) -> Value {
        let (status, head, body) = self.ask(target);
        assert_eq!(status, 200, "{target}: {head}\n{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The JSON that POST of JSON answers.
    pub fn post(&self, target: &str, body: &str) -> Value {
        let start = format!("POST {target} HTTP/1.1\r\ncontent-type: application/json\r\n");
        let (status, head, answer) = self.request(&start, body);
        assert_eq!(status, 200, "{target}: {head}\n{answer}");
        serde_json::from_str(&answer).unwrap()
    }

    fn request(&self, start: &str, body: &str) -> (u16, String, String) {
        request(&self.address, start, body).unwrap()
    }

    /// Sends a signal, such as `TERM`, and waits for the end.
    pub fn stop(mut self, name: &str) -> Ended {
        signal(&self.id(), name);
        let code = wait(&mut self.child).code();
        let (mut out, mut log) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        Ended { code, out, log }
    }

    /// The log of a service that was killed.
    pub fn stop_reading(mut self) -> String {
        wait(&mut self.child);
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

/// The answer of whoever is at an address: status, head and body.
pub fn request(address: &str, start: &str, body: &str) -> std::io::Result<(u16, String, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{start}host: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}",
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).map_err(std::io::Error::other)?;
    let broken_off = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(broken_off)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Ok((status.ok_or_else(broken_off)?, head.to_lowercase(), body.to_owned()))
}

impl Drop for Service {
    fn drop(&mut self) {
        // Gone already where a test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts `serve` without waiting for anything.
pub fn spawn(folder: &Path, more: &[&str]) -> Child {
    let mut command = program();
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(more).current_dir(folder);
    let temporary = folder.join("tmp");
    if temporary.is_dir() {
        command.env("TMPDIR", temporary);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Sends a signal to a process.
pub fn signal(process: &str, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), process]).status().unwrap();
    assert!(sent.success());
}

fn wait(child: &mut Child) -> std::process::ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < PATIENCE, "it does not stop");
        std::thread::yield_now();
    }
}
