//! `/postures/{slug}/upkeep-links`, and reports of postures and openings.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    post,
    web::{Data, Path, Payload},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::{
    app::{AppError, AppState, register, upkeep},
    domain::{
        access::Act,
        register::{Posture, RecordKind},
    },
    web::{
        api::register::{
            places, queue,
            reading::{named, shown},
            reports, standing,
            wire::{ReportReasonWord, Written},
            writing::{MOST_RECORD_BYTES, no_parameters, sent},
        },
        caller::Visitor,
        problem::Problem,
    },
};

/// A link for an employer.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpkeepLinkForm {
    /// For how many days it is good; 30 unless said.
    #[validate(range(min = 1, max = 90))]
    #[schema(minimum = 1, maximum = 90)]
    pub days: Option<i64>,
}

/// A link that was made. Its address is told once and kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpkeepLinkBody {
    /// The posture that it is about.
    #[schema(example = "brook-bakery-postures")]
    pub posture: String,
    /// The address on this service to send to the employer. Whoever has it can answer
    /// for the employer, once.
    #[schema(example = "/upkeep/0c5f")]
    pub url: String,
    /// From when it is no longer good, UTC.
    #[schema(format = DateTime, example = "2026-12-23T09:30:00Z")]
    pub expires_at: String,
}

/// What was not found as it was said. There is no place for words of one's own.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportForm {
    /// What was found otherwise.
    #[validate(nested)]
    pub reason: ReportReasonWord,
}

/// A report that was noted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBody {
    /// Its number.
    #[schema(example = 12)]
    pub id: i64,
    /// The kind of the record.
    #[schema(example = "posture")]
    pub kind: String,
    /// The record.
    #[schema(example = "brook-bakery-postures")]
    pub slug: String,
    /// What was found otherwise.
    #[schema(example = "no-answer")]
    pub reason: String,
    /// The same in words.
    #[schema(example = "Nobody answers")]
    pub reason_label: String,
    /// The day.
    #[schema(format = Date, example = "2026-11-23")]
    pub reported_on: String,
}

impl From<upkeep::NewLink> for UpkeepLinkBody {
    fn from(link: upkeep::NewLink) -> Self {
        Self {
            posture: link.posture.to_string(),
            url: link.path,
            expires_at: link.expires_at.write(),
        }
    }
}

/// Make a link by which an employer keeps up a posture.
///
/// By it the employer confirms, changes or withdraws what it said, without an account,
/// once. The address is secret and told this one time. For coordinators, who send it.
#[utoipa::path(
    tag = "postures",
    operation_id = "make_upkeep_link_of_posture",
    params(("slug" = String, Path, description = "Public name of the posture",
        example = "brook-bakery-postures")),
    request_body(content = UpkeepLinkForm, description = "The link",
        example = json!({"days": 30})),
    responses((status = 201, description = "The link", body = UpkeepLinkBody,
        example = json!({"posture": "brook-bakery-postures", "url": "/upkeep/0c5f",
            "expires_at": "2026-12-23T09:30:00Z"}))),
    security(("token" = [])),
)]
#[post("/postures/{slug}/upkeep-links")]
async fn make_upkeep_link_of_posture(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    let slug = named(&slug, "Posture")?;
    register::allows::<Posture>(&state, &caller, slug.clone(), Act::Read).await?;
    if !caller.keeps() {
        return Err(AppError::Forbidden("Links are made by coordinators.").into());
    }
    let (form, _) = sent::<UpkeepLinkForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let made = upkeep::make_link(&state, &caller, slug, form.days).await?;
    let mut answer = HttpResponse::Created();
    let change = made.change;
    let answer = shown(&mut answer, &caller, change);
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(answer.json(UpkeepLinkBody::from(made)))
}

/// Report that a posture is not what was found.
///
/// For a reason of a fixed list, by verified brokers. The posture counts as stale until
/// somebody who knows stands by it again, and a coordinator looks at it.
#[utoipa::path(
    tag = "postures",
    operation_id = "report_posture",
    params(("slug" = String, Path, description = "Public name of the posture",
        example = "brook-bakery-postures")),
    request_body(content = ReportForm, description = "The reason",
        example = json!({"reason": "no-answer"})),
    responses((status = 201, description = "It is noted", body = ReportBody,
        example = json!({"id": 12, "kind": "posture", "slug": "brook-bakery-postures",
            "reason": "no-answer", "reason_label": "Nobody answers",
            "reported_on": "2026-11-23"}))),
    security(("token" = [])),
)]
#[post("/postures/{slug}/reports")]
async fn report_posture(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    reported(&req, &state, visitor, (RecordKind::Posture, &slug, payload)).await
}

/// Report that an opening is not what was found.
///
/// As of postures. Its number of places is not known until somebody who knows stands by
/// it again.
#[utoipa::path(
    tag = "openings",
    operation_id = "report_opening",
    params(("slug" = String, Path, description = "Public name of the opening",
        example = "brook-bakery-openings")),
    request_body(content = ReportForm, description = "The reason",
        example = json!({"reason": "no-places"})),
    responses((status = 201, description = "It is noted", body = ReportBody,
        example = json!({"id": 13, "kind": "opening", "slug": "brook-bakery-openings",
            "reason": "no-places", "reason_label": "There are no places",
            "reported_on": "2026-11-23"}))),
    security(("token" = [])),
)]
#[post("/openings/{slug}/reports")]
async fn report_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    reported(&req, &state, visitor, (RecordKind::Opening, &slug, payload)).await
}

async fn reported(
    req: &HttpRequest,
    state: &AppState,
    visitor: Visitor,
    (kind, slug, payload): (RecordKind, &str, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(req)?;
    let slug = named(slug, kind.label())?;
    upkeep::allow_report(state, &caller, (kind, slug.clone())).await?;
    let (form, _) = sent::<ReportForm>(req, payload, MOST_RECORD_BYTES).await?;
    let reason = form.reason.value()?;
    let made = upkeep::report(state, &caller, (kind, slug), reason).await?;
    let body = ReportBody {
        id: made.id,
        kind: kind.as_str().to_owned(),
        slug: made.slug.to_string(),
        reason: made.reason.as_str().to_owned(),
        reason_label: made.reason.label().to_owned(),
        reported_on: made.on.write(),
    };
    Ok(shown(&mut HttpResponse::Created(), &caller, made.change).json(body))
}

/// The part of the route table about what keeps the register up, and follows it.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(make_upkeep_link_of_posture)
        .service(report_posture)
        .service(report_opening)
        .configure(places::routes)
        .configure(queue::routes)
        .configure(reports::routes)
        .configure(standing::routes);
}
