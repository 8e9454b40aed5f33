//! A workforce development partnership as a forum: who takes part, when it meets, and
//! what it agreed to do.
//!
//! An organisation is written as its public name in the register, or, where it is not
//! there, as people call it: what has the form of a public name is one.

mod kept;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::{register::Provenance, slug::Slug};

pub use kept::{KeptAgreedAction, KeptMeeting, KeptMember, KeptPartnership};

words! {
    /// As what an organisation takes part.
    Capacity {
        /// It employs people.
        Employer = "employer", "Employer";
        /// It teaches or trains.
        Provider = "provider", "Provider";
        /// It helps otherwise.
        Partner = "partner", "Partner";
        /// It runs the meetings.
        Facilitator = "facilitator", "Facilitator";
        /// It gave a meeting a room.
        Host = "host", "Host";
        /// It speaks for the employers.
        Champion = "champion", "Champion";
    }
}

words! {
    /// What has become of an action.
    ActionState {
        /// It is still to be done.
        Open = "open", "Open";
        /// It is done.
        Done = "done", "Done";
        /// Nobody will do it.
        Dropped = "dropped", "Dropped";
    }
}

/// An organisation's part in a [`Partnership`](crate::domain::register::Partnership).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The organisation's name.
    pub organisation: String,
    /// Its public name, where it is in the register.
    pub slug: Option<Slug>,
    /// `employer`, `provider`, `partner`, `facilitator`, `host` or `champion`.
    pub capacity: Slug,
    /// The first day of it, where known.
    pub from: Option<NaiveDate>,
    /// The last day of it, where known.
    pub to: Option<NaiveDate>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A meeting of a [`Partnership`](crate::domain::register::Partnership).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The day, or as much of it as is known.
    pub held_on: String,
    /// Where.
    pub place: Option<String>,
    /// What it was about.
    pub summary: Option<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What the partnership keeps of it beside that; nothing where it is only published.
    pub details: MeetingDetails,
}

/// One point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// What it is about.
    pub topic: String,
    /// The group it is about, where it is about one.
    pub cohort: Option<Slug>,
}

/// Something that a [`Partnership`](crate::domain::register::Partnership) agreed to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedAction {
    /// What was agreed.
    pub text: String,
    /// How far it is known to have come, in a sentence.
    pub status_note: Option<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What the partnership keeps of it beside that; nothing where it is only published.
    pub details: ActionDetails,
}

/// What is kept of a meeting beside what can be published of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingDetails {
    /// Its name in the register.
    pub slug: Option<Slug>,
    /// When it starts on its day, UK time.
    pub starts: Option<NaiveTime>,
    /// When it ends on its day, UK time.
    pub ends: Option<NaiveTime>,
    /// Who holds it, in words.
    pub host: Option<String>,
    /// Postcode or outward code of the place.
    pub postcode: Option<String>,
    /// What is to be talked about, in order.
    pub agenda: Vec<AgendaItem>,
    /// Where notes of it can be read.
    pub link: Option<String>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// What is kept of an agreed action beside what can be published of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionDetails {
    /// Its name in the register.
    pub slug: Option<Slug>,
    /// The organisation that does it: its public name.
    pub owner: Option<Slug>,
    /// Who does it, in words: role and organisation.
    pub who: Option<String>,
    /// The last day for it.
    pub due_on: Option<NaiveDate>,
    /// What has become of it, where that is known.
    pub state: Option<ActionState>,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// The need that it serves.
    pub need: Option<Slug>,
    /// The meeting at which it was raised.
    pub meeting: Option<Slug>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// The public name that a text of an organisation is, if it has the form of one.
pub fn public_name(organisation: &str) -> Option<Slug> {
    Slug::parse(organisation).ok()
}

/// The first day that a text may mean: `2026-12-03` itself, `2026-12` and `2026` their
/// first days; `None` for words.
pub fn first_day(text: &str) -> Option<NaiveDate> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    let written = |day: &NaiveDate| day.to_string() == whole;
    NaiveDate::parse_from_str(&whole, "%Y-%m-%d").ok().filter(written)
}

