//! `pathways reindex`.
//!
//! Deletes the index of the register and builds it anew from the database. The index of
//! the guidance lives in the memory of the process that answers; it is built, too, as
//! `serve` does, to say what can be found.

use std::time::Instant;

use anyhow::Context;
use clap::Args;

use crate::{
    app::{
        Clock, Snapshot, guidance,
        register_index::{RegisterIndex, Told},
        start::{self, Demonstration, StartError},
    },
    cli::{
        Outcome, moment,
        terminal::{Progress, print},
    },
    config::{ContentArgs, DatabaseArgs},
    domain::search::{Facet, Question},
    search::{brokers, register},
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
    let snapshot = if arguments.database.is_absent() {
        moment::snapshot(&arguments.database, &arguments.content)?
    } else {
        rebuilt(arguments)?
    };
    let took_ms = begun.elapsed().as_millis();
    let everything = guidance::search(&snapshot, &Question::default())?;
    let mut lines = vec![format!("Indexed {} documents in {took_ms} ms.", everything.total)];
    let kinds = everything.facets.iter().filter(|counts| counts.facet == Facet::Kind);
    let kinds = kinds.flat_map(|counts| &counts.values);
    lines.extend(kinds.map(|kind| format!("{:>6}  {}", kind.count, kind.label)));
    lines.push(format!("Change {}, content {}.\n", snapshot.change, snapshot.content_hash()));
    print(&lines.join("\n"))?;
    Ok(Outcome::Done)
}

/// Deletes the index in the data folder and builds it anew.
fn rebuilt(arguments: &Arguments) -> anyhow::Result<Snapshot> {
    let sources = arguments.content.sources(Demonstration::Absent);
    let material = sources.read().context("cannot read the content")?;
    let store = start::connect(&arguments.database.url()).context("cannot open the database")?;
    let pending = store.pending().context("cannot read the database")?;
    if !pending.is_empty() {
        return Err(StartError::Pending(pending).into());
    }
    let folder = arguments.database.index_folder();
    register::delete(&folder).context("cannot delete the search index")?;
    brokers::delete(&folder).context("cannot delete the columns of employers")?;
    let mut index = RegisterIndex::new(Some(folder));
    let mut progress: Option<Progress> = None;
    let mut shown = 0;
    let mut told = |done: usize, all: usize| {
        let progress = progress.get_or_insert_with(|| Progress::new("reindex", all));
        (shown..done).for_each(|_| progress.step());
        shown = done;
    };
    let with = (&mut index, &mut told as Told<'_>);
    start::current(&store, &material.library, Clock::System, with)
        .context("cannot build the search index")
}
