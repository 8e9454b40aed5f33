//! `/standing-searches`: saved needs without anything personal, told as feeds.

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
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
        AppError, AppState, Refusal, register,
        standing::{self, Made, Search},
    },
    domain::{access::Caller, place::outward_code, search::WITHIN_MILES, standing::Need},
    web::{
        api::register::{
            reading::{shown, wait},
            text::unique,
            wire::{
                BaseWord, HoursWord, Name, PatternWord, SelectionOfferWord, WorkTypeWord, Written,
                every, list, optional,
            },
            writing::{MOST_RECORD_BYTES, no_parameters, sent},
        },
        caller::Visitor,
        problem::Problem,
        query::Query,
    },
};

/// What is looked for. Nothing about a person: no text, no offences, no check, no level of
/// English.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingSearchForm {
    /// The group; a value of `cohorts` in the vocabulary.
    #[validate(nested)]
    pub cohort: Name,
    /// An outward code to be near, such as `OX16`; a whole postcode is cut to it.
    #[validate(length(min = 2, max = 8))]
    #[schema(min_length = 2, max_length = 8)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How near, in miles: 5, 10, 20 or 50; only with a place.
    #[schema(minimum = 5, maximum = 50)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_miles: Option<u32>,
    /// Any of these sectors; all if there is none.
    #[validate(length(max = 20), custom(function = "unique"), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub sectors: Vec<Name>,
    /// An opening of any of these kinds of work.
    #[validate(length(max = 18), custom(function = "unique"), nested)]
    #[schema(max_items = 18)]
    #[serde(default)]
    pub work_types: Vec<WorkTypeWord>,
    /// At any of these times.
    #[validate(length(max = 11), custom(function = "unique"), nested)]
    #[schema(max_items = 11)]
    #[serde(default)]
    pub patterns: Vec<PatternWord>,
    /// With so many hours.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursWord>,
    /// Done there.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseWord>,
    /// All of this offered in choosing people.
    #[validate(length(max = 8), custom(function = "unique"), nested)]
    #[schema(max_items = 8)]
    #[serde(default)]
    pub wants: Vec<SelectionOfferWord>,
}

/// A standing search.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingSearchBody {
    /// Its number.
    #[schema(example = 5)]
    pub id: i64,
    /// The address of its feed, told only when it is made. Whoever has it can read the
    /// feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/feeds/0c5f.atom")]
    pub feed_url: Option<String>,
    /// When it was made, UTC.
    #[schema(format = DateTime, example = "2026-11-23T09:30:00Z")]
    pub created_at: String,
    /// What is looked for.
    pub need: StandingSearchForm,
}

/// The caller's standing searches.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingSearchesBody {
    /// The searches, first one first.
    pub standing_searches: Vec<StandingSearchBody>,
    /// How many there are.
    #[schema(example = 1)]
    pub total: usize,
}

impl StandingSearchForm {
    fn need(self) -> Result<Need, AppError> {
        let mut refusals = Vec::new();
        let mut refuse = |field: &str, code: &'static str, message: &str| {
            let (field, message) = (field.to_owned(), message.to_owned());
            refusals.push(Refusal { field, code, message });
        };
        let place = self.place.as_deref().map(outward_code);
        if place == Some(None) {
            refuse("/place", "pattern", "A place is an outward code here, such as \"OX16\".");
        }
        if self.within_miles.is_some_and(|miles| !WITHIN_MILES.contains(&miles)) {
            refuse("/within_miles", "out-of-range", "\"within_miles\" is 5, 10, 20 or 50.");
        }
        if self.within_miles.is_some() && self.place.is_none() {
            refuse("/within_miles", "without-place", "A distance needs a \"place\".");
        }
        if !refusals.is_empty() {
            return Err(AppError::Invalid(refusals));
        }
        Ok(Need {
            cohort: self.cohort.value()?,
            place: place.flatten(),
            within_miles: self.within_miles,
            sectors: every(self.sectors)?,
            work_types: every(self.work_types)?,
            patterns: every(self.patterns)?,
            hours: optional(self.hours)?,
            base: optional(self.base)?,
            wants: every(self.wants)?,
        })
    }

    fn of(need: &Need) -> Self {
        Self {
            cohort: need.cohort.clone().into(),
            place: need.place.clone(),
            within_miles: need.within_miles,
            sectors: list(&need.sectors),
            work_types: list(&need.work_types),
            patterns: list(&need.patterns),
            hours: need.hours.map(Into::into),
            base: need.base.map(Into::into),
            wants: list(&need.wants),
        }
    }
}

