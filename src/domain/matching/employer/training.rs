//! Courses around a partnership: which belong to it, how far they are, which fit.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::{
    matching::{
        employer::common::{cohort_unknown, shared},
        knowledge::Knowledge,
        link,
        occupation::{Nearness, nearness},
        policy::Scale,
        profile::Profile,
        score::{Judgement, Portion},
    },
    place::{Point, distance_miles},
    register::{Course, Partnership, Provider, Venue},
    search::Kind,
    slug::Slug,
};

/// A course that fits an employer, beside a partnership.
#[derive(Debug, Clone, PartialEq)]
pub struct FittingCourse {
    /// Name of the course.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// Kind of course.
    pub course_type: Slug,
    /// Name of the provider, in addresses.
    pub provider: Slug,
    /// Name of the provider, as shown.
    pub provider_name: String,
    /// Great-circle miles from the employer to the nearest place it may be taught.
    pub miles: Option<f64>,
    /// Why it fits, most important first.
    pub why: Vec<String>,
    /// Where this comes from.
    pub source: Option<String>,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// A course of a partnership's sectors, or a general one by one of its members.
#[derive(Clone, Copy)]
pub(super) struct Offer<'a> {
    pub(super) provider: &'a Provider,
    pub(super) course: &'a Course,
    reach: Option<Reach>,
}

/// How far away a course is taught.
#[derive(Debug, Clone, Copy)]
struct Reach {
    miles: f64,
    /// Whether the venue is recorded, and not only where the provider has sites.
    sure: bool,
}

/// The offers of a partnership: for an occupation the employer named first, then
/// in order of name.
pub(super) fn offers<'a>(
    partnership: &Partnership,
    profile: &Profile,
    known: &Knowledge<'a>,
) -> Vec<Offer<'a>> {
    let member = |provider: &Provider| {
        let mut names = partnership.members.iter().map(|member| &member.organisation);
        names.any(|name| name.eq_ignore_ascii_case(&provider.name))
    };
    let belongs = |(provider, course): &(&Provider, &Course)| {
        !shared(&course.sectors, &partnership.sectors).is_empty()
            || (course.sectors.is_empty() && member(provider))
    };
    let here = profile.place.as_ref().map(|place| place.centre);
    let courses = known.reference.courses().filter(belongs).map(|(provider, course)| Offer {
        provider,
        course,
        reach: here.and_then(|here| reach(here, provider, course, known)),
    });
    let mut offers: Vec<Offer<'a>> = courses.collect();
    offers.sort_by_key(|offer| (Reverse(skill(profile, offer)), &offer.course.slug));
    offers
}

fn reach(
    here: Point,
    provider: &Provider,
    course: &Course,
    known: &Knowledge<'_>,
) -> Option<Reach> {
    let place = |venue: &Venue| {
        let by_code = venue.outcode.as_deref().and_then(|code| known.gazetteer.find(code));
        by_code.or_else(|| known.gazetteer.find(venue.town.as_deref()?))
    };
    let taught_at =
        |venue: &&Venue| course.venue.as_ref().is_none_or(|label| *label == venue.label);
    let venues = provider.venues.iter().filter(taught_at).filter_map(place);
    let miles = venues.map(|place| distance_miles(here, place.centre)).min_by(f64::total_cmp)?;
    Some(Reach { miles, sure: course.venue.is_some() || provider.venues.len() == 1 })
}

