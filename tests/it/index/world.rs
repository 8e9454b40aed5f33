//! A small invented register in a store of its own, and services that show it.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};

use chrono::NaiveDate;
use pathways::{
    app::{
        Clock, Library, Snapshot, guidance,
        register_index::{RegisterIndex, Told},
        start::{self, StartError},
    },
    domain::{
        access::Role,
        register::{
            Audience, Body, CaseStudy, Channel, CheckResult, Commitment, ContactRoute, Disclosure,
            Draft, English, Event, EventKind, Identifier, OffencePosture, OffenceStance, Opening,
            Organisation, OrganisationKind, Permission, Pledge, Posture, Publication, Recognition,
            Signature, Site, Stance, Statement, Voice, WorkType,
        },
        search::{Answer, Facet, Kind, Question},
        size_band::SizeBand,
        slug::Slug,
    },
    store::records::{self, Author, Topic},
};

use crate::{shown, support::TestStore};

/// What only brokers or coordinators may read, each in a field of its own. Words that
/// share no four letters with any other: packed text holds them in one piece.
pub const INSIDE: [&str; 7] =
    ["qbrkrt", "qcrdrt", "qffncnt", "qdsclrl", "qbrknt", "qpprvlrt", "qwnrrl"];

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn author() -> Author {
    Author { actor: "operator".to_owned(), role: Role::Coordinator, token: None }
}

/// The register of one employer in a store: `brook-bakery`, with a year, a pledge, a
/// public posture, an opening, an event and a case study.
pub struct World {
    pub t: TestStore,
    pub library: Arc<Library>,
}

impl World {
    /// The register without any record.
    pub fn empty(t: TestStore) -> Self {
        let shown = shown::state();
        start::publish(&t.store, &shown.snapshot().reference, Clock::Fixed(shown::noon())).unwrap();
        let files = shown.library();
        let mut content = files.content.clone();
        // Not looked at here, and long in the making.
        content.toolkits.clear();
        content.library.clear();
        let (gazetteer, policy) = (files.gazetteer.clone(), files.policy.clone());
        Self { t, library: Arc::new(Library { content, gazetteer, policy }) }
    }

    /// The register with all records.
    pub fn whole(t: TestStore) -> Self {
        let world = Self::empty(t);
        world.write("brook-bakery", bakery());
        world.write("this-year", year());
        world.write("six-trials", pledge());
        world.write("about-refugees", posture());
        world.write("night-baker", opening());
        world.write("open-morning", event());
        world.write("how-they-began", case_study());
        world
    }

    pub fn write<T: Topic + Body>(&self, name: &str, body: T) -> i64 {
        let draft = draft(Some(name), body);
        let write = |conn: &mut _| records::create(conn, &draft, &author(), shown::noon());
        self.t.store.write_blocking(write).unwrap().change
    }

    pub fn replace<T: Topic + Body>(&self, name: &str, body: T) -> i64 {
        let (name, draft) = (slug(name), draft(None, body));
        let by = (&author(), shown::noon());
        let write = |conn: &mut _| records::replace(conn, &name, None, &draft, by);
        self.t.store.write_blocking(write).unwrap().change
    }

    /// The service's snapshot on a day, with an index of the register in a folder.
    pub fn open(&self, folder: Option<&Path>, on: NaiveDate) -> (RegisterIndex, Snapshot) {
        self.try_open(folder, on).unwrap()
    }

    pub fn try_open(
        &self,
        folder: Option<&Path>,
        on: NaiveDate,
    ) -> Result<(RegisterIndex, Snapshot), StartError> {
        let mut index = RegisterIndex::new(folder.map(Path::to_owned));
        let with: (_, Told<'_>) = (&mut index, &mut |_, _| ());
        let shown = start::current(&self.t.store, &self.library, noon_of(on), with)?;
        Ok((index, shown))
    }

    /// Follows the store until there is nothing new.
    pub fn follow(&self, index: &mut RegisterIndex, shown: Snapshot, on: NaiveDate) -> Snapshot {
        let mut shown = shown;
        let store = &self.t.store;
        loop {
            let with: (_, Told<'_>) = (&mut *index, &mut |_, _| ());
            match start::advance(store, &shown, noon_of(on), with).unwrap() {
                Some(next) => shown = next,
                None => return shown,
            }
        }
    }

    /// What an index that is built at once in memory answers on a day.
    pub fn wanted(&self, on: NaiveDate) -> Vec<Answer> {
        answers(&self.open(None, on).1)
    }
}

pub fn noon_of(on: NaiveDate) -> Clock {
    Clock::Fixed(on.and_hms_opt(12, 0, 0).unwrap())
}

fn draft<T: Body>(name: Option<&str>, body: T) -> Draft<T> {
    let on = day("2026-09-01");
    let voice = Voice::Organisation;
    let said = Statement { voice, by: None, on, until: None, source: None };
    Draft { slug: name.map(slug), said, fictional: true, body }
}

/// A question about records alone.
pub fn of_records(text: &str) -> Question {
    let kinds = [Kind::Organisation, Kind::Event, Kind::CaseStudy];
    let filters = kinds.map(|kind| (Facet::Kind, kind.as_str().to_owned())).to_vec();
    Question { text: text.to_owned(), filters, page: 1, per_page: 100, ..Question::default() }
}

/// What a snapshot answers to questions of many kinds.
pub fn answers(snapshot: &Snapshot) -> Vec<Answer> {
    let texts = ["", "bakery", "brok bakery", "refugees", "night baker trials", "share code"];
    let asked = texts.into_iter().map(of_records);
    let both = Question { text: "bakers who hire refugees".to_owned(), ..of_records("") };
    let asked = asked.chain([Question { filters: Vec::new(), ..both }]);
    asked.map(|question| guidance::search(snapshot, &question).unwrap()).collect()
}

/// How many records a text finds.
pub fn total(snapshot: &Snapshot, text: &str) -> u64 {
    guidance::search(snapshot, &of_records(text)).unwrap().total
}

/// The values of a facet among the organisations, with their counts.
pub fn facet(snapshot: &Snapshot, facet: Facet) -> BTreeMap<String, u64> {
    let mut all = guidance::search(snapshot, &of_records("")).unwrap().facets.into_iter();
    let values = all.find(|counts| counts.facet == facet).map(|counts| counts.values);
    values.unwrap_or_default().into_iter().map(|one| (one.value, one.count)).collect()
}

/// All bytes under a folder.
/// Everything in the index of the register; what brokers are answered from is no part of
/// it and its owner's alone.
pub fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name() == Some("brokers.columns".as_ref()) {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            continue;
        }
        all.extend(if path.is_dir() { bytes(&path) } else { fs::read(path).unwrap() });
    }
    all
}