/// The day that a text is, where it is a whole date.
pub fn whole_day(text: &str) -> Option<NaiveDate> {
    first_day(text).filter(|_| text.len() == 10)
}

/// A time of day as it is written, `09:30`; `None` for text of another form.
pub fn time_of_day(text: &str) -> Option<NaiveTime> {
    let written = |time: &NaiveTime| time.format("%H:%M").to_string() == text;
    NaiveTime::parse_from_str(text, "%H:%M").ok().filter(written)
}

/// Where an action stands on a day: those overdue first, then by due date, then those
/// without, and last what is done or dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It should have been done by now.
    Overdue(NaiveDate),
    /// It is to be done by a day.
    Due(NaiveDate),
    /// No day is set.
    Undated,
    /// It is done, or nobody will do it.
    Closed(Option<NaiveDate>),
}

impl Urgency {
    /// Where an action with that state and due date stands on a day. What is not known to
    /// be done or dropped is still to be done.
    pub fn of(state: Option<ActionState>, due_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        match (state, due_on) {
            (Some(ActionState::Done | ActionState::Dropped), due) => Self::Closed(due),
            (Some(ActionState::Open) | None, Some(due)) if due < today => Self::Overdue(due),
            (Some(ActionState::Open) | None, Some(due)) => Self::Due(due),
            (Some(ActionState::Open) | None, None) => Self::Undated,
        }
    }

    /// Whether it should have been done by now.
    pub const fn is_overdue(self) -> bool {
        matches!(self, Self::Overdue(_))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn as_much_of_a_day_as_is_known_begins_on_a_day() {
        for (text, first) in [
            ("2026-12-03", Some("2026-12-03")),
            ("2026-12", Some("2026-12-01")),
            ("2026", Some("2026-01-01")),
            ("2026-13", None),
            ("2026-02-30", None),
            ("autumn", None),
            ("autumn 26", None),
            ("+202", None),
            ("", None),
        ] {
            assert_eq!(first_day(text), first.map(day), "{text}");
        }
        for (text, is_time) in
            [("09:30", true), ("23:59", true), (" 9:30", false), ("24:00", false)]
        {
            assert_eq!(time_of_day(text).is_some(), is_time, "{text}");
        }
        assert_eq!(whole_day("2026-12"), None);
        assert_eq!(whole_day("2026-12-03"), Some(day("2026-12-03")));
    }

    #[test]
    fn what_is_overdue_comes_first_and_what_is_closed_last() {
        let today = day("2026-11-23");
        let of = |state, due: Option<&str>| Urgency::of(state, due.map(day), today);
        let open = Some(ActionState::Open);
        let in_order = [
            of(open, Some("2026-10-01")),
            of(None, Some("2026-11-22")),
            of(open, Some("2026-11-23")),
            of(open, Some("2027-01-01")),
            of(open, None),
            of(Some(ActionState::Dropped), None),
            of(Some(ActionState::Done), Some("2026-10-01")),
        ];
        assert!(in_order.is_sorted());
        let overdue = in_order.iter().filter(|one| one.is_overdue()).count();
        assert_eq!(overdue, 2, "on its last day it is not yet overdue");
    }

    proptest! {
        #[test]
        fn an_action_that_is_done_or_dropped_is_never_overdue(due in 0_i32..40_000, now in 0_i32..40_000) {
            let day = |number| NaiveDate::from_num_days_from_ce_opt(719_000 + number).unwrap();
            let of = |state| Urgency::of(state, Some(day(due)), day(now)).is_overdue();
            prop_assert!(!of(Some(ActionState::Done)) && !of(Some(ActionState::Dropped)));
            prop_assert_eq!(of(None), due < now);
            prop_assert_eq!(of(Some(ActionState::Open)), of(None));
        }
    }
}
