//! Reading records: a page of them, one, all versions of one.

use std::time::{Duration, Instant};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use serde_json::{Map, Value, json};

use crate::{
    app::{
        AppError, AppState, Snapshot,
        register::{self, Found, Listed, Look, Past, Told},
    },
    domain::{
        access::{Act, Caller, Role},
        register::{Body, RecordKind, texts},
        slug::Slug,
    },
    web::{
        api::register::{
            answer,
            asked::{self, Request, Takes},
            form::RecordForm,
            kinds,
            warning::WarningBody,
            wire::Written,
        },
        caller::Visitor,
        etag, headers,
        moment::Moment,
        problem::Problem,
    },
};

/// How long a reader waits for a change it must see.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(20);

/// Answers a page of records of a kind.
pub async fn list<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = reader::<F>(visitor)?;
    let request = asked::read::<F>(&req, (&caller, &state.snapshot()), Takes::Filters)?;
    wait(&state, request.after_change).await?;
    let told = register::list::<F::Body>(&state, &caller, request.asked.clone()).await?;
    let moment = Moment::showing(&state, request.after_change).await;
    Ok(page::<F>((&caller, Some(&moment)), &request, &told))
}

/// Answers a page of an organisation's records of a kind.
pub async fn list_of_organisation<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = reader::<F>(visitor)?;
    let request = asked::read::<F>(&req, (&caller, &state.snapshot()), Takes::PageAndDay)?;
    wait(&state, request.after_change).await?;
    let slug = named(&slug, "organisation")?;
    let asked = request.asked.clone();
    let told = register::of_organisation::<F::Body>(&state, &caller, slug.clone(), asked).await?;
    let change = told.change;
    match told.what {
        Look::Moved(heir) => Ok(moved(&req, &slug, &heir)),
        Look::Here(what) => Ok(page::<F>((&caller, None), &request, &Told { what, change })),
    }
}

/// Answers one record, as it is or as it was on a day.
pub async fn find<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = reader::<F>(visitor)?;
    let request = asked::read::<F>(&req, (&caller, &state.snapshot()), Takes::Day)?;
    wait(&state, request.after_change).await?;
    let slug = named_of::<F>(&slug)?;
    let as_of = request.asked.as_of;
    let told = register::find::<F::Body>(&state, &caller, slug.clone(), as_of).await?;
    match told.what {
        Look::Moved(heir) => Ok(moved(&req, &slug, &heir)),
        Look::Here(found) => {
            let fields = request.fields.as_deref();
            let mut object = answer::shown::<F>(&caller, &found, fields);
            // What stands beside it is known of now alone.
            if as_of.is_none() {
                let moment = Moment::showing(&state, request.after_change).await;
                let add = |more: &mut Map<String, Value>| F::beside(&moment, &found, more);
                beside(&mut object, fields, add);
            }
            let tag = tag(found.record.version, &object);
            let mut answer = HttpResponse::Ok();
            let answer = shown(&mut answer, &caller, told.change);
            Ok(answer.insert_header((header::ETAG, tag)).json(object))
        }
    }
}

/// Answers every version of a record, as far as the caller may see them.
pub async fn history<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = reader::<F>(visitor)?;
    let request = asked::read::<F>(&req, (&caller, &state.snapshot()), Takes::Page)?;
    wait(&state, request.after_change).await?;
    let slug = named_of::<F>(&slug)?;
    let told = register::history::<F::Body>(&state, &caller, slug.clone()).await?;
    let versions = match told.what {
        Look::Moved(heir) => return Ok(moved(&req, &slug, &heir)),
        Look::Here(versions) => differing::<F>(&caller, versions),
    };
    let total = versions.len();
    let skipped = usize::try_from(request.asked.offset).unwrap_or(usize::MAX);
    let given = usize::try_from(request.asked.limit).unwrap_or_default();
    let versions: Vec<Value> = versions
        .into_iter()
        .skip(skipped)
        .take(given)
        .map(|(found, version)| {
            let mut object = answer::shown::<F>(&caller, &found, request.fields.as_deref());
            object.insert("effective_on".to_owned(), json!(version.effective_on.write()));
            if caller.keeps() {
                object.insert("actor".to_owned(), json!(version.actor));
            }
            Value::Object(object)
        })
        .collect();
    let body = json!({
        "versions": versions, "total": total, "page": request.page, "per_page": request.per_page,
    });
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}

/// The versions that say something else than the one before, as the caller is shown
/// them: that something hidden was changed is hidden, too. Keepers are shown all.
fn differing<F: RecordForm>(caller: &Caller, versions: Vec<Past<F::Body>>) -> Vec<Past<F::Body>> {
    if caller.keeps() {
        return versions;
    }
    let mut last = None;
    let mut kept = Vec::new();
    for one in versions {
        let mut said = answer::shown::<F>(caller, &one.0, None);
        said.retain(|name, _| !matches!(name.as_str(), "version" | "recorded_at"));
        if last.as_ref() != Some(&said) {
            kept.push(one);
        }
        last = Some(said);
    }
    kept
}

/// The caller, if it may read records of the kind at all.
fn reader<F: RecordForm>(visitor: Visitor) -> Result<Caller, Problem> {
    let kind = F::Body::KIND;
    let may = |caller: &Caller| caller.may(Act::Read, kind, caller.organisation.as_ref());
    if may(&visitor.0) {
        return Ok(visitor.0);
    }
    let caller = visitor.signed_in()?;
    if may(&caller) {
        return Ok(caller);
    }
    Err(AppError::Forbidden("Your role may not read such records.").into())
}

