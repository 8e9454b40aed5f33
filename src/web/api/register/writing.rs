//! Writing records: as new ones, anew, ended, confirmed; each with what makes it safe to
//! send twice or by two at once.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header,
    web::{Bytes, Data, Path, Payload},
};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{
        AppError, AppState, Refusal,
        register::{self, Done, Key, Similar, Target, Wish},
    },
    domain::{
        access::{Act, Caller},
        register::{Body, Ending, Organisation, RecordKind},
        slug::Slug,
    },
    web::{
        api::register::{
            answer::READ_ONLY,
            form::RecordForm,
            kinds,
            pledge::{PledgeForm, UpdateForm},
            reading::{self, named, named_of, stale},
            signature::SignatureForm,
            wire::{Day, optional},
        },
        caller::Visitor,
        etag::{self, IfMatch},
        extract,
        problem::{Problem, ProblemKind},
        query::Query,
    },
};

/// A record's body may have so many bytes.
pub const MOST_RECORD_BYTES: usize = 262_144;
/// A key may have so many characters.
pub const MOST_KEY: usize = 180;

/// That somebody stands by a record.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationForm {
    /// The day of it; today unless said.
    #[validate(nested)]
    pub on: Option<Day>,
}

/// Writes a new record.
pub async fn create<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = writer::<F>(visitor)?;
    let key = key(&req, &caller)?;
    let (form, hash) = sent::<F>(&req, payload, MOST_RECORD_BYTES).await?;
    no_parameters(&req)?;
    let key = key.map(|text| Key { request_hash: hash, ..text });
    created::<F>(&state, &caller, wish(form, key)?).await
}

/// Writes a new signature of the organisation in the address.
pub async fn create_signature(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = writer::<SignatureForm>(visitor)?;
    no_parameters(&req)?;
    let slug = named(&slug, "organisation")?;
    let key = key(&req, &caller)?;
    register::find::<Organisation>(&state, &caller, slug.clone(), None).await?;
    let (form, hash) = sent::<SignatureForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let wish = wish(form, key.map(|key| Key { request_hash: hash, ..key }))?;
    if wish.draft.body.organisation != slug {
        let message = "\"organisation\" is not the one in the address.".to_owned();
        return Err(Problem::refused("/organisation", "fixed", message));
    }
    created::<SignatureForm>(&state, &caller, wish).await
}

/// Writes a record anew; with `If-None-Match: *` as a new one of that name.
pub async fn replace<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    if etag::wants_none(req.headers()) {
        return create_named::<F>(&req, &state, caller, (&slug, payload)).await;
    }
    let target = target::<F>(&req, &state, &caller, (&slug, Act::Change)).await?;
    let (mut form, _) = sent::<F>(&req, payload, MOST_RECORD_BYTES).await?;
    let keeps = caller.keeps();
    let done = register::replace::<F::Body>(&state, &caller, target.clone(), move |old| {
        if !keeps {
            form.inherit(old);
        }
        form.draft()
    });
    answered::<F>(&state, &caller, target.slug, done.await).await
}

/// Says from when a record does not count.
pub async fn end<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    let target = target::<F>(&req, &state, &caller, (&slug, Act::End)).await?;
    let ending = ending(&req, &state)?;
    let done = register::end::<F::Body>(&state, &caller, target.clone(), ending).await;
    answered::<F>(&state, &caller, target.slug, done).await
}

/// Notes that somebody who knows stands by a record.
pub async fn confirm<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    let target = target::<F>(&req, &state, &caller, (&slug, Act::Confirm)).await?;
    let (form, _) = sent::<ConfirmationForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let day = optional(form.on)?;
    let done = register::confirm::<F::Body>(&state, &caller, target.clone(), day).await;
    answered::<F>(&state, &caller, target.slug, done).await
}

