//! The register of the small world: a charter, schemes, partnerships and providers.

use chrono::NaiveDate;
use pathways::domain::register::{
    Charter, CharterAction, Course, Member, Need, Partnership, Provenance, Provider, Reference,
    Scheme, SchemeLevel, Source, Venue,
};

use super::{day, slug, slugs, strings, today};

fn from(source: &str, as_of: NaiveDate) -> Provenance {
    Provenance { sources: vec![source.into()], as_of, note: None, fictional: false }
}

pub fn reference() -> Reference {
    let source = |id: &str| Source {
        id: id.into(),
        title: format!("Note {id}"),
        publisher: Some("Chamber".into()),
        url: None,
        published: None,
        uncertain: false,
    };
    Reference {
        sources: vec![source("S1"), source("S2")],
        charter: Some(Charter {
            slug: slug("charter"),
            name: "Charter".into(),
            summary: String::new(),
            version: "2023".into(),
            launched_on: None,
            focus_areas: vec![],
            stances: vec![(slug("buyer"), "As a buyer".into(), String::new())],
            provenance: from("S1", day(2024, 7, 30)),
        }),
        actions: vec![
            action("E1", "employer", &["disabled-people"]),
            action("E2", "employer", &[]),
            action("E6", "employer", &[]),
            action("B1", "buyer", &[]),
            action("I1", "individual", &[]),
        ],
        schemes: vec![scheme("disability-confident", true), scheme("ban-the-box", false)],
        partnerships: vec![
            partnership("care", "health-and-care", &[need("care-english", "6135", "87")]),
            partnership("construction", "construction", &[need("decorators", "5323", "43")]),
            partnership("hospitality", "hospitality", &[need("image", "", "56")]),
        ],
        providers: providers(),
        course_types: vec![],
        ..Reference::default()
    }
}

fn action(code: &str, stance: &str, cohorts: &[&str]) -> CharterAction {
    CharterAction {
        code: code.into(),
        stance: slug(stance),
        focus_area: slug("inclusive-employment"),
        label: format!("Action {code}"),
        description: "A promise.".into(),
        help: "Start small.".into(),
        measurable: false,
        unit: None,
        evidenced: code != "B1",
        cohorts: slugs(cohorts),
        asked: vec![],
        provenance: from("S1", today()),
    }
}

fn scheme(name: &str, levels: bool) -> Scheme {
    let level = |name: &str, label: &str, order| SchemeLevel {
        slug: slug(name),
        label: label.into(),
        order,
        lifetime_months: None,
    };
    let levels =
        if levels { vec![level("2", "Employer", 2), level("1", "Committed", 1)] } else { vec![] };
    Scheme {
        slug: slug(name),
        name: name.replace('-', " "),
        kind: slug("pledge"),
        owner: "Its owner".into(),
        summary: String::new(),
        levels,
        evidence_rule: String::new(),
        lifetime_months: None,
        lifetime_note: None,
        prerequisites: vec![],
        public_list: None,
        what_it_proves: String::new(),
        provenance: from("S2", day(2025, 4, 22)),
    }
}

fn need(name: &str, soc: &str, sic: &str) -> Need {
    Need {
        slug: slug(name),
        title: name.replace('-', " "),
        description: String::new(),
        soc: if soc.is_empty() { vec![] } else { vec![soc.into()] },
        sic: vec![sic.into()],
        level_from: None,
        level_to: None,
        horizon: None,
        raised_on: None,
        evidence: None,
        coding: None,
        details: pathways::domain::register::NeedDetails::default(),
        provenance: from("S2", day(2025, 10, 9)),
    }
}

fn partnership(name: &str, sector: &str, needs: &[Need]) -> Partnership {
    let member = |organisation: &str, capacity: &str| Member {
        organisation: organisation.into(),
        capacity: slug(capacity),
        provenance: from("S2", day(2025, 2, 6)),
    };
    Partnership {
        slug: slug(name),
        name: format!("{name} partnership"),
        sectors: slugs(&[sector]),
        area: strings(&["Oxfordshire", "Berkshire"]),
        facilitator: Some("The Chamber".into()),
        cadence: Some("quarterly".into()),
        summary: "It meets.".into(),
        members: vec![
            member("A Builder Ltd", "employer"),
            member("Town College", "provider"),
            member("The Chamber", "facilitator"),
        ],
        needs: needs.to_vec(),
        meetings: vec![],
        actions: vec![],
        asked: vec![],
        provenance: from("S2", day(2025, 10, 9)),
    }
}

fn providers() -> Vec<Provider> {
    let venue = |label: &str, town: &str, outcode: Option<&str>| Venue {
        label: label.into(),
        town: Some(town.into()),
        outcode: outcode.map(Into::into),
        note: None,
    };
    let provider = |name: &str, title: &str, venues: Vec<Venue>, courses: Vec<Course>| Provider {
        slug: slug(name),
        name: title.into(),
        kind: slug("fe-college"),
        summary: String::new(),
        website: None,
        venues,
        courses,
        provenance: from("S1", day(2025, 5, 8)),
    };
    vec![
        provider(
            "town-college",
            "Town College",
            vec![venue("Bicester", "Bicester", Some("OX26")), venue("Oxford", "Oxford", None)],
            vec![
                course("plumbing", &["construction"], &["5315"], &[], Some("Bicester")),
                course("site-card", &["construction"], &["9121"], &["prison-leavers"], None),
                course("evening-classes", &[], &[], &[], None),
            ],
        ),
        provider(
            "care-school",
            "Care School",
            vec![venue("Main", "Oxford", Some("OX1"))],
            vec![course("care-start", &["health-and-care"], &["6135"], &["age-friendly"], None)],
        ),
    ]
}

fn course(
    name: &str,
    sectors: &[&str],
    soc: &[&str],
    cohorts: &[&str],
    venue: Option<&str>,
) -> Course {
    Course {
        slug: slug(name),
        title: name.replace('-', " "),
        course_type: slug("short-course"),
        sectors: slugs(sectors),
        soc: strings(soc),
        coding: None,
        level_from: None,
        level_to: None,
        cohorts: slugs(cohorts),
        summary: String::new(),
        venue: venue.map(Into::into),
        details: pathways::domain::register::CourseDetails::default(),
        asked: vec![],
        provenance: from("S1", day(2025, 1, 1)),
    }
}
