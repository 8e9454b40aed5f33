//! `/vocabulary`: the words of the field, for readers and for filters.
//!
//! What people type instead of a term stays inside: it serves search, and some of
//! it is not fit to print.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    domain::{size_band::SizeBand, stage::Stage, vocabulary::Term},
    web::{api::parts::LabelBody, moment::Moment},
};

/// The words of the field.
#[derive(Debug, Serialize, ToSchema)]
pub struct VocabularyBody {
    /// Preferred terms, by name.
    pub terms: Vec<TermBody>,
    /// How many terms there are.
    pub total: usize,
    /// Cohorts: values of the filter `cohort`.
    pub cohorts: Vec<CohortBody>,
    /// Topics: values of the filter `topic`.
    pub topics: Vec<LabelBody>,
    /// Stages of hiring, in order: values of the filter `stage`.
    pub stages: Vec<LabelBody>,
    /// Formats: values of the filter `format`.
    pub formats: Vec<LabelBody>,
    /// Audiences.
    pub audiences: Vec<LabelBody>,
    /// Sectors.
    pub sectors: Vec<LabelBody>,
    /// Sizes of employers, smallest first.
    pub size_bands: Vec<LabelBody>,
}

/// One preferred term.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermBody {
    /// Its name.
    pub id: String,
    /// The words our texts use.
    pub preferred: String,
    /// The official abbreviation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<String>,
    /// One sentence that explains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion: Option<String>,
    /// Names of terms near it.
    pub related: Vec<String>,
}

/// A group of people the guidance is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct CohortBody {
    /// Its name and label.
    #[serde(flatten)]
    pub label: LabelBody,
    /// Whether there is a toolkit on it.
    pub toolkit: bool,
}

impl From<&Term> for TermBody {
    fn from(term: &Term) -> Self {
        Self {
            id: term.id.to_string(),
            preferred: term.preferred.clone(),
            abbreviation: term.abbreviation.clone(),
            expansion: term.expansion.clone(),
            related: term.related.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Show the words of the field.
#[utoipa::path(
    tag = "vocabulary",
    operation_id = "show_vocabulary",
    responses((status = 200, description = "Preferred terms, and the values of the filters",
        body = VocabularyBody, example = json!({
            "total": 1, "terms": [{"id": "rotl", "preferred": "release on temporary licence",
                "abbreviation": "ROTL", "expansion": "Day release from prison, for work or \
                training.", "related": []}],
            "cohorts": [{"value": "refugees", "label": "Refugees", "toolkit": true}],
            "topics": [{"value": "right-to-work", "label": "Right to work"}],
            "stages": [{"value": "check", "label": "Check"}],
            "formats": [{"value": "guide", "label": "Guide"}],
            "audiences": [{"value": "hr", "label": "HR"}],
            "sectors": [{"value": "hospitality", "label": "Hospitality"}],
            "size_bands": [{"value": "small", "label": "10 to 49 people"}]}))),
)]
#[get("/vocabulary")]
async fn show_vocabulary(moment: Moment) -> HttpResponse {
    let words = moment.vocabulary();
    let cohorts = words.cohorts.iter().map(|cohort| CohortBody {
        label: LabelBody::from(&cohort.label),
        toolkit: moment.toolkits().iter().any(|toolkit| toolkit.cohort == cohort.label.slug),
    });
    let stages = Stage::ALL.into_iter().map(|stage| LabelBody {
        description: words.stages.iter().find(|(s, _)| *s == stage).map(|(_, text)| text.clone()),
        ..LabelBody::from(stage)
    });
    let sizes = SizeBand::ALL.into_iter();
    moment.answer(&VocabularyBody {
        total: words.terms.len(),
        terms: words.terms.iter().map(TermBody::from).collect(),
        cohorts: cohorts.collect(),
        topics: words.topics.iter().map(LabelBody::from).collect(),
        stages: stages.collect(),
        formats: words.formats.iter().map(LabelBody::from).collect(),
        audiences: words.audiences.iter().map(LabelBody::from).collect(),
        sectors: words.sectors.iter().map(|sector| LabelBody::from(&sector.label)).collect(),
        size_bands: sizes.map(|size| LabelBody::new(size.as_str(), size.label())).collect(),
    })
}

/// The part of the route table about words.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_vocabulary);
}
