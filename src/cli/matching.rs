//! `pathways match`.
//!
//! A profile is read from a file or from standard input, used in memory and
//! forgotten: what an employer says of itself is nobody's to keep.

use std::{io::Read, path::Path};

use anyhow::Context;
use clap::{Args, Subcommand};

use crate::{
    app::{
        self,
        matching::{self, EmployerMatch},
    },
    cli::{
        Outcome, moment,
        need::written as written_need,
        terminal::{Emphasis, print},
    },
    config::{ContentArgs, DatabaseArgs},
    domain::matching::{Hit, Ranked},
    web::{
        api::{EmployerForm, EmployerMatchBody, NeedForm, NeedMatchBody},
        extract,
        problem::Problem,
    },
};

/// How many hits of a list are printed.
const SHOWN: usize = 5;
/// How many resources the object has, as the API's does unless told otherwise.
const JSON_RESOURCES: usize = 20;
/// How many employers each band of the object has, as the API's does unless told otherwise.
const JSON_BAND: usize = 20;
/// The largest profile that is read, in bytes.
const MOST_BYTES: u64 = 65_536;

/// Whom `match` is for.
#[derive(Debug, Subcommand)]
pub enum Whom {
    /// Pick guidance, partnerships and charter actions for an employer, with reasons
    Employer(Arguments),
    /// Find employers for a caseworker's need, in bands, with questions to ask and whom to ring
    Need(Arguments),
}

/// What `match` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The profile or the need as JSON; - reads standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Print what the API answers, as one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    content: ContentArgs,
}

/// Matches and prints what fits.
pub fn run(whom: &Whom) -> anyhow::Result<Outcome> {
    match whom {
        Whom::Employer(arguments) => employer(arguments),
        Whom::Need(arguments) => need(arguments),
    }
}

fn employer(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let text = sent(&arguments.file)?;
    let snapshot = moment::snapshot(&arguments.database, &arguments.content)?;
    let refused = |problem: Problem| refused(&arguments.file, "an employer's profile", &problem);
    let form: EmployerForm = extract::read(text.as_bytes()).map_err(refused)?;
    let profile = form.profile(&snapshot).map_err(|error| refused(error.into()))?;
    let found = matching::employer(&snapshot, &profile).map_err(|error| refused(error.into()))?;
    print(&if arguments.json {
        serde_json::to_string(&EmployerMatchBody::new(found, JSON_RESOURCES))? + "\n"
    } else {
        written(&found, Emphasis::of_output())
    })?;
    Ok(Outcome::Done)
}

fn need(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let text = sent(&arguments.file)?;
    let snapshot = moment::snapshot(&arguments.database, &arguments.content)?;
    let refused = |problem: Problem| refused(&arguments.file, "a need", &problem);
    let form: NeedForm = extract::read(text.as_bytes()).map_err(refused)?;
    let wanted = form.need(&snapshot).map_err(|error| refused(error.into()))?;
    let answer = app::need::matched(&snapshot, &wanted, JSON_BAND);
    print(&if arguments.json {
        serde_json::to_string(&NeedMatchBody::from(answer))? + "\n"
    } else {
        written_need(&answer, Emphasis::of_output())
    })?;
    Ok(Outcome::Done)
}

/// What is wrong with a profile, field by field.
fn refused(file: &str, kind: &str, problem: &Problem) -> anyhow::Error {
    let faults =
        problem.errors.iter().map(|fault| format!("\n  {}: {}", fault.field, fault.message));
    let faults: Vec<String> = faults.collect();
    let what = if faults.is_empty() { format!(" {}", problem.detail) } else { faults.concat() };
    let file = if file == "-" { "standard input" } else { file };
    anyhow::anyhow!("{file} is not {kind}:{what}")
}

/// The text of a profile or a need.
fn sent(file: &str) -> anyhow::Result<String> {
    let mut text = String::new();
    let read = if file == "-" {
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_string(&mut text)
    } else {
        let opened = std::fs::File::open(Path::new(file));
        opened.and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text))
    };
    let size = read.with_context(|| format!("cannot read {file}"))?;
    anyhow::ensure!(size as u64 <= MOST_BYTES, "{file} is larger than {MOST_BYTES} bytes");
    Ok(text)
}

/// The answer for a person to read.
fn written(found: &EmployerMatch, emphasis: Emphasis) -> String {
    let mut lines = Vec::new();
    list(&mut lines, "Resources", &found.resources, emphasis);
    list(&mut lines, "Partnerships", &found.partnerships, emphasis);
    list(&mut lines, "Charter actions", &found.charter_actions, emphasis);
    let receipt = &found.receipt;
    lines.push(format!(
        "Policy {}, change {}, content {}, input {}",
        receipt.policy_version, receipt.change, receipt.content, receipt.input_hash
    ));
    lines.join("\n") + "\n"
}

fn list<T>(lines: &mut Vec<String>, title: &str, ranked: &Ranked<T>, emphasis: Emphasis) {
    let total = ranked.hits.len();
    let shown = if total > SHOWN { format!(", the first {SHOWN}") } else { String::new() };
    lines.push(emphasis.set(&format!("{title}: {total}{shown}")).into_owned());
    for (nth, hit) in (1..).zip(ranked.hits.iter().take(SHOWN)) {
        hit_lines(lines, nth, hit, emphasis);
    }
    for out in &ranked.left_out {
        lines.push(format!("    {} left out: {}", out.count, out.text));
    }
    lines.push(String::new());
}

fn hit_lines<T>(lines: &mut Vec<String>, nth: usize, hit: &Hit<T>, emphasis: Emphasis) {
    let fictional = if hit.fictional { " (fictional)" } else { "" };
    let title = emphasis.set(&hit.title).into_owned();
    lines.push(format!("{nth:>2}. {title}{fictional}  {} of 100", points(hit.score_milli)));
    lines.push(format!("    {}", hit.url));
    for part in &hit.parts {
        let earned = points(part.points_milli);
        lines.push(format!(
            "    {earned:>6} of {:>3}  {}: {}",
            part.weight, part.verdict, part.text
        ));
    }
    if let Some(change) = hit.would_change.first() {
        lines.push(format!("    To raise it: {}", change.text));
    }
    let dates = hit.as_of.map(|as_of| match hit.review_by {
        Some(day) if hit.stale => format!("    As of {as_of}, was due for review {day}"),
        Some(day) => format!("    As of {as_of}, review by {day}"),
        None => format!("    As of {as_of}"),
    });
    lines.extend(dates);
}

/// Thousandths as points with one decimal.
fn points(milli: u32) -> String {
    format!("{}.{}", milli / 1000, milli % 1000 / 100)
}
