//! Partnerships, their meetings and what they agreed: what is asked for and referred to;
//! the words stand in the versions. Needs, meetings and actions refer to rows of
//! `partnership`, so that each record has one.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{
    KeptAgreedAction, KeptMeeting, KeptNeed, KeptPartnership, Publication, RecordKind, forum,
};
use crate::domain::slug::Slug;
use crate::store::records::clause::{Clause, Sql};
use crate::store::records::history::last_bodies;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, NewLists};
use crate::store::records::look_up::{absent, ids_of, slugs_of, state_of};
use crate::store::records::named::{Ids, forums};
use crate::store::records::topic::{Coming, Topic};
use crate::store::reference::anchor_partnership;
use crate::store::schema::{kept_meeting, kept_partnership_action};
use crate::store::{Conn, StoreError};

/// Refuses organisations that are not in the register or not shown: a partnership is
/// public, and who takes part in it is told to everybody.
fn shown<'a>(
    conn: &mut Conn,
    organisations: impl IntoIterator<Item = &'a Slug>,
) -> Result<(), StoreError> {
    for slug in organisations.into_iter().collect::<BTreeSet<_>>() {
        match state_of(conn, slug)? {
            Some(Publication::Published) => {}
            Some(_) => {
                return Err(StoreError::Conflict(
                    "an organisation that it names is not published; give its name in words",
                ));
            }
            None => return Err(absent("organisation", slug)),
        }
    }
    Ok(())
}

impl Topic for KeptPartnership {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        let named: Vec<Slug> = coming.iter().flat_map(|(_, body)| body.organisations()).collect();
        shown(conn, &named)
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.anchor(conn, *id)?;
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        self.anchor(conn, id)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "sector" => condition.in_list(List::Sector),
            "member" => condition.in_list(List::Member),
            _ => return None,
        })
    }
}

impl KeptPartnership {
    fn anchor(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let slug = slugs_of(conn, &[id])?.remove(&id).ok_or(StoreError::NotFound)?;
        anchor_partnership(conn, &slug, self)
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        let members: BTreeSet<&String> =
            self.members.iter().map(|member| &member.organisation).collect();
        lists.add(id, List::Sector, &self.sectors);
        lists.add(id, List::Member, &members.into_iter().collect::<Vec<_>>());
        lists.add(id, List::Cited, &self.sources);
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = kept_meeting, treat_none_as_default_value = false, treat_none_as_null = true)]
struct MeetingRow {
    id: i64,
    partnership_id: Option<i64>,
    day: Option<NaiveDate>,
}

impl Topic for KeptMeeting {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        forums(conn, coming.iter().map(|(_, body)| body.partnership.as_str())).map(|_| ())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let forums = forums(conn, bodies.iter().map(|(_, body)| body.partnership.as_str()))?;
        let rows: Vec<MeetingRow> =
            bodies.iter().map(|(id, body)| body.row(*id, &forums)).collect();
        for some in rows.chunks(10_000) {
            each_backend!(conn, |c| diesel::insert_into(kept_meeting::table)
                .values(some)
                .execute(c))?;
        }
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let row = self.row(id, &forums(conn, [self.partnership.as_str()])?);
        diesel::update(kept_meeting::table.find(id)).set(row).execute(conn)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        let days = || {
            let (values, _) = condition.parted();
            values.into_iter().filter_map(|day| day.parse::<NaiveDate>().ok())
        };
        // A day is written by us, never what somebody typed.
        let held = |test: Option<String>| match test {
            Some(test) => {
                Sql::new(format!("entry.id IN (SELECT id FROM kept_meeting WHERE day {test})"))
            }
            None => Sql::any(Vec::new()),
        };
        Some(match condition.field {
            "partnership" => condition.through("kept_meeting", "partnership_id", "partnership"),
            "cohort" => condition.in_list(List::Cohort),
            "from" => held(days().min().map(|day| format!(">= '{day}'"))).clause(),
            "to" => held(days().max().map(|day| format!("<= '{day}'"))).clause(),
            _ => return None,
        })
    }
}

