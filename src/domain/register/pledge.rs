//! A pledge: an action of the charter that an organisation chose for a year, and
//! how far it has come.

use chrono::{Days, NaiveDate};

use crate::domain::{
    register::{Body, DAYS_BEFORE_RENEWAL, Record, RecordKind, Signature},
    slug::Slug,
};

words! {
    /// Whether a pledge is something new.
    Commitment {
        /// Begins something it did not do.
        Start = "start", "Start doing";
        /// Does better what it did.
        Improve = "improve", "Improve";
        /// Goes on doing it.
        Continue = "continue", "Continue doing";
    }
}

words! {
    /// How far a pledge is borne out. Signed up is not verified.
    Rung {
        /// The organisation says it will.
        Declared = "declared", "Declared";
        /// The partnership has talked it through with the organisation.
        Confirmed = "confirmed", "Confirmed";
        /// There is evidence that it is done.
        Evidenced = "evidenced", "Evidenced";
        /// What came of it was reported.
        OutcomesReported = "outcomes-reported", "Outcomes reported";
    }
}

words! {
    /// Where a pledge stands on a day.
    PledgeState {
        /// The organisation says it will.
        Declared = "declared", "Declared";
        /// The partnership has talked it through with the organisation.
        Confirmed = "confirmed", "Confirmed";
        /// There is evidence that it is done.
        Evidenced = "evidenced", "Evidenced";
        /// What came of it was reported.
        OutcomesReported = "outcomes-reported", "Outcomes reported";
        /// Its year runs out within 60 days.
        DueForRenewal = "due-for-renewal", "Due for renewal";
        /// Its year is over.
        Lapsed = "lapsed", "Lapsed";
        /// It was taken back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

words! {
    /// What an update says of a pledge.
    Progress {
        /// It goes as planned.
        OnTrack = "on-track", "On track";
        /// It is done.
        Met = "met", "Met";
        /// It is late.
        Slipped = "slipped", "Slipped";
        /// It is no longer worked on.
        Stopped = "stopped", "Stopped";
    }
}

/// A pledge.
#[derive(Debug, Clone, PartialEq)]
pub struct Pledge {
    /// The organisation's year it belongs to.
    pub signature: Slug,
    /// The organisation; the same as the signature's.
    pub organisation: Slug,
    /// Code of the charter's action, unless it is a pledge of its own.
    pub action: Option<String>,
    /// The stance it is made from: buyer, supplier, employer, place, education,
    /// individual.
    pub stance: Slug,
    /// Whether it is something new.
    pub commitment: Commitment,
    /// What it says, fitted to the organisation.
    pub text: String,
    /// The number aimed at.
    pub target: Option<f64>,
    /// The number it started from.
    pub baseline: Option<f64>,
    /// The numbers' unit.
    pub unit: Option<String>,
    /// The role that answers for it.
    pub owner_role: Option<String>,
    /// The day the partnership confirmed it with the organisation.
    pub confirmed_on: Option<NaiveDate>,
    /// The day evidence was seen.
    pub evidenced_on: Option<NaiveDate>,
    /// Where the evidence is.
    pub evidence_url: Option<String>,
    /// What was reported since, oldest first.
    pub updates: Vec<Update>,
}

/// A report on a pledge.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// The day it was handed in.
    pub on: NaiveDate,
    /// What it says.
    pub progress: Progress,
    /// The number reached.
    pub value: Option<f64>,
    /// In words.
    pub narrative: Option<String>,
    /// Where it can be seen.
    pub evidence_url: Option<String>,
    /// Whether it is public.
    pub published: bool,
}

/// The dates from which a pledge's state follows, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PledgeFacts {
    /// The day it was declared.
    pub declared_on: NaiveDate,
    /// First day of its year.
    pub starts_on: NaiveDate,
    /// Last day of its year.
    pub ends_on: NaiveDate,
    /// The day it was confirmed.
    pub confirmed_on: Option<NaiveDate>,
    /// The day evidence was seen.
    pub evidenced_on: Option<NaiveDate>,
    /// The day an outcome was first reported.
    pub outcomes_on: Option<NaiveDate>,
    /// The first day it does not count because it, or its year, was taken back.
    pub withdrawn_on: Option<NaiveDate>,
}

