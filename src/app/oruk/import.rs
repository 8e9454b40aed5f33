//! Bringing somebody's feed into the register: all of it or nothing, and the same feed
//! again changes nothing.
//!
//! An organisation of the feed becomes a record like any other, on the word of a list
//! nobody has confirmed, with the feed's address for its source; what somebody else wrote
//! of it is never written over. Its services are kept as the feed tells them. What is our
//! own already, and what another feed brought, is left alone.

mod home;
mod offered;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

use crate::{
    app::{
        exchange::import::operator,
        oruk::{
            crawl::Crawled,
            document::{Document, LeftOut, text},
            import::offered::{Offered, named, provider_of},
            kept::read,
            terms::own_terms,
        },
    },
    domain::{
        oruk::{Thing, day_in, id},
        register::{KeptCourse, RecordKind},
        slug::Slug,
        uk_time,
        vocabulary::Vocabulary,
    },
    store::{
        Conn, Store, StoreError,
        oruk::{self, Kept},
        records, reference,
    },
};

/// What becomes of what is no longer in a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It stays as it is.
    Stays,
    /// It ends today.
    Ends,
}

/// How to import.
#[derive(Debug, Clone, Copy)]
pub struct Orders {
    /// Whether nothing is to be written.
    pub dry: bool,
    /// What becomes of what is no longer in the feed.
    pub missing: Missing,
    /// The moment of the import, UTC.
    pub at: NaiveDateTime,
}

/// Why an import was broken off; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// An organisation cannot be written down.
    #[error("an organisation of the feed cannot be written down: {0}")]
    Rule(String),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was meant to be taken back.
    #[error("nothing was kept")]
    TakenBack,
}

/// How many of a kind came in, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// New.
    pub created: u64,
    /// Said otherwise than before.
    pub changed: u64,
    /// Said as before.
    pub unchanged: u64,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Records of organisations.
    pub organisations: Counted,
    /// Services.
    pub services: Counted,
    /// Taxonomies and terms.
    pub terms: Counted,
    /// Organisations of the feed that the register knew by number or name, and left as
    /// they are.
    pub linked: u64,
    /// Services that are this register's own.
    pub own: u64,
    /// Services that another feed brought.
    pub elsewhere: u64,
    /// Things that are no longer in the feed, and stay.
    pub missing: u64,
    /// Things that are no longer in the feed, and ended.
    pub ended: u64,
    /// What was left out of the feed's documents.
    pub left_out: LeftOut,
    /// Whether it was written.
    pub kept: bool,
}

/// Imports a feed that is known by an address or a name.
///
/// # Errors
///
/// [`ImportError`] if it could not be carried through.
pub fn import(
    store: &Store,
    vocabulary: &Vocabulary,
    (feed, crawled): (&str, &Crawled),
    orders: Orders,
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let offered = Offered::of(crawled, &mut report.left_out);
    let carried = store.write_blocking(|conn| {
        let mut importing = Importing::begin(conn, vocabulary, feed, orders)?;
        importing.all(conn, &offered, &mut report)?;
        if orders.dry { Err(ImportError::TakenBack) } else { Ok(()) }
    });
    match carried {
        Ok(()) => report.kept = true,
        Err(ImportError::TakenBack) => {}
        Err(error) => return Err(error),
    }
    Ok(report)
}

/// An import on its way.
struct Importing<'a> {
    feed: &'a str,
    orders: Orders,
    today: NaiveDate,
    known: BTreeMap<(Thing, String), Kept>,
    /// What the feed said of services before, by the identifier of their organisation.
    before: BTreeMap<String, Vec<Document>>,
    /// Identifiers of what is this register's own.
    own: BTreeSet<String>,
    seen: BTreeSet<(Thing, String)>,
    news: Vec<Kept>,
}

impl<'a> Importing<'a> {
    fn begin(
        conn: &mut Conn,
        vocabulary: &Vocabulary,
        feed: &'a str,
        orders: Orders,
    ) -> Result<Self, StoreError> {
        let kept: Vec<Kept> = oruk::all(conn)?.into_iter().map(|(kept, _)| kept).collect();
        let before = before(feed, &kept);
        let known = kept.into_iter().map(|one| ((one.thing, one.id.clone()), one)).collect();
        let today = uk_time::day(orders.at);
        let (own, seen) = (own(conn, vocabulary)?, BTreeSet::new());
        Ok(Self { feed, orders, today, known, before, own, seen, news: Vec::new() })
    }

