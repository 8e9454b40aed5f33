//! The rules for invented needs and courses: what they name exists, and the rules of the
//! API's forms hold.

use super::Demonstration;
use crate::{
    content::check::{Checker, List, texts},
    domain::register::rules,
};

pub(super) fn check(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    needs(checker, demonstration);
    courses(checker, demonstration);
}

fn needs(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let (cohorts, organisations) = (checker.cohorts(), demonstration.organisations());
    let forums = demonstration.whole.partnerships.iter().map(|known| known.slug.as_str());
    let forums = List::strict("partnership", "unknown-partnership", forums);
    for seed in &demonstration.register.needs {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let (body, text) = (&seed.draft.body, spot.text);
        checker.look_up(&forums, [body.partnership.as_str()], text, &spot.key("partnership"));
        checker.look_up(
            &organisations,
            body.organisation.as_deref(),
            text,
            &spot.key("organisation"),
        );
        checker.look_up(&cohorts, texts(&body.cohorts), text, &spot.key("cohorts"));
        let words = body.description.as_deref().unwrap_or_default();
        checker.prose(&spot, &[("title", &body.title), ("description", words)]);
        for fault in rules::faults(&seed.draft, checker.today) {
            checker.demand(&spot, &fault.field, (fault.code, Err(fault.message.clone())));
        }
    }
}

fn courses(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let (cohorts, whole) = (checker.cohorts(), demonstration.whole);
    let providers = whole.providers.iter().map(|known| known.slug.as_str());
    let providers = List::strict("provider", "unknown-provider", providers);
    let types = whole.course_types.iter().map(|known| known.slug.as_str());
    let types = List::strict("type of course", "unknown-course-type", types);
    for seed in &demonstration.register.courses {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let (body, text) = (&seed.draft.body, spot.text);
        checker.look_up(&providers, [body.provider.as_str()], text, &spot.key("provider"));
        checker.look_up(&types, [body.course_type.as_str()], text, &spot.key("course_type"));
        checker.look_up(&cohorts, texts(&body.cohorts), text, &spot.key("cohorts"));
        for venue in &body.venues {
            checker.known_outcode(&spot, venue.postcode.as_deref());
        }
        checker.prose(&spot, &[("title", &body.title), ("summary", &body.summary)]);
        for fault in rules::faults(&seed.draft, checker.today) {
            checker.demand(&spot, &fault.field, (fault.code, Err(fault.message.clone())));
        }
    }
}
