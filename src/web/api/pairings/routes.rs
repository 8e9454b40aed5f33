//! The addresses of pairing plans.

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    http::header,
    post, put,
    web::{Data, Path, Payload},
};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppState, pairing, register::Told},
    web::{
        api::{
            pairings::{
                MOST_PLAN_BYTES,
                bodies::{
                    PairingCheckBody, PairingPlanBody, PairingPlansBody, PairingVersionBody,
                    PairingVersionsBody, address,
                },
                examples,
                forms::{
                    CheckedPairingsForm, EditedPairingsForm, PairingForm, SignedPairingForm,
                    placings,
                },
                keyed, number, plan, planner, plans, states, target, written,
            },
            register::{
                reading::{shown, wait},
                writing::{no_parameters, sent},
            },
        },
        caller::Visitor,
        problem::Problem,
        query::Query,
    },
};

/// List the pairing plans of a partnership.
///
/// Newest first. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "list_pairings",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("state" = Option<Vec<String>>, Query, description = "Only plans that are `draft`, \
            `signed` or `discarded`; repeat it for several"),
        ("page" = Option<u32>, Query, description = "Which page, from 1"),
        ("per_page" = Option<u32>, Query, description = "Plans on a page"),
    ),
    responses((status = 200, description = "The plans", body = PairingPlansBody,
        example = json!(examples::plans()))),
    security(("token" = [])),
)]
#[get("/partnerships/{partnership}/pairings")]
async fn list_pairings(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    forum: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (caller, forum) = planner(&state, visitor, &forum)?;
    let mut query = Query::read(req.query_string())?;
    let (states, change) = (states(&mut query), query.after_change());
    let (page, per_page) = (query.page(), query.per_page());
    query.finish()?;
    wait(&state, change).await?;
    let offset = i64::from(page.saturating_sub(1)) * i64::from(per_page);
    let range = (offset, i64::from(per_page));
    let told = pairing::list(&state, &caller, forum, (states, range)).await?;
    let body = plans(&told.what, (page, per_page))?;
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

/// Work out a pairing plan.
///
/// Places the people of the partnership's open needs on runs to come, so that the sum of
/// the published fits is the greatest that headcounts, places, minimums and the limit on
/// changes allow; the certificate says how that is known. It is kept as a draft. What
/// cannot be kept is answered with 422, naming the rule. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "create_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("idempotency-key" = Option<String>, Header,
            description = "A key of the sender's: with it the request is done once"),
    ),
    request_body(content = PairingForm, description = "What the plan is to keep to",
        example = json!({"minimums": [{"cohort": "refugees", "percent": 20}],
            "starts_by": "2027-06-30"})),
    responses((status = 201, description = "The plan", body = PairingPlanBody,
        example = json!(examples::plan()))),
    security(("token" = [])),
)]
#[post("/partnerships/{partnership}/pairings")]
async fn create_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (forum, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let (caller, forum) = planner(&state, visitor, &forum)?;
    no_parameters(&req)?;
    let (form, key) = keyed::<PairingForm>(&req, &caller, payload).await?;
    let told = pairing::make(&state, &caller, forum.clone(), (form.asked()?, key)).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((header::LOCATION, address(&forum, told.what.id)));
    plan(answer, &caller, &told)
}

/// Show a pairing plan.
///
/// As it was worked out or last edited; `register_changed` says whether needs or courses
/// changed since. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "show_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("id" = i64, Path, description = "The plan's number", example = 12),
    ),
    responses((status = 200, description = "The plan", body = PairingPlanBody,
        example = json!(examples::plan()))),
    security(("token" = [])),
)]
#[get("/partnerships/{partnership}/pairings/{id}")]
async fn show_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (caller, forum) = planner(&state, visitor, &path.0)?;
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let told = pairing::find(&state, &caller, (forum, number(&path.1)?)).await?;
    plan(HttpResponse::Ok(), &caller, &told)
}

/// Edit a draft of a pairing plan.
///
/// What is sent is who goes where from now on. It may depart from what was worked out and
/// break rules: the answer says what that costs against the best plan, as the register is
/// now, and names each override. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "replace_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("id" = i64, Path, description = "The plan's number", example = 12),
        ("if-match" = String, Header, description = "Its entity tag, as it was read"),
    ),
    request_body(content = EditedPairingsForm, description = "Who goes where",
        example = json!({"pairings": [{"need": "care-care-assistants",
            "course": "care-certificate", "nth": 0, "people": 7}]})),
    responses((status = 200, description = "The plan", body = PairingPlanBody,
        example = json!(examples::plan()))),
    security(("token" = [])),
)]
#[put("/partnerships/{partnership}/pairings/{id}")]
async fn replace_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (path, payload): (Path<(String, String)>, Payload),
) -> Result<HttpResponse, Problem> {
    let (caller, target) = target((&req, &state), visitor, (&path.0, &path.1)).await?;
    let (form, _) = sent::<EditedPairingsForm>(&req, payload, MOST_PLAN_BYTES).await?;
    let own = (target.partnership.clone(), target.id);
    let done = pairing::edit(&state, &caller, target, placings(form.pairings)?).await;
    written(&state, &caller, own, done).await
}

