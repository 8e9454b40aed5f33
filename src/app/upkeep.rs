//! Employers keep up what they said by a link, and brokers report what they did not find.
//!
//! The secret of a link is in its address alone: it is stored hashed, answers once, and
//! is named in no log. Looking changes nothing, so that whatever follows addresses in
//! mail does no harm.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use rand::RngCore;

use crate::{
    app::{
        AppError, AppState, Refusal,
        register::{
            self,
            reading::visible,
            writing::{Context, refused},
        },
        tokens::{hash, hexadecimal},
    },
    domain::{
        access::{Act, Caller, Role},
        register::{
            Draft, Ending, English, Opening, Organisation, Posture, Publication, Record,
            RecordKind, SelectionOffer, Stance, Voice, rules, texts,
        },
        slug::Slug,
        upkeep::{LINK_DAYS, LinkAnswer, MOST_LINK_DAYS, ReportReason},
    },
    store::{
        Conn, StoreError, changes,
        records::{self, Author},
        upkeep,
    },
};

pub use crate::store::upkeep::Link;

/// A link that was made: the only time that its address can be read.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Its address on this service.
    pub path: String,
    /// From when it is no longer good, UTC.
    pub expires_at: NaiveDateTime,
    /// The posture that it is about.
    pub posture: Slug,
    /// The number of the last change.
    pub change: i64,
}

/// Where a link leads.
#[derive(Debug, Clone)]
pub enum Look {
    /// To a question that is open.
    Open(Box<Said>),
    /// It was answered on that day.
    Answered(LinkAnswer, NaiveDate),
    /// To nothing: there is no such link, or it has run out, or what it was about is over.
    Nothing,
}

/// What an employer said, as it is asked about.
#[derive(Debug, Clone)]
pub struct Said {
    /// The employer's name.
    pub organisation: String,
    /// What it said.
    pub posture: Record<Posture>,
    /// Until when the link is good, UTC.
    pub expires_at: NaiveDateTime,
}

/// What an employer answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is still right.
    Confirm,
    /// This is right instead.
    Change(Box<Change>),
    /// Nothing is said any more.
    Withdraw,
}

/// The parts of a posture that can be changed by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How it stands.
    pub stance: Stance,
    /// Under which conditions.
    pub conditions: Option<String>,
    /// What it offers in choosing people.
    pub offers: Vec<SelectionOffer>,
    /// English really needed.
    pub english: English,
}

/// What was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The employer's name.
    pub organisation: String,
    /// The posture as it is now.
    pub posture: Record<Posture>,
    /// What was answered.
    pub answer: LinkAnswer,
    /// Texts that look as if they were about a person.
    pub warnings: Vec<texts::Warning>,
}

/// A new secret of 256 random bits.
pub fn secret() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    hexadecimal(&bytes)
}

/// Makes a link to a posture that is good for so many days.
///
/// # Errors
///
/// [`AppError::NotFound`]; [`AppError::Forbidden`] for who does not keep the register;
/// [`AppError::Conflict`] for a posture that has ended.
pub async fn make_link(
    app: &AppState,
    caller: &Caller,
    posture: Slug,
    days: Option<i64>,
) -> Result<NewLink, AppError> {
    let context = Context::new(app, caller);
    let made = app.records()?.write(move |conn| link_in(conn, &context, &posture, days));
    made.await
}

/// The same within a transaction.
pub(super) fn link_in(
    conn: &mut Conn,
    context: &Context,
    posture: &Slug,
    days: Option<i64>,
) -> Result<NewLink, AppError> {
    let record = visible::<Posture>(conn, &context.caller, posture)?;
    if !context.caller.keeps() {
        return Err(AppError::Forbidden("Links are made by coordinators."));
    }
    if record.ended.is_some() {
        return Err(AppError::conflict("The posture has ended."));
    }
    let secret = secret();
    let days = days.unwrap_or(LINK_DAYS).clamp(1, MOST_LINK_DAYS);
    let expires_at = context.at + Duration::days(days);
    let by = (&register::author(&context.caller), context.at);
    upkeep::create_link(conn, posture, (&hash(&secret), expires_at), by)?;
    let (path, posture) = (format!("/upkeep/{secret}"), posture.clone());
    Ok(NewLink { path, expires_at, posture, change: changes::position(conn)? })
}

