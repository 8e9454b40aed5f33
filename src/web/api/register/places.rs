//! `/openings/{slug}/places`: how many there are, and the holds on them.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    post, put,
    web::{Data, Path, Payload},
};
use serde::de::DeserializeOwned;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::{
    app::{
        AppError, AppState,
        register::{
            Key,
            places::{self, Asked, Entered},
        },
    },
    domain::access::{Act, PlaceAct},
    web::{
        api::register::{
            opening::OpeningForm,
            place_bodies::{
                CountForm, HoldBody, HoldForm, HoldsBody, NewHoldForm, PlaceEntryBody, PlacesBody,
                TakingForm,
            },
            reading::{named, shown, stale, wait},
            writing::{MOST_RECORD_BYTES, key, no_parameters, sent, target},
        },
        caller::Visitor,
        etag,
        problem::Problem,
        query::Query,
    },
};

/// Show the places of an opening.
///
/// How many were stated, how many of them are left, held and taken, and when somebody who
/// knows last stood by the number. One that nobody stood by for 90 days is not known.
#[utoipa::path(
    tag = "openings",
    operation_id = "show_places_of_opening",
    params(("slug" = String, Path, description = "Public name of the opening",
        example = "brook-bakery-openings")),
    responses((status = 200, description = "Its places", body = PlacesBody,
        example = json!({"opening": "brook-bakery-openings", "places": 5, "left": 2, "held": 1,
            "taken": 2, "confirmed_on": "2026-11-11", "counted_on": "2026-10-01",
            "text": "2 of 5 left this quarter (1 held), confirmed 12 days ago"}))),
    security((), ("token" = [])),
)]
#[get("/openings/{slug}/places")]
async fn show_places_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let told = places::count(&state, &visitor.0, named(&slug, "Opening")?).await?;
    let body = PlacesBody::from(&told.what);
    Ok(shown(&mut HttpResponse::Ok(), &visitor.0, told.change).json(body))
}

/// State the places of an opening.
///
/// A new count begins: places taken before no longer lessen it; holds that still run are
/// carried over, the earliest first, as far as there are places, and the others end. It
/// also confirms the opening. By its employer, or by a coordinator.
#[utoipa::path(
    tag = "openings",
    operation_id = "replace_places_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("if-match" = String, Header, description = "Its entity tag, as it was read"),
    ),
    request_body(content = CountForm, description = "The number",
        example = json!({"places": 5})),
    responses((status = 200, description = "It is counted from now on", body = PlacesBody,
        example = json!({"opening": "brook-bakery-openings", "places": 5, "left": 5, "held": 0,
            "taken": 0, "confirmed_on": "2026-11-23", "counted_on": "2026-11-23",
            "text": "5 of 5 left this quarter, confirmed today"}))),
    security(("token" = [])),
)]
#[put("/openings/{slug}/places")]
async fn replace_places_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    let target = target::<OpeningForm>(&req, &state, &caller, (&slug, Act::Change)).await?;
    let (form, _) = sent::<CountForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let slug = target.slug.clone();
    let told = match places::restate(&state, &caller, target, form.places).await {
        Ok(told) => told,
        Err(AppError::Stale) => return Err(stale::<OpeningForm>(&state, &caller, slug).await?),
        Err(error) => return Err(error.into()),
    };
    let body = PlacesBody::from(&told.what);
    let tag = etag::versioned(told.what.version, &serde_json::to_vec(&body).unwrap_or_default());
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, tag));
    Ok(shown(&mut answer, &caller, told.change).json(body))
}

/// List the holds on the places of an opening.
///
/// Brokers are shown their own; the employer and coordinators are shown all.
#[utoipa::path(
    tag = "openings",
    operation_id = "list_holds_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("page" = Option<u32>, Query, description = "Page, from 1", minimum = 1),
        ("per_page" = Option<u32>, Query, description = "Holds on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of holds", body = HoldsBody,
        example = json!({"holds": [{"id": 17,
            "url": "/api/v1/openings/brook-bakery-openings/places/holds/17", "state": "held",
            "state_label": "Held", "made_on": "2026-11-23", "expires_on": "2026-12-07",
            "current": true, "own": true, "reference": "A17"}], "total": 1, "page": 1,
            "per_page": 20}))),
    security(("token" = [])),
)]
#[get("/openings/{slug}/places/holds")]
async fn list_holds_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    let mut query = Query::read(req.query_string())?;
    let (page, per_page, change) = (query.page(), query.per_page(), query.after_change());
    query.finish()?;
    wait(&state, change).await?;
    let told = places::holds(&state, &caller, named(&slug, "Opening")?).await?;
    let skipped = (page as usize - 1).saturating_mul(per_page as usize);
    let holds = told.what.iter().skip(skipped).take(per_page as usize);
    let holds = holds.map(|kept| HoldBody::new(&caller, &slug, kept)).collect();
    let body = HoldsBody { holds, total: told.what.len(), page, per_page };
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

