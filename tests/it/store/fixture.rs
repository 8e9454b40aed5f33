//! A reference register with something in every field, all of it invented.

use chrono::NaiveDate;
use pathways::domain::register::{
    AgreedAction, Charter, CharterAction, Course, CourseType, Meeting, Member, Need, Partnership,
    Prerequisite, Provenance, Provider, Reference, Scheme, SchemeLevel, Source, Venue,
};
use pathways::domain::slug::Slug;

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub fn slugs(names: &[&str]) -> Vec<Slug> {
    names.iter().map(|name| slug(name)).collect()
}

pub fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub fn provenance(sources: &[&str]) -> Provenance {
    Provenance {
        sources: words(sources),
        as_of: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
        note: (sources.len() > 1).then(|| "The sources differ about the date.".to_owned()),
        fictional: sources.is_empty(),
    }
}

pub fn source(id: &str) -> Source {
    Source {
        id: id.to_owned(),
        title: format!("Invented publication {id}"),
        publisher: Some("Example Press".to_owned()),
        url: Some(format!("https://example.org/{id}")),
        published: Some("spring 2026".to_owned()),
        uncertain: id == "S3",
    }
}

pub fn action(code: &str, stance: &str, focus_area: &str) -> CharterAction {
    CharterAction {
        code: code.to_owned(),
        stance: slug(stance),
        focus_area: slug(focus_area),
        label: format!("Action {code}"),
        description: "Offer work trials — \"try before you apply\".".to_owned(),
        help: "Start with one team.".to_owned(),
        measurable: code != "E10",
        unit: (code != "E10").then(|| "work trials".to_owned()),
        evidenced: code == "E2",
        cohorts: slugs(&["prison-leavers", "refugees"]),
        asked: words(&["work trial", "try out"]),
        provenance: provenance(&["S2", "S1"]),
    }
}

pub fn prerequisite(scheme: &str, level: Option<&str>) -> Prerequisite {
    Prerequisite {
        scheme: slug(scheme),
        level: level.map(slug),
        note: level.map(|level| format!("Held for a year: {level}.")),
    }
}

pub fn scheme(name: &str, public: &str) -> Scheme {
    let level = |name: &str, order| SchemeLevel {
        slug: slug(name),
        label: name.into(),
        order,
        lifetime_months: (order == 3).then_some(60),
    };
    Scheme {
        slug: slug(public),
        name: name.to_owned(),
        kind: slug("award"),
        owner: "An Example Office".to_owned(),
        summary: "Given to employers that say what they do.".to_owned(),
        levels: vec![level("silver", 2), level("bronze", 1), level("gold", 3)],
        evidence_rule: "A statement, once a year.".to_owned(),
        lifetime_months: Some(36),
        lifetime_note: None,
        prerequisites: vec![prerequisite(public, Some("bronze")), prerequisite("bee", None)],
        public_list: Some("Names only, once a year.".to_owned()),
        what_it_proves: "That a statement was sent.".to_owned(),
        provenance: provenance(&["S2"]),
    }
}

pub fn need(name: &str) -> Need {
    Need {
        slug: slug(name),
        title: format!("Need {name}"),
        description: "People who can lead a shift; nights as well.".to_owned(),
        soc: words(&["6135", "1232"]),
        sic: words(&["87"]),
        level_from: Some(0),
        level_to: Some(3),
        horizon: Some(slug("1y")),
        raised_on: Some("autumn 2026".to_owned()),
        evidence: Some("Said in two meetings.".to_owned()),
        coding: (name == "night-care").then(|| "ours".to_owned()),
        details: pathways::domain::register::NeedDetails::default(),
        provenance: provenance(&["S3"]),
    }
}

