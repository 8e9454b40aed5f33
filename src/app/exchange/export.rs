//! Out of the register into a file, page by page, so that the same file imports back
//! unchanged.

use std::io::Write;

use crate::{
    app::exchange::{
        cell, entry::Entry, form::Given, kinds::Exchanged, rows::Format, value::Shape,
    },
    store::{Conn, StoreError, records},
};

/// Records that are read at once.
const PAGE: i64 = 500;

/// Why an export was broken off.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error("the file cannot be written")]
    Io(#[from] std::io::Error),
}

/// Writes things with fields, in one format or the other.
pub struct Sheet<W: Write> {
    shapes: Vec<(&'static str, Shape)>,
    output: Output<W>,
}

enum Output<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

impl<W: Write> Sheet<W> {
    /// Begins, with the headings.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn begin(
        output: W,
        format: Format,
        shapes: Vec<(&'static str, Shape)>,
    ) -> Result<Self, std::io::Error> {
        let output = match format {
            Format::JsonLines => Output::Json(output),
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(output);
                writer.write_record(shapes.iter().map(|(name, _)| *name))?;
                Output::Csv(Box::new(writer))
            }
        };
        Ok(Self { shapes, output })
    }

    /// Writes one thing.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn row(&mut self, given: &Given) -> Result<(), std::io::Error> {
        match &mut self.output {
            Output::Csv(writer) => {
                let cell = |(name, shape): &(&str, Shape)| {
                    let text = given.get(*name).map(|value| cell::write(*shape, value));
                    cell::guarded(text.unwrap_or_default())
                };
                Ok(writer.write_record(self.shapes.iter().map(cell))?)
            }
            Output::Json(output) => {
                let said = self.shapes.iter().filter_map(|(name, _)| {
                    given.get(*name).map(|value| format!("\"{name}\":{value}"))
                });
                writeln!(output, "{{{}}}", said.collect::<Vec<_>>().join(","))
            }
        }
    }

    /// Ends: everything is written out.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn end(self) -> Result<W, std::io::Error> {
        match self.output {
            Output::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error),
            Output::Json(mut output) => output.flush().map(|()| output),
        }
    }
}

/// Writes every record of a kind, in the order of names; how many there were.
///
/// The name of an organisation that was merged into another is not written: it is none
/// of its own any more.
///
/// # Errors
///
/// [`ExportError`].
pub fn export<T: Exchanged, W: Write>(
    conn: &mut Conn,
    output: W,
    format: Format,
    told: &mut dyn FnMut(u64),
) -> Result<u64, ExportError> {
    let mut sheet = Sheet::begin(output, format, Entry::<T>::shapes())?;
    let (mut written, mut last) = (0, None);
    loop {
        let page = records::following::<T>(conn, last.as_ref(), PAGE)?;
        let Some(end) = page.last() else { break };
        last = Some(end.slug.clone());
        for record in &page {
            if !T::left_behind(conn, record)? {
                sheet.row(&Entry::write(record))?;
                written += 1;
            }
        }
        told(written);
    }
    sheet.end()?;
    Ok(written)
}
