//! The public reports: what each counts, as a table to read and as files to take.

use actix_web::{
    HttpRequest,
    web::{self, Data, Path, ServiceConfig},
};
use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    app::{AppError, AppState, reports},
    domain::{
        access::Caller,
        register::Audience,
        reports::{Asked, Report},
        table::{Cell, Column, Kind, Missing, Table},
    },
    web::{
        api::register::asked::past_day,
        pages::{
            calendar,
            layout::{Area, Page},
            news,
            parts::{day, fictional_tag, grouped},
        },
        problem::Problem,
        query::Query,
    },
};

/// A page shows so many rows; a file has all of them.
const MOST_ROWS: usize = 400;
/// The formats of files, with the words for them.
const FILES: [(&str, &str); 3] = [("xlsx", "Workbook (XLSX)"), ("csv", "CSV"), ("json", "JSON")];

/// The routes of reports.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/reports", web::get().to(list)).route("/reports/{report}", web::get().to(report));
}

async fn list(request: HttpRequest) -> Result<Markup, Problem> {
    Query::read(request.query_string())?.finish()?;
    let (open, kept): (Vec<Report>, Vec<Report>) =
        Report::ALL.iter().partition(|report| report.audience() == Audience::Public);
    let content = html! {
        div.wrap {
            h1 { "Reports" }
            p.lead { "What this register comes to: figures with their definitions, their day, and how much is not known. Nothing here names a person." }
            ul.entries {
                @for report in open {
                    li {
                        a.to href={ "/reports/" (report) } { (report.label()) }
                        p { (report.definition()) }
                        p { (files(report.as_str(), "")) }
                    }
                }
            }
            h2 { "For coordinators" }
            p { "These need a token and are given by the " a href="/api/docs" { "programming interface" } " alone." }
            ul {
                @for report in kept { li { strong { (report.label()) } ". " (report.definition()) } }
            }
            h2 { "To follow" }
            ul {
                li { a href=(calendar::ADDRESS) { "Calendar of events, meetings and closing dates" } " (iCalendar)" }
                li { a href=(news::ADDRESS) { "What is new" } " (Atom feed)" }
            }
        }
    };
    Ok(Page::new("Reports", Area::Elsewhere)
        .about(
            "Figures of the partnership’s register, defined and dated, to read and to take away.",
        )
        .render(&content))
}

/// Links to the files of a report.
fn files(name: &str, query: &str) -> Markup {
    html! {
        "Take it as "
        @for (nth, (format, words)) in FILES.iter().enumerate() {
            @if nth > 0 { " · " }
            a href={ "/api/v1/reports/" (name) "?format=" (format) (query) } { (words) }
        }
    }
}

async fn report(
    app: Data<AppState>,
    name: Path<String>,
    request: HttpRequest,
) -> Result<Markup, Problem> {
    let public = |report: &Report| report.audience() == Audience::Public;
    let found = Report::parse(&name).filter(public).ok_or(AppError::NotFound("report"))?;
    let today = app.clock.today();
    let mut query = Query::read(request.query_string())?;
    let as_of = past_day(&mut query, "as_of", today).unwrap_or(today);
    query.finish()?;
    let asked = Asked { report: found, as_of, from: None, to: None, partnership: None };
    let told = reports::report(&app, &Caller::PUBLIC, asked).await?;
    Ok(page(found, &told.what, today))
}

