//! The index of the register, kept in step with the store.
//!
//! A [`RegisterIndex`] is brought forward batch by batch: it reads which records were
//! touched after its position, reads them as they are now, puts or removes their
//! documents and commits the new position with them. Applying a change twice, late or
//! in another batch comes to the same.

mod brokers;
pub(in crate::app) mod reading;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest, Sha256};

use crate::{
    app::{Snapshot, register_index::brokers::BrokerColumns, start::StartError},
    domain::{
        register::RecordKind,
        search::{Document, Kind},
        slug::Slug,
    },
    search::{
        Language, SearchError,
        brokers::Employers,
        register::{Opening, Position, Reason, Standing, View, Writer},
    },
    store::{
        Store,
        changes::{self, Change},
    },
};

/// So many changes are followed at a time.
pub const BATCH: i64 = 500;
/// So many records are read at a time when all are.
const PAGE: i64 = 500;

/// The index of the register, and up to where it follows it.
pub struct RegisterIndex {
    folder: Option<PathBuf>,
    open: Option<Open>,
    columns: BrokerColumns,
}

struct Open {
    writer: Writer,
    view: View,
    /// `None` until it was filled.
    position: Option<Position>,
}

/// What was done to bring it forward.
pub struct Forward {
    /// What readers are to be shown.
    pub view: View,
    /// What brokers are to be answered from.
    pub employers: Arc<Employers>,
    /// The number of the last change it shows.
    pub change: i64,
    /// Whether anything in it is new.
    pub moved: bool,
}

/// Who is told how far a long work has come: done, and of how many.
pub type Told<'a> = &'a mut dyn FnMut(usize, usize);

impl RegisterIndex {
    /// An index in a folder, or in memory without one. Nothing is opened yet.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { columns: BrokerColumns::new(folder.clone()), folder, open: None }
    }

    /// The number of the last change it shows, if it is open and filled.
    pub fn position(&self) -> Option<&Position> {
        self.open.as_ref()?.position.as_ref()
    }

    /// Brings it forward by one batch, or builds it anew where it must be. `scene` is
    /// what documents are made with and the day they are made for.
    ///
    /// After an error it is opened afresh by the next call.
    pub fn forward(
        &mut self,
        store: &Store,
        scene: &Snapshot,
        told: Told<'_>,
    ) -> Result<Forward, StartError> {
        let done = self.try_forward(store, scene, told);
        if done.is_err() {
            self.open = None;
        }
        done
    }

    fn try_forward(
        &mut self,
        store: &Store,
        scene: &Snapshot,
        told: Told<'_>,
    ) -> Result<Forward, StartError> {
        let standing = standing(store, scene)?;
        let folder = self.folder.clone();
        let open = match &mut self.open {
            Some(open) => open,
            none => none.insert(opened(folder.as_deref(), scene.index.language(), &standing)?),
        };
        let broken = match &open.position {
            None => Some(Reason::Empty),
            Some(position) => match position.broken(&standing) {
                None => set_back(store, position)?,
                broken => broken,
            },
        };
        let moved = match broken {
            Some(reason) => {
                tracing::info!(%reason, "register_index.rebuild");
                open.rebuild(store, scene, (&standing, told))?;
                true
            }
            None => open.follow(store, scene)?,
        };
        let change = open.position.as_ref().map_or(0, |position| position.change);
        let employers = self.columns.forward(store, scene, (&standing, change))?;
        Ok(Forward { view: open.view.clone(), employers, change, moved })
    }

    /// Writes what a start would otherwise have to read anew.
    pub fn keep(&mut self) {
        self.columns.keep();
    }
}

/// Where the register stands.
pub fn standing(store: &Store, scene: &Snapshot) -> Result<Standing, StartError> {
    let (day, recipe) = (scene.today, scene.recipe().to_owned());
    store.read_blocking(|conn| {
        let (database, change) = (changes::database_id(conn)?, changes::position(conn)?);
        let (oldest, mark) = (changes::oldest(conn)?, mark(changes::find(conn, change)?.as_ref()));
        Ok(Standing { database, change, mark, oldest, day, recipe })
    })
}

/// What tells a change from another of its number.
fn mark(change: Option<&Change>) -> String {
    recipe(&[&change])
}

/// Whether the register came to that change by another way: it was set back to an
/// earlier day and written on.
fn set_back(store: &Store, position: &Position) -> Result<Option<Reason>, StartError> {
    let found = store.read_blocking(|conn| changes::find(conn, position.change))?;
    Ok((mark(found.as_ref()) != position.mark).then_some(Reason::Ahead))
}

