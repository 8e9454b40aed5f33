//! Members and needs of a partnership that matter to an employer, with why.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::{
    matching::{
        employer::training::FittingCourse,
        knowledge::Knowledge,
        occupation::{Nearness, nearness, sic_section},
        profile::Profile,
    },
    register::{Member, Need, Partnership},
    slug::Slug,
};

/// A member of a partnership, and why to turn to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittingMember {
    /// The organisation's name.
    pub organisation: String,
    /// Its part in the partnership.
    pub capacity: Slug,
    /// Why to turn to it.
    pub why: String,
    /// Where this comes from.
    pub source: Option<String>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// A need voiced in a partnership that the employer shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittingNeed {
    /// Name, unique in the partnership.
    pub slug: Slug,
    /// Short title.
    pub title: String,
    /// Why it fits.
    pub why: String,
    /// Where this comes from.
    pub source: Option<String>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// All members, those to ring first in front.
pub(super) fn members(
    partnership: &Partnership,
    courses: &[FittingCourse],
    known: &Knowledge<'_>,
) -> Vec<FittingMember> {
    let mut ranked: Vec<(u8, FittingMember)> = partnership
        .members
        .iter()
        // Whoever has left is nobody to ring.
        .filter(|member| member.to.is_none_or(|last| known.today <= last))
        .map(|member| {
            let (rank, why) = reason(member, courses);
            let provenance = &member.provenance;
            let fitting = FittingMember {
                organisation: member.organisation.clone(),
                capacity: member.capacity.clone(),
                why,
                source: known.cite(provenance),
                as_of: provenance.as_of,
                fictional: provenance.fictional,
            };
            (rank, fitting)
        })
        .collect();
    ranked.sort_by(|(a, one), (b, other)| {
        let names = |member: &FittingMember| (member.organisation.clone(), member.capacity.clone());
        a.cmp(b).then_with(|| names(one).cmp(&names(other)))
    });
    ranked.into_iter().map(|(_, member)| member).collect()
}

fn reason(member: &Member, courses: &[FittingCourse]) -> (u8, String) {
    let name = &member.organisation;
    let own = courses.iter().filter(|course| course.provider_name.eq_ignore_ascii_case(name));
    let titles: Vec<&str> = own.map(|course| course.title.as_str()).collect();
    if member.capacity == *"facilitator" {
        return (0, "It runs the partnership: the first to ring.".to_owned());
    }
    if member.capacity == *"champion" {
        return (1, "It has spoken for the employers in it.".to_owned());
    }
    if !titles.is_empty() {
        return (2, format!("It teaches courses that fit: {}.", titles.join("; ")));
    }
    match member.capacity.as_str() {
        "employer" => (3, "An employer that has taken part.".to_owned()),
        "host" => (3, "It has hosted a meeting.".to_owned()),
        "provider" => (4, "A training provider that has taken part.".to_owned()),
        _ => (5, "It has taken part as a partner.".to_owned()),
    }
}

/// How near a need comes to what the employer said; the first is the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Sector,
    Skill(Nearness),
}

/// The needs that the employer shares, nearest first.
pub(super) fn needs(
    partnership: &Partnership,
    profile: &Profile,
    known: &Knowledge<'_>,
) -> Vec<FittingNeed> {
    let mut fitting: Vec<(Fit, &Need)> = partnership
        .needs
        .iter()
        .filter_map(|need| Some((fit(need, profile, known)?, need)))
        .collect();
    fitting.sort_by_key(|(fit, need)| (Reverse(*fit), need.slug.clone()));
    let shown = |(fit, need): (Fit, &Need)| FittingNeed {
        slug: need.slug.clone(),
        title: need.title.clone(),
        why: match fit {
            Fit::Skill(Nearness::UnitGroup) => "It is about an occupation you named.".to_owned(),
            Fit::Skill(Nearness::MinorGroup) => {
                "It is about an occupation close to one you named.".to_owned()
            }
            Fit::Sector => "It was voiced about your sector.".to_owned(),
        },
        source: known.cite(&need.provenance),
        as_of: need.provenance.as_of,
        fictional: need.provenance.fictional,
    };
    fitting.into_iter().map(shown).collect()
}

fn fit(need: &Need, profile: &Profile, known: &Knowledge<'_>) -> Option<Fit> {
    let skills = profile.skills.iter();
    let pairs =
        skills.flat_map(|skill| need.soc.iter().filter_map(|soc| nearness(&skill.soc, soc)));
    let sector = || profile.sector.as_ref().is_some_and(|own| in_sector(need, own, known));
    pairs.max().map(Fit::Skill).or_else(|| sector().then_some(Fit::Sector))
}

/// Whether an industry of the need lies in a SIC section of the sector.
pub(super) fn in_sector(need: &Need, sector: &Slug, known: &Knowledge<'_>) -> bool {
    let entry = known.vocabulary.sectors.iter().find(|entry| entry.label.slug == *sector);
    let sections = entry.map_or(&[][..], |entry| entry.sic.as_slice());
    let letters = need.sic.iter().filter_map(|code| sic_section(code));
    letters.into_iter().any(|letter| {
        sections.iter().any(|section| section.trim().eq_ignore_ascii_case(&letter.to_string()))
    })
}
