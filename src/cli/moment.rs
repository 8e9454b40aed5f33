//! What the service would show now, for commands that look and write nothing.

use anyhow::Context;

use crate::{
    app::{
        Clock, Snapshot, start,
        start::{Demonstration, StartError},
    },
    cli::terminal,
    config::{ContentArgs, DatabaseArgs},
};

/// The files with the register of the database; with the register of the files
/// where there is no database yet, or an empty one.
///
/// Writes nothing: a look must not undo what a running service has stored.
pub fn snapshot(database: &DatabaseArgs, content: &ContentArgs) -> anyhow::Result<Snapshot> {
    let sources = content.sources(Demonstration::Absent);
    let material = sources.read().context("cannot read the content")?;
    let faults = material.faults.iter().filter(|fault| fault.is_error()).count();
    if faults > 0 {
        let what = terminal::count(faults, "fault", "faults");
        terminal::say(&format!("{what} in the content left out; `pathways check` names them"));
    }
    if database.is_absent() {
        return Ok(material.alone(Clock::System)?);
    }
    let store = start::connect(&database.url()).context("cannot open the database")?;
    let pending = store.pending().context("cannot read the database")?;
    if !pending.is_empty() {
        return Err(StartError::Pending(pending).into());
    }
    let stored = start::snapshot(&store, &material.library, Clock::System)?;
    Ok(if stored.change == 0 { material.alone(Clock::System)? } else { stored })
}
