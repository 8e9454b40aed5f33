//! Checks the invented register: what it names exists, its days are in order, it is
//! marked as fictional, and nobody real can be reached by it.

mod organisations;
mod records;
mod reserved;
mod training;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Checker, List, reference::Spot};
use crate::{
    content::{
        fault::Fault,
        readability::{AGE_OVER_GRADE, HIGHEST_GRADE, grade},
        reference::{DemoEmployer, DemoRegister, Origin, Seed, demo_register, list_of},
        toml_text::{At, TomlText},
    },
    domain::{
        register::{Body, RecordKind, Reference},
        slug::Slug,
    },
};

/// What the records are looked up in.
struct Demonstration<'d> {
    register: &'d DemoRegister,
    whole: &'d Reference,
    texts: BTreeMap<&'d str, TomlText<'d>>,
}

/// Checks the invented register against the rest, which has the demonstration in it;
/// gives the faults of its form.
pub(super) fn check(
    checker: &mut Checker<'_>,
    whole: &Reference,
    employers: &[DemoEmployer],
) -> Vec<Fault> {
    let files = &checker.reference.files;
    let (register, faults) = demo_register(files, checker.today);
    let texts = files.iter().map(|(path, text)| (path, TomlText::new(path, text, 0)));
    let texts = texts.filter(|(path, _)| path.starts_with("demo")).collect();
    let demonstration = Demonstration { register: &register, whole, texts };
    demonstration.headers(checker);
    organisations::check(checker, &demonstration);
    records::check(checker, &demonstration);
    training::check(checker, &demonstration);
    demonstration.members(checker, employers);
    demonstration.reading_age(checker);
    faults
}

