//! Plans made, read, edited, checked and put away.

use chrono::NaiveDateTime;

use crate::{
    app::{
        AppError, AppState,
        pairing::{
            content::{Asked, Content, Placing},
            telling::pairs_of,
            working::{MATTER, Order, present, worked_out},
        },
        register::{self, Key, Told, writing::Context},
    },
    domain::{
        access::Caller,
        pairing::{Agreed, PlanAct, PlanState},
        slug::Slug,
    },
    store::{
        Conn, StoreError,
        changes::{self, Kind},
        pairings,
        records::{Outcome, Written},
    },
};

/// A plan as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// The partnership.
    pub partnership: Slug,
    /// What has become of it.
    pub state: PlanState,
    /// Its version, from 1.
    pub version: i64,
    /// What it says.
    pub content: Content,
    /// When it was made, UTC.
    pub created_at: NaiveDateTime,
    /// When this version was written, UTC.
    pub written_at: NaiveDateTime,
    /// Whether needs, courses or what they stand on changed since it was worked out.
    pub register_changed: bool,
}

/// A version of a plan.
#[derive(Debug, Clone)]
pub struct Past {
    /// Its number, from 1.
    pub version: i64,
    /// What was done.
    pub act: PlanAct,
    /// Who did it, such as `token:7`.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// What it said.
    pub content: Content,
}

/// A plan that is about to be changed.
#[derive(Debug, Clone)]
pub struct Target {
    /// The partnership.
    pub partnership: Slug,
    /// Its number.
    pub id: i64,
    /// The versions that the writer read; `None` for whichever there is.
    pub versions: Option<Vec<i64>>,
}

const NOT_YOURS: &str = "Pairing plans are for coordinators.";

/// Refuses whoever has nothing to do with plans, and partnerships that there are not.
///
/// # Errors
///
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub fn may_plan(app: &AppState, caller: &Caller, partnership: &Slug) -> Result<(), AppError> {
    if !caller.keeps() {
        return Err(AppError::Forbidden(NOT_YOURS));
    }
    let there = app.snapshot().reference.partnership(partnership).is_some();
    if there { Ok(()) } else { Err(AppError::NotFound("partnership")) }
}

/// Works out a plan and keeps it as a draft, or answers what the caller's key led to.
///
/// # Errors
///
/// As [`may_plan`]; [`AppError::Invalid`] for what is not known, and for rules that no
/// plan can keep.
pub async fn make(
    app: &AppState,
    caller: &Caller,
    partnership: Slug,
    (asked, key): (Asked, Option<Key>),
) -> Result<Told<Kept>, AppError> {
    may_plan(app, caller, &partnership)?;
    let _under_way = app.in_flight().begin(key.as_ref())?;
    let context = Context::new(app, caller);
    let (before, forum, own) = (asked.clone(), partnership.clone(), key.clone());
    let at = context.at;
    let found = app.records()?.read(move |conn| {
        if let Some(done) = led_to(conn, own.as_ref(), at)? {
            return Ok(Err(done));
        }
        Ok::<_, AppError>(Ok(agreed(conn, &forum, &before)?))
    });
    let agreed = match found.await? {
        Ok(agreed) => agreed,
        Err(done) => return again(app, partnership, done).await,
    };
    let snapshot = present(app).await?;
    let order = Order { partnership: partnership.clone(), asked, agreed, edited: None };
    let content = worked_out(snapshot, context.today, order).await?;
    let written = app.records()?.write(move |conn| {
        let by = (&register::author(&context.caller), context.at);
        let made = pairings::create(conn, &partnership, &text(&content)?, by)?;
        if let Some(key) = &key {
            let slug = pairings::name(made.0)?;
            let change = changes::position(conn)?;
            let written = Written { slug, version: made.1, change, outcome: Outcome::Created };
            key.note(conn, (Kind::PairingPlan, &written), context.at)?;
        }
        let change = pairings::touch(conn, made, context.at)?.change;
        Ok::<_, AppError>(Told { what: kept(conn, &partnership, made.0)?, change })
    });
    let written = written.await?;
    app.wake_projector();
    Ok(written)
}

