//! A toolkit's checklist: every step in hiring order, to tick on paper.

use maud::{Markup, html};

use crate::{
    app::{AppError, Snapshot},
    domain::{
        guidance::{Step, Toolkit},
        stage::Stage,
    },
    web::pages::{
        layout::{Area, Page},
        parts::{away, counted, dates, day, stale_banner},
    },
};

/// The checklist of a toolkit.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such toolkit.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let toolkit = snapshot.toolkit(slug)?;
    let content = html! {
        div.wrap {
            h1 { "Checklist: " (toolkit.title) }
            p.lead {
                (counted(toolkit.steps.len(), "step", "steps"))
                ", in hiring order. Each has its reason, the section to read and, where law is in it, the official page."
            }
            (stale_banner(toolkit.dates, snapshot.today))
            p.no-print { "Print this page to tick the boxes, or " a href={ "/plan?cohort=" (toolkit.cohort) } { "make a shorter plan for your own situation" } "." }
            p.dates { (dates(toolkit.dates)) " · Guidance, not legal advice" }
            p.prints { "Printed from Pathways. Done for: ______________________________ Date: ______________" }
            div.measure { @for stage in Stage::ALL { (stage_part(toolkit, stage)) } }
        }
    };
    Ok(Page::new(format!("Checklist: {}", toolkit.title), Area::Toolkits)
        .below("Toolkits", "/toolkits")
        .below(&toolkit.title, format!("/toolkits/{}", toolkit.slug))
        .render(&content))
}

fn stage_part(toolkit: &Toolkit, stage: Stage) -> Markup {
    let steps: Vec<&Step> = toolkit.steps.iter().filter(|step| step.stage == stage).collect();
    html! {
        @if !steps.is_empty() {
            h2 id=(stage.as_str()) { (stage.label()) }
            ul.steps { @for step in steps { (item(toolkit, step)) } }
        }
    }
}

/// One step of a checklist, with the section it comes from.
fn item(toolkit: &Toolkit, step: &Step) -> Markup {
    let section = toolkit.section(&step.section);
    let official = step.official.as_deref().and_then(|id| toolkit.source(id));
    html! {
        li.step {
            div {
                p.does { (step.text) @if step.essential { " " span.tag { "Essential" } } }
                p.because { (step.why) }
                p.more {
                    @if let Some(section) = section {
                        span {
                            "Read: " a href={ "/toolkits/" (toolkit.slug) "/" (section.slug) } { (section.title) }
                            span.soft { " (as of " (day(section.dates.as_of)) ")" }
                        }
                    }
                    @if let Some(source) = official { span { "Check today: " (away(&source.url, &source.title)) } }
                }
            }
        }
    }
}
