//! Records written by somebody who may: as new ones, anew, confirmed, ended.
//!
//! Each is one transaction, and within it the caller's rights are judged on the record
//! as it is then. What comes back is the record as it was written.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    app::{
        AppError, AppState, Refusal, Snapshot,
        register::{
            self, Found, Key, Subject, duplicates,
            reading::{Time, counted, visible, with_year},
            reserved::{marked, reserved},
            subject::Words,
        },
    },
    domain::{
        access::{Act, Caller},
        register::{
            Draft, Ending, Organisation, Pledge, Record, RecordKind, Signature, Update, rules,
        },
        slug::Slug,
    },
    store::{
        Conn, StoreError,
        records::{self, Outcome, Written},
    },
};

/// A new record that somebody wants to write.
pub struct Wish<T> {
    /// The record.
    pub draft: Draft<T>,
    /// Whether the writer knows of similar ones and means another.
    pub known_as_new: Similar,
    /// The writer's key for the request.
    pub key: Option<Key>,
}

/// What a writer knows of similar records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Similar {
    /// Nothing: name them.
    Named,
    /// It means another one.
    Passed,
}

/// A record that is about to be changed.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its public name.
    pub slug: Slug,
    /// The versions that the writer read; `None` for whichever there is.
    pub versions: Option<Vec<i64>>,
}

/// A record after it was written.
pub type Done<T> = (Found<T>, Written);

/// Who writes, with what, and when.
pub(in crate::app) struct Context {
    pub caller: Caller,
    pub snapshot: Arc<Snapshot>,
    pub at: NaiveDateTime,
    pub today: NaiveDate,
}

impl Context {
    pub(in crate::app) fn new(app: &AppState, caller: &Caller) -> Self {
        let (caller, snapshot, at) = (caller.clone(), app.snapshot(), app.clock.now());
        Self { caller, snapshot, at, today: app.clock.today() }
    }
}

/// Writes a new record, or answers what the writer's key led to before.
///
/// # Errors
///
/// [`AppError::Forbidden`], [`AppError::Invalid`]; [`AppError::Conflict`] if there is
/// such a record already, or one that may be the same.
pub async fn create<T: Subject>(
    app: &AppState,
    caller: &Caller,
    wish: Wish<T>,
) -> Result<Done<T>, AppError> {
    let _under_way = app.in_flight().begin(wish.key.as_ref())?;
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| create_in(conn, &context, &wish)).await?;
    app.wake_projector();
    Ok(done)
}

pub(in crate::app) fn create_in<T: Subject>(
    conn: &mut Conn,
    context: &Context,
    wish: &Wish<T>,
) -> Result<Done<T>, AppError> {
    let Wish { draft, known_as_new, key } = wish;
    let (caller, at) = (&context.caller, context.at);
    if !caller.may(Act::Create, T::KIND, draft.body.owner()) {
        return Err(AppError::Forbidden("Your role may not create such a record."));
    }
    if let Some(done) = key.as_ref().map(|key| key.led_to(conn, T::KIND, at)).transpose()?.flatten()
    {
        let version = records::version::<T>(conn, &done.slug, done.version)?;
        let mut found = with_year(conn, version.record, context.today, Time::Now)?;
        counted(conn, std::slice::from_mut(&mut found))?;
        let (slug, version, change) = (done.slug, done.version, done.change);
        return Ok((found, Written { slug, version, change, outcome: Outcome::Created }));
    }
    let draft = &marked(conn, caller, draft)?;
    admit(conn, context, draft, None)?;
    if let Some(organisation) = organisation(&draft.body)
        && *known_as_new == Similar::Named
    {
        duplicates::refuse_namesakes(conn, organisation)?;
    }
    let author = register::author(caller);
    let written = records::create(conn, draft, &author, at).map_err(refused::<T>)?;
    if let Some(key) = key {
        key.note(conn, (T::KIND, &written), at)?;
    }
    finished(conn, context, written)
}

