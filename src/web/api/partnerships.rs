//! What stands beside a partnership: its needs, meetings and actions as readers are shown
//! them.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::{
    app::Snapshot,
    domain::{
        register::{
            AgreedAction, KeptPartnership, Meeting, Need, Partnership, Provenance, Record, Urgency,
        },
        slug::Slug,
    },
    web::api::{
        parts::{LabelBody, ProvenanceBody, SourceBody, sources},
        search_body::is_false,
    },
};

/// What stands beside a partnership.
#[derive(Debug, Serialize)]
pub struct BesideBody {
    page_url: String,
    sector_labels: Vec<LabelBody>,
    member_count: usize,
    need_count: usize,
    provenance: ProvenanceBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Vec<NeedBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meetings: Option<Vec<ForumMeetingBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<ForumActionBody>>,
}

/// A skill or problem that a partnership named.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedBody {
    /// Its name in the register.
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
pub struct ForumMeetingBody {
    /// Its name in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The day, or as much of it as is known.
    pub held_on: String,
    /// When it starts on that day, UK time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// When it ends on that day, UK time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Postcode or outward code of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// What it is or was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What is to be talked about, in order.
    pub agenda: Vec<AgendaPointBody>,
    /// Where notes of it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Where this comes from.
    pub sources: Vec<SourceBody>,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

/// One point of an agenda.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaPointBody {
    /// What it is about.
    pub topic: String,
    /// The group it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
}

/// Something that a partnership agreed to do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForumActionBody {
    /// Its name in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What was agreed.
    pub text: String,
    /// The organisation that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Who does it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// The last day for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// `open`, `done` or `dropped`, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The day it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_on: Option<NaiveDate>,
    /// Whether its due date has passed and it is neither done nor dropped.
    pub overdue: bool,
    /// How far it is known to have come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_note: Option<String>,
    /// The need that it serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// The meeting at which it was raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<String>,
    /// Where this comes from.
    pub sources: Vec<SourceBody>,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

impl BesideBody {
    /// What stands beside a partnership in a list.
    pub fn of(snapshot: &Snapshot, record: &Record<KeptPartnership>) -> Self {
        let words = snapshot.vocabulary();
        let forum = snapshot.reference.partnership(&record.slug);
        let body = &record.body;
        let provenance = Provenance::of(record, &body.sources, body.note.as_deref());
        Self {
            page_url: format!("/partnerships/{}", record.slug),
            sector_labels: LabelBody::list(&body.sectors, |sector| words.sector_label(sector)),
            member_count: body.members.len(),
            need_count: forum.map_or(0, |forum| forum.needs.len()),
            provenance: ProvenanceBody::new(&provenance, snapshot),
            needs: None,
            meetings: None,
            actions: None,
        }
    }

    /// The same with its needs, meetings and actions.
    pub fn whole(mut self, snapshot: &Snapshot, slug: &str) -> Self {
        let (needs, meetings, actions) = match snapshot.reference.partnership(slug) {
            None => (Vec::new(), Vec::new(), Vec::new()),
            Some(Partnership { needs, meetings, actions, .. }) => (
                needs.iter().map(|one| NeedBody::new(one, snapshot)).collect(),
                meetings.iter().map(|one| ForumMeetingBody::new(one, snapshot)).collect(),
                actions.iter().map(|one| ForumActionBody::new(one, snapshot)).collect(),
            ),
        };
        (self.needs, self.meetings, self.actions) = (Some(needs), Some(meetings), Some(actions));
        self
    }

    /// Adds it to an object.
    pub fn add(&self, object: &mut Map<String, Value>) {
        if let Value::Object(own) = json!(self) {
            object.extend(own);
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

impl ForumMeetingBody {
    fn new(meeting: &Meeting, snapshot: &Snapshot) -> Self {
        let details = &meeting.details;
        let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
        let agenda = details.agenda.iter().map(|item| AgendaPointBody {
            topic: item.topic.clone(),
            cohort: item.cohort.as_ref().map(ToString::to_string),
        });
        Self {
            slug: details.slug.as_ref().map(ToString::to_string),
            held_on: meeting.held_on.clone(),
            starts: details.starts.map(clock),
            ends: details.ends.map(clock),
            host: details.host.clone(),
            place: meeting.place.clone(),
            postcode: details.postcode.clone(),
            summary: meeting.summary.clone(),
            agenda: agenda.collect(),
            link: details.link.clone(),
            sources: sources(&meeting.sources, snapshot),
            fictional: details.fictional,
        }
    }
}

impl ForumActionBody {
    fn new(action: &AgreedAction, snapshot: &Snapshot) -> Self {
        let details = &action.details;
        let name = |slug: Option<&Slug>| slug.map(ToString::to_string);
        Self {
            slug: name(details.slug.as_ref()),
            text: action.text.clone(),
            owner: name(details.owner.as_ref()),
            who: details.who.clone(),
            due_on: details.due_on,
            state: details.state.map(|state| state.to_string()),
            done_on: details.done_on,
            overdue: Urgency::of(details.state, details.due_on, snapshot.today).is_overdue(),
            status_note: action.status_note.clone(),
            need: name(details.need.as_ref()),
            meeting: name(details.meeting.as_ref()),
            sources: sources(&action.sources, snapshot),
            fictional: details.fictional,
        }
    }
}
