//! The part of the published policy that a caseworker's need is matched by.

use crate::domain::matching::{
    named::named,
    policy::{Code, ListPolicy, PolicyFault},
};

named! {
    /// The hard rules. An employer who fails several is counted under the first.
    NeedRule {
        /// It is no longer in the register.
        Withdrawn = "withdrawn",
        /// It asked not to be contacted.
        DoNotContact = "do-not-contact",
        /// It does not hire from the group at present.
        NotCurrently = "not-currently",
        /// It is too far away.
        Distance = "distance",
        /// The work is done elsewhere than the need can do it.
        Base = "base",
        /// The work is done at other times.
        Pattern = "pattern",
        /// It rules out a group of offences that was named.
        Offences = "offences",
        /// It needs more English than there is.
        English = "english",
        /// The work needs a check of criminal records.
        Check = "check",
        /// The closing date has passed.
        Closed = "closed",
    }
}

named! {
    /// How well an employer suits a need.
    NeedCriterion {
        /// How it stands towards the group.
        Posture = "posture",
        /// What it pledged as an employer.
        Pledges = "pledges",
        /// Whether it offers what would help.
        Offers = "offers",
        /// How fresh what it said is.
        Freshness = "freshness",
        /// Whether it has places.
        Places = "places",
        /// Whether the kind of work suits.
        WorkType = "work-type",
        /// Whether the sector suits.
        Sector = "sector",
        /// Whether the times suit.
        Pattern = "pattern",
        /// Whether the hours suit.
        Hours = "hours",
        /// How near it is.
        Distance = "distance",
        /// Whether it uses the words that were looked for.
        Text = "text",
    }
}

named! {
    /// How well a need suits what an employer asks for.
    EmployerCriterion {
        /// Is there the English it needs?
        English = "english",
        /// Does it rule out what was named?
        Offences = "offences",
        /// Is the opening meant for the group?
        MeantFor = "meant-for",
        /// Does the work need a check?
        Check = "check",
        /// Can the work be done where it is done?
        Base = "base",
    }
}

/// The rules of a list that has none of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

impl Code for Never {
    const ALL: &'static [Self] = &[];

    fn as_str(self) -> &'static str {
        match self {}
    }
}

/// What is earned at a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearness {
    /// Up to so many miles.
    pub within_miles: u32,
    /// So many tenths of the weight.
    pub tenths: u8,
}

/// How a need is matched. Shares are whole tenths, so that parts add up exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedPolicy {
    /// The hard rules, and how well an employer suits a need.
    pub suits_need: ListPolicy<NeedRule, NeedCriterion>,
    /// How well a need suits an employer.
    pub suits_employer: ListPolicy<Never, EmployerCriterion>,
    /// What the first direction weighs of 100; the other weighs the rest.
    pub need_weight: u32,
    /// What is earned by what is partly met, in tenths.
    pub partly: u8,
    /// What an employer earns that is open, in tenths.
    pub open: u8,
    /// What is earned at which distance, nearest first.
    pub nearness: Vec<Nearness>,
}

impl NeedPolicy {
    /// Everything wrong with the numbers.
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        if !(1..=99).contains(&self.need_weight) {
            faults.push(PolicyFault::Weights(u64::from(self.need_weight)));
        }
        for tenths in [self.partly, self.open] {
            if !(1..=9).contains(&tenths) {
                faults.push(PolicyFault::Partly(u32::from(tenths) * 100));
            }
        }
        let falls = |pair: &[Nearness]| match pair {
            [near, far] => near.within_miles < far.within_miles && near.tenths >= far.tenths,
            _ => true,
        };
        let bounded = self.nearness.iter().all(|step| step.tenths <= 10);
        if self.nearness.is_empty() || !bounded || !self.nearness.windows(2).all(falls) {
            faults.push(PolicyFault::Band("share", "the share of a nearer step"));
        }
        faults
    }

    /// What the other direction weighs.
    pub const fn employer_weight(&self) -> u32 {
        100 - self.need_weight
    }
}
