//! `pathways check`.

use std::path::Path;

use anyhow::Context;
use chrono::NaiveDate;
use clap::Args;

use crate::{
    app::{Clock, start::Demonstration},
    cli::{
        Outcome,
        terminal::{count, print},
    },
    config::ContentArgs,
    content,
};

/// What `check` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    content: ContentArgs,
    /// Check as on this day, such as 2027-04-01 [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

/// Names everything wrong with the content, by file and line.
///
/// Without `--toolkits` it reads the folder `toolkits` where it is run, so that an
/// editor sees what they have just written, and what is compiled in elsewhere.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut sources = arguments.content.sources(Demonstration::Absent);
    let here = Path::new("toolkits");
    if sources.toolkits.is_none() && here.join("vocabulary.toml").is_file() {
        sources.toolkits = Some(here.to_owned());
    }
    let toolkits = sources.toolkits().context("cannot read the toolkits")?;
    let reference = sources.reference().context("cannot read the reference data")?;
    let today = arguments.on.unwrap_or_else(|| Clock::System.today());
    let faults = content::check(&toolkits, &reference, today);

    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    let place = match &sources.toolkits {
        Some(folder) => folder.display().to_string(),
        None => "the toolkits compiled in".to_owned(),
    };
    let (all, served) =
        (toolkits.toolkits.len() + toolkits.left_out.len(), toolkits.toolkits.len());
    lines.push(format!(
        "{place}: {} ({served} can be served), {} by others, {}, {}.",
        count(all, "toolkit", "toolkits"),
        count(toolkits.library.len(), "guide", "guides"),
        count(errors, "error", "errors"),
        count(faults.len() - errors, "warning", "warnings"),
    ));
    print(&(lines.join("\n") + "\n"))?;
    Ok(if errors == 0 { Outcome::Done } else { Outcome::Found })
}
