//! `demo.toml`: invented providers, members and needs for a demonstration.
//!
//! Everything from here is marked `fictional`, whatever the file says; an entry
//! that does not say so itself is refused, so that nothing true is marked by
//! mistake.

use super::{
    DEMO,
    raw::{RawDemo, RawDemoMember, RawDemoNeed, RawNeed, RawProvider},
    read,
    records::{need, outcode, provider},
};
use crate::{
    content::{
        fault::{Fault, unknown},
        files::Files,
        load::sorted,
        toml_text::{At, TomlText, Values},
    },
    domain::{
        register::{Member, Provenance, Reference},
        slug::Slug,
    },
};

/// What a demonstration added.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// Invented employers among the members, for whoever makes organisations of them.
    pub employers: Vec<DemoEmployer>,
    /// Everything wrong with the file.
    pub faults: Vec<Fault>,
}

/// An invented employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoEmployer {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// The partnership it belongs to.
    pub partnership: Slug,
    /// Its sector.
    pub sector: Option<Slug>,
    /// Its town.
    pub town: Option<String>,
    /// Outward code of its site.
    pub outcode: Option<String>,
}

/// Adds what the folder's `demo.toml` invents to the register.
pub fn demo(files: &Files, reference: &mut Reference) -> Demo {
    let mut demo = Demo::default();
    read(files, DEMO, &mut demo.faults, |text, raw: RawDemo, faults| {
        for (nth, raw) in raw.providers.into_iter().enumerate() {
            add_provider(text, nth, raw, reference, faults);
        }
        reference.providers.sort_by(|a, b| a.name.cmp(&b.name));
        for (nth, raw) in raw.members.into_iter().enumerate() {
            let mut values = Values::of(text, &[At::Key("members"), At::Nth(nth)], faults);
            demo.employers.extend(add_member(raw, reference, &mut values));
        }
        for (nth, raw) in raw.needs.into_iter().enumerate() {
            let mut values = Values::of(text, &[At::Key("needs"), At::Nth(nth)], faults);
            add_need(raw, reference, &mut values);
        }
    });
    demo.faults = sorted(demo.faults, files);
    demo
}

fn add_provider(
    text: &TomlText<'_>,
    nth: usize,
    raw: RawProvider,
    reference: &mut Reference,
    faults: &mut Vec<Fault>,
) {
    let at = [At::Key("providers"), At::Nth(nth)];
    let owned_up = raw.fictional && raw.courses.iter().all(|course| course.fictional);
    if !owned_up {
        refuse(&mut Values::of(text, &at, faults), "slug");
        return;
    }
    let course_notes: Vec<_> = raw.courses.iter().map(|raw| raw.source_note.clone()).collect();
    let note = raw.source_note.clone();
    let Some(mut provider) = provider(text, nth, raw, faults) else { return };
    invented(&mut provider.provenance, note);
    for (course, note) in provider.courses.iter_mut().zip(course_notes) {
        invented(&mut course.provenance, note);
    }
    reference.providers.push(provider);
}

fn add_member(
    raw: RawDemoMember,
    reference: &mut Reference,
    values: &mut Values<'_>,
) -> Option<DemoEmployer> {
    if !raw.fictional {
        refuse(values, "slug");
        return None;
    }
    let (slug, capacity) =
        (values.slug("slug", &raw.slug)?, values.slug("capacity", &raw.capacity)?);
    let sector = raw.sector.and_then(|sector| values.slug("sector", &sector));
    let code = raw.outcode.and_then(|code| outcode("outcode", &code, values));
    let as_of = values.day("as_of", &raw.as_of)?;
    let from = raw.from.and_then(|day| values.day("from", &day));
    let to = raw.to.and_then(|day| values.day("to", &day));
    let partnership = partnership(&raw.partnership, reference, values)?;
    let provenance =
        Provenance { sources: Vec::new(), as_of, note: raw.source_note, fictional: true };
    let is_employer = capacity == "employer";
    let name = raw.organisation.clone();
    partnership.members.push(Member {
        organisation: raw.organisation,
        slug: None,
        capacity,
        from,
        to,
        provenance,
    });
    let partnership = partnership.slug.clone();
    is_employer.then_some(DemoEmployer {
        slug,
        name,
        partnership,
        sector,
        town: raw.town,
        outcode: code,
    })
}

fn add_need(raw: RawDemoNeed, reference: &mut Reference, values: &mut Values<'_>) {
    if !raw.fictional {
        refuse(values, "slug");
        return;
    }
    let Some(partnership) = partnership(&raw.partnership, reference, values) else { return };
    let plain = RawNeed {
        slug: raw.slug,
        title: raw.title,
        description: raw.description,
        soc: raw.soc,
        sic: raw.sic,
        level_from: raw.level_from,
        level_to: raw.level_to,
        horizon: raw.horizon,
        raised_on: raw.raised_on,
        evidence: raw.evidence,
        coding: raw.coding,
        sources: Vec::new(),
        as_of: raw.as_of,
        note: None,
    };
    if let Some(mut need) = need(plain, values) {
        invented(&mut need.provenance, raw.source_note);
        partnership.needs.push(need);
    }
}

fn partnership<'r>(
    name: &str,
    reference: &'r mut Reference,
    values: &mut Values<'_>,
) -> Option<&'r mut crate::domain::register::Partnership> {
    let found = reference.partnerships.iter().position(|partnership| partnership.slug == *name);
    if found.is_none() {
        let known = reference.partnerships.iter().map(|partnership| partnership.slug.as_str());
        values.fault("partnership", "unknown-partnership", unknown("partnership", name, known));
    }
    reference.partnerships.get_mut(found?)
}

fn invented(provenance: &mut Provenance, note: Option<String>) {
    provenance.fictional = true;
    provenance.sources.clear();
    if note.is_some() {
        provenance.note = note;
    }
}

fn refuse(values: &mut Values<'_>, key: &str) {
    let message = "what stands in demo.toml must say fictional = true".to_owned();
    values.fault(key, "not-fictional", message);
}
