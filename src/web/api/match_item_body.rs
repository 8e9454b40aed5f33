//! What each list of a match has of its own: guidance, partnerships, actions.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        guidance::LibraryStatus,
        matching::{
            Hit, Link,
            employer::{
                FittingAction, FittingCourse, FittingMember, FittingNeed, FittingPartnership,
                HelpingSection, Resource,
            },
        },
        slug::Slug,
    },
    web::api::{match_body::HitBody, search_body::is_false},
};

/// A page of somebody else.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkBody {
    /// Its title, with who published it.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// A passage or guide that fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceHitBody {
    /// The hit.
    #[serde(flatten)]
    pub hit: HitBody,
    /// Cohorts it is about; none for any.
    pub cohorts: Vec<String>,
    /// Stages it helps with.
    pub stages: Vec<&'static str>,
    /// Its format.
    pub format: String,
    /// Whether it states law.
    pub legal: bool,
    /// The official page, or the guide itself where it is somebody else's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<LinkBody>,
    /// How far a guide of others can be relied on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
}

/// A partnership that fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnershipHitBody {
    /// The hit.
    #[serde(flatten)]
    pub hit: HitBody,
    /// Sectors it is for.
    pub sectors: Vec<String>,
    /// Counties it covers.
    pub area: Vec<String>,
    /// Who runs the meetings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<String>,
    /// How often it meets, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// Its members, those to ring first in front.
    pub members: Vec<FittingMemberBody>,
    /// Needs the employer shares.
    pub needs: Vec<FittingNeedBody>,
    /// Courses around it that fit.
    pub courses: Vec<FittingCourseBody>,
}

/// A member of a partnership, and why to turn to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FittingMemberBody {
    /// The organisation's name.
    pub organisation: String,
    /// Its part in the partnership.
    pub capacity: String,
    /// Why to turn to it.
    pub why: String,
    /// Where this comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

/// A need that the employer shares.
#[derive(Debug, Serialize, ToSchema)]
pub struct FittingNeedBody {
    /// Its name within the partnership.
    pub slug: String,
    /// Short title.
    pub title: String,
    /// Why it fits.
    pub why: String,
    /// Where this comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

/// A course around a partnership that fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct FittingCourseBody {
    /// Its name here.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// Its kind.
    pub course_type: String,
    /// Who offers it, by name in addresses.
    pub provider: String,
    /// Who offers it, as shown.
    pub provider_name: String,
    /// Great-circle miles from the employer to the nearest place it may be taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub miles: Option<f64>,
    /// Why it fits, most important first.
    pub why: Vec<String>,
    /// Where this comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
}

/// A charter action that fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionHitBody {
    /// The hit.
    #[serde(flatten)]
    pub hit: HitBody,
    /// Whether the employer has pledged it already.
    pub pledged: bool,
    /// Stance it is taken from.
    pub stance: String,
    /// Focus area.
    pub focus_area: String,
    /// What to do first; advice of ours, not sourced.
    pub help: String,
    /// The unit progress is given in, where it can be a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Sections that help deliver it, nearest first.
    pub sections: Vec<HelpingSectionBody>,
}

/// A section that helps deliver an action.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpingSectionBody {
    /// `toolkit/section`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// The group it is about.
    pub cohort: String,
    /// Stage of hiring.
    pub stage: &'static str,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// The last day it may be relied on without looking again.
    pub review_by: NaiveDate,
    /// Whether it is past its review date.
    pub stale: bool,
}

impl From<Link> for LinkBody {
    fn from(link: Link) -> Self {
        Self { title: link.title, url: link.url }
    }
}

impl From<Hit<Resource>> for ResourceHitBody {
    fn from(hit: Hit<Resource>) -> Self {
        let (hit, item) = HitBody::parted(hit);
        Self {
            hit,
            cohorts: names(&item.cohorts),
            stages: item.stages.iter().map(|stage| stage.as_str()).collect(),
            format: item.format.to_string(),
            legal: item.legal,
            official: item.link.map(Into::into),
            status: item.status.map(LibraryStatus::as_str),
        }
    }
}

impl From<Hit<FittingPartnership>> for PartnershipHitBody {
    fn from(hit: Hit<FittingPartnership>) -> Self {
        let (hit, item) = HitBody::parted(hit);
        Self {
            hit,
            sectors: names(&item.sectors),
            area: item.area,
            facilitator: item.facilitator,
            cadence: item.cadence,
            members: item.members.into_iter().map(Into::into).collect(),
            needs: item.needs.into_iter().map(Into::into).collect(),
            courses: item.courses.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<FittingMember> for FittingMemberBody {
    fn from(member: FittingMember) -> Self {
        Self {
            organisation: member.organisation,
            capacity: member.capacity.to_string(),
            why: member.why,
            source: member.source,
            as_of: member.as_of,
            fictional: member.fictional,
        }
    }
}

impl From<FittingNeed> for FittingNeedBody {
    fn from(need: FittingNeed) -> Self {
        Self {
            slug: need.slug.to_string(),
            title: need.title,
            why: need.why,
            source: need.source,
            as_of: need.as_of,
            fictional: need.fictional,
        }
    }
}

impl From<FittingCourse> for FittingCourseBody {
    fn from(course: FittingCourse) -> Self {
        Self {
            slug: course.slug.to_string(),
            title: course.title,
            url: course.url,
            course_type: course.course_type.to_string(),
            provider: course.provider.to_string(),
            provider_name: course.provider_name,
            miles: course.miles.map(|miles| (miles * 10.0).round() / 10.0),
            why: course.why,
            source: course.source,
            as_of: course.as_of,
            fictional: course.fictional,
        }
    }
}

impl From<Hit<FittingAction>> for ActionHitBody {
    fn from(hit: Hit<FittingAction>) -> Self {
        let (hit, item) = HitBody::parted(hit);
        Self {
            hit,
            pledged: item.pledged,
            stance: item.stance.to_string(),
            focus_area: item.focus_area.to_string(),
            help: item.help,
            unit: item.unit,
            sections: item.sections.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<HelpingSection> for HelpingSectionBody {
    fn from(section: HelpingSection) -> Self {
        Self {
            id: section.id,
            title: section.title,
            url: section.url,
            cohort: section.cohort.to_string(),
            stage: section.stage.as_str(),
            as_of: section.as_of,
            review_by: section.review_by,
            stale: section.stale,
        }
    }
}

fn names(slugs: &[Slug]) -> Vec<String> {
    slugs.iter().map(ToString::to_string).collect()
}
