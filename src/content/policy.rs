//! `matching-policy.toml` to the [`Policy`].
//!
//! A policy is whole or it is nothing: half a policy would score by weights that
//! nobody published. What is wrong is named with its line.

mod coverage;
mod need;

use serde::Deserialize;

use crate::{
    content::{
        fault::{Fault, unknown},
        files::Files,
        toml_text::{At, TomlText, Values, Words},
    },
    domain::matching::policy::{Backing, Code, HardRule, ListPolicy, Policy, Scale, Weighing},
};

/// The name of the file.
pub const FILE: &str = "matching-policy.toml";

/// The policy that ships for Oxfordshire.
pub const OXFORDSHIRE: &str = include_str!("oxfordshire/matching-policy.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPolicy {
    version: String,
    as_of: Words,
    about: String,
    scale: RawScale,
    resources: RawList,
    partnerships: RawList,
    charter_actions: RawList,
    need_scale: Option<need::RawScale>,
    suits_need: Option<RawList>,
    suits_employer: Option<RawList>,
    coverage_scale: Option<coverage::RawScale>,
    coverage: Option<RawList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScale {
    partly: u32,
    near_miles: u32,
    far_miles: u32,
    recent_days: u32,
    silent_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    #[serde(default)]
    rules: Vec<RawRule>,
    criteria: Vec<RawCriterion>,
    #[serde(default)]
    backings: Vec<RawBacking>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    code: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCriterion {
    code: String,
    weight: u32,
    judged: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBacking {
    scheme: String,
    actions: Vec<String>,
}

/// The policy of a folder of reference data; one without the file gets the policy
/// that ships.
///
/// # Errors
///
/// Everything wrong with the folder's file, by line.
pub fn load(files: &Files) -> Result<Policy, Vec<Fault>> {
    read(files.text(FILE).unwrap_or(OXFORDSHIRE))
}

/// Reads the policy from the text of its file.
///
/// # Errors
///
/// Everything wrong with the file, by line.
pub fn read(text: &str) -> Result<Policy, Vec<Fault>> {
    let text = TomlText::new(FILE, text, 0);
    let raw: RawPolicy = text.read().map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let backings = backings(&raw.charter_actions.backings, &text, &mut faults);
    let own = [("resources", Some(&raw.resources)), ("partnerships", Some(&raw.partnerships))];
    let needs =
        [("suits_need", raw.suits_need.as_ref()), ("suits_employer", raw.suits_employer.as_ref())];
    let runs = [("coverage", raw.coverage.as_ref())];
    for (name, list) in own.into_iter().chain(needs).chain(runs) {
        if list.is_some_and(|list| !list.backings.is_empty()) {
            let message = "only charter_actions have backings";
            faults.push(text.error(&[At::Key(name)], "unknown-key", message));
        }
    }
    let as_of = Values::of(&text, &[], &mut faults).day("as_of", &raw.as_of);
    if raw.version.trim().is_empty() {
        faults.push(text.error(&[At::Key("version")], "missing-version", "version is empty"));
    }
    let RawScale { partly, near_miles, far_miles, recent_days, silent_days } = raw.scale;
    let scale = Scale { partly, near_miles, far_miles, recent_days, silent_days }.check();
    let scale = scale.map_err(|fault| {
        faults.push(text.error(&[At::Key("scale")], "policy", fault.to_string()));
    });
    let resources = list("resources", raw.resources, &text, &mut faults);
    let partnerships = list("partnerships", raw.partnerships, &text, &mut faults);
    let charter_actions = list("charter_actions", raw.charter_actions, &text, &mut faults);
    let raw_need = (raw.need_scale, raw.suits_need, raw.suits_employer);
    let need = need::read(raw_need, &text, &mut faults);
    let lists = resources.zip(partnerships).zip(charter_actions);
    let coverage = coverage::read((raw.coverage_scale, raw.coverage), &text, &mut faults);
    match (as_of, scale, lists, need.zip(coverage)) {
        (
            Some(as_of),
            Ok(scale),
            Some(((resources, partnerships), charter_actions)),
            Some((need, coverage)),
        ) if faults.is_empty() => Ok(Policy {
            version: raw.version,
            as_of,
            about: raw.about,
            scale,
            resources,
            partnerships,
            charter_actions,
            backings,
            need,
            coverage,
        }),
        _ => {
            faults.sort();
            Err(faults)
        }
    }
}

fn list<R: Code, C: Code>(
    name: &str,
    raw: RawList,
    text: &TomlText<'_>,
    faults: &mut Vec<Fault>,
) -> Option<ListPolicy<R, C>> {
    let before = faults.len();
    let mut rules: Vec<HardRule<R>> = Vec::new();
    for (nth, raw) in raw.rules.into_iter().enumerate() {
        let path = [At::Key(name), At::Key("rules"), At::Nth(nth)];
        match known("rule", &raw.code, &raw.text, text, &path) {
            Ok(rule) => rules.push(HardRule { rule, text: raw.text }),
            Err(fault) => faults.push(fault),
        }
    }
    let mut criteria: Vec<Weighing<C>> = Vec::new();
    for (nth, raw) in raw.criteria.into_iter().enumerate() {
        let path = [At::Key(name), At::Key("criteria"), At::Nth(nth)];
        match known("criterion", &raw.code, &raw.judged, text, &path) {
            Ok(criterion) => {
                criteria.push(Weighing { criterion, weight: raw.weight, judged: raw.judged });
            }
            Err(fault) => faults.push(fault),
        }
    }
    match ListPolicy::new(rules, criteria) {
        Ok(list) if faults.len() == before => Some(list),
        Ok(_) => None,
        Err(wrong) => {
            faults.extend(
                wrong.into_iter().map(|fault| {
                    text.error(&[At::Key(name)], "policy", format!("{name}: {fault}"))
                }),
            );
            None
        }
    }
}

/// The rule or criterion of that name, with words to defend it.
fn known<T: Code>(
    what: &str,
    code: &str,
    words: &str,
    text: &TomlText<'_>,
    path: &[At<'_>],
) -> Result<T, Fault> {
    if words.trim().is_empty() {
        return Err(text.error(path, "missing-words", format!("{what} {code} has no words")));
    }
    T::parse(code).ok_or_else(|| {
        let names = T::ALL.iter().map(|code| code.as_str());
        text.error(path, "unknown-code", unknown(what, code, names))
    })
}

fn backings(raw: &[RawBacking], text: &TomlText<'_>, faults: &mut Vec<Fault>) -> Vec<Backing> {
    let mut backings = Vec::new();
    for (nth, raw) in raw.iter().enumerate() {
        let path = [At::Key("charter_actions"), At::Key("backings"), At::Nth(nth)];
        let scheme = Values::of(text, &path, faults).slug("scheme", &raw.scheme);
        let actions = raw.actions.clone();
        backings.extend(scheme.map(|scheme| Backing { scheme, actions }));
    }
    backings
}