/// Discard a draft of a pairing plan.
///
/// It stays to be read, and cannot be edited or signed any more. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "end_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("id" = i64, Path, description = "The plan's number", example = 12),
        ("if-match" = String, Header, description = "Its entity tag, as it was read"),
    ),
    responses((status = 200, description = "The plan", body = PairingPlanBody,
        example = json!(examples::plan()))),
    security(("token" = [])),
)]
#[delete("/partnerships/{partnership}/pairings/{id}")]
async fn end_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (caller, target) = target((&req, &state), visitor, (&path.0, &path.1)).await?;
    let own = (target.partnership.clone(), target.id);
    let done = pairing::discard(&state, &caller, target).await;
    written(&state, &caller, own, done).await
}

/// Check a pairing plan as the register is now.
///
/// Without a list, the plan as it stands is checked; with one, what it would be. Nothing
/// is kept. The answer says what it costs against the best plan and which rules it breaks.
/// For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "check_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("id" = i64, Path, description = "The plan's number", example = 12),
    ),
    request_body(content = CheckedPairingsForm, description = "Who might go where",
        example = json!({"pairings": [{"need": "care-care-assistants",
            "course": "care-certificate", "nth": 0, "people": 7}]})),
    responses((status = 200, description = "What it comes to", body = PairingCheckBody,
        example = json!(examples::check()))),
    security(("token" = [])),
)]
#[post("/partnerships/{partnership}/pairings/{id}/check")]
async fn check_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (path, payload): (Path<(String, String)>, Payload),
) -> Result<HttpResponse, Problem> {
    let (caller, forum) = planner(&state, visitor, &path.0)?;
    no_parameters(&req)?;
    let own = (forum, number(&path.1)?);
    pairing::find(&state, &caller, own.clone()).await?;
    let (form, _) = sent::<CheckedPairingsForm>(&req, payload, MOST_PLAN_BYTES).await?;
    let pairs = form.pairings.map(placings).transpose()?;
    let Told { what, change } = pairing::check(&state, &caller, own, pairs).await?;
    let body = PairingCheckBody::new(&what)?;
    Ok(shown(&mut HttpResponse::Ok(), &caller, change).json(body))
}

/// Sign a pairing plan.
///
/// It is judged once more as the register is now. Each override needs a reason; then the
/// plan stays as it is, and each employer is introduced to each provider that its people
/// go to. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "sign_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("id" = i64, Path, description = "The plan's number", example = 12),
        ("if-match" = String, Header, description = "Its entity tag, as it was read"),
        ("idempotency-key" = Option<String>, Header,
            description = "A key of the sender's: with it the request is done once"),
    ),
    request_body(content = SignedPairingForm, description = "A reason for each override",
        example = json!({"reasons": [{"id": "changed.care-care-assistants.care-certificate.0",
            "reason": "The employer asked to begin with seven."}]})),
    responses((status = 200, description = "The plan", body = PairingPlanBody,
        example = json!(examples::plan()))),
    security(("token" = [])),
)]
#[post("/partnerships/{partnership}/pairings/{id}/sign")]
async fn sign_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (path, payload): (Path<(String, String)>, Payload),
) -> Result<HttpResponse, Problem> {
    let (caller, target) = target((&req, &state), visitor, (&path.0, &path.1)).await?;
    let (form, key) = keyed::<SignedPairingForm>(&req, &caller, payload).await?;
    let own = (target.partnership.clone(), target.id);
    let done = pairing::sign(&state, &caller, target, (form.reasons(), key)).await;
    written(&state, &caller, own, done).await
}

/// List the versions of a pairing plan.
///
/// First one first, each with who wrote it and what it said. For coordinators.
#[utoipa::path(
    tag = "matching",
    operation_id = "list_versions_of_pairing",
    params(
        ("partnership" = String, Path, description = "The partnership", example = "care"),
        ("id" = i64, Path, description = "The plan's number", example = 12),
    ),
    responses((status = 200, description = "The versions", body = PairingVersionsBody,
        example = json!(examples::versions()))),
    security(("token" = [])),
)]
#[get("/partnerships/{partnership}/pairings/{id}/history")]
async fn list_versions_of_pairing(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (caller, forum) = planner(&state, visitor, &path.0)?;
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let told = pairing::history(&state, &caller, (forum, number(&path.1)?)).await?;
    let versions = told.what.iter().map(PairingVersionBody::new);
    let versions = versions.collect::<Result<Vec<_>, _>>()?;
    let body = PairingVersionsBody { total: versions.len(), versions };
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

/// The part of the route table about pairing plans.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_pairings)
        .service(create_pairing)
        .service(check_pairing)
        .service(sign_pairing)
        .service(list_versions_of_pairing)
        .service(show_pairing)
        .service(replace_pairing)
        .service(end_pairing);
}
