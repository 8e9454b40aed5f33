//! A small world to match and plan in: like the real one, made up, in plain calls.

mod register;

use std::sync::LazyLock;

use chrono::NaiveDate;
use pathways::{
    content::policy,
    domain::{
        freshness::Dated,
        guidance::{Citation, LibraryEntry, LibraryStatus, Section, Step, Toolkit},
        matching::{Knowledge, Policy},
        place::{Gazetteer, Outcode, Point, Town},
        register::Reference,
        slug::Slug,
        stage::Stage,
        vocabulary::{Cohort, Label, Sector, Vocabulary},
    },
};

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub fn slugs(texts: &[&str]) -> Vec<Slug> {
    texts.iter().map(|text| slug(text)).collect()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn today() -> NaiveDate {
    day(2026, 11, 23)
}

/// Dates of a text that still counts.
pub fn live() -> Dated {
    Dated { as_of: today(), review_by: day(2027, 5, 1) }
}

/// Dates of a text past its review date.
pub fn past() -> Dated {
    Dated { as_of: day(2025, 1, 10), review_by: day(2026, 5, 1) }
}

#[derive(Debug, Clone)]
pub struct World {
    pub toolkits: Vec<Toolkit>,
    pub library: Vec<LibraryEntry>,
    pub reference: Reference,
    pub gazetteer: Gazetteer,
    pub vocabulary: Vocabulary,
    pub policy: Policy,
}

/// Read and made once; a test changes its own copy.
static WORLD: LazyLock<World> = LazyLock::new(World::made);

impl World {
    pub fn new() -> Self {
        WORLD.clone()
    }

    fn made() -> Self {
        Self {
            toolkits: vec![refugees(), prison_leavers(), age_friendly()],
            library: vec![
                entry("recruiting-anyone", &[], LibraryStatus::Current),
                entry("old-refugee-guide", &["refugees"], LibraryStatus::Dated),
                entry("replaced-guide", &["refugees"], LibraryStatus::Superseded),
                entry("hiring-with-conviction", &["prison-leavers"], LibraryStatus::Current),
            ],
            reference: register::reference(),
            gazetteer: gazetteer(),
            vocabulary: vocabulary(),
            policy: policy::read(policy::OXFORDSHIRE).unwrap(),
        }
    }

    pub fn known(&self) -> Knowledge<'_> {
        Knowledge {
            toolkits: &self.toolkits,
            library: &self.library,
            reference: &self.reference,
            gazetteer: &self.gazetteer,
            vocabulary: &self.vocabulary,
            today: today(),
        }
    }
}

pub fn section(name: &str, stage: Stage, legal: bool, dates: Dated) -> Section {
    Section {
        slug: slug(name),
        title: name.replace('-', " "),
        stage,
        topics: vec![],
        audience: slugs(&["owner", "hr"]),
        summary: format!("What you need to know about {}.", name.replace('-', " ")),
        sources: strings(&["R1"]),
        official: Some("R1".into()),
        dates,
        legal,
        format: slug("guide"),
        actions: strings(&["E2"]),
        asked: vec![],
        markdown: String::new(),
        html: String::new(),
        passages: vec![],
    }
}

pub fn step(id: &str, section: &str, stage: Stage, essential: bool) -> Step {
    Step {
        id: slug(id),
        text: format!("Do {}.", id.replace('-', " ")),
        why: "It keeps you out of trouble.".into(),
        section: slug(section),
        stage,
        official: None,
        essential,
        topics: vec![],
        sizes: vec![],
        sectors: vec![],
        regulated: false,
    }
}

pub fn toolkit(cohort: &str, order: u32, sections: Vec<Section>, steps: Vec<Step>) -> Toolkit {
    Toolkit {
        slug: slug(cohort),
        title: format!("Hiring: {cohort}"),
        cohort: slug(cohort),
        summary: String::new(),
        order,
        example: None,
        dates: live(),
        sources: vec![Citation {
            id: "R1".into(),
            publisher: "Home Office".into(),
            title: "Right to work checks: an employer's guide".into(),
            url: "https://www.gov.uk/government/publications/right-to-work-checks-employers-guide"
                .into(),
            date: "2026".into(),
            official: true,
        }],
        sections,
        templates: vec![],
        steps,
    }
}

