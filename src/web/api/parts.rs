//! What several answers are made of: labels, dates, sources.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Snapshot,
    domain::{
        freshness::Dated,
        register::{Provenance, Source},
        slug::Slug,
        stage::Stage,
        vocabulary::Label,
    },
    web::api::search_body::is_false,
};

/// A value with the words shown for it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LabelBody {
    /// The value, as used in parameters.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// One sentence more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl LabelBody {
    /// A value and its words.
    pub fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), description: None }
    }

    /// Values of a list, with the words that a vocabulary has for them.
    pub fn list<'a>(values: &'a [Slug], label: impl Fn(&'a str) -> &'a str) -> Vec<Self> {
        values.iter().map(|value| Self::new(value, label(value))).collect()
    }
}

impl From<Stage> for LabelBody {
    fn from(stage: Stage) -> Self {
        Self::new(stage.as_str(), stage.label())
    }
}

impl From<&Label> for LabelBody {
    fn from(label: &Label) -> Self {
        Self { description: label.description.clone(), ..Self::new(&label.slug, &label.label) }
    }
}

/// When a statement was made and until when it counts.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct DatesBody {
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// The last day it may be relied on without looking again.
    pub review_by: NaiveDate,
    /// Whether it is past its review date.
    pub stale: bool,
}

impl DatesBody {
    /// The dates as they are judged in a snapshot.
    pub fn new(dates: Dated, snapshot: &Snapshot) -> Self {
        let stale = dates.is_stale(snapshot.today);
        Self { as_of: dates.as_of, review_by: dates.review_by, stale }
    }
}

/// A publication that statements rest on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceBody {
    /// Identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its date, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Present, and true, where date or content were seen only in part.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub uncertain: bool,
}

impl From<&Source> for SourceBody {
    fn from(source: &Source) -> Self {
        Self {
            id: source.id.clone(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source.url.clone(),
            published: source.published.clone(),
            uncertain: source.uncertain,
        }
    }
}

/// Where a statement comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProvenanceBody {
    /// The sources it rests on; none only for what is fictional.
    pub sources: Vec<SourceBody>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// What is uncertain about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

impl ProvenanceBody {
    /// A provenance with its sources looked up.
    pub fn new(provenance: &Provenance, snapshot: &Snapshot) -> Self {
        Self {
            sources: sources(&provenance.sources, snapshot),
            as_of: provenance.as_of,
            note: provenance.note.clone(),
            fictional: provenance.fictional,
        }
    }
}

/// The sources with these identifiers, as far as they are known.
pub fn sources(ids: &[String], snapshot: &Snapshot) -> Vec<SourceBody> {
    let known = ids.iter().filter_map(|id| snapshot.reference.source(id));
    known.map(SourceBody::from).collect()
}
