//! One entry of the queue, dealt with.

use chrono::{Days, NaiveDate};

use crate::{
    app::{
        AppError, AppState,
        queue::{published, still, waiting},
        register::{
            self,
            writing::{Context, refused},
        },
        upkeep::{self, NewLink},
    },
    domain::{
        access::Caller,
        queue::{ASIDE_DAYS, Entry, QueueAction, QueueReason, Subject},
        register::{CheckResult, Draft, Ending, Opening, Organisation, Posture, RecordKind},
        slug::Slug,
    },
    store::{
        Conn, changes, queue as kept,
        records::{self, Author, Topic},
        upkeep as links,
    },
};

/// What a steward decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What is done.
    pub action: QueueAction,
    /// Why, in a sentence; needed to put something aside.
    pub reason: Option<String>,
    /// For how many days a link is good.
    pub days: Option<i64>,
}

/// What was done.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The entry that was there.
    pub entry: Entry,
    /// What was done about it.
    pub action: QueueAction,
    /// The link that was made.
    pub link: Option<NewLink>,
    /// The number of the last change.
    pub change: i64,
}

/// Resolves an entry.
///
/// # Errors
///
/// [`AppError::NotFound`] if there is no such entry any more; [`AppError::Invalid`] for an
/// action that is not offered, or without the reason that it needs.
pub async fn resolve(
    app: &AppState,
    caller: &Caller,
    id: String,
    order: Order,
) -> Result<Resolved, AppError> {
    const MISSING: AppError = AppError::NotFound("entry of the queue");
    if !caller.keeps() {
        return Err(AppError::Forbidden("The queue is for coordinators."));
    }
    let context = Context::new(app, caller);
    let (snapshot, today, looked) = (context.snapshot.clone(), context.today, app.looked.clone());
    // The whole register is looked at before anything is locked.
    let found = app.records()?.read(move |conn| {
        let change = changes::position(conn)?;
        let look = looked.at(conn, (change, today))?;
        let published = published(&snapshot, today);
        let all = waiting(conn, look.entries.iter().chain(&published), today)?;
        all.into_iter().find(|entry| entry.id() == id).cloned().ok_or(MISSING)
    });
    let found = found.await?;
    let done = app.records()?.write(move |conn| {
        let entry = still(conn, &context.snapshot, (&found, context.today))?.ok_or(MISSING)?;
        if !entry.actions.contains(&order.action) {
            let offered: Vec<&str> = entry.actions.iter().map(|one| one.as_str()).collect();
            let message = format!("For this entry there are: {}.", offered.join(", "));
            return Err(AppError::refused("/action", "not-offered", message));
        }
        let mut link = None;
        match order.action {
            QueueAction::Confirm => confirm(conn, &context, &entry)?,
            QueueAction::End => end(conn, &context, (&entry, order.reason.as_deref()))?,
            QueueAction::Merge => merge(conn, &context, &entry)?,
            QueueAction::Dismiss => dismiss(conn, &context, (&entry, order.reason.as_deref()))?,
            QueueAction::UpkeepLink => {
                link = Some(ask(conn, &context, (&entry, order.days))?);
            }
        }
        let change = changes::position(conn)?;
        Ok(Resolved { entry, action: order.action, link, change })
    });
    let done = done.await?;
    if done.action == QueueAction::Merge {
        app.follow_tokens().await?;
    }
    app.wake_projector();
    Ok(done)
}

fn author(context: &Context) -> Author {
    register::author(&context.caller)
}

fn confirm(conn: &mut Conn, context: &Context, entry: &Entry) -> Result<(), AppError> {
    fn one<T: Topic + register::Subject>(
        conn: &mut Conn,
        context: &Context,
        slug: &Slug,
    ) -> Result<(), AppError> {
        let by = (&author(context), context.at);
        let done = records::confirm::<T>(conn, slug, None, context.today, by);
        done.map(|_| ()).map_err(refused::<T>)
    }
    match &entry.subject {
        Subject::Record(RecordKind::Organisation, slug) => one::<Organisation>(conn, context, slug),
        Subject::Record(RecordKind::Posture, slug) => one::<Posture>(conn, context, slug),
        Subject::Record(RecordKind::Opening, slug) => one::<Opening>(conn, context, slug),
        Subject::Recognition(organisation, scheme, level) => {
            checked(conn, context, (organisation, scheme, level.as_ref()))
        }
        Subject::Record(..) | Subject::Pair(..) | Subject::Published(..) => Ok(()),
    }
}

