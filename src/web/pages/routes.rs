//! The pages' part of the route table.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::CACHE_CONTROL,
    web::{self, Data, Path, ServiceConfig},
};
use maud::Markup;

use crate::{
    app::{AppError, AppState, Snapshot, guidance, matching::EmployerMatch, profile},
    domain::{
        access::Caller,
        matching::Profile,
        search::{Facet, Question},
    },
    web::{
        caller::is_anonymous,
        pages::{
            about, assets, charter, courses, feeds, gaps, home, library, matching, partnerships,
            plan, plan::Outcome, providers, record_routes, search, toolkits, upkeep,
        },
        problem::Problem,
        query::Query,
    },
};

/// Adds the pages to the route table.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/", web::get().to(first))
        .route("/search", web::get().to(found))
        .route("/toolkits", web::get().to(toolkit_list))
        .route("/toolkits/{toolkit}", web::get().to(toolkit))
        .route("/toolkits/{toolkit}/checklist", web::get().to(checklist))
        .route("/toolkits/{toolkit}/{section}", web::get().to(section))
        .route("/toolkits/{toolkit}/templates/{template}", web::get().to(template))
        .route("/library", web::get().to(guides))
        .route("/library/{slug}", web::get().to(guide))
        .route("/charter", web::get().to(the_charter))
        .route("/charter/actions/{code}", web::get().to(action))
        .route("/partnerships", web::get().to(forums))
        .route("/partnerships/{slug}", web::get().to(forum))
        .route("/partnerships/{slug}/gaps", web::get().to(forum_gaps))
        .route("/courses", web::get().to(course_list))
        .route("/courses/{slug}", web::get().to(course))
        .route("/providers", web::get().to(provider_list))
        .route("/providers/{slug}", web::get().to(provider))
        .route("/plan", web::get().to(plan_form))
        .route("/plan", web::post().to(plan_made))
        .route("/match", web::get().to(match_form))
        .route("/match", web::post().to(match_made))
        .route("/about", web::get().to(about_us))
        .route("/assets/{name}", web::get().to(asset))
        .route("/favicon.ico", web::get().to(assets::favicon))
        .route("/robots.txt", web::get().to(assets::robots))
        .configure(record_routes::routes)
        .configure(upkeep::routes)
        .configure(feeds::routes);
}

/// Whether a page's address also takes a form (POST), for the `Allow` header.
pub fn takes_a_form(path: &str) -> bool {
    path == "/plan" || path == "/match" || path.starts_with("/upkeep/")
}

type Shown = Result<Markup, Problem>;

/// A page of one snapshot.
fn shown(app: &AppState, page: impl FnOnce(&Snapshot) -> Result<Markup, AppError>) -> Shown {
    Ok(page(&app.snapshot())?)
}

async fn first(app: Data<AppState>) -> Result<Markup, Problem> {
    let numbers = profile::numbers(&app).await?;
    Ok(home::page(&app.snapshot(), numbers))
}

async fn found(app: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(request.query_string())?;
    let question = query.question();
    // The form always sends a distance; without a place it means nothing.
    let within_miles = question.place.as_ref().and(question.within_miles);
    let question = Question { within_miles, ..question };
    let snapshot = app.snapshot();
    let answer = match query.finish() {
        Ok(()) => search::page(&snapshot, &question).map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    match answer {
        Ok((markup, total)) => {
            if is_anonymous(request.headers()) {
                app.missed().note_search(&snapshot, &question, total);
            }
            Ok(html(markup))
        }
        Err(problem) if !problem.errors.is_empty() => {
            let known = |(facet, value): &(Facet, String)| {
                guidance::values(&snapshot, *facet).contains(value)
            };
            let filters = question.filters.iter().filter(|one| known(one)).cloned().collect();
            let question = Question { filters, place: None, within_miles: None, ..question };
            let page = search::refused(&snapshot, &question, &problem.errors);
            Ok(HttpResponse::build(problem.kind.status())
                .content_type("text/html; charset=utf-8")
                .body(page.into_string()))
        }
        Err(problem) => Err(problem),
    }
}

fn html(markup: Markup) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(markup.into_string())
}

