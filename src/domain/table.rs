//! A table of figures or records, ready to be written down in any format: what each
//! column means, the day it holds for, and how much is not known.
//!
//! Invariants:
//! - each row, and the row of totals, has as many cells as there are columns;
//! - what is not stated is [`Cell::Blank`], and what may not be told [`Cell::LeftOut`]:
//!   neither is ever nought.

use chrono::NaiveDate;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// A share of one, from 0 to 1, shown as a percentage.
    Percent,
}

impl Kind {
    /// The name used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Percent => "percent",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name used in answers and in the first line of a file.
    pub name: String,
    /// The words shown.
    pub label: String,
    /// What it means, in a sentence.
    pub definition: String,
    /// How wide it is in a spreadsheet, in characters: 4 to 100.
    pub width: u16,
    /// What its cells hold.
    pub kind: Kind,
}

impl Column {
    fn new(kind: Kind, width: u16, [name, label, definition]: [&str; 3]) -> Self {
        let (name, label) = (name.to_owned(), label.to_owned());
        Self { name, label, definition: definition.to_owned(), width, kind }
    }

    /// A column of words: its name, label and definition.
    pub fn text(width: u16, words: [&str; 3]) -> Self {
        Self::new(Kind::Text, width, words)
    }

    /// A column of whole numbers: its name, label and definition.
    pub fn number(words: [&str; 3]) -> Self {
        Self::new(Kind::Number, 14, words)
    }

    /// A column of days: its name, label and definition.
    pub fn date(words: [&str; 3]) -> Self {
        Self::new(Kind::Date, 12, words)
    }

    /// A column of shares: its name, label and definition.
    pub fn percent(words: [&str; 3]) -> Self {
        Self::new(Kind::Percent, 12, words)
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Number(u64),
    /// A day.
    Date(NaiveDate),
    /// A share of one, from 0 to 1.
    Share(f64),
    /// Not stated.
    Blank,
    /// A small count that is not told, or one that would give it back.
    LeftOut,
}

impl Cell {
    /// Words, or nothing where they are empty.
    pub fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Blank } else { Self::Text(words) }
    }

    /// Words where there are some.
    pub fn maybe(words: Option<&str>) -> Self {
        words.map_or(Self::Blank, Self::text)
    }

    /// How many.
    pub fn count(count: usize) -> Self {
        Self::Number(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// A number where there is one; a negative one is nought.
    pub fn number(number: Option<i32>) -> Self {
        number.map_or(Self::Blank, |number| Self::Number(u64::try_from(number).unwrap_or(0)))
    }

    /// A count that may be told, or is left out.
    pub fn told(count: Option<u64>) -> Self {
        count.map_or(Self::LeftOut, Self::Number)
    }

    /// The share of `some` in `all`; nothing of nothing is not stated.
    pub fn share(some: usize, all: usize) -> Self {
        share(some, all).map_or(Self::Blank, Self::Share)
    }
}

/// A name that says that it is invented, where it is and does not say so already.
pub fn marked(name: &str, fictional: bool) -> String {
    let says = name.to_lowercase().contains("(fictional)");
    if fictional && !says { format!("{name} (fictional)") } else { name.to_owned() }
}

/// The share of `some` in `all`, where there are any.
fn share(some: usize, all: usize) -> Option<f64> {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    (all > 0).then(|| number(some) / number(all))
}

/// How many records lack something that a figure rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What they lack, in words.
    pub what: String,
    /// How many lack it.
    pub lacking: usize,
    /// How many there are.
    pub of: usize,
}

impl Missing {
    /// So many of `of` lack something.
    pub fn new(what: &str, lacking: usize, of: usize) -> Self {
        Self { what: what.to_owned(), lacking, of }
    }

    /// Counts the records of which `lacks` is true.
    pub fn among<'a, T: 'a>(
        what: &str,
        records: impl IntoIterator<Item = &'a T>,
        lacks: impl Fn(&T) -> bool,
    ) -> Self {
        let (mut lacking, mut of) = (0, 0);
        for record in records {
            lacking += usize::from(lacks(record));
            of += 1;
        }
        Self::new(what, lacking, of)
    }

    /// The share that lacks it, from 0 to 1; 0 where there is nothing.
    pub fn share(&self) -> f64 {
        share(self.lacking, self.of).unwrap_or(0.0)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name in addresses and names of files.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// What it counts or lists, in a sentence or two.
    pub definition: String,
    /// The day it holds for.
    pub as_of: NaiveDate,
    /// The first and the last day that it looks at, where it looks at several.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The row of totals, where rows add up.
    pub total: Option<Vec<Cell>>,
    /// How much is not known.
    pub missing: Vec<Missing>,
    /// What else a reader must know, in sentences.
    pub notes: Vec<String>,
    /// The publications that it rests on.
    pub sources: Vec<String>,
    /// Whether something in it was invented for a demonstration.
    pub fictional: bool,
}

impl Table {
    /// Whether every row has a cell for each column.
    pub fn is_even(&self) -> bool {
        let width = self.columns.len();
        self.rows.iter().chain(&self.total).all(|row| row.len() == width)
    }

    /// The column of that name, from the first.
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|one| one.name == column)
    }

    /// The sum of a column's numbers.
    pub fn sum(&self, column: &str) -> u64 {
        let Some(place) = self.place(column) else { return 0 };
        let number = |row: &Vec<Cell>| match row.get(place) {
            Some(Cell::Number(number)) => *number,
            _ => 0,
        };
        self.rows.iter().map(number).sum()
    }

    /// Makes the row of totals: the first cell says so, each column that `adds_up` names
    /// gets its sum, and the others stay empty.
    pub fn add_up(&mut self, adds_up: &[&str]) {
        let cell = |(nth, column): (usize, &Column)| {
            if nth == 0 {
                Cell::text("Total")
            } else if adds_up.contains(&column.name.as_str()) {
                Cell::Number(self.sum(&column.name))
            } else {
                Cell::Blank
            }
        };
        self.total = Some(self.columns.iter().enumerate().map(cell).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stated_is_never_nought() {
        assert_eq!(Cell::number(None), Cell::Blank);
        assert_eq!(Cell::told(None), Cell::LeftOut);
        assert_eq!(Cell::share(0, 0), Cell::Blank);
        assert_eq!(Cell::share(1, 4), Cell::Share(0.25));
        assert_eq!(Cell::text(""), Cell::Blank);
    }

    #[test]
    fn what_is_invented_is_marked_once() {
        assert_eq!(marked("Brook Bakery", true), "Brook Bakery (fictional)");
        assert_eq!(marked("Brook Bakery (fictional)", true), "Brook Bakery (fictional)");
        assert_eq!(marked("Brook Bakery", false), "Brook Bakery");
    }

    #[test]
    fn the_missing_share_is_that_of_the_records_that_lack_it() {
        let missing = Missing::among("An even number", &[1, 2, 3, 5], |one| one % 2 != 0);
        assert_eq!((missing.lacking, missing.of), (3, 4));
        assert!((missing.share() - 0.75).abs() < 1e-9);
        assert!(Missing::new("Anything", 0, 0).share().abs() < 1e-9);
    }
}
