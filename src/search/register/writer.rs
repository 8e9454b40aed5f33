//! Who puts documents into the index of the register.

use std::{
    collections::HashMap,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use tantivy::{
    Directory, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    directory::{MmapDirectory, RamDirectory},
    index::SegmentId,
    indexer::{IndexWriterOptions, LogMergePolicy},
    tokenizer::PreTokenizedString,
};

use crate::{
    domain::search::{Document, Kind},
    search::{
        SearchError,
        collection::{Collection, Shelf},
        fields::{self, Entry, Fields},
        language::Language,
        part::{Memory, Part},
        register::{
            position::{Position, Reason, SCHEMA, Standing},
            record,
            view::View,
        },
        text,
    },
};

/// Memory for documents that are put, before a segment is written.
const PUT_BYTES: usize = 30_000_000;
/// A segment with a larger share of deleted documents is written anew.
const MOST_DELETED: f32 = 0.3;
/// Decompressed blocks of stored documents kept for a segment, about 16 KB each.
const BLOCKS: usize = 64;

/// How an index was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// It follows the register up to here.
    Resumed(Position),
    /// It is empty and must be filled.
    Rebuild(Reason),
}

/// The one who puts documents into an index.
pub struct Writer {
    puts: IndexWriter,
    reader: IndexReader,
    fields: Fields,
    language: Arc<Language>,
    memories: Mutex<HashMap<SegmentId, Arc<Memory>>>,
    /// Held for the life of the writer; `None` in memory.
    _lock: Option<File>,
}

impl Writer {
    /// Opens the index in a folder, or makes one there; without a folder, in memory.
    /// Whatever cannot be followed on from `standing` is emptied.
    ///
    /// # Errors
    ///
    /// [`SearchError::InUse`] if another process has it open; others where the folder
    /// cannot be written.
    pub fn open(
        folder: Option<&Path>,
        language: Arc<Language>,
        standing: &Standing,
    ) -> Result<(Self, Opening), SearchError> {
        let Some(folder) = folder else {
            let index = made(RamDirectory::create())?;
            return Ok((Self::new(&index, language, None)?, Opening::Rebuild(Reason::Empty)));
        };
        fs::create_dir_all(folder)?;
        let lock = locked(folder)?;
        let own = versioned(folder);
        let reason = match judged(&own, standing) {
            Ok(position) => match reopened(&own, language.clone()) {
                Ok(index) => {
                    let writer = Self { _lock: Some(lock), ..index };
                    return Ok((writer, Opening::Resumed(position)));
                }
                Err(error) => {
                    tracing::warn!(%error, "register_index.damaged");
                    Reason::Damaged
                }
            },
            Err(reason) => reason,
        };
        emptied(&own)?;
        let index = made(mapped(&own)?)?;
        let writer = Self::new(&index, language, Some(lock))?;
        Ok((writer, Opening::Rebuild(reason)))
    }

    fn new(
        index: &tantivy::Index,
        language: Arc<Language>,
        lock: Option<File>,
    ) -> Result<Self, SearchError> {
        let (_, fields) = fields::schema();
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(PUT_BYTES)
            .build();
        let puts = index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MOST_DELETED);
        puts.set_merge_policy(Box::new(policy));
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS)
            .try_into()?;
        let memories = Mutex::default();
        Ok(Self { puts, reader, fields, language, memories, _lock: lock })
    }

    /// Puts a document in place of the one of its kind and name. `turns_on` is the next
    /// day on which it may read otherwise. Nobody sees it before [`Self::commit`].
    pub fn put(&self, document: &Document, turns_on: Option<NaiveDate>) -> Result<(), SearchError> {
        self.remove(document.kind, &document.id);
        let cut = text::cut(fields::texts(document));
        let order = order(document);
        let entry = Entry { document, cut: &cut, order, turns_on };
        let mut made: TantivyDocument = fields::entered(&self.fields, &entry);
        let key = key(document.kind, &document.id);
        let tokens = vec![fields::token(&key, 0)];
        let named = PreTokenizedString { text: String::new(), tokens };
        made.add_pre_tokenized_text(self.fields.key, named);
        made.add_bytes(self.fields.record, &record::write(document, &cut));
        self.puts.add_document(made)?;
        Ok(())
    }

    /// Takes the document of that kind and name out, if there is one.
    pub fn remove(&self, kind: Kind, id: &str) {
        let term = Term::from_field_text(self.fields.key, &key(kind, id));
        self.puts.delete_term(term);
    }

    /// Takes all documents out.
    pub fn clear(&self) -> Result<(), SearchError> {
        self.puts.delete_all_documents()?;
        Ok(())
    }

    /// Makes what was put and removed last, together with the position it comes to:
    /// both or neither.
    pub fn commit(&mut self, position: &Position) -> Result<(), SearchError> {
        let mut commit = self.puts.prepare_commit()?;
        commit.set_payload(&position.written());
        commit.commit()?;
        Ok(())
    }

    /// What the last commit holds. Reads only segments that were not there before.
    pub fn view(&self) -> Result<View, SearchError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let mut memories = self.memories.lock().unwrap_or_else(PoisonError::into_inner);
        let mut parts = Vec::new();
        let mut base = 0_u32;
        for (at, segment) in (0_u32..).zip(searcher.segment_readers()) {
            let memory = memories.get(&segment.segment_id()).cloned();
            let part = Part::new(&searcher, at, base, memory)?;
            base = base.saturating_add(part.slots());
            memories.insert(segment.segment_id(), part.memory().clone());
            parts.push(part);
        }
        memories.retain(|id, _| searcher.segment_readers().iter().any(|s| s.segment_id() == *id));
        Ok(View::new(Collection::new(parts, self.language.clone(), Shelf::Parts)))
    }

    /// Waits until segments that are being written anew are done, and ends.
    pub fn finish(self) -> Result<(), SearchError> {
        self.puts.wait_merging_threads()?;
        Ok(())
    }
}