async fn toolkit_list(app: Data<AppState>) -> Markup {
    toolkits::list(&app.snapshot())
}

async fn toolkit(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| toolkits::page(snapshot, &at))
}

async fn checklist(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| toolkits::checklist(snapshot, &at))
}

async fn section(app: Data<AppState>, at: Path<(String, String)>) -> Shown {
    shown(&app, |snapshot| toolkits::section(snapshot, &at.0, &at.1))
}

/// The page of a template, or its file if the name has an ending.
async fn template(
    app: Data<AppState>,
    at: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (toolkit, name) = at.into_inner();
    let snapshot = app.snapshot();
    if name.contains('.') {
        return Ok(toolkits::download(&snapshot, &toolkit, &name)?);
    }
    Ok(html(toolkits::template(&snapshot, &toolkit, &name)?))
}

async fn guides(app: Data<AppState>) -> Markup {
    library::list(&app.snapshot())
}

async fn guide(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| library::page(snapshot, &at))
}

async fn the_charter(app: Data<AppState>) -> Result<Markup, Problem> {
    let numbers = profile::numbers(&app).await?;
    Ok(charter::list(&app.snapshot(), numbers))
}

async fn action(app: Data<AppState>, at: Path<String>) -> Shown {
    let snapshot = app.snapshot();
    let code = snapshot.reference.action(&at).map_or(at.as_str(), |action| &action.code);
    let who = profile::pledgers(&app, &Caller::PUBLIC, code).await?;
    Ok(charter::action(&snapshot, code, &who)?)
}

async fn forums(app: Data<AppState>) -> Markup {
    partnerships::list(&app.snapshot())
}

async fn forum(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| partnerships::page(snapshot, &at))
}

async fn forum_gaps(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| gaps::page(snapshot, &at))
}

async fn course_list(app: Data<AppState>) -> Markup {
    courses::list(&app.snapshot())
}

async fn course(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| courses::page(snapshot, &at))
}

async fn provider_list(app: Data<AppState>) -> Markup {
    providers::list(&app.snapshot())
}

async fn provider(app: Data<AppState>, at: Path<String>) -> Shown {
    shown(&app, |snapshot| providers::page(snapshot, &at))
}

async fn asset(at: Path<String>) -> Result<HttpResponse, Problem> {
    Ok(assets::answer(&at)?)
}

async fn about_us(app: Data<AppState>) -> Result<Markup, Problem> {
    let numbers = profile::numbers(&app).await?;
    Ok(about::page(&app.snapshot(), numbers))
}

/// The questions; an address may answer some of them already.
async fn plan_form(app: Data<AppState>, request: HttpRequest) -> Shown {
    let sent = plan::Sent::read(request.query_string())?;
    Ok(plan::questions(&app.snapshot(), &sent))
}

async fn plan_made(app: Data<AppState>, body: String) -> Result<HttpResponse, Problem> {
    let sent = plan::Sent::read(&body)?;
    Ok(made(plan::outcome(&app.snapshot(), &sent)?))
}

async fn match_form(app: Data<AppState>) -> Markup {
    matching::questions(&app.snapshot(), &matching::Sent::default())
}

async fn match_made(
    app: Data<AppState>,
    request: HttpRequest,
    body: String,
) -> Result<HttpResponse, Problem> {
    let sent = matching::Sent::read(&body)?;
    let public = is_anonymous(request.headers());
    let note = |profile: &Profile, found: &EmployerMatch| {
        if public {
            app.missed().note_match(profile, found);
        }
    };
    Ok(made(matching::outcome(&app.snapshot(), &sent, note)?))
}

/// A page made from what somebody sent: kept by no cache.
fn made(outcome: Outcome) -> HttpResponse {
    let (mut answer, markup) = match outcome {
        Outcome::Page(markup) => (HttpResponse::Ok(), markup),
        Outcome::Refused(markup) => (HttpResponse::UnprocessableEntity(), markup),
    };
    answer
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/html; charset=utf-8")
        .body(markup.into_string())
}
