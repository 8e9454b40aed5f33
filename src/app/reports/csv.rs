//! Tables as CSV: a line of names, then a line a row; nothing a spreadsheet would run.

use crate::{
    app::{AppError, exchange::cell::guarded},
    domain::table::{Cell, Table},
};

/// What stands for a count that is left out.
const LEFT_OUT: &str = "left out";

/// A table as CSV. The row of totals is none of it: a file is rows of one kind.
///
/// # Errors
///
/// [`AppError::Internal`] if it cannot be written.
pub fn csv(table: &Table) -> Result<Vec<u8>, AppError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| AppError::Internal(error);
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let names = table.columns.iter().map(|column| guarded(column.name.clone()));
    writer.write_record(names).map_err(|error| failed(error.into()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(written)).map_err(|error| failed(error.into()))?;
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}

/// A cell as a line has it. Only words could be run.
fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => guarded(words.clone()),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Share(share) => format!("{share:.4}"),
        Cell::Blank => String::new(),
        Cell::LeftOut => LEFT_OUT.to_owned(),
    }
}