impl StandingSearchBody {
    fn new(search: &Search, feed_url: Option<String>) -> Self {
        let created_at = search.created_at.write();
        Self { id: search.id, feed_url, created_at, need: StandingSearchForm::of(&search.need) }
    }
}

/// Save a need as a standing search.
///
/// From now on its Atom feed tells of each change by which what an employer says in public
/// fits it, once, with why. The feed's address is secret and told this one time; only what
/// is public stands in it. For verified brokers.
#[utoipa::path(
    tag = "matching",
    operation_id = "create_standing_search",
    request_body(content = StandingSearchForm, description = "What is looked for",
        example = json!({"cohort": "prison-leavers", "place": "OX16", "within_miles": 20,
            "work_types": ["kitchen"], "wants": ["guaranteed-interview"]})),
    responses((status = 201, description = "The search", body = StandingSearchBody,
        example = json!({"id": 5, "feed_url": "/feeds/0c5f.atom",
            "created_at": "2026-11-23T09:30:00Z", "need": {"cohort": "prison-leavers",
            "place": "OX16", "within_miles": 20, "sectors": [], "work_types": ["kitchen"],
            "patterns": [], "wants": ["guaranteed-interview"]}}))),
    security(("token" = [])),
)]
#[post("/standing-searches")]
async fn create_standing_search(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = broker(visitor)?;
    no_parameters(&req)?;
    let (form, _) = sent::<StandingSearchForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let Made { search, path } = standing::make(&state, &caller, form.need()?).await?;
    let position = register::position(&state).await?;
    let mut answer = HttpResponse::Created();
    let answer = shown(&mut answer, &caller, position);
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(answer.json(StandingSearchBody::new(&search, Some(path))))
}

/// List one's standing searches.
#[utoipa::path(
    tag = "matching",
    operation_id = "list_standing_searches",
    responses((status = 200, description = "The caller's searches", body = StandingSearchesBody,
        example = json!({"standing_searches": [{"id": 5, "created_at": "2026-11-23T09:30:00Z",
            "need": {"cohort": "prison-leavers", "sectors": [], "work_types": [],
            "patterns": [], "wants": []}}], "total": 1}))),
    security(("token" = [])),
)]
#[get("/standing-searches")]
async fn list_standing_searches(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = broker(visitor)?;
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let told = standing::list(&state, &caller).await?;
    let searches = told.what.iter().map(|search| StandingSearchBody::new(search, None));
    let body =
        StandingSearchesBody { total: told.what.len(), standing_searches: searches.collect() };
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

/// Revoke a standing search.
///
/// Its feed is gone at once. By its maker, or by a coordinator.
#[utoipa::path(
    tag = "matching",
    operation_id = "revoke_standing_search",
    params(("id" = i64, Path, description = "The search's number", example = 5)),
    responses((status = 204, description = "Its feed is gone")),
    security(("token" = [])),
)]
#[delete("/standing-searches/{id}")]
async fn revoke_standing_search(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = broker(visitor)?;
    no_parameters(&req)?;
    let id = id.parse().map_err(|_no_number| AppError::NotFound("standing search"))?;
    standing::revoke(&state, &caller, id).await?;
    let position = register::position(&state).await?;
    Ok(shown(&mut HttpResponse::NoContent(), &caller, position).finish())
}

fn broker(visitor: Visitor) -> Result<Caller, Problem> {
    let caller = visitor.signed_in()?;
    if caller.brokers() {
        return Ok(caller);
    }
    Err(AppError::Forbidden("Standing searches are for verified brokers.").into())
}

/// The part of the route table about standing searches.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_standing_search)
        .service(list_standing_searches)
        .service(revoke_standing_search);
}
