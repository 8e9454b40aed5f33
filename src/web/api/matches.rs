//! `/matches/employer` and `/matching/policy`.

use actix_web::{HttpRequest, HttpResponse, get, post, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppState, matching},
    web::{
        api::{forms::EmployerForm, match_body::EmployerMatchBody, policy_body::PolicyBody},
        caller::is_anonymous,
        extract::Valid,
        moment::Moment,
        problem::Problem,
        query::Query,
    },
};

/// Match an employer with guidance, partnerships and charter actions.
///
/// What is sent is used in memory and gone with the answer: it is in no address, log
/// or table. The points of the parts add up to the score. What the employer did not say
/// is unknown: it earns nothing, costs nothing, and is named with what would settle it.
#[utoipa::path(
    tag = "matching",
    operation_id = "match_employer",
    params(
        ("per_page" = Option<u32>, Query, description = "How many `resources` to give, best \
            first; 20 unless given. Partnerships and actions are always given whole",
            minimum = 1, maximum = 100),
    ),
    request_body(content = EmployerForm, description = "The employer's profile",
        example = json!({"cohorts": ["prison-leavers"], "sector": "construction",
            "size_band": "small", "place": "OX16", "stage": "select",
            "skills": [{"soc": "5315", "headcount": 2, "by": "2027-03-01"}],
            "recognitions": ["disability-confident:1"], "actions_pledged": ["E2"],
            "question": "can we ask about convictions on the form?"})),
    responses((status = 200, description = "Three lists with reasons, and the receipt",
        body = EmployerMatchBody, example = json!({
            "policy_version": "2026-11.2", "change": 4711, "content": "sha256:2c26",
            "input_hash": "sha256:b0a1",
            "resources": [{
                "kind": "passage", "id": "prison-leavers/conviction-conversation",
                "title": "The conviction conversation",
                "url": "/toolkits/prison-leavers/conviction-conversation",
                "summary": "What to ask, and when.", "as_of": "2026-11-01",
                "review_by": "2027-05-01", "stale": false, "score": 72.5,
                "parts": [{"criterion": "cohort", "weight": 30, "points": 30.0,
                    "verdict": "met", "text": "It is about prison leavers, whom you named."}],
                "unknowns": [], "gaps": [], "would_change": [{"text": "Say your size.",
                    "gain": 5.0}],
                "cohorts": ["prison-leavers"], "stages": ["select"], "format": "guide",
                "legal": true}],
            "partnerships": [], "charter_actions": [],
            "totals": {"resources": 1, "partnerships": 0, "charter_actions": 0},
            "considered": {"resources": 1, "partnerships": 0, "charter_actions": 0},
            "left_out": {"resources": [], "partnerships": [], "charter_actions": []}}))),
)]
#[post("/matches/employer")]
async fn match_employer(
    req: HttpRequest,
    state: Data<AppState>,
    form: Valid<EmployerForm>,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let (most, change) = (query.per_page(), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let profile = form.0.profile(&moment)?;
    let found = matching::employer(&moment, &profile)?;
    if is_anonymous(req.headers()) {
        state.missed().note_match(&profile, &found);
    }
    Ok(moment.private_answer(&EmployerMatchBody::new(found, most as usize)))
}

/// Show the policy that matches are judged by.
///
/// The weights are choices that the partnership makes and defends in words; they are
/// not measurements.
#[utoipa::path(
    tag = "matching",
    operation_id = "show_matching_policy",
    responses((status = 200, description = "Rules, criteria and weights", body = PolicyBody,
        example = json!({
            "version": "2026-11.2", "as_of": "2026-11-23", "about": "Weights are choices.",
            "scale": {"partly": 0.5, "near_miles": 10, "far_miles": 25},
            "resources": {
                "rules": [{"code": "superseded", "text": "Its publisher has replaced it."}],
                "criteria": [{"criterion": "cohort", "weight": 100, "judged": "Met when …"}]},
            "partnerships": {"rules": [], "criteria": []},
            "charter_actions": {"rules": [], "criteria": []},
            "backings": [{"scheme": "disability-confident", "actions": ["E2"]}],
            "need": {
                "suits_need": {
                    "rules": [{"code": "distance", "text": "It is further away than asked."}],
                    "criteria": [{"criterion": "posture", "weight": 100, "judged": "Met when …"}]},
                "suits_employer": {"rules": [],
                    "criteria": [{"criterion": "english", "weight": 100, "judged": "Met when …"}]},
                "weights": {"suits_need": 70, "suits_employer": 30}, "partly": 0.5, "open": 0.8,
                "nearness": [{"within_miles": 5, "share": 1.0}]},
            "coverage": {
                "rules": [{"code": "no-run", "text": "No run of the course is planned."}],
                "criteria": [{"criterion": "skills", "weight": 100, "judged": "Met when …"}],
                "partly": 0.5, "related": 0.25, "late_days": 60, "further": 1.5,
                "waiting_days": 90}}))),
)]
#[get("/matching/policy")]
async fn show_matching_policy(moment: Moment) -> HttpResponse {
    moment.answer(&PolicyBody::from(moment.policy()))
}

/// The part of the route table about matching.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(match_employer).service(show_matching_policy);
}