/// Adds an update to a pledge.
pub async fn add_update(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    (slug, payload): (Path<String>, Payload),
) -> Result<HttpResponse, Problem> {
    let caller = visitor.signed_in()?;
    no_parameters(&req)?;
    let key = key(&req, &caller)?;
    let slug = named(&slug, "pledge")?;
    may::<PledgeForm>(&state, &caller, &slug, Act::Change).await?;
    let (form, hash) = sent::<UpdateForm>(&req, payload, MOST_RECORD_BYTES).await?;
    let key = key.map(|key| Key { request_hash: hash, ..key });
    // An update adds to whatever is there; who names a version means that one.
    let versions = match IfMatch::read(req.headers()) {
        Some(IfMatch::Versions(versions)) => Some(versions),
        Some(IfMatch::Any) | None => None,
    };
    let target = Target { slug: slug.clone(), versions };
    let done = register::add_update(&state, &caller, target, (form.value()?, key)).await;
    match done {
        Ok((found, written)) => {
            let mut answer = HttpResponse::Created();
            answer.insert_header((header::LOCATION, kinds::url(RecordKind::Pledge, &slug)));
            Ok(reading::written::<PledgeForm>(
                answer,
                (&caller, &state.snapshot()),
                &found,
                written.change,
            ))
        }
        Err(error) => answered::<PledgeForm>(&state, &caller, slug, Err(error)).await,
    }
}

