//! Invented organisations with their sites, contacts and recognitions.

use super::{
    Seed,
    entry::{Entry, Head},
    raw::{RawContact, RawOrganisation, RawRecognition, RawSite},
};
use crate::{
    content::toml_text::At,
    domain::{
        register::{
            Audience, Channel, CheckResult, ContactRoute, Identifier, Organisation,
            OrganisationKind, Publication, Recognition, Site,
        },
        size_band::SizeBand,
    },
};

pub(super) fn organisation(
    raw: RawOrganisation,
    entry: &mut Entry<'_>,
) -> Option<Seed<Organisation>> {
    let kinds = (OrganisationKind::ALL, OrganisationKind::as_str as fn(_) -> _);
    let kind = match raw.kind {
        Some(kind) => entry.word(("kind", &kind), kinds)?,
        None => OrganisationKind::Employer,
    };
    let states = (Publication::ALL, Publication::as_str as fn(_) -> _);
    let publication = match raw.publication {
        Some(state) => entry.word(("publication", &state), states)?,
        None => Publication::Published,
    };
    let (mut contacts, mut recognitions) = (Vec::new(), Vec::new());
    for (nth, raw) in raw.contacts.into_iter().enumerate() {
        contacts.extend(contact(raw, &mut entry.inner(&[At::Key("contacts"), At::Nth(nth)])));
    }
    for (nth, raw) in raw.recognitions.into_iter().enumerate() {
        let mut inner = entry.inner(&[At::Key("recognitions"), At::Nth(nth)]);
        recognitions.extend(recognition(raw, &mut inner));
    }
    let mut sites = Vec::new();
    for (nth, raw) in raw.sites.into_iter().enumerate() {
        sites.push(site(raw, &mut entry.inner(&[At::Key("sites"), At::Nth(nth)])));
    }
    let identifiers = raw.identifiers.into_iter();
    let body = Organisation {
        name: raw.name,
        aliases: raw.aliases,
        kind,
        sector: entry.some_slug("sector", raw.sector),
        sic: raw.sic,
        size_band: entry
            .some_word(("size_band", raw.size_band), (&SizeBand::ALL, SizeBand::as_str)),
        anchor: raw.anchor,
        description: raw.description,
        website: entry.some_url("website", raw.website),
        publication,
        do_not_contact: raw.do_not_contact,
        identifiers: identifiers.map(|raw| Identifier { scheme: raw.scheme, id: raw.id }).collect(),
        sites,
        contacts,
        recognitions,
    };
    let slug = Some(raw.slug);
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

fn site(raw: RawSite, entry: &mut Entry<'_>) -> Site {
    Site {
        label: raw.label,
        address: raw.address,
        postcode: entry.some_outcode("postcode", raw.postcode),
        town: raw.town,
        district: raw.district,
        transport_note: raw.transport_note,
    }
}

fn contact(raw: RawContact, entry: &mut Entry<'_>) -> Option<ContactRoute> {
    Some(ContactRoute {
        audience: entry.word(("audience", &raw.audience), (Audience::ALL, Audience::as_str))?,
        role_title: raw.role,
        channel: entry.word(("channel", &raw.channel), (Channel::ALL, Channel::as_str))?,
        value: raw.value,
        verified_on: entry.some_day("verified", raw.verified),
        expires_after_days: raw.expires_after_days,
    })
}

fn recognition(raw: RawRecognition, entry: &mut Entry<'_>) -> Option<Recognition> {
    let results = (CheckResult::ALL, CheckResult::as_str as fn(_) -> _);
    Some(Recognition {
        scheme: entry.slug("scheme", &raw.scheme)?,
        level: entry.some_slug("level", raw.level.map(|level| level.0)),
        awarded_on: entry.some_day("awarded", raw.awarded),
        expires_on: entry.some_day("expires", raw.expires),
        evidence_url: entry.some_url("evidence_url", raw.evidence_url),
        last_checked_on: entry.some_day("checked", raw.checked),
        check: match raw.check {
            Some(check) => entry.word(("check", &check), results)?,
            None => CheckResult::Unchecked,
        },
    })
}