/// Show a hold on a place of an opening.
#[utoipa::path(
    tag = "openings",
    operation_id = "show_hold_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("id" = i64, Path, description = "The hold's number", example = 17),
    ),
    responses((status = 200, description = "The hold", body = HoldBody,
        example = json!({"id": 17,
            "url": "/api/v1/openings/brook-bakery-openings/places/holds/17", "state": "taken",
            "state_label": "Taken", "made_on": "2026-11-23", "expires_on": "2026-12-07",
            "current": true, "own": false}))),
    security(("token" = [])),
)]
#[get("/openings/{slug}/places/holds/{id}")]
async fn show_hold_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let (slug, id) = path.into_inner();
    let told = places::holds(&state, &caller, named(&slug, "Opening")?).await?;
    let id: Option<i64> = id.parse().ok();
    let found = told.what.iter().find(|kept| Some(kept.hold.id) == id);
    let found = found.ok_or(AppError::NotFound("hold"))?;
    let body = HoldBody::new(&caller, &slug, found);
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

/// Hold a place of an opening.
///
/// It is kept free until the end of its last day, or until it is taken, given back or
/// declined. By verified brokers; refused while the number of places is not known.
#[utoipa::path(
    tag = "openings",
    operation_id = "hold_place_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("idempotency-key" = Option<String>, Header,
            description = "A key of the sender's: with it the request is done once"),
    ),
    request_body(content = NewHoldForm, description = "The hold",
        example = json!({"days": 14, "reference": "A17"})),
    responses((status = 201, description = "The place is held", body = PlaceEntryBody,
        example = json!({"hold": {"id": 17,
            "url": "/api/v1/openings/brook-bakery-openings/places/holds/17", "state": "held",
            "state_label": "Held", "made_on": "2026-11-23", "expires_on": "2026-12-07",
            "current": true, "own": true, "reference": "A17"},
            "places": {"opening": "brook-bakery-openings", "places": 5, "left": 4, "held": 1,
            "taken": 0, "confirmed_on": "2026-11-11", "counted_on": "2026-10-01",
            "text": "4 of 5 left this quarter (1 held), confirmed 12 days ago"}}))),
    security(("token" = [])),
)]
#[post("/openings/{slug}/places/holds")]
async fn hold_place_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let asked = |form: NewHoldForm| Asked::Hold { days: form.days, reference: form.reference };
    entered(&req, &state, visitor, (&slug, payload), (PlaceAct::Hold, asked)).await
}

/// Note that somebody got a place of an opening.
///
/// Of a hold, or one that is left. By the employer, or by a coordinator.
#[utoipa::path(
    tag = "openings",
    operation_id = "take_place_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("idempotency-key" = Option<String>, Header,
            description = "A key of the sender's: with it the request is done once"),
    ),
    request_body(content = TakingForm, description = "The hold, if there was one",
        example = json!({"hold": 17})),
    responses((status = 201, description = "The place is taken", body = PlaceEntryBody,
        example = json!({"hold": {"id": 17,
            "url": "/api/v1/openings/brook-bakery-openings/places/holds/17", "state": "taken",
            "state_label": "Taken", "made_on": "2026-11-23", "expires_on": "2026-12-07",
            "current": true, "own": false},
            "places": {"opening": "brook-bakery-openings", "places": 5, "left": 4, "held": 0,
            "taken": 1, "confirmed_on": "2026-11-11", "counted_on": "2026-10-01",
            "text": "4 of 5 left this quarter, confirmed 12 days ago"}}))),
    security(("token" = [])),
)]
#[post("/openings/{slug}/places/takings")]
async fn take_place_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let asked = |form: TakingForm| Asked::Take(form.hold);
    entered(&req, &state, visitor, (&slug, payload), (PlaceAct::Take, asked)).await
}

