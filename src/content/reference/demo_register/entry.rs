//! One table of a demonstration file, and the day from which its days are counted.
//!
//! A day is written as a distance from the day of loading: `-12` or `"-12 days"`,
//! `"3 weeks"`, `"-14 months"`, `"-2 years"`; `0` is the day itself. A month that is
//! too short ends on its last day.

use chrono::{Days, Months, NaiveDate};

use super::{
    Seed,
    raw::{RawEnded, RawSaid},
};
use crate::{
    content::{
        fault::unknown,
        reference::records,
        toml_text::{At, Values, Words},
    },
    domain::{
        register::{Draft, Ending, Statement, Voice},
        slug::Slug,
    },
};

/// A table whose texts become checked values; every fault is kept.
pub(super) struct Entry<'a> {
    values: Values<'a>,
    today: NaiveDate,
}

/// What every record carries, as it is written.
pub(super) struct Head {
    pub(super) slug: Option<String>,
    pub(super) said: RawSaid,
    pub(super) confirmed: Option<Words>,
    pub(super) ended: Option<RawEnded>,
}

/// The day so far from another; `None` for a text that says no distance.
pub(super) fn day_from(today: NaiveDate, text: &str) -> Option<NaiveDate> {
    let mut parts = text.split_whitespace();
    let count: i32 = parts.next()?.parse().ok()?;
    let unit = parts.next().unwrap_or("days");
    if parts.next().is_some() {
        return None;
    }
    let size = count.unsigned_abs();
    let days = |each: u64| {
        let days = Days::new(u64::from(size) * each);
        if count < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) }
    };
    let months = |each: u32| {
        let months = Months::new(size.checked_mul(each)?);
        if count < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) }
    };
    match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => days(1),
        "week" => days(7),
        "month" => months(1),
        "year" => months(12),
        _ => None,
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(values: Values<'a>, today: NaiveDate) -> Self {
        Self { values, today }
    }

    /// A table inside this one.
    pub(super) fn inner<'s>(&'s mut self, steps: &[At<'s>]) -> Entry<'s> {
        Entry { values: self.values.inner(steps), today: self.today }
    }

    pub(super) fn fault(&mut self, key: &str, code: &'static str, message: String) {
        self.values.fault(key, code, message);
    }

    /// A day, as a distance from the day of loading.
    pub(super) fn day(&mut self, key: &str, words: &Words) -> Option<NaiveDate> {
        let day = day_from(self.today, &words.0);
        if day.is_none() {
            let message =
                format!("{key} \"{}\" is not a distance such as -12 or \"-2 years\"", words.0);
            self.fault(key, "not-a-distance", message);
        }
        day
    }

    /// A day that need not be there.
    pub(super) fn some_day(&mut self, key: &str, words: Option<Words>) -> Option<NaiveDate> {
        words.and_then(|words| self.day(key, &words))
    }

    /// A public name.
    pub(super) fn slug(&mut self, key: &str, text: &str) -> Option<Slug> {
        self.values.slug(key, text)
    }

    /// A public name that need not be there.
    pub(super) fn some_slug(&mut self, key: &str, text: Option<String>) -> Option<Slug> {
        text.and_then(|text| self.slug(key, &text))
    }

    /// Public names.
    pub(super) fn slugs(&mut self, key: &str, texts: &[String]) -> Vec<Slug> {
        self.values.slugs(key, texts)
    }

    /// An address that need not be there.
    pub(super) fn some_url(&mut self, key: &str, text: Option<String>) -> Option<String> {
        text.and_then(|text| self.values.url(key, &text))
    }

    /// The outward code of a place that need not be there.
    pub(super) fn some_outcode(&mut self, key: &str, text: Option<String>) -> Option<String> {
        text.and_then(|text| records::outcode(key, &text, &mut self.values))
    }

    /// One word of a closed list.
    pub(super) fn word<T: Copy>(
        &mut self,
        (key, text): (&str, &str),
        (all, name): (&[T], fn(T) -> &'static str),
    ) -> Option<T> {
        let found = all.iter().copied().find(|word| name(*word) == text);
        if found.is_none() {
            let known = all.iter().map(|word| name(*word));
            self.fault(key, "unknown-word", unknown(&key.replace('_', " "), text, known));
        }
        found
    }

    /// One word of a closed list that need not be there.
    pub(super) fn some_word<T: Copy>(
        &mut self,
        (key, text): (&str, Option<String>),
        list: (&[T], fn(T) -> &'static str),
    ) -> Option<T> {
        text.and_then(|text| self.word((key, &text), list))
    }

    /// Words of a closed list; those that it does not have are left out.
    pub(super) fn words<T: Copy>(
        &mut self,
        (key, texts): (&str, &[String]),
        (all, name): (&[T], fn(T) -> &'static str),
    ) -> Vec<T> {
        self.values.list(key, texts, |text| {
            let found = all.iter().copied().find(|word| name(*word) == text);
            let known = all.iter().map(|word| name(*word));
            found.ok_or_else(|| ("unknown-word", unknown(&key.replace('_', " "), text, known)))
        })
    }

    /// Who said it, when and until when.
    pub(super) fn said(&mut self, raw: RawSaid) -> Option<Statement> {
        let mut inner = self.inner(&[At::Key("said")]);
        let voice = match raw.voice {
            Some(voice) => inner.word(("voice", &voice), (Voice::ALL, Voice::as_str))?,
            None => Voice::Organisation,
        };
        let on = inner.day("on", &raw.on)?;
        let until = inner.some_day("until", raw.until);
        Some(Statement { voice, by: raw.by, on, until, source: raw.source })
    }

    /// A record with what every record carries.
    pub(super) fn seed<T>(&mut self, head: Head, body: T) -> Option<Seed<T>> {
        let slug = match head.slug {
            Some(text) => Some(self.slug("slug", &text)?),
            None => None,
        };
        let said = self.said(head.said)?;
        let confirmed_on = self.some_day("confirmed", head.confirmed);
        let ended = head.ended.and_then(|raw| self.ended(raw));
        Some(Seed::new(Draft { slug, said, fictional: true, body }, confirmed_on, ended))
    }

    /// From when it does not count.
    pub(super) fn ended(&mut self, raw: RawEnded) -> Option<Ending> {
        let on = self.inner(&[At::Key("ended")]).day("on", &raw.on)?;
        Some(Ending { on, reason: raw.reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_day_is_so_many_days_weeks_months_or_years_away() {
        let today = day(2028, 2, 29);
        assert_eq!(day_from(today, "0"), Some(today));
        assert_eq!(day_from(today, "-60"), Some(day(2027, 12, 31)));
        assert_eq!(day_from(today, "1 day"), Some(day(2028, 3, 1)));
        assert_eq!(day_from(today, "-2 weeks"), Some(day(2028, 2, 15)));
        assert_eq!(day_from(today, "-12 months"), Some(day(2027, 2, 28)));
        assert_eq!(day_from(today, "1 year"), Some(day(2029, 2, 28)));
        assert_eq!(day_from(day(2026, 12, 31), "-10 months"), Some(day(2026, 2, 28)));
        for bad in ["", "soon", "2026-11-23", "1.5", "3 moons", "3 days ago", "99999999999"] {
            assert_eq!(day_from(today, bad), None, "{bad}");
        }
    }
}
