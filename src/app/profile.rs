//! Everything about one organisation, as a caller may see it on a day.
//!
//! Read in one look at the database, with a number of queries that does not grow with
//! what the organisation has; judged by [`access`](crate::domain::access) before it
//! leaves here. What a caller may not see is taken out of the records themselves, so that
//! whoever shows them has nothing to hide, and what is hidden is answered exactly like
//! what is not there.

mod past;
mod promises;
mod public;
mod shade;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use self::{
    past::{History, Past, history},
    promises::{Pledger, Pledgers, Promise, Year, facts, pledgers},
    public::{
        CaseStudies, Diary, Named, Numbers, Window, case_studies, case_study, directory, event,
        events, numbers,
    },
};
pub use crate::store::records::{Directory, Listed};

use self::shade::shaded;
pub(in crate::app) use self::shade::{Shade, as_everybody_sees};
use crate::{
    app::{AppError, AppState},
    domain::{
        access::{Act, Caller, Role, Shown},
        places::{Ledger, Places},
        register::{
            Audience, CaseStudy, ContactRoute, Event, Opening, OpeningState, Organisation, Pledge,
            Posture, Publication, Record, RecordKind, Signature,
        },
        slug::Slug,
        vocabulary::Vocabulary,
    },
    store::{
        Conn, StoreError, changes, places,
        records::{self, Condition, Listing, Seen, Wanted},
    },
};

/// Of each kind at most so many of an organisation's records are told.
pub const MOST: i64 = 500;

/// Where a look leads.
#[derive(Debug, Clone)]
pub enum Look<T> {
    /// Here it is.
    Here(T),
    /// It was merged into the organisation of that name.
    Moved(Slug),
}

/// How an organisation is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// It asked not to be contacted.
    AskedNotTo,
    /// By these routes; perhaps none is known.
    By(Vec<ContactRoute>),
}

/// Work on offer, and where it stands.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The opening.
    pub record: Record<Opening>,
    /// Where it stands on the day.
    pub state: OpeningState,
    /// The places on the day.
    pub places: Places,
}

/// One organisation with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The day that is told of.
    pub day: NaiveDate,
    /// Whether that is a day gone by.
    pub past: bool,
    /// The number of the last change that is shown.
    pub change: i64,
    /// The organisation; its contacts are in `reach`.
    pub organisation: Record<Organisation>,
    /// How it is reached.
    pub reach: Reach,
    /// Its years under the charter with their pledges, latest first.
    pub years: Vec<Year>,
    /// What it says about groups, in the vocabulary's order; what no longer counts too.
    pub postures: Vec<Record<Posture>>,
    /// Groups about which it says nothing that counts on the day.
    pub unspoken: Vec<Slug>,
    /// Work on offer: what is open first.
    pub openings: Vec<Offer>,
    /// What it holds, earliest first.
    pub events: Vec<Record<Event>>,
    /// How it did it.
    pub case_studies: Vec<Record<CaseStudy>>,
    /// How many more records there are than [`MOST`] of a kind.
    pub left_out: u64,
}

/// Whose records are read, for whom, as of when.
struct View<'a> {
    caller: &'a Caller,
    slug: &'a Slug,
    today: NaiveDate,
    /// A day gone by, if it is asked for.
    then: Option<NaiveDate>,
    left_out: u64,
}

/// Everything about the organisation of that name, as it is or as it was on a day.
///
/// # Errors
///
/// [`AppError::NotFound`] for what is not there and what the caller may not see;
/// [`AppError::Invalid`] for a day to come.
pub async fn find(
    app: &AppState,
    caller: &Caller,
    slug: &str,
    as_of: Option<NaiveDate>,
) -> Result<Look<Profile>, AppError> {
    let slug = named(slug)?;
    let today = app.clock.today();
    if as_of.is_some_and(|day| day > today) {
        let message = "\"as_of\" is a day to come: only days gone by can be shown.".to_owned();
        return Err(AppError::refused("as_of", "in-the-future", message));
    }
    let store = app.store().ok_or(NOT_FOUND)?;
    let (caller, library) = (caller.clone(), app.library().clone());
    store
        .read(move |conn| {
            let then = as_of.filter(|day| *day < today);
            let mut view = View { caller: &caller, slug: &slug, today, then, left_out: 0 };
            let organisation = match organisation(conn, &view)? {
                Look::Moved(heir) => return Ok(Look::Moved(heir)),
                Look::Here(organisation) => organisation,
            };
            view.profile(conn, organisation, &library.content.vocabulary).map(Look::Here)
        })
        .await
}

