//! `demo-register*.toml`: an invented register for a demonstration.
//!
//! Organisations with what they sign, pledge, say and offer, events, case studies
//! introductions, needs and courses. Each file may hold any of the ten lists; together they are
//! one register. A file must say `fictional = true`, and everything from it is
//! marked so. Days are distances from the day of loading, so that the demonstration
//! shows the same states whenever it is loaded.
//!
//! Judges form alone; whether names lead somewhere is for `pathways check`.

mod entry;
mod offers;
mod organisations;
mod promises;
mod raw;
mod told;
mod training;

use chrono::NaiveDate;

use crate::{
    content::{
        fault::Fault,
        files::Files,
        load::sorted,
        toml_text::{At, TomlText, Values},
    },
    domain::register::{
        Body, CaseStudy, Draft, Ending, Event, Introduction, KeptCourse, KeptNeed, Opening,
        Organisation, Pledge, Posture, RecordKind, Signature,
    },
};
use entry::Entry;
use raw::RawFile;

/// What the names of the files begin with.
const FILES: &str = "demo-register";

/// An invented register, in the order in which it must be written: what a record
/// refers to stands before it.
#[derive(Debug, Clone, Default)]
pub struct DemoRegister {
    /// Organisations.
    pub organisations: Vec<Seed<Organisation>>,
    /// Their years under the charter; a year that follows another stands after it.
    pub signatures: Vec<Seed<Signature>>,
    /// What they pledged for those years.
    pub pledges: Vec<Seed<Pledge>>,
    /// What they say about hiring from a group.
    pub postures: Vec<Seed<Posture>>,
    /// Work and placements on offer.
    pub openings: Vec<Seed<Opening>>,
    /// Meetings, visits and campaigns.
    pub events: Vec<Seed<Event>>,
    /// How somebody did it.
    pub case_studies: Vec<Seed<CaseStudy>>,
    /// Who was introduced to whom.
    pub introductions: Vec<Seed<Introduction>>,
    /// Needs of partnerships.
    pub needs: Vec<Seed<KeptNeed>>,
    /// Courses, with their runs.
    pub courses: Vec<Seed<KeptCourse>>,
}

/// One record of the demonstration, as it is to be written and what happened since.
#[derive(Debug, Clone)]
pub struct Seed<T> {
    /// The record; always fictional.
    pub draft: Draft<T>,
    /// The last day that somebody who knows confirmed it.
    pub confirmed_on: Option<NaiveDate>,
    /// From when it no longer counts.
    pub ended: Option<Ending>,
    /// Where it stands in the files.
    pub(in crate::content) origin: Origin,
}

/// A place in the files: the file, and the position in its list of this kind.
#[derive(Debug, Clone, Default)]
pub(in crate::content) struct Origin {
    /// The file's path.
    pub(in crate::content) file: String,
    /// 0 for the first of its list.
    pub(in crate::content) nth: usize,
}

impl<T> Seed<T> {
    fn new(draft: Draft<T>, confirmed_on: Option<NaiveDate>, ended: Option<Ending>) -> Self {
        Self { draft, confirmed_on, ended, origin: Origin::default() }
    }
}

/// Whether a file of the folder belongs to the invented register.
pub(in crate::content) fn is_register_file(path: &str) -> bool {
    let rest = path.strip_prefix(FILES).and_then(|rest| rest.strip_suffix(".toml"));
    rest.is_some_and(|rest| {
        (rest.is_empty() || rest.starts_with('-')) && !rest.contains(['/', '.'])
    })
}

/// The invented register of a folder as it is on the day of loading, and everything
/// wrong with its form.
///
/// A record that cannot be read is left out and named; the others stay. A folder
/// without such files has an empty register.
pub fn demo_register(files: &Files, today: NaiveDate) -> (DemoRegister, Vec<Fault>) {
    let (mut register, mut faults) = (DemoRegister::default(), Vec::new());
    let own = files.iter().filter(|(path, _)| is_register_file(path));
    let texts: Vec<TomlText<'_>> = own.map(|(path, text)| TomlText::new(path, text, 0)).collect();
    let mut read = Vec::new();
    for text in &texts {
        match text.read::<RawFile>() {
            Ok(raw) if raw.fictional => read.push((text, raw)),
            Ok(_) => {
                let message = "a demonstration must say fictional = true";
                faults.push(text.error(&[At::Key("fictional")], "not-fictional", message));
            }
            Err(fault) => faults.push(fault),
        }
    }
    let mut signatures = Vec::new();
    let mut pledges = Vec::new();
    for (text, raw) in read {
        let mut list = Lister { text, today, faults: &mut faults };
        register.organisations.extend(list.seeds(raw.organisations, organisations::organisation));
        register.postures.extend(list.seeds(raw.postures, offers::posture));
        register.openings.extend(list.seeds(raw.openings, offers::opening));
        register.events.extend(list.seeds(raw.events, told::event));
        register.case_studies.extend(list.seeds(raw.case_studies, told::case_study));
        register.introductions.extend(list.seeds(raw.introductions, told::introduction));
        register.needs.extend(list.seeds(raw.needs, training::need));
        register.courses.extend(list.seeds(raw.courses, training::course));
        signatures.push((text, raw.signatures));
        pledges.push((text, raw.pledges));
    }
    for (text, raws) in signatures {
        for (nth, raw) in raws.into_iter().enumerate() {
            let mut list = Lister { text, today, faults: &mut faults };
            let known = &register.signatures;
            let read = list.seed(nth, |entry| promises::signature(raw, known, entry));
            register.signatures.extend(read);
        }
    }
    for (text, raws) in pledges {
        let mut list = Lister { text, today, faults: &mut faults };
        let known = &register.signatures;
        let one = |raw, entry: &mut Entry<'_>| promises::pledge(raw, known, entry);
        register.pledges.extend(list.seeds(raws, one));
    }
    (register, sorted(faults, files))
}

/// Reads the lists of one file.
struct Lister<'a> {
    text: &'a TomlText<'a>,
    today: NaiveDate,
    faults: &'a mut Vec<Fault>,
}

impl Lister<'_> {
    fn seeds<R, T: Body>(
        &mut self,
        raws: Vec<R>,
        one: impl Fn(R, &mut Entry<'_>) -> Option<Seed<T>>,
    ) -> Vec<Seed<T>> {
        let numbered = raws.into_iter().enumerate();
        numbered.filter_map(|(nth, raw)| self.seed(nth, |entry| one(raw, entry))).collect()
    }

    fn seed<T: Body>(
        &mut self,
        nth: usize,
        one: impl FnOnce(&mut Entry<'_>) -> Option<Seed<T>>,
    ) -> Option<Seed<T>> {
        let at = [At::Key(list_of(T::KIND)), At::Nth(nth)];
        let values = Values::of(self.text, &at, self.faults);
        let seed = one(&mut Entry::new(values, self.today))?;
        Some(Seed { origin: Origin { file: self.text.file.to_owned(), nth }, ..seed })
    }
}

/// The list of the files in which records of a kind stand.
pub(in crate::content) const fn list_of(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => "organisations",
        RecordKind::Signature => "signatures",
        RecordKind::Pledge => "pledges",
        RecordKind::Posture => "postures",
        RecordKind::Opening => "openings",
        RecordKind::Event => "events",
        RecordKind::CaseStudy => "case_studies",
        RecordKind::Introduction => "introductions",
        RecordKind::Need => "needs",
        RecordKind::Course => "courses",
        RecordKind::Action => "actions",
        RecordKind::Scheme => "schemes",
        RecordKind::CharterVersion => "charter_versions",
    }
}
