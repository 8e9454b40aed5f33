//! From files and a database to something that answers.
//!
//! Content is read first, then the database is brought up to date, then both
//! become one [`Snapshot`]. Nothing here decides how the result is shown.
//!
//! Invariants: the reference data is stored in one transaction, so a start that
//! is killed leaves all of it or none; a start that finds it stored writes nothing.

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::NaiveDate;

use crate::{
    app::{
        AppError, AppState, Clock, Library, Snapshot,
        classifications::Classifications,
        oruk,
        register_index::{RegisterIndex, Told},
    },
    content::{
        self, ContentError, Fault, Files, Loaded,
        reference::{DemoRegister, LoadedReference},
    },
    domain::{
        matching::Policy,
        register::{Organisation, Publication, RecordKind, Reference},
        slug::Slug,
    },
    search::SearchError,
    store::{Conn, Limits, Store, StoreError, changes, outcodes, records, reference},
};

/// How long a caller waits for a connection.
const WAIT: Duration = Duration::from_secs(10);
/// Connections of one process.
const POOL: u32 = 8;
/// How often the reference data is tried to be stored when others do the same.
const ATTEMPTS: u32 = 5;

/// Why nothing could be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A folder of content cannot be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database has an older form, and changing it is for its operator to do.
    #[error("the database needs `pathways migrate` first: {} is pending", .0.join(", "))]
    Pending(Vec<String>),
    /// The policy of matching has faults, and half a policy would score by weights
    /// that nobody published.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Policy(Vec<Fault>),
    /// A snapshot cannot be made.
    #[error(transparent)]
    Index(#[from] AppError),
    /// The index of the register cannot be opened, read or written.
    #[error(transparent)]
    Register(#[from] SearchError),
}

/// Which reference data a start reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceSource {
    /// Oxfordshire's, compiled in.
    Oxfordshire,
    /// No files; what the database holds stays.
    Nothing,
    /// A folder of files.
    Folder(PathBuf),
}

/// Whether what is invented for a demonstration is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demonstration {
    /// It is.
    Added,
    /// It is not.
    Absent,
}

/// Where content comes from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// A folder of toolkits; those compiled in if there is none.
    pub toolkits: Option<PathBuf>,
    /// The reference data.
    pub reference: ReferenceSource,
    /// Whether fictional records come with it.
    pub demonstration: Demonstration,
}

/// Everything that was read from files.
pub struct Material {
    /// What stays for the life of the process.
    pub library: Arc<Library>,
    /// The reference data to be stored; `None` where none was asked for.
    pub reference: Option<Reference>,
    /// Everything wrong with the files; what is broken was left out.
    pub faults: Vec<Fault>,
}

impl Sources {
    /// Reads the toolkits.
    pub fn toolkits(&self) -> Result<Loaded, ContentError> {
        let files = match &self.toolkits {
            None => Files::built_in_toolkits(),
            Some(folder) => Files::read_dir(folder)?,
        };
        Ok(content::load(&files))
    }

    /// Reads the reference data, without what is fictional.
    pub fn reference(&self) -> Result<LoadedReference, ContentError> {
        Ok(self.reference_files()?.as_ref().map(content::reference::load).unwrap_or_default())
    }

    /// Reads the invented register as it is on a day; empty where no demonstration was
    /// asked for.
    pub fn demo_register(
        &self,
        today: NaiveDate,
    ) -> Result<(DemoRegister, Vec<Fault>), ContentError> {
        match (self.demonstration, self.reference_files()?) {
            (Demonstration::Added, Some(files)) => {
                Ok(content::reference::demo_register(&files, today))
            }
            _ => Ok((DemoRegister::default(), Vec::new())),
        }
    }

    /// Reads everything.
    pub fn read(&self) -> Result<Material, StartError> {
        let content = self.toolkits()?;
        let files = self.reference_files()?;
        let loaded = files.as_ref().map(content::reference::load).unwrap_or_default();
        let mut faults = content.faults.clone();
        faults.extend(loaded.faults);
        let mut reference = loaded.reference;
        if let (Some(files), Demonstration::Added) = (&files, self.demonstration) {
            faults.extend(content::reference::demo(files, &mut reference).faults);
        }
        let policy = policy(files.as_ref())?;
        let library = Arc::new(Library { content, gazetteer: loaded.gazetteer, policy });
        Ok(Material { library, reference: files.map(|_| reference), faults })
    }

