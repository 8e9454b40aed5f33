//! The register's part of the pages' routes: what is read from the database for each
//! request, as the public may see it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::LOCATION,
    web::{self, Data, Path, ServiceConfig},
};
use chrono::NaiveDate;
use maud::Markup;

use crate::{
    app::{
        AppState,
        profile::{self, Look, Window},
    },
    domain::{access::Caller, slug::Slug},
    web::{
        pages::{case_studies, events, organisations},
        problem::Problem,
        query::Query,
    },
};

/// The public looks at these pages; nobody signs in to them.
const READER: Caller = Caller::PUBLIC;

/// Adds the register's pages to the route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/organisations", web::get().to(start))
        .route("/organisations/{slug}", web::get().to(organisation))
        .route("/organisations/{slug}/history", web::get().to(history))
        .route("/events", web::get().to(event_list))
        .route("/events/{slug}", web::get().to(event))
        .route("/case-studies", web::get().to(case_study_list))
        .route("/case-studies/{slug}", web::get().to(case_study));
}

async fn start(app: Data<AppState>, request: HttpRequest) -> Result<Markup, Problem> {
    let mut page = page(&request)?;
    let mut directory = directory(&app, page).await?;
    // A page past the last one is the first one.
    if directory.listed.is_empty() && page > 1 {
        page = 1;
        directory = self::directory(&app, page).await?;
    }
    let numbers = profile::numbers(&app).await?;
    Ok(organisations::start(&app.snapshot(), numbers, &directory, page)?)
}

async fn directory(app: &AppState, page: u64) -> Result<profile::Directory, Problem> {
    let (offset, limit) = window(page, organisations::PER_PAGE);
    Ok(profile::directory(app, offset, limit).await?)
}

/// What to leave out and how many to give for a page.
fn window(page: u64, per_page: u64) -> (i64, i64) {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    (number(page.saturating_sub(1).saturating_mul(per_page)), number(per_page))
}

/// The page of a list, where it is the only parameter.
fn page(request: &HttpRequest) -> Result<u64, Problem> {
    let mut query = Query::read(request.query_string())?;
    let page = query.page();
    query.finish()?;
    Ok(page.into())
}

async fn organisation(
    app: Data<AppState>,
    at: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let as_of = one_day(&request, "as_of")?;
    match profile::find(&app, &READER, &at, as_of).await? {
        Look::Here(profile) => Ok(shown(&organisations::page(&app.snapshot(), &profile))),
        Look::Moved(heir) => Ok(moved(&heir, "", as_of)),
    }
}

async fn history(app: Data<AppState>, at: Path<String>) -> Result<HttpResponse, Problem> {
    match profile::history(&app, &READER, &at).await? {
        Look::Here(history) => Ok(shown(&organisations::history(&app.snapshot(), &history))),
        Look::Moved(heir) => Ok(moved(&heir, "/history", None)),
    }
}

fn shown(markup: &Markup) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(markup.0.clone())
}

/// Where an organisation went that was merged into another. A merge can be undone, so
/// the answer is not for ever.
fn moved(heir: &Slug, below: &str, as_of: Option<NaiveDate>) -> HttpResponse {
    let day = as_of.map(|day| format!("?as_of={day}")).unwrap_or_default();
    let to = format!("/organisations/{heir}{below}{day}");
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, to)).finish()
}

/// A day as the only parameter.
fn one_day(request: &HttpRequest, name: &'static str) -> Result<Option<NaiveDate>, Problem> {
    let mut query = Query::read(request.query_string())?;
    let text = query.once(name);
    query.finish()?;
    let Some(text) = text else { return Ok(None) };
    let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d");
    day.map(Some).map_err(|_not_a_day| {
        let message = format!("\"{name}\" is a day such as 2026-11-23.");
        Problem::refused(name, "not-a-day", message)
    })
}

async fn event_list(app: Data<AppState>, request: HttpRequest) -> Result<Markup, Problem> {
    let before = one_day(&request, "before")?;
    let today = app.clock.today();
    // A day to come would hide what is over among what is not.
    let window = before.filter(|day| *day <= today).map_or(Window::Now, Window::Before);
    let diary = profile::events(&app, &READER, window).await?;
    Ok(events::list(&diary, window, today))
}

async fn event(app: Data<AppState>, at: Path<String>) -> Result<Markup, Problem> {
    let event = profile::event(&app, &READER, &at).await?;
    Ok(events::page(&app.snapshot(), &event, app.clock.today()))
}

async fn case_study_list(app: Data<AppState>, request: HttpRequest) -> Result<Markup, Problem> {
    let mut page = page(&request)?;
    let mut found = case_study_page(&app, page).await?;
    if found.listed.is_empty() && page > 1 {
        page = 1;
        found = case_study_page(&app, page).await?;
    }
    Ok(case_studies::list(&app.snapshot(), &found, page))
}

async fn case_study_page(app: &AppState, page: u64) -> Result<profile::CaseStudies, Problem> {
    let (offset, limit) = window(page, case_studies::PER_PAGE);
    Ok(profile::case_studies(app, &READER, offset, limit).await?)
}

async fn case_study(app: Data<AppState>, at: Path<String>) -> Result<Markup, Problem> {
    let found = profile::case_study(&app, &READER, &at).await?;
    Ok(case_studies::page(&app.snapshot(), &found))
}