/// Writes a new record of a name that the sender chose.
async fn create_named<F: RecordForm>(
    req: &HttpRequest,
    state: &AppState,
    caller: Caller,
    (slug, payload): (&str, Payload),
) -> Result<HttpResponse, Problem> {
    let slug = named_of::<F>(slug)?;
    match register::find::<F::Body>(state, &caller, slug.clone(), None).await {
        Ok(_) => return Err(stale::<F>(state, &caller, slug).await?),
        Err(AppError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let caller = writer::<F>(Visitor(caller))?;
    let (form, _) = sent::<F>(req, payload, MOST_RECORD_BYTES).await?;
    if form.slug().is_some_and(|own| *own != slug) {
        let message = "\"slug\" is not the name in the address.".to_owned();
        return Err(Problem::refused("/slug", "fixed", message));
    }
    let mut wish = wish(form, None)?;
    wish.draft.slug = Some(slug);
    created::<F>(state, &caller, wish).await
}

async fn created<F: RecordForm>(
    state: &AppState,
    caller: &Caller,
    wish: Wish<F::Body>,
) -> Result<HttpResponse, Problem> {
    let (found, written) = register::create(state, caller, wish).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((header::LOCATION, kinds::url(F::Body::KIND, &written.slug)));
    Ok(reading::written::<F>(answer, (caller, &state.snapshot()), &found, written.change))
}

/// The answer to a write of a record that was there.
async fn answered<F: RecordForm>(
    state: &AppState,
    caller: &Caller,
    slug: Slug,
    done: Result<Done<F::Body>, AppError>,
) -> Result<HttpResponse, Problem> {
    match done {
        Ok((found, written)) => {
            let answer: HttpResponseBuilder = HttpResponse::Ok();
            Ok(reading::written::<F>(answer, (caller, &state.snapshot()), &found, written.change))
        }
        Err(AppError::Stale) => Err(stale::<F>(state, caller, slug).await?),
        Err(error) => Err(error.into()),
    }
}

/// What is to be written, from a form.
pub fn wish<F: RecordForm>(form: F, key: Option<Key>) -> Result<Wish<F::Body>, AppError> {
    let known_as_new = if form.confirms_new() { Similar::Passed } else { Similar::Named };
    Ok(Wish { draft: form.draft()?, known_as_new, key })
}

/// The caller, if it may create records of the kind for anybody.
pub fn writer<F: RecordForm>(visitor: Visitor) -> Result<Caller, Problem> {
    let caller = visitor.signed_in()?;
    if caller.may(Act::Create, F::Body::KIND, caller.organisation.as_ref()) {
        return Ok(caller);
    }
    Err(AppError::Forbidden("Your role may not create such a record.").into())
}

/// The record in the address, in the versions that `If-Match` names.
///
/// # Errors
///
/// [`ProblemKind::Unconditional`] without the header, once it is clear that the caller
/// may do this at all.
pub async fn target<F: RecordForm>(
    req: &HttpRequest,
    state: &AppState,
    caller: &Caller,
    (slug, act): (&str, Act),
) -> Result<Target, Problem> {
    let slug = named_of::<F>(slug)?;
    may::<F>(state, caller, &slug, act).await?;
    match IfMatch::read(req.headers()) {
        Some(IfMatch::Any) => Ok(Target { slug, versions: None }),
        Some(IfMatch::Versions(versions)) => Ok(Target { slug, versions: Some(versions) }),
        None => Err(Problem::new(
            ProblemKind::Unconditional,
            "Send If-Match with the entity tag of the record as you read it.",
        )),
    }
}

/// Refuses at once what will be refused anyway: a record that is not to be seen, or an
/// act that is not the caller's.
async fn may<F: RecordForm>(
    state: &AppState,
    caller: &Caller,
    slug: &Slug,
    act: Act,
) -> Result<(), Problem> {
    let allowed = register::allows::<F::Body>(state, caller, slug.clone(), act).await?;
    if allowed { Ok(()) } else { Err(AppError::Forbidden(NOT_YOURS).into()) }
}

const NOT_YOURS: &str = "Your role may not do this to this record.";

/// A JSON body that was read and whose rules hold, with the hash of the whole request.
pub async fn sent<T: DeserializeOwned + Validate>(
    req: &HttpRequest,
    payload: Payload,
    most: usize,
) -> Result<(T, String), Problem> {
    let bytes = bytes(req, payload, most).await?;
    Ok((form(&bytes)?, hash(req, &bytes)))
}

/// The bytes of a body.
pub async fn bytes(req: &HttpRequest, payload: Payload, most: usize) -> Result<Bytes, Problem> {
    extract::body(req, payload.into_inner(), most).await
}

/// A form from the bytes of JSON; what is read-only is refused by name.
pub fn form<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, Problem> {
    let worked_out = [
        "state",
        "rung",
        "live",
        "effective_on",
        "actor",
        "overdue",
        "to_come",
        "page_url",
        "sector_labels",
        "member_count",
        "need_count",
        "provenance",
        "needs",
        "meetings",
        "actions",
    ];
    let read_only =
        |name: &str| READ_ONLY.iter().any(|(own, ..)| *own == name) || worked_out.contains(&name);
    extract::read(bytes).map_err(|mut problem| {
        for refusal in &mut problem.errors {
            let name = refusal.field.strip_prefix('/').unwrap_or_default();
            if refusal.code == "unknown-field" && read_only(name) {
                refusal.message = format!("\"{name}\" is read-only: leave it out.");
                refusal.code = "read-only";
            }
        }
        if problem.errors.is_empty() { problem } else { Problem::invalid(problem.errors) }
    })
}

/// SHA-256 of a request: its method, its path and its body.
fn hash(req: &HttpRequest, bytes: &[u8]) -> String {
    let mut digest = Sha256::new();
    digest.update(req.method().as_str());
    digest.update([0]);
    digest.update(req.path());
    digest.update([0]);
    digest.update(bytes);
    hex(&digest.finalize())
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// The writer's key for the request, without the request's hash yet.
pub fn key(req: &HttpRequest, caller: &Caller) -> Result<Option<Key>, Problem> {
    let mut values = req.headers().get_all("idempotency-key");
    let (Some(value), Some(token)) = (values.next(), caller.token) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let fits = (1..=MOST_KEY).contains(&text.len()) && values.next().is_none();
    if !fits {
        let message = format!("A key has 1 to {MOST_KEY} characters of ASCII.");
        return Err(Problem::refused("idempotency-key", "length", message));
    }
    Ok(Some(Key { token, text: text.to_owned(), request_hash: String::new() }))
}

/// From when a record is to end, and why, from the query string.
fn ending(req: &HttpRequest, state: &AppState) -> Result<Ending, Problem> {
    let mut query = Query::read(req.query_string())?;
    let refusal = |field: &str, code, message: &str| Refusal {
        field: field.to_owned(),
        code,
        message: message.to_owned(),
    };
    let on = query.once("on").map(|text| <chrono::NaiveDate as super::wire::Written>::read(&text));
    if matches!(on, Some(Err(_))) {
        query.refuse(refusal("on", "date", "\"on\" is a date, such as 2027-03-01."));
    }
    let reason = query.once("reason");
    let fits = |text: &String| {
        text.chars().count() <= 500
            && !text.chars().any(char::is_control)
            && !text.trim().is_empty()
    };
    if !reason.as_ref().is_none_or(fits) {
        let message = "\"reason\" has 1 to 500 characters, in one line.";
        query.refuse(refusal("reason", "length", message));
    }
    query.after_change();
    query.finish()?;
    let today = state.clock.today();
    Ok(Ending { on: on.and_then(Result::ok).unwrap_or(today), reason })
}

/// Refuses parameters that a write does not take.
pub fn no_parameters(req: &HttpRequest) -> Result<(), Problem> {
    let mut query = Query::read(req.query_string())?;
    query.after_change();
    query.finish()
}
