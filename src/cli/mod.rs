//! The command line: one file a command.
//!
//! A command reads its arguments, calls the floors below and says what came of
//! it. What was asked for goes to standard output; everything else, progress and
//! errors among it, to standard error. Exit codes: 0 done, 1 failed, 2 wrong
//! usage.

#[macro_use]
mod kind;
mod backup;
mod check;
mod evaluate;
mod export;
mod import;
mod import_oruk;
mod matching;
mod migrate;
mod moment;
mod need;
mod openapi;
mod reindex;
mod search;
mod serve;
mod terminal;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::ServeArgs;

/// Guidance that answers, and matches with reasons, for an inclusive-economy
/// partnership.
///
/// Every setting is a flag and a variable of the environment; the flag wins.
#[derive(Debug, Parser)]
#[command(name = "pathways", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and the API until told to stop
    Serve(ServeArgs),
    /// Bring the form of the database up to date
    Migrate(migrate::Arguments),
    /// Build the search index from the files and the database, and say what it holds
    Reindex(reindex::Arguments),
    /// Copy the SQLite database into a new file, also while the service runs
    Backup(backup::BackupArguments),
    /// Put a backup in the place of the SQLite database; stop the service first
    Restore(backup::RestoreArguments),
    /// Bring a file (CSV, or JSON Lines) or a feed into the register: all of it or nothing
    Import(import::Arguments),
    /// Write what the register has of a kind to a file that imports back unchanged
    Export(export::Arguments),
    /// Tokens: who may speak for whom
    #[command(subcommand)]
    Token(token::What),
    /// Search as the service does
    Search(search::Arguments),
    /// Match somebody with what suits them, with reasons that add up
    #[command(subcommand)]
    Match(matching::Whom),
    /// Measure how good the answers of search are against judged questions
    Evaluate(evaluate::Arguments),
    /// Check toolkits and reference data: form, sources, review dates, links, words
    Check(check::Arguments),
    /// Print the OpenAPI document of the API
    Openapi(openapi::Arguments),
}

/// Whether a command that ran did what was asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It did.
    Done,
    /// It looked, and what it looked at is not as it should be; it has said so.
    Found,
}

/// Runs the command that the program's arguments name.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Migrate(arguments) => migrate::run(&arguments),
        Command::Reindex(arguments) => reindex::run(&arguments),
        Command::Backup(arguments) => backup::backup(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Token(what) => token::run(&what),
        Command::Search(arguments) => search::run(&arguments),
        Command::Match(whom) => matching::run(&whom),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Openapi(arguments) => openapi::run(&arguments),
    };
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::FAILURE,
        Err(error) => {
            terminal::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
