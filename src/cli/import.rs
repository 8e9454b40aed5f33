//! `pathways import`.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Context;
use chrono::NaiveDate;
use clap::Args;

use crate::{
    app::{
        Clock,
        exchange::{
            classifications,
            columns::{Columns, Known},
            import::{ExchangeError, Faulty, Orders, Run, Source, Step, import, known},
            kinds::Exchanged,
            outcodes,
            report::{Fault, Report, SHOWN},
            rows::{Format, Rows},
        },
        start::Demonstration,
    },
    cli::{
        Outcome, import_oruk,
        kind::{Kind, opened, with_reference},
        terminal::{Progress, count, print},
    },
    config::{ContentArgs, DatabaseArgs},
    store::Store,
};

/// What `import` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What the file holds: organisations, signatures, pledges, postures, openings, events,
    /// case-studies, introductions, needs, courses, charter-actions,
    /// schemes, charter-versions, partnerships, meetings, partnership-actions, outcodes, sic
    /// or soc; or oruk for an Open Referral UK feed
    #[arg(value_name = "KIND", value_parser = What::parse)]
    kind: What,
    /// The file: CSV with a row of headings, or, if it ends in .jsonl, a JSON object a line;
    /// of a feed, its address or a JSON file with its services
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Leave out the rows that are refused, and import the others
    #[arg(long)]
    keep_going: bool,
    /// A TOML file that says what another's headings and words mean
    #[arg(long, value_name = "FILE.toml")]
    map: Option<PathBuf>,
    /// The day on which was said what the file does not date [default: today]
    #[arg(long, value_name = "DATE")]
    stated_on: Option<NaiveDate>,
    #[command(flatten)]
    feed: FeedArgs,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    content: ContentArgs,
}

/// What only the import of a feed heeds.
#[derive(Debug, Args)]
struct FeedArgs {
    /// Of a feed: also ask addresses of private networks and of this computer
    #[arg(long)]
    allow_private: bool,
    /// Of a feed: end what it brought before and no longer tells of
    #[arg(long)]
    end_missing: bool,
}

/// What is brought in.
#[derive(Debug, Clone, Copy)]
enum What {
    /// A file of a kind.
    File(Kind),
    /// A feed.
    Feed,
}

impl What {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "oruk" { Ok(Self::Feed) } else { Kind::parse(text).map(Self::File) }
    }
}

/// A file on the disk.
struct OnDisk<'a>(&'a Path);

impl Source for OnDisk<'_> {
    type Input = File;

    fn open(&self) -> io::Result<File> {
        File::open(self.0)
    }

    fn format(&self) -> Format {
        Format::of(self.0)
    }
}

/// Brings a file into the register.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match arguments.kind {
        What::File(kind) => file(kind, arguments),
        What::Feed => feed(arguments),
    }
}

/// Leaves the program for flags that do not go together.
fn misused(message: &str) -> ! {
    clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, format!("{message}\n")).exit()
}

fn feed(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let of_files = arguments.keep_going || arguments.map.is_some() || arguments.stated_on.is_some();
    if of_files {
        misused("--keep-going, --map and --stated-on are not for a feed");
    }
    import_oruk::run(&import_oruk::Asked {
        from: &arguments.file,
        dry_run: arguments.dry_run,
        allow_private: arguments.feed.allow_private,
        end_missing: arguments.feed.end_missing,
        database: &arguments.database,
        content: &arguments.content,
    })
}

fn file(kind: Kind, arguments: &Arguments) -> anyhow::Result<Outcome> {
    if arguments.feed.allow_private || arguments.feed.end_missing {
        misused("--allow-private and --end-missing are for a feed");
    }
    let begun = Instant::now();
    let file = OnDisk(&arguments.file);
    let name = arguments.file.display();
    let at = Clock::System.now();
    if arguments.stated_on.is_some_and(|day| day > Clock::System.today()) {
        let message = "--stated-on is a day to come\n";
        clap::Error::raw(clap::error::ErrorKind::ValueValidation, message).exit();
    }
    let columns = columns(kind, arguments)?;
    // Before a database is made for a file that is of no use.
    let is_list = matches!(kind, Kind::Codes(_));
    readable(&file, (!is_list).then_some(&columns))
        .with_context(|| format!("cannot import {name}"))?;
    let orders = Orders {
        faulty: if arguments.keep_going { Faulty::LeaveOut } else { Faulty::RefuseAll },
        run: if arguments.dry_run { Run::Dry } else { Run::Real },
        default_on: arguments.stated_on.unwrap_or_else(|| Clock::System.today()),
        at,
    };
    let store = opened(&arguments.database)?;
    with_reference(&store, &arguments.content.sources(Demonstration::Absent))?;
    let report = match kind {
        Kind::Records(kind) => for_kind!(kind, records, (&store, (&file, &columns), orders)),
        Kind::Codes(scheme) => followed(|told| {
            let origin = origin(&arguments.file, orders);
            classifications::import(&store, (scheme, &origin), &file, orders, told)
        }),
        Kind::Outcodes => {
            followed(|told| outcodes::import(&store, (&file, &columns), orders, told))
        }
    };
    let report = report.with_context(|| format!("cannot import {name}"))?;
    print(&written(&report, (kind, arguments), begun.elapsed()))?;
    Ok(if report.refused == 0 { Outcome::Done } else { Outcome::Found })
}