fn opened(
    folder: Option<&Path>,
    language: &Arc<Language>,
    standing: &Standing,
) -> Result<Open, StartError> {
    let (writer, opening) = Writer::open(folder, language.clone(), standing)?;
    let position = match opening {
        Opening::Resumed(position) => Some(position),
        Opening::Rebuild(reason) => {
            tracing::info!(%reason, "register_index.opened_empty");
            None
        }
    };
    let view = writer.view()?;
    Ok(Open { writer, view, position })
}

impl Open {
    /// Puts everything there is. What changes meanwhile has a higher number than the
    /// one noted before, and is followed after.
    fn rebuild(
        &mut self,
        store: &Store,
        scene: &Snapshot,
        (standing, told): (&Standing, Told<'_>),
    ) -> Result<(), StartError> {
        const KINDS: [RecordKind; 3] =
            [RecordKind::Organisation, RecordKind::Event, RecordKind::CaseStudy];
        self.writer.clear()?;
        self.position = None;
        let mut all = 0;
        for kind in KINDS {
            all += store.read_blocking(|conn| reading::count(conn, kind))?;
        }
        let mut done = 0;
        told(done, all);
        for kind in KINDS {
            let mut after: Option<Slug> = None;
            loop {
                let page = store.read_blocking(|conn| {
                    reading::page(conn, kind, after.as_ref(), PAGE, &scene.catalogue())
                })?;
                let Some(last) = page.names.last() else { break };
                after = Some(last.clone());
                done += page.names.len();
                self.put(&page.documents)?;
                told(done.min(all), all);
            }
        }
        self.commit(standing)
    }

    /// Follows one batch of changes, and the day; whether there was anything.
    fn follow(&mut self, store: &Store, scene: &Snapshot) -> Result<bool, StartError> {
        let Some(position) = self.position.clone() else { return Ok(false) };
        let batch = store.read_blocking(|conn| changes::after(conn, position.change, BATCH))?;
        let mut touched = touched(&batch);
        if position.day != scene.today {
            for (kind, id) in self.view.due(scene.today)? {
                touched.entry(record_kind(kind)).or_default().extend(Slug::parse(&id).ok());
            }
        }
        let (change, mark) = match batch.last() {
            Some(last) => (last.seq, mark(Some(last))),
            None => (position.change, position.mark),
        };
        if change == position.change && position.day == scene.today {
            return Ok(false);
        }
        let found =
            store.read_blocking(|conn| reading::touched(conn, touched, &scene.catalogue()))?;
        for (kind, slug) in &found.names {
            self.writer.remove(*kind, slug);
        }
        let put = found.documents.len();
        self.put(&found.documents)?;
        let recipe = scene.recipe().to_owned();
        let standing = Standing {
            database: position.database,
            change,
            mark,
            oldest: None,
            day: scene.today,
            recipe,
        };
        self.commit(&standing)?;
        tracing::info!(change, changes = batch.len(), put, "register_index.followed");
        Ok(true)
    }

    fn put(&self, documents: &[(Document, Option<chrono::NaiveDate>)]) -> Result<(), SearchError> {
        documents.iter().try_for_each(|(document, turns_on)| self.writer.put(document, *turns_on))
    }

    fn commit(&mut self, standing: &Standing) -> Result<(), StartError> {
        let position = Position {
            database: standing.database.clone(),
            change: standing.change,
            mark: standing.mark.clone(),
            day: standing.day,
            recipe: standing.recipe.clone(),
        };
        self.writer.commit(&position)?;
        self.view = self.writer.view()?;
        self.position = Some(position);
        Ok(())
    }
}

/// The records that changes touched, by kind.
fn touched(batch: &[Change]) -> BTreeMap<RecordKind, BTreeSet<Slug>> {
    let mut touched: BTreeMap<RecordKind, BTreeSet<Slug>> = BTreeMap::new();
    for change in batch {
        if let changes::Kind::Record(kind) = change.kind {
            touched.entry(kind).or_default().insert(change.slug.clone());
        }
    }
    touched
}

/// The kind of record that a document of the register was made from.
const fn record_kind(kind: Kind) -> RecordKind {
    match kind {
        Kind::Event => RecordKind::Event,
        Kind::CaseStudy => RecordKind::CaseStudy,
        Kind::Passage
        | Kind::Library
        | Kind::Action
        | Kind::Partnership
        | Kind::Course
        | Kind::Organisation => RecordKind::Organisation,
    }
}

/// A name for everything that documents are made with beside the records and the day.
pub fn recipe(parts: &[&dyn std::fmt::Debug]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(format!("{part:?}\n"));
    }
    let digest = hash.finalize();
    crate::app::tokens::hexadecimal(digest.get(..8).unwrap_or_default())
}
