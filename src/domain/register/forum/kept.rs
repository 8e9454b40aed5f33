//! Partnerships, their meetings and their actions as records, and the way between those
//! and what is published and shown.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::{
    register::{
        ActionDetails, ActionState, AgendaItem, AgreedAction, Body, Capacity, Draft, Meeting,
        MeetingDetails, Member, Partnership, Provenance, Record, RecordKind, Urgency,
        forum::public_name,
    },
    slug::Slug,
};

/// A partnership as a record. Its needs, meetings and actions are records of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPartnership {
    /// Name.
    pub name: String,
    /// Sectors it is for.
    pub sectors: Vec<Slug>,
    /// Counties it covers.
    pub area: Vec<String>,
    /// Who runs the meetings.
    pub facilitator: Option<String>,
    /// The organisation whose people champion it.
    pub champion: Option<String>,
    /// How often it meets, in words.
    pub cadence: Option<String>,
    /// What it is for.
    pub summary: String,
    /// Organisations known to have taken part.
    pub members: Vec<KeptMember>,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

/// An organisation's part in a [`KeptPartnership`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMember {
    /// The organisation: its public name in the register, or its name.
    pub organisation: String,
    /// As what it takes part.
    pub capacity: Capacity,
    /// The first day of it, where known.
    pub from: Option<NaiveDate>,
    /// The last day of it, where known.
    pub to: Option<NaiveDate>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// The day this was last known to be right, where that is not the partnership's.
    pub as_of: Option<NaiveDate>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// A meeting of a partnership, held or to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMeeting {
    /// The partnership.
    pub partnership: Slug,
    /// The day, or as much of it as is known: `2026-12-03`, `2026-12`, `2026` or words.
    pub held_on: String,
    /// When it starts on that day, UK time.
    pub starts: Option<NaiveTime>,
    /// When it ends on that day, UK time.
    pub ends: Option<NaiveTime>,
    /// Who holds it, in words.
    pub host: Option<String>,
    /// Where, in words.
    pub place: Option<String>,
    /// Postcode or outward code of the place.
    pub postcode: Option<String>,
    /// What it is or was about.
    pub summary: Option<String>,
    /// What is to be talked about, in order.
    pub agenda: Vec<AgendaItem>,
    /// Where notes of it can be read.
    pub link: Option<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
}

/// Something that a partnership agreed to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAgreedAction {
    /// The partnership.
    pub partnership: Slug,
    /// What was agreed.
    pub text: String,
    /// The organisation that does it, where it is in the register.
    pub owner: Option<Slug>,
    /// The role of who does it; never a person's name.
    pub role: Option<String>,
    /// The last day for it.
    pub due_on: Option<NaiveDate>,
    /// What has become of it, where that is known.
    pub state: Option<ActionState>,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// How far it is known to have come, in a sentence.
    pub status_note: Option<String>,
    /// The need of the same partnership that it serves.
    pub need: Option<Slug>,
    /// The meeting of the same partnership at which it was raised.
    pub meeting: Option<Slug>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
}

impl Body for KeptPartnership {
    const KIND: RecordKind = RecordKind::Partnership;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.name.as_str()])
    }
}

impl Body for KeptMeeting {
    const KIND: RecordKind = RecordKind::Meeting;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.partnership.as_str(), self.held_on.as_str()])
    }
}

impl Body for KeptAgreedAction {
    const KIND: RecordKind = RecordKind::PartnershipAction;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.partnership.as_str(), self.text.as_str()])
    }
}

impl KeptPartnership {
    /// The organisations of the register that it names.
    pub fn organisations(&self) -> Vec<Slug> {
        let members = self.members.iter().filter_map(|one| public_name(&one.organisation));
        members.chain(self.champion.as_deref().and_then(public_name)).collect()
    }

    /// A partnership of the reference data as a record.
    pub fn published(forum: &Partnership) -> Draft<Self> {
        let said = &forum.provenance;
        let body = Self {
            name: forum.name.clone(),
            sectors: forum.sectors.clone(),
            area: forum.area.clone(),
            facilitator: forum.facilitator.clone(),
            champion: forum.champion.clone(),
            cadence: forum.cadence.clone(),
            summary: forum.summary.clone(),
            members: forum.members.iter().map(KeptMember::published).collect(),
            asked: forum.asked.clone(),
            sources: said.sources.clone(),
            note: said.note.clone(),
        };
        said.draft(forum.slug.clone(), body)
    }

    /// The record as a partnership, with the parts that it does not have itself.
    pub fn partnership(record: &Record<Self>, parts: Option<Partnership>) -> Partnership {
        let body = record.body.clone();
        let provenance = Provenance::of(record, &body.sources, body.note.as_deref());
        let (needs, meetings, actions) =
            parts.map(|one| (one.needs, one.meetings, one.actions)).unwrap_or_default();
        Partnership {
            slug: record.slug.clone(),
            name: body.name,
            sectors: body.sectors,
            area: body.area,
            facilitator: body.facilitator,
            champion: body.champion,
            cadence: body.cadence,
            summary: body.summary,
            members: body.members.iter().map(|one| one.member(&provenance)).collect(),
            needs,
            meetings,
            actions,
            asked: body.asked,
            provenance,
        }
    }
}

