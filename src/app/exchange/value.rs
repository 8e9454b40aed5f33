//! Single values of a file: read with a reason where they cannot be, and written so
//! that the same value is read again.
//!
//! The limits are those of the API's forms, which are the database's. A refused value is
//! told by its class alone, never repeated: it may be private.

use std::marker::PhantomData;

use chrono::{Datelike, NaiveDate, NaiveDateTime, SubsecRound};
use serde_json::{Number, Value};

use crate::domain::{place::outward_code, slug::Slug};

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field; of a part, with its place, as `sites/0/label`.
    pub field: String,
    /// What class of value was refused.
    pub class: String,
    /// Why, and what would be right.
    pub reason: String,
    /// Whether the field was not there at all, rather than empty or wrong.
    pub absent: bool,
}

/// A value, or everything that is wrong with it.
pub type Read<T> = Result<T, Vec<Wrong>>;

impl Wrong {
    /// A value that was refused.
    pub fn new(value: &Value, reason: impl Into<String>) -> Self {
        Self { field: String::new(), class: class(value), reason: reason.into(), absent: false }
    }

    /// A value of a field that was refused for what it stands beside.
    pub fn of_field(field: &str, class: &str, reason: impl Into<String>) -> Self {
        let (field, class) = (field.to_owned(), class.to_owned());
        Self { field, class, reason: reason.into(), absent: false }
    }

    /// The same one step further out: in the part or list of that name.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.field = if self.field.is_empty() {
            outer.to_owned()
        } else {
            format!("{outer}/{}", self.field)
        };
        self
    }
}

/// The class of a value, in a few words that tell nothing of it.
pub fn class(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(_) => "yes or no".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::String(text) => class_of_text(text),
        Value::Array(items) => format!("list of {}", items.len()),
        Value::Object(_) => "group of fields".to_owned(),
    }
}

fn class_of_text(text: &str) -> String {
    let trimmed = text.trim();
    let digits = trimmed.chars().filter(char::is_ascii_digit).count();
    let day_marks = trimmed.chars().filter(|c| "-/.".contains(*c)).count();
    let of_a_day = |c: char| c.is_ascii_digit() || "-/.: TZ".contains(c);
    if trimmed.is_empty() {
        "empty".to_owned()
    } else if trimmed.parse::<f64>().is_ok() {
        "number".to_owned()
    } else if (4..=20).contains(&digits) && day_marks >= 2 && trimmed.chars().all(of_a_day) {
        "date-like".to_owned()
    } else {
        let count = text.chars().count();
        format!("text of {count} {}", if count == 1 { "character" } else { "characters" })
    }
}

/// How the value of a field stands in a cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As it is.
    Plain,
    /// Values joined with `; `.
    List,
    /// Codes of figures, parted in any way.
    Codes,
    /// As JSON.
    Nested,
}

/// A way of reading and writing one value.
pub trait Codec {
    /// What is read.
    type Value;
    /// How it stands in a cell.
    const SHAPE: Shape = Shape::Plain;

    /// Reads a value that is there.
    fn read(&self, value: &Value) -> Read<Self::Value>;

    /// Writes it.
    fn write(&self, value: &Self::Value) -> Value;
}

/// The text of a value; a number is none, so that `1.0` is not guessed to be `1`.
pub(super) fn text(value: &Value) -> Read<&str> {
    value.as_str().ok_or_else(|| vec![Wrong::new(value, "a text is expected")])
}

pub(super) fn refused<T>(value: &Value, reason: impl Into<String>) -> Read<T> {
    Err(vec![Wrong::new(value, reason)])
}

fn checked(value: &Value, most: usize, control: fn(char) -> bool) -> Read<&str> {
    let text = text(value)?;
    if text.chars().count() > most {
        return refused(value, format!("at most {most} characters are kept"));
    }
    if text.contains(control) {
        return refused(value, "it holds a control character");
    }
    Ok(text)
}

/// A text in one line, of at most so many characters.
pub struct Line(pub usize);

impl Codec for Line {
    type Value = String;

