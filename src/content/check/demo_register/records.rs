//! The rules for what invented organisations sign, pledge, say and offer, and for
//! what is told of them.

use std::collections::BTreeMap;

use super::Demonstration;
use crate::{
    content::{
        check::{Checker, List, reference::Spot, texts},
        reference::Seed,
    },
    domain::{
        register::{OffenceStance, Opening, Pledge, Posture, Signature},
        slug::Slug,
    },
};

pub(super) fn check(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let register = demonstration.register;
    signatures(checker, demonstration);
    for seed in &register.pledges {
        let Some(spot) = demonstration.spot(seed) else { continue };
        pledge(checker, &spot, (seed, demonstration));
    }
    for seed in &register.postures {
        let Some(spot) = demonstration.spot(seed) else { continue };
        posture(checker, &spot, &seed.draft.body);
    }
    for seed in &register.openings {
        let Some(spot) = demonstration.spot(seed) else { continue };
        opening(checker, &spot, (&seed.draft.body, demonstration));
    }
    events(checker, demonstration);
    case_studies(checker, demonstration);
    introductions(checker, demonstration);
    meetings(checker, demonstration);
    agreed(checker, demonstration);
}

fn signatures(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let charter = demonstration.whole.charter.iter();
    let charters = List::strict("charter", "unknown-charter", charter.map(|c| c.slug.as_str()));
    let mut earlier: BTreeMap<&Slug, Vec<&Signature>> = BTreeMap::new();
    for seed in &demonstration.register.signatures {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let body = &seed.draft.body;
        checker.look_up(&charters, [body.charter.as_str()], spot.text, &spot.key("charter"));
        let days = [("agreed", body.agreed_on), ("signed", body.signed_on)];
        checker.past(&spot, &days);
        checker.in_order(&spot, &[days[0], days[1], ("published", body.published_on)]);
        let others = earlier.entry(&body.organisation).or_default();
        let clash = others.iter().find(|other| body.overlaps(other));
        let apart = clash.map_or(Ok(()), |other| {
            Err(format!("the year overlaps one that begins on {}", other.starts_on))
        });
        checker.demand(&spot, "slug", ("years-overlap", apart));
        others.push(body);
    }
}