    fn reference_files(&self) -> Result<Option<Files>, ContentError> {
        match &self.reference {
            ReferenceSource::Oxfordshire => Ok(Some(Files::built_in_reference())),
            ReferenceSource::Nothing => Ok(None),
            ReferenceSource::Folder(folder) => Files::read_dir(folder).map(Some),
        }
    }
}

/// The published policy of matching: the folder's, or ours where it has none.
fn policy(files: Option<&Files>) -> Result<Policy, StartError> {
    let own = files.and_then(|files| files.text(content::policy::FILE));
    content::policy::read(own.unwrap_or(content::policy::OXFORDSHIRE)).map_err(StartError::Policy)
}

impl Material {
    /// The snapshot of the files alone.
    ///
    /// They pass through a database in memory, so that everything has the order, and
    /// every tie in a ranking the outcome, that it has in a service with these files.
    pub fn alone(self, clock: Clock) -> Result<Snapshot, StartError> {
        let store = connect("sqlite::memory:")?;
        store.migrate()?;
        publish(&store, &self.reference.unwrap_or_default(), clock)?;
        snapshot(&store, &self.library, clock)
    }
}

/// Connects to the database at that address.
pub fn connect(url: &str) -> Result<Store, StartError> {
    Ok(Store::connect(url, Limits { pool: POOL, wait: WAIT })?)
}

/// Brings the form of the database up to date, or says that its operator must.
///
/// A SQLite file belongs to this process, so it is migrated at once. A PostgreSQL
/// may serve others that run an older version, so it is not.
pub fn bring_up_to_date(store: &Store, url: &str) -> Result<(), StartError> {
    if url.starts_with("sqlite:") {
        let applied = store.migrate()?;
        tracing::info!(?applied, "database.migrated");
        return Ok(());
    }
    let pending = store.pending()?;
    if pending.is_empty() { Ok(()) } else { Err(StartError::Pending(pending)) }
}

