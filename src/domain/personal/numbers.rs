//! Numbers and addresses that one person has.

use crate::domain::personal::{Sign, joined, tokens::Token};

/// Mailboxes of a role.
const ROLES: [&str; 22] = [
    "admin",
    "apply",
    "bookings",
    "careers",
    "contact",
    "desk",
    "employability",
    "employment",
    "enquiries",
    "events",
    "hello",
    "help",
    "hiring",
    "hr",
    "info",
    "jobs",
    "office",
    "people",
    "reception",
    "recruitment",
    "team",
    "work",
];

/// What the numbers and addresses of a text seem to be.
pub(super) fn signs(text: &str, tokens: &[Token<'_>]) -> Vec<Sign> {
    let mut found = Vec::new();
    if text.split_whitespace().any(is_personal_address) {
        found.push(Sign::Email);
    }
    for (nth, first) in tokens.iter().enumerate() {
        // Written in up to six groups, parted as such numbers are.
        let mut groups: Vec<&Token<'_>> = Vec::new();
        for token in tokens.iter().skip(nth).take(6) {
            groups.push(token);
            found.extend(sign(first, &groups));
            if !joined(token, " -().\u{a0}") || token.after.chars().count() > 2 {
                break;
            }
        }
        found.extend(police(tokens, nth));
    }
    found
}

/// What some groups come to when they are written together.
fn sign(first: &Token<'_>, groups: &[&Token<'_>]) -> Option<Sign> {
    let whole: String = groups.iter().map(|token| token.text).collect();
    if !whole.is_ascii() || whole.len() > 14 {
        return None;
    }
    let whole = whole.to_ascii_uppercase();
    if fits(&whole, "A9999AA") {
        return Some(Sign::PrisonNumber);
    }
    if is_insurance(&whole) {
        return Some(Sign::NationalInsurance);
    }
    if !groups.iter().all(|token| token.is_number()) {
        return None;
    }
    let abroad = first.before.ends_with('+') || whole.starts_with("00");
    if first.before.ends_with(['=', '/']) {
        return None;
    }
    if is_phone(&whole, abroad) && groups_of_a_phone(groups, abroad) {
        return Some(Sign::Phone);
    }
    is_health(&whole, groups).then_some(Sign::HealthNumber)
}

/// Whether a text has this form: `A` for a letter, `9` for a digit.
fn fits(text: &str, form: &str) -> bool {
    let same = |(c, kind): (char, char)| match kind {
        'A' => c.is_ascii_uppercase(),
        _ => c.is_ascii_digit(),
    };
    text.len() == form.len() && text.chars().zip(form.chars()).all(same)
}

/// Letters that do not stand there rule out codes that only look like it.
fn is_insurance(whole: &str) -> bool {
    let letters = whole.get(..2).unwrap_or_default();
    fits(whole, "AA999999A")
        && !letters.starts_with(['D', 'F', 'I', 'Q', 'U', 'V'])
        && !letters.ends_with(['D', 'F', 'I', 'O', 'Q', 'U', 'V'])
        && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&letters)
        && whole.ends_with(['A', 'B', 'C', 'D'])
}

/// A number of the land lines and of mobile phones; not those of organisations.
fn is_phone(digits: &str, abroad: bool) -> bool {
    let digits = digits.strip_prefix("00").unwrap_or(digits);
    if let Some(rest) = digits.strip_prefix("44").filter(|_| abroad) {
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        return (9..=10).contains(&rest.len()) && rest.starts_with(['1', '2', '7']);
    }
    let fits = ["01", "02", "07"].iter().any(|start| digits.starts_with(start));
    fits && (10..=11).contains(&digits.len())
}

/// Phone numbers are not written in pairs: those are dates.
fn groups_of_a_phone(groups: &[&Token<'_>], abroad: bool) -> bool {
    let least = if abroad { 2 } else { 3 };
    groups.len() <= 5
        && groups.iter().all(|token| token.text.len() >= least || (abroad && token.text == "0"))
}

/// Ten digits as 3, 3 and 4, or together, of which the last is the check.
fn is_health(digits: &str, groups: &[&Token<'_>]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|token| token.text.len()).collect();
    if digits.len() != 10 || !matches!(lengths.as_slice(), [10] | [3, 3, 4]) {
        return false;
    }
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let weighted = values.iter().zip((2..=10).rev()).map(|(value, weight)| value * weight);
    let check = 11 - weighted.sum::<u32>() % 11;
    values.last() == Some(&(check % 11)) && check != 10
}

/// `2003/0123456X`.
fn police(tokens: &[Token<'_>], nth: usize) -> Option<Sign> {
    let (year, rest) = (tokens.get(nth)?, tokens.get(nth + 1)?);
    let year_fits = fits(year.text, "9999") && year.after == "/";
    let rest = rest.text.to_ascii_uppercase();
    (year_fits && fits(&rest, "9999999A")).then_some(Sign::PoliceNumber)
}

/// An address of e-mail that is no role's.
fn is_personal_address(word: &str) -> bool {
    let outer = |c: char| !c.is_alphanumeric();
    let Some((local, host)) = word.trim_matches(outer).split_once('@') else { return false };
    let host_fits = host.contains('.') && !host.contains('@');
    let plain = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let start = local.rfind(|c| !plain(c)).map_or(0, |at| at + 1);
    let local = local.get(start..).unwrap_or(local).to_lowercase();
    let mut parts = local.split(|c: char| !c.is_alphabetic());
    !local.is_empty() && host_fits && !parts.any(|part| ROLES.contains(&part))
}
