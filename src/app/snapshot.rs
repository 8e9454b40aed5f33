//! Everything that readers are shown, at one moment: content, reference, indexes.
//!
//! Never changed; a new state of the world is a new snapshot. A request takes one
//! and answers from it alone, so all parts of an answer belong together. What a change
//! does not touch is shared with the snapshot before it.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::{
    app::{
        catalogue::{self, Catalogue},
        classifications::Classifications,
        error::AppError,
        oruk::{Feed, Ground, Told},
        register_index,
    },
    content::Loaded,
    domain::{
        guidance::{LibraryEntry, Section, Toolkit},
        matching::Policy,
        place::Gazetteer,
        register::Reference,
        vocabulary::Vocabulary,
    },
    search::{Index, brokers::Employers, register::View},
};

/// What was read from files at the start and stays for the life of the process.
pub struct Library {
    /// Toolkits, library, vocabulary.
    pub content: Loaded,
    /// Places.
    pub gazetteer: Gazetteer,
    /// How matches are judged.
    pub policy: Policy,
}

/// One moment of everything that readers are shown.
#[derive(Clone)]
pub struct Snapshot {
    library: Arc<Library>,
    gazetteer: Arc<Gazetteer>,
    /// The lists of codes for industries and occupations.
    pub classifications: Arc<Classifications>,
    /// The reference data.
    pub reference: Arc<Reference>,
    /// The index over content and reference data.
    pub index: Arc<Index>,
    /// The index over the records of the register.
    pub register: View,
    /// What brokers are answered from; in no page and no search.
    pub employers: Arc<Employers>,
    /// What the open feed tells.
    pub feed: Arc<Feed>,
    /// The number of the last change that all of it shows.
    pub change: i64,
    /// The day for which review dates were judged.
    pub today: NaiveDate,
    origin: Origin,
}

/// Where the reference data came from, and what all documents were made with.
#[derive(Clone)]
struct Origin {
    /// The database; `None` where there was none.
    database: Option<String>,
    /// The number of the change up to which the reference data is known to be as stored.
    settled: i64,
    recipe: Arc<str>,
}

impl Snapshot {
    /// The snapshot of reference data on a day, without any record. Builds the index
    /// of the guidance.
    pub fn new(
        library: Arc<Library>,
        reference: impl Into<Arc<Reference>>,
        change: i64,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let gazetteer = Arc::new(library.gazetteer.clone());
        Self::with_places(library, gazetteer, reference.into(), (change, today))
    }

    /// The same with places of its own.
    pub fn with_places(
        library: Arc<Library>,
        gazetteer: Arc<Gazetteer>,
        reference: Arc<Reference>,
        (change, today): (i64, NaiveDate),
    ) -> Result<Self, AppError> {
        let content = &library.content;
        let catalogue = Catalogue::new(&content.vocabulary, &gazetteer, &reference, today);
        let documents = catalogue::documents(&catalogue, content);
        let index = Arc::new(Index::build(documents, &content.vocabulary)?);
        let register = View::empty(index.language().clone());
        let made_with: [&dyn std::fmt::Debug; 7] = [
            &content.hash,
            &gazetteer,
            &reference.charter,
            &reference.actions,
            &reference.past_actions,
            &reference.schemes,
            &reference.past_schemes,
        ];
        let recipe = register_index::recipe(&made_with).into();
        let origin = Origin { database: None, settled: change, recipe };
        let (employers, feed) = (Arc::default(), Arc::default());
        let made = Self {
            library,
            gazetteer,
            classifications: Classifications::shipped(),
            reference,
            index,
            register,
            employers,
            feed,
            change,
            today,
            origin,
        };
        Ok(made.with_feed(&Told::default(), today.and_time(NaiveTime::MIN)))
    }

    /// The same with the feed of what the store tells, put together at a moment, UTC.
    #[must_use]
    pub fn with_feed(self, told: &Told, at: NaiveDateTime) -> Self {
        let ground = Ground {
            vocabulary: self.vocabulary(),
            gazetteer: &self.gazetteer,
            reference: &self.reference,
            today: self.today,
        };
        let feed = Arc::new(told.feed(ground, at));
        Self { feed, ..self }
    }

    /// The same with these lists of codes.
    #[must_use]
    pub fn with_codes(self, classifications: Arc<Classifications>) -> Self {
        Self { classifications, ..self }
    }

    /// What documents are made with.
    pub fn catalogue(&self) -> Catalogue<'_> {
        Catalogue::new(self.vocabulary(), &self.gazetteer, &self.reference, self.today)
    }

    /// The same with these records of the register, at that change.
    #[must_use]
    pub fn with_register(self, register: View, employers: Arc<Employers>, change: i64) -> Self {
        Self { register, employers, change, ..self }
    }

    /// The same, known to be as that database has it at that change.
    #[must_use]
    pub fn settled_at(self, database: String, settled: i64) -> Self {
        let database = Some(database);
        Self { origin: Origin { database, settled, ..self.origin }, ..self }
    }

    /// Whether the reference data came from that database.
    pub fn is_from(&self, database: &str) -> bool {
        self.origin.database.as_deref() == Some(database)
    }

    /// The number of the change up to which the reference data is known to be as stored.
    pub const fn settled(&self) -> i64 {
        self.origin.settled
    }

    /// A name for what documents are made with, beside the records and the day.
    pub fn recipe(&self) -> &str {
        &self.origin.recipe
    }

    /// How many things can be found.
    pub fn documents(&self) -> usize {
        self.index.documents() + self.register.documents()
    }

    /// What was read from files at the start.
    pub const fn files(&self) -> &Arc<Library> {
        &self.library
    }

    /// The toolkits, in home-page order.
    pub fn toolkits(&self) -> &[Toolkit] {
        &self.library.content.toolkits
    }

    /// The toolkit of that name.
    pub fn toolkit(&self, slug: &str) -> Result<&Toolkit, AppError> {
        let found = self.toolkits().iter().find(|toolkit| toolkit.slug == *slug);
        found.ok_or(AppError::NotFound("toolkit"))
    }

    /// A section of a toolkit.
    pub fn section(&self, toolkit: &str, slug: &str) -> Result<(&Toolkit, &Section), AppError> {
        let toolkit = self.toolkit(toolkit)?;
        let section = toolkit.section(slug).ok_or(AppError::NotFound("section"))?;
        Ok((toolkit, section))
    }

    /// A template of a toolkit.
    pub fn template(&self, toolkit: &str, slug: &str) -> Result<(&Toolkit, &Section), AppError> {
        let toolkit = self.toolkit(toolkit)?;
        let template = toolkit.template(slug).ok_or(AppError::NotFound("template"))?;
        Ok((toolkit, template))
    }

    /// Other people's guides.
    pub fn library(&self) -> &[LibraryEntry] {
        &self.library.content.library
    }

    /// The guide of that name.
    pub fn library_entry(&self, slug: &str) -> Result<&LibraryEntry, AppError> {
        let found = self.library().iter().find(|entry| entry.slug == *slug);
        found.ok_or(AppError::NotFound("guide"))
    }

    /// The words of the field.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.library.content.vocabulary
    }

    /// The places known.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// How matches are judged.
    pub fn policy(&self) -> &Policy {
        &self.library.policy
    }

    /// The hash of the content, `sha256:…`.
    pub fn content_hash(&self) -> &str {
        &self.library.content.hash
    }

    /// How many faults the content had when it was read; what is broken is left out.
    pub fn content_faults(&self) -> usize {
        self.library.content.faults.iter().filter(|fault| fault.is_error()).count()
    }
}
