//! `/changes`, `/audit` and `/tokens`: for followers of the register and those who run it.

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    web::{Data, Path},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{
        AppError, AppState,
        register::{self, Audited, Token},
    },
    domain::access::{Caller, Role},
    web::{
        api::register::{
            reading::{shown, wait},
            wire::Written,
            writing::no_parameters,
        },
        caller::Visitor,
        problem::Problem,
        query::Query,
    },
};

/// Changes in an answer, unless asked otherwise.
const CHANGES: i64 = 100;
/// Changes or lines in an answer, at most.
const MOST: i64 = 500;

/// Changes of the register, in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesBody {
    /// The changes, oldest first.
    pub changes: Vec<LoggedChangeBody>,
    /// The cursor for the next ones; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// The cursor to come back with later, also at the end.
    pub resume_cursor: String,
}

/// One change: what was touched, not how; read it to see.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedChangeBody {
    /// Its number.
    pub change: i64,
    /// What kind of thing was touched.
    pub kind: String,
    /// Its public name.
    pub id: String,
    /// When, UTC.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Lines of the audit trail.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditBody {
    /// The lines, newest first.
    pub entries: Vec<AuditEntryBody>,
    /// What to send as `before` for older ones; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_before: Option<i64>,
}

/// Who did what, when; never what was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntryBody {
    /// Its number.
    pub id: i64,
    /// When, UTC.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who: `token:` and its number, or `operator`.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// What was done.
    pub act: String,
    /// To what kind of thing.
    pub kind: String,
    /// Its public name.
    pub slug: String,
    /// The version that came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

/// Every token that was ever made; never the token itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokensBody {
    /// The tokens, first one first.
    pub tokens: Vec<TokenBody>,
    /// How many there are.
    pub total: usize,
}

/// What is known of a token.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenBody {
    /// Its number.
    pub id: i64,
    /// The role it gives.
    pub role: String,
    /// The organisation it speaks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// When it was made, UTC.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// From when it is no longer good, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// When it was revoked, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
    /// Whether it is good now.
    pub good: bool,
}

/// Follow what changes in the register.
///
/// Each change is told exactly once for each cursor, in order. It says what was touched;
/// read that to see how it is now. Coordinators are told of all changes, others of those
/// to what is public.
#[utoipa::path(
    tag = "register",
    operation_id = "list_changes",
    params(
        ("cursor" = Option<String>, Query, description = "Where to go on: a `next_cursor` or \
            `resume_cursor`; from the oldest change that is kept unless given"),
        ("limit" = Option<u32>, Query, description = "Changes in the answer; 100 unless given",
            minimum = 1, maximum = 500),
    ),
    responses((status = 200, description = "Changes, oldest first", body = ChangesBody,
        example = json!({"changes": [{"change": 4711, "kind": "organisation",
            "id": "brook-bakery", "at": "2026-11-23T09:30:00Z"}],
            "next_cursor": "1267-8a4f1c22d0e6b913", "resume_cursor": "1267-8a4f1c22d0e6b913"}))),
    security((), ("token" = [])),
)]
#[get("/changes")]
async fn list_changes(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let (cursor, limit) = (query.once("cursor"), query.number("limit", 1, MOST));
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let limit = usize::try_from(limit.unwrap_or(CHANGES)).unwrap_or_default();
    let fed = register::changes(&state, &visitor.0, cursor, limit).await?;
    let changes = fed.changes.iter().map(|change| LoggedChangeBody {
        change: change.seq,
        kind: change.kind.to_string(),
        id: change.slug.to_string(),
        at: change.at.write(),
    });
    let body = ChangesBody {
        changes: changes.collect(),
        next_cursor: fed.more.then(|| fed.resume.clone()),
        resume_cursor: fed.resume,
    };
    let position = register::position(&state).await?;
    Ok(shown(&mut HttpResponse::Ok(), &visitor.0, position).json(body))
}