impl KeptMeeting {
    fn row(&self, id: i64, forums: &Ids) -> MeetingRow {
        MeetingRow {
            id,
            partnership_id: forums.get(self.partnership.as_str()).copied(),
            day: forum::first_day(&self.held_on),
        }
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        let cohorts: BTreeSet<&Slug> =
            self.agenda.iter().filter_map(|item| item.cohort.as_ref()).collect();
        lists.add(id, List::Cohort, &cohorts.into_iter().collect::<Vec<_>>());
        lists.add(id, List::Cited, &self.sources);
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = kept_partnership_action)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct ActionRow {
    id: i64,
    partnership_id: Option<i64>,
    owner: Option<String>,
    state: Option<String>,
    due_on: Option<NaiveDate>,
    need_id: Option<i64>,
    meeting_id: Option<i64>,
}

impl Topic for KeptAgreedAction {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        forums(conn, coming.iter().map(|(_, body)| body.partnership.as_str()))?;
        shown(conn, coming.iter().filter_map(|(_, body)| body.owner.as_ref()))?;
        for (_, body) in coming {
            body.is_of_one_partnership(conn)?;
        }
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            let row = body.row(conn, *id)?;
            diesel::insert_into(kept_partnership_action::table).values(row).execute(conn)?;
            lists.add(*id, List::Cited, &body.sources);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let row = self.row(conn, id)?;
        diesel::update(kept_partnership_action::table.find(id)).set(row).execute(conn)?;
        let mut lists = NewLists::default();
        lists.add(id, List::Cited, &self.sources);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, today: NaiveDate) -> Option<Clause> {
        const TABLE: &str = "kept_partnership_action";
        Some(match condition.field {
            "partnership" => condition.through(TABLE, "partnership_id", "partnership"),
            "need" => condition.through(TABLE, "need_id", "entry"),
            "meeting" => condition.through(TABLE, "meeting_id", "entry"),
            "state" => column!(kept_partnership_action::state, condition),
            "owner" => column!(kept_partnership_action::owner, condition),
            "overdue" => overdue(condition, today),
            _ => return None,
        })
    }
}

/// Actions that are, or are not, past their due date and neither done nor dropped, as
/// [`Urgency`](crate::domain::register::Urgency) says it of one.
fn overdue(condition: &Condition, today: NaiveDate) -> Clause {
    let (values, _) = condition.parted();
    let asks = |word: &str| values.iter().any(|value| value == word);
    let past = format!(
        "entry.id IN (SELECT id FROM kept_partnership_action \
         WHERE due_on < '{today}' AND coalesce(state, 'open') = 'open')"
    );
    let mut either = Vec::new();
    if asks("true") {
        either.push(Sql::new(past.clone()));
    }
    if asks("false") {
        either.push(Sql::new(format!("NOT {past}")));
    }
    Sql::any(either).clause()
}

impl KeptAgreedAction {
    /// Refuses a need or a meeting of another partnership.
    fn is_of_one_partnership(&self, conn: &mut Conn) -> Result<(), StoreError> {
        if let Some(need) = &self.need {
            let found =
                crate::store::records::find_all::<KeptNeed>(conn, std::slice::from_ref(need))?;
            let found = found.first().ok_or_else(|| absent("need", need))?;
            if found.body.partnership != self.partnership {
                return Err(StoreError::Conflict("its \"need\" is one of another partnership"));
            }
        }
        if let Some(meeting) = &self.meeting {
            let found = crate::store::records::find_all::<KeptMeeting>(
                conn,
                std::slice::from_ref(meeting),
            )?;
            let found = found.first().ok_or_else(|| absent("meeting", meeting))?;
            if found.body.partnership != self.partnership {
                return Err(StoreError::Conflict("its \"meeting\" is one of another partnership"));
            }
        }
        Ok(())
    }

    fn row(&self, conn: &mut Conn, id: i64) -> Result<ActionRow, StoreError> {
        let forums = forums(conn, [self.partnership.as_str()])?;
        let mut one = |kind, slug: Option<&Slug>| {
            Ok::<_, StoreError>(ids_of(conn, kind, slug)?.into_values().next())
        };
        Ok(ActionRow {
            id,
            partnership_id: forums.get(self.partnership.as_str()).copied(),
            owner: self.owner.as_ref().map(ToString::to_string),
            state: self.state.map(|state| state.to_string()),
            due_on: self.due_on,
            need_id: one(RecordKind::Need, self.need.as_ref())?,
            meeting_id: one(RecordKind::Meeting, self.meeting.as_ref())?,
        })
    }
}
