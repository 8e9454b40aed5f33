//! Records of every kind, all invented: one with something in every field, and one with
//! only what it must have.

use chrono::NaiveDate;
use pathways::domain::register::{
    Audience, Base, CaseStudy, Channel, CheckResult, Commitment, ContactRoute, Contract,
    DayRelease, DbsLevel, Disclosure, DisclosureTiming, English, EnglishLevel, Event, EventKind,
    Hours, Identifier, Introduction, IntroductionKind, IntroductionState, OffenceGroup,
    OffencePosture, OffenceStance, Opening, Organisation, OrganisationKind, Outcomes, Pattern, Pay,
    PayPeriod, Permission, Pledge, Posture, Progress, Publication, Recognition, SelectionOffer,
    Signature, Site, Stance, Update, WorkType, last_day_of_year_from,
};
use pathways::domain::size_band::SizeBand;
use pathways::domain::slug::Slug;

use crate::store::fixture::{slug, slugs, words};
use crate::store::records::doing::day;

pub fn organisation(name: &str) -> Organisation {
    Organisation {
        name: name.to_owned(),
        aliases: Vec::new(),
        kind: OrganisationKind::Employer,
        sector: None,
        sic: Vec::new(),
        size_band: None,
        anchor: None,
        description: None,
        website: None,
        publication: Publication::Published,
        do_not_contact: false,
        identifiers: Vec::new(),
        sites: Vec::new(),
        contacts: Vec::new(),
        recognitions: Vec::new(),
    }
}

pub fn identifier(scheme: &str, id: &str) -> Identifier {
    Identifier { scheme: scheme.to_owned(), id: id.to_owned() }
}

pub fn site(label: &str, town: &str, postcode: &str) -> Site {
    Site {
        label: label.to_owned(),
        address: Some("1 Example Street".to_owned()),
        postcode: Some(postcode.to_owned()),
        town: Some(town.to_owned()),
        district: Some("Cherwell".to_owned()),
        transport_note: Some("No bus after 6 pm.".to_owned()),
    }
}

pub fn recognition(scheme: &str, level: Option<&str>) -> Recognition {
    Recognition {
        scheme: slug(scheme),
        level: level.map(slug),
        awarded_on: Some(day(2025, 5, 1)),
        expires_on: Some(day(2028, 4, 30)),
        evidence_url: Some("https://example.org/holders".to_owned()),
        last_checked_on: Some(day(2026, 10, 1)),
        check: CheckResult::Confirmed,
    }
}

/// An organisation with something in every field.
pub fn rich_organisation() -> Organisation {
    let empty = Site {
        label: "Depot".to_owned(),
        address: None,
        postcode: None,
        town: None,
        district: None,
        transport_note: None,
    };
    let route = |audience, channel, verified_on| ContactRoute {
        audience,
        role_title: "Recruitment desk".to_owned(),
        channel,
        value: "jobs@brook.example".to_owned(),
        verified_on,
        expires_after_days: verified_on.map(|_| 180),
    };
    Organisation {
        aliases: words(&["Brook's", "The Bakery — “Brook”"]),
        kind: OrganisationKind::PublicBody,
        sector: Some(slug("hospitality")),
        sic: words(&["56101", "10710"]),
        size_band: Some(SizeBand::Medium),
        anchor: Some(false),
        description: Some("Bakes, serves, délivre.\nSecond line; 100 % \\ ' \"".to_owned()),
        website: Some("https://brook.example".to_owned()),
        publication: Publication::Published,
        do_not_contact: true,
        identifiers: vec![identifier("GB-COH", "01234567"), identifier("GB-CHC", "1234567")],
        sites: vec![empty, site("Bakery", "Banbury", "OX16 5XX")],
        contacts: vec![
            route(Audience::Broker, Channel::Email, Some(day(2026, 9, 1))),
            route(Audience::Public, Channel::Phone, None),
        ],
        recognitions: vec![recognition("bee", Some("gold")), recognition("ant", None)],
        ..organisation("Brook Bakery (fictional)")
    }
}