fn pledge(
    checker: &mut Checker<'_>,
    spot: &Spot<'_>,
    (seed, demonstration): (&Seed<Pledge>, &Demonstration<'_>),
) {
    let body = &seed.draft.body;
    let actions = checker.actions();
    checker.look_up(&actions, body.action.as_deref(), spot.text, &spot.key("action"));
    let stances = demonstration.whole.charter.iter().flat_map(|charter| &charter.stances);
    let stances = stances.map(|(slug, _, _)| slug.as_str());
    let stances = List::strict("stance", "unknown-stance", stances);
    checker.look_up(&stances, [body.stance.as_str()], spot.text, &spot.key("stance"));
    let declared = ("said", Some(seed.draft.said.on));
    let steps = [("pledge_confirmed", body.confirmed_on), ("evidenced", body.evidenced_on)];
    checker.past(spot, &steps);
    checker.in_order(spot, &[declared, steps[0], steps[1]]);
    let mut updates = vec![declared];
    updates.extend(body.updates.iter().map(|update| ("updates", Some(update.on))));
    checker.past(spot, &updates);
    checker.in_order(spot, &updates);
    checker.prose(spot, &[("text", &body.text)]);
    checker.prose(spot, &[("owner_role", body.owner_role.as_deref().unwrap_or_default())]);
    for update in &body.updates {
        checker.prose(spot, &[("updates", update.narrative.as_deref().unwrap_or_default())]);
        if let Some(url) = &update.evidence_url {
            checker.example(spot, "updates", url);
        }
    }
    if let Some(url) = &body.evidence_url {
        checker.example(spot, "evidence_url", url);
    }
}

fn posture(checker: &mut Checker<'_>, spot: &Spot<'_>, body: &Posture) {
    let cohorts = checker.cohorts();
    checker.look_up(&cohorts, [body.cohort.as_str()], spot.text, &spot.key("cohort"));
    let prose = [("conditions", &body.conditions), ("broker_note", &body.broker_note)];
    for (key, words) in prose {
        checker.prose(spot, &[(key, words.as_deref().unwrap_or_default())]);
    }
    if let Some(offences) = &body.offences {
        let listed = offences.stance == OffenceStance::Listed;
        let fits = if listed == offences.groups.is_empty() {
            Err("groups stand with the stance listed, and only there".to_owned())
        } else {
            Ok(())
        };
        checker.demand(spot, "offences", ("groups", fits));
        checker.prose(spot, &[("offences", offences.note.as_deref().unwrap_or_default())]);
    }
    if let Some(role) = body.disclosure.as_ref().and_then(|told| told.talk_to_role.as_deref()) {
        checker.prose(spot, &[("disclosure", role)]);
    }
}

fn opening(
    checker: &mut Checker<'_>,
    spot: &Spot<'_>,
    (body, demonstration): (&Opening, &Demonstration<'_>),
) {
    let cohorts = checker.cohorts();
    checker.look_up(&cohorts, texts(&body.cohorts), spot.text, &spot.key("cohorts"));
    let drafts = demonstration.register.organisations.iter().map(|seed| &seed.draft);
    let sites = drafts.filter(|draft| draft.name() == body.organisation);
    let labels = sites.flat_map(|draft| &draft.body.sites).map(|site| site.label.as_str());
    let labels = List::strict("site", "unknown-site", labels);
    checker.look_up(&labels, body.site.as_deref(), spot.text, &spot.key("site"));
    let pay = body.pay.and_then(|pay| Some((pay.from_pence, pay.to_pence?)));
    let rising = match pay {
        Some((from, to)) if from > to => Err("pay falls from one end to the other".to_owned()),
        _ => Ok(()),
    };
    checker.demand(spot, "pay", ("pay-reversed", rising));
    checker.prose(spot, &[("title", &body.title)]);
    for (key, words) in [("description", &body.description), ("essentials", &body.essentials)] {
        checker.prose(spot, &[(key, words.as_deref().unwrap_or_default())]);
    }
}

fn events(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let cohorts = checker.cohorts();
    for seed in &demonstration.register.events {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let body = &seed.draft.body;
        checker.look_up(&cohorts, texts(&body.cohorts), spot.text, &spot.key("cohorts"));
        checker.known_outcode(&spot, body.postcode.as_deref());
        let ordered = if body.ends_at.is_some_and(|end| end < body.starts_at) {
            Err("the end lies before the start".to_owned())
        } else {
            Ok(())
        };
        checker.demand(&spot, "to", ("dates-reversed", ordered));
        checker.prose(&spot, &[("title", &body.title), ("summary", &body.summary)]);
        if let Some(url) = &body.url {
            checker.example(&spot, "link", url);
        }
    }
}

fn case_studies(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let (cohorts, actions) = (checker.cohorts(), checker.actions());
    for seed in &demonstration.register.case_studies {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let body = &seed.draft.body;
        checker.look_up(&cohorts, texts(&body.cohorts), spot.text, &spot.key("cohorts"));
        checker.look_up(&actions, body.action.as_deref(), spot.text, &spot.key("action"));
        checker.past(&spot, &[("published", body.published_on)]);
        checker.prose(&spot, &[("title", &body.title), ("summary", &body.summary)]);
        if let Some(url) = &body.url {
            checker.example(&spot, "link", url);
        }
    }
}

fn introductions(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let (cohorts, organisations) = (checker.cohorts(), demonstration.organisations());
    let partnerships = demonstration.partnerships();
    for seed in &demonstration.register.introductions {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let body = &seed.draft.body;
        let text = spot.text;
        checker.look_up(&organisations, body.other.as_deref(), text, &spot.key("other"));
        checker.look_up(&partnerships, body.partnership.as_deref(), text, &spot.key("partnership"));
        checker.look_up(&cohorts, body.cohort.as_deref(), text, &spot.key("cohort"));
        checker.prose(&spot, &[("reference", body.reference.as_deref().unwrap_or_default())]);
        let out = body.outcomes;
        let counts = [out.interviewed, out.offered, out.started, out.kept_13_weeks];
        let counted = if counts.into_iter().flatten().any(|count| count < 0) {
            Err("a count cannot be below 0".to_owned())
        } else {
            Ok(())
        };
        checker.demand(&spot, "outcomes", ("below-zero", counted));
    }
}

fn meetings(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let cohorts = checker.cohorts();
    let partnerships = demonstration.partnerships();
    for seed in &demonstration.register.meetings {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let body = &seed.draft.body;
        let forum = Some(body.partnership.as_str());
        checker.look_up(&partnerships, forum, spot.text, &spot.key("partnership"));
        let groups = body.agenda.iter().filter_map(|item| item.cohort.as_deref());
        checker.look_up(&cohorts, groups, spot.text, &spot.key("agenda"));
        checker.known_outcode(&spot, body.postcode.as_deref());
        let ordered = match (body.starts, body.ends) {
            (Some(starts), Some(ends)) if ends <= starts => {
                Err("the end is not after the start".to_owned())
            }
            _ => Ok(()),
        };
        checker.demand(&spot, "to", ("dates-reversed", ordered));
        checker.prose(&spot, &[("summary", body.summary.as_deref().unwrap_or_default())]);
        for item in &body.agenda {
            checker.prose(&spot, &[("agenda", &item.topic)]);
        }
        if let Some(url) = &body.link {
            checker.example(&spot, "link", url);
        }
    }
}

fn agreed(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let (partnerships, owners) = (demonstration.partnerships(), demonstration.organisations());
    let register = demonstration.register;
    let meetings = register.meetings.iter().filter_map(|seed| seed.draft.slug.as_deref());
    let meetings = List::strict("meeting", "unknown-meeting", meetings);
    for seed in &register.agreed {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let (body, text) = (&seed.draft.body, spot.text);
        let forum = Some(body.partnership.as_str());
        checker.look_up(&partnerships, forum, text, &spot.key("partnership"));
        checker.look_up(&owners, body.owner.as_deref(), text, &spot.key("owner"));
        checker.look_up(&meetings, body.meeting.as_deref(), text, &spot.key("meeting"));
        checker.past(&spot, &[("done", body.done_on)]);
        let note = body.status_note.as_deref().unwrap_or_default();
        checker.prose(&spot, &[("text", &body.text), ("status_note", note)]);
    }
}
