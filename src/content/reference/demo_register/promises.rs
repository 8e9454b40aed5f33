//! Invented signatures of the charter and the pledges made with them.

use super::{
    Seed,
    entry::{Entry, Head},
    raw::{RawPledge, RawSignature, RawUpdate},
};
use crate::{
    content::{fault::unknown, toml_text::At},
    domain::{
        register::{Commitment, Draft, Pledge, Progress, Signature, Update, last_day_of_year_from},
        slug::Slug,
    },
};

/// A year under the charter: from a day, or from the day after another year's last.
pub(super) fn signature(
    raw: RawSignature,
    known: &[Seed<Signature>],
    entry: &mut Entry<'_>,
) -> Option<Seed<Signature>> {
    let starts_on = match (raw.starts, raw.follows) {
        (Some(starts), None) => entry.day("starts", &starts)?,
        (None, Some(before)) => {
            let before = named(("follows", &before), known, entry)?;
            before.draft.body.ends_on.succ_opt()?
        }
        _ => {
            let message = "a year needs either starts or follows".to_owned();
            entry.fault("slug", "no-first-day", message);
            return None;
        }
    };
    let body = Signature {
        organisation: entry.slug("organisation", &raw.organisation)?,
        charter: entry.slug("charter", &raw.charter)?,
        charter_version: raw.charter_version.0,
        starts_on,
        ends_on: last_day_of_year_from(starts_on),
        agreed_on: entry.some_day("agreed", raw.agreed),
        signed_on: entry.some_day("signed", raw.signed),
        published_on: entry.some_day("published", raw.published),
        approval_route: raw.approval_route,
    };
    let slug = Some(raw.slug);
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

/// A pledge; what does not say who said it was said with the signature.
pub(super) fn pledge(
    raw: RawPledge,
    known: &[Seed<Signature>],
    entry: &mut Entry<'_>,
) -> Option<Seed<Pledge>> {
    let year = named(("signature", &raw.signature), known, entry)?;
    let mut updates = Vec::new();
    for (nth, raw) in raw.updates.into_iter().enumerate() {
        updates.extend(update(raw, &mut entry.inner(&[At::Key("updates"), At::Nth(nth)])));
    }
    let body = Pledge {
        signature: year.draft.name(),
        organisation: year.draft.body.organisation.clone(),
        action: raw.action,
        stance: entry.slug("stance", &raw.stance)?,
        commitment: entry
            .word(("commitment", &raw.commitment), (Commitment::ALL, Commitment::as_str))?,
        text: raw.text,
        target: raw.target,
        baseline: raw.baseline,
        unit: raw.unit,
        owner_role: raw.owner_role,
        confirmed_on: entry.some_day("pledge_confirmed", raw.pledge_confirmed),
        evidenced_on: entry.some_day("evidenced", raw.evidenced),
        evidence_url: entry.some_url("evidence_url", raw.evidence_url),
        updates,
    };
    let Some(said) = raw.said else {
        let confirmed_on = entry.some_day("confirmed", raw.confirmed);
        let ended = raw.ended.and_then(|raw| entry.ended(raw));
        let slug = entry.some_slug("slug", raw.slug);
        let said = year.draft.said.clone();
        return Some(Seed::new(Draft { slug, said, fictional: true, body }, confirmed_on, ended));
    };
    let head = Head { slug: raw.slug, said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

fn update(raw: RawUpdate, entry: &mut Entry<'_>) -> Option<Update> {
    Some(Update {
        on: entry.day("on", &raw.on)?,
        progress: entry.word(("progress", &raw.progress), (Progress::ALL, Progress::as_str))?,
        value: raw.value,
        narrative: raw.narrative,
        evidence_url: entry.some_url("evidence_url", raw.evidence_url),
        published: raw.published,
    })
}

/// The signature of that name.
fn named<'s>(
    (key, name): (&str, &str),
    known: &'s [Seed<Signature>],
    entry: &mut Entry<'_>,
) -> Option<&'s Seed<Signature>> {
    let found = known.iter().find(|year| year.draft.name() == *name);
    if found.is_none() {
        let names: Vec<_> = known.iter().map(|year| year.draft.name()).collect();
        let names = names.iter().map(Slug::as_str);
        entry.fault(key, "unknown-signature", unknown("signature", name, names));
    }
    found
}