/// Whether a file can be read, twice, and has headings that are understood.
fn readable(file: &OnDisk<'_>, columns: Option<&Columns>) -> anyhow::Result<()> {
    let input = file.open().context("the file cannot be read")?;
    let regular = input.metadata().context("the file cannot be read")?.is_file();
    anyhow::ensure!(regular, "it is no regular file, and it must be read twice");
    if let Some(columns) = columns {
        Rows::open(input, file.format(), columns)?;
    }
    Ok(())
}

/// Where imported codes come from, in words.
fn origin(file: &Path, orders: Orders) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    format!("{name}, imported on {}", orders.today())
}

fn records<T: Exchanged>(
    store: &Store,
    (file, columns): (&OnDisk<'_>, &Columns),
    orders: Orders,
) -> Result<Report, ExchangeError> {
    followed(|told| import::<T, _>(store, (file, columns), orders, told))
}

/// Runs an import and says how far it has come.
fn followed(
    work: impl FnOnce(&mut dyn FnMut(Step)) -> Result<Report, ExchangeError>,
) -> Result<Report, ExchangeError> {
    let mut reading = Some(Progress::new("rows read", 0));
    let mut writing: Option<Progress> = None;
    let size = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
    work(&mut |step| match step {
        Step::Read(rows) => {
            if let Some(progress) = &mut reading {
                progress.reach(size(rows), 0);
            }
        }
        Step::Written(rows, all) => {
            reading = None;
            let progress = writing.get_or_insert_with(|| Progress::new("rows", size(all)));
            progress.reach(size(rows), size(all));
        }
    })
}

fn columns(kind: Kind, arguments: &Arguments) -> anyhow::Result<Columns> {
    let known = match kind {
        Kind::Records(kind) => for_kind!(kind, fields, ()),
        Kind::Outcodes => outcodes::known(),
        Kind::Codes(_) => {
            anyhow::ensure!(
                arguments.map.is_none(),
                "--map is for records, not for lists of codes"
            );
            // Its two forms are told apart by the reader.
            return Ok(Columns::plain(outcodes::known()));
        }
    };
    let Some(map) = &arguments.map else { return Ok(Columns::plain(known)) };
    let text = fs::read_to_string(map).with_context(|| format!("cannot read {}", map.display()))?;
    Columns::mapped(known, &text).with_context(|| format!("{} cannot be used", map.display()))
}

fn fields<T: Exchanged>() -> Known {
    known::<T>()
}

/// The report for a person to read: faults by line, faults by reason, and one line that
/// sums it up.
fn written(report: &Report, (kind, arguments): (Kind, &Arguments), took: Duration) -> String {
    let file = arguments.file.display().to_string();
    let mut lines: Vec<String> = report.faults.iter().map(|fault| told(&file, fault)).collect();
    let all = report.fault_count();
    if all > SHOWN as u64 {
        lines.push(format!("These are the first {SHOWN} of {all} faults. By reason:"));
        let mut reasons: Vec<_> = report.reasons.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let reason = |((field, reason), count): (&(String, String), &u64)| {
            let field = if field.is_empty() { String::new() } else { format!("{field}: ") };
            format!("{count:>8}  {field}{reason}")
        };
        lines.extend(reasons.into_iter().map(reason));
    }
    lines.extend(report.warnings.iter().map(|warning| {
        format!(
            "{file}:{}: {}: warning: {}",
            warning.line, warning.wrong.field, warning.wrong.reason
        )
    }));
    if report.warned > SHOWN as u64 {
        lines.push(format!("These are the first {SHOWN} of {} warnings.", report.warned));
    }
    lines.push(summary(report, (kind, arguments), took));
    lines.join("\n") + "\n"
}

fn told(file: &str, fault: &Fault) -> String {
    let wrong = &fault.wrong;
    let field = if wrong.field.is_empty() { "row" } else { &wrong.field };
    format!("{file}:{}: {field}: {} ({})", fault.line, wrong.reason, wrong.class)
}

fn summary(report: &Report, (kind, arguments): (Kind, &Arguments), took: Duration) -> String {
    let rows = count(usize::try_from(report.rows).unwrap_or(usize::MAX), "row", "rows");
    let refused = report.refused;
    if !report.kept && !arguments.dry_run {
        return format!("Nothing was imported: of {rows}, {refused} refused.");
    }
    let did = if arguments.dry_run {
        "Nothing was written; this would be done".to_owned()
    } else {
        format!("Imported {}", kind.as_str())
    };
    let seconds = took.as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = report.rows as f64 / seconds.max(0.001);
    format!(
        "{did}: {} created, {} changed, {} unchanged, {refused} refused. {rows} in {seconds:.1} s, \
         {rate:.0} a second.",
        report.created, report.changed, report.unchanged,
    )
}
