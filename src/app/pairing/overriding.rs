//! Where a plan departs from what was worked out, or breaks a rule: what needs a reason to
//! be signed.

use std::collections::BTreeMap;

use crate::{
    app::pairing::{
        content::{Override, Placing},
        telling::{pairs_of, people, run_name},
        world::World,
    },
    domain::{
        matching::Verdict,
        pairing::{Break, Checked, Pair, RunKey},
        slug::Slug,
    },
};

/// Where pairs depart from what was worked out, or break a rule.
pub(super) fn overrides(
    world: &World,
    (proposed, pairs): (&[Placing], &[Pair]),
    checked: &Checked,
) -> Vec<Override> {
    let told = |id: String, text: String| Override { id, text, reason: None };
    let mut found: Vec<Override> = checked
        .breaks
        .iter()
        .map(|one| broken(world, one))
        .map(|(id, text)| told(id, text))
        .collect();
    let mut numbers: BTreeMap<(&Slug, &RunKey), (u32, u32)> = BTreeMap::new();
    let before = pairs_of(proposed);
    for pair in &before {
        numbers.entry((&pair.need, &pair.run)).or_default().0 += pair.people;
    }
    for pair in pairs {
        numbers.entry((&pair.need, &pair.run)).or_default().1 += pair.people;
    }
    for ((need, run), (was, is)) in numbers {
        let pair = Break::Pair { need: need.clone(), run: run.clone() };
        if was != is && !checked.breaks.contains(&pair) {
            let name = run_name(world, run);
            let text =
                format!("{} of {need} go to {name}, where {was} were proposed.", people(is.into()));
            found.push(told(format!("changed.{need}.{}.{}", run.course, run.nth), text));
        }
    }
    found
}

/// The name and the sentence of a broken rule.
fn broken(world: &World, one: &Break) -> (String, String) {
    match one {
        Break::People { need, by } => {
            (format!("people.{need}"), format!("{} more of {need} than it has.", people(*by)))
        }
        Break::Places { run, by } => (
            format!("places.{}.{}", run.course, run.nth),
            format!("{} more on {} than it has places.", people(*by), run_name(world, run)),
        ),
        Break::Pair { need, run } => {
            let cover = world.cover(need, run);
            let against = cover
                .and_then(|cover| cover.parts.iter().find(|part| part.verdict == Verdict::Unmet));
            let why = against.map_or_else(
                || "It teaches nothing like it, or could not be planned with.".to_owned(),
                |part| part.text.clone(),
            );
            (
                format!("pair.{need}.{}.{}", run.course, run.nth),
                format!("{} does not fit {need}. {why}", run_name(world, run)),
            )
        }
        Break::Minimum { cohort, people: has, wanted } => (
            format!("minimum.{cohort}"),
            format!("{} of {cohort} instead of at least {wanted}.", people(*has)),
        ),
        Break::Changes { people: lost, most } => (
            "changes".to_owned(),
            format!("{} lose the place that they had; {most} may.", people(*lost)),
        ),
    }
}
