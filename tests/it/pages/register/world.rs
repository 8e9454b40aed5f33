//! A small register, all of it invented, with something in every field: what is public,
//! what is for brokers, what is for coordinators.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use pathways::{
    app::{AppState, Clock, Snapshot, start},
    domain::{
        access::Role,
        register::{
            Audience, Base, Body, CaseStudy, Channel, CheckResult, Commitment, ContactRoute,
            Contract, DayRelease, DbsLevel, Disclosure, DisclosureTiming, Draft, English,
            EnglishLevel, Event, EventKind, Hours, Identifier, Introduction, IntroductionKind,
            IntroductionState, OffenceGroup, OffencePosture, OffenceStance, Opening, Organisation,
            OrganisationKind, Outcomes, Pattern, Pay, PayPeriod, Permission, Pledge, Posture,
            Progress, Publication, Recognition, SelectionOffer, Signature, Site, Stance, Statement,
            Update, Voice, WorkType,
        },
        size_band::SizeBand,
        slug::Slug,
    },
    store::records::{self, Author, Topic},
};

use crate::{shown, support::TestStore};

/// What must never stand on a page, each in a field of its own.
pub const INSIDE: [&str; 14] = [
    "marker-stated-by",
    "marker-broker-route",
    "marker-coordinator-route",
    "marker-offences",
    "marker-disclosure",
    "marker-broker-note",
    "marker-private-posture",
    "marker-owner-role",
    "marker-unpublished",
    "marker-approval",
    "marker-introduction",
    "marker-draft",
    "marker-refused",
    "marker-quiet-route",
];

/// A register in a database of its own.
pub struct World {
    pub store: TestStore,
    dress: fn(&str) -> String,
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

pub fn author() -> Author {
    Author { actor: "operator".to_owned(), role: Role::Admin, token: None }
}

impl World {
    /// The register, every public text of it dressed up by `dress`.
    pub fn new(dress: fn(&str) -> String) -> Self {
        let store = TestStore::sqlite();
        let reference = shown::state().snapshot().reference.clone();
        start::publish(&store.store, &reference, Clock::Fixed(shown::noon())).unwrap();
        let world = Self { store, dress };
        world.write("open-door-works", world.organisation());
        world.write("quiet-office", world.quiet());
        world.write("hidden-mill", hidden());
        world.write("old-name", Organisation { identifiers: vec![], ..plain("Old Name Ltd") });
        world.write("first-year", signature("2025-03-01", "2026-02-28"));
        world.write("this-year", signature("2026-03-01", "2027-02-28"));
        world.pledges();
        world.write("about-refugees", world.posture());
        let private = Posture {
            cohort: slug("prison-leavers"),
            conditions: Some("marker-private-posture".to_owned()),
            public: false,
            ..world.posture()
        };
        world.write("about-leavers", private);
        world.write("kitchen-porter", world.opening());
        world.write("driver", Opening { closes_on: Some(day("2026-10-31")), ..world.opening() });
        world.write("open-evening", world.event(Some("open-door-works")));
        world.write(
            "hidden-evening",
            Event { title: "marker-draft".into(), ..world.event(Some("hidden-mill")) },
        );
        world.write("how-they-did-it", world.case_study(Permission::Granted));
        let refused =
            CaseStudy { title: "marker-refused".into(), ..world.case_study(Permission::Refused) };
        world.write("not-to-be-told", refused);
        world.write("brought-together", introduction());
        world
    }

    /// A register as it is, without dress.
    pub fn plain() -> Self {
        Self::new(str::to_owned)
    }

    /// A service that shows it on a day.
    pub fn state(&self, on: &str) -> Arc<AppState> {
        let shown = shown::state();
        let clock = Clock::Fixed(day(on).and_hms_opt(12, 0, 0).unwrap());
        let reference = shown.snapshot().reference.clone();
        let snapshot = Snapshot::new(shown.library().clone(), reference, 1, day(on)).unwrap();
        let state = AppState::new(shown.library().clone(), snapshot, clock);
        Arc::new(state.with_store(self.store.store.clone()))
    }

    /// Writes a record that the organisation itself said on 1 September 2026.
    pub fn write<T: Topic + Body>(&self, name: &str, body: T) {
        let said = Statement {
            voice: Voice::Organisation,
            by: Some("marker-stated-by".to_owned()),
            on: day("2026-09-01"),
            until: None,
            source: Some(self.text("annual report")),
        };
        self.said(name, said, body);
    }

