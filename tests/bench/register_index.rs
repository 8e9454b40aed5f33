//! What the index of the register costs: to fill, to keep, to open, to ask.
//!
//! Run by hand: `cargo bench --bench register_index [-- COUNT…]`, with 1 000 and 100 000
//! fictional organisations where no count is given. A folder is filled by this process;
//! another is started to open and ask it, so that its memory is that of readers alone.
//! Beside the searches a loop that never changes is timed, in turns, so that figures of
//! two machines, or of a busy one, can be told apart. Nothing here passes or fails.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a program that is run by hand and prints figures"
)]

mod fictional;

use std::{
    env, fs,
    hint::black_box,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use fictional::{Dice, organisation, slip};
use pathways::{
    app::{
        Clock, Snapshot,
        start::{Demonstration, ReferenceSource, Sources},
    },
    domain::search::{Facet, Near, Question},
    search::{
        Language,
        register::{Opening, Position, Standing, View, Writer},
    },
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Of which organisations the index is made.
const SEED: u64 = 7;
/// Questions of each kind.
const QUESTIONS: usize = 200;
/// Small commits, as one write to the register makes them.
const COMMITS: u64 = 20;
/// Tells the other process what to do.
const ASK: &str = "ask";

fn main() -> Result<(), Failure> {
    let given: Vec<String> = env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    if let [what, folder, count] = given.as_slice()
        && what == ASK
    {
        return asked(Path::new(folder), count.parse()?);
    }
    let counts = given.iter().map(|one| one.parse()).collect::<Result<Vec<u64>, _>>()?;
    for count in if counts.is_empty() { vec![1_000, 100_000] } else { counts } {
        println!("\n{count} fictional organisations");
        let folder = tempfile::tempdir()?;
        fill(folder.path(), count)?;
        let mut ask = Command::new(env::current_exe()?);
        ask.arg(ASK).arg(folder.path()).arg(count.to_string());
        if !ask.status()?.success() {
            return Err("the searches failed".into());
        }
    }
    Ok(())
}

/// Fills a folder as a rebuild does, and then follows single writes.
fn fill(folder: &Path, count: u64) -> Result<(), Failure> {
    let scene = scene()?;
    let (day, language) = (scene.today, scene.index.language().clone());
    let (mut writer, _) = Writer::open(Some(folder), language, &standing(day))?;
    let mut put = Duration::ZERO;
    for number in 0..count {
        let (document, turns_on) = organisation(SEED, number, day);
        let begun = Instant::now();
        writer.put(&document, turns_on)?;
        put += begun.elapsed();
    }
    let rate = count as f64 / put.as_secs_f64();
    println!("  {:<34}{rate:>10.0} a second", "put");
    let commit = timed(|| Ok(writer.commit(&position(day))?))?.1;
    line("commit of all", &[commit]);
    line("view of all", &[timed(|| Ok(writer.view()?))?.1]);
    let mut single = Vec::new();
    for number in 0..COMMITS {
        let (document, turns_on) = organisation(SEED, number * 37 % count, day);
        let one = || {
            writer.put(&document, turns_on)?;
            writer.commit(&position(day))?;
            Ok(writer.view()?)
        };
        single.push(timed(one)?.1);
    }
    line("one write: put, commit, view", &single);
    writer.finish()?;
    println!("  {:<34}{:>10.1} MB", "on disk", megabytes(size(folder)?));
    Ok(())
}

/// Opens a folder and asks it.
fn asked(folder: &Path, count: u64) -> Result<(), Failure> {
    let scene = scene()?;
    let (day, language) = (scene.today, scene.index.language().clone());
    let before = memory()?;
    let ((writer, view), open) = timed(|| opened(folder, &language, day))?;
    line("open, checked and read", &[open]);
    let after = memory()?;
    println!("  {:<34}{:>10.1} MB", "memory of the index, opened", after.own - before.own);
    let kinds: [(&str, Ask); 5] = [
        ("a name with a slip", slipped),
        ("sector and district", filtered),
        ("words, sector and district", narrowed),
        ("words near a place", near),
        ("no words: everything", |_, _, _| (Question::default(), None)),
    ];
    for (name, ask) in kinds {
        let mut dice = Dice::new(11);
        let (mut times, mut fixed, mut total) = (Vec::new(), Vec::new(), 0);
        for _ in 0..QUESTIONS {
            let (question, near) = ask(&mut dice, count, day);
            let question = Question { page: 1, per_page: 20, ..question };
            let search =
                || Ok(view.search_with(&scene.index, &question, near.as_ref(), scene.today)?);
            let (answer, took) = timed(search)?;
            total += answer.total;
            times.push(took);
            fixed.push(timed(|| Ok(baseline()))?.1);
        }
        let many = total / QUESTIONS as u64;
        line(&format!("{name} ({many} found)"), &times);
        line("    the fixed loop beside it", &fixed);
    }
    let after = memory()?;
    println!("  {:<34}{:>10.1} MB", "memory of the index, asked", after.own - before.own);
    println!("  {:<34}{:>10.1} MB", "memory of the process", after.own);
    println!("  {:<34}{:>10.1} MB", "files mapped, the system's to drop", after.mapped);
    drop(writer);
    Ok(())
}

/// A question, with the place that results must be near.
type Asked = (Question, Option<Near>);
/// Makes a question about so many organisations on a day.
type Ask = fn(&mut Dice, u64, NaiveDate) -> Asked;

fn slipped(dice: &mut Dice, count: u64, day: NaiveDate) -> Asked {
    let number = dice.below(usize::try_from(count).unwrap_or(usize::MAX));
    let title = organisation(SEED, number as u64, day).0.title;
    let text = slip(title.trim_end_matches(" (fictional)"), dice);
    (Question { text, ..Question::default() }, None)
}

fn filtered(dice: &mut Dice, _: u64, _: NaiveDate) -> Asked {
    let sectors = ["hospitality", "construction", "retail", "transport"];
    let districts = ["cherwell", "oxford", "south-oxfordshire", "vale", "west-oxon"];
    let sector = (Facet::Sector, sectors[dice.below(sectors.len())].to_owned());
    let district = (Facet::District, districts[dice.below(districts.len())].to_owned());
    (Question { filters: vec![sector, district], ..Question::default() }, None)
}

fn narrowed(dice: &mut Dice, count: u64, day: NaiveDate) -> Asked {
    let text = ["friendly kitchen team", "bakes bread", "first job", "houses"][dice.below(4)];
    (Question { text: text.to_owned(), ..filtered(dice, count, day).0 }, None)
}

fn near(dice: &mut Dice, _: u64, _: NaiveDate) -> Asked {
    let text = ["bakery", "apprentices", "warehouse shifts"][dice.below(3)].to_owned();
    let centre = pathways::domain::place::Point {
        lat: 51.6 + dice.below(6) as f64 / 10.0,
        lon: -1.5 + dice.below(7) as f64 / 10.0,
    };
    let near = Near { name: "a place".to_owned(), centre, within_miles: 10 };
    (Question { text, ..Question::default() }, Some(near))
}

/// Sorts the same numbers each time: some tenths of a millisecond.
fn baseline() -> u64 {
    let mut dice = Dice::new(1);
    let mut numbers: Vec<usize> = (0..10_000).map(|_| dice.below(1 << 40)).collect();
    numbers.sort_unstable();
    black_box(numbers[5_000] as u64)
}

fn opened(
    folder: &Path,
    language: &Arc<Language>,
    day: NaiveDate,
) -> Result<(Writer, View), Failure> {
    let (writer, opening) = Writer::open(Some(folder), language.clone(), &standing(day))?;
    let Opening::Resumed(_) = opening else { return Err("it was not kept".into()) };
    let view = writer.view()?;
    Ok((writer, view))
}

/// Guidance and language, as the service has them.
fn scene() -> Result<Snapshot, Failure> {
    let sources = Sources {
        toolkits: None,
        reference: ReferenceSource::Oxfordshire,
        demonstration: Demonstration::Absent,
    };
    Ok(sources.read()?.alone(Clock::System)?)
}

fn standing(day: NaiveDate) -> Standing {
    let Position { database, change, mark, recipe, .. } = position(day);
    Standing { database, change, mark, oldest: None, day, recipe }
}

fn position(day: NaiveDate) -> Position {
    let [database, mark, recipe] = ["b1", "m", "r"].map(str::to_owned);
    Position { database, change: 1, mark, day, recipe }
}

fn timed<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<(T, Duration), Failure> {
    let begun = Instant::now();
    let done = work()?;
    Ok((done, begun.elapsed()))
}

/// Prints the time, or where there are several the middle and all but a hundredth.
fn line(name: &str, times: &[Duration]) {
    let mut times: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    match times.as_slice() {
        [one] => println!("  {name:<34}{one:>10.1} ms"),
        all => {
            let at = |hundredths: usize| all[(all.len() * hundredths / 100).min(all.len() - 1)];
            println!("  {name:<34}{:>10.2} ms p50{:>10.2} ms p99", at(50), at(99));
        }
    }
}

/// What a process holds, in MB.
struct Memory {
    own: f64,
    mapped: f64,
}

fn memory() -> Result<Memory, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no figure")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok::<_, Failure>(kilobytes / 1024.0)
    };
    Ok(Memory { own: of("RssAnon:")?, mapped: of("RssFile:")? })
}

fn size(folder: &Path) -> Result<u64, Failure> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let own = entry.metadata()?;
        sum += if own.is_dir() { size(&entry.path())? } else { own.len() };
    }
    Ok(sum)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}
