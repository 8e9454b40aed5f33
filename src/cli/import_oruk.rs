//! `pathways import oruk`: somebody's Open Referral UK feed, at an address or in a file.

use std::path::Path;

use anyhow::Context;

use crate::{
    app::{
        Clock,
        oruk::{
            crawl::{self, Crawled, Most, Remote},
            fetch::{Limits, Private},
            import::{Counted, Missing, Orders, Report, import},
        },
        start::Demonstration,
    },
    cli::{
        Outcome,
        kind::{opened, with_reference},
        terminal::{Progress, print},
    },
    config::{ContentArgs, DatabaseArgs},
};

/// A file may have so many bytes.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// What is to be brought in, and how.
pub struct Asked<'a> {
    /// The address or the file.
    pub from: &'a Path,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether addresses of private networks may be asked.
    pub allow_private: bool,
    /// Whether what is no longer in the feed ends.
    pub end_missing: bool,
    /// The database.
    pub database: &'a DatabaseArgs,
    /// What records may name.
    pub content: &'a ContentArgs,
}

/// Brings a feed into the register.
pub fn run(asked: &Asked<'_>) -> anyhow::Result<Outcome> {
    let name = asked.from.display();
    let (feed, crawled) = read(asked).with_context(|| format!("cannot import {name}"))?;
    let sources = asked.content.sources(Demonstration::Absent);
    let vocabulary = sources.toolkits().context("cannot read the toolkits")?.vocabulary;
    let store = opened(asked.database)?;
    with_reference(&store, &sources)?;
    let orders = Orders {
        dry: asked.dry_run,
        missing: if asked.end_missing { Missing::Ends } else { Missing::Stays },
        at: Clock::System.now(),
    };
    let report = import(&store, &vocabulary, (&feed, &crawled), orders);
    let report = report.with_context(|| format!("cannot import {name}; nothing was written"))?;
    print(&written(&report))?;
    Ok(Outcome::Done)
}

/// The name of the feed, and everything in it.
fn read(asked: &Asked<'_>) -> anyhow::Result<(String, Crawled)> {
    let text = asked.from.to_string_lossy();
    if !text.contains("://") {
        let size = std::fs::metadata(asked.from).context("the file cannot be read")?;
        anyhow::ensure!(size.is_file(), "it is no regular file");
        anyhow::ensure!(size.len() <= MOST_BYTES, "it is longer than {MOST_BYTES} bytes");
        let bytes = std::fs::read(asked.from).context("the file cannot be read")?;
        let own = asked.from.file_name().unwrap_or_default().to_string_lossy();
        return Ok((format!("file {own}"), crawl::from_file(&bytes, Most::default())?));
    }
    let private = if asked.allow_private { Private::Allowed } else { Private::Refused };
    let mut remote = Remote::new(&text, private, Limits::default())?;
    let mut progress = Progress::new("services read", 0);
    let crawled = crawl::crawl(&mut remote, Most::default(), &mut |done, all| {
        progress.reach(done, all);
    })?;
    Ok((remote.base().to_owned(), crawled))
}

/// The report for a person to read.
fn written(report: &Report) -> String {
    let mut lines = Vec::new();
    for (what, why, count) in report.left_out.told() {
        lines.push(format!("{count:>8}  left out: {what}: {why}"));
    }
    let head = if report.kept { "Imported" } else { "Nothing was written; this would be done" };
    let counted = |what: &str, count: Counted| {
        let Counted { created, changed, unchanged } = count;
        format!("{what} {created} created, {changed} changed, {unchanged} unchanged")
    };
    lines.push(format!(
        "{head}: {}; {}; {}.",
        counted("organisations", report.organisations),
        counted("services", report.services),
        counted("terms", report.terms),
    ));
    let notes = [
        (report.linked, "organisations were known here already and stay as they are"),
        (report.own, "services are this register's own"),
        (report.elsewhere, "services came with another feed"),
        (report.missing, "things are no longer in the feed and stay; --end-missing ends them"),
        (report.ended, "things are no longer in the feed and ended"),
    ];
    let notes = notes.iter().filter(|(count, _)| *count > 0);
    lines.extend(notes.map(|(count, what)| format!("{count:>8}  {what}")));
    lines.join("\n") + "\n"
}
