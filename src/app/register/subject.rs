//! What the use cases must know of a kind of record beyond its rules: the words it may
//! use, the records it names, and what is the partnership's to say.

mod kept;

use crate::{
    app::{Refusal, Snapshot, classifications::Classifications, guidance},
    domain::{
        classification::Scheme,
        register::{
            CaseStudy, CheckResult, Event, Introduction, Opening, Organisation, Pledge, Posture,
            Publication, RecordKind, Signature, rules::Ruled,
        },
        slug::Slug,
    },
    store::records::Topic,
};

/// A kind of record, as the use cases know it.
pub trait Subject: Topic + Ruled {
    /// What it names that neither vocabulary nor reference data have.
    fn unknown(&self, words: &mut Words<'_>);

    /// The records it names: field, kind, name.
    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)>;

    /// Whether lists of it are narrowed by words, those that [`Self::words`] gives.
    const BY_WORDS: bool = false;

    /// The words by which it is found in lists.
    fn words(&self, _codes: &Classifications) -> String {
        String::new()
    }

    /// Organisations that it names in parts of it, each with its field.
    fn members(&self) -> Vec<(String, Slug)> {
        Vec::new()
    }

    /// The fields by which somebody who does not keep the register says what is the
    /// partnership's to say, compared with what was there.
    fn reserved(&self, old: Option<&Self>) -> Vec<String> {
        let _ = old;
        Vec::new()
    }
}

/// Values being looked up, with what was not found so far.
pub struct Words<'a> {
    snapshot: &'a Snapshot,
    /// What was not found, each with the value.
    unknown: Vec<(Refusal, String)>,
}

impl<'a> Words<'a> {
    /// The words of a snapshot.
    fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, unknown: Vec::new() }
    }

    /// What a body says that is not known, but for what the one before it said: what has
    /// ended since stays where it stands.
    pub fn refusals<T: Subject>(snapshot: &'a Snapshot, body: &T, old: Option<&T>) -> Vec<Refusal> {
        let unknown = |body: &T| {
            let mut words = Self::new(snapshot);
            body.unknown(&mut words);
            words.unknown
        };
        let before = old.map(unknown).unwrap_or_default();
        // A code that stood there already may stand at another place.
        let same = |(one, value): &(Refusal, String), (old, was): &(Refusal, String)| {
            value == was && (one == old || one.code == "unknown-code" && old.code == one.code)
        };
        let is_new = |one: &(Refusal, String)| !before.iter().any(|old| same(one, old));
        let news = unknown(body).into_iter().filter(is_new);
        news.map(|(refusal, _)| refusal).collect()
    }

    fn check<'k>(
        &mut self,
        field: &str,
        (what, value): (&str, &str),
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        if known.clone().any(|one| one == value) {
            return;
        }
        let near = guidance::nearest(value, known);
        let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
        let refusal = Refusal {
            field: format!("/{field}"),
            code: "unknown-value",
            message: format!("There is no such {what}.{hint}"),
        };
        self.unknown.push((refusal, value.to_owned()));
    }

    /// Codes of a list that does not have them.
    fn codes(&mut self, field: &str, scheme: Scheme, codes: &[String]) {
        for (nth, code) in codes.iter().enumerate() {
            let Some(message) = self.snapshot.classifications.refusal(scheme, code) else {
                continue;
            };
            let field = format!("/{field}/{nth}");
            self.unknown.push((Refusal { field, code: "unknown-code", message }, code.clone()));
        }
    }

    fn cohort(&mut self, field: &str, value: &Slug) {
        let known = self.snapshot.vocabulary().cohorts.iter();
        self.check(field, ("cohort", value), known.map(|cohort| cohort.label.slug.as_str()));
    }

    fn cohorts(&mut self, values: &[Slug]) {
        for (nth, value) in values.iter().enumerate() {
            self.cohort(&format!("cohorts/{nth}"), value);
        }
    }

    fn sector(&mut self, field: &str, value: &Slug) {
        let known = self.snapshot.vocabulary().sectors.iter();
        self.check(field, ("sector", value), known.map(|sector| sector.label.slug.as_str()));
    }

    fn partnership(&mut self, value: &Slug) {
        let known = self.snapshot.reference.partnerships.iter();
        let known = known.map(|partnership| partnership.slug.as_str());
        self.check("partnership", ("partnership", value), known);
    }

    fn action(&mut self, value: Option<&String>) {
        if let Some(code) = value {
            let known = self.snapshot.reference.actions.iter();
            self.check("action", ("action", code), known.map(|action| action.code.as_str()));
        }
    }
}