/// Writes a record anew, with what `make` makes of the present one.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there or not to be seen, then
/// [`AppError::Forbidden`], [`AppError::Stale`], [`AppError::Invalid`],
/// [`AppError::Conflict`].
pub async fn replace<T: Subject>(
    app: &AppState,
    caller: &Caller,
    target: Target,
    make: impl FnOnce(&Record<T>) -> Result<Draft<T>, AppError> + Send + 'static,
) -> Result<Done<T>, AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let old = held::<T>(conn, &context, &target, Act::Change)?;
        let draft = make(&old)?;
        written_over(conn, &context, &old, &draft)
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

/// Adds an update to a pledge, or answers what the writer's key led to before.
///
/// # Errors
///
/// As [`replace`].
pub async fn add_update(
    app: &AppState,
    caller: &Caller,
    target: Target,
    (update, key): (Update, Option<Key>),
) -> Result<Done<Pledge>, AppError> {
    let _under_way = app.in_flight().begin(key.as_ref())?;
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let led_to = key.as_ref().map(|key| key.led_to(conn, RecordKind::Pledge, context.at));
        if let Some(done) = led_to.transpose()?.flatten() {
            visible::<Pledge>(conn, &context.caller, &done.slug)?;
            let version = records::version::<Pledge>(conn, &done.slug, done.version)?;
            let found = with_year(conn, version.record, context.today, Time::Now)?;
            let (slug, version, change) = (done.slug, done.version, done.change);
            return Ok((found, Written { slug, version, change, outcome: Outcome::Changed }));
        }
        let old = held::<Pledge>(conn, &context, &target, Act::Change)?;
        let mut body = old.body.clone();
        body.updates.push(update);
        body.updates.sort_by_key(|update| update.on);
        let draft = Draft { slug: None, said: old.said.clone(), fictional: old.fictional, body };
        let done = written_over(conn, &context, &old, &draft)?;
        if let Some(key) = &key {
            key.note(conn, (RecordKind::Pledge, &done.1), context.at)?;
        }
        Ok::<_, AppError>(done)
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

/// Says from when a record does not count.
///
/// # Errors
///
/// As [`replace`].
pub async fn end<T: Subject>(
    app: &AppState,
    caller: &Caller,
    target: Target,
    ending: Ending,
) -> Result<Done<T>, AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let old = held::<T>(conn, &context, &target, Act::End)?;
        if ending.on < old.said.on {
            let message = "A record does not end before it was said.".to_owned();
            return Err(AppError::refused("on", "reversed", message));
        }
        let by = (&register::author(&context.caller), context.at);
        let written = records::end::<T>(conn, &old.slug, Some(old.version), ending, by);
        finished(conn, &context, written.map_err(refused::<T>)?)
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

/// Notes that somebody who knows stands by a record.
///
/// # Errors
///
/// As [`replace`].
pub async fn confirm<T: Subject>(
    app: &AppState,
    caller: &Caller,
    target: Target,
    day: Option<NaiveDate>,
) -> Result<Done<T>, AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let old = held::<T>(conn, &context, &target, Act::Confirm)?;
        let day = day.unwrap_or(context.today);
        if day > context.today || day < old.said.on {
            let message = "A confirmation is of a day from when it was said to today.".to_owned();
            return Err(AppError::refused("/on", "out-of-range", message));
        }
        let by = (&register::author(&context.caller), context.at);
        let written = records::confirm::<T>(conn, &old.slug, Some(old.version), day, by);
        finished(conn, &context, written.map_err(refused::<T>)?)
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

/// The record that is about to be changed: seen, allowed, and in a version that the
/// writer read.
pub(super) fn held<T: Subject>(
    conn: &mut Conn,
    context: &Context,
    target: &Target,
    act: Act,
) -> Result<Record<T>, AppError> {
    let caller = &context.caller;
    let record = visible::<T>(conn, caller, &target.slug)?;
    if !caller.may(act, T::KIND, register::owner(&target.slug, &record.body)) {
        return Err(AppError::Forbidden("Your role may not do this to this record."));
    }
    if organisation(&record.body).is_some()
        && let Some(heir) = records::merged_into(conn, &target.slug)?
        && act != Act::Merge
    {
        return Err(AppError::conflict(format!("It was merged into \"{heir}\".")));
    }
    if target.versions.as_ref().is_some_and(|read| !read.contains(&record.version)) {
        return Err(AppError::Stale);
    }
    Ok(record)
}

fn written_over<T: Subject>(
    conn: &mut Conn,
    context: &Context,
    old: &Record<T>,
    draft: &Draft<T>,
) -> Result<Done<T>, AppError> {
    if draft.slug.as_ref().is_some_and(|slug| *slug != old.slug) {
        let message = "The public name of a record stays as it is.".to_owned();
        return Err(AppError::refused("/slug", "fixed", message));
    }
    if draft.body.owner() != old.body.owner() {
        let message = "A record stays with its organisation.".to_owned();
        return Err(AppError::refused("/organisation", "fixed", message));
    }
    admit(conn, context, draft, Some(old))?;
    let by = (&register::author(&context.caller), context.at);
    let written = records::replace(conn, &old.slug, Some(old.version), draft, by);
    finished(conn, context, written.map_err(refused::<T>)?)
}

fn finished<T: Subject>(
    conn: &mut Conn,
    context: &Context,
    written: Written,
) -> Result<Done<T>, AppError> {
    let record = records::find(conn, &written.slug)?;
    let mut found = with_year(conn, record, context.today, Time::Now)?;
    counted(conn, std::slice::from_mut(&mut found))?;
    Ok((found, written))
}

/// Refuses a draft that breaks a rule, uses a word that nobody knows, names a record
/// that the writer cannot see, or says what is not the writer's to say.
fn admit<T: Subject>(
    conn: &mut Conn,
    context: &Context,
    draft: &Draft<T>,
    old: Option<&Record<T>>,
) -> Result<(), AppError> {
    let faults = rules::faults(draft, context.today);
    let mut refusals: Vec<Refusal> = faults.into_iter().map(Refusal::from).collect();
    let before = old.map(|old| &old.body);
    refusals.extend(Words::refusals(&context.snapshot, &draft.body, before));
    let caller = &context.caller;
    if caller.organisation.is_some() && !caller.keeps() {
        refusals.extend(reserved(draft, old));
    }
    for (field, kind, slug) in draft.body.named() {
        let there = match kind {
            RecordKind::Signature => visible::<Signature>(conn, caller, slug).map(|_| ()),
            _ => visible::<Organisation>(conn, caller, slug).map(|_| ()),
        };
        match there {
            Ok(()) => {}
            Err(AppError::NotFound(what)) => refusals.push(duplicates::absent(field, what)),
            Err(error) => return Err(error),
        }
    }
    if !refusals.is_empty() {
        return Err(AppError::Invalid(refusals));
    }
    match organisation(&draft.body) {
        Some(body) => duplicates::refuse_same_number(conn, caller, body, old.map(|old| &old.slug)),
        None => Ok(()),
    }
}

/// The body, if it is an organisation's.
fn organisation<T: Subject>(body: &T) -> Option<&Organisation> {
    (body as &dyn std::any::Any).downcast_ref()
}

/// What the store refused, in the words of the kind.
pub(in crate::app) fn refused<T: Subject>(error: StoreError) -> AppError {
    let kind = T::KIND.label();
    match error {
        StoreError::NotFound => AppError::NotFound(T::KIND.label()),
        StoreError::Duplicate(_) => AppError::conflict(format!(
            "There is a record of kind {kind} already with that public name, or for the same \
             thing. If another one is meant, send a \"slug\" of its own."
        )),
        StoreError::Reference(_) => AppError::refused(
            "",
            "unknown-reference",
            "It names something that is not there, such as a site of the organisation.".to_owned(),
        ),
        StoreError::Ended => AppError::conflict(format!("The {kind} has ended and stays so.")),
        StoreError::Conflict(why) => AppError::conflict(format!("It is refused: {why}.")),
        other => other.into(),
    }
}
