//! The hard rules: each passes, fails, cannot be told, or was not asked about.

use crate::domain::{
    matching::{
        need::{
            asked::Asked,
            facts::{EmployerFacts, OffencesSaid, OpeningFacts},
            marks,
            policy::NeedRule,
        },
        policy::Code,
    },
    register::{Base, DbsLevel, OffenceGroup, Stance},
};

/// How a hard rule turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It does not stand in the way.
    Pass,
    /// It leaves the employer out.
    Fail,
    /// Nobody said: a question to ask. It leaves nobody out.
    Unknown,
    /// The need does not ask.
    NotAsked,
}

use Ruling::{Fail, NotAsked, Pass, Unknown};

/// How all rules turned out: bits by the rules' order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Judged {
    failed: u16,
}

impl Judged {
    /// How an employer turns out with one of its openings, or with none.
    pub fn of(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Self {
        let mut failed = 0;
        for rule in NeedRule::ALL {
            if ruling(*rule, asked, own, opening) == Fail {
                failed |= 1 << *rule as u16;
            }
        }
        Self { failed }
    }

    /// Whether no rule fails.
    pub const fn passes(self) -> bool {
        self.failed == 0
    }

    /// How many rules fail.
    pub const fn count(self) -> u32 {
        self.failed.count_ones()
    }

    /// The first rule that fails.
    pub fn first(self) -> Option<NeedRule> {
        NeedRule::ALL.iter().copied().find(|rule| self.failed & (1 << *rule as u16) != 0)
    }
}

/// How one rule turns out.
pub(super) fn ruling(
    rule: NeedRule,
    asked: &Asked<'_>,
    own: &EmployerFacts,
    opening: Option<&OpeningFacts>,
) -> Ruling {
    match rule {
        NeedRule::Withdrawn => passes(!own.withdrawn),
        NeedRule::DoNotContact => passes(!own.do_not_contact),
        NeedRule::NotCurrently => match own.posture.map(|said| said.stance) {
            None | Some(Stance::NotStated) => Unknown,
            Some(stance) => passes(stance != Stance::NotCurrently),
        },
        NeedRule::Distance => distance(asked, own, opening),
        NeedRule::Base => match (asked.need().base, opening.and_then(|one| one.base)) {
            (None, _) => NotAsked,
            (_, None) => Unknown,
            (Some(wanted), Some(base)) => passes(wanted == base),
        },
        NeedRule::Pattern => match opening {
            _ if asked.patterns.is_empty() => NotAsked,
            Some(opening) if !opening.patterns.is_empty() => passes(marks::suits(asked, opening)),
            _ => Unknown,
        },
        NeedRule::Offences => offences(asked, own),
        NeedRule::English => {
            match (asked.need().english, own.posture.and_then(|said| said.english)) {
                (None, _) => NotAsked,
                (_, None) => Unknown,
                (Some(have), Some(needed)) => passes(have >= needed),
            }
        }
        NeedRule::Check => match (asked.need().dbs_issue, opening.and_then(|one| one.dbs)) {
            (None, _) => NotAsked,
            (Some(false), _) | (Some(true), Some(DbsLevel::None)) => Pass,
            (Some(true), _) => Unknown,
        },
        // An opening that is closed is no opening; it never stands for its employer.
        NeedRule::Closed => opening.map_or(Unknown, |_| Pass),
    }
}

const fn passes(yes: bool) -> Ruling {
    if yes { Pass } else { Fail }
}

/// What is done at home or anywhere in the country is not too far; what has no known
/// place may be.
fn distance(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Ruling {
    let Some(reach) = asked.reach else { return NotAsked };
    if opening.is_some_and(|one| one.national || one.base == Some(Base::Remote)) {
        return Pass;
    }
    let near = opening.map_or(own.milli_miles, |opening| opening.milli_miles);
    near.map_or(Unknown, |milli| passes(milli <= reach))
}

/// Only a group that was named and is listed fails. `other` stands for different things on
/// the two sides, so it is asked about.
pub(super) fn offences(asked: &Asked<'_>, own: &EmployerFacts) -> Ruling {
    if asked.groups.is_empty() {
        return NotAsked;
    }
    match own.posture.map_or(OffencesSaid::NotStated, |said| said.offences) {
        OffencesSaid::NotStated => Unknown,
        OffencesSaid::None | OffencesSaid::CaseByCase => Pass,
        OffencesSaid::Listed(listed) => {
            let both = listed.and(asked.groups);
            let other = both.has(OffenceGroup::Other);
            match both.len() - u32::from(other) {
                0 if other => Unknown,
                0 => Pass,
                _ => Fail,
            }
        }
    }
}
