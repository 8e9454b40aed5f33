//! From a file into the register: all of it or nothing, unless told to leave out what is
//! wrong.
//!
//! The file is read twice: first to its end, without touching the database. Then, in one
//! write transaction, some rows at a time: what is there already is looked up, compared,
//! and only what is new or different is written. It goes on behind a row that is refused,
//! so that all that is wrong is told at once, and takes everything back at the end.
//!
//! What a file has no column for stays as it is in a record that is there; what has an
//! empty cell becomes absent. So a list of names and numbers does not take away what
//! the register knows beside them, and the same file twice changes nothing.

use std::io::Read;

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    app::{
        classifications::Classifications,
        exchange::{
            columns::{Columns, Known},
            entry::Entry,
            kinds::Exchanged,
            report::Report,
            rows::{FileError, Format, Row, Rows},
            value::Shape,
            writing::Writing,
        },
    },
    domain::{access::Role, uk_time},
    store::{Store, StoreError, records::Author, reference},
};

/// So many rows are looked up and written at once.
const ROWS: usize = 1_000;

/// What is done with rows that are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faulty {
    /// Nothing is written if there is one.
    RefuseAll,
    /// They are left out.
    LeaveOut,
}

/// Whether anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// It is.
    Real,
    /// It is said what would be.
    Dry,
}

/// How an import is to be done.
#[derive(Debug, Clone, Copy)]
pub struct Orders {
    /// What is done with rows that are refused.
    pub faulty: Faulty,
    /// Whether anything is written.
    pub run: Run,
    /// The day on which was said what the file does not date.
    pub default_on: NaiveDate,
    /// The moment of the import, UTC.
    pub at: NaiveDateTime,
}

impl Orders {
    /// The day of the import.
    pub fn today(&self) -> NaiveDate {
        uk_time::day(self.at)
    }
}

/// Why an import was broken off; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was meant to be taken back.
    #[error("nothing was kept")]
    TakenBack,
}

/// A file that can be read from its beginning more than once.
pub trait Source {
    /// What reads it.
    type Input: Read;

    /// Opens it.
    ///
    /// # Errors
    ///
    /// If the operating system refuses.
    fn open(&self) -> std::io::Result<Self::Input>;

    /// How it is written.
    fn format(&self) -> Format;
}

/// A step of an import, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many rows were read.
    Read(u64),
    /// So many of all rows were compared and written.
    Written(u64, u64),
}

/// Who imports and exports: the operator.
pub fn operator() -> Author {
    Author { actor: "operator".to_owned(), role: Role::Admin, token: None }
}

/// The fields that a file of a kind may have.
pub fn known<T: Exchanged>() -> Known {
    let becomes = T::friendly().to_vec();
    let more = becomes.iter().map(|(name, _)| (*name, Shape::Plain));
    let mut fields = Entry::<T>::shapes();
    fields.extend(more);
    Known { fields, becomes, aliases: &[], ignored: &[] }
}

/// Imports a file.
///
/// # Errors
///
/// [`ExchangeError`] if it could not be carried through. Refused rows are no error:
/// they stand in the report.
pub fn import<T: Exchanged, S: Source>(
    store: &Store,
    (source, columns): (&S, &Columns),
    orders: Orders,
    told: &mut dyn FnMut(Step),
) -> Result<Report, ExchangeError> {
    let all = count(source, columns, told)?;
    let mut report = Report::default();
    let carried = store.write_blocking(|conn| {
        let published = reference::load(conn)?;
        let reference = published.united(&reference::kept(conn)?, orders.today());
        let codes = Classifications::load(conn)?;
        let mut writing = Writing::<T>::new((&reference, &codes), orders);
        let mut rows =
            Rows::open(source.open().map_err(FileError::from)?, source.format(), columns)?;
        loop {
            let some = batch(&mut rows, columns)?;
            if some.is_empty() {
                break;
            }
            report.rows += some.len() as u64;
            writing.rows(conn, some, &mut report)?;
            told(Step::Written(report.rows, all));
        }
        let refused = report.refused > 0 && orders.faulty == Faulty::RefuseAll;
        if refused || orders.run == Run::Dry { Err(ExchangeError::TakenBack) } else { Ok(()) }
    });
    match carried {
        Ok(()) => report.kept = true,
        Err(ExchangeError::TakenBack) if orders.faulty == Faulty::RefuseAll => report.forget(),
        Err(ExchangeError::TakenBack) => {}
        Err(error) => return Err(error),
    }
    report.faults.sort_by_key(|fault| fault.line);
    report.warnings.sort_by_key(|warning| warning.line);
    Ok(report)
}

fn batch<R: Read>(rows: &mut Rows<R>, columns: &Columns) -> Result<Vec<Row>, FileError> {
    let mut some = Vec::with_capacity(ROWS);
    while some.len() < ROWS {
        let Some(row) = rows.next(columns)? else { break };
        some.push(row);
    }
    Ok(some)
}

/// Counts the rows, so that whoever waits knows how many there are, and a file that
/// cannot be read to its end touches no database.
fn count<S: Source>(
    source: &S,
    columns: &Columns,
    told: &mut dyn FnMut(Step),
) -> Result<u64, ExchangeError> {
    let input = source.open().map_err(FileError::from)?;
    let mut rows = Rows::open(input, source.format(), columns)?;
    let mut count = 0_u64;
    while rows.next(columns)?.is_some() {
        count += 1;
        if count.is_multiple_of(1_000) {
            told(Step::Read(count));
        }
    }
    Ok(count)
}
