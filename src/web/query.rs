//! Query strings, read the same way by the API and by the pages.
//!
//! A handler asks a [`Query`] for each parameter it knows and then finishes it:
//! only then are all refusals given at once, among them parameters that nobody
//! asked for. Commas do not split values; a parameter that lists repeats. An empty
//! value counts as absent, since that is what forms send for a field left empty.

use std::str;

use crate::{
    app::{Refusal, guidance},
    domain::search::{Facet, Question, WITHIN_MILES},
    web::problem::{Problem, ProblemKind},
};

/// A query string may have so many bytes.
pub const MOST_BYTES: usize = 16_384;
/// A query string may have so many parameters.
const MOST_PARAMETERS: usize = 200;
/// The last page that can be asked for.
pub const LAST_PAGE: u32 = 1_000_000_000;
/// Results on a page, at most.
pub const MOST_PER_PAGE: u32 = 100;
/// Results on a page, unless asked otherwise.
pub const PER_PAGE: u32 = 20;

/// A query string being read.
#[derive(Debug)]
pub struct Query {
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
    refusals: Vec<Refusal>,
}

impl Query {
    /// Decodes a query string.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`] if it is not UTF-8 once decoded,
    /// [`ProblemKind::AddressTooLong`] if it is too long.
    pub fn read(text: &str) -> Result<Self, Problem> {
        if text.len() > MOST_BYTES {
            let detail = format!("A query string may have {MOST_BYTES} bytes.");
            return Err(Problem::new(ProblemKind::AddressTooLong, detail));
        }
        let mut pairs = Vec::new();
        for piece in text.split('&').filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            pairs.push((decoded(name)?, decoded(value)?));
        }
        let mut refusals = Vec::new();
        if pairs.len() > MOST_PARAMETERS {
            let message = format!("A query may have {MOST_PARAMETERS} parameters.");
            refusals.push(refusal("query", "too-many-parameters", message));
            pairs.truncate(MOST_PARAMETERS);
        }
        Ok(Self { pairs, known: Vec::new(), refusals })
    }

    /// A parameter given once, or not at all.
    pub fn once(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.every(name).into_iter();
        let first = values.next();
        if values.next().is_some() {
            let message = format!("\"{name}\" can be given once.");
            self.refusals.push(refusal(name, "repeated", message));
        }
        first
    }

    /// Every different value of a parameter that may repeat, in the order given.
    pub fn every(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        let values = self.pairs.iter().filter(|(n, value)| n == name && !value.is_empty());
        values.map(|(_, value)| value.clone()).collect()
    }

    /// A whole number within bounds.
    pub fn number(&mut self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let text = self.once(name)?;
        let number = text.parse::<i64>().ok().filter(|n| (least..=most).contains(n));
        if number.is_none() {
            let message = format!("\"{name}\" is a whole number from {least} to {most}.");
            self.refusals.push(refusal(name, "out-of-range", message));
        }
        number
    }

    /// Refuses something that a handler found out itself.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    /// The words asked for, with control characters read as spaces.
    pub fn text(&mut self) -> String {
        let typed = self.once("q").unwrap_or_default();
        typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>()
    }

    /// The filters: each facet's name is a parameter that may repeat.
    pub fn filters(&mut self) -> Vec<(Facet, String)> {
        let mut filters = Vec::new();
        for facet in Facet::ALL {
            for value in self.every(facet.as_str()) {
                if !filters.contains(&(facet, value.clone())) {
                    filters.push((facet, value));
                }
            }
        }
        filters
    }

    /// The page asked for, from 1.
    pub fn page(&mut self) -> u32 {
        self.number("page", 1, LAST_PAGE.into()).and_then(|n| n.try_into().ok()).unwrap_or(1)
    }

    /// How many results a page is to have.
    pub fn per_page(&mut self) -> u32 {
        let asked = self.number("per_page", 1, MOST_PER_PAGE.into());
        asked.and_then(|n| n.try_into().ok()).unwrap_or(PER_PAGE)
    }

    /// How many results each band of a match is to have.
    pub fn per_band(&mut self) -> u32 {
        let asked = self.number("per_band", 1, MOST_PER_PAGE.into());
        asked.and_then(|n| n.try_into().ok()).unwrap_or(PER_PAGE)
    }

    /// The question of a search, with its filters and its page.
    pub fn question(&mut self) -> Question {
        Question {
            text: self.text(),
            filters: self.filters(),
            page: self.page(),
            per_page: self.per_page(),
            place: self.once("place"),
            within_miles: self.within_miles(),
        }
    }

    /// How near results must be, in miles.
    fn within_miles(&mut self) -> Option<u32> {
        let text = self.once("within_miles")?;
        let miles = text.parse().ok().filter(|miles| WITHIN_MILES.contains(miles));
        if miles.is_none() {
            let message = "\"within_miles\" is 5, 10, 20 or 50.".to_owned();
            self.refusals.push(refusal("within_miles", "out-of-range", message));
        }
        miles
    }

    /// The change that the answer must show, if one is asked for.
    pub fn after_change(&mut self) -> Option<i64> {
        self.number("after_change", 0, i64::MAX)
    }

    /// Ends the reading: everything must have been asked for, and right.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Invalid`] with every refusal.
    pub fn finish(mut self) -> Result<(), Problem> {
        let mut named: Vec<&str> = Vec::new();
        for (name, _) in &self.pairs {
            if self.known.contains(&name.as_str()) || named.contains(&name.as_str()) {
                continue;
            }
            named.push(name);
            let nearest = guidance::nearest(name, self.known.iter().copied());
            let hint = nearest.map(|n| format!(" The nearest is \"{n}\".")).unwrap_or_default();
            let message = format!("There is no parameter \"{}\" here.{hint}", shown(name));
            self.refusals.push(refusal(&shown(name), "unknown-parameter", message));
        }
        if self.refusals.is_empty() { Ok(()) } else { Err(Problem::invalid(self.refusals)) }
    }
}

