//! `/library`: guides of others.

use actix_web::{HttpResponse, get, web::Path};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::Snapshot,
    domain::guidance::LibraryEntry,
    web::{
        api::parts::{DatesBody, LabelBody, SourceBody},
        moment::Moment,
        problem::Problem,
    },
};

/// Every guide of others.
#[derive(Debug, Serialize, ToSchema)]
pub struct LibraryBody {
    /// The guides, by name.
    pub library: Vec<LibraryEntryBody>,
    /// How many there are.
    pub total: usize,
}

/// A guide of somebody else: our summary, their link.
#[derive(Debug, Serialize, ToSchema)]
pub struct LibraryEntryBody {
    /// Its name here.
    pub slug: String,
    /// Its own title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// Its own address.
    pub link: String,
    /// Who published it.
    pub publisher: String,
    /// When it was published, in words, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When our record was last checked, and until when that counts.
    #[serde(flatten)]
    pub dates: DatesBody,
    /// Cohorts it is about; none for any.
    pub cohorts: Vec<LabelBody>,
    /// Stages it helps with.
    pub stages: Vec<LabelBody>,
    /// Topics it covers.
    pub topics: Vec<LabelBody>,
    /// Its format.
    pub format: LabelBody,
    /// For whom it is written.
    pub audience: Vec<LabelBody>,
    /// Where it applies, in words.
    pub jurisdiction: String,
    /// How far it can still be relied on.
    pub status: LabelBody,
    /// Why it is not current.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_note: Option<String>,
    /// Our own summary.
    pub summary: String,
    /// The source our record rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceBody>,
}

impl LibraryEntryBody {
    /// A guide in a snapshot.
    pub fn new(entry: &LibraryEntry, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        Self {
            slug: entry.slug.to_string(),
            title: entry.title.clone(),
            url: format!("/library/{}", entry.slug),
            link: entry.url.clone(),
            publisher: entry.publisher.clone(),
            published: entry.published.clone(),
            dates: DatesBody::new(entry.dates, snapshot),
            cohorts: LabelBody::list(&entry.cohorts, |cohort| words.cohort_label(cohort)),
            stages: entry.stages.iter().map(|stage| LabelBody::from(*stage)).collect(),
            topics: LabelBody::list(&entry.topics, |topic| words.topic_label(topic)),
            format: LabelBody::new(&entry.format, words.format_label(&entry.format)),
            audience: LabelBody::list(&entry.audience, |one| words.audience_label(one)),
            jurisdiction: entry.jurisdiction.clone(),
            status: LabelBody::new(entry.status.as_str(), entry.status.label()),
            status_note: entry.status_note.clone(),
            summary: entry.summary.clone(),
            source: snapshot.reference.source(&entry.source).map(SourceBody::from),
        }
    }
}

/// List the guides of others.
#[utoipa::path(
    tag = "library",
    operation_id = "list_library",
    responses((status = 200, description = "Every guide", body = LibraryBody,
        example = json!({"total": 1, "library": [{
            "slug": "employing-refugees", "title": "Employing refugees",
            "url": "/library/employing-refugees", "link": "https://www.example.org/guide",
            "publisher": "A charity", "published": "May 2025", "as_of": "2026-11-01",
            "review_by": "2027-05-01", "stale": false,
            "cohorts": [{"value": "refugees", "label": "Refugees"}], "stages": [], "topics": [],
            "format": {"value": "guide", "label": "Guide"}, "audience": [],
            "jurisdiction": "England", "status": {"value": "current", "label": "Current"},
            "summary": "What to expect."}]}))),
)]
#[get("/library")]
async fn list_library(moment: Moment) -> HttpResponse {
    let library: Vec<_> =
        moment.library().iter().map(|entry| LibraryEntryBody::new(entry, &moment)).collect();
    moment.answer(&LibraryBody { total: library.len(), library })
}

/// Show a guide of somebody else.
#[utoipa::path(
    tag = "library",
    operation_id = "show_library_entry",
    params(("entry" = String, Path, description = "The guide's name here",
        example = "employing-refugees")),
    responses((status = 200, description = "Our summary, their link", body = LibraryEntryBody,
        example = json!({
            "slug": "employing-refugees", "title": "Employing refugees",
            "url": "/library/employing-refugees", "link": "https://www.example.org/guide",
            "publisher": "A charity", "published": "May 2025", "as_of": "2026-11-01",
            "review_by": "2027-05-01", "stale": false,
            "cohorts": [{"value": "refugees", "label": "Refugees"}], "stages": [], "topics": [],
            "format": {"value": "guide", "label": "Guide"}, "audience": [],
            "jurisdiction": "England", "status": {"value": "current", "label": "Current"},
            "summary": "What to expect."}))),
)]
#[get("/library/{entry}")]
async fn show_library_entry(moment: Moment, entry: Path<String>) -> Result<HttpResponse, Problem> {
    let entry = moment.library_entry(&entry)?;
    Ok(moment.answer(&LibraryEntryBody::new(entry, &moment)))
}

/// The part of the route table about guides of others.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_library).service(show_library_entry);
}
