//! What is new for everybody: the last public changes of the register, each record once.
//!
//! When a record was last told is worked out from its versions as the public would have
//! read each: a version that says to everybody what the one before said moves nothing, and
//! so neither a confirmation nor what is for brokers alone does. The log of changes is
//! followed backwards until no change before can be newer than what was found.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    app::{
        AppError, AppState,
        profile::{Shade, as_everybody_sees},
    },
    domain::{
        register::{
            CaseStudy, Event, Opening, Organisation, Pledge, Publication, Record, RecordKind,
            Signature,
        },
        slug::Slug,
    },
    store::{
        Conn, StoreError,
        changes::{self, Change, Kind, Told},
        records,
    },
};

/// So many things are told.
pub const MOST: usize = 50;
/// Changes are read so many at a time.
const BATCH: i64 = 200;
/// At most so many changes are looked at.
const MOST_CHANGES: i64 = 4_000;

/// Something new, as the public may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub what: News,
    /// Its public name.
    pub slug: Slug,
    /// The organisation that it belongs to, with its name.
    pub owner: Option<(Slug, String)>,
    /// When the public could first read it, UTC.
    pub published: NaiveDateTime,
    /// When what the public reads of it last changed, UTC.
    pub updated: NaiveDateTime,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// What is new.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// An organisation.
    Organisation(Box<Organisation>),
    /// A year under the charter.
    Signature(Signature),
    /// A pledge.
    Pledge(Box<Pledge>),
    /// An opening.
    Opening(Box<Opening>),
    /// An event.
    Event(Event),
    /// A case study.
    CaseStudy(CaseStudy),
}

impl News {
    /// The kind of record that it is.
    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::Organisation(_) => RecordKind::Organisation,
            Self::Signature(_) => RecordKind::Signature,
            Self::Pledge(_) => RecordKind::Pledge,
            Self::Opening(_) => RecordKind::Opening,
            Self::Event(_) => RecordKind::Event,
            Self::CaseStudy(_) => RecordKind::CaseStudy,
        }
    }
}

/// The change that was shown, and the day.
type Key = (i64, NaiveDate);

/// What was new when somebody last asked.
#[derive(Debug, Default)]
pub struct Kept {
    made: Mutex<Option<(Key, Arc<Vec<Item>>)>>,
    making: tokio::sync::Mutex<()>,
}

impl Kept {
    fn find(&self, key: Key) -> Option<Arc<Vec<Item>>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.as_ref().filter(|(one, _)| *one == key).map(|(_, items)| items.clone())
    }
}

/// What is new, newest first.
pub async fn news(app: &AppState) -> Result<Arc<Vec<Item>>, AppError> {
    let Some(store) = app.store() else { return Ok(Arc::default()) };
    let today = app.clock.today();
    let position = store.read(|conn| Ok::<_, AppError>(changes::position(conn)?)).await?;
    if let Some(items) = app.news.find((position, today)) {
        return Ok(items);
    }
    let _made_once = app.news.making.lock().await;
    if let Some(items) = app.news.find((position, today)) {
        return Ok(items);
    }
    let (items, change) = store
        .read(move |conn| {
            let change = changes::position(conn)?;
            Ok::<_, AppError>((Arc::new(gather(conn, (change, today))?), change))
        })
        .await?;
    let made = Some(((change, today), items.clone()));
    *app.news.made.lock().unwrap_or_else(PoisonError::into_inner) = made;
    Ok(items)
}

fn gather(conn: &mut Conn, (last, today): (i64, NaiveDate)) -> Result<Vec<Item>, AppError> {
    let mut look = Look { today, owners: BTreeMap::new() };
    let mut seen: BTreeSet<(RecordKind, Slug)> = BTreeSet::new();
    let mut items: Vec<Item> = Vec::new();
    let mut end = last;
    while end > 0 && last - end < MOST_CHANGES {
        let start = (end - BATCH).max(0);
        let batch = changes::after(conn, start, end - start)?;
        let batch: Vec<Change> = batch.into_iter().filter(|change| change.seq <= end).collect();
        let Some(first) = batch.first().map(|change| change.at) else { break };
        for change in batch.iter().rev() {
            let Kind::Record(kind) = change.kind else { continue };
            if change.told == Told::Public && seen.insert((kind, change.slug.clone())) {
                items.extend(look.at(conn, (kind, &change.slug))?);
            }
        }
        items.sort_by(|one, other| {
            let key = |item: &Item| (item.updated, item.what.kind(), item.slug.clone());
            key(other).cmp(&key(one))
        });
        items.truncate(MOST);
        // What was touched before that was not told after it, either.
        if items.len() == MOST && items.last().is_some_and(|item| item.updated >= first) {
            break;
        }
        end = start;
    }
    Ok(items)
}

