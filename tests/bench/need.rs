//! What the caseworker's match costs: to build, to keep, to read, to ask.
//!
//! Run by hand: `cargo bench --bench need [-- COUNT…]`, with 1 000, 100 000 and 1 000 000
//! fictional employers where no count is given. Each count is measured by a process of its
//! own, so that memory is that of it alone. The plain way, one candidate after the other, is
//! timed beside the columns on the same needs, and both have to answer the same. Nothing here
//! passes or fails by its figures.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a program that is run by hand and prints figures"
)]

#[allow(dead_code, reason = "tests use the rest")]
mod employers;
#[allow(dead_code, reason = "other benches use the rest")]
mod fictional;

use std::{
    collections::BTreeSet,
    env, fs,
    hint::black_box,
    process::Command,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use employers::{Country, looked_for};
use fictional::Dice;
use pathways::{
    content::policy,
    domain::matching::need::{Asked, Candidate, Need, NeedPolicy, rank},
    search::{
        brokers::{Builder, Employers, load, save},
        register::Position,
    },
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const SEED: u64 = 11;
/// Needs that are asked.
const NEEDS: usize = 400;
/// Needs that are asked the plain way, too.
const PLAIN: usize = 12;
/// The plain way is timed over at most so many candidates, and its time scaled: all of a
/// million at once as plain values would measure the machine's memory.
const MOST_PLAIN: u64 = 100_000;
/// Hits of each list.
const MOST: usize = 20;
/// Writes that are followed.
const WRITES: u64 = 50;
/// Tells the other process what to do.
const MEASURE: &str = "measure";

fn main() -> Result<(), Failure> {
    let given: Vec<String> = env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    if let [what, count] = given.as_slice()
        && what == MEASURE
    {
        return measured(count.parse()?);
    }
    let counts = given.iter().map(|one| one.parse()).collect::<Result<Vec<u64>, _>>()?;
    for count in if counts.is_empty() { vec![1_000, 100_000, 1_000_000] } else { counts } {
        let status =
            Command::new(env::current_exe()?).args([MEASURE, &count.to_string()]).status()?;
        if !status.success() {
            return Err("a measurement failed".into());
        }
    }
    Ok(())
}

fn measured(count: u64) -> Result<(), Failure> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).ok_or("no such day")?;
    let country = Country::whole(SEED, today);
    let before = resident_bytes();
    let begun = Instant::now();
    let mut builder = Builder::default();
    for number in 0..count {
        builder.put(&country.employer(number));
    }
    let employers = builder.finish()?;
    println!("\n{count} fictional employers");
    println!("  made and laid out in {:.1} s", begun.elapsed().as_secs_f64());
    kept(&employers, today)?;
    let memory = employers.bytes();
    println!(
        "  memory {:.1} MB in columns, {:.0} bytes an employer; resident {:.1} MB more than before",
        memory as f64 / 1e6,
        memory as f64 / count as f64,
        resident_bytes().saturating_sub(before) as f64 / 1e6
    );
    let policy = policy::read(policy::OXFORDSHIRE).map_err(|faults| format!("{faults:?}"))?;
    let dice = &mut Dice::new(3);
    let needs: Vec<(Need, Vec<u32>)> =
        (0..NEEDS).map(|_| (country.need(dice), looked_for(dice))).collect();
    asked(&employers, (&needs, &policy.need), today);
    changed(&employers, (&country, count))?;
    plain(&employers, (&needs, &policy.need), (&country, count));
    Ok(())
}

/// Writing the file, and reading it as a start does.
fn kept(employers: &Employers, today: NaiveDate) -> Result<(), Failure> {
    let folder = env::temp_dir().join(format!("pathways-need-bench-{}", std::process::id()));
    let [database, mark, recipe] = ["d", "m", "r"].map(str::to_owned);
    let position = Position { database, change: 1, mark, day: today, recipe };
    let begun = Instant::now();
    let size = save(&folder, employers, &position)?;
    let wrote = begun.elapsed();
    let begun = Instant::now();
    let (read, _) = load(&folder).ok_or("the file cannot be read")?;
    let took = begun.elapsed();
    assert_eq!(read.len(), employers.len());
    println!(
        "  file {:.1} MB; written in {:.2} s, read in {:.2} s",
        size as f64 / 1e6,
        wrote.as_secs_f64(),
        took.as_secs_f64()
    );
    fs::remove_dir_all(folder)?;
    Ok(())
}

fn asked(
    employers: &Employers,
    (needs, policy): (&[(Need, Vec<u32>)], &NeedPolicy),
    today: NaiveDate,
) {
    let mut times = Vec::new();
    let mut worst = Duration::ZERO;
    for round in 0..3 {
        for (need, words) in needs {
            let begun = Instant::now();
            let asked = Asked::new(need, words.clone(), policy, today);
            black_box(employers.rank(&asked, MOST));
            let took = begun.elapsed();
            // The first round warms up.
            if round > 0 {
                times.push(took);
            }
            worst = worst.max(took);
        }
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "  match p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, longest {:.2} ms ({} matches)",
        at(0.5),
        at(0.9),
        at(0.99),
        worst.as_secs_f64() * 1e3,
        times.len()
    );
}

/// What one write to the register costs the columns.
fn changed(employers: &Employers, (country, count): (&Country, u64)) -> Result<(), Failure> {
    let begun = Instant::now();
    let mut next = employers.clone();
    for nth in 0..WRITES {
        let employer = country.employer(nth * 7919 % count);
        let touched = BTreeSet::from([employer.slug.clone()]);
        next = next.with(&touched, vec![employer])?;
    }
    black_box(&next);
    let one = begun.elapsed().as_secs_f64() * 1e3 / WRITES as f64;
    println!("  one write followed in {one:.2} ms");
    Ok(())
}

/// The plain way on the same needs, and that it answers the same.
fn plain(
    employers: &Employers,
    (needs, policy): (&[(Need, Vec<u32>)], &NeedPolicy),
    (country, count): (&Country, u64),
) {
    let some = count.min(MOST_PLAIN);
    let candidates: Vec<Candidate> = (0..some).map(|number| country.employer(number)).collect();
    let mut builder = Builder::default();
    for candidate in &candidates {
        builder.put(candidate);
    }
    let columns = if some == count { employers.clone() } else { builder.finish().unwrap() };
    let (mut slow, mut fast) = (Duration::ZERO, Duration::ZERO);
    for (need, words) in &needs[..PLAIN] {
        let asked = Asked::new(need, words.clone(), policy, country.today);
        let begun = Instant::now();
        let expected = black_box(rank(&asked, &candidates, MOST));
        slow += begun.elapsed();
        let begun = Instant::now();
        let found = black_box(columns.rank(&asked, MOST));
        fast += begun.elapsed();
        assert_eq!(found.left_out, expected.left_out);
        for (one, other) in found.bands.iter().zip(&expected.bands) {
            assert_eq!(one.0, other.0);
            let names = one.1.iter().map(|found| columns.candidate(found.which).unwrap().slug);
            let expected = other.1.iter().map(|found| candidates[found.which].slug.clone());
            assert!(names.eq(expected));
        }
    }
    println!(
        "  the plain way over {some}: {:.2} ms a match, {:.0} times as long as the columns, and \
         the same answer",
        slow.as_secs_f64() * 1e3 / PLAIN as f64,
        slow.as_secs_f64() / fast.as_secs_f64()
    );
}

/// Memory of this process, as Linux counts it.
fn resident_bytes() -> usize {
    let text = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = text.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    pages * 4096
}
