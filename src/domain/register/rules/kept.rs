//! The rules of what a partnership keeps of what can be published as well.

use chrono::NaiveDate;

use crate::domain::{
    place::place_name,
    register::{
        Body, CourseRun, KeptAction, KeptCharter, KeptCourse, KeptNeed, KeptScheme, TRAVEL_MILES,
        rules::{Faults, Ruled},
    },
};

impl Faults {
    fn levels(&mut self, from: Option<i32>, to: Option<i32>) {
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            self.add("level_to", "reversed", "\"level_to\" is below \"level_from\".");
        }
    }
}

impl Ruled for KeptNeed {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        found.levels(self.level_from, self.level_to);
        if let Some(miles) = self.travel_miles {
            if !TRAVEL_MILES.contains(&miles) {
                let nearest = TRAVEL_MILES.into_iter().min_by_key(|step| step.abs_diff(miles));
                let nearest = nearest.unwrap_or_default();
                let message =
                    format!("\"travel_miles\" is 5, 10, 20 or 50. The nearest is {nearest}.");
                found.add("travel_miles", "out-of-range", message);
            } else if self.place.is_none() {
                let message = "\"travel_miles\" needs a \"place\" to travel from.";
                found.add("travel_miles", "needs-place", message);
            }
        }
        if self.place.as_ref().is_some_and(|place| place_name(place).as_ref() != Some(place)) {
            let message = "A place is an outward code such as \"OX16\", a town or a district.";
            found.add("place", "pattern", message);
        }
        found.repeated("modes", "way of teaching", &self.modes);
        found.repeated("cohorts", "group", &self.cohorts);
        found
    }
}

impl Ruled for KeptCourse {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        found.levels(self.level_from, self.level_to);
        let labels: Vec<_> = self.venues.iter().map(|venue| &venue.label).collect();
        found.repeated("venues", "label", &labels);
        for (nth, run) in self.runs.iter().enumerate() {
            run.faults(&labels, nth, &mut found);
        }
        found
    }
}

impl CourseRun {
    fn faults(&self, venues: &[&String], nth: usize, found: &mut Faults) {
        let at = |name: &str| format!("runs/{nth}/{name}");
        found.in_order((&at("starts_on"), self.starts_on), (&at("ends_on"), self.ends_on));
        if self.starts_on.is_some() == self.flexible_start {
            let message = "A run has either a \"starts_on\" or a \"flexible_start\".";
            found.add(at("starts_on"), "start", message);
        }
        if self.venue.as_ref().is_some_and(|label| !venues.contains(&label)) {
            let message = "The course has no venue of that label.";
            found.add(at("venue"), "unknown-value", message);
        }
    }
}

impl Ruled for KeptAction {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        if self.natural_slug().as_str() != self.code.to_ascii_lowercase() {
            let message = "A code has letters, digits and inner hyphens, such as \"E2\".";
            found.add("code", "pattern", message);
        }
        if self.unit.is_some() && !self.measurable {
            found.add("unit", "not-measurable", "Only what is \"measurable\" has a \"unit\".");
        }
        found
    }
}

impl Ruled for KeptCharter {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        let areas: Vec<_> = self.focus_areas.iter().map(|area| &area.slug).collect();
        found.repeated("focus_areas", "slug", &areas);
        let stances: Vec<_> = self.stances.iter().map(|stance| &stance.slug).collect();
        found.repeated("stances", "slug", &stances);
        found
    }
}

impl Ruled for KeptScheme {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        let levels: Vec<_> = self.levels.iter().map(|level| &level.slug).collect();
        found.repeated("levels", "slug", &levels);
        for (nth, (lower, higher)) in self.levels.iter().zip(self.levels.iter().skip(1)).enumerate()
        {
            if lower.order >= higher.order {
                let message = "Levels stand lowest first: each \"order\" is above the one before.";
                found.add(format!("levels/{}/order", nth + 1), "reversed", message);
            }
        }
        found
    }
}