pub fn partnership(name: &str, public: &str) -> Partnership {
    let member = |organisation: &str, capacity: &str| Member {
        organisation: organisation.to_owned(),
        capacity: slug(capacity),
        provenance: provenance(&["S1"]),
    };
    let agreed = |text: &str, status: Option<&str>| AgreedAction {
        text: text.to_owned(),
        status_note: status.map(str::to_owned),
        sources: words(&["S3"]),
    };
    let meeting = |day: &str, place: Option<&str>| Meeting {
        held_on: day.to_owned(),
        place: place.map(str::to_owned),
        summary: Some("Needs for the winter.".to_owned()),
        sources: words(&["S3", "S1"]),
    };
    Partnership {
        slug: slug(public),
        name: name.to_owned(),
        sectors: slugs(&["health-and-care", "hospitality"]),
        area: words(&["Oxfordshire", "Berkshire"]),
        facilitator: Some("Example Chamber".to_owned()),
        cadence: None,
        summary: "Meets about care work: naïve questions welcome.".to_owned(),
        members: vec![
            member("Zebra Care Ltd", "employer"),
            member("Example College", "provider"),
            member("Example College", "host"),
        ],
        needs: vec![need("shift-leads"), need("night-care")],
        meetings: vec![meeting("2026-11", Some("Banbury")), meeting("2026-05-12", None)],
        actions: vec![agreed("Ring the colleges", None), agreed("A taster day", Some("Held."))],
        asked: words(&["who meets about care", "care forum"]),
        provenance: provenance(&["S1", "S3"]),
    }
}

pub fn course(name: &str, venue: Option<&str>) -> Course {
    Course {
        slug: slug(name),
        title: format!("Course {name}"),
        course_type: slug("swap"),
        sectors: slugs(&["hospitality"]),
        soc: words(&["5434"]),
        coding: venue.map(|_| "ours".to_owned()),
        level_from: Some(1),
        level_to: None,
        cohorts: slugs(&["refugees"]),
        summary: "Three weeks in a kitchen.".to_owned(),
        venue: venue.map(str::to_owned),
        details: pathways::domain::register::CourseDetails::default(),
        asked: words(&["kitchen training"]),
        provenance: provenance(&["S2"]),
    }
}

pub fn provider(name: &str, public: &str, courses: Vec<Course>) -> Provider {
    let venue = |label: &str, outcode: Option<&str>| Venue {
        label: label.to_owned(),
        town: Some("Banbury".to_owned()),
        outcode: outcode.map(str::to_owned),
        note: outcode.map(|_| "As far as is known.".to_owned()),
    };
    Provider {
        slug: slug(public),
        name: name.to_owned(),
        kind: slug("fe-college"),
        summary: "Teaches cookery.".to_owned(),
        website: Some(format!("https://{public}.example")),
        venues: vec![venue("North", Some("OX16")), venue("Annexe", None)],
        courses,
        provenance: provenance(&["S1"]),
    }
}

pub fn course_type(label: &str, public: &str) -> CourseType {
    CourseType {
        slug: slug(public),
        label: label.to_owned(),
        description: "A short course with an interview at the end.".to_owned(),
        rules: Some("For people on some benefits only.".to_owned()),
        asked: words(&["pre-employment", "interview at the end"]),
        provenance: provenance(&["S2"]),
    }
}

pub fn charter() -> Charter {
    let area = |name: &str| (slug(name), format!("Area {name}"));
    let stance = |name: &str| (slug(name), format!("As {name}"), "What you can do.".to_owned());
    Charter {
        slug: slug("example-charter"),
        name: "Example Charter".to_owned(),
        summary: "A menu of things to do.".to_owned(),
        version: "2".to_owned(),
        launched_on: NaiveDate::from_ymd_opt(2024, 2, 29),
        focus_areas: vec![area("place"), area("inclusive-employment")],
        stances: vec![stance("supplier"), stance("employer"), stance("buyer")],
        provenance: provenance(&["S1"]),
    }
}

/// In the order in which it is loaded; the names tell apart the orders of bytes,
/// of a language and of case.
pub fn rich() -> Reference {
    Reference {
        sources: ["S1", "S2", "S3", "S10"].map(source).to_vec(),
        charter: Some(charter()),
        actions: vec![
            action("E2", "employer", "inclusive-employment"),
            action("E10", "employer", "inclusive-employment"),
            action("S1", "supplier", "place"),
        ],
        schemes: vec![
            scheme("Bee Award", "bee"),
            scheme("ant award", "ant"),
            scheme("Über Award", "uber"),
        ],
        partnerships: vec![partnership("Care", "care"), partnership("building", "building")],
        providers: vec![
            provider("College", "college", vec![course("kitchen", Some("North"))]),
            provider("Trust", "trust", vec![course("bakery", None), course("barista", None)]),
        ],
        course_types: vec![course_type("Academy", "swap"), course_type("taster", "taster")],
        ..Reference::default()
    }
}
