//! What a search over HTTP costs beside an answer that costs nothing.
//!
//! Run by hand: `cargo bench`. A server in this process answers varied questions
//! on loopback; beside it a handler sends the same bytes from memory, in turns, so
//! both meet the same machine. Then the binary is started cold and warm, and its
//! memory is read. Nothing here passes or fails: the figures are for people.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::format_push_string,
    reason = "a program that is run by hand and prints figures"
)]

mod client;

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use actix_web::{App, HttpResponse, HttpServer, rt::System, web};
use client::Client;
use pathways::{
    app::{
        AppState, Clock,
        start::{Demonstration, ReferenceSource, Sources},
    },
    web::{Settings, Site},
};

/// How often each client asks all questions, of either server.
const ROUNDS: usize = 25;
/// Searches before the memory is read.
const SEARCHES: usize = 1_000;
/// Starts of each kind.
const STARTS: usize = 5;

const QUESTIONS: &str = include_str!("questions.txt");

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let targets: Vec<String> = QUESTIONS.lines().map(target).collect();
    let site = serve_site()?;
    let mut first = Client::connect(&site)?;
    let bodies = targets.iter().map(|target| first.get(target)).collect::<Result<Vec<_>, _>>()?;
    let sizes: usize = bodies.iter().map(Vec::len).sum();
    println!("{} questions, {} bytes an answer on average\n", targets.len(), sizes / targets.len());
    let fixed = serve_fixed(bodies)?;
    let numbers: Vec<String> = (0..targets.len()).map(|nth| format!("/{nth}")).collect();

    println!(
        "{:<9}{:<14}{:>10}{:>10}{:>12}",
        "clients", "answer", "p50 us", "p99 us", "requests/s"
    );
    for clients in [1, 4] {
        let (mut searched, mut sent) = (Sample::default(), Sample::default());
        for _ in 0..ROUNDS {
            sent.add(round(&fixed, &numbers, clients)?);
            searched.add(round(&site, &targets, clients)?);
        }
        sent.print(clients, "from memory");
        searched.print(clients, "search");
        println!("{:<9}{:<14}{:>10.1}", "", "ratio", searched.median() / sent.median());
    }
    start_ups()?;
    memory(&targets)
}

/// `/api/v1/search?q=…` of a question.
fn target(question: &str) -> String {
    let mut target = "/api/v1/search?q=".to_owned();
    for byte in question.bytes() {
        if byte.is_ascii_alphanumeric() {
            target.push(char::from(byte));
        } else {
            target.push_str(&format!("%{byte:02X}"));
        }
    }
    target
}

/// Times of single requests, and of whole rounds.
#[derive(Default)]
struct Sample {
    requests: Vec<Duration>,
    rounds: Duration,
}

impl Sample {
    fn add(&mut self, (requests, took): (Vec<Duration>, Duration)) {
        self.requests.extend(requests);
        self.requests.sort();
        self.rounds += took;
    }

    /// Microseconds below which so many hundredths of the requests stayed.
    fn percentile(&self, hundredths: usize) -> f64 {
        let at = (self.requests.len() * hundredths / 100).min(self.requests.len() - 1);
        self.requests[at].as_secs_f64() * 1e6
    }

    fn median(&self) -> f64 {
        self.percentile(50)
    }

    fn print(&self, clients: usize, name: &str) {
        let per_second = self.requests.len() as f64 / self.rounds.as_secs_f64();
        let (p50, p99) = (self.median(), self.percentile(99));
        println!("{clients:<9}{name:<14}{p50:>10.0}{p99:>10.0}{per_second:>12.0}");
    }
}

/// Asks everything once from each of some clients that keep their connections.
fn round(
    address: &str,
    targets: &[String],
    clients: usize,
) -> Result<(Vec<Duration>, Duration), Failure> {
    let mut connected =
        (0..clients).map(|_| Client::connect(address)).collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let times = thread::scope(|scope| {
        let asking: Vec<_> =
            connected.iter_mut().map(|client| scope.spawn(|| client.time(targets))).collect();
        asking
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect::<Result<Vec<_>, Failure>>()
    })?;
    Ok((times.concat(), begun.elapsed()))
}

/// Serves the site from the files alone; its address.
fn serve_site() -> Result<String, Failure> {
    let sources = Sources {
        toolkits: None,
        reference: ReferenceSource::Oxfordshire,
        demonstration: Demonstration::Added,
    };
    let material = sources.read()?;
    let library = material.library.clone();
    let state = AppState::new(library, material.alone(Clock::System)?, Clock::System);
    let (told, address) = mpsc::channel();
    thread::spawn(move || {
        System::new().block_on(async move {
            let site = Site::new(Arc::new(state), Settings { rate_limit: 0 });
            let running = site.listen(([127, 0, 0, 1], 0).into())?;
            let _ = told.send(running.address.to_string());
            running.server.await
        })
    });
    Ok(address.recv()?)
}

/// Serves bodies by their number; the address.
fn serve_fixed(bodies: Vec<Vec<u8>>) -> Result<String, Failure> {
    let bodies = web::Data::new(bodies.into_iter().map(web::Bytes::from).collect::<Vec<_>>());
    let (told, address) = mpsc::channel();
    thread::spawn(move || {
        System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new().app_data(bodies.clone()).route("/{nth}", web::get().to(fixed))
            })
            .disable_signals()
            .bind(("127.0.0.1", 0))?;
            let _ = told.send(server.addrs()[0].to_string());
            server.run().await
        })
    });
    Ok(address.recv()?)
}

async fn fixed(nth: web::Path<usize>, bodies: web::Data<Vec<web::Bytes>>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(bodies[*nth].clone())
}

/// How long the binary takes to the line that says it is ready.
fn start_ups() -> Result<(), Failure> {
    println!("\nstart to ready, median of {STARTS}, ms");
    let mut cold = Vec::new();
    let mut warm = Vec::new();
    for _ in 0..STARTS {
        let folder = tempfile::tempdir()?;
        for times in [&mut cold, &mut warm] {
            let begun = Instant::now();
            let (mut child, _) = start(folder.path())?;
            times.push(begun.elapsed());
            stop(&mut child)?;
        }
    }
    for (name, mut times) in [("empty folder", cold), ("data kept", warm)] {
        times.sort();
        println!("{name:<16}{:>8}", times[times.len() / 2].as_millis());
    }
    Ok(())
}

/// How much memory the binary holds after many searches.
fn memory(targets: &[String]) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let (mut child, address) = start(folder.path())?;
    let mut client = Client::connect(&address)?;
    for target in targets.iter().cycle().take(SEARCHES) {
        client.get(target)?;
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    stop(&mut child)?;
    println!("\nmemory after {SEARCHES} searches");
    for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"))
    {
        println!("{line}");
    }
    Ok(())
}

/// Starts the binary with the demonstration; its address.
fn start(folder: &Path) -> Result<(Child, String), Failure> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathways"));
    command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--rate-limit", "0"]);
    command.args(["--log", "warn"]).arg("--data").arg(folder);
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let (_, address) = line.trim_end().split_once("http://").ok_or("it was not ready")?;
    Ok((child, address.to_owned()))
}

fn stop(child: &mut Child) -> Result<(), Failure> {
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
    child.wait()?;
    Ok(())
}
