//! Numbers that are somebody's age.
//!
//! Only an age of fifty or more is looked for, and only where the words around the
//! number say that it is an age: 60 may as well be days, people or pounds.

use crate::search::analysis::Word;

const AGES: std::ops::RangeInclusive<u32> = 50..=89;
/// What stands before an age.
const BEFORE: [&str; 16] = [
    "aged", "age", "turn", "turned", "turning", "turns", "is", "was", "im", "he", "hes", "she",
    "shes", "who", "whos", "being",
];
/// What stands behind a number that is no age.
const UNITS: [&str; 24] = [
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "hour",
    "hours",
    "minute",
    "minutes",
    "people",
    "staff",
    "employee",
    "employees",
    "worker",
    "workers",
    "per",
    "percent",
    "pounds",
    "pence",
    "mile",
    "miles",
];

/// The first word that is an age of fifty or more.
pub fn later_age(words: &[Word], text: &str) -> Option<usize> {
    let surface = |at: usize| words.get(at).map_or("", |word| word.surface.as_str());
    (0..words.len()).find(|at| {
        let Some((number, ending)) = number(surface(*at)) else { return false };
        let (next, after) = (surface(at + 1), surface(at + 2));
        let before = at.checked_sub(1).map_or("", surface);
        AGES.contains(&number)
            && match ending {
                "s" => number % 10 == 0,
                "th" | "st" | "nd" | "rd" => next == "birthday",
                "yo" => true,
                "" if matches!(next, "year" | "years" | "yr" | "yrs") => {
                    matches!(after, "old" | "olds")
                }
                "" if matches!(next, "yo" | "ish") => true,
                "" => {
                    BEFORE.contains(&before)
                        && !UNITS.contains(&next)
                        && words.get(*at).is_some_and(|word| is_bare(word, text))
                }
                _ => false,
            }
    })
}

/// The number at the start of a word, and what follows it.
fn number(surface: &str) -> Option<(u32, &str)> {
    let digits = surface.find(|c: char| !c.is_ascii_digit()).unwrap_or(surface.len());
    let (number, ending) = surface.split_at_checked(digits)?;
    Some((number.parse().ok()?, ending))
}

/// Whether no sign of money or share stands beside a number.
fn is_bare(word: &Word, text: &str) -> bool {
    let before = text.get(..word.start).and_then(|text| text.chars().next_back());
    let behind = text.get(word.end..).and_then(|text| text.chars().next());
    !matches!(before, Some('\u{a3}' | '$' | '\u{20ac}')) && behind != Some('%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis;

    fn is_age(text: &str) -> bool {
        later_age(&analysis::words(text), text).is_some()
    }

    #[test]
    fn an_age_is_told_by_the_words_around_it() {
        for text in [
            "my foreman is 61",
            "she's 57 and wants fewer hours",
            "a 66 year old driver",
            "his 70th birthday",
            "people in their 60s",
            "aged 52",
        ] {
            assert!(is_age(text), "{text}");
        }
    }

    #[test]
    fn days_people_money_shares_and_lower_ages_are_no_age() {
        for text in [
            "notice is 56 days",
            "there is 60 people here",
            "the fee is \u{a3}60",
            "turnover is 60%",
            "a 24 year old driver",
            "form 64",
            "the 1960s",
            "55",
        ] {
            assert!(!is_age(text), "{text}");
        }
    }
}
