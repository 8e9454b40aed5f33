//! The part of the policy that course runs are judged by for a partnership's needs.
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
    domain::coverage::{CoveragePolicy, CoverageScale},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScale {
    partly: u32,
    related: u32,
    late_days: u32,
    further_percent: u32,
    waiting_days: u32,
}

/// The policy of coverage; `None` where it has faults, which are added.
pub(super) fn read(
    raw: (Option<RawScale>, Option<RawList>),
    text: &TomlText<'_>,
    faults: &mut Vec<Fault>,
) -> Option<CoveragePolicy> {
    let (scale, coverage) = match raw {
        (None, None) => return shipped(),
        (Some(scale), Some(coverage)) => (scale, coverage),
        _ => {
            let message = "coverage_scale and coverage belong together";
            faults.push(text.error(&[], "policy", message));
            return None;
        }
    };
    let list = list("coverage", coverage, text, faults)?;
    let RawScale { partly, related, late_days, further_percent, waiting_days } = scale;
    let scale = CoverageScale { partly, related, late_days, further_percent, waiting_days };
    let wrong = scale.faults();
    let at = [At::Key("coverage_scale")];
    faults.extend(wrong.iter().map(|fault| text.error(&at, "policy", fault.to_string())));
    wrong.is_empty().then_some(CoveragePolicy { list, scale })
}

fn shipped() -> Option<CoveragePolicy> {
    super::read(OXFORDSHIRE).ok().map(|policy| policy.coverage)
}