    fn all(
        &mut self,
        conn: &mut Conn,
        offered: &Offered,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        for (thing, document) in &offered.terms {
            if self.is_ours(*thing, document, &mut 0) {
                continue;
            }
            let outcome = self.keep(*thing, document, None);
            report.terms.count(outcome);
        }
        for (id, services) in &offered.services {
            let Some(organization) = offered.organizations.get(id) else { continue };
            let theirs: Vec<&Document> = services
                .iter()
                .filter(|one| !self.is_ours(Thing::Service, one, &mut report.own))
                .filter(|one| !self.is_elsewhere(Thing::Service, one, &mut report.elsewhere))
                .collect();
            if theirs.is_empty() {
                continue;
            }
            let slug = self.home(conn, (id, organization), &theirs, report)?;
            if !self.is_elsewhere(Thing::Organization, organization, &mut 0) {
                self.keep(Thing::Organization, organization, Some(slug.clone()));
            }
            for service in theirs {
                let outcome = self.keep(Thing::Service, service, Some(slug.clone()));
                report.services.count(outcome);
            }
        }
        self.missing(conn, report)?;
        oruk::put_all(conn, &self.news, &operator(), self.orders.at)?;
        Ok(())
    }

    /// Whether a thing is this register's own: it is told by us already.
    fn is_ours(&self, thing: Thing, document: &Document, count: &mut u64) -> bool {
        let id = named(document);
        let ours = self.own.contains(&id) && !self.known.contains_key(&(thing, id));
        *count += u64::from(ours);
        ours
    }

    /// Whether another feed brought a thing.
    fn is_elsewhere(&self, thing: Thing, document: &Document, count: &mut u64) -> bool {
        let known = self.known.get(&(thing, named(document)));
        let elsewhere = known.is_some_and(|known| known.feed != self.feed);
        *count += u64::from(elsewhere);
        elsewhere
    }

    /// Keeps a thing as the feed tells it now.
    fn keep(&mut self, thing: Thing, document: &Document, organisation: Option<Slug>) -> Done {
        let key = (thing, named(document));
        self.seen.insert(key.clone());
        let known = self.known.get(&key);
        if known.is_some_and(|known| known.feed != self.feed) {
            return Done::Nothing;
        }
        let said = text(document, "assured_date").or(text(document, "last_modified"));
        let kept = Kept {
            thing,
            id: key.1,
            feed: self.feed.to_owned(),
            organisation: known.and_then(|one| one.organisation.clone()).or(organisation),
            document: Value::Object(document.clone()).to_string(),
            said_on: said.and_then(day_in),
            ended_on: None,
        };
        let same = known.is_some_and(|known| {
            known.ended_on.is_none() && read(known).as_ref() == Some(document)
        });
        let done = match known {
            None => Done::Created,
            Some(_) if same => return Done::Unchanged,
            Some(_) => Done::Changed,
        };
        self.news.push(kept);
        done
    }

    /// Ends, or counts, what the feed told of before and does not now.
    fn missing(&mut self, conn: &mut Conn, report: &mut Report) -> Result<(), ImportError> {
        let gone = self.known.values().filter(|kept| {
            kept.feed == self.feed
                && kept.ended_on.is_none()
                && matches!(kept.thing, Thing::Service | Thing::Organization)
                && !self.seen.contains(&(kept.thing, kept.id.clone()))
        });
        let gone: Vec<Kept> = gone.cloned().collect();
        if self.orders.missing == Missing::Stays {
            report.missing += gone.len() as u64;
            return Ok(());
        }
        for kept in gone {
            if let (Thing::Organization, Some(slug)) = (kept.thing, &kept.organisation) {
                self.end(conn, slug)?;
            }
            report.ended += 1;
            self.news.push(Kept { ended_on: Some(self.today), ..kept });
        }
        Ok(())
    }
}

fn before(feed: &str, kept: &[Kept]) -> BTreeMap<String, Vec<Document>> {
    let mut before: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    let own = kept.iter().filter(|one| one.thing == Thing::Service && one.feed == feed);
    for service in own.filter_map(read) {
        before.entry(provider_of(&service).unwrap_or_default()).or_default().push(service);
    }
    before
}

/// What was done to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Created,
    Changed,
    Unchanged,
    Nothing,
}

impl Counted {
    fn count(&mut self, done: Done) {
        match done {
            Done::Created => self.created += 1,
            Done::Changed => self.changed += 1,
            Done::Unchanged => self.unchanged += 1,
            Done::Nothing => {}
        }
    }
}

/// The identifiers of everything that this register tells of by itself.
fn own(conn: &mut Conn, vocabulary: &Vocabulary) -> Result<BTreeSet<String>, StoreError> {
    let mut own = BTreeSet::new();
    for slug in records::names_after(conn, RecordKind::Organisation, None, i64::MAX)? {
        own.insert(id("service", &["organisation", &slug]));
        own.insert(id("organization", &["organisation", &slug]));
    }
    for course in records::every::<KeptCourse>(conn)? {
        own.insert(id("service", &["course", &course.slug]));
    }
    let reference = reference::load(conn)?;
    own.extend(own_terms(vocabulary, &reference));
    for provider in reference.providers {
        own.insert(id("organization", &["provider", &provider.slug]));
        own.extend(provider.courses.iter().map(|one| id("service", &["course", &one.slug])));
    }
    Ok(own)
}
