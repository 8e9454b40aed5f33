//! Tables as workbooks: one sheet of rows with a frozen header, one about them.
//!
//! The same table gives the same bytes, so that its tag stays: a workbook says that it was
//! made on the table's own day.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::{
    app::AppError,
    domain::table::{Cell, Kind, Missing, Table},
};

/// A cell of a workbook holds so many characters.
const MOST_LETTERS: usize = 32_767;
/// A sheet has so many rows; one is for the header, one for totals.
const MOST_ROWS: usize = 1_048_574;
/// The name of a sheet has so many letters.
const MOST_NAME: usize = 31;

/// A table as a workbook.
///
/// # Errors
///
/// [`AppError::Internal`] if it cannot be written.
pub fn xlsx(table: &Table) -> Result<Vec<u8>, AppError> {
    workbook(table).map_err(|error| AppError::Internal(Box::new(error)))
}

fn workbook(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(&table.title).set_subject(&table.definition);
    let properties = match excel_day(table.as_of) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    };
    workbook.set_properties(&properties);
    let looks = Looks::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&table.title))?;
    rows(sheet, table, &looks)?;
    let about = workbook.add_worksheet();
    about.set_name("About")?;
    self::about(about, table, &looks)?;
    workbook.save_to_buffer()
}

/// The looks of cells.
struct Looks {
    header: Format,
    text: Format,
    number: Format,
    date: Format,
    percent: Format,
    bold: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0x00DC_E6F1))
                .set_border_bottom(FormatBorder::Thin),
            text: cell.clone().set_text_wrap(),
            number: cell.clone().set_num_format("#,##0"),
            date: cell.clone().set_num_format("d mmm yyyy").set_align(FormatAlign::Left),
            percent: cell.clone().set_num_format("0.0%"),
            bold: cell.set_bold().set_text_wrap(),
        }
    }

    fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text => &self.text,
            Kind::Number => &self.number,
            Kind::Date => &self.date,
            Kind::Percent => &self.percent,
        }
    }
}

fn rows(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    for (nth, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(nth, f64::from(column.width))?;
        sheet.write_string_with_format(0, nth, cut(&column.label), &looks.header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_paper_size(9);
    let mut next = 1;
    for row in table.rows.iter().take(MOST_ROWS) {
        for ((nth, cell), column) in (0..).zip(row).zip(&table.columns) {
            write(sheet, (next, nth), cell, looks.of(column.kind))?;
        }
        next += 1;
    }
    if let Some(last) = u16::try_from(table.columns.len()).ok().and_then(|n| n.checked_sub(1))
        && next > 1
    {
        sheet.autofilter(0, 0, next - 1, last)?;
    }
    for (row, (nth, column)) in
        table.total.iter().flat_map(|row| row.iter().zip((0..).zip(&table.columns)))
    {
        let look = looks.of(column.kind).clone().set_bold().set_border_top(FormatBorder::Thin);
        write(sheet, (next, nth), row, &look)?;
    }
    Ok(())
}

/// Writes a cell. Words are written as words, whatever they begin with: nothing runs.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(words) => {
            sheet.write_string_with_format(row, column, cut(words), look)?;
        }
        Cell::Number(number) => {
            // A workbook's numbers are exact to 2 to the 53rd; no register counts so far.
            let number = u32::try_from(*number).map_or(f64::from(u32::MAX), f64::from);
            sheet.write_number_with_format(row, column, number, look)?;
        }
        Cell::Date(day) => match excel_day(*day) {
            Some(day) => {
                sheet.write_datetime_with_format(row, column, &day, look)?;
            }
            None => {
                sheet.write_string_with_format(row, column, day.to_string(), look)?;
            }
        },
        Cell::Share(share) => {
            sheet.write_number_with_format(row, column, *share, look)?;
        }
        Cell::Blank => {
            sheet.write_blank(row, column, look)?;
        }
        Cell::LeftOut => {
            sheet.write_string_with_format(row, column, "left out", look)?;
        }
    }
    Ok(())
}

/// What the figures mean, the day they hold for, and how much is not known.
fn about(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 100)?;
    let day = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    let mut lines: Vec<(String, String)> = vec![
        ("Report".to_owned(), table.title.clone()),
        ("What it is".to_owned(), table.definition.clone()),
        ("As of".to_owned(), day(table.as_of)),
    ];
    if let Some((first, last)) = table.period {
        lines.push(("Period".to_owned(), format!("{} to {}", day(first), day(last))));
    }
    if table.fictional {
        let words = "Some of what is counted was invented for a demonstration.";
        lines.push(("Fictional".to_owned(), words.to_owned()));
    }
    lines.push((String::new(), String::new()));
    let columns = table.columns.iter().map(|one| (one.label.clone(), one.definition.clone()));
    lines.extend(columns);
    lines.push((String::new(), String::new()));
    let missing = |one: &Missing| {
        let share = format!("{} of {} ({:.1}%)", one.lacking, one.of, one.share() * 100.0);
        (format!("Not stated: {}", one.what), share)
    };
    lines.extend(table.missing.iter().map(missing));
    lines.extend(table.notes.iter().map(|note| ("Note".to_owned(), note.clone())));
    lines.extend(table.sources.iter().map(|source| ("Source".to_owned(), source.clone())));
    for (row, (name, words)) in (0..).zip(&lines) {
        sheet.write_string_with_format(row, 0, cut(name), &looks.bold)?;
        sheet.write_string_with_format(row, 1, cut(words), &looks.text)?;
    }
    Ok(())
}

fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let (year, month, number) = (day.year(), day.month(), day.day());
    let year = u16::try_from(year).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(number).ok()?).ok()
}

fn cut(words: &str) -> String {
    words.chars().take(MOST_LETTERS).collect()
}

/// A name that a sheet may have.
fn sheet_name(title: &str) -> String {
    let name: String =
        title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(MOST_NAME).collect();
    name.trim().to_owned()
}
