//! Reading records from the store as the documents they make.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::catalogue::{Catalogue, Turning, Whole},
    domain::{
        register::{
            CaseStudy, Event, Opening, Organisation, Pledge, Posture, Record, RecordKind, Signature,
        },
        search::Kind,
        slug::Slug,
    },
    store::{
        Conn, StoreError, places,
        records::{self, Condition, Listing, Seen, Topic, Wanted},
    },
};

/// Records by kind.
pub type Named = BTreeMap<RecordKind, BTreeSet<Slug>>;

/// Documents of some records, and the names of all that were looked at: who has no
/// document is not shown.
#[derive(Default)]
pub struct Found {
    /// The names.
    pub names: Vec<(Kind, Slug)>,
    /// The documents.
    pub documents: Vec<Turning>,
}

/// Documents of a run of records of one kind.
pub struct Page {
    /// The names looked at, in order.
    pub names: Vec<Slug>,
    /// The documents.
    pub documents: Vec<Turning>,
}

/// How many records of a kind there are that may have documents.
pub fn count(conn: &mut Conn, kind: RecordKind) -> Result<usize, StoreError> {
    let none = Listing { limit: 0, ..listing("slug", &BTreeSet::new(), Seen::Public) };
    let none = Listing { conditions: Vec::new(), ..none };
    let total = match kind {
        RecordKind::Event => records::page::<Event>(conn, &none)?.1,
        RecordKind::CaseStudy => records::page::<CaseStudy>(conn, &none)?.1,
        _ => records::page::<Organisation>(conn, &none)?.1,
    };
    Ok(usize::try_from(total).unwrap_or(usize::MAX))
}

/// The documents of up to `limit` records of a kind after a name.
pub fn page(
    conn: &mut Conn,
    kind: RecordKind,
    after: Option<&Slug>,
    limit: i64,
    catalogue: &Catalogue<'_>,
) -> Result<Page, StoreError> {
    let names = records::names_after(conn, kind, after, limit)?;
    let slugs: BTreeSet<Slug> = names.iter().cloned().collect();
    let documents = match kind {
        RecordKind::Event => events(conn, &slugs, catalogue)?,
        RecordKind::CaseStudy => case_studies(conn, &slugs, catalogue)?,
        _ => organisations(conn, &slugs, catalogue)?,
    };
    Ok(Page { names, documents })
}

/// The documents that change with the records that were touched: an organisation's with
/// anything that belongs to it, an event's and a case study's with their organisation.
pub fn touched(
    conn: &mut Conn,
    mut touched: Named,
    catalogue: &Catalogue<'_>,
) -> Result<Found, StoreError> {
    const PARTS: [RecordKind; 4] =
        [RecordKind::Signature, RecordKind::Pledge, RecordKind::Posture, RecordKind::Opening];
    let mut owners = touched.remove(&RecordKind::Organisation).unwrap_or_default();
    let mut events_of = touched.remove(&RecordKind::Event).unwrap_or_default();
    let mut studies = touched.remove(&RecordKind::CaseStudy).unwrap_or_default();
    let own = listing("organisation", &owners, Seen::All);
    if !owners.is_empty() {
        events_of.extend(all::<Event>(conn, &own)?.into_iter().map(|one| one.slug));
        studies.extend(all::<CaseStudy>(conn, &own)?.into_iter().map(|one| one.slug));
    }
    for kind in PARTS {
        let slugs: Vec<Slug> = touched.remove(&kind).unwrap_or_default().into_iter().collect();
        owners.extend(records::owners_of(conn, kind, &slugs)?);
    }
    let mut found = Found::default();
    for (kind, slugs) in
        [(Kind::Organisation, &owners), (Kind::Event, &events_of), (Kind::CaseStudy, &studies)]
    {
        found.names.extend(slugs.iter().map(|slug| (kind, slug.clone())));
    }
    found.documents.extend(organisations(conn, &owners, catalogue)?);
    found.documents.extend(events(conn, &events_of, catalogue)?);
    found.documents.extend(case_studies(conn, &studies, catalogue)?);
    Ok(found)
}

