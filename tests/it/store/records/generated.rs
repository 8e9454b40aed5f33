//! Bodies drawn at random, for properties.

use chrono::{Days, NaiveDate};
use pathways::domain::register::{
    Audience, Base, Channel, CheckResult, Commitment, ContactRoute, Contract, DayRelease, DbsLevel,
    Disclosure, DisclosureTiming, Draft, English, EnglishLevel, Hours, OffenceGroup,
    OffencePosture, OffenceStance, Opening, Organisation, OrganisationKind, Pattern, Pay,
    PayPeriod, Pledge, Posture, Progress, Publication, SelectionOffer, Site, Stance, Statement,
    Update, Voice, WorkType,
};
use pathways::domain::size_band::SizeBand;
use pathways::domain::slug::Slug;
use proptest::prelude::*;
use proptest::{collection::vec, option, sample, string::string_regex};

use super::doing::day;
use super::fixture::{identifier, opening, organisation, pledge, posture, recognition};
use crate::store::fixture::slug;

pub fn text() -> impl Strategy<Value = String> {
    string_regex("[ -~àéÉß€\n—😀]{1,40}").unwrap()
}

/// A day within three years of 2026, with the last ones of February often.
pub fn some_day() -> impl Strategy<Value = NaiveDate> {
    let near = (0_u64..1_400).prop_map(|at| day(2025, 1, 1).checked_add_days(Days::new(at)));
    prop_oneof![
        8 => near.prop_map(Option::unwrap),
        1 => Just(day(2028, 2, 29)),
        1 => Just(day(2027, 2, 28)),
    ]
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    sample::select(all)
}

fn some<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    sample::subsequence(all.to_vec(), 0..=all.len().min(4)).prop_shuffle()
}

pub fn statement() -> impl Strategy<Value = Statement> {
    let parts = (
        word(Voice::ALL),
        option::of(text()),
        some_day(),
        option::of(0_u64..500),
        option::of(text()),
    );
    parts.prop_map(|(voice, by, on, until, source)| Statement {
        voice,
        by,
        on,
        until: until.and_then(|days| on.checked_add_days(Days::new(days))),
        source,
    })
}

pub fn draft<T: std::fmt::Debug>(
    name: Slug,
    body: impl Strategy<Value = T>,
) -> impl Strategy<Value = Draft<T>> {
    let said = (statement(), any::<bool>(), body);
    said.prop_map(move |(said, fictional, body)| Draft {
        slug: Some(name.clone()),
        said,
        fictional,
        body,
    })
}

fn a_site() -> impl Strategy<Value = Site> {
    let parts = (
        option::of(text()),
        option::of(sample::select(&["OX16 5XX", "OX16", "SW1A 1AA"][..])),
        option::of(sample::select(&["Banbury", "Étretat", "banbury"][..])),
        option::of(text()),
        option::of(text()),
    );
    parts.prop_map(|(address, postcode, town, district, transport_note)| Site {
        label: String::new(),
        address,
        postcode: postcode.map(str::to_owned),
        town: town.map(str::to_owned),
        district,
        transport_note,
    })
}

fn a_route() -> impl Strategy<Value = ContactRoute> {
    let parts = (
        word(Audience::ALL),
        text(),
        word(Channel::ALL),
        text(),
        option::of(some_day()),
        option::of(1_i32..=3_650),
    );
    parts.prop_map(|(audience, role_title, channel, value, verified_on, expires_after_days)| {
        ContactRoute { audience, role_title, channel, value, verified_on, expires_after_days }
    })
}

/// An organisation whose numbers have a prefix of their own.
pub fn an_organisation(prefix: String) -> impl Strategy<Value = Organisation> {
    let held = ["bee silver", "bee gold", "bee bronze", "ant", "uber gold"];
    let names = (text(), vec(text(), 0..3), word(OrganisationKind::ALL), word(Publication::ALL));
    let about = (
        option::of(sample::select(&["hospitality", "construction"][..])),
        sample::subsequence(vec!["56101", "01110", "87100"], 0..=3).prop_shuffle(),
        option::of(word(&SizeBand::ALL)),
        option::of(any::<bool>()),
        option::of(text()),
        option::of(text()),
    );
    let lists = (
        vec(a_site(), 0..4),
        vec(a_route(), 0..4),
        sample::subsequence(held.to_vec(), 0..=5).prop_shuffle(),
        sample::select(CheckResult::ALL),
        0_usize..4,
        any::<bool>(),
    );
    (names, about, lists).prop_map(move |(names, about, lists)| {
        let (name, aliases, kind, publication) = names;
        let (sector, sic, size_band, anchor, description, website) = about;
        let (mut sites, contacts, held, check, numbers, do_not_contact) = lists;
        for (at, site) in sites.iter_mut().enumerate() {
            site.label = format!("Site {at} 'é\"");
        }
        let mut recognitions = Vec::new();
        for text in held {
            let (scheme, level) = text.split_once(' ').map_or((text, None), |(s, l)| (s, Some(l)));
            let mut one = recognition(scheme, level);
            one.check = check;
            recognitions.push(one);
        }
        Organisation {
            aliases,
            kind,
            sector: sector.map(slug),
            sic: sic.into_iter().map(str::to_owned).collect(),
            size_band,
            anchor,
            description,
            website,
            publication,
            do_not_contact,
            identifiers: (0..numbers)
                .map(|n| identifier("GB-COH", &format!("{prefix}{n}")))
                .collect(),
            sites,
            contacts,
            recognitions,
            ..organisation(&name)
        }
    })
}