/// Deletes the index in a folder, whatever state it is in.
///
/// # Errors
///
/// [`SearchError::InUse`] if another process has it open.
pub fn delete(folder: &Path) -> Result<(), SearchError> {
    if !folder.exists() {
        return Ok(());
    }
    let _lock = locked(folder)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

/// The folder of this form of index: another form never sees it.
fn versioned(folder: &Path) -> PathBuf {
    folder.join(format!("v{SCHEMA}"))
}

/// Claims a folder for this process. The system lets go of it when the process ends,
/// however it ends.
fn locked(folder: &Path) -> Result<File, SearchError> {
    let file = File::options().create(true).append(true).open(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SearchError::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The position of the index in a folder, or why it must be built anew.
fn judged(own: &Path, standing: &Standing) -> Result<Position, Reason> {
    if !own.join("meta.json").exists() {
        return Err(Reason::Empty);
    }
    let index = mapped(own).and_then(|folder| Ok(tantivy::Index::open(folder)?));
    let index = index.map_err(|_cause| Reason::Damaged)?;
    let (schema, _) = fields::schema();
    if index.schema() != schema {
        return Err(Reason::Damaged);
    }
    let metas = index.load_metas().map_err(|_cause| Reason::Damaged)?;
    let payload = metas.payload.ok_or(Reason::Empty)?;
    let position = Position::read(&payload).ok_or(Reason::Damaged)?;
    if let Some(reason) = position.broken(standing) {
        return Err(reason);
    }
    let damaged = index.validate_checksum().map_err(|_cause| Reason::Damaged)?;
    if damaged.is_empty() { Ok(position) } else { Err(Reason::Damaged) }
}

/// The index in a folder that was judged sound; its first view proves it readable.
fn reopened(own: &Path, language: Arc<Language>) -> Result<Writer, SearchError> {
    let index = tantivy::Index::open(mapped(own)?)?;
    let writer = Writer::new(&index, language, None)?;
    writer.view()?;
    Ok(writer)
}

fn made(directory: impl Directory) -> Result<tantivy::Index, SearchError> {
    let (schema, _) = fields::schema();
    Ok(tantivy::Index::create(directory, schema, IndexSettings::default())?)
}

fn mapped(own: &Path) -> Result<MmapDirectory, SearchError> {
    MmapDirectory::open(own).map_err(|error| SearchError::Read(io::Error::other(error)))
}

/// Makes a folder anew, with nothing in it.
fn emptied(own: &Path) -> Result<(), SearchError> {
    match fs::remove_dir_all(own) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        // A file where the folder should be.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => fs::remove_file(own)?,
        Err(error) => return Err(error.into()),
    }
    fs::create_dir_all(own)?;
    Ok(())
}

fn key(kind: Kind, id: &str) -> String {
    format!("{kind}/{id}")
}

/// What breaks ties: by kind, then by name as far as it fits, then by a hash of it.
fn order(document: &Document) -> (u64, u64) {
    let kind = Kind::ALL.iter().position(|kind| *kind == document.kind).unwrap_or(0);
    let kind = u8::try_from(kind).unwrap_or(u8::MAX);
    let mut bytes = [0_u8; 16];
    let begin =
        document.title.chars().flat_map(char::to_lowercase).filter(char::is_ascii_alphanumeric);
    let name = [kind].into_iter().chain(begin.filter_map(|c| u8::try_from(c).ok()));
    for (slot, byte) in bytes.iter_mut().take(12).zip(name) {
        *slot = byte;
    }
    let hash = Sha256::digest(key(document.kind, &document.id));
    for (slot, byte) in bytes.iter_mut().skip(12).zip(hash) {
        *slot = byte;
    }
    let both = u128::from_be_bytes(bytes);
    #[allow(clippy::cast_possible_truncation, reason = "the two halves of 128 bits")]
    ((both >> 64) as u64, both as u64)
}