fn refusal(field: &str, code: &'static str, message: String) -> Refusal {
    Refusal { field: field.to_owned(), code, message }
}

/// A name as it can be repeated to whoever sent it.
pub(super) fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// Undoes the encoding of forms. A stray percent sign stands for itself, as in
/// browsers.
fn decoded(text: &str) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let ahead = rest.as_slice_of_two().and_then(from_hex);
                if ahead.is_some() {
                    rest.nth(1);
                }
                ahead.unwrap_or(b'%')
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_not_text| {
        Problem::new(ProblemKind::Malformed, "The query string is not UTF-8 text once decoded.")
    })
}

/// Looks two bytes ahead without taking them.
trait TwoAhead {
    fn as_slice_of_two(&self) -> Option<[u8; 2]>;
}

impl TwoAhead for str::Bytes<'_> {
    fn as_slice_of_two(&self) -> Option<[u8; 2]> {
        let mut ahead = self.clone();
        Some([ahead.next()?, ahead.next()?])
    }
}

fn from_hex(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        Query::read(text).unwrap()
    }

    #[test]
    fn values_repeat_and_commas_and_stray_percent_signs_are_kept() {
        let mut query = read("topic=a,b&topic=c&topic=&q=100%25+caf%C3%A9+5%");
        assert_eq!(query.every("topic"), ["a,b", "c"]);
        assert_eq!(query.text(), "100% café 5%");
        assert!(query.finish().is_ok());
    }

    #[test]
    fn every_fault_is_named_at_once_and_a_slip_gets_the_nearest_name() {
        let mut query = read("cohrt=x&page=0&q=a&q=b&per_page=101");
        query.text();
        query.filters();
        assert_eq!((query.page(), query.per_page()), (1, PER_PAGE));
        let problem = query.finish().unwrap_err();
        let codes: Vec<_> = problem.errors.iter().map(|e| (e.field.as_str(), e.code)).collect();
        assert_eq!(
            codes,
            [
                ("q", "repeated"),
                ("page", "out-of-range"),
                ("per_page", "out-of-range"),
                ("cohrt", "unknown-parameter")
            ]
        );
        assert!(problem.errors[3].message.contains("\"cohort\""), "{problem}");
    }

    #[test]
    fn bytes_that_are_no_text_and_endless_strings_are_refused() {
        assert_eq!(Query::read("q=%FF").unwrap_err().kind, ProblemKind::Malformed);
        let long = "a".repeat(MOST_BYTES + 1);
        assert_eq!(Query::read(&long).unwrap_err().kind, ProblemKind::AddressTooLong);
        assert!(read(&"a=1&".repeat(201)).finish().is_err());
    }
}
