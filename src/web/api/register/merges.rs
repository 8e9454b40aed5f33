//! `/organisations/{slug}/merges`: two entries for one organisation made one, and undone.

use actix_web::{
    HttpRequest, HttpResponse, delete,
    http::header,
    post,
    web::{Data, Path, Payload},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::{
    app::{AppError, AppState, register},
    domain::{
        access::{Act, Caller},
        register::{Organisation, Record, RecordKind},
        slug::Slug,
    },
    web::{
        api::register::{
            kinds,
            organisation::OrganisationForm,
            reading::{shown, stale},
            wire::Name,
            writing::{MOST_RECORD_BYTES, no_parameters, sent, target},
        },
        caller::Visitor,
        etag,
        problem::Problem,
    },
};

/// The organisation that is kept.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeForm {
    /// Its public name.
    #[validate(nested)]
    pub into: Name,
}

/// What a merge, or its undoing, did.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeBody {
    /// The organisation in the address.
    pub organisation: String,
    /// The organisation that it was merged into.
    pub into: String,
    /// The version of the organisation in the address, to undo the merge with.
    pub version: i64,
    /// How many records went with it.
    pub moved: usize,
    /// For how many days a merge can be undone.
    pub undo_days: i64,
}

/// Merge an organisation into another.
///
/// What it has is united with what the other has, and its records go with it. Its
/// address then leads to the other's. The answer's entity tag is the one that undoing
/// needs.
#[utoipa::path(
    tag = "organisations",
    operation_id = "merge_organisation",
    params(
        ("slug" = String, Path, description = "Public name of the organisation that goes",
            example = "brook-bakery-ltd"),
        ("if-match" = String, Header, description = "Its entity tag, as it was read"),
    ),
    request_body(content = MergeForm, description = "The organisation that is kept",
        example = json!({"into": "brook-bakery"})),
    responses((status = 200, description = "They are one", body = MergeBody,
        example = json!({"organisation": "brook-bakery-ltd", "into": "brook-bakery",
            "version": 2, "moved": 3, "undo_days": 30}))),
    security(("token" = [])),
)]
#[post("/organisations/{slug}/merges")]
async fn merge_organisation(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    let target = target::<OrganisationForm>(&req, &state, &caller, (&slug, Act::Merge)).await?;
    let (form, _) = sent::<MergeForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let slug = target.slug.clone();
    let done = register::merge(&state, &caller, target, form.into.value()?).await;
    answered(&state, &caller, slug, done).await
}

/// Undo the last merge of an organisation.
///
/// Everything is again as it was before. Only within 30 days, and while the other
/// organisation was not changed since.
#[utoipa::path(
    tag = "organisations",
    operation_id = "undo_merge_of_organisation",
    params(
        ("slug" = String, Path, description = "Public name of the organisation that went",
            example = "brook-bakery-ltd"),
        ("if-match" = String, Header, description = "The entity tag that the merge answered"),
    ),
    responses((status = 200, description = "They are two again", body = MergeBody,
        example = json!({"organisation": "brook-bakery-ltd", "into": "brook-bakery",
            "version": 3, "moved": 3, "undo_days": 30}))),
    security(("token" = [])),
)]
#[delete("/organisations/{slug}/merges")]
async fn undo_merge_of_organisation(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    let target = target::<OrganisationForm>(&req, &state, &caller, (&slug, Act::Merge)).await?;
    let slug = target.slug.clone();
    let done = register::undo_merge(&state, &caller, target).await;
    answered(&state, &caller, slug, done).await
}

async fn answered(
    state: &AppState,
    caller: &Caller,
    slug: Slug,
    done: Result<(Record<Organisation>, register::Merged), AppError>,
) -> Result<HttpResponse, Problem> {
    let (record, merged) = match done {
        Ok(done) => done,
        Err(AppError::Stale) => return Err(stale::<OrganisationForm>(state, caller, slug).await?),
        Err(error) => return Err(error.into()),
    };
    let body = MergeBody {
        organisation: record.slug.to_string(),
        into: merged.into.to_string(),
        version: record.version,
        moved: merged.moved,
        undo_days: register::UNDO_DAYS,
    };
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    let tag = etag::versioned(record.version, &bytes);
    let kept = kinds::url(RecordKind::Organisation, &merged.into);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, tag)).insert_header((header::CONTENT_LOCATION, kept));
    Ok(shown(&mut answer, caller, merged.change).json(body))
}

/// The part of the route table about merges.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(merge_organisation).service(undo_merge_of_organisation);
}