impl PledgeFacts {
    /// The dates of a pledge in the year that it belongs to.
    pub fn of(pledge: &Record<Pledge>, year: &Record<Signature>) -> Self {
        let endings = [&pledge.ended, &year.ended].into_iter().flatten();
        Self {
            declared_on: pledge.said.on,
            starts_on: year.body.starts_on,
            ends_on: year.body.ends_on,
            confirmed_on: pledge.body.confirmed_on,
            evidenced_on: pledge.body.evidenced_on,
            outcomes_on: pledge.body.outcomes_on(),
            withdrawn_on: endings.map(|ending| ending.on).min(),
        }
    }

    /// How far it was borne out by a day; `None` before it was declared.
    pub fn rung(&self, day: NaiveDate) -> Option<Rung> {
        let by = |on: Option<NaiveDate>| on.is_some_and(|on| on <= day);
        if self.declared_on > day {
            None
        } else if by(self.outcomes_on) {
            Some(Rung::OutcomesReported)
        } else if by(self.evidenced_on) {
            Some(Rung::Evidenced)
        } else if by(self.confirmed_on) {
            Some(Rung::Confirmed)
        } else {
            Some(Rung::Declared)
        }
    }

    /// Where it stands on a day; `None` before it was declared.
    pub fn state(&self, day: NaiveDate) -> Option<PledgeState> {
        let rung = self.rung(day)?;
        let renewal = self.ends_on.checked_sub_days(Days::new(DAYS_BEFORE_RENEWAL));
        Some(if self.withdrawn_on.is_some_and(|on| on <= day) {
            PledgeState::Withdrawn
        } else if day > self.ends_on {
            PledgeState::Lapsed
        } else if renewal.is_some_and(|from| day >= from) {
            PledgeState::DueForRenewal
        } else {
            match rung {
                Rung::Declared => PledgeState::Declared,
                Rung::Confirmed => PledgeState::Confirmed,
                Rung::Evidenced => PledgeState::Evidenced,
                Rung::OutcomesReported => PledgeState::OutcomesReported,
            }
        })
    }

    /// Whether it counts on a day: its year runs and nobody took it back.
    pub fn live(&self, day: NaiveDate) -> bool {
        let state = self.state(day);
        day >= self.starts_on
            && state.is_some_and(|s| !matches!(s, PledgeState::Lapsed | PledgeState::Withdrawn))
    }

    /// The next day after `day` on which the state may be another.
    pub fn next_turn(&self, day: NaiveDate) -> Option<NaiveDate> {
        let turns = [
            Some(self.declared_on),
            Some(self.starts_on),
            self.confirmed_on,
            self.evidenced_on,
            self.outcomes_on,
            self.withdrawn_on,
            self.ends_on.checked_sub_days(Days::new(DAYS_BEFORE_RENEWAL)),
            self.ends_on.succ_opt(),
        ];
        turns.into_iter().flatten().filter(|turn| *turn > day).min()
    }
}

impl Pledge {
    /// The day an outcome was first reported, a number or that it is met, in an update that
    /// is published: the rung is told to everybody, so it rests on what everybody can read.
    pub fn outcomes_on(&self) -> Option<NaiveDate> {
        let told = |update: &&Update| {
            update.published && (update.value.is_some() || update.progress == Progress::Met)
        };
        self.updates.iter().filter(told).map(|update| update.on).min()
    }
}

impl Body for Pledge {
    const KIND: RecordKind = RecordKind::Pledge;

    fn owner(&self) -> Option<&Slug> {
        Some(&self.organisation)
    }

    fn natural_slug(&self) -> Slug {
        let what = self.action.as_deref().unwrap_or(&self.text);
        Slug::of_words([self.signature.as_str(), what])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(offset: u64) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        first.checked_add_days(Days::new(offset)).unwrap()
    }

