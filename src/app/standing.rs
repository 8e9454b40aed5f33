//! Standing searches: made and revoked by brokers, and told as feeds.
//!
//! A feed is brought up to date when it is read: the change log from where it stands is
//! followed, each employer that was touched is looked at as the public sees it now, and
//! what is told is kept in the same transaction in which the feed moves on. So a change
//! is told once, whatever is stopped and whoever reads at the same time.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use sha2::{Digest, Sha256};

use crate::{
    app::{
        AppError, AppState, Refusal, Snapshot,
        register::{self, Told, writing::Context},
        tokens::{hash, hexadecimal},
        upkeep::secret,
    },
    domain::{
        access::Caller,
        place::Point,
        register::{Opening, Organisation, Posture, Record, RecordKind},
        slug::Slug,
        standing::{self, Facts, MOST_SEARCHES, Need, Why},
    },
    store::{
        Conn, StoreError, changes,
        changes::Kind,
        places,
        records::{self, Condition, Listing, Seen, Topic, Wanted},
        standing as kept,
    },
};

pub use crate::store::standing::{Line, Search};

/// Changes are followed so many at a time.
const BATCH: i64 = 500;
/// Lines on a page of a feed.
pub const LINES: i64 = 50;

/// A search that was made: the only time that its feed's address can be read.
#[derive(Debug, Clone)]
pub struct Made {
    /// The search.
    pub search: Search,
    /// The address of its feed on this service.
    pub path: String,
}

/// A page of a feed.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The search.
    pub search: Search,
    /// The lines, newest first.
    pub lines: Vec<Line>,
    /// Whether there are older ones.
    pub more: bool,
}

const NOT_YOURS: &str = "Standing searches are for verified brokers.";

/// Makes a standing search.
///
/// # Errors
///
/// [`AppError::Forbidden`]; [`AppError::Invalid`] for a word or a place that is not known;
/// [`AppError::Conflict`] for more than there may be.
pub async fn make(app: &AppState, caller: &Caller, need: Need) -> Result<Made, AppError> {
    let context = Context::new(app, caller);
    let Some(token) = caller.token.filter(|_| caller.brokers()) else {
        return Err(AppError::Forbidden(NOT_YOURS));
    };
    let refusals = unknown(&context.snapshot, &need);
    if !refusals.is_empty() {
        return Err(AppError::Invalid(refusals));
    }
    let made = app.records()?.write(move |conn| {
        if kept::all_of(conn, token)?.len() >= MOST_SEARCHES {
            let message = format!("There are {MOST_SEARCHES} already: revoke one first.");
            return Err(AppError::conflict(message));
        }
        let secret = secret();
        let by = (&register::author(&context.caller), context.at);
        let search = kept::create(conn, (&hash(&secret), token), &need, by)?;
        Ok(Made { search, path: format!("/feeds/{secret}.atom") })
    });
    made.await
}

/// What a need names that nobody knows.
fn unknown(snapshot: &Snapshot, need: &Need) -> Vec<Refusal> {
    let refusal = |field: &str, what: &str| Refusal {
        field: format!("/{field}"),
        code: "unknown-value",
        message: format!("There is no such {what}."),
    };
    let words = snapshot.vocabulary();
    let mut found = Vec::new();
    if !words.cohorts.iter().any(|one| one.label.slug == need.cohort) {
        found.push(refusal("cohort", "cohort"));
    }
    for (nth, sector) in need.sectors.iter().enumerate() {
        if !words.sectors.iter().any(|one| one.label.slug == *sector) {
            found.push(refusal(&format!("sectors/{nth}"), "sector"));
        }
    }
    let place = need.place.as_deref();
    if place.is_some_and(|code| snapshot.gazetteer().outcode(code).is_none()) {
        found.push(refusal("place", "outward code"));
    }
    found
}

