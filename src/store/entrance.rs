//! The store and its two entrances, to read and to write.
//!
//! Work on the database blocks, so it runs on threads of its own, and no more of
//! it at a time than there are connections. Who does not get a turn within the
//! stated wait is told [`StoreError::Busy`], before anything was done.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use r2d2::ManageConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::store::connection::{Address, Opener, in_read, in_write};
use crate::store::error::Cause;
use crate::store::{Conn, StoreError};

/// How much of the database one process takes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections, at least 1.
    pub pool: u32,
    /// How long a caller waits for a turn.
    pub wait: Duration,
}

/// The record of truth: a pool of connections to one database.
///
/// Clones share the pool.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    address: Address,
    pool: r2d2::Pool<Opener>,
    statements: Arc<AtomicU64>,
    wait: Duration,
    turns: Arc<Semaphore>,
    /// SQLite has one writer at a time: the others queue here, fairly and
    /// without a connection, instead of polling its lock.
    writers: Arc<Semaphore>,
    /// Keeps a database in memory alive while the pool is empty.
    _keeper: Mutex<Option<Conn>>,
}

#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

type Turn = (Option<OwnedSemaphorePermit>, OwnedSemaphorePermit);

impl Store {
    /// Connects to `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    ///
    /// Opens one connection at once, so that a database that is not there is an
    /// error here. A missing SQLite file is made, with its folder. Blocks.
    pub fn connect(url: &str, limits: Limits) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        if let Address::File(path) = &address
            && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::file(folder, error))?;
        }
        let database = address.database();
        let opener = Opener::new(address.clone());
        let statements = opener.statements.clone();
        let first = opener
            .connect()
            .map_err(|error| StoreError::Pool { database, cause: Cause::new(error) })?;
        let pool = r2d2::Pool::builder()
            .max_size(limits.pool.max(1))
            .min_idle(Some(0))
            .connection_timeout(limits.wait.max(Duration::from_millis(1)))
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build_unchecked(opener);
        let width = usize::try_from(limits.pool.max(1)).unwrap_or(1);
        let (writers, keeper) = match &address {
            Address::Postgres(_) => (width, None),
            Address::File(_) => (1, None),
            Address::Memory(_) => (1, Some(first)),
        };
        Ok(Self {
            inner: Arc::new(Inner {
                address,
                pool,
                statements,
                wait: limits.wait,
                turns: Arc::new(Semaphore::new(width)),
                writers: Arc::new(Semaphore::new(writers)),
                _keeper: Mutex::new(keeper),
            }),
        })
    }

    /// Runs `work` on one moment of the database, on a thread of its own.
    ///
    /// What `work` reads belongs together, whatever others commit meanwhile; it
    /// cannot write.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.run(Access::Read, work).await
    }

    /// Runs `work` in one transaction, on a thread of its own: committed when it
    /// is `Ok`, rolled back when it is `Err` or panics.
    ///
    /// Once begun it is carried through, even if the caller stops waiting.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.run(Access::Write, work).await
    }

    /// As [`Store::read`], on this thread: for the command line and for threads
    /// that may block.
    pub fn read_blocking<T, E>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        in_read(&mut *self.connection()?, work)
    }

    /// As [`Store::write`], on this thread: for the command line and for threads
    /// that may block.
    pub fn write_blocking<T, E>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        in_write(&mut *self.connection()?, work)
    }

    /// How many statements this store has begun to send to the database since it was
    /// connected. What answers alike must ask alike: tests hold hidden things to it, and
    /// the read paths that ask nothing.
    pub fn statements(&self) -> u64 {
        self.inner.statements.load(Ordering::Relaxed)
    }

    pub(super) fn address(&self) -> &Address {
        &self.inner.address
    }

    pub(super) fn connection(&self) -> Result<r2d2::PooledConnection<Opener>, StoreError> {
        let database = self.inner.address.database();
        let refused = |error| StoreError::Pool { database, cause: Cause::new(error) };
        self.inner.pool.get().map_err(refused)
    }

    async fn run<T, E, F>(&self, access: Access, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let turn = self.turn(access).await?;
        let store = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            // Kept until the work is done, not until the caller stops waiting.
            let _turn = turn;
            match access {
                Access::Read => store.read_blocking(work),
                Access::Write => store.write_blocking(work),
            }
        });
        let broken_off = |error| E::from(StoreError::BrokenOff(Cause::new(error)));
        task.await.map_err(broken_off)?
    }

    async fn turn(&self, access: Access) -> Result<Turn, StoreError> {
        let Inner { turns, writers, wait, .. } = &*self.inner;
        let queue = async {
            let writer = match access {
                Access::Read => None,
                Access::Write => Some(writers.clone().acquire_owned().await?),
            };
            Ok((writer, turns.clone().acquire_owned().await?))
        };
        match tokio::time::timeout(*wait, queue).await {
            Ok(Ok(turn)) => Ok(turn),
            // Neither semaphore is ever closed.
            Ok(Err(tokio::sync::AcquireError { .. })) | Err(_) => Err(StoreError::Busy),
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address may hold a password.
        f.debug_struct("Store").field("database", &self.inner.address.database()).finish()
    }
}