/// A public name in an address: what cannot be one is the name of nothing.
pub fn named(text: &str, what: &'static str) -> Result<Slug, Problem> {
    Slug::parse(text).map_err(|_no_such| AppError::NotFound(what).into())
}

/// The public name of a record in an address; an action's code is known whatever its case.
pub fn named_of<F: RecordForm>(text: &str) -> Result<Slug, Problem> {
    let kind = F::Body::KIND;
    if kind == RecordKind::Action {
        return named(&text.to_ascii_lowercase(), kind.label());
    }
    named(text, kind.label())
}

/// Waits until the store has a change, if one is asked for; not for ever.
pub async fn wait(state: &AppState, change: Option<i64>) -> Result<(), Problem> {
    let Some(change) = change else { return Ok(()) };
    let until = Instant::now() + PATIENCE;
    while register::position(state).await? < change && Instant::now() < until {
        actix_web::rt::time::sleep(GLANCE).await;
    }
    Ok(())
}

/// Adds to an object what stands beside a record, as far as it was asked for.
fn beside(
    object: &mut Map<String, Value>,
    fields: Option<&[String]>,
    add: impl FnOnce(&mut Map<String, Value>),
) {
    let mut more = Map::new();
    add(&mut more);
    more.retain(|name, _| fields.is_none_or(|fields| fields.contains(name)));
    object.extend(more);
}

/// An answer to a write: the record, and what looks like a person's in its free texts. The
/// tag is the one under which it is read.
pub fn written<F: RecordForm>(
    mut answer: actix_web::HttpResponseBuilder,
    (caller, snapshot): (&Caller, &Snapshot),
    found: &Found<F::Body>,
    change: i64,
) -> HttpResponse {
    let mut object = answer::shown::<F>(caller, found, None);
    let tag = tag_of::<F>(caller, snapshot, found);
    let warnings = WarningBody::all(&texts::warnings(&found.record));
    if !warnings.is_empty() {
        object.insert("warnings".to_owned(), json!(warnings));
    }
    shown(&mut answer, caller, change).insert_header((header::ETAG, tag)).json(object)
}

/// The tag under which a caller reads a record now, with what stands beside it.
fn tag_of<F: RecordForm>(caller: &Caller, snapshot: &Snapshot, found: &Found<F::Body>) -> String {
    let mut object = answer::shown::<F>(caller, found, None);
    beside(&mut object, None, |more| F::beside(snapshot, found, more));
    tag(found.record.version, &object)
}

/// The tag of a record as a caller is shown it.
pub fn tag(version: i64, object: &Map<String, Value>) -> String {
    etag::versioned(version, &serde_json::to_vec(object).unwrap_or_default())
}

/// What every answer of the register has: the change it shows, and who may keep it.
pub fn shown<'a>(
    answer: &'a mut actix_web::HttpResponseBuilder,
    caller: &Caller,
    change: i64,
) -> &'a mut actix_web::HttpResponseBuilder {
    let public = caller.role == Role::Public;
    answer
        .insert_header((headers::CHANGE, change))
        .insert_header((
            header::CACHE_CONTROL,
            if public { "no-cache" } else { "private, no-cache" },
        ))
        .insert_header((header::VARY, "authorization"))
}

pub(super) fn page<F: RecordForm>(
    (caller, moment): (&Caller, Option<&Moment>),
    request: &Request,
    told: &Told<Listed<F::Body>>,
) -> HttpResponse {
    let fields = request.fields.as_deref();
    let records = told.what.records.iter();
    let records: Vec<_> = records
        .map(|found| {
            let mut object = answer::shown::<F>(caller, found, fields);
            if let Some(moment) = moment {
                beside(&mut object, fields, |more| F::in_list(moment, found, more));
            }
            object
        })
        .collect();
    let body = json!({
        kinds::list_name(F::Body::KIND): records,
        "total": told.what.total, "page": request.page, "per_page": request.per_page,
    });
    shown(&mut HttpResponse::Ok(), caller, told.change).json(body)
}

/// The way to the organisation that another one was merged into.
fn moved(req: &HttpRequest, old: &Slug, heir: &Slug) -> HttpResponse {
    let path = req.path().replacen(&format!("/{old}"), &format!("/{heir}"), 1);
    let query = req.query_string();
    let to = if query.is_empty() { path } else { format!("{path}?{query}") };
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, to)).finish()
}

/// A problem that says which version there is now.
pub async fn stale<F: RecordForm>(
    state: &AppState,
    caller: &Caller,
    slug: Slug,
) -> Result<Problem, Problem> {
    let problem = Problem::from(AppError::Stale);
    let told = register::find::<F::Body>(state, caller, slug.clone(), None).await?;
    let present = match told.what {
        Look::Here(found) => Some(found),
        // Of what was merged, the last version is what a merge is undone with.
        Look::Moved(_) => match register::history::<F::Body>(state, caller, slug).await?.what {
            Look::Here(versions) => versions.into_iter().last().map(|(found, _)| found),
            Look::Moved(_) => None,
        },
    };
    let Some(found) = present else { return Ok(problem) };
    Ok(problem.with_header("etag", tag_of::<F>(caller, &state.snapshot(), &found)))
}