impl<'d> Demonstration<'d> {
    /// The place of a record, for what is said about it.
    fn spot<T: Body>(&self, seed: &Seed<T>) -> Option<Spot<'_>> {
        self.place(T::KIND, &seed.origin)
    }

    fn place(&self, kind: RecordKind, origin: &Origin) -> Option<Spot<'_>> {
        let text = self.texts.get(origin.file.as_str())?;
        Some(Spot { text, at: vec![At::Key(list_of(kind)), At::Nth(origin.nth)] })
    }

    /// The names of the organisations.
    fn organisations(&self) -> List<'d> {
        let drafts = self.register.organisations.iter().map(|seed| &seed.draft);
        let known = drafts.filter_map(|draft| draft.slug.as_deref());
        List::strict("organisation", "unknown-organisation", known)
    }

    /// What every record carries.
    fn headers(&self, checker: &mut Checker<'_>) {
        let register = self.register;
        self.header_of(&register.organisations, checker);
        self.header_of(&register.signatures, checker);
        self.header_of(&register.pledges, checker);
        self.header_of(&register.postures, checker);
        self.header_of(&register.openings, checker);
        self.header_of(&register.events, checker);
        self.header_of(&register.case_studies, checker);
        self.header_of(&register.introductions, checker);
        self.header_of(&register.needs, checker);
        self.header_of(&register.courses, checker);
    }

    fn header_of<T: Body>(&self, seeds: &[Seed<T>], checker: &mut Checker<'_>) {
        let mut names: BTreeSet<Slug> = BTreeSet::new();
        let organisations = self.organisations();
        for seed in seeds {
            let Some(spot) = self.spot(seed) else { continue };
            let name = seed.draft.name();
            let owner = seed.draft.body.owner().map(Slug::as_str);
            checker.look_up(&organisations, owner, spot.text, &spot.key("organisation"));
            if !names.insert(name.clone()) {
                let message = format!("the name {name} is there twice");
                checker.faults.push(spot.text.error(&spot.at, "same-slug-twice", message));
            }
            let said = &seed.draft.said;
            let ended = seed.ended.as_ref();
            let by = said.by.as_deref().unwrap_or_default();
            let reason = ended.and_then(|ending| ending.reason.as_deref()).unwrap_or_default();
            checker.prose(&spot, &[("said", by), ("ended", reason)]);
            checker.past(&spot, &[("said", Some(said.on)), ("confirmed", seed.confirmed_on)]);
            checker.in_order(&spot, &[("said", Some(said.on)), ("said", said.until)]);
            checker.in_order(&spot, &[("said", Some(said.on)), ("confirmed", seed.confirmed_on)]);
            checker.in_order(
                &spot,
                &[("said", Some(said.on)), ("ended", ended.map(|ending| ending.on))],
            );
        }
    }

    /// Warns where the prose of a file, taken together, is hard to read.
    fn reading_age(&self, checker: &mut Checker<'_>) {
        let mut prose: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut add = |origin: &'d Origin, text: Option<&'d String>| {
            prose.entry(&origin.file).or_default().extend(text.map(String::as_str));
        };
        let register = self.register;
        for seed in &register.organisations {
            add(&seed.origin, seed.draft.body.description.as_ref());
        }
        for seed in &register.pledges {
            add(&seed.origin, Some(&seed.draft.body.text));
        }
        for seed in &register.postures {
            add(&seed.origin, seed.draft.body.conditions.as_ref());
        }
        for seed in &register.openings {
            add(&seed.origin, seed.draft.body.description.as_ref());
        }
        for seed in &register.events {
            add(&seed.origin, Some(&seed.draft.body.summary));
        }
        for seed in &register.case_studies {
            add(&seed.origin, Some(&seed.draft.body.summary));
        }
        for seed in &register.needs {
            add(&seed.origin, seed.draft.body.description.as_ref());
        }
        for seed in &register.courses {
            add(&seed.origin, Some(&seed.draft.body.summary));
        }
        for (file, texts) in prose {
            if let Some(grade) = grade(texts).filter(|grade| *grade > HIGHEST_GRADE) {
                let (age, limit) = (grade + AGE_OVER_GRADE, HIGHEST_GRADE + AGE_OVER_GRADE);
                let message = format!("reading age {age:.1}; at most {limit:.1}");
                checker.faults.push(Fault::error(file, 1, "reading-age", message).as_warning());
            }
        }
    }

    /// Invented employers that belong to a partnership are organisations of that name.
    fn members(&self, checker: &mut Checker<'_>, employers: &[DemoEmployer]) {
        let Some(text) = self.texts.get("demo.toml") else { return };
        if self.register.organisations.is_empty() {
            return;
        }
        for employer in employers {
            let alike = self.register.organisations.iter().any(|seed| {
                seed.draft.name() == employer.slug && seed.draft.body.name == employer.name
            });
            if !alike {
                let at = [At::Key("members"), At::Where("slug", &employer.slug)];
                let message =
                    format!("no organisation {} is called {}", employer.slug, employer.name);
                checker.faults.push(text.error(&at, "unknown-organisation", message));
            }
        }
    }
}

impl Checker<'_> {
    /// Notes days that must have been and are still to come.
    fn past(&mut self, spot: &Spot<'_>, days: &[(&str, Option<NaiveDate>)]) {
        for (key, day) in days {
            if day.is_some_and(|day| day > self.today) {
                let at = [spot.at.as_slice(), &[At::Key(key)]].concat();
                let message = format!("{key} lies in the future");
                self.faults.push(spot.text.error(&at, "future-date", message));
            }
        }
    }

    /// Notes a day that lies before one that must come first; days not known are
    /// passed over.
    fn in_order(&mut self, spot: &Spot<'_>, days: &[(&str, Option<NaiveDate>)]) {
        let known = days.iter().filter_map(|(key, day)| Some((*key, (*day)?)));
        let mut before: Option<(&str, NaiveDate)> = None;
        for (key, day) in known {
            if let Some((earlier, _)) = before.filter(|(_, earlier)| day < *earlier) {
                let at = [spot.at.as_slice(), &[At::Key(key)]].concat();
                let message = format!("{key} lies before {earlier}");
                self.faults.push(spot.text.error(&at, "dates-reversed", message));
            }
            before = Some((key, day));
        }
    }

    /// Notes what must be, and is not.
    fn demand(&mut self, spot: &Spot<'_>, key: &str, rule: (&'static str, Result<(), String>)) {
        if let (code, Err(message)) = rule {
            let at = [spot.at.as_slice(), &[At::Key(key)]].concat();
            self.faults.push(spot.text.error(&at, code, message));
        }
    }
}
