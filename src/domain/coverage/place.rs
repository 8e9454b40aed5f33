//! Whether a learner can get to where a run is taught: in a straight line, from the
//! need's place.

use crate::domain::{
    coverage::{Asked, Known, Offer, judge::Finding},
    place::{Point, distance_miles},
    register::{Delivery, Venue},
};

/// Whether a learner can get there, and how many miles it is where that is known.
pub(super) fn place(
    asked: &Asked<'_>,
    offer: &Offer<'_>,
    known: Known<'_>,
) -> (Finding, Option<f64>) {
    let details = &asked.need.details;
    let Some(given) = &details.place else {
        return (Finding::met("The need names no place."), None);
    };
    match offer.mode() {
        Some(Delivery::Online) => {
            return (Finding::met("It is taught online: nobody has to travel."), None);
        }
        Some(Delivery::WorkBased) => {
            return (Finding::met("It is taught at the employer's."), None);
        }
        Some(Delivery::Classroom | Delivery::Blended) | None => {}
    }
    let Some(here) = &asked.here else {
        let text = format!("We do not know the place \"{given}\" that the need names.");
        let change = "Give the need an outward code such as OX16, or a town.";
        return (Finding::unknown(text).changed_by(change), None);
    };
    let there = venues(offer, here.centre, known);
    let nearest = there.iter().flatten().copied().min_by(f64::total_cmp);
    let Some(nearest) = nearest else {
        let text = "Where it is taught is not recorded.";
        let change = format!("Ask {} where it is taught.", offer.provider.name);
        return (Finding::unknown(text).changed_by(change), None);
    };
    (reach(&there, nearest, details.travel_miles, (&here.name, offer, known)), Some(nearest))
}

fn reach(
    there: &[Option<f64>],
    nearest: f64,
    limit: Option<i32>,
    (here, offer, known): (&str, &Offer<'_>, Known<'_>),
) -> Finding {
    let away = in_words(nearest);
    let Some(limit) = limit else {
        return Finding::met(format!(
            "It is taught {away} from {here}, and the need sets no limit."
        ));
    };
    let most = f64::from(limit);
    let within = |miles: &Option<f64>| miles.map(|miles| miles <= most);
    if there.iter().all(|miles| within(miles) == Some(true)) {
        return Finding::met(format!("It is taught {away} from {here}, within {limit}."));
    }
    if there.iter().any(|miles| within(miles) != Some(false)) {
        let text = format!(
            "At which of its provider's places it is taught is not recorded; the nearest known \
             is {away} from {here}."
        );
        let change = format!("Ask {} at which of its places it is taught.", offer.provider.name);
        return Finding::unknown(text).changed_by(change);
    }
    let text = format!("It is taught {away} from {here}, further than the {limit} asked for.");
    let change = format!("A venue within {limit} miles of {here}, or teaching online.");
    let further = most * f64::from(known.policy.scale.further_percent) / 100.0;
    let found = if nearest <= further { Finding::partly(text) } else { Finding::unmet(text) };
    found.changed_by(change)
}

/// How far the places are at which it may be taught; `None` for one that is not known.
/// Empty if no place is recorded at all.
fn venues(offer: &Offer<'_>, here: Point, known: Known<'_>) -> Vec<Option<f64>> {
    let run = offer.run.and_then(|(_, run)| run.venue.as_ref());
    let label = run.or(offer.course.venue.as_ref());
    let taught_at = |venue: &&Venue| label.is_none_or(|label| *label == venue.label);
    let place = |venue: &Venue| {
        let by_code = venue.outcode.as_deref().and_then(|code| known.gazetteer.find(code));
        by_code.or_else(|| known.gazetteer.find(venue.town.as_deref()?))
    };
    let miles = |venue| place(venue).map(|place| distance_miles(here, place.centre));
    offer.provider.venues.iter().filter(taught_at).map(miles).collect()
}

/// A distance in words; outward codes are miles wide, so no more than whole miles.
pub(super) fn in_words(miles: f64) -> String {
    if miles < 1.5 { "about a mile or less".to_owned() } else { format!("about {miles:.0} miles") }
}
