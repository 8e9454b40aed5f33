//! `/queue`: what in the register needs a steward's look, and resolving it.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    post,
    web::{Data, Path, Payload},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::{
    app::{
        AppError, AppState, Refusal, guidance,
        queue::{self, Order, Resolved},
    },
    domain::{
        access::Caller,
        queue::{Entry, QueueReason, Subject},
        register::RecordKind,
    },
    web::{
        api::register::{
            kinds,
            reading::{shown, wait},
            text::line,
            upkeep::UpkeepLinkBody,
            wire::QueueActionWord,
            writing::{MOST_RECORD_BYTES, no_parameters, sent},
        },
        caller::Visitor,
        problem::Problem,
        query::Query,
    },
};

/// What needs a look.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueBody {
    /// The entries: by reason, the longest waiting first.
    pub entries: Vec<QueueEntryBody>,
    /// How many there are in all, of the reasons asked for.
    #[schema(example = 1)]
    pub total: usize,
    /// The page.
    pub page: u32,
    /// Entries on a page.
    pub per_page: u32,
    /// How many there are of each reason, whichever is asked for.
    pub reasons: Vec<ReasonCountBody>,
}

/// How many entries have a reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonCountBody {
    /// The reason.
    #[schema(example = "unconfirmed")]
    pub reason: String,
    /// The same in words.
    #[schema(example = "Not confirmed for too long")]
    pub label: String,
    /// How many.
    #[schema(example = 1)]
    pub count: usize,
}

/// Something that needs a look.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueEntryBody {
    /// Its name: the same every day until it is resolved.
    #[schema(example = "unconfirmed.posture.brook-bakery-postures")]
    pub id: String,
    /// Why: `contradictory`, `reported`, `expiring`, `unconfirmed`, `duplicate` or
    /// `past-review`.
    #[schema(example = "unconfirmed")]
    pub reason: String,
    /// The kind of what it is about.
    #[schema(example = "posture")]
    pub kind: String,
    /// The name of what it is about.
    #[schema(example = "brook-bakery-postures")]
    pub slug: String,
    /// Its address, where it has one in this API.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/postures/brook-bakery-postures")]
    pub url: Option<String>,
    /// What it is called.
    #[schema(example = "Brook Bakery (fictional): prison-leavers")]
    pub title: String,
    /// Why, in a sentence.
    #[schema(example = "Last confirmed on 1 March 2026, more than 180 days ago.")]
    pub why: String,
    /// Since which day.
    #[schema(format = Date, example = "2026-08-29")]
    pub since: String,
    /// The other one, where two may be the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "brook-bakery")]
    pub other: Option<String>,
    /// What resolves it, each in one call of `/queue/{id}/resolve`.
    pub actions: Vec<QueueActionBody>,
}

/// Something that resolves an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueActionBody {
    /// The action.
    #[schema(example = "confirm")]
    pub action: String,
    /// The same in words.
    #[schema(example = "Still right")]
    pub label: String,
}

/// What is decided about an entry.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolutionForm {
    /// One of the entry's actions.
    #[validate(nested)]
    pub action: QueueActionWord,
    /// Why, in a sentence; needed with `dismiss`.
    #[validate(length(min = 1, max = 500), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 500)]
    pub reason: Option<String>,
    /// With `upkeep-link`: for how many days it is good; 30 unless said.
    #[validate(range(min = 1, max = 90))]
    #[schema(minimum = 1, maximum = 90)]
    pub days: Option<i64>,
}

/// What was done about an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionBody {
    /// The entry that it was.
    #[schema(example = "unconfirmed.posture.brook-bakery-postures")]
    pub id: String,
    /// What was done.
    #[schema(example = "confirm")]
    pub action: String,
    /// The link that was made; its address is told this one time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upkeep_link: Option<UpkeepLinkBody>,
}