fn page(report: Report, table: &Table, today: NaiveDate) -> Markup {
    let then = if table.as_of == today { String::new() } else { format!("&as_of={}", table.as_of) };
    let content = html! {
        div.wrap {
            h1 { (table.title) }
            p.lead { (table.definition) }
            @if table.fictional { ul.tags { li { (fictional_tag()) } li { "Some of what is counted was invented." } } }
            form.as-of action={ "/reports/" (report) } method="get" {
                label for="as_of" {
                    "As of"
                    input #as_of type="date" name="as_of" value=(table.as_of) max=(today);
                }
                button.button.quiet type="submit" { "Show" }
            }
            dl.wide-facts {
                div { dt { "As of" } dd { (day(table.as_of)) } }
                @if let Some((first, last)) = table.period { div { dt { "Period" } dd { (day(first)) " to " (day(last)) } } }
                div { dt { "Files" } dd { (files(report.as_str(), &then)) } }
            }
            @if table.rows.is_empty() { p { "There is nothing to count on this day." } }
            @else if report == Report::Annex { (records(table)) }
            @else { (figures(table)) }
            @if table.rows.len() > MOST_ROWS { p { "The page shows the first " (MOST_ROWS) " rows; the files have all " (grouped(table.rows.len() as u64)) "." } }
            @for note in &table.notes { p { (note) } }
            @if !table.missing.is_empty() {
                section aria-labelledby="missing" {
                    h2 id="missing" { "How much is not known" }
                    ul { @for missing in &table.missing { (lacking(missing)) } }
                }
            }
            (definitions(&table.columns))
            @if !table.sources.is_empty() {
                section aria-labelledby="sources" {
                    h2 id="sources" { "Sources" }
                    ul { @for source in &table.sources { li { (source) } } }
                }
            }
        }
    };
    Page::new(&table.title, Area::Elsewhere)
        .within("Report")
        .below("Reports", "/reports")
        .about(&table.definition)
        .fiction(table.fictional)
        .render(&content)
}

fn lacking(missing: &Missing) -> Markup {
    let share = missing.share() * 100.0;
    html! {
        li {
            (missing.what) ": not stated for " (grouped(missing.lacking as u64)) " of " (grouped(missing.of as u64))
            @if missing.of > 0 { (format!(" ({share:.0}%)")) }
        }
    }
}

/// Figures as a table.
fn figures(table: &Table) -> Markup {
    html! {
        div.scroller tabindex="0" role="region" aria-labelledby="figures" {
            table.figures {
                caption.hidden id="figures" { (table.title) }
                thead { tr { @for column in &table.columns { th scope="col" class=[number(column)] { (column.label) } } } }
                tbody { @for row in table.rows.iter().take(MOST_ROWS) { (cells(&table.columns, row)) } }
                @if let Some(row) = &table.total { tfoot { (cells(&table.columns, row)) } }
            }
        }
    }
}

fn cells(columns: &[Column], row: &[Cell]) -> Markup {
    html! {
        tr {
            @for (nth, (column, cell)) in columns.iter().zip(row).enumerate() {
                @if nth == 0 { th scope="row" { (value(cell)) } }
                @else { td class=[number(column)] { (value(cell)) } }
            }
        }
    }
}

fn number(column: &Column) -> Option<&'static str> {
    matches!(column.kind, Kind::Number | Kind::Percent).then_some("number")
}

fn value(cell: &Cell) -> Markup {
    html! {
        @match cell {
            Cell::Text(words) => (words),
            Cell::Number(number) => (grouped(*number)),
            Cell::Date(on) => (day(*on)),
            Cell::Share(share) => (format!("{:.1}%", share * 100.0)),
            Cell::Blank => "–",
            Cell::LeftOut => "left out",
        }
    }
}

/// Records, each with what is known of it: too many columns for a page.
fn records(table: &Table) -> Markup {
    html! {
        @for row in table.rows.iter().take(MOST_ROWS) {
            section.record {
                h2 { @if let Some(title) = row.get(1) { (value(title)) } }
                dl.wide-facts {
                    @for (nth, (column, cell)) in table.columns.iter().zip(row).enumerate() {
                        @if nth != 1 && *cell != Cell::Blank { div { dt { (column.label) } dd { (value(cell)) } } }
                    }
                }
            }
        }
    }
}

fn definitions(columns: &[Column]) -> Markup {
    html! {
        section aria-labelledby="definitions" {
            h2 id="definitions" { "What the columns mean" }
            dl.wide-facts { @for column in columns { div { dt { (column.label) } dd { (column.definition) } } } }
        }
    }
}
