//! Candidates read from the store.

use std::collections::BTreeSet;

use crate::{
    app::{catalogue::Catalogue, register_index::reading},
    domain::{matching::need::Candidate, register::RecordKind, slug::Slug},
    store::{
        Conn, StoreError,
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
