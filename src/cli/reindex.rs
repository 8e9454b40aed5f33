//! `pathways reindex`.
//!
//! The index lives in the memory of the process that answers, so there is none on
//! disk to mend; this builds one as `serve` does and says what is in it.

use std::time::Instant;

use clap::Args;

use crate::{
    cli::{Outcome, moment, terminal::print},
    config::{ContentArgs, DatabaseArgs},
    domain::search::{Facet, Question},
};

/// What `reindex` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    content: ContentArgs,
}

/// Builds the index and says what it holds.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let begun = Instant::now();
    let snapshot = moment::snapshot(&arguments.database, &arguments.content)?;
    let took_ms = begun.elapsed().as_millis();
    let everything = snapshot.index.search(&Question::default(), snapshot.today)?;
    let mut lines = vec![format!("Indexed {} documents in {took_ms} ms.", everything.total)];
    let kinds = everything.facets.iter().filter(|counts| counts.facet == Facet::Kind);
    let kinds = kinds.flat_map(|counts| &counts.values);
    lines.extend(kinds.map(|kind| format!("{:>6}  {}", kind.count, kind.label)));
    lines.push(format!("Change {}, content {}.\n", snapshot.change, snapshot.content_hash()));
    print(&lines.join("\n"))?;
    Ok(Outcome::Done)
}