impl KeptMember {
    fn published(member: &Member) -> Self {
        Self {
            organisation: member.organisation.clone(),
            capacity: Capacity::parse(&member.capacity).unwrap_or(Capacity::Partner),
            from: member.from,
            to: member.to,
            sources: member.provenance.sources.clone(),
            as_of: Some(member.provenance.as_of),
            note: member.provenance.note.clone(),
            fictional: member.provenance.fictional,
        }
    }

    fn member(&self, forum: &Provenance) -> Member {
        Member {
            organisation: self.organisation.clone(),
            slug: public_name(&self.organisation),
            capacity: Slug::of_words([self.capacity.as_str()]),
            from: self.from,
            to: self.to,
            provenance: Provenance {
                sources: self.sources.clone(),
                as_of: self.as_of.unwrap_or(forum.as_of),
                note: self.note.clone(),
                fictional: self.fictional || forum.fictional,
            },
        }
    }
}

impl KeptMeeting {
    /// The meetings of a partnership of the reference data as records.
    pub fn published(forum: &Partnership) -> Vec<Draft<Self>> {
        let drafts = forum.meetings.iter().map(|meeting| {
            let (meeting, details) = (meeting.clone(), meeting.details.clone());
            let body = Self {
                partnership: forum.slug.clone(),
                held_on: meeting.held_on,
                starts: details.starts,
                ends: details.ends,
                host: details.host,
                place: meeting.place,
                postcode: details.postcode,
                summary: meeting.summary,
                agenda: details.agenda,
                link: details.link,
                sources: meeting.sources,
            };
            let draft = forum.provenance.draft(body.natural_slug(), body);
            Draft { fictional: draft.fictional || details.fictional, ..draft }
        });
        apart(drafts.collect())
    }

    /// The record as a meeting of its partnership.
    pub fn meeting(record: &Record<Self>) -> Meeting {
        let body = record.body.clone();
        Meeting {
            held_on: body.held_on,
            place: body.place,
            summary: body.summary,
            sources: body.sources,
            details: MeetingDetails {
                slug: Some(record.slug.clone()),
                starts: body.starts,
                ends: body.ends,
                host: body.host,
                postcode: body.postcode,
                agenda: body.agenda,
                link: body.link,
                fictional: record.fictional,
            },
        }
    }
}

impl KeptAgreedAction {
    /// The actions of a partnership of the reference data as records.
    pub fn published(forum: &Partnership) -> Vec<Draft<Self>> {
        let drafts = forum.actions.iter().map(|action| {
            let details = &action.details;
            let body = Self {
                partnership: forum.slug.clone(),
                text: action.text.clone(),
                owner: details.owner.clone(),
                role: details.who.clone(),
                due_on: details.due_on,
                state: details.state,
                done_on: details.done_on,
                status_note: action.status_note.clone(),
                need: None,
                meeting: None,
                sources: action.sources.clone(),
            };
            let draft = forum.provenance.draft(body.natural_slug(), body);
            Draft { fictional: draft.fictional || details.fictional, ..draft }
        });
        apart(drafts.collect())
    }

    /// The record as an action that its partnership agreed.
    pub fn action(record: &Record<Self>) -> AgreedAction {
        let body = record.body.clone();
        AgreedAction {
            text: body.text,
            status_note: body.status_note,
            sources: body.sources,
            details: ActionDetails {
                slug: Some(record.slug.clone()),
                owner: body.owner,
                who: body.role,
                due_on: body.due_on,
                state: body.state,
                done_on: body.done_on,
                need: body.need,
                meeting: body.meeting,
                fictional: record.fictional,
            },
        }
    }

    /// Where it stands on a day.
    pub fn urgency(&self, today: NaiveDate) -> Urgency {
        Urgency::of(self.state, self.due_on, today)
    }
}

/// The same drafts under names of their own: those after the first of a name are numbered.
fn apart<T>(mut drafts: Vec<Draft<T>>) -> Vec<Draft<T>> {
    let names: Vec<Option<Slug>> = drafts.iter().map(|draft| draft.slug.clone()).collect();
    for (nth, draft) in drafts.iter_mut().enumerate() {
        let earlier = names.iter().take(nth).filter(|name| **name == draft.slug).count();
        if let Some(name) = draft.slug.as_ref().filter(|_| earlier > 0) {
            let number = (earlier + 1).to_string();
            draft.slug = Some(Slug::of_words([number.as_str(), name.as_str()]));
        }
    }
    drafts
}
