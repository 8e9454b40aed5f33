//! Checks the reference register: sources, names, and what refers to what.

use std::collections::BTreeSet;

use super::{Checker, List, demo_register, texts};
use crate::{
    content::{
        fault::Fault,
        reference::{CHARTER, DEMO, PARTNERSHIPS, PROVIDERS, SCHEMES, SOURCES, demo},
        toml_text::{At, TomlText},
    },
    domain::register::{Course, Partnership, Provenance, Provider, Reference, Scheme},
};

/// A place in one of the files.
pub(super) struct Spot<'p> {
    pub(super) text: &'p TomlText<'p>,
    pub(super) at: Vec<At<'p>>,
}

impl<'p> Spot<'p> {
    pub(super) fn key(&self, key: &'p str) -> Vec<At<'p>> {
        [self.at.as_slice(), &[At::Key(key)]].concat()
    }
}

/// Checks the register with the demonstration in it; gives the faults of the
/// form of what is invented.
pub(super) fn check(checker: &mut Checker<'_>) -> Vec<Fault> {
    let files = &checker.reference.files;
    let mut whole = checker.reference.reference.clone();
    let demo = demo(files, &mut whole);
    let text = |file: &'static str| TomlText::new(file, files.text(file).unwrap_or_default(), 0);
    let invented = text(DEMO);
    names(checker, &whole, &text(SOURCES));
    charter(checker, &whole, &text(CHARTER));
    let schemes = text(SCHEMES);
    for scheme in &whole.schemes {
        check_scheme(checker, &whole, scheme, &schemes);
    }
    let partnerships = text(PARTNERSHIPS);
    for partnership in &whole.partnerships {
        check_partnership(checker, &whole, partnership, [&partnerships, &invented]);
    }
    let providers = text(PROVIDERS);
    for provider in &whole.providers {
        let text = if provider.provenance.fictional { &invented } else { &providers };
        check_provider(checker, &whole, provider, text);
    }
    for kind in &whole.course_types {
        let at = vec![At::Key("course_types"), At::Where("slug", &kind.slug)];
        let spot = Spot { text: &providers, at };
        // What a kind of course is may be general knowledge, if the note says so.
        if kind.provenance.note.is_none() || !kind.provenance.sources.is_empty() {
            checker.provenance(&whole, &kind.provenance, &spot);
        }
        checker.prose(&spot, &[("label", &kind.label), ("description", &kind.description)]);
        checker.prose(&spot, &[("rules", kind.rules.as_deref().unwrap_or_default())]);
    }
    repeats(checker, &whole, [&schemes, &partnerships, &providers, &invented]);
    let mut faults = demo.faults;
    faults.extend(demo_register::check(checker, &whole, &demo.employers));
    faults
}

/// Source identifiers, once each.
fn names(checker: &mut Checker<'_>, whole: &Reference, text: &TomlText<'_>) {
    let mut seen = BTreeSet::new();
    for (nth, source) in whole.sources.iter().enumerate() {
        if !seen.insert(&source.id) {
            let at = [At::Key("sources"), At::Nth(nth), At::Key("id")];
            let message = format!("source {} is there twice", source.id);
            checker.faults.push(text.error(&at, "same-slug-twice", message));
        }
    }
}

/// Public names, once each in their kind; a demonstration shares the names.
fn repeats(checker: &mut Checker<'_>, whole: &Reference, texts: [&TomlText<'_>; 4]) {
    let [schemes, partnerships, providers, invented] = texts;
    let mut seen = BTreeSet::new();
    let mut note = |kind: &'static str, slug: &str, text: &TomlText<'_>, at: &[At<'_>]| {
        if !seen.insert((kind, slug.to_owned())) {
            let message = format!("the name {slug} is there twice");
            checker.faults.push(text.error(at, "same-slug-twice", message));
        }
    };
    for scheme in &whole.schemes {
        let at = [At::Key("schemes"), At::Where("slug", &scheme.slug)];
        note("scheme", &scheme.slug, schemes, &at);
    }
    for partnership in &whole.partnerships {
        let at = [At::Key("partnerships"), At::Where("slug", &partnership.slug)];
        note("partnership", &partnership.slug, partnerships, &at);
    }
    for provider in &whole.providers {
        let text = if provider.provenance.fictional { invented } else { providers };
        let at = [At::Key("providers"), At::Where("slug", &provider.slug)];
        note("provider", &provider.slug, text, &at);
        for course in &provider.courses {
            let at = [at[0], at[1], At::Key("courses"), At::Where("slug", &course.slug)];
            note("course", &course.slug, text, &at);
        }
    }
    for kind in &whole.course_types {
        let at = [At::Key("course_types"), At::Where("slug", &kind.slug)];
        note("kind of course", &kind.slug, providers, &at);
    }
}

