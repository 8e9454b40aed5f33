//! The smallest change that would bring in an employer whom one rule leaves out.

use crate::domain::{
    matching::need::{
        asked::Asked,
        bits::Bits,
        facts::{EmployerFacts, OpeningFacts},
        policy::NeedRule,
        rules::Judged,
    },
    register::{Base, EnglishLevel, Pattern},
};

/// A small change of the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Go further: so many miles.
    Within(u32),
    /// Work there.
    Base(Base),
    /// Work then: any of these.
    Patterns(Bits<Pattern>),
    /// One level of English more.
    English(EnglishLevel),
}

impl Turn {
    /// The change that would bring an employer in: one step of distance, another base,
    /// other times, one level of English. Nothing else is small, and what somebody did is
    /// no change to be asked for.
    pub(super) fn of(
        judged: Judged,
        asked: &Asked<'_>,
        own: &EmployerFacts,
        opening: Option<&OpeningFacts>,
    ) -> Option<Self> {
        if judged.count() != 1 {
            return None;
        }
        match judged.first()? {
            NeedRule::Distance => {
                let near = opening.map_or(own.milli_miles, |opening| opening.milli_miles)?;
                let wider = asked.wider.filter(|wider| near <= *wider)?;
                Some(Self::Within(wider / 1000))
            }
            NeedRule::Base => opening?.base.map(Self::Base),
            NeedRule::Pattern => Some(Self::Patterns(opening?.patterns)),
            NeedRule::English => {
                let (have, needed) = (asked.need().english?, own.posture?.english?);
                (needed as u8 == have as u8 + 1).then_some(Self::English(needed))
            }
            NeedRule::Withdrawn
            | NeedRule::DoNotContact
            | NeedRule::NotCurrently
            | NeedRule::Offences
            | NeedRule::Check
            | NeedRule::Closed => None,
        }
    }
}
