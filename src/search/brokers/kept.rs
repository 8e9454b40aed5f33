//! Candidates as bytes, all of them and nothing else.

use crate::{
    domain::{
        matching::need::{At, Candidate, OpeningAt, PlacesLeft, PledgeMade, SiteAt, Told},
        place::Point,
        register::{
            ContactRoute, DayRelease, Disclosure, English, OffencePosture, Opening, Pay, Posture,
        },
    },
    search::brokers::pen::{Glass, Kept, Pen, kept},
};

kept! {
    Candidate {
        slug, name, about, fictional, withdrawn_on, do_not_contact, sector, size, sites, contacts,
        postures, pledges, openings, words,
    }
    PledgeMade { slug, action, text, cohorts, from, to }
    SiteAt { label, town, point }
    OpeningAt { told, at, places, words }
    PlacesLeft { left, freed, confirmed_on, until }
    Point { lat, lon }
    ContactRoute { audience, role_title, channel, value, verified_on, expires_after_days }
    Posture {
        organisation, cohort, stance, conditions, public, offers, english, day_release, review_by,
        offences, disclosure, broker_note,
    }
    English { speaking, reading, writing }
    DayRelease { accepts, has_agreement, lead_time_weeks, travel_limit_miles }
    OffencePosture { stance, groups, note }
    Disclosure { timing, letter_needed, unspent_only, talk_to_role }
    Opening {
        organisation, title, description, work_type, site, national, patterns, hours, contract,
        base, pay, dbs_level, licences, essentials, cohorts, starts_on, closes_on, places,
    }
    Pay { from_pence, to_pence, period }
}

impl<T: Kept> Kept for Told<T> {
    fn write(&self, to: &mut Pen) {
        self.slug.write(to);
        self.on.write(to);
        self.to.write(to);
        self.voice.write(to);
        self.by.write(to);
        self.source.write(to);
        self.stood_by.write(to);
        self.body.write(to);
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        Some(Self {
            slug: Kept::read(from)?,
            on: Kept::read(from)?,
            to: Kept::read(from)?,
            voice: Kept::read(from)?,
            by: Kept::read(from)?,
            source: Kept::read(from)?,
            stood_by: Kept::read(from)?,
            body: Kept::read(from)?,
        })
    }
}

impl Kept for At {
    fn write(&self, to: &mut Pen) {
        match self {
            Self::Nearest => to.number(0),
            Self::Unknown => to.number(1),
            Self::Site(point) => {
                to.number(2);
                point.write(to);
            }
        }
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(Self::Nearest),
            1 => Some(Self::Unknown),
            2 => Point::read(from).map(Self::Site),
            _ => None,
        }
    }
}

/// A candidate as bytes.
pub(super) fn written(candidate: &Candidate) -> Vec<u8> {
    let mut pen = Pen::default();
    candidate.write(&mut pen);
    pen.bytes
}

/// The candidate of such bytes; `None` where they are not exactly one.
pub(super) fn read(bytes: &[u8]) -> Option<Candidate> {
    let mut glass = Glass { rest: bytes };
    let candidate = Candidate::read(&mut glass)?;
    glass.rest.is_empty().then_some(candidate)
}