/// The caller's standing searches; never the address of a feed.
///
/// # Errors
///
/// [`AppError::Forbidden`].
pub async fn list(app: &AppState, caller: &Caller) -> Result<Told<Vec<Search>>, AppError> {
    let Some(token) = caller.token.filter(|_| caller.brokers()) else {
        return Err(AppError::Forbidden(NOT_YOURS));
    };
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            Ok(Told { what: kept::all_of(conn, token)?, change })
        })
        .await
}

/// Revokes a standing search; its feed is gone at once.
///
/// # Errors
///
/// [`AppError::NotFound`] if there is none of that number that is the caller's.
pub async fn revoke(app: &AppState, caller: &Caller, id: i64) -> Result<(), AppError> {
    if !caller.brokers() {
        return Err(AppError::Forbidden(NOT_YOURS));
    }
    let context = Context::new(app, caller);
    let missing = || AppError::NotFound("standing search");
    app.records()?
        .write(move |conn| {
            let search = match kept::find(conn, id) {
                Err(StoreError::NotFound) => return Err(missing()),
                other => other?,
            };
            if Some(search.token) != context.caller.token && !context.caller.keeps() {
                return Err(missing());
            }
            let by = (&register::author(&context.caller), context.at);
            Ok(kept::revoke(conn, id, by)?)
        })
        .await
}

/// A page of the feed at a secret address, up to date.
///
/// # Errors
///
/// [`AppError::NotFound`] for an address that is none, or not any more.
pub async fn feed(app: &AppState, secret: &str, before: Option<i64>) -> Result<Feed, AppError> {
    let (hash, at, today) = (hash(secret), app.clock.now(), app.clock.today());
    let found = move |conn: &mut Conn, hash: &str| match kept::find_by_hash(conn, hash, at) {
        Err(StoreError::NotFound) => Err(AppError::NotFound("feed")),
        other => Ok(other?),
    };
    let snapshot = app.snapshot();
    let own = hash.clone();
    let (search, last) = app
        .records()?
        .read(move |conn| Ok::<_, AppError>((found(conn, &own)?, changes::position(conn)?)))
        .await?;
    if last > search.position {
        let search = search.clone();
        let follow = move |conn: &mut Conn| follow(conn, &snapshot, (&search, today));
        app.records()?.write(follow).await?;
    }
    app.records()?
        .read(move |conn| {
            let search = found(conn, &hash)?;
            let mut lines = kept::page(conn, search.id, before, LINES + 1)?;
            let shown = usize::try_from(LINES).unwrap_or_default();
            let more = lines.len() > shown;
            lines.truncate(shown);
            Ok(Feed { search, lines, more })
        })
        .await
}

/// Tells what changed since the search was last looked at.
fn follow(
    conn: &mut Conn,
    snapshot: &Snapshot,
    (search, today): (&Search, NaiveDate),
) -> Result<(), AppError> {
    let last = changes::position(conn)?;
    let from = kept::move_on(conn, search.id, last)?;
    let touched = touched(conn, from, last)?;
    let place = search.need.place.as_deref().and_then(|code| snapshot.gazetteer().find(code));
    let place = place.map(|place| place.centre);
    let told = kept::told(conn, search.id)?;
    let mut found: Vec<(i64, Slug, NaiveDateTime)> =
        touched.into_iter().map(|(slug, (seq, at))| (seq, slug, at)).collect();
    found.sort();
    let mut lines = Vec::new();
    for (change, slug, at) in found {
        let (title, why) = looked_at(conn, snapshot, (&search.need, place, today), &slug)?;
        let before = told.get(slug.as_str());
        // Of what never fitted nothing is told, nor of what fits no longer a second time.
        let (why, hash) = match why {
            Some(why) => {
                let hash = hexadecimal(&Sha256::digest(format!("{title}\n{}", why.join("\n"))));
                (why, hash)
            }
            None => (vec![GONE.to_owned()], hexadecimal(&Sha256::digest(GONE))),
        };
        let first_and_gone = before.is_none() && why == [GONE];
        if first_and_gone || before == Some(&hash) {
            continue;
        }
        lines.push(Line {
            search_id: search.id,
            number: 0,
            organisation: slug.to_string(),
            title,
            why: why.join("\n"),
            told: hash,
            change,
            at,
        });
    }
    Ok(kept::tell(conn, search.id, lines)?)
}

