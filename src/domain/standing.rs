//! Standing searches: a need without anything personal, and whether what an employer says
//! in public fits it.
//!
//! A feed's address is a weaker secret than a token, so only what everybody may read is
//! looked at: what an employer told brokers has no part in it, neither in what is told nor
//! in whether it is told.

use chrono::NaiveDate;

use crate::domain::{
    place::{Point, distance_miles},
    register::{
        Base, Hours, Opening, OpeningState, Organisation, Pattern, Posture, Publication, Record,
        SelectionOffer, Stance, WorkType,
    },
    slug::Slug,
};

/// A token may have so many standing searches at a time.
pub const MOST_SEARCHES: usize = 50;

/// What is looked for. There is no place in it for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The group.
    pub cohort: Slug,
    /// An outward code to be near.
    pub place: Option<String>,
    /// How near, in miles; anywhere if absent.
    pub within_miles: Option<u32>,
    /// Any of these sectors; all if there is none.
    pub sectors: Vec<Slug>,
    /// An opening of any of these kinds of work.
    pub work_types: Vec<WorkType>,
    /// At any of these times.
    pub patterns: Vec<Pattern>,
    /// With so many hours.
    pub hours: Option<Hours>,
    /// Done there.
    pub base: Option<Base>,
    /// All of this offered in choosing people.
    pub wants: Vec<SelectionOffer>,
}

/// What an employer says in public.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The employer.
    pub organisation: &'a Record<Organisation>,
    /// Its postures that are public.
    pub postures: &'a [Record<Posture>],
    /// Its openings, each with the places left where that is known.
    pub openings: &'a [(Record<Opening>, Option<i32>)],
    /// Where its sites are, as far as known.
    pub points: &'a [Point],
}

/// Why an employer fits, in sentences that a person can check.
pub type Why = Vec<String>;

/// Whether what an employer says in public on a day fits a need, and why.
///
/// `from` is where the need's place is. What is not stated does not fit: a feed tells of
/// what was said, and a match by hand asks about the rest.
pub fn fits(
    need: &Need,
    facts: &Facts<'_>,
    (from, today): (Option<Point>, NaiveDate),
) -> Option<Why> {
    let body = &facts.organisation.body;
    let shown = body.publication == Publication::Published
        && facts.organisation.ended.as_ref().is_none_or(|ending| today < ending.on);
    let sector = need.sectors.is_empty()
        || body.sector.as_ref().is_some_and(|sector| need.sectors.contains(sector));
    if !shown || body.do_not_contact || !sector {
        return None;
    }
    let posture = welcoming(need, facts, today);
    let openings: Vec<_> = facts
        .openings
        .iter()
        .filter(|(opening, _)| suits(need, opening, today))
        .filter(|(opening, _)| posture.is_some() || opening.body.cohorts.contains(&need.cohort))
        .collect();
    let asks_for_work = !need.work_types.is_empty()
        || !need.patterns.is_empty()
        || need.hours.is_some()
        || need.base.is_some();
    let offered = need.wants.is_empty() || posture.is_some();
    if !offered || (openings.is_empty() && (asks_for_work || posture.is_none())) {
        return None;
    }
    let anywhere = openings
        .iter()
        .any(|(opening, _)| opening.body.national || opening.body.base == Some(Base::Remote));
    let near = near(need, facts.points, from);
    if need.place.is_some() && need.within_miles.is_some() && near.is_none() && !anywhere {
        return None;
    }
    let mut why = Vec::new();
    why.extend(posture.map(said));
    why.extend(near.map(|miles| format!("It has a site about {miles:.0} miles away.")));
    if !need.sectors.is_empty() {
        why.extend(body.sector.as_ref().map(|sector| format!("It works in {sector}.")));
    }
    why.extend(openings.into_iter().map(|(opening, left)| on_offer(opening, *left)));
    Some(why)
}

/// The public posture towards the group that welcomes it and offers all that is wanted.
fn welcoming<'a>(need: &Need, facts: &Facts<'a>, today: NaiveDate) -> Option<&'a Record<Posture>> {
    facts.postures.iter().find(|posture| {
        let body = &posture.body;
        let welcomes =
            matches!(body.stance, Stance::ActivelyRecruits | Stance::Open | Stance::CaseByCase);
        let released = body.day_release.is_some_and(|release| release.accepts);
        let offers = |wanted: &SelectionOffer| {
            body.offers.contains(wanted) || (*wanted == SelectionOffer::DayRelease && released)
        };
        body.public
            && posture.counts_on(today)
            && body.cohort == need.cohort
            && welcomes
            && need.wants.iter().all(offers)
    })
}

/// Whether an opening is open and is of the work that is looked for.
fn suits(need: &Need, opening: &Record<Opening>, today: NaiveDate) -> bool {
    let body = &opening.body;
    let open = body.state(opening.ended.as_ref(), today) == OpeningState::Open;
    let kind = need.work_types.is_empty() || need.work_types.contains(&body.work_type);
    let times = need.patterns.is_empty()
        || need.patterns.iter().any(|pattern| body.patterns.contains(pattern));
    let hours = need.hours.is_none() || need.hours == body.hours;
    let base = need.base.is_none() || need.base == body.base;
    let group = body.cohorts.is_empty() || body.cohorts.contains(&need.cohort);
    open && opening.counts_on(today) && kind && times && hours && base && group
}

/// How far the nearest site is, if that is near enough.
fn near(need: &Need, points: &[Point], from: Option<Point>) -> Option<f64> {
    let from = from?;
    let miles = points.iter().map(|point| distance_miles(from, *point));
    let nearest = miles.fold(f64::INFINITY, f64::min);
    let most = need.within_miles.map_or(f64::INFINITY, f64::from);
    (nearest.is_finite() && nearest <= most).then_some(nearest)
}

fn said(posture: &Record<Posture>) -> String {
    let body = &posture.body;
    let stance = body.stance.label().to_lowercase();
    let mut parts =
        vec![format!("It says of {}: {stance}, said on {}", body.cohort, day(posture.said.on))];
    parts.extend(posture.confirmed_on.map(|on| format!(", confirmed on {}", day(on))));
    parts.push(".".to_owned());
    if !body.offers.is_empty() {
        let offers: Vec<&str> = body.offers.iter().map(|offer| offer.label()).collect();
        parts.push(format!(" It offers: {}.", offers.join(", ")));
    }
    parts.extend(body.conditions.as_ref().map(|text| format!(" Conditions: {text}")));
    parts.concat()
}

fn on_offer(opening: &Record<Opening>, left: Option<i32>) -> String {
    let body = &opening.body;
    let until = body.closes_on.map(|last| format!(" until {}", day(last)));
    let places = match left {
        Some(0) => "no place left".to_owned(),
        Some(1) => "1 place left".to_owned(),
        Some(left) => format!("{left} places left"),
        None => "number of places not known".to_owned(),
    };
    let (title, kind) = (&body.title, body.work_type.label());
    format!("\"{title}\" ({kind}) is open{}, {places}.", until.unwrap_or_default())
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