/// The number of the plan that a key led to.
pub(super) fn led_to(
    conn: &mut Conn,
    key: Option<&Key>,
    at: NaiveDateTime,
) -> Result<Option<i64>, AppError> {
    let done = key.map(|key| key.led_to(conn, Kind::PairingPlan, at)).transpose()?.flatten();
    Ok(done.and_then(|done| done.slug.rsplit('-').next()?.parse().ok()))
}

/// What a request that is sent twice is answered.
pub(super) async fn again(
    app: &AppState,
    partnership: Slug,
    id: i64,
) -> Result<Told<Kept>, AppError> {
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            Ok(Told { what: kept(conn, &partnership, id)?, change })
        })
        .await
}

/// What an earlier plan agreed, where that is to limit this one.
pub(super) fn agreed(
    conn: &mut Conn,
    partnership: &Slug,
    asked: &Asked,
) -> Result<Option<Agreed>, AppError> {
    let Some(changes) = asked.changes else { return Ok(None) };
    let plan = match pairings::find(conn, partnership, changes.from_plan) {
        Err(StoreError::NotFound) => {
            let message = "There is no such plan of this partnership.".to_owned();
            return Err(AppError::refused("/changes/from_plan", "unknown-value", message));
        }
        other => read(&other?.content)?,
    };
    let placed: Vec<Placing> = plan.pairs.iter().map(Placing::from).collect();
    Ok(Some(Agreed { pairs: pairs_of(&placed), most_changes: changes.at_most }))
}

/// A page of a partnership's plans, newest first, and how many there are.
///
/// # Errors
///
/// As [`may_plan`].
pub async fn list(
    app: &AppState,
    caller: &Caller,
    partnership: Slug,
    (states, page): (Vec<PlanState>, (i64, i64)),
) -> Result<Told<(Vec<Kept>, i64)>, AppError> {
    may_plan(app, caller, &partnership)?;
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let (plans, total) = pairings::page(conn, &partnership, &states, page)?;
            let plans: Result<Vec<Kept>, AppError> =
                plans.into_iter().map(|plan| known(conn, plan)).collect();
            Ok(Told { what: (plans?, total), change })
        })
        .await
}

/// A plan. Its [`Content`] has plain values for an export.
///
/// # Errors
///
/// As [`may_plan`]; [`AppError::NotFound`] if the partnership has none of that number.
pub async fn find(
    app: &AppState,
    caller: &Caller,
    (partnership, id): (Slug, i64),
) -> Result<Told<Kept>, AppError> {
    may_plan(app, caller, &partnership)?;
    again(app, partnership, id).await
}

/// Every version of a plan, first one first.
///
/// # Errors
///
/// As [`find`].
pub async fn history(
    app: &AppState,
    caller: &Caller,
    (partnership, id): (Slug, i64),
) -> Result<Told<Vec<Past>>, AppError> {
    may_plan(app, caller, &partnership)?;
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            kept(conn, &partnership, id)?;
            let versions = pairings::history(conn, id)?.into_iter().map(|one| {
                let content = read(&one.content)?;
                let pairings::Version { version, act, actor, role, at, .. } = one;
                Ok(Past { version, act, actor, role, at, content })
            });
            Ok(Told { what: versions.collect::<Result<_, AppError>>()?, change })
        })
        .await
}

/// What a plan comes to as the register is now, with these pairs or with its own; nothing
/// is kept.
///
/// # Errors
///
/// As [`find`]; [`AppError::Invalid`] for pairs of what is not there.
pub async fn check(
    app: &AppState,
    caller: &Caller,
    (partnership, id): (Slug, i64),
    pairs: Option<Vec<Placing>>,
) -> Result<Told<Content>, AppError> {
    may_plan(app, caller, &partnership)?;
    let target = Target { partnership, id, versions: None };
    let (plan, agreed) = held(app, target).await?;
    let content = rechecked(app, (&plan, agreed), pairs).await?;
    Ok(Told { what: content, change: register::position(app).await? })
}

