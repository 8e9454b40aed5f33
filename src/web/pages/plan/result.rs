//! The plan: steps to tick, each with its reason, its passage, its date and the
//! official page.

use maud::{Markup, html};

use super::Sent;
use crate::{
    app::Snapshot,
    domain::{
        plan::{Answers, Plan, PlanPart, PlanStep},
        stage::Stage,
    },
    web::pages::{
        fields::kept,
        layout::{Area, Page},
        parts::{away, counted, day},
    },
};

/// The page of a plan.
pub(super) fn page(snapshot: &Snapshot, sent: &Sent, answers: &Answers, plan: &Plan) -> Markup {
    let content = html! {
        div.wrap {
            h1 { "Your plan" }
            p.lead { (counted(plan.steps.len(), "step", "steps")) ", in hiring order. Each has its reason, the passage it rests on and its date." }
            p.no-print { "Print this page to tick the boxes: your answers are not kept, so this page is the only copy." }
            p.prints { "Made with Pathways on " (day(snapshot.today)) ". Guidance, not legal advice." }
            (answered(snapshot, sent, answers))
            div.measure {
                (notes(snapshot, plan))
                @for part in [PlanPart::ToDo, PlanPart::CheckDone] { (part_of(plan, part)) }
                (left_out(plan))
            }
            p.dates { "Made on " (day(snapshot.today)) " from " (counted(plan.considered, "step", "steps")) " of our checklists. Guidance, not legal advice." }
        }
    };
    Page::new("Your plan", Area::Plan).render(&content)
}

/// What was answered, with a way to change it.
fn answered(snapshot: &Snapshot, sent: &Sent, answers: &Answers) -> Markup {
    let words = snapshot.vocabulary();
    let listed = |labels: Vec<&str>, none: &str| {
        if labels.is_empty() { none.to_owned() } else { labels.join(", ") }
    };
    let regulated = match answers.regulated {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "Not answered",
    };
    let rows = [
        (
            "To hire or keep",
            listed(
                answers.cohorts.iter().map(|one| words.cohort_label(one)).collect(),
                "Every group we have a toolkit on",
            ),
        ),
        ("People employed", answers.size_band.map_or("Not answered", |b| b.label()).to_owned()),
        (
            "Sector",
            listed(
                answers.sector.iter().map(|one| words.sector_label(one)).collect(),
                "Not answered",
            ),
        ),
        ("Stage of hiring", answers.stage.map_or("Not answered", Stage::label).to_owned()),
        (
            "Worries",
            listed(answers.topics.iter().map(|one| words.topic_label(one)).collect(), "None named"),
        ),
        ("Children or adults at risk", regulated.to_owned()),
    ];
    html! {
        section.panel aria-labelledby="answers" {
            h2 id="answers" { "Your answers" }
            dl.wide-facts { @for (term, text) in rows { div { dt { (term) } dd { (text) } } } }
            form.no-print action="/plan" method="post" {
                (kept(&[
                    ("cohort", &sent.cohorts), ("size_band", &sent.size), ("sector", &sent.sector),
                    ("stage", &sent.stage), ("topic", &sent.topics), ("regulated", &sent.regulated),
                ]))
                button.button.quiet type="submit" name="edit" value="yes" { "Change your answers" }
            }
        }
    }
}

/// What the plan could not do.
fn notes(snapshot: &Snapshot, plan: &Plan) -> Markup {
    let words = snapshot.vocabulary();
    html! {
        @if !plan.without_toolkit.is_empty() {
            div.box.care {
                p { "We have no toolkit yet on: " (plan.without_toolkit.iter().map(|one| words.cohort_label(one)).collect::<Vec<_>>().join(", ")) "." }
            }
        }
        @if !plan.worries_unanswered.is_empty() {
            div.box.care {
                p {
                    "No step answers these worries: "
                    @for (nth, topic) in plan.worries_unanswered.iter().enumerate() {
                        @if nth > 0 { ", " }
                        a href={ "/search?topic=" (topic) } { (words.topic_label(topic)) }
                    }
                    ". The links search for them."
                }
            }
        }
        @if !plan.stale_dropped.is_empty() {
            div.box.care {
                p { strong { "Left out because the law they rest on is past its review date. " } "Use the official page instead:" }
                ul {
                    @for step in &plan.stale_dropped {
                        li {
                            a href=(step.passage.url) { (step.passage.title) }
                            " (review was due by " (day(step.review_by)) ")"
                            @if let Some(link) = &step.official { ": " (away(&link.url, &link.title)) }
                        }
                    }
                }
            }
        }
    }
}

fn part_of(plan: &Plan, part: PlanPart) -> Markup {
    let steps: Vec<&PlanStep> = plan.steps.iter().filter(|step| step.part == part).collect();
    html! {
        @if !steps.is_empty() {
            section aria-labelledby=(part.as_str()) {
                h2 id=(part.as_str()) { (part.label()) span.soft { ": " (counted(steps.len(), "step", "steps")) } }
                @for stage in Stage::ALL {
                    @let of: Vec<&&PlanStep> = steps.iter().filter(|step| step.stage == stage).collect();
                    @if !of.is_empty() {
                        h3 { (stage.label()) }
                        ul.steps { @for step in of { li.step { div { (item(step)) } } } }
                    }
                }
            }
        }
    }
}

fn item(step: &PlanStep) -> Markup {
    html! {
        p.does { (step.text) @if step.essential { " " span.tag { "Essential" } } }
        p.because { (step.why) }
        @for condition in &step.applies_if { p.small { (condition) } }
        p.more {
            span {
                "Read: " a href=(step.passage.url) { (step.passage.title) }
                span.soft { " (as of " (day(step.as_of)) ", review by " (day(step.review_by)) ")" }
            }
            @for also in &step.also { span { "Also: " a href=(also.url) { (also.title) } } }
            @if let Some(link) = &step.official { span { "Check today: " (away(&link.url, &link.title)) } }
        }
        @if step.stale { p.small { span.tag.care { "Past its review date" } } }
        @if !step.reasons.is_empty() { p.why { strong { "Why here: " } (step.reasons.join(" ")) } }
    }
}

fn left_out(plan: &Plan) -> Markup {
    html! {
        @if !plan.left_out.is_empty() {
            details.no-print {
                summary { "What was left out, and why" }
                ul { @for out in &plan.left_out { li { (out.text) ": " (counted(out.count, "step", "steps")) } } }
            }
        }
    }
}
