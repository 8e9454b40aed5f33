//! `/partnerships`: forums of employers and providers for a sector and an area.

use actix_web::{HttpResponse, get, web::Path};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, Snapshot},
    domain::register::{AgreedAction, Meeting, Member, Need, Partnership},
    web::{
        api::parts::{LabelBody, ProvenanceBody, SourceBody, sources},
        moment::Moment,
        problem::Problem,
    },
};

/// Every partnership.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnershipsBody {
    /// The partnerships, by name.
    pub partnerships: Vec<PartnershipBody>,
    /// How many there are.
    pub total: usize,
}

/// A workforce development partnership: a forum, not a provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnershipBody {
    /// Its name here.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Its page on this site.
    pub url: String,
    /// What it is for.
    pub summary: String,
    /// Sectors it is for.
    pub sectors: Vec<LabelBody>,
    /// Counties it covers.
    pub area: Vec<String>,
    /// Who runs the meetings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<String>,
    /// How often it meets, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// How many members are known.
    pub member_count: usize,
    /// How many needs were voiced.
    pub need_count: usize,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// A partnership with what is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnershipContentsBody {
    /// The partnership.
    #[serde(flatten)]
    pub partnership: PartnershipBody,
    /// Organisations known to have taken part.
    pub members: Vec<MemberBody>,
    /// Needs voiced in it.
    pub needs: Vec<NeedBody>,
    /// Meetings known of, latest first.
    pub meetings: Vec<MeetingBody>,
    /// What it agreed to do.
    pub actions: Vec<AgreedActionBody>,
}

/// An organisation's part in a partnership.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberBody {
    /// The organisation's name.
    pub organisation: String,
    /// `employer`, `provider`, `partner`, `facilitator`, `host` or `champion`.
    pub capacity: String,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// A skill or problem that a partnership named.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedBody {
    /// Its name within the partnership.
    pub slug: String,
    /// Short title.
    pub title: String,
    /// What was said.
    pub description: String,
    /// SOC 2020 codes.
    pub soc: Vec<String>,
    /// SIC 2007 codes.
    pub sic: Vec<String>,
    /// Lowest level of learning asked for (entry is 0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_from: Option<i32>,
    /// Highest level of learning asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_to: Option<i32>,
    /// `now`, `1y` or `3y`, where said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon: Option<String>,
    /// When it was raised, in words or as a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raised_on: Option<String>,
    /// How it is known, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Who gave it its codes and how, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coding: Option<String>,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// A meeting of a partnership.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeetingBody {
    /// The day, or as much of it as is known.
    pub held_on: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Where this comes from.
    pub sources: Vec<SourceBody>,
}

/// Something that a partnership agreed to do.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreedActionBody {
    /// What was agreed.
    pub text: String,
    /// How far it is known to have come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_note: Option<String>,
    /// Where this comes from.
    pub sources: Vec<SourceBody>,
}

impl PartnershipBody {
    /// A partnership in a snapshot.
    pub fn new(forum: &Partnership, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        Self {
            slug: forum.slug.to_string(),
            name: forum.name.clone(),
            url: format!("/partnerships/{}", forum.slug),
            summary: forum.summary.clone(),
            sectors: LabelBody::list(&forum.sectors, |sector| words.sector_label(sector)),
            area: forum.area.clone(),
            facilitator: forum.facilitator.clone(),
            cadence: forum.cadence.clone(),
            member_count: forum.members.len(),
            need_count: forum.needs.len(),
            provenance: ProvenanceBody::new(&forum.provenance, snapshot),
        }
    }
}

impl PartnershipContentsBody {
    /// A partnership in a snapshot, with what is known of it.
    pub fn new(forum: &Partnership, snapshot: &Snapshot) -> Self {
        Self {
            partnership: PartnershipBody::new(forum, snapshot),
            members: forum.members.iter().map(|one| MemberBody::new(one, snapshot)).collect(),
            needs: forum.needs.iter().map(|need| NeedBody::new(need, snapshot)).collect(),
            meetings: forum.meetings.iter().map(|one| MeetingBody::new(one, snapshot)).collect(),
            actions: forum.actions.iter().map(|a| AgreedActionBody::new(a, snapshot)).collect(),
        }
    }
}

