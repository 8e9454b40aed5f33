//! `/matches/need`: the caseworker's match, for brokers and above.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, AppState, need},
    web::{
        api::{need_body::NeedMatchBody, need_form::NeedForm},
        caller::Visitor,
        extract::Valid,
        moment::Moment,
        problem::Problem,
        query::Query,
    },
};

/// Match a caseworker's need with employers.
///
/// What is sent is used in memory and gone with the answer: it is in no address, log, metric
/// or table. Hard rules come first; each passes, fails or cannot be told, and what nobody
/// said is a question to ask: it removes nobody and earns nothing. What passes is scored in
/// two directions. Equal scores take turns from day to day. For brokers and above.
#[utoipa::path(
    tag = "matching",
    operation_id = "match_need",
    security(("token" = [])),
    params(
        ("per_band" = Option<u32>, Query, description = "How many employers to give of each \
            band and of the near misses, best first; 20 unless given. `totals` are exact",
            minimum = 1, maximum = 100),
    ),
    request_body(content = NeedForm, description = "The need; nothing that names a person",
        example = json!({"cohort": "prison-leavers", "place": "OX16", "within_miles": 20,
            "sectors": ["hospitality"], "work_types": ["kitchen"], "patterns": ["evening"],
            "hours": "part-time", "base": "on-site", "english": "entry-3",
            "offence_groups": ["driving"], "dbs_issue": true,
            "wants": ["guaranteed-interview", "work-trial"], "text": "kitchen evening"})),
    responses((status = 200, description = "Employers in bands with reasons, and the receipt",
        body = NeedMatchBody, example = json!({
            "policy_version": "2026-11.2", "change": 4711, "content": "sha256:2c26",
            "input_hash": "sha256:b0a1",
            "matches": [{
                "kind": "organisation", "id": "brook-kitchens",
                "title": "Brook Kitchens (fictional)", "url": "/organisations/brook-kitchens",
                "fictional": true, "score": 17.5,
                "directions": [
                    {"direction": "suits-need", "label": "How well it suits the need",
                        "weight": 70, "score": 25.0},
                    {"direction": "suits-employer",
                        "label": "How well the need suits what it asks for",
                        "weight": 30, "score": 0.0}],
                "parts": [{"direction": "suits-need", "criterion": "posture", "weight": 17.5,
                    "points": 17.5, "own_weight": 25, "own_points": 25.0, "verdict": "met",
                    "text": "Towards Prison leavers it says: actively recruits.",
                    "source": "Said by Head chef on 8 November 2026", "as_of": "2026-11-08"}],
                "rules": [{"rule": "distance", "verdict": "pass",
                    "text": "It is about 4 miles away."}],
                "unknowns": ["How many places are left is not known: ask."], "gaps": [],
                "would_change": [], "reach": {"kind": "miles", "miles": 4.2},
                "pledges": [], "other_openings": 0,
                "contacts": [{"role_title": "Recruitment desk", "channel": "phone",
                    "value": "01632 960123", "verified_on": "2026-11-08"}]}],
            "case_by_case": [], "not_stated": [], "near_misses": [],
            "totals": {"matches": 1, "case_by_case": 0, "not_stated": 0, "near_misses": 0},
            "considered": 2, "left_out": [{"reason": "distance",
                "text": "It is further away than asked, in a straight line.", "count": 1}]}))),
)]
#[post("/matches/need")]
async fn match_need(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    payload: actix_web::web::Payload,
) -> Result<HttpResponse, Problem> {
    if !visitor.signed_in()?.brokers() {
        return Err(AppError::Forbidden("This is for verified brokers.").into());
    }
    // Only now is the body read: what a person needs is not looked at for others.
    let form: Valid<NeedForm> = Valid::from_body(&req, payload.into_inner()).await?;
    let mut query = Query::read(req.query_string())?;
    let (most, change) = (query.per_band(), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let wanted = form.0.need(&moment)?;
    let answer = need::answered(moment.shared(), wanted, most as usize).await?;
    Ok(moment.private_answer(&NeedMatchBody::from(answer)))
}

/// The part of the route table about needs of people.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(match_need);
}
