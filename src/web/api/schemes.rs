//! `/schemes`, badges and pledges of others, and `/sources` of the register.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::Snapshot,
    domain::register::Scheme,
    web::{
        api::parts::{ProvenanceBody, SourceBody},
        moment::Moment,
    },
};

/// Every scheme.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchemesBody {
    /// The schemes, by name.
    pub schemes: Vec<SchemeBody>,
    /// How many there are.
    pub total: usize,
}

/// A badge, award, pledge or accreditation of somebody else.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchemeBody {
    /// Its name here.
    pub slug: String,
    /// Name.
    pub name: String,
    /// `accreditation`, `award`, `pledge`, `covenant` or `register`.
    pub kind: String,
    /// Who runs it.
    pub owner: String,
    /// What it is.
    pub summary: String,
    /// Levels, lowest first.
    pub levels: Vec<LevelBody>,
    /// What a holder must show.
    pub evidence_rule: String,
    /// How long a recognition lasts, in months, where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_months: Option<i32>,
    /// How long a recognition lasts, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_note: Option<String>,
    /// What must be held before.
    pub prerequisites: Vec<PrerequisiteBody>,
    /// The public list of holders: its address, or a sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_list: Option<String>,
    /// What a listing proves, honestly.
    pub what_it_proves: String,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// A level of a scheme.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelBody {
    /// Its name within the scheme.
    pub slug: String,
    /// Words shown.
    pub label: String,
    /// How long this level lasts, in months, where it differs from the scheme's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_months: Option<i32>,
}

/// What a scheme asks its applicants to hold already.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrerequisiteBody {
    /// The other scheme, or the same for a lower level.
    pub scheme: String,
    /// The level needed; absent for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// What more there is to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Every source of the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourcesBody {
    /// The sources, by identifier.
    pub sources: Vec<SourceBody>,
    /// How many there are.
    pub total: usize,
}

impl SchemeBody {
    /// A scheme in a snapshot.
    pub fn new(scheme: &Scheme, snapshot: &Snapshot) -> Self {
        let levels = scheme.levels.iter().map(|level| LevelBody {
            slug: level.slug.to_string(),
            label: level.label.clone(),
            lifetime_months: level.lifetime_months,
        });
        let prerequisites = scheme.prerequisites.iter().map(|needed| PrerequisiteBody {
            scheme: needed.scheme.to_string(),
            level: needed.level.as_ref().map(ToString::to_string),
            note: needed.note.clone(),
        });
        Self {
            slug: scheme.slug.to_string(),
            name: scheme.name.clone(),
            kind: scheme.kind.to_string(),
            owner: scheme.owner.clone(),
            summary: scheme.summary.clone(),
            levels: levels.collect(),
            evidence_rule: scheme.evidence_rule.clone(),
            lifetime_months: scheme.lifetime_months,
            lifetime_note: scheme.lifetime_note.clone(),
            prerequisites: prerequisites.collect(),
            public_list: scheme.public_list.clone(),
            what_it_proves: scheme.what_it_proves.clone(),
            provenance: ProvenanceBody::new(&scheme.provenance, snapshot),
        }
    }
}

/// List recognition schemes.
#[utoipa::path(
    tag = "register",
    operation_id = "list_schemes",
    responses((status = 200, description = "Every scheme", body = SchemesBody,
        example = json!({"total": 1, "schemes": [{
            "slug": "disability-confident", "name": "Disability Confident", "kind": "register",
            "owner": "Department for Work and Pensions", "summary": "Three levels.",
            "levels": [{"slug": "1", "label": "Committed"}],
            "evidence_rule": "Commitments.", "lifetime_months": 36, "prerequisites": [],
            "what_it_proves": "A commitment.",
            "provenance": {"sources": [], "as_of": "2026-11-01"}}]}))),
)]
#[get("/schemes")]
async fn list_schemes(moment: Moment) -> HttpResponse {
    let schemes = moment.reference.schemes.iter();
    let schemes: Vec<_> = schemes.map(|scheme| SchemeBody::new(scheme, &moment)).collect();
    moment.answer(&SchemesBody { total: schemes.len(), schemes })
}

/// List the sources that the register rests on.
#[utoipa::path(
    tag = "register",
    operation_id = "list_sources",
    responses((status = 200, description = "Every source", body = SourcesBody,
        example = json!({"total": 1, "sources": [{"id": "S12", "title": "Charter",
            "publisher": "A partnership", "url": "https://www.example.org/charter",
            "published": "January 2024"}]}))),
)]
#[get("/sources")]
async fn list_sources(moment: Moment) -> HttpResponse {
    let sources: Vec<_> = moment.reference.sources.iter().map(SourceBody::from).collect();
    moment.answer(&SourcesBody { total: sources.len(), sources })
}

/// The part of the route table about schemes and sources.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_schemes).service(list_sources);
}