fn organisations(
    conn: &mut Conn,
    slugs: &BTreeSet<Slug>,
    catalogue: &Catalogue<'_>,
) -> Result<Vec<Turning>, StoreError> {
    let wholes = wholes(conn, slugs, &Seen::Public)?;
    Ok(wholes.iter().filter_map(|whole| catalogue.organisation(whole)).collect())
}

/// Organisations with what belongs to them, as somebody sees them.
pub fn wholes(
    conn: &mut Conn,
    slugs: &BTreeSet<Slug>,
    seen: &Seen,
) -> Result<Vec<Whole>, StoreError> {
    let shown = all::<Organisation>(conn, &listing("slug", slugs, seen.clone()))?;
    let owners: BTreeSet<Slug> = shown.iter().map(|record| record.slug.clone()).collect();
    let own = listing("organisation", &owners, seen.clone());
    let mut signatures = by_owner(all::<Signature>(conn, &own)?);
    let mut pledges = by_owner(all::<Pledge>(conn, &own)?);
    let mut postures = by_owner(all::<Posture>(conn, &own)?);
    let openings = all::<Opening>(conn, &own)?;
    let names: Vec<Slug> = openings.iter().map(|opening| opening.slug.clone()).collect();
    let mut ledgers = places::ledgers(conn, &names)?;
    let mut openings = by_owner(openings);
    let wholes = shown.into_iter().map(|organisation| {
        let slug = &organisation.slug;
        let openings = openings.remove(slug).unwrap_or_default();
        let own = openings.iter().filter_map(|one| ledgers.remove_entry(&one.slug));
        Whole {
            ledgers: own.collect(),
            signatures: signatures.remove(slug).unwrap_or_default(),
            pledges: pledges.remove(slug).unwrap_or_default(),
            postures: postures.remove(slug).unwrap_or_default(),
            openings,
            organisation,
        }
    });
    Ok(wholes.collect())
}

fn events(
    conn: &mut Conn,
    slugs: &BTreeSet<Slug>,
    catalogue: &Catalogue<'_>,
) -> Result<Vec<Turning>, StoreError> {
    let shown = all::<Event>(conn, &listing("slug", slugs, Seen::Public))?;
    Ok(shown.iter().filter_map(|record| catalogue.event(record)).collect())
}

fn case_studies(
    conn: &mut Conn,
    slugs: &BTreeSet<Slug>,
    catalogue: &Catalogue<'_>,
) -> Result<Vec<Turning>, StoreError> {
    let shown = all::<CaseStudy>(conn, &listing("slug", slugs, Seen::Public))?;
    Ok(shown.iter().filter_map(|record| catalogue.case_study(record)).collect())
}

/// Records of these names, or of these organisations.
fn listing(field: &'static str, slugs: &BTreeSet<Slug>, seen: Seen) -> Listing {
    let any_of = slugs.iter().map(|slug| Wanted::Is(slug.to_string())).collect();
    Listing {
        conditions: vec![Condition { field, any_of }],
        seen,
        // No condition here depends on the day.
        today: chrono::NaiveDate::MIN,
        offset: 0,
        limit: i64::MAX,
    }
}

fn all<T: Topic>(conn: &mut Conn, listing: &Listing) -> Result<Vec<Record<T>>, StoreError> {
    let empty = listing.conditions.iter().any(|condition| condition.any_of.is_empty());
    if empty { Ok(Vec::new()) } else { Ok(records::page::<T>(conn, listing)?.0) }
}

fn by_owner<T: Topic>(records: Vec<Record<T>>) -> BTreeMap<Slug, Vec<Record<T>>> {
    let mut by_owner: BTreeMap<Slug, Vec<Record<T>>> = BTreeMap::new();
    for record in records {
        if let Some(owner) = record.body.owner().cloned() {
            by_owner.entry(owner).or_default().push(record);
        }
    }
    by_owner
}