/// Makes the stored reference register equal to what was read; returns how many
/// records that changed.
///
/// Several processes may start together on one database and write the same; who
/// comes second tries again and finds it done.
pub fn publish(store: &Store, reference: &Reference, clock: Clock) -> Result<usize, StartError> {
    let mut attempt = 1;
    loop {
        let done =
            store.write_blocking(|conn| reference::publish_and_keep(conn, reference, clock.now()));
        match done {
            Ok(published) => {
                let reference::Published { changed, removed, change } = published;
                tracing::info!(changed, removed, change, "reference.published");
                return Ok(changed + removed);
            }
            Err(
                StoreError::Duplicate(_)
                | StoreError::Reference(_)
                | StoreError::Stale
                | StoreError::Busy,
            ) if attempt < ATTEMPTS => {
                attempt += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// The state of a service on a store: what it holds now is shown at once. The index of
/// the register is kept in a folder, or in memory without one.
pub fn state(
    store: Store,
    library: Arc<Library>,
    clock: Clock,
    folder: Option<PathBuf>,
) -> Result<AppState, StartError> {
    let mut index = RegisterIndex::new(folder);
    let first = current(&store, &library, clock, (&mut index, &mut |_, _| ()))?;
    Ok(AppState::new(library, first, clock).with_store(store).with_index(index))
}

/// The snapshot of the files and the database at this moment.
pub fn snapshot(
    store: &Store,
    library: &Arc<Library>,
    clock: Clock,
) -> Result<Snapshot, StartError> {
    current(store, library, clock, (&mut RegisterIndex::new(None), &mut |_, _| ()))
}

/// The same with an index of the register to bring up to date; `told` hears how far a
/// long work has come.
pub fn current(
    store: &Store,
    library: &Arc<Library>,
    clock: Clock,
    (index, told): (&mut RegisterIndex, Told<'_>),
) -> Result<Snapshot, StartError> {
    let mut shown = base(store, library, clock)?;
    loop {
        let forward = index.forward(store, &shown, told)?;
        shown = shown.with_register(forward.view, forward.employers, forward.change);
        if !forward.moved {
            break;
        }
    }
    // The reference data may have been touched meanwhile.
    while let Some(next) = advance(store, &shown, clock, (index, told))? {
        shown = next;
    }
    Ok(shown)
}

/// The next snapshot after the one that is shown: one batch of changes further, or of
/// another day; `None` where there is nothing new.
pub fn advance(
    store: &Store,
    shown: &Snapshot,
    clock: Clock,
    (index, told): (&mut RegisterIndex, Told<'_>),
) -> Result<Option<Snapshot>, StartError> {
    let settled = shown.settled();
    let (database, change, touched, fed) = store.read_blocking(|conn| {
        let trimmed = changes::oldest(conn)?.is_some_and(|oldest| oldest > settled + 1);
        let named = shown.reference.named_by_partnerships();
        let organisations = changes::Kind::Record(RecordKind::Organisation);
        let touched = trimmed
            || changes::touched_after(conn, settled, &BESIDE_RECORDS)?
            || (!named.is_empty() && changes::touched_among(conn, settled, organisations, &named)?);
        let fed = oruk::concerns(conn, &shown.feed, settled)?;
        Ok::<_, StoreError>((changes::database_id(conn)?, changes::position(conn)?, touched, fed))
    })?;
    // Not `>`: behind the same address there may be a restored database.
    let same = shown.is_from(&database) && settled <= change && shown.today == clock.today();
    let base = if same && !touched {
        let told = fed.then(|| store.read_blocking(oruk::told)).transpose()?;
        let same = shown.clone();
        told.map_or(same, |told| shown.clone().with_feed(&told, clock.now()))
            .settled_at(database, change)
    } else {
        base(store, shown.files(), clock)?
    };
    let forward = index.forward(store, &base, told)?;
    let shows_it = same && !touched && !fed && !forward.moved && forward.change == shown.change;
    Ok((!shows_it).then(|| base.with_register(forward.view, forward.employers, forward.change)))
}

/// What is shown beside the records that have documents of their own.
const BESIDE_RECORDS: [changes::Kind; 16] = {
    use changes::Kind::{Classifications, Outcodes, Record};
    let [a, b, c, d, e, f] = changes::Kind::REFERENCE;
    let (needs, courses) = (Record(RecordKind::Need), Record(RecordKind::Course));
    let (actions, schemes) = (Record(RecordKind::Action), Record(RecordKind::Scheme));
    let charters = Record(RecordKind::CharterVersion);
    let (forums, meetings) = (Record(RecordKind::Partnership), Record(RecordKind::Meeting));
    let (agreed, codes) = (Record(RecordKind::PartnershipAction), Classifications);
    [
        a, b, c, d, e, f, needs, courses, actions, schemes, charters, forums, meetings, agreed,
        Outcodes, codes,
    ]
};

/// The snapshot of the files and the reference data, without records.
fn base(store: &Store, library: &Arc<Library>, clock: Clock) -> Result<Snapshot, StartError> {
    let (reference, outcodes, codes, change, database, told) = store.read_blocking(|conn| {
        let published = reference::load(conn)?;
        let reference = published.united(&reference::kept(conn)?, clock.today());
        let reference = named(conn, reference)?;
        let codes = Classifications::load(conn)?;
        let outcodes = outcodes::all(conn)?;
        let (change, database) = (changes::position(conn)?, changes::database_id(conn)?);
        let told = oruk::told(conn)?;
        Ok::<_, StoreError>((reference, outcodes, codes, change, database, told))
    })?;
    let gazetteer = Arc::new(library.gazetteer.with(outcodes));
    let at = (change, clock.today());
    let made = Snapshot::with_places(library.clone(), gazetteer, Arc::new(reference), at)?;
    let made = made.with_codes(codes).with_feed(&told, clock.now());
    Ok(made.settled_at(database, change))
}

/// The reference data with the names of the organisations that partnerships name.
fn named(conn: &mut Conn, reference: Reference) -> Result<Reference, StoreError> {
    let slugs: Vec<Slug> = reference.named_by_partnerships().into_iter().collect();
    let found = records::find_all::<Organisation>(conn, &slugs)?.into_iter();
    let shown = found.filter(|one| one.body.publication == Publication::Published);
    let names = shown.map(|one| (one.slug, one.body.name)).collect();
    Ok(reference.with_names(&names))
}