    pub fn said<T: Topic + Body>(&self, name: &str, said: Statement, body: T) {
        let draft = Draft { slug: Some(slug(name)), said, fictional: true, body };
        let write = |conn: &mut _| records::create(conn, &draft, &author(), shown::noon());
        self.store.store.write_blocking(write).unwrap();
    }

    fn text(&self, text: &str) -> String {
        (self.dress)(text)
    }

    pub fn organisation(&self) -> Organisation {
        let route = |audience, role_title: &str, channel, value: &str| ContactRoute {
            audience,
            role_title: role_title.to_owned(),
            channel,
            value: value.to_owned(),
            verified_on: Some(day("2026-11-01")),
            expires_after_days: Some(180),
        };
        Organisation {
            name: self.text("Open Door Works (fictional)"),
            aliases: vec![self.text("ODW")],
            kind: OrganisationKind::Employer,
            sector: Some(slug("hospitality")),
            sic: vec!["56101".to_owned()],
            size_band: Some(SizeBand::Small),
            anchor: Some(true),
            description: Some(self.text("Cooks lunches for offices.")),
            website: Some(self.text("https://open-door.example/")),
            publication: Publication::Published,
            do_not_contact: false,
            identifiers: vec![Identifier { scheme: "XX-DEMO".into(), id: self.text("00900") }],
            sites: vec![Site {
                label: self.text("Kitchen"),
                address: None,
                postcode: Some("OX16 5QA".to_owned()),
                town: Some(self.text("Banbury")),
                district: Some(self.text("Cherwell")),
                transport_note: Some(self.text("Bus until 22:00.")),
            }],
            contacts: vec![
                route(
                    Audience::Public,
                    &self.text("Front desk"),
                    Channel::Email,
                    &self.text("desk@open-door.example"),
                ),
                route(Audience::Broker, "Resettlement", Channel::Phone, "marker-broker-route"),
                route(
                    Audience::Coordinator,
                    "Charter lead",
                    Channel::Email,
                    "marker-coordinator-route",
                ),
            ],
            recognitions: vec![
                recognition("disability-confident", Some("2"), CheckResult::Confirmed),
                recognition("living-wage", None, CheckResult::NotFound),
            ],
        }
    }

    fn quiet(&self) -> Organisation {
        let contacts = vec![ContactRoute {
            audience: Audience::Public,
            role_title: "Office".to_owned(),
            channel: Channel::Email,
            value: "marker-quiet-route".to_owned(),
            verified_on: None,
            expires_after_days: None,
        }];
        let do_not_contact = true;
        Organisation { do_not_contact, contacts, ..plain(&self.text("Quiet Office (fictional)")) }
    }

    fn pledges(&self) {
        let update = |on: &str, narrative: String, published| Update {
            on: day(on),
            progress: Progress::OnTrack,
            value: None,
            narrative: Some(narrative),
            evidence_url: None,
            published,
        };
        let pledge = |signature: &str, action: &str| Pledge {
            signature: slug(signature),
            organisation: slug("open-door-works"),
            action: Some(action.to_owned()),
            stance: slug("employer"),
            commitment: Commitment::Start,
            text: self.text("Offer six work trials."),
            target: Some(6.0),
            baseline: Some(1.5),
            unit: Some(self.text("work trials")),
            owner_role: Some("marker-owner-role".to_owned()),
            confirmed_on: None,
            evidenced_on: None,
            evidence_url: None,
            updates: vec![],
        };
        let told = vec![
            update("2026-10-01", self.text("Two so far."), true),
            update("2026-10-15", "marker-unpublished".to_owned(), false),
        ];
        self.write("trials-before", pledge("first-year", "E2"));
        self.write("trials", Pledge { updates: told, ..pledge("this-year", "E2") });
        let seen = Pledge {
            confirmed_on: Some(day("2026-09-10")),
            evidenced_on: Some(day("2026-10-10")),
            evidence_url: Some("https://open-door.example/evidence".to_owned()),
            ..pledge("this-year", "E6")
        };
        self.write("furthest", seen);
    }

