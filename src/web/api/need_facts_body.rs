//! What an employer said and offers, as brokers are shown it with a match.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    matching::need::{OpeningShown, PledgeMade, Told},
    register::{
        Base, ContactRoute, Contract, DbsLevel, DisclosureTiming, EnglishLevel, Hours, Posture,
    },
};

/// What an employer says of a group; for brokers.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidBody {
    /// How it stands.
    pub stance: &'static str,
    /// Under which conditions, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<String>,
    /// The day it was said.
    pub stated_on: NaiveDate,
    /// On whose word it rests.
    pub voice: &'static str,
    /// The role of who said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_by: Option<String>,
    /// The last day that somebody who knows stood by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stood_by_on: Option<NaiveDate>,
    /// The last day before it should be asked again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<NaiveDate>,
    /// What it offers in choosing people.
    pub offers: Vec<&'static str>,
    /// English really needed, by skill.
    pub english: SaidEnglishBody,
    /// Whether it takes people on day release; absent where it has not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_release: Option<SaidDayReleaseBody>,
    /// Offences it rules out; absent where it has not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offences: Option<SaidOffencesBody>,
    /// How it deals with disclosure; absent where it has not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<SaidDisclosureBody>,
    /// What else it told brokers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broker_note: Option<String>,
}

/// English really needed; absent is not stated.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidEnglishBody {
    /// Speaking and listening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaking: Option<&'static str>,
    /// Reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<&'static str>,
    /// Writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writing: Option<&'static str>,
}

/// Readiness for people on day release.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidDayReleaseBody {
    /// Whether it takes people on day release.
    pub accepts: bool,
    /// Whether it has an agreement with a prison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_agreement: Option<bool>,
    /// Weeks it needs beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_time_weeks: Option<i32>,
    /// How far people may travel, in miles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_limit_miles: Option<i32>,
}

/// Offences an employer rules out.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidOffencesBody {
    /// How it stands.
    pub stance: &'static str,
    /// Groups ruled out.
    pub groups: Vec<&'static str>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How an employer deals with disclosure.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidDisclosureBody {
    /// When it asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<&'static str>,
    /// Whether it wants a disclosure letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_needed: Option<bool>,
    /// Whether spent convictions are left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unspent_only: Option<bool>,
    /// The role to talk to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk_to_role: Option<String>,
}

/// A live pledge.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedPledgeBody {
    /// Public name.
    pub slug: String,
    /// Code of the charter's action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What it says.
    pub text: String,
    /// Whether its action plainly concerns the group, not any group.
    pub names_the_group: bool,
    /// The last day it is live.
    pub live_until: NaiveDate,
}

/// An opening.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedOpeningBody {
    /// Public name.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Kind of work.
    pub work_type: &'static str,
    /// Label of the employer's site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Whether it can be done anywhere in the country.
    pub national: bool,
    /// When the work is done.
    pub patterns: Vec<&'static str>,
    /// How many hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<&'static str>,
    /// Kind of contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<&'static str>,
    /// Where the work is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<&'static str>,
    /// Check the work needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dbs_level: Option<&'static str>,
    /// Licences and cards needed.
    pub licences: Vec<String>,
    /// What a person must bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub essentials: Option<String>,
    /// Groups it is meant for; empty for everybody.
    pub cohorts: Vec<String>,
    /// First day of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// Last day to apply; absent if it is rolling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_on: Option<NaiveDate>,
    /// Places left; absent where nobody stood by a number lately: not known, not none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places_left: Option<i32>,
    /// The day somebody stood by that number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places_confirmed_on: Option<NaiveDate>,
}

/// How brokers reach an employer.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedContactBody {
    /// The role that answers.
    pub role_title: String,
    /// The way.
    pub channel: &'static str,
    /// The address or number.
    pub value: String,
    /// The day it was last tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<NaiveDate>,
}

impl From<Told<Posture>> for SaidBody {
    fn from(told: Told<Posture>) -> Self {
        let body = told.body;
        let level = |level: Option<EnglishLevel>| level.map(EnglishLevel::as_str);
        Self {
            stance: body.stance.as_str(),
            conditions: body.conditions,
            stated_on: told.on,
            voice: told.voice.as_str(),
            stated_by: told.by,
            stood_by_on: told.stood_by,
            review_by: body.review_by,
            offers: body.offers.iter().map(|offer| offer.as_str()).collect(),
            english: SaidEnglishBody {
                speaking: level(body.english.speaking),
                reading: level(body.english.reading),
                writing: level(body.english.writing),
            },
            day_release: body.day_release.map(|release| SaidDayReleaseBody {
                accepts: release.accepts,
                has_agreement: release.has_agreement,
                lead_time_weeks: release.lead_time_weeks,
                travel_limit_miles: release.travel_limit_miles,
            }),
            offences: body.offences.map(|said| SaidOffencesBody {
                stance: said.stance.as_str(),
                groups: said.groups.iter().map(|group| group.as_str()).collect(),
                note: said.note,
            }),
            disclosure: body.disclosure.map(|said| SaidDisclosureBody {
                timing: said.timing.map(DisclosureTiming::as_str),
                letter_needed: said.letter_needed,
                unspent_only: said.unspent_only,
                talk_to_role: said.talk_to_role,
            }),
            broker_note: body.broker_note,
        }
    }
}

impl From<PledgeMade> for NeedPledgeBody {
    fn from(pledge: PledgeMade) -> Self {
        Self {
            slug: pledge.slug.to_string(),
            action: pledge.action,
            text: pledge.text,
            names_the_group: !pledge.cohorts.is_empty(),
            live_until: pledge.to,
        }
    }
}

impl From<OpeningShown> for NeedOpeningBody {
    fn from(shown: OpeningShown) -> Self {
        let body = shown.told.body;
        let (places_left, places_confirmed_on) = shown.places.unzip();
        Self {
            slug: shown.told.slug.to_string(),
            title: body.title,
            description: body.description,
            work_type: body.work_type.as_str(),
            site: body.site,
            national: body.national,
            patterns: body.patterns.iter().map(|pattern| pattern.as_str()).collect(),
            hours: body.hours.map(Hours::as_str),
            contract: body.contract.map(Contract::as_str),
            base: body.base.map(Base::as_str),
            dbs_level: body.dbs_level.map(DbsLevel::as_str),
            licences: body.licences,
            essentials: body.essentials,
            cohorts: body.cohorts.iter().map(ToString::to_string).collect(),
            starts_on: body.starts_on,
            closes_on: body.closes_on,
            places_left,
            places_confirmed_on,
        }
    }
}

impl From<ContactRoute> for NeedContactBody {
    fn from(route: ContactRoute) -> Self {
        Self {
            role_title: route.role_title,
            channel: route.channel.as_str(),
            value: route.value,
            verified_on: route.verified_on,
        }
    }
}
