//! Words of closed lists, by their names or by what they are called.

use std::marker::PhantomData;

use serde_json::Value;

use crate::{
    app::exchange::value::{Codec, Read, refused, text},
    domain::{
        register::{
            ActionState, Attendance, Audience, Base, Capacity, Channel, CheckResult, Commitment,
            Contract, DbsLevel, Delivery, DisclosureTiming, EnglishLevel, EventKind, Horizon,
            Hours, IntroductionKind, IntroductionState, NeedState, OffenceGroup, OffenceStance,
            OrganisationKind, Pattern, PayPeriod, Permission, Priority, Progress, Publication,
            SchemeKind, SelectionOffer, Stance, StudyPattern, Voice, WorkType,
        },
        size_band::SizeBand,
    },
};

/// A word of a closed list.
pub struct Word<W>(PhantomData<W>);

/// A word of the closed list that the field has.
pub const fn word<W>() -> Word<W> {
    Word(PhantomData)
}

/// A closed list of words.
pub trait Choice: Copy + 'static {
    /// Its words, with what they are called.
    fn words() -> Vec<(Self, &'static str, &'static str)>;

    /// The name of a word.
    fn name(self) -> &'static str;
}

impl<W: Choice> Codec for Word<W> {
    type Value = W;

    fn read(&self, value: &Value) -> Read<W> {
        let said = text(value)?.trim();
        let words = W::words();
        let is = |(_, name, label): &&(W, &str, &str)| {
            said.eq_ignore_ascii_case(name) || said.eq_ignore_ascii_case(label)
        };
        if let Some((word, ..)) = words.iter().find(is) {
            return Ok(*word);
        }
        let names: Vec<&str> = words.iter().map(|(_, name, _)| *name).collect();
        refused(value, format!("it is one of {}", names.join(", ")))
    }

    fn write(&self, value: &W) -> Value {
        Value::String(value.name().to_owned())
    }
}

macro_rules! choices {
    ($($list:ident),+ $(,)?) => {$(
        impl Choice for $list {
            fn words() -> Vec<(Self, &'static str, &'static str)> {
                Self::ALL.iter().map(|word| (*word, word.as_str(), word.label())).collect()
            }

            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

choices! {
    ActionState, Attendance, Audience, Base, Capacity, Channel, CheckResult, Commitment, Contract,
    DbsLevel, Delivery,
    DisclosureTiming, EnglishLevel, EventKind, Horizon, Hours, NeedState, Priority, StudyPattern, IntroductionKind, IntroductionState, OffenceGroup,
    OffenceStance, OrganisationKind, Pattern, PayPeriod, Permission, Progress, Publication,
    SchemeKind, SelectionOffer, SizeBand, Stance, Voice, WorkType,
}