pub fn signature(owner: &Slug, starts_on: NaiveDate) -> Signature {
    Signature {
        organisation: owner.clone(),
        charter: slug("example-charter"),
        charter_version: "2".to_owned(),
        starts_on,
        ends_on: last_day_of_year_from(starts_on),
        agreed_on: None,
        signed_on: None,
        published_on: None,
        approval_route: None,
    }
}

pub fn rich_signature(owner: &Slug) -> Signature {
    Signature {
        agreed_on: Some(day(2026, 1, 5)),
        signed_on: Some(day(2026, 1, 20)),
        published_on: Some(day(2026, 2, 1)),
        approval_route: Some("cabinet decision".to_owned()),
        ..signature(owner, day(2028, 2, 29))
    }
}

pub fn pledge(owner: &Slug, year: &Slug, text: &str) -> Pledge {
    Pledge {
        signature: year.clone(),
        organisation: owner.clone(),
        action: None,
        stance: slug("employer"),
        commitment: Commitment::Start,
        text: text.to_owned(),
        target: None,
        baseline: None,
        unit: None,
        owner_role: None,
        confirmed_on: None,
        evidenced_on: None,
        evidence_url: None,
        updates: Vec::new(),
    }
}

pub fn update(on: NaiveDate, progress: Progress, value: Option<f64>) -> Update {
    Update { on, progress, value, narrative: None, evidence_url: None, published: false }
}

pub fn rich_pledge(owner: &Slug, year: &Slug) -> Pledge {
    let told = Update {
        narrative: Some("Six came, four stayed.".to_owned()),
        evidence_url: Some("https://example.org/report".to_owned()),
        published: true,
        ..update(day(2026, 9, 1), Progress::OnTrack, Some(4.0))
    };
    Pledge {
        action: Some("E10".to_owned()),
        commitment: Commitment::Improve,
        target: Some(0.1 + 0.2),
        baseline: Some(-1e-300),
        unit: Some("work trials".to_owned()),
        owner_role: Some("Head of people".to_owned()),
        confirmed_on: Some(day(2026, 3, 1)),
        evidenced_on: Some(day(2026, 6, 1)),
        evidence_url: Some("https://example.org/evidence".to_owned()),
        updates: vec![told, update(day(2026, 10, 1), Progress::Met, None)],
        ..pledge(owner, year, "Six work trials a year.")
    }
}

pub fn posture(owner: &Slug, cohort: &str) -> Posture {
    Posture {
        organisation: owner.clone(),
        cohort: slug(cohort),
        stance: Stance::Open,
        conditions: None,
        public: true,
        offers: Vec::new(),
        english: English::default(),
        day_release: None,
        review_by: None,
        offences: None,
        disclosure: None,
        broker_note: None,
    }
}

pub fn rich_posture(owner: &Slug) -> Posture {
    Posture {
        stance: Stance::ActivelyRecruits,
        conditions: Some("A reference from the prison.".to_owned()),
        public: false,
        offers: vec![SelectionOffer::WorkTrial, SelectionOffer::GuaranteedInterview],
        english: English {
            speaking: Some(EnglishLevel::Entry3),
            reading: Some(EnglishLevel::None),
            writing: Some(EnglishLevel::Level2),
        },
        day_release: Some(DayRelease {
            accepts: false,
            has_agreement: Some(true),
            lead_time_weeks: Some(0),
            travel_limit_miles: Some(15),
        }),
        review_by: Some(day(2027, 2, 28)),
        offences: Some(OffencePosture {
            stance: OffenceStance::Listed,
            groups: vec![OffenceGroup::Sexual, OffenceGroup::Arson],
            note: Some("Each of them is looked at after five years.".to_owned()),
        }),
        disclosure: Some(Disclosure {
            timing: Some(DisclosureTiming::ConditionalOffer),
            letter_needed: Some(false),
            unspent_only: Some(true),
            talk_to_role: Some("HR business partner".to_owned()),
        }),
        broker_note: Some("Ring before noon.".to_owned()),
        ..posture(owner, "prison-leavers")
    }
}

