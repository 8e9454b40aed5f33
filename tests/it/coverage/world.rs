//! Needs and runs in plain calls: one of each that fit together, to be changed.

use chrono::NaiveDate;
use pathways::{
    content::policy,
    domain::{
        coverage::{Asked, Cover, Coverage, Known, Offer, judge, offers},
        matching::Policy,
        place::{Gazetteer, Outcode, Point},
        register::{
            Course, CourseDetails, CourseRun, Delivery, Need, NeedDetails, Provenance, Provider,
            Reference, Venue,
        },
        slug::Slug,
        vocabulary::{Label, Sector, Vocabulary},
    },
};

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn provenance() -> Provenance {
    Provenance { sources: Vec::new(), as_of: day(2026, 11, 1), note: None, fictional: true }
}

/// What needs are judged with: a policy, and three places some 10 and 22 miles apart.
pub struct World {
    pub policy: Policy,
    pub gazetteer: Gazetteer,
    pub vocabulary: Vocabulary,
    pub today: NaiveDate,
}

impl World {
    pub fn new() -> Self {
        let outcode = |code: &str, lat, lon| Outcode {
            code: code.to_owned(),
            town: code.to_owned(),
            district: None,
            county: "Oxfordshire".to_owned(),
            centre: Point { lat, lon },
        };
        let codes = [("OX16", 52.061, -1.337), ("OX26", 51.899, -1.153), ("OX1", 51.747, -1.260)];
        let label =
            |name: &str| Label { slug: slug(name), label: name.to_owned(), description: None };
        let sector = |name: &str, sic: &str| Sector {
            label: label(name),
            sic: vec![sic.to_owned()],
            words: Vec::new(),
        };
        let sectors = vec![sector("hospitality", "I"), sector("health-and-care", "Q")];
        Self {
            policy: policy::read(policy::OXFORDSHIRE).unwrap(),
            gazetteer: Gazetteer::new(
                codes.map(|(code, lat, lon)| outcode(code, lat, lon)).to_vec(),
                Vec::new(),
            ),
            vocabulary: Vocabulary { sectors, ..Vocabulary::default() },
            today: today(),
        }
    }

    pub fn known(&self) -> Known<'_> {
        Known {
            gazetteer: &self.gazetteer,
            vocabulary: &self.vocabulary,
            policy: &self.policy.coverage,
            today: self.today,
        }
    }

    /// The need against the first run of the provider's first course, or against the
    /// course where it has none.
    pub fn judge(&self, need: &Need, provider: &Provider) -> Cover {
        let course = &provider.courses[0];
        let run = course.details.runs.first().map(|run| (0, run));
        let offer = Offer { provider, course, run };
        judge(&Asked::of(need, self.known()), &offer, self.known())
    }

    /// The need against everything these offer.
    pub fn coverage(&self, need: &Need, providers: &[Provider]) -> Coverage {
        let reference = Reference { providers: providers.to_vec(), ..Reference::default() };
        Coverage::of(need, &offers(&reference), self.known())
    }
}

/// A need that [`provider`] meets in everything.
pub fn need() -> Need {
    Need {
        slug: slug("kitchen-assistants"),
        title: "Kitchen assistants".to_owned(),
        description: String::new(),
        soc: vec!["9263".to_owned()],
        sic: vec!["56".to_owned()],
        level_from: Some(1),
        level_to: Some(2),
        horizon: None,
        raised_on: None,
        evidence: None,
        coding: None,
        details: NeedDetails {
            headcount: Some(10),
            place: Some("OX16".to_owned()),
            travel_miles: Some(20),
            start_by: Some(day(2027, 3, 1)),
            modes: vec![Delivery::Classroom],
            ..NeedDetails::default()
        },
        provenance: provenance(),
    }
}

pub fn run() -> CourseRun {
    CourseRun {
        starts_on: Some(day(2027, 1, 12)),
        flexible_start: false,
        ends_on: Some(day(2027, 3, 16)),
        venue: None,
        mode: None,
        study_pattern: None,
        attendance: None,
        cost_pence: None,
        funding: None,
        places: Some(12),
    }
}

pub fn course(name: &str, runs: Vec<CourseRun>) -> Course {
    Course {
        slug: slug(name),
        title: "Catering".to_owned(),
        course_type: slug("short-course"),
        sectors: vec![slug("hospitality")],
        soc: vec!["9263".to_owned()],
        coding: None,
        level_from: Some(2),
        level_to: Some(3),
        cohorts: Vec::new(),
        summary: String::new(),
        venue: Some("Main".to_owned()),
        details: CourseDetails {
            delivery: Some(Delivery::Classroom),
            runs,
            ..CourseDetails::default()
        },
        asked: Vec::new(),
        provenance: provenance(),
    }
}

pub fn provider(name: &str, courses: Vec<Course>) -> Provider {
    let venue = |label: &str, outcode: &str| Venue {
        label: label.to_owned(),
        town: None,
        outcode: Some(outcode.to_owned()),
        note: None,
    };
    Provider {
        slug: slug(name),
        name: format!("{name} (fictional)"),
        kind: slug("adult"),
        summary: String::new(),
        website: None,
        venues: vec![venue("Main", "OX26"), venue("Far", "OX1")],
        courses,
        provenance: provenance(),
    }
}

/// A provider of one course with these runs.
pub fn with_runs(runs: Vec<CourseRun>) -> Provider {
    provider("school", vec![course("catering", runs)])
}
