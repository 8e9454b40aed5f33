//! What `pathways check` says: whether the content keeps what the service
//! promises about it.
//!
//! The loader judges form; this judges sense, for every file that could be read,
//! also of toolkits that are not served. It changes nothing and leaves nothing
//! out: a page past its review date is still the best there is, and says so.

mod demo_register;
mod library;
mod links;
mod reference;
mod sections;
mod toolkits;
mod vocabulary;
mod words;

use chrono::{Days, NaiveDate};

use crate::{
    content::{
        fault::{Fault, unknown},
        load::{Loaded, sorted},
        reference::LoadedReference,
        toml_text::{At, TomlText},
    },
    domain::{freshness::Dated, guidance::Toolkit, slug::Slug, vocabulary::Label},
};
use links::Pages;
use words::NeverPrinted;

/// The longest that a statement of law may go without review.
const LAW_LASTS: Days = Days::new(184);
/// The longest that any statement may go without review.
const ALL_LASTS: Days = Days::new(366);

/// Everything wrong with the content on that day, by file and line.
///
/// Faults of form that the loaders found are among them. The demonstration of the
/// reference folder is checked too.
pub fn check(loaded: &Loaded, reference: &LoadedReference, today: NaiveDate) -> Vec<Fault> {
    let mut checker = Checker::new(loaded, reference, today);
    vocabulary::check(&mut checker);
    library::check(&mut checker);
    toolkits::check(&mut checker);
    let mut faults = sorted(checker.faults, &loaded.files);
    faults.extend(loaded.faults.iter().cloned());

    let mut checker = Checker::new(loaded, reference, today);
    let invented = reference::check(&mut checker);
    faults.extend(sorted(checker.faults, &reference.files));
    faults.extend(reference.faults.iter().cloned().chain(invented));
    faults.sort();
    faults
}

/// What every check looks things up in, and where it puts what it finds.
struct Checker<'a> {
    loaded: &'a Loaded,
    reference: &'a LoadedReference,
    today: NaiveDate,
    pages: Pages,
    never: NeverPrinted<'a>,
    faults: Vec<Fault>,
}

/// A list that values are looked up in.
struct List<'a> {
    what: &'static str,
    code: &'static str,
    known: Vec<&'a str>,
    /// Whether nothing is refused, since the list itself could not be read.
    unread: bool,
}

impl<'a> Checker<'a> {
    fn new(loaded: &'a Loaded, reference: &'a LoadedReference, today: NaiveDate) -> Self {
        let (pages, never) = (Pages::of(loaded), NeverPrinted::of(&loaded.vocabulary));
        Self { loaded, reference, today, pages, never, faults: Vec::new() }
    }

    /// Whether every file of the toolkit could be read.
    fn is_whole(&self, toolkit: &Toolkit) -> bool {
        self.loaded.toolkits.iter().any(|served| served.slug == toolkit.slug)
    }

    fn topics(&self) -> List<'a> {
        List::of("topic", "unknown-topic", &self.loaded.vocabulary.topics)
    }

    fn audiences(&self) -> List<'a> {
        List::of("audience", "unknown-audience", &self.loaded.vocabulary.audiences)
    }

    fn formats(&self) -> List<'a> {
        List::of("format", "unknown-format", &self.loaded.vocabulary.formats)
    }

    fn cohorts(&self) -> List<'a> {
        let labels = self.loaded.vocabulary.cohorts.iter().map(|cohort| &cohort.label);
        List::of("cohort", "unknown-cohort", labels)
    }

    fn sectors(&self) -> List<'a> {
        let labels = self.loaded.vocabulary.sectors.iter().map(|sector| &sector.label);
        List::of("sector", "unknown-sector", labels)
    }

    fn actions(&self) -> List<'a> {
        let known = self.reference.reference.actions.iter().map(|action| action.code.as_str());
        let list = List::strict("charter action", "unknown-action", known);
        List { unread: list.known.is_empty(), ..list }
    }

    /// Notes every value that the list does not know.
    fn look_up<'v>(
        &mut self,
        list: &List<'_>,
        values: impl IntoIterator<Item = &'v str>,
        text: &TomlText<'_>,
        at: &[At<'_>],
    ) {
        for value in values {
            if let Some(message) = list.refusal(value) {
                let path = [at, &[At::Text(value)]].concat();
                self.faults.push(text.error(&path, list.code, message));
            }
        }
    }

    /// Notes every word never printed in a value of a file.
    fn read_over(&mut self, words: &str, text: &TomlText<'_>, at: &[At<'_>]) {
        for entry in self.never.found_in(words) {
            let message = format!("never print \"{}\"; write \"{}\"", entry.word, entry.instead);
            self.faults.push(text.error(at, "never-print", message));
        }
    }

    /// Notes dates that cannot be right, or are too far away or over.
    fn dates(&mut self, dates: Dated, longest: Days, text: &TomlText<'_>, at: &[At<'_>]) {
        let under = |key| [at, &[At::Key(key)]].concat();
        let Dated { as_of, review_by } = dates;
        let mut note = |key, code, message: String| {
            self.faults.push(text.error(&under(key), code, message));
        };
        if as_of > self.today {
            note("as_of", "future-date", format!("as_of {as_of} lies in the future"));
        }
        if review_by < as_of {
            note("review_by", "review-date", "review_by lies before as_of".to_owned());
        } else if dates.is_stale(self.today) {
            note("review_by", "past-review", format!("the review date {review_by} is past"));
        }
        if as_of.checked_add_days(longest).is_some_and(|last| review_by > last) {
            let kind = if longest == LAW_LASTS { " for a text that states law" } else { "" };
            let last = as_of.checked_add_days(longest).unwrap_or(as_of);
            let message = format!("review_by {review_by} is too far ahead{kind}; at most {last}");
            note("review_by", "review-date", message);
        }
    }
}

impl<'a> List<'a> {
    /// A list of the vocabulary, which may be unreadable.
    fn of(
        what: &'static str,
        code: &'static str,
        labels: impl IntoIterator<Item = &'a Label>,
    ) -> Self {
        let list = Self::strict(what, code, labels.into_iter().map(|label| label.slug.as_str()));
        Self { unread: list.known.is_empty(), ..list }
    }

    /// A list that may rightly be empty, and then refuses everything.
    fn strict(
        what: &'static str,
        code: &'static str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self { what, code, known: known.into_iter().collect(), unread: false }
    }

    /// Why a value is refused, if it is.
    fn refusal(&self, value: &str) -> Option<String> {
        let refused = !self.unread && !self.known.contains(&value);
        refused.then(|| unknown(self.what, value, self.known.iter().copied()))
    }
}

fn texts(slugs: &[Slug]) -> impl Iterator<Item = &str> {
    slugs.iter().map(Slug::as_str)
}