impl Subject for Organisation {
    fn unknown(&self, words: &mut Words<'_>) {
        if let Some(sector) = &self.sector {
            words.sector("sector", sector);
        }
        words.codes("sic", Scheme::Sic, &self.sic);
        let schemes = &words.snapshot.reference.schemes;
        for (nth, held) in self.recognitions.iter().enumerate() {
            let field = format!("recognitions/{nth}/scheme");
            let known = schemes.iter().map(|scheme| scheme.slug.as_str());
            words.check(&field, ("scheme", &held.scheme), known);
            let scheme = schemes.iter().find(|scheme| scheme.slug == held.scheme);
            if let (Some(scheme), Some(level)) = (scheme, &held.level) {
                let field = format!("recognitions/{nth}/level");
                let known = scheme.levels.iter().map(|level| level.slug.as_str());
                words.check(&field, ("level", level), known);
            }
        }
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }

    fn reserved(&self, old: Option<&Self>) -> Vec<String> {
        let mut fields = Vec::new();
        if self.publication != old.map_or(Publication::Draft, |old| old.publication) {
            fields.push("publication".to_owned());
        }
        for (nth, held) in self.recognitions.iter().enumerate() {
            let had = old.is_some_and(|old| old.recognitions.contains(held));
            if held.check != CheckResult::Unchecked && !had {
                fields.push(format!("recognitions/{nth}/check"));
            }
        }
        fields
    }
}

impl Subject for Signature {
    fn unknown(&self, words: &mut Words<'_>) {
        let known = words.snapshot.reference.charter.as_ref().into_iter();
        let known = known.map(|charter| charter.slug.as_str());
        words.check("charter", ("charter", &self.charter), known);
        let known = words.snapshot.reference.versions();
        let version = ("version of the charter", self.charter_version.as_str());
        words.check("charter_version", version, known);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        vec![("organisation", RecordKind::Organisation, &self.organisation)]
    }
}

impl Subject for Pledge {
    fn unknown(&self, words: &mut Words<'_>) {
        words.action(self.action.as_ref());
        if let Some(charter) = &words.snapshot.reference.charter {
            let known = charter.stances.iter().map(|(slug, ..)| slug.as_str());
            words.check("stance", ("stance", &self.stance), known);
        }
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        vec![
            ("organisation", RecordKind::Organisation, &self.organisation),
            ("signature", RecordKind::Signature, &self.signature),
        ]
    }

    fn reserved(&self, old: Option<&Self>) -> Vec<String> {
        let mut fields = Vec::new();
        if self.confirmed_on != old.and_then(|old| old.confirmed_on) {
            fields.push("pledge_confirmed_on".to_owned());
        }
        if self.evidenced_on != old.and_then(|old| old.evidenced_on) {
            fields.push("evidenced_on".to_owned());
        }
        for (nth, update) in self.updates.iter().enumerate() {
            if update.published && !old.is_some_and(|old| old.updates.contains(update)) {
                fields.push(format!("updates/{nth}/published"));
            }
        }
        fields
    }
}

impl Subject for Posture {
    fn unknown(&self, words: &mut Words<'_>) {
        words.cohort("cohort", &self.cohort);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        vec![("organisation", RecordKind::Organisation, &self.organisation)]
    }
}

impl Subject for Opening {
    fn unknown(&self, words: &mut Words<'_>) {
        words.cohorts(&self.cohorts);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        vec![("organisation", RecordKind::Organisation, &self.organisation)]
    }
}

impl Subject for Event {
    fn unknown(&self, words: &mut Words<'_>) {
        words.cohorts(&self.cohorts);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        let owner = self.organisation.iter();
        owner.map(|slug| ("organisation", RecordKind::Organisation, slug)).collect()
    }
}

impl Subject for CaseStudy {
    fn unknown(&self, words: &mut Words<'_>) {
        words.cohorts(&self.cohorts);
        words.action(self.action.as_ref());
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        let owner = self.organisation.iter();
        owner.map(|slug| ("organisation", RecordKind::Organisation, slug)).collect()
    }
}

impl Subject for Introduction {
    fn unknown(&self, words: &mut Words<'_>) {
        if let Some(cohort) = &self.cohort {
            words.cohort("cohort", cohort);
        }
        if let Some(partnership) = &self.partnership {
            words.partnership(partnership);
        }
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        let other = self.other.iter().map(|slug| ("other", RecordKind::Organisation, slug));
        let own = ("organisation", RecordKind::Organisation, &self.organisation);
        std::iter::once(own).chain(other).collect()
    }
}