    fn facts() -> PledgeFacts {
        PledgeFacts {
            declared_on: day(0),
            starts_on: day(10),
            ends_on: day(374),
            confirmed_on: Some(day(20)),
            evidenced_on: Some(day(100)),
            outcomes_on: Some(day(200)),
            withdrawn_on: None,
        }
    }

    #[test]
    fn a_pledge_climbs_the_ladder_falls_due_and_lapses() {
        let state = |at| facts().state(day(at)).unwrap();
        assert_eq!(state(0), PledgeState::Declared);
        assert_eq!(state(19), PledgeState::Declared);
        assert_eq!(state(20), PledgeState::Confirmed);
        assert_eq!(state(100), PledgeState::Evidenced);
        assert_eq!(state(200), PledgeState::OutcomesReported);
        assert_eq!(state(313), PledgeState::OutcomesReported);
        assert_eq!(state(314), PledgeState::DueForRenewal);
        assert_eq!(state(374), PledgeState::DueForRenewal);
        assert_eq!(state(375), PledgeState::Lapsed);
        assert_eq!(facts().rung(day(374)), Some(Rung::OutcomesReported));
    }

    #[test]
    fn before_it_was_declared_there_is_no_pledge_and_before_its_year_none_counts() {
        let late = PledgeFacts { declared_on: day(5), ..facts() };
        assert_eq!(late.state(day(4)), None);
        assert!(!late.live(day(9)) && late.live(day(10)) && late.live(day(374)));
        assert!(!late.live(day(375)));
    }

    #[test]
    fn withdrawing_counts_from_its_day_and_also_after_the_year() {
        let gone = PledgeFacts { withdrawn_on: Some(day(50)), ..facts() };
        assert_eq!(gone.state(day(49)), Some(PledgeState::Confirmed));
        assert_eq!(gone.state(day(50)), Some(PledgeState::Withdrawn));
        assert_eq!(gone.state(day(500)), Some(PledgeState::Withdrawn));
    }

    #[test]
    fn an_outcome_counts_from_the_first_update_that_is_published() {
        let update = |at, progress, published| Update {
            on: day(at),
            progress,
            value: None,
            narrative: None,
            evidence_url: None,
            published,
        };
        let slug = |text| Slug::parse(text).unwrap();
        let mut pledge = Pledge {
            signature: slug("year"),
            organisation: slug("bakery"),
            action: None,
            stance: slug("employer"),
            commitment: Commitment::Start,
            text: "Work trials".to_owned(),
            target: None,
            baseline: None,
            unit: None,
            owner_role: None,
            confirmed_on: None,
            evidenced_on: None,
            evidence_url: None,
            updates: vec![update(30, Progress::Met, false)],
        };
        assert_eq!(pledge.outcomes_on(), None);
        pledge.updates.push(update(60, Progress::Met, true));
        pledge.updates.push(update(40, Progress::OnTrack, true));
        assert_eq!(pledge.outcomes_on(), Some(day(60)));
    }

    proptest! {
        #[test]
        fn the_state_only_turns_on_a_day_that_was_foretold(
            starts in 0u64..40, length in 0u64..400, dates in prop::array::uniform4(prop::option::of(0u64..500)),
            at in 0u64..600,
        ) {
            let [confirmed, evidenced, outcomes, withdrawn] = dates.map(|on| on.map(day));
            let facts = PledgeFacts {
                declared_on: day(3),
                starts_on: day(starts),
                ends_on: day(starts + length),
                confirmed_on: confirmed,
                evidenced_on: evidenced,
                outcomes_on: outcomes,
                withdrawn_on: withdrawn,
            };
            let before = (facts.state(day(at)), facts.live(day(at)));
            let after = (facts.state(day(at + 1)), facts.live(day(at + 1)));
            if before != after {
                prop_assert_eq!(facts.next_turn(day(at)), Some(day(at + 1)));
            }
        }
    }
}
