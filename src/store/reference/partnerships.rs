//! Workforce development partnerships, with members, needs, meetings and actions.
//!
//! A need keeps its identifier as long as the partnership keeps a need of that
//! name; the other parts have no name of their own and are written anew.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::register::{AgreedAction, Meeting, Member, Need, NeedDetails, Partnership};
use crate::domain::slug::Slug;
use crate::store::changes::Kind;
use crate::store::reference::publication::Topic;
use crate::store::reference::record::{self, Entry, List, Parts, Records};
use crate::store::schema::{
    partnership, partnership_action, partnership_meeting, partnership_member, partnership_need,
    record as records_of,
};
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = partnership, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    slug: String,
    name: String,
    facilitator: Option<String>,
    cadence: Option<String>,
    summary: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = partnership_member, treat_none_as_default_value = false)]
struct MemberRow {
    id: i64,
    partnership_id: i64,
    organisation: String,
    capacity: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = partnership_need)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct NeedRow {
    id: i64,
    partnership_id: i64,
    slug: String,
    title: String,
    description: String,
    level_from: Option<i32>,
    level_to: Option<i32>,
    horizon: Option<String>,
    raised_on: Option<String>,
    evidence: Option<String>,
    coding: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = partnership_meeting, treat_none_as_default_value = false)]
struct MeetingRow {
    id: i64,
    partnership_id: i64,
    held_on: String,
    place: Option<String>,
    summary: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = partnership_action, treat_none_as_default_value = false)]
struct ActionRow {
    id: i64,
    partnership_id: i64,
    text: String,
    status_note: Option<String>,
}

/// All partnerships, by name.
pub(super) fn load(conn: &mut Conn, records: &mut Records) -> Result<Vec<Partnership>, StoreError> {
    let mut members = load_members(conn, records)?;
    let mut needs = load_needs(conn, records)?;
    let mut meetings = load_meetings(conn, records)?;
    let mut actions = load_actions(conn, records)?;
    let rows: Vec<Row> = partnership::table.select(Row::as_select()).load(conn)?;
    let mut partnerships = Vec::with_capacity(rows.len());
    for row in rows {
        partnerships.push(Partnership {
            slug: value::slug(&row.slug)?,
            name: row.name,
            sectors: records.names(row.id, List::Sector)?,
            area: records.words(row.id, List::Area),
            facilitator: row.facilitator,
            cadence: row.cadence,
            summary: row.summary,
            members: members.take(row.id),
            needs: needs.take(row.id),
            meetings: meetings.take(row.id),
            actions: actions.take(row.id),
            asked: records.words(row.id, List::Asked),
            provenance: records.provenance(row.id)?,
        });
    }
    partnerships.sort_by(|a, b| (&a.name, &a.slug).cmp(&(&b.name, &b.slug)));
    Ok(partnerships)
}

fn load_members(conn: &mut Conn, records: &mut Records) -> Result<Parts<Member>, StoreError> {
    let rows: Vec<MemberRow> = partnership_member::table
        .inner_join(records_of::table)
        .select(MemberRow::as_select())
        .order(records_of::position)
        .load(conn)?;
    Parts::gather(rows.into_iter().map(|row| {
        let member = Member {
            organisation: row.organisation,
            capacity: value::slug(&row.capacity)?,
            provenance: records.provenance(row.id)?,
        };
        Ok((row.partnership_id, member))
    }))
}

fn load_needs(conn: &mut Conn, records: &mut Records) -> Result<Parts<Need>, StoreError> {
    let rows: Vec<NeedRow> = partnership_need::table
        .inner_join(records_of::table)
        .select(NeedRow::as_select())
        .order(records_of::position)
        .load(conn)?;
    Parts::gather(rows.into_iter().map(|row| {
        let need = Need {
            slug: value::slug(&row.slug)?,
            title: row.title,
            description: row.description,
            soc: records.words(row.id, List::Soc),
            sic: records.words(row.id, List::Sic),
            level_from: row.level_from,
            level_to: row.level_to,
            horizon: row.horizon.as_deref().map(value::slug).transpose()?,
            raised_on: row.raised_on,
            evidence: row.evidence,
            coding: row.coding,
            details: NeedDetails::default(),
            provenance: records.provenance(row.id)?,
        };
        Ok((row.partnership_id, need))
    }))
}

fn load_meetings(conn: &mut Conn, records: &mut Records) -> Result<Parts<Meeting>, StoreError> {
    let rows: Vec<MeetingRow> = partnership_meeting::table
        .inner_join(records_of::table)
        .select(MeetingRow::as_select())
        .order(records_of::position)
        .load(conn)?;
    Parts::gather(rows.into_iter().map(|row| {
        let meeting = Meeting {
            held_on: row.held_on,
            place: row.place,
            summary: row.summary,
            sources: records.sources(row.id),
        };
        Ok((row.partnership_id, meeting))
    }))
}

fn load_actions(conn: &mut Conn, records: &mut Records) -> Result<Parts<AgreedAction>, StoreError> {
    let rows: Vec<ActionRow> = partnership_action::table
        .inner_join(records_of::table)
        .select(ActionRow::as_select())
        .order(records_of::position)
        .load(conn)?;
    Parts::gather(rows.into_iter().map(|row| {
        let ActionRow { text, status_note, .. } = row;
        Ok((
            row.partnership_id,
            AgreedAction { text, status_note, sources: records.sources(row.id) },
        ))
    }))
}