fn charter(checker: &mut Checker<'_>, whole: &Reference, text: &TomlText<'_>) {
    let Some(charter) = &whole.charter else { return };
    let spot = Spot { text, at: vec![At::Key("charter")] };
    checker.provenance(whole, &charter.provenance, &spot);
    checker.prose(&spot, &[("name", &charter.name), ("summary", &charter.summary)]);
    let stances = charter.stances.iter().map(|(slug, _, _)| slug.as_str());
    let stances = List::strict("stance", "unknown-stance", stances);
    for (_, label, meaning) in &charter.stances {
        checker.prose(&spot, &[("stances", label), ("stances", meaning)]);
    }
    for (_, label) in &charter.focus_areas {
        checker.prose(&spot, &[("focus_areas", label)]);
    }
    let areas = charter.focus_areas.iter().map(|(slug, _)| slug.as_str());
    let areas = List::strict("focus area", "unknown-focus-area", areas);
    let (cohorts, mut codes) = (checker.cohorts(), BTreeSet::new());
    for action in &whole.actions {
        let spot = Spot { text, at: vec![At::Key("actions"), At::Where("code", &action.code)] };
        checker.look_up(&stances, [action.stance.as_str()], text, &spot.key("stance"));
        checker.look_up(&areas, [action.focus_area.as_str()], text, &spot.key("focus_area"));
        checker.look_up(&cohorts, texts(&action.cohorts), text, &spot.key("cohorts"));
        if action.evidenced || !action.provenance.sources.is_empty() {
            checker.provenance(whole, &action.provenance, &spot);
        }
        checker.prose(&spot, &[("label", &action.label), ("help", &action.help)]);
        checker.prose(&spot, &[("description", &action.description)]);
        if !codes.insert(action.code.to_lowercase()) {
            let message = format!("the action {} is there twice", action.code);
            checker.faults.push(text.error(&spot.at, "same-slug-twice", message));
        }
    }
}

fn check_scheme(
    checker: &mut Checker<'_>,
    whole: &Reference,
    scheme: &Scheme,
    text: &TomlText<'_>,
) {
    let spot = Spot { text, at: vec![At::Key("schemes"), At::Where("slug", &scheme.slug)] };
    checker.provenance(whole, &scheme.provenance, &spot);
    checker.prose(&spot, &[("summary", &scheme.summary), ("evidence_rule", &scheme.evidence_rule)]);
    checker.prose(&spot, &[("name", &scheme.name), ("what_it_proves", &scheme.what_it_proves)]);
    for (key, words) in
        [("lifetime_note", &scheme.lifetime_note), ("public_list", &scheme.public_list)]
    {
        checker.prose(&spot, &[(key, words.as_deref().unwrap_or_default())]);
    }
    for needed in &scheme.prerequisites {
        let other = whole.schemes.iter().find(|other| other.slug == needed.scheme);
        let level_known = |level: &str| {
            other.is_some_and(|other| other.levels.iter().any(|known| known.slug == *level))
        };
        if other.is_none() || !needed.level.as_deref().is_none_or(level_known) {
            let level = needed.level.as_deref().unwrap_or("any");
            let message = format!("unknown scheme \"{}\" or level \"{level}\"", needed.scheme);
            checker.faults.push(text.error(&spot.key("prerequisite"), "unknown-scheme", message));
        }
    }
}

fn check_partnership<'p>(
    checker: &mut Checker<'_>,
    whole: &Reference,
    partnership: &'p Partnership,
    [text, invented]: [&'p TomlText<'p>; 2],
) {
    let at = vec![At::Key("partnerships"), At::Where("slug", &partnership.slug)];
    let spot = Spot { text, at };
    checker.provenance(whole, &partnership.provenance, &spot);
    checker.prose(&spot, &[("name", &partnership.name), ("summary", &partnership.summary)]);
    let sectors = checker.sectors();
    checker.look_up(&sectors, texts(&partnership.sectors), text, &spot.key("sector"));
    let inner = |list: &'p str, find: At<'p>, provenance: &Provenance| {
        if provenance.fictional {
            Spot { text: invented, at: vec![At::Key(list), find] }
        } else {
            Spot { text, at: [spot.at.as_slice(), &[At::Key(list), find]].concat() }
        }
    };
    for member in &partnership.members {
        let find = At::Where("organisation", &member.organisation);
        let spot = inner("members", find, &member.provenance);
        checker.provenance(whole, &member.provenance, &spot);
    }
    let mut seen = BTreeSet::new();
    for need in &partnership.needs {
        let spot = inner("needs", At::Where("slug", &need.slug), &need.provenance);
        checker.provenance(whole, &need.provenance, &spot);
        checker.prose(&spot, &[("title", &need.title), ("description", &need.description)]);
        if !seen.insert(&need.slug) {
            let message = format!("the need {} is there twice", need.slug);
            checker.faults.push(spot.text.error(&spot.at, "same-slug-twice", message));
        }
    }
    for meeting in &partnership.meetings {
        let spot = Spot {
            text,
            at: [
                spot.at.as_slice(),
                &[At::Key("meetings"), At::Where("held_on", &meeting.held_on)],
            ]
            .concat(),
        };
        checker.sources(whole, &meeting.sources, &spot);
        checker.prose(&spot, &[("summary", meeting.summary.as_deref().unwrap_or_default())]);
    }
    for action in &partnership.actions {
        let spot = Spot {
            text,
            at: [spot.at.as_slice(), &[At::Key("actions"), At::Where("text", &action.text)]]
                .concat(),
        };
        checker.sources(whole, &action.sources, &spot);
        let status = action.status_note.as_deref().unwrap_or_default();
        checker.prose(&spot, &[("text", &action.text), ("status_note", status)]);
    }
}