/// Somebody found a recognition in the scheme's list today.
fn checked(
    conn: &mut Conn,
    context: &Context,
    (slug, scheme, level): (&Slug, &Slug, Option<&Slug>),
) -> Result<(), AppError> {
    let old = records::find::<Organisation>(conn, slug)?;
    let mut body = old.body.clone();
    for held in &mut body.recognitions {
        if held.scheme == *scheme && held.level.as_ref() == level {
            held.last_checked_on = Some(context.today);
            held.check = CheckResult::Confirmed;
        }
    }
    let draft = Draft { slug: None, said: old.said.clone(), fictional: old.fictional, body };
    let by = (&author(context), context.at);
    let done = records::replace(conn, slug, Some(old.version), &draft, by);
    done.map(|_| ()).map_err(refused::<Organisation>)
}

fn end(
    conn: &mut Conn,
    context: &Context,
    (entry, reason): (&Entry, Option<&str>),
) -> Result<(), AppError> {
    fn one<T: Topic + register::Subject>(
        conn: &mut Conn,
        context: &Context,
        (slug, reason): (&Slug, String),
    ) -> Result<(), AppError> {
        let said_on = records::find::<T>(conn, slug)?.said.on;
        let ending = Ending { on: context.today.max(said_on), reason: Some(reason) };
        let by = (&author(context), context.at);
        let done = records::end::<T>(conn, slug, None, ending, by);
        links::resolve_reports(conn, (T::KIND, slug), context.at)?;
        done.map(|_| ()).map_err(refused::<T>)
    }
    let reason = reason.map_or_else(|| format!("{}.", entry.reason.label()), str::to_owned);
    match &entry.subject {
        Subject::Record(RecordKind::Posture, slug) => one::<Posture>(conn, context, (slug, reason)),
        Subject::Record(RecordKind::Opening, slug) => one::<Opening>(conn, context, (slug, reason)),
        _ => Ok(()),
    }
}

fn merge(conn: &mut Conn, context: &Context, entry: &Entry) -> Result<(), AppError> {
    let Subject::Pair(from, into) = &entry.subject else { return Ok(()) };
    let by = (&author(context), context.at);
    let done = records::merge(conn, (from, None), into, by);
    done.map(|_| ()).map_err(refused::<Organisation>)
}

fn dismiss(
    conn: &mut Conn,
    context: &Context,
    (entry, reason): (&Entry, Option<&str>),
) -> Result<(), AppError> {
    let Some(reason) = reason else {
        let message = "Say why it is put aside, in a sentence.".to_owned();
        return Err(AppError::refused("/reason", "missing", message));
    };
    let until = ahead(context.today, ASIDE_DAYS);
    kept::put_aside(conn, &entry.id(), (reason, until), (&author(context), context.at))?;
    // A report that is of no account leaves no doubt behind.
    if entry.reason == QueueReason::Reported
        && let Subject::Record(kind, slug) = &entry.subject
        && let Some(owner) = records::owner_of(conn, *kind, slug)?
    {
        links::resolve_reports(conn, (*kind, slug), context.at)?;
        let told = upkeep::told(conn, *kind, (slug, &owner))?;
        links::end_doubt(conn, (*kind, slug), told, context.at)?;
    }
    Ok(())
}

/// Makes a link for the employer; until it runs out the entry waits for the answer.
fn ask(
    conn: &mut Conn,
    context: &Context,
    (entry, days): (&Entry, Option<i64>),
) -> Result<NewLink, AppError> {
    let Subject::Record(RecordKind::Posture, slug) = &entry.subject else {
        return Err(AppError::NotFound("posture"));
    };
    let link = upkeep::link_in(conn, context, slug, days)?;
    let until = link.expires_at.date();
    let by = (&author(context), context.at);
    kept::put_aside(conn, &entry.id(), ("The employer was asked by a link.", until), by)?;
    Ok(link)
}

fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
