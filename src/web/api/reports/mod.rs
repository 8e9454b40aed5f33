//! `/reports`: what the partnership asks of its register, as JSON, CSV or a workbook.

mod asking;
mod body;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, AppState, register::Told, reports},
    domain::{
        access::{Caller, Role},
        reports::Report,
        table::Table,
    },
    web::{
        api::register::reading::{shown, wait},
        caller::Visitor,
        problem::Problem,
        query::Query,
    },
};

pub use self::{
    asking::{Format, Request},
    body::{ReportTableBody, ReportsBody},
};

/// List the reports.
///
/// What each counts, who may read it, and where it is. Each can be had as JSON, as CSV and
/// as a workbook (XLSX), by `format` or by the header `Accept`.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_reports",
    responses((status = 200, description = "The reports", body = ReportsBody,
        example = json!({"reports": [{"id": "openings", "title": "Openings and places",
            "definition": "For each kind of work: how many openings can be applied for.",
            "audience": "public", "url": "/api/v1/reports/openings",
            "formats": ["json", "csv", "xlsx"], "parameters": ["as_of"]}], "total": 1}))),
    security((), ("token" = [])),
)]
#[get("/reports")]
async fn list_reports(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let change = state.snapshot().change;
    Ok(shown(&mut HttpResponse::Ok(), &visitor.0, change).json(ReportsBody::all()))
}

/// Show a report.
///
/// Worked out from the register as it was on a day, today unless `as_of` says another.
/// Each column is defined, and `missing` says of how many records a figure lacks what it
/// rests on. What everybody may read counts only what is public; brokers and coordinators
/// also get counts of what employers told brokers. CSV has a line of names and a line a row.
#[utoipa::path(
    tag = "reports",
    operation_id = "show_report",
    params(
        ("report" = String, Path, description = "The report's name", example = "openings"),
        ("format" = Option<String>, Query, description = "`json`, `csv` or `xlsx`; without it, \
            what `Accept` asks for"),
        ("as_of" = Option<String>, Query, description = "As of which day, up to today"),
        ("from" = Option<String>, Query, description = "From which day on: for reports over time"),
        ("to" = Option<String>, Query, description = "To which day: for reports over time"),
        ("partnership" = Option<String>, Query, description = "Of which partnership: for the \
            annex to the skills plan"),
    ),
    responses((status = 200, description = "The report", content(
        (ReportTableBody = "application/json", example = json!({"id": "openings",
            "title": "Openings and places", "definition": "Openings by kind of work.",
            "as_of": "2026-11-23",
            "columns": [{"name": "openings", "label": "Openings",
                "definition": "Openings that can be applied for.", "kind": "number"}],
            "rows": [{"openings": 12}], "totals": {"openings": 12},
            "missing": [{"what": "Number of places", "lacking": 3, "of": 12, "share": 0.25}],
            "notes": [], "sources": [], "fictional": false})),
        (String = "text/csv", example = "work_type,openings\r\nCare,12\r\n"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            example = "a workbook"),
    ))),
    security((), ("token" = [])),
)]
#[get("/reports/{report}")]
async fn show_report(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    name: Path<String>,
) -> Result<HttpResponse, Problem> {
    let report = Report::parse(&name).ok_or(AppError::NotFound("report"))?;
    let caller = reader(visitor, report)?;
    let request = Request::read(&req, report, &state)?;
    wait(&state, request.after_change).await?;
    let told = reports::report(&state, &caller, request.asked).await?;
    answer(&caller, request.format, &told)
}

/// The caller, if it may read the report.
///
/// # Errors
///
/// A problem for whoever has to sign in first.
pub fn reader(visitor: Visitor, report: Report) -> Result<Caller, Problem> {
    if visitor.0.role == Role::Public && !visitor.0.reads(report.audience()) {
        return visitor.signed_in();
    }
    Ok(visitor.0)
}

/// A report in the format asked for.
///
/// # Errors
///
/// A problem if it cannot be written.
pub fn answer(
    caller: &Caller,
    format: Format,
    told: &Told<std::sync::Arc<Table>>,
) -> Result<HttpResponse, Problem> {
    let table = &told.what;
    let mut answer = HttpResponse::Ok();
    let answer = shown(&mut answer, caller, told.change);
    answer.append_header((header::VARY, "accept"));
    let body = match format {
        Format::Json => return Ok(answer.json(ReportTableBody::from(&**table))),
        Format::Csv => reports::csv(table)?,
        Format::Xlsx => reports::xlsx(table)?,
    };
    let (name, day) = (table.name, table.as_of);
    let about = format!("</api/v1/reports/{name}?as_of={day}>; rel=\"describedby\"");
    let file = format!("attachment; filename=\"pathways-{name}-{day}.{}\"", format.as_str());
    Ok(answer
        .insert_header((header::CONTENT_DISPOSITION, file))
        .insert_header((header::LINK, about))
        .content_type(format.media())
        .body(body))
}

/// The part of the route table about reports.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_reports).service(show_report);
}
