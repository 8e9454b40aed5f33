//! The toolkits: their list, each toolkit, its sections, templates and checklist.

mod checklist;
mod section;
mod template;

use maud::{Markup, html};

pub use checklist::page as checklist;
pub use section::page as section;
pub use template::{download, page as template};

use crate::{
    app::{AppError, Snapshot},
    domain::{
        guidance::{Section, Toolkit},
        stage::Stage,
    },
    web::pages::{
        home::{Level, toolkit_cards},
        layout::{Area, Page},
        parts::{citations, counted, dates, legal_tag, stale_banner, stale_tag},
    },
};

/// Every toolkit there is.
pub fn list(snapshot: &Snapshot) -> Markup {
    let content = html! {
        div.wrap {
            h1 { "Employer toolkits" }
            p.lead { "Each toolkit goes through hiring in order: from making the case to knowing whether it works. Read one section, or follow the checklist." }
            (toolkit_cards(snapshot, Level::Second))
        }
    };
    Page::new("Employer toolkits", Area::Toolkits).below("Toolkits", "/toolkits").render(&content)
}

/// A toolkit: sections by stage, checklist, templates, sources.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such toolkit.
pub fn page(snapshot: &Snapshot, slug: &str) -> Result<Markup, AppError> {
    let toolkit = snapshot.toolkit(slug)?;
    let content = html! {
        div.wrap {
            h1 { (toolkit.title) }
            p.lead { (toolkit.summary) }
            (stale_banner(toolkit.dates, snapshot.today))
            ul.buttons {
                @if !toolkit.steps.is_empty() {
                    li { a.button href={ "/toolkits/" (toolkit.slug) "/checklist" } {
                        "Checklist: " (counted(toolkit.steps.len(), "step", "steps"))
                    } }
                }
                li { a.button.quiet href={ "/plan?cohort=" (toolkit.cohort) } { "Make a plan for us" } }
            }
            p.dates { (dates(toolkit.dates)) " · Guidance, not legal advice" }
            h2.stages-head { "Sections, in hiring order" }
            div.stages { @for stage in Stage::ALL { (stage_part(snapshot, toolkit, stage)) } }
            (templates(toolkit))
            details.sources-fold {
                summary { "All " (counted(toolkit.sources.len(), "source", "sources")) " of this toolkit" }
                (citations(toolkit.sources.iter()))
            }
        }
    };
    Ok(Page::new(&toolkit.title, Area::Toolkits)
        .below("Toolkits", "/toolkits")
        .about(&toolkit.summary)
        .render(&content))
}

fn stage_part(snapshot: &Snapshot, toolkit: &Toolkit, stage: Stage) -> Markup {
    let sections: Vec<&Section> =
        toolkit.sections.iter().filter(|section| section.stage == stage).collect();
    let aim = snapshot.vocabulary().stages.iter().find(|(one, _)| *one == stage);
    html! {
        @if !sections.is_empty() {
            div.stage {
                div {
                    h3 { (stage.label()) }
                    @if let Some((_, text)) = aim { p.aim { (text) } }
                }
                ul.entries { @for section in sections { li { (entry(snapshot, toolkit, section)) } } }
            }
        }
    }
}

fn entry(snapshot: &Snapshot, toolkit: &Toolkit, section: &Section) -> Markup {
    let format = snapshot.vocabulary().format_label(&section.format);
    let special = section.format != *"guide";
    let stale = section.dates.is_stale(snapshot.today);
    html! {
        a.to href={ "/toolkits/" (toolkit.slug) "/" (section.slug) } { (section.title) }
        p { (section.summary) }
        @if special || section.legal || stale {
            ul.tags {
                @if special { li { span.tag { (format) } } }
                @if section.legal { li { (legal_tag()) } }
                @if stale { li { (stale_tag()) } }
            }
        }
    }
}

fn templates(toolkit: &Toolkit) -> Markup {
    html! {
        @if !toolkit.templates.is_empty() {
            div.stage {
                div {
                    h2 id="part_templates" { "Templates to adapt" }
                    p.aim { "Download, fill in what stands in brackets, and make it your own." }
                }
                ul.entries {
                    @for template in &toolkit.templates {
                        li {
                            a.to href={ "/toolkits/" (toolkit.slug) "/templates/" (template.slug) } { (template.title) }
                            p { (template.summary) }
                            (template::short_links(toolkit, template))
                        }
                    }
                }
            }
        }
    }
}
