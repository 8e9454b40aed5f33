//! The employer's profile as a form. Nothing in it is required.

use maud::{Markup, html};

use super::{MOST_PLACE, MOST_QUESTION, Sent};
use crate::{
    app::Snapshot,
    web::pages::{
        fields::{Choice, Field, problems},
        layout::{Area, Page},
        plan::{sectors, sizes, stages},
    },
};

/// The form, with what was filled in before and what is wrong with it.
pub(super) fn page(snapshot: &Snapshot, sent: &Sent, wrong: &[(String, String)]) -> Markup {
    let content = html! {
        div.wrap {
            (problems(wrong))
            h1 { "What fits us" }
            p.lead { "Say a little about your organisation. You get the guidance, the partnerships and the charter actions that fit, each with its points and its reasons." }
            p.soft { "Answer what you like. What you skip counts neither for nor against anything, and nothing you write is kept." }
            form action="/match" method="post" novalidate {
                (Field { name: "question", legend: "What do you want to know?", hint: "In your own words. Please do not name anybody.", chosen: &sent.question }.line(MOST_QUESTION))
                (Field { name: "cohort", legend: "Who would you like to hire or keep?", hint: "", chosen: &sent.cohorts }.many(&cohorts(snapshot)))
                (Field { name: "sector", legend: "What is your sector?", hint: "", chosen: &sent.sector }.select(&sectors(snapshot)))
                (Field { name: "size_band", legend: "How many people do you employ?", hint: "", chosen: &sent.size }.one(&sizes()))
                (Field { name: "place", legend: "Where are you?", hint: "A town, a district or the first part of a postcode, such as OX16.", chosen: &sent.place }.line(MOST_PLACE))
                (Field { name: "stage", legend: "How far are you with hiring?", hint: "", chosen: &sent.stage }.select(&stages(snapshot)))
                (held(snapshot, sent))
                button.button type="submit" { "Show what fits" }
            }
        }
    };
    let title = if wrong.is_empty() { "What fits us" } else { "Error: What fits us" };
    Page::new(title, Area::Match).render(&content)
}

fn cohorts(snapshot: &Snapshot) -> Vec<Choice> {
    let cohorts = snapshot.vocabulary().cohorts.iter();
    cohorts.map(|one| Choice::new(&*one.label.slug, &one.label.label)).collect()
}

/// Badges held and actions pledged: long lists that few need, folded away.
fn held(snapshot: &Snapshot, sent: &Sent) -> Markup {
    let register = &snapshot.reference;
    let mut schemes = Vec::new();
    for scheme in &register.schemes {
        if scheme.levels.is_empty() {
            schemes.push(Choice::new(&*scheme.slug, &scheme.name));
        }
        for level in &scheme.levels {
            let value = format!("{}:{}", scheme.slug, level.slug);
            schemes.push(Choice::new(value, format!("{}: {}", scheme.name, level.label)));
        }
    }
    let actions: Vec<Choice> = register
        .actions
        .iter()
        .map(|action| Choice::new(&action.code, format!("{}: {}", action.code, action.label)))
        .collect();
    let open = !sent.recognitions.is_empty() || !sent.actions.is_empty();
    html! {
        @if !schemes.is_empty() || !actions.is_empty() {
            details.panel open[open] {
                summary { "Badges you hold and charter actions you have pledged" }
                div {
                    @if !schemes.is_empty() {
                        (Field { name: "recognition", legend: "Which badges and pledges do you hold?", hint: "", chosen: &sent.recognitions }.many(&schemes))
                    }
                    @if !actions.is_empty() {
                        (Field { name: "action", legend: "Which charter actions have you pledged?", hint: "", chosen: &sent.actions }.many(&actions))
                    }
                }
            }
        }
    }
}