fn english() -> impl Strategy<Value = English> {
    let level = || option::of(word(EnglishLevel::ALL));
    let levels = (level(), level(), level());
    levels.prop_map(|(speaking, reading, writing)| English { speaking, reading, writing })
}

fn release() -> impl Strategy<Value = DayRelease> {
    let parts =
        (any::<bool>(), option::of(any::<bool>()), option::of(0..=104), option::of(0..=500));
    parts.prop_map(|(accepts, has_agreement, lead_time_weeks, travel_limit_miles)| DayRelease {
        accepts,
        has_agreement,
        lead_time_weeks,
        travel_limit_miles,
    })
}

fn disclosure() -> impl Strategy<Value = Disclosure> {
    let parts = (
        option::of(word(DisclosureTiming::ALL)),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(text()),
    );
    parts.prop_map(|(timing, letter_needed, unspent_only, talk_to_role)| Disclosure {
        timing,
        letter_needed,
        unspent_only,
        talk_to_role,
    })
}

pub fn a_posture(owner: Slug, cohort: &'static str) -> impl Strategy<Value = Posture> {
    let offences = (word(OffenceStance::ALL), some(OffenceGroup::ALL), option::of(text()));
    let offences =
        offences.prop_map(|(stance, groups, note)| OffencePosture { stance, groups, note });
    let first = (word(Stance::ALL), option::of(text()), any::<bool>(), some(SelectionOffer::ALL));
    let second = (english(), option::of(release()), option::of(some_day()));
    let third = (option::of(offences), option::of(disclosure()), option::of(text()));
    (first, second, third).prop_map(move |(first, second, third)| {
        let (stance, conditions, public, offers) = first;
        let (english, day_release, review_by) = second;
        let (offences, disclosure, broker_note) = third;
        Posture {
            stance,
            conditions,
            public,
            offers,
            english,
            day_release,
            review_by,
            offences,
            disclosure,
            broker_note,
            ..posture(&owner, cohort)
        }
    })
}

fn pay() -> impl Strategy<Value = Pay> {
    let parts = (0_i64..5_000_000, option::of(0_i64..1_000_000), word(PayPeriod::ALL));
    parts.prop_map(|(from_pence, more, period)| Pay {
        from_pence,
        to_pence: more.map(|more| from_pence + more),
        period,
    })
}

/// An opening at no site.
pub fn an_opening(owner: Slug) -> impl Strategy<Value = Opening> {
    let first = (text(), option::of(text()), word(WorkType::ALL), any::<bool>());
    let second = (
        some(Pattern::ALL),
        option::of(word(Hours::ALL)),
        option::of(word(Contract::ALL)),
        option::of(word(Base::ALL)),
        option::of(pay()),
        option::of(word(DbsLevel::ALL)),
    );
    let third = (
        sample::subsequence(vec!["refugees", "age-friendly"], 0..=2).prop_shuffle(),
        option::of(some_day()),
        option::of(some_day()),
        option::of(0_i32..=10_000),
    );
    (first, second, third).prop_map(move |(first, second, third)| {
        let (title, description, work_type, national) = first;
        let (patterns, hours, contract, base, pay, dbs_level) = second;
        let (cohorts, starts_on, closes_on, places) = third;
        Opening {
            description,
            work_type,
            national,
            patterns,
            hours,
            contract,
            base,
            pay,
            dbs_level,
            cohorts: cohorts.into_iter().map(slug).collect(),
            starts_on,
            closes_on,
            places,
            ..opening(&owner, &title)
        }
    })
}

fn report() -> impl Strategy<Value = Update> {
    let number = option::of(any::<f64>().prop_filter("finite", |number| number.is_finite()));
    let parts = (some_day(), word(Progress::ALL), number, option::of(text()), any::<bool>());
    parts.prop_map(|(on, progress, value, narrative, published)| Update {
        on,
        progress,
        value,
        evidence_url: narrative.clone(),
        narrative,
        published,
    })
}

pub fn a_pledge(owner: Slug, year: Slug) -> impl Strategy<Value = Pledge> {
    let number = || option::of(any::<f64>().prop_filter("finite", |number| number.is_finite()));
    let first = (
        option::of(sample::select(&["E2", "E10", "S1"][..])),
        sample::select(&["employer", "buyer", "supplier"][..]),
        word(Commitment::ALL),
        text(),
        number(),
        number(),
    );
    let second = (
        option::of(text()),
        option::of(some_day()),
        option::of(some_day()),
        option::of(text()),
        vec(report(), 0..4),
    );
    (first, second).prop_map(move |(first, second)| {
        let (action, stance, commitment, text, target, baseline) = first;
        let (owner_role, confirmed_on, evidenced_on, evidence_url, updates) = second;
        Pledge {
            action: action.map(str::to_owned),
            stance: slug(stance),
            commitment,
            target,
            baseline,
            unit: owner_role.clone(),
            owner_role,
            confirmed_on,
            evidenced_on,
            evidence_url,
            updates,
            ..pledge(&owner, &year, &text)
        }
    })
}