/// What is not there, and what is hidden.
const NOT_FOUND: AppError = AppError::NotFound("organisation");

fn named(slug: &str) -> Result<Slug, AppError> {
    Slug::parse(slug).map_err(|_not_a_slug| NOT_FOUND)
}

/// The organisation itself, whole.
fn organisation(conn: &mut Conn, view: &View<'_>) -> Result<Look<Record<Organisation>>, AppError> {
    let now = match records::find::<Organisation>(conn, view.slug) {
        Err(StoreError::NotFound) => return Err(NOT_FOUND),
        other => other?,
    };
    if let Some(heir) = records::merged_into(conn, view.slug)? {
        let state = records::state_of(conn, &heir)?;
        let published = state == Some(Publication::Published);
        let shown = Shown { published, open: true }.to(view.caller, Some(&heir));
        return if shown { Ok(Look::Moved(heir)) } else { Err(NOT_FOUND) };
    }
    let visible = |one: &Record<Organisation>| {
        let published = one.body.publication == Publication::Published;
        view.caller.may(Act::Read, RecordKind::Organisation, Some(view.slug))
            && Shown { published, open: true }.to(view.caller, Some(view.slug))
    };
    if !visible(&now) {
        return Err(NOT_FOUND);
    }
    let Some(day) = view.then else { return Ok(Look::Here(now)) };
    match records::as_of::<Organisation>(conn, view.slug, day) {
        Ok(then) if visible(&then) => Ok(Look::Here(then)),
        Ok(_) | Err(StoreError::NotFound) => Err(NOT_FOUND),
        Err(error) => Err(error.into()),
    }
}