/// What a link leads to; changes nothing.
pub async fn look(app: &AppState, secret: &str) -> Result<Look, AppError> {
    let (hash, now) = (hash(secret), app.clock.now());
    app.records()?.read(move |conn| Ok::<_, AppError>(found(conn, &hash, now)?.1)).await
}

fn found(
    conn: &mut Conn,
    hash: &str,
    now: NaiveDateTime,
) -> Result<(Option<Link>, Look), AppError> {
    let link = match upkeep::link(conn, hash) {
        Err(StoreError::NotFound) => return Ok((None, Look::Nothing)),
        other => other?,
    };
    if let Some((at, answer)) = link.answered {
        return Ok((Some(link), Look::Answered(answer, at.date())));
    }
    let posture = records::find::<Posture>(conn, &link.posture)?;
    if now >= link.expires_at || posture.ended.is_some() {
        return Ok((Some(link), Look::Nothing));
    }
    let employer = records::find::<Organisation>(conn, &posture.body.organisation)?;
    let said = Said { organisation: employer.body.name, posture, expires_at: link.expires_at };
    Ok((Some(link), Look::Open(Box::new(said))))
}

/// Records what an employer answers by a link, and uses the link up.
///
/// # Errors
///
/// [`AppError::NotFound`] for a link that is not good; [`AppError::Conflict`] for one that
/// was answered; [`AppError::Invalid`] for an answer that breaks a rule.
pub async fn answer(app: &AppState, secret: &str, answer: Answer) -> Result<Recorded, AppError> {
    let (hash, at) = (hash(secret), app.clock.now());
    let done = app.records()?.write(move |conn| {
        let (link, said) = match found(conn, &hash, at)? {
            (Some(link), Look::Open(said)) => (link, said),
            (_, Look::Answered(..)) => return Err(AppError::conflict(ANSWERED)),
            _ => return Err(AppError::NotFound("link")),
        };
        let word = match &answer {
            Answer::Confirm => LinkAnswer::Confirmed,
            Answer::Change(_) => LinkAnswer::Changed,
            Answer::Withdraw => LinkAnswer::Withdrawn,
        };
        // The link first: of two answers at once, one waits here and finds it used.
        if !upkeep::use_link(conn, link.id, word, at)? {
            return Err(AppError::conflict(ANSWERED));
        }
        let actor = format!("upkeep-link:{}", link.id);
        let author = Author { actor, role: Role::Employer, token: None };
        write(conn, (&said.posture, answer), (&author, at))?;
        let posture = records::find::<Posture>(conn, &link.posture)?;
        let warnings = texts::warnings(&posture);
        Ok(Recorded { organisation: said.organisation, posture, answer: word, warnings })
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

const ANSWERED: &str = "This link was answered already.";

fn write(
    conn: &mut Conn,
    (old, answer): (&Record<Posture>, Answer),
    by: (&Author, NaiveDateTime),
) -> Result<(), AppError> {
    let today = by.1.date();
    let done = match answer {
        Answer::Confirm => records::confirm::<Posture>(conn, &old.slug, None, today, by),
        Answer::Withdraw => {
            let reason = Some("Withdrawn by the employer.".to_owned());
            // What was said for a day to come ends before it began.
            let ending = Ending { on: today.max(old.said.on), reason };
            records::end::<Posture>(conn, &old.slug, None, ending, by)
        }
        Answer::Change(change) => {
            let Change { stance, conditions, offers, english } = *change;
            let body = Posture { stance, conditions, offers, english, ..old.body.clone() };
            // The employer itself says it now, and a last day or source was of what it
            // said before. Its review is due again as far ahead as it was.
            let mut said = old.said.clone();
            (said.voice, said.on, said.until, said.source) =
                (Voice::Organisation, today, None, None);
            let ahead = old.body.review_by.map(|day| day - old.said.on);
            let review_by = ahead.and_then(|days| today.checked_add_signed(days));
            let body = Posture { review_by, ..body };
            let draft = Draft { slug: None, said, fictional: old.fictional, body };
            let faults = rules::faults(&draft, today);
            if !faults.is_empty() {
                return Err(AppError::Invalid(faults.into_iter().map(Refusal::from).collect()));
            }
            records::replace(conn, &old.slug, None, &draft, by)
        }
    };
    done.map(|_| ()).map_err(refused::<Posture>)
}

/// A report that was noted.
#[derive(Debug, Clone)]
pub struct Reported {
    /// Its number.
    pub id: i64,
    /// The record.
    pub slug: Slug,
    /// What was found otherwise.
    pub reason: ReportReason,
    /// The day.
    pub on: NaiveDate,
    /// The number of the change.
    pub change: i64,
}

/// Notes that a broker did not find a posture or an opening as it was said.
///
/// # Errors
///
/// [`AppError::NotFound`], [`AppError::Forbidden`]; [`AppError::Conflict`] if the same
/// caller's report for the same reason is still open.
pub async fn report(
    app: &AppState,
    caller: &Caller,
    (kind, slug): (RecordKind, Slug),
    reason: ReportReason,
) -> Result<Reported, AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let owner = reportable(conn, &context.caller, (kind, &slug))?;
        let Some(token) = context.caller.token.filter(|_| context.caller.may_report()) else {
            return Err(AppError::Forbidden("Reports are for verified brokers."));
        };
        let by = (&register::author(&context.caller), context.at);
        let told = told(conn, kind, (&slug, &owner))?;
        let made = upkeep::create_report(conn, (kind, &slug), (token, reason), by, told);
        let (id, change) = match made {
            Err(StoreError::Duplicate(_)) => {
                return Err(AppError::conflict("You reported this already; it is looked at."));
            }
            other => other?,
        };
        Ok(Reported { id, slug, reason, on: context.today, change })
    });
    let done = done.await?;
    app.wake_projector();
    Ok(done)
}

