//! What it costs to import organisations into an empty SQLite file, beside reading the
//! same file and doing nothing with it.
//!
//! Run by hand: `cargo bench --bench import`. Another count of organisations may be
//! given after `--`. Nothing here passes or fails: the figures are for people.

#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a program that is run by hand and prints figures"
)]

#[allow(dead_code, reason = "other benches use the rest of it")]
mod fictional;

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chrono::{NaiveDate, NaiveDateTime};
use fictional::Dice;
use pathways::{
    app::exchange::{
        columns::Columns,
        import::{Faulty, Orders, Run, Source, import, known},
        rows::Format,
    },
    domain::register::Organisation,
    store::{Limits, Store, changes},
};

/// How many organisations, unless told.
const COUNT: u64 = 100_000;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A file on the disk.
struct OnDisk(PathBuf);

impl Source for OnDisk {
    type Input = File;

    fn open(&self) -> std::io::Result<File> {
        File::open(&self.0)
    }

    fn format(&self) -> Format {
        Format::Csv
    }
}

fn main() -> Result<(), Failure> {
    let count = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(COUNT);
    let folder = tempfile::tempdir()?;
    let file = OnDisk(folder.path().join("organisations.csv"));
    write(&file.0, count)?;
    let size = fs::metadata(&file.0)?.len() as f64 / 1e6;
    println!("{count} fictional organisations with two numbers and a site, {size:.1} MB of CSV\n");
    println!("{:<22}{:>10}{:>12}{:>14}", "", "seconds", "rows/s", "peak MB");

    let begun = Instant::now();
    let rows = parsed(&file)?;
    told("only parsed", rows, begun.elapsed())?;

    let url = format!("sqlite:{}", folder.path().join("bench.db").display());
    let store = Store::connect(&url, Limits { pool: 4, wait: Duration::from_secs(10) })?;
    store.migrate()?;
    for turn in ["imported", "imported once more"] {
        let begun = Instant::now();
        let report = import::<Organisation, _>(
            &store,
            (&file, &Columns::plain(known::<Organisation>())),
            orders(),
            &mut |_| {},
        )?;
        told(turn, report.rows, begun.elapsed())?;
        if let Some(fault) = report.faults.first() {
            return Err(format!("line {}: {:?}", fault.line, fault.wrong).into());
        }
        println!(
            "{:<22}{} created, {} unchanged, {} refused, change {}",
            "",
            report.created,
            report.unchanged,
            report.refused,
            store.read_blocking(changes::position)?
        );
    }
    let size = fs::metadata(folder.path().join("bench.db"))?.len() as f64 / 1e6;
    println!("\nThe database has {size:.0} MB.");
    Ok(())
}

/// Writes the file, the same every time.
fn write(path: &Path, count: u64) -> Result<(), Failure> {
    let mut output = BufWriter::new(File::create(path)?);
    writeln!(
        output,
        "name,kind,sector,sic,employees,company_number,charity_number,address,postcode,town,\
         description,publication,fictional"
    )?;
    let (today, mut dice) = (orders().at.date(), Dice::new(7));
    for number in 0..count {
        let (document, _) = fictional::organisation(1, number, today);
        let sector = document.facets[1].value.as_str();
        writeln!(
            output,
            "\"{}\",employer,{sector},\"{:05}; {:05}\",{},{number},{},\"Unit {}, {} Road\",\
             OX{} {}AB,Banbury,\"{}\",published,true",
            document.title,
            1_000 + dice.below(40_000),
            50_000 + dice.below(40_000),
            1 + dice.below(900),
            1_000_000 + number,
            1 + dice.below(90),
            dice.word(),
            1 + dice.below(49),
            1 + dice.below(9),
            document.passages[0].text,
        )?;
    }
    Ok(output.flush()?)
}

/// Reads every cell of the file, as fast as it can be done.
fn parsed(file: &OnDisk) -> Result<u64, Failure> {
    let mut reader = csv::Reader::from_reader(file.open()?);
    let (mut record, mut rows, mut bytes) = (csv::ByteRecord::new(), 0, 0);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
        bytes += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    std::hint::black_box(bytes);
    Ok(rows)
}

fn orders() -> Orders {
    let at: NaiveDateTime = NaiveDate::from_ymd_opt(2026, 11, 23)
        .and_then(|day| day.and_hms_opt(9, 30, 0))
        .unwrap_or_default();
    Orders { faulty: Faulty::RefuseAll, run: Run::Real, default_on: at.date(), at }
}

fn told(what: &str, rows: u64, took: Duration) -> Result<(), Failure> {
    let seconds = took.as_secs_f64();
    println!("{what:<22}{seconds:>10.1}{:>12.0}{:>14.0}", rows as f64 / seconds, peak()?);
    Ok(())
}

/// The most memory that this process ever had resident, in megabytes.
fn peak() -> Result<f64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024.0 / 1e6)
}
