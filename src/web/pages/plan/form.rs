//! The six questions.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Sent;
use crate::{
    app::Snapshot,
    domain::{size_band::SizeBand, stage::Stage},
    web::pages::{
        fields::{Choice, Field, problems},
        layout::{Area, Page},
    },
};

/// How many worries are shown before the rest is folded away.
const COMMON_WORRIES: usize = 12;

/// The questions, with answers given before and what is wrong with them.
pub(super) fn page(snapshot: &Snapshot, sent: &Sent, faults: &[(String, String)]) -> Markup {
    let (common, rest) = worries(snapshot);
    let content = html! {
        div.wrap {
            (problems(faults))
            h1 { "Start with a plan" }
            p.lead { "Six short questions. Answer what you can: whatever you skip, the plan covers. You get a checklist in hiring order that you can print." }
            p.soft { "Your answers make this one page and are not kept." }
            form action="/plan" method="post" novalidate {
                (whom(snapshot, sent))
                (Field { name: "size_band", legend: "2. How many people do you employ?", hint: "", chosen: &sent.size }.one(&sizes()))
                (Field { name: "sector", legend: "3. What is your sector?", hint: "", chosen: &sent.sector }.select(&sectors(snapshot)))
                (Field { name: "stage", legend: "4. How far are you with hiring?", hint: "Steps of earlier stages become a short list to check.", chosen: &sent.stage }.one(&stages(snapshot)))
                (Field { name: "topic", legend: "5. What worries you?", hint: "Choose as many as you like. Steps that answer a worry say so.", chosen: &sent.topics }.many_folded(&common, &rest))
                (Field { name: "regulated", legend: "6. Is the work with children or with adults at risk?", hint: "Such work can need a fuller criminal record check.", chosen: &sent.regulated }.one(&[Choice::new("yes", "Yes"), Choice::new("no", "No")]))
                button.button type="submit" { "Make my plan" }
            }
        }
    };
    let title = if faults.is_empty() { "Start with a plan" } else { "Error: Start with a plan" };
    Page::new(title, Area::Plan).render(&content)
}

/// Groups that have a toolkit.
fn whom(snapshot: &Snapshot, sent: &Sent) -> Markup {
    let covered = |slug: &str| snapshot.toolkits().iter().any(|toolkit| toolkit.cohort == *slug);
    let cohorts = snapshot.vocabulary().cohorts.iter().filter(|one| covered(&one.label.slug));
    let choices: Vec<Choice> = cohorts
        .map(|one| {
            Choice::new(&*one.label.slug, &one.label.label).with_hint(one.label.description.clone())
        })
        .collect();
    Field {
        name: "cohort",
        legend: "1. Who would you like to hire or keep?",
        hint: "Choose one or more. If you choose none, the plan covers every group.",
        chosen: &sent.cohorts,
    }
    .many(&choices)
}

/// The bands of headcount.
pub fn sizes() -> Vec<Choice> {
    SizeBand::ALL.map(|band| Choice::new(band.as_str(), band.label())).into()
}

/// The sectors, by label.
pub fn sectors(snapshot: &Snapshot) -> Vec<Choice> {
    let sectors = snapshot.vocabulary().sectors.iter();
    let mut choices: Vec<Choice> =
        sectors.map(|sector| Choice::new(&*sector.label.slug, &sector.label.label)).collect();
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    choices
}

/// The stages of hiring, in order, each with its sentence.
pub fn stages(snapshot: &Snapshot) -> Vec<Choice> {
    let meaning = |stage: Stage| {
        let found = snapshot.vocabulary().stages.iter().find(|(one, _)| *one == stage);
        found.map(|(_, text)| text.clone())
    };
    Stage::ALL
        .map(|stage| Choice::new(stage.as_str(), stage.label()).with_hint(meaning(stage)))
        .into()
}

/// Topics that some step answers: those of most steps, then the others, each by label.
fn worries(snapshot: &Snapshot) -> (Vec<Choice>, Vec<Choice>) {
    let steps = snapshot.toolkits().iter().flat_map(|toolkit| &toolkit.steps);
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for topic in steps.flat_map(|step| &step.topics) {
        *answered.entry(topic.as_str()).or_default() += 1;
    }
    let mut topics: Vec<(&str, usize)> = answered.into_iter().collect();
    topics.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let words = snapshot.vocabulary();
    let by_label = |topics: &[(&str, usize)]| {
        let named = topics.iter().map(|(slug, _)| Choice::new(*slug, words.topic_label(slug)));
        let mut choices: Vec<Choice> = named.collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    };
    let (first, rest) = topics.split_at(COMMON_WORRIES.min(topics.len()));
    (by_label(first), by_label(rest))
}
