//! `pathways search`.

use anyhow::Context;
use clap::Args;

use crate::{
    app::guidance,
    cli::{
        Outcome, moment,
        terminal::{Emphasis, print},
    },
    config::{ContentArgs, DatabaseArgs},
    domain::search::{Answer, Facet, Hit, Kind, Question},
    web::api::SearchBody,
};

/// How many results are printed.
const SHOWN: u32 = 10;

/// What `search` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The question, in any words
    #[arg(value_name = "TEXT")]
    text: String,
    /// Only this kind; may be given several times
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Vec<Kind>,
    /// Print what the API answers, as one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    content: ContentArgs,
}

/// Searches and prints what was found.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let snapshot = moment::snapshot(&arguments.database, &arguments.content)?;
    let filters = arguments.kind.iter().map(|kind| (Facet::Kind, kind.to_string())).collect();
    let per_page = if arguments.json { 20 } else { SHOWN };
    let text = arguments.text.clone();
    let question = Question { text, filters, page: 1, per_page, ..Question::default() };
    let answer = guidance::search(&snapshot, &question).context("cannot search")?;
    print(&if arguments.json {
        serde_json::to_string(&SearchBody::new(&snapshot, &question, answer))? + "\n"
    } else {
        written(&answer, Emphasis::of_output())
    })?;
    Ok(Outcome::Done)
}

fn kind(text: &str) -> Result<Kind, String> {
    let names = Kind::ALL.map(Kind::as_str);
    Kind::parse(text).ok_or_else(|| format!("it is one of {}", names.join(", ")))
}

/// The answer for a person to read.
fn written(answer: &Answer, emphasis: Emphasis) -> String {
    let mut lines = Vec::new();
    for correction in &answer.corrections {
        lines.push(format!("Read \"{}\" as \"{}\".", correction.typed, correction.used));
    }
    lines.extend(answer.relaxed.clone());
    let shown = answer.hits.len();
    lines.push(match answer.total {
        0 => "Nothing was found.".to_owned(),
        1 => "1 result.".to_owned(),
        total if total > shown as u64 => format!("{total} results, the first {shown}:"),
        total => format!("{total} results:"),
    });
    if let Some(suggestion) = &answer.suggestion {
        let (text, total) = (&suggestion.text, suggestion.total);
        lines.push(format!("\"{text}\" finds {total}."));
    }
    for expansion in &answer.expansions {
        lines.push(format!("{}: {}", expansion.term, expansion.meaning));
    }
    for (nth, hit) in (1..).zip(&answer.hits) {
        lines.push(String::new());
        lines.extend(hit_lines(nth, hit, emphasis));
    }
    if let Some(help) = &answer.help {
        if help.without_any > 0 {
            lines.push(format!("Without the filter there are {}.", help.without_any));
        }
        let near = help.nearest.iter().map(|near| format!("  {}  {}", near.title, near.url));
        lines.push("What may help:".to_owned());
        lines.extend(near);
    }
    lines.join("\n") + "\n"
}

fn hit_lines(nth: usize, hit: &Hit, emphasis: Emphasis) -> Vec<String> {
    let mut lines = vec![format!("{nth:>2}. {}", emphasis.set(&hit.title))];
    let snippet = emphasis.mark(&hit.snippet.text, &hit.snippet.ranges);
    let reasons: Vec<&str> = hit.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let dates = hit.dates.map(|dates| {
        let review = if hit.stale { "was due for review" } else { "review by" };
        format!("As of {}, {review} {}", dates.as_of, dates.review_by)
    });
    let fictional = hit.fictional.then(|| "Fictional, for the demonstration".to_owned());
    let why = format!("Why: {}", reasons.join("; "));
    let rest = [Some(hit.url.clone()), Some(snippet), Some(why), dates, fictional];
    lines.extend(rest.into_iter().flatten().map(|line| format!("    {}", line.replace('\n', " "))));
    lines
}
