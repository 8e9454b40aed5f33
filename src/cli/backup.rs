//! `pathways backup` and `pathways restore`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::{
    app::start,
    cli::{Outcome, terminal::print},
    config::DatabaseArgs,
    store,
};

/// What `backup` heeds.
#[derive(Debug, Args)]
pub struct BackupArguments {
    /// The file to make; it must not be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// What `restore` heeds.
#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Copies the database into a new file.
pub fn backup(arguments: &BackupArguments) -> anyhow::Result<Outcome> {
    let url = arguments.database.url();
    anyhow::ensure!(!arguments.database.is_absent(), "there is no database at {url}");
    let store = start::connect(&url).context("cannot open the database")?;
    store.backup(&arguments.file).context("cannot back up the database")?;
    let size_bytes = arguments.file.metadata().map_or(0, |file| file.len());
    print(&format!("Backed up to {} ({} KiB).\n", arguments.file.display(), size_bytes / 1024))?;
    Ok(Outcome::Done)
}

/// Puts a backup in the place of the database.
pub fn restore(arguments: &RestoreArguments) -> anyhow::Result<Outcome> {
    let replaced = store::restore(&arguments.database.url(), &arguments.file)
        .context("cannot restore the database")?;
    let kept = replaced.map_or_else(String::new, |kept| {
        format!("The database that was there is kept as {}.\n", kept.display())
    });
    print(&format!("Restored {}.\n{kept}", arguments.file.display()))?;
    Ok(Outcome::Done)
}