/// Is training for the partnership's sectors taught nearby?
pub(super) fn judge(
    offers: &[Offer<'_>],
    profile: &Profile,
    known: &Knowledge<'_>,
    scale: Scale,
) -> Judgement {
    if profile.place.is_none() {
        let to = if offers.is_empty() { Portion::Nothing } else { Portion::All };
        return place_unknown(profile, to);
    }
    if offers.is_empty() {
        let text = "We know of no course for its sectors.";
        return Judgement::unmet(text).with_gap(text);
    }
    let near = |reach: &Reach| reach.sure && reach.miles <= f64::from(scale.near_miles);
    let reached = offers.iter().filter_map(|offer| Some((offer, offer.reach?)));
    // Of equals the first counts, and the offers are in order.
    let best = reached.min_by(|(_, one), (_, other)| {
        near(other).cmp(&near(one)).then(one.miles.total_cmp(&other.miles))
    });
    let Some((offer, reach)) = best else {
        let text = "Where its courses are taught is not recorded; ask the providers.";
        return Judgement::unknown(text);
    };
    let (title, provider) = (&offer.course.title, &offer.provider.name);
    let distance = in_words(reach);
    let text = format!("The nearest training, {title} at {provider}, is {distance}.");
    let judgement = if near(&reach) {
        Judgement::met(text)
    } else if reach.miles <= f64::from(scale.far_miles) {
        Judgement::partly(text)
    } else {
        Judgement::unmet(text)
    };
    judgement.cited(known.cite(&offer.course.provenance), offer.course.provenance.as_of)
}

/// The judgement for an employer whose place is not known.
pub(super) fn place_unknown(profile: &Profile, to: Portion) -> Judgement {
    let text = match &profile.place_as_given {
        Some(given) => format!(
            "We do not know the place \"{given}\"; give an outward code such as OX16 or a town."
        ),
        None => "You have not said where you are; give an outward code such as OX16 or a town."
            .to_owned(),
    };
    Judgement::unknown(text).raised_by("Tell us where you are", to)
}

fn in_words(reach: Reach) -> String {
    let miles = if reach.miles < 1.5 {
        "about a mile away or less".to_owned()
    } else {
        format!("about {:.0} miles away", reach.miles)
    };
    if reach.sure {
        miles
    } else {
        format!("{miles} if it is taught at the provider's nearest site, which is not recorded")
    }
}

/// Is there training for a group the employer named?
pub(super) fn cohort(offers: &[Offer<'_>], profile: &Profile, known: &Knowledge<'_>) -> Judgement {
    let open = offers.iter().find(|offer| offer.course.cohorts.is_empty());
    if profile.cohorts.is_empty() {
        let made = offers.iter().any(|offer| !offer.course.cohorts.is_empty());
        return cohort_unknown(match (made, open) {
            (true, _) => Portion::All,
            (false, Some(_)) => Portion::Some,
            (false, None) => Portion::Nothing,
        });
    }
    let made = offers.iter().find(|o| !shared(&o.course.cohorts, &profile.cohorts).is_empty());
    let names = known.cohort_labels(&profile.cohorts);
    let gap = format!("We know of no course for its sectors made for: {names}.");
    match (made, open) {
        (Some(offer), _) => {
            let group = known.cohort_labels(shared(&offer.course.cohorts, &profile.cohorts));
            let (title, provider) = (&offer.course.title, &offer.provider.name);
            let text = format!("A course is made for {group}: {title} at {provider}.");
            let provenance = &offer.course.provenance;
            Judgement::met(text).cited(known.cite(provenance), provenance.as_of)
        }
        (None, Some(offer)) => {
            let (title, provider) = (&offer.course.title, &offer.provider.name);
            let text = format!("A course is open to any group: {title} at {provider}.");
            let provenance = &offer.course.provenance;
            let judgement = Judgement::partly(text).with_gap(gap);
            judgement.cited(known.cite(provenance), provenance.as_of)
        }
        (None, None) => Judgement::unmet(gap.clone()).with_gap(gap),
    }
}

/// How near a course comes to an occupation the employer named.
fn skill(profile: &Profile, offer: &Offer<'_>) -> Option<Nearness> {
    let codes = || offer.course.soc.iter();
    let wanted = profile.skills.iter();
    wanted.flat_map(|skill| codes().filter_map(|soc| nearness(&skill.soc, soc))).max()
}

/// The offers that fit what the employer said, best first.
pub(super) fn fitting(
    offers: &[Offer<'_>],
    profile: &Profile,
    known: &Knowledge<'_>,
) -> Vec<FittingCourse> {
    let skill = |offer: &Offer<'_>| skill(profile, offer);
    let group = |offer: &Offer<'_>| !shared(&offer.course.cohorts, &profile.cohorts).is_empty();
    let sector = |offer: &Offer<'_>| {
        profile.sector.as_ref().is_some_and(|sector| offer.course.sectors.contains(sector))
    };
    let miles = |offer: &Offer<'_>| offer.reach.map_or(f64::INFINITY, |reach| reach.miles);
    let rank = |o: &Offer<'_>| Reverse((skill(o), group(o), sector(o)));
    let mut fitting: Vec<Offer<'_>> =
        offers.iter().copied().filter(|o| skill(o).is_some() || group(o) || sector(o)).collect();
    fitting.sort_by(|a, b| {
        let nearer = miles(a).total_cmp(&miles(b));
        rank(a).cmp(&rank(b)).then(nearer).then(a.course.slug.cmp(&b.course.slug))
    });
    let why = |offer: &Offer<'_>| {
        let mut why = Vec::new();
        match skill(offer) {
            Some(Nearness::UnitGroup) => why.push("It trains for an occupation you named.".into()),
            Some(Nearness::MinorGroup) => {
                why.push("It trains for an occupation close to one you named.".into());
            }
            None => {}
        }
        if group(offer) {
            let group = known.cohort_labels(shared(&offer.course.cohorts, &profile.cohorts));
            why.push(format!("It is made for a group you named: {group}."));
        }
        if let Some(own) = profile.sector.as_ref().filter(|_| sector(offer)) {
            let label = known.vocabulary.sector_label(own);
            why.push(format!("It is for your sector: {label}."));
        }
        why.extend(offer.reach.map(|reach| format!("It is {}.", in_words(reach))));
        why
    };
    fitting.into_iter().map(|offer| course(offer, why(&offer), known)).collect()
}

fn course(offer: Offer<'_>, why: Vec<String>, known: &Knowledge<'_>) -> FittingCourse {
    let Offer { provider, course, reach } = offer;
    FittingCourse {
        slug: course.slug.clone(),
        title: course.title.clone(),
        url: link::page(Kind::Course, &course.slug),
        course_type: course.course_type.clone(),
        provider: provider.slug.clone(),
        provider_name: provider.name.clone(),
        miles: reach.map(|reach| reach.miles),
        why,
        source: known.cite(&course.provenance),
        as_of: course.provenance.as_of,
        fictional: course.provenance.fictional,
    }
}