impl View<'_> {
    fn day(&self) -> NaiveDate {
        self.then.unwrap_or(self.today)
    }

    fn profile(
        &mut self,
        conn: &mut Conn,
        organisation: Record<Organisation>,
        words: &Vocabulary,
    ) -> Result<Profile, AppError> {
        let day = self.day();
        let signatures = self.records::<Signature>(conn)?;
        let pledges = self.records::<Pledge>(conn)?;
        let years = promises::years(signatures, pledges, day).into_iter();
        let years = years.map(|year| year.shaded(self.caller, self.slug)).collect();
        let mut postures = self.records::<Posture>(conn)?;
        let place = |slug: &Slug| words.cohorts.iter().position(|one| one.label.slug == *slug);
        postures.sort_by_key(|one| {
            (place(&one.body.cohort).unwrap_or(usize::MAX), one.body.cohort.clone())
        });
        let spoken: BTreeSet<&Slug> =
            postures.iter().filter(|one| one.counts_on(day)).map(|one| &one.body.cohort).collect();
        let groups = words.cohorts.iter().map(|cohort| &cohort.label.slug);
        let unspoken = groups.filter(|slug| !spoken.contains(slug)).cloned().collect();
        let openings = self.records::<Opening>(conn)?;
        let mut openings = offers(conn, openings, day)?;
        openings.sort_by_key(|one| one.state != OpeningState::Open);
        let mut events = self.records::<Event>(conn)?;
        events.sort_by_key(|one| one.body.starts_at);
        let case_studies = self.records::<CaseStudy>(conn)?;
        let change = changes::position(conn)?;
        let (organisation, reach) = self.introduced(organisation);
        Ok(Profile {
            day,
            past: self.then.is_some(),
            change,
            organisation,
            reach,
            years,
            postures: postures.into_iter().map(|one| self.shaded(one)).collect(),
            unspoken,
            openings: openings
                .into_iter()
                .map(|one| Offer { record: self.shaded(one.record), ..one })
                .collect(),
            events: events.into_iter().map(|one| self.shaded(one)).collect(),
            case_studies: case_studies.into_iter().map(|one| self.shaded(one)).collect(),
            left_out: self.left_out,
        })
    }

    /// The organisation as the caller sees it, and how it is reached.
    fn introduced(&self, mut record: Record<Organisation>) -> (Record<Organisation>, Reach) {
        let routes = routes(self.caller, self.slug, &mut record.body);
        (self.shaded(record), routes)
    }

    fn shaded<T: Shade>(&self, record: Record<T>) -> Record<T> {
        shaded(self.caller, Some(self.slug), record)
    }

    /// The organisation's records of a kind that the caller may see, as of the day.
    fn records<T: Shade>(&mut self, conn: &mut Conn) -> Result<Vec<Record<T>>, AppError> {
        let of = vec![Wanted::Is(self.slug.to_string())];
        let listing = Listing {
            conditions: vec![Condition { field: "organisation", any_of: of }],
            seen: seen(self.caller),
            today: self.today,
            offset: 0,
            limit: MOST,
        };
        let (now, total) = records::page::<T>(conn, &listing)?;
        self.left_out += total - now.len() as u64;
        let Some(day) = self.then else { return Ok(now) };
        let names: Vec<Slug> = now.into_iter().map(|record| record.slug).collect();
        let mut then = records::all_as_of::<T>(conn, &names, day)?;
        // On that day it may have been another's, or not have been open.
        then.retain(|record| {
            let open = record.body.open();
            // Brokers are told what employers say; what lacks permission is told to nobody.
            let shown = Shown { published: open || T::KIND == RecordKind::Posture, open };
            record.body.owner() == Some(self.slug) && shown.to(self.caller, Some(self.slug))
        });
        Ok(then)
    }
}

fn offers(
    conn: &mut Conn,
    records: Vec<Record<Opening>>,
    day: NaiveDate,
) -> Result<Vec<Offer>, AppError> {
    let slugs: Vec<Slug> = records.iter().map(|record| record.slug.clone()).collect();
    let mut ledgers = places::ledgers(conn, &slugs)?;
    let offers = records.into_iter().map(|record| {
        let ledger = ledgers.remove(&record.slug).unwrap_or_default();
        offer(record, &ledger.until(day), day)
    });
    Ok(offers.collect())
}

fn offer(record: Record<Opening>, ledger: &Ledger, day: NaiveDate) -> Offer {
    let state = match record.body.state(record.ended.as_ref(), day) {
        OpeningState::Open if !record.counts_on(day) => OpeningState::Closed,
        other => other,
    };
    let places = Places::of(&record, ledger, day);
    Offer { record, state, places }
}

/// Takes the contact routes out of an organisation, those that the caller may use.
fn routes(caller: &Caller, slug: &Slug, body: &mut Organisation) -> Reach {
    let inside = caller.keeps() || caller.owns(Some(slug));
    let mut routes = std::mem::take(&mut body.contacts);
    if body.do_not_contact && !inside {
        return Reach::AskedNotTo;
    }
    routes.retain(|route| match route.audience {
        Audience::Public => true,
        Audience::Broker => inside || caller.brokers(),
        Audience::Coordinator => inside,
    });
    Reach::By(routes)
}

/// The caller as lists know it.
fn seen(caller: &Caller) -> Seen {
    match (caller.role, &caller.organisation) {
        (Role::Coordinator | Role::Admin, _) => Seen::All,
        (Role::Broker, _) => Seen::Broker,
        (Role::Employer, Some(own)) => Seen::Owner(own.clone()),
        (Role::Employer, None) | (Role::Public, _) => Seen::Public,
    }
}
