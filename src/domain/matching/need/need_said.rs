//! A caseworker's need, and its canonical text for the receipt.

use std::fmt::Write as _;

use crate::domain::{
    place::Place,
    register::{Base, EnglishLevel, Hours, OffenceGroup, Pattern, SelectionOffer, WorkType},
    slug::Slug,
};

/// How near, in miles, somebody may ask for: the steps of the prison service's jobs board.
pub const WITHIN_MILES: [u32; 4] = [5, 10, 20, 50];

/// What somebody needs; whatever is empty or absent was not said.
///
/// There is no place here for who it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The group.
    pub cohort: Slug,
    /// Where the work has to be near.
    pub place: Option<Place>,
    /// How near, in miles: one of [`WITHIN_MILES`]; absent for however far.
    pub within_miles: Option<u32>,
    /// Sectors that would suit.
    pub sectors: Vec<Slug>,
    /// Kinds of work that would suit.
    pub work_types: Vec<WorkType>,
    /// When work can be done: any of these.
    pub patterns: Vec<Pattern>,
    /// How many hours.
    pub hours: Option<Hours>,
    /// Where work can be done.
    pub base: Option<Base>,
    /// The level of English there is.
    pub english: Option<EnglishLevel>,
    /// Groups of offences that an employer may rule out.
    pub offence_groups: Vec<OffenceGroup>,
    /// Whether a check of criminal records would show something.
    pub dbs_issue: Option<bool>,
    /// What would help in being chosen.
    pub wants: Vec<SelectionOffer>,
    /// What is looked for, in words.
    pub text: Option<String>,
}

impl Need {
    /// A need of which nothing but the group is known.
    pub const fn of(cohort: Slug) -> Self {
        Self {
            cohort,
            place: None,
            within_miles: None,
            sectors: Vec::new(),
            work_types: Vec::new(),
            patterns: Vec::new(),
            hours: None,
            base: None,
            english: None,
            offence_groups: Vec::new(),
            dbs_issue: None,
            wants: Vec::new(),
            text: None,
        }
    }

    /// One text for one need: fixed order of fields, sorted sets. For hashing.
    pub fn canonical(&self) -> String {
        let mut text = String::from("need/1\n");
        let mut line = |field: &str, mut values: Vec<String>| {
            values.sort_unstable();
            values.dedup();
            _ = writeln!(text, "{field}={}", values.join(","));
        };
        line("cohort", vec![self.cohort.to_string()]);
        let place = self
            .place
            .as_ref()
            .map(|place| format!("{}:{:.4}:{:.4}", place.name, place.centre.lat, place.centre.lon));
        line("place", place.into_iter().collect());
        line("within_miles", names(self.within_miles.as_slice()));
        line("sectors", names(&self.sectors));
        line("work_types", names(&self.work_types));
        line("patterns", names(&self.patterns));
        line("hours", names(self.hours.as_slice()));
        line("base", names(self.base.as_slice()));
        line("english", names(self.english.as_slice()));
        line("offence_groups", names(&self.offence_groups));
        line("dbs_issue", names(self.dbs_issue.as_slice()));
        line("wants", names(&self.wants));
        let words = self.text.as_deref().unwrap_or_default().split_whitespace();
        line("text", vec![words.collect::<Vec<_>>().join(" ")]);
        text
    }
}

fn names<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_do_not_change_the_canonical_text_and_words_do() {
        let of = |patterns: &[Pattern], text: &str| {
            let need = Need::of(Slug::parse("refugees").unwrap());
            Need { patterns: patterns.to_vec(), text: Some(text.to_owned()), ..need }.canonical()
        };
        let one = of(&[Pattern::Day, Pattern::Night, Pattern::Day], " warm  work");
        assert_eq!(one, of(&[Pattern::Night, Pattern::Day], "warm work"));
        assert_ne!(one, of(&[Pattern::Night], "warm work"));
        assert_ne!(one, of(&[Pattern::Night, Pattern::Day], "cold work"));
    }
}
