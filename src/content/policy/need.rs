//! The part of the policy that a caseworker's need is matched by.
//!
//! A folder's file without any of it gets the part that ships; one with some of it has to
//! have all of it.

use serde::Deserialize;

use crate::{
    content::{
        fault::Fault,
        policy::{OXFORDSHIRE, RawList, list},
        toml_text::{At, TomlText},
    },
    domain::matching::need::{Nearness, NeedPolicy},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScale {
    suits_need_weight: u32,
    partly_tenths: u8,
    open_tenths: u8,
    nearness: Vec<RawNearness>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNearness {
    within_miles: u32,
    tenths: u8,
}

/// The policy of needs; `None` where it has faults, which are added.
pub(super) fn read(
    raw: (Option<RawScale>, Option<RawList>, Option<RawList>),
    text: &TomlText<'_>,
    faults: &mut Vec<Fault>,
) -> Option<NeedPolicy> {
    let (scale, suits_need, suits_employer) = match raw {
        (None, None, None) => return shipped(),
        (Some(scale), Some(need), Some(employer)) => (scale, need, employer),
        _ => {
            let message = "need_scale, suits_need and suits_employer belong together";
            faults.push(text.error(&[], "policy", message));
            return None;
        }
    };
    let suits_need = list("suits_need", suits_need, text, faults);
    let suits_employer = list("suits_employer", suits_employer, text, faults);
    let (suits_need, suits_employer) = (suits_need?, suits_employer?);
    let nearness = scale.nearness.into_iter();
    let policy = NeedPolicy {
        suits_need,
        suits_employer,
        need_weight: scale.suits_need_weight,
        partly: scale.partly_tenths,
        open: scale.open_tenths,
        nearness: nearness
            .map(|RawNearness { within_miles, tenths }| Nearness { within_miles, tenths })
            .collect(),
    };
    let wrong = policy.faults();
    faults.extend(
        wrong.iter().map(|fault| text.error(&[At::Key("need_scale")], "policy", fault.to_string())),
    );
    wrong.is_empty().then_some(policy)
}

fn shipped() -> Option<NeedPolicy> {
    super::read(OXFORDSHIRE).ok().map(|policy| policy.need)
}