fn check_provider(
    checker: &mut Checker<'_>,
    whole: &Reference,
    provider: &Provider,
    text: &TomlText<'_>,
) {
    let spot = Spot { text, at: vec![At::Key("providers"), At::Where("slug", &provider.slug)] };
    checker.provenance(whole, &provider.provenance, &spot);
    checker.prose(&spot, &[("name", &provider.name), ("summary", &provider.summary)]);
    for venue in &provider.venues {
        let note = venue.note.as_deref().unwrap_or_default();
        checker.prose(&spot, &[("venues", &venue.label), ("venues", note)]);
    }
    for course in &provider.courses {
        let find = [At::Key("courses"), At::Where("slug", &course.slug)];
        let spot = Spot { text, at: [spot.at.as_slice(), &find].concat() };
        check_course(checker, whole, (provider, course), &spot);
    }
}

fn check_course(
    checker: &mut Checker<'_>,
    whole: &Reference,
    (provider, course): (&Provider, &Course),
    spot: &Spot<'_>,
) {
    checker.provenance(whole, &course.provenance, spot);
    checker.prose(spot, &[("title", &course.title), ("summary", &course.summary)]);
    let kinds = whole.course_types.iter().map(|kind| kind.slug.as_str());
    let kinds = List::strict("kind of course", "unknown-course-type", kinds);
    let venues = provider.venues.iter().map(|venue| venue.label.as_str());
    let venues = List::strict("venue", "unknown-venue", venues);
    let (sectors, cohorts) = (checker.sectors(), checker.cohorts());
    checker.look_up(&kinds, [course.course_type.as_str()], spot.text, &spot.key("type"));
    checker.look_up(&venues, course.venue.as_deref(), spot.text, &spot.key("venue"));
    checker.look_up(&sectors, texts(&course.sectors), spot.text, &spot.key("sectors"));
    checker.look_up(&cohorts, texts(&course.cohorts), spot.text, &spot.key("cohorts"));
    if course.level_from.zip(course.level_to).is_some_and(|(from, to)| from > to) {
        let message = "level_from is above level_to";
        checker.faults.push(spot.text.error(&spot.key("level_from"), "levels", message));
    }
}

impl Checker<'_> {
    /// Notes a statement without a source, with an unknown one, or of the future.
    fn provenance(&mut self, whole: &Reference, provenance: &Provenance, spot: &Spot<'_>) {
        if !provenance.fictional {
            self.sources(whole, &provenance.sources, spot);
        }
        if provenance.as_of > self.today {
            let message = format!("as_of {} lies in the future", provenance.as_of);
            self.faults.push(spot.text.error(&spot.key("as_of"), "future-date", message));
        }
        self.prose(spot, &[("note", provenance.note.as_deref().unwrap_or_default())]);
    }

    fn sources(&mut self, whole: &Reference, sources: &[String], spot: &Spot<'_>) {
        if sources.is_empty() {
            let message = "the statement names no source";
            self.faults.push(spot.text.error(&spot.key("sources"), "no-source", message));
        }
        let known = whole.sources.iter().map(|source| source.id.as_str());
        let known = List::strict("source", "unknown-source", known);
        let listed = sources.iter().map(String::as_str);
        self.look_up(&known, listed, spot.text, &spot.key("sources"));
    }

    pub(super) fn prose(&mut self, spot: &Spot<'_>, texts: &[(&str, &str)]) {
        for (key, words) in texts {
            let at = [spot.at.as_slice(), &[At::Key(key)]].concat();
            self.read_over(words, spot.text, &at);
        }
    }
}
