//! What invented employers say about a group, and the work they offer.

use super::{
    Seed,
    entry::{Entry, Head},
    raw::{RawDisclosure, RawEnglish, RawOffences, RawOpening, RawPay, RawPosture},
};
use crate::{
    content::toml_text::At,
    domain::register::{
        Base, Contract, DayRelease, DbsLevel, Disclosure, DisclosureTiming, English, EnglishLevel,
        Hours, OffenceGroup, OffencePosture, OffenceStance, Opening, Pattern, Pay, PayPeriod,
        Posture, SelectionOffer, Stance, WorkType,
    },
};

pub(super) fn posture(raw: RawPosture, entry: &mut Entry<'_>) -> Option<Seed<Posture>> {
    let day_release = raw.day_release.map(|raw| DayRelease {
        accepts: raw.accepts,
        has_agreement: raw.has_agreement,
        lead_time_weeks: raw.lead_time_weeks,
        travel_limit_miles: raw.travel_limit_miles,
    });
    let body = Posture {
        organisation: entry.slug("organisation", &raw.organisation)?,
        cohort: entry.slug("cohort", &raw.cohort)?,
        stance: entry.word(("stance", &raw.stance), (Stance::ALL, Stance::as_str))?,
        conditions: raw.conditions,
        public: raw.public,
        offers: entry.words(("offers", &raw.offers), (SelectionOffer::ALL, SelectionOffer::as_str)),
        english: raw.english.map(|raw| english(raw, entry)).unwrap_or_default(),
        day_release,
        review_by: entry.some_day("review_by", raw.review_by),
        offences: raw.offences.and_then(|raw| offences(raw, entry)),
        disclosure: raw.disclosure.map(|raw| disclosure(raw, entry)),
        broker_note: raw.broker_note,
    };
    let slug = raw.slug;
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

fn english(raw: RawEnglish, entry: &mut Entry<'_>) -> English {
    let mut entry = entry.inner(&[At::Key("english")]);
    let mut level =
        |key, text| entry.some_word((key, text), (EnglishLevel::ALL, EnglishLevel::as_str));
    English {
        speaking: level("speaking", raw.speaking),
        reading: level("reading", raw.reading),
        writing: level("writing", raw.writing),
    }
}

fn offences(raw: RawOffences, entry: &mut Entry<'_>) -> Option<OffencePosture> {
    let mut entry = entry.inner(&[At::Key("offences")]);
    let groups = (OffenceGroup::ALL, OffenceGroup::as_str as fn(_) -> _);
    Some(OffencePosture {
        stance: entry.word(("stance", &raw.stance), (OffenceStance::ALL, OffenceStance::as_str))?,
        groups: entry.words(("groups", &raw.groups), groups),
        note: raw.note,
    })
}

fn disclosure(raw: RawDisclosure, entry: &mut Entry<'_>) -> Disclosure {
    let mut entry = entry.inner(&[At::Key("disclosure")]);
    let timings = (DisclosureTiming::ALL, DisclosureTiming::as_str as fn(_) -> _);
    Disclosure {
        timing: entry.some_word(("timing", raw.timing), timings),
        letter_needed: raw.letter_needed,
        unspent_only: raw.unspent_only,
        talk_to_role: raw.talk_to_role,
    }
}

pub(super) fn opening(raw: RawOpening, entry: &mut Entry<'_>) -> Option<Seed<Opening>> {
    let contracts = (Contract::ALL, Contract::as_str as fn(_) -> _);
    let body = Opening {
        organisation: entry.slug("organisation", &raw.organisation)?,
        title: raw.title,
        description: raw.description,
        work_type: entry.word(("work_type", &raw.work_type), (WorkType::ALL, WorkType::as_str))?,
        site: raw.site,
        national: raw.national,
        patterns: entry.words(("patterns", &raw.patterns), (Pattern::ALL, Pattern::as_str)),
        hours: entry.some_word(("hours", raw.hours), (Hours::ALL, Hours::as_str)),
        contract: entry.some_word(("contract", raw.contract), contracts),
        base: entry.some_word(("base", raw.base), (Base::ALL, Base::as_str)),
        pay: raw.pay.and_then(|raw| pay(&raw, entry)),
        dbs_level: entry.some_word(("dbs_level", raw.dbs_level), (DbsLevel::ALL, DbsLevel::as_str)),
        licences: raw.licences,
        essentials: raw.essentials,
        cohorts: entry.slugs("cohorts", &raw.cohorts),
        starts_on: entry.some_day("starts", raw.starts),
        closes_on: entry.some_day("closes", raw.closes),
        places: raw.places,
    };
    let slug = raw.slug;
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

fn pay(raw: &RawPay, entry: &mut Entry<'_>) -> Option<Pay> {
    let mut entry = entry.inner(&[At::Key("pay")]);
    Some(Pay {
        from_pence: raw.from_pence,
        to_pence: raw.to_pence,
        period: entry.word(("period", &raw.period), (PayPeriod::ALL, PayPeriod::as_str))?,
    })
}