fn need_ids(conn: &mut Conn, partnership: i64) -> Result<HashMap<String, i64>, StoreError> {
    let needs = partnership_need::table.filter(partnership_need::partnership_id.eq(partnership));
    let ids: Vec<(String, i64)> =
        needs.select((partnership_need::slug, partnership_need::id)).load(conn)?;
    Ok(ids.into_iter().collect())
}

impl Topic for Partnership {
    const KIND: Kind = Kind::Partnership;

    fn key(&self) -> Result<Slug, StoreError> {
        Ok(self.slug.clone())
    }

    fn cited(&self) -> Vec<&str> {
        let own = self.provenance.sources.iter();
        own.chain(self.members.iter().flat_map(|member| &member.provenance.sources))
            .chain(self.needs.iter().flat_map(|need| &need.provenance.sources))
            .chain(self.meetings.iter().flat_map(|meeting| &meeting.sources))
            .chain(self.actions.iter().flat_map(|action| &action.sources))
            .map(String::as_str)
            .collect()
    }

    fn ids(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(partnership::table.select((partnership::slug, partnership::id)).load(conn)?)
    }

    fn drop_parts(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let mut gone = need_ids(conn, id)?;
        gone.retain(|slug, _| self.needs.iter().all(|need| need.slug != slug.as_str()));
        record::remove(conn, &gone.into_values().collect::<Vec<_>>())?;
        record::remove_parts(conn, id, "member")?;
        record::remove_parts(conn, id, "meeting")?;
        record::remove_parts(conn, id, "agreed-action")
    }

    fn put(&self, conn: &mut Conn, id: Option<i64>) -> Result<(), StoreError> {
        let id = Entry::new("partnership", &self.provenance)
            .names(List::Sector, &self.sectors)
            .list(List::Area, &self.area)
            .list(List::Asked, &self.asked)
            .put(conn, id)?;
        let row = Row {
            id,
            slug: self.slug.to_string(),
            name: self.name.clone(),
            facilitator: self.facilitator.clone(),
            cadence: self.cadence.clone(),
            summary: self.summary.clone(),
        };
        each_backend!(conn, |c| diesel::insert_into(partnership::table)
            .values(&row)
            .on_conflict(partnership::id)
            .do_update()
            .set(&row)
            .execute(c))?;
        let known = need_ids(conn, id)?;
        for (at, need) in self.needs.iter().enumerate() {
            put_need(conn, need, (id, at), known.get(need.slug.as_str()).copied())?;
        }
        for (at, member) in self.members.iter().enumerate() {
            put_member(conn, member, (id, at))?;
        }
        for (at, meeting) in self.meetings.iter().enumerate() {
            put_meeting(conn, meeting, (id, at))?;
        }
        for (at, action) in self.actions.iter().enumerate() {
            put_action(conn, action, (id, at))?;
        }
        Ok(())
    }
}

fn put_need(
    conn: &mut Conn,
    need: &Need,
    (partnership_id, at): (i64, usize),
    id: Option<i64>,
) -> Result<(), StoreError> {
    let entry = Entry::new("need", &need.provenance)
        .within(partnership_id, at)
        .list(List::Soc, &need.soc)
        .list(List::Sic, &need.sic);
    let row = NeedRow {
        id: entry.put(conn, id)?,
        partnership_id,
        slug: need.slug.to_string(),
        title: need.title.clone(),
        description: need.description.clone(),
        level_from: need.level_from,
        level_to: need.level_to,
        horizon: need.horizon.as_ref().map(ToString::to_string),
        raised_on: need.raised_on.clone(),
        evidence: need.evidence.clone(),
        coding: need.coding.clone(),
    };
    each_backend!(conn, |c| diesel::insert_into(partnership_need::table)
        .values(&row)
        .on_conflict(partnership_need::id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}

fn put_member(
    conn: &mut Conn,
    member: &Member,
    (partnership_id, at): (i64, usize),
) -> Result<(), StoreError> {
    let entry = Entry::new("member", &member.provenance).within(partnership_id, at);
    let row = MemberRow {
        id: entry.put(conn, None)?,
        partnership_id,
        organisation: member.organisation.clone(),
        capacity: member.capacity.to_string(),
    };
    diesel::insert_into(partnership_member::table).values(&row).execute(conn)?;
    Ok(())
}

fn put_meeting(
    conn: &mut Conn,
    meeting: &Meeting,
    (partnership_id, at): (i64, usize),
) -> Result<(), StoreError> {
    let entry = Entry::sourced("meeting", &meeting.sources).within(partnership_id, at);
    let row = MeetingRow {
        id: entry.put(conn, None)?,
        partnership_id,
        held_on: meeting.held_on.clone(),
        place: meeting.place.clone(),
        summary: meeting.summary.clone(),
    };
    diesel::insert_into(partnership_meeting::table).values(&row).execute(conn)?;
    Ok(())
}

fn put_action(
    conn: &mut Conn,
    action: &AgreedAction,
    (partnership_id, at): (i64, usize),
) -> Result<(), StoreError> {
    let entry = Entry::sourced("agreed-action", &action.sources).within(partnership_id, at);
    let row = ActionRow {
        id: entry.put(conn, None)?,
        partnership_id,
        text: action.text.clone(),
        status_note: action.status_note.clone(),
    };
    diesel::insert_into(partnership_action::table).values(&row).execute(conn)?;
    Ok(())
}
