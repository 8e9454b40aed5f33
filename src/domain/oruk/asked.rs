//! What a reader of the feed can ask for. Every filter narrows what the others leave.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::domain::place::{Point, distance_miles};

const METRES_PER_MILE: f64 = 1_609.344;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekDay(Weekday);

impl WeekDay {
    /// The day meant by `MO`, `mon` or `Monday`, whatever the case; numbers before it, as
    /// in `2TU` for the second Tuesday, are passed over.
    pub fn parse(text: &str) -> Option<Self> {
        const DAYS: [(&str, Weekday); 7] = [
            ("monday", Weekday::Mon),
            ("tuesday", Weekday::Tue),
            ("wednesday", Weekday::Wed),
            ("thursday", Weekday::Thu),
            ("friday", Weekday::Fri),
            ("saturday", Weekday::Sat),
            ("sunday", Weekday::Sun),
        ];
        let word = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
        let word = word.to_ascii_lowercase();
        let named = |(name, _): &&(&str, Weekday)| word.len() >= 2 && name.starts_with(&word);
        DAYS.iter().find(named).map(|(_, day)| Self(*day))
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self.0 {
            Weekday::Mon => "Monday",
            Weekday::Tue => "Tuesday",
            Weekday::Wed => "Wednesday",
            Weekday::Thu => "Thursday",
            Weekday::Fri => "Friday",
            Weekday::Sat => "Saturday",
            Weekday::Sun => "Sunday",
        }
    }

    /// The day of the week of a date.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.weekday())
    }
}

/// The time of day that a text begins with: `09:00`, `09:00:00`, `09:00Z`.
pub fn clock_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let long = text.get(..8).and_then(|part| part.parse().ok());
    long.or_else(|| text.get(..5).and_then(|part| NaiveTime::parse_from_str(part, "%H:%M").ok()))
}

/// The words of a text, each after a space, as they are compared: lower case, letters and
/// digits alone.
pub fn words(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.fold(String::new(), |mut all, part| {
        all.push(' ');
        all.push_str(&part.to_lowercase());
        all
    })
}

/// A time in the week at which a service is there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slot {
    /// The days, where said.
    pub days: Vec<WeekDay>,
    /// From when, where said.
    pub opens: Option<NaiveTime>,
    /// Until when, where said.
    pub closes: Option<NaiveTime>,
}

/// What a service is judged by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facets {
    /// The [`words`](fn@words) of its name, description, organisation and terms.
    pub words: String,
    /// The identifier of its organisation.
    pub organization: String,
    /// Identifiers of the terms it has.
    pub terms: BTreeSet<String>,
    /// Identifiers of the taxonomies that its terms are of.
    pub taxonomies: BTreeSet<String>,
    /// From which age, in years.
    pub minimum_age: Option<f64>,
    /// Up to which age, in years.
    pub maximum_age: Option<f64>,
    /// When in the week it is there.
    pub slots: Vec<Slot>,
    /// When it was last changed, UTC.
    pub modified: Option<NaiveDateTime>,
    /// The [`words`](fn@words) of the names of the areas it is for; none where no area is said.
    pub areas: Vec<String>,
}

/// Where a service is held, as far as it is judged by that.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spot {
    /// The point.
    pub point: Option<Point>,
    /// The outward code of its postcode, upper case.
    pub outcode: Option<String>,
}

/// Where what is asked for must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Near {
    /// At most so many metres from a point.
    Within(Point, f64),
    /// Where it serves a place: its areas name one of these [`words`](fn@words), or, where no area
    /// is said, it is held in that outward code.
    Serving(String, Vec<String>),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// Every one of these words must be the beginning of one of its words.
    pub search: Option<String>,
    /// It has this term.
    pub taxonomy_term_id: Option<String>,
    /// It has a term of this taxonomy.
    pub taxonomy_id: Option<String>,
    /// It is provided by this organisation.
    pub organization_id: Option<String>,
    /// Its lowest age is at least this.
    pub minimum_age: Option<f64>,
    /// Its highest age is at most this.
    pub maximum_age: Option<f64>,
    /// It opens then or later.
    pub start_time: Option<NaiveTime>,
    /// It closes then or earlier.
    pub end_time: Option<NaiveTime>,
    /// It is there on that day of the week.
    pub day: Option<WeekDay>,
    /// It was changed then or later, UTC.
    pub modified_after: Option<NaiveDateTime>,
    /// Where it must be.
    pub near: Option<Near>,
}

impl Asked {
    /// Whether a service is asked for, wherever it is held.
    pub fn takes(&self, service: &Facets) -> bool {
        let named = |asked: &Option<String>, has: &dyn Fn(&str) -> bool| {
            asked.as_deref().is_none_or(|asked| has(&asked.to_ascii_lowercase()))
        };
        self.search.as_deref().is_none_or(|typed| has_words(&service.words, typed))
            && named(&self.taxonomy_term_id, &|id| service.terms.contains(id))
            && named(&self.taxonomy_id, &|id| service.taxonomies.contains(id))
            && named(&self.organization_id, &|id| service.organization == id)
            && self.minimum_age.is_none_or(|least| service.minimum_age.is_some_and(|a| a >= least))
            && self.maximum_age.is_none_or(|most| service.maximum_age.is_some_and(|a| a <= most))
            && self.takes_some_slot(&service.slots)
            && self.modified_after.is_none_or(|at| service.modified.is_some_and(|m| m >= at))
    }