/// Give back a place of an opening.
///
/// One that is held or taken is free again. Brokers give back what they held; the
/// employer and coordinators give back any.
#[utoipa::path(
    tag = "openings",
    operation_id = "give_back_place_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("idempotency-key" = Option<String>, Header,
            description = "A key of the sender's: with it the request is done once"),
    ),
    request_body(content = HoldForm, description = "The hold", example = json!({"hold": 17})),
    responses((status = 201, description = "The place is free again", body = PlaceEntryBody,
        example = json!({"hold": {"id": 17,
            "url": "/api/v1/openings/brook-bakery-openings/places/holds/17",
            "state": "given-back", "state_label": "Given back", "made_on": "2026-11-23",
            "expires_on": "2026-12-07", "current": true, "own": true, "reference": "A17"},
            "places": {"opening": "brook-bakery-openings", "places": 5, "left": 5, "held": 0,
            "taken": 0, "confirmed_on": "2026-11-11", "counted_on": "2026-10-01",
            "text": "5 of 5 left this quarter, confirmed 12 days ago"}}))),
    security(("token" = [])),
)]
#[post("/openings/{slug}/places/returns")]
async fn give_back_place_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let asked = |form: HoldForm| Asked::GiveBack(form.hold);
    entered(&req, &state, visitor, (&slug, payload), (PlaceAct::GiveBack, asked)).await
}

/// Decline a hold on a place of an opening.
///
/// The place is free again. By the employer, or by a coordinator.
#[utoipa::path(
    tag = "openings",
    operation_id = "decline_hold_of_opening",
    params(
        ("slug" = String, Path, description = "Public name of the opening",
            example = "brook-bakery-openings"),
        ("idempotency-key" = Option<String>, Header,
            description = "A key of the sender's: with it the request is done once"),
    ),
    request_body(content = HoldForm, description = "The hold", example = json!({"hold": 17})),
    responses((status = 201, description = "The hold is declined", body = PlaceEntryBody,
        example = json!({"hold": {"id": 17,
            "url": "/api/v1/openings/brook-bakery-openings/places/holds/17",
            "state": "declined", "state_label": "Declined", "made_on": "2026-11-23",
            "expires_on": "2026-12-07", "current": true, "own": false},
            "places": {"opening": "brook-bakery-openings", "places": 5, "left": 5, "held": 0,
            "taken": 0, "confirmed_on": "2026-11-11", "counted_on": "2026-10-01",
            "text": "5 of 5 left this quarter, confirmed 12 days ago"}}))),
    security(("token" = [])),
)]
#[post("/openings/{slug}/places/refusals")]
async fn decline_hold_of_opening(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let asked = |form: HoldForm| Asked::Decline(form.hold);
    entered(&req, &state, visitor, (&slug, payload), (PlaceAct::Decline, asked)).await
}

async fn entered<F: DeserializeOwned + Validate>(
    req: &HttpRequest,
    state: &AppState,
    visitor: Visitor,
    (slug, payload): (&str, Payload),
    (act, asked): (PlaceAct, impl Fn(F) -> Asked),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(req)?;
    let key = key(req, &caller)?;
    let slug = named(slug, "Opening")?;
    places::allow(state, &caller, slug.clone(), act).await?;
    let (form, hash) = sent::<F>(req, payload, MOST_RECORD_BYTES).await?;
    let key = key.map(|key| Key { request_hash: hash, ..key });
    let Entered { hold, counted, change } =
        places::enter(state, &caller, slug.clone(), (asked(form), key)).await?;
    let hold = HoldBody::new(&caller, &slug, &hold);
    let mut answer = HttpResponse::Created();
    answer.insert_header((header::LOCATION, hold.url.clone()));
    let body = PlaceEntryBody { hold, places: PlacesBody::from(&counted) };
    Ok(shown(&mut answer, &caller, change).json(body))
}

/// The part of the route table about places.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_places_of_opening)
        .service(replace_places_of_opening)
        .service(list_holds_of_opening)
        .service(hold_place_of_opening)
        .service(take_place_of_opening)
        .service(give_back_place_of_opening)
        .service(decline_hold_of_opening)
        .service(show_hold_of_opening);
}