/// Refuses at once what will be refused anyway.
///
/// # Errors
///
/// [`AppError::NotFound`], [`AppError::Forbidden`].
pub async fn allow_report(
    app: &AppState,
    caller: &Caller,
    (kind, slug): (RecordKind, Slug),
) -> Result<(), AppError> {
    let caller = caller.clone();
    app.records()?
        .read(move |conn| {
            reportable(conn, &caller, (kind, &slug))?;
            let may = caller.may_report();
            if may { Ok(()) } else { Err(AppError::Forbidden("Reports are for verified brokers.")) }
        })
        .await
}

/// The organisation of a record that can be reported and that the caller may see.
fn reportable(
    conn: &mut Conn,
    caller: &Caller,
    (kind, slug): (RecordKind, &Slug),
) -> Result<Slug, AppError> {
    let (owner, ended) = if kind == RecordKind::Opening {
        let record = visible::<Opening>(conn, caller, slug)?;
        (record.body.organisation, record.ended)
    } else {
        let record = visible::<Posture>(conn, caller, slug)?;
        (record.body.organisation, record.ended)
    };
    if ended.is_some() && caller.may(Act::Read, kind, Some(&owner)) && caller.may_report() {
        return Err(AppError::conflict("It has ended already."));
    }
    Ok(owner)
}

/// Who may be told of a write to a posture or an opening.
pub(super) fn told(
    conn: &mut Conn,
    kind: RecordKind,
    (slug, owner): (&Slug, &Slug),
) -> Result<changes::Told, AppError> {
    let published = records::state_of(conn, owner)? == Some(Publication::Published);
    let open = kind != RecordKind::Posture || records::find::<Posture>(conn, slug)?.body.public;
    let public = published && open;
    Ok(if public { changes::Told::Public } else { changes::Told::Coordinators })
}