    fn read(&self, value: &Value) -> Read<String> {
        checked(value, self.0, char::is_control).map(str::to_owned)
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

/// A line without blanks at its ends, as names in lists are kept.
pub struct Trimmed(pub usize);

impl Codec for Trimmed {
    type Value = String;

    fn read(&self, value: &Value) -> Read<String> {
        checked(value, self.0, char::is_control).map(|text| text.trim().to_owned())
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

/// A text that may have several lines, of at most so many characters.
pub struct Prose(pub usize);

impl Codec for Prose {
    type Value = String;

    fn read(&self, value: &Value) -> Read<String> {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        checked(value, self.0, control).map(str::to_owned)
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

/// An address that a browser opens.
pub struct WebAddress;

impl Codec for WebAddress {
    type Value = String;

    fn read(&self, value: &Value) -> Read<String> {
        let text = checked(value, 500, char::is_whitespace)?;
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            return Ok(text.to_owned());
        }
        refused(value, "a web address begins with http:// or https://")
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

/// A public name.
pub struct Name;

impl Codec for Name {
    type Value = Slug;

    fn read(&self, value: &Value) -> Read<Slug> {
        let reason = "a name is 1 to 80 characters of a-z, 0-9 and inner hyphens";
        Slug::parse(text(value)?.trim()).or_else(|_not_a_slug| refused(value, reason))
    }

    fn write(&self, value: &Slug) -> Value {
        Value::String(value.to_string())
    }
}

/// A day, `2027-03-01`, from 1900 to 2199.
pub struct Day;

impl Codec for Day {
    type Value = NaiveDate;

    fn read(&self, value: &Value) -> Read<NaiveDate> {
        let text = text(value)?.trim();
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
        let fits = day.filter(|day| (1900..=2199).contains(&day.year()));
        fits.map_or_else(|| refused(value, "a date is written as 2027-03-01"), Ok)
    }

    fn write(&self, value: &NaiveDate) -> Value {
        Value::String(value.to_string())
    }
}

/// A time, `2027-03-01T09:30:00Z`.
pub struct Moment;

impl Codec for Moment {
    type Value = NaiveDateTime;

    fn read(&self, value: &Value) -> Read<NaiveDateTime> {
        let time = chrono::DateTime::parse_from_rfc3339(text(value)?.trim()).ok();
        let time = time.map(|time| time.naive_utc().trunc_subsecs(6));
        let fits = time.filter(|time| (1900..=2199).contains(&time.year()));
        fits.map_or_else(|| refused(value, "a time is written as 2027-03-01T09:30:00Z"), Ok)
    }

    fn write(&self, value: &NaiveDateTime) -> Value {
        Value::String(value.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())
    }
}

/// Yes or no.
pub struct Flag;

impl Codec for Flag {
    type Value = bool;

    fn read(&self, value: &Value) -> Read<bool> {
        if let Value::Bool(flag) = value {
            return Ok(*flag);
        }
        match text(value)?.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "1" => Ok(true),
            "false" | "no" | "n" | "0" => Ok(false),
            _ => refused(value, "it is true or false"),
        }
    }

    fn write(&self, value: &bool) -> Value {
        Value::Bool(*value)
    }
}

/// A whole number within limits.
pub struct Whole<N>(pub i64, pub i64, PhantomData<N>);

/// A whole number from the first to the last of these.
pub const fn whole<N>(from: i64, to: i64) -> Whole<N> {
    Whole(from, to, PhantomData)
}

impl<N: TryFrom<i64> + Into<i64> + Copy> Codec for Whole<N> {
    type Value = N;

    fn read(&self, value: &Value) -> Read<N> {
        let number = match value {
            Value::Number(number) => number.as_i64(),
            _ => text(value)?.trim().parse::<i64>().ok(),
        };
        let fits = number.filter(|number| (self.0..=self.1).contains(number));
        let fits = fits.and_then(|number| N::try_from(number).ok());
        let reason = || format!("a whole number from {} to {} is expected", self.0, self.1);
        fits.map_or_else(|| refused(value, reason()), Ok)
    }

    fn write(&self, value: &N) -> Value {
        Value::Number(Number::from((*value).into()))
    }
}

/// Any number that a person would write.
pub struct Figure;

impl Codec for Figure {
    type Value = f64;

    fn read(&self, value: &Value) -> Read<f64> {
        let number = match value {
            Value::Number(number) => number.as_f64(),
            _ => text(value)?.trim().parse::<f64>().ok(),
        };
        let fits = number.filter(|number| (-1e12..=1e12).contains(number));
        fits.map_or_else(|| refused(value, "a number is expected, with a point and no commas"), Ok)
    }

    fn write(&self, value: &f64) -> Value {
        // Numbers that are none never pass a form.
        Number::from_f64(*value).map_or(Value::Null, Value::Number)
    }
}

/// A postcode or an outward code.
pub struct Postcode;

impl Codec for Postcode {
    type Value = String;

    fn read(&self, value: &Value) -> Read<String> {
        let reason = "a postcode is written as OX16 5QA, or its first half, OX16";
        postcode(text(value)?).map_or_else(|| refused(value, reason), Ok)
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

/// A postcode or outward code as it is written; `None` for text of another form.
pub fn postcode(text: &str) -> Option<String> {
    let outward = outward_code(text)?;
    let letters = text.chars().filter(|c| !c.is_whitespace());
    let whole: String = letters.map(|c| c.to_ascii_uppercase()).collect();
    let inward = whole.get(outward.len()..)?;
    Some(if inward.is_empty() { outward } else { format!("{outward} {inward}") })
}

/// A code of figures, of so many at least and at most, of a list of that name.
pub struct Figures(pub usize, pub usize, pub &'static str);

impl Codec for Figures {
    type Value = String;
    const SHAPE: Shape = Shape::Codes;

    fn read(&self, value: &Value) -> Read<String> {
        let Self(least, most, list) = *self;
        let code = text(value)?.trim();
        if (least..=most).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(code.to_owned());
        }
        let many = if least == most { most.to_string() } else { format!("{least} to {most}") };
        refused(value, format!("a {list} code has {many} digits"))
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

/// A SIC 2007 code of five digits, with the nought that spreadsheets lose.
pub struct Sic;

impl Codec for Sic {
    type Value = String;
    const SHAPE: Shape = Shape::Codes;

    fn read(&self, value: &Value) -> Read<String> {
        let code = text(value)?.trim();
        let digits = code.bytes().all(|b| b.is_ascii_digit());
        match code.len() {
            5 if digits => Ok(code.to_owned()),
            4 if digits => Ok(format!("0{code}")),
            _ => refused(value, "a SIC 2007 code has five digits"),
        }
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}
