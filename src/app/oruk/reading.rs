//! What the store tells for the feed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    app::oruk::{Feed, Ground, kept, own::Own},
    domain::{
        register::{KeptCourse, Organisation, OrganisationKind, Record, RecordKind},
        slug::Slug,
    },
    store::{
        Conn, StoreError, changes,
        oruk::{self, Kept},
        records::{self, Condition, Listing, Seen, Wanted},
    },
};

/// So many organisations at most are told of by themselves.
const MOST: i64 = 50_000;
/// Names in one question to the database.
const NAMES: usize = 1_000;

/// With more changes than this, the feed is made anew without a look at each.
const LOOKED_AT: i64 = 500;

/// Whether the feed must be made anew for what was touched after a change, beside what
/// everything is made anew for.
pub fn concerns(conn: &mut Conn, feed: &Feed, settled: i64) -> Result<bool, StoreError> {
    let batch = changes::after(conn, settled, LOOKED_AT)?;
    if i64::try_from(batch.len()).is_ok_and(|count| count >= LOOKED_AT) {
        let kinds = [changes::Kind::Record(RecordKind::Organisation), changes::Kind::Services];
        return changes::touched_after(conn, settled, &kinds);
    }
    let mut touched = Vec::new();
    for change in batch {
        match change.kind {
            changes::Kind::Services => return Ok(true),
            changes::Kind::Record(RecordKind::Organisation) => touched.push(change.slug),
            _ => {}
        }
    }
    if touched.iter().any(|slug| feed.rests_on(slug)) {
        return Ok(true);
    }
    let records: Vec<Record<Organisation>> = records::find_all(conn, &touched)?;
    Ok(records.iter().any(|record| record.body.kind == OrganisationKind::Charity))
}

/// What the store tells.
#[derive(Debug, Default)]
pub struct Told {
    /// Organisations that support people, as the public sees them.
    pub support: Vec<Record<Organisation>>,
    /// What came with other people's feeds, and when it was written.
    pub kept: Vec<(Kept, NaiveDateTime)>,
    /// When courses were last written, UTC.
    pub written: BTreeMap<Slug, NaiveDateTime>,
    /// The organisations of what came with feeds, as the public sees them, by the name
    /// that is kept.
    owners: BTreeMap<Slug, Record<Organisation>>,
}

impl Told {
    /// The organisation of that name, where the public may see it.
    pub fn owner(&self, slug: &Slug) -> Option<&Record<Organisation>> {
        self.owners.get(slug)
    }

    /// The feed of it all, put together at a moment, UTC.
    pub(in crate::app) fn feed(&self, ground: Ground<'_>, at: NaiveDateTime) -> Feed {
        let mut own = Own::new(ground, &self.written);
        let with_feed = kept::owners(self);
        let by_themselves = self.support.iter().filter(|one| !with_feed.contains(&one.slug));
        by_themselves.for_each(|record| own.add(record));
        let mut parts = own.done();
        parts.members.extend(self.support.iter().map(|record| record.slug.clone()));
        parts.members.extend(self.owners.values().map(|record| record.slug.clone()));
        parts.members.extend(self.kept.iter().filter_map(|(kept, _)| kept.organisation.clone()));
        kept::add(&mut parts, self, ground);
        Feed::new(parts, ground.gazetteer, at)
    }
}

/// Reads it.
pub fn told(conn: &mut Conn) -> Result<Told, StoreError> {
    let kind = Wanted::Is(OrganisationKind::Charity.to_string());
    let support = listed(conn, "kind", vec![kind])?;
    let kept = oruk::all(conn)?;
    let courses: Vec<Record<KeptCourse>> = records::every(conn)?;
    let written = courses.into_iter().map(|course| (course.slug, course.recorded_at)).collect();
    let names: BTreeSet<Slug> =
        kept.iter().filter_map(|(kept, _)| kept.organisation.clone()).collect();
    let owners = owners(conn, names)?;
    Ok(Told { support, kept, written, owners })
}

/// Organisations by the names that are kept: an organisation that was merged into another
/// is that other.
fn owners(
    conn: &mut Conn,
    names: BTreeSet<Slug>,
) -> Result<BTreeMap<Slug, Record<Organisation>>, StoreError> {
    let mut owners = BTreeMap::new();
    let all: Vec<Slug> = names.iter().cloned().collect();
    for some in all.chunks(NAMES) {
        let wanted = some.iter().map(|slug| Wanted::Is(slug.to_string())).collect();
        for record in listed(conn, "slug", wanted)? {
            owners.insert(record.slug.clone(), record);
        }
    }
    for slug in names {
        if owners.contains_key(&slug) {
            continue;
        }
        let into = match records::merged_into(conn, &slug) {
            Ok(Some(into)) => into,
            Ok(None) | Err(StoreError::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let found = listed(conn, "slug", vec![Wanted::Is(into.to_string())])?;
        owners.extend(found.into_iter().next().map(|record| (slug, record)));
    }
    Ok(owners)
}

fn listed(
    conn: &mut Conn,
    field: &'static str,
    any_of: Vec<Wanted>,
) -> Result<Vec<Record<Organisation>>, StoreError> {
    let listing = Listing {
        conditions: vec![Condition { field, any_of }],
        seen: Seen::Public,
        // No condition here depends on the day.
        today: NaiveDate::MIN,
        offset: 0,
        limit: MOST,
    };
    Ok(records::page::<Organisation>(conn, &listing)?.0)
}
