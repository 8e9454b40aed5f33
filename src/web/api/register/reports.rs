//! `/reports`: counts that may be published, small ones left out.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{
        AppState,
        register::{Told, reports},
        reports as tables,
    },
    domain::{
        register::IntroductionState,
        reports::{IntroductionReport, Report, SMALL},
    },
    web::{
        api::{
            register::reading::{shown, wait},
            reports::{Format, ReportTableBody, Request, answer},
        },
        caller::Visitor,
        problem::Problem,
    },
};

/// What came of introductions. Counts from 1 to 4 are left out, and others with them, so
/// that no sum gives them back.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntroductionReportBody {
    /// Counts below this, other than 0, are left out.
    #[schema(example = 5)]
    pub left_out_below: u64,
    /// How many introductions there are; absent if that is a small count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 30)]
    pub total: Option<u64>,
    /// By how far they have come.
    pub states: Vec<StateCountBody>,
    /// By the group that they are about.
    pub cohorts: Vec<CohortCountsBody>,
    /// People, over all groups.
    pub outcomes: OutcomeCountsBody,
    /// The same as a table, with its definitions and with how much is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<ReportTableBody>,
}

/// How many introductions are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateCountBody {
    /// The state.
    #[schema(example = "under-way")]
    pub state: String,
    /// The same in words.
    #[schema(example = "Under way")]
    pub label: String,
    /// How many; absent if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 12)]
    pub count: Option<u64>,
}

/// What came of the introductions about a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct CohortCountsBody {
    /// The group; absent for those about none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "prison-leavers")]
    pub cohort: Option<String>,
    /// How many introductions; absent if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 18)]
    pub introductions: Option<u64>,
    /// People.
    pub outcomes: OutcomeCountsBody,
}

/// Counts of people; absent where a count is left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeCountsBody {
    /// People interviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 20)]
    pub interviewed: Option<u64>,
    /// People offered work or a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 9)]
    pub offered: Option<u64>,
    /// People who started.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 8)]
    pub started: Option<u64>,
    /// People still there after 13 weeks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 6)]
    pub kept_13_weeks: Option<u64>,
}

/// Report what came of introductions.
///
/// By state, group and outcome. A count from 1 to 4 is left out, and others of the same
/// table with it, so that it cannot be got back by subtraction. For coordinators.
#[utoipa::path(
    tag = "introductions",
    operation_id = "report_introductions",
    params(
        ("format" = Option<String>, Query, description = "`json`, `csv` or `xlsx`; without it, \
            what `Accept` asks for"),
        ("as_of" = Option<String>, Query, description = "As of which day, up to today"),
    ),
    responses((status = 200, description = "The counts", content(
        (IntroductionReportBody = "application/json", example = json!({"left_out_below": 5, "total": 30,
            "states": [{"state": "proposed", "label": "Proposed", "count": 12}],
            "cohorts": [{"cohort": "prison-leavers", "introductions": 18,
                "outcomes": {"interviewed": 20, "offered": 9}}],
            "outcomes": {"interviewed": 31, "offered": 14, "started": 11}})),
        (String = "text/csv", example = "by,value,introductions\r\nState,Proposed,12\r\n"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            example = "a workbook"),
    ))),
    security(("token" = [])),
)]
#[get("/reports/introductions")]
async fn report_introductions(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    let request = Request::read(&req, Report::Introductions, &state)?;
    wait(&state, request.after_change).await?;
    let format = request.format;
    let table = tables::report(&state, &caller, request.asked.clone()).await?;
    if format != Format::Json {
        return answer(&caller, format, &table);
    }
    let day = request.asked.as_of;
    let Told { what, change } = reports::introductions(&state, &caller, day).await?;
    let table = Some(ReportTableBody::from(&*table.what));
    let body = IntroductionReportBody { table, ..what.into() };
    let mut answer = HttpResponse::Ok();
    let answer = shown(&mut answer, &caller, change).append_header((header::VARY, "accept"));
    Ok(answer.json(body))
}

impl From<IntroductionReport> for IntroductionReportBody {
    fn from(report: IntroductionReport) -> Self {
        let states = IntroductionState::ALL.iter().zip(&report.states.counts);
        let states = states.map(|(state, count)| StateCountBody {
            state: state.as_str().to_owned(),
            label: state.label().to_owned(),
            count: *count,
        });
        let at = |counts: &[Option<u64>], nth: usize| counts.get(nth).copied().flatten();
        let cohorts = report.cohorts.iter().enumerate().map(|(nth, cohort)| CohortCountsBody {
            cohort: cohort.clone(),
            introductions: at(&report.introductions.counts, nth),
            outcomes: OutcomeCountsBody {
                interviewed: at(&report.interviewed.counts, nth),
                offered: at(&report.offered.counts, nth),
                started: at(&report.started.counts, nth),
                kept_13_weeks: at(&report.kept_13_weeks.counts, nth),
            },
        });
        Self {
            left_out_below: SMALL,
            total: report.states.total,
            states: states.collect(),
            cohorts: cohorts.collect(),
            outcomes: OutcomeCountsBody {
                interviewed: report.interviewed.total,
                offered: report.offered.total,
                started: report.started.total,
                kept_13_weeks: report.kept_13_weeks.total,
            },
            table: None,
        }
    }
}

/// The part of the route table about reports.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(report_introductions);
}
