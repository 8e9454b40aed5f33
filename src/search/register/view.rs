//! The register as it can be searched at one moment.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    domain::search::{Answer, CompletionGroup, Facet, Kind, Near, Question},
    search::{
        Index, Language, SearchError,
        answer::{self, Asked},
        collection::{Collection, Shelf},
        register::record,
        suggest,
    },
};

/// The documents of one commit. Cheap to clone; never changed.
#[derive(Clone)]
pub struct View {
    collection: Arc<Collection>,
}

impl View {
    /// A view of a collection.
    pub(super) fn new(collection: Collection) -> Self {
        Self { collection: Arc::new(collection) }
    }

    /// The view of a register that has nothing.
    pub fn empty(language: Arc<Language>) -> Self {
        Self::new(Collection::new(Vec::new(), language, Shelf::Parts))
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.collection.documents()
    }

    /// Every value that some document has in a facet.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.collection.values(facet).into_iter()
    }

    /// Documents that may read otherwise on a day than when they were made.
    pub fn due(&self, day: NaiveDate) -> Result<Vec<(Kind, String)>, SearchError> {
        let mut due = Vec::new();
        for part in self.collection.parts() {
            for own in part.due(day)? {
                if let Some(bytes) = part.record(own)? {
                    due.push(record::name(&bytes)?);
                }
            }
        }
        due.sort();
        Ok(due)
    }

    /// Answers a question from the register alone.
    pub fn search(
        &self,
        question: &Question,
        near: Option<&Near>,
        today: NaiveDate,
    ) -> Result<Answer, SearchError> {
        answer::answer(&[&self.collection], &Asked { question, near, today })
    }

    /// Answers a question from the guidance and the register together.
    pub fn search_with(
        &self,
        guidance: &Index,
        question: &Question,
        near: Option<&Near>,
        today: NaiveDate,
    ) -> Result<Answer, SearchError> {
        let both = [guidance.collection(), &self.collection];
        answer::answer(&both, &Asked { question, near, today })
    }

    /// What exists in either and begins like what was typed.
    pub fn suggest_with(
        &self,
        guidance: &Index,
        typed: &str,
    ) -> Result<Vec<CompletionGroup>, SearchError> {
        suggest::suggest(&[guidance.collection(), &self.collection], typed)
    }
}
