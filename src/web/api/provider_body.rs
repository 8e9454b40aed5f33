//! Providers, courses and kinds of course as they are sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Snapshot,
    domain::register::{Course, CourseType, Provider, Venue},
    web::api::parts::{LabelBody, ProvenanceBody},
};

/// Every provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvidersBody {
    /// The providers, by name.
    pub providers: Vec<ProviderBody>,
    /// How many there are.
    pub total: usize,
}

/// An organisation that teaches or trains.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderBody {
    /// Its name here.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Its page on this site.
    pub url: String,
    /// `fe-college`, `he`, `employer-led`, `adult`, `charity` or `independent`.
    pub kind: String,
    /// What it is.
    pub summary: String,
    /// Its own site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// How many courses are known.
    pub course_count: usize,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// A provider with its venues and courses.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderContentsBody {
    /// The provider.
    #[serde(flatten)]
    pub provider: ProviderBody,
    /// Where it teaches.
    pub venues: Vec<VenueBody>,
    /// What it teaches.
    pub courses: Vec<CourseBody>,
}

/// A place where a provider teaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct VenueBody {
    /// Its name within the provider.
    pub label: String,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// Outward code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcode: Option<String>,
    /// What is uncertain about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A kind of course that a provider is known to offer; not a run with a date.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseBody {
    /// Its name here.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// Who offers it.
    pub provider: ProviderLinkBody,
    /// Its kind.
    pub course_type: LabelBody,
    /// Sectors it prepares for.
    pub sectors: Vec<LabelBody>,
    /// SOC 2020 codes it prepares for.
    pub soc: Vec<String>,
    /// Who gave it its codes and how, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coding: Option<String>,
    /// Lowest level (entry is 0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_from: Option<i32>,
    /// Highest level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_to: Option<i32>,
    /// Cohorts it is made for; none for all.
    pub cohorts: Vec<LabelBody>,
    /// What it is.
    pub summary: String,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

/// A provider, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderLinkBody {
    /// Its name here.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Its page on this site.
    pub url: String,
}

/// Every kind of course.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseTypesBody {
    /// The kinds, by name.
    pub course_types: Vec<CourseTypeBody>,
    /// How many there are.
    pub total: usize,
}

/// A kind of course with its rules: T Level, Skills Bootcamp …
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseTypeBody {
    /// Its name here.
    pub slug: String,
    /// Words shown.
    pub label: String,
    /// Its page on this site.
    pub url: String,
    /// What it is.
    pub description: String,
    /// Rules worth knowing before you rely on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,
    /// Where this comes from.
    pub provenance: ProvenanceBody,
}

impl ProviderBody {
    /// A provider in a snapshot.
    pub fn new(provider: &Provider, snapshot: &Snapshot) -> Self {
        Self {
            slug: provider.slug.to_string(),
            name: provider.name.clone(),
            url: page(provider),
            kind: provider.kind.to_string(),
            summary: provider.summary.clone(),
            website: provider.website.clone(),
            course_count: provider.courses.len(),
            provenance: ProvenanceBody::new(&provider.provenance, snapshot),
        }
    }
}

impl ProviderContentsBody {
    /// A provider in a snapshot, with its venues and courses.
    pub fn new(provider: &Provider, snapshot: &Snapshot) -> Self {
        let courses = provider.courses.iter();
        Self {
            provider: ProviderBody::new(provider, snapshot),
            venues: provider.venues.iter().map(VenueBody::from).collect(),
            courses: courses.map(|one| CourseBody::new(provider, one, snapshot)).collect(),
        }
    }
}

impl CourseBody {
    /// A course of a provider in a snapshot.
    pub fn new(by: &Provider, course: &Course, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        let kind = snapshot.reference.course_type(&course.course_type);
        let kind_label = kind.map_or(course.course_type.as_str(), |kind| &kind.label);
        Self {
            slug: course.slug.to_string(),
            title: course.title.clone(),
            url: format!("/courses/{}", course.slug),
            provider: ProviderLinkBody {
                slug: by.slug.to_string(),
                name: by.name.clone(),
                url: page(by),
            },
            course_type: LabelBody::new(&course.course_type, kind_label),
            sectors: LabelBody::list(&course.sectors, |sector| words.sector_label(sector)),
            soc: course.soc.clone(),
            coding: course.coding.clone(),
            level_from: course.level_from,
            level_to: course.level_to,
            cohorts: LabelBody::list(&course.cohorts, |cohort| words.cohort_label(cohort)),
            summary: course.summary.clone(),
            provenance: ProvenanceBody::new(&course.provenance, snapshot),
        }
    }
}

impl CourseTypeBody {
    /// A kind of course in a snapshot.
    pub fn new(kind: &CourseType, snapshot: &Snapshot) -> Self {
        Self {
            slug: kind.slug.to_string(),
            label: kind.label.clone(),
            url: format!("/courses/{}", kind.slug),
            description: kind.description.clone(),
            rules: kind.rules.clone(),
            provenance: ProvenanceBody::new(&kind.provenance, snapshot),
        }
    }
}

impl From<&Venue> for VenueBody {
    fn from(venue: &Venue) -> Self {
        Self {
            label: venue.label.clone(),
            town: venue.town.clone(),
            outcode: venue.outcode.clone(),
            note: venue.note.clone(),
        }
    }
}

fn page(provider: &Provider) -> String {
    format!("/providers/{}", provider.slug)
}