impl MemberBody {
    fn new(member: &Member, snapshot: &Snapshot) -> Self {
        Self {
            organisation: member.organisation.clone(),
            capacity: member.capacity.to_string(),
            provenance: ProvenanceBody::new(&member.provenance, snapshot),
        }
    }
}

impl NeedBody {
    fn new(need: &Need, snapshot: &Snapshot) -> Self {
        Self {
            slug: need.slug.to_string(),
            title: need.title.clone(),
            description: need.description.clone(),
            soc: need.soc.clone(),
            sic: need.sic.clone(),
            level_from: need.level_from,
            level_to: need.level_to,
            horizon: need.horizon.as_ref().map(ToString::to_string),
            raised_on: need.raised_on.clone(),
            evidence: need.evidence.clone(),
            coding: need.coding.clone(),
            provenance: ProvenanceBody::new(&need.provenance, snapshot),
        }
    }
}

impl MeetingBody {
    fn new(meeting: &Meeting, snapshot: &Snapshot) -> Self {
        Self {
            held_on: meeting.held_on.clone(),
            place: meeting.place.clone(),
            summary: meeting.summary.clone(),
            sources: sources(&meeting.sources, snapshot),
        }
    }
}

impl AgreedActionBody {
    fn new(action: &AgreedAction, snapshot: &Snapshot) -> Self {
        Self {
            text: action.text.clone(),
            status_note: action.status_note.clone(),
            sources: sources(&action.sources, snapshot),
        }
    }
}

/// List the workforce development partnerships.
#[utoipa::path(
    tag = "register",
    operation_id = "list_partnerships",
    responses((status = 200, description = "Every partnership", body = PartnershipsBody,
        example = json!({"total": 1, "partnerships": [{
            "slug": "care", "name": "Care partnership", "url": "/partnerships/care",
            "summary": "Employers and providers of care.",
            "sectors": [{"value": "health-and-care", "label": "Health and care"}],
            "area": ["Oxfordshire"], "cadence": "Each quarter", "member_count": 12,
            "need_count": 5, "provenance": {"sources": [], "as_of": "2026-11-01"}}]}))),
)]
#[get("/partnerships")]
async fn list_partnerships(moment: Moment) -> HttpResponse {
    let forums = moment.reference.partnerships.iter();
    let partnerships: Vec<_> = forums.map(|one| PartnershipBody::new(one, &moment)).collect();
    moment.answer(&PartnershipsBody { total: partnerships.len(), partnerships })
}

/// Show a partnership with members, needs, meetings and agreed actions.
#[utoipa::path(
    tag = "register",
    operation_id = "show_partnership",
    params(("partnership" = String, Path, description = "The partnership's name here",
        example = "care")),
    responses((status = 200, description = "What is known of it", body = PartnershipContentsBody,
        example = json!({
            "slug": "care", "name": "Care partnership", "url": "/partnerships/care",
            "summary": "Employers and providers of care.", "sectors": [],
            "area": ["Oxfordshire"], "member_count": 1, "need_count": 0,
            "provenance": {"sources": [], "as_of": "2026-11-01"},
            "members": [{"organisation": "A college", "capacity": "provider",
                "provenance": {"sources": [], "as_of": "2026-11-01"}}],
            "needs": [], "meetings": [{"held_on": "May 2026", "sources": []}],
            "actions": [{"text": "Map the courses.", "sources": []}]}))),
)]
#[get("/partnerships/{partnership}")]
async fn show_partnership(
    moment: Moment,
    partnership: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = moment.reference.partnership(&partnership);
    let forum = found.ok_or(AppError::NotFound("partnership"))?;
    Ok(moment.answer(&PartnershipContentsBody::new(forum, &moment)))
}

/// The part of the route table about partnerships.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_partnerships).service(show_partnership);
}