    fn posture(&self) -> Posture {
        Posture {
            organisation: slug("open-door-works"),
            cohort: slug("refugees"),
            stance: Stance::Open,
            conditions: Some(self.text("Early shifts only.")),
            public: true,
            offers: vec![SelectionOffer::WorkTrial, SelectionOffer::NoCv],
            english: English { speaking: Some(EnglishLevel::Entry2), ..English::default() },
            day_release: Some(DayRelease {
                accepts: true,
                has_agreement: Some(true),
                lead_time_weeks: Some(6),
                travel_limit_miles: Some(1),
            }),
            review_by: Some(day("2027-03-01")),
            offences: Some(OffencePosture {
                stance: OffenceStance::Listed,
                groups: vec![OffenceGroup::Arson],
                note: Some("marker-offences".to_owned()),
            }),
            disclosure: Some(Disclosure {
                timing: Some(DisclosureTiming::AfterInterview),
                letter_needed: Some(true),
                unspent_only: Some(true),
                talk_to_role: Some("marker-disclosure".to_owned()),
            }),
            broker_note: Some("marker-broker-note".to_owned()),
        }
    }

    pub fn opening(&self) -> Opening {
        Opening {
            organisation: slug("open-door-works"),
            title: self.text("Kitchen porter"),
            description: Some(self.text("Pots and deliveries.")),
            work_type: WorkType::Kitchen,
            site: Some(self.text("Kitchen")),
            national: false,
            patterns: vec![Pattern::Evening],
            hours: Some(Hours::PartTime),
            contract: Some(Contract::Permanent),
            base: Some(Base::OnSite),
            pay: Some(Pay { from_pence: 1350, to_pence: Some(1400), period: PayPeriod::Hour }),
            dbs_level: Some(DbsLevel::None),
            licences: vec![self.text("Food hygiene")],
            essentials: Some(self.text("Turn up.")),
            cohorts: vec![slug("refugees")],
            starts_on: Some(day("2026-12-01")),
            closes_on: Some(day("2027-01-31")),
            places: Some(5),
        }
    }

    fn event(&self, organisation: Option<&str>) -> Event {
        Event {
            title: self.text("Open evening (fictional)"),
            kind: EventKind::Visit,
            starts_at: at("2027-06-10 16:30"),
            ends_at: Some(at("2027-06-10 18:00")),
            place: Some(self.text("Kitchen, Banbury")),
            postcode: Some("OX16".to_owned()),
            host: Some(self.text("The partnership")),
            organisation: organisation.map(slug),
            cohorts: vec![slug("refugees")],
            summary: self.text("See the kitchen at work."),
            url: Some(self.text("https://open-door.example/evening")),
        }
    }

    fn case_study(&self, permission: Permission) -> CaseStudy {
        CaseStudy {
            title: self.text("How they did it (fictional)"),
            organisation: Some(slug("open-door-works")),
            summary: self.text("They offered trials and kept people."),
            cohorts: vec![slug("refugees")],
            action: Some("E2".to_owned()),
            url: Some(self.text("https://open-door.example/story")),
            published_on: Some(day("2026-09-15")),
            permission,
        }
    }
}

pub fn plain(name: &str) -> Organisation {
    Organisation {
        name: name.to_owned(),
        aliases: vec![],
        kind: OrganisationKind::Employer,
        sector: None,
        sic: vec![],
        size_band: None,
        anchor: None,
        description: None,
        website: None,
        publication: Publication::Published,
        do_not_contact: false,
        identifiers: vec![],
        sites: vec![],
        contacts: vec![],
        recognitions: vec![],
    }
}

fn hidden() -> Organisation {
    let description = Some("marker-draft".to_owned());
    Organisation { publication: Publication::Draft, description, ..plain("marker-draft") }
}

fn recognition(scheme: &str, level: Option<&str>, check: CheckResult) -> Recognition {
    Recognition {
        scheme: slug(scheme),
        level: level.map(slug),
        awarded_on: Some(day("2026-01-10")),
        expires_on: None,
        evidence_url: None,
        last_checked_on: Some(day("2026-11-13")),
        check,
    }
}

fn signature(starts_on: &str, ends_on: &str) -> Signature {
    Signature {
        organisation: slug("open-door-works"),
        charter: slug("oxfordshire-inclusive-economy"),
        charter_version: "2023".to_owned(),
        starts_on: day(starts_on),
        ends_on: day(ends_on),
        agreed_on: Some(day("2019-02-03")),
        signed_on: Some(day("2026-02-20")),
        published_on: None,
        approval_route: Some("marker-approval".to_owned()),
    }
}

fn introduction() -> Introduction {
    Introduction {
        kind: IntroductionKind::BrokerEmployer,
        organisation: slug("open-door-works"),
        other: None,
        partnership: None,
        cohort: Some(slug("refugees")),
        reference: Some("marker-introduction".to_owned()),
        state: IntroductionState::UnderWay,
        outcomes: Outcomes::default(),
    }
}
