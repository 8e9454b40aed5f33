//! Postures: what an employer says about one group.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{
    DayRelease, Disclosure, DisclosureTiming, English, EnglishLevel, OffenceGroup, OffencePosture,
    OffenceStance, Posture, RecordKind, SelectionOffer, Stance,
};
use crate::domain::slug::Slug;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, Lists, NewLists, maybe, word};
use crate::store::records::look_up::{ids_of, slugs_of};
use crate::store::records::topic::{Clause, Topic};
use crate::store::schema::posture;
use crate::store::{Conn, StoreError, value};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = posture, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: i64,
    organisation_id: i64,
    cohort: String,
    stance: String,
    conditions: Option<String>,
    public: bool,
    speaking: Option<String>,
    reading: Option<String>,
    writing: Option<String>,
    day_release: Option<bool>,
    has_agreement: Option<bool>,
    lead_time_weeks: Option<i32>,
    travel_limit_miles: Option<i32>,
    review_by: Option<NaiveDate>,
    offence_stance: Option<String>,
    offence_note: Option<String>,
    discloses: bool,
    disclosure_timing: Option<String>,
    letter_needed: Option<bool>,
    unspent_only: Option<bool>,
    talk_to_role: Option<String>,
    broker_note: Option<String>,
}

impl Topic for Posture {
    const FINAL: bool = false;
    const OPEN: &'static str = "entry.id IN (SELECT id FROM posture WHERE public)";
    const TO_BROKERS: &'static str = "1 = 1";

    fn open(&self) -> bool {
        self.public
    }

    fn admit(&self, _conn: &mut Conn, _id: Option<i64>) -> Result<(), StoreError> {
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let owners =
            ids_of(conn, RecordKind::Organisation, bodies.iter().map(|(_, b)| &b.organisation))?;
        let owner = |body: &Self| owners.get(&body.organisation).copied().unwrap_or_default();
        let rows: Vec<Row> = bodies.iter().map(|(id, body)| body.row(*id, owner(body))).collect();
        for some in rows.chunks(1_400) {
            each_backend!(conn, |c| diesel::insert_into(posture::table).values(some).execute(c))?;
        }
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let owner = ids_of(conn, RecordKind::Organisation, [&self.organisation])?;
        let owner = owner.into_values().next().unwrap_or_default();
        diesel::update(posture::table.find(id)).set(self.row(id, owner)).execute(conn)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        let rows: Vec<Row> =
            posture::table.select(Row::as_select()).filter(posture::id.eq_any(ids)).load(conn)?;
        let owners: Vec<i64> = rows.iter().map(|row| row.organisation_id).collect();
        let owners = slugs_of(conn, &owners)?;
        let mut lists = Lists::load(conn, ids)?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for row in rows {
            let owner = owners.get(&row.organisation_id).cloned().ok_or(StoreError::NotFound)?;
            bodies.insert(row.id, row.body(owner, &mut lists)?);
        }
        Ok(bodies)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "cohort" => column!(posture::cohort, condition),
            "stance" => column!(posture::stance, condition),
            "public" => flag!(posture::public, condition),
            "day_release" => flag!(posture::day_release, condition),
            "offers" => condition.in_list(List::Offer),
            _ => return None,
        })
    }
}

impl Posture {
    fn row(&self, id: i64, organisation_id: i64) -> Row {
        let level = |level: Option<EnglishLevel>| level.map(|level| level.to_string());
        let (release, offences) = (self.day_release, self.offences.as_ref());
        let disclosure = self.disclosure.as_ref();
        Row {
            id,
            organisation_id,
            cohort: self.cohort.to_string(),
            stance: self.stance.to_string(),
            conditions: self.conditions.clone(),
            public: self.public,
            speaking: level(self.english.speaking),
            reading: level(self.english.reading),
            writing: level(self.english.writing),
            day_release: release.map(|release| release.accepts),
            has_agreement: release.and_then(|release| release.has_agreement),
            lead_time_weeks: release.and_then(|release| release.lead_time_weeks),
            travel_limit_miles: release.and_then(|release| release.travel_limit_miles),
            review_by: self.review_by,
            offence_stance: offences.map(|offences| offences.stance.to_string()),
            offence_note: offences.and_then(|offences| offences.note.clone()),
            discloses: disclosure.is_some(),
            disclosure_timing: disclosure.and_then(|d| d.timing).map(|t| t.to_string()),
            letter_needed: disclosure.and_then(|d| d.letter_needed),
            unspent_only: disclosure.and_then(|d| d.unspent_only),
            talk_to_role: disclosure.and_then(|d| d.talk_to_role.clone()),
            broker_note: self.broker_note.clone(),
        }
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        lists.add(id, List::Offer, &self.offers);
        let groups = self.offences.as_ref().map(|offences| offences.groups.as_slice());
        lists.add(id, List::Offence, groups.unwrap_or_default());
    }
}

impl Row {
    fn body(self, organisation: Slug, lists: &mut Lists) -> Result<Posture, StoreError> {
        let level = |text: Option<&str>| maybe(text, EnglishLevel::parse);
        let groups = lists.of(self.id, List::Offence, OffenceGroup::parse)?;
        let stance = maybe(self.offence_stance.as_deref(), OffenceStance::parse)?;
        let offences =
            stance.map(|stance| OffencePosture { stance, groups, note: self.offence_note });
        let timing = maybe(self.disclosure_timing.as_deref(), DisclosureTiming::parse)?;
        let disclosure = self.discloses.then_some(Disclosure {
            timing,
            letter_needed: self.letter_needed,
            unspent_only: self.unspent_only,
            talk_to_role: self.talk_to_role,
        });
        let day_release = self.day_release.map(|accepts| DayRelease {
            accepts,
            has_agreement: self.has_agreement,
            lead_time_weeks: self.lead_time_weeks,
            travel_limit_miles: self.travel_limit_miles,
        });
        Ok(Posture {
            organisation,
            cohort: value::slug(&self.cohort)?,
            stance: word(&self.stance, Stance::parse)?,
            conditions: self.conditions,
            public: self.public,
            offers: lists.of(self.id, List::Offer, SelectionOffer::parse)?,
            english: English {
                speaking: level(self.speaking.as_deref())?,
                reading: level(self.reading.as_deref())?,
                writing: level(self.writing.as_deref())?,
            },
            day_release,
            review_by: self.review_by,
            offences,
            disclosure,
            broker_note: self.broker_note,
        })
    }
}
