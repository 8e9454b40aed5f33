//! `pathways migrate`.

use anyhow::Context;
use clap::Args;

use crate::{
    app::start,
    cli::{
        Outcome,
        terminal::{count, print},
    },
    config::DatabaseArgs,
};

/// What `migrate` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Applies the migrations that are missing.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = start::connect(&arguments.database.url()).context("cannot open the database")?;
    let applied = store.migrate().context("cannot migrate the database")?;
    if applied.is_empty() {
        print("The database is up to date.\n")?;
    } else {
        let what = count(applied.len(), "migration", "migrations");
        print(&format!("Applied {what}: {}.\n", applied.join(", ")))?;
    }
    Ok(Outcome::Done)
}
