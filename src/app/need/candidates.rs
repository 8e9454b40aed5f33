//! Candidates read from the store.

use std::collections::BTreeSet;

use crate::{
    app::{catalogue::Catalogue, register_index::reading},
    domain::{matching::need::Candidate, register::RecordKind, slug::Slug},
    store::{
        Conn, StoreError,
        changes::{self, Change},
        records::{self, Seen},
    },
};

/// So many organisations are read at a time.
const PAGE: i64 = 500;

/// The candidates of these names; drafts and those that are not there are left out.
pub fn named(
    conn: &mut Conn,
    slugs: &BTreeSet<Slug>,
    catalogue: &Catalogue<'_>,
) -> Result<Vec<Candidate>, StoreError> {
    let wholes = reading::wholes(conn, slugs, &Seen::All)?;
    Ok(wholes.into_iter().filter_map(|whole| catalogue.candidate(whole)).collect())
}

/// The organisations that changes touched, themselves or what belongs to them.
pub fn owners(conn: &mut Conn, batch: &[Change]) -> Result<BTreeSet<Slug>, StoreError> {
    const PARTS: [RecordKind; 4] =
        [RecordKind::Signature, RecordKind::Pledge, RecordKind::Posture, RecordKind::Opening];
    let of = |wanted: RecordKind| {
        let own = batch.iter().filter(move |one| one.kind == changes::Kind::Record(wanted));
        own.map(|change| change.slug.clone())
    };
    let mut owners: BTreeSet<Slug> = of(RecordKind::Organisation).collect();
    for kind in PARTS {
        let slugs: BTreeSet<Slug> = of(kind).collect();
        owners.extend(records::owners_of(conn, kind, &slugs.into_iter().collect::<Vec<_>>())?);
    }
    Ok(owners)
}

/// All candidates, by name.
pub fn all(conn: &mut Conn, catalogue: &Catalogue<'_>) -> Result<Vec<Candidate>, StoreError> {
    let mut candidates = Vec::new();
    let mut after: Option<Slug> = None;
    loop {
        let names = records::names_after(conn, RecordKind::Organisation, after.as_ref(), PAGE)?;
        let Some(last) = names.last() else { return Ok(candidates) };
        after = Some(last.clone());
        candidates.extend(named(conn, &names.into_iter().collect(), catalogue)?);
    }
}
