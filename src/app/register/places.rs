//! The places of openings: held by brokers, taken, given back and counted.
//!
//! Each is one transaction, in which the ledger is judged behind the queue of its
//! opening's writers. Whose a hold is decides who may see it.

use chrono::{Days, NaiveDate};

use crate::{
    app::{
        AppError, AppState,
        register::{
            self, Key, Target, Told,
            reading::visible,
            writing::{Context, held, refused},
        },
    },
    domain::{
        access::{Act, Caller, PlaceAct},
        places::{HOLD_DAYS, HoldState, Line, MOST_HOLD_DAYS, Places, Refused},
        register::{Draft, Opening, OpeningState, Organisation, Publication, Record, RecordKind},
        slug::Slug,
    },
    store::{
        Conn, StoreError, changes,
        places::{self, NotEntered, Wish},
        records::{self, Outcome, Written},
    },
};

pub use crate::store::places::Kept;

/// What somebody wants with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// To keep one free for so many days, under a mark of one's own.
    Hold {
        /// Days from today; 14 unless said.
        days: Option<u64>,
        /// A mark that means nothing to anybody else.
        reference: Option<String>,
    },
    /// To note that somebody got the place of a hold, or one that is left.
    Take(Option<i64>),
    /// To free a place that was held or taken.
    GiveBack(i64),
    /// To say no to a hold.
    Decline(i64),
}

/// What an opening's places came to.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The opening.
    pub opening: Slug,
    /// Its version.
    pub version: i64,
    /// Its places.
    pub places: Places,
    /// The day for which they are told.
    pub day: NaiveDate,
}

/// A place after something was done with it.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The place.
    pub hold: Kept,
    /// The opening's places.
    pub counted: Counted,
    /// The number of the change.
    pub change: i64,
}

impl Asked {
    const fn act(&self) -> PlaceAct {
        match self {
            Self::Hold { .. } => PlaceAct::Hold,
            Self::Take(_) => PlaceAct::Take,
            Self::GiveBack(_) => PlaceAct::GiveBack,
            Self::Decline(_) => PlaceAct::Decline,
        }
    }

    /// The place that it is about, if that is there already.
    const fn about(&self) -> Option<i64> {
        match self {
            Self::Hold { .. } => None,
            Self::Take(hold) => *hold,
            Self::GiveBack(hold) | Self::Decline(hold) => Some(*hold),
        }
    }

    fn wish(self, today: NaiveDate) -> Wish {
        let mut mark = None;
        let line = match self {
            Self::Hold { days, reference } => {
                mark = reference;
                let days = days.unwrap_or(HOLD_DAYS).clamp(1, MOST_HOLD_DAYS);
                Line::Hold(today.checked_add_days(Days::new(days)).unwrap_or(today))
            }
            Self::Take(hold) => Line::Take(hold),
            Self::GiveBack(hold) => Line::GiveBack(hold),
            Self::Decline(hold) => Line::Decline(hold),
        };
        Wish { line, reference: mark }
    }
}

/// The places of an opening that the caller may see.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there, and for what the caller may not see.
pub async fn count(app: &AppState, caller: &Caller, slug: Slug) -> Result<Told<Counted>, AppError> {
    let (caller, today) = (caller.clone(), app.clock.today());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let record = visible::<Opening>(conn, &caller, &slug)?;
            Ok(Told { what: counted(conn, &record, today)?, change })
        })
        .await
}

/// Refuses at once what will be refused anyway: an opening that is not to be seen, or an
/// act that is not the caller's on any of its places.
///
/// # Errors
///
/// As [`count`]; [`AppError::Forbidden`].
pub async fn allow(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
    act: PlaceAct,
) -> Result<(), AppError> {
    let caller = caller.clone();
    app.records()?
        .read(move |conn| {
            let owner = visible::<Opening>(conn, &caller, &slug)?.body.organisation;
            let may = caller.may_with_places(act, Some(&owner), caller.token);
            if may { Ok(()) } else { Err(AppError::Forbidden(NOT_YOURS)) }
        })
        .await
}

