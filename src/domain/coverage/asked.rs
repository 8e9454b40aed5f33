//! A need, prepared to be judged against many runs.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};

use crate::domain::{
    coverage::{Known, skills::telling_words},
    matching::occupation::sic_section,
    place::Place,
    register::{Horizon, Need},
    slug::Slug,
};

/// What a need asks for, worked out once.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The need.
    pub need: &'a Need,
    /// Where people are needed, if it says so and the place is known.
    pub(super) here: Option<Place>,
    /// The last day on which training may begin.
    pub(super) deadline: Option<Deadline>,
    /// Sectors that its industries lie in.
    pub(super) sectors: Vec<&'a Slug>,
    /// The telling words of its title.
    pub(super) words: BTreeSet<String>,
}

/// The last day on which training may begin, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deadline {
    pub(super) day: NaiveDate,
    /// Whether the need names the day itself, rather than how soon.
    pub(super) named: bool,
}

impl<'a> Asked<'a> {
    /// What a need asks for on a day.
    pub fn of(need: &'a Need, known: Known<'a>) -> Self {
        let sections: BTreeSet<String> =
            need.sic.iter().filter_map(|code| sic_section(code)).map(String::from).collect();
        let sectors = known.vocabulary.sectors.iter();
        let within = sectors.filter(|sector| sector.sic.iter().any(|one| sections.contains(one)));
        Self {
            need,
            here: need.details.place.as_deref().and_then(|place| known.gazetteer.find(place)),
            deadline: deadline(need, known),
            sectors: within.map(|sector| &sector.label.slug).collect(),
            words: telling_words(&need.title),
        }
    }

    /// How many places it takes: one where nobody said how many people.
    pub fn wanted(&self) -> i32 {
        self.need.details.headcount.unwrap_or(1)
    }
}

/// The day the need names, or else the end of its horizon, counted from the day somebody
/// last stood by it. A need that still stands when its horizon has run out waits on.
fn deadline(need: &Need, known: Known<'_>) -> Option<Deadline> {
    if let Some(day) = need.details.start_by {
        return Some(Deadline { day, named: true });
    }
    let horizon = need.horizon.as_ref().and_then(|word| Horizon::parse(word))?;
    let said = need.provenance.as_of;
    let end = match horizon {
        Horizon::Now => Some(said),
        Horizon::Year => said.checked_add_months(Months::new(12)),
        Horizon::ThreeYears => said.checked_add_months(Months::new(36)),
    };
    let waiting = Days::new(u64::from(known.policy.scale.waiting_days));
    let soon = known.today.checked_add_days(waiting)?;
    Some(Deadline { day: end?.max(soon), named: false })
}
