//! The smallest change that would bring an employer in, in words.

use crate::domain::{
    matching::need::{
        explain::{Scene, listed},
        near_miss::Turn,
    },
    register::Pattern,
};

impl Scene<'_> {
    pub(super) fn turn(&self, turn: Turn) -> String {
        let need = self.asked.need();
        match turn {
            Turn::Within(miles) => match need.within_miles {
                Some(asked) => format!("It would fit within {miles} miles instead of {asked}."),
                None => format!("It would fit within {miles} miles."),
            },
            Turn::Base(base) => {
                let wanted = need.base.map_or("", |base| base.label()).to_lowercase();
                let label = base.label().to_lowercase();
                format!("It would fit if work {label} would do instead of {wanted}.")
            }
            Turn::Patterns(patterns) => {
                let times = listed(patterns.words().map(Pattern::label));
                format!("It would fit if work at these times would do: {}.", times.to_lowercase())
            }
            Turn::English(level) => {
                let have = need.english.map_or("", |level| level.label()).to_lowercase();
                let level = level.label().to_lowercase();
                format!("It would fit with English at {level} instead of {have}.")
            }
        }
    }
}