const GONE: &str = "What it says in public does not fit this search any more.";

/// The organisations that were touched between two changes, each with the last of them.
fn touched(
    conn: &mut Conn,
    from: i64,
    last: i64,
) -> Result<BTreeMap<Slug, (i64, NaiveDateTime)>, AppError> {
    const PARTS: [RecordKind; 2] = [RecordKind::Posture, RecordKind::Opening];
    let mut found = BTreeMap::new();
    if changes::oldest(conn)?.is_some_and(|oldest| from + 1 < oldest) {
        // The log was trimmed past where the feed stands: any of them may have changed.
        let now = changes::after(conn, last - 1, 1)?.into_iter().next();
        let Some(stamp) = now.map(|change| (change.seq, change.at)) else { return Ok(found) };
        let mut name = None;
        loop {
            let kind = RecordKind::Organisation;
            let some = records::names_after(conn, kind, name.as_ref(), BATCH)?;
            let Some(end) = some.last() else { return Ok(found) };
            name = Some(end.clone());
            found.extend(some.into_iter().map(|slug| (slug, stamp)));
        }
    }
    let mut at = from;
    while at < last {
        let batch = changes::after(conn, at, BATCH)?;
        let Some(end) = batch.last() else { break };
        at = end.seq;
        for change in batch.into_iter().filter(|change| change.seq <= last) {
            let stamp = (change.seq, change.at);
            match change.kind {
                Kind::Record(RecordKind::Organisation) => {
                    found.insert(change.slug, stamp);
                }
                Kind::Record(kind) if PARTS.contains(&kind) => {
                    let owners = records::owners_of(conn, kind, &[change.slug])?;
                    found.extend(owners.into_iter().map(|owner| (owner, stamp)));
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

/// An employer as the public sees it now: its name, and why it fits.
fn looked_at(
    conn: &mut Conn,
    snapshot: &Snapshot,
    (need, place, today): (&Need, Option<Point>, NaiveDate),
    slug: &Slug,
) -> Result<(String, Option<Why>), AppError> {
    let own = public::<Organisation>(conn, ("slug", slug), today)?;
    let Some(organisation) = own.into_iter().next() else { return Ok((slug.to_string(), None)) };
    let postures = public::<Posture>(conn, ("organisation", slug), today)?;
    let openings = public::<Opening>(conn, ("organisation", slug), today)?;
    let names: Vec<Slug> = openings.iter().map(|opening| opening.slug.clone()).collect();
    let mut left = places::on_a_day(conn, &names, today)?;
    let openings: Vec<(Record<Opening>, Option<i32>)> = openings
        .into_iter()
        .map(|opening| {
            let places = left.remove(&opening.slug);
            (opening, places.and_then(|places| places.left))
        })
        .collect();
    let sites = organisation.body.sites.iter().filter_map(|site| {
        let by_code = site.postcode.as_deref().and_then(|code| snapshot.gazetteer().find(code));
        by_code.or_else(|| snapshot.gazetteer().find(site.town.as_deref()?))
    });
    let points: Vec<Point> = sites.map(|place| place.centre).collect();
    let facts = Facts {
        organisation: &organisation,
        postures: &postures,
        openings: &openings,
        points: &points,
    };
    let why = standing::fits(need, &facts, (place, today));
    Ok((organisation.body.name.clone(), why))
}

/// Records as everybody sees them.
fn public<T: Topic>(
    conn: &mut Conn,
    (field, slug): (&'static str, &Slug),
    today: NaiveDate,
) -> Result<Vec<Record<T>>, StoreError> {
    let any_of = vec![Wanted::Is(slug.to_string())];
    let conditions = vec![Condition { field, any_of }];
    let listing = Listing { conditions, seen: Seen::Public, today, offset: 0, limit: i64::MAX };
    Ok(records::page::<T>(conn, &listing)?.0)
}
