//! What a text of a record may hold, beside its length.

use std::borrow::Cow;

use validator::ValidationError;

use crate::domain::{personal, register::rules};

/// Refuses control characters and blank text; for texts of one line.
pub fn line(text: &str) -> Result<(), ValidationError> {
    checked(text, char::is_control)
}

/// Refuses control characters other than line breaks and tabs, and blank text.
pub fn prose(text: &str) -> Result<(), ValidationError> {
    checked(text, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Refuses what is no `http://` or `https://` address.
pub fn web_address(text: &str) -> Result<(), ValidationError> {
    if rules::is_web_address(text) {
        return Ok(());
    }
    let message = "A web address begins with http:// or https:// and has no spaces.";
    Err(ValidationError::new("web-address").with_message(message.into()))
}

/// Refuses a mark that is not opaque: of other characters than letters, digits and
/// hyphens, too long, or with something of a person in it.
pub fn opaque(mark: &str) -> Result<(), ValidationError> {
    let refused = |why: personal::NotOpaque| {
        ValidationError::new("not-opaque").with_message(Cow::Owned(why.message()))
    };
    personal::opaque(mark).map_err(refused)
}

/// Refuses a register's code that is none.
pub fn scheme(text: &str) -> Result<(), ValidationError> {
    let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    told(fits, "pattern", "A register's code has letters, digits and hyphens, such as \"GB-COH\".")
}

/// Refuses a number that no register would give.
pub fn number(text: &str) -> Result<(), ValidationError> {
    let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-./ ".contains(&b));
    let some = text.bytes().any(|b| b.is_ascii_alphanumeric());
    told(fits && some, "pattern", "A number has letters, digits and the marks - . and /.")
}

/// Refuses a value that a list has already.
pub fn unique<T: PartialEq>(list: &[T]) -> Result<(), ValidationError> {
    let repeats = list.iter().enumerate().any(|(nth, one)| list.iter().take(nth).any(|o| o == one));
    told(!repeats, "repeated", "The list has the same value twice.")
}

/// Refuses a number that is none.
pub fn finite(number: f64) -> Result<(), ValidationError> {
    told(number.is_finite(), "out-of-range", "This is not a number.")
}

fn checked(text: &str, refused: impl Fn(char) -> bool) -> Result<(), ValidationError> {
    if text.trim().is_empty() && !text.is_empty() {
        return told(false, "blank", "The text is blank: leave the field out instead.");
    }
    told(!text.contains(refused), "control-character", "The text holds a control character.")
}

fn told(fits: bool, code: &'static str, message: &'static str) -> Result<(), ValidationError> {
    let refused = || ValidationError::new(code).with_message(Cow::Borrowed(message));
    if fits { Ok(()) } else { Err(refused()) }
}