/// Read the audit trail.
#[utoipa::path(
    tag = "administration",
    operation_id = "list_audit_entries",
    params(
        ("before" = Option<i64>, Query, description = "Lines before this number", minimum = 1),
        ("limit" = Option<u32>, Query, description = "Lines in the answer; 100 unless given",
            minimum = 1, maximum = 500),
    ),
    responses((status = 200, description = "Lines, newest first", body = AuditBody,
        example = json!({"entries": [{"id": 12, "at": "2026-11-23T09:30:00Z",
            "actor": "token:3", "role": "coordinator", "act": "create", "kind": "organisation",
            "slug": "brook-bakery", "version": 1}]}))),
    security(("token" = [])),
)]
#[get("/audit")]
async fn list_audit_entries(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = administrator(visitor)?;
    let mut query = Query::read(req.query_string())?;
    let (before, limit) = (query.number("before", 1, i64::MAX), query.number("limit", 1, MOST));
    let change = query.after_change();
    query.finish()?;
    wait(&state, change).await?;
    let limit = limit.unwrap_or(CHANGES);
    let mut lines = register::audit(&state, before, limit + 1).await?;
    let shown_lines = usize::try_from(limit).unwrap_or_default();
    let more = lines.len() > shown_lines;
    lines.truncate(shown_lines);
    let next_before = lines.last().filter(|_| more).map(|line| line.id);
    let body = AuditBody { entries: lines.into_iter().map(Into::into).collect(), next_before };
    let position = register::position(&state).await?;
    Ok(shown(&mut HttpResponse::Ok(), &caller, position).json(body))
}

/// List the tokens.
#[utoipa::path(
    tag = "administration",
    operation_id = "list_tokens",
    responses((status = 200, description = "Every token", body = TokensBody,
        example = json!({"total": 1, "tokens": [{"id": 3, "role": "coordinator",
            "created_at": "2026-11-23T09:30:00Z", "good": true}]}))),
    security(("token" = [])),
)]
#[get("/tokens")]
async fn list_tokens(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = administrator(visitor)?;
    no_parameters(&req)?;
    let now = state.clock.now();
    let tokens = register::tokens(&state).await?;
    let tokens: Vec<_> = tokens.into_iter().map(|token| TokenBody::new(token, now)).collect();
    let body = TokensBody { total: tokens.len(), tokens };
    let position = register::position(&state).await?;
    Ok(shown(&mut HttpResponse::Ok(), &caller, position).json(body))
}

/// Revoke a token.
///
/// It is refused from now on. Revoking it again changes nothing, so no entity tag is
/// needed.
#[utoipa::path(
    tag = "administration",
    operation_id = "revoke_token",
    params(("id" = i64, Path, description = "The token's number", example = 3)),
    responses((status = 204, description = "It is not good any more")),
    security(("token" = [])),
)]
#[delete("/tokens/{id}")]
async fn revoke_token(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = administrator(visitor)?;
    no_parameters(&req)?;
    let id = id.parse().map_err(|_no_number| AppError::NotFound("token"))?;
    register::revoke_token(&state, &caller, id).await?;
    let position = register::position(&state).await?;
    Ok(shown(&mut HttpResponse::NoContent(), &caller, position).finish())
}

fn administrator(visitor: Visitor) -> Result<Caller, Problem> {
    let caller = visitor.signed_in()?;
    if caller.role == Role::Admin {
        return Ok(caller);
    }
    Err(AppError::Forbidden("This is for those who run the service.").into())
}

impl From<Audited> for AuditEntryBody {
    fn from(line: Audited) -> Self {
        let Audited { id, at, actor, role, act, kind, slug, version } = line;
        Self { id, at: at.write(), actor, role, act, kind, slug, version }
    }
}

impl TokenBody {
    fn new(token: Token, now: chrono::NaiveDateTime) -> Self {
        Self {
            good: token.is_good(now),
            id: token.id,
            role: token.role.to_string(),
            organisation: token.organisation.map(|slug| slug.to_string()),
            label: token.label,
            created_at: token.created_at.write(),
            expires_at: token.expires_at.map(|at| at.write()),
            revoked_at: token.revoked_at.map(|at| at.write()),
        }
    }
}

/// The part of the route table about changes, the audit trail and tokens.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_changes)
        .service(list_audit_entries)
        .service(list_tokens)
        .service(revoke_token);
}
