//! Rows of a file, one at a time: a table with headings (CSV), or one JSON object a line.
//!
//! Lines are counted as an editor counts them, also through line breaks inside quotes.

use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use crate::app::exchange::{
    columns::{Columns, NoField, Target},
    counted::Counted,
    form::Given,
    value::Wrong,
};

/// The most that one line of JSON may hold, in bytes: many times the longest record.
const LONGEST_LINE: u64 = 4 << 20;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table with headings.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

impl Format {
    /// The format that the ending of a file's name tells.
    pub fn of(path: &std::path::Path) -> Self {
        let json = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl"));
        if json { Self::JsonLines } else { Self::Csv }
    }
}

/// A row that was read.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line on which it begins, the first is 1.
    pub line: u64,
    /// What it says, by field.
    pub given: Given,
    /// What is wrong with it already.
    pub wrong: Vec<Wrong>,
}

/// Why no more rows can be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The headings, or the map, are not right.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Columns(Vec<NoField>),
    /// There is nothing in it.
    #[error("the file is empty: it needs a row of headings")]
    Empty,
    /// The operating system refused.
    #[error("the file cannot be read")]
    Io(#[from] std::io::Error),
}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.into())
    }
}

/// The rows of a file.
pub enum Rows<R> {
    /// Of a table.
    Csv(Box<Table<R>>),
    /// Of lines of JSON.
    Json(Lines<R>),
}

impl<R: Read> Rows<R> {
    /// Begins to read.
    ///
    /// # Errors
    ///
    /// [`FileError`] if the headings cannot be used.
    pub fn open(input: R, format: Format, columns: &Columns) -> Result<Self, FileError> {
        match format {
            Format::Csv => Ok(Self::Csv(Box::new(Table::open(input, columns)?))),
            Format::JsonLines => Ok(Self::Json(Lines { input: BufReader::new(input), line: 0 })),
        }
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`FileError::Io`]; a row that cannot be read is none, but a row with faults.
    pub fn next(&mut self, columns: &Columns) -> Result<Option<Row>, FileError> {
        let row = match self {
            Self::Csv(table) => table.next(columns)?,
            Self::Json(lines) => lines.next(columns)?,
        };
        Ok(row.map(|mut row| {
            columns.complete(&mut row.given);
            row
        }))
    }
}

/// A table that is being read.
pub struct Table<R> {
    reader: csv::Reader<Counted<R>>,
    record: csv::ByteRecord,
    targets: Vec<Option<Target>>,
}

impl<R: Read> Table<R> {
    fn open(input: R, columns: &Columns) -> Result<Self, FileError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(Counted::of(input));
        let mut record = csv::ByteRecord::new();
        if !reader.read_byte_record(&mut record)? {
            return Err(FileError::Empty);
        }
        let headings: Vec<String> =
            record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let targets = columns.targets(headings.iter().map(String::as_str));
        Ok(Self { reader, record, targets: targets.map_err(FileError::Columns)? })
    }

    fn next(&mut self, columns: &Columns) -> Result<Option<Row>, FileError> {
        loop {
            if !self.reader.read_byte_record(&mut self.record)? {
                return Ok(None);
            }
            // Spreadsheets leave rows of empty cells behind.
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                break;
            }
        }
        let begins = self.record.position().map_or(0, csv::Position::byte);
        let line = self.reader.get_mut().line_of(begins);
        let mut row = Row { line, given: Given::new(), wrong: Vec::new() };
        let (cells, headings) = (self.record.len(), self.targets.len());
        let surplus = self.record.iter().skip(headings).any(|cell| !cell.is_empty());
        if cells < headings || surplus {
            let reason = "it has not as many cells as there are headings: is a quote left open?";
            row.wrong.push(Wrong::of_field("", &format!("row of {cells} cells"), reason));
            return Ok(Some(row));
        }
        for (cell, target) in self.record.iter().zip(&self.targets) {
            let Some(target) = *target else { continue };
            match std::str::from_utf8(cell) {
                Ok(text) => columns.put(&mut row.given, target, text),
                Err(_) => row.wrong.push(Wrong::of_field(
                    target.0,
                    &format!("{} bytes", cell.len()),
                    "it is not UTF-8: save the file as \"CSV UTF-8\"",
                )),
            }
        }
        Ok(Some(row))
    }
}

/// Lines of JSON that are being read.
pub struct Lines<R> {
    input: BufReader<R>,
    line: u64,
}

impl<R: Read> Lines<R> {
    fn next(&mut self, columns: &Columns) -> Result<Option<Row>, FileError> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            if read as u64 == LONGEST_LINE && bytes.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
                return Ok(Some(self.refused("it is longer than any record")));
            }
            let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            if text.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let Ok(Value::Object(fields)) = serde_json::from_slice(text) else {
                return Ok(Some(self.refused("a JSON object in one line is expected")));
            };
            return Ok(Some(self.row(fields, columns)));
        }
    }

    fn refused(&self, reason: &str) -> Row {
        let wrong = vec![Wrong::of_field("", "line", reason)];
        Row { line: self.line, given: Given::new(), wrong }
    }

    fn row(&self, fields: Given, columns: &Columns) -> Row {
        let mut row = Row { line: self.line, given: Given::new(), wrong: Vec::new() };
        for (name, value) in fields {
            match columns.target(&name) {
                Ok(Some(target)) => columns.put_json(&mut row.given, target, value),
                Ok(None) => {}
                Err(error) => {
                    let wrong = Wrong::new(&value, error.to_string());
                    row.wrong.push(wrong);
                }
            }
        }
        row.wrong.extend(columns.clashes(&row.given));
        row
    }
}