pub fn opening(owner: &Slug, title: &str) -> Opening {
    Opening {
        organisation: owner.clone(),
        title: title.to_owned(),
        description: None,
        work_type: WorkType::Kitchen,
        site: None,
        national: false,
        patterns: Vec::new(),
        hours: None,
        contract: None,
        base: None,
        pay: None,
        dbs_level: None,
        licences: Vec::new(),
        essentials: None,
        cohorts: Vec::new(),
        starts_on: None,
        closes_on: None,
        places: None,
    }
}

/// Needs a site called `Bakery`.
pub fn rich_opening(owner: &Slug) -> Opening {
    Opening {
        description: Some("Bread, from four in the morning.".to_owned()),
        site: Some("Bakery".to_owned()),
        national: true,
        patterns: vec![Pattern::Night, Pattern::Day],
        hours: Some(Hours::OverForty),
        contract: Some(Contract::Apprenticeship),
        base: Some(Base::OnSite),
        pay: Some(Pay { from_pence: 0, to_pence: Some(1_250), period: PayPeriod::Hour }),
        dbs_level: Some(DbsLevel::EnhancedBarred),
        licences: words(&["CSCS", "B licence"]),
        essentials: Some("Early hours.".to_owned()),
        cohorts: slugs(&["refugees", "age-friendly"]),
        starts_on: Some(day(2027, 1, 4)),
        closes_on: Some(day(2026, 12, 31)),
        places: Some(0),
        ..opening(owner, "Baker")
    }
}

pub fn event(title: &str) -> Event {
    Event {
        title: title.to_owned(),
        kind: EventKind::Seminar,
        starts_at: day(2026, 12, 1).and_hms_opt(9, 30, 0).unwrap(),
        ends_at: None,
        place: None,
        postcode: None,
        host: None,
        organisation: None,
        cohorts: Vec::new(),
        summary: "About hiring.".to_owned(),
        url: None,
    }
}

pub fn rich_event(owner: &Slug) -> Event {
    Event {
        kind: EventKind::Visit,
        starts_at: day(2028, 2, 29).and_hms_micro_opt(23, 59, 59, 999_999).unwrap(),
        ends_at: day(2028, 3, 1).and_hms_opt(0, 0, 0),
        place: Some("Town hall".to_owned()),
        postcode: Some("OX16".to_owned()),
        host: Some("Brook Bakery".to_owned()),
        organisation: Some(owner.clone()),
        cohorts: slugs(&["military-family"]),
        url: Some("https://example.org/visit".to_owned()),
        ..event("A visit")
    }
}

pub fn case_study(title: &str) -> CaseStudy {
    CaseStudy {
        title: title.to_owned(),
        organisation: None,
        summary: "It went well.".to_owned(),
        cohorts: Vec::new(),
        action: None,
        url: None,
        published_on: None,
        permission: Permission::Public,
    }
}

pub fn rich_case_study(owner: &Slug) -> CaseStudy {
    CaseStudy {
        organisation: Some(owner.clone()),
        cohorts: slugs(&["refugees", "age-friendly"]),
        action: Some("S1".to_owned()),
        url: Some("https://example.org/story".to_owned()),
        published_on: Some(day(2026, 2, 28)),
        permission: Permission::Granted,
        ..case_study("How it was done")
    }
}

pub fn introduction(owner: &Slug, reference: &str) -> Introduction {
    Introduction {
        kind: IntroductionKind::BrokerEmployer,
        organisation: owner.clone(),
        other: None,
        partnership: None,
        cohort: None,
        reference: Some(reference.to_owned()),
        state: IntroductionState::Proposed,
        outcomes: Outcomes::default(),
    }
}

pub fn rich_introduction(owner: &Slug, other: &Slug) -> Introduction {
    Introduction {
        kind: IntroductionKind::EmployerProvider,
        other: Some(other.clone()),
        partnership: Some(slug("care")),
        cohort: Some(slug("refugees")),
        state: IntroductionState::UnderWay,
        outcomes: Outcomes {
            interviewed: Some(4),
            offered: Some(2),
            started: Some(1),
            kept_13_weeks: Some(0),
        },
        ..introduction(owner, "K-12-a")
    }
}