/// Writes a draft anew, with these pairs.
///
/// # Errors
///
/// As [`check`]; [`AppError::Stale`]; [`AppError::Conflict`] if it is no draft.
pub async fn edit(
    app: &AppState,
    caller: &Caller,
    target: Target,
    pairs: Vec<Placing>,
) -> Result<Told<Kept>, AppError> {
    may_plan(app, caller, &target.partnership)?;
    let (plan, agreed) = held(app, target).await?;
    draft(&plan)?;
    let content = rechecked(app, (&plan, agreed), Some(pairs)).await?;
    put(app, caller, plan, (PlanAct::Change, content)).await
}

/// Puts a draft away.
///
/// # Errors
///
/// As [`edit`].
pub async fn discard(
    app: &AppState,
    caller: &Caller,
    target: Target,
) -> Result<Told<Kept>, AppError> {
    may_plan(app, caller, &target.partnership)?;
    let (plan, _) = held(app, target).await?;
    draft(&plan)?;
    let content = plan.content.clone();
    put(app, caller, plan, (PlanAct::Discard, content)).await
}

async fn put(
    app: &AppState,
    caller: &Caller,
    plan: Kept,
    (act, content): (PlanAct, Content),
) -> Result<Told<Kept>, AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let by = (&register::author(&context.caller), context.at);
        let old = pairings::find(conn, &plan.partnership, plan.id)?;
        let old = pairings::Plan { version: plan.version, ..old };
        let written = pairings::put(conn, &old, (act, &text(&content)?), by).map_err(refused)?;
        let change = pairings::touch(conn, written, context.at)?.change;
        Ok::<_, AppError>(Told { what: kept(conn, &plan.partnership, plan.id)?, change })
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

/// The plan, in a version that the writer read, and what it was to keep to.
pub(super) async fn held(
    app: &AppState,
    target: Target,
) -> Result<(Kept, Option<Agreed>), AppError> {
    app.records()?
        .read(move |conn| {
            let plan = kept(conn, &target.partnership, target.id)?;
            if target.versions.is_some_and(|read| !read.contains(&plan.version)) {
                return Err(AppError::Stale);
            }
            let agreed = agreed(conn, &target.partnership, &plan.content.asked)?;
            Ok((plan, agreed))
        })
        .await
}

/// Refuses what is no draft any more.
pub(super) fn draft(plan: &Kept) -> Result<(), AppError> {
    match plan.state {
        PlanState::Draft => Ok(()),
        PlanState::Signed => Err(AppError::conflict("The plan is signed and stays as it is.")),
        PlanState::Discarded => Err(AppError::conflict("The plan was discarded.")),
    }
}

/// What a plan says as the register is now.
pub(super) async fn rechecked(
    app: &AppState,
    (plan, agreed): (&Kept, Option<Agreed>),
    pairs: Option<Vec<Placing>>,
) -> Result<Content, AppError> {
    let content = plan.content.clone();
    let pairs = pairs.unwrap_or_else(|| content.pairs.iter().map(Placing::from).collect());
    let order = Order {
        partnership: plan.partnership.clone(),
        asked: content.asked,
        agreed,
        edited: Some((content.proposed, pairs)),
    };
    worked_out(present(app).await?, app.clock.today(), order).await
}

pub(super) fn refused(error: StoreError) -> AppError {
    match error {
        StoreError::Ended => AppError::conflict("The plan is no draft any more."),
        StoreError::NotFound => AppError::NotFound("pairing plan"),
        other => other.into(),
    }
}

pub(super) fn kept(conn: &mut Conn, partnership: &Slug, id: i64) -> Result<Kept, AppError> {
    let plan = pairings::find(conn, partnership, id).map_err(refused)?;
    known(conn, plan)
}

fn known(conn: &mut Conn, plan: pairings::Plan) -> Result<Kept, AppError> {
    let content = read(&plan.content)?;
    let register_changed = changes::touched_after(conn, content.change, &MATTER)?;
    let pairings::Plan { id, partnership, state, version, created_at, written_at, .. } = plan;
    Ok(Kept { id, partnership, state, version, content, created_at, written_at, register_changed })
}

/// What a plan says, as it is stored.
pub(super) fn text(content: &Content) -> Result<String, AppError> {
    serde_json::to_string(content).map_err(|error| AppError::Internal(Box::new(error)))
}

fn read(text: &str) -> Result<Content, AppError> {
    serde_json::from_str(text).map_err(|error| AppError::Internal(Box::new(error)))
}