/// An organisation: its name, and when it was last published; `None` for one that the
/// public may not see.
type Owner = Option<(String, NaiveDateTime)>;

/// A look at records, as the public sees them.
struct Look {
    today: NaiveDate,
    owners: BTreeMap<Slug, Owner>,
}

/// When the public could first read something, and since when it reads as it does.
type Times = (NaiveDateTime, NaiveDateTime);

impl Look {
    fn at(
        &mut self,
        conn: &mut Conn,
        (kind, slug): (RecordKind, &Slug),
    ) -> Result<Option<Item>, AppError> {
        match kind {
            RecordKind::Organisation => {
                self.item(conn, slug, |body| News::Organisation(Box::new(body)))
            }
            RecordKind::Signature => self.item(conn, slug, News::Signature),
            RecordKind::Pledge => self.item(conn, slug, |body| News::Pledge(Box::new(body))),
            RecordKind::Opening => self.item(conn, slug, |body| News::Opening(Box::new(body))),
            RecordKind::Event => self.item(conn, slug, News::Event),
            RecordKind::CaseStudy => self.item(conn, slug, News::CaseStudy),
            _ => Ok(None),
        }
    }

    fn item<T: Shade>(
        &mut self,
        conn: &mut Conn,
        slug: &Slug,
        news: impl FnOnce(T) -> News,
    ) -> Result<Option<Item>, AppError> {
        let record = match records::find::<T>(conn, slug) {
            Err(StoreError::NotFound) => return Ok(None),
            other => other?,
        };
        let over = record.ends_on().is_some_and(|end| end <= self.today);
        if over || !record.body.open() {
            return Ok(None);
        }
        let own = (T::KIND == RecordKind::Organisation).then(|| slug.clone());
        let owner = own.or_else(|| record.body.owner().cloned());
        let mut known = None;
        if let Some(owner) = owner {
            let Some((name, since)) = self.owner(conn, &owner)? else { return Ok(None) };
            known = Some(((owner, name), since));
        }
        let since = known.as_ref().map(|(_, since)| *since);
        let Some((published, updated)) = told(conn, slug, since, &record)? else { return Ok(None) };
        Ok(Some(Item {
            slug: slug.clone(),
            owner: known.map(|(owner, _)| owner),
            published,
            updated,
            fictional: record.fictional,
            what: news(as_everybody_sees(record).body),
        }))
    }

    /// The organisation of that name, read once.
    fn owner(&mut self, conn: &mut Conn, slug: &Slug) -> Result<Owner, AppError> {
        if let Some(known) = self.owners.get(slug) {
            return Ok(known.clone());
        }
        let found = self.published(conn, slug)?;
        self.owners.insert(slug.clone(), found.clone());
        Ok(found)
    }

    fn published(&self, conn: &mut Conn, slug: &Slug) -> Result<Owner, AppError> {
        if records::merged_into(conn, slug)?.is_some() {
            return Ok(None);
        }
        let mut found: Owner = None;
        for version in records::history::<Organisation>(conn, slug)? {
            let record = version.record;
            let shown = record.body.publication == Publication::Published
                && record.ends_on().is_none_or(|end| self.today < end);
            let since = found.map_or(record.recorded_at, |(_, since)| since);
            found = shown.then_some((record.body.name, since));
        }
        Ok(found)
    }
}

/// When the public could first read a record, and since when it reads as it does;
/// `since` is when its organisation was published.
fn told<T: Shade>(
    conn: &mut Conn,
    slug: &Slug,
    since: Option<NaiveDateTime>,
    record: &Record<T>,
) -> Result<Option<Times>, AppError> {
    let mut times: Option<Times> = None;
    let mut last: Option<Record<T>> = None;
    for version in records::history::<T>(conn, slug)? {
        let at = version.record.recorded_at;
        if !version.record.body.open() {
            (times, last) = (None, None);
            continue;
        }
        let view = unversioned(as_everybody_sees(version.record), record);
        if last.as_ref() != Some(&view) {
            times = Some((times.map_or(at, |(first, _)| first), at));
        }
        last = Some(view);
    }
    let later = |at: NaiveDateTime| since.map_or(at, |since| at.max(since));
    Ok(times.map(|(first, updated)| (later(first), later(updated))))
}

/// The record without what is no news: its version, who said it and when, and that
/// somebody stood by it.
fn unversioned<T>(view: Record<T>, now: &Record<T>) -> Record<T> {
    Record {
        version: 0,
        said: now.said.clone(),
        confirmed_on: None,
        recorded_at: now.recorded_at,
        doubted_on: None,
        ..view
    }
}
