//! Lists of codes in files, in the two forms in which they are published: a table with
//! headings, code first, or `code: title`, one a line.
//!
//! A table has a title in a column `name`, `title` or `description`, and may have the
//! code above in one called `parent`, also as `list:code`.

use std::{
    collections::HashMap,
    io::{BufReader, Read},
};

use crate::{
    app::exchange::{
        export::ExportError,
        import::{ExchangeError, Faulty, Orders, Run, Source, Step, operator},
        report::Report,
        rows::FileError,
        value::Wrong,
    },
    domain::classification::{Code, Scheme},
    store::{Conn, Store, classifications},
};

/// The most that a file may hold, in bytes: many times the longest list.
const LONGEST: u64 = 16 << 20;
/// The longest title, in characters.
const LONGEST_TITLE: usize = 300;

/// Imports codes, over those that are there. `source` says where they come from.
///
/// # Errors
///
/// As [`import`](crate::app::exchange::import::import).
pub fn import<S: Source>(
    store: &Store,
    (scheme, origin): (Scheme, &str),
    source: &S,
    orders: Orders,
    told: &mut dyn FnMut(Step),
) -> Result<Report, ExchangeError> {
    let mut report = Report::default();
    let mut codes: Vec<Code> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (line, read) in rows(scheme, source)? {
        report.rows += 1;
        match read {
            Err(wrong) => report.refuse(line, vec![wrong]),
            Ok(code) => match places.get(&code.code).and_then(|at| codes.get(*at)) {
                Some(earlier) if *earlier == code => report.unchanged += 1,
                Some(_) => {
                    let reason = "an earlier row has another title for the same code";
                    report.refuse(line, vec![Wrong::of_field("code", "code", reason)]);
                }
                None => {
                    places.insert(code.code.clone(), codes.len());
                    codes.push(code);
                }
            },
        }
        told(Step::Read(report.rows));
    }
    if report.refused > 0 && orders.faulty == Faulty::RefuseAll {
        report.forget();
        return Ok(report);
    }
    let carried = store.write_blocking(|conn| {
        let known = classifications::loaded(conn, scheme)?.codes.into_iter();
        let known: HashMap<String, Code> = known.map(|code| (code.code.clone(), code)).collect();
        classifications::put_all(conn, (scheme, origin), &codes, (&operator(), orders.at))?;
        for code in &codes {
            match known.get(&code.code) {
                None => report.created += 1,
                Some(old) if old == code => report.unchanged += 1,
                Some(_) => report.changed += 1,
            }
        }
        if orders.run == Run::Dry { Err(ExchangeError::TakenBack) } else { Ok(()) }
    });
    match carried {
        Ok(()) => report.kept = true,
        Err(ExchangeError::TakenBack) => {}
        Err(error) => return Err(error),
    }
    Ok(report)
}

/// A row: its line, from 1, and the code or what is wrong.
type Row = (u64, Result<Code, Wrong>);

fn rows<S: Source>(scheme: Scheme, source: &S) -> Result<Vec<Row>, ExchangeError> {
    let mut bytes = Vec::new();
    let mut input = BufReader::new(source.open().map_err(FileError::from)?).take(LONGEST);
    input.read_to_end(&mut bytes).map_err(FileError::from)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.ok_or(FileError::Empty)?;
    // A heading has no digit before its first mark; a code has one, or is a letter alone.
    let table = first.contains('\t') || (first.contains(',') && pair(scheme, first).is_none());
    if table { table_rows(scheme, text) } else { Ok(line_rows(scheme, text)) }
}

/// `code: title`, where the line has that form.
fn pair(scheme: Scheme, line: &str) -> Option<(String, &str)> {
    let (code, title) = line.split_once(':')?;
    Some((scheme.code(code)?, title))
}

fn line_rows(scheme: Scheme, text: &str) -> Vec<Row> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let read = pair(scheme, line).ok_or_else(|| {
                let reason = format!("a line is a {} code, a colon and its title", scheme.label());
                Wrong::of_field("code", "text", reason)
            });
            (at as u64 + 1, read.and_then(|(code, title)| made(code, title, None)))
        })
        .collect()
}

fn table_rows(scheme: Scheme, text: &str) -> Result<Vec<Row>, ExchangeError> {
    let heading = text.lines().next().unwrap_or_default();
    let delimiter = if heading.contains('\t') { b'\t' } else { b',' };
    // A title may hold a quote mark that quotes nothing.
    let quoting = delimiter == b',';
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(quoting)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(FileError::from)?.clone();
    let place = |names: &[&str]| {
        headings.iter().position(|one| names.contains(&one.trim().to_lowercase().as_str()))
    };
    let (title, above) = (place(&["name", "title", "description"]), place(&["parent"]));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(FileError::from)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        let read = match (title, scheme.code(cell(Some(0)))) {
            (None, _) => {
                Err(Wrong::of_field("title", "empty", "no column is called name or title"))
            }
            (_, None) => {
                let reason = format!("it is no {} code", scheme.label());
                Err(Wrong::of_field("code", "text", reason))
            }
            (_, Some(code)) => {
                let above = cell(above).rsplit(':').next().and_then(|text| scheme.code(text));
                made(code, cell(title), above)
            }
        };
        rows.push((line, read));
    }
    Ok(rows)
}

fn made(code: String, title: &str, parent: Option<String>) -> Result<Code, Wrong> {
    let title = title.trim();
    let fits = (1..=LONGEST_TITLE).contains(&title.chars().count());
    if !fits || title.contains(char::is_control) {
        let reason = format!("a title has 1 to {LONGEST_TITLE} characters, in one line");
        return Err(Wrong::of_field("title", "text", reason));
    }
    Ok(Code { code, title: title.to_owned(), parent })
}

/// Writes the codes that were loaded, in their order, as a table; how many there were.
///
/// # Errors
///
/// [`ExportError`].
pub fn export<W: std::io::Write>(
    conn: &mut Conn,
    scheme: Scheme,
    output: W,
) -> Result<u64, ExportError> {
    let codes = classifications::loaded(conn, scheme)?.codes;
    let mut writer = csv::Writer::from_writer(output);
    let failed = |error: csv::Error| ExportError::Io(error.into());
    writer.write_record(["code", "title", "parent"]).map_err(failed)?;
    for one in &codes {
        let parent = one.parent.as_deref().unwrap_or_default();
        writer.write_record([&one.code, &one.title, parent]).map_err(failed)?;
    }
    writer.flush().map_err(ExportError::Io)?;
    Ok(codes.len() as u64)
}
