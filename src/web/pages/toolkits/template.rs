//! A template: shown on paper, and handed out as a document.

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use maud::{Markup, PreEscaped, html};

use super::section::{official, sources};
use crate::{
    app::{AppError, Snapshot},
    domain::guidance::{Section, Toolkit},
    web::pages::{
        document::{self, Format},
        layout::{Area, Page},
        parts::{dates, stale_banner},
    },
};

/// The page of a template.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such toolkit or template.
pub fn page(snapshot: &Snapshot, toolkit: &str, slug: &str) -> Result<Markup, AppError> {
    let (toolkit, template) = snapshot.template(toolkit, slug)?;
    let content = html! {
        div.wrap {
            h1 { (template.title) }
            p.lead { (template.summary) }
            (stale_banner(template.dates, snapshot.today))
            (links(toolkit, template))
            p.dates { (dates(template.dates)) " · Guidance, not legal advice" }
            div.measure.no-print { (official(toolkit, template)) }
            article.sheet.prose aria-label="The document" { (PreEscaped(&template.html)) }
            div.measure { hr; (sources(toolkit, template)) }
        }
    };
    Ok(Page::new(&template.title, Area::Toolkits)
        .within(format!("Template, {}", snapshot.vocabulary().cohort_label(&toolkit.cohort)))
        .below("Toolkits", "/toolkits")
        .below(&toolkit.title, format!("/toolkits/{}", toolkit.slug))
        .about(&template.summary)
        .render(&content))
}

/// The links that hand the template out.
pub(super) fn links(toolkit: &Toolkit, template: &Section) -> Markup {
    html! {
        ul.buttons {
            @for (nth, format) in Format::ALL.into_iter().enumerate() {
                li {
                    a.button.quiet[nth > 0]
                        href={ "/toolkits/" (toolkit.slug) "/templates/" (template.slug) "." (format.ending()) } {
                        "Download " (format.label())
                        span.hidden { ": " (template.title) }
                    }
                }
            }
        }
    }
}

/// The same links in one line, where there are many templates.
pub(super) fn short_links(toolkit: &Toolkit, template: &Section) -> Markup {
    html! {
        p.gets {
            @for format in Format::ALL {
                a href={ "/toolkits/" (toolkit.slug) "/templates/" (template.slug) "." (format.ending()) } {
                    (format.short()) span.hidden { ": " (template.title) }
                }
            }
        }
    }
}

/// The template as a file of some format, by its file name.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such toolkit, template or format.
pub fn download(snapshot: &Snapshot, toolkit: &str, file: &str) -> Result<HttpResponse, AppError> {
    let (slug, ending) = file.rsplit_once('.').ok_or(AppError::NotFound("template"))?;
    let format = Format::ALL.into_iter().find(|format| format.ending() == ending);
    let format = format.ok_or(AppError::NotFound("format"))?;
    let (toolkit, template) = snapshot.template(toolkit, slug)?;
    let body = document::write(toolkit, template, format)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, format.media_type()))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.{ending}\"")))
        .body(body))
}