fn refugees() -> Toolkit {
    let case_study = Section {
        audience: slugs(&["board"]),
        actions: vec![],
        ..section("case-studies", Stage::MakeTheCase, false, live())
    };
    let sections = vec![
        section("right-to-work-checks", Stage::Check, true, live()),
        section("find-candidates", Stage::Attract, false, live()),
        section("first-weeks", Stage::OfferAndOnboard, false, past()),
        section("asylum-work-permission", Stage::Check, true, past()),
        case_study,
    ];
    let mut share_code = step("ask-for-share-code", "right-to-work-checks", Stage::Check, true);
    share_code.topics = slugs(&["right-to-work"]);
    let mut sponsor = step("sponsor-licence", "right-to-work-checks", Stage::Check, false);
    sponsor.sizes = vec![pathways::domain::size_band::SizeBand::Large];
    let steps = vec![
        share_code,
        sponsor,
        step("check-asylum-permission", "asylum-work-permission", Stage::Check, true),
        step("ring-a-local-partner", "find-candidates", Stage::Attract, false),
        step("buddy-and-plan", "first-weeks", Stage::OfferAndOnboard, true),
    ];
    toolkit("refugees", 1, sections, steps)
}

fn prison_leavers() -> Toolkit {
    let mut sections = vec![
        section("ask-about-convictions", Stage::Select, true, live()),
        section("day-release", Stage::Attract, false, live()),
        section("site-work", Stage::Attract, false, live()),
        section("first-weeks", Stage::OfferAndOnboard, false, live()),
    ];
    sections[1].actions = strings(&["E6"]);
    let mut site = step("book-card-test", "site-work", Stage::Attract, false);
    site.sectors = slugs(&["construction"]);
    let mut dbs = step("right-level-of-dbs", "ask-about-convictions", Stage::Check, true);
    dbs.regulated = true;
    dbs.topics = slugs(&["dbs-checks"]);
    let steps = vec![
        step("drop-the-tick-box", "ask-about-convictions", Stage::Policy, true),
        site,
        dbs,
        step("buddy-and-plan", "first-weeks", Stage::OfferAndOnboard, false),
    ];
    toolkit("prison-leavers", 2, sections, steps)
}

fn age_friendly() -> Toolkit {
    let sections = vec![section("age-neutral-adverts", Stage::Attract, false, live())];
    let steps = vec![step("rewrite-advert", "age-neutral-adverts", Stage::Attract, true)];
    toolkit("age-friendly", 3, sections, steps)
}

fn entry(name: &str, cohorts: &[&str], status: LibraryStatus) -> LibraryEntry {
    LibraryEntry {
        slug: slug(name),
        title: name.replace('-', " "),
        publisher: "A charity".into(),
        url: format!("https://example.org/{name}"),
        published: None,
        dates: live(),
        cohorts: slugs(cohorts),
        stages: vec![Stage::Attract, Stage::Select],
        topics: vec![],
        format: slug("guide"),
        audience: slugs(&["hr"]),
        jurisdiction: "United Kingdom".into(),
        status,
        status_note: None,
        summary: "A guide.".into(),
        source: "S1".into(),
        asked: vec![],
    }
}

fn gazetteer() -> Gazetteer {
    let outcode = |code: &str, town: &str, county: &str, lat, lon| Outcode {
        code: code.into(),
        town: town.into(),
        district: None,
        county: county.into(),
        centre: Point { lat, lon },
    };
    let town = |name: &str, outcode: &str| Town {
        name: name.into(),
        outcode: outcode.into(),
        aliases: vec![],
    };
    Gazetteer::new(
        vec![
            outcode("OX16", "Banbury", "Oxfordshire", 52.061, -1.337),
            outcode("OX26", "Bicester", "Oxfordshire", 51.899, -1.153),
            outcode("OX1", "Oxford", "Oxfordshire", 51.747, -1.260),
            outcode("SN1", "Swindon", "Wiltshire", 51.558, -1.781),
        ],
        vec![town("Banbury", "OX16"), town("Oxford", "OX1"), town("Bicester", "OX26")],
    )
}

fn vocabulary() -> Vocabulary {
    let label = |name: &str, label: &str| Label {
        slug: slug(name),
        label: label.into(),
        description: None,
    };
    let cohort = |name, words| Cohort { label: label(name, words), toolkit: true };
    let sector = |name, words, sic: &[&str]| Sector {
        label: label(name, words),
        sic: strings(sic),
        words: vec![],
    };
    Vocabulary {
        cohorts: vec![
            cohort("refugees", "Refugees"),
            cohort("prison-leavers", "Prison leavers"),
            cohort("age-friendly", "People over 50"),
        ],
        topics: vec![label("right-to-work", "Right to work checks"), label("dbs-checks", "DBS")],
        sectors: vec![
            sector("construction", "Construction", &["F"]),
            sector("health-and-care", "Health and care", &["Q"]),
            sector("hospitality", "Hotels, food and drink", &["I"]),
            sector("education", "Education", &["P"]),
        ],
        ..Vocabulary::default()
    }
}