    /// Whether a service is asked for that is held at a spot.
    pub fn takes_at(&self, service: &Facets, spot: &Spot) -> bool {
        let near = match &self.near {
            None => true,
            Some(Near::Within(from, metres)) => spot
                .point
                .is_some_and(|point| distance_miles(*from, point) * METRES_PER_MILE <= *metres),
            Some(Near::Serving(code, _)) if service.areas.is_empty() => {
                spot.outcode.as_ref() == Some(code)
            }
            Some(Near::Serving(_, names)) => service.areas.iter().any(|area| {
                names.iter().any(|name| format!("{area} ").contains(&format!("{name} ")))
            }),
        };
        near && self.takes(service)
    }

    /// Whether one and the same time in the week has everything asked of times.
    fn takes_some_slot(&self, slots: &[Slot]) -> bool {
        if self.day.is_none() && self.start_time.is_none() && self.end_time.is_none() {
            return true;
        }
        slots.iter().any(|slot| {
            self.day.is_none_or(|day| slot.days.contains(&day))
                && self.start_time.is_none_or(|from| slot.opens.is_some_and(|opens| opens >= from))
                && self.end_time.is_none_or(|to| slot.closes.is_some_and(|closes| closes <= to))
        })
    }
}

fn has_words(text: &str, typed: &str) -> bool {
    words(typed)
        .split(' ')
        .filter(|word| !word.is_empty())
        .all(|word| text.contains(&format!(" {word}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(day: &str, opens: &str, closes: &str) -> Slot {
        Slot {
            days: vec![WeekDay::parse(day).unwrap()],
            opens: clock_time(opens),
            closes: clock_time(closes),
        }
    }

    fn hub() -> Facets {
        Facets {
            words: words("Community hub: help with jobs. Café"),
            slots: vec![slot("TU", "14:00", "17:00"), slot("WE", "09:00:00", "12:00Z")],
            minimum_age: Some(16.0),
            ..Facets::default()
        }
    }

    #[test]
    fn every_word_must_begin_a_word() {
        let asks = |text: &str| Asked { search: Some(text.into()), ..Asked::default() };
        for found in ["hub", "JOB hub", "comm", "café", "", "…"] {
            assert!(asks(found).takes(&hub()), "{found}");
        }
        for missed in ["hub school", "ub", "obs"] {
            assert!(!asks(missed).takes(&hub()), "{missed}");
        }
    }

    #[test]
    fn day_and_times_are_of_one_and_the_same_slot() {
        let asks = |day: &str, from: &str| Asked {
            day: WeekDay::parse(day),
            start_time: clock_time(from),
            ..Asked::default()
        };
        assert!(asks("tuesday", "13:30").takes(&hub()));
        assert!(asks("Wed", "09:00").takes(&hub()));
        assert!(!asks("WE", "13:30").takes(&hub()), "it opens then, but on another day");
        assert!(!asks("MO", "08:00").takes(&hub()));
        let until = Asked { end_time: clock_time("12:00"), ..Asked::default() };
        assert!(until.takes(&hub()) && !until.takes(&Facets::default()));
    }

    #[test]
    fn an_age_that_is_not_said_is_no_answer_to_a_question_about_it() {
        let from = |age| Asked { minimum_age: Some(age), ..Asked::default() };
        assert!(from(16.0).takes(&hub()) && !from(17.0).takes(&hub()));
        assert!(!Asked { maximum_age: Some(99.0), ..Asked::default() }.takes(&hub()));
    }

    #[test]
    fn days_are_read_in_full_in_short_and_with_their_number() {
        for text in ["TU", "2TU", "-1tu", "Tuesday", "tues"] {
            assert_eq!(WeekDay::parse(text), Some(WeekDay(Weekday::Tue)), "{text}");
        }
        assert_eq!(WeekDay::parse("T"), None);
        assert_eq!(WeekDay::parse("someday"), None);
    }

    #[test]
    fn a_service_is_near_by_its_spot_or_by_the_areas_it_names() {
        let at = |lat, lon| Point { lat, lon };
        let spot = Spot { point: Some(at(51.75, -1.26)), outcode: Some("OX1".into()) };
        let within = |metres| Asked {
            near: Some(Near::Within(at(51.76, -1.26), metres)),
            ..Asked::default()
        };
        assert!(within(1_200.0).takes_at(&hub(), &spot), "it is 1,112 m away");
        assert!(!within(1_000.0).takes_at(&hub(), &spot));
        assert!(!within(1_200.0).takes_at(&hub(), &Spot::default()));
        let serving = |code: &str| Asked {
            near: Some(Near::Serving(code.into(), vec![words("Cherwell")])),
            ..Asked::default()
        };
        assert!(serving("OX1").takes_at(&hub(), &spot) && !serving("OX16").takes_at(&hub(), &spot));
        let area = Facets { areas: vec![words("Cherwell district")], ..hub() };
        assert!(serving("OX16").takes_at(&area, &spot));
        let other = Facets { areas: vec![words("Cherwellshire")], ..hub() };
        assert!(!serving("OX16").takes_at(&other, &spot));
    }
}
