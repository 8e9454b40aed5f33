//! What is known of one employer for a match. Dates are kept as they were said: what
//! depends on the day is worked out when somebody asks.

use chrono::NaiveDate;

use crate::domain::{
    place::Point,
    register::{ContactRoute, Opening, Posture, Record, Voice},
    size_band::SizeBand,
    slug::Slug,
};

/// One employer, with what it said and offers. For brokers: never shown to the public.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// What it does, in a sentence.
    pub about: Option<String>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// The first day it is no longer in the register, if there is one.
    pub withdrawn_on: Option<NaiveDate>,
    /// It asked not to be contacted.
    pub do_not_contact: bool,
    /// Its sector.
    pub sector: Option<Slug>,
    /// How many people it employs.
    pub size: Option<SizeBand>,
    /// Where it works.
    pub sites: Vec<SiteAt>,
    /// How brokers reach it: by role, never by a person's name.
    pub contacts: Vec<ContactRoute>,
    /// What it said about groups, in the order of names.
    pub postures: Vec<Told<Posture>>,
    /// What it pledged as an employer, in the order of names.
    pub pledges: Vec<PledgeMade>,
    /// Work it offers or offered, in the order of names.
    pub openings: Vec<OpeningAt>,
    /// Fingerprints of the words it uses of itself, sorted, each once.
    pub words: Vec<u32>,
}

/// Something said, with who said it, when, and until when it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<T> {
    /// Public name of the record.
    pub slug: Slug,
    /// The day it was said.
    pub on: NaiveDate,
    /// The last day it counts, where there is one.
    pub to: Option<NaiveDate>,
    /// On whose word it rests.
    pub voice: Voice,
    /// The role of who said it.
    pub by: Option<String>,
    /// Where it can be read.
    pub source: Option<String>,
    /// The last day that somebody who knows stood by it.
    pub stood_by: Option<NaiveDate>,
    /// What was said.
    pub body: T,
}

/// A pledge made as an employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PledgeMade {
    /// Public name of the record.
    pub slug: Slug,
    /// Code of the charter's action, unless it is a pledge of its own.
    pub action: Option<String>,
    /// What it says.
    pub text: String,
    /// Groups it plainly concerns; empty for any.
    pub cohorts: Vec<Slug>,
    /// The first day it is live.
    pub from: NaiveDate,
    /// The last day it is live.
    pub to: NaiveDate,
}

/// Where it works.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteAt {
    /// Name within the organisation.
    pub label: String,
    /// Town.
    pub town: Option<String>,
    /// Where it is, as far as the table of places knows.
    pub point: Option<Point>,
}

/// Work on offer, with where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningAt {
    /// The opening.
    pub told: Told<Opening>,
    /// Where it is.
    pub at: At,
    /// How many places are left.
    pub places: Option<PlacesLeft>,
    /// Fingerprints of its words, sorted, each once.
    pub words: Vec<u32>,
}

/// Where an opening is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum At {
    /// At the site it names.
    Site(Point),
    /// At a site it names whose place is not known.
    Unknown,
    /// It names none: at the employer's nearest.
    Nearest,
}

/// How many places are left, as somebody stood by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesLeft {
    /// How many, on the day this was read.
    pub left: i32,
    /// For each place that was held then, the day from which it is free again unless
    /// somebody takes it.
    pub freed: Vec<NaiveDate>,
    /// The day somebody stood by the number.
    pub confirmed_on: NaiveDate,
    /// The last day the number counts; after it, it is not known.
    pub until: NaiveDate,
}

impl<T> Told<T> {
    /// What a record says.
    pub fn of(record: Record<T>) -> Self {
        let stood_by = record.last_stood_by();
        let ended = record.ended.and_then(|ending| ending.on.pred_opt());
        let to = match (record.said.until, ended) {
            (Some(until), Some(ended)) => Some(until.min(ended)),
            (until, ended) => until.or(ended),
        };
        Self {
            slug: record.slug,
            on: record.said.on,
            to,
            voice: record.said.voice,
            by: record.said.by,
            source: record.said.source,
            stood_by,
            body: record.body,
        }
    }

    /// Whether it counts on a day.
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.on <= day && self.to.is_none_or(|last| day <= last)
    }
}

impl PledgeMade {
    /// Whether it is live on a day.
    pub fn live(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

impl PlacesLeft {
    /// The number on a day; `None` once it no longer counts.
    pub fn on(&self, day: NaiveDate) -> Option<i32> {
        let freed = self.freed.iter().filter(|from| **from <= day).count();
        (day <= self.until).then(|| self.left.saturating_add(i32::try_from(freed).unwrap_or(0)))
    }
}

impl OpeningAt {
    /// Whether it can be applied for on a day: the closing date still counts.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.told.counts_on(day) && self.told.body.closes_on.is_none_or(|last| day <= last)
    }
}

impl Candidate {
    /// What it says of a group on a day: the last that was said and counts, of equals the
    /// last by name.
    pub fn posture(&self, cohort: &Slug, day: NaiveDate) -> Option<&Told<Posture>> {
        let counting = self.postures.iter();
        let counting = counting.filter(|told| told.body.cohort == *cohort && told.counts_on(day));
        counting.max_by(|a, b| a.on.cmp(&b.on).then_with(|| a.slug.cmp(&b.slug)))
    }

    /// Whether it is in the register on a day.
    pub fn is_listed(&self, day: NaiveDate) -> bool {
        self.withdrawn_on.is_none_or(|from| day < from)
    }
}