/// List what needs a steward's look.
///
/// Worked out from the facts and the day: what ends soon or has run out, what nobody has
/// confirmed for too long (180 days for postures and openings, 365 for organisations and
/// checks of recognitions), what contradicts something else, what brokers reported, what
/// may be there twice, what is past its review date. For coordinators.
#[utoipa::path(
    tag = "administration",
    operation_id = "list_queue",
    params(
        ("reason" = Option<Vec<String>>, Query, description = "Only these reasons; may repeat"),
        ("page" = Option<u32>, Query, description = "Page, from 1", minimum = 1),
        ("per_page" = Option<u32>, Query, description = "Entries on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of the queue", body = QueueBody,
        example = json!({"entries": [{"id": "unconfirmed.posture.brook-bakery-postures",
            "reason": "unconfirmed", "kind": "posture", "slug": "brook-bakery-postures",
            "url": "/api/v1/postures/brook-bakery-postures",
            "title": "Brook Bakery (fictional): prison-leavers",
            "why": "Last confirmed on 1 March 2026, more than 180 days ago.",
            "since": "2026-08-29", "actions": [{"action": "confirm", "label": "Still right"}]}],
            "total": 1, "page": 1, "per_page": 20, "reasons": [{"reason": "unconfirmed",
            "label": "Not confirmed for too long", "count": 1}]}))),
    security(("token" = [])),
)]
#[get("/queue")]
async fn list_queue(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = steward(visitor)?;
    let mut query = Query::read(req.query_string())?;
    let mut reasons = Vec::new();
    for text in query.every("reason") {
        match QueueReason::parse(&text) {
            Some(reason) => reasons.push(reason),
            None => query.refuse(unknown_reason(&text)),
        }
    }
    let (page, per_page, change) = (query.page(), query.per_page(), query.after_change());
    query.finish()?;
    wait(&state, change).await?;
    let skipped = (page as usize - 1).saturating_mul(per_page as usize);
    let told = queue::list(&state, &caller, reasons, (skipped, per_page as usize)).await?;
    let reasons = told.what.counts.iter().map(|(reason, count)| ReasonCountBody {
        reason: reason.as_str().to_owned(),
        label: reason.label().to_owned(),
        count: *count,
    });
    let body = QueueBody {
        entries: told.what.entries.iter().map(QueueEntryBody::from).collect(),
        total: told.what.total,
        page,
        per_page,
        reasons: reasons.collect(),
    };
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

fn unknown_reason(text: &str) -> Refusal {
    let near = guidance::nearest(text, QueueReason::ALL.iter().map(|reason| reason.as_str()));
    let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
    let message = format!("There is no such reason.{hint}");
    Refusal { field: "reason".to_owned(), code: "unknown-value", message }
}

/// Resolve an entry of the queue.
///
/// By one of the actions that it offers. What is put aside comes back when its facts
/// change, or after 180 days; an entry with a link waits until the link runs out.
#[utoipa::path(
    tag = "administration",
    operation_id = "resolve_queue_entry",
    params(("id" = String, Path, description = "The entry's name",
        example = "unconfirmed.posture.brook-bakery-postures")),
    request_body(content = ResolutionForm, description = "What is decided",
        example = json!({"action": "confirm"})),
    responses((status = 200, description = "It is done", body = ResolutionBody,
        example = json!({"id": "unconfirmed.posture.brook-bakery-postures",
            "action": "confirm"}))),
    security(("token" = [])),
)]
#[post("/queue/{id}/resolve")]
async fn resolve_queue_entry(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (id, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = steward(visitor)?;
    no_parameters(&req)?;
    let (form, _) = sent::<ResolutionForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let order = Order { action: form.action.value()?, reason: form.reason, days: form.days };
    let id = id.into_inner();
    let Resolved { action, link, change, .. } =
        queue::resolve(&state, &caller, id.clone(), order).await?;
    let mut answer = HttpResponse::Ok();
    let answer = shown(&mut answer, &caller, change);
    if link.is_some() {
        answer.insert_header((header::CACHE_CONTROL, "no-store"));
    }
    let action = action.as_str().to_owned();
    let upkeep_link = link.map(UpkeepLinkBody::from);
    Ok(answer.json(ResolutionBody { id, action, upkeep_link }))
}

fn steward(visitor: Visitor) -> Result<Caller, Problem> {
    let caller = visitor.signed_in()?;
    if caller.keeps() {
        return Ok(caller);
    }
    Err(AppError::Forbidden("The queue is for coordinators.").into())
}

impl From<&Entry> for QueueEntryBody {
    fn from(entry: &Entry) -> Self {
        let of_organisation = |slug: &str| Some(kinds::url(RecordKind::Organisation, slug));
        let (url, other) = match &entry.subject {
            Subject::Record(kind, slug) => (Some(kinds::url(*kind, slug)), None),
            Subject::Recognition(slug, ..) => (of_organisation(slug), None),
            Subject::Pair(slug, other) => (of_organisation(slug), Some(other.to_string())),
            Subject::Published(..) => (None, None),
        };
        let actions = entry.actions.iter().map(|action| QueueActionBody {
            action: action.as_str().to_owned(),
            label: action.label().to_owned(),
        });
        Self {
            id: entry.id(),
            reason: entry.reason.as_str().to_owned(),
            kind: entry.subject.kind().to_owned(),
            slug: entry.subject.slug().to_owned(),
            url,
            title: entry.title.clone(),
            why: entry.why.clone(),
            since: entry.since.to_string(),
            other,
            actions: actions.collect(),
        }
    }
}

/// The part of the route table about the queue.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_queue).service(resolve_queue_entry);
}