/// The places of an opening that were held or taken, those that the caller may see.
///
/// # Errors
///
/// As [`count`]; [`AppError::Forbidden`] for who has nothing to do with holds.
pub async fn holds(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
) -> Result<Told<Vec<Kept>>, AppError> {
    let (caller, today) = (caller.clone(), app.clock.today());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let record = visible::<Opening>(conn, &caller, &slug)?;
            let owner = Some(&record.body.organisation);
            if !caller.sees_hold(owner, caller.token) {
                return Err(AppError::Forbidden(NOT_YOURS));
            }
            let mut holds = places::holds(conn, &slug, today)?;
            holds.retain(|kept| caller.sees_hold(owner, kept.token));
            Ok(Told { what: holds, change })
        })
        .await
}

/// Does something with a place, or answers what the caller's key led to before.
///
/// # Errors
///
/// [`AppError::NotFound`], [`AppError::Forbidden`]; [`AppError::Conflict`] if no place is
/// left, the number is not known, or the place is not in a state in which it can be done.
pub async fn enter(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
    (asked, key): (Asked, Option<Key>),
) -> Result<Entered, AppError> {
    let _under_way = app.in_flight().begin(key.as_ref())?;
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let record = visible::<Opening>(conn, &context.caller, &slug)?;
        let done = key.as_ref().map(|key| key.led_to(conn, RecordKind::Opening, context.at));
        if let Some(done) = done.transpose()?.flatten() {
            let hold = places::hold(conn, &slug, done.version, context.today)?;
            let counted = counted(conn, &record, context.today)?;
            return Ok(Entered { hold, counted, change: done.change });
        }
        let entered = entered(conn, &context, (&record, asked))?;
        if let Some(key) = &key {
            let (version, change) = (entered.hold.hold.id, entered.change);
            let slug = record.slug.clone();
            let written = Written { slug, version, change, outcome: Outcome::Created };
            key.note(conn, (RecordKind::Opening, &written), context.at)?;
        }
        Ok::<_, AppError>(entered)
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

const NOT_YOURS: &str = "Your role may not do this with these places.";

fn entered(
    conn: &mut Conn,
    context: &Context,
    (record, asked): (&Record<Opening>, Asked),
) -> Result<Entered, AppError> {
    let (caller, slug) = (&context.caller, &record.slug);
    // The queue first: what is judged here must hold until the end.
    places::lock(conn, slug)?;
    let owner = Some(&record.body.organisation);
    let mut maker = None;
    if let Some(id) = asked.about() {
        let kept = match places::hold(conn, slug, id, context.today) {
            // Somebody else's is answered like one that is not there.
            Ok(kept) if caller.sees_hold(owner, kept.token) => kept,
            Ok(_) | Err(StoreError::NotFound) => {
                return Err(not_entered(Refused::NoSuchHold.into()));
            }
            Err(error) => return Err(error.into()),
        };
        maker = kept.token;
    }
    if !caller.may_with_places(asked.act(), owner, maker) {
        return Err(AppError::Forbidden(NOT_YOURS));
    }
    open_to(conn, record, (&asked, context.today))?;
    let told = told(conn, &record.body.organisation)?;
    let wish = asked.wish(context.today);
    let by = (&register::author(caller), context.at);
    let entered = places::enter(conn, slug, &wish, by, told).map_err(not_entered)?;
    let counted = told_of(record, &entered.ledger, context.today);
    Ok(Entered { hold: entered.hold, counted, change: entered.change })
}

/// Refuses a new hold, or a taking without one, where nobody can apply.
fn open_to(
    conn: &mut Conn,
    record: &Record<Opening>,
    (asked, today): (&Asked, NaiveDate),
) -> Result<(), AppError> {
    if !matches!(asked, Asked::Hold { .. } | Asked::Take(None)) {
        return Ok(());
    }
    let state = record.body.state(record.ended.as_ref(), today);
    if state != OpeningState::Open || !record.counts_on(today) {
        return Err(AppError::conflict("The opening is not open."));
    }
    let employer = records::find::<Organisation>(conn, &record.body.organisation)?;
    if !matches!(asked, Asked::Hold { .. }) {
        return Ok(());
    }
    if employer.body.do_not_contact {
        return Err(AppError::conflict("The employer asked not to be contacted."));
    }
    // What nobody has stood by for long is not known, and so not there to be held.
    match counted(conn, record, today)?.places.left {
        None => Err(not_entered(Refused::NotKnown.into())),
        Some(_) => Ok(()),
    }
}

fn not_entered(error: NotEntered) -> AppError {
    match error {
        NotEntered::Store(error) => error.into(),
        NotEntered::Refused(Refused::NoSuchHold) => {
            let message = "There is no such hold on this opening.".to_owned();
            AppError::refused("/hold", "unknown-value", message)
        }
        NotEntered::Refused(Refused::NotKnown) => AppError::conflict(
            "The number of places is not known: the employer has to state or confirm it.",
        ),
        NotEntered::Refused(Refused::NoneLeft) => AppError::conflict("No place is left."),
        NotEntered::Refused(Refused::Not(state)) => AppError::conflict(match state {
            HoldState::Held => "The place is held.",
            HoldState::Taken => "The place is taken.",
            HoldState::GivenBack => "The place was given back.",
            HoldState::Declined => "The hold was declined.",
            HoldState::Lapsed => "The hold has lapsed.",
            HoldState::Recounted => "The hold ended with a new count of the places.",
        }),
    }
}

/// Who may be told of an organisation's places.
fn told(conn: &mut Conn, owner: &Slug) -> Result<changes::Told, AppError> {
    let published = records::state_of(conn, owner)? == Some(Publication::Published);
    Ok(if published { changes::Told::Public } else { changes::Told::Coordinators })
}

/// States how many places an opening has from now on: a new count begins, and somebody
/// who knows stands by the opening today.
///
/// # Errors
///
/// As [`register::replace`].
pub async fn restate(
    app: &AppState,
    caller: &Caller,
    target: Target,
    places: Option<i32>,
) -> Result<Told<Counted>, AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let old = held::<Opening>(conn, &context, &target, Act::Change)?;
        let owner = &old.body.organisation;
        if !context.caller.may_with_places(PlaceAct::Count, Some(owner), None) {
            return Err(AppError::Forbidden(NOT_YOURS));
        }
        if old.ended.is_some() {
            return Err(AppError::conflict("The opening was withdrawn."));
        }
        let same = old.body.places == places;
        let body = Opening { places, ..old.body.clone() };
        let draft = Draft { slug: None, said: old.said.clone(), fictional: old.fictional, body };
        let by = (&register::author(&context.caller), context.at);
        let written = records::replace(conn, &old.slug, Some(old.version), &draft, by);
        let mut change = written.map_err(refused::<Opening>)?.change;
        if same {
            let told = told(conn, owner)?;
            change = places::count_anew(conn, &old.slug, by, told)?;
        }
        let stood_by = records::confirm::<Opening>(conn, &old.slug, None, context.today, by);
        change = change.max(stood_by.map_err(refused::<Opening>)?.change);
        let record = records::find::<Opening>(conn, &old.slug)?;
        Ok::<_, AppError>(Told { what: counted(conn, &record, context.today)?, change })
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

fn counted(
    conn: &mut Conn,
    record: &Record<Opening>,
    today: NaiveDate,
) -> Result<Counted, AppError> {
    Ok(told_of(record, &places::ledger(conn, &record.slug)?, today))
}

fn told_of(
    record: &Record<Opening>,
    ledger: &crate::domain::places::Ledger,
    day: NaiveDate,
) -> Counted {
    let places = Places::of(record, ledger, day);
    Counted { opening: record.slug.clone(), version: record.version, places, day }
}
