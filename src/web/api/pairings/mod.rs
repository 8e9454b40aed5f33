//! `/partnerships/{partnership}/pairings`: plans of who goes on which course run.

mod bodies;
mod examples;
mod forms;
mod parts;
mod routes;

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::header, web::Payload};
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::{
    app::{
        AppError, AppState, Refusal,
        pairing::{self, Kept, Target},
        register::{Key, Told},
    },
    domain::{access::Caller, pairing::PlanState, slug::Slug},
    web::{
        api::{
            pairings::bodies::{PairingPlanBody, PairingPlanHeadBody, PairingPlansBody},
            register::{
                reading::{self, named, shown},
                writing::{key, no_parameters, sent},
            },
        },
        caller::Visitor,
        etag::IfMatch,
        problem::{Problem, ProblemKind},
        query::Query,
    },
};

pub use crate::web::api::pairings::routes::routes;

/// An edit of a plan may have so many bytes.
const MOST_PLAN_BYTES: usize = 1_048_576;

/// Who asks about which partnership's plans: judged before anything else is read.
fn planner(state: &AppState, visitor: Visitor, forum: &str) -> Result<(Caller, Slug), Problem> {
    let caller = visitor.signed_in()?;
    if !caller.keeps() {
        return Err(AppError::Forbidden("Pairing plans are for coordinators.").into());
    }
    let forum = named(forum, "partnership")?;
    pairing::may_plan(state, &caller, &forum)?;
    Ok((caller, forum))
}

/// The number of a plan in an address.
fn number(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_no_number| AppError::NotFound("pairing plan").into())
}

/// The plan in the address, in the versions that `If-Match` names, and its caller.
async fn target(
    (req, state): (&HttpRequest, &AppState),
    visitor: Visitor,
    (forum, id): (&str, &str),
) -> Result<(Caller, Target), Problem> {
    let (caller, partnership) = planner(state, visitor, forum)?;
    no_parameters(req)?;
    let id = number(id)?;
    pairing::find(state, &caller, (partnership.clone(), id)).await?;
    let versions = match IfMatch::read(req.headers()) {
        Some(IfMatch::Any) => None,
        Some(IfMatch::Versions(versions)) => Some(versions),
        None => {
            return Err(Problem::new(
                ProblemKind::Unconditional,
                "Send If-Match with the entity tag of the plan as you read it.",
            ));
        }
    };
    Ok((caller, Target { partnership, id, versions }))
}

/// A form, and the sender's key for it.
async fn keyed<F: DeserializeOwned + Validate>(
    req: &HttpRequest,
    caller: &Caller,
    payload: Payload,
) -> Result<(F, Option<Key>), Problem> {
    let key = key(req, caller)?;
    let (form, hash) = sent::<F>(req, payload, MOST_PLAN_BYTES).await?;
    Ok((form, key.map(|key| Key { request_hash: hash, ..key })))
}

/// An answer with a plan and its tag.
fn plan(
    mut answer: HttpResponseBuilder,
    caller: &Caller,
    told: &Told<Kept>,
) -> Result<HttpResponse, Problem> {
    let object = PairingPlanBody::object(&told.what)?;
    let tag = reading::tag(told.what.version, &object);
    Ok(shown(&mut answer, caller, told.change).insert_header((header::ETAG, tag)).json(object))
}

/// The answer to a write of a plan; of a stale one, with the present tag.
async fn written(
    state: &AppState,
    caller: &Caller,
    (partnership, id): (Slug, i64),
    done: Result<Told<Kept>, AppError>,
) -> Result<HttpResponse, Problem> {
    match done {
        Ok(told) => plan(HttpResponse::Ok(), caller, &told),
        Err(AppError::Stale) => {
            let now = pairing::find(state, caller, (partnership, id)).await?.what;
            let tag = reading::tag(now.version, &PairingPlanBody::object(&now)?);
            Err(Problem::from(AppError::Stale).with_header("etag", tag))
        }
        Err(error) => Err(error.into()),
    }
}

/// The states in a query; all if it names none.
fn states(query: &mut Query) -> Vec<PlanState> {
    let words = query.every("state");
    let mut states = Vec::new();
    for word in &words {
        match PlanState::parse(word) {
            Some(state) => states.push(state),
            None => query.refuse(Refusal {
                field: "state".to_owned(),
                code: "unknown-value",
                message: "\"state\" is draft, signed or discarded.".to_owned(),
            }),
        }
    }
    if words.is_empty() { PlanState::ALL.to_vec() } else { states }
}

/// A page of plans.
fn plans(
    (plans, total): &(Vec<Kept>, i64),
    (page, per_page): (u32, u32),
) -> Result<PairingPlansBody, AppError> {
    let heads: Result<Vec<_>, AppError> = plans.iter().map(PairingPlanHeadBody::new).collect();
    Ok(PairingPlansBody { pairings: heads?, total: *total, page, per_page })
}
