//! `pathways export`.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;

use crate::{
    app::exchange::{
        classifications,
        export::{ExportError, export},
        kinds::Exchanged,
        outcodes,
        rows::Format,
    },
    cli::{
        Outcome,
        kind::{Kind, existing},
        terminal::{Progress, count, print},
    },
    config::DatabaseArgs,
    store::Store,
};

/// What `export` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What to write: organisations, signatures, pledges, postures, openings, events,
    /// case-studies, introductions, needs, courses, charter-actions,
    /// schemes, charter-versions, partnerships, meetings, partnership-actions, outcodes, sic
    /// or soc
    #[arg(value_name = "KIND", value_parser = Kind::parse)]
    kind: Kind,
    /// The file, readable by its owner alone: CSV, or, if it ends in .jsonl, a JSON object a
    /// line; standard output without it
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Writes what the register has of a kind.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = existing(&arguments.database)?;
    let Some(path) = &arguments.file else {
        let output = BufWriter::new(io::stdout().lock());
        return match written(&store, arguments.kind, output, Format::Csv) {
            // Whoever stops reading early has seen enough.
            Err(ExportError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => {
                Ok(Outcome::Done)
            }
            done => done.context("cannot export").map(|_| Outcome::Done),
        };
    };
    let name = path.display();
    let rows = into_file(path, |output| written(&store, arguments.kind, output, Format::of(path)));
    let rows = rows.with_context(|| format!("cannot export to {name}"))?;
    let rows = count(usize::try_from(rows).unwrap_or(usize::MAX), "row", "rows");
    print(&format!("Exported {} to {name}: {rows}.\n", arguments.kind.as_str()))?;
    Ok(Outcome::Done)
}

/// Writes a file that is there, whole, or not at all: it takes its name at the end.
fn into_file(
    path: &Path,
    work: impl FnOnce(BufWriter<File>) -> Result<u64, ExportError>,
) -> Result<u64, ExportError> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    // It may hold what employers told brokers.
    let file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    let done = work(BufWriter::new(file)).and_then(|rows| {
        fs::rename(&part, path)?;
        Ok(rows)
    });
    if done.is_err() {
        // What was begun is of no use; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&part);
    }
    done
}

fn written(
    store: &Store,
    kind: Kind,
    output: impl Write,
    format: Format,
) -> Result<u64, ExportError> {
    match kind {
        Kind::Records(kind) => for_kind!(kind, records, (store, output, format)),
        Kind::Codes(scheme) => {
            store.read_blocking(|conn| classifications::export(conn, scheme, output))
        }
        Kind::Outcodes => store.read_blocking(|conn| outcodes::export(conn, output, format)),
    }
}

fn records<T: Exchanged>(
    store: &Store,
    output: impl Write,
    format: Format,
) -> Result<u64, ExportError> {
    let mut progress = Progress::new("rows", 0);
    store.read_blocking(|conn| {
        export::<T, _>(conn, output, format, &mut |rows| {
            progress.reach(usize::try_from(rows).unwrap_or(usize::MAX), 0);
        })
    })
}
