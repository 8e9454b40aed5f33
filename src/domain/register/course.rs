//! A provider's course with its runs, as the partnership keeps it.

use chrono::NaiveDate;

use crate::domain::{
    place::outward_code,
    register::{Body, Course, Draft, Provenance, Provider, Record, RecordKind, Venue},
    slug::Slug,
};

words! {
    /// How a course is taught.
    Delivery {
        /// In a room.
        Classroom = "classroom", "In a classroom";
        /// At a distance.
        Online = "online", "Online";
        /// At an employer's.
        WorkBased = "work-based", "Work based";
        /// Partly in a room, partly at a distance.
        Blended = "blended", "Blended";
    }
}

words! {
    /// How much of a week a run takes.
    StudyPattern {
        /// All of it.
        FullTime = "full-time", "Full time";
        /// A part of it.
        PartTime = "part-time", "Part time";
        /// As the learner likes.
        Flexible = "flexible", "Flexible";
    }
}

words! {
    /// When in a week a run is attended.
    Attendance {
        /// By day.
        Daytime = "daytime", "Daytime";
        /// In the evening.
        Evening = "evening", "Evening";
        /// At weekends.
        Weekend = "weekend", "Weekend";
        /// A day, or some weeks, away from work.
        Release = "day-or-block-release", "Day or block release";
    }
}

/// A course of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCourse {
    /// The provider.
    pub provider: Slug,
    /// Title.
    pub title: String,
    /// Its [`CourseType`](crate::domain::register::CourseType).
    pub course_type: Slug,
    /// What it is.
    pub summary: String,
    /// How it is taught, where said.
    pub delivery: Option<Delivery>,
    /// Sectors it prepares for.
    pub sectors: Vec<Slug>,
    /// SOC 2020 unit groups it prepares for, four digits each.
    pub soc: Vec<String>,
    /// Who gave it its codes and how, in words.
    pub coding: Option<String>,
    /// Lowest level (entry is 0), to 8.
    pub level_from: Option<i32>,
    /// Highest level, to 8.
    pub level_to: Option<i32>,
    /// Cohorts it is made for; empty for all.
    pub cohorts: Vec<Slug>,
    /// What a learner must bring.
    pub entry_requirements: Option<String>,
    /// Where to read more or apply.
    pub url: Option<String>,
    /// Where it is held; empty for any of its provider's places.
    pub venues: Vec<CourseVenue>,
    /// When it is held.
    pub runs: Vec<CourseRun>,
    /// How people ask for it.
    pub asked: Vec<String>,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

/// A place where a course is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseVenue {
    /// Name within the course.
    pub label: String,
    /// Postcode or outward code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
}

/// A course as it is held once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseRun {
    /// The first day; absent if it starts whenever a learner likes.
    pub starts_on: Option<NaiveDate>,
    /// Whether it starts whenever a learner likes.
    pub flexible_start: bool,
    /// The last day, where said.
    pub ends_on: Option<NaiveDate>,
    /// Label of its venue, where it has one.
    pub venue: Option<String>,
    /// How it is taught, where that differs from the course.
    pub mode: Option<Delivery>,
    /// How much of a week it takes, where said.
    pub study_pattern: Option<StudyPattern>,
    /// When it is attended, where said.
    pub attendance: Option<Attendance>,
    /// What a learner pays, in pence; 0 for nothing, absent if not said.
    pub cost_pence: Option<i64>,
    /// Who else pays, in words.
    pub funding: Option<String>,
    /// How many learners it can take, at least one; absent if not said.
    pub places: Option<i32>,
}

/// What is kept of a course beside what can be published of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CourseDetails {
    /// How it is taught, where said.
    pub delivery: Option<Delivery>,
    /// What a learner must bring.
    pub entry_requirements: Option<String>,
    /// Where to read more or apply.
    pub url: Option<String>,
    /// When it is held.
    pub runs: Vec<CourseRun>,
}

impl CourseRun {
    /// Whether a learner can still join it on a day, as far as its dates tell.
    pub fn is_to_come(&self, today: NaiveDate) -> bool {
        self.flexible_start && self.ends_on.is_none_or(|last| today <= last)
            || self.starts_on.is_some_and(|first| today <= first)
    }
}

impl Body for KeptCourse {
    const KIND: RecordKind = RecordKind::Course;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.provider.as_str(), self.title.as_str()])
    }
}

impl KeptCourse {
    /// A course of the reference data as a record.
    pub fn published(course: &Course, by: &Provider) -> Draft<Self> {
        let said = &course.provenance;
        let at = by.venues.iter().filter(|venue| course.venue.as_ref() == Some(&venue.label));
        let body = Self {
            provider: by.slug.clone(),
            title: course.title.clone(),
            course_type: course.course_type.clone(),
            summary: course.summary.clone(),
            delivery: None,
            sectors: course.sectors.clone(),
            soc: course.soc.clone(),
            coding: course.coding.clone(),
            level_from: course.level_from,
            level_to: course.level_to,
            cohorts: course.cohorts.clone(),
            entry_requirements: None,
            url: None,
            venues: at.map(CourseVenue::from).collect(),
            runs: Vec::new(),
            asked: course.asked.clone(),
            sources: said.sources.clone(),
            note: said.note.clone(),
        };
        said.draft(course.slug.clone(), body)
    }

    /// The record as a course of its provider.
    pub fn course(record: &Record<Self>) -> Course {
        let body = &record.body;
        let only = match body.venues.as_slice() {
            [venue] => Some(venue.label.clone()),
            _ => None,
        };
        Course {
            slug: record.slug.clone(),
            title: body.title.clone(),
            course_type: body.course_type.clone(),
            sectors: body.sectors.clone(),
            soc: body.soc.clone(),
            coding: body.coding.clone(),
            level_from: body.level_from,
            level_to: body.level_to,
            cohorts: body.cohorts.clone(),
            summary: body.summary.clone(),
            venue: only,
            details: CourseDetails {
                delivery: body.delivery,
                entry_requirements: body.entry_requirements.clone(),
                url: body.url.clone(),
                runs: body.runs.clone(),
            },
            asked: body.asked.clone(),
            provenance: Provenance::of(record, &body.sources, body.note.as_deref()),
        }
    }
}

impl From<&Venue> for CourseVenue {
    fn from(venue: &Venue) -> Self {
        let Venue { label, town, outcode, note: _ } = venue.clone();
        Self { label, postcode: outcode, town }
    }
}

impl From<&CourseVenue> for Venue {
    fn from(venue: &CourseVenue) -> Self {
        let CourseVenue { label, postcode, town } = venue.clone();
        Self { label, town, outcode: postcode.as_deref().and_then(outward_code), note: None }
    }
}
