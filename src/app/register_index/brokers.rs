//! The columns that brokers are answered from, kept in step with the store beside the index
//! of the register: the same log, the same positions, a file of their own.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use crate::{
    app::{
        Snapshot,
        need::candidates,
        register_index::{BATCH, mark, set_back},
        start::StartError,
    },
    domain::{register::RecordKind, slug::Slug},
    search::{
        SearchError,
        brokers::{self, Builder, Employers},
        register::{Position, Standing},
    },
    store::{Store, StoreError, changes, records},
};

/// So many organisations are read at a time.
const PAGE: i64 = 500;

/// The columns, and up to where they follow the register.
#[derive(Default)]
pub struct BrokerColumns {
    folder: Option<PathBuf>,
    employers: Arc<Employers>,
    /// `None` until they were filled.
    position: Option<Position>,
    /// The change of what the file holds.
    saved: Option<i64>,
}

impl BrokerColumns {
    /// Columns with a file in a folder, or in memory alone. Nothing is read yet.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Brings them forward to a change, or builds them anew where they must be.
    pub fn forward(
        &mut self,
        store: &Store,
        scene: &Snapshot,
        (standing, change): (&Standing, i64),
    ) -> Result<Arc<Employers>, StartError> {
        if self.position.is_none()
            && let Some((employers, position)) = self.folder.as_deref().and_then(brokers::load)
        {
            self.saved = Some(position.change);
            (self.employers, self.position) = (Arc::new(employers), Some(position));
        }
        let broken = match &self.position {
            None => true,
            Some(position) => {
                position.broken(standing).is_some() || set_back(store, position)?.is_some()
            }
        };
        if broken {
            self.rebuild(store, scene, standing)?;
            self.keep();
        }
        while self.follow(store, scene, change)? {}
        Ok(self.employers.clone())
    }

    /// Reads everything there is. What changes meanwhile has a higher number than the one
    /// noted before, and is followed after.
    fn rebuild(
        &mut self,
        store: &Store,
        scene: &Snapshot,
        standing: &Standing,
    ) -> Result<(), StartError> {
        self.position = None;
        let mut builder = Builder::default();
        let mut after: Option<Slug> = None;
        loop {
            let (names, page) = store.read_blocking(|conn| {
                let kind = RecordKind::Organisation;
                let names = records::names_after(conn, kind, after.as_ref(), PAGE)?;
                let slugs: BTreeSet<Slug> = names.iter().cloned().collect();
                let page = candidates::named(conn, &slugs, &scene.catalogue())?;
                Ok::<_, StoreError>((names, page))
            })?;
            let Some(last) = names.last() else { break };
            after = Some(last.clone());
            for candidate in &page {
                builder.put(candidate);
            }
        }
        self.employers = Arc::new(builder.finish()?);
        self.position = Some(Position {
            database: standing.database.clone(),
            change: standing.change,
            mark: standing.mark.clone(),
            day: standing.day,
            recipe: standing.recipe.clone(),
        });
        tracing::info!(
            change = standing.change,
            employers = self.employers.len(),
            "broker_columns.built"
        );
        Ok(())
    }

    /// Follows one batch of changes up to one; whether there may be more.
    fn follow(&mut self, store: &Store, scene: &Snapshot, to: i64) -> Result<bool, StartError> {
        let Some(position) = &mut self.position else { return Ok(false) };
        position.day = position.day.max(scene.today);
        if position.change >= to {
            return Ok(false);
        }
        let from = position.change;
        let (last, touched, now) = store.read_blocking(|conn| {
            let mut batch = changes::after(conn, from, BATCH)?;
            batch.retain(|change| change.seq <= to);
            let touched = candidates::owners(conn, &batch)?;
            let now = candidates::named(conn, &touched, &scene.catalogue())?;
            Ok::<_, StoreError>((batch.pop(), touched, now))
        })?;
        if !touched.is_empty() {
            self.employers = Arc::new(self.employers.with(&touched, now)?);
        }
        match last {
            Some(last) => (position.change, position.mark) = (last.seq, mark(Some(&last))),
            None => position.change = to,
        }
        Ok(true)
    }

    /// Writes the file, if it holds something else. A file that cannot be written is logged:
    /// without it the next start reads more.
    pub fn keep(&mut self) {
        let (Some(folder), Some(position)) = (&self.folder, &self.position) else { return };
        if self.saved == Some(position.change) {
            return;
        }
        match brokers::save(folder, &self.employers, position) {
            Ok(size_bytes) => {
                let change = position.change;
                self.saved = Some(change);
                tracing::info!(change, size_bytes, "broker_columns.kept");
            }
            Err(error) => note(&error),
        }
    }
}

fn note(error: &SearchError) {
    tracing::warn!(%error, "broker_columns.not_kept");
}