pub fn bakery() -> Organisation {
    let route = |audience, value: &str| ContactRoute {
        audience,
        role_title: "Front desk".to_owned(),
        channel: Channel::Email,
        value: value.to_owned(),
        verified_on: None,
        expires_after_days: None,
    };
    Organisation {
        name: "Brook Bakery (fictional)".to_owned(),
        aliases: Vec::new(),
        kind: OrganisationKind::Employer,
        sector: Some(slug("hospitality")),
        sic: Vec::new(),
        size_band: Some(SizeBand::Small),
        anchor: None,
        description: Some("Bakes qpblclvz for shops.".to_owned()),
        website: None,
        publication: Publication::Published,
        do_not_contact: false,
        identifiers: vec![Identifier { scheme: "XX-DEMO".into(), id: "00917".into() }],
        sites: vec![Site {
            label: "Bakery".to_owned(),
            address: None,
            postcode: Some("OX16 5QA".to_owned()),
            town: Some("Banbury".to_owned()),
            district: Some("Cherwell".to_owned()),
            transport_note: None,
        }],
        contacts: vec![route(Audience::Broker, "qbrkrt"), route(Audience::Coordinator, "qcrdrt")],
        recognitions: vec![Recognition {
            scheme: slug("disability-confident"),
            level: Some(slug("2")),
            awarded_on: None,
            expires_on: Some(day("2027-01-15")),
            evidence_url: None,
            last_checked_on: None,
            check: CheckResult::Confirmed,
        }],
    }
}

pub fn year() -> Signature {
    Signature {
        organisation: slug("brook-bakery"),
        charter: slug("oxfordshire-inclusive-economy"),
        charter_version: "2023".to_owned(),
        starts_on: day("2026-03-01"),
        ends_on: day("2027-02-28"),
        agreed_on: None,
        signed_on: None,
        published_on: None,
        approval_route: Some("qpprvlrt".to_owned()),
    }
}

pub fn pledge() -> Pledge {
    Pledge {
        signature: slug("this-year"),
        organisation: slug("brook-bakery"),
        action: Some("E2".to_owned()),
        stance: slug("employer"),
        commitment: Commitment::Start,
        text: "Offer six work trials.".to_owned(),
        target: None,
        baseline: None,
        unit: None,
        owner_role: Some("qwnrrl".to_owned()),
        confirmed_on: None,
        evidenced_on: None,
        evidence_url: None,
        updates: Vec::new(),
    }
}

pub fn posture() -> Posture {
    Posture {
        organisation: slug("brook-bakery"),
        cohort: slug("refugees"),
        stance: Stance::Open,
        conditions: Some("Qearlyshifts only.".to_owned()),
        public: true,
        offers: Vec::new(),
        english: English::default(),
        day_release: None,
        review_by: None,
        offences: Some(OffencePosture {
            stance: OffenceStance::CaseByCase,
            groups: Vec::new(),
            note: Some("qffncnt".to_owned()),
        }),
        disclosure: Some(Disclosure {
            timing: None,
            letter_needed: None,
            unspent_only: None,
            talk_to_role: Some("qdsclrl".to_owned()),
        }),
        broker_note: Some("qbrknt".to_owned()),
    }
}

pub fn opening() -> Opening {
    Opening {
        organisation: slug("brook-bakery"),
        title: "Night baker".to_owned(),
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
        cohorts: vec![slug("prison-leavers")],
        starts_on: None,
        closes_on: Some(day("2027-01-31")),
        places: Some(2),
    }
}

pub fn event() -> Event {
    Event {
        title: "Open morning (fictional)".to_owned(),
        kind: EventKind::Visit,
        starts_at: day("2027-06-10").and_hms_opt(9, 0, 0).unwrap(),
        ends_at: None,
        place: Some("Banbury".to_owned()),
        postcode: Some("OX16".to_owned()),
        host: None,
        organisation: Some(slug("brook-bakery")),
        cohorts: Vec::new(),
        summary: "See the qvnz at work.".to_owned(),
        url: None,
    }
}

pub fn case_study() -> CaseStudy {
    CaseStudy {
        title: "How they began (fictional)".to_owned(),
        organisation: Some(slug("brook-bakery")),
        summary: "They offered qtrlwkz.".to_owned(),
        cohorts: vec![slug("refugees")],
        action: Some("E2".to_owned()),
        url: None,
        published_on: None,
        permission: Permission::Granted,
    }
}
