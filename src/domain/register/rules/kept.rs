//! The rules of what a partnership keeps: needs and courses.

use chrono::NaiveDate;

use crate::domain::register::{
    CourseRun, KeptCourse, KeptNeed,
    rules::{Faults, Ruled},
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
