//! Whether a text looks as if it were about a person: told to its writer as a warning, so
//! that nothing of that kind is kept unmeant, and refused where a mark has to be opaque.
//!
//! It goes by the form alone and so errs on both sides. It is made to raise few false
//! alarms: numbers that only organisations have (`0300`, `0800`), mailboxes of a role
//! (`jobs@`) and dates without a person are left alone. A contact route's value is not
//! for this: there a number or an address belongs.

mod births;
mod numbers;
mod tokens;

use crate::domain::personal::tokens::Token;

words! {
    /// What a text seems to hold.
    Sign {
        /// A name beside a date of birth.
        NameWithBirth = "name-with-date-of-birth", "a name with a date of birth";
        /// A date of birth.
        Birth = "date-of-birth", "a date of birth";
        /// A prison number, such as A1234BC.
        PrisonNumber = "prison-number", "a prison number";
        /// A number of the police national computer, such as 2003/0123456X.
        PoliceNumber = "police-number", "a police national computer number";
        /// A National Insurance number.
        NationalInsurance = "national-insurance-number", "a National Insurance number";
        /// A number of the health service.
        HealthNumber = "nhs-number", "an NHS number";
        /// A person's e-mail address.
        Email = "e-mail", "an e-mail address";
        /// A phone number.
        Phone = "phone", "a phone number";
    }
}

/// A mark that means something to its writer alone has at most so many characters.
pub const MOST_OPAQUE: usize = 24;

/// Why a mark is not opaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpaque {
    /// It is empty, too long, or has other characters than letters, digits and hyphens.
    Form,
    /// It looks like a person's name.
    Name,
    /// It looks like something else of a person.
    Looks(Sign),
}

impl NotOpaque {
    /// The rule, as a stable word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "pattern",
            Self::Name => "name",
            Self::Looks(sign) => sign.as_str(),
        }
    }

    /// What is wrong and what would be right; never the text itself.
    pub fn message(self) -> String {
        let wanted = "Use a mark of your own that means nothing to anybody else.";
        match self {
            Self::Form => {
                format!("A reference has 1 to {MOST_OPAQUE} letters, digits and hyphens. {wanted}")
            }
            Self::Name => format!("This looks like a person's name. {wanted}"),
            Self::Looks(sign) => format!("This looks like {}. {wanted}", sign.label()),
        }
    }
}

/// What a text seems to hold of a person, each once, in the order of [`Sign::ALL`].
pub fn signs(text: &str) -> Vec<Sign> {
    let tokens = tokens::split(text);
    let mut found = numbers::signs(text, &tokens);
    found.extend(births::sign(&tokens));
    found.sort();
    found.dedup();
    found
}

/// Checks that a mark is opaque: letters, digits and hyphens, and nothing of a person.
///
/// # Errors
///
/// [`NotOpaque`], for the first reason.
pub fn opaque(mark: &str) -> Result<(), NotOpaque> {
    let plain = mark.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !plain || !(1..=MOST_OPAQUE).contains(&mark.len()) {
        return Err(NotOpaque::Form);
    }
    if let Some(sign) = signs(mark).first() {
        return Err(NotOpaque::Looks(*sign));
    }
    if births::any_birthday(mark) {
        return Err(NotOpaque::Looks(Sign::Birth));
    }
    let words = tokens::split_at_humps(mark);
    if births::begins_with_a_name(&words) { Err(NotOpaque::Name) } else { Ok(()) }
}

/// Whether nothing but these characters stands between two tokens.
fn joined(before: &Token<'_>, allowed: &str) -> bool {
    before.after.chars().all(|c| allowed.contains(c))
}

#[cfg(test)]
mod tests;
